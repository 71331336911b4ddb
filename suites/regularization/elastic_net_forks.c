// SPDX-License-Identifier: MIT
#include "../../reference/regularization/elastic_net.h"
#include "../fork.h"

/* One call. The forks below change a field of it and answer again; without a change `pull` is 2 s
 * and `slope` is a. */
struct net {
    const real *w;
    real *dw, *penalty;
    struct elastic_net_weights weights;
    real slope, pull, at_zero, dpenalty;
    size_t P, block;
    int ratio;
};

static void answer(const struct net *e)
{
    real magnitudes = 0, squares = sum_sample_products(e->P, e->block, e->w, 1, e->w, 1);
    for (size_t p = 0; p < e->P; p++) {
        magnitudes += real_abs(e->w[p]);
        e->dw[p] =
            (e->slope * l1_penalty_sign(e->w[p], e->at_zero) + e->pull * e->w[p]) * e->dpenalty;
    }
    *e->penalty = e->weights.a * magnitudes + e->weights.s * squares;
}

static struct net read(struct call *call)
{
    static const char *const forms[] = {"separate", "ratio", NULL};
    struct net e = {.weights = elastic_net_read(call), .w = call_input(call, "w", "P")};
    e.P = call_size(call, 'P');
    e.block = call_block(call);
    e.ratio = call_choice(call, "form", forms);
    e.slope = e.weights.a;
    e.pull = 2 * e.weights.s;
    e.dpenalty = call_has(call, "dpenalty") ? *call_input(call, "dpenalty", "") : 1;
    e.dw = call_output(call, "dw", "P");
    e.penalty = call_output(call, "penalty", "");
    answer(&e);
    return e;
}

/* One chain of |w| (a + s |w|), the last weight first; the gradient times the sign at the end. */
static void horner(struct call *call)
{
    struct net e = read(call);
    real sum = 0;
    for (size_t p = e.P; p-- > 0;) {
        real size = real_abs(e.w[p]);
        sum += size * (e.weights.a + e.weights.s * size);
        real steepness = e.dpenalty * e.weights.a + e.dpenalty * 2 * e.weights.s * size;
        e.dw[p] = e.w[p] < 0 ? -steepness : e.w[p] > 0 ? steepness : 0;
    }
    *e.penalty = sum;
}

static void with(struct net *e, real a, real s)
{
    e->weights.a = e->slope = a;
    e->weights.s = s;
    e->pull = 2 * s;
    answer(e);
}

static void half_forgotten(struct call *call)
{
    struct net e = read(call);
    with(&e, e.weights.a, e.ratio ? 2 * e.weights.s : e.weights.s);
}

static void half_added(struct call *call)
{
    struct net e = read(call);
    with(&e, e.weights.a, e.ratio ? e.weights.s : e.weights.s / 2);
}

static void shares_exchanged(struct call *call)
{
    struct net e = read(call);
    with(&e, e.ratio ? 2 * e.weights.s : e.weights.s, e.ratio ? e.weights.a / 2 : e.weights.a);
}

static void both_at_full_strength(struct call *call)
{
    struct net e = read(call);
    real lambda = e.weights.a + 2 * e.weights.s;
    with(&e, e.ratio ? lambda : e.weights.a, e.ratio ? lambda / 2 : e.weights.s);
}

static void l1_lost(struct call *call)
{
    struct net e = read(call);
    with(&e, 0, e.weights.s);
}

static void l2_lost(struct call *call)
{
    struct net e = read(call);
    with(&e, e.weights.a, 0);
}

static void gradient_without_two(struct call *call)
{
    struct net e = read(call);
    e.pull = e.weights.s;
    answer(&e);
}

static void zero_counts_as_positive(struct call *call)
{
    struct net e = read(call);
    e.at_zero = 1;
    answer(&e);
}

static void upstream_on_one_part(struct call *call)
{
    struct net e = read(call);
    for (size_t p = 0; p < e.P; p++)
        e.dw[p] = e.slope * l1_penalty_sign(e.w[p], 0) + e.pull * e.w[p] * e.dpenalty;
}

static void gradient_without_l1(struct call *call)
{
    struct net e = read(call);
    e.slope = 0;
    answer(&e);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"horner", FORK_TWIN, "",
     "One sum of |w| (a + s |w|), the last weight first; signs at the end.", NULL},
     .answer = horner},
    {.info = {"half_forgotten", FORK_CONVENTION, "55",
     "The ratio form without the half of its squares.", NULL},
     .answer = half_forgotten},
    {.info = {"half_added", FORK_CONVENTION, "55",
     "A half before the squares of the separate form.", NULL},
     .answer = half_added},
    {.info = {"shares_exchanged", FORK_BUG, "", "The strengths of the two penalties are exchanged.",
     NULL},
     .answer = shares_exchanged},
    {.info = {"both_at_full_strength", FORK_BUG, "",
     "The ratio is not applied: both have the full strength.", NULL},
     .answer = both_at_full_strength},
    {.info = {"l1_lost", FORK_BUG, "", "Only the squares are penalised.", NULL}, .answer = l1_lost},
    {.info = {"l2_lost", FORK_BUG, "", "Only the magnitudes are penalised.", NULL},
     .answer = l2_lost},
    {.info = {"gradient_without_two", FORK_BUG, "55", "The gradient of the squares lacks its 2.",
     NULL},
     .answer = gradient_without_two},
    {.info = {"zero_counts_as_positive", FORK_CONVENTION, "55", "The sign of 0 is 1.", NULL},
     .answer = zero_counts_as_positive},
    {.info = {"upstream_on_one_part", FORK_BUG, "",
     "The upstream gradient scales the squares alone.", NULL},
     .answer = upstream_on_one_part},
    {.info = {"gradient_without_l1", FORK_BUG, "",
     "The magnitudes cost something but have no gradient.", NULL},
     .answer = gradient_without_l1},
    /* clang-format on */
};

const struct fork_list elastic_net_forks = {sizeof table / sizeof *table, table};
