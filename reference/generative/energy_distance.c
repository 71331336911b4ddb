// SPDX-License-Identifier: MIT
#include "energy_distance.h"

struct energy energy_distance_read(struct call *call)
{
    static const char *const estimates[] = {"biased", "unbiased", NULL};
    static const char *const roots[] = {"no", "yes", NULL};
    struct energy e = {.unbiased = call_choice(call, "estimate", estimates),
                       .rooted = call_choice(call, "root", roots)};
    e.over = pair_sides_read(call, &e.x, &e.y, e.unbiased);
    e.kernel = (struct pair_kernel){
        .kind = PAIR_DISTANCE, .D = call_size(call, 'D'), .block = call_block(call)};
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
    *e.xx = -(pair_sum(call, &e.kernel, &e.x, &e.x, e.unbiased) / e.over.xx);
    *e.yy = -(pair_sum(call, &e.kernel, &e.y, &e.y, e.unbiased) / e.over.yy);
    *e.xy = -(pair_sum(call, &e.kernel, &e.x, &e.y, 0) / e.over.xy);
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
    for (size_t n = 0; n < e.x.count; n++) {
        pair_gradient(call, own, &e.kernel, &e.x.x[n * D], &e.x, e.unbiased ? n : e.x.count);
        pair_gradient(call, other, &e.kernel, &e.x.x[n * D], &e.y, e.y.count);
        for (size_t d = 0; d < D; d++)
            e.dx[n * D + d] = (2 / e.over.xx * own[d] - 2 / e.over.xy * other[d]) * up;
    }
}
