// SPDX-License-Identifier: MIT
/* Scaled exponential linear unit; definition in reference/activations/selu.h.
 *
 * How it is distributed: the samples are sharded. Each element is computed alone; nothing crosses
 * the network and nothing is added. It is the ELU with a scale (elu.c), and with an alpha that
 * holds the scale already.
 */
#include "activation.h"

void selu_run(struct question *q)
{
    struct elu_settings settings = {.scale = (scalar)1.05070098735548049342,
                                    .alpha = (scalar)1.75809934084737685994};
    settings.derivative_at_zero = activation_at_zero(q, settings.alpha, settings.scale);
    activation_run(q, &elu_operation, &settings);
}
