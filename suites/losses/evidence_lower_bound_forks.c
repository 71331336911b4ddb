// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    SIGN_OF_DIVERGENCE,
    DIRECTION,
    HALF_LOST,
    LOG_DEVIATION,
    VARIANCE_ITSELF,
    ONE_LOST,
    EXPONENTIAL_MINUS_ONE,
    LOGARITHM_OF_SIGMOID,
    BETA_ON_BOTH,
    BETA_NOT_BACKWARD,
    DIVERGENCE_SUMMED,
    DIVERGENCE_DETACHED,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN
};

enum likelihood { BERNOULLI, GAUSSIAN, SQUARED };

struct problem {
    enum variant variant;
    enum likelihood likelihood;
    size_t N, K, J, block;
    int summed;
    real c_R, c_D, beta, upstream;
};

static real share(const struct problem *a, size_t n)
{
    size_t begin = n / a->block * a->block, left = a->N - begin;
    size_t own = left < a->block ? left : a->block, blocks = (a->N + a->block - 1) / a->block;
    if (a->variant == LAST_BLOCK_LOST && left <= a->block)
        return R(0.0);
    if (a->summed)
        return R(1.0);
    return 1 / real_count(a->variant == MEAN_OF_BLOCK_MEANS ? own * blocks : a->N);
}

static real reconstruct(const struct problem *a, real y, real t, real *slope)
{
    if (a->likelihood != BERNOULLI) {
        real f = a->likelihood == GAUSSIAN ? R(0.5) : R(1.0);
        *slope = f * (y - t) + f * (y - t);
        return f * (y - t) * (y - t);
    }
    real e = real_exp(-real_abs(y)), small = e / (1 + e);
    *slope = y > 0 ? (1 - t) - small : small - t;
    if (a->variant == LOGARITHM_OF_SIGMOID) {
        real p = 1 / (1 + real_exp(-y));
        return -(t * real_log(p) + (1 - t) * real_log(1 - p));
    }
    return ((y > 0 ? y : R(0.0)) - t * y) + real_log1p(e);
}

/* expm1(v) - v; near 0 its power series, which no exponential enters. */
static real grown_beyond(real v, real *expm1_v)
{
    real term = v * v / 2, sum = R(0.0), rest = R(0.0);
    *expm1_v = real_expm1(v);
    if (!(real_abs(v) < R(0.0625)))
        return *expm1_v - v;
    for (size_t k = 3; k < 32; k++) {
        sum = sum + term;
        term = term * v / real_count(k);
    }
    rest = sum;
    *expm1_v = v + rest;
    return rest;
}

/* The divergence of one latent, its slopes by m and v. */
static real diverge(const struct problem *a, real m, real v, real *dm, real *dv)
{
    real grown, beyond = grown_beyond(v, &grown), d = (beyond + m * m) / 2;
    *dm = m;
    *dv = grown / 2;
    if (a->variant == EXPONENTIAL_MINUS_ONE) {
        *dv = (real_exp(v) - 1) / 2;
        d = -(1 + v - m * m - real_exp(v)) / 2;
    }
    if (a->variant == DIRECTION) { /* KL(prior || posterior) */
        real e = real_exp(-v);
        d = (e * (1 + m * m) - 1 + v) / 2;
        *dm = m * e;
        *dv = (1 - e * (1 + m * m)) / 2;
    }
    if (a->variant == HALF_LOST) {
        d = d + d;
        *dm = *dm + *dm;
        *dv = *dv + *dv;
    }
    if (a->variant == LOG_DEVIATION) { /* v is log sigma */
        real e = real_exp(2 * v);
        d = (e + m * m - 1 - 2 * v) / 2;
        *dv = e - 1;
    }
    if (a->variant == VARIANCE_ITSELF) { /* v for e^v */
        d = (v * v + m * m - 1 - real_log(v * v + R(1e-6))) / 2;
        *dv = v - v / (v * v + R(1e-6));
    }
    if (a->variant == ONE_LOST)
        d = d + R(0.5);
    if (a->variant == SIGN_OF_DIVERGENCE) {
        d = -d;
        *dm = -*dm;
        *dv = -*dv;
    }
    if (a->variant == DIVERGENCE_DETACHED)
        *dm = *dv = R(0.0);
    return d;
}

static real reconstruction(struct call *call, const struct problem *a)
{
    const real *y = call_input(call, "y", "NK"), *t = call_input(call, "t", "NK");
    real *dy = call_output(call, "dy", "NK"), sum = R(0.0), slope;
    for (size_t i = a->N * a->K; i-- > 0;) {
        real part = a->c_R * share(a, i / a->K);
        sum = sum + part * reconstruct(a, y[i], t[i], &slope);
        dy[i] = a->upstream * part * slope * (a->variant == BETA_ON_BOTH ? a->beta : R(1.0));
    }
    return sum;
}

static real divergence(struct call *call, const struct problem *a)
{
    const real *m = call_input(call, "mean", "NJ"), *v = call_input(call, "log_variance", "NJ");
    real *dm = call_output(call, "dmean", "NJ"), *dv = call_output(call, "dlog_variance", "NJ");
    real sum = R(0.0), beta = a->variant == BETA_NOT_BACKWARD ? R(1.0) : a->beta;
    for (size_t i = a->N * a->J; i-- > 0;) {
        real part = a->c_D * (a->variant == DIVERGENCE_SUMMED ? R(1.0) : share(a, i / a->J));
        sum = sum + part * diverge(a, m[i], v[i], &dm[i], &dv[i]);
        dm[i] = dm[i] * (part * a->upstream * beta);
        dv[i] = dv[i] * (part * a->upstream * beta);
    }
    return sum;
}

static void answer(struct call *call)
{
    static const char *const likelihoods[] = {"bernoulli", "gaussian", "squared", NULL};
    static const char *const overs[] = {"sum", "mean", "mean_reconstruction", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct problem a = {.variant = (enum variant)call_variant(call), .block = call_block(call)};
    call_input(call, "y", "NK");
    call_input(call, "mean", "NJ");
    a.N = call_size(call, 'N');
    a.K = call_size(call, 'K');
    a.J = call_size(call, 'J');
    int over = call_choice(call, "over", overs);
    a.likelihood = (enum likelihood)call_choice(call, "likelihood", likelihoods);
    a.c_R = over == 0 ? R(1.0) : 1 / real_count(a.K);
    a.c_D = over == 1 ? 1 / real_count(a.J) : R(1.0);
    a.summed = call_choice(call, "reduction", reductions);
    a.beta = call_number_or(call, "beta", R(1.0));
    a.upstream = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (a.variant == UPSTREAM_IGNORED)
        a.upstream = R(1.0);
    if (a.variant == GRADIENT_SIGN)
        a.upstream = -a.upstream;
    real r = reconstruction(call, &a), d = divergence(call, &a);
    *call_output(call, "reconstruction", "") = r;
    *call_output(call, "divergence", "") = d;
    *call_output(call, "loss", "") = a.variant == BETA_ON_BOTH ? a.beta * (r + d) : a.beta * d + r;
}

static const struct fork table[] = {
    {.info =
         {"series_near_prior", FORK_TWIN, "",
          "A power series near the prior; max(y, 0) - t y + log1p(e^-|y|); from the last sample.",
          NULL},
     .answer = answer},
    {.info = {"divergence_summed", FORK_BUG, "42",
              "The divergence is summed over the batch, the reconstruction averaged.", NULL},
     .answer = answer,
     .variant = DIVERGENCE_SUMMED},
    {.info = {"mean_reconstruction", FORK_CONVENTION, "42",
              "The reconstruction is averaged over pixels, the divergence summed over latents.",
              NULL},
     .instead = {"over", "mean_reconstruction"}},
    {.info = {"means", FORK_CONVENTION, "42", "Both are averaged within a sample.", NULL},
     .instead = {"over", "mean"}},
    {.info = {"sums", FORK_CONVENTION, "42", "Both are summed within a sample.", NULL},
     .instead = {"over", "sum"}},
    {.info = {"sign_of_divergence", FORK_BUG, "", "The divergence is subtracted.", NULL},
     .answer = answer,
     .variant = SIGN_OF_DIVERGENCE},
    {.info = {"prior_from_posterior", FORK_BUG, "38", "KL(prior || posterior).", NULL},
     .answer = answer,
     .variant = DIRECTION},
    {.info = {"half_lost", FORK_BUG, "44", "The divergence without its half.", NULL},
     .answer = answer,
     .variant = HALF_LOST},
    {.info = {"log_deviation", FORK_CONVENTION, "", "v is taken for the logarithm of sigma.", NULL},
     .answer = answer,
     .variant = LOG_DEVIATION},
    {.info = {"deviation_itself", FORK_CONVENTION, "", "v is taken for sigma itself.", NULL},
     .answer = answer,
     .variant = VARIANCE_ITSELF},
    {.info = {"one_lost", FORK_BUG, "", "Without the -1: a constant too much.", NULL},
     .answer = answer,
     .variant = ONE_LOST},
    {.info = {"exponential_minus_one", FORK_NUMERICAL, "10",
              "e^v - 1 - v, which cancels near the prior.", NULL},
     .answer = answer,
     .variant = EXPONENTIAL_MINUS_ONE},
    {.info = {"logarithm_of_sigmoid", FORK_NUMERICAL, "36",
              "The logarithms of a sigmoid and of 1 minus it.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_SIGMOID},
    {.info = {"bernoulli", FORK_CONVENTION, "", "Logits, whatever is stated.", NULL},
     .instead = {"likelihood", "bernoulli"}},
    {.info = {"gaussian", FORK_CONVENTION, "44", "Half the squared error.", NULL},
     .instead = {"likelihood", "gaussian"}},
    {.info = {"squared", FORK_CONVENTION, "44", "The squared error without the half.", NULL},
     .instead = {"likelihood", "squared"}},
    {.info = {"beta_one", FORK_BUG, "", "beta is ignored.", NULL}, .number = {"beta", 1}},
    {.info = {"beta_on_both", FORK_BUG, "", "beta multiplies the reconstruction too.", NULL},
     .answer = answer,
     .variant = BETA_ON_BOTH},
    {.info = {"beta_not_backward", FORK_BUG, "", "beta is not in the gradient.", NULL},
     .answer = answer,
     .variant = BETA_NOT_BACKWARD},
    {.info = {"divergence_detached", FORK_BUG, "67", "The divergence gives no gradient.", NULL},
     .answer = answer,
     .variant = DIVERGENCE_DETACHED},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list evidence_lower_bound_forks = {sizeof table / sizeof *table, table};
