// SPDX-License-Identifier: MIT
#include "../../reference/normalization/local_response_normalization.h"
#include "../fork.h"

enum {
    LOG_ONE_PLUS,
    COUNT_DIVIDES,
    OWN_EXCLUDED,
    NOT_SQUARED,
    MEAN_REMOVED,
    SQUARE_ROOT_TOO,
    K_DROPPED,
    MULTIPLIED,
    WINDOW_WRAPS,
    DETACHED,
    TWO_FORGOTTEN,
    BETA_FORGOTTEN,
    POWER_KEPT,
    OWN_TERM_ALONE,
    WINDOW_NOT_MIRRORED,
    UPSTREAM_IGNORED
};

/* The energy of channel c as this variant sees it. */
static real energy_of(const real *x, size_t c, size_t C, const struct lrn *lrn, int variant)
{
    size_t count, first = lrn_window(c, C, lrn->before, lrn->after, &count);
    real sum = 0, mean = 0, factor = lrn->factor;
    for (size_t j = first; j < first + count && variant == MEAN_REMOVED; j++)
        mean += x[j] / real_count(count);
    for (size_t j = first + count; j-- > first;) {
        real value = x[j] - mean;
        if (j == c && variant == OWN_EXCLUDED)
            continue;
        sum += variant == NOT_SQUARED ? real_abs(value) : value * value;
    }
    if (variant == WINDOW_WRAPS) {
        for (size_t o = c + 1; o <= lrn->before && lrn->before < C; o++)
            sum += x[c + C - o] * x[c + C - o];
        for (size_t o = C - c; o <= lrn->after && lrn->after < C; o++)
            sum += x[c + o - C] * x[c + o - C];
    }
    if (variant == COUNT_DIVIDES)
        factor = factor * real_count(lrn->before + lrn->after + 1) / real_count(count);
    return factor * sum;
}

static void rival_forward(real *s, real *t, real *y, const real *x, size_t C, const struct lrn *lrn,
                          int variant)
{
    for (size_t c = 0; c < C; c++) {
        real energy = energy_of(x, c, C, lrn, variant), k = variant == K_DROPPED ? 0 : lrn->k;
        real beta = variant == SQUARE_ROOT_TOO ? lrn->beta / 2 : lrn->beta;
        s[c] = k + energy;
        if (variant == LOG_ONE_PLUS)
            t[c] = 1 / real_exp(beta * (real_log(k) + real_log1p(energy / k)));
        else
            t[c] = real_exp(-(beta * real_log(s[c])));
        t[c] = variant == MULTIPLIED ? 1 / t[c] : t[c];
        y[c] = x[c] * t[c];
    }
}

/* dx[i] = sum_j dy[j] dy_j/dx_i, an element of the Jacobian at a time. */
static void rival_backward(real *dx, const real *dy, const real *x, const real *s, const real *t,
                           size_t C, const struct lrn *lrn, int variant)
{
    real two = variant == TWO_FORGOTTEN ? 1 : 2, beta = lrn->beta;
    size_t before = lrn->before, after = lrn->after;
    if (variant == BETA_FORGOTTEN)
        beta = 1;
    if (variant == WINDOW_NOT_MIRRORED) {
        before = lrn->after;
        after = lrn->before;
    }
    for (size_t i = 0; i < C; i++) {
        dx[i] = 0;
        for (size_t j = 0; j < C; j++) {
            int inside = i + before >= j && i <= j + after && variant != DETACHED;
            real up = variant == UPSTREAM_IGNORED ? 1 : dy[j];
            real power = variant == POWER_KEPT ? t[j] : t[j] / s[j];
            if (i == j)
                dx[i] += up * t[j];
            if (inside && (i == j || variant != OWN_TERM_ALONE))
                dx[i] -= up * x[j] * power * (two * lrn->factor * beta) * x[i];
        }
    }
}

static void rival(struct call *call)
{
    int variant = call_variant(call), backward = call_has(call, "dy");
    const real *x;
    struct feature_maps maps = feature_maps_read(call, "x", &x);
    struct lrn lrn = lrn_read(call);
    size_t C = maps.C, all = maps.N * maps.P * C;
    real *rows = call_scratch(call, all), *up = call_scratch(call, all);
    real *s = call_scratch(call, C), *t = call_scratch(call, C);
    real *y = call_scratch(call, all), *dx = call_scratch(call, all);
    feature_maps_to_rows(rows, x, &maps);
    if (backward)
        feature_maps_to_rows(up, call_input(call, "dy", maps.shape), &maps);
    for (size_t i = 0; i < all; i += C) {
        rival_forward(s, t, &y[i], &rows[i], C, &lrn, variant);
        rival_backward(&dx[i], &up[i], &rows[i], s, t, C, &lrn, variant);
    }
    feature_maps_from_rows(call_output(call, "y", maps.shape), y, &maps);
    if (backward)
        feature_maps_from_rows(call_output(call, "dx", maps.shape), dx, &maps);
}

/* The positions of a channel as its neighbours. */
static void within_channel(struct call *call)
{
    const real *x;
    struct feature_maps maps = feature_maps_read(call, "x", &x);
    struct lrn lrn = lrn_read(call);
    size_t P = maps.P, n = maps.N * maps.C;
    real *along = call_scratch(call, P), *s = call_scratch(call, P), *t = call_scratch(call, P);
    real *y = call_scratch(call, P), *h = call_scratch(call, P), *up = call_scratch(call, P);
    real *out = call_output(call, "y", maps.shape), *dx = NULL, *d = call_scratch(call, P);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", maps.shape) : NULL;
    if (dy)
        dx = call_output(call, "dx", maps.shape);
    for (size_t i = 0; i < n; i++) {
        for (size_t p = 0; p < P; p++) {
            size_t at = feature_maps_at(&maps, i / maps.C, i % maps.C, p);
            along[p] = x[at];
            up[p] = dy ? dy[at] : 0;
        }
        lrn_forward(s, t, y, along, P, &lrn);
        lrn_backward(d, h, up, along, s, t, y, P, &lrn);
        for (size_t p = 0; p < P; p++) {
            size_t at = feature_maps_at(&maps, i / maps.C, i % maps.C, p);
            out[at] = y[p];
            if (dy)
                dx[at] = d[p];
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"log_one_plus", FORK_TWIN, "",
              "Through log k + log(1 + f sum / k), and the Jacobian an element at a time.", NULL},
     .answer = rival, .variant = LOG_ONE_PLUS},
    {.info = {"alpha_divided", FORK_CONVENTION, "146", "alpha over the size.", NULL},
     .instead = {"share", "divided"}},
    {.info = {"alpha_whole", FORK_CONVENTION, "146", "alpha as it is.", NULL},
     .instead = {"share", "whole"}},
    {.info = {"longer_before", FORK_CONVENTION, "146", "An even window is longer before.", NULL},
     .instead = {"window_side", "before"}},
    {.info = {"longer_after", FORK_CONVENTION, "146", "An even window is longer after.", NULL},
     .instead = {"window_side", "after"}},
    {.info = {"k_of_one", FORK_CONVENTION, "146", "k is 1, whatever is asked for.", NULL},
     .number = {"k", 1}},
    {.info = {"k_of_two", FORK_CONVENTION, "146", "k is 2, whatever is asked for.", NULL},
     .number = {"k", 2}},
    {.info = {"size_of_five", FORK_BUG, "", "The size is 5, whatever is asked for.", NULL},
     .number = {"size", 5}},
    {.info = {"beta_of_paper", FORK_BUG, "", "beta is 3/4, whatever is asked for.", NULL},
     .number = {"beta", 0.75}},
    {.info = {"count_divides", FORK_CONVENTION, "146",
              "At the borders alpha is divided by the channels that exist.", NULL},
     .answer = rival, .variant = COUNT_DIVIDES},
    {.info = {"own_excluded", FORK_BUG, "", "A channel is not among its neighbours.", NULL},
     .answer = rival, .variant = OWN_EXCLUDED},
    {.info = {"not_squared", FORK_BUG, "", "Adds magnitudes instead of squares.", NULL},
     .answer = rival, .variant = NOT_SQUARED},
    {.info = {"mean_removed", FORK_CONVENTION, "", "Local contrast: about the window's mean.",
     NULL},
     .answer = rival, .variant = MEAN_REMOVED},
    {.info = {"square_root_too", FORK_BUG, "", "Takes the root of the energy as well.", NULL},
     .answer = rival, .variant = SQUARE_ROOT_TOO},
    {.info = {"k_dropped", FORK_BUG, "", "k is not added.", NULL},
     .answer = rival, .variant = K_DROPPED},
    {.info = {"multiplied", FORK_BUG, "", "Multiplies where it should divide.", NULL},
     .answer = rival, .variant = MULTIPLIED},
    {.info = {"window_wraps", FORK_BUG, "", "The window goes on at the other end.", NULL},
     .answer = rival, .variant = WINDOW_WRAPS},
    {.info = {"within_channel", FORK_CONVENTION, "146", "Positions are the neighbours.", NULL},
     .answer = within_channel},
    {.info = {"detached", FORK_BUG, "128", "The divisor is a constant to dx.", NULL},
     .answer = rival, .variant = DETACHED},
    {.info = {"two_forgotten", FORK_BUG, "", "dx lacks the 2 of the square.", NULL},
     .answer = rival, .variant = TWO_FORGOTTEN},
    {.info = {"beta_forgotten", FORK_BUG, "", "dx lacks the factor beta.", NULL},
     .answer = rival, .variant = BETA_FORGOTTEN},
    {.info = {"power_kept", FORK_BUG, "", "dx has s^-beta, not s^(-beta - 1).", NULL},
     .answer = rival, .variant = POWER_KEPT},
    {.info = {"own_term_alone", FORK_BUG, "", "dx has no terms of the neighbours.", NULL},
     .answer = rival, .variant = OWN_TERM_ALONE},
    {.info = {"window_not_mirrored", FORK_BUG, "146",
              "dx adds over the window itself: wrong for an even size.", NULL},
     .answer = rival, .variant = WINDOW_NOT_MIRRORED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    {.info = {"channels_first", FORK_CONVENTION, "", "Maps are read channels first.", NULL},
     .instead = {"layout", "channels_first"}},
    {.info = {"channels_last", FORK_CONVENTION, "", "Maps are read channels last.", NULL},
     .instead = {"layout", "channels_last"}},
    /* clang-format on */
};

const struct fork_list local_response_normalization_forks = {sizeof table / sizeof *table, table};
