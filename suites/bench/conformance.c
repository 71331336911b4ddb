// SPDX-License-Identifier: MIT
#include "bench.h"

#include "../manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct implementation {
    const char *program, *precision, *arithmetic;
    int ranks; /* 0: serial */
};

static void label_of(char *label, size_t size, const struct implementation *it)
{
    if (it->ranks == 0)
        snprintf(label, size, "reference, %s", it->precision);
    else
        snprintf(label, size, "engine, %s, %s, %d rank%s", it->arithmetic, it->precision, it->ranks,
                 it->ranks == 1 ? "" : "s");
}

static json_t *check_one(struct bench *bench, const struct implementation *it)
{
    char path[BENCH_PATH], name[128], label[128];
    double seconds = 0;
    snprintf(name, sizeof name, "result_%s_%s_%s_%d.h5", it->program, it->precision, it->arithmetic,
             it->ranks);
    label_of(label, sizeof label, it);
    struct bench_command run = {it->program, it->ranks, {"run", bench->cases, "-o"}, {NULL}};
    run.argument[3] = bench_path(bench, path, name);
    run.argument[4] = "--precision";
    run.argument[5] = it->precision;
    if (it->ranks > 0) {
        run.argument[6] = "--arithmetic";
        run.argument[7] = it->arithmetic;
    }
    int status = bench_run(bench, &run, NULL, &seconds);
    if (status != 0)
        bench_invalid(bench, "%s: the run ended with exit status %d", label, status);
    struct bench_command check = {"assay", 0, {"check", path, "--json"}, {NULL}};
    json_t *verdict = status == 0 ? bench_run_json(bench, &check, 1, NULL) : NULL;
    const char *word = json_string_value(json_object_get(verdict, "verdict"));
    if (verdict && (!word || strcmp(word, "PASS") != 0))
        bench_invalid(bench, "%s does not agree with the goldens", label);
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:f, s:o}", "label", label, "program", it->program,
                     "precision", it->precision, "arithmetic", it->arithmetic, "ranks", it->ranks,
                     "seconds", seconds, "check", verdict ? verdict : json_object());
}

json_t *bench_conformance(struct bench *bench)
{
    static const char *const precisions[] = {"f64", "f32"};
    static const char *const arithmetics[] = {"reproducible", "fast"};
    json_t *list = json_array();
    for (int p = bench->quick ? 1 : 0; p < 2; p++) {
        struct implementation reference = {"assay-reference", precisions[p], "serial", 0};
        json_array_append_new(list, check_one(bench, &reference));
    }
    for (int a = 0; a < (bench->quick ? 1 : 2); a++) {
        for (int p = bench->quick ? 1 : 0; p < 2; p++) {
            /* The fast arithmetic makes no promise about ranks: the most of them will do. */
            for (size_t r = a == 1 ? bench->rank_counts - 1 : 0; r < bench->rank_counts; r++) {
                struct implementation engine = {"assay-engine", precisions[p], arithmetics[a],
                                                bench->ranks[r].ranks};
                json_array_append_new(list, check_one(bench, &engine));
            }
        }
    }
    return list;
}

json_t *bench_kill(struct bench *bench)
{
    struct bench_command command = {"assay", 0, {"kill", "--json"}, {NULL}};
    json_t *kill = bench_run_json(bench, &command, 1, NULL);
    if (kill && !json_is_true(json_object_get(kill, "all_good")))
        bench_invalid(bench, "some fork survives, some twin disagrees or some control is missed");
    return kill ? kill : json_object();
}

json_t *bench_corpus(struct bench *bench)
{
    char *output = NULL;
    struct bench_command verify = {"assay", 0, {"verify"}, {NULL}};
    struct bench_command list = {"assay", 0, {"list", "--json"}, {NULL}};
    int status = bench_run(bench, &verify, &output, NULL);
    free(output);
    if (status != 0)
        bench_invalid(bench, "the corpus does not match its manifest");
    json_t *techniques = bench_run_json(bench, &list, 0, NULL);
    size_t cases = 0, i;
    json_t *technique;
    json_array_foreach(techniques, i, technique) cases +=
        json_array_size(json_object_get(technique, "cases"));
    json_t *corpus = json_pack("{s:I, s:I}", "techniques", (json_int_t)json_array_size(techniques),
                               "cases", (json_int_t)cases);
    json_decref(techniques);
    return corpus;
}
