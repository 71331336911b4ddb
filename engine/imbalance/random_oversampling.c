// SPDX-License-Identifier: MIT
/* Random oversampling; definition in reference/imbalance/random_oversampling.h.
 *
 * How it is distributed: the samples are whole on every rank, since any may be drawn; added samples
 * are sharded. For the bandwidths of the noise each rank adds the samples of its own blocks, and
 * two sums over samples cross the network: of the features in every class, and of their squared
 * deviations.
 */
#include "classes.h"

/* total (C,D): over the samples of each class the sum of x, or of its squared distance to mean. */
static void add_by_class(struct question *q, const struct classes *is, const scalar *x,
                         const scalar *mean, scalar *total)
{
    const size_t D = question_size(q, 'D');
    struct reduction *sum = question_sum(q, 'N', is->C * D);
    const size_t first = question_first(q, 'N');
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = first + piece.first; n < first + piece.first + piece.count; n++) {
            const size_t at = (size_t)is->label[n] * D;
            for (size_t d = 0; d < D; d++) {
                const scalar gap = mean != NULL ? x[n * D + d] - mean[at + d] : 0;
                leaf[at + d] += mean != NULL ? gap * gap : x[n * D + d];
            }
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    for (size_t i = 0; i < is->C * D; i++)
        total[i] = is->count[i / D] > 0 ? total[i] / (scalar)is->count[i / D] : 0;
}

static void find_bandwidth(struct question *q, const struct classes *is, const size_t *goal,
                           const scalar *x, scalar *bandwidth)
{
    static const char *const sizes[] = {"data", "class", NULL};
    const struct kernels *kernels = question_team(q)->kernels;
    const bool of_class = question_choice(q, "size", sizes) == 1;
    const scalar shrinkage = question_number_or(q, "shrinkage", 1);
    const size_t D = question_size(q, 'D');
    scalar *mean = question_scratch(q, is->C * D), *square = question_scratch(q, is->C * D);
    question_integers(q, "label", "[N]", 0, (int)is->C - 1); /* cuts the samples */
    add_by_class(q, is, x, NULL, mean);
    add_by_class(q, is, x, mean, square);
    for (size_t c = 0; c < is->C; c++) {
        if (goal[c] == is->count[c])
            continue;
        const scalar n = (scalar)(of_class ? is->count[c] : is->N);
        scalar width = 4 / ((scalar)(D + 2) * n);
        kernels->logarithm(1, &width, &width);
        width /= (scalar)(D + 4);
        kernels->exponential(1, &width, &width);
        for (size_t i = c * D; i < (c + 1) * D; i++)
            bandwidth[i] = shrinkage * width * scalar_sqrt(square[i]);
    }
}

static void check_shrinkage(struct question *q)
{
    const scalar shrinkage = question_number_or(q, "shrinkage", 1);
    if (!(shrinkage >= 0))
        question_refuse(q, "its number 'shrinkage' is %g; it must not be negative",
                        (double)shrinkage);
}

/* Which member of its class every added sample copies. */
static size_t *read_draws(struct question *q, const struct classes *is, const size_t *of, size_t S)
{
    static const char *const draws[] = {"uniform", "index", NULL};
    const bool by_index = question_choice(q, "draws", draws) == 1;
    const scalar *u = by_index ? NULL : question_input(q, "u", "S");
    const int *draw = by_index ? question_integers(q, "draw", "S", 0, (int)is->N - 1) : NULL;
    size_t *chosen = arena_take(question_arena(q), S, sizeof *chosen);
    for (size_t s = 0; s < S; s++) {
        const size_t count = is->count[of[s]];
        if (!by_index && (!(u[s] >= 0) || !(u[s] < 1)))
            question_refuse(q, "element %zu of its input 'u' must be from 0 to below 1", s);
        chosen[s] = by_index ? (size_t)draw[s] : (size_t)(u[s] * (scalar)count);
        if (by_index && chosen[s] >= count)
            question_refuse(q, "element %zu of its input 'draw' is beyond class %zu", s, of[s]);
        chosen[s] = chosen[s] < count ? chosen[s] : count - 1;
    }
    return chosen;
}

void random_oversampling_run(struct question *q)
{
    const struct classes is = classes_count(q);
    const scalar *x = question_input(q, "x", "ND");
    const size_t D = question_size(q, 'D'), *goal = classes_grown(q, &is);
    struct arena *arena = question_arena(q);
    size_t S = 0, s = 0, **member = arena_take(arena, is.C, sizeof *member), members;
    for (size_t c = 0; c < is.C; c++)
        S += goal[c] - is.count[c];
    size_t *of = arena_take(arena, S, sizeof *of);
    for (size_t c = 0; c < is.C; c++) {
        member[c] = classes_list(q, &is, c, false, &members);
        for (size_t i = is.count[c]; i < goal[c]; i++)
            of[s++] = c;
    }
    question_bind(q, 'S', S);
    check_shrinkage(q);
    const scalar *noise = question_has(q, "noise") ? question_input(q, "noise", "[S]D") : NULL;
    const size_t *chosen = read_draws(q, &is, of, S);
    scalar *source = question_output(q, "source", "[S]");
    scalar *label = question_output(q, "added_label", "[S]");
    scalar *added = question_output(q, "added", "[S]D"), *bandwidth = NULL;
    if (noise != NULL) {
        bandwidth = question_output(q, "bandwidth", "CD");
        find_bandwidth(q, &is, goal, x, bandwidth);
    }
    for (size_t i = 0; i < question_part(q, 'S'); i++) {
        const size_t at = question_first(q, 'S') + i, c = of[at], from = member[c][chosen[at]];
        source[i] = (scalar)from;
        label[i] = (scalar)c;
        for (size_t d = 0; d < D; d++) {
            added[i * D + d] = x[from * D + d];
            if (noise != NULL)
                added[i * D + d] += bandwidth[c * D + d] * noise[i * D + d];
        }
    }
}
