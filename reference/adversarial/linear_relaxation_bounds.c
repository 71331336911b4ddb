// SPDX-License-Identifier: MIT
#include "linear_relaxation_bounds.h"

enum slope { ADAPTIVE, PARALLEL, ZERO, ONE };

struct relaxation {
    struct call *call;
    struct perceptron net;
    size_t N;
    enum slope slope;
    int intervals;
    real *middle, *radius;                                  /* (N,D) */
    real *low[PERCEPTRON_LAYERS], *high[PERCEPTRON_LAYERS]; /* of hidden layer l, from 1 */
};

static void read_box(struct relaxation *is, const real *x)
{
    static const char *const boxes[] = {"clip", "none", NULL};
    int clip = call_choice(is->call, "box", boxes) == 0;
    real epsilon = call_number(is->call, "epsilon");
    real low = call_number_or(is->call, "low", R(0.0)), high = call_number_or(is->call, "high", 1);
    if (!(epsilon >= 0))
        call_fail(is->call, "number 'epsilon' must be at least 0");
    if (!(low < high))
        call_fail(is->call, "number 'low' must be below number 'high'");
    for (size_t i = 0; i < is->N * is->net.size[0]; i++) {
        real from = x[i] - epsilon, to = x[i] + epsilon;
        from = clip && from < low ? low : from;
        to = clip && to > high ? high : to;
        is->middle[i] = (to + from) / 2;
        is->radius[i] = (to - from) / 2;
    }
}

/* The lower slope of a unit between low < 0 < high, whose upper slope is s. */
static real lower_slope(const struct relaxation *is, real low, real high, real s)
{
    if (is->slope == ADAPTIVE)
        return high + low > 0 ? R(1.0) : R(0.0);
    return is->slope == PARALLEL ? s : is->slope == ONE ? R(1.0) : R(0.0);
}

/* The lower bound of A a_l + c for sample n, a_l being the outputs of hidden layer l (0: the
 * inputs); A (units of layer l) is not kept. */
static real lower_bound(const struct relaxation *is, size_t n, size_t l, const real *A, real c)
{
    for (; l > 0; l--) {
        size_t I = is->net.size[l - 1], O = is->net.size[l];
        const real *low = is->low[l] + n * O, *high = is->high[l] + n * O;
        real *t = call_scratch(is->call, O), *B = call_scratch(is->call, O);
        real *next = call_scratch(is->call, I);
        for (size_t j = 0; j < O; j++) {
            real slope = high[j] > 0 ? R(1.0) : R(0.0);
            if (low[j] < 0 && high[j] > 0) {
                real s = high[j] / (high[j] - low[j]);
                slope = A[j] < 0 ? s : lower_slope(is, low[j], high[j], s);
                t[j] = A[j] < 0 ? -(s * low[j]) : R(0.0);
            }
            B[j] = A[j] * slope;
        }
        c = sum_products(c, O, A, 1, t, 1);
        c = sum_products(c, O, B, 1, is->net.b[l - 1], 1);
        for (size_t i = 0; i < I; i++)
            next[i] = sum_products(R(0.0), O, is->net.w[l - 1] + i * O, 1, B, 1);
        A = next;
    }
    size_t D = is->net.size[0];
    real *size = call_scratch(is->call, D);
    for (size_t i = 0; i < D; i++)
        size[i] = real_abs(A[i]);
    return sum_products(c, D, A, 1, is->middle + n * D, 1) -
           sum_products(R(0.0), D, size, 1, is->radius + n * D, 1);
}

/* Bounds of hidden layer l by intervals of the layer before it. */
static void interval(const struct relaxation *is, size_t n, size_t l)
{
    size_t I = is->net.size[l - 1], O = is->net.size[l];
    real *m = call_scratch(is->call, I), *r = call_scratch(is->call, I);
    real *size = call_scratch(is->call, I);
    for (size_t i = 0; i < I; i++) {
        real low = l > 1 ? is->low[l - 1][n * I + i] : 0,
             high = l > 1 ? is->high[l - 1][n * I + i] : 0;
        low = low > 0 ? low : R(0.0);
        high = high > 0 ? high : R(0.0);
        m[i] = l > 1 ? (high + low) / 2 : is->middle[n * I + i];
        r[i] = l > 1 ? (high - low) / 2 : is->radius[n * I + i];
    }
    for (size_t o = 0; o < O; o++) {
        const real *w = is->net.w[l - 1] + o;
        for (size_t i = 0; i < I; i++)
            size[i] = real_abs(w[i * O]);
        real middle = sum_products(is->net.b[l - 1][o], I, m, 1, w, O);
        real radius = sum_products(R(0.0), I, r, 1, size, 1);
        is->low[l][n * O + o] = middle - radius;
        is->high[l][n * O + o] = middle + radius;
    }
}

static void bound_layer(const struct relaxation *is, size_t n, size_t l)
{
    size_t I = is->net.size[l - 1], O = is->net.size[l];
    real *A = call_scratch(is->call, I);
    if (is->intervals)
        interval(is, n, l);
    for (size_t o = 0; o < O; o++) {
        real *low = &is->low[l][n * O + o], *high = &is->high[l][n * O + o];
        for (size_t i = 0; !is->intervals && i < I; i++)
            A[i] = is->net.w[l - 1][i * O + o];
        if (!is->intervals)
            *low = lower_bound(is, n, l - 1, A, is->net.b[l - 1][o]);
        for (size_t i = 0; !is->intervals && i < I; i++)
            A[i] = -A[i];
        if (!is->intervals)
            *high = -lower_bound(is, n, l - 1, A, -is->net.b[l - 1][o]);
        real sum = *high + *low;
        call_decisions(is->call, 1, low);
        call_decisions(is->call, 1, high);
        call_decisions(is->call, is->slope == ADAPTIVE && *low < 0 && *high > 0, &sum);
    }
}

static struct relaxation read(struct call *call, const real **x)
{
    static const char *const slopes[] = {"adaptive", "parallel", "zero", "one", NULL};
    static const char *const hidden[] = {"linear", "intervals", NULL};
    static const char names[PERCEPTRON_LAYERS][2][6] = {
        {"", ""},          {"low1", "high1"}, {"low2", "high2"}, {"low3", "high3"},
        {"low4", "high4"}, {"low5", "high5"}, {"low6", "high6"}, {"low7", "high7"}};
    struct relaxation is = {.call = call};
    perceptron_read(call, &is.net);
    *x = call_input(call, "x", "Na");
    is.N = call_size(call, 'N');
    is.slope = (enum slope)call_choice(call, "slope", slopes);
    is.intervals = call_choice(call, "hidden", hidden);
    if (is.net.activation != PERCEPTRON_RELU)
        call_fail(call, "convention 'activation' must be relu");
    if (call_size(call, 'K') < 2)
        call_fail(call, "input 'w%zu' has one output, but a margin needs two", is.net.layers);
    if (is.N == 0)
        call_fail(call, "input 'x' holds no samples");
    is.middle = call_scratch(call, is.N * is.net.size[0]);
    is.radius = call_scratch(call, is.N * is.net.size[0]);
    for (size_t l = 1; l < is.net.layers; l++) {
        const char shape[] = {'N', (char)('a' + l), 0};
        is.low[l] = call_output(call, names[l][0], shape);
        is.high[l] = call_output(call, names[l][1], shape);
    }
    return is;
}

void linear_relaxation_bounds_answer(struct call *call)
{
    const real *x;
    struct relaxation is = read(call, &x);
    size_t L = is.net.layers, I = is.net.size[L - 1], K = is.net.size[L], count = 0;
    const int *labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    const real *w = is.net.w[L - 1], *b = is.net.b[L - 1];
    read_box(&is, x);
    real *margins = call_output(call, "margins", "NK"), *margin = call_output(call, "margin", "N");
    real *certified = call_output_integers(call, "certified", "N"), *A = call_scratch(call, I);
    for (size_t n = 0; n < is.N; n++) {
        size_t y = (size_t)labels[n], first = y == 0;
        for (size_t l = 1; l < L; l++)
            bound_layer(&is, n, l);
        for (size_t k = 0; k < K; k++) {
            for (size_t i = 0; i < I; i++)
                A[i] = w[i * K + y] - w[i * K + k];
            if (k == y)
                continue;
            margins[n * K + k] = lower_bound(&is, n, L - 1, A, b[y] - b[k]);
            margin[n] =
                k == first || margins[n * K + k] < margin[n] ? margins[n * K + k] : margin[n];
        }
        certified[n] = margin[n] > 0;
        count += margin[n] > 0;
    }
    call_decisions(call, is.N, margin);
    *call_output(call, "accuracy", "") = real_count(count) / real_count(is.N);
}
