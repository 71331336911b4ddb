// SPDX-License-Identifier: MIT
#include "../suites/protocol/case.h"
#include "../suites/protocol/recipe.h"
#include "failure.h"
#include "training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One more input, of value 0. */
static double *add_input(struct arena *arena, struct request *request, const char *name, int rank,
                         size_t rows, size_t columns)
{
    struct request_array *input = &request->input[request->inputs++];
    *input = (struct request_array){.rank = rank, .dim = {rows, columns}};
    input->count = rank == 2 ? rows * columns : rows;
    input->value = arena_take(arena, input->count, sizeof *input->value);
    snprintf(input->name, sizeof input->name, "%s", name);
    return input->value;
}

/* The test samples, and labels or targets, as the loss wants them. */
static int add_samples(struct arena *arena, struct request *request, const struct recipe *recipe,
                       const struct dataset *data, char *error)
{
    size_t N = recipe_samples(data, DATASET_TEST), D = data->features, n = 0;
    size_t size[RECIPE_HIDDEN + 2], layers = recipe_sizes(recipe, data, size), K = size[layers];
    const bool has_labels = recipe->loss == RECIPE_CROSS_ENTROPY;
    double *x = add_input(arena, request, "x", 2, N, D);
    double *answer = has_labels ? add_input(arena, request, "labels", 1, N, 0)
                                : add_input(arena, request, "targets", 2, N, K);
    request->input[1].integral = has_labels;
    unsigned char *pixel = arena_take(arena, D, 1);
    for (size_t s = 0; s < data->samples; s++) {
        struct dataset_row row = {s, pixel};
        if (data->split[s] != DATASET_TEST)
            continue;
        if (dataset_read(data, &row, 1, NULL, error, ASSAY_ERROR) != 0)
            return EXIT_UNUSABLE;
        for (size_t d = 0; d < D; d++)
            x[n * D + d] = (double)((float)pixel[d] / (float)data->maximum);
        if (has_labels)
            answer[n] = data->labels[s];
        for (size_t k = 0; !has_labels && k < K; k++)
            answer[n * K + k] = K == 1 ? data->labels[s] : k == data->labels[s];
        n++;
    }
    return 0;
}

static void add_layers(struct arena *arena, struct request *request,
                       const struct training_record *record, const struct recipe *recipe,
                       const struct dataset *data)
{
    size_t size[RECIPE_HIDDEN + 2], layers = recipe_sizes(recipe, data, size), p = 0;
    for (size_t l = 0; l < layers; l++) {
        size_t I = size[l], O = size[l + 1];
        char name[REQUEST_NAME];
        snprintf(name, sizeof name, "w%zu", l + 1);
        double *w = add_input(arena, request, name, 2, I, O);
        name[0] = 'b';
        double *b = add_input(arena, request, name, 1, O, 0);
        for (size_t i = 0; i < I * O; i++)
            w[i] = (double)(float)record->parameter[p++];
        for (size_t o = 0; o < O; o++)
            b[o] = (double)(float)record->parameter[p++];
    }
}

int training_write_case(const struct training_record *record, const struct recipe *recipe,
                        const struct dataset *data, const char *path)
{
    struct arena arena = {NULL};
    struct request_number block = {"block", (double)recipe->block};
    struct request_choice choice[] = {{"activation", ""}, {"loss", ""}};
    struct request_array input[2 + 2 * (RECIPE_HIDDEN + 1)];
    struct assay_case test = {
        .technique = "multilayer_perceptron",
        .name = "trained",
        .tier = "bounded",
        .request = {
            .numbers = 1, .number = &block, .choices = 2, .choice = choice, .input = input}};
    struct assay_file file = {.cases = 1, .test = &test};
    char error[ASSAY_ERROR] = "";
    snprintf(choice[0].value, sizeof choice[0].value, "%s", recipe_activation_name(recipe));
    snprintf(choice[1].value, sizeof choice[1].value, "%s", recipe_loss_name(recipe));
    snprintf(test.why, sizeof test.why, "A network after %zu steps on %s, and its test samples.",
             record->steps, data->name);
    int status = add_samples(&arena, &test.request, recipe, data, error);
    if (status == 0) {
        add_layers(&arena, &test.request, record, recipe, data);
        assay_case_sort(&test);
        status = assay_file_write(&file, path, error);
    }
    arena_release(&arena);
    return status == 0 ? 0 : failure_unusable("%s", error);
}
