// SPDX-License-Identifier: MIT
/* loss_forks.h - what goes wrong with every loss, whatever its formula: fork files fill value and
 * slope in a way of their own and end with one of these. */
#pragma once

#include "../../reference/losses/loss.h"

/* The outputs from value and slope, each term weighed and divided before it is added. */
void loss_fork_finish(const struct loss *loss);

/* The same, and then the gradients times a factor that does not belong there. */
void loss_fork_scale(const struct loss *loss, real factor);

/* The upstream gradient is 1; there are no sample weights. */
void loss_fork_upstream_ignored(struct call *call, struct loss *loss);
void loss_fork_weights_ignored(struct loss *loss);

/* The last block of samples is left out; each block is averaged by itself, and then the averages.
 */
void loss_fork_last_block_lost(const struct loss *loss);
void loss_fork_mean_of_block_means(struct call *call, struct loss *loss);
