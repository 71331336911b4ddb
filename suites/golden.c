// SPDX-License-Identifier: MIT
#include "golden.h"

#include "certify.h"
#include "confirm.h"
#include "golden_bounds.h"
#include "protocol/case_check.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double GRADIENT_DIGITS = 20, TWIN_DIGITS = 25;

static void copy_values(struct assay_golden *golden, struct answer *answer)
{
    golden->outputs = answer->outputs;
    golden->output = golden_allocate(answer->outputs, sizeof *golden->output);
    for (size_t k = 0; k < answer->outputs; k++) {
        struct answer_array *from = &answer->output[k];
        struct assay_golden_array *to = &golden->output[k];
        snprintf(to->name, sizeof to->name, "%s", from->name);
        to->rank = from->rank;
        memcpy(to->dim, from->dim, sizeof to->dim);
        to->count = from->count;
        to->integral = from->integral;
        to->high = golden_allocate(from->count, sizeof *to->high);
        to->low = golden_allocate(from->count, sizeof *to->low);
        memcpy(to->high, from->high, from->count * sizeof *to->high);
        memcpy(to->low, from->low, from->count * sizeof *to->low);
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            to->bound[p] = golden_allocate(from->count, sizeof *to->bound[p]);
    }
}

static int require_finite(const struct assay_case *test, const struct answer *answer, char *error)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        for (size_t i = 0; i < answer->output[k].count; i++) {
            if (isfinite(answer->output[k].high[i]))
                continue;
            snprintf(
                error, ASSAY_ERROR,
                "case %s/%s: element %zu of output '%s' is not finite; choose inputs for which "
                "the answer is a number",
                test->technique, test->name, i, answer->output[k].name);
            return 2;
        }
    }
    return 0;
}

static int confirm(const struct assay_case *test, const struct answer *answer,
                   struct golden_findings *found, char *error)
{
    if (confirm_gradients(test, answer, &found->gradient_digits, &found->gradients, error) != 0 ||
        confirm_twins(test, answer, &found->twin_digits, &found->twins, error) != 0)
        return 2;
    const char *problem = NULL;
    if (found->gradient_digits < GRADIENT_DIGITS)
        problem = "its gradients agree with central differences to too few digits";
    else if (found->twins == 0)
        problem = "it has no second derivation (a twin)";
    else if (found->twin_digits < TWIN_DIGITS)
        problem = "it agrees with its twins to too few digits";
    if (!problem)
        return 0;
    snprintf(error, ASSAY_ERROR,
             "case %s/%s: %s (gradients %.1f of %g, twins %.1f of %g; see suites/confirm.h)",
             test->technique, test->name, problem, found->gradient_digits, GRADIENT_DIGITS,
             found->twin_digits, TWIN_DIGITS);
    return 2;
}

/* A case with numbers for an answer. */
static int derive_numbers(const struct assay_case *test, struct assay_golden *golden,
                          struct golden_findings *findings, char *error)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    int status = numerics_f128.answer(test->technique, -1, &test->request, &definition, &answer);
    if (status != 0)
        snprintf(error, ASSAY_ERROR, "case %s/%s: %s", test->technique, test->name, answer.error);
    if (status == 0)
        status = require_finite(test, &answer, error);
    if (status == 0)
        status = confirm(test, &answer, findings, error);
    if (status == 0) {
        copy_values(golden, &answer);
        for (int p = 0; status == 0 && p < ASSAY_LOW; p++)
            status = golden_bounds(test, &answer, p, golden, error);
        for (int p = ASSAY_LOW; status == 0 && p < ASSAY_PRECISIONS; p++)
            golden_low_bounds(test, &answer, p, golden);
    }
    answer_free(&answer);
    if (status != 0)
        golden_free(golden);
    return status;
}

int golden_derive(const struct assay_case *test, struct assay_golden *golden,
                  struct golden_findings *findings, char *error)
{
    memset(golden, 0, sizeof *golden);
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        golden->margin[p] = INFINITY;
    findings->gradient_digits = findings->twin_digits = INFINITY;
    if (strcmp(test->tier, "refused") == 0)
        return certify_refusal(test, error);
    if (strcmp(test->tier, "statistical") == 0)
        return certify_laws(test, &findings->twins, error);
    return derive_numbers(test, golden, findings, error);
}
