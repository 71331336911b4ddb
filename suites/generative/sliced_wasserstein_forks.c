// SPDX-License-Identifier: MIT
#include "../../reference/generative/sliced_wasserstein.h"
#include "../fork.h"

enum mistake {
    NONE,
    UNSORTED,
    SORTED_ONE,
    REVERSED,
    SUMMED,
    DIRECTIONS_SUMMED,
    ROOT_OF_EACH,
    DIRECTIONS_NORMALISED,
    GRADIENT_OF_RANKS,
    POWER_FORGOTTEN,
    ROOT_GRADIENT_LOST,
    UPSTREAM_IGNORED,
    ALL_DIRECTIONS_PULL,
    LAST_DIRECTION_LOST,
    LAST_SAMPLE_LOST,
    TIES_LAST
};

struct slicer {
    enum mistake mistake;
    struct slices s;
};

static real along(const struct slicer *c, const real *x, size_t l)
{
    real sum = 0, square = 0;
    for (size_t d = c->s.D; d-- > 0;) {
        real u = c->s.u[l * c->s.D + d];
        sum = sum + x[d] * u;
        square = square + u * u;
    }
    return c->mistake == DIRECTIONS_NORMALISED ? sum / real_sqrt(square) : sum;
}

/* order (N): the samples by their projections, by insertion. */
static void sort(const struct slicer *c, int *order, const real *x, size_t l)
{
    for (size_t n = 0; n < c->s.N; n++) {
        size_t at = n;
        real v = along(c, &x[n * c->s.D], l);
        for (; at > 0 && c->mistake != UNSORTED; at--) {
            real before = along(c, &x[(size_t)order[at - 1] * c->s.D], l);
            if (c->mistake == TIES_LAST ? before < v : before <= v)
                break;
            order[at] = order[at - 1];
        }
        order[at] = (int)n;
    }
}

/* part[l], and c (N) the pull on every sample of x along l. */
static real slice(struct call *call, const struct slicer *c, real *pull, size_t l)
{
    size_t N = c->s.N, D = c->s.D, lost = c->mistake == LAST_SAMPLE_LOST;
    int *a = call_scratch_integers(call, N), *b = call_scratch_integers(call, N);
    real sum = 0;
    sort(c, a, c->s.x, l);
    sort(c, b, c->s.y, l);
    for (size_t n = N - (lost && N > 1); n-- > 0;) {
        size_t mine = (size_t)a[n], other = (size_t)b[c->mistake == REVERSED ? N - 1 - n : n];
        other = c->mistake == SORTED_ONE ? n : other;
        real gap = along(c, &c->s.x[mine * D], l) - along(c, &c->s.y[other * D], l);
        real step = c->mistake == POWER_FORGOTTEN ? gap : 2 * gap;
        sum = sum + (c->s.one ? real_abs(gap) : gap * gap);
        pull[c->mistake == GRADIENT_OF_RANKS ? n : mine] = c->s.one ? (gap > 0   ? 1
                                                                       : gap < 0 ? -1
                                                                                 : 0)
                                                                    : step;
    }
    return c->mistake == SUMMED ? sum : sum / real_count(N);
}

static void cut(struct call *call)
{
    struct slicer c = {(enum mistake)call_variant(call), sliced_wasserstein_read(call)};
    struct slices *s = &c.s;
    size_t L = s->L - (c.mistake == LAST_DIRECTION_LOST && s->L > 1), best = 0;
    real *pull = call_scratch(call, s->L * s->N), mean = 0, roots = 0;
    for (size_t l = L; l-- > 0;) {
        s->part[l] = slice(call, &c, &pull[l * s->N], l);
        mean = mean + s->part[l] / (c.mistake == DIRECTIONS_SUMMED ? 1 : real_count(L));
        roots = roots + real_sqrt(s->part[l]) / real_count(L);
        best = l + 1 == L || s->part[l] >= s->part[best] ? l : best;
    }
    mean = s->largest ? s->part[best] : mean;
    int halved = s->rooted && !s->one;
    *s->distance =
        halved ? (c.mistake == ROOT_OF_EACH && !s->largest ? roots : real_sqrt(mean)) : mean;
    if (!s->dx)
        return;
    int all = !s->largest || c.mistake == ALL_DIRECTIONS_PULL;
    real weight = c.mistake == UPSTREAM_IGNORED ? 1 : *s->ddistance;
    if (halved && c.mistake != ROOT_GRADIENT_LOST)
        weight = *s->distance > 0 ? weight / *s->distance / 2 : 0;
    for (size_t i = 0; i < s->N * s->D; i++) {
        real sum = 0;
        for (size_t l = L; l-- > 0;) {
            real u = s->u[l * s->D + i % s->D];
            sum = sum + (all || l == best ? pull[l * s->N + i / s->D] * u : 0);
        }
        s->dx[i] = sum * weight / real_count(s->N) / real_count(all ? L : 1);
    }
}

static const struct fork table[] = {
    {.info = {"insertion", FORK_TWIN, "",
              "Samples sorted by insertion, directions and sums from the end.", NULL},
     .answer = cut},
    {.info = {"squared", FORK_CONVENTION, "", "Squared gaps.", NULL}, .instead = {"p", "two"}},
    {.info = {"absolute", FORK_CONVENTION, "", "Absolute gaps.", NULL}, .instead = {"p", "one"}},
    {.info = {"mean", FORK_CONVENTION, "", "The mean of the directions.", NULL},
     .instead = {"aggregate", "mean"}},
    {.info = {"max", FORK_CONVENTION, "", "The worst direction.", NULL},
     .instead = {"aggregate", "max"}},
    {.info = {"with_root", FORK_CONVENTION, "", "The root.", NULL}, .instead = {"root", "yes"}},
    {.info = {"without_root", FORK_CONVENTION, "", "No root.", NULL}, .instead = {"root", "no"}},
    {.info = {"unsorted", FORK_BUG, "", "Samples are paired as they come.", NULL},
     .answer = cut,
     .variant = UNSORTED},
    {.info = {"sorted_one", FORK_BUG, "", "Only x is sorted.", NULL},
     .answer = cut,
     .variant = SORTED_ONE},
    {.info = {"reversed", FORK_BUG, "", "The smallest is paired with the largest.", NULL},
     .answer = cut,
     .variant = REVERSED},
    {.info = {"summed", FORK_BUG, "44", "The sum over the pairs.", NULL},
     .answer = cut,
     .variant = SUMMED},
    {.info = {"directions_summed", FORK_BUG, "", "The sum over the directions.", NULL},
     .answer = cut,
     .variant = DIRECTIONS_SUMMED},
    {.info = {"root_of_each", FORK_CONVENTION, "", "The mean of the roots.", NULL},
     .answer = cut,
     .variant = ROOT_OF_EACH},
    {.info = {"directions_normalised", FORK_CONVENTION, "", "Directions are scaled to length 1.",
              NULL},
     .answer = cut,
     .variant = DIRECTIONS_NORMALISED},
    {.info = {"gradient_of_ranks", FORK_BUG, "210", "Pulls go to ranks, not back to their samples.",
              NULL},
     .answer = cut,
     .variant = GRADIENT_OF_RANKS},
    {.info = {"power_forgotten", FORK_BUG, "", "The factor 2 of the square is forgotten.", NULL},
     .answer = cut,
     .variant = POWER_FORGOTTEN},
    {.info = {"root_gradient_lost", FORK_BUG, "", "The gradient of the square.", NULL},
     .answer = cut,
     .variant = ROOT_GRADIENT_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is 1.", NULL},
     .answer = cut,
     .variant = UPSTREAM_IGNORED},
    {.info = {"all_directions_pull", FORK_BUG, "", "With the worst direction all of them pull.",
              NULL},
     .answer = cut,
     .variant = ALL_DIRECTIONS_PULL},
    {.info = {"ties_last", FORK_CONVENTION, "221", "Of equal projections the last comes first.",
              NULL},
     .answer = cut,
     .variant = TIES_LAST},
    {.info = {"last_direction_lost", FORK_BUG, "", "The last direction is left out.", NULL},
     .answer = cut,
     .variant = LAST_DIRECTION_LOST},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The largest pair is left out.", NULL},
     .answer = cut,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list sliced_wasserstein_forks = {sizeof table / sizeof *table, table};
