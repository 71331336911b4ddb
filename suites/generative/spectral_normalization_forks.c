// SPDX-License-Identifier: MIT
#include "../../reference/generative/spectral_normalization.h"
#include "../fork.h"

enum mistake {
    NONE,
    U_KEPT,
    UPDATED_IN_EVALUATION,
    NO_ITERATION,
    AXIS_BY_RESHAPE,
    COLUMNS_REVERSED,
    FROBENIUS,
    LARGEST_ROW,
    SIGMA_SQUARED,
    SIGMA_DETACHED,
    STALE_SIGMA,
    VECTORS_SWAPPED,
    SHARE_NOT_SQUARED,
    NOT_NORMALIZED,
    ONE_SIDED,
    PLUS_GRADIENT,
    UPSTREAM_IGNORED,
    INITIALISED
};

struct gram {
    enum mistake mistake;
    size_t R, C, inner;
    int mode, added, u_first;
    real epsilon;
    const char *shape;
    const real *w;
    real *g, *u, *v; /* (R,R) = W W'; (R), (C) */
};

enum { TRAINING, EVALUATION, RECOMPUTED };

static size_t place(const struct gram *is, size_t r, size_t c)
{
    if (is->mistake == AXIS_BY_RESHAPE)
        return r * is->C + c;
    if (is->mistake == COLUMNS_REVERSED)
        c = is->C - 1 - c;
    return (c / is->inner * is->R + r) * is->inner + c % is->inner;
}

static struct gram read(struct call *call)
{
    static const char *const modes[] = {"training", "evaluation", "recomputed", NULL};
    static const char *const guards[] = {"maximum", "added", NULL};
    static const char *const orders[] = {"v_first", "u_first", NULL};
    static const char letters[] = {'O', 'I', 'K', 'L'};
    struct gram is = {.mistake = (enum mistake)call_variant(call),
                      .mode = call_choice(call, "mode", modes),
                      .added = call_choice(call, "guard", guards) == 1};
    size_t axes = call_rank(call, "w") == 2 ? 2 : 4;
    size_t axis = call_count_or(call, "axis", 0, 0, axes - 1);
    is.u_first = call_choice(call, "order", orders) == 1;
    is.epsilon = call_number_or(call, "epsilon", R(1e-12));
    is.shape = axes == 2 ? "OI" : "OIKL";
    is.w = call_input(call, "w", is.shape);
    is.C = is.inner = 1;
    is.R = call_size(call, letters[axis]);
    for (size_t i = 0; i < axes; i++) {
        is.C *= i == axis ? 1 : call_size(call, letters[i]);
        is.inner *= i > axis ? call_size(call, letters[i]) : 1;
    }
    call_bind(call, 'R', is.R);
    call_bind(call, 'C', is.C);
    is.g = call_scratch(call, is.R * is.R);
    for (size_t i = 0; i < is.R * is.R; i++) {
        for (size_t c = is.C; c-- > 0;)
            is.g[i] = is.g[i] + is.w[place(&is, i / is.R, c)] * is.w[place(&is, i % is.R, c)];
    }
    const real *u = call_input(call, "u", "R");
    const real *v = is.mode == EVALUATION || is.u_first ? call_input(call, "v", "C") : NULL;
    is.u = call_output(call, "u", "R");
    is.v = call_output(call, "v", "C");
    for (size_t r = 0; r < is.R; r++)
        is.u[r] = is.mistake == INITIALISED ? 1 : u[r];
    for (size_t c = 0; v && c < is.C; c++)
        is.v[c] = v[c];
    return is;
}

static real guarded(const struct gram *is, real square)
{
    real length = real_sqrt(square);
    if (is->mistake == NOT_NORMALIZED)
        return 1;
    if (is->added)
        return length + is->epsilon;
    return length < is->epsilon ? is->epsilon : length;
}

/* u from the stored v, for where an iteration starts there. */
static void restart(struct call *call, const struct gram *is)
{
    real *wv = call_scratch(call, is->R), square = 0;
    for (size_t r = is->R; r-- > 0;) {
        for (size_t c = is->C; c-- > 0;)
            wv[r] = wv[r] + is->w[place(is, r, c)] * is->v[c];
        square = square + wv[r] * wv[r];
    }
    for (size_t r = 0; r < is->R; r++)
        is->u[r] = wv[r] / guarded(is, square);
}

/* v from u, and u from g u: no product of W and v is formed. */
static void iterate(struct call *call, const struct gram *is, int keep)
{
    real *gu = call_scratch(call, is->R), square = 0;
    for (size_t i = is->R * is->R; i-- > 0;)
        gu[i / is->R] = gu[i / is->R] + is->g[i] * is->u[i % is->R];
    for (size_t r = is->R; r-- > 0;)
        square = square + is->u[r] * gu[r];
    real length = guarded(is, square);
    for (size_t c = 0; c < is->C; c++) {
        real sum = 0;
        for (size_t r = is->R; r-- > 0;)
            sum = sum + is->w[place(is, r, c)] * is->u[r];
        is->v[c] = sum / length;
    }
    square = 0;
    for (size_t r = is->R; r-- > 0;) {
        gu[r] = gu[r] / length;
        square = square + gu[r] * gu[r];
    }
    for (size_t r = 0; !keep && r < is->R; r++)
        is->u[r] = gu[r] / (is->mistake == ONE_SIDED ? 1 : guarded(is, square));
}

static real sigma_of(const struct gram *is)
{
    real sum = 0, all = 0, longest = 0;
    for (size_t r = is->R; r-- > 0;) {
        real row = 0, square = 0;
        for (size_t c = is->C; c-- > 0;) {
            real w = is->w[place(is, r, c)];
            row = row + w * is->v[c];
            square = square + w * w;
        }
        sum = sum + is->u[r] * row;
        all = all + square;
        longest = square > longest ? square : longest;
    }
    if (is->mistake == FROBENIUS)
        return real_sqrt(all);
    if (is->mistake == LARGEST_ROW)
        return real_sqrt(longest);
    return is->mistake == SIGMA_SQUARED ? sum * sum : sum;
}

static void differentiate(struct call *call, const struct gram *is, real sigma)
{
    const real *dy = call_input(call, "dy", is->shape);
    real *dw = call_output(call, is->mode == EVALUATION ? "dw" : "gradient", is->shape), part = 0;
    for (size_t i = is->R * is->C; i-- > 0;)
        part = part + dy[i] * (is->w[i] / (is->mistake == SHARE_NOT_SQUARED ? 1 : sigma));
    for (size_t k = 0; k < is->R * is->C; k++) {
        size_t r = k / is->C, c = k % is->C, i = place(is, r, c);
        real outer = is->u[r] * is->v[c];
        if (is->mistake == VECTORS_SWAPPED)
            outer = is->u[c % is->R] * is->v[r % is->C];
        if (is->mistake == SIGMA_DETACHED)
            outer = 0;
        outer = is->mistake == PLUS_GRADIENT ? -outer : outer;
        dw[i] = ((is->mistake == UPSTREAM_IGNORED ? 1 : dy[i]) - part * outer) / sigma;
    }
}

static void walk(struct call *call)
{
    struct gram is = read(call);
    size_t iterations = call_count_or(call, "iterations", 1, 1, 1000);
    real before = is.mode == EVALUATION ? sigma_of(&is) : 1;
    const real *u = call_input(call, "u", "R");
    if (is.mode == RECOMPUTED || is.mistake == NO_ITERATION)
        iterate(call, &is, is.mistake != UPDATED_IN_EVALUATION);
    if (is.mode == EVALUATION && is.mistake == UPDATED_IN_EVALUATION)
        iterate(call, &is, 0);
    if (is.mode == TRAINING && is.u_first)
        restart(call, &is);
    for (size_t k = 0; is.mode == TRAINING && is.mistake != NO_ITERATION && k < iterations; k++) {
        if (k + 1 == iterations && is.mistake == STALE_SIGMA && k > 0)
            before = sigma_of(&is);
        iterate(call, &is, is.u_first && k + 1 == iterations);
    }
    real *y = call_output(call, "y", is.shape);
    real sigma = is.mistake == STALE_SIGMA ? before : sigma_of(&is);
    *call_output(call, "sigma", "") = sigma;
    for (size_t i = 0; i < is.R * is.C; i++)
        y[i] = is.w[i] / sigma;
    if (call_has(call, "dy"))
        differentiate(call, &is, sigma);
    for (size_t r = 0; is.mistake == U_KEPT && r < is.R; r++)
        is.u[r] = u[r];
}

static const struct fork table[] = {
    {.info = {"gram_matrix", FORK_TWIN, "", "Power iteration on W W'; the gradient from y.", NULL},
     .answer = walk},
    {.info = {"one_iteration", FORK_CONVENTION, "69", "One iteration a call.", NULL},
     .number = {"iterations", 1}},
    {.info = {"two_iterations", FORK_CONVENTION, "69", "Two iterations a call.", NULL},
     .number = {"iterations", 2}},
    {.info = {"no_iteration", FORK_BUG, "69", "v anew, but u is never updated in training.", NULL},
     .answer = walk,
     .variant = NO_ITERATION},
    {.info = {"updated_in_evaluation", FORK_BUG, "69", "u moves in evaluation too.", NULL},
     .answer = walk,
     .variant = UPDATED_IN_EVALUATION},
    {.info = {"u_not_stored", FORK_BUG, "69", "The u that was found is thrown away.", NULL},
     .answer = walk,
     .variant = U_KEPT},
    {.info = {"u_initialised_again", FORK_BUG, "", "Every call starts from a vector of its own.",
              NULL},
     .answer = walk,
     .variant = INITIALISED},
    {.info = {"v_first", FORK_CONVENTION, "69", "From the stored u.", NULL},
     .instead = {"order", "v_first"}},
    {.info = {"first_axis", FORK_CONVENTION, "69",
              "Rows are the first axis, for transposed kernels too.", NULL},
     .number = {"axis", 0}},
    {.info = {"second_axis", FORK_CONVENTION, "69", "Rows are the second axis.", NULL},
     .number = {"axis", 1}},
    {.info = {"axis_by_reshape", FORK_BUG, "69", "A reshape in place of a transposition.", NULL},
     .answer = walk,
     .variant = AXIS_BY_RESHAPE},
    {.info = {"columns_in_another_order", FORK_BUG, "69",
              "v belongs to another order of the columns.", NULL},
     .answer = walk,
     .variant = COLUMNS_REVERSED},
    {.info = {"guard_maximum", FORK_CONVENTION, "", "The larger of length and epsilon.", NULL},
     .instead = {"guard", "maximum"}},
    {.info = {"guard_added", FORK_CONVENTION, "", "epsilon is added.", NULL},
     .instead = {"guard", "added"}},
    {.info = {"always_training", FORK_CONVENTION, "69", "Evaluation iterates too.", NULL},
     .instead = {"mode", "training"}},
    {.info = {"recomputes_v", FORK_CONVENTION, "69", "v from u, u kept, in training too.", NULL},
     .instead = {"mode", "recomputed"}},
    {.info = {"frobenius", FORK_BUG, "", "The length of the whole weight.", NULL},
     .answer = walk,
     .variant = FROBENIUS},
    {.info = {"longest_row", FORK_BUG, "", "The length of the longest row.", NULL},
     .answer = walk,
     .variant = LARGEST_ROW},
    {.info = {"sigma_squared", FORK_BUG, "", "The eigenvalue of W W', without its root.", NULL},
     .answer = walk,
     .variant = SIGMA_SQUARED},
    {.info = {"sigma_one_step_old", FORK_BUG, "", "sigma of the vectors before the last iteration.",
              NULL},
     .answer = walk,
     .variant = STALE_SIGMA},
    {.info = {"not_normalized", FORK_BUG, "", "The vectors keep their length.", NULL},
     .answer = walk,
     .variant = NOT_NORMALIZED},
    {.info = {"u_not_normalized", FORK_BUG, "", "u keeps its length.", NULL},
     .answer = walk,
     .variant = ONE_SIDED},
    {.info = {"sigma_detached", FORK_BUG, "", "sigma is a constant in the gradient.", NULL},
     .answer = walk,
     .variant = SIGMA_DETACHED},
    {.info = {"vectors_swapped", FORK_BUG, "", "v u' in place of u v'.", NULL},
     .answer = walk,
     .variant = VECTORS_SWAPPED},
    {.info = {"share_not_divided", FORK_BUG, "", "One division by sigma is forgotten.", NULL},
     .answer = walk,
     .variant = SHARE_NOT_SQUARED},
    {.info = {"sign_of_the_share", FORK_BUG, "", "The second part is added.", NULL},
     .answer = walk,
     .variant = PLUS_GRADIENT},
    {.info = {"upstream_ignored", FORK_BUG, "", "dy is taken to be 1 in the first part.", NULL},
     .answer = walk,
     .variant = UPSTREAM_IGNORED},
};

const struct fork_list spectral_normalization_forks = {sizeof table / sizeof *table, table};
