// SPDX-License-Identifier: MIT
#include "pictures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int picture_run(struct bench *bench, const struct case_list *list, struct assay_result *result)
{
    char cases[BENCH_PATH], answers[BENCH_PATH], name[96], error[ASSAY_ERROR] = "";
    struct assay_file file = {.cases = list->count, .test = list->test};
    int ranks = 1;
    memset(result, 0, sizeof *result);
    for (size_t r = 0; r < bench->rank_counts; r++) {
        if (!bench->ranks[r].crowded)
            ranks = bench->ranks[r].ranks;
    }
    snprintf(name, sizeof name, "picture_%s.h5", list->technique);
    bench_path(bench, cases, name);
    snprintf(name, sizeof name, "picture_%s_result.h5", list->technique);
    bench_path(bench, answers, name);
    for (size_t i = 0; i < list->count; i++)
        assay_case_sort(&list->test[i]);
    struct bench_command run = {
        "assay-engine", ranks, {"run", cases, "-o", answers, "--precision", "f32"}, {NULL}};
    int status = assay_file_write(&file, cases, error);
    if (status == 0 && (status = bench_run(bench, &run, NULL, NULL)) != 0)
        snprintf(error, sizeof error, "the engine ended with exit status %d", status);
    if (status == 0)
        status = assay_result_read(result, answers, error);
    if (status == 0 && (result->techniques != 1 || result->technique[0].cases != list->count))
        snprintf(error, sizeof error, "cases were not answered");
    if (error[0])
        bench_invalid(bench, "the pictures of %s: %.300s", list->technique, error);
    return error[0] ? 2 : 0;
}

const struct assay_result_array *picture_output(struct bench *bench,
                                                const struct assay_result *result, size_t test,
                                                const char *name)
{
    static const struct assay_result_array nothing;
    const struct assay_result_case *answered = &result->technique[0].test[test];
    for (size_t k = 0; k < answered->outputs; k++) {
        if (strcmp(answered->output[k].name, name) == 0)
            return &answered->output[k];
    }
    bench_invalid(bench, "the pictures lack the output %s: %.300s", name, answered->refused);
    return &nothing;
}

/* Four digits behind the point are more than a picture can show. */
static json_t *rounded(double value)
{
    return json_real(round(value * 1e4) / 1e4);
}

json_t *picture_numbers(const double *value, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, rounded(value[i]));
    return list;
}

json_t *picture_points(const double *value, size_t rows)
{
    json_t *list = json_array();
    for (size_t n = 0; n < rows; n++)
        json_array_append_new(list, picture_numbers(&value[2 * n], 2));
    return list;
}

/* ---- a generative adversarial network -------------------------------------------------------- */

enum { ITERATIONS = 3000, HALF = 32, BATCH = 64, HIDDEN = 128, SHOWN = 300 };

static const struct case_head head_gan = {
    "picture", "trajectory", "", "The network of the sources over its training, for a picture.", 0};

/* Dense layers sizes[0] x sizes[1], ... by Glorot's uniform law, as Keras does by default. */
static void add_player(struct assay_case *test, const char *player, const size_t sizes[4])
{
    for (size_t l = 0; l < 3; l++) {
        char name[REQUEST_NAME];
        double reach = sqrt(6.0 / (double)(sizes[l] + sizes[l + 1]));
        snprintf(name, sizeof name, "%s_w%zu", player, l + 1);
        case_uniform(test, name, DIMS(sizes[l], sizes[l + 1]), -reach, reach);
        snprintf(name, sizeof name, "%s_b%zu", player, l + 1);
        case_constant(test, name, DIMS(sizes[l + 1]), 0);
    }
}

json_t *picture_gan(struct bench *bench)
{
    static const size_t generator[4] = {2, HIDDEN, HIDDEN, 2},
                        discriminator[4] = {2, HIDDEN, HIDDEN, 1};
    static const size_t shown[] = {50, 300, 1000, ITERATIONS};
    struct case_list list = {.technique = "gan_training"};
    struct assay_case *test = case_add(&list, &head_gan);
    struct assay_result result;
    add_player(test, "generator", generator);
    add_player(test, "discriminator", discriminator);
    case_normal(test, "real", DIMS(ITERATIONS, HALF, 2), 2, 0.5);
    case_normal(test, "fake_noise", DIMS(ITERATIONS, HALF, 2), 0, 1);
    case_normal(test, "noise", DIMS(ITERATIONS, BATCH, 2), 0, 1);
    case_normal(test, "fixed_noise", DIMS(SHOWN, 2), 0, 1);
    case_choice(test, "record", "norms");
    case_number(test, "generator_rate", 0.0002);
    case_number(test, "discriminator_rate", 0.0002);
    case_number(test, "beta1", 0.5);
    case_number(test, "beta2", 0.999);
    case_number(test, "epsilon", 1e-7);
    json_t *snapshots = json_array(), *target = picture_points(case_input(test, "real"), SHOWN);
    if (picture_run(bench, &list, &result) == 0) {
        const struct assay_result_array *samples = picture_output(bench, &result, 0, "samples");
        for (size_t k = 0; k < sizeof shown / sizeof *shown && samples->count; k++)
            json_array_append_new(
                snapshots,
                json_pack("{s:I, s:o}", "iteration", (json_int_t)shown[k], "samples",
                          picture_points(&samples->value[(shown[k] - 1) * SHOWN * 2], SHOWN)));
    }
    assay_result_free(&result);
    case_list_free(&list);
    return json_pack(
        "{s:s, s:o, s:o}", "what",
        "A generator 2-128-128-2 and a discriminator 2-128-128-1 in turn, the network of "
        "the sources, with half batches of 32 and Adam (rate 0.0002, beta1 1/2), on "
        "the normal distribution around (2, 2), by `gan_training`.",
        "target", target, "snapshots", snapshots);
}

/* ---- synthetic samples ----------------------------------------------------------------------- */

enum { MAJORITY = 300, MINORITY = 30, ADDED = MAJORITY - MINORITY, NEIGHBOURS = 5 };

static const struct case_head head_smote = {
    "picture", "bounded", "", "A minority on an arc above the majority, for a picture.", 0};

json_t *picture_smote(struct bench *bench)
{
    struct case_list list = {.technique = "smote"};
    struct assay_case *test = case_add(&list, &head_smote);
    struct assay_result result;
    int label[MAJORITY + MINORITY];
    for (int n = 0; n < MAJORITY + MINORITY; n++)
        label[n] = n >= MAJORITY;
    case_normal(test, "x", DIMS(MAJORITY + MINORITY, 2), 0, 1);
    double *x = case_input(test, "x");
    for (int n = MAJORITY; n < MAJORITY + MINORITY; n++) {
        double along = 3.0 * (n - MAJORITY) / (MINORITY - 1) - 1.5;
        x[2 * n] = (float)(1.3 * along + 0.15 * x[2 * n]);
        x[2 * n + 1] = (float)(2.6 - 0.9 * along * along + 0.15 * x[2 * n + 1]);
    }
    case_integers(test, "label", DIMS(MAJORITY + MINORITY), label);
    case_number(test, "classes", 2);
    case_number(test, "neighbours", NEIGHBOURS);
    case_labels(test, "base", ADDED, MINORITY);
    case_labels(test, "pick", ADDED, NEIGHBOURS);
    case_uniform(test, "gap", DIMS(ADDED), 0, 1);
    json_t *majority = picture_points(x, MAJORITY), *synthetic = NULL;
    json_t *minority = picture_points(&x[2 * MAJORITY], MINORITY);
    if (picture_run(bench, &list, &result) == 0) {
        const struct assay_result_array *made = picture_output(bench, &result, 0, "synthetic");
        synthetic = picture_points(made->value, made->count / 2);
    }
    assay_result_free(&result);
    case_list_free(&list);
    return json_pack("{s:s, s:o, s:o, s:o}", "what",
                     "A minority of 30 beside 300 others, filled up by `smote` with 5 neighbours.",
                     "majority", majority, "minority", minority, "synthetic",
                     synthetic ? synthetic : json_array());
}

json_t *bench_pictures(struct bench *bench)
{
    return json_pack("{s:o, s:o, s:o}", "attacks", picture_attacks(bench), "gan",
                     picture_gan(bench), "smote", picture_smote(bench));
}
