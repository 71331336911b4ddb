// SPDX-License-Identifier: MIT
/* loss_forks.h - what goes wrong with every loss, whatever its formula: fork files fill value and
 * slope in a way of their own and end with one of these. */
#pragma once

#include "../../reference/losses/loss.h"
#include "../fork.h"

/* What can go wrong after value and slope are right. The variants of a technique's own count on
 * from LOSS_OWN. */
enum loss_mistake {
    LOSS_RIGHT,
    LOSS_WEIGHTS_IGNORED,
    LOSS_MEAN_OF_BLOCK_MEANS,
    LOSS_LAST_BLOCK_LOST,
    LOSS_GRADIENT_SIGN,
    LOSS_GRADIENT_NOT_AVERAGED,
    LOSS_UPSTREAM_IGNORED,
    LOSS_OWN
};

/* The outputs from value and slope, with the mistake that call_variant names, if it is one of
 * these. */
void loss_fork_end(struct call *call, struct loss *loss);

/* The rows of a table of forks for these mistakes, and for the conventions of loss.h. `answer` is
 * the function that ends with loss_fork_end. */
/* clang-format off */
#define LOSS_FORKS(answer_)                                                                        \
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL}, \
     .instead = {"reduction", "mean"}},                                                            \
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},   \
     .instead = {"reduction", "sum"}},                                                             \
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",                                         \
              "The weighted mean is divided by the sum of weights.", NULL},                        \
     .instead = {"normalizer", "weights"}},                                                        \
    {.info = {"normalizer_count", FORK_CONVENTION, "27",                                           \
              "The weighted mean is divided by the number of samples.", NULL},                     \
     .instead = {"normalizer", "count"}},                                                          \
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},        \
     .answer = answer_, .variant = LOSS_WEIGHTS_IGNORED},                                          \
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",                                            \
              "Each block is averaged by itself, and then the averages.", NULL},                   \
     .answer = answer_, .variant = LOSS_MEAN_OF_BLOCK_MEANS},                                      \
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL}, \
     .answer = answer_, .variant = LOSS_LAST_BLOCK_LOST},                                          \
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},            \
     .answer = answer_, .variant = LOSS_GRADIENT_SIGN},                                            \
    {.info = {"gradient_not_averaged", FORK_BUG, "",                                               \
              "The loss is a mean, but its gradient is that of the sum.", NULL},                   \
     .answer = answer_, .variant = LOSS_GRADIENT_NOT_AVERAGED},                                    \
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},  \
     .answer = answer_, .variant = LOSS_UPSTREAM_IGNORED}

/* One more for losses of elements, not of samples. */
#define LOSS_FORK_OF_ELEMENTS                                                                      \
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "44 251",                                 \
              "Sums over elements, averaged over samples, whatever is asked for.", NULL},          \
     .instead = {"reduction", "mean_of_sums"}}
/* clang-format on */

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
