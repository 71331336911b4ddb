// SPDX-License-Identifier: MIT
#include "learning_curve.h"

static void read_conventions(struct call *call, struct curve *curve)
{
    static const char *const learners[] = {"nearest_neighbour", "ridge", NULL};
    static const char *const rivals[] = {"nobody", "nearest_neighbour", "ridge", NULL};
    static const char *const distances[] = {"euclidean", "manhattan", NULL};
    static const char *const penalties[] = {"sum", "mean", NULL};
    static const char *const intercepts[] = {"free", "penalised", "none", NULL};
    static const char *const measures[] = {"squared", "zero_one", NULL};
    curve->learner = (enum curve_learner)call_choice(call, "learner", learners);
    curve->rival = call_choice(call, "against", rivals) - 1;
    curve->manhattan = call_choice(call, "distance", distances);
    curve->mean_penalty = call_choice(call, "penalty", penalties);
    curve->intercept = (enum curve_intercept)call_choice(call, "intercept", intercepts);
    curve->zero_one = call_choice(call, "measure", measures);
    curve->l2 = call_number_or(call, "l2", R(0.0));
    if (!(curve->l2 >= 0))
        call_fail(call, "number 'l2' is negative: it would reward large weights");
}

struct curve learning_curve_read(struct call *call)
{
    struct curve curve = {.block = call_block(call)};
    read_conventions(call, &curve);
    curve.samples.x = call_input(call, "x", "ND");
    curve.samples.y = call_input(call, "y", "N");
    curve.test.x = call_input(call, "test_x", "MD");
    curve.test.y = call_input(call, "test_y", "M");
    size_t N = curve.samples.count = call_size(call, 'N');
    curve.test.count = call_size(call, 'M');
    curve.D = call_size(call, 'D');
    curve.sizes = call_integers(call, "sizes", "K", 1, (int)N);
    curve.K = call_size(call, 'K');
    if (curve.test.count == 0)
        call_fail(call, "input 'test_x' has no points; the mean over them is 0 / 0");
    if (curve.K == 0)
        call_fail(call, "input 'sizes' is empty");
    for (size_t k = 1; k < curve.K; k++) {
        if (curve.sizes[k] <= curve.sizes[k - 1])
            call_fail(call, "element %zu of input 'sizes' does not rise", k);
    }
    int fits = curve.learner == CURVE_RIDGE || curve.rival == CURVE_RIDGE;
    if (fits && curve.l2 == 0 && (size_t)curve.sizes[0] < curve.D + (curve.intercept != CURVE_NONE))
        call_fail(call, "element 0 of input 'sizes' is below the number of weights");
    return curve;
}

/* v <- h^-1 v, K unknowns; h is overwritten. Returns 0 when h is not positive definite. */
static int solve(real *v, real *h, size_t K, size_t stride)
{
    for (size_t i = 0; i < K; i++) {
        real *own = &h[i * stride];
        for (size_t j = 0; j <= i; j++) {
            real rest = -sum_products(-own[j], j, own, 1, &h[j * stride], 1);
            if (i == j && !(rest > 0))
                return 0;
            own[j] = i == j ? real_sqrt(rest) : rest / h[j * stride + j];
        }
    }
    for (size_t i = 0; i < K; i++)
        v[i] = -sum_products(-v[i], i, &h[i * stride], 1, v, 1) / h[i * stride + i];
    for (size_t i = K; i-- > 0;)
        v[i] = -sum_products(-v[i], K - 1 - i, &h[(i + 1) * stride + i], stride, &v[i + 1], 1) /
               h[i * stride + i];
    return 1;
}

void learning_curve_fit(struct call *call, real *v, const struct curve *curve, size_t n)
{
    size_t D = curve->D, all = D + 1, K = D + (curve->intercept != CURVE_NONE);
    real *x = call_scratch(call, n * all), *h = call_scratch(call, all * all);
    real l2 = curve->mean_penalty ? curve->l2 * real_count(n) : curve->l2;
    for (size_t i = 0; i < n * all; i++)
        x[i] = i % all < D ? curve->samples.x[i / all * D + i % all] : 1;
    v[D] = 0;
    for (size_t i = 0; i < K; i++) {
        for (size_t j = 0; j < K; j++)
            h[i * all + j] = sum_sample_products(n, curve->block, &x[i], all, &x[j], all);
        v[i] = sum_sample_products(n, curve->block, &x[i], all, curve->samples.y, 1);
        if (i < D || curve->intercept == CURVE_PENALISED)
            h[i * all + i] = h[i * all + i] + l2;
    }
    if (!solve(v, h, K, all))
        call_fail(call, "%zu samples do not determine the weights; give a number 'l2'", n);
}

size_t learning_curve_nearest(struct call *call, const struct curve *curve, size_t n, const real *a)
{
    size_t D = curve->D, best = 0;
    real *step = call_scratch(call, D), least = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t d = 0; d < D; d++) {
            real gap = a[d] - curve->samples.x[i * D + d];
            step[d] = curve->manhattan ? real_abs(gap) : gap;
        }
        real far =
            curve->manhattan ? sum_features(D, step, 1) : sum_products(0, D, step, 1, step, 1);
        real lead = least - far;
        if (i > 0)
            call_decisions(call, 1, &lead);
        if (i == 0 || lead > 0) {
            best = i;
            least = far;
        }
    }
    return best;
}

real learning_curve_error(struct call *call, const struct curve *curve, enum curve_learner learner,
                          size_t n, const real *v, const struct curve_points *at)
{
    size_t D = curve->D;
    real *each = call_scratch(call, at->count);
    for (size_t m = 0; m < at->count; m++) {
        const real *a = &at->x[m * D];
        real f = learner == CURVE_RIDGE
                     ? sum_products(v[D], D, a, 1, v, 1)
                     : curve->samples.y[learning_curve_nearest(call, curve, n, a)];
        real off = f - at->y[m];
        if (curve->zero_one && learner == CURVE_RIDGE)
            call_decisions(call, 1, &f);
        int above = learner == CURVE_RIDGE ? f >= 0 : f > 0;
        each[m] = curve->zero_one ? (real)(above != (at->y[m] > 0)) : off * off;
    }
    return sum_samples(at->count, curve->block, each, 1) / real_count(at->count);
}

static void judge(struct call *call, const struct curve *curve, const real *error)
{
    real *advantage = call_output(call, "advantage", "K"), *v = call_scratch(call, curve->D + 1);
    enum curve_learner rival = (enum curve_learner)curve->rival;
    size_t overtakes = curve->K;
    for (size_t k = 0; k < curve->K; k++) {
        size_t n = (size_t)curve->sizes[k];
        if (rival == CURVE_RIDGE)
            learning_curve_fit(call, v, curve, n);
        advantage[k] = learning_curve_error(call, curve, rival, n, v, &curve->test) - error[k];
        call_decisions(call, 1, &advantage[k]);
        if (overtakes == curve->K && advantage[k] > 0)
            overtakes = k;
    }
    *call_output_integers(call, "overtakes", "") = real_count(overtakes);
}

void learning_curve_answer(struct call *call)
{
    struct curve curve = learning_curve_read(call);
    real *error = call_output(call, "error", "K"), *v = call_scratch(call, curve.D + 1);
    real *training = call_output(call, "training_error", "K"), *gap = call_output(call, "gap", "K");
    for (size_t k = 0; k < curve.K; k++) {
        size_t n = (size_t)curve.sizes[k];
        struct curve_points seen = {n, curve.samples.x, curve.samples.y};
        if (curve.learner == CURVE_RIDGE)
            learning_curve_fit(call, v, &curve, n);
        error[k] = learning_curve_error(call, &curve, curve.learner, n, v, &curve.test);
        training[k] = learning_curve_error(call, &curve, curve.learner, n, v, &seen);
        gap[k] = error[k] - training[k];
    }
    if (curve.rival >= 0)
        judge(call, &curve, error);
}
