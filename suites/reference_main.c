// SPDX-License-Identifier: MIT
/* The `assay-reference` program: the serial reference as an implementation like any other. */
#include "numerics.h"
#include "protocol/assay.h"
#include "protocol/case_paths.h"
#include "reference_train.h"
#include "version.h"

#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: assay-reference run CASES... -o RESULT.h5 [--precision f64|f32|f128]\n"
    "       assay-reference train [options]       see assay-reference train --help\n\n"
    "Answers every case in the given files (a folder means all .h5 files below it) with the "
    "serial\n"
    "reference, in binary64 unless told otherwise. Results in f128 are rounded to binary64.\n\n"
    "Example: assay-reference run data -o result.h5 --precision f32\n"
    "Exit status: 0, or 2 on unusable input.\n";

static int complain(const char *sentence, const char *about)
{
    fprintf(stderr, "assay-reference: %s%s\n", about, sentence);
    return 2;
}

static const struct numerics *numerics_named(const char *precision)
{
    const struct numerics *const all[] = {&numerics_f64, &numerics_f32, &numerics_f128};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(all[i]->precision, precision) == 0)
            return all[i];
    }
    return NULL;
}

static void store(struct assay_run *run, const struct answer_array *from, int single)
{
    float *f = single ? assay_output_f32(run, from->name, from->rank, from->dim) : NULL;
    double *d = single ? NULL : assay_output_f64(run, from->name, from->rank, from->dim);
    for (size_t i = 0; i < from->count; i++) {
        if (f)
            f[i] = (float)from->high[i];
        else
            d[i] = from->high[i];
    }
}

/* Answers one case. Returns 0, or 2 after a sentence. */
static int answer_case(struct assay_run *run, const struct numerics *numerics,
                       const struct assay_case *test)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    if (numerics->forks(test->technique) < 0)
        return 0; /* a technique of somebody else: not covered */
    int status = numerics->answer(test->technique, -1, &test->request, &definition, &answer);
    if (status == 0) {
        assay_begin(run, test);
        for (size_t k = 0; k < answer.outputs; k++)
            store(run, &answer.output[k], numerics->bits == 24);
    } else if (strcmp(test->tier, "refused") == 0) {
        assay_begin(run, test);
        assay_refuse(run, test, answer.error);
        status = 0;
    } else {
        assay_fail(run, "case %s/%s: %s", test->technique, test->name, answer.error);
    }
    answer_free(&answer);
    return status;
}

static int run(size_t paths, const char *const path[], const char *result,
               const struct numerics *numerics)
{
    struct assay_implementation me = {"assay-reference", ASSAY_VERSION,
                                      numerics->bits == 24 ? "f32" : "f64"};
    struct assay_run *session;
    const struct assay_case *test;
    int status = 0;
    if (assay_open(&session, &me, paths, path, result) != 0)
        return assay_complain(session);
    while (status == 0 && assay_next(session, &test))
        status = answer_case(session, numerics, test);
    return assay_close(session);
}

static int parse_and_run(int count, char **argument)
{
    const char *result = NULL, *precision = "f64";
    struct case_paths paths = {0};
    char error[ASSAY_ERROR] = "";
    int status = 0;
    for (int i = 0; status == 0 && i < count; i++) {
        int has_value = i + 1 < count;
        if (argument[i][0] != '-' && case_paths_add(&paths, argument[i], error) != 0)
            status = complain(error, "");
        else if (argument[i][0] != '-')
            continue;
        else if (strcmp(argument[i], "-o") == 0 && has_value)
            result = argument[++i];
        else if (strcmp(argument[i], "--precision") == 0 && has_value)
            precision = argument[++i];
        else
            status = complain(" is not an option or lacks its value; see --help", argument[i]);
    }
    const struct numerics *numerics = numerics_named(precision);
    if (status == 0 && !numerics)
        status = complain(" is not a precision; there are f64, f32 and f128", precision);
    else if (status == 0 && (paths.count == 0 || !result))
        status = complain("case files and -o RESULT.h5 are needed; see --help", "");
    else if (status == 0)
        status = run(paths.count, (const char *const *)paths.path, result, numerics);
    case_paths_free(&paths);
    return status;
}

int main(int count, char **argument)
{
    const char *command = count > 1 ? argument[1] : "";
    int wants_help = 0;
    for (int i = 1; i < count; i++)
        wants_help |= strcmp(argument[i], "--help") == 0 || strcmp(argument[i], "-h") == 0;
    if (strcmp(command, "train") == 0)
        return reference_train(count - 2, argument + 2);
    if (wants_help) {
        printf("%s", help);
        return 0;
    }
    if (strcmp(command, "--version") == 0) {
        printf("assay-reference %s\n", ASSAY_VERSION);
        return 0;
    }
    if (strcmp(command, "run") == 0)
        return parse_and_run(count - 2, argument + 2);
    return complain(" is not a command; there are run and train, see --help", command);
}
