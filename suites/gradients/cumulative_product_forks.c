// SPDX-License-Identifier: MIT
#include "../../reference/gradients/cumulative_product.h"
#include "../fork.h"

/* Horner's rule from the end: s_c = dy_c + x_{c+1} s_{c+1}, dx_c = y_{c-1} s_c. */
static void horner(struct call *call)
{
    struct running_product p = running_product_read(call);
    for (size_t n = 0; n < p.N; n++) {
        real product = 1, s = 0;
        running_product_turn(&p, n);
        for (size_t c = 0; c < p.C; c++) {
            p.without[c] = product;
            product = product * p.factor[c];
            p.y[running_product_place(&p, n, c)] = p.exclusive ? p.without[c] : product;
        }
        for (size_t c = p.C; c-- > 0;) {
            s = p.upstream[c] + (c + 1 < p.C ? p.factor[c + 1] * s : 0);
            p.dx[running_product_place(&p, n, c)] = p.without[c] * s;
        }
    }
}

enum mistake { QUOTIENT, GUARDED_QUOTIENT, LAST_ALONE, OWN_ALONE, UPSTREAM_IGNORED };

static void wrong(struct call *call)
{
    struct running_product p = running_product_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    for (size_t n = 0; n < p.N; n++) {
        real product = 1, sum = 0;
        running_product_answer(&p, n);
        for (size_t c = 0; c < p.C; c++) {
            p.without[c] = product;
            product = product * p.factor[c];
        }
        for (size_t c = p.C; c-- > 0;) {
            real *dx = &p.dx[running_product_place(&p, n, c)], x = p.factor[c];
            sum += (mistake == UPSTREAM_IGNORED ? 1 : p.upstream[c]) * p.without[c] * x;
            if (mistake == OWN_ALONE)
                *dx = p.upstream[c] * p.without[c];
            else if (mistake == LAST_ALONE)
                *dx = x != 0 ? p.upstream[p.C - 1] * product / x : 0;
            else if (mistake == GUARDED_QUOTIENT)
                *dx = x != 0 ? sum / x : 0;
            else
                *dx = sum / x;
        }
    }
}

static const struct fork table[] = {
    {.info = {"horner", FORK_TWIN, "", "Horner's rule from the end.", NULL}, .answer = horner},
    {.info = {"quotient", FORK_NUMERICAL, "207 206", "A sum divided by x: NaN at 0.", NULL},
     .answer = wrong,
     .variant = QUOTIENT},
    {.info = {"guarded_quotient", FORK_BUG, "207", "The same, and 0 at 0.", NULL},
     .answer = wrong,
     .variant = GUARDED_QUOTIENT},
    {.info = {"last_alone", FORK_BUG, "", "Only the last output has an upstream.", NULL},
     .answer = wrong,
     .variant = LAST_ALONE},
    {.info = {"own_alone", FORK_BUG, "", "Later outputs do not depend on an element.", NULL},
     .answer = wrong,
     .variant = OWN_ALONE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream is not in it.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"inclusive", FORK_CONVENTION, "", "The option exclusive is ignored.", NULL},
     .instead = {"exclusive", "no"}},
    {.info = {"always_exclusive", FORK_CONVENTION, "", "Never its own factor.", NULL},
     .instead = {"exclusive", "yes"}},
    {.info = {"forward_only", FORK_CONVENTION, "", "The option reverse is ignored.", NULL},
     .instead = {"reverse", "no"}},
};

const struct fork_list cumulative_product_forks = {sizeof table / sizeof *table, table};
