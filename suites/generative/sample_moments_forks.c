// SPDX-License-Identifier: MIT
#include "../../reference/generative/sample_moments.h"
#include "../fork.h"

enum mistake {
    NONE,
    ONE_PASS,
    ABOUT_TARGET,
    DIAGONAL_ALONE,
    DEVIATION,
    ERRORS_SQUARED,
    MEAN_OF_ERRORS,
    LARGEST_ERROR,
    MAHALANOBIS_ROOTED,
    MAHALANOBIS_OWN,
    MAHALANOBIS_DIAGONAL,
    MAHALANOBIS_TIMES_N,
    UPSTREAM_IGNORED,
    NOT_SYMMETRISED,
    MEAN_GRADIENT_LOST,
    GRADIENT_OVER_N,
    BLOCK_MEANS,
    LAST_SAMPLE_LOST
};

/* v^T a^-1 v by elimination; a (D,D) is overwritten. */
static real whitened(real *a, real *v, size_t D)
{
    real sum = 0;
    for (size_t k = 0; k < D; k++) {
        sum = sum + v[k] * v[k] / a[k * D + k];
        for (size_t i = k + 1; i < D; i++) {
            real factor = a[i * D + k] / a[k * D + k];
            for (size_t j = k + 1; j < D; j++)
                a[i * D + j] = a[i * D + j] - factor * a[k * D + j];
            v[i] = v[i] - factor * v[k];
        }
    }
    return sum;
}

static real mean_of(const struct sample_moments *m, enum mistake mistake, size_t d)
{
    real mean = 0, part = 0;
    size_t N = m->N - (mistake == LAST_SAMPLE_LOST), blocks = (N + m->block - 1) / m->block;
    for (size_t n = 0; n < N && mistake != BLOCK_MEANS; n++)
        mean = mean + (m->x[n * m->D + d] - mean) / real_count(n + 1);
    for (size_t b = 0; b < blocks && mistake == BLOCK_MEANS; b++) {
        size_t first = b * m->block, end = first + m->block < N ? first + m->block : N;
        part = 0;
        for (size_t n = first; n < end; n++)
            part = part + m->x[n * m->D + d];
        mean = mean + part / real_count(end - first) / real_count(blocks);
    }
    return mean;
}

static real product_of(const struct sample_moments *m, enum mistake mistake, size_t i, size_t j)
{
    real sum = 0, divisor = real_count(m->N - m->ddof);
    const real *center = mistake == ABOUT_TARGET ? m->target_mean : m->mean;
    if (mistake == DIAGONAL_ALONE && i != j)
        return 0;
    for (size_t n = m->N - (mistake == LAST_SAMPLE_LOST); n-- > 0;) {
        const real *x = &m->x[n * m->D];
        sum = sum + (mistake == ONE_PASS ? x[i] * x[j] : (x[i] - center[i]) * (x[j] - center[j]));
    }
    if (mistake == ONE_PASS)
        sum = sum - real_count(m->N) * m->mean[i] * m->mean[j];
    return mistake == DEVIATION && i == j ? real_sqrt(sum / divisor) : sum / divisor;
}

static real distance(const real *a, const real *b, size_t n, enum mistake mistake)
{
    real sum = 0, largest = 0;
    for (size_t i = n; i-- > 0;) {
        real gap = real_abs(a[i] - b[i]);
        sum = sum + gap * gap;
        largest = gap > largest ? gap : largest;
    }
    if (mistake == LARGEST_ERROR)
        return largest;
    if (mistake == MEAN_OF_ERRORS)
        sum = sum / real_count(n);
    return mistake == ERRORS_SQUARED ? sum : real_sqrt(sum);
}

static void differentiate(const struct sample_moments *m, enum mistake mistake)
{
    size_t D = m->D;
    real over = real_count(mistake == GRADIENT_OVER_N ? m->N : m->N - m->ddof);
    for (size_t i = 0; i < m->N * D; i++) {
        size_t d = i % D;
        real sum = 0;
        for (size_t j = D; j-- > 0;) {
            real up = m->dcovariance[d * D + j] + m->dcovariance[j * D + d];
            up = mistake == NOT_SYMMETRISED ? 2 * m->dcovariance[d * D + j] : up;
            up = mistake == UPSTREAM_IGNORED ? 2 : up;
            sum = sum + up / over * (m->x[i / D * D + j] - m->mean[j]);
        }
        m->dx[i] = sum + (mistake == MEAN_GRADIENT_LOST ? 0 : m->dmean[d] / real_count(m->N));
    }
}

static void measure(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct sample_moments m = sample_moments_read(call);
    size_t D = m.D;
    real *a = call_scratch(call, D * D), *v = call_scratch(call, D);
    for (size_t d = 0; d < D; d++)
        m.mean[d] = mean_of(&m, mistake, d);
    for (size_t i = 0; i < D * D; i++) {
        m.covariance[i] = product_of(&m, mistake, i / D, i % D);
        a[i] = (mistake == MAHALANOBIS_OWN ? m.covariance : m.target_covariance)[i];
        a[i] = mistake == MAHALANOBIS_DIAGONAL && i / D != i % D ? 0 : a[i];
        v[i / D] = m.mean[i / D] - m.target_mean[i / D];
    }
    *m.mean_error = distance(m.mean, m.target_mean, D, mistake);
    *m.covariance_error = distance(m.covariance, m.target_covariance, D * D, mistake);
    *m.mahalanobis = whitened(a, v, D);
    if (mistake == MAHALANOBIS_ROOTED)
        *m.mahalanobis = real_sqrt(*m.mahalanobis);
    if (mistake == MAHALANOBIS_TIMES_N)
        *m.mahalanobis = *m.mahalanobis * real_count(m.N);
    if (m.dmean)
        differentiate(&m, mistake);
}

static const struct fork table[] = {
    {.info = {"elimination", FORK_TWIN, "",
              "Running means, sums backwards, the distance by elimination.", NULL},
     .answer = measure},
    {.info = {"ddof_zero", FORK_CONVENTION, "271", "Divided by N.", NULL}, .number = {"ddof", 0}},
    {.info = {"ddof_one", FORK_CONVENTION, "271", "Divided by N - 1.", NULL},
     .number = {"ddof", 1}},
    {.info = {"one_pass", FORK_NUMERICAL, "123", "Products of samples less the product of means.",
              NULL},
     .answer = measure,
     .variant = ONE_PASS},
    {.info = {"about_target", FORK_BUG, "", "Gaps to the target's mean.", NULL},
     .answer = measure,
     .variant = ABOUT_TARGET},
    {.info = {"diagonal_alone", FORK_BUG, "", "Variances without covariances.", NULL},
     .answer = measure,
     .variant = DIAGONAL_ALONE},
    {.info = {"deviation", FORK_BUG, "", "Deviations for variances.", NULL},
     .answer = measure,
     .variant = DEVIATION},
    {.info = {"errors_squared", FORK_CONVENTION, "", "Squared errors.", NULL},
     .answer = measure,
     .variant = ERRORS_SQUARED},
    {.info = {"mean_of_errors", FORK_CONVENTION, "",
              "Root of the mean squared error of the elements.", NULL},
     .answer = measure,
     .variant = MEAN_OF_ERRORS},
    {.info = {"largest_error", FORK_CONVENTION, "", "The largest error of an element.", NULL},
     .answer = measure,
     .variant = LARGEST_ERROR},
    {.info = {"mahalanobis_rooted", FORK_CONVENTION, "", "The distance, not its square.", NULL},
     .answer = measure,
     .variant = MAHALANOBIS_ROOTED},
    {.info = {"mahalanobis_own", FORK_CONVENTION, "", "In the samples' own covariance.", NULL},
     .answer = measure,
     .variant = MAHALANOBIS_OWN},
    {.info = {"mahalanobis_diagonal", FORK_BUG, "", "Without the target's covariances.", NULL},
     .answer = measure,
     .variant = MAHALANOBIS_DIAGONAL},
    {.info = {"mahalanobis_times_n", FORK_CONVENTION, "",
              "Hotelling's statistic, N times as large.", NULL},
     .answer = measure,
     .variant = MAHALANOBIS_TIMES_N},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient of the covariance is 1.",
              NULL},
     .answer = measure,
     .variant = UPSTREAM_IGNORED},
    {.info = {"not_symmetrised", FORK_BUG, "", "Only the row of the upstream gradient, doubled.",
              NULL},
     .answer = measure,
     .variant = NOT_SYMMETRISED},
    {.info = {"mean_gradient_lost", FORK_BUG, "128", "No gradient through the mean.", NULL},
     .answer = measure,
     .variant = MEAN_GRADIENT_LOST},
    {.info = {"gradient_over_n", FORK_BUG, "271", "The gradient of the other divisor.", NULL},
     .answer = measure,
     .variant = GRADIENT_OVER_N},
    {.info = {"block_means", FORK_BUG, "269", "The mean of the blocks' means.", NULL},
     .answer = measure,
     .variant = BLOCK_MEANS},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out.", NULL},
     .answer = measure,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list sample_moments_forks = {sizeof table / sizeof *table, table};
