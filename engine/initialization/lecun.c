// SPDX-License-Identifier: MIT
/* LeCun initialisation; definition in reference/initialization/lecun.h.
 *
 * How it is distributed: the rows of the weights are sharded. Each element is scaled alone; nothing
 * crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

void lecun_run(struct question *q)
{
    static const char *const distributions[] = {"normal", "truncated_normal", "uniform", NULL};
    static const enum distribution kinds[] = {NORMAL, TRUNCATED_NORMAL, UNIFORM};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    struct deviates deviates = deviates_read(q);
    const enum distribution kind = kinds[question_choice(q, "distribution", distributions)];
    const bool outgoing = question_choice(q, "fan", fans) == 1;
    const scalar inverse =
        (scalar)(kind == UNIFORM ? 3 : 1) / (scalar)(outgoing ? deviates.fan_out : deviates.fan_in);
    deviates_scale(q, &deviates, scalar_sqrt(inverse) / distribution_correction(kind));
}
