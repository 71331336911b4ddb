// SPDX-License-Identifier: MIT
#include "../../reference/gradients/standard_deviation.h"
#include "../fork.h"

/* Without a mean: sum_c e_c^2 = sum over all pairs (x_i - x_j)^2 / 2 C. */
static void pairs(struct call *call)
{
    struct deviation d = deviation_read(call);
    for (size_t n = 0; n < d.N; n++) {
        const real *x = &d.x[n * d.C];
        real squares = 0;
        for (size_t i = 0; i < d.C; i++) {
            for (size_t j = 0; j < d.C; j++)
                squares += (x[i] - x[j]) * (x[i] - x[j]);
        }
        d.y[n] = real_sqrt(squares / (2 * real_count(d.C)) / d.divisor + d.epsilon);
        for (size_t i = 0; i < d.C; i++) {
            real differences = 0;
            for (size_t j = 0; j < d.C; j++)
                differences += x[i] - x[j];
            real slope = d.y[n] > 0 ? differences / (real_count(d.C) * d.divisor * d.y[n]) : 0;
            d.dx[n * d.C + i] = d.dy[n] * slope;
        }
    }
}

enum mistake {
    ZERO_OVER_ZERO,
    UPSTREAM_AT_CONSTANTS,
    MEAN_OF_SQUARES,
    VARIANCE,
    SLOPE_OF_VARIANCE,
    UPSTREAM_IGNORED,
    NOT_CENTRED,
    DIVISOR_BACKWARD,
    EPSILON_OUTSIDE
};

static real wrong_slope(const struct deviation *d, enum mistake mistake, size_t n, size_t c)
{
    size_t i = n * d->C + c;
    if (mistake == ZERO_OVER_ZERO)
        return d->dy[n] * d->e[i] / (d->divisor * d->y[n]);
    if (mistake == UPSTREAM_AT_CONSTANTS)
        return d->y[n] > 0 ? d->dx[i] : d->dy[n] / d->divisor;
    if (mistake == SLOPE_OF_VARIANCE)
        return 2 * d->dy[n] * d->e[i] / d->divisor;
    if (mistake == UPSTREAM_IGNORED)
        return d->y[n] > 0 ? d->e[i] / (d->divisor * d->y[n]) : 0;
    if (mistake == NOT_CENTRED)
        return d->y[n] > 0 ? d->dy[n] * d->x[i] / (d->divisor * d->y[n]) : 0;
    if (mistake == DIVISOR_BACKWARD)
        return d->y[n] > 0 ? d->dy[n] * d->e[i] / (real_count(d->C) * d->y[n]) : 0;
    return d->dx[i];
}

static real wrong_value(const struct deviation *d, enum mistake mistake, size_t n)
{
    const real *x = &d->x[n * d->C];
    if (mistake == VARIANCE)
        return d->y[n] * d->y[n];
    if (mistake == EPSILON_OUTSIDE)
        return real_sqrt(d->y[n] * d->y[n] - d->epsilon) + d->epsilon;
    if (mistake != MEAN_OF_SQUARES)
        return d->y[n];
    real mean = sum_features(d->C, x, 1) / real_count(d->C);
    real square = sum_products(R(0.0), d->C, x, 1, x, 1) / real_count(d->C);
    real variance = square - mean * mean > 0 ? square - mean * mean : 0;
    return real_sqrt(variance * real_count(d->C) / d->divisor + d->epsilon);
}

static void wrong(struct call *call)
{
    struct deviation d = deviation_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    deviation_answer(&d);
    for (size_t i = 0; i < d.N * d.C; i++)
        d.dx[i] = wrong_slope(&d, mistake, i / d.C, i % d.C);
    for (size_t n = 0; n < d.N; n++)
        d.y[n] = wrong_value(&d, mistake, n);
}

static const struct fork table[] = {
    {.info = {"pairs", FORK_TWIN, "", "From the differences of all pairs.", NULL}, .answer = pairs},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "205 206", "The gradient of constants is NaN.",
              NULL},
     .answer = wrong,
     .variant = ZERO_OVER_ZERO},
    {.info = {"upstream_at_constants", FORK_BUG, "205", "A constant row has a gradient.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_AT_CONSTANTS},
    {.info = {"mean_of_squares", FORK_NUMERICAL, "", "Mean of squares minus square of mean.", NULL},
     .answer = wrong,
     .variant = MEAN_OF_SQUARES},
    {.info = {"variance", FORK_BUG, "", "The root is forgotten.", NULL},
     .answer = wrong,
     .variant = VARIANCE},
    {.info = {"slope_of_variance", FORK_BUG, "", "The gradient of the variance.", NULL},
     .answer = wrong,
     .variant = SLOPE_OF_VARIANCE},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is not in it.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"not_centred", FORK_BUG, "", "Backwards, the values are not centred.", NULL},
     .answer = wrong,
     .variant = NOT_CENTRED},
    {.info = {"divisor_backward", FORK_BUG, "", "Backwards, C instead of C - correction.", NULL},
     .answer = wrong,
     .variant = DIVISOR_BACKWARD},
    {.info = {"epsilon_outside", FORK_CONVENTION, "", "Epsilon is added to the root.", NULL},
     .answer = wrong,
     .variant = EPSILON_OUTSIDE},
    {.info = {"population", FORK_CONVENTION, "", "Always divided by C.", NULL},
     .number = {"correction", 0}},
    {.info = {"epsilon_ignored", FORK_BUG, "", "There is no epsilon.", NULL},
     .number = {"epsilon", 0}},
};

const struct fork_list standard_deviation_forks = {sizeof table / sizeof *table, table};
