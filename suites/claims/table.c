// SPDX-License-Identifier: MIT
/* All claims: the families' tables, and what follows from their rows. Compiled twice: for programs
 * that read what was found, and, with -DCLAIMS_EXPERIMENTS, for the one that runs experiments. */
#include "claim.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

extern const struct claim foundations_claims[], landscape_claims[], gradients_claims[],
    initialization_claims[], depth_claims[], momentum_claims[], optimizers_claims[],
    learning_rates_claims[], batch_size_claims[], scaling_claims[], penalties_claims[],
    dropout_claims[], stopping_claims[], normalization_claims[], autoencoders_claims[],
    generative_claims[], imbalance_claims[], data_problems_claims[], adversarial_claims[],
    distributed_claims[], controls_claims[];

/* A row without an id ends a family's table. */
const struct claim_family claim_families[] = {
    {'A', "Foundations and capacity", "foundations", foundations_claims},
    {'A', "Minima, variance and overfitting", "landscape", landscape_claims},
    {'B', "Activations and gradients", "gradients", gradients_claims},
    {'B', "Initial weights", "initialization", initialization_claims},
    {'B', "Depth and shortcuts", "depth", depth_claims},
    {'C', "Momentum", "momentum", momentum_claims},
    {'C', "Optimizers", "optimizers", optimizers_claims},
    {'C', "Learning rates", "learning_rates", learning_rates_claims},
    {'C', "Batch size", "batch_size", batch_size_claims},
    {'C', "Scaling of inputs", "scaling", scaling_claims},
    {'D', "Penalties on weights", "penalties", penalties_claims},
    {'D', "Dropout", "dropout", dropout_claims},
    {'D', "Early stopping, augmentation and more data", "stopping", stopping_claims},
    {'D', "Batch normalisation", "normalization", normalization_claims},
    {'H', "Autoencoders", "autoencoders", autoencoders_claims},
    {'H', "Generative adversarial networks", "generative", generative_claims},
    {'K', "Imbalance and metrics", "imbalance", imbalance_claims},
    {'K', "Data and their defects", "data_problems", data_problems_claims},
    {'L', "Adversarial attacks and defences", "adversarial", adversarial_claims},
    {'O', "Data-parallel training", "distributed", distributed_claims},
    {'N', "Negative controls", "controls", controls_claims},
};
const size_t claim_family_count = sizeof claim_families / sizeof claim_families[0];

size_t claim_count(const struct claim_family *family)
{
    size_t count = 0;
    while (family->claim[count].id != NULL)
        count++;
    return count;
}

size_t claim_count_all(void)
{
    size_t count = 0;
    for (size_t f = 0; f < claim_family_count; f++)
        count += claim_count(&claim_families[f]);
    return count;
}

const struct claim *claim_at(size_t i)
{
    const struct claim_family *family = claim_families;
    for (; i >= claim_count(family); family++)
        i -= claim_count(family);
    return &family->claim[i];
}

const struct claim *claim_find(const char *id)
{
    for (size_t i = 0; i < claim_count_all(); i++)
        if (strcmp(claim_at(i)->id, id) == 0)
            return claim_at(i);
    return NULL;
}

static size_t count_names(const char *const name[], size_t most)
{
    size_t count = 0;
    while (count < most && name[count] != NULL)
        count++;
    return count;
}

size_t claim_part_count(const struct claim *claim)
{
    const size_t named = count_names(claim->part, CLAIM_PARTS);
    return named > 0 ? named : 1;
}

size_t claim_arm_count(const struct claim *claim)
{
    return count_names(claim->curve.arm, CLAIM_ARMS);
}

double claim_place(const struct claim *claim, size_t i)
{
    bool is_stated = false;
    for (size_t k = 0; k < claim->curve.points; k++)
        is_stated |= claim->curve.at[k] < 0 || claim->curve.at[k] > 0;
    return is_stated ? claim->curve.at[i] : (double)(i + 1);
}

static void add(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add(char *text, size_t size, const char *format, ...)
{
    const size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

static const char *needs_of(const struct claim *claim)
{
    static const char *const words[] = {" in every part", " in most of the parts",
                                        " in at least one part"};
    return claim_part_count(claim) > 1 ? words[claim->needs] : "";
}

void claim_rule_text(const struct claim *claim, char *text, size_t size)
{
    const char *parts = needs_of(claim);
    text[0] = '\0';
    if (claim->rule == RULE_ALWAYS) {
        add(text, size,
            "Supported if the effect is at least %g in each of %zu replicas%s; refuted by one "
            "replica in which it is less.",
            claim->size, claim->replicas, parts);
    } else if (claim->rule == RULE_SHARE) {
        add(text, size,
            "Supported if it holds in so many of %zu replicas that the share is above %g by the "
            "exact binomial test (two-sided, p < 0.01 after Holm's correction over the "
            "section)%s; refuted if it is below by the same test.",
            claim->replicas, claim->size, parts);
    } else if (claim->rule == RULE_EQUIVALENT) {
        add(text, size,
            "Supported if two one-sided signed-rank tests on %zu paired replicas (p < 0.01 after "
            "Holm's correction over the section) put the effect between %g and %g%s; refuted if "
            "the median is beyond one of them and the effect is not 0 by the same test.",
            claim->replicas, -claim->size, claim->size, parts);
    } else {
        add(text, size,
            "Supported if the median effect of %zu paired replicas is at least %g and effects are "
            "above 0 by the signed-rank test (two-sided, p < 0.01 after Holm's correction over the "
            "section)%s; refuted if the median is at most %g and they are below 0.",
            claim->replicas, claim->size, parts, -claim->size);
    }
    add(text, size, " Otherwise not shown.");
}
