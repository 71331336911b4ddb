// SPDX-License-Identifier: MIT
/* Addition with broadcasting; definition in reference/gradients/broadcast_addition.h.
 *
 * How it is distributed: the rows are sharded, and b with them unless it has one row: then every
 * rank holds it, and its gradient crosses the network, a chain over the rows of each canonical
 * block and the fixed tree over the blocks.
 */
#include "../techniques.h"

#include <string.h>

void broadcast_addition_run(struct question *q)
{
    const scalar *a = question_input(q, "a", "[N]C"), *dy = question_input(q, "dy", "[N]C");
    question_input(q, "b", "RK");
    const size_t rows = question_part(q, 'N'), N = question_size(q, 'N'), C = question_size(q, 'C');
    const size_t R = question_size(q, 'R'), K = question_size(q, 'K');
    if ((R != 1 && R != N) || (K != 1 && K != C))
        question_refuse(q, "its input 'b' can be repeated along axes of size 1 alone");
    const scalar *b = question_input(q, "b", R == 1 ? "RK" : "[N]K");
    scalar *y = question_output(q, "y", "[N]C"), *da = question_output(q, "da", "[N]C");
    scalar *db = question_output(q, "db", R == 1 ? "RK" : "[N]K");
    scalar *row = R == 1 ? question_scratch(q, rows * K) : db;
    memcpy(da, dy, rows * C * sizeof *dy);
    for (size_t n = 0; n < rows; n++)
        for (size_t c = 0; c < C; c++) {
            y[n * C + c] = a[n * C + c] + b[(R == 1 ? 0 : n * K) + (K == 1 ? 0 : c)];
            row[n * K + (K == 1 ? 0 : c)] += dy[n * C + c];
        }
    if (R != 1)
        return;
    struct reduction *sum = question_sum(q, 'N', K);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first * K; i < (piece.first + piece.count) * K; i++)
            leaf[i % K] += row[i];
        reduction_push(sum);
    }
    reduction_finish(sum, db);
}
