// SPDX-License-Identifier: MIT
#include "cumulative_product.h"

struct running_product running_product_read(struct call *call)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct running_product p = {.exclusive = call_choice(call, "exclusive", no_yes),
                                .reverse = call_choice(call, "reverse", no_yes)};
    p.x = call_input(call, "x", "NC");
    p.dy = call_input(call, "dy", "NC");
    p.N = call_size(call, 'N');
    p.C = call_size(call, 'C');
    p.y = call_output(call, "y", "NC");
    p.dx = call_output(call, "dx", "NC");
    p.factor = call_scratch(call, p.C);
    p.upstream = call_scratch(call, p.C);
    p.without = call_scratch(call, p.C);
    return p;
}

size_t running_product_place(const struct running_product *p, size_t n, size_t c)
{
    return n * p->C + (p->reverse ? p->C - 1 - c : c);
}

void running_product_turn(const struct running_product *p, size_t n)
{
    for (size_t c = 0; c < p->C; c++) {
        p->factor[c] = p->x[running_product_place(p, n, c)];
        size_t from = c + (p->exclusive ? 1 : 0);
        p->upstream[c] = from < p->C ? p->dy[running_product_place(p, n, from)] : 0;
    }
}

void running_product_answer(const struct running_product *p, size_t n)
{
    real before = 1;
    running_product_turn(p, n);
    for (size_t k = 0; k < p->C; k++) {
        real product = before;
        for (size_t c = k; c < p->C; c++) {
            product = c > k ? product * p->factor[c] : product;
            p->without[c] = product;
        }
        size_t place = running_product_place(p, n, k);
        p->dx[place] = sum_products(R(0.0), p->C - k, &p->upstream[k], 1, &p->without[k], 1);
        real after = before * p->factor[k];
        p->y[place] = p->exclusive ? before : after;
        before = after;
    }
}

void cumulative_product_answer(struct call *call)
{
    struct running_product p = running_product_read(call);
    for (size_t n = 0; n < p.N; n++)
        running_product_answer(&p, n);
}
