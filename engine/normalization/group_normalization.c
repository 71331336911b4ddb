// SPDX-License-Identifier: MIT
/* Group normalisation; definition in reference/normalization/group_normalization.h.
 *
 * How it is distributed: the samples are sharded, and a sample's groups are never split: y and dx
 * need nothing from other ranks. dgamma and dbeta cross the network: of every channel one chain
 * through the samples and positions of each canonical block, then the fixed tree over the blocks.
 */
#include "normal_sets.h"

void group_normalization_run(struct question *q)
{
    static const char *const channels[] = {"contiguous", "strided", NULL};
    bool strided = question_choice(q, "group_channels", channels) == 1;
    normal_sets_of_groups(q, question_count(q, "groups", 1, 1u << 20), strided);
}
