// SPDX-License-Identifier: MIT
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double target_accuracy = 0.97;
enum { batch_samples = 64, most_ranks = batch_samples }; /* a sample of each batch for every rank */

struct program {
    const char *program, *precision, *arithmetic;
    int ranks;
};

static void label_of(char *label, size_t size, const struct program *it)
{
    if (it->ranks == 0)
        snprintf(label, size, "reference, %s", it->precision);
    else
        snprintf(label, size, "engine, %s, %s, %d rank%s", it->arithmetic, it->precision, it->ranks,
                 it->ranks == 1 ? "" : "s");
}

/* Samples of a canonical block: 16, or as few as it takes that every rank has one of each batch. */
static int block_of(const struct bench *bench)
{
    int block = 16;
    for (size_t r = 0; r < bench->rank_counts; r++) {
        int ranks = bench->ranks[r].ranks;
        while (ranks <= most_ranks && block > 1 && (batch_samples + block - 1) / block < ranks)
            block /= 2;
    }
    return block;
}

static struct bench_command command_of(const struct bench *bench, const struct program *it,
                                       const char *verb, const char *dataset, const char *json,
                                       const char *epochs)
{
    struct bench_command c = {
        it->program, it->ranks, {verb, "--data", dataset, "--epochs", epochs}, {NULL}};
    static char block[16];
    size_t n = 5;
    snprintf(block, sizeof block, "%d", block_of(bench));
    c.argument[n++] = "--block";
    c.argument[n++] = block;
    c.argument[n++] = "--precision";
    c.argument[n++] = it->precision;
    c.argument[n++] = "--json";
    if (json)
        c.argument[n++] = json;
    if (it->ranks > 0) {
        c.argument[n++] = "--arithmetic";
        c.argument[n++] = it->arithmetic;
    }
    return c;
}

/* The last epoch that states a test accuracy. */
static double final_accuracy(const json_t *record)
{
    const json_t *epochs = json_object_get(record, "epochs");
    size_t count = json_array_size(epochs);
    return count ? json_number_value(
                       json_object_get(json_array_get(epochs, count - 1), "test_accuracy"))
                 : 0;
}

static json_t *train_one(struct bench *bench, const struct program *it)
{
    char path[BENCH_PATH], dataset[BENCH_PATH], name[96], label[96], epochs[16], *output = NULL;
    double seconds = 0;
    label_of(label, sizeof label, it);
    snprintf(name, sizeof name, "training_%s_%s_%s_%d.json", it->program, it->precision,
             it->arithmetic, it->ranks);
    snprintf(epochs, sizeof epochs, "%d", bench->epochs);
    snprintf(dataset, sizeof dataset, "%.1000s/digits.h5", bench->data);
    struct bench_command command =
        command_of(bench, it, "train", dataset, bench_path(bench, path, name), epochs);
    int status = bench_run(bench, &command, &output, &seconds);
    free(output);
    json_t *record = status == 0 ? json_load_file(path, 0, NULL) : NULL;
    if (!record) {
        bench_invalid(bench, "%s: training ended with exit status %d", label, status);
        return NULL;
    }
    double accuracy = final_accuracy(record);
    if (!bench->quick && !(accuracy >= target_accuracy)) /* so few epochs do not get there */
        bench_invalid(bench, "%s reached a test accuracy of %.2f %% only", label, 100 * accuracy);
    json_object_set_new(record, "label", json_string(label));
    json_t *recipe = json_object_get(record, "recipe");
    if (recipe) /* the data set's name, not where it lies on this machine */
        json_object_set_new(recipe, "data", json_string("digits"));
    json_object_set_new(record, "seconds", json_real(seconds));
    json_object_set_new(record, "test_accuracy", json_real(accuracy));
    size_t i;
    json_t *epoch;
    json_array_foreach(json_object_get(record, "epochs"), i, epoch)
        json_object_set_new(epoch, "epoch", json_integer((json_int_t)i + 1));
    return record;
}

static void require_same_weights(struct bench *bench, const json_t *runs)
{
    const char *first = NULL;
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run)
    {
        const char *hash = json_string_value(json_object_get(run, "weights_sha256"));
        const char *arithmetic = json_string_value(json_object_get(run, "arithmetic"));
        if (!hash || !arithmetic || strcmp(arithmetic, "fast") == 0)
            continue;
        if (first && strcmp(first, hash) != 0)
            bench_invalid(bench, "the trained weights depend on the number of ranks");
        first = first ? first : hash;
    }
}

json_t *bench_training(struct bench *bench)
{
    struct program serial = {"assay-reference", "f32", "serial", 0};
    json_t *runs = json_array(), *run;
    for (size_t r = 0; r < bench->rank_counts && bench->ranks[r].ranks <= most_ranks; r++) {
        struct program engine = {"assay-engine", "f32", "reproducible", bench->ranks[r].ranks};
        run = train_one(bench, &engine);
        if (run)
            json_array_append_new(runs, run);
    }
    run = train_one(bench, &serial);
    if (run)
        json_array_append_new(runs, run);
    require_same_weights(bench, runs);
    return json_pack("{s:f, s:b, s:o}", "target_accuracy", target_accuracy, "reached",
                     bench->reason[0] == 0, "runs", runs);
}

static json_t *timing_row(const char *label, const struct program *it, const char *arithmetic,
                          const json_t *duration, double limit)
{
    double median = json_number_value(json_object_get(duration, "median"));
    const json_t *repetitions = json_object_get(duration, "seconds");
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:f, s:f, s:O, s:f}", "label", label, "program",
                     it->program, "precision", it->precision, "arithmetic", arithmetic, "ranks",
                     it->ranks, "median", median, "minimum",
                     json_number_value(json_object_get(duration, "minimum")), "repetitions",
                     repetitions ? repetitions : json_null(), "ratio_to_limit",
                     limit > 0 ? median / limit : 0.0);
}

static void time_engine(struct bench *bench, json_t *rows, const char *arithmetic, int ranks,
                        double *limit)
{
    struct program engine = {"assay-engine", "f32", arithmetic, ranks};
    char dataset[BENCH_PATH], label[96];
    snprintf(dataset, sizeof dataset, "%.1000s/digits.h5", bench->data);
    struct bench_command command = command_of(bench, &engine, "bench", dataset, NULL, "1");
    json_t *record = bench_run_json(bench, &command, 0, NULL);
    if (!record)
        return;
    const json_t *products = json_object_get(record, "seconds_of_products_alone");
    if (*limit == 0) {
        *limit = json_number_value(json_object_get(products, "median"));
        snprintf(label, sizeof label, "matrix products alone, f32, %d rank%s", ranks,
                 ranks == 1 ? "" : "s");
        json_array_append_new(
            rows, timing_row(label, &engine, "matrix products alone", products, *limit));
    }
    label_of(label, sizeof label, &engine);
    json_array_append_new(rows, timing_row(label, &engine, arithmetic,
                                           json_object_get(record, "seconds_per_step"), *limit));
    json_decref(record);
}

json_t *bench_timing(struct bench *bench, const json_t *training)
{
    struct program serial = {"assay-reference", "f32", "serial", 0};
    json_t *rows = json_array();
    double one_rank = 0;
    for (size_t r = 0; r < bench->rank_counts; r++) {
        double limit = 0;
        int ranks = bench->ranks[r].ranks;
        if (bench->ranks[r].crowded || ranks > most_ranks)
            continue;
        time_engine(bench, rows, "fast", ranks, &limit);
        time_engine(bench, rows, "reproducible", ranks, &limit);
        one_rank = r == 0 ? limit : one_rank;
    }
    const json_t *runs = json_object_get(training, "runs");
    const json_t *reference = json_array_get(runs, json_array_size(runs) - 1);
    const json_t *seconds = json_object_get(reference, "seconds_per_step");
    if (seconds)
        json_array_append_new(rows,
                              timing_row("reference, f32", &serial, "serial", seconds, one_rank));
    return json_pack("{s:s, s:s, s:o}", "unit", "seconds per step", "what",
                     "one training step of the digits network: a batch of 64, 64-128-64-10, Adam",
                     "rows", rows);
}
