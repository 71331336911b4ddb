// SPDX-License-Identifier: MIT
/* Maximum absolute scaling; definition in reference/normalization/max_abs_scaling.h.
 *
 * How it is distributed: the samples are sharded, of x and of x_new each. The largest values cross
 * the network, which is exact in any order; nothing is added.
 */
#include "../techniques.h"

static void find_largest(struct question *q, const scalar *x, scalar *largest, bool of_all)
{
    const size_t D = question_size(q, 'D'), count = question_part(q, 'N') * D;
    for (size_t i = 0; i < count; i++) {
        const scalar size = scalar_absolute(x[i]);
        scalar *so_far = &largest[of_all ? 0 : i % D];
        *so_far = size > *so_far ? size : *so_far;
    }
    reduce_largest(question_team(q), largest, D);
    for (size_t d = 1; d < D && of_all; d++)
        largest[d] = largest[0];
}

static void scale(scalar *z, const scalar *x, const scalar *largest, size_t rows, size_t D,
                  bool clip)
{
    for (size_t n = 0; n < rows; n++)
        for (size_t d = 0; d < D; d++) {
            scalar value = x[n * D + d] / (largest[d] == 0 ? 1 : largest[d]);
            if (clip)
                value = value < -1 ? -1 : value > 1 ? 1 : value;
            z[n * D + d] = value;
        }
}

void max_abs_scaling_run(struct question *q)
{
    static const char *const scopes[] = {"feature", "all", NULL};
    static const char *const clips[] = {"no", "yes", NULL};
    const scalar *x = question_input(q, "x", "[N]D");
    const size_t D = question_size(q, 'D');
    const bool of_all = question_choice(q, "scope", scopes) == 1;
    const bool clip = question_choice(q, "clip", clips) == 1;
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    scalar *largest = question_output(q, "largest", "D");
    find_largest(q, x, largest, of_all);
    scale(question_output(q, "z", "[N]D"), x, largest, question_part(q, 'N'), D, clip);
    if (!question_has(q, "x_new"))
        return;
    const scalar *x_new = question_input(q, "x_new", "[M]D");
    scale(question_output(q, "z_new", "[M]D"), x_new, largest, question_part(q, 'M'), D, clip);
}
