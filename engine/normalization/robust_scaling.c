// SPDX-License-Identifier: MIT
/* Robust scaling; definition in reference/normalization/robust_scaling.h.
 *
 * How it is distributed: the samples are sharded, of x and of x_new each, and no sample crosses the
 * network. An order statistic is found by bisection: all ranks count how many of their values are
 * at or below a pivot, the counts are added, which is exact in any order, and half of the
 * candidates remains. Pivots are the bit patterns of doubles in ascending order, so 64 rounds
 * always end at one value. All columns and all statistics share a round.
 */
#include "../techniques.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum kind { LINEAR, WEIBULL, HAZEN, LOWER, HIGHER, MIDPOINT };
enum { LOW_BELOW, LOW_ABOVE, MIDDLE_BELOW, MIDDLE_ABOVE, HIGH_BELOW, HIGH_ABOVE, STATISTICS };

struct settings {
    enum kind kind;
    bool center, scale;
    scalar low, high, unit;
};

static struct settings read_settings(struct question *q)
{
    static const char *const kinds[] = {"linear", "weibull",  "hazen", "lower",
                                        "higher", "midpoint", NULL};
    static const char *const yes[] = {"yes", "no", NULL};
    const struct settings is = {(enum kind)question_choice(q, "interpolation", kinds),
                                question_choice(q, "centering", yes) == 0,
                                question_choice(q, "scaling", yes) == 0,
                                question_number_or(q, "low", (scalar)0.25),
                                question_number_or(q, "high", (scalar)0.75),
                                question_number_or(q, "unit", 1)};
    if (!(is.low >= 0))
        question_refuse(q, "its number 'low' is %g; it must not be negative", (double)is.low);
    if (!(is.high > is.low) || !(is.high <= 1))
        question_refuse(q, "its number 'high' is %g; it must be above 'low' and at most 1",
                        (double)is.high);
    if (!(is.unit > 0))
        question_refuse(q, "its number 'unit' is %g; it must be above 0", (double)is.unit);
    if (question_size(q, 'N') == 0)
        question_refuse(q, "its input 'x' has no samples; give at least one");
    return is;
}

/* Whole numbers in the order of the values; 0 has one key. */
static uint64_t key_of(scalar value)
{
    const uint64_t sign = (uint64_t)1 << 63;
    double wide = (double)value + 0.0;
    uint64_t bits;
    memcpy(&bits, &wide, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

static scalar value_of(uint64_t key)
{
    const uint64_t sign = (uint64_t)1 << 63, bits = key & sign ? key ^ sign : ~key;
    double wide;
    memcpy(&wide, &bits, sizeof wide);
    return (scalar)wide;
}

static int by_key(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* This rank's keys (D, rows), each column in order. */
static uint64_t *order_columns(struct question *q, const scalar *x, size_t rows, size_t D)
{
    uint64_t *key = arena_take(question_arena(q), rows * D, sizeof *key);
    for (size_t d = 0; d < D; d++) {
        for (size_t n = 0; n < rows; n++)
            key[d * rows + n] = key_of(x[n * D + d]);
        if (rows > 1)
            qsort(key + d * rows, rows, sizeof *key, by_key);
    }
    return key;
}

static size_t count_up_to(const uint64_t *key, size_t count, uint64_t pivot)
{
    size_t from = 0;
    while (count > 0) {
        const size_t half = count / 2;
        if (key[from + half] <= pivot) {
            from += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return from;
}

/* value (D, STATISTICS): of every column the values at these places of the whole order. */
static void select_places(struct question *q, const scalar *x, const size_t *place, scalar *value)
{
    const size_t rows = question_part(q, 'N'), D = question_size(q, 'D'), all = D * STATISTICS;
    const uint64_t *key = order_columns(q, x, rows, D);
    uint64_t *low = arena_take(question_arena(q), all, sizeof *low);
    uint64_t *high = arena_take(question_arena(q), all, sizeof *high);
    long long *count = arena_take(question_arena(q), all, sizeof *count);
    for (size_t i = 0; i < all; i++) {
        low[i] = 0;
        high[i] = UINT64_MAX;
    }
    for (int round = 0; round < 64; round++) {
        for (size_t i = 0; i < all; i++)
            count[i] = (long long)count_up_to(key + i / STATISTICS * rows, rows,
                                              low[i] + (high[i] - low[i]) / 2);
        reduce_integers(question_team(q), count, all);
        for (size_t i = 0; i < all; i++) {
            const uint64_t pivot = low[i] + (high[i] - low[i]) / 2;
            if ((size_t)count[i] > place[i % STATISTICS])
                high[i] = pivot;
            else if (low[i] < high[i])
                low[i] = pivot + 1;
        }
    }
    for (size_t i = 0; i < all; i++)
        value[i] = value_of(low[i]);
}

/* Sets the places around quantile `fraction` of N values, and returns the weight of the second. */
static scalar place_quantile(size_t N, scalar fraction, enum kind kind, size_t *place)
{
    const scalar last = (scalar)(N - 1);
    scalar h = last * fraction;
    if (kind == WEIBULL)
        h = (scalar)(N + 1) * fraction - 1;
    if (kind == HAZEN)
        h = (scalar)N * fraction - (scalar)0.5;
    h = h < 0 ? 0 : h;
    h = h > last ? last : h;
    place[0] = (size_t)h;
    scalar weight = h - (scalar)place[0];
    place[1] = weight > 0 && kind != LOWER ? place[0] + 1 : place[0];
    if (kind == HIGHER)
        place[0] = place[1];
    return kind == MIDPOINT && weight > 0 ? (scalar)0.5 : weight;
}

static scalar between(const scalar *two, scalar weight)
{
    return two[0] + weight * (two[1] - two[0]);
}

static void fit(struct question *q, const scalar *x, const struct settings *is, scalar *center,
                scalar *scale)
{
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D');
    size_t place[STATISTICS];
    const scalar low = place_quantile(N, is->low, is->kind, place + LOW_BELOW);
    const scalar high = place_quantile(N, is->high, is->kind, place + HIGH_BELOW);
    place[MIDDLE_BELOW] = (N - 1) / 2;
    place[MIDDLE_ABOVE] = N / 2;
    scalar *value = question_scratch(q, D * STATISTICS);
    select_places(q, x, place, value);
    for (size_t d = 0; d < D; d++) {
        const scalar *v = value + d * STATISTICS;
        const scalar range = between(v + HIGH_BELOW, high) - between(v + LOW_BELOW, low);
        const bool odd = place[MIDDLE_BELOW] == place[MIDDLE_ABOVE];
        const scalar middle = odd ? v[MIDDLE_BELOW] : (v[MIDDLE_BELOW] + v[MIDDLE_ABOVE]) / 2;
        center[d] = is->center ? middle : 0;
        scale[d] = is->scale && range != 0 ? range / is->unit : 1;
    }
}

static void apply(scalar *z, const scalar *x, const scalar *center, const scalar *scale,
                  size_t rows, size_t D)
{
    for (size_t n = 0; n < rows; n++)
        for (size_t d = 0; d < D; d++)
            z[n * D + d] = (x[n * D + d] - center[d]) / scale[d];
}

void robust_scaling_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]D");
    const size_t D = question_size(q, 'D');
    const struct settings is = read_settings(q);
    scalar *center = question_output(q, "center", "D"), *scale = question_output(q, "scale", "D");
    fit(q, x, &is, center, scale);
    apply(question_output(q, "z", "[N]D"), x, center, scale, question_part(q, 'N'), D);
    if (!question_has(q, "x_new"))
        return;
    const scalar *x_new = question_input(q, "x_new", "[M]D");
    apply(question_output(q, "z_new", "[M]D"), x_new, center, scale, question_part(q, 'M'), D);
}
