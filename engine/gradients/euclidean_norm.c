// SPDX-License-Identifier: MIT
/* Euclidean norm of rows; definition in reference/gradients/euclidean_norm.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank: a chain over its values in
 * index order. Nothing crosses the network.
 */
#include "../techniques.h"

void euclidean_norm_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const scalar epsilon = question_number_or(q, "epsilon", 0);
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be below 0");
    scalar *y = question_output(q, "y", "[N]"), *dx = question_output(q, "dx", "[N]C");
    team_row_products(question_team(q), rows, C, x, x, y);
    for (size_t n = 0; n < rows; n++) {
        y[n] = scalar_sqrt(y[n] + epsilon);
        for (size_t c = 0; y[n] != 0 && c < C; c++)
            dx[n * C + c] = dy[n] * x[n * C + c] / y[n];
    }
}
