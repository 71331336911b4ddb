// SPDX-License-Identifier: MIT
/* Attacks on the digits network that the engine has just trained: how many test samples are still
 * read right, by radius. */
#include "pictures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RADII = 7, EXAMPLES = 8, EXAMPLE = 4, ALL_STEPS = 10 };

/* steps 0: the samples moved at random; 1: one step of the whole radius. */
struct attack {
    const char *name, *norm;
    int steps;
};
static const struct attack attacks[] = {
    {"random noise", "linf", 0}, {"FGSM", "linf", 1},   {"PGD, 10 steps", "linf", ALL_STEPS},
    {"random noise", "l2", 0},   {"one step", "l2", 1}, {"PGD, 10 steps", "l2", ALL_STEPS}};
enum { ATTACKS = sizeof attacks / sizeof *attacks, BY_EXAMPLE = 2 };

static double radius_of(const struct attack *attack, int r)
{
    static const double share[RADII] = {0, 0.05, 0.1, 0.2, 0.4, 0.7, 1};
    return share[r] * (strcmp(attack->norm, "linf") == 0 ? 0.25 : 2);
}

/* Trains the network and reads it, with its test samples. */
static int read_network(struct bench *bench, struct assay_file *network)
{
    char path[BENCH_PATH], dataset[BENCH_PATH], epochs[16], error[ASSAY_ERROR] = "";
    snprintf(dataset, sizeof dataset, "%.1000s/digits.h5", bench->data);
    snprintf(epochs, sizeof epochs, "%d", bench->epochs);
    struct bench_command train = {"assay-engine",
                                  1,
                                  {"train", "--data", dataset, "--epochs", epochs, "--case",
                                   bench_path(bench, path, "picture_network.h5")},
                                  {NULL}};
    char *output = NULL;
    int status = bench_run(bench, &train, &output, NULL);
    free(output);
    if (status == 0)
        status = assay_file_read(network, path, 0, error);
    if (status != 0)
        bench_invalid(bench, "the network to be attacked: exit status %d %.300s", status, error);
    return status;
}

static void copy_inputs(struct assay_case *test, const struct assay_case *network)
{
    for (size_t k = 0; k < network->request.inputs; k++) {
        const struct request_array *from = &network->request.input[k];
        struct dims dims = {from->rank, {0}};
        for (int axis = 0; axis < from->rank; axis++)
            dims.size[axis] = from->dim[axis];
        case_values(test, from->name, dims, from->value);
        test->request.input[test->request.inputs - 1].integral = from->integral;
    }
}

/* A point of the ball's surface for each sample: signs, or a normal vector of that length. */
static void add_start(struct assay_case *test, const struct attack *attack, double radius)
{
    const struct request_array *x = assay_case_input(test, "x");
    size_t N = x->dim[0], D = x->dim[1];
    int is_l2 = strcmp(attack->norm, "l2") == 0;
    case_normal(test, "start", DIMS(1, N, D), 0, 1);
    double *start = case_input(test, "start");
    for (size_t n = 0; n < N; n++) {
        double square = 0;
        for (size_t d = 0; d < D; d++)
            square += start[n * D + d] * start[n * D + d];
        for (size_t d = 0; d < D; d++) {
            double z = start[n * D + d];
            start[n * D + d] = (float)(radius * (is_l2 ? z / sqrt(square) : z < 0 ? -1 : 1));
        }
    }
}

static void add_case(struct case_list *list, const struct assay_case *network,
                     const struct attack *attack, int number, int r)
{
    char name[ASSAY_NAME];
    double radius = radius_of(attack, r);
    snprintf(name, sizeof name, "picture_%d_%d", number, r);
    struct case_head head = {name, "trajectory", "", "A trained network under attack.", 0};
    struct assay_case *test = case_add(list, &head);
    copy_inputs(test, network);
    case_choice(test, "activation", assay_case_choice(network, "activation", "relu"));
    case_choice(test, "norm", attack->norm);
    case_number(test, "epsilon", radius);
    case_number(test, "steps", attack->steps > 1 ? attack->steps : 1);
    case_number(test, "alpha",
                attack->steps > 1 ? 2.5 * radius / attack->steps : attack->steps * radius);
    if (attack->steps == 0)
        add_start(test, attack, radius);
}

static double accuracy_of(const struct assay_result_array *success)
{
    double fooled = 0;
    for (size_t n = 0; n < success->count; n++)
        fooled += success->value[n];
    return success->count ? 1 - fooled / (double)success->count : 0;
}

static json_t *curves(struct bench *bench, const struct assay_result *result)
{
    json_t *list = json_array();
    for (int a = 0; a < ATTACKS; a++) {
        double epsilon[RADII], accuracy[RADII];
        for (int r = 0; r < RADII; r++) {
            epsilon[r] = radius_of(&attacks[a], r);
            accuracy[r] =
                accuracy_of(picture_output(bench, result, (size_t)(a * RADII + r), "success"));
        }
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o, s:o}", "attack", attacks[a].name, "norm",
                                        attacks[a].norm, "epsilon", picture_numbers(epsilon, RADII),
                                        "accuracy", picture_numbers(accuracy, RADII)));
    }
    return list;
}

/* The classes that the network sees in other samples than those of its case. */
static int read_classes(struct bench *bench, const struct assay_case *network, const double *x,
                        int *class)
{
    struct case_list list = {.technique = "multilayer_perceptron"};
    static const struct case_head head = {"picture", "bounded", "", "Samples under attack.", 0};
    struct assay_case *test = case_add(&list, &head);
    struct assay_result result;
    copy_inputs(test, network);
    case_choice(test, "activation", assay_case_choice(network, "activation", "relu"));
    double *to = case_input(test, "x");
    for (size_t i = 0; i < assay_case_input(test, "x")->count; i++)
        to[i] = x[i];
    int status = picture_run(bench, &list, &result);
    if (status == 0) {
        const struct assay_result_array *z = picture_output(bench, &result, 0, "output");
        for (size_t n = 0; n < z->dim[0]; n++) {
            class[n] = 0;
            for (size_t k = 1; k < z->dim[1]; k++) {
                if (z->value[n * z->dim[1] + k] > z->value[n * z->dim[1] + (size_t) class[n]])
                    class[n] = (int)k;
            }
        }
    }
    assay_result_free(&result);
    case_list_free(&list);
    return status;
}

/* The first test samples of the digits 0, 1, ... */
static json_t *examples(struct bench *bench, const struct assay_case *network,
                        const struct assay_result *result)
{
    const struct request_array *x = assay_case_input(network, "x");
    const struct request_array *labels = assay_case_input(network, "labels");
    const struct assay_result_array *attacked =
        picture_output(bench, result, BY_EXAMPLE * RADII + EXAMPLE, "adversarial");
    size_t N = x->dim[0], D = x->dim[1];
    int *before = calloc(N, sizeof *before), *after = calloc(N, sizeof *after);
    json_t *list = json_array();
    if (before && after && attacked->count == x->count &&
        read_classes(bench, network, x->value, before) == 0 &&
        read_classes(bench, network, attacked->value, after) == 0) {
        for (int digit = 0; digit < EXAMPLES; digit++) {
            size_t n = 0;
            while (n + 1 < N && labels->value[n] != digit)
                n++;
            json_array_append_new(
                list, json_pack("{s:i, s:i, s:i, s:o, s:o}", "label", digit, "before", before[n],
                                "after", after[n], "image", picture_numbers(&x->value[n * D], D),
                                "adversarial", picture_numbers(&attacked->value[n * D], D)));
        }
    }
    free(before);
    free(after);
    return list;
}

json_t *picture_attacks(struct bench *bench)
{
    struct assay_file network = {0};
    struct assay_result result = {.techniques = 0};
    struct case_list list = {.technique = "projected_gradient_descent"};
    json_t *lines = NULL, *shown = NULL;
    char example[96];
    snprintf(example, sizeof example, "PGD of %d steps within %g (L\u221e)", ALL_STEPS,
             radius_of(&attacks[BY_EXAMPLE], EXAMPLE));
    if (read_network(bench, &network) == 0) {
        for (int a = 0; a < ATTACKS; a++) {
            for (int r = 0; r < RADII; r++)
                add_case(&list, &network.test[0], &attacks[a], a, r);
        }
        if (picture_run(bench, &list, &result) == 0) {
            lines = curves(bench, &result);
            shown = examples(bench, &network.test[0], &result);
        }
    }
    assay_result_free(&result);
    assay_file_free(&network);
    case_list_free(&list);
    return json_pack("{s:s, s:f, s:o, s:s, s:o}", "what",
                     "The test digits, with pixels from 0 to 1, moved by at most a radius ε "
                     "against the network above: how many it still reads right, by "
                     "`projected_gradient_descent`; in one step of the whole radius (the fast "
                     "gradient sign method), in ten, and by noise of the same size.",
                     "chance", 0.1, "curves", lines ? lines : json_array(), "example_attack",
                     example, "examples", shown ? shown : json_array());
}
