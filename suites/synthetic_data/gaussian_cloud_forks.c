// SPDX-License-Identifier: MIT
#include "../../reference/synthetic_data/gaussian_cloud.h"
#include "../fork.h"

enum mistake {
    NONE,
    COVARIANCE_AS_FACTOR,
    ROOT_ELEMENTWISE,
    DIAGONAL_ALONE,
    FACTOR_SQUARED,
    MEAN_LEFT_OUT,
    MEAN_SCALED,
    DISTANCE_ROOTED,
    DISTANCE_OF_MEAN,
    ONE_DEVIATE,
    FACTOR_TRANSPOSED,
    DISTANCE_EUCLIDEAN
};

/* Row i of the factor from the covariance that the right factor has: by columns, outer products. */
static void by_columns(struct call *call, real *l, const real *a, size_t D)
{
    real *rest = call_scratch(call, D * D);
    for (size_t i = 0; i < D * D; i++)
        rest[i] = a[i];
    for (size_t k = 0; k < D; k++) {
        real pivot = real_sqrt(rest[k * D + k]);
        for (size_t i = k; i < D; i++)
            l[i * D + k] = i == k ? pivot : rest[i * D + k] / pivot;
        for (size_t i = k + 1; i < D; i++) {
            for (size_t j = k + 1; j < D; j++)
                rest[i * D + j] = rest[i * D + j] - l[i * D + k] * l[j * D + k];
        }
    }
}

static void spoil(real *l, const real *a, size_t D, enum mistake mistake)
{
    for (size_t i = 0; i < D * D; i++) {
        size_t row = i / D, column = i % D;
        if (mistake == COVARIANCE_AS_FACTOR)
            l[i] = a[i];
        if (mistake == ROOT_ELEMENTWISE)
            l[i] = column > row ? 0 : a[i] < 0 ? -real_sqrt(-a[i]) : real_sqrt(a[i]);
        if (mistake == DIAGONAL_ALONE)
            l[i] = row == column ? real_sqrt(a[i]) : 0;
        if (mistake == FACTOR_SQUARED)
            l[i] = l[i] * l[i];
    }
}

static void cloud(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct cloud c = gaussian_cloud_read(call);
    size_t D = c.D;
    real *x = call_output(call, "x", "ND"), *l = call_output(call, "factor", "DD");
    real *distance = call_output(call, "distance", "N");
    int full = call_has(call, "covariance");
    const real *a = full ? call_input(call, "covariance", "DD") : NULL;
    for (size_t i = 0; !full && i < D * D; i++)
        l[i] = mistake == FACTOR_SQUARED || mistake == COVARIANCE_AS_FACTOR
                   ? c.factor[i] * c.factor[i]
                   : c.factor[i];
    if (full) {
        by_columns(call, l, a, D);
        spoil(l, a, D, mistake);
    }
    for (size_t n = 0; n < c.N; n++) {
        const real *z = &c.z[n * D];
        for (size_t d = 0; d < D; d++) {
            real sum = 0;
            for (size_t k = D; k-- > 0;) {
                int swap = c.transposed != (mistake == FACTOR_TRANSPOSED);
                real deviate = z[mistake == ONE_DEVIATE ? 0 : k];
                sum = sum + deviate * (swap ? l[k * D + d] : l[d * D + k]);
            }
            real mean = mistake == MEAN_LEFT_OUT ? 0 : c.mean[d];
            mean = mistake == MEAN_SCALED ? mean * l[d * D + d] : mean;
            x[n * D + d] = sum + mean;
        }
        for (size_t d = D; d-- > 0;) {
            real gap = mistake == DISTANCE_OF_MEAN     ? x[n * D + d]
                       : mistake == DISTANCE_EUCLIDEAN ? x[n * D + d] - c.mean[d]
                                                       : z[d];
            distance[n] = distance[n] + gap * gap;
        }
        if (mistake == DISTANCE_ROOTED)
            distance[n] = real_sqrt(distance[n]);
    }
}

static const struct fork table[] = {
    {.info = {"outer_products", FORK_TWIN, "", "The factor column by column, sums backwards.",
              NULL},
     .answer = cloud},
    {.info = {"lower", FORK_CONVENTION, "", "L z always.", NULL}, .instead = {"factor", "lower"}},
    {.info = {"deviates_first", FORK_CONVENTION, "", "z L always.", NULL},
     .instead = {"factor", "deviates_first"}},
    {.info = {"factor_transposed", FORK_BUG, "", "The product with the transposed factor.", NULL},
     .answer = cloud,
     .variant = FACTOR_TRANSPOSED},
    {.info = {"covariance_as_factor", FORK_BUG, "", "Deviates times the covariance itself.", NULL},
     .answer = cloud,
     .variant = COVARIANCE_AS_FACTOR},
    {.info = {"root_elementwise", FORK_BUG, "", "The root of each element.", NULL},
     .answer = cloud,
     .variant = ROOT_ELEMENTWISE},
    {.info = {"diagonal_alone", FORK_BUG, "", "Correlations are left out.", NULL},
     .answer = cloud,
     .variant = DIAGONAL_ALONE},
    {.info = {"factor_squared", FORK_BUG, "",
              "Each element of the factor squared: variances for deviations.", NULL},
     .answer = cloud,
     .variant = FACTOR_SQUARED},
    {.info = {"mean_left_out", FORK_BUG, "", "A cloud around 0.", NULL},
     .answer = cloud,
     .variant = MEAN_LEFT_OUT},
    {.info = {"mean_scaled", FORK_BUG, "", "The mean is scaled like the deviates.", NULL},
     .answer = cloud,
     .variant = MEAN_SCALED},
    {.info = {"one_deviate", FORK_BUG, "", "All features share the first deviate.", NULL},
     .answer = cloud,
     .variant = ONE_DEVIATE},
    {.info = {"distance_rooted", FORK_CONVENTION, "", "The distance, not its square.", NULL},
     .answer = cloud,
     .variant = DISTANCE_ROOTED},
    {.info = {"distance_from_origin", FORK_BUG, "", "The squared length of x.", NULL},
     .answer = cloud,
     .variant = DISTANCE_OF_MEAN},
    {.info = {"distance_euclidean", FORK_BUG, "", "The squared length of x - mean.", NULL},
     .answer = cloud,
     .variant = DISTANCE_EUCLIDEAN},
};

const struct fork_list gaussian_cloud_forks = {sizeof table / sizeof *table, table};
