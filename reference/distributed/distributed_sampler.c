// SPDX-License-Identifier: MIT
#include "distributed_sampler.h"

static void check_order(struct call *call, const struct distributed_sampler *s)
{
    for (size_t e = 0; e < s->E; e++) {
        int *seen = call_scratch_integers(call, s->N);
        for (size_t n = 0; n < s->N; n++)
            if (seen[s->order[e * s->N + n]]++)
                call_fail(call, "row %zu of input 'order' is no permutation", e);
    }
}

void distributed_sampler_read(struct call *call, struct distributed_sampler *s)
{
    static const char *const unevens[] = {"pad", "drop", "keep", NULL};
    static const char *const assignments[] = {"interleaved", "contiguous", NULL};
    static const char *const duplicates[] = {"counted", "removed", NULL};
    *s = (struct distributed_sampler){0};
    s->value = call_input(call, "value", "N");
    s->N = call_size(call, 'N');
    s->order = call_integers(call, "order", "EN", 0, (int)s->N - 1);
    s->E = call_size(call, 'E');
    s->W = call_count(call, "workers", 1, 1 << 20);
    s->skip = call_count_or(call, "skip", 0, 0, 1 << 20);
    s->uneven = (enum sampler_uneven)call_choice(call, "uneven", unevens);
    s->contiguous = call_choice(call, "assignment", assignments);
    s->removed = call_choice(call, "duplicates", duplicates);
    check_order(call, s);
    if (s->skip >= s->N)
        call_fail(call, "number 'skip' leaves none of the %zu samples", s->N);
    s->left = s->N - s->skip;
    s->Q = (s->left + s->W - 1) / s->W;
    if (s->uneven == SAMPLER_DROP)
        s->Q = s->left / s->W;
    s->total = s->uneven == SAMPLER_KEEP ? s->left : s->Q * s->W;
    if (s->Q == 0)
        call_fail(call, "number 'workers' is above the %zu samples, all of which are dropped",
                  s->left);
    call_bind(call, 'W', s->W);
    call_bind(call, 'Q', s->Q);
}

size_t distributed_sampler_place(const struct distributed_sampler *s, size_t k, size_t i)
{
    size_t fewer = s->total / s->W, more = s->total % s->W;
    size_t own = fewer + (k < more ? 1 : 0), before = k * fewer + (k < more ? k : more);
    if (i >= own)
        return s->total;
    return s->contiguous ? before + i : k + i * s->W;
}

void distributed_sampler_answer(struct call *call)
{
    struct distributed_sampler s;
    distributed_sampler_read(call, &s);
    real *index = call_output_integers(call, "index", "EWQ");
    real *count = call_output_integers(call, "count", "W");
    real *seen = call_output_integers(call, "seen", "EN"), *mean = call_output(call, "mean", "E");
    real *sum = call_scratch(call, s.W);
    for (size_t e = 0; e < s.E; e++) {
        size_t counted = 0;
        for (size_t k = 0; k < s.W; k++) {
            sum[k] = 0;
            count[k] = 0;
            for (size_t i = 0; i < s.Q; i++) {
                real *here = &index[(e * s.W + k) * s.Q + i];
                size_t place = distributed_sampler_place(&s, k, i);
                *here = -1;
                if (place == s.total)
                    continue;
                int sample = s.order[e * s.N + s.skip + place % s.left];
                *here = (real)sample;
                count[k] += 1;
                seen[e * s.N + (size_t)sample] += 1;
                if (s.removed && place >= s.left)
                    continue;
                sum[k] = sum[k] + s.value[sample];
                counted++;
            }
        }
        mean[e] = sum_samples(s.W, 1, sum, 1) / real_count(counted);
    }
}
