// SPDX-License-Identifier: MIT
#include "dead_units.h"

static size_t count_column(const real *a, real threshold, size_t N, size_t C)
{
    size_t active = 0;
    for (size_t n = 0; n < N; n++)
        active += real_abs(a[n * C]) > threshold;
    return active;
}

void dead_units_answer(struct call *call)
{
    const real *a = call_input(call, "a", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C'), dead = 0;
    real threshold = call_number_or(call, "threshold", R(0.0));
    if (!(threshold >= 0))
        call_fail(call, "number 'threshold' must not be below 0");
    if (N == 0 || C == 0)
        call_fail(call, "the activity of no samples or no units is 0 / 0");
    real *activity = call_output(call, "activity", "C");
    real *is_dead = call_output_integers(call, "is_dead", "C");
    for (size_t c = 0; c < C; c++) {
        size_t active = count_column(&a[c], threshold, N, C);
        activity[c] = real_count(active) / real_count(N);
        is_dead[c] = active == 0;
        dead += active == 0;
    }
    *call_output(call, "fraction", "") = real_count(dead) / real_count(C);
    real *distance = call_scratch(call, N * C);
    for (size_t i = 0; i < N * C; i++)
        distance[i] = real_abs(a[i]) - threshold;
    call_decisions(call, N * C, distance);
}
