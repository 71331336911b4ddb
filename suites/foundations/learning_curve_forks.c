// SPDX-License-Identifier: MIT
#include "../../reference/foundations/learning_curve.h"
#include "../fork.h"

enum mistake {
    NONE,
    LAST_OF_EQUALS,
    FARTHEST_AXIS,
    LEFT_OUT,
    TRAINED_ON_ALL,
    LATEST_SAMPLES,
    ONE_SAMPLE_LESS,
    PENALTY_IGNORED,
    PENALTY_SQUARED,
    LAST_BLOCK_LOST,
    TRAINING_ON_ALL,
    SUMMED,
    HALVED,
    ROOTED,
    MEAN_OF_BLOCKS,
    GAP_REVERSED,
    ZERO_IS_BELOW,
    ADVANTAGE_REVERSED,
    LAST_OVERTAKING
};

struct rival {
    struct curve curve;
    enum mistake mistake;
    size_t begin, end; /* the samples that are learnt from */
    real *v;
};

/* Orthogonal columns (modified Gram-Schmidt) of the samples with a root of the penalty below; no
 * products of features. */
static void fit(struct call *call, struct rival *rival)
{
    const struct curve *curve = &rival->curve;
    size_t n = rival->end - rival->begin, D = curve->D, K = D + (curve->intercept != CURVE_NONE);
    size_t rows = n + K, W = K + 1;
    real *a = call_scratch(call, rows * W), *r = call_scratch(call, K * W);
    real l2 = rival->mistake == PENALTY_IGNORED ? 0 : curve->l2;
    if (curve->mean_penalty)
        l2 = l2 * real_count(n);
    real root = rival->mistake == PENALTY_SQUARED ? l2 : real_sqrt(l2);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < K; k++)
            a[i * W + k] = k < D ? curve->samples.x[(rival->begin + i) * D + k] : 1;
        a[i * W + K] = curve->samples.y[rival->begin + i];
    }
    for (size_t k = 0; k < K; k++)
        a[(n + k) * W + k] = k < D || curve->intercept == CURVE_PENALISED ? root : 0;
    for (size_t j = 0; j < K; j++) {
        real square = 0;
        for (size_t i = rows; i-- > 0;)
            square = square + a[i * W + j] * a[i * W + j];
        r[j * W + j] = real_sqrt(square);
        for (size_t k = j + 1; k < W; k++) {
            real part = 0;
            for (size_t i = rows; i-- > 0;)
                part = part + a[i * W + j] * a[i * W + k];
            r[j * W + k] = part / r[j * W + j];
            for (size_t i = 0; i < rows; i++)
                a[i * W + k] = a[i * W + k] - part / square * a[i * W + j];
        }
    }
    rival->v[D] = 0;
    for (size_t j = K; j-- > 0;) {
        real rest = r[j * W + K];
        for (size_t k = j + 1; k < K; k++)
            rest = rest - r[j * W + k] * rival->v[k];
        rival->v[j] = rest / r[j * W + j];
    }
}

/* y of the nearest sample, from the last to the first; `own` is left out. */
static real nearest(const struct rival *rival, const real *a, size_t own)
{
    const struct curve *curve = &rival->curve;
    real least = -1, y = 0;
    for (size_t i = rival->end; i-- > rival->begin;) {
        real far = 0;
        for (size_t d = curve->D; d-- > 0;) {
            real gap = real_abs(curve->samples.x[i * curve->D + d] - a[d]);
            if (rival->mistake == FARTHEST_AXIS)
                far = gap > far ? gap : far;
            else
                far = far + (curve->manhattan ? gap : gap * gap);
        }
        int first = rival->mistake != LAST_OF_EQUALS;
        if (i != own && (least < 0 || far < least || (first && far <= least))) {
            least = far;
            y = curve->samples.y[i];
        }
    }
    return y;
}

static real loss_of(const struct rival *rival, enum curve_learner learner, const real *a, real y,
                    size_t own)
{
    size_t D = rival->curve.D;
    real f = learner == CURVE_RIDGE ? 0 : nearest(rival, a, own);
    for (size_t d = D; d-- > 0 && learner == CURVE_RIDGE;)
        f = f + a[d] * rival->v[d];
    if (learner == CURVE_RIDGE)
        f = f + rival->v[D];
    int border = learner == CURVE_RIDGE && rival->mistake != ZERO_IS_BELOW;
    if (rival->curve.zero_one)
        return (f > 0 || (border && f == 0)) == (y > 0) ? 0 : 1;
    return (y - f) * (y - f);
}

/* The sum of the losses of the points begin .. end - 1, backwards. */
static real sum_losses(const struct rival *rival, enum curve_learner learner,
                       const struct curve_points *at, size_t begin, size_t end, int training)
{
    real sum = 0;
    for (size_t m = end; m-- > begin;) {
        size_t own = training && rival->mistake == LEFT_OUT ? m : (size_t)-1;
        sum = sum + loss_of(rival, learner, &at->x[m * rival->curve.D], at->y[m], own);
    }
    return sum;
}

static real mean_loss(const struct rival *rival, enum curve_learner learner,
                      const struct curve_points *at, int training)
{
    size_t M = at->count, block = rival->curve.block, blocks = (M + block - 1) / block;
    real sum = sum_losses(rival, learner, at, 0, M, training), means = 0;
    for (size_t b = 0; b < blocks && rival->mistake == MEAN_OF_BLOCKS; b++) {
        size_t end = b + 1 < blocks ? (b + 1) * block : M;
        means = means + sum_losses(rival, learner, at, b * block, end, training) /
                            real_count(end - b * block) / real_count(blocks);
    }
    if (rival->mistake == MEAN_OF_BLOCKS)
        return means;
    if (rival->mistake == SUMMED)
        return sum;
    sum = sum / real_count(M) / (rival->mistake == HALVED ? 2 : 1);
    return rival->mistake == ROOTED ? real_sqrt(sum) : sum;
}

/* Which samples size n learns from. */
static void choose(struct rival *rival, size_t n)
{
    size_t N = rival->curve.samples.count, block = rival->curve.block;
    rival->begin = rival->mistake == LATEST_SAMPLES ? N - n : 0;
    rival->end = rival->begin + n;
    if (rival->mistake == TRAINED_ON_ALL)
        rival->end = N;
    if (rival->mistake == ONE_SAMPLE_LESS && n > 1)
        rival->end = n - 1;
    if (rival->mistake == LAST_BLOCK_LOST && n > block)
        rival->end = (n - 1) / block * block;
}

static void draw(struct call *call)
{
    struct rival rival = {.curve = learning_curve_read(call),
                          .mistake = (enum mistake)call_variant(call)};
    const struct curve *curve = &rival.curve;
    size_t K = curve->K, overtakes = K;
    real *error = call_output(call, "error", "K");
    real *training = call_output(call, "training_error", "K"), *gap = call_output(call, "gap", "K");
    real *advantage = curve->rival < 0 ? NULL : call_output(call, "advantage", "K");
    rival.v = call_scratch(call, curve->D + 1);
    for (size_t k = 0; k < K; k++) {
        size_t n = (size_t)curve->sizes[k];
        struct curve_points seen = curve->samples;
        seen.count = rival.mistake == TRAINING_ON_ALL ? seen.count : n;
        choose(&rival, n);
        if (curve->learner == CURVE_RIDGE || curve->rival == CURVE_RIDGE)
            fit(call, &rival);
        error[k] = mean_loss(&rival, curve->learner, &curve->test, 0);
        training[k] = mean_loss(&rival, curve->learner, &seen, 1);
        gap[k] = rival.mistake == GAP_REVERSED ? training[k] - error[k] : error[k] - training[k];
        if (!advantage)
            continue;
        real other = mean_loss(&rival, (enum curve_learner)curve->rival, &curve->test, 0);
        int reversed = rival.mistake == ADVANTAGE_REVERSED;
        advantage[k] = reversed ? error[k] - other : other - error[k];
        if (advantage[k] > 0 && (overtakes == K || rival.mistake == LAST_OVERTAKING))
            overtakes = k;
    }
    if (advantage)
        *call_output_integers(call, "overtakes", "") = real_count(overtakes);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"orthogonal_columns", FORK_TWIN, "",
     "Gram-Schmidt in place of normal equations; neighbours from the last to the first.", NULL},
     .answer = draw},
    {.info = {"always_nearest", FORK_CONVENTION, "", "The other learner.", NULL},
     .instead = {"learner", "nearest_neighbour"}},
    {.info = {"manhattan", FORK_CONVENTION, "", "Distances in city blocks.", NULL},
     .instead = {"distance", "manhattan"}},
    {.info = {"euclidean", FORK_CONVENTION, "", "Distances as the crow flies.", NULL},
     .instead = {"distance", "euclidean"}},
    {.info = {"largest_axis", FORK_CONVENTION, "",
     "The largest difference of a feature is the distance.", NULL},
     .answer = draw, .variant = FARTHEST_AXIS},
    {.info = {"penalty_of_sum", FORK_CONVENTION, "44",
     "The penalty stands beside the sum of squares.", NULL},
     .instead = {"penalty", "sum"}},
    {.info = {"penalty_of_mean", FORK_CONVENTION, "44",
     "The penalty stands beside the mean of squares.", NULL},
     .instead = {"penalty", "mean"}},
    {.info = {"intercept_free", FORK_CONVENTION, "", "The intercept has no penalty.", NULL},
     .instead = {"intercept", "free"}},
    {.info = {"intercept_penalised", FORK_CONVENTION, "", "The intercept is one more weight.",
     NULL},
     .instead = {"intercept", "penalised"}},
    {.info = {"intercept_none", FORK_BUG, "", "The column of ones is forgotten.", NULL},
     .instead = {"intercept", "none"}},
    {.info = {"always_squared", FORK_CONVENTION, "", "Squared errors of classes.", NULL},
     .instead = {"measure", "squared"}},
    {.info = {"last_of_equals", FORK_CONVENTION, "265", "Of equally near samples the last.", NULL},
     .answer = draw, .variant = LAST_OF_EQUALS},
    {.info = {"left_out", FORK_CONVENTION, "", "A training sample is not its own neighbour.", NULL},
     .answer = draw, .variant = LEFT_OUT},
    {.info = {"trained_on_all", FORK_BUG, "", "Every size learns from all samples.", NULL},
     .answer = draw, .variant = TRAINED_ON_ALL},
    {.info = {"latest_samples", FORK_CONVENTION, "", "The last n samples, not the first.", NULL},
     .answer = draw, .variant = LATEST_SAMPLES},
    {.info = {"one_sample_less", FORK_BUG, "", "The last sample of each size is not learnt from.",
     NULL},
     .answer = draw, .variant = ONE_SAMPLE_LESS},
    {.info = {"penalty_ignored", FORK_BUG, "", "Least squares whatever l2 is.", NULL},
     .answer = draw, .variant = PENALTY_IGNORED},
    {.info = {"penalty_squared", FORK_BUG, "", "The rows below the samples hold l2, not its root.",
     NULL},
     .answer = draw, .variant = PENALTY_SQUARED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of each size is not learnt from.",
     NULL},
     .answer = draw, .variant = LAST_BLOCK_LOST},
    {.info = {"training_on_all", FORK_BUG, "",
     "The training error is that of all samples, seen or not.", NULL},
     .answer = draw, .variant = TRAINING_ON_ALL},
    {.info = {"summed", FORK_CONVENTION, "44", "Sums of losses.", NULL},
     .answer = draw, .variant = SUMMED},
    {.info = {"halved", FORK_CONVENTION, "44", "Half the mean.", NULL},
     .answer = draw, .variant = HALVED},
    {.info = {"rooted", FORK_CONVENTION, "", "The root of the mean square.", NULL},
     .answer = draw, .variant = ROOTED},
    {.info = {"mean_of_blocks", FORK_BUG, "122", "The mean of the means of blocks.", NULL},
     .answer = draw, .variant = MEAN_OF_BLOCKS},
    {.info = {"gap_reversed", FORK_BUG, "", "Training error less error.", NULL},
     .answer = draw, .variant = GAP_REVERSED},
    {.info = {"zero_is_below", FORK_CONVENTION, "", "0 is no value above.", NULL},
     .answer = draw, .variant = ZERO_IS_BELOW},
    {.info = {"advantage_reversed", FORK_BUG, "", "The rival's advantage.", NULL},
     .answer = draw, .variant = ADVANTAGE_REVERSED},
    {.info = {"last_overtaking", FORK_BUG, "", "The last size with an advantage.", NULL},
     .answer = draw, .variant = LAST_OVERTAKING},
};
/* clang-format on */

const struct fork_list learning_curve_forks = {sizeof table / sizeof *table, table};
