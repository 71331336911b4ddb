// SPDX-License-Identifier: MIT
#include "diagnose_match.h"

#include "compare.h"
#include "work.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "assay: no memory left for a diagnosis\n");
        exit(2);
    }
    return memory;
}

double match_digits(int bits)
{
    return bits * 0.30102999566398120;
}

void mistake_set(struct mistake *mistake, int weight, const char *family, const char *phrase, ...)
{
    va_list arguments;
    memset(mistake, 0, sizeof *mistake);
    va_start(arguments, phrase);
    vsnprintf(mistake->phrase, sizeof mistake->phrase, phrase, arguments);
    va_end(arguments);
    memcpy(mistake->key, mistake->phrase, sizeof mistake->key);
    snprintf(mistake->family, sizeof mistake->family, "%s", family);
    mistake->weight = weight;
    mistake->parts = 1;
}

void match_shape(char *text, size_t size, int rank, const size_t dim[])
{
    size_t used = (size_t)snprintf(text, size, "(");
    for (int axis = 0; axis < rank && used < size; axis++)
        used += (size_t)snprintf(text + used, size - used, axis ? ",%zu" : "%zu", dim[axis]);
    if (used < size)
        snprintf(text + used, size - used, ")");
}

int match_same_shape(const struct suspect *s, const struct forgery *forgery)
{
    return s->got->rank == forgery->rank &&
           memcmp(s->got->dim, forgery->dim, (size_t)forgery->rank * sizeof *forgery->dim) == 0;
}

struct forgery match_golden(const struct suspect *s)
{
    struct forgery f = {.rank = s->right->rank,
                        .count = s->right->count,
                        .value = s->right->high,
                        .low = s->right->low,
                        .bound = s->bound};
    memcpy(f.dim, s->right->dim, sizeof f.dim);
    return f;
}

static double largest_of(size_t count, const double *value)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = isfinite(value[i]) ? fmax(largest, fabs(value[i])) : largest;
    return largest;
}

static int same_oddity(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

/* Bounds are those of the golden; where a forgery is larger than it, rounding is larger too. */
struct nearness match_nearness(const struct suspect *s, const struct forgery *f)
{
    struct nearness n = {0, INFINITY};
    if (!s->got || s->got->count != f->count || f->count == 0)
        return n;
    size_t finite = 0;
    work_add(0.1 + 0.01 * (double)f->count);
    double largest = largest_of(f->count, f->value), difference = 0, unit = ldexp(1, -s->bits);
    double scale = largest_of(s->right->count, s->right->high);
    scale = scale > 0 ? fmax(1, largest / scale) : 1;
    n.distance = 0;
    for (size_t i = 0; i < f->count; i++) {
        double got = s->got->value[i], want = f->value[i];
        if (!isfinite(got) || !isfinite(want)) {
            if (same_oddity(got, want))
                continue;
            return (struct nearness){0, INFINITY};
        }
        finite++;
        double d = fabs((got - want) - (f->low ? f->low[i] : 0));
        double room = (f->bound ? f->bound[i] * scale : 0) + 8 * unit * fabs(want);
        difference = fmax(difference, d);
        if (d > 0)
            n.distance = fmax(n.distance, room > 0 ? d / room : INFINITY);
    }
    if (finite == 0) /* many a mistake is not a number everywhere */
        n = (struct nearness){0, INFINITY};
    else if (difference == 0)
        n.digits = 17;
    else if (largest > 0)
        n.digits = fmin(17, fmax(0, -log10(difference / largest)));
    return n;
}

/* Digits by which a distance is more than rounding. */
static double beyond(double distance)
{
    return log10(fmax(1, distance));
}

double match_evidence(struct suspect *s, const struct forgery *forgery, struct nearness *nearness)
{
    double digits = match_digits(s->bits), gain = 0;
    double all = fmin(digits, s->digits), far = fmin(beyond(s->distance), digits);
    size_t failures = forgery->failures ? forgery->failures : s->failures;
    *nearness = match_nearness(s, forgery);
    if (nearness->digits >= 0.7 * digits)
        gain = fmin(digits, nearness->digits) - all;
    if (beyond(nearness->distance) <= 0.2 * digits && nearness->digits >= fmin(2, 0.5 * digits))
        gain = fmax(gain, far - beyond(nearness->distance));
    s->best_digits = fmax(s->best_digits, nearness->digits);
    s->best_distance = fmin(s->best_distance, nearness->distance);
    double elements = sqrt((double)(failures < 9 ? failures : 9));
    return gain >= 1.5 ? fmin(gain * elements, s->information) : 0;
}

static struct explanation *explanation_of(struct diagnosing *d, const struct mistake *mistake)
{
    for (size_t i = 0; i < d->explanations; i++) {
        if (strcmp(d->explanation[i].mistake.phrase, mistake->phrase) == 0)
            return &d->explanation[i];
    }
    if (d->explanations == d->room) {
        struct explanation *old = d->explanation;
        d->room = d->room ? 2 * d->room : 16;
        d->explanation = allocate(d->room, sizeof *d->explanation);
        if (old)
            memcpy(d->explanation, old, d->explanations * sizeof *old);
        free(old);
    }
    struct explanation *e = &d->explanation[d->explanations++];
    *e = (struct explanation){.mistake = *mistake, .digits = 17, .share = 1};
    return e;
}

void match_add(struct diagnosing *d, size_t k, struct nearness nearness,
               const struct mistake *mistake)
{
    struct mistake whole = *mistake;
    if (d->before.phrase[0]) {
        snprintf(whole.phrase, sizeof whole.phrase, "%.99s, and %.90s", d->before.phrase,
                 mistake->phrase);
        snprintf(whole.key, sizeof whole.key, "%.99s, and %.90s", d->before.key, mistake->key);
        snprintf(whole.detail, sizeof whole.detail, "%s", d->before.detail);
        whole.weight += d->before.weight;
        whole.parts = 2;
    }
    struct explanation *e = explanation_of(d, &whole);
    d->latest = (size_t)(e - d->explanation);
    double digits = match_digits(d->suspect[k].bits);
    double residue = fmin(beyond(nearness.distance), fmax(0, digits - nearness.digits));
    if (!(e->outputs >> k & 1) || nearness.digits < e->digits)
        e->digits = fmin(e->digits, nearness.digits);
    e->residue = fmax(e->residue, residue);
    e->share = fmin(e->share, nearness.digits / digits);
    e->outputs |= 1ull << k;
}

int match_try(struct diagnosing *d, size_t k, const struct forgery *forgery,
              const struct mistake *mistake)
{
    struct nearness nearness;
    if (match_evidence(&d->suspect[k], forgery, &nearness) < d->needed)
        return 0;
    match_add(d, k, nearness, mistake);
    return 1;
}

/* --- preparation ----------------------------------------------------------------------------- */

static int fits(double value, int bits)
{
    int exponent;
    if (!isfinite(value))
        return 1;
    double scaled = ldexp(frexp(value, &exponent), bits);
    return scaled == nearbyint(scaled);
}

/* The fewest bits of a format that holds every value that is there, when the right values would
 * have needed more; otherwise those of the precision. */
static int bits_of(const struct suspect *s, int declared)
{
    static const int formats[] = {8, 11, 24};
    for (int i = 0; i < 3 && formats[i] < declared; i++) {
        size_t all = 0, needing = 0;
        while (all < s->got->count && fits(s->got->value[all], formats[i]))
            all++;
        for (size_t j = 0; j < s->right->count; j++)
            needing += !fits(s->right->high[j], formats[i]);
        /* One random number of 24 bits fits into 8 with a chance of 2^-16, so three are enough. */
        size_t varied = 0;
        for (size_t j = 0; j < all; j++)
            varied += !fits(s->got->value[j], 4);
        if (all == s->got->count && needing >= 3 && varied >= 3)
            return formats[i];
    }
    return declared;
}

int match_bits(const char *precision)
{
    static const int bits[ASSAY_PRECISIONS] = {53, 24, 8, 11};
    int named = precision_named(precision);
    return bits[named < 0 ? ASSAY_F64 : named];
}

/* Bounds of a low precision are there where the case is certified; else binary32's are scaled. */
static void set_bounds(struct suspect *s, const struct assay_golden *golden, int bits)
{
    const struct assay_golden_array *g = s->right;
    int low = bits == 8 ? ASSAY_BF16 : ASSAY_F16;
    s->bits = bits;
    s->bound = s->bound ? s->bound : allocate(g->count, sizeof *s->bound);
    for (size_t i = 0; i < g->count; i++) {
        if (bits >= 24 || golden->certified[low])
            s->bound[i] = g->bound[bits == 53 ? ASSAY_F64 : bits == 24 ? ASSAY_F32 : low][i];
        else
            s->bound[i] = ldexp(g->bound[ASSAY_F32][i], 24 - bits);
    }
}

/* Whether a number is a whole one divided by another of at most 100: a count, a share. */
static int is_coarse(double value, int bits)
{
    double room = ldexp(8, -bits);
    for (int divisor = 1; divisor <= 100; divisor++) {
        double whole = value * divisor;
        if (fabs(whole - nearbyint(whole)) <= room * fabs(whole))
            return 1;
    }
    return !isfinite(value);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t distinct(const struct suspect *s)
{
    size_t n = s->got->count, m = s->right->count, count = 1;
    double *all = allocate(n + m, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = isnan(s->got->value[i]) ? INFINITY : s->got->value[i];
    memcpy(all + n, s->right->high, m * sizeof *all);
    qsort(all, n + m, sizeof *all, by_value);
    for (size_t i = 1; i < n + m; i++)
        count += all[i] != all[i - 1];
    free(all);
    return count;
}

static double information_of(const struct suspect *s)
{
    for (size_t i = 0; i < s->got->count; i++) {
        if (!is_coarse(s->got->value[i], s->bits))
            return INFINITY;
    }
    return (double)s->failures * log10((double)distinct(s));
}

static void suspect_begin(struct suspect *s, const struct assay_golden *golden, size_t k,
                          const struct assay_result_case *result, const char *precision)
{
    const struct assay_golden_array *right = &golden->output[k];
    *s = (struct suspect){.right = right};
    for (size_t i = 0; i < result->outputs; i++) {
        if (strcmp(result->output[i].name, right->name) == 0)
            s->got = &result->output[i];
    }
    if (!s->got)
        return;
    struct forgery whole = match_golden(s);
    int shaped = match_same_shape(s, &whole), declared = match_bits(precision);
    s->failures = shaped ? compare_array(right, precision, s->got->value).failures : right->count;
    s->wrong = s->failures > 0 || !shaped;
    set_bounds(s, golden, s->wrong ? bits_of(s, declared) : declared);
    s->information = s->wrong ? information_of(s) : 0;
    whole = match_golden(s);
    struct nearness n = {0, INFINITY};
    if (shaped)
        n = match_nearness(s, &whole);
    s->best_digits = s->digits = n.digits;
    s->best_distance = s->distance = n.distance;
}

size_t diagnosing_begin(struct diagnosing *d, const struct assay_case *test,
                        const struct assay_golden *golden, const struct assay_result_case *result,
                        const char *precision)
{
    size_t wrong = 0, most = 1;
    *d = (struct diagnosing){.test = test, .golden = golden, .result = result, .needed = 4};
    d->outputs = golden->outputs < 64 ? golden->outputs : 64;
    d->suspect = allocate(d->outputs, sizeof *d->suspect);
    for (size_t k = 0; k < d->outputs; k++) {
        struct suspect *s = &d->suspect[k];
        suspect_begin(s, golden, k, result, precision);
        wrong += (size_t)s->wrong;
        most = s->right->count > most ? s->right->count : most;
        most = s->got && s->got->count > most ? s->got->count : most;
    }
    d->value = allocate(most, sizeof *d->value);
    d->bound = allocate(most, sizeof *d->bound);
    return wrong;
}

void diagnosing_end(struct diagnosing *d)
{
    for (size_t k = 0; k < d->outputs; k++)
        free(d->suspect[k].bound);
    free(d->suspect);
    free(d->explanation);
    free(d->value);
    free(d->bound);
    memset(d, 0, sizeof *d);
}
