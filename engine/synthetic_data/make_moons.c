// SPDX-License-Identifier: MIT
/* Two half circles; definition in reference/synthetic_data/make_moons.h.
 *
 * How it is distributed: every rank holds the draws and makes the rows of x that it owns. Nothing
 * crosses the network.
 */
#include "../techniques.h"
#include "permutation.h"

static const scalar pi = (scalar)3.14159265358979323846;

/* Which angle point i of n has. */
static scalar angle_of(size_t i, size_t n, bool open)
{
    const size_t steps = open ? n : n - 1;
    if (!open && i == steps)
        return n == 1 ? 0 : pi;
    return (scalar)i * (pi / (scalar)steps);
}

void make_moons_run(struct question *q)
{
    static const char *const ends[] = {"included", "excluded", NULL};
    static const char *const noises[] = {"shuffled", "points", NULL};
    const bool open = question_choice(q, "end", ends) == 1;
    const bool by_point = question_choice(q, "noise_to", noises) == 1;
    const scalar noise = question_number_or(q, "noise", 0), *z = question_input(q, "z", "NC");
    const size_t N = question_size(q, 'N');
    if (N == 0 || question_size(q, 'C') != 2)
        question_refuse(q, "its input 'z' is not made of one row or more of two deviates");
    if (!(noise >= 0))
        question_refuse(q, "its number 'noise' is negative; a deviation is not");
    const size_t A = question_count_or(q, "outer", N / 2, 0, N);
    const int *order = permutation_or_identity(q, "order", 'N');
    scalar *x = question_output(q, "x", "[N]C"), *y = question_output(q, "y", "[N]");
    const size_t rows = question_part(q, 'N'), first = question_first(q, 'N');
    scalar *t = question_scratch(q, rows), *across = question_scratch(q, rows);
    scalar *up = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++) {
        const size_t from = (size_t)order[first + n];
        t[n] = from < A ? angle_of(from, A, open) : angle_of(from - A, N - A, open);
        y[n] = from < A ? 0 : 1;
    }
    question_team(q)->kernels->cosine(rows, across, t);
    question_team(q)->kernels->sine(rows, up, t);
    for (size_t n = 0; n < rows; n++) {
        const scalar *deviate = z + 2 * (by_point ? (size_t)order[first + n] : first + n);
        const scalar left = y[n] == 0 ? across[n] : 1 - across[n];
        const scalar above = y[n] == 0 ? up[n] : 1 - up[n] - (scalar)0.5;
        x[2 * n] = left + noise * deviate[0];
        x[2 * n + 1] = above + noise * deviate[1];
    }
}
