// SPDX-License-Identifier: MIT
/* Max-norm constraint; definition in reference/regularization/max_norm_constraint.h.
 *
 * How it is distributed: units are sharded evenly, columns or rows of w as the case says, so every
 * norm is one chain on one rank. Nothing crosses the network.
 */
#include "../techniques.h"

void max_norm_constraint_run(struct question *q)
{
    static const char *const unit_names[] = {"column", "row", NULL};
    static const char *const forms[] = {"clip", "rescale", NULL};
    const bool rows = question_choice(q, "unit", unit_names) == 1;
    const bool rescale = question_choice(q, "form", forms) == 1;
    const char letter = rows ? 'I' : 'O';
    const char *const shape = rows ? "[I]O" : "I[O]";
    question_split_evenly(q, letter);
    const scalar *w = question_input(q, "w", shape);
    const scalar limit = question_number(q, "limit"), epsilon = question_number_or(q, "epsilon", 0);
    if (!(limit > 0) || !(epsilon >= 0))
        question_refuse(q, "give a 'limit' above 0 and an 'epsilon' of 0 or more");
    const size_t units = question_part(q, letter);
    const size_t length = question_size(q, rows ? 'O' : 'I');
    const size_t step = rows ? 1 : units, between = rows ? length : 1;
    scalar *norm = question_output(q, "norm", rows ? "[I]" : "[O]");
    scalar *w_after = question_output(q, "w_after", shape);
    for (size_t u = 0; u < units; u++)
        for (size_t i = 0; i < length; i++) {
            const scalar *at = w + u * between + i * step;
            question_team(q)->kernels->multiply_add(1, &norm[u], at, at);
        }
    for (size_t u = 0; u < units; u++) {
        norm[u] = scalar_sqrt(norm[u]);
        const bool outside = norm[u] > limit;
        scalar factor = 1;
        if ((outside || rescale) && norm[u] + epsilon > 0)
            factor = (outside ? limit : norm[u]) / (norm[u] + epsilon);
        for (size_t i = 0; i < length; i++)
            w_after[u * between + i * step] = w[u * between + i * step] * factor;
    }
}
