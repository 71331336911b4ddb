// SPDX-License-Identifier: MIT
#include "../../reference/metrics/regression_metrics.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONE_PASS,
    WEIGHTS_IGNORED,
    DIVIDED_BY_SAMPLES,
    UNBIASED,
    ROLES_EXCHANGED,
    CORRELATION_SQUARED,
    NEGATIVE_CUT,
    NOT_SUBTRACTED,
    ABOUT_ZERO,
    ROOT_LEFT_OUT,
    HALF,
    SIGNED_ERRORS,
    LARGEST_SIGNED,
    MEDIAN_UPPER,
    MEDIAN_OF_SIGNED,
    MEAN_OF_BLOCKS,
    LAST_SAMPLE_LOST,
    ADJUSTED,
    TARGETS_POOLED,
    EXPLAINED_IS_R_SQUARED
};

struct target {
    enum mistake mistake;
    const struct regression_metrics *m;
    size_t k, N;
};

static real weight(const struct target *c, size_t n)
{
    return c->mistake == WEIGHTS_IGNORED ? 1 : c->m->w[n];
}

static real truth(const struct target *c, size_t n)
{
    return (c->mistake == ROLES_EXCHANGED ? c->m->y : c->m->t)[n * c->m->K + c->k];
}

static real error(const struct target *c, size_t n)
{
    return c->m->t[n * c->m->K + c->k] - c->m->y[n * c->m->K + c->k];
}

static real total_weight(const struct target *c)
{
    real W = 0;
    for (size_t n = c->N; n-- > 0;)
        W = W + (c->mistake == DIVIDED_BY_SAMPLES ? 1 : weight(c, n));
    return W;
}

/* Squares about the mean: shifted by the first value, then corrected; or careless. */
static real squares(const struct target *c, real (*of)(const struct target *, size_t))
{
    real sum = 0, square = 0, W = 0;
    real shift = c->mistake == ONE_PASS || c->mistake == ABOUT_ZERO ? 0 : of(c, 0);
    for (size_t n = c->N; n-- > 0;) {
        real v = of(c, n) - shift, w = weight(c, n);
        W = W + w;
        sum = sum + w * v;
        square = square + w * v * v;
    }
    if (c->mistake == ABOUT_ZERO)
        return square;
    if (c->mistake == ONE_PASS)
        return square - W * (sum / W) * (sum / W);
    real again = 0;
    for (size_t n = c->N; n-- > 0;) {
        real v = of(c, n) - shift - sum / W;
        again = again + weight(c, n) * v * v;
    }
    return again;
}

static real absolute(const struct target *c, size_t n)
{
    real e = error(c, n);
    return c->mistake == MEDIAN_OF_SIGNED ? e : real_abs(e);
}

/* Weights of all errors that are not larger, for each sample. */
static real median(const struct target *c)
{
    real best = 0, next = 0, W = 0;
    int found = 0;
    size_t rank_low = (c->N - 1) / 2;
    for (size_t n = 0; n < c->N; n++)
        W = W + weight(c, n);
    for (size_t n = 0; n < c->N; n++) {
        real a = absolute(c, n), up_to = 0;
        size_t below = 0, up = 0;
        for (size_t i = 0; i < c->N; i++) {
            below += absolute(c, i) < a;
            up += absolute(c, i) <= a;
            up_to = up_to + (absolute(c, i) <= a ? weight(c, i) : 0);
        }
        if (c->m->weighted && c->mistake != WEIGHTS_IGNORED && up_to >= W / 2 &&
            (!found || a < best)) {
            best = a;
            found = 1;
        }
        if (!c->m->weighted || c->mistake == WEIGHTS_IGNORED) {
            best = below <= rank_low && rank_low < up ? a : best;
            next = below <= c->N / 2 && c->N / 2 < up ? a : next;
        }
    }
    if (c->m->weighted && c->mistake != WEIGHTS_IGNORED)
        return best;
    if (c->mistake == MEDIAN_UPPER)
        return next;
    return c->m->lower ? best : (best + next) / 2;
}

static real share(const struct target *c, real part, real total)
{
    real value = part == 0 && !c->m->zero ? 1 : 0, N = real_count(c->N);
    if (total != 0)
        value = c->mistake == NOT_SUBTRACTED ? part / total : (total - part) / total;
    if (c->mistake == ADJUSTED && c->N > 2)
        value = 1 - (1 - value) * (N - 1) / (N - 2);
    return c->mistake == NEGATIVE_CUT && value < 0 ? 0 : value;
}

/* The square of the correlation of targets and predictions. */
static real correlation(const struct target *c)
{
    real t = 0, e = 0, mean_t = 0, mean_y = 0, both = 0, W = total_weight(c);
    for (size_t n = 0; n < c->N; n++) {
        mean_t = mean_t + weight(c, n) * truth(c, n) / W;
        mean_y = mean_y + weight(c, n) * (truth(c, n) - error(c, n)) / W;
    }
    for (size_t n = 0; n < c->N; n++) {
        real a = truth(c, n) - mean_t, b = truth(c, n) - error(c, n) - mean_y;
        t = t + weight(c, n) * a * a;
        e = e + weight(c, n) * b * b;
        both = both + weight(c, n) * a * b;
    }
    return t * e != 0 ? both * both / (t * e) : 0;
}

static real mean_over_blocks(const struct target *c)
{
    size_t block = c->m->block, blocks = (c->N + block - 1) / block;
    real sum = 0;
    for (size_t b = 0; b < blocks; b++) {
        real part = 0, W = 0;
        for (size_t n = b * block; n < (b + 1) * block && n < c->N; n++) {
            part = part + weight(c, n) * error(c, n) * error(c, n);
            W = W + weight(c, n);
        }
        sum = sum + (W > 0 ? part / W : 0);
    }
    return sum / real_count(blocks);
}

static real judge(const struct target *c)
{
    const struct regression_metrics *m = c->m;
    size_t k = c->k;
    real square = 0, sum = 0, W = total_weight(c), largest = 0;
    for (size_t n = c->N; n-- > 0;) {
        real e = error(c, n), a = real_abs(e);
        square = square + weight(c, n) * e * e;
        sum = sum + weight(c, n) * (c->mistake == SIGNED_ERRORS ? e : a);
        a = c->mistake == LARGEST_SIGNED ? e : a;
        largest = a > largest ? a : largest;
    }
    real total = squares(c, truth);
    m->largest[k] = largest;
    m->mae[k] = sum / W;
    m->mse[k] = c->mistake == MEAN_OF_BLOCKS ? mean_over_blocks(c) : square / W;
    if (c->mistake == UNBIASED && c->N > 1)
        m->mse[k] = square / (W - 1);
    if (c->mistake == HALF)
        m->mse[k] = m->mse[k] / 2;
    m->rmse[k] = c->mistake == ROOT_LEFT_OUT ? m->mse[k] : real_sqrt(m->mse[k]);
    m->median[k] = median(c);
    m->r_squared[k] = c->mistake == CORRELATION_SQUARED ? correlation(c) : share(c, square, total);
    m->explained[k] =
        c->mistake == EXPLAINED_IS_R_SQUARED ? m->r_squared[k] : share(c, squares(c, error), total);
    return total;
}

static void measure(struct call *call)
{
    struct regression_metrics m = regression_metrics_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    real *total = call_scratch(call, m.K);
    for (size_t k = 0; k < m.K; k++) {
        size_t N = m.N - (mistake == LAST_SAMPLE_LOST && m.N > 1);
        struct target c = {mistake, &m, k, N};
        total[k] = judge(&c);
    }
    regression_metrics_average(&m, total);
    for (size_t k = 0; mistake == TARGETS_POOLED && k < m.K; k++) {
        m.mae[k] = *m.mean[0];
        m.mse[k] = *m.mean[1];
    }
}

static const struct fork table[] = {
    {.info = {"shifted", FORK_TWIN, "",
              "Values about the first one, sums backwards, (total - part) / total, medians by "
              "counting.",
              NULL},
     .answer = measure},
    {.info = {"uniform", FORK_CONVENTION, "", "Targets count alike.", NULL},
     .instead = {"average", "uniform"}},
    {.info = {"variance_weighted", FORK_CONVENTION, "", "Targets count by their variance.", NULL},
     .instead = {"average", "variance_weighted"}},
    {.info = {"mean_of_roots", FORK_CONVENTION, "", "The mean of the roots.", NULL},
     .instead = {"rmse", "mean_of_roots"}},
    {.info = {"root_of_mean", FORK_CONVENTION, "", "The root of the mean.", NULL},
     .instead = {"rmse", "root_of_mean"}},
    {.info = {"constant_finite", FORK_CONVENTION, "271", "A constant target that is met gives 1.",
              NULL},
     .instead = {"constant", "finite"}},
    {.info = {"constant_zero", FORK_CONVENTION, "271", "A constant target gives 0.", NULL},
     .instead = {"constant", "zero"}},
    {.info = {"median_middle", FORK_CONVENTION, "271", "The mean of both middle errors.", NULL},
     .instead = {"median", "middle"}},
    {.info = {"median_lower", FORK_CONVENTION, "271", "The lower of both middle errors.", NULL},
     .instead = {"median", "lower"}},
    {.info = {"median_upper", FORK_CONVENTION, "271", "The upper of both middle errors.", NULL},
     .answer = measure,
     .variant = MEDIAN_UPPER},
    {.info = {"median_of_signed", FORK_BUG, "", "The median of the errors with their signs.", NULL},
     .answer = measure,
     .variant = MEDIAN_OF_SIGNED},
    {.info = {"one_pass", FORK_NUMERICAL, "123",
              "Variances as the mean of squares minus the square of the mean.", NULL},
     .answer = measure,
     .variant = ONE_PASS},
    {.info = {"weights_ignored", FORK_BUG, "", "All samples count alike.", NULL},
     .answer = measure,
     .variant = WEIGHTS_IGNORED},
    {.info = {"divided_by_samples", FORK_BUG, "27",
              "Weighted sums divided by the number of samples.", NULL},
     .answer = measure,
     .variant = DIVIDED_BY_SAMPLES},
    {.info = {"unbiased", FORK_CONVENTION, "271", "The squared error divided by one sample less.",
              NULL},
     .answer = measure,
     .variant = UNBIASED},
    {.info = {"roles_exchanged", FORK_BUG, "", "Predictions and targets exchanged in R squared.",
              NULL},
     .answer = measure,
     .variant = ROLES_EXCHANGED},
    {.info = {"correlation_squared", FORK_CONVENTION, "", "The squared correlation for R squared.",
              NULL},
     .answer = measure,
     .variant = CORRELATION_SQUARED},
    {.info = {"negative_cut", FORK_BUG, "", "R squared is never below 0.", NULL},
     .answer = measure,
     .variant = NEGATIVE_CUT},
    {.info = {"not_subtracted", FORK_BUG, "", "The unexplained share.", NULL},
     .answer = measure,
     .variant = NOT_SUBTRACTED},
    {.info = {"about_zero", FORK_BUG, "", "Squares about 0 instead of the mean.", NULL},
     .answer = measure,
     .variant = ABOUT_ZERO},
    {.info = {"adjusted", FORK_CONVENTION, "", "R squared adjusted for one predictor.", NULL},
     .answer = measure,
     .variant = ADJUSTED},
    {.info = {"explained_is_r_squared", FORK_BUG, "",
              "Explained variance without freeing the errors of their mean.", NULL},
     .answer = measure,
     .variant = EXPLAINED_IS_R_SQUARED},
    {.info = {"root_left_out", FORK_BUG, "", "The root is not taken.", NULL},
     .answer = measure,
     .variant = ROOT_LEFT_OUT},
    {.info = {"half", FORK_CONVENTION, "44", "Half the squared error.", NULL},
     .answer = measure,
     .variant = HALF},
    {.info = {"signed_errors", FORK_BUG, "", "Errors cancel in the mean absolute error.", NULL},
     .answer = measure,
     .variant = SIGNED_ERRORS},
    {.info = {"largest_signed", FORK_BUG, "", "The largest error with its sign.", NULL},
     .answer = measure,
     .variant = LARGEST_SIGNED},
    {.info = {"mean_of_blocks", FORK_BUG, "269",
              "The mean squared error of each block, and the mean of those.", NULL},
     .answer = measure,
     .variant = MEAN_OF_BLOCKS},
    {.info = {"targets_pooled", FORK_CONVENTION, "", "Errors of all targets in one number.", NULL},
     .answer = measure,
     .variant = TARGETS_POOLED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out.", NULL},
     .answer = measure,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list regression_metrics_forks = {sizeof table / sizeof *table, table};
