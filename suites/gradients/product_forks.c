// SPDX-License-Identifier: MIT
#include "../../reference/gradients/product.h"
#include "../fork.h"

/* Halves, recursively: the product, and then each half's upstream times the other half. */
static real of_half(const real *x, size_t n)
{
    return n == 1 ? x[0] : of_half(x, n / 2) * of_half(x + n / 2, n - n / 2);
}

static void down_half(real *dx, real upstream, const real *x, size_t n)
{
    size_t m = n / 2;
    if (n == 1) {
        dx[0] = upstream;
        return;
    }
    down_half(dx, upstream * of_half(x + m, n - m), x, m);
    down_half(dx + m, upstream * of_half(x, m), x + m, n - m);
}

static void halves(struct call *call)
{
    struct row_product p = row_product_read(call);
    for (size_t n = 0; n < p.N; n++) {
        p.y[n] = of_half(&p.x[n * p.C], p.C);
        down_half(&p.dx[n * p.C], p.dy[n], &p.x[n * p.C], p.C);
    }
}

enum mistake { QUOTIENT, GUARDED_QUOTIENT, ITSELF_TOO, BEFORE_ALONE, UPSTREAM_IGNORED, SUM };

static real wrong_slope(const struct row_product *p, enum mistake mistake, size_t n, size_t c)
{
    real x = p->x[n * p->C + c], y = p->y[n], dy = p->dy[n];
    switch (mistake) {
    case QUOTIENT:
        return dy * y / x;
    case GUARDED_QUOTIENT:
        return x != 0 ? dy * y / x : 0;
    case ITSELF_TOO:
        return dy * y;
    case BEFORE_ALONE:
        return dy * p->before[c];
    case UPSTREAM_IGNORED:
        return p->before[c] * p->after[c + 1];
    default:
        return dy;
    }
}

static void wrong(struct call *call)
{
    struct row_product p = row_product_read(call);
    for (size_t n = 0; n < p.N; n++) {
        row_product_answer(&p, n);
        for (size_t c = 0; c < p.C; c++)
            p.dx[n * p.C + c] = wrong_slope(&p, (enum mistake)call_variant(call), n, c);
    }
}

static const struct fork table[] = {
    {.info = {"halves", FORK_TWIN, "", "A tree of products, and down again.", NULL},
     .answer = halves},
    {.info = {"quotient", FORK_NUMERICAL, "207 206", "y / x: NaN where an element is 0.", NULL},
     .answer = wrong,
     .variant = QUOTIENT},
    {.info = {"guarded_quotient", FORK_BUG, "207", "y / x, and 0 where an element is 0.", NULL},
     .answer = wrong,
     .variant = GUARDED_QUOTIENT},
    {.info = {"itself_too", FORK_BUG, "", "The element itself is among the factors.", NULL},
     .answer = wrong,
     .variant = ITSELF_TOO},
    {.info = {"before_alone", FORK_BUG, "", "Only the factors before the element.", NULL},
     .answer = wrong,
     .variant = BEFORE_ALONE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in it.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"slope_of_sum", FORK_BUG, "", "The gradient of a sum.", NULL},
     .answer = wrong,
     .variant = SUM},
};

const struct fork_list product_forks = {sizeof table / sizeof *table, table};
