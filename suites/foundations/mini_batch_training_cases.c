// SPDX-License-Identifier: MIT
#include "../case_builder.h"
#include "../paths.h"
#include "../protocol/dataset.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_SIZES = 5 };
enum data { RANDOM, DIGITS, EXACT };

/* N samples, E epochs, a network of these sizes. S steps (all when not stated). What is not stated
 * is the default, or 0. */
struct setting {
    size_t N, E, S, batch, block, size[MOST_SIZES];
    const char *optimizer, *activation, *loss, *last_batch, *record;
    double rate, momentum, beta2, epsilon, decay; /* beta1 is the momentum */
    double scale; /* weights are uniform within this; 0.6 when not stated */
    enum data data;
};

#define SQUARED  .loss = "mean_squared_error"
#define MOMENTUM .optimizer = "momentum", .momentum = 0.9
#define ADAM     .optimizer = "adam", .momentum = 0.9, .beta2 = 0.999, .epsilon = 1e-8

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"digits_gradient_descent", "trajectory", "OPT-01 OPT-04 FND-24 DAT-21 DAT-19",
      "20 steps on real digits, ReLU: four epochs of five batches, the last with 21 samples.", 2},
     {.N = 149,
      .E = 4,
      .batch = 32,
      .block = 4,
      .size = {64, 10, 10},
      .rate = 0.2,
      .activation = "relu",
      .scale = 0.2,
      .data = DIGITS}},
    {{"digits_momentum", "trajectory", "OPT-05 OPT-04 FND-24 DAT-21",
      "20 steps on real digits with momentum and weight decay: the velocity crosses epochs.", 0},
     {.N = 149,
      .E = 4,
      .batch = 32,
      .block = 4,
      .size = {64, 6, 10},
      MOMENTUM,
      .rate = 0.05,
      .activation = "tanh",
      .decay = 0.001,
      .scale = 0.2,
      .data = DIGITS}},
    {{"digits_adam", "trajectory", "OPT-11 OPT-04 FND-24 DAT-21",
      "20 steps on real digits with Adam: all weights and both moments after every step.", 0},
     {.N = 149,
      .E = 4,
      .batch = 32,
      .block = 4,
      .size = {64, 10, 10},
      ADAM,
      .rate = 0.01,
      .activation = "tanh",
      .scale = 0.2,
      .data = DIGITS}},
    {{"digits_larger", "trajectory", "OPT-11 OPT-04 FND-24 DST-01 DST-02",
      "64-32-10 for 20 steps of Adam; only the final state, which every step has made.", 0},
     {.N = 149,
      .E = 4,
      .batch = 32,
      .block = 4,
      .size = {64, 32, 10},
      ADAM,
      .rate = 0.005,
      .activation = "tanh",
      .record = "last",
      .scale = 0.15,
      .data = DIGITS}},
    {{"whole_batch", "trajectory", "OPT-02 FND-24",
      "The batch is larger than the data: batch gradient descent, whatever the order.", 0},
     {.N = 13,
      .E = 4,
      .batch = 64,
      .block = 2,
      .size = {3, 5, 2},
      .rate = 0.3,
      .activation = "tanh"}},
    {{"one_sample", "trajectory", "OPT-03",
      "Batches of one sample: the order of the samples is everything.", 0},
     {.N = 7,
      .E = 3,
      .batch = 1,
      .block = 2,
      .size = {3, 4, 2},
      .rate = 0.2,
      .activation = "tanh"}},
    {{"last_batch_dropped", "trajectory", "OPT-04 OPT-24 DAT-21",
      "The short last batch of each epoch is left out, and the next epoch starts at its start.", 0},
     {.N = 14,
      .E = 3,
      .batch = 4,
      .block = 2,
      .size = {3, 4, 3},
      MOMENTUM,
      .rate = 0.1,
      .activation = "tanh",
      .last_batch = "drop"}},
    {{"fewer_steps", "trajectory", "OPT-29", "Training ends in the middle of the second epoch.", 0},
     {.N = 11,
      .E = 3,
      .S = 5,
      .batch = 4,
      .block = 2,
      .size = {3, 4, 3},
      ADAM,
      .rate = 0.05,
      .activation = "sigmoid",
      .scale = 2}},
    {{"regression", "trajectory", "FND-16 OPT-04 LOS-01",
      "Squared errors of two outputs; short batches of 3 samples, divided by their own size.", 0},
     {.N = 19,
      .E = 3,
      .batch = 8,
      .block = 2,
      .size = {4, 6, 2},
      .rate = 0.1,
      .activation = "tanh",
      SQUARED}},
    {{"regression_adam", "trajectory", "FND-16 OPT-11 REG-03",
      "Squared errors, Adam with an L2 penalty, ReLU.", 0},
     {.N = 19,
      .E = 2,
      .batch = 5,
      .block = 2,
      .size = {4, 6, 2},
      ADAM,
      .rate = 0.02,
      .activation = "relu",
      SQUARED,
      .decay = 0.05}},
    {{"logistic_regression", "trajectory", "FND-08 OPT-04",
      "No hidden layer, with weight decay on weights and biases alike.", 0},
     {.N = 23, .E = 3, .batch = 8, .block = 4, .size = {5, 3}, .rate = 0.5, .decay = 0.1}},
    {{"linear_regression", "trajectory", "FND-09 OPT-01",
      "Descent on a quadratic: linear regression by gradient descent.", 0},
     {.N = 12, .E = 6, .batch = 12, .block = 2, .size = {3, 1}, .rate = 0.2, SQUARED}},
    {{"three_layers", "trajectory", "FND-14 OPT-05",
      "Three layers of sigmoids: an update made before the gradient has passed cannot hide.", 0},
     {.N = 17,
      .E = 2,
      .batch = 5,
      .block = 2,
      .size = {4, 6, 5, 3},
      MOMENTUM,
      .rate = 0.3,
      .activation = "sigmoid",
      .scale = 1.5}},
    {{"relu_momentum", "trajectory", "OPT-05 ACT-04",
      "ReLU and momentum with weight decay: decisions stay far from 0 on the whole way.", 0},
     {.N = 15,
      .E = 2,
      .batch = 4,
      .block = 2,
      .size = {4, 5, 3},
      MOMENTUM,
      .rate = 0.05,
      .activation = "relu",
      .decay = 0.02}},
    {{"tiny_gradients", "trajectory", "OPT-11",
      "Weights, inputs and targets so small that gradients are near Adam's epsilon.", 0},
     {.N = 9,
      .E = 2,
      .batch = 4,
      .block = 2,
      .size = {3, 2},
      ADAM,
      .rate = 1e-7,
      SQUARED,
      .scale = 1e-6}},
    {{"record_last", "trajectory", "FND-24",
      "Only the final state is recorded, the loss of every step is.", 0},
     {.N = 18,
      .E = 2,
      .batch = 4,
      .block = 2,
      .size = {4, 7, 3},
      MOMENTUM,
      .rate = 0.1,
      .activation = "tanh",
      .record = "last"}},
    {{"many_small_blocks", "trajectory", "DST-01 DST-02 DST-18",
      "Batches of 31 samples in blocks of 2: up to eight ranks have work in every step.", 0},
     {.N = 79,
      .E = 2,
      .batch = 31,
      .block = 2,
      .size = {3, 5, 2},
      .rate = 0.4,
      .activation = "tanh"}},
    {{"exact_first_step", "exact", "OPT-01 OPT-02 DST-02",
      "One step of linear regression in whole numbers: nothing is rounded, in any order.", 0},
     {.N = 32,
      .E = 1,
      .batch = 32,
      .block = 4,
      .size = {3, 2},
      .rate = 0.25,
      SQUARED,
      .data = EXACT}},
};

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
    }
    return is->size[l];
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
    const char *const choices[][2] = {{"optimizer", is->optimizer},
                                      {"activation", is->activation},
                                      {"loss", is->loss},
                                      {"last_batch", is->last_batch},
                                      {"record", is->record}};
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

void mini_batch_training_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        state_conventions(test, is);
        size_t K = fill_weights(test, is);
        fill_samples(test, is, K);
        case_permutations(test, "permutation", is->E, is->N);
        fill_rate(test, is);
    }
}
