// SPDX-License-Identifier: MIT
/* Min-max scaling; definition in reference/normalization/min_max_scaling.h.
 *
 * How it is distributed: the samples are sharded, of x and of x_new each. The largest values and
 * the largest negated ones cross the network, which is exact in any order; nothing is added.
 */
#include "../techniques.h"

#include <math.h>

struct range {
    scalar low, high;
    bool clip;
};

/* Outputs minimum and maximum over all ranks. */
static void find_extremes(struct question *q, const scalar *x, scalar *minimum, scalar *maximum)
{
    const size_t D = question_size(q, 'D');
    for (size_t d = 0; d < D; d++)
        minimum[d] = maximum[d] = -(scalar)INFINITY;
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        for (size_t d = 0; d < D; d++) {
            const scalar value = x[n * D + d];
            maximum[d] = value > maximum[d] ? value : maximum[d];
            minimum[d] = -value > minimum[d] ? -value : minimum[d];
        }
    reduce_largest(question_team(q), maximum, D);
    reduce_largest(question_team(q), minimum, D);
    for (size_t d = 0; d < D; d++)
        minimum[d] = -minimum[d];
}

static void scale(scalar *z, const scalar *x, const scalar *minimum, const scalar *maximum,
                  const struct range *range, size_t rows, size_t D)
{
    const scalar width = range->high - range->low;
    for (size_t n = 0; n < rows; n++)
        for (size_t d = 0; d < D; d++) {
            const scalar span = maximum[d] == minimum[d] ? 1 : maximum[d] - minimum[d];
            scalar value = (x[n * D + d] - minimum[d]) / span * width + range->low;
            if (range->clip) {
                value = value < range->low ? range->low : value;
                value = value > range->high ? range->high : value;
            }
            z[n * D + d] = value;
        }
}

void min_max_scaling_run(struct question *q)
{
    static const char *const clips[] = {"no", "yes", NULL};
    const scalar *x = question_input(q, "x", "[N]D");
    const size_t D = question_size(q, 'D');
    const struct range range = {question_number_or(q, "low", 0), question_number_or(q, "high", 1),
                                question_choice(q, "clip", clips) == 1};
    if (!(range.high > range.low))
        question_refuse(q, "its number 'high' is %g; it must be above 'low', %g",
                        (double)range.high, (double)range.low);
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    scalar *minimum = question_output(q, "minimum", "D");
    scalar *maximum = question_output(q, "maximum", "D");
    find_extremes(q, x, minimum, maximum);
    scale(question_output(q, "z", "[N]D"), x, minimum, maximum, &range, question_part(q, 'N'), D);
    if (!question_has(q, "x_new"))
        return;
    const scalar *x_new = question_input(q, "x_new", "[M]D");
    scale(question_output(q, "z_new", "[M]D"), x_new, minimum, maximum, &range,
          question_part(q, 'M'), D);
}
