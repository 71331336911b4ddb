// SPDX-License-Identifier: MIT
/* Where a result is wrong that is right elsewhere: what is said when no mistake is known that
 * explains the values. */
#include "compare.h"
#include "diagnose_match.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED = 3 };

/* A set of elements of an output. */
struct places {
    const struct assay_golden_array *in;
    size_t count;
    unsigned char *member;
};

/* "[0,1], [0,2] and 5 more" */
static void list_places(char *text, size_t size, const struct places *p)
{
    size_t used = 0, told = 0;
    text[0] = 0;
    for (size_t i = 0; i < p->in->count && told < LISTED; i++) {
        char index[96];
        if (!p->member[i])
            continue;
        compare_index(index, sizeof index, i, p->in->rank, p->in->dim);
        used += (size_t)snprintf(text + used, size - used, told ? ", %s" : "%s", index);
        told++;
    }
    if (p->count > told)
        snprintf(text + used, size - used, " and %zu more", p->count - told);
}

static size_t index_along(const struct places *p, int axis, size_t i)
{
    size_t stride = 1;
    for (int a = axis + 1; a < p->in->rank; a++)
        stride *= p->in->dim[a];
    return i / stride % p->in->dim[axis];
}

/* The range of indices along an axis at which members (or, if not `inside`, the others) stand. */
static void range_along(const struct places *p, int axis, int inside, size_t *low, size_t *high)
{
    *low = p->in->dim[axis];
    *high = 0;
    for (size_t i = 0; i < p->in->count; i++) {
        size_t at = index_along(p, axis, i);
        if (!p->member[i] != !inside)
            continue;
        *low = at < *low ? at : *low;
        *high = at > *high ? at : *high;
    }
}

/* Whether all stand on the border of the last two axes, and on most of it. */
static int on_the_border(const struct places *p)
{
    int rank = p->in->rank;
    size_t size = 0;
    if (rank < 2 || p->in->dim[rank - 1] < 3 || p->in->dim[rank - 2] < 3)
        return 0;
    for (size_t i = 0; i < p->in->count; i++) {
        size_t row = index_along(p, rank - 2, i), column = index_along(p, rank - 1, i);
        int border = row == 0 || column == 0 || row + 1 == p->in->dim[rank - 2] ||
                     column + 1 == p->in->dim[rank - 1];
        size += (size_t)border;
        if (p->member[i] && !border)
            return 0;
    }
    return 2 * p->count >= size;
}

/* Says where along one axis the members stand: 0 when they are all over it. */
static int say_slice(struct mistake *mistake, const struct places *p, int axis)
{
    size_t low, high, right_low, right_high, size = p->in->dim[axis];
    int alone = p->in->rank == 1;
    char along[32] = "";
    range_along(p, axis, 1, &low, &high);
    range_along(p, axis, 0, &right_low, &right_high);
    if (!alone)
        snprintf(along, sizeof along, " along axis %d", axis);
    if (size < 3 || (low == 0 && high + 1 == size) || right_low > right_high)
        return 0;
    if (low == high && (low == 0 || high + 1 == size) && 2 * p->count >= p->in->count / size) {
        mistake_set(mistake, WEIGHT_PLACE, "place", "right but for the %s%s",
                    low ? "last" : "first", along);
        return 1;
    }
    if (right_high < low && p->count * 2 >= p->in->count * (size - low) / size) {
        mistake_set(mistake, WEIGHT_PLACE, "place", "right only in the first%s", along);
        if (low > 1)
            mistake_set(mistake, WEIGHT_PLACE, "place", "right only in the first %zu%s", low,
                        along);
        snprintf(mistake->key, sizeof mistake->key, "right only at the beginning%s", along);
        snprintf(mistake->detail, sizeof mistake->detail,
                 "Of %zu; a state that is carried on may be wrong.", size);
        return 1;
    }
    return 0;
}

static int say_where(struct mistake *mistake, const struct places *p)
{
    for (int axis = 0; axis < p->in->rank; axis++) {
        if (say_slice(mistake, p, axis))
            return 1;
    }
    if (on_the_border(p)) {
        mistake_set(mistake, WEIGHT_PLACE, "place", "right but for the border");
        return 1;
    }
    if (p->count > 1 && p->count * 8 > p->in->count)
        return 0;
    char list[112];
    list_places(list, sizeof list, p);
    mistake_set(mistake, WEIGHT_PLACE, "place", "right in all but %zu of %zu elements: %s",
                p->count, p->in->count, list);
    snprintf(mistake->key, sizeof mistake->key, "right in all but a few elements");
    return 1;
}

/* --- not a number ----------------------------------------------------------------------------- */

static void say_oddities(struct diagnosing *d, size_t k, struct places *p, size_t wrong)
{
    size_t nan = 0, n = p->in->count;
    struct mistake mistake, where;
    char list[112];
    for (size_t i = 0; i < n; i++)
        nan += p->member[i] && isnan(d->suspect[k].got->value[i]);
    const char *what = nan == p->count ? "not a number"
                       : nan           ? "not a number or infinite"
                                       : "infinite";
    if (p->count == n) {
        mistake_set(&mistake, WEIGHT_PLACE, "oddity", "%s everywhere", what);
    } else {
        list_places(list, sizeof list, p);
        if (p->count > LISTED && say_where(&where, p) &&
            strncmp(where.phrase, "right but for", 13) == 0)
            snprintf(list, sizeof list, "%.100s", where.phrase + 14);
        mistake_set(&mistake, WEIGHT_PLACE, "oddity", "%s in %zu of %zu elements (%s), %s", what,
                    p->count, n, list,
                    wrong == p->count ? "right elsewhere" : "wrong elsewhere too");
        snprintf(mistake.key, sizeof mistake.key, "%s in some elements", what);
    }
    match_add(d, k, (struct nearness){0, 1}, &mistake);
}

void accidents_somewhere(struct diagnosing *d, size_t k)
{
    const struct suspect *s = &d->suspect[k];
    struct places p = {.in = s->right}, odd = {.in = s->right};
    struct forgery golden = match_golden(s);
    size_t n = s->right->count;
    struct mistake mistake;
    if (!match_same_shape(s, &golden) || n == 0)
        return;
    p.member = calloc(n, 1);
    odd.member = calloc(n, 1);
    const double *bound = s->bound;
    for (size_t i = 0; p.member && odd.member && i < n; i++) {
        double error = fabs((s->got->value[i] - s->right->high[i]) - s->right->low[i]);
        p.member[i] = !(error <= bound[i]) && s->got->value[i] != s->right->high[i];
        odd.member[i] = !isfinite(s->got->value[i]) && p.member[i];
        p.count += p.member[i];
        odd.count += odd.member[i];
    }
    if (odd.count)
        say_oddities(d, k, &odd, p.count);
    else if (p.count && p.count < n && n >= 4 && say_where(&mistake, &p))
        match_add(d, k, (struct nearness){0, 1}, &mistake);
    free(p.member);
    free(odd.member);
}
