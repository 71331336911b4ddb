// SPDX-License-Identifier: MIT
#include "../case_builder.h"
#include "../paths.h"
#include "../protocol/dataset.h"
#include "mini_batch_training_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first N training digits: pixel / 16 is exact. */
static void fill_digits(struct assay_case *test, size_t N)
{
    struct dataset digits;
    char path[4096], error[512];
    if (paths_join(path, sizeof path, paths_data(), "digits.h5") != 0 ||
        dataset_load(&digits, path, NULL, error, sizeof error) != 0) {
        fprintf(stderr, "assay: the cases of mini_batch_training need digits.h5: %s\n", error);
        exit(2);
    }
    case_constant(test, "x", DIMS(N, digits.features), 0);
    case_labels(test, "labels", N, (int)digits.classes);
    double *x = case_input(test, "x"), *labels = case_input(test, "labels");
    for (size_t from = 0, to = 0; from < digits.samples && to < N; from++) {
        if (digits.split[from] != DATASET_TRAIN)
            continue;
        for (size_t d = 0; d < digits.features; d++)
            x[to * digits.features + d] = digits.pixels[from * digits.features + d] / 16.0;
        labels[to++] = digits.labels[from];
    }
    dataset_free(&digits);
}

static void fill_samples(struct assay_case *test, const struct setting *is, size_t K)
{
    double size = is->scale != 0 && is->scale < 1e-3 ? 1e-3 : 1;
    if (is->data == DIGITS) {
        fill_digits(test, is->N);
        return;
    }
    if (is->data == EXACT)
        case_dyadic(test, "x", DIMS(is->N, is->size[0]), -3, 3, 1);
    else
        case_uniform(test, "x", DIMS(is->N, is->size[0]), -1.5 * size, 1.5 * size);
    if (!is->loss)
        case_labels(test, "labels", is->N, (int)K);
    else if (is->data == EXACT)
        case_dyadic(test, "targets", DIMS(is->N, K), -8, 8, 1);
    else if (strcmp(is->loss, "binary_cross_entropy") == 0)
        case_dyadic(test, "targets", DIMS(is->N, K), 0, 1, 1);
    else
        case_uniform(test, "targets", DIMS(is->N, K), -2 * size * size, 2 * size * size);
}

/* Returns the number of outputs. */
static size_t fill_weights(struct assay_case *test, const struct setting *is)
{
    double scale = is->scale != 0 ? is->scale : 0.6;
    size_t l = 0;
    for (; l + 1 < MOST_SIZES && is->size[l + 1]; l++) {
        const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
        struct dims matrix = DIMS(is->size[l], is->size[l + 1]), vector = DIMS(is->size[l + 1]);
        if (is->data == EXACT) {
            case_dyadic(test, w, matrix, -2, 2, 0.5);
            case_dyadic(test, b, vector, -2, 2, 0.5);
        } else {
            case_uniform(test, w, matrix, -scale, scale);
            case_uniform(test, b, vector, -scale / 2, scale / 2);
        }
        if (is->bias != 0) {
            double *bias = case_input(test, b);
            for (size_t o = 0; o < is->size[l + 1]; o++)
                bias[o] =
                    (float)((bias[o] < 0 ? -is->bias : is->bias) / 2 + is->bias / scale * bias[o]);
        }
    }
    return is->size[l];
}

/* What batch normalisation learns and keeps, of all hidden layers. */
static void fill_normalization(struct assay_case *test, const struct setting *is)
{
    if (!is->place)
        return;
    case_choice(test, "normalization", "batch");
    case_choice(test, "normalization_place", is->place);
    if (is->variance_kind)
        case_choice(test, "running_variance_kind", is->variance_kind);
    if (is->one_value)
        case_choice(test, "one_value", is->one_value);
    if (is->gap != 0)
        case_number(test, "normalization_epsilon", is->gap);
    if (is->memory != 0)
        case_number(test, "normalization_momentum", is->memory);
    for (size_t l = 0; is->given && l + 2 < MOST_SIZES && is->size[l + 2]; l++) {
        const struct dims units = DIMS(is->size[l + 1]);
        char name[32];
        snprintf(name, sizeof name, "gamma%zu", l + 1);
        case_signed(test, name, units, 0.5, 1.5);
        snprintf(name, sizeof name, "beta%zu", l + 1);
        case_signed(test, name, units, 0.25, 0.75);
        snprintf(name, sizeof name, "running_mean%zu", l + 1);
        case_uniform(test, name, units, -1, 1);
        snprintf(name, sizeof name, "running_variance%zu", l + 1);
        case_uniform(test, name, units, 0.5, 2);
    }
}

/* A rate that falls by 1/8 every step and starts again after five. */
static void fill_rate(struct assay_case *test, const struct setting *is)
{
    size_t batch = is->batch < is->N ? is->batch : is->N;
    size_t per_epoch = is->last_batch ? is->N / batch : (is->N + batch - 1) / batch;
    size_t S = is->S ? is->S : is->E * per_epoch;
    case_constant(test, "rate", DIMS(S), is->rate);
    double *rate = case_input(test, "rate");
    for (size_t s = 0; s < S; s++)
        rate[s] = (float)(rate[s] * (1 - 0.125 * (double)(s % 5)));
}

static void state_conventions(struct assay_case *test, const struct setting *is)
{
    const char *const choices[][2] = {
        {"optimizer", is->optimizer}, {"activation", is->activation},
        {"loss", is->loss},           {"last_batch", is->last_batch},
        {"record", is->record},       {"epsilon_placement", is->placement},
        {"decayed", is->decayed}};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        if (choices[i][1])
            case_choice(test, choices[i][0], choices[i][1]);
    }
    case_number(test, "batch", (double)is->batch);
    case_number(test, "block", (double)is->block);
    if (is->decay != 0)
        case_number(test, "weight_decay", is->decay);
    if (is->momentum != 0)
        case_number(test, is->beta2 != 0 ? "beta1" : "momentum", is->momentum);
    if (is->beta2 != 0) {
        case_number(test, "beta2", is->beta2);
        case_number(test, "epsilon", is->epsilon);
    }
}

/* Masks with the wanted share of ones, and the steps to be recorded. */
static void fill_masks(struct assay_case *test, const struct setting *is)
{
    size_t recorded = 0;
    while (recorded < 4 && is->recorded[recorded])
        recorded++;
    if (recorded != 0)
        case_integers(test, "recorded", DIMS(recorded), is->recorded);
    if (is->keep == 0)
        return;
    case_number(test, "keep", is->keep);
    for (size_t l = 0; l + 2 < MOST_SIZES && is->size[l + 2]; l++) {
        const char name[] = {'m', 'a', 's', 'k', (char)('1' + l), 0};
        size_t count = is->E * is->N * is->size[l + 1];
        int *mask = calloc(count, sizeof *mask);
        for (size_t i = 0; mask && i < count; i++)
            mask[i] = (double)((i * i * 7919 + i * 104729 + l * 31) / 8 % 1024) < 1024 * is->keep;
        case_integers(test, name, DIMS(is->E, is->N, is->size[l + 1]), mask);
        free(mask);
    }
}

/* Impossible trainings. */
static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_samples", "one_sample", INPUT_GONE, "x", .why = "There is nothing to learn from."},
    {"weights_missing", "one_sample", INPUT_GONE, "w1", .why = "There is no network."},
    {"label_too_large", "one_sample", ELEMENT_SET, "labels", 2, NULL, 3,
     "A label that is no class."},
    {"label_negative", "one_sample", ELEMENT_SET, "labels", -1, NULL, 0,
     "A negative label is not the last class."},
    {"labels_too_few", "one_sample", INPUT_SHORTER, "labels", .why = "Every sample has a label."},
    {"sample_twice", "one_sample", ELEMENT_SET, "permutation", 7, NULL, 1,
     "No such sample."},
    {"too_many_rates", "one_sample", INPUT_SHORTER, "permutation",
     .why = "The permutations are those of fewer epochs or samples than the rates."},
    {"batch_of_none", "one_sample", NUMBER_SET, "batch", 0, .why = "A batch of no sample."},
    {"whole_batch_dropped", "last_batch_dropped", NUMBER_SET, "batch", 1000,
     .why = "The only batch is not full, and there would be no step."},
    {"batch_of_a_half", "one_sample", NUMBER_SET, "batch", 2.5, .why = "A batch of half a sample."},
    {"momentum_missing", "last_batch_dropped", NUMBER_GONE, "momentum",
     .why = "Momentum has no default."},
    {"momentum_of_one", "last_batch_dropped", NUMBER_SET, "momentum", 1,
     .why = "The velocity would never forget."},
    {"beta1_of_one", "fewer_steps", NUMBER_SET, "beta1", 1, .why = "1 - beta1 is 0."},
    {"beta2_of_one", "fewer_steps", NUMBER_SET, "beta2", 1, .why = "The correction is 0 / 0."},
    {"beta2_negative", "fewer_steps", NUMBER_SET, "beta2", -0.5,
     .why = "A mean of squares with a negative weight."},
    {"epsilon_negative", "fewer_steps", NUMBER_SET, "epsilon", -1e-8,
     .why = "The denominator may be 0 or negative."},
    {"optimizer_unknown", "one_sample", CHOICE_SET, "optimizer", 0, "adamw",
     .why = "An optimizer that is not defined here."},
    {"activation_unknown", "one_sample", CHOICE_SET, "activation", 0, "swish",
     .why = "An activation that is not defined here."},
    {"loss_unknown", "one_sample", CHOICE_SET, "loss", 0, "hinge",
     .why = "A loss that is not defined here."},
    {"keep_of_none", "dropout_in_small", NUMBER_SET, "keep", 0, .why = "1 / keep is infinite."},
    {"keep_above_one", "dropout_in_small", NUMBER_SET, "keep", 1.25,
     .why = "More than every unit is kept."},
    {"mask_of_two", "dropout_in_small", ELEMENT_SET, "mask1", 2, NULL, 3,
     "A mask says yes or no."},
    {"recorded_too_late", "digits_gradient_descent", ELEMENT_SET, "recorded", 21, NULL, 2,
     "There are only 20 steps."},
    {"variance_of_one", "normalized_one_value", CHOICE_SET, "one_value", 0, "refused",
     .why = "One sample has no variance, unless that is said to be 0."},
    {"unbiased_of_one", "normalized_one_value", CHOICE_SET, "running_variance_kind", 0, "unbiased",
     .why = "One sample has no unbiased variance."},
    {"normalization_epsilon_of_none", "normalized_given", NUMBER_SET, "normalization_epsilon", 0,
     .why = "A unit that is the same for all samples would be 0 / 0."},
    {"normalization_momentum_of_two", "normalized_given", NUMBER_SET, "normalization_momentum", 2,
     .why = "The old statistics would have a negative weight."},
    {"running_variance_negative", "normalized_given", ELEMENT_SET, "running_variance2", -1, NULL, 3,
     "A variance is no less than 0."},
    {"gamma_too_short", "normalized_given", INPUT_SHORTER, "gamma1",
     .why = "Every unit has its own."},
    {"normalization_unknown", "normalized_given", CHOICE_SET, "normalization", 0, "layer",
     .why = "A normalisation that is not defined here."},
    {"place_unknown", "normalized_given", CHOICE_SET, "normalization_place", 0, "after_dropout",
     .why = "A place that is not defined here."},
    {"recorded_falls", "digits_gradient_descent", ELEMENT_SET, "recorded", 9, NULL, 0,
     "Recorded steps that do not rise."},
    /* clang-format on */
};

void mini_batch_training_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        state_conventions(test, is);
        size_t K = fill_weights(test, is);
        fill_normalization(test, is);
        fill_samples(test, is, K);
        case_permutations(test, "permutation", is->E, is->N);
        fill_rate(test, is);
        fill_masks(test, is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
