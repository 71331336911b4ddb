// SPDX-License-Identifier: MIT
#include "../../reference/normalization/standardization.h"
#include "../fork.h"

/* Everything of one call. The forks below make their own statistics, or apply them otherwise. */
struct table {
    const real *x, *x_new; /* (N,D), and (M,D) or NULL */
    real *mean, *deviation, *z, *z_new;
    size_t N, D, M, ddof, block;
};

static struct table read(struct call *call)
{
    static const char *const deviations[] = {"population", "sample", NULL};
    struct table t = {.x = call_input(call, "x", "ND")};
    t.N = call_size(call, 'N');
    t.D = call_size(call, 'D');
    t.ddof = (size_t)call_choice(call, "deviation", deviations);
    t.block = call_block(call);
    t.mean = call_output(call, "mean", "D");
    t.deviation = call_output(call, "standard_deviation", "D");
    t.z = call_output(call, "z", "ND");
    if (call_has(call, "x_new")) {
        t.x_new = call_input(call, "x_new", "MD");
        t.M = call_size(call, 'M');
        t.z_new = call_output(call, "z_new", "MD");
    }
    standardization_fit(t.mean, t.deviation, call_scratch(call, t.N * t.D), t.x, t.ddof, t.N, t.D,
                        t.block);
    return t;
}

static void apply(const struct table *t)
{
    standardization_apply(t->z, t->x, t->mean, t->deviation, t->N, t->D);
    if (t->x_new)
        standardization_apply(t->z_new, t->x_new, t->mean, t->deviation, t->M, t->D);
}

/* z of one array with scale[d] of one's own. */
static void divide(real *z, const real *x, size_t n, const struct table *t, const real *scale)
{
    for (size_t i = 0; z && i < n * t->D; i++)
        z[i] = (x[i] - t->mean[i % t->D]) / scale[i % t->D];
}

static void corrected_squares(struct call *call)
{
    struct table t = read(call);
    for (size_t d = 0; d < t.D; d++) {
        real mean = 0, squares = 0, rest = 0;
        for (size_t n = t.N; n-- > 0;)
            mean += t.x[n * t.D + d];
        mean = mean / real_count(t.N);
        for (size_t n = t.N; n-- > 0;) {
            real centred = t.x[n * t.D + d] - mean;
            squares += centred * centred;
            rest += centred;
        }
        t.mean[d] = mean;
        squares -= rest * rest / real_count(t.N);
        t.deviation[d] = real_sqrt(squares / real_count(t.N - t.ddof));
    }
    apply(&t);
}

static void single_pass(struct call *call)
{
    struct table t = read(call);
    for (size_t d = 0; d < t.D; d++) {
        real sum = sum_samples(t.N, t.block, &t.x[d], t.D), N = real_count(t.N);
        real squares = sum_sample_products(t.N, t.block, &t.x[d], t.D, &t.x[d], t.D);
        real variance = (squares - sum * sum / N) / real_count(t.N - t.ddof);
        t.deviation[d] = variance > 0 ? real_sqrt(variance) : 0;
    }
    apply(&t);
}

static void refitted_on_new_data(struct call *call)
{
    struct table t = read(call);
    apply(&t);
    if (!t.x_new)
        return;
    standardization_fit(t.mean, t.deviation, call_scratch(call, t.M * t.D), t.x_new,
                        t.M > t.ddof ? t.ddof : 0, t.M, t.D, t.block);
    standardization_apply(t.z_new, t.x_new, t.mean, t.deviation, t.M, t.D);
    standardization_fit(t.mean, t.deviation, call_scratch(call, t.N * t.D), t.x, t.ddof, t.N, t.D,
                        t.block);
}

static void fitted_on_everything(struct call *call)
{
    struct table t = read(call);
    size_t n = t.N + t.M;
    real *all = call_scratch(call, n * t.D);
    for (size_t i = 0; i < n * t.D; i++)
        all[i] = i < t.N * t.D ? t.x[i] : t.x_new[i - t.N * t.D];
    standardization_fit(t.mean, t.deviation, call_scratch(call, n * t.D), all, t.ddof, n, t.D,
                        t.block);
    apply(&t);
}

static void variance_for_deviation(struct call *call)
{
    struct table t = read(call);
    for (size_t d = 0; d < t.D; d++)
        t.deviation[d] = t.deviation[d] * t.deviation[d];
    apply(&t);
}

static void epsilon_under_root(struct call *call)
{
    struct table t = read(call);
    real *scale = call_scratch(call, t.D);
    for (size_t d = 0; d < t.D; d++)
        scale[d] = real_sqrt(t.deviation[d] * t.deviation[d] + R(1e-5));
    divide(t.z, t.x, t.N, &t, scale);
    divide(t.z_new, t.x_new, t.M, &t, scale);
}

static void epsilon_added(struct call *call)
{
    struct table t = read(call);
    real *scale = call_scratch(call, t.D);
    for (size_t d = 0; d < t.D; d++)
        scale[d] = t.deviation[d] + R(1e-7);
    divide(t.z, t.x, t.N, &t, scale);
    divide(t.z_new, t.x_new, t.M, &t, scale);
}

static void constant_column_divided(struct call *call)
{
    struct table t = read(call);
    divide(t.z, t.x, t.N, &t, t.deviation);
    divide(t.z_new, t.x_new, t.M, &t, t.deviation);
}

static void constant_column_cleared(struct call *call)
{
    struct table t = read(call);
    apply(&t);
    for (size_t i = 0; i < t.M * t.D; i++) {
        if (!(t.deviation[i % t.D] > 0))
            t.z_new[i] = 0;
    }
}

static void narrow_column_kept(struct call *call)
{
    struct table t = read(call);
    real *scale = call_scratch(call, t.D);
    for (size_t d = 0; d < t.D; d++)
        scale[d] = t.deviation[d] > R(1e-3) ? t.deviation[d] : 1;
    divide(t.z, t.x, t.N, &t, scale);
    divide(t.z_new, t.x_new, t.M, &t, scale);
}

static void blocks_averaged(struct call *call)
{
    struct table t = read(call);
    size_t blocks = (t.N + t.block - 1) / t.block;
    real *mean = call_scratch(call, t.D), *deviation = call_scratch(call, t.D);
    real *total = call_scratch(call, t.D), *centred = call_scratch(call, t.block * t.D);
    for (size_t b = 0; b < blocks; b++) {
        size_t begin = b * t.block, n = t.N - begin < t.block ? t.N - begin : t.block;
        standardization_fit(mean, deviation, centred, &t.x[begin * t.D], 0, n, t.D, t.block);
        for (size_t d = 0; d < t.D; d++)
            total[d] += deviation[d] * deviation[d];
    }
    for (size_t d = 0; d < t.D; d++)
        t.deviation[d] = real_sqrt(total[d] / real_count(blocks));
    apply(&t);
}

static void mean_of_block_means(struct call *call)
{
    struct table t = read(call);
    size_t blocks = (t.N + t.block - 1) / t.block;
    for (size_t d = 0; d < t.D; d++) {
        t.mean[d] = 0;
        for (size_t b = 0; b < blocks; b++) {
            size_t begin = b * t.block, n = t.N - begin < t.block ? t.N - begin : t.block;
            t.mean[d] += sum_samples(n, t.block, &t.x[begin * t.D + d], t.D) / real_count(n);
        }
        t.mean[d] = t.mean[d] / real_count(blocks);
    }
    apply(&t);
}

static void one_scale_for_all(struct call *call)
{
    struct table t = read(call);
    real scale = sum_features(t.D, t.deviation, 1) / real_count(t.D);
    for (size_t d = 0; d < t.D; d++)
        t.deviation[d] = scale;
    apply(&t);
}

static void not_centred(struct call *call)
{
    struct table t = read(call);
    for (size_t i = 0; i < t.N * t.D; i++)
        t.z[i] = t.x[i] / (t.deviation[i % t.D] > 0 ? t.deviation[i % t.D] : 1);
    for (size_t i = 0; i < t.M * t.D; i++)
        t.z_new[i] = t.x_new[i] / (t.deviation[i % t.D] > 0 ? t.deviation[i % t.D] : 1);
}

static void last_sample_lost(struct call *call)
{
    struct table t = read(call);
    if (t.N > t.ddof + 1)
        standardization_fit(t.mean, t.deviation, call_scratch(call, t.N * t.D), t.x, t.ddof,
                            t.N - 1, t.D, t.block);
    apply(&t);
}

static const struct fork table[] = {
    {.info = {"corrected_squares", FORK_TWIN, "",
              "Chan, Golub and LeVeque's two passes: the squares are corrected for the error of "
              "the mean.",
              NULL},
     .answer = corrected_squares},
    {.info = {"sample_deviation", FORK_CONVENTION, "123 271", "Divides by N - 1: R, pandas.", NULL},
     .instead = {"deviation", "sample"}},
    {.info = {"population_deviation", FORK_CONVENTION, "123 271", "Divides by N: scikit-learn.",
              NULL},
     .instead = {"deviation", "population"}},
    {.info = {"single_pass", FORK_NUMERICAL, "130", "E[x^2] - E[x]^2, added in one pass.", NULL},
     .answer = single_pass},
    {.info = {"refitted_on_new_data", FORK_BUG, "",
              "New data is scaled by its own statistics: fit_transform for transform.", NULL},
     .answer = refitted_on_new_data},
    {.info = {"fitted_on_everything", FORK_BUG, "",
              "The statistics see the new data as well: leakage from test to training.", NULL},
     .answer = fitted_on_everything},
    {.info = {"variance_for_deviation", FORK_BUG, "129",
              "Divides by the variance: the root is forgotten.", NULL},
     .answer = variance_for_deviation},
    {.info = {"epsilon_under_root", FORK_CONVENTION, "127",
              "Adds 1e-5 to the variance, as batch normalization does.", NULL},
     .answer = epsilon_under_root},
    {.info = {"epsilon_added", FORK_CONVENTION, "127",
              "Adds 1e-7 to the deviation, against division by zero.", NULL},
     .answer = epsilon_added},
    {.info = {"constant_column_divided", FORK_BUG, "271",
              "A constant column is divided by its deviation 0.", NULL},
     .answer = constant_column_divided},
    {.info = {"constant_column_cleared", FORK_CONVENTION, "271",
              "A constant feature is 0 for new data too.", NULL},
     .answer = constant_column_cleared},
    {.info = {"narrow_column_kept", FORK_CONVENTION, "271",
              "A column with a deviation below 1e-3 counts as constant.", NULL},
     .answer = narrow_column_kept},
    {.info = {"blocks_averaged", FORK_BUG, "147",
              "The mean of the variances within blocks, not the variance of all samples.", NULL},
     .answer = blocks_averaged},
    {.info = {"mean_of_block_means", FORK_BUG, "33 147",
              "Averages the means of blocks without regard to their sizes.", NULL},
     .answer = mean_of_block_means},
    {.info = {"one_scale_for_all", FORK_BUG, "", "All features share one deviation, their average.",
              NULL},
     .answer = one_scale_for_all},
    {.info = {"not_centred", FORK_BUG, "", "The mean is not subtracted.", NULL},
     .answer = not_centred},
    {.info = {"last_sample_lost", FORK_BUG, "", "The statistics leave out the last sample.", NULL},
     .answer = last_sample_lost},
};

const struct fork_list standardization_forks = {sizeof table / sizeof *table, table};
