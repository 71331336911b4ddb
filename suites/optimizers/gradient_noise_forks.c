// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/gradient_noise.h"
#include "../fork.h"

enum rival {
    TWIN,
    ROOT_OF_BATCH,
    SQUARE_OF_BATCH,
    CORRECTION_OF_N,
    SUM_FOR_MEAN,
    OWN_MEAN,
    SCALE_INVERTED,
    SCALE_OF_MEANS,
    SAMPLE_IN_PREDICTED,
    NOT_CENTERED,
    LAST_BLOCK_LOST
};

/* Half the mean square of all differences is the variance. */
static real pairs(const struct gradient_noise *is, size_t p, size_t N)
{
    real sum = 0;
    for (size_t n = N; n-- > 0;) {
        real own = 0; /* one sum of all pairs would be N^2 / 2 additions long */
        for (size_t m = n; m-- > 0;) {
            real d = is->g[n * is->P + p] - is->g[m * is->P + p];
            own += d * d;
        }
        sum += own;
    }
    return sum / real_count(N) / real_count(N);
}

/* All ordered batches there are: then what is measured is what is predicted. */
static int complete(const struct gradient_noise *is)
{
    size_t all = 1;
    for (size_t b = 0; b < is->B; b++)
        all *= is->without_replacement ? 0 : is->N;
    return is->K == all && is->B == 2;
}

static real measure(const struct gradient_noise *is, size_t p, real full, enum rival rival)
{
    real first = 0, second = 0;
    for (size_t k = is->K; k-- > 0;) {
        real d = rival == NOT_CENTERED ? 0 : -full;
        for (size_t b = is->B; b-- > 0;)
            d += is->g[(size_t)is->batches[k * is->B + b] * is->P + p] /
                 (rival == SUM_FOR_MEAN ? 1 : real_count(is->B));
        first += d / real_count(is->K);
        second += d * d / real_count(is->K);
    }
    return rival == OWN_MEAN ? second - first * first : second;
}

static real predict(const struct gradient_noise *is, real variance, enum rival rival)
{
    real N = real_count(is->N), B = real_count(is->B);
    if (rival == SAMPLE_IN_PREDICTED)
        variance = variance * N / (N - 1);
    real mean = rival == ROOT_OF_BATCH     ? variance / real_sqrt(B)
                : rival == SQUARE_OF_BATCH ? variance / (B * B)
                                           : variance / B;
    if (!is->without_replacement)
        return mean;
    return rival == CORRECTION_OF_N ? mean * (1 - B / N) : mean * (1 - (B - 1) / (N - 1));
}

static void rival(struct call *call)
{
    struct gradient_noise is = gradient_noise_read(call);
    enum rival rival = (enum rival)call_variant(call);
    size_t N = is.N, P = is.P, whole = N / is.block * is.block;
    N = rival == LAST_BLOCK_LOST && whole ? whole : N;
    real *full = call_output(call, "full", "P"), *variance = call_output(call, "variance", "P");
    real *measured = call_output(call, "measured", "P");
    real *predicted = call_output(call, "predicted", "P");
    real *noise_scale = call_output(call, "noise_scale", ""), noise = 0, signal = 0, mean = 0;
    for (size_t p = 0; p < P; p++) {
        for (size_t n = N; n-- > 0;)
            full[p] += is.g[n * P + p];
        full[p] = full[p] / real_count(N);
        real v = pairs(&is, p, N);
        variance[p] = is.of_sample ? v * real_count(N) / real_count(N - 1) : v;
        predicted[p] = predict(&is, v, rival);
        measured[p] =
            rival == TWIN && complete(&is) ? predicted[p] : measure(&is, p, full[p], rival);
        noise += variance[p];
        signal += full[p] * full[p];
        mean += full[p];
    }
    signal = rival == SCALE_OF_MEANS ? mean * mean : signal;
    *noise_scale = rival == SCALE_INVERTED ? signal / noise : noise / signal;
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"all_differences", FORK_TWIN, "",
     "The variance from all pairs of samples; where all batches are there, measured is predicted.",
     NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"root_of_batch", FORK_BUG, "", "The variance falls with the root of the batch.",
     NULL},
     .answer = rival, .variant = ROOT_OF_BATCH},
    {.info = {"square_of_batch", FORK_BUG, "", "The variance falls with the square of the batch.",
     NULL},
     .answer = rival, .variant = SQUARE_OF_BATCH},
    {.info = {"correction_of_n", FORK_CONVENTION, "",
     "The correction without replacement is 1 - B / N.", NULL},
     .answer = rival, .variant = CORRECTION_OF_N},
    {.info = {"sum_for_mean", FORK_BUG, "122", "Batches are summed, not averaged.", NULL},
     .answer = rival, .variant = SUM_FOR_MEAN},
    {.info = {"mean_of_batches", FORK_BUG, "",
     "Distances are taken from the mean of the batches that were drawn.", NULL},
     .answer = rival, .variant = OWN_MEAN},
    {.info = {"not_centered", FORK_BUG, "", "The mean square of the batches' gradients.", NULL},
     .answer = rival, .variant = NOT_CENTERED},
    {.info = {"scale_inverted", FORK_BUG, "", "Signal over noise.", NULL},
     .answer = rival, .variant = SCALE_INVERTED},
    {.info = {"scale_of_sum", FORK_BUG, "", "The square of the sum in place of the sum of squares.",
     NULL},
     .answer = rival, .variant = SCALE_OF_MEANS},
    {.info = {"sample_variance_predicts", FORK_CONVENTION, "123",
     "The prediction starts from the variance over N - 1.", NULL},
     .answer = rival, .variant = SAMPLE_IN_PREDICTED},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of samples are added.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"with_replacement", FORK_CONVENTION, "",
     "No correction for batches without replacement.", NULL},
     .instead = {"replacement", "yes"}},
    {.info = {"population_divisor", FORK_CONVENTION, "123", "The variance over N.", NULL},
     .instead = {"divisor", "population"}},
    {.info = {"sample_divisor", FORK_CONVENTION, "123", "The variance over N - 1.", NULL},
     .instead = {"divisor", "sample"}},
};
/* clang-format on */

const struct fork_list gradient_noise_forks = {sizeof table / sizeof *table, table};
