// SPDX-License-Identifier: MIT
#include "controls.h"

#include "compare.h"
#include "laws.h"
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ZEROS, INPUT_COPIED, CONSTANT, NOT_A_NUMBER, ONE_ELEMENT_OFF, TRANSPOSED };

void controls_begin(struct kill_control control[KILL_CONTROLS])
{
    static const char *const names[KILL_CONTROLS] = {
        "all zeros", "input copied", "a constant", "not a number", "one element off", "transposed"};
    for (size_t i = 0; i < KILL_CONTROLS; i++)
        control[i] = (struct kill_control){.name = names[i]};
}

/* Values of an input with as many elements, to be copied in place of the answer; NULL: none. */
static const double *matching_input(const struct assay_case *test, size_t count)
{
    for (size_t i = 0; i < test->request.inputs; i++) {
        if (test->request.input[i].count == count)
            return test->request.input[i].value;
    }
    return NULL;
}

/* The last two axes swapped in memory, shape kept. Returns whether anything changed. */
static int transpose(double *to, const struct assay_golden_array *g)
{
    if (g->rank < 2)
        return 0;
    size_t rows = g->dim[g->rank - 2], columns = g->dim[g->rank - 1], area = rows * columns;
    int differs = 0;
    for (size_t i = 0; i < g->count; i++) {
        size_t within = i % area;
        to[i] = g->high[i - within + within % rows * columns + within / rows];
        differs |= to[i] != g->high[i];
    }
    return differs;
}

static size_t largest_element(const struct assay_golden_array *g)
{
    size_t largest = 0;
    for (size_t i = 0; i < g->count; i++)
        largest = fabs(g->high[i]) > fabs(g->high[largest]) ? i : largest;
    return largest;
}

/* How far the one element is off: a thousandth, or so many roundings of a precision in which a
 * thousandth is none. */
static double one_off(const char *precision)
{
    return fmax(1e-3, 64 * precision_formats[precision_named(precision)].roundoff);
}

/* The control's version of one output into `to`. Returns whether it differs from the golden. */
static int forge(double *to, int control, const struct assay_case *test,
                 const struct assay_golden_array *g, const char *precision)
{
    const double *input = matching_input(test, g->count);
    int differs = 0;
    if (g->count == 0)
        return 0;
    memcpy(to, g->high, g->count * sizeof *to);
    if (control == TRANSPOSED)
        return transpose(to, g);
    if (control == ONE_ELEMENT_OFF) {
        size_t i = largest_element(g);
        to[i] += one_off(precision) * fabs(to[i]) + (g->integral || to[i] == 0 ? 1 : 0);
        return 1;
    }
    for (size_t i = 0; i < g->count; i++) {
        if (control == ZEROS)
            to[i] = 0;
        else if (control == NOT_A_NUMBER)
            to[i] = NAN;
        else if (control == CONSTANT)
            to[i] = g->high[0];
        else if (input)
            to[i] = input[i];
        differs |= !(to[i] == g->high[i]);
    }
    return differs;
}

static double largest_ratio(int control, const struct assay_case *test,
                            const struct assay_golden *golden, const char *precision, int *differs)
{
    double ratio = 0;
    *differs = 0;
    for (size_t k = 0; k < golden->outputs; k++) {
        const struct assay_golden_array *g = &golden->output[k];
        double *forged = malloc((g->count + 1) * sizeof *forged);
        if (!forged)
            exit(2);
        *differs |= forge(forged, control, test, g, precision);
        ratio = fmax(ratio, compare_array(g, precision, forged).ratio);
        free(forged);
    }
    return ratio;
}

/* Forged draws: constants, which no law of more than a few elements allows. */
static double ratio_of_forged_draws(int control, const struct assay_case *test,
                                    const char *precision)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct answer answer;
    double ratio = 0;
    if (numerics_f64.answer(test->technique, -1, &test->request, &definition, &answer) != 0)
        exit(2);
    for (size_t k = 0; k < answer.outputs; k++) {
        struct answer_array *a = &answer.output[k];
        double forged = control == ZEROS ? 0 : control == NOT_A_NUMBER ? NAN : a->high[0];
        for (size_t i = 0; i < a->count; i++)
            a->high[i] = forged;
        for (size_t l = 0; l < test->laws; l++) {
            if (strcmp(test->law[l].output, a->name) == 0)
                ratio = fmax(
                    ratio,
                    law_judge(test, test->law[l].text, precision, a->rank, a->dim, a->high).ratio);
        }
    }
    answer_free(&answer);
    return ratio;
}

/* Controls of a case without numbers: an impossible case is answered with anything at all. */
static double ratio_without_numbers(int control, const struct assay_case *test,
                                    const char *precision, int *applies)
{
    *applies = control == ZEROS || control == CONSTANT || control == NOT_A_NUMBER;
    if (!*applies || strcmp(test->tier, "refused") == 0) {
        *applies = 0;
        return INFINITY;
    }
    return ratio_of_forged_draws(control, test, precision);
}

/* One control in one precision: -1 when it does not apply, otherwise whether it is caught. */
static int caught(int control, const struct assay_case *test, const struct assay_golden *golden,
                  const char *precision)
{
    int differs;
    double ratio = golden->outputs == 0 ? ratio_without_numbers(control, test, precision, &differs)
                                        : largest_ratio(control, test, golden, precision, &differs);
    int may_be_equal = control == TRANSPOSED || control == INPUT_COPIED || control == CONSTANT ||
                       golden->outputs == 0;
    return !differs && may_be_equal ? -1 : ratio > 1;
}

int controls_caught(const struct assay_case *test, const struct assay_golden *golden,
                    const char *precision)
{
    int all = 1;
    for (int c = 0; c < KILL_CONTROLS; c++)
        all &= caught(c, test, golden, precision) != 0;
    return all;
}

void controls_try(struct kill_control control[KILL_CONTROLS], const struct assay_case *test,
                  const struct assay_golden *golden)
{
    for (int c = 0; c < KILL_CONTROLS; c++) {
        for (int p = 0; p < ASSAY_PRECISIONS; p++) {
            int result = p < ASSAY_LOW || golden->certified[p]
                             ? caught(c, test, golden, precision_formats[p].name)
                             : -1;
            control[c].tried += result >= 0;
            control[c].caught += result == 1;
            if (result == 0 && !control[c].first_missed[0])
                snprintf(control[c].first_missed, sizeof control[c].first_missed, "%s/%s",
                         test->technique, test->name);
        }
    }
}
