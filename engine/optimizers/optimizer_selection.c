// SPDX-License-Identifier: MIT
/* Which optimizer to take; definition in reference/optimizers/optimizer_selection.h.
 *
 * How it is distributed: the tasks are sharded evenly. Each is decided alone, in whole numbers;
 * nothing crosses the network and nothing is added.
 */
#include "optimizer.h"

void optimizer_selection_run(struct question *q)
{
    static const char *const fallbacks[] = {"momentum", "plain", NULL};
    question_split_evenly(q, 'C');
    const int *weights = question_integers(q, "weights", "[C]", 1, 1 << 20);
    const int *memory = question_integers(q, "memory", "[C]", 0, 1 << 24);
    const int *finishing = question_integers(q, "finishing", "[C]", 0, 1);
    const bool plain = question_choice(q, "fallback", fallbacks) == 1;
    const size_t copies =
        question_number_or(q, "copies", 2) == 2 ? 2 : question_count(q, "copies", 1, 4);
    scalar *choice = question_output(q, "choice", "[C]"),
           *floats = question_output(q, "floats", "[C]");
    for (size_t c = 0; c < question_part(q, 'C'); c++) {
        const int kept = memory[c] / weights[c] - (int)copies; /* states that fit, if any */
        int states = kept > 2 ? 2 : kept;
        if (states == 2 && finishing[c])
            states = 1;
        if (states == 1 && plain && !finishing[c])
            states = 0;
        states = states < 0 ? -1 : states;
        choice[c] = (scalar)states;
        floats[c] = states < 0 ? 0 : (scalar)(weights[c] * ((int)copies + states));
    }
}
