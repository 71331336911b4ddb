// SPDX-License-Identifier: MIT
/* Embedding lookup; definition in reference/gradients/embedding_lookup.h.
 *
 * How it is distributed: the samples are sharded, the table whole on every rank. Its gradient
 * crosses the network: each canonical block adds its samples to the rows in their order, and the
 * fixed tree adds the blocks, so duplicates add up alike on any number of ranks. Counts are whole
 * numbers.
 */
#include "../techniques.h"

#include <string.h>

/* How often each row occurs, over all ranks. */
static const long long *occurrences(struct question *q, const int *index)
{
    const size_t V = question_size(q, 'V');
    long long *count = arena_take(question_arena(q), V, sizeof *count);
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        count[index[n]]++;
    reduce_integers(question_team(q), count, V);
    return count;
}

void embedding_lookup_run(struct question *q)
{
    static const char *const frequency[] = {"ignored", "divided", NULL};
    const bool divided = question_choice(q, "frequency", frequency) == 1;
    const scalar *w = question_input(q, "w", "VC");
    const size_t V = question_size(q, 'V'), C = question_size(q, 'C');
    const int *index = question_integers(q, "index", "[N]", 0, (int)V - 1);
    const scalar *dy = question_input(q, "dy", "[N]C");
    const bool padded = question_number_or(q, "padding", -1) != -1;
    const size_t padding = padded ? question_count(q, "padding", 0, V > 0 ? V - 1 : 0) : V;
    scalar *y = question_output(q, "y", "[N]C"), *dw = question_output(q, "gradient_w", "VC");
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        memcpy(y + n * C, w + (size_t)index[n] * C, C * sizeof *y);
    struct reduction *sum = question_sum(q, 'N', V * C);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t c = 0; c < C; c++)
                leaf[(size_t)index[n] * C + c] += dy[n * C + c];
        reduction_push(sum);
    }
    reduction_finish(sum, dw);
    if (padded)
        memset(dw + padding * C, 0, C * sizeof *dw);
    const long long *count = occurrences(q, index);
    for (size_t i = 0; divided && i < V * C; i++)
        if (count[i / C] > 0)
            dw[i] /= (scalar)count[i / C];
}
