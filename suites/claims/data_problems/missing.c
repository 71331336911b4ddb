// SPDX-License-Identifier: MIT
#include "missing.h"

#include "../foundations/problem.h"

#include <math.h>
#include <string.h>

enum {
    TRAIN = 400,
    VALIDATION = 200,
    TEST = 1000,
    COLUMNS = 8,
    STREAM = 200,
    STEPS = 400,
    BATCH = 32,
    DONORS = 5,
    PARTS = 3,
};

static const double pi = 3.14159265358979323846;

/* ---- data and networks ----------------------------------------------------------------------- */

struct split missing_waves(struct replica *r)
{
    struct samples all = samples_new(r, TRAIN + VALIDATION + TEST, COLUMNS, 2, 0);
    lab_normal(r, STREAM, all.x, all.count * COLUMNS);
    for (size_t n = 0; n < all.count; n++) {
        const double u = 2 * lab_uniform(r, STREAM + 1, n) - 1;
        const double v = 2 * lab_uniform(r, STREAM + 2, n) - 1;
        for (size_t k = 0; k < COLUMNS; k++) {
            float *x = all.x + n * COLUMNS + k;
            const double angle = pi * (double)k / COLUMNS;
            const double along = u * lab_cos(r, angle) + v * lab_sin(r, angle);
            *x = (float)(lab_sin(r, 2 * along + (double)k) + 0.1 * (double)*x);
        }
        all.label[n] = u * v > 0;
    }
    return samples_split(&all, TRAIN, VALIDATION);
}

struct split missing_digits(struct replica *r)
{
    return problem_split(r, PROBLEM_DIGITS, TRAIN, VALIDATION);
}

double missing_accuracy(struct replica *r, const struct split *split)
{
    static const double rates[] = {0.001, 0.003, 0.01};
    struct split scaled = {.train = samples_copy(r, &split->train),
                           .validation = samples_copy(r, &split->validation),
                           .test = samples_copy(r, &split->test)};
    split_standardize(&scaled);
    const struct network_plan plan =
        network_plan(split->train.features, 3, 32, split->train.classes);
    const struct fit_plan how = {
        .optimizer = FIT_ADAM, .batch = BATCH, .steps = STEPS, .epochs = STEPS};
    return trial_of(r, &plan, &scaled, &how, rates, sizeof rates / sizeof rates[0]).test;
}

/* ---- gaps ------------------------------------------------------------------------------------ */

static double median_of(struct replica *r, const struct samples *samples, const bool *missing,
                        size_t column)
{
    const struct arena mark = lab_borrow(r);
    double *known = lab_take(r, samples->count, sizeof *known);
    size_t count = 0;
    for (size_t n = 0; n < samples->count; n++) {
        const size_t i = n * samples->features + column;
        if (missing == NULL || !missing[i])
            known[count++] = (double)samples->x[i];
    }
    const double median = count > 0 ? lab_median(r, known, count) : 0;
    lab_return(r, mark);
    return median;
}

static bool *cut(struct replica *r, const struct samples *samples, const double *median,
                 enum missing_why why, double p, uint64_t stream)
{
    const size_t D = samples->features;
    bool *missing = lab_take(r, samples->count * D, sizeof *missing);
    for (size_t i = 0; i < samples->count * D; i++) {
        const size_t d = i % D, by = why == MISSING_BY_ANOTHER ? d + 1 : d;
        if (why == MISSING_BY_ANOTHER && (d % 2 == 1 || by == D))
            continue;
        const bool is_above = (double)samples->x[i - d + by] > median[by];
        const double chance = why == MISSING_BY_CHANCE ? p : is_above ? 2 * p : 0;
        missing[i] = lab_uniform(r, stream, i) < chance;
    }
    return missing;
}

struct gaps gaps_make(struct replica *r, const struct split *split, enum missing_why why, double p,
                      uint64_t stream)
{
    const size_t D = split->train.features;
    double *median = lab_take(r, D, sizeof *median);
    for (size_t d = 0; d < D; d++)
        median[d] = median_of(r, &split->train, NULL, d);
    return (struct gaps){.replica = r,
                         .split = *split,
                         .train = cut(r, &split->train, median, why, p, stream),
                         .validation = cut(r, &split->validation, median, why, p, stream + 1),
                         .test = cut(r, &split->test, median, why, p, stream + 2)};
}

/* The parts of a split, and their gaps. */
static void list_parts(struct split *split, struct samples *part[PARTS])
{
    part[0] = &split->train;
    part[1] = &split->validation;
    part[2] = &split->test;
}

static const bool *gaps_of(const struct gaps *gaps, size_t part)
{
    const bool *const all[PARTS] = {gaps->train, gaps->validation, gaps->test};
    return all[part];
}

/* ---- filling --------------------------------------------------------------------------------- */

static double mean_of(const struct samples *samples, const bool *missing, size_t column)
{
    double sum = 0;
    size_t count = 0;
    for (size_t n = 0; n < samples->count; n++) {
        const size_t i = n * samples->features + column;
        sum += missing[i] ? 0 : (double)samples->x[i];
        count += !missing[i];
    }
    return count > 0 ? sum / (double)count : 0;
}

/* The mean square difference over the columns that both know; INFINITY if there are none. */
static double apart(const float *x, const bool *x_missing, const float *y, const bool *y_missing,
                    size_t D)
{
    double sum = 0;
    size_t count = 0;
    for (size_t d = 0; d < D; d++) {
        if (x_missing[d] || y_missing[d])
            continue;
        const double off = (double)x[d] - (double)y[d];
        sum += off * off;
        count++;
    }
    return count > 0 ? sum / (double)count : INFINITY;
}

/* The mean of column d over the nearest donors; `otherwise` if there are none. */
static double donated(const struct gaps *gaps, const double *far, size_t d, double otherwise)
{
    const struct samples *train = &gaps->split.train;
    const size_t D = train->features;
    double nearest[DONORS], value[DONORS], sum = 0;
    size_t found = 0;
    for (size_t n = 0; n < train->count; n++) {
        if (gaps->train[n * D + d] || !isfinite(far[n]) ||
            (found == DONORS && far[n] >= nearest[DONORS - 1]))
            continue;
        size_t k = found < DONORS ? found++ : DONORS - 1;
        for (; k > 0 && nearest[k - 1] > far[n]; k--) {
            nearest[k] = nearest[k - 1];
            value[k] = value[k - 1];
        }
        nearest[k] = far[n];
        value[k] = (double)train->x[n * D + d];
    }
    for (size_t k = 0; k < found; k++)
        sum += value[k];
    return found > 0 ? sum / (double)found : otherwise;
}

/* Fills the gaps of sample n of a part, x being where its values go. */
static void ask_neighbours(const struct gaps *gaps, const struct samples *part, const bool *missing,
                           bool is_train, size_t n, const double *column, float *x)
{
    const struct samples *train = &gaps->split.train;
    const size_t D = train->features;
    const struct arena mark = lab_borrow(gaps->replica);
    double *far = lab_take(gaps->replica, train->count, sizeof *far);
    for (size_t m = 0; m < train->count; m++)
        far[m] = is_train && m == n ? INFINITY
                                    : apart(part->x + n * D, missing + n * D, train->x + m * D,
                                            gaps->train + m * D, D);
    for (size_t d = 0; d < D; d++)
        if (missing[n * D + d])
            x[d] = (float)donated(gaps, far, d, column[d]);
    lab_return(gaps->replica, mark);
}

struct split gaps_fill(const struct gaps *gaps, enum filling filling)
{
    struct replica *r = gaps->replica;
    struct split from = gaps->split, filled = gaps->split;
    struct samples *source[PARTS], *part[PARTS];
    const size_t D = from.train.features;
    double *column = lab_take(r, D, sizeof *column);
    list_parts(&from, source);
    list_parts(&filled, part);
    for (size_t d = 0; d < D; d++)
        column[d] = filling == FILL_MEDIAN ? median_of(r, &from.train, gaps->train, d)
                                           : mean_of(&from.train, gaps->train, d);
    for (size_t i = 0; i < PARTS; i++) {
        const bool *missing = gaps_of(gaps, i);
        *part[i] = samples_copy(r, source[i]);
        for (size_t n = 0; n < part[i]->count; n++) {
            float *x = part[i]->x + n * D;
            for (size_t d = 0; d < D; d++)
                x[d] = missing[n * D + d] ? (float)column[d] : x[d];
            if (filling == FILL_NEIGHBOURS)
                ask_neighbours(gaps, source[i], missing, i == 0, n, column, x);
        }
    }
    return filled;
}

struct split gaps_mark(const struct gaps *gaps, const struct split *filled)
{
    struct split from = *filled, marked = *filled;
    struct samples *source[PARTS], *part[PARTS];
    const size_t D = from.train.features;
    list_parts(&from, source);
    list_parts(&marked, part);
    for (size_t i = 0; i < PARTS; i++) {
        *part[i] = samples_new(gaps->replica, source[i]->count, 2 * D, source[i]->classes, 0);
        for (size_t n = 0; n < part[i]->count; n++) {
            part[i]->label[n] = source[i]->label[n];
            memcpy(part[i]->x + 2 * n * D, source[i]->x + n * D, D * sizeof(float));
            for (size_t d = 0; d < D; d++)
                part[i]->x[2 * n * D + D + d] = gaps_of(gaps, i)[n * D + d];
        }
    }
    return marked;
}

struct split gaps_drop(const struct gaps *gaps, const struct split *filled)
{
    struct split kept = *filled;
    const size_t D = kept.train.features;
    kept.train = samples_copy(gaps->replica, &filled->train);
    kept.train.count = 0;
    for (size_t n = 0; n < filled->train.count; n++) {
        bool is_whole = true;
        for (size_t d = 0; d < D; d++)
            is_whole &= !gaps->train[n * D + d];
        if (!is_whole)
            continue;
        memcpy(kept.train.x + kept.train.count * D, filled->train.x + n * D, D * sizeof(float));
        kept.train.label[kept.train.count++] = filled->train.label[n];
    }
    return kept;
}
