// SPDX-License-Identifier: MIT
#include "../../reference/foundations/bias_variance_decomposition.h"
#include "../fork.h"

/* Everything of one call. */
struct run {
    const real *p, *truth, *observed; /* (R,N), (N), (T,N) or NULL */
    size_t R, N, T, ddof, block;
    int corrected;
    real *mean, *bias, *variance, *each; /* (N) */
    real *bias_squared, *variance_mean, *noise, *expected, *direct;
};

static struct run read(struct call *call)
{
    static const char *const variances[] = {"population", "sample", NULL};
    static const char *const biases[] = {"plain", "corrected", NULL};
    struct run r = {.p = call_input(call, "predictions", "RN"), .block = call_block(call)};
    r.R = call_size(call, 'R');
    r.N = call_size(call, 'N');
    r.truth = call_input(call, "truth", "N");
    r.ddof = (size_t)call_choice(call, "variance", variances);
    r.corrected = call_choice(call, "bias", biases);
    r.mean = call_output(call, "mean", "N");
    r.bias = call_output(call, "bias", "N");
    r.variance = call_output(call, "variance", "N");
    r.each = call_scratch(call, r.N);
    if (call_has(call, "observed")) {
        r.observed = call_input(call, "observed", "TN");
        r.T = call_size(call, 'T');
    }
    r.bias_squared = call_output(call, "bias_squared", "");
    r.variance_mean = call_output(call, "variance_mean", "");
    r.noise = call_output(call, "noise", "");
    r.expected = call_output(call, "expected", "");
    r.direct = call_output(call, "direct", "");
    return r;
}

/* The sum over rows first .. first + count - 1 of (x[r] - truth)^2, halves added to halves. */
static real square_gaps(const real *x, real truth, size_t stride, size_t first, size_t count)
{
    real gap = x[first * stride] - truth;
    if (count == 1)
        return gap * gap;
    return square_gaps(x, truth, stride, first, count / 2) +
           square_gaps(x, truth, stride, first + count / 2, count - count / 2);
}

static real over_points(const struct run *r, const real *x)
{
    return sum_samples(r->N, r->block, x, 1) / real_count(r->N);
}

/* The bias as the mean gap to the truth; the mean from the last refit to the first; the variance
 * from all pairs of refits, which needs no mean. */
static void find_point(struct run *r, size_t i)
{
    const real *p = &r->p[i];
    real pairs = 0;
    for (size_t a = r->R; a-- > 0;) {
        real x = p[a * r->N];
        r->mean[i] += x;
        r->bias[i] += x - r->truth[i];
        pairs += a ? square_gaps(p, x, r->N, 0, a) : 0;
    }
    r->mean[i] = r->mean[i] / real_count(r->R);
    r->bias[i] = r->bias[i] / real_count(r->R);
    r->variance[i] = pairs / real_count(r->R) / real_count(r->R - r->ddof);
}

static void find(struct run *r)
{
    real *each = r->each;
    for (size_t i = 0; i < r->N; i++)
        find_point(r, i);
    *r->variance_mean = over_points(r, r->variance);
    for (size_t i = 0; i < r->N; i++)
        each[i] = r->bias[i] * r->bias[i];
    *r->bias_squared = over_points(r, each);
    for (size_t i = 0; i < r->N; i++)
        each[i] = square_gaps(&r->p[i], r->truth[i], r->N, 0, r->R) / real_count(r->R);
    *r->direct = over_points(r, each);
    for (size_t i = 0; i < r->N && r->T; i++)
        each[i] = square_gaps(&r->observed[i], r->truth[i], r->N, 0, r->T) / real_count(r->T);
    *r->noise = r->T ? over_points(r, each) : 0;
}

/* expected from its parts. */
static void finish(struct run *r)
{
    if (r->corrected)
        *r->bias_squared -= *r->variance_mean / real_count(r->R);
    *r->expected = *r->noise + *r->variance_mean + *r->bias_squared;
}

static struct run right(struct call *call)
{
    struct run r = read(call);
    find(&r);
    finish(&r);
    return r;
}

static void pairs_of_refits(struct call *call)
{
    right(call);
}

static void mean_of_squares(struct call *call)
{
    struct run r = right(call);
    real spread = 0;
    for (size_t i = 0; i < r.N; i++) {
        real squares = sum_products(0, r.R, &r.p[i], r.N, &r.p[i], r.N) / real_count(r.R);
        real scale = real_count(r.R) / real_count(r.R - r.ddof);
        r.variance[i] = (squares - r.mean[i] * r.mean[i]) * scale;
        spread += r.variance[i];
    }
    *r.variance_mean = spread / real_count(r.N);
}

static void square_of_mean_bias(struct call *call)
{
    struct run r = read(call);
    find(&r);
    real bias = sum_features(r.N, r.bias, 1) / real_count(r.N);
    *r.bias_squared = bias * bias;
    finish(&r);
}

static void absolute_bias(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.bias_squared = 0;
    for (size_t i = 0; i < r.N; i++)
        *r.bias_squared += real_abs(r.bias[i]) / real_count(r.N);
    finish(&r);
}

static void bias_turned(struct call *call)
{
    struct run r = right(call);
    for (size_t i = 0; i < r.N; i++)
        r.bias[i] = -r.bias[i];
}

static void bias_from_observations(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.bias_squared = 0;
    for (size_t i = 0; i < r.N; i++) {
        real centre = r.T ? sum_features(r.T, &r.observed[i], r.N) / real_count(r.T) : r.truth[i];
        r.bias[i] = r.mean[i] - centre;
        *r.bias_squared += r.bias[i] * r.bias[i] / real_count(r.N);
    }
    finish(&r);
}

static void standard_deviation(struct call *call)
{
    struct run r = right(call);
    for (size_t i = 0; i < r.N; i++)
        r.variance[i] = real_sqrt(r.variance[i]);
}

/* The variance of each refit over the points. */
static void variance_over_points(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.variance_mean = 0;
    for (size_t a = 0; a < r.R; a++) {
        real mean = sum_features(r.N, &r.p[a * r.N], 1) / real_count(r.N);
        for (size_t i = 0; i < r.N; i++) {
            real gap = r.p[a * r.N + i] - mean;
            *r.variance_mean += gap * gap / real_count(r.N * r.R);
        }
    }
    finish(&r);
}

static void noise_left_out(struct call *call)
{
    struct run r = right(call);
    *r.expected -= *r.noise;
}

static void noise_about_its_mean(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.noise = 0;
    for (size_t i = 0; i < r.N * r.T; i++) {
        real mean = sum_features(r.T, &r.observed[i % r.N], r.N) / real_count(r.T);
        real gap = r.observed[i] - mean;
        *r.noise += gap * gap / real_count(r.N * r.T);
    }
    finish(&r);
}

static void noise_as_deviation(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.noise = real_sqrt(*r.noise);
    finish(&r);
}

static void error_of_mean(struct call *call)
{
    struct run r = read(call);
    find(&r);
    *r.direct = *r.bias_squared;
    finish(&r);
}

static void last_block_lost(struct call *call)
{
    struct run r = read(call);
    find(&r);
    size_t kept = r.N > r.block ? (r.N - 1) / r.block * r.block : r.N;
    *r.bias_squared = sum_products(0, kept, r.bias, 1, r.bias, 1) / real_count(kept);
    finish(&r);
}

static const struct fork table[] = {
    {.info = {"pairs_of_refits", FORK_TWIN, "",
              "The bias is the mean gap to the truth; the variance comes from all pairs of refits.",
              NULL},
     .answer = pairs_of_refits},
    {.info = {"mean_of_squares", FORK_NUMERICAL, "130",
              "The mean of squares less the square of the mean, which cancels.", NULL},
     .answer = mean_of_squares},
    {.info = {"sample_variance", FORK_CONVENTION, "", "Divides by R - 1, always.", NULL},
     .instead = {"variance", "sample"}},
    {.info = {"population_variance", FORK_CONVENTION, "", "Divides by R, always.", NULL},
     .instead = {"variance", "population"}},
    {.info = {"bias_corrected", FORK_CONVENTION, "", "The bias less variance / R, always.", NULL},
     .instead = {"bias", "corrected"}},
    {.info = {"bias_plain", FORK_CONVENTION, "", "The bias as it is, always.", NULL},
     .instead = {"bias", "plain"}},
    {.info = {"square_of_mean_bias", FORK_BUG, "",
              "Biases of different points cancel before they are squared.", NULL},
     .answer = square_of_mean_bias},
    {.info = {"absolute_bias", FORK_BUG, "", "The absolute bias takes the place of its square.",
              NULL},
     .answer = absolute_bias},
    {.info = {"bias_turned", FORK_CONVENTION, "", "Bias is truth minus mean.", NULL},
     .answer = bias_turned},
    {.info = {"bias_from_observations", FORK_BUG, "",
              "The bias is taken from the noisy observations, not from the truth.", NULL},
     .answer = bias_from_observations},
    {.info = {"standard_deviation", FORK_BUG, "", "Deviations are shown for variances.", NULL},
     .answer = standard_deviation},
    {.info = {"variance_over_points", FORK_BUG, "", "The variance of each refit over the points.",
              NULL},
     .answer = variance_over_points},
    {.info = {"noise_left_out", FORK_BUG, "", "The expected error lacks the noise.", NULL},
     .answer = noise_left_out},
    {.info = {"noise_about_its_mean", FORK_CONVENTION, "",
              "The noise is taken about the mean of the observations.", NULL},
     .answer = noise_about_its_mean},
    {.info = {"noise_as_deviation", FORK_BUG, "", "The noise is not squared.", NULL},
     .answer = noise_as_deviation},
    {.info = {"error_of_mean", FORK_BUG, "",
              "The direct error is that of the mean prediction: the variance is lost.", NULL},
     .answer = error_of_mean},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block of points is left out.", NULL},
     .answer = last_block_lost},
};

const struct fork_list bias_variance_decomposition_forks = {sizeof table / sizeof *table, table};
