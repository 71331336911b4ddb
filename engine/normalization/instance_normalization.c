// SPDX-License-Identifier: MIT
/* Instance normalisation; definition in reference/normalization/instance_normalization.h.
 *
 * How it is distributed: the samples are sharded; a channel's positions are never split. Only
 * dgamma and dbeta cross the network, as those of group normalisation do.
 */
#include "normal_sets.h"

void instance_normalization_run(struct question *q)
{
    if (question_axes(q, "x") != 4)
        question_refuse(q, "its input 'x' has no positions; give it four axes");
    normal_sets_of_groups(q, 0, false);
}
