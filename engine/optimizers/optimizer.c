// SPDX-License-Identifier: MIT
#include "optimizer.h"

#include <string.h>

struct updates updates_read(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct updates updates;
    question_split_evenly(q, 'P');
    const scalar *w = question_input(q, "w", "[P]");
    const scalar *g = question_input(q, "g", "S[P]");
    updates.rate = question_input(q, "rate", "S");
    updates.S = question_size(q, 'S');
    updates.P = question_part(q, 'P');
    updates.w = question_scratch(q, updates.P);
    memcpy(updates.w, w, updates.P * sizeof *w);
    updates.g = g;
    if (question_choice(q, "maximize", no_yes) == 0)
        return updates;
    scalar *negated = question_scratch(q, updates.S * updates.P);
    for (size_t i = 0; i < updates.S * updates.P; i++)
        negated[i] = -g[i];
    updates.g = negated;
    return updates;
}

scalar *updates_state(struct question *q, const char *name)
{
    size_t P = question_part(q, 'P');
    scalar *state = question_scratch(q, P);
    if (question_has(q, name))
        memcpy(state, question_input(q, name, "[P]"), P * sizeof *state);
    return state;
}
