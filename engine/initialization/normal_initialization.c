// SPDX-License-Identifier: MIT
/* Normal initialisation; definition in reference/initialization/normal_initialization.h.
 *
 * How it is distributed: the rows of the weights are sharded. Each element is made alone; nothing
 * crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

void normal_initialization_run(struct question *q)
{
    static const char *const spreads[] = {"deviation", "variance", NULL};
    const bool squared = question_choice(q, "spread", spreads) == 1;
    const char *name = squared ? "variance" : "standard_deviation";
    const scalar mean = question_number_or(q, "mean", 0), spread = question_number_or(q, name, 1);
    if (!(spread > 0))
        question_refuse(q, "its number '%s' is a spread; give one above 0", name);
    struct deviates deviates = deviates_read(q);
    const scalar deviation = squared ? scalar_sqrt(spread) : spread;
    scalar *w = question_output(q, "w", deviates.shape);
    for (size_t i = 0; i < deviates.part; i++)
        w[i] = mean + deviation * deviates.deviate[i];
}
