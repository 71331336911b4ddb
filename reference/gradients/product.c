// SPDX-License-Identifier: MIT
#include "product.h"

struct row_product row_product_read(struct call *call)
{
    struct row_product p = {.x = call_input(call, "x", "NC"), .dy = call_input(call, "dy", "N")};
    p.N = call_size(call, 'N');
    p.C = call_size(call, 'C');
    p.y = call_output(call, "y", "N");
    p.dx = call_output(call, "dx", "NC");
    p.before = call_scratch(call, p.C + 1);
    p.after = call_scratch(call, p.C + 1);
    return p;
}

void row_product_answer(const struct row_product *p, size_t n)
{
    const real *x = &p->x[n * p->C];
    p->before[0] = p->after[p->C] = 1;
    for (size_t c = 0; c < p->C; c++)
        p->before[c + 1] = p->before[c] * x[c];
    for (size_t c = p->C; c-- > 0;)
        p->after[c] = p->after[c + 1] * x[c];
    p->y[n] = p->before[p->C];
    for (size_t c = 0; c < p->C; c++)
        p->dx[n * p->C + c] = p->dy[n] * (p->before[c] * p->after[c + 1]);
}

void product_answer(struct call *call)
{
    struct row_product p = row_product_read(call);
    for (size_t n = 0; n < p.N; n++)
        row_product_answer(&p, n);
}
