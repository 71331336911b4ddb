// SPDX-License-Identifier: MIT
#include "contrastive_loss.h"

#include "loss_distance.h"

struct contrast {
    int zero_is_similar, first_power;
    real f, margin;
};

/* The loss of a pair with squared distance s; c such that da = c u. */
static real pair(struct call *call, real *c, real s, int similar, const struct contrast *how)
{
    real d = real_sqrt(s), h = how->margin - d, f = how->f;
    *c = R(0.0);
    if (how->first_power || !similar)
        call_decisions(call, 1, &s); /* the distance has no slope at 0 */
    if (similar) {
        if (!how->first_power)
            *c = 2 * f;
        else if (d > 0)
            *c = f / d;
        return how->first_power ? f * d : f * s;
    }
    call_decisions(call, 1, &h);
    if (!(h > 0))
        return R(0.0);
    if (d > 0)
        *c = how->first_power ? -(f / d) : -(2 * f * h / d);
    return how->first_power ? f * h : f * h * h;
}

void contrastive_loss_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "ND", .per_sample = 1, .input = {"a", "b"}, .gradient = {"da", "db"}};
    static const char *const similars[] = {"one", "zero", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const powers[] = {"two", "one", NULL};
    struct loss loss = loss_begin(call, &form);
    struct loss_distance distance = loss_distance_begin(call);
    struct contrast how = {.zero_is_similar = call_choice(call, "similar", similars),
                           .first_power = call_choice(call, "power", powers),
                           .f = call_choice(call, "half", no_yes) ? R(0.5) : R(1.0),
                           .margin = call_number_or(call, "margin", R(1.0))};
    if (!(how.margin > 0))
        call_fail(call, "number 'margin' must be above 0");
    const int *t = call_integers(call, "t", "N", 0, 1);
    size_t D = loss.K;
    real *u = call_scratch(call, D), c;
    for (size_t n = 0; n < loss.N; n++) {
        const real *a = &loss.input[0][n * D], *b = &loss.input[1][n * D];
        real s = loss_distance_squared(u, a, b, D, &distance);
        loss.value[n] = pair(call, &c, s, t[n] != how.zero_is_similar, &how);
        for (size_t d = 0; d < D; d++) {
            loss.slope[0][n * D + d] = c * u[d];
            loss.slope[1][n * D + d] = -(c * u[d]);
        }
    }
    loss_finish(call, &loss);
}
