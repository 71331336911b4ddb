// SPDX-License-Identifier: MIT
/* Gradient clipping by norm; definition in reference/gradients/gradient_clipping_by_norm.h.
 *
 * How it is distributed: the parameters of each tensor are sharded in canonical blocks, as when the
 * optimizer's state is. One number per tensor crosses the network: its sum of squares (or of
 * magnitudes), a chain over each block and then the fixed tree over the blocks, or its largest
 * magnitude, which is exact. So the norm is that of all ranks, never of one. The sums of the
 * tensors are added in their order on every rank. Scaling needs nothing from others.
 */
#include "../techniques.h"

#include <stdio.h>

enum { TENSORS = 8, NAME = 16 };
enum norm { TWO, ONE, INFINITE };

struct tensor_part {
    const scalar *g;
    scalar *clipped;
    size_t count; /* this rank's */
    char letter;
};

static scalar sum_of_magnitudes(size_t n, const scalar *x)
{
    scalar sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += scalar_absolute(x[i]);
    return sum;
}

static scalar largest_magnitude(const struct team *team, const struct tensor_part *part)
{
    scalar largest = 0;
    for (size_t i = 0; i < part->count; i++)
        if (scalar_absolute(part->g[i]) > largest)
            largest = scalar_absolute(part->g[i]);
    reduce_largest(team, &largest, 1);
    return largest;
}

/* What the norm of a tensor is made from, over all ranks. */
static scalar measure(struct question *q, const struct tensor_part *part, enum norm norm)
{
    const struct team *team = question_team(q);
    scalar total;
    if (norm == INFINITE)
        return largest_magnitude(team, part);
    struct reduction *sum = question_sum(q, part->letter, 1);
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        const scalar *g = part->g + piece.first;
        scalar *leaf = reduction_leaf(sum);
        if (norm == TWO)
            team_row_products(team, 1, piece.count, g, g, leaf);
        else
            *leaf = sum_of_magnitudes(piece.count, g);
        reduction_push(sum);
    }
    reduction_finish(sum, &total);
    return total;
}

static size_t read_tensors(struct question *q, struct tensor_part part[TENSORS])
{
    size_t K = 0;
    for (; K < TENSORS; K++) {
        char name[NAME], clipped[NAME], shape[] = {'[', (char)('A' + (int)K), ']', '\0'};
        snprintf(name, sizeof name, "g%zu", K + 1);
        snprintf(clipped, sizeof clipped, "clipped%zu", K + 1);
        if (!question_has(q, name))
            break;
        part[K].letter = shape[1];
        part[K].g = question_input(q, name, shape);
        part[K].count = question_part(q, shape[1]);
        part[K].clipped = question_output(q, clipped, shape);
    }
    if (K == 0)
        question_refuse(q, "it lacks the input 'g1'; give the gradients of at least one tensor");
    return K;
}

static void scale(const struct tensor_part *part, scalar norm, scalar limit, scalar epsilon)
{
    const scalar length = norm + epsilon;
    const scalar share = length > limit ? limit / length : 1;
    for (size_t i = 0; i < part->count; i++)
        part->clipped[i] = part->g[i] * share;
}

void gradient_clipping_by_norm_run(struct question *q)
{
    static const char *const scopes[] = {"global", "tensor", NULL};
    static const char *const norms[] = {"two", "one", "infinity", NULL};
    struct tensor_part part[TENSORS];
    const bool by_tensor = question_choice(q, "scope", scopes) == 1;
    const enum norm norm = (enum norm)question_choice(q, "norm", norms);
    const scalar limit = question_number(q, "limit"), epsilon = question_number_or(q, "epsilon", 0);
    if (!(limit > 0))
        question_refuse(q, "its number 'limit' must be above 0");
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be below 0");
    const size_t K = read_tensors(q, part);
    question_bind(q, 'K', by_tensor ? K : 1);
    scalar *lengths = question_output(q, "norm", "K"), total = 0;
    for (size_t k = 0; k < K; k++) {
        const scalar m = measure(q, &part[k], norm);
        if (by_tensor)
            lengths[k] = norm == TWO ? scalar_sqrt(m) : m;
        else if (norm != INFINITE)
            total += m;
        else if (m > total)
            total = m;
    }
    if (!by_tensor)
        lengths[0] = norm == TWO ? scalar_sqrt(total) : total;
    for (size_t k = 0; k < K; k++)
        scale(&part[k], lengths[by_tensor ? k : 0], limit, epsilon);
}
