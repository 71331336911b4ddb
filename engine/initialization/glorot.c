// SPDX-License-Identifier: MIT
/* Glorot initialisation; definition in reference/initialization/glorot.h.
 *
 * How it is distributed: the rows of the weights are sharded. Each element is scaled alone; nothing
 * crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

scalar glorot_factor(enum distribution distribution, scalar gain, size_t fan_in, size_t fan_out)
{
    const scalar numerator = distribution == UNIFORM ? 6 : 2;
    return gain * scalar_sqrt(numerator / (scalar)(fan_in + fan_out)) /
           distribution_correction(distribution);
}

void glorot_run(struct question *q)
{
    static const char *const distributions[] = {"uniform", "normal", "truncated_normal", NULL};
    struct deviates deviates = deviates_read(q);
    enum distribution distribution =
        (enum distribution)question_choice(q, "distribution", distributions);
    const scalar gain = question_number_or(q, "gain", 1);
    if (!(gain > 0))
        question_refuse(q, "its number 'gain' must be above 0");
    deviates_scale(q, &deviates,
                   glorot_factor(distribution, gain, deviates.fan_in, deviates.fan_out));
}
