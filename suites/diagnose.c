// SPDX-License-Identifier: MIT
#include "diagnose.h"

#include "diagnose_apart.h"
#include "work.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- which explanation is told ---------------------------------------------------------------- */

static size_t bits_in(unsigned long long set)
{
    size_t count = 0;
    for (; set; set &= set - 1)
        count++;
    return count;
}

static int class_of(const struct explanation *e)
{
    return explains_what(e) ? 0 : e->mistake.weight < WEIGHT_PLACE ? 1 : 2;
}

/* Whether `a` is to be told rather than `b`, for the outputs in `open`. */
static int better(const struct explanation *a, const struct explanation *b, unsigned long long open)
{
    size_t outputs_a = bits_in(a->outputs & open), outputs_b = bits_in(b->outputs & open);
    if (class_of(a) != class_of(b))
        return class_of(a) < class_of(b);
    if (outputs_a != outputs_b)
        return outputs_a > outputs_b;
    if (a->contradicted != b->contradicted)
        return a->contradicted < b->contradicted;
    if (fabs(a->share - b->share) > 0.2)
        return a->share > b->share;
    if (fabs(a->residue - b->residue) > 1)
        return a->residue < b->residue;
    if (a->mistake.parts != b->mistake.parts)
        return a->mistake.parts < b->mistake.parts;
    if (a->mistake.weight != b->mistake.weight)
        return a->mistake.weight < b->mistake.weight;
    return a->residue < b->residue;
}

static const struct explanation *best_of(const struct diagnosing *d, unsigned long long open)
{
    const struct explanation *best = NULL;
    for (size_t i = 0; i < d->explanations; i++) {
        const struct explanation *e = &d->explanation[i];
        if ((e->outputs & open) && (!best || better(e, best, open)))
            best = e;
    }
    return best;
}

/* Another mistake, of another kind, that explains the same outputs as well; and their number. */
static const struct explanation *as_good(const struct diagnosing *d, const struct explanation *best,
                                         unsigned long long open, size_t *count)
{
    const struct explanation *second = NULL;
    *count = 0;
    for (size_t i = 0; i < d->explanations; i++) {
        const struct explanation *e = &d->explanation[i];
        int same_family = strcmp(e->mistake.family, best->mistake.family) == 0;
        if (e == best || same_family || e->mistake.parts != best->mistake.parts ||
            class_of(e) != class_of(best) || (e->outputs & open) != (best->outputs & open) ||
            e->contradicted > best->contradicted || e->residue > best->residue + 0.5)
            continue;
        ++*count;
        if (!second || better(e, second, open))
            second = e;
    }
    return second;
}

/* --- the sentence ----------------------------------------------------------------------------- */

static void append(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void append(char *text, const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, ASSAY_TEXT - used, format, arguments);
    va_end(arguments);
}

/* " in y and dx"; nothing when the case has one output. */
static void append_outputs(char *text, const struct diagnosing *d, unsigned long long outputs)
{
    size_t count = bits_in(outputs), told = 0;
    if (d->outputs == 1)
        return;
    if (count > 4) {
        append(text, " in %zu of %zu outputs", count, d->outputs);
        return;
    }
    for (size_t k = 0; k < d->outputs; k++) {
        if (!(outputs >> k & 1))
            continue;
        append(text, "%s%s",
               told == 0           ? " in "
               : told + 1 == count ? " and "
                                   : ", ",
               d->suspect[k].right->name);
        told++;
    }
}

static void append_digits(char *text, double digits)
{
    if (digits >= 17)
        append(text, "to all digits");
    else
        append(text, "to %.1f digits", digits);
}

static void append_explanation(char *text, const struct diagnosing *d, const struct explanation *e,
                               unsigned long long open)
{
    const struct mistake *m = &e->mistake;
    if (strcmp(m->family, "precision") == 0) {
        append(text, "right ");
        append_digits(text, e->digits);
        append_outputs(text, d, e->outputs & open);
        append(text, ": %s", m->phrase);
        return;
    }
    append(text, "%s", m->phrase);
    if (m->weight < WEIGHT_PLACE) {
        append(text, strncmp(m->phrase, "equals", 6) == 0 ? " " : ", ");
        append_digits(text, e->digits);
    }
    append_outputs(text, d, e->outputs & open);
    if (e->contradicted)
        append(text, ", though other outputs are right");
    if (m->detail[0])
        append(text, " (%s)", m->detail);
}

static void tell(struct diagnosis *diagnosis, const struct diagnosing *d)
{
    unsigned long long open = 0;
    size_t seconds;
    for (size_t k = 0; k < d->outputs; k++)
        open |= (unsigned long long)d->suspect[k].wrong << k;
    for (;;) {
        const struct explanation *best = best_of(d, open);
        if (!best)
            break;
        const struct explanation *second = as_good(d, best, open, &seconds);
        append(diagnosis->text, diagnosis->text[0] ? "; " : "");
        append(diagnosis->key, "%s%s", diagnosis->key[0] ? "; " : "", best->mistake.key);
        append_explanation(diagnosis->text, d, best, open);
        if (second)
            append(diagnosis->text, "; as good: %s", second->mistake.phrase);
        if (seconds > 1)
            append(diagnosis->text, " and %zu more", seconds - 1);
        if (class_of(best) < 2)
            diagnosis->digits = fmin(diagnosis->digits, best->digits);
        open &= ~best->outputs;
    }
}

/* --- cases ------------------------------------------------------------------------------------ */

/* The first stage of a case that fails by its numbers; 0 when it is no such case. */
static int begin(struct search *search, struct diagnosing *d, const struct diagnose_item *item,
                 const char *precision, struct diagnose_share *share)
{
    const char *tier = item->test->tier;
    if (strcmp(tier, "statistical") == 0 || strcmp(tier, "refused") == 0)
        return 0;
    search->d = d;
    if (diagnosing_begin(d, item->test, item->golden, item->result, precision) == 0) {
        diagnosing_end(d);
        return 0;
    }
    double before = work_done();
    search_first_stage(search, share_of(share), match_bits(precision));
    share_spend(share, work_done() - before);
    return 1;
}

void diagnose_cases(size_t count, const struct diagnose_item item[], const char *precision,
                    double units, struct diagnosis diagnosis[])
{
    struct lessons lessons = {0};
    struct diagnosing *d = calloc(count, sizeof *d);
    struct search *search = calloc(count, sizeof *search);
    size_t *place = calloc(count, sizeof *place), open = 0;
    struct diagnose_share share = {units / 4 / (double)count, units / 4};
    double before = work_done();
    for (size_t i = 0; i < count; i++)
        diagnosis[i] = (struct diagnosis){.digits = 17};
    for (size_t i = 0; d && search && place && i < count; i++) {
        search[open].lessons = &lessons;
        place[open] = i;
        open += (size_t)begin(&search[open], &d[open], &item[i], precision, &share);
    }
    double left = units - (work_done() - before);
    share = (struct diagnose_share){left / 2 / (double)count, left / 2};
    diagnose_apart(open, search, &share);
    for (size_t i = 0; i < open; i++) {
        search_places(&search[i]);
        tell(&diagnosis[place[i]], &d[i]);
        search_free(&search[i]);
        diagnosing_end(&d[i]);
    }
    free(place);
    free(search);
    free(d);
}

void diagnose_case(struct diagnosis *diagnosis, const struct assay_case *test,
                   const struct assay_golden *golden, const struct assay_result_case *result,
                   const char *precision)
{
    const struct diagnose_item item = {test, golden, result};
    diagnose_cases(1, &item, precision, DIAGNOSE_UNITS, diagnosis);
}
