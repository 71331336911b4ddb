// SPDX-License-Identifier: MIT
/* Cumulative product of rows; definition in reference/gradients/cumulative_product.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank. Nothing crosses the network.
 */
#include "../techniques.h"

/* y and dx (C) of inclusive products, from x and dy (C). */
static void one_row(const struct team *team, size_t C, const scalar *x, const scalar *dy, scalar *y,
                    scalar *dx, scalar *others)
{
    scalar before = 1;
    for (size_t k = 0; k < C; k++) {
        others[k] = before;
        for (size_t c = k + 1; c < C; c++)
            others[c] = others[c - 1] * x[c];
        team_row_products(team, 1, C - k, dy + k, others + k, &dx[k]);
        before *= x[k];
        y[k] = before;
    }
}

void cumulative_product_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const bool exclusive = question_choice(q, "exclusive", no_yes) == 1;
    const bool reverse = question_choice(q, "reverse", no_yes) == 1;
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]C");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    scalar *y = question_output(q, "y", "[N]C"), *dx = question_output(q, "dx", "[N]C");
    scalar *row = question_scratch(q, 5 * C + 1);
    scalar *up = row + C, *product = up + C, *back = product + C, *others = back + C;
    for (size_t n = 0; n < rows; n++) {
        for (size_t c = 0; c < C; c++) {
            const size_t from = reverse ? C - 1 - c : c;
            row[from] = x[n * C + c];
            if (!exclusive)
                up[from] = dy[n * C + c];
            else if (from > 0)
                up[from - 1] = dy[n * C + c];
        }
        one_row(question_team(q), C, row, up, product, back, others);
        for (size_t c = 0; c < C; c++) {
            const size_t from = reverse ? C - 1 - c : c;
            dx[n * C + c] = back[from];
            y[n * C + c] = !exclusive ? product[from] : from > 0 ? product[from - 1] : 1;
        }
    }
}
