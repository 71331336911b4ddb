// SPDX-License-Identifier: MIT
/* He initialisation; definition in reference/initialization/he.h.
 *
 * How it is distributed: the rows of the weights are sharded. Each element is scaled alone; nothing
 * crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

scalar he_factor(enum distribution distribution, scalar negative_slope, size_t fan)
{
    const scalar numerator = distribution == UNIFORM ? 3 : 1;
    const scalar gain = scalar_sqrt(2 / (1 + negative_slope * negative_slope));
    return gain * scalar_sqrt(numerator / (scalar)fan) / distribution_correction(distribution);
}

void he_run(struct question *q)
{
    static const char *const distributions[] = {"normal", "uniform", "truncated_normal", NULL};
    static const enum distribution kinds[] = {NORMAL, UNIFORM, TRUNCATED_NORMAL};
    static const char *const fans[] = {"fan_in", "fan_out", NULL};
    struct deviates deviates = deviates_read(q);
    enum distribution distribution = kinds[question_choice(q, "distribution", distributions)];
    size_t fan = question_choice(q, "fan", fans) == 0 ? deviates.fan_in : deviates.fan_out;
    deviates_scale(q, &deviates,
                   he_factor(distribution, question_number_or(q, "negative_slope", 0), fan));
}
