// SPDX-License-Identifier: MIT
#include "../lab/replica.h"

#include <math.h>

enum { VALUES = 1000, EXACT_DEGREE = 16 };

/* Arithmetic that counts: each addition, product, quotient, comparison and change of an exponent. */
struct counter {
    size_t operations;
};

static double plus(struct counter *counter, double a, double b)
{
    counter->operations++;
    return a + b;
}

static double times(struct counter *counter, double a, double b)
{
    counter->operations++;
    return a * b;
}

static double over(struct counter *counter, double a, double b)
{
    counter->operations++;
    return a / b;
}

static bool is_above(struct counter *counter, double a, double b)
{
    counter->operations++;
    return a > b;
}

static double nearest(struct counter *counter, double x)
{
    counter->operations++;
    return floor(x + 0.5);
}

static double scaled(struct counter *counter, double x, int exponent)
{
    counter->operations++;
    return ldexp(x, exponent);
}

/* e^x = 2^k e^f with |f| <= ln 2 / 2, and Taylor's polynomial for e^f by Horner's rule. */
static double exponential(struct counter *counter, double x, size_t degree)
{
    static const double factor[] = {1,
                                    1,
                                    0.5,
                                    1. / 6,
                                    1. / 24,
                                    1. / 120,
                                    1. / 720,
                                    1. / 5040,
                                    1. / 40320,
                                    1. / 362880,
                                    1. / 3628800,
                                    1. / 39916800,
                                    1. / 479001600,
                                    1. / 6227020800,
                                    1. / 87178291200,
                                    1. / 1307674368000,
                                    1. / 20922789888000};
    const double k = nearest(counter, times(counter, x, 1.4426950408889634));
    const double f = plus(counter, x, times(counter, k, -0.6931471805599453));
    double sum = factor[degree];
    for (size_t n = degree; n-- > 0;)
        sum = plus(counter, times(counter, sum, f), factor[n]);
    return scaled(counter, sum, (int)k);
}

static double relu(struct counter *counter, double x, size_t degree)
{
    (void)degree;
    return is_above(counter, x, 0) ? x : 0;
}

static double sigmoid(struct counter *counter, double x, size_t degree)
{
    return over(counter, 1, plus(counter, 1, exponential(counter, -x, degree)));
}

/* (e^2x - 1) / (e^2x + 1) */
static double tangent(struct counter *counter, double x, size_t degree)
{
    const double e = exponential(counter, plus(counter, x, x), degree);
    return over(counter, plus(counter, e, -1), plus(counter, e, 1));
}

/* The smallest degree with which the values at `x` are those of a long polynomial to within 2^-24
 * of 1, about the rounding of binary32. */
static size_t degree_for(double (*activation)(struct counter *, double, size_t), const double *x)
{
    for (size_t degree = 1; degree < EXACT_DEGREE; degree++) {
        struct counter counter = {0};
        size_t right = 0;
        for (size_t i = 0; i < VALUES; i++)
            right += fabs(activation(&counter, x[i], degree) -
                          activation(&counter, x[i], EXACT_DEGREE)) <= 0x1p-24;
        if (right == VALUES)
            return degree;
    }
    return EXACT_DEGREE;
}

/* Operations for one value. */
static double cost(double (*activation)(struct counter *, double, size_t), const double *x)
{
    const size_t degree = degree_for(activation, x);
    struct counter counter = {0};
    for (size_t i = 0; i < VALUES; i++)
        activation(&counter, x[i], degree);
    return (double)counter.operations / VALUES;
}

void operations_per_unit(struct replica *r)
{
    double *x = lab_take(r, VALUES, sizeof *x);
    for (size_t i = 0; i < VALUES; i++)
        x[i] = 16 * lab_uniform(r, 1, i) - 8;
    const double cheap = cost(relu, x), costs[] = {cost(sigmoid, x), cost(tangent, x)};
    for (size_t arm = 0; arm < 2; arm++) {
        replica_effect(r, arm, costs[arm] / cheap);
        for (size_t i = 0; i < r->claim->curve.points; i++) {
            const double products = 2 * r->claim->curve.at[i]; /* one product, one sum per input */
            replica_point(r, arm, i, (products + costs[arm]) / (products + cheap));
        }
    }
}
