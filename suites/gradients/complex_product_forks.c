// SPDX-License-Identifier: MIT
#include "../../reference/gradients/complex_product.h"
#include "../fork.h"

struct factors {
    const real *a, *b, *dy;
    real *y, *da, *db;
    size_t n;
};

static struct factors read(struct call *call)
{
    struct factors f = {.a = call_input(call, "a", "NCZ"), .b = call_input(call, "b", "NCZ")};
    f.dy = call_input(call, "dy", "NCZ");
    f.n = call_size(call, 'N') * call_size(call, 'C');
    f.y = call_output(call, "y", "NCZ");
    f.da = call_output(call, "da", "NCZ");
    f.db = call_output(call, "db", "NCZ");
    return f;
}

/* As matrices ((re, -im), (im, re)): a gradient is the transpose of the other factor's matrix. */
static void matrices(struct call *call)
{
    struct factors f = read(call);
    for (size_t i = 0; i < 8 * f.n; i++) {
        size_t k = i / 8 * 2, p = i / 4 % 2, r = i / 2 % 2, s = i % 2; /* y_p += sign a_r b_s */
        if ((r + s) % 2 != p)
            continue;
        real sign = r && s ? R(-1.0) : R(1.0);
        f.y[k + p] += sign * f.a[k + r] * f.b[k + s];
        f.da[k + r] += sign * f.dy[k + p] * f.b[k + s];
        f.db[k + s] += sign * f.dy[k + p] * f.a[k + r];
    }
}

enum mistake { NO_CONJUGATE, CONJUGATE_RESULT, CONJUGATE_UPSTREAM, PARTS_ALONE, CONJUGATE_FORWARD };

static void wrong(struct call *call)
{
    struct factors f = read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    complex_product_of(f.y, f.a, f.b, mistake == CONJUGATE_FORWARD, f.n);
    complex_product_of(f.da, f.dy, f.b, mistake != NO_CONJUGATE, f.n);
    complex_product_of(f.db, f.dy, f.a, mistake != NO_CONJUGATE, f.n);
    if (mistake == CONJUGATE_UPSTREAM)
        complex_product_of(f.da, f.b, f.dy, 1, f.n);
    for (size_t i = 0; i < 2 * f.n; i++) {
        if (mistake == CONJUGATE_RESULT && i % 2) {
            f.da[i] = -f.da[i];
            f.db[i] = -f.db[i];
        } else if (mistake == PARTS_ALONE) {
            f.da[i] = f.dy[i] * f.b[i];
            f.db[i] = f.dy[i] * f.a[i];
        }
    }
}

static const struct fork table[] = {
    {.info = {"matrices", FORK_TWIN, "", "As products of real matrices.", NULL},
     .answer = matrices},
    {.info = {"no_conjugate", FORK_CONVENTION, "220", "dy b and dy a, as JAX's rule.", NULL},
     .answer = wrong,
     .variant = NO_CONJUGATE},
    {.info = {"conjugate_result", FORK_CONVENTION, "220", "The conjugate gradient.", NULL},
     .answer = wrong,
     .variant = CONJUGATE_RESULT},
    {.info = {"conjugate_upstream", FORK_BUG, "220", "The upstream is conjugated, not b.", NULL},
     .answer = wrong,
     .variant = CONJUGATE_UPSTREAM},
    {.info = {"parts_alone", FORK_BUG, "", "Parts multiplied by parts.", NULL},
     .answer = wrong,
     .variant = PARTS_ALONE},
    {.info = {"conjugate_forward", FORK_BUG, "", "a conj(b) forward.", NULL},
     .answer = wrong,
     .variant = CONJUGATE_FORWARD},
};

const struct fork_list complex_product_forks = {sizeof table / sizeof *table, table};
