// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    NO_INTERCEPT,
    INTERCEPT_SIGN,
    LINES_EXCHANGED,
    UPPER_SLOPE_ONE,
    ADAPTIVE_REVERSED,
    NO_BIAS,
    ALL_UNSTABLE,
    OFF_UNITS_PASS,
    RADIUS_ADDED,
    RADIUS_DOUBLED,
    BOX_FORGOTTEN,
    LABEL_FORGOTTEN,
    CERTIFIED_ALWAYS,
    LARGEST_MARGIN,
    MIDDLE_ONLY
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    int slope, intervals, clip;
    real epsilon, low, high;
    const real *x;
    real *from, *to;                                           /* the box, (N,D) */
    real *below[PERCEPTRON_LAYERS], *above[PERCEPTRON_LAYERS]; /* of hidden layers, from 1 */
    real *slopes[PERCEPTRON_LAYERS], *shifts[PERCEPTRON_LAYERS];
};

/* The line that takes the place of unit j of hidden layer l, where its weight is A. */
static void choose(struct rival *is, size_t n, size_t l, size_t j, real A)
{
    size_t at = n * is->net.net.size[l] + j;
    real low = is->below[l][at], high = is->above[l][at], s = high / (high - low), t = -low * s;
    int upper = (A < 0) != (is->mistake == LINES_EXCHANGED);
    real *slope = &is->slopes[l][j], *shift = &is->shifts[l][j];
    *slope = high > 0 || is->mistake == OFF_UNITS_PASS ? 1 : 0;
    *shift = 0;
    if (!(low < 0 && high > 0) && (is->mistake != ALL_UNSTABLE || high <= 0))
        return;
    int steep = (high > -low) != (is->mistake == ADAPTIVE_REVERSED);
    if (upper) {
        *slope = is->mistake == UPPER_SLOPE_ONE ? 1 : s;
        *shift = is->mistake == NO_INTERCEPT ? 0 : is->mistake == INTERCEPT_SIGN ? -t : t;
    } else {
        *slope = is->slope == 1 ? s : is->slope == 0 ? (steep ? 1 : 0) : is->slope == 3 ? 1 : 0;
    }
}

/* The smallest value of A a_l + c: the corner of the box where it lies, and the network of lines
 * there, forwards. */
static real smallest(struct rival *is, size_t n, size_t l, const real *A, real c)
{
    struct call *call = is->net.call;
    const struct perceptron *net = &is->net.net;
    const real *row = A;
    for (size_t k = l; k > 0; k--) {
        size_t I = net->size[k - 1], O = net->size[k];
        real *next = call_scratch(call, I);
        for (size_t j = 0; j < O; j++)
            choose(is, n, k, j, row[j]);
        for (size_t i = 0; i < I; i++)
            for (size_t j = O; j-- > 0;)
                next[i] = next[i] + net->w[k - 1][i * O + j] * row[j] * is->slopes[k][j];
        row = next;
    }
    size_t D = net->size[0];
    real *at = call_scratch(call, D);
    for (size_t i = 0; i < D; i++) {
        int falls = (row[i] < 0) != (is->mistake == RADIUS_ADDED);
        at[i] = falls ? is->to[n * D + i] : is->from[n * D + i];
        if (is->mistake == MIDDLE_ONLY)
            at[i] = (is->to[n * D + i] + is->from[n * D + i]) / 2;
    }
    for (size_t k = 1; k <= l; k++) {
        size_t I = net->size[k - 1], O = net->size[k];
        real *next = call_scratch(call, O);
        for (size_t j = 0; j < O; j++) {
            for (size_t i = I; i-- > 0;)
                next[j] = next[j] + net->w[k - 1][i * O + j] * at[i];
            next[j] = next[j] + (is->mistake == NO_BIAS ? 0 : net->b[k - 1][j]);
            next[j] = next[j] * is->slopes[k][j] + is->shifts[k][j];
        }
        at = next;
    }
    real sum = c;
    for (size_t j = net->size[l]; j-- > 0;)
        sum = sum + A[j] * at[j];
    return sum;
}

/* Ends of one unit by the ends of the layer before. */
static void by_ends(const struct rival *is, size_t n, size_t l, size_t o, real *low, real *high)
{
    const struct perceptron *net = &is->net.net;
    size_t I = net->size[l - 1], O = net->size[l];
    *low = *high = net->b[l - 1][o];
    for (size_t i = I; i-- > 0;) {
        real w = net->w[l - 1][i * O + o];
        real from = l > 1 ? is->below[l - 1][n * I + i] : is->from[n * I + i];
        real to = l > 1 ? is->above[l - 1][n * I + i] : is->to[n * I + i];
        from = l > 1 && from < 0 ? 0 : from;
        to = l > 1 && to < 0 ? 0 : to;
        *low = *low + w * (w < 0 ? to : from);
        *high = *high + w * (w < 0 ? from : to);
    }
}

static void bound_layer(struct rival *is, size_t n, size_t l)
{
    const struct perceptron *net = &is->net.net;
    size_t I = net->size[l - 1], O = net->size[l];
    real *A = call_scratch(is->net.call, 2 * I), b;
    for (size_t o = 0; o < O; o++) {
        real *low = &is->below[l][n * O + o], *high = &is->above[l][n * O + o];
        b = net->b[l - 1][o];
        for (size_t i = 0; i < I; i++) {
            A[i] = net->w[l - 1][i * O + o];
            A[I + i] = -A[i];
        }
        if (is->intervals) {
            by_ends(is, n, l, o, low, high);
        } else {
            *low = smallest(is, n, l - 1, A, b);
            *high = -smallest(is, n, l - 1, A + I, -b);
        }
    }
}

static struct rival read(struct call *call)
{
    static const char *const slopes[] = {"adaptive", "parallel", "zero", "one", NULL};
    static const char *const hidden[] = {"linear", "intervals", NULL};
    static const char *const boxes[] = {"clip", "none", NULL};
    static const char *const names[2][PERCEPTRON_LAYERS] = {
        {"", "low1", "low2", "low3", "low4", "low5", "low6", "low7"},
        {"", "high1", "high2", "high3", "high4", "high5", "high6", "high7"}};
    struct rival is = {.mistake = (enum mistake)call_variant(call)};
    is.x = rival_read(call, &is.net);
    is.slope = call_choice(call, "slope", slopes);
    is.intervals = call_choice(call, "hidden", hidden);
    is.clip = call_choice(call, "box", boxes) == 0 && is.mistake != BOX_FORGOTTEN;
    is.epsilon = call_number(call, "epsilon") * (is.mistake == RADIUS_DOUBLED ? 2 : 1);
    is.low = call_number_or(call, "low", R(0.0));
    is.high = call_number_or(call, "high", R(1.0));
    is.from = call_scratch(call, is.net.N * is.net.D);
    is.to = call_scratch(call, is.net.N * is.net.D);
    for (size_t i = 0; i < is.net.N * is.net.D; i++) {
        real from = is.x[i] - is.epsilon, to = is.x[i] + is.epsilon;
        is.from[i] = is.clip && from < is.low ? is.low : from;
        is.to[i] = is.clip && to > is.high ? is.high : to;
    }
    for (size_t l = 1; l < is.net.net.layers; l++) {
        const char shape[] = {'N', (char)('a' + l), 0};
        is.below[l] = call_output(call, names[0][l], shape);
        is.above[l] = call_output(call, names[1][l], shape);
        is.slopes[l] = call_scratch(call, is.net.net.size[l]);
        is.shifts[l] = call_scratch(call, is.net.net.size[l]);
    }
    return is;
}

static void at_the_corner(struct call *call)
{
    struct rival is = read(call);
    const struct perceptron *net = &is.net.net;
    size_t N = is.net.N, K = is.net.K, L = net->layers, I = net->size[L - 1], count = 0;
    const int *labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    real *margins = call_output(call, "margins", "NK"), *margin = call_output(call, "margin", "N");
    real *certified = call_output_integers(call, "certified", "N"), *A = call_scratch(call, I);
    for (size_t n = 0; n < N; n++) {
        size_t y = is.mistake == LABEL_FORGOTTEN ? 0 : (size_t)labels[n];
        for (size_t l = 1; l < L; l++)
            bound_layer(&is, n, l);
        for (size_t k = K; k-- > 0;) {
            for (size_t i = 0; i < I; i++)
                A[i] = net->w[L - 1][i * K + y] - net->w[L - 1][i * K + k];
            if (k == y)
                continue;
            real b = net->b[L - 1][y] - net->b[L - 1][k];
            real bound = smallest(&is, n, L - 1, A, is.mistake == NO_BIAS ? 0 : b);
            int first = k + 1 == K || (y + 1 == K && k + 2 == K);
            int taken = is.mistake == LARGEST_MARGIN ? bound > margin[n] : bound < margin[n];
            margins[n * K + k] = bound;
            margin[n] = first || taken ? bound : margin[n];
        }
        certified[n] = margin[n] > 0 || is.mistake == CERTIFIED_ALWAYS;
        count += certified[n] > 0;
    }
    *call_output(call, "accuracy", "") = real_count(count) / real_count(N);
}

static const struct fork table[] = {
    {.info = {"at_the_corner", FORK_TWIN, "",
              "The corner of the box where the lines are lowest, and the network of lines there.",
              NULL},
     .answer = at_the_corner},
    {.info = {"no_intercept", FORK_BUG, "", "Upper lines go through 0.", NULL},
     .answer = at_the_corner,
     .variant = NO_INTERCEPT},
    {.info = {"intercept_sign", FORK_BUG, "", "The intercept is s low, not -s low.", NULL},
     .answer = at_the_corner,
     .variant = INTERCEPT_SIGN},
    {.info = {"lines_exchanged", FORK_BUG, "257", "Upper lines where lower ones belong.", NULL},
     .answer = at_the_corner,
     .variant = LINES_EXCHANGED},
    {.info = {"upper_slope_one", FORK_BUG, "", "Upper lines have slope 1.", NULL},
     .answer = at_the_corner,
     .variant = UPPER_SLOPE_ONE},
    {.info = {"adaptive_reversed", FORK_BUG, "", "Slope 1 where more lies below 0.", NULL},
     .answer = at_the_corner,
     .variant = ADAPTIVE_REVERSED},
    {.info = {"no_bias", FORK_BUG, "", "Biases are left out of the lines.", NULL},
     .answer = at_the_corner,
     .variant = NO_BIAS},
    {.info = {"all_unstable", FORK_BUG, "", "Units that stay above 0 get lines too.", NULL},
     .answer = at_the_corner,
     .variant = ALL_UNSTABLE},
    {.info = {"off_units_pass", FORK_BUG, "", "Units that stay below 0 pass.", NULL},
     .answer = at_the_corner,
     .variant = OFF_UNITS_PASS},
    {.info = {"radius_added", FORK_BUG, "257", "The largest value in the box.", NULL},
     .answer = at_the_corner,
     .variant = RADIUS_ADDED},
    {.info = {"radius_doubled", FORK_BUG, "240", "The box reaches twice epsilon.", NULL},
     .answer = at_the_corner,
     .variant = RADIUS_DOUBLED},
    {.info = {"box_forgotten", FORK_CONVENTION, "242", "No box.", NULL},
     .answer = at_the_corner,
     .variant = BOX_FORGOTTEN},
    {.info = {"label_forgotten", FORK_BUG, "250", "Margins of class 0.", NULL},
     .answer = at_the_corner,
     .variant = LABEL_FORGOTTEN},
    {.info = {"certified_always", FORK_BUG, "", "Everything is certified.", NULL},
     .answer = at_the_corner,
     .variant = CERTIFIED_ALWAYS},
    {.info = {"largest_margin", FORK_BUG, "", "The largest of the margins.", NULL},
     .answer = at_the_corner,
     .variant = LARGEST_MARGIN},
    {.info = {"middle_only", FORK_BUG, "", "The lines in the middle of the box.", NULL},
     .answer = at_the_corner,
     .variant = MIDDLE_ONLY},
    {.info = {"adaptive_always", FORK_CONVENTION, "", "Adaptive whatever is asked for.", NULL},
     .instead = {"slope", "adaptive"}},
    {.info = {"parallel_always", FORK_CONVENTION, "", "Parallel whatever is asked for.", NULL},
     .instead = {"slope", "parallel"}},
    {.info = {"zero_always", FORK_CONVENTION, "", "Slope 0 whatever is asked for.", NULL},
     .instead = {"slope", "zero"}},
    {.info = {"intervals_always", FORK_CONVENTION, "",
              "Hidden layers by intervals whatever is asked for.", NULL},
     .instead = {"hidden", "intervals"}},
    {.info = {"never_intervals", FORK_CONVENTION, "",
              "Hidden layers by lines whatever is asked for.", NULL},
     .instead = {"hidden", "linear"}},
};

const struct fork_list linear_relaxation_bounds_forks = {sizeof table / sizeof *table, table};
