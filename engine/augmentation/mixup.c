// SPDX-License-Identifier: MIT
/* Mixup; definition in reference/augmentation/mixup.h.
 *
 * How it is distributed: the mixed samples are sharded. A partner may be any sample, so the batch
 * is whole on every rank, as it is after it was read; nothing else crosses the network and nothing
 * is added over ranks.
 */
#include "../techniques.h"

/* This rank's rows of the mixture, from the whole of x (N,width). */
static void mix_rows(scalar *mixed, const scalar *x, size_t first, size_t rows, size_t width,
                     const int *partner, const scalar *lambda)
{
    for (size_t n = 0; n < rows; n++) {
        const scalar *one = x + (first + n) * width, *other = x + (size_t)partner[n] * width;
        const scalar share = lambda[n], rest = 1 - share;
        for (size_t d = 0; d < width; d++)
            mixed[n * width + d] = share * one[d] + rest * other[d];
    }
}

void mixup_run(struct question *q)
{
    static const char *const scopes[] = {"batch", "sample", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const scalar *x = question_input(q, "x", "ND"), *t = question_input(q, "t", "NK");
    const size_t N = question_size(q, 'N');
    if (N == 0)
        question_refuse(q, "it has no samples; give at least one");
    const int *partner = question_integers(q, "partner", "[N]", 0, (int)N - 1);
    const bool each = question_choice(q, "scope", scopes) == 1;
    const bool larger = question_choice(q, "keep_larger", no_yes) == 1;
    question_bind(q, 'L', each ? N : 1);
    const scalar *drawn = question_input(q, "lambda", "L");
    const size_t first = question_first(q, 'N'), rows = question_part(q, 'N');
    for (size_t l = 0; l < (each ? N : 1); l++)
        if (!(drawn[l] >= 0 && drawn[l] <= 1))
            question_refuse(q, "its input 'lambda' holds shares; give values from 0 to 1");
    scalar *lambda = question_scratch(q, rows);
    for (size_t n = 0; n < rows; n++) {
        const scalar share = drawn[each ? first + n : 0];
        lambda[n] = larger && share < 1 - share ? 1 - share : share;
    }
    mix_rows(question_output(q, "x_mixed", "[N]D"), x, first, rows, question_size(q, 'D'), partner,
             lambda);
    mix_rows(question_output(q, "t_mixed", "[N]K"), t, first, rows, question_size(q, 'K'), partner,
             lambda);
}
