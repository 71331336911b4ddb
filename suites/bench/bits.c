// SPDX-License-Identifier: MIT
#include "bench.h"

#include "../protocol/case.h"
#include "digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One way to compute the same thing. */
struct setting {
    const char *work; /* "corpus" or "training" */
    const char *precision;
    int ranks;           /* 0: the serial reference */
    const char *threads; /* --threads, of each rank; NULL: 1 */
    const char *width;   /* --vector-width; NULL: the widest */
    const char *core;    /* OPENBLAS_CORETYPE; NULL: as detected */
    int control;         /* the fast arithmetic, which is expected to differ */
};

/* The first of each work and precision is what the others are compared with. */
static const struct setting thorough[] = {
    {"corpus", "f32", 0, NULL, NULL, NULL, 0},
    {"corpus", "f32", 1, NULL, NULL, NULL, 0},
    {"corpus", "f32", 2, NULL, NULL, NULL, 0},
    {"corpus", "f32", 3, NULL, NULL, NULL, 0},
    {"corpus", "f32", 4, NULL, NULL, NULL, 0},
    {"corpus", "f32", 5, NULL, NULL, NULL, 0},
    {"corpus", "f32", 7, NULL, NULL, NULL, 0},
    {"corpus", "f32", 8, NULL, NULL, NULL, 0},
    {"corpus", "f32", 1, "2", NULL, NULL, 0},
    {"corpus", "f32", 3, "2", NULL, NULL, 0},
    {"corpus", "f32", 1, NULL, "scalar", NULL, 0},
    {"corpus", "f32", 1, NULL, "256", NULL, 0},
    {"corpus", "f32", 1, NULL, "512", NULL, 0},
    {"corpus", "f32", 2, NULL, NULL, "Prescott", 0},
    {"corpus", "f32", 2, NULL, NULL, "Sandybridge", 0},
    {"corpus", "f32", 2, NULL, NULL, "Haswell", 0},
    {"corpus", "f32", 2, NULL, NULL, "Zen", 0},
    {"corpus", "f32", 2, NULL, NULL, "SkylakeX", 0},
    {"corpus", "f64", 1, NULL, NULL, NULL, 0},
    {"corpus", "f64", 2, NULL, NULL, NULL, 0},
    {"corpus", "f64", 3, NULL, NULL, NULL, 0},
    {"corpus", "f64", 8, NULL, NULL, NULL, 0},
    {"corpus", "f64", 2, "2", NULL, NULL, 0},
    {"corpus", "f64", 1, NULL, "scalar", NULL, 0},
    {"corpus", "f64", 1, NULL, "256", NULL, 0},
    {"corpus", "f64", 2, NULL, NULL, "Haswell", 0},
    {"training", "f32", 0, NULL, NULL, NULL, 0},
    {"training", "f32", 1, NULL, NULL, NULL, 0},
    {"training", "f32", 2, NULL, NULL, NULL, 0},
    {"training", "f32", 3, NULL, NULL, NULL, 0},
    {"training", "f32", 4, NULL, NULL, NULL, 0},
    {"training", "f32", 1, "2", NULL, NULL, 0},
    {"training", "f32", 1, NULL, "scalar", NULL, 0},
    {"training", "f32", 2, "2", NULL, "Haswell", 0},
    {"corpus", "f32", 1, NULL, NULL, NULL, 1},
    {"corpus", "f32", 3, NULL, NULL, NULL, 1},
    {"training", "f32", 2, NULL, NULL, NULL, 1},
};

/* For the main job: one of each kind, several kinds in a row. */
static const struct setting quick[] = {
    {"corpus", "f32", 0, NULL, NULL, NULL, 0},
    {"corpus", "f32", 1, NULL, "scalar", NULL, 0},
    {"corpus", "f32", 2, "2", NULL, "Haswell", 0},
    {"corpus", "f32", 5, NULL, NULL, NULL, 0},
    {"corpus", "f32", 1, NULL, "256", "Prescott", 0},
    {"corpus", "f64", 1, NULL, NULL, NULL, 0},
    {"corpus", "f64", 2, NULL, "scalar", "Haswell", 0},
    {"training", "f32", 0, NULL, NULL, NULL, 0},
    {"training", "f32", 1, NULL, NULL, NULL, 0},
    {"training", "f32", 2, "2", NULL, NULL, 0},
    {"training", "f32", 3, NULL, NULL, NULL, 0},
    {"corpus", "f32", 2, NULL, NULL, NULL, 1},
};

/* Whether this processor has the registers; a machine without them cannot run that row. */
static int has_width(const char *width)
{
    const char *flag = strcmp(width, "512") == 0 ? " avx512f " : " avx2 ";
    char line[8192];
    int found = strcmp(width, "scalar") == 0;
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (!found && file && fgets(line, sizeof line, file)) {
        if (strncmp(line, "flags", 5) == 0)
            found = strstr(line, flag) != NULL;
    }
    if (file)
        fclose(file);
    return found;
}

static void label_of(char *label, size_t size, const struct setting *s)
{
    size_t used;
    if (s->ranks == 0)
        used = (size_t)snprintf(label, size, "%s, %s, serial reference", s->work, s->precision);
    else
        used = (size_t)snprintf(label, size, "%s, %s, %d rank%s%s", s->work, s->precision, s->ranks,
                                s->ranks == 1 ? "" : "s", s->control ? ", fast arithmetic" : "");
    if (s->threads && used < size)
        used += (size_t)snprintf(label + used, size - used, ", %s threads", s->threads);
    if (s->width && used < size)
        used += (size_t)snprintf(label + used, size - used, ", vector width %s", s->width);
    if (s->core && used < size)
        snprintf(label + used, size - used, ", BLAS core %s", s->core);
}

static struct bench_command command_of(const struct bench *bench, const struct setting *s,
                                       const char *path, const char *dataset, char variable[64])
{
    struct bench_command c = {
        s->ranks ? "assay-engine" : "assay-reference", s->ranks, {NULL}, {NULL}};
    size_t n = 0;
    if (strcmp(s->work, "corpus") == 0) {
        const char *run[] = {"run", bench->cases, "-o", path};
        for (; n < 4; n++)
            c.argument[n] = run[n];
    } else {
        const char *train[] = {"train", "--data", dataset, "--epochs", "2", "--json", path};
        for (; n < 7; n++)
            c.argument[n] = train[n];
    }
    c.argument[n++] = "--precision";
    c.argument[n++] = s->precision;
    if (s->ranks) {
        c.argument[n++] = "--arithmetic";
        c.argument[n++] = s->control ? "fast" : "reproducible";
    }
    if (s->width) {
        c.argument[n++] = "--vector-width";
        c.argument[n++] = s->width;
    }
    if (s->threads) {
        c.argument[n++] = "--threads";
        c.argument[n++] = s->threads;
        c.argument[n++] = "--thread-work"; /* else most cases are too small for two */
        c.argument[n++] = "1";
    }
    if (s->core) {
        snprintf(variable, 64, "OPENBLAS_CORETYPE=%s", s->core);
        c.variable[0] = variable;
    }
    return c;
}

static int same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int same_setting(const struct setting *a, const struct setting *b)
{
    return same_text(a->work, b->work) && same_text(a->precision, b->precision) &&
           a->ranks == b->ranks && same_text(a->threads, b->threads) &&
           same_text(a->width, b->width) && same_text(a->core, b->core) && a->control == b->control;
}

/* The table for this run: every number of ranks that was asked for, and no more ranks than the
 * launcher starts. Returns how many settings it has; room for `count` + BENCH_RANK_COUNTS. */
static size_t choose(const struct bench *bench, const struct setting *all, size_t count,
                     struct setting *chosen)
{
    int most = bench->ranks[bench->rank_counts - 1].ranks;
    size_t n = 0;
    for (size_t i = 0; i < count + bench->rank_counts; i++) {
        struct setting s = {"corpus", "f32", 0, NULL, NULL, NULL, 0};
        int is_known = 0;
        if (i < count)
            s = all[i];
        else
            s.ranks = bench->ranks[i - count].ranks;
        if (!bench->may_crowd && s.ranks > most)
            s.ranks = most;
        for (size_t k = 0; k < n; k++)
            is_known |= same_setting(&chosen[k], &s);
        if (!is_known && !(s.width && !has_width(s.width)))
            chosen[n++] = s;
    }
    return n;
}

static int hash_of(struct bench *bench, const struct setting *s, char hash[65])
{
    char path[BENCH_PATH], dataset[BENCH_PATH], variable[64], error[ASSAY_ERROR] = "",
                                                              *output = NULL;
    int corpus = strcmp(s->work, "corpus") == 0;
    bench_path(bench, path, corpus ? "bits.h5" : "bits.json");
    snprintf(dataset, sizeof dataset, "%.1000s/digits.h5", bench->data);
    struct bench_command command = command_of(bench, s, path, dataset, variable);
    int status = bench_run(bench, &command, &output, NULL);
    free(output);
    if (status != 0) {
        bench_invalid(bench, "a run for the table of bits ended with exit status %d", status);
        return 2;
    }
    if (corpus) {
        status = digest_result(hash, path, error);
    } else {
        json_t *record = json_load_file(path, 0, NULL);
        const char *found = json_string_value(json_object_get(record, "weights_sha256"));
        snprintf(hash, 65, "%s", found ? found : "");
        status = found ? 0 : 2;
        json_decref(record);
    }
    if (status != 0)
        bench_invalid(bench, "no hash could be computed: %s", error);
    return status;
}

static const char *anchor_of(const json_t *runs, const struct setting *s)
{
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run)
    {
        if (strcmp(json_string_value(json_object_get(run, "work")), s->work) == 0 &&
            strcmp(json_string_value(json_object_get(run, "precision")), s->precision) == 0)
            return json_string_value(json_object_get(run, "hash"));
    }
    return NULL;
}

static json_t *run_setting(const struct setting *s, const char *hash, int same)
{
    char label[160];
    label_of(label, sizeof label, s);
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:b, s:b}", "label", label,
                     "work", s->work, "precision", s->precision, "ranks", s->ranks, "threads",
                     atoi(s->threads ? s->threads : "1"), "vector_width",
                     s->width ? s->width : "widest", "openblas_core",
                     s->core ? s->core : "detected", "arithmetic",
                     s->control ? "fast" : "reproducible", "hash", hash, "same", same,
                     "negative_control", s->control);
}

json_t *bench_bits(struct bench *bench, int all)
{
    struct setting settings[sizeof thorough / sizeof *thorough + BENCH_RANK_COUNTS];
    size_t count = all ? choose(bench, thorough, sizeof thorough / sizeof *thorough, settings)
                       : choose(bench, quick, sizeof quick / sizeof *quick, settings);
    size_t runs_made = 0, controls_equal = 0;
    json_t *runs = json_array();
    char verdict[256] = "";
    for (size_t i = 0; i < count; i++) {
        const struct setting *s = &settings[i];
        char hash[65] = "", label[160];
        label_of(label, sizeof label, s);
        int failed = hash_of(bench, s, hash);
        const char *anchor = anchor_of(runs, s);
        int same = !failed && (!anchor || strcmp(anchor, hash) == 0);
        json_array_append_new(runs, run_setting(s, hash, same));
        runs_made += !s->control;
        controls_equal += s->control && same;
        if (!s->control && !same && !verdict[0])
            snprintf(verdict, sizeof verdict, "the first that differs: %s", label);
    }
    int identical = !verdict[0];
    if (identical)
        snprintf(verdict, sizeof verdict, "all %zu runs identical", runs_made);
    else
        bench_invalid(bench, "bits differ: %s", verdict);
    if (controls_equal > 0)
        bench_invalid(bench, "the fast arithmetic gave the reproducible bits: the comparison of "
                             "bits cannot fail");
    return json_pack("{s:s, s:b, s:o}", "verdict", verdict, "identical", identical, "runs", runs);
}

void bench_print_bits(const json_t *bits)
{
    size_t i;
    json_t *run;
    json_array_foreach(json_object_get(bits, "runs"), i, run)
    {
        int same = json_is_true(json_object_get(run, "same"));
        int control = json_is_true(json_object_get(run, "negative_control"));
        printf("%-58s %.16s  %s%s\n", json_string_value(json_object_get(run, "label")),
               json_string_value(json_object_get(run, "hash")), same ? "same" : "differs",
               control ? (same ? ", but it must differ" : ", as expected") : "");
    }
    printf("%s\n", json_string_value(json_object_get(bits, "verdict")));
}
