// SPDX-License-Identifier: MIT
#include "../../reference/gradients/cross_product.h"
#include "../fork.h"

struct vectors {
    const real *a, *b, *dy;
    real *y, *da, *db;
    size_t N;
};

static struct vectors read(struct call *call)
{
    struct vectors v = {.a = call_input(call, "a", "NV"), .b = call_input(call, "b", "NV")};
    v.dy = call_input(call, "dy", "NV");
    v.N = call_size(call, 'N');
    v.y = call_output(call, "y", "NV");
    v.da = call_output(call, "da", "NV");
    v.db = call_output(call, "db", "NV");
    return v;
}

/* Sums over the Levi-Civita symbol: y_i += e_ijk a_j b_k, and its derivatives. */
static void permutations(struct call *call)
{
    struct vectors v = read(call);
    for (size_t m = 0; m < 27 * v.N; m++) {
        size_t n = m / 27 * 3, i = m / 9 % 3, j = m / 3 % 3, k = m % 3;
        if (i == j || j == k || k == i)
            continue;
        real sign = (i + 1) % 3 == j ? R(1.0) : R(-1.0);
        v.y[n + i] += sign * v.a[n + j] * v.b[n + k];
        v.da[n + j] += sign * v.dy[n + i] * v.b[n + k];
        v.db[n + k] += sign * v.dy[n + i] * v.a[n + j];
    }
}

enum mistake { FACTORS_SWAPPED, SECOND_SWAPPED, GRADIENTS_SWAPPED, LEFT_HANDED, UPSTREAM_IGNORED };

static void wrong(struct call *call)
{
    struct vectors v = read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    cross_product_of(v.y, v.a, v.b, v.N);
    cross_product_of(v.da, v.b, v.dy, v.N);
    cross_product_of(v.db, v.dy, v.a, v.N);
    if (mistake == FACTORS_SWAPPED)
        cross_product_of(v.da, v.dy, v.b, v.N);
    else if (mistake == SECOND_SWAPPED)
        cross_product_of(v.db, v.a, v.dy, v.N);
    else if (mistake == LEFT_HANDED)
        cross_product_of(v.y, v.b, v.a, v.N);
    for (size_t i = 0; i < 3 * v.N; i++) {
        real da = v.da[i];
        if (mistake == GRADIENTS_SWAPPED) {
            v.da[i] = v.db[i];
            v.db[i] = da;
        } else if (mistake == UPSTREAM_IGNORED) {
            v.da[i] = v.b[i];
        }
    }
}

static const struct fork table[] = {
    {.info = {"permutations", FORK_TWIN, "", "Sums over all permutations with their signs.", NULL},
     .answer = permutations},
    {.info = {"factors_swapped", FORK_BUG, "213", "dy x b, the negative of a's gradient.", NULL},
     .answer = wrong,
     .variant = FACTORS_SWAPPED},
    {.info = {"second_swapped", FORK_BUG, "213", "a x dy, the negative of b's gradient.", NULL},
     .answer = wrong,
     .variant = SECOND_SWAPPED},
    {.info = {"gradients_swapped", FORK_BUG, "213", "Each has the other's gradient.", NULL},
     .answer = wrong,
     .variant = GRADIENTS_SWAPPED},
    {.info = {"left_handed", FORK_CONVENTION, "", "b x a forward.", NULL},
     .answer = wrong,
     .variant = LEFT_HANDED},
    {.info = {"slope_of_elementwise", FORK_BUG, "213", "The other factor, as in a plain product.",
              NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
};

const struct fork_list cross_product_forks = {sizeof table / sizeof *table, table};
