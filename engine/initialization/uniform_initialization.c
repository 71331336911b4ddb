// SPDX-License-Identifier: MIT
/* Uniform initialisation; definition in reference/initialization/uniform_initialization.h.
 *
 * How it is distributed: the rows of the weights are sharded. Each element is made alone; nothing
 * crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

void uniform_initialization_run(struct question *q)
{
    static const char *const ranges[] = {"stated", "limit", "fan_in", NULL};
    struct deviates deviates = deviates_read(q);
    scalar from = question_number_or(q, "low", -1), to = question_number_or(q, "high", 1);
    const int range = question_choice(q, "range", ranges);
    if (range != 0) {
        to = range == 1 ? question_number(q, "limit") : 1 / scalar_sqrt((scalar)deviates.fan_in);
        if (!(to > 0))
            question_refuse(q, "its number 'limit' is half of the range; give one above 0");
        from = -to;
    }
    if (!(from < to))
        question_refuse(q, "its number 'high' ends the range; give one above 'low'");
    scalar *w = question_output(q, "w", deviates.shape);
    const scalar width = to - from;
    for (size_t i = 0; i < deviates.part; i++)
        w[i] = from + width * deviates.deviate[i];
}
