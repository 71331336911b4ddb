// SPDX-License-Identifier: MIT
/* Gradient clipping by value; definition in reference/gradients/gradient_clipping_by_value.h.
 *
 * How it is distributed: the parameters are sharded evenly. Each element is limited alone; nothing
 * crosses the network and nothing is added.
 */
#include "../techniques.h"

void gradient_clipping_by_value_run(struct question *q)
{
    scalar high = question_number_or(q, "limit", 0), low = -high;
    if (!(high >= 0))
        question_refuse(q, "its number 'limit' must not be below 0");
    if (high == 0) {
        low = question_number(q, "low");
        high = question_number(q, "high");
    }
    if (!(low <= high))
        question_refuse(q, "its number 'low' must not be above its number 'high'");
    question_split_evenly(q, 'P');
    const scalar *g = question_input(q, "g", "[P]");
    scalar *clipped = question_output(q, "clipped", "[P]");
    for (size_t p = 0; p < question_part(q, 'P'); p++) {
        const scalar raised = g[p] < low ? low : g[p];
        clipped[p] = raised > high ? high : raised;
    }
}
