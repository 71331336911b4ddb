// SPDX-License-Identifier: MIT
#include "confirm.h"

#include "../reference/real.h" /* built with REAL_BITS 113 */
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ELEMENTS = 48 };
static const double STEP = 0x1p-22;
static const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};

static const struct request_array *input_named(const struct request *request, const char *prefix,
                                               const char *name)
{
    size_t length = strlen(prefix);
    for (size_t i = 0; i < request->inputs; i++) {
        const char *candidate = request->input[i].name;
        if (strncmp(candidate, prefix, length) == 0 && strcmp(candidate + length, name) == 0)
            return &request->input[i];
    }
    return NULL;
}

static real value_of(const struct answer_array *array, size_t i)
{
    return (real)array->high[i] + (real)array->low[i];
}

static real inner_product(const struct answer_array *y, const struct request_array *dy)
{
    real sum = 0;
    for (size_t i = 0; i < y->count; i++)
        sum += value_of(y, i) * (dy ? (real)dy->value[i] : 1);
    return sum;
}

/* L of the header. */
static real scalar_of(const struct request *request, const struct answer *answer)
{
    real sum = 0;
    int upstream = 0;
    const struct answer_array *loss = NULL;
    for (size_t k = 0; k < answer->outputs; k++) {
        const struct answer_array *y = &answer->output[k];
        const struct request_array *dy = input_named(request, "d", y->name);
        if (strcmp(y->name, "loss") == 0)
            loss = y;
        if (dy && dy->count == y->count) {
            upstream = 1;
            sum += inner_product(y, dy);
        }
    }
    return !upstream && loss ? inner_product(loss, NULL) : sum;
}

/* L with element i of `input` moved by `change`. */
static int moved(const struct assay_case *test, const struct request_array *input, size_t i,
                 double change, real *value, char *error)
{
    struct answer answer;
    double before = input->value[i];
    input->value[i] = before + change;
    int status = numerics_f128.answer(test->technique, -1, &test->request, &definition, &answer);
    input->value[i] = before;
    if (status == 0)
        *value = scalar_of(&test->request, &answer);
    else
        snprintf(error, ASSAY_ERROR, "case %s/%s: %s", test->technique, test->name, answer.error);
    answer_free(&answer);
    return status;
}

static int difference(const struct assay_case *test, const struct request_array *input, size_t i,
                      real *derivative, char *error)
{
    real p1, m1, p2, m2;
    if (moved(test, input, i, STEP, &p1, error) || moved(test, input, i, -STEP, &m1, error) ||
        moved(test, input, i, 2 * STEP, &p2, error) || moved(test, input, i, -2 * STEP, &m2, error))
        return 2;
    *derivative = (8 * (p1 - m1) - (p2 - m2)) / (12 * (real)STEP);
    return 0;
}

static double digits_of(real largest_difference, real largest)
{
    if (largest_difference == 0)
        return INFINITY;
    return largest > 0 ? -log10((double)(largest_difference / largest)) : 0;
}

static int confirm_gradient(const struct assay_case *test, const struct answer_array *gradient,
                            const struct request_array *input, double *digits, char *error)
{
    size_t n = gradient->count, stride = n <= ELEMENTS ? 1 : n / ELEMENTS;
    real worst = 0, largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = value_of(gradient, i) > largest    ? value_of(gradient, i)
                  : -value_of(gradient, i) > largest ? -value_of(gradient, i)
                                                     : largest;
    for (size_t i = 0; i < n; i += stride) {
        real derivative;
        if (difference(test, input, i, &derivative, error) != 0)
            return 2;
        real d = real_abs(derivative - value_of(gradient, i));
        worst = d > worst ? d : worst;
    }
    *digits = fmin(*digits, digits_of(worst, largest));
    return 0;
}

static int has_tie(const struct answer *golden)
{
    for (size_t i = 0; i < golden->decisions; i++) {
        if (golden->decision[i] == 0)
            return 1;
    }
    return 0;
}

int confirm_gradients(const struct assay_case *test, const struct answer *golden, double *digits,
                      int *gradients, char *error)
{
    *digits = INFINITY;
    *gradients = 0;
    if (has_tie(golden))
        return 0;
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct answer_array *gradient = &golden->output[k];
        if (gradient->name[0] != 'd')
            continue;
        const struct request_array *input = input_named(&test->request, "", gradient->name + 1);
        if (!input || input->integral || input->count != gradient->count)
            continue;
        if (confirm_gradient(test, gradient, input, digits, error) != 0)
            return 2;
        ++*gradients;
    }
    return 0;
}

static double agreement(const struct answer_array *a, const struct answer_array *b)
{
    real worst = 0, largest = 0;
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        real d = real_abs(value_of(a, i) - value_of(b, i));
        real magnitude = real_abs(value_of(a, i));
        worst = d > worst ? d : worst;
        largest = magnitude > largest ? magnitude : largest;
    }
    return digits_of(worst, largest);
}

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

int confirm_twins(const struct assay_case *test, const struct answer *golden, double *digits,
                  int *twins, char *error)
{
    *digits = INFINITY;
    *twins = 0;
    for (int f = 0; f < numerics_f128.forks(test->technique); f++) {
        struct answer twin;
        if (numerics_f128.fork(test->technique, f)->kind != FORK_TWIN)
            continue;
        int status = numerics_f128.answer(test->technique, f, &test->request, &definition, &twin);
        if (status == 2)
            snprintf(error, ASSAY_ERROR, "case %s/%s: its twin says: %s", test->technique,
                     test->name, twin.error);
        *twins += status == 0;
        for (size_t k = 0; status == 0 && k < golden->outputs; k++) {
            const struct answer_array *same = output_named(&twin, golden->output[k].name);
            *digits = fmin(*digits, same ? agreement(&golden->output[k], same) : 0);
        }
        answer_free(&twin);
        if (status == 2)
            return 2;
    }
    return 0;
}
