// SPDX-License-Identifier: MIT
/* Sliced Wasserstein distance; definition in reference/generative/sliced_wasserstein.h.
 *
 * How it is distributed: every rank holds both sets and sorts the projections on all directions;
 * the sums over ranks are sharded, one number per direction crosses the network, and gradients are
 * found for the samples that a rank owns.
 */
#include "../techniques.h"

#include <stdlib.h>

struct place {
    scalar along;
    size_t sample;
};

static int by_place(const void *left, const void *right)
{
    const struct place *a = left, *b = right;
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return a->sample < b->sample ? -1 : 1;
}

struct slicing {
    struct question *q;
    size_t N, D, L;
    bool one, largest;
    struct place *place;
    scalar *along;
};

static void project(const struct slicing *s, const scalar *x, const scalar *u)
{
    for (size_t n = 0; n < s->N; n++) {
        s->along[n] = 0;
        team_product(question_team(s->q), false, false, 1, 1, s->D, x + n * s->D, s->D, u, 1,
                     s->along + n, 1);
        s->place[n] = (struct place){s->along[n], n};
    }
    qsort(s->place, s->N, sizeof *s->place, by_place);
}

/* gap (N) by rank, and by sample of x. */
static void compare(const struct slicing *s, const scalar *x, const scalar *y, const scalar *u,
                    scalar *gap, scalar *of_sample)
{
    project(s, y, u);
    for (size_t n = 0; n < s->N; n++)
        gap[n] = s->place[n].along;
    project(s, x, u);
    for (size_t n = 0; n < s->N; n++) {
        gap[n] = s->place[n].along - gap[n];
        scalar pull = gap[n];
        if (s->one)
            pull = (scalar)((gap[n] > 0) - (gap[n] < 0));
        of_sample[s->place[n].sample] = pull;
    }
}

/* part (L) from gap (L,N). */
static void sum_parts(const struct slicing *s, const scalar *gap, scalar *part)
{
    struct reduction *sum = question_sum(s->q, 'N', s->L);
    const size_t first = question_first(s->q, 'N');
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = first + piece.first; n < first + piece.first + piece.count; n++)
            for (size_t l = 0; l < s->L; l++) {
                const scalar g = gap[l * s->N + n];
                leaf[l] += s->one ? scalar_absolute(g) : g * g;
            }
        reduction_push(sum);
    }
    reduction_finish(sum, part);
    for (size_t l = 0; l < s->L; l++)
        part[l] /= (scalar)s->N;
}

static scalar aggregate(const struct slicing *s, const scalar *part, size_t *from, size_t *to)
{
    scalar sum = 0;
    *from = 0;
    *to = s->L;
    for (size_t l = 0; l < s->L; l++) {
        sum += part[l];
        *from = s->largest && part[l] > part[*from] ? l : *from;
    }
    if (!s->largest)
        return sum / (scalar)s->L;
    *to = *from + 1;
    return part[*from];
}

void sliced_wasserstein_run(struct question *q)
{
    static const char *const powers[] = {"two", "one", NULL};
    static const char *const aggregates[] = {"mean", "max", NULL};
    static const char *const roots[] = {"yes", "no", NULL};
    struct slicing s = {.q = q,
                        .one = question_choice(q, "p", powers) == 1,
                        .largest = question_choice(q, "aggregate", aggregates) == 1};
    const bool rooted = question_choice(q, "root", roots) == 0;
    question_input(q, "x", "[N]D");
    const scalar *x = question_input(q, "x", "ND");
    const size_t N = s.N = question_size(q, 'N'), D = s.D = question_size(q, 'D');
    if (N == 0 || D == 0)
        question_refuse(q, "its input 'x' is empty");
    const scalar *y = question_input(q, "y", "ND"), *u = question_input(q, "direction", "LD");
    const size_t L = s.L = question_size(q, 'L');
    if (L == 0)
        question_refuse(q, "its input 'direction' is empty");
    s.place = arena_take(question_arena(q), N, sizeof *s.place);
    s.along = question_scratch(q, N);
    scalar *gap = question_scratch(q, L * N), *pull = question_scratch(q, L * N);
    for (size_t l = 0; l < L; l++)
        compare(&s, x, y, u + l * D, gap + l * N, pull + l * N);
    scalar *part = question_output(q, "part", "L"), *distance = question_output(q, "distance", "");
    size_t from, to;
    sum_parts(&s, gap, part);
    const scalar mean = aggregate(&s, part, &from, &to);
    const bool halved = rooted && !s.one;
    *distance = halved ? scalar_sqrt(mean) : mean;
    if (!question_has(q, "ddistance"))
        return;
    scalar weight = *question_input(q, "ddistance", "") * (s.one ? 1 : 2);
    if (halved)
        weight = *distance > 0 ? weight / (2 * *distance) : 0;
    weight /= (scalar)(N * (to - from));
    for (size_t i = 0; i < L * N; i++)
        pull[i] = weight * pull[i];
    scalar *dx = question_output(q, "dx", "[N]D");
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        for (size_t l = from; l < to; l++)
            question_team(q)->kernels->scale_add(
                D, dx + n * D, pull[l * N + question_first(q, 'N') + n], u + l * D);
}
