// SPDX-License-Identifier: MIT
#include "laws.h"

#include "law_tests.h"
#include "laws_of_questions.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum law_kind { TWO, NORMAL, UNIFORM, TRUNCATED, ORTHOGONAL, PERMUTATION, LAW_KINDS };

struct law {
    enum law_kind kind;
    double number[3];
    int axes; /* of `per`; -1: every element is a draw of its own */
};

/* The output, and the verdict so far. */
struct judge {
    struct law law;
    double roundoff, L;
    int rank;
    const size_t *dim;
    const double *value; /* of draws: one each where `per` joins several */
    size_t count, rows;  /* draws; and how many of them lie along the first axis */
    struct law_verdict verdict;
};

static int parse(struct law *law, const char *text)
{
    static const struct {
        const char *name;
        int numbers;
    } known[LAW_KINDS] = {{"two", 3},       {"normal", 2},     {"uniform", 2},
                          {"truncated", 3}, {"orthogonal", 1}, {"permutation", 0}};
    char word[ASSAY_NAME];
    int used = 0;
    if (sscanf(text, "%47s%n", word, &used) != 1)
        return 0;
    law->kind = 0;
    while (law->kind < LAW_KINDS && strcmp(known[law->kind].name, word) != 0)
        law->kind++;
    if (law->kind == LAW_KINDS)
        return 0;
    text += used;
    for (int i = 0; i < known[law->kind].numbers; i++) {
        if (sscanf(text, "%lf%n", &law->number[i], &used) != 1)
            return 0;
        text += used;
    }
    law->axes = -1;
    if (law->kind <= TRUNCATED && sscanf(text, " per %d%n", &law->axes, &used) == 1)
        text += used;
    return text[strspn(text, " ")] == '\0' && law->axes >= -1 && law->axes < REQUEST_RANK;
}

int law_known(const char *text)
{
    struct law law;
    return parse(&law, text) || law_of_questions(text);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double gaussian(double z)
{
    return erfc(-z / sqrt(2)) / 2;
}

static double distribution_at(const struct law *law, double x)
{
    const double *a = law->number;
    if (law->kind == NORMAL)
        return gaussian((x - a[0]) / a[1]);
    if (law->kind == UNIFORM)
        return fmin(fmax((x - a[0]) / (a[1] - a[0]), 0), 1);
    double low = gaussian(a[1] / a[0]), high = gaussian(a[2] / a[0]);
    return fmin(fmax((gaussian(x / a[0]) - low) / (high - low), 0), 1);
}

static void distribution(struct judge *j)
{
    double *sorted = malloc((j->count + 1) * sizeof *sorted), worst = 0, n = (double)j->count;
    if (!sorted)
        exit(2);
    memcpy(sorted, j->value, j->count * sizeof *sorted);
    qsort(sorted, j->count, sizeof *sorted, compare_doubles);
    for (size_t i = 0; i < j->count; i++) {
        double F = distribution_at(&j->law, sorted[i]);
        worst = fmax(worst, fmax((double)(i + 1) / n - F, F - (double)i / n));
    }
    free(sorted);
    law_test(&j->verdict, "largest distance from the distribution function", worst, 0,
             sqrt(j->L / (2 * n)));
}

/* Density of a truncated Gaussian of deviation 1 at z, times z to the power of `power`. */
static double edge(double z, int power, double mass)
{
    double density = exp(-z * z / 2) / sqrt(2 * 3.141592653589793) / mass;
    return power ? z * density : density;
}

/* Mean and variance of a bounded law. */
static void bounded_moments(const struct law *law, double *mean, double *variance)
{
    const double *a = law->number;
    if (law->kind == UNIFORM) {
        *mean = (a[0] + a[1]) / 2;
        *variance = (a[1] - a[0]) * (a[1] - a[0]) / 12;
        return;
    }
    double low = a[1] / a[0], high = a[2] / a[0], mass = gaussian(high) - gaussian(low);
    double m = edge(low, 0, mass) - edge(high, 0, mass);
    *mean = a[0] * m;
    *variance = a[0] * a[0] * (1 + edge(low, 1, mass) - edge(high, 1, mass) - m * m);
}

/* How far the mean of draws may be from its expectation, when they have at most this variance and
 * are never farther than `reach` from it. */
static double bernstein(const struct judge *j, double n, double variance, double reach)
{
    double linear = reach * j->L / 3;
    return (linear + sqrt(linear * linear + 2 * n * variance * j->L)) / n;
}

static void moments(struct judge *j)
{
    const double *a = j->law.number;
    double n = (double)j->count, sum = 0, squares = 0, mean = a[0], variance = a[1] * a[1];
    if (j->law.kind != NORMAL)
        bounded_moments(&j->law, &mean, &variance);
    for (size_t i = 0; i < j->count; i++) {
        sum += j->value[i];
        squares += (j->value[i] - mean) * (j->value[i] - mean);
    }
    if (j->law.kind == NORMAL) {
        law_test(&j->verdict, "mean", sum / n, mean, sqrt(2 * j->L * variance / n));
        double over = squares / variance - n;
        double limit = 2 * sqrt(n * j->L) + (over > 0 ? 2 * j->L : 0);
        law_test(&j->verdict, "variance", squares / n, variance, limit * variance / n);
        return;
    }
    double low = j->law.kind == UNIFORM ? a[0] : a[1], high = j->law.kind == UNIFORM ? a[1] : a[2];
    double reach = fmax(high - mean, mean - low), square = reach * reach;
    law_test(&j->verdict, "mean", sum / n, mean, bernstein(j, n, variance, reach));
    law_test(&j->verdict, "variance", squares / n, variance,
             bernstein(j, n, variance * (square - variance), square));
}

/* Which side of its median a value is on; for `two`, whether it is A. */
static int side(const struct judge *j, size_t i)
{
    const double *a = j->law.number;
    double mean = 0, variance = 0;
    if (j->law.kind == TWO)
        return fabs(j->value[i] - a[0]) <= fabs(j->value[i] - a[2]);
    if (j->law.kind == NORMAL)
        mean = a[0];
    else if (j->law.kind == UNIFORM || a[1] != -a[2])
        bounded_moments(&j->law, &mean, &variance);
    return j->value[i] > mean;
}

/* Pairs at a distance, none of which share a draw. */
static void neighbours(struct judge *j, size_t distance, const char *what)
{
    size_t alike = 0, pairs = 0;
    double p = j->law.kind == TWO ? j->law.number[1] : 0.5;
    if (j->law.kind == TRUNCATED && j->law.number[1] != -j->law.number[2])
        return; /* its mean is not its median */
    for (size_t i = 0; distance > 0 && i + distance < j->count; i++) {
        if (i / distance % 2 == 1)
            continue;
        pairs++;
        alike += side(j, i) == side(j, i + distance);
    }
    law_frequency(&j->verdict, what, alike, pairs, p * p + (1 - p) * (1 - p));
}

static int is_allowed(const struct judge *j, double x)
{
    const double *a = j->law.number;
    double slack = 4 * j->roundoff;
    if (j->law.kind == TWO)
        return fabs(x - a[0]) <= slack * fabs(a[0]) || fabs(x - a[2]) <= slack * fabs(a[2]);
    if (j->law.kind == NORMAL)
        return isfinite(x);
    double low = a[j->law.kind == UNIFORM ? 0 : 1], high = a[j->law.kind == UNIFORM ? 1 : 2];
    double room = slack * fmax(fabs(low), fabs(high));
    return x >= low - room && x <= high + room;
}

static void elements(struct judge *j)
{
    size_t first = 0;
    for (size_t i = 0; i < j->count; i++) {
        if (!is_allowed(j, j->value[i])) {
            law_worsen(&j->verdict, INFINITY, "its draw %zu is %.9g, which the law does not allow",
                       i, j->value[i]);
            return;
        }
        first += j->law.kind == TWO && side(j, i);
    }
    if (j->law.kind == TWO) {
        law_frequency(&j->verdict, "are the first value", first, j->count, j->law.number[1]);
    } else {
        distribution(j);
        moments(j);
    }
    neighbours(j, 1, "neighbours along the last axis are alike");
    if (j->rows > 1 && j->rows < j->count)
        neighbours(j, j->count / j->rows, "neighbours along the first axis are alike");
}

/* ---- matrices and permutations --------------------------------------------------------------- */

static void orthogonal(struct judge *j)
{
    size_t rows = j->dim[0], columns = j->rank == 2 ? j->dim[1] : 1;
    int tall = rows > columns;
    size_t vectors = tall ? columns : rows, length = tall ? rows : columns;
    size_t step = tall ? columns : 1, next = tall ? 1 : columns, positive = 0, diagonal = 0;
    double gain = j->law.number[0], worst = 0;
    for (size_t a = 0; a < vectors; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = a == b ? -gain * gain : 0;
            for (size_t i = 0; i < length; i++)
                sum += j->value[a * next + i * step] * j->value[b * next + i * step];
            worst = sum == sum ? fmax(worst, fabs(sum)) : INFINITY;
        }
    }
    law_worsen(&j->verdict, worst / (8 * (double)length * j->roundoff * gain * gain),
               "its vectors differ from orthogonal ones by %.3g", worst);
    for (size_t i = 0; i < rows; i++)
        positive += j->value[i * columns] > 0;
    for (size_t i = 0; i < vectors; i++)
        diagonal += j->value[i * columns + i] > 0;
    law_frequency(&j->verdict, "elements of the first column are positive", positive, rows, 0.5);
    law_frequency(&j->verdict, "elements of the diagonal are positive", diagonal, vectors, 0.5);
}

/* Fixed points of row `r`, or of it after row r - 1. */
static size_t fixed_points(const struct judge *j, size_t n, size_t r, int after)
{
    const double *row = &j->value[r * n];
    size_t fixed = 0;
    for (size_t i = 0; i < n; i++)
        fixed += after ? row[i] == row[i - n] : row[i] == (double)i;
    return fixed;
}

static void permutations(struct judge *j)
{
    enum { ALARM_AT = 14 };
    size_t n = j->dim[j->rank - 1], rows = n ? j->count / n : 0, ascents = 0, pairs = 0;
    size_t fixed[2] = {0, 0};
    unsigned char *met = calloc(n + 1, 1);
    if (!met)
        exit(2);
    for (size_t r = 0; r < rows; r++) {
        memset(met, 0, n);
        for (size_t i = 0; i < n; i++) {
            double v = j->value[r * n + i];
            if (!(v >= 0 && v < (double)n) || v != floor(v) || met[(size_t)v]) {
                law_worsen(&j->verdict, INFINITY,
                           "its row %zu is not a permutation: element %zu is %.9g", r, i, v);
                free(met);
                return;
            }
            met[(size_t)v] = 1;
            ascents += i % 2 == 1 && v > j->value[r * n + i - 1];
            pairs += i % 2;
        }
        for (int after = 0; after <= (r > 0); after++) {
            size_t found = fixed_points(j, n, r, after);
            fixed[after] += after && r % 2 == 0 ? 0 : found; /* of pairs of rows: disjoint ones */
            j->verdict.tests += n >= ALARM_AT;
            law_worsen(&j->verdict, (double)found / (ALARM_AT - 1),
                       "its row %zu leaves %zu elements where %s", r, found,
                       after ? "the row before has them" : "they were");
        }
    }
    free(met);
    if (n > 1 && rows > 1) {
        double pairs_of_rows = (double)(rows / 2), reach = (double)n - 1;
        law_test(&j->verdict, "mean number of elements that stay", (double)fixed[0] / (double)rows,
                 1, bernstein(j, (double)rows, 1, reach));
        law_test(&j->verdict, "mean number of elements that stand as in the row before",
                 (double)fixed[1] / pairs_of_rows, 1, bernstein(j, pairs_of_rows, 1, reach));
    }
    law_frequency(&j->verdict, "neighbours ascend", ascents, pairs, 0.5);
}

/* ---- one output ------------------------------------------------------------------------------ */

/* Keeps one value of each group of `size` equal ones. Returns 0 when some are not equal. */
static int join(double *draw, const double *value, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (i % size == 0)
            draw[i / size] = value[i];
        else if (!(value[i] == draw[i / size]))
            return 0;
    }
    return 1;
}

struct law_verdict law_judge(const struct assay_case *question, const char *text,
                             const char *precision, int rank, const size_t dim[],
                             const double *value)
{
    if (law_of_questions(text))
        return law_of_questions_judge(question, text, precision, rank, dim, value);
    struct judge j = {.roundoff = precision_formats[precision_named(precision)].roundoff,
                      .L = log(2 / LAW_ALARM),
                      .rank = rank,
                      .dim = dim,
                      .count = 1};
    size_t size = 1;
    if (!parse(&j.law, text) || (rank == 0 && j.law.kind >= ORTHOGONAL)) {
        law_worsen(&j.verdict, INFINITY, "'%s' is not a law for it", text);
        return j.verdict;
    }
    for (int axis = 0; axis < rank; axis++)
        *(j.law.axes < 0 || axis < j.law.axes ? &j.count : &size) *= dim[axis];
    double *draw = malloc((j.count + 1) * sizeof *draw);
    if (!draw)
        exit(2);
    j.value = draw;
    j.rows = rank > 0 ? dim[0] : 1;
    if (j.count == 0 || size == 0)
        law_worsen(&j.verdict, INFINITY, "it is empty");
    else if (!join(draw, value, j.count * size, size))
        law_worsen(&j.verdict, INFINITY, "values that belong to one draw differ");
    else if (j.law.kind == ORTHOGONAL)
        orthogonal(&j);
    else if (j.law.kind == PERMUTATION)
        permutations(&j);
    else
        elements(&j);
    free(draw);
    return j.verdict;
}
