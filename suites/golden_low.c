// SPDX-License-Identifier: MIT
/* golden_low.c - in which of the low precisions a case is certified. */
#include "golden_bounds.h"

#include "compare.h"
#include "controls.h"

#include <fenv.h>
#include <math.h>
#include <string.h>

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

/* Whether these bounds tell an answer from zeros, and hold an error at all. */
static int tells(const struct assay_golden_array *g, int precision)
{
    int zeros = 1, told = 0;
    for (size_t i = 0; i < g->count; i++) {
        double magnitude = fabs(g->high[i]), bound = g->bound[precision][i];
        if (!isfinite(bound))
            return 0;
        zeros &= magnitude == 0;
        told |= magnitude > GOLDEN_TELLING * bound;
    }
    return zeros || told;
}

/* Whether twins, which have no part in the bounds, keep them in every direction. */
static int twins_pass(const struct assay_case *test, int precision,
                      const struct assay_golden *golden)
{
    static const int directions[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    const struct golden_target target = golden_target(precision);
    int exact = strcmp(test->tier, "exact") == 0, pass = 1;
    for (int fork = 0; pass && fork < target.numerics->forks(test->technique); fork++) {
        if (target.numerics->fork(test->technique, fork)->kind != FORK_TWIN)
            continue;
        for (int d = 0; pass && d < (exact ? 1 : 4); d++) {
            const struct manner manner = {directions[d], SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
            struct answer run;
            int status =
                target.numerics->answer(test->technique, fork, &test->request, &manner, &run);
            pass = status != 2;
            for (size_t k = 0; pass && status == 0 && k < golden->outputs; k++) {
                const struct answer_array *a = output_named(&run, golden->output[k].name);
                pass = a && a->count == golden->output[k].count &&
                       compare_array(&golden->output[k], target.name, a->high).ratio <= 1;
            }
            answer_free(&run);
        }
    }
    return pass;
}

/* Exact data is exact in a low precision only if all of it, and the answer, are numbers of that. */
static int all_held(const struct assay_case *test, const struct assay_golden *golden, int precision)
{
    const struct request *request = &test->request;
    int held = 1;
    for (size_t k = 0; k < request->numbers; k++)
        held &= precision_holds((enum assay_precision)precision, request->number[k].value);
    for (size_t k = 0; k < request->inputs; k++)
        for (size_t i = 0; i < request->input[k].count; i++)
            held &= request->input[k].integral ||
                    precision_holds((enum assay_precision)precision, request->input[k].value[i]);
    for (size_t k = 0; k < golden->outputs; k++)
        for (size_t i = 0; i < golden->output[k].count; i++)
            held &= golden->output[k].integral ||
                    precision_holds((enum assay_precision)precision, golden->output[k].high[i]);
    return held;
}

/* A low precision in which rounding can change a decision, leave its range or hide the answer is not
 * one for which the case is certified, and that is no fault of the case. */
void golden_low_bounds(const struct assay_case *test, const struct answer *answer, int precision,
                       struct assay_golden *to)
{
    char reason[ASSAY_ERROR];
    golden_bounds(test, answer, precision, to, reason);
    for (size_t k = 0; k < to->outputs; k++)
        to->certified[precision] &= tells(&to->output[k], precision);
    if (strcmp(test->tier, "exact") == 0)
        to->certified[precision] &= all_held(test, to, precision);
    to->certified[precision] = to->certified[precision] && twins_pass(test, precision, to) &&
                               controls_caught(test, to, precision_formats[precision].name);
    if (to->certified[precision])
        return;
    to->margin[precision] = INFINITY;
    for (size_t k = 0; k < to->outputs; k++)
        memset(to->output[k].bound[precision], 0,
               to->output[k].count * sizeof *to->output[k].bound[precision]);
}
