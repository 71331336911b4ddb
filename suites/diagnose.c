// SPDX-License-Identifier: MIT
#include "diagnose.h"

#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct assay_result_array *output_named(const struct assay_result_case *result,
                                                     const char *name)
{
    for (size_t k = 0; k < result->outputs; k++) {
        if (strcmp(result->output[k].name, name) == 0)
            return &result->output[k];
    }
    return NULL;
}

/* Digits to which two arrays agree; 0 when either is not finite. */
static double agreement(const double *a, const double *b, size_t n)
{
    double difference = 0, largest = 0;
    for (size_t i = 0; i < n; i++) {
        double d = fabs(a[i] - b[i]);
        if (!isfinite(d))
            return 0;
        difference = fmax(difference, d);
        largest = fmax(largest, fabs(b[i]));
    }
    if (difference == 0)
        return 17;
    return largest > 0 ? fmax(0, -log10(difference / largest)) : 0;
}

/* The smallest agreement over all outputs of one fork; 0 when they cannot be compared. */
static double fork_agreement(const struct assay_case *test, int fork,
                             const struct assay_result_case *result)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    double digits = 17;
    if (numerics_f64.answer(test->technique, fork, &test->request, &definition, &answer) != 0)
        digits = 0;
    for (size_t k = 0; digits > 0 && k < answer.outputs; k++) {
        const struct answer_array *expected = &answer.output[k];
        const struct assay_result_array *got = output_named(result, expected->name);
        int comparable = got && got->count == expected->count;
        digits = comparable ? fmin(digits, agreement(got->value, expected->high, got->count)) : 0;
    }
    answer_free(&answer);
    return digits;
}

void diagnose_case(char *text, const struct assay_case *test,
                   const struct assay_result_case *result, const char *precision)
{
    /* Half of the digits of the precision. */
    double least = -log10(precision_formats[precision_named(precision)].roundoff) / 2;
    double best = fmax(least, fork_agreement(test, -1, result) + 0.5);
    text[0] = 0;
    if (strcmp(test->tier, "statistical") == 0 || strcmp(test->tier, "refused") == 0)
        return;
    for (int f = 0; f < numerics_f64.forks(test->technique); f++) {
        const struct fork_info *info = numerics_f64.fork(test->technique, f);
        if (info->kind == FORK_TWIN)
            continue;
        double digits = fork_agreement(test, f, result);
        if (digits <= best)
            continue;
        best = digits;
        snprintf(text, ASSAY_TEXT, "equals %s/%s to %.1f digits (%s)", test->technique, info->name,
                 digits, info->what);
    }
}
