// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/class_weights.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    CLASSES_FORGOTTEN,
    PROPORTIONAL,
    ROOT_FORGOTTEN,
    UPSIDE_DOWN,
    SAMPLE_WEIGHTS_UNCOUNTED,
    SAMPLE_WEIGHTS_UNUSED,
    ABSENT_LEFT_OUT,
    LAST_BLOCK_LOST,
    ONE_RANK,
    NOT_NORMALIZED,
    ABSENT_AS_ONE_SAMPLE
};

/* Masses added from the last sample to the first. */
static void count_again(const struct class_weighting *is, enum mistake mistake)
{
    size_t last = (is->N - 1) / is->block * is->block;
    size_t end = mistake == LAST_BLOCK_LOST ? last : is->N;
    if (mistake == ONE_RANK)
        end = is->block < is->N ? is->block : is->N;
    for (size_t c = 0; c < is->C; c++)
        is->mass[c] = 0;
    for (size_t n = end; n-- > 0;) {
        real weight = is->sample_weight ? is->sample_weight[n] : 1;
        real *mass = &is->mass[is->label[n]];
        *mass = *mass + (mistake == SAMPLE_WEIGHTS_UNCOUNTED ? 1 : weight);
    }
}

/* Weights of classes by logarithms of ratios, or as a mistake has it. */
static real weight_of(const struct class_weighting *is, enum mistake mistake, size_t c)
{
    real mass = is->mass[c], total = 0, most = 0, K = 0;
    for (size_t k = is->C; k-- > 0;) {
        total = total + is->mass[k];
        most = is->mass[k] > most ? is->mass[k] : most;
        K = K + (is->divide_by_all || is->mass[k] > 0 ? 1 : 0);
    }
    if (mistake == ABSENT_AS_ONE_SAMPLE && !(mass > 0))
        mass = 1;
    if (!(mass > 0))
        return (real)is->absent_one;
    if (mistake == PROPORTIONAL)
        return mass / total;
    if (is->scheme == BALANCED)
        return total / mass / (mistake == CLASSES_FORGOTTEN ? 1 : K);
    if (is->scheme == INVERSE_ROOT)
        return mistake == ROOT_FORGOTTEN ? 1 / mass : real_sqrt(1 / mass);
    if (is->scheme == EFFECTIVE) {
        real power = -real_expm1(mass * real_log1p(is->beta - 1));
        return mistake == UPSIDE_DOWN ? power / (1 - is->beta) : (1 - is->beta) / power;
    }
    return (is->scheme == LARGEST ? most : 1) / mass;
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct class_weighting is = class_weights_read(call);
    count_again(&is, mistake);
    for (size_t c = 0; c < is.C; c++)
        is.class_weight[c] = weight_of(&is, mistake, c);
    if (mistake != NOT_NORMALIZED)
        class_weights_normalize(&is);
    size_t shift = 0;
    for (size_t c = 0; mistake == ABSENT_LEFT_OUT && c < is.C; c++) {
        if (is.mass[c] > 0)
            is.class_weight[shift++] = is.class_weight[c];
    }
    for (size_t n = 0; n < is.N; n++) {
        is.weight[n] = is.class_weight[is.label[n]];
        if (is.sample_weight && mistake != SAMPLE_WEIGHTS_UNUSED)
            is.weight[n] = is.sample_weight[n] * is.weight[n];
    }
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Counted backwards; 1 - beta^m by expm1; roots of quotients.",
              NULL},
     .answer = again},
    {.info = {"classes_forgotten", FORK_BUG, "", "n / n_c: not divided by the number of classes.",
              NULL},
     .answer = again,
     .variant = CLASSES_FORGOTTEN},
    {.info = {"proportional", FORK_BUG, "", "The share of a class, not its inverse.", NULL},
     .answer = again,
     .variant = PROPORTIONAL},
    {.info = {"root_forgotten", FORK_BUG, "", "One over the count for one over its root.", NULL},
     .answer = again,
     .variant = ROOT_FORGOTTEN},
    {.info = {"upside_down", FORK_BUG, "", "The effective number itself.", NULL},
     .answer = again,
     .variant = UPSIDE_DOWN},
    {.info = {"always_balanced", FORK_CONVENTION, "", "Balanced, whatever is asked for.", NULL},
     .instead = {"scheme", "balanced"}},
    {.info = {"always_inverse", FORK_CONVENTION, "", "Inverse, whatever is asked for.", NULL},
     .instead = {"scheme", "inverse"}},
    {.info = {"beta_0_9", FORK_CONVENTION, "", "beta is 0.9.", NULL}, .number = {"beta", 0.9f}},
    {.info = {"absent_zero", FORK_CONVENTION, "", "Classes that do not occur weigh 0.", NULL},
     .instead = {"absent", "zero"}},
    {.info = {"absent_one", FORK_CONVENTION, "", "Classes that do not occur weigh 1.", NULL},
     .instead = {"absent", "one"}},
    {.info = {"divisor_all", FORK_CONVENTION, "", "K counts classes that do not occur.", NULL},
     .instead = {"divisor", "all"}},
    {.info = {"divisor_present", FORK_CONVENTION, "", "K counts only classes that occur.", NULL},
     .instead = {"divisor", "present"}},
    {.info = {"sum_is_classes", FORK_CONVENTION, "", "Scaled to the sum K in any case.", NULL},
     .instead = {"normalization", "classes"}},
    {.info = {"sum_is_samples", FORK_CONVENTION, "", "Scaled to an average of 1 in any case.",
              NULL},
     .instead = {"normalization", "samples"}},
    {.info = {"not_normalized", FORK_BUG, "", "Nothing is scaled.", NULL},
     .answer = again,
     .variant = NOT_NORMALIZED},
    {.info = {"absent_left_out", FORK_BUG, "",
              "Weights stand by rank among the classes that occur, not by label.", NULL},
     .answer = again,
     .variant = ABSENT_LEFT_OUT},
    {.info = {"absent_as_one_sample", FORK_BUG, "", "Counts are at least 1.", NULL},
     .answer = again,
     .variant = ABSENT_AS_ONE_SAMPLE},
    {.info = {"sample_weights_uncounted", FORK_BUG, "37", "Samples are counted, not weighed.",
              NULL},
     .answer = again,
     .variant = SAMPLE_WEIGHTS_UNCOUNTED},
    {.info = {"sample_weights_unused", FORK_BUG, "37", "Sample weights count in the masses alone.",
              NULL},
     .answer = again,
     .variant = SAMPLE_WEIGHTS_UNUSED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block is not counted.", NULL},
     .answer = again,
     .variant = LAST_BLOCK_LOST},
    {.info = {"first_block_only", FORK_BUG, "", "The counts of one rank serve all.", NULL},
     .answer = again,
     .variant = ONE_RANK},
};

const struct fork_list class_weights_forks = {sizeof table / sizeof *table, table};
