// SPDX-License-Identifier: MIT
#include "broadcast_addition.h"

struct broadcast broadcast_read(struct call *call)
{
    struct broadcast s = {.a = call_input(call, "a", "NC"), .b = call_input(call, "b", "RK")};
    s.dy = call_input(call, "dy", "NC");
    s.N = call_size(call, 'N');
    s.C = call_size(call, 'C');
    s.rows = call_size(call, 'R');
    s.columns = call_size(call, 'K');
    s.block = call_block(call);
    if ((s.rows != 1 && s.rows != s.N) || (s.columns != 1 && s.columns != s.C))
        call_fail(call, "input 'b' can be repeated along axes of size 1 alone");
    s.y = call_output(call, "y", "NC");
    s.da = call_output(call, "da", "NC");
    s.db = call_output(call, "db", "RK");
    s.row = call_scratch(call, s.N * s.columns);
    return s;
}

void broadcast_answer(const struct broadcast *s)
{
    size_t K = s->columns;
    for (size_t i = 0; i < s->N * s->C; i++) {
        size_t n = s->rows == 1 ? 0 : i / s->C, c = K == 1 ? 0 : i % s->C;
        s->y[i] = s->a[i] + s->b[n * K + c];
        s->da[i] = s->dy[i];
    }
    for (size_t i = 0; i < s->N * K; i++)
        s->row[i] = K == 1 ? sum_features(s->C, &s->dy[i * s->C], 1) : s->dy[i];
    for (size_t i = 0; i < s->rows * K; i++)
        s->db[i] = s->rows == 1 ? sum_samples(s->N, s->block, &s->row[i], K) : s->row[i];
}

void broadcast_addition_answer(struct call *call)
{
    struct broadcast s = broadcast_read(call);
    broadcast_answer(&s);
}
