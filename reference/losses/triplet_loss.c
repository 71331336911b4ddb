// SPDX-License-Identifier: MIT
#include "triplet_loss.h"

#include "loss_distance.h"

struct triplet {
    int euclidean, soft;
    real margin;
};

/* The loss of a triplet, and its derivative g by D(u). */
static real hinge_or_soft(struct call *call, real *g, real x, const struct triplet *how)
{
    if (how->soft) {
        real e = real_exp(-real_abs(x)), l = real_log1p(e);
        *g = x < 0 ? e / (1 + e) : 1 / (1 + e);
        return x < 0 ? l : x + l;
    }
    real h = x + how->margin;
    call_decisions(call, 1, &h);
    *g = h > 0 ? R(1.0) : R(0.0);
    return h > 0 ? h : R(0.0);
}

/* What stands before the difference in a slope, from s = sum u^2. */
static real factor(struct call *call, real g, real s, const struct triplet *how)
{
    if (!how->euclidean)
        return 2 * g;
    call_decisions(call, 1, &s);
    return s > 0 ? g / real_sqrt(s) : R(0.0);
}

void triplet_loss_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "ND", .per_sample = 1, .input = {"a", "p", "n"}, .gradient = {"da", "dp", "dn"}};
    static const char *const distances[] = {"squared", "euclidean", NULL};
    static const char *const forms[] = {"margin", "soft", NULL};
    struct loss loss = loss_begin(call, &form);
    struct loss_distance distance = loss_distance_begin(call);
    struct triplet how = {.euclidean = call_choice(call, "distance", distances),
                          .soft = call_choice(call, "form", forms),
                          .margin = call_number_or(call, "margin", R(0.2))};
    if (!(how.margin > 0))
        call_fail(call, "number 'margin' must be above 0");
    size_t D = loss.K;
    real *u = call_scratch(call, D), *v = call_scratch(call, D), g;
    for (size_t n = 0; n < loss.N; n++) {
        const real *a = &loss.input[0][n * D];
        real s = loss_distance_squared(u, a, &loss.input[1][n * D], D, &distance);
        real r = loss_distance_squared(v, a, &loss.input[2][n * D], D, &distance);
        real x = how.euclidean ? real_sqrt(s) - real_sqrt(r) : s - r;
        loss.value[n] = hinge_or_soft(call, &g, x, &how);
        real c_u = factor(call, g, s, &how), c_v = factor(call, g, r, &how);
        for (size_t d = 0; d < D; d++) {
            loss.slope[0][n * D + d] = c_u * u[d] - c_v * v[d];
            loss.slope[1][n * D + d] = -(c_u * u[d]);
            loss.slope[2][n * D + d] = c_v * v[d];
        }
    }
    loss_finish(call, &loss);
}
