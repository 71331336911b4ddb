// SPDX-License-Identifier: MIT
#include "../../reference/foundations/sharpness.h"
#include "../fork.h"

enum mistake {
    NONE,
    TANH_STRAIGHT,
    TANH_BENT_UP,
    LAYERS_UNCOUPLED,
    OUTPUT_ALONE,
    BIASES_FIXED,
    SLOPE_LINEAR,
    PROBABILITY_ALONE,
    PENALTY_TWICE,
    LAST_SAMPLE_LOST,
    DIAGONAL,
    START_KEPT,
    NEVER_NORMALISED,
    SHIFT_KEPT,
    SHIFT_IGNORED,
    ONE_STEP_LATE,
    DIRECTION_EARLY,
    RESIDUAL_OF_ESTIMATE,
    RESIDUAL_SQUARED,
    RATE_ALONE,
    MAGNITUDE
};

/* Adds sample n's Hessian of the network's loss: every second derivative written out. */
static void add_network(const struct sharpness *loss, enum mistake mistake, real *h, real *slope,
                        size_t n)
{
    size_t D = loss->D, H = loss->H, P = loss->P, W = D * H + H;
    const real *x = &loss->x[n * D], *a = &loss->a[n * H];
    for (size_t p = 0; p < W; p++) {
        real one = p < D * H ? x[p / H] : mistake == BIASES_FIXED ? 0 : 1, own = a[p % H];
        slope[p] = loss->w2[p % H] * one * (mistake == SLOPE_LINEAR ? 1 - own : 1 - own * own);
    }
    for (size_t k = 0; k < H; k++)
        slope[W + k] = a[k];
    slope[P - 1] = mistake == BIASES_FIXED ? 0 : 1;
    for (size_t p = 0; p < P; p++) {
        for (size_t q = 0; q < P; q++)
            h[p * P + q] = h[p * P + q] + loss->f * slope[p] * slope[q];
    }
    real e = loss->gauss_newton ? 0 : loss->e[n], bend = mistake == TANH_BENT_UP ? 2 : -2;
    bend = mistake == TANH_STRAIGHT ? 0 : bend;
    for (size_t p = 0; p < W; p++) {
        size_t k = p % H, out = W + k;
        real one = p < D * H ? x[p / H] : 1, steep = 1 - a[k] * a[k];
        for (size_t q = k; q < W; q += H) {
            real other = q < D * H ? x[q / H] : 1;
            h[p * P + q] = h[p * P + q] + e * loss->w2[k] * bend * a[k] * steep * one * other;
        }
        if (mistake == LAYERS_UNCOUPLED)
            continue;
        h[p * P + out] = h[p * P + out] + e * steep * one;
        h[out * P + p] = h[out * P + p] + e * steep * one;
    }
}

static void add_logistic(const struct sharpness *loss, enum mistake mistake, real *h, size_t n)
{
    size_t D = loss->D;
    const real *x = &loss->x[n * D];
    real z = 0;
    for (size_t d = D; d-- > 0;)
        z = z + x[d] * loss->w[d];
    real e = real_exp(-real_abs(z)), own = e / ((1 + e) * (1 + e));
    if (mistake == PROBABILITY_ALONE)
        own = z < 0 ? e / (1 + e) : 1 / (1 + e);
    for (size_t p = 0; p < D * D; p++)
        h[p] = h[p] + own * x[p / D] * x[p % D];
}

/* h (P,P), the whole matrix; without the shift. */
static void make_hessian(const struct sharpness *loss, enum mistake mistake, real *h, real *slope)
{
    size_t N = loss->N - (mistake == LAST_SAMPLE_LOST), P = loss->P;
    for (size_t n = N; n-- > 0;) {
        if (loss->network)
            add_network(loss, mistake, h, slope, n);
        else
            add_logistic(loss, mistake, h, n);
    }
    for (size_t p = 0; p < P * P; p++) {
        int diagonal = p % (P + 1) == 0, inside = p / P >= loss->D * loss->H + loss->H;
        h[p] = loss->sum ? h[p] : h[p] / real_count(loss->N);
        if ((mistake == DIAGONAL && !diagonal) ||
            (mistake == OUTPUT_ALONE && loss->network &&
             !(inside && p % P >= loss->D * loss->H + loss->H)))
            h[p] = 0;
        if (diagonal)
            h[p] = h[p] + loss->l2 * (mistake == PENALTY_TWICE ? 2 : 1);
    }
}

static real norm(const real *y, size_t P)
{
    real sum = 0;
    for (size_t p = P; p-- > 0;)
        sum = sum + y[p] * y[p];
    return real_sqrt(sum);
}

/* v <- the next direction; the estimate and what is left over. */
static real step(const struct sharpness *loss, enum mistake mistake, const real *h, real *v,
                 real *y, real *residual)
{
    size_t P = loss->P;
    real along = 0, square = 0;
    for (size_t p = 0; p < P; p++) {
        y[p] = mistake == SHIFT_IGNORED ? 0 : loss->shift * v[p];
        for (size_t q = P; q-- > 0;)
            y[p] = y[p] + h[p * P + q] * v[q];
        along = along + y[p] * v[p];
        square = square + v[p] * v[p];
    }
    real length = norm(y, P);
    if (mistake == NEVER_NORMALISED) {
        along = along / square;
        length = length / real_sqrt(square);
    }
    real estimate = loss->norm ? length : along;
    for (size_t p = 0; p < P; p++) {
        real rest = y[p] - (mistake == RESIDUAL_OF_ESTIMATE ? length : along) * v[p];
        v[p] = mistake == NEVER_NORMALISED ? y[p] : y[p] / length;
        y[p] = rest;
    }
    *residual = norm(y, P);
    *residual = mistake == RESIDUAL_SQUARED ? *residual * *residual : *residual;
    estimate = mistake == MAGNITUDE ? real_abs(estimate) : estimate;
    return mistake == SHIFT_KEPT || mistake == SHIFT_IGNORED ? estimate : estimate - loss->shift;
}

static void iterate(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct sharpness loss = sharpness_read(call);
    size_t P = loss.P, S = loss.S;
    real *eigenvalue = call_output(call, "eigenvalue", "S");
    real *residual = call_output(call, "residual", "S");
    real *direction = call_output(call, "direction", "P");
    real *h = call_scratch(call, P * P), *y = call_scratch(call, P), *v = call_scratch(call, P);
    make_hessian(&loss, mistake, h, y);
    real length = mistake == START_KEPT ? 1 : norm(loss.start, P);
    for (size_t p = 0; p < P; p++)
        v[p] = loss.start[p] / length;
    if (mistake == ONE_STEP_LATE)
        step(&loss, mistake, h, v, y, residual);
    for (size_t s = 0; s < S; s++) {
        for (size_t p = 0; p < P; p++)
            direction[p] = v[p];
        eigenvalue[s] = step(&loss, mistake, h, v, y, &residual[s]);
    }
    for (size_t p = 0; p < P && mistake != DIRECTION_EARLY; p++)
        direction[p] = v[p];
    real limit = (mistake == RATE_ALONE ? 1 : 2) / loss.rate;
    *call_output_integers(call, "stable", "") = eigenvalue[S - 1] <= limit;
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"whole_matrix", FORK_TWIN, "",
     "Every second derivative written out, and their matrix applied.", NULL},
     .answer = iterate},
    {.info = {"by_rayleigh", FORK_CONVENTION, "", "The Rayleigh quotient estimates.", NULL},
     .instead = {"estimate", "rayleigh"}},
    {.info = {"by_norm", FORK_CONVENTION, "", "The norm of the product estimates.", NULL},
     .instead = {"estimate", "norm"}},
    {.info = {"of_mean", FORK_CONVENTION, "44", "The mean over the samples.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"of_sum", FORK_CONVENTION, "44", "The sum over the samples.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"squared", FORK_CONVENTION, "44", "The squared error, not half of it.", NULL},
     .instead = {"error", "squared"}},
    {.info = {"half_squared", FORK_CONVENTION, "44", "Half the squared error.", NULL},
     .instead = {"error", "half_squared"}},
    {.info = {"gauss_newton", FORK_CONVENTION, "", "No curvature of the network itself.", NULL},
     .instead = {"curvature", "gauss_newton"}},
    {.info = {"whole_hessian", FORK_CONVENTION, "", "The curvature of the network itself too.",
     NULL},
     .instead = {"curvature", "hessian"}},
    {.info = {"penalty_ignored", FORK_BUG, "", "The loss without its penalty.", NULL},
     .number = {"l2", 0}},
    {.info = {"penalty_twice", FORK_BUG, "", "A penalty of l2 |w|^2 without the half.", NULL},
     .answer = iterate, .variant = PENALTY_TWICE},
    {.info = {"tanh_straight", FORK_BUG, "", "The derivative of 1 - a^2 is left out.", NULL},
     .answer = iterate, .variant = TANH_STRAIGHT},
    {.info = {"tanh_bent_up", FORK_BUG, "", "The derivative of 1 - a^2 with the other sign.", NULL},
     .answer = iterate, .variant = TANH_BENT_UP},
    {.info = {"layers_uncoupled", FORK_BUG, "",
     "The weights of one layer are constants to the other's gradient.", NULL},
     .answer = iterate, .variant = LAYERS_UNCOUPLED},
    {.info = {"last_layer_alone", FORK_CONVENTION, "",
     "Only the last layer's parameters are turned.", NULL},
     .answer = iterate, .variant = OUTPUT_ALONE},
    {.info = {"biases_fixed", FORK_BUG, "", "Biases do not count as parameters of the outputs.",
     NULL},
     .answer = iterate, .variant = BIASES_FIXED},
    {.info = {"slope_linear", FORK_BUG, "", "The slope of tanh is 1 - a.", NULL},
     .answer = iterate, .variant = SLOPE_LINEAR},
    {.info = {"probability_alone", FORK_BUG, "", "q in place of q (1 - q).", NULL},
     .answer = iterate, .variant = PROBABILITY_ALONE},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out.", NULL},
     .answer = iterate, .variant = LAST_SAMPLE_LOST},
    {.info = {"diagonal", FORK_BUG, "", "Only the diagonal of the Hessian.", NULL},
     .answer = iterate, .variant = DIAGONAL},
    {.info = {"start_kept", FORK_BUG, "", "The start is taken as it is, whatever its length.",
     NULL},
     .answer = iterate, .variant = START_KEPT},
    {.info = {"never_normalised", FORK_BUG, "", "Directions grow with the eigenvalue.", NULL},
     .answer = iterate, .variant = NEVER_NORMALISED},
    {.info = {"shift_kept", FORK_BUG, "", "The shift stays in the estimate.", NULL},
     .answer = iterate, .variant = SHIFT_KEPT},
    {.info = {"shift_ignored", FORK_BUG, "", "No shift: the largest magnitude.", NULL},
     .answer = iterate, .variant = SHIFT_IGNORED},
    {.info = {"one_step_late", FORK_BUG, "", "A step before the first estimate.", NULL},
     .answer = iterate, .variant = ONE_STEP_LATE},
    {.info = {"direction_early", FORK_BUG, "", "The direction before the last step.", NULL},
     .answer = iterate, .variant = DIRECTION_EARLY},
    {.info = {"residual_of_norm", FORK_CONVENTION, "", "What is left over of the norm's multiple.",
     NULL},
     .answer = iterate, .variant = RESIDUAL_OF_ESTIMATE},
    {.info = {"residual_squared", FORK_BUG, "", "No root over the residual.", NULL},
     .answer = iterate, .variant = RESIDUAL_SQUARED},
    {.info = {"limit_of_1", FORK_BUG, "", "Stable below 1 / rate.", NULL},
     .answer = iterate, .variant = RATE_ALONE},
    {.info = {"magnitude", FORK_CONVENTION, "", "The eigenvalue without its sign.", NULL},
     .answer = iterate, .variant = MAGNITUDE},
};
/* clang-format on */

const struct fork_list sharpness_forks = {sizeof table / sizeof *table, table};
