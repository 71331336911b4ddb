// SPDX-License-Identifier: MIT
#include "certify.h"

#include "laws.h"
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct numerics *const every_precision[] = {&numerics_f128, &numerics_f64,
                                                         &numerics_f32};

int certify_refusal(const struct assay_case *test, char *error)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    char quoted[REQUEST_NAME + 2];
    if (strcmp(test->quotes, "block") == 0) {
        snprintf(
            error, ASSAY_ERROR,
            "case %s/%s: blocks are the order of additions in these engines, which others need "
            "not know; ask for another refusal",
            test->technique, test->name);
        return 2;
    }
    snprintf(quoted, sizeof quoted, "'%s'", test->quotes);
    for (size_t p = 0; p < 3; p++) {
        struct answer answer;
        int status =
            every_precision[p]->answer(test->technique, -1, &test->request, &definition, &answer);
        int right = status == 2 && strstr(answer.error, quoted) != NULL;
        if (!right)
            snprintf(error, ASSAY_ERROR, "case %s/%s: the reference in %s %s%.200s",
                     test->technique, test->name, every_precision[p]->precision,
                     status == 2 ? "refuses it without quoting what is impossible: "
                                 : "answers what is said to be impossible",
                     answer.error);
        answer_free(&answer);
        if (!right)
            return 2;
    }
    return 0;
}

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

/* Whether one run obeys every law of the case. */
static int obeys_laws(const struct assay_case *test, const struct numerics *numerics,
                      const struct answer *answer, char *error)
{
    const char *precision = numerics->bits == 24 ? "f32" : "f64";
    for (size_t k = 0; k < test->laws; k++) {
        const struct assay_law *law = &test->law[k];
        const struct answer_array *output = output_named(answer, law->output);
        struct law_verdict verdict = {.ratio = INFINITY, .message = "it is not there"};
        if (output)
            verdict =
                law_judge(test, law->text, precision, output->rank, output->dim, output->high);
        if (verdict.ratio <= 1)
            continue;
        snprintf(error, ASSAY_ERROR, "case %s/%s: output '%s' of the reference in %s: %.300s",
                 test->technique, test->name, law->output, numerics->precision, verdict.message);
        return 0;
    }
    return 1;
}

int certify_laws(const struct assay_case *test, int *twins, char *error)
{
    enum { SEEDS = 4 };
    for (int fork = -1; fork < numerics_f64.forks(test->technique); fork++) {
        if (fork >= 0 && numerics_f64.fork(test->technique, fork)->kind != FORK_TWIN)
            continue;
        int applies = 1;
        for (unsigned long run = 0; applies && run < 3 * SEEDS; run++) {
            const struct numerics *numerics = every_precision[run % 3];
            const struct manner drawn = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, run / 3, 0};
            struct answer answer;
            int status = numerics->answer(test->technique, fork, &test->request, &drawn, &answer);
            if (status == 2)
                snprintf(error, ASSAY_ERROR, "case %s/%s: %s", test->technique, test->name,
                         answer.error);
            if (status == 0 && !obeys_laws(test, numerics, &answer, error))
                status = 2;
            answer_free(&answer);
            if (status == 2)
                return 2;
            applies = status == 0;
        }
        *twins += fork >= 0 && applies;
    }
    return 0;
}
