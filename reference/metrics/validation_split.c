// SPDX-License-Identifier: MIT
#include "validation_split.h"

struct validation_split validation_split_read(struct call *call)
{
    static const char *const takes[] = {"last", "first", NULL};
    static const char *const roundings[] = {"down", "up", NULL};
    struct validation_split s = {.S = call_count(call, "samples", 1, 1 << 20),
                                 .batch = call_count_or(call, "batch", 32, 1, 1 << 20),
                                 .first = call_choice(call, "take", takes)};
    size_t percent = call_count_or(call, "percent", 10, 1, 99);
    int up = call_choice(call, "rounding", roundings);
    s.F = (s.S * (100 - percent) + (up ? 99 : 0)) / 100;
    s.V = s.S - s.F;
    if (s.F == 0 || s.V == 0)
        call_fail(call, "number 'percent' leaves one part of %zu samples empty", s.S);
    call_bind(call, 'F', s.F);
    call_bind(call, 'V', s.V);
    s.p = call_integers(call, "permutation", "EF", 0, (int)s.F - 1);
    s.E = call_size(call, 'E');
    for (size_t e = 0; e < s.E; e++)
        permutation_check(call, "permutation", &s.p[e * s.F], s.F);
    return s;
}

void validation_split_answer(struct call *call)
{
    struct validation_split s = validation_split_read(call);
    real *train = call_output_integers(call, "train", "EF");
    real *validation = call_output_integers(call, "validation", "V");
    size_t batches = (s.F + s.batch - 1) / s.batch;
    for (size_t i = 0; i < s.E * s.F; i++)
        train[i] = real_count((size_t)s.p[i] + (s.first ? s.V : 0));
    for (size_t n = 0; n < s.V; n++)
        validation[n] = real_count(s.first ? n : s.F + n);
    *call_output_integers(call, "batches", "") = real_count(batches);
    *call_output_integers(call, "last", "") = real_count(s.F - (batches - 1) * s.batch);
}
