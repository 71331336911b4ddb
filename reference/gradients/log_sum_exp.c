// SPDX-License-Identifier: MIT
#include "log_sum_exp.h"

struct log_sum log_sum_read(struct call *call)
{
    struct log_sum s = {.empty = call_number_or(call, "empty", R(0.0))};
    s.x = call_input(call, "x", "NC");
    s.mask = call_integers(call, "mask", "NC", 0, 1);
    s.dy = call_input(call, "dy", "N");
    s.N = call_size(call, 'N');
    s.C = call_size(call, 'C');
    s.y = call_output(call, "y", "N");
    s.dx = call_output(call, "dx", "NC");
    s.e = call_scratch(call, s.C);
    return s;
}

size_t log_sum_row(const struct log_sum *s, size_t n)
{
    const real *x = &s->x[n * s->C];
    const int *mask = &s->mask[n * s->C];
    size_t admitted = 0;
    real largest = 0;
    for (size_t c = 0; c < s->C; c++) {
        if (mask[c] && (admitted == 0 || x[c] > largest))
            largest = x[c];
        admitted += mask[c] ? 1 : 0;
    }
    s->y[n] = s->empty;
    if (admitted == 0)
        return 0;
    for (size_t c = 0; c < s->C; c++)
        s->e[c] = mask[c] ? real_exp(x[c] - largest) : 0;
    real sum = sum_features(s->C, s->e, 1);
    s->y[n] = largest + real_log(sum);
    for (size_t c = 0; c < s->C; c++)
        s->dx[n * s->C + c] = s->dy[n] * s->e[c] / sum;
    return admitted;
}

void log_sum_exp_answer(struct call *call)
{
    struct log_sum s = log_sum_read(call);
    for (size_t n = 0; n < s.N; n++)
        log_sum_row(&s, n);
}
