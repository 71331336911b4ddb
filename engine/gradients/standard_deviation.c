// SPDX-License-Identifier: MIT
/* Standard deviation of rows; definition in reference/gradients/standard_deviation.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank. Nothing crosses the network.
 */
#include "../techniques.h"

void standard_deviation_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const scalar correction = question_number_or(q, "correction", 1);
    const scalar epsilon = question_number_or(q, "epsilon", 0), divisor = (scalar)C - correction;
    if (!(correction >= 0) || !(divisor > 0))
        question_refuse(q, "its number 'correction' must be in [0, %zu), the values of a row", C);
    if (!(epsilon >= 0))
        question_refuse(q, "its number 'epsilon' must not be below 0");
    scalar *y = question_output(q, "y", "[N]"), *dx = question_output(q, "dx", "[N]C");
    scalar *squares = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++) {
        scalar sum = 0;
        for (size_t c = 0; c < C; c++)
            sum += x[n * C + c];
        for (size_t c = 0; c < C; c++)
            dx[n * C + c] = x[n * C + c] - sum / (scalar)C;
    }
    team_row_products(question_team(q), rows, C, dx, dx, squares);
    for (size_t n = 0; n < rows; n++) {
        y[n] = scalar_sqrt(squares[n] / divisor + epsilon);
        for (size_t c = 0; c < C; c++)
            dx[n * C + c] = y[n] != 0 ? dy[n] * dx[n * C + c] / (divisor * y[n]) : 0;
    }
}
