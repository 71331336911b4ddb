// SPDX-License-Identifier: MIT
#include "../foundations/problem.h"

enum { SETS = 2, TRAIN = 400, VALIDATION = 200, STEPS = 400, BATCH = 32, STREAM = 100 };
enum { CLEAN, COPIES, WRONG_LABELS, UNITS, UNITS_REPAIRED, STATES };

static const enum problem problems[SETS] = {PROBLEM_DIGITS, PROBLEM_TEACHER};
static const double wrong = 0.2, factor = 100, chance = 0.25;

static double learns(struct replica *r, const struct split *split)
{
    static const double rates[] = {0.0003, 0.001, 0.003, 0.01};
    const struct network_plan plan =
        network_plan(split->train.features, 3, 32, split->train.classes);
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .steps = STEPS, .epochs = STEPS};
    return trial_of(r, &plan, split, &how, rates, sizeof rates / sizeof rates[0]).test;
}

/* A copy of all three parts. */
static struct split copy_of(struct replica *r, const struct split *split)
{
    return (struct split){.train = samples_copy(r, &split->train),
                          .validation = samples_copy(r, &split->validation),
                          .test = samples_copy(r, &split->test)};
}

/* The second half of the samples repeats the first. */
static void repeat(struct samples *samples)
{
    const size_t half = samples->count / 2, D = samples->features;
    for (size_t n = 0; n < half; n++) {
        samples->label[half + n] = samples->label[n];
        for (size_t d = 0; d < D; d++)
            samples->x[(half + n) * D + d] = samples->x[n * D + d];
    }
}

/* About a quarter of the columns, the same in all samples, is in a unit a hundred times smaller. */
static void change_units(const struct replica *r, struct samples *samples)
{
    const size_t D = samples->features;
    for (size_t d = 0; d < D; d++)
        for (size_t n = 0; n < samples->count && lab_uniform(r, STREAM, d) < chance; n++)
            samples->x[n * D + d] *= (float)factor;
}

static struct split spoiled(struct replica *r, const struct split *clean, size_t state)
{
    struct split split = copy_of(r, clean);
    if (state == COPIES) {
        repeat(&split.train);
    } else if (state == WRONG_LABELS) {
        samples_flip_labels(r, STREAM + 1, &split.train, wrong);
        samples_flip_labels(r, STREAM + 2, &split.validation, wrong);
    } else if (state == UNITS || state == UNITS_REPAIRED) {
        change_units(r, &split.train);
        change_units(r, &split.validation);
        change_units(r, &split.test);
    }
    if (state == UNITS_REPAIRED)
        split_standardize(&split);
    return split;
}

void data_quality(struct replica *r)
{
    for (size_t i = 0; i < SETS; i++) {
        const struct split clean = problem_split(r, problems[i], TRAIN, VALIDATION);
        double accuracy[STATES];
        for (size_t state = CLEAN; state < STATES; state++) {
            const struct split split = spoiled(r, &clean, state);
            accuracy[state] = learns(r, &split);
            replica_point(r, i, state, accuracy[state]);
        }
        for (size_t state = COPIES; state <= UNITS; state++)
            replica_effect(r, 3 * i + state - COPIES, accuracy[CLEAN] - accuracy[state]);
    }
}
