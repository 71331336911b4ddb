// SPDX-License-Identifier: MIT
#include "energy_distance.h"

struct energy energy_distance_read(struct call *call)
{
    static const char *const estimates[] = {"biased", "unbiased", NULL};
    static const char *const roots[] = {"no", "yes", NULL};
    struct energy e = {.unbiased = call_choice(call, "estimate", estimates),
                       .rooted = call_choice(call, "root", roots),
                       .x = {0, call_input(call, "x", "ND")}};
    e.N = e.x.count = call_size(call, 'N');
    size_t least = e.unbiased ? 2 : 1, D = call_size(call, 'D');
    e.kernel = (struct pair_kernel){.kind = PAIR_DISTANCE, .D = D, .block = call_block(call)};
    if (D == 0 || e.N < least)
        call_fail(call, "input 'x' has %zu samples of %zu features", e.N, D);
    e.y.x = call_input(call, "y", "MD");
    e.M = e.y.count = call_size(call, 'M');
    if (e.M < least)
        call_fail(call, "input 'y' has %zu samples", e.M);
    e.over_xx = real_count(e.N * (e.unbiased ? e.N - 1 : e.N));
    e.over_yy = real_count(e.M * (e.unbiased ? e.M - 1 : e.M));
    e.over_xy = real_count(e.N * e.M);
    e.denergy = call_has(call, "denergy") ? call_input(call, "denergy", "") : NULL;
    e.energy = call_output(call, "energy", "");
    e.xx = call_output(call, "xx", "");
    e.yy = call_output(call, "yy", "");
    e.xy = call_output(call, "xy", "");
    e.dx = e.denergy ? call_output(call, "dx", "ND") : NULL;
    return e;
}

void energy_distance_answer(struct call *call)
{
    struct energy e = energy_distance_read(call);
    size_t D = e.kernel.D;
    *e.xx = -(pair_sum(call, &e.kernel, &e.x, &e.x, e.unbiased) / e.over_xx);
    *e.yy = -(pair_sum(call, &e.kernel, &e.y, &e.y, e.unbiased) / e.over_yy);
    *e.xy = -(pair_sum(call, &e.kernel, &e.x, &e.y, 0) / e.over_xy);
    *e.energy = 2 * *e.xy - *e.xx - *e.yy;
    if (e.rooted) {
        call_decisions(call, 1, e.energy);
        *e.energy = *e.energy > 0 ? real_sqrt(*e.energy) : R(0.0);
    }
    if (!e.denergy)
        return;
    real up = *e.denergy, *own = call_scratch(call, D), *other = call_scratch(call, D);
    if (e.rooted)
        up = *e.energy > 0 ? up / (2 * *e.energy) : R(0.0);
    for (size_t n = 0; n < e.N; n++) {
        pair_gradient(call, own, &e.kernel, &e.x.x[n * D], &e.x, e.unbiased ? n : e.N);
        pair_gradient(call, other, &e.kernel, &e.x.x[n * D], &e.y, e.M);
        for (size_t d = 0; d < D; d++)
            e.dx[n * D + d] = (2 / e.over_xx * own[d] - 2 / e.over_xy * other[d]) * up;
    }
}
