// SPDX-License-Identifier: MIT
/* Sorting; definition in reference/gradients/sort.h.
 *
 * How it is distributed: the rows are sharded, each whole on its rank and sorted there by
 * insertion, which keeps the order of ties. Nothing crosses the network.
 */
#include "../techniques.h"

/* place (C): the indices of x in their order. */
static void order_row(size_t *place, const scalar *x, size_t C, bool ascending)
{
    for (size_t c = 0; c < C; c++) {
        size_t k = c;
        for (; k > 0; k--) {
            const scalar before = x[place[k - 1]];
            if (ascending ? !(x[c] < before) : !(x[c] > before))
                break;
            place[k] = place[k - 1];
        }
        place[k] = c;
    }
}

void sort_run(struct question *q)
{
    static const char *const orders[] = {"descending", "ascending", NULL};
    const bool ascending = question_choice(q, "order", orders) == 1;
    const scalar *x = question_input(q, "x", "[N]C"), *dy = question_input(q, "dy", "[N]K");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C'), K = question_size(q, 'K');
    if (K > C)
        question_refuse(q, "its input 'dy' asks for %zu of %zu values", K, C);
    scalar *y = question_output(q, "y", "[N]K"), *index = question_output(q, "index", "[N]K");
    scalar *dx = question_output(q, "dx", "[N]C");
    size_t *place = arena_take(question_arena(q), C, sizeof *place);
    for (size_t n = 0; n < rows; n++) {
        order_row(place, x + n * C, C, ascending);
        for (size_t k = 0; k < K; k++) {
            y[n * K + k] = x[n * C + place[k]];
            index[n * K + k] = (scalar)place[k];
            dx[n * C + place[k]] = dy[n * K + k];
        }
    }
}
