// SPDX-License-Identifier: MIT
/* Another array in place of the right one: an input, another output, a sum that was not taken or
 * was taken over other axes. */
#include "diagnose_match.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sums over the axes of the set `axes` into `to`, which has room for all; returns how many elements
 * are left, in the shape `left` of rank `rank`. */
static size_t reduce(double *to, int *rank, size_t left[], const struct forgery *from,
                     unsigned axes, int mean)
{
    size_t count = 1, terms = 1;
    *rank = 0;
    for (int a = 0; a < from->rank; a++) {
        if (axes >> a & 1) {
            terms *= from->dim[a];
        } else {
            left[(*rank)++] = from->dim[a];
            count *= from->dim[a];
        }
    }
    memset(to, 0, count * sizeof *to);
    for (size_t i = 0; i < from->count; i++) {
        size_t rest = i, place = 0, stride = 1;
        for (int a = from->rank - 1; a >= 0; a--) {
            if (!(axes >> a & 1)) {
                place += rest % from->dim[a] * stride;
                stride *= from->dim[a];
            }
            rest /= from->dim[a];
        }
        to[place] += from->value[i];
    }
    for (size_t i = 0; mean && i < count; i++)
        to[i] /= (double)(terms ? terms : 1);
    return count;
}

static void axes_text(char *text, size_t size, int rank, unsigned axes)
{
    size_t used = 0;
    text[0] = 0;
    if (axes == (1u << rank) - 1) {
        snprintf(text, size, "all axes");
        return;
    }
    for (int a = 0; a < rank && used < size; a++) {
        if (axes >> a & 1)
            used += (size_t)snprintf(text + used, size - used, used ? " and %d" : "axis %d", a);
    }
}

/* Bounds of an array that is not the golden: the largest bound that the golden has. */
static const double *wide_bounds(struct diagnosing *d, const struct suspect *s, size_t count)
{
    double widest = 0;
    for (size_t i = 0; i < s->right->count; i++)
        widest = fmax(widest, s->bound[i]);
    for (size_t i = 0; i < count; i++)
        d->bound[i] = widest;
    return d->bound;
}

static struct forgery forgery_of(int rank, const size_t dim[], size_t count, const double *value)
{
    struct forgery f = {.rank = rank, .count = count, .value = value};
    for (int a = 0; a < rank; a++)
        f.dim[a] = dim[a];
    return f;
}

static int constant(const struct forgery *f)
{
    for (size_t i = 1; i < f->count; i++) {
        if (f->value[i] != f->value[0])
            return 0;
    }
    return 1;
}

/* --- inputs ----------------------------------------------------------------------------------- */

static void try_input(struct diagnosing *d, size_t k, const struct request_array *input)
{
    struct mistake mistake;
    struct suspect *s = &d->suspect[k];
    struct forgery f = forgery_of(input->rank, input->dim, input->count, input->value);
    char text[64];
    if (f.count == s->got->count && f.count > 0 && !constant(&f)) {
        f.bound = wide_bounds(d, s, f.count);
        mistake_set(&mistake, WEIGHT_ACCIDENT, "input", "the input %s, unchanged", input->name);
        match_try(d, k, &f, &mistake);
    }
    double *sums = f.rank > 0 ? malloc(f.count * sizeof *sums) : NULL;
    for (unsigned axes = 1; sums && axes < 1u << f.rank; axes++) {
        struct forgery r = {0};
        for (int mean = 0; mean < 2; mean++) {
            r.count = reduce(sums, &r.rank, r.dim, &f, axes, mean);
            r.value = sums;
            if (r.count != s->got->count || r.count < 2)
                continue;
            r.bound = wide_bounds(d, s, r.count);
            axes_text(text, sizeof text, f.rank, axes);
            mistake_set(&mistake, WEIGHT_RARE_ACCIDENT, "input", "the %s of the input %s over %s",
                        mean ? "mean" : "sum", input->name, text);
            match_try(d, k, &r, &mistake);
        }
    }
    free(sums);
}

/* --- outputs ---------------------------------------------------------------------------------- */

static void try_output(struct diagnosing *d, size_t k, size_t other)
{
    struct suspect *here = &d->suspect[k], *there = &d->suspect[other];
    struct forgery theirs = match_golden(there), mine = match_golden(here);
    struct mistake mistake;
    const char *first = here->right->name, *second = there->right->name;
    if (constant(&theirs))
        return;
    int back = there->wrong && there->got && there->got->count == mine.count &&
               match_nearness(there, &mine).digits > match_nearness(there, &theirs).digits + 1;
    if (k > other) {
        first = there->right->name;
        second = here->right->name;
    }
    if (back)
        mistake_set(&mistake, WEIGHT_ACCIDENT, "output", "%s and %s exchanged", first, second);
    else
        mistake_set(&mistake, WEIGHT_ACCIDENT, "output", "%s in place of %s", there->right->name,
                    here->right->name);
    match_try(d, k, &theirs, &mistake);
}

/* --- reductions ------------------------------------------------------------------------------- */

/* The result has more elements: some axes of it were to be summed. */
static void try_reducing_result(struct diagnosing *d, size_t k, unsigned axes, int mean,
                                double *sums)
{
    struct suspect whole = d->suspect[k], *s = &d->suspect[k];
    struct forgery got = forgery_of(s->got->rank, s->got->dim, s->got->count, s->got->value);
    struct assay_result_array reduced = *s->got;
    struct mistake mistake;
    struct nearness nearness;
    char text[64];
    reduced.count = reduce(sums, &reduced.rank, reduced.dim, &got, axes, mean);
    reduced.value = sums;
    if (reduced.count != s->right->count)
        return;
    whole.got = &reduced;
    struct forgery golden = match_golden(s);
    if (match_evidence(&whole, &golden, &nearness) < d->needed)
        return;
    axes_text(text, sizeof text, got.rank, axes);
    mistake_set(&mistake, WEIGHT_ACCIDENT, "reduction", "not reduced: the %s over %s is right",
                mean ? "mean" : "sum", text);
    match_add(d, k, nearness, &mistake);
}

/* The result has fewer: some axes of the golden were summed that should not be. */
static void try_reducing_golden(struct diagnosing *d, size_t k, unsigned axes, int mean,
                                double *sums)
{
    struct suspect *s = &d->suspect[k];
    struct forgery golden = match_golden(s), f = {0};
    struct mistake mistake;
    char text[64];
    f.count = reduce(sums, &f.rank, f.dim, &golden, axes, mean);
    f.value = sums;
    if (f.count != s->got->count)
        return;
    f.bound = wide_bounds(d, s, f.count);
    axes_text(text, sizeof text, golden.rank, axes);
    mistake_set(&mistake, WEIGHT_ACCIDENT, "reduction", "reduced by a %s over %s",
                mean ? "mean" : "sum", text);
    match_try(d, k, &f, &mistake);
}

static void try_reductions(struct diagnosing *d, size_t k)
{
    const struct suspect *s = &d->suspect[k];
    size_t got = s->got->count, right = s->right->count;
    int rank = got > right ? s->got->rank : s->right->rank;
    double *sums = malloc(((got > right ? got : right) + 1) * sizeof *sums);
    for (unsigned axes = 1; sums && got != right && got && right && axes < 1u << rank; axes++) {
        for (int mean = 0; mean < 2; mean++) {
            if (got > right)
                try_reducing_result(d, k, axes, mean, sums);
            else
                try_reducing_golden(d, k, axes, mean, sums);
        }
    }
    free(sums);
}

void accidents_of_array(struct diagnosing *d, size_t k)
{
    const struct request *r = &d->test->request;
    for (size_t i = 0; i < r->inputs; i++)
        try_input(d, k, &r->input[i]);
    for (size_t other = 0; other < d->outputs; other++) {
        if (other != k)
            try_output(d, k, other);
    }
    try_reductions(d, k);
}
