// SPDX-License-Identifier: MIT
#include "diagnose_changes.h"

#include "corpus.h"
#include "numerics.h"
#include "work.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = 12 }; /* of a number or convention, taken from the other cases */

static int same_request(const struct change *a, const struct change *b)
{
    return a->fork < 0 && b->fork < 0 && strcmp(a->choice.name, b->choice.name) == 0 &&
           strcmp(a->choice.value, b->choice.value) == 0 &&
           strcmp(a->number.name, b->number.name) == 0 && a->number_gone == b->number_gone &&
           (a->number_gone || a->number.value == b->number.value);
}

static void add(struct change_list *list, const struct change *change)
{
    for (size_t i = 0; i < list->count; i++) {
        if (same_request(&list->change[i], change))
            return;
    }
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 64;
        list->change = realloc(list->change, list->room * sizeof *list->change);
        if (!list->change) {
            fprintf(stderr, "assay: no memory left for a diagnosis\n");
            exit(2);
        }
    }
    list->change[list->count++] = *change;
}

/* --- forks ------------------------------------------------------------------------------------ */

void changes_of_forks(struct change_list *list, const struct assay_case *test)
{
    for (int f = 0; f < numerics_f64.forks(test->technique); f++) {
        const struct fork_info *info = numerics_f64.fork(test->technique, f);
        struct change change = {.fork = f, .numerical = info->kind == FORK_NUMERICAL};
        if (info->kind == FORK_TWIN)
            continue;
        struct request_choice choice;
        struct request_number number;
        if (!numerics_f64.replaces(test->technique, f, &choice, &number)) {
            change.fork = -1;
            change.choice = choice;
            change.number = number;
            if (!choice.name[0] && !number.name[0])
                continue;
        }
        mistake_set(&change.mistake, WEIGHT_FORK, info->name, "equals %s/%s", test->technique,
                    info->name);
        snprintf(change.mistake.detail, sizeof change.mistake.detail, "%.*s", MATCH_TEXT - 1,
                 info->what);
        add(list, &change);
    }
}

/* --- conventions ------------------------------------------------------------------------------ */

static void add_choice(struct change_list *list, const struct assay_case *test, const char *name,
                       const char *value)
{
    struct change change = {.fork = -1};
    if (strcmp(assay_case_choice(test, name, ""), value) == 0)
        return;
    snprintf(change.choice.name, sizeof change.choice.name, "%s", name);
    snprintf(change.choice.value, sizeof change.choice.value, "%s", value);
    mistake_set(&change.mistake, WEIGHT_CHOICE, name, "as with %s = %s", name, value);
    add(list, &change);
}

/* The cases of a technique, kept for the next case of it: making them takes a while. */
static const struct case_list *cases_of(const char *technique)
{
    static struct case_list kept;
    static const struct corpus_technique *of;
    const struct corpus_technique *wanted = corpus_find(technique);
    if (wanted && wanted != of) {
        if (of)
            case_list_free(&kept);
        corpus_cases(wanted, &kept);
        of = wanted;
    }
    return wanted ? &kept : NULL;
}

static void add_choices(struct change_list *list, const struct assay_case *test,
                        const struct case_list *cases)
{
    for (size_t i = 0; cases && i < cases->count; i++) {
        const struct request *r = &cases->test[i].request;
        if (strcmp(cases->test[i].tier, "refused") == 0)
            continue;
        for (size_t c = 0; c < r->choices; c++)
            add_choice(list, test, r->choice[c].name, r->choice[c].value);
    }
    for (int f = 0; f < numerics_f64.forks(test->technique); f++) {
        struct request_choice choice;
        struct request_number number;
        numerics_f64.replaces(test->technique, f, &choice, &number);
        if (choice.name[0])
            add_choice(list, test, choice.name, choice.value);
    }
}

/* --- numbers ---------------------------------------------------------------------------------- */

static int states(const struct request *r, const char *name, double *value)
{
    for (size_t i = 0; i < r->numbers; i++) {
        if (strcmp(r->number[i].name, name) == 0) {
            *value = r->number[i].value;
            return 1;
        }
    }
    return 0;
}

static void add_number(struct change_list *list, const struct assay_case *test, const char *name,
                       double value, const char *key)
{
    struct change change = {.fork = -1};
    double now = 0;
    int stated = states(&test->request, name, &now);
    if (!isfinite(value) || (stated && value == now))
        return;
    snprintf(change.number.name, sizeof change.number.name, "%s", name);
    change.number.value = value;
    if (stated)
        mistake_set(&change.mistake, WEIGHT_NUMBER, name, "as with %s %.6g instead of %.6g", name,
                    value, now);
    else
        mistake_set(&change.mistake, WEIGHT_NUMBER, name, "as with %s %.6g", name, value);
    if (key)
        snprintf(change.mistake.key, sizeof change.mistake.key, key, name, name);
    else
        snprintf(change.mistake.key, sizeof change.mistake.key, "as with %s %.6g", name, value);
    add(list, &change);
}

static void add_missing(struct change_list *list, const char *name)
{
    struct change change = {.fork = -1, .number_gone = 1};
    snprintf(change.number.name, sizeof change.number.name, "%s", name);
    mistake_set(&change.mistake, WEIGHT_NUMBER, name, "as if %s were not stated", name);
    add(list, &change);
}

/* Defaults of libraries, as written and as binary32 holds them. */
static void add_defaults(struct change_list *list, const struct assay_case *test, const char *name)
{
    static const struct {
        const char *like;
        double value[8];
    } defaults[] = {{"epsilon", {1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12, 1e-16}},
                    {"beta", {0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 0, 0}},
                    {"momentum", {0.9, 0.1, 0.99, 0.01, 0.5, 0.999, 0, 0}},
                    {"rho", {0.9, 0.95, 0.99, 0.05, 0, 0, 0, 0}},
                    {"decay", {0.9, 0.99, 0.999, 0.01, 1e-4, 0, 0, 0}},
                    {"rate", {1e-1, 1e-2, 1e-3, 1e-4, 0, 0, 0, 0}},
                    {"alpha", {0.01, 0.1, 0.2, 0.25, 0.3, 0.5, 0.99, 0}},
                    {"slope", {0.01, 0.1, 0.2, 0.25, 0.3, 0, 0, 0}},
                    {"gamma", {0.1, 0.5, 2, 0.9, 0, 0, 0, 0}}};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        for (size_t v = 0; v < 8 && strstr(name, defaults[i].like); v++) {
            double value = defaults[i].value[v];
            if (value == 0)
                continue;
            add_number(list, test, name, (double)(float)value, NULL);
            add_number(list, test, name, value, NULL);
        }
    }
}

static void add_exchanged(struct change_list *list, const struct assay_case *test, const char *name,
                          double now)
{
    int whole = now == nearbyint(now);
    add_number(list, test, name, 0, NULL);
    add_number(list, test, name, 1, NULL);
    if (now > 0 && now < 1) {
        add_number(list, test, name, 1 - now, "%s exchanged for 1 - %s");
        add_number(list, test, name, now * now, "%s exchanged for %s squared");
        add_number(list, test, name, sqrt(now), "%s exchanged for sqrt %s");
    }
    if (!whole || fabs(now) <= 16) {
        add_number(list, test, name, 2 * now, "%s exchanged for 2 %s");
        add_number(list, test, name, now / 2, "%s exchanged for %s / 2");
    }
    if (now != 0)
        add_number(list, test, name, 1 / now, "%s exchanged for 1 / %s");
}

static void add_from_cases(struct change_list *list, const struct assay_case *test,
                           const char *name, const struct case_list *cases)
{
    size_t before = list->count;
    double value;
    for (size_t i = 0; cases && i < cases->count && list->count < before + VALUES; i++) {
        if (strcmp(cases->test[i].tier, "refused") != 0 &&
            states(&cases->test[i].request, name, &value))
            add_number(list, test, name, value, NULL);
    }
}

/* Numbers that the case states, and those that other cases do. */
static void add_numbers(struct change_list *list, const struct assay_case *test,
                        const struct case_list *cases)
{
    const struct request *r = &test->request;
    for (size_t i = 0; i < r->numbers; i++) {
        const char *name = r->number[i].name;
        if (strcmp(name, "block") == 0)
            continue;
        add_missing(list, name);
        add_exchanged(list, test, name, r->number[i].value);
        add_defaults(list, test, name);
        add_from_cases(list, test, name, cases);
    }
    for (size_t i = 0; cases && i < cases->count; i++) {
        const struct request *other = &cases->test[i].request;
        double value;
        for (size_t n = 0; n < other->numbers; n++) {
            const char *name = other->number[n].name;
            if (strcmp(name, "block") != 0 && !states(r, name, &value) &&
                strcmp(cases->test[i].tier, "refused") != 0)
                add_number(list, test, name, other->number[n].value, NULL);
        }
    }
}

void changes_of_request(struct change_list *list, const struct assay_case *test)
{
    const struct case_list *cases = cases_of(test->technique);
    add_choices(list, test, cases);
    add_numbers(list, test, cases);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void apply_choice(struct request *r, const struct request_choice *choice)
{
    size_t i = 0;
    if (!choice->name[0])
        return;
    while (i < r->choices && strcmp(r->choice[i].name, choice->name) != 0)
        i++;
    r->choice[i] = *choice;
    r->choices += i == r->choices;
}

static void apply_number(struct request *r, const struct request_number *number, int gone)
{
    size_t i = 0;
    if (!number->name[0])
        return;
    while (i < r->numbers && strcmp(r->number[i].name, number->name) != 0)
        i++;
    if (gone && i < r->numbers) {
        r->number[i] = r->number[--r->numbers];
    } else if (!gone) {
        r->number[i] = *number;
        r->numbers += i == r->numbers;
    }
}

static int conflict(const struct change *a, const struct change *b)
{
    return (a->fork >= 0 && b->fork >= 0) ||
           (a->choice.name[0] && strcmp(a->choice.name, b->choice.name) == 0) ||
           (a->number.name[0] && strcmp(a->number.name, b->number.name) == 0);
}

/* Of all that goes in and comes out. */
static size_t elements(const struct request *r, const struct answer *answer)
{
    size_t count = answer->decisions;
    for (size_t i = 0; i < r->inputs; i++)
        count += r->input[i].count;
    for (size_t k = 0; k < answer->outputs; k++)
        count += answer->output[k].count;
    return count;
}

int change_answer(struct answer *answer, const struct assay_case *test, const struct change *first,
                  const struct change *second, int bits)
{
    const struct manner definition = {FE_TONEAREST, SUM_CANONICAL, 0, NOISE_NONE, 0, 0};
    struct request r = test->request;
    int fork = first->fork >= 0 ? first->fork : second ? second->fork : -1, status = 2;
    int numerical = first->numerical || (second && second->numerical);
    const struct numerics *numerics = numerical && bits <= 24 ? &numerics_f32 : &numerics_f64;
    memset(answer, 0, sizeof *answer);
    if (second && conflict(first, second))
        return 1;
    r.choice = malloc((r.choices + 2) * sizeof *r.choice);
    r.number = malloc((r.numbers + 2) * sizeof *r.number);
    if (r.choice && r.number) {
        if (r.choices)
            memcpy(r.choice, test->request.choice, r.choices * sizeof *r.choice);
        if (r.numbers)
            memcpy(r.number, test->request.number, r.numbers * sizeof *r.number);
        for (const struct change *c = first; c; c = c == first ? second : NULL) {
            apply_choice(&r, &c->choice);
            apply_number(&r, &c->number, c->number_gone);
        }
        status = numerics->answer(test->technique, fork, &r, &definition, answer);
        work_add(5 + 0.02 * (double)elements(&r, answer));
    }
    free(r.choice);
    free(r.number);
    return status;
}

void change_tell_both(struct mistake *mistake, const struct change *first,
                      const struct change *second)
{
    const struct mistake *a = &first->mistake, *b = &second->mistake;
    int turn = b->weight < a->weight;
    const struct mistake *one = turn ? b : a, *two = turn ? a : b;
    mistake_set(mistake, a->weight + b->weight, "two", "%.97s and %.97s", one->phrase, two->phrase);
    snprintf(mistake->key, sizeof mistake->key, "%.97s and %.97s", one->key, two->key);
    mistake->parts = 2;
    snprintf(mistake->detail, sizeof mistake->detail, "%s", one->detail);
}

void change_list_free(struct change_list *list)
{
    free(list->change);
    *list = (struct change_list){0};
}
