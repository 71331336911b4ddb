// SPDX-License-Identifier: MIT
#include "../../reference/gradients/recurrent_growth.h"
#include "../fork.h"

enum mistake {
    NONE,
    SLOPE_FORGOTTEN,
    SLOPE_OF_INPUT_STATE,
    SLOPE_OF_VALUE,
    NOT_TRANSPOSED,
    FIRST_STEP_OVERWRITES,
    STATE_AFTER,
    MEAN_OVER_STEPS,
    SQUARES_UNDERFLOW,
    NORM_SQUARED,
    NORMS_AVERAGED,
    LARGEST_ELEMENT,
    NORM_OF_DX,
    NORMS_FORWARD,
    NORM_PER_SAMPLE_COUNT,
    LAST_SAMPLE_LOST
};

/* The slope at unit i of (T,N,H). */
static real slope(const struct growth *r, enum mistake mistake, size_t i)
{
    real h = r->h[(mistake == SLOPE_OF_INPUT_STATE ? 0 : r->N * r->H) + i];
    if (r->linear || mistake == SLOPE_FORGOTTEN)
        return 1;
    return mistake == SLOPE_OF_VALUE ? 1 - real_tanh(h) * real_tanh(h) : (1 - h) * (1 + h);
}

/* jacobian (H,H) of h_T with respect to h_{t-1} for one sample, rows h_{t-1}: the product of the
 * factors from the first step to the last; spare (H,H). */
static void jacobian(const struct growth *r, enum mistake mistake, size_t n, size_t t,
                     real *jacobian, real *spare)
{
    size_t H = r->H;
    for (size_t i = 0; i < H * H; i++)
        jacobian[i] = i / H == i % H;
    for (; t <= r->T; t++) {
        for (size_t i = 0; i < H * H; i++) {
            spare[i] = 0;
            for (size_t j = H; j-- > 0;) {
                size_t at = mistake == NOT_TRANSPOSED ? i % H * H + j : j * H + i % H;
                spare[i] += jacobian[i / H * H + j] * r->w[at];
            }
            spare[i] = spare[i] * slope(r, mistake, ((t - 1) * r->N + n) * H + i % H);
        }
        for (size_t i = 0; i < H * H; i++)
            jacobian[i] = spare[i];
    }
}

/* g (N,H) at step t - 1 from dh and Jacobians. */
static void carry(const struct growth *r, enum mistake mistake, size_t t, real *space)
{
    size_t H = r->H;
    for (size_t n = 0; n < r->N; n++) {
        jacobian(r, mistake, n, t, space, space + H * H);
        for (size_t i = 0; i < H; i++) {
            r->g[n * H + i] = 0;
            for (size_t j = H; j-- > 0;)
                r->g[n * H + i] += space[i * H + j] * r->dh[n * H + j];
        }
    }
}

static real plain_norm(const struct growth *r, enum mistake mistake, const real *g)
{
    real squares = 0, largest = 0, roots = 0;
    size_t last = mistake == LAST_SAMPLE_LOST && r->N > 1 ? r->N - 1 : r->N;
    for (size_t n = last; n-- > 0;) {
        real row = 0;
        for (size_t i = n * r->H; i < (n + 1) * r->H; i++) {
            row += g[i] * g[i];
            largest = real_abs(g[i]) > largest ? real_abs(g[i]) : largest;
        }
        squares += row;
        roots += real_sqrt(row);
    }
    if (mistake == NORM_SQUARED)
        return squares;
    if (mistake == NORMS_AVERAGED)
        return roots / real_count(r->N);
    if (mistake == LARGEST_ELEMENT)
        return largest;
    return real_sqrt(mistake == NORM_PER_SAMPLE_COUNT ? squares / real_count(r->N) : squares);
}

static real norm_of(const struct growth *r, enum mistake mistake, const real *g)
{
    switch (mistake) {
    case SQUARES_UNDERFLOW:
    case NORM_SQUARED:
    case NORMS_AVERAGED:
    case LARGEST_ELEMENT:
    case NORM_PER_SAMPLE_COUNT:
    case LAST_SAMPLE_LOST:
        return plain_norm(r, mistake, g);
    default:
        return growth_norm(r, g);
    }
}

/* dx of step t from g_t in r->g, and its part of dw. */
static void use(const struct growth *r, enum mistake mistake, size_t t)
{
    size_t H = r->H, n = r->N * H, at = (t - 1) * n;
    real share = mistake == MEAN_OVER_STEPS ? real_count(r->T) : 1;
    for (size_t i = 0; i < n; i++)
        r->dx[at + i] = r->g[i] * slope(r, mistake, at + i);
    for (size_t i = 0; i < H * H; i++) {
        real part = 0;
        for (size_t k = r->N; k-- > 0;)
            part += r->h[at + (mistake == STATE_AFTER ? n : 0) + k * H + i / H] *
                    r->dx[at + k * H + i % H];
        r->dw[i] = (mistake == FIRST_STEP_OVERWRITES ? 0 : r->dw[i]) + part / share;
    }
}

static void run(struct call *call)
{
    struct growth r = growth_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    size_t n = r.N * r.H;
    real *space = call_scratch(call, 2 * r.H * r.H);
    growth_forward(&r);
    carry(&r, mistake, r.T + 1, space);
    r.norm[0] = norm_of(&r, mistake, r.g);
    for (size_t k = 1; k <= r.back; k++) {
        use(&r, mistake, r.T - k + 1);
        carry(&r, mistake, r.T - k + 1, space);
        r.norm[k] = norm_of(&r, mistake, mistake == NORM_OF_DX ? &r.dx[(r.T - k) * n] : r.g);
    }
    for (size_t i = 0; r.back == r.T && i < n; i++)
        r.dh0[i] = r.g[i];
    for (size_t k = 0; mistake == NORMS_FORWARD && k < r.T + 1 - k; k++) {
        real swapped = r.norm[k];
        r.norm[k] = r.norm[r.T - k];
        r.norm[r.T - k] = swapped;
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"jacobians", FORK_TWIN, "",
     "Every gradient from dh at once by a product of Jacobians that is taken forwards.", NULL},
     .answer = run},
    {.info = {"last_step_only", FORK_BUG, "", "The gradient goes back one step.", NULL},
     .number = {"steps_back", 1}},
    {.info = {"always_tanh", FORK_CONVENTION, "", "Every recurrence is bent.", NULL},
     .instead = {"activation", "tanh"}},
    {.info = {"always_linear", FORK_CONVENTION, "", "No recurrence is bent.", NULL},
     .instead = {"activation", "linear"}},
    {.info = {"slope_forgotten", FORK_BUG, "", "The slope of tanh is left out on the way back.",
     NULL},
     .answer = run, .variant = SLOPE_FORGOTTEN},
    {.info = {"slope_of_input_state", FORK_BUG, "", "The slope is that of the state before.", NULL},
     .answer = run, .variant = SLOPE_OF_INPUT_STATE},
    {.info = {"slope_of_value", FORK_BUG, "", "tanh is applied again to find its slope.", NULL},
     .answer = run, .variant = SLOPE_OF_VALUE},
    {.info = {"not_transposed", FORK_BUG, "", "The way back uses w, not its transpose.", NULL},
     .answer = run, .variant = NOT_TRANSPOSED},
    {.info = {"first_step_overwrites", FORK_BUG, "", "dw is written at each step, not added to.",
     NULL},
     .answer = run, .variant = FIRST_STEP_OVERWRITES},
    {.info = {"state_after", FORK_BUG, "", "dw is made with h_t in place of h_{t-1}.", NULL},
     .answer = run, .variant = STATE_AFTER},
    {.info = {"mean_over_steps", FORK_CONVENTION, "", "dw is the mean over the steps.", NULL},
     .answer = run, .variant = MEAN_OVER_STEPS},
    {.info = {"squares_underflow", FORK_NUMERICAL, "", "Squares of vanishing gradients are 0.",
     NULL},
     .answer = run, .variant = SQUARES_UNDERFLOW},
    {.info = {"norm_squared", FORK_BUG, "", "The root is forgotten.", NULL},
     .answer = run, .variant = NORM_SQUARED},
    {.info = {"norms_averaged", FORK_CONVENTION, "", "The mean of the norms of the samples.", NULL},
     .answer = run, .variant = NORMS_AVERAGED},
    {.info = {"norm_per_sample_count", FORK_CONVENTION, "",
     "The root of the mean square of the samples.", NULL},
     .answer = run, .variant = NORM_PER_SAMPLE_COUNT},
    {.info = {"largest_element", FORK_CONVENTION, "", "The largest element as the norm.", NULL},
     .answer = run, .variant = LARGEST_ELEMENT},
    {.info = {"norm_of_dx", FORK_BUG, "", "The norm before the weights, not behind them.", NULL},
     .answer = run, .variant = NORM_OF_DX},
    {.info = {"norms_forward", FORK_BUG, "", "Norms by step, not by distance.", NULL},
     .answer = run, .variant = NORMS_FORWARD},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample is left out of the norm.", NULL},
     .answer = run, .variant = LAST_SAMPLE_LOST},
};
/* clang-format on */

const struct fork_list recurrent_growth_forks = {sizeof table / sizeof *table, table};
