// SPDX-License-Identifier: MIT
#include "../../reference/generative/energy_distance.h"
#include "../fork.h"

enum mistake {
    NONE,
    CROSS_ONCE,
    SIGN,
    SQUARED_DISTANCES,
    CITY_BLOCKS,
    DIAGONAL_KEPT,
    OVER_ALL_PAIRS,
    PAIRS_ONCE,
    ROOT_GRADIENT_LOST,
    NEGATIVE_ROOT,
    GRADIENT_HALVED,
    GRADIENT_OF_CROSS_ALONE,
    DIRECTION_NOT_UNIT,
    UPSTREAM_IGNORED,
    LAST_SAMPLE_LOST
};

struct gauge {
    struct call *call;
    enum mistake mistake;
    const struct energy *e;
};

/* |a - b|, scaled by its largest part; g (D) += its gradient at a. */
static real distance(const struct gauge *s, const real *a, const real *b, real *g)
{
    size_t D = s->e->kernel.D;
    real largest = 0, sum = 0;
    for (size_t d = 0; d < D; d++) {
        real part = real_abs(a[d] - b[d]);
        largest = part > largest ? part : largest;
    }
    if (largest == 0)
        return 0;
    for (size_t d = D; d-- > 0;) {
        real part = (a[d] - b[d]) / largest;
        sum = sum + (s->mistake == CITY_BLOCKS ? real_abs(part) : part * part);
    }
    real length = s->mistake == CITY_BLOCKS ? largest * sum : largest * real_sqrt(sum);
    real per = s->mistake == DIRECTION_NOT_UNIT ? 1 : length;
    for (size_t d = 0; d < D; d++)
        g[d] = g[d] + (a[d] - b[d]) / per;
    return s->mistake == SQUARED_DISTANCES ? length * length : length;
}

static real mean(const struct gauge *s, const struct pair_side *a, const struct pair_side *b,
                 real over, real *g, real scale)
{
    size_t D = s->e->kernel.D, lost = s->mistake == LAST_SAMPLE_LOST && a->count > 1;
    int skip = s->e->unbiased && a == b && s->mistake != DIAGONAL_KEPT;
    real sum = 0, *pull = call_scratch(s->call, a->count * D);
    if (s->mistake == OVER_ALL_PAIRS || (s->mistake == DIAGONAL_KEPT && a == b))
        over = real_count(a->count * b->count);
    for (size_t n = a->count - lost; n-- > 0;) {
        real row = 0;
        for (size_t m = b->count; m-- > (s->mistake == PAIRS_ONCE && a == b ? n : 0);) {
            if (!(skip && n == m))
                row = row + distance(s, &a->x[n * D], &b->x[m * D], &pull[n * D]);
        }
        sum = sum + row;
    }
    for (size_t i = 0; g && i < a->count * D; i++)
        g[i] = g[i] + scale / over * pull[i];
    return sum / over;
}

static void gauge(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct energy e = energy_distance_read(call);
    struct gauge s = {call, mistake, &e};
    real up = !e.denergy ? 0 : mistake == UPSTREAM_IGNORED ? 1 : *e.denergy;
    *e.xx = mean(&s, &e.x, &e.x, e.over.xx, NULL, 0);
    *e.yy = mean(&s, &e.y, &e.y, e.over.yy, NULL, 0);
    *e.xy = mean(&s, &e.x, &e.y, e.over.xy, NULL, 0);
    *e.energy = (*e.xy - *e.xx) + (*e.xy - *e.yy);
    if (mistake == CROSS_ONCE)
        *e.energy = *e.energy - *e.xy;
    if (mistake == SIGN)
        *e.energy = -*e.energy;
    if (e.rooted) {
        int negative = *e.energy <= 0;
        *e.energy = real_sqrt(mistake == NEGATIVE_ROOT ? real_abs(*e.energy)
                              : negative               ? 0
                                                       : *e.energy);
        if (mistake != ROOT_GRADIENT_LOST)
            up = *e.energy > 0 ? up / *e.energy / 2 : 0;
    }
    if (!e.denergy)
        return;
    real twice = mistake == GRADIENT_HALVED ? up : 2 * up;
    mean(&s, &e.x, &e.y, e.over.xy, e.dx, twice);
    if (mistake != GRADIENT_OF_CROSS_ALONE)
        mean(&s, &e.x, &e.x, e.over.xx, e.dx, -twice);
}

static const struct fork table[] = {
    {.info = {"scaled", FORK_TWIN, "",
              "Lengths scaled by the largest part, pair after pair from the end.", NULL},
     .answer = gauge},
    {.info = {"biased", FORK_CONVENTION, "", "All pairs.", NULL},
     .instead = {"estimate", "biased"}},
    {.info = {"unbiased", FORK_CONVENTION, "", "Pairs of two samples.", NULL},
     .instead = {"estimate", "unbiased"}},
    {.info = {"without_root", FORK_CONVENTION, "", "The square.", NULL}, .instead = {"root", "no"}},
    {.info = {"with_root", FORK_CONVENTION, "", "The root, as SciPy.", NULL},
     .instead = {"root", "yes"}},
    {.info = {"cross_once", FORK_BUG, "", "The cross term counts once.", NULL},
     .answer = gauge,
     .variant = CROSS_ONCE},
    {.info = {"sign", FORK_BUG, "", "The negative of it.", NULL}, .answer = gauge, .variant = SIGN},
    {.info = {"squared_distances", FORK_BUG, "", "Squared distances: only the means are compared.",
              NULL},
     .answer = gauge,
     .variant = SQUARED_DISTANCES},
    {.info = {"city_blocks", FORK_CONVENTION, "", "City-block distances.", NULL},
     .answer = gauge,
     .variant = CITY_BLOCKS},
    {.info = {"diagonal_kept", FORK_CONVENTION, "", "All pairs, divided by all.", NULL},
     .answer = gauge,
     .variant = DIAGONAL_KEPT},
    {.info = {"over_all_pairs", FORK_BUG, "", "Divided by N^2 although pairs are left out.", NULL},
     .answer = gauge,
     .variant = OVER_ALL_PAIRS},
    {.info = {"pairs_once", FORK_BUG, "",
              "Each pair within a set is counted once, but divided by N^2.", NULL},
     .answer = gauge,
     .variant = PAIRS_ONCE},
    {.info = {"root_gradient_lost", FORK_BUG, "", "The gradient of the square.", NULL},
     .answer = gauge,
     .variant = ROOT_GRADIENT_LOST},
    {.info = {"negative_root", FORK_BUG, "", "The root of the magnitude.", NULL},
     .answer = gauge,
     .variant = NEGATIVE_ROOT},
    {.info = {"gradient_halved", FORK_BUG, "",
              "A sample is in both places of a pair; one is forgotten.", NULL},
     .answer = gauge,
     .variant = GRADIENT_HALVED},
    {.info = {"gradient_of_cross_alone", FORK_BUG, "", "No gradient of the pairs of x.", NULL},
     .answer = gauge,
     .variant = GRADIENT_OF_CROSS_ALONE},
    {.info = {"direction_not_unit", FORK_BUG, "", "Gaps that are not divided by their length.",
              NULL},
     .answer = gauge,
     .variant = DIRECTION_NOT_UNIT},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is 1.", NULL},
     .answer = gauge,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample of each row set is left out.",
              NULL},
     .answer = gauge,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list energy_distance_forks = {sizeof table / sizeof *table, table};
