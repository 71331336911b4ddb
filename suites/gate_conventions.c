// SPDX-License-Identifier: MIT
/* gate_conventions.c - which cases have a convention.
 *
 * Cases state what differs from the definition's defaults. So a case that does not state a
 * convention has that value which, stated, leaves its answer as it is: the default, or any value
 * where the case has nothing to do with it. */
#include "gate.h"

#include "corpus.h"
#include "numerics.h"
#include "words.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Conventions differ by more than rounding; the same formula in another order does not. */
static int same_value(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b);
    return a == b || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static int same_answer(const struct answer *a, const struct answer *b)
{
    if (a->outputs != b->outputs)
        return 0;
    for (size_t k = 0; k < a->outputs; k++) {
        const struct answer_array *x = &a->output[k], *y = &b->output[k];
        if (strcmp(x->name, y->name) != 0 || x->count != y->count)
            return 0;
        for (size_t i = 0; i < x->count; i++) {
            if (!same_value(x->high[i], y->high[i]))
                return 0;
        }
    }
    return 1;
}

static int answer(const struct assay_case *test, const struct request *request, struct answer *to)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    memset(to, 0, sizeof *to);
    return numerics_f64.answer(test->technique, -1, request, &definition, to);
}

/* Answers a case with one more convention. */
static int answer_with(const struct assay_case *test, const char *name, const char *value,
                       struct answer *to)
{
    struct request request = test->request;
    request.choice = calloc(request.choices + 1, sizeof *request.choice);
    memset(to, 0, sizeof *to);
    if (!request.choice)
        return 2;
    for (size_t i = 0; i < request.choices; i++)
        request.choice[i] = test->request.choice[i];
    struct request_choice *new = &request.choice[request.choices++];
    snprintf(new->name, sizeof new->name, "%s", name);
    snprintf(new->value, sizeof new->value, "%s", value);
    int status = answer(test, &request, to);
    free(request.choice);
    return status;
}

int gate_has_convention(const struct assay_case *test, const char *name, const char *value)
{
    const char *stated = assay_case_choice(test, name, NULL);
    struct answer with, without;
    if (stated)
        return strcmp(stated, value) == 0;
    int refused_with = answer_with(test, name, value, &with) != 0;
    int refused_without = answer(test, &test->request, &without) != 0;
    int same = refused_with || refused_without ? refused_with && refused_without
                                               : same_answer(&with, &without);
    answer_free(&with);
    answer_free(&without);
    return same;
}

/* Whether a possible case of the corpus has, or could have, this value; collects the others. */
static int value_known(const struct case_list *list, const struct gate_convention *c, int *name,
                       struct nearest *values)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *stated = assay_case_choice(&list->test[i], c->name, NULL);
        if (!stated || strcmp(list->test[i].tier, "refused") == 0)
            continue;
        *name = 1;
        nearest_offer(values, stated);
        if (strcmp(stated, c->value) == 0)
            return 1;
    }
    /* The default is stated nowhere: it is a value that is taken. */
    for (size_t i = 0; *name && i < list->count; i++) {
        struct answer to;
        if (strcmp(list->test[i].tier, "refused") == 0 ||
            assay_case_choice(&list->test[i], c->name, NULL))
            continue;
        int taken = answer_with(&list->test[i], c->name, c->value, &to) == 0;
        int unknown = strstr(to.error, "which is not known") != NULL;
        answer_free(&to);
        if (taken && gate_has_convention(&list->test[i], c->name, c->value))
            return 1;
        if (unknown)
            return 0;
    }
    return 0;
}

static int check_one(const char *path, const struct gate_convention *c, char *error)
{
    struct case_list list;
    struct nearest values = nearest_to(c->value), names = nearest_to(c->name);
    int name = 0;
    corpus_cases(corpus_find(c->technique), &list);
    int known = value_known(&list, c, &name, &values);
    for (size_t i = 0; i < list.count; i++) {
        int possible = strcmp(list.test[i].tier, "refused") != 0;
        for (size_t k = 0; possible && k < list.test[i].request.choices; k++)
            nearest_offer(&names, list.test[i].request.choice[k].name);
    }
    case_list_free(&list);
    if (!name && !names.name[0])
        snprintf(error, ASSAY_ERROR, "%.150s:%d: %s has no conventions; leave this line out", path,
                 c->line, c->technique);
    else if (!name)
        snprintf(
            error, ASSAY_ERROR,
            "%.120s:%d: %s has no convention '%s'; the nearest is '%.47s' (`assay show %s` shows "
            "all)",
            path, c->line, c->technique, c->name, names.name, c->technique);
    else if (!known)
        snprintf(
            error, ASSAY_ERROR,
            "%.120s:%d: no case of %s has %s = %s; the nearest value is '%.47s' (`assay show %s` "
            "shows all)",
            path, c->line, c->technique, c->name, c->value, values.name, c->technique);
    return known ? 0 : 2;
}

int gate_check_conventions(const struct gate *gate, char *error)
{
    for (size_t i = 0; i < gate->conventions; i++) {
        if (check_one(gate->path, &gate->convention[i], error) != 0)
            return 2;
    }
    return 0;
}
