// SPDX-License-Identifier: MIT
#include "diagnose_search.h"

#include "diagnose.h"
#include "work.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits that an explanation may leave over before others are looked for. */
static const double CLOSELY = 0.7, ROUGHLY = 16;

static int bits_declared(const struct search *search)
{
    int bits = 0;
    for (size_t k = 0; k < search->d->outputs; k++)
        bits = search->d->suspect[k].bits > bits ? search->d->suspect[k].bits : bits;
    return bits;
}

int explains_what(const struct explanation *e)
{
    return e->mistake.weight < WEIGHT_FITTED;
}

/* Marks the outputs that are explained by something that says what was done and leaves at most so
 * many digits over; by anything if `residue` is infinite. */
static void mark_explained(struct diagnosing *d, double residue)
{
    for (size_t k = 0; k < d->outputs; k++) {
        struct suspect *s = &d->suspect[k];
        s->explained = !s->wrong;
        for (size_t i = 0; i < d->explanations; i++) {
            const struct explanation *e = &d->explanation[i];
            int near = e->residue <= residue && (residue > CLOSELY || e->share > 0.6);
            int counts = isinf(residue) || (explains_what(e) && near);
            s->explained |= counts && (e->outputs >> k & 1);
        }
    }
}

static int all_explained(struct diagnosing *d, double residue)
{
    mark_explained(d, residue);
    for (size_t k = 0; k < d->outputs; k++) {
        if (!d->suspect[k].explained)
            return 0;
    }
    return 1;
}

static int out_of_work(const struct search *search)
{
    return work_done() > search->limit;
}

/* --- what earlier cases have taught ------------------------------------------------------------ */

/* Whether a mistake of an earlier case is this one, or begins or ends with it. */
static int taught(const struct search *search, const struct mistake *mistake)
{
    const struct lessons *lessons = search->lessons;
    size_t length = strlen(mistake->key);
    for (size_t i = 0; i < lessons->count; i++) {
        const char *at = strstr(lessons->key[i], mistake->key);
        if (at && (at == lessons->key[i] || at[length] == 0))
            return 1;
    }
    return 0;
}

/* Whether what has explained earlier cases accounts for every wrong output of this one. */
static int fails_alike(const struct search *search)
{
    const struct diagnosing *d = search->d;
    const struct lessons *lessons = search->lessons;
    unsigned long long open = 0;
    for (size_t k = 0; k < d->outputs; k++)
        open |= (unsigned long long)d->suspect[k].wrong << k;
    for (size_t i = 0; i < d->explanations; i++) {
        const struct explanation *e = &d->explanation[i];
        for (size_t k = 0; k < lessons->count; k++) {
            if (strcmp(lessons->key[k], e->mistake.key) == 0 && e->residue <= CLOSELY &&
                e->share > 0.6)
                open &= ~e->outputs;
        }
    }
    return open == 0;
}

static void learn(struct lessons *lessons, const struct diagnosing *d)
{
    for (size_t i = 0; i < d->explanations; i++) {
        const struct explanation *e = &d->explanation[i];
        size_t k = 0;
        while (k < lessons->count && strcmp(lessons->key[k], e->mistake.key) != 0)
            k++;
        if (k < LESSONS && k == lessons->count && explains_what(e) && e->residue <= ROUGHLY)
            snprintf(lessons->key[lessons->count++], MATCH_TEXT, "%s", e->mistake.key);
    }
}

/* --- comparing an answer ---------------------------------------------------------------------- */

static const struct answer_array *output_named(const struct answer *answer, const char *name)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        if (strcmp(answer->output[k].name, name) == 0)
            return &answer->output[k];
    }
    return NULL;
}

/* An output of an answer as a forgery; count 0 when there is none. An answer in another shape has
 * the widest bound everywhere. */
static struct forgery forgery_of(struct diagnosing *d, size_t k, const struct answer *answer)
{
    const struct suspect *s = &d->suspect[k];
    const struct answer_array *a = output_named(answer, s->right->name);
    struct forgery f = {0};
    if (!a || !s->got || a->count != s->got->count)
        return f;
    f.rank = a->rank;
    f.count = a->count;
    memcpy(f.dim, a->dim, sizeof f.dim);
    f.value = a->high;
    f.bound = s->bound;
    if (a->count != s->right->count) {
        double widest = 0;
        for (size_t i = 0; i < s->right->count; i++)
            widest = fmax(widest, s->bound[i]);
        for (size_t i = 0; i < a->count; i++)
            d->bound[i] = widest;
        f.bound = d->bound;
    }
    return f;
}

static size_t contradictions(struct diagnosing *d, const struct answer *answer)
{
    size_t count = 0;
    for (size_t k = 0; k < d->outputs; k++) {
        const struct suspect *s = &d->suspect[k];
        struct forgery f = forgery_of(d, k, answer);
        if (s->wrong || !s->got)
            continue;
        struct nearness n = match_nearness(s, &f);
        double digits = match_digits(s->bits);
        count += n.digits < 0.7 * digits && log10(n.distance) > 0.2 * digits;
    }
    return count;
}

/* Adds the mistake for every wrong output that equals this answer, if these are evidence enough. Of
 * what is known to be done, little is enough when it accounts for the whole case. */
static void try_answer(struct diagnosing *d, const struct answer *answer,
                       const struct mistake *mistake)
{
    struct nearness nearness[64];
    unsigned long long equal = 0;
    double evidence = 0;
    int all = 1, known = mistake->weight <= WEIGHT_CHOICE && mistake->parts == 1;
    for (size_t k = 0; k < d->outputs; k++) {
        struct forgery f = forgery_of(d, k, answer);
        if (!d->suspect[k].wrong)
            continue;
        double here = f.count ? match_evidence(&d->suspect[k], &f, &nearness[k]) : 0;
        evidence += here;
        equal |= (unsigned long long)(here > 0) << k;
        all &= here > 0;
    }
    size_t contradicted = evidence > 0 ? contradictions(d, answer) : 0;
    if (evidence < d->needed && !(known && all && contradicted == 0))
        return;
    for (size_t k = 0; k < d->outputs; k++) {
        if (equal >> k & 1)
            match_add(d, k, nearness[k], mistake);
    }
    d->explanation[d->latest].contradicted = contradicted;
}

/* --- the first and second stage --------------------------------------------------------------- */

static void try_accidents(struct diagnosing *d, int declared)
{
    for (size_t k = 0; k < d->outputs; k++) {
        struct suspect *s = &d->suspect[k];
        if (!s->wrong || !s->got || s->right->count == 0)
            continue;
        struct forgery golden = match_golden(s);
        accidents_of_array(d, k);
        accidents_of_place(d, k, &golden);
        accidents_of_value(d, k, &golden);
        accidents_of_precision(d, k, declared);
    }
}

static void try_change(struct search *search, size_t i)
{
    struct run *run = &search->run[i];
    const struct change *change = &search->changes.change[i];
    run->usable =
        change_answer(&run->answer, search->d->test, change, NULL, bits_declared(search)) == 0;
    if (run->usable)
        try_answer(search->d, &run->answer, &change->mistake);
}

/* Answers with every change from number `first` on, and keeps the answers. First with those that
 * have explained other cases; what they explain needs no more. */
static void try_changes(struct search *search, size_t first)
{
    size_t count = search->changes.count;
    search->run = realloc(search->run, (count + 1) * sizeof *search->run);
    if (!search->run)
        exit(2);
    memset(search->run + first, 0, (count - first) * sizeof *search->run);
    search->runs = count;
    for (int unknown = 0; unknown < 2; unknown++) {
        for (size_t i = first; i < count && !(out_of_work(search) && i > first); i++) {
            if (taught(search, &search->changes.change[i].mistake) != unknown)
                try_change(search, i);
        }
        if (fails_alike(search))
            return;
    }
}

/* --- the third stage -------------------------------------------------------------------------- */

/* How far the result is from an answer, in the unexplained outputs, and the golden from it. */
static double error_of(struct diagnosing *d, const struct answer *answer, double *moved)
{
    double error = 0;
    *moved = 0;
    for (size_t k = 0; k < d->outputs; k++) {
        const struct suspect *s = &d->suspect[k];
        struct forgery f = forgery_of(d, k, answer);
        double to_it = 0, to_golden = 0, between = 0, total = 0;
        if (s->explained || !s->got || f.count == 0 || f.count != s->right->count)
            continue;
        for (size_t i = 0; i < f.count; i++) {
            to_it += fabs(s->got->value[i] - f.value[i]);
            to_golden += fabs(s->got->value[i] - s->right->high[i]);
            between += fabs(f.value[i] - s->right->high[i]);
            total += fabs(s->right->high[i]);
        }
        if (!(to_it <= 1e300) || !(to_golden > 0))
            continue;
        *moved += between > 0 ? between / (total + between) : 0;
        error += log10(to_it / to_golden + 1e-6);
    }
    return error;
}

static int by_error(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    return (x->error > y->error) - (x->error < y->error);
}

/* What explains some output by itself is most likely one of two that explain the others. */
static int explains_something(const struct diagnosing *d, const struct change *change)
{
    for (size_t i = 0; i < d->explanations; i++) {
        if (strcmp(d->explanation[i].mistake.phrase, change->mistake.phrase) == 0)
            return 1;
    }
    return 0;
}

/* Sorts what changes the outputs in question to the front, what comes nearest first; returns how
 * many. */
static size_t rank_runs(struct search *search)
{
    size_t useful = 0;
    for (size_t i = 0; i < search->runs; i++) {
        struct run *run = &search->run[i];
        double moved = 0;
        run->change = &search->changes.change[i];
        run->error = run->usable ? error_of(search->d, &run->answer, &moved) : 1e9;
        if (moved <= 1e-15)
            run->error = 1e9;
        else if (explains_something(search->d, run->change) ||
                 taught(search, &run->change->mistake))
            run->error -= 1e3;
        useful += run->error < 1e9;
    }
    qsort(search->run, search->runs, sizeof *search->run, by_error);
    return useful;
}

static void try_accidents_after(struct diagnosing *d, const struct run *run)
{
    d->before = run->change->mistake;
    for (size_t k = 0; k < d->outputs; k++) {
        struct forgery f = forgery_of(d, k, &run->answer);
        if (d->suspect[k].explained || f.count == 0 || f.count != d->suspect[k].right->count)
            continue;
        accidents_of_place(d, k, &f);
        accidents_of_value(d, k, &f);
    }
    memset(&d->before, 0, sizeof d->before);
}

static void try_pair(struct search *search, const struct change *a, const struct change *b)
{
    struct answer answer;
    struct mistake mistake;
    if (change_answer(&answer, search->d->test, a, b, bits_declared(search)) == 0) {
        change_tell_both(&mistake, a, b);
        try_answer(search->d, &answer, &mistake);
    }
    answer_free(&answer);
}

/* One pair within the limits; returns 0 beyond them. */
static int try_next_pair(struct search *search, size_t i, size_t j, size_t *runs)
{
    if (++*runs > DIAGNOSE_PAIRS || out_of_work(search))
        return 0;
    try_pair(search, search->run[i].change, search->run[j].change);
    return 1;
}

/* First what explains something with everything else, then what came near with what came near: the
 * sum of two ranks grows. */
static void try_pairs(struct search *search, size_t useful)
{
    size_t runs = 0, hints = 0;
    while (hints < useful && hints < 4 && search->run[hints].error < -100)
        hints++;
    for (size_t i = 0; i < hints; i++) {
        for (size_t j = i + 1; j < useful; j++) {
            if (!try_next_pair(search, i, j, &runs))
                return;
        }
        if (all_explained(search->d, ROUGHLY))
            return;
    }
    for (size_t sum = 1; useful > 1 && sum <= 2 * useful - 3; sum++) {
        for (size_t i = sum < useful ? 0 : sum - useful + 1; 2 * i < sum; i++) {
            if (i >= hints && !try_next_pair(search, i, sum - i, &runs))
                return;
        }
        if (all_explained(search->d, ROUGHLY))
            return;
    }
}

/* From here on evidence counts from the best single mistake, and more of it is needed. */
static void look_for_two(struct diagnosing *d)
{
    d->needed = 6;
    for (size_t k = 0; k < d->outputs; k++) {
        struct suspect *s = &d->suspect[k];
        if (!s->explained) {
            s->digits = s->best_digits;
            s->distance = s->best_distance;
        }
    }
}

static void third_stage(struct search *search)
{
    struct diagnosing *d = search->d;
    look_for_two(d);
    size_t useful = rank_runs(search);
    for (size_t i = 0; i < useful && !out_of_work(search); i++)
        try_accidents_after(d, &search->run[i]);
    if (!all_explained(d, ROUGHLY))
        try_pairs(search, useful);
}

static int is_lesson(const struct search *search, const char *key)
{
    for (size_t i = 0; i < search->lessons->count; i++) {
        if (strcmp(search->lessons->key[i], key) == 0)
            return 1;
    }
    return 0;
}

/* The two mistakes that have explained another case, before any others are looked for. */
static void try_lessons(struct search *search)
{
    struct diagnosing *d = search->d;
    struct suspect before[64];
    const double needed = d->needed;
    memcpy(before, d->suspect, d->outputs * sizeof *before);
    look_for_two(d);
    for (size_t i = 0; i < search->changes.count; i++) {
        const struct change *a = &search->changes.change[i];
        for (size_t j = i + 1; j < search->changes.count && taught(search, &a->mistake); j++) {
            const struct change *b = &search->changes.change[j];
            struct mistake both;
            if (!taught(search, &b->mistake))
                continue;
            change_tell_both(&both, a, b);
            if (is_lesson(search, both.key))
                try_pair(search, a, b);
        }
    }
    memcpy(d->suspect, before, d->outputs * sizeof *before);
    d->needed = needed;
}

/* --- the stages ------------------------------------------------------------------------------- */

void search_first_stage(struct search *search, double units, int declared)
{
    try_accidents(search->d, declared);
    search->limit = work_done() + units;
    changes_of_forks(&search->changes, search->d->test);
    try_changes(search, 0);
    learn(search->lessons, search->d);
}

int search_goes_on(const struct search *search)
{
    return !all_explained(search->d, CLOSELY);
}

void search_later_stages(struct search *search, double units)
{
    size_t first = search->changes.count;
    search->limit = work_done() + units;
    changes_of_request(&search->changes, search->d->test);
    if (search->lessons->count > 0)
        try_lessons(search);
    if (!fails_alike(search))
        try_changes(search, first);
    if (!all_explained(search->d, ROUGHLY) && !out_of_work(search))
        third_stage(search);
    learn(search->lessons, search->d);
}

void search_places(struct search *search)
{
    struct diagnosing *d = search->d;
    mark_explained(d, INFINITY);
    for (size_t k = 0; k < d->outputs; k++) {
        if (!d->suspect[k].explained && d->suspect[k].got)
            accidents_somewhere(d, k);
    }
}

void search_free(struct search *search)
{
    for (size_t i = 0; i < search->runs; i++)
        answer_free(&search->run[i].answer);
    free(search->run);
    change_list_free(&search->changes);
}
