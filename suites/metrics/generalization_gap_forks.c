// SPDX-License-Identifier: MIT
#include "../../reference/metrics/generalization_gap.h"
#include "../fork.h"

enum mistake {
    NONE,
    SIGN,
    OVER_TEST,
    SUMS,
    BLOCK_MEANS,
    NOT_ROOTED,
    ERRORS_ADDED,
    POOLED_VARIANCE,
    DEVIATION,
    TEST_ERROR_ALONE,
    WIDEST_BY_SIZE,
    WIDEST_BY_TEST,
    LAST_OF_EQUALS,
    LAST_SAMPLE_LOST,
    SAMPLES_OF_TRAINING
};

struct gauge {
    enum mistake mistake;
    const struct generalization *g;
};

/* The mean and the sum of squares about it, by updates from sample to sample. */
static real describe(const struct gauge *s, const real *loss, size_t N, size_t a, real *squares)
{
    real mean = 0;
    *squares = 0;
    N -= s->mistake == LAST_SAMPLE_LOST && N > 1;
    for (size_t n = 0; n < N; n++) {
        real v = loss[n * s->g->A + a], before = v - mean;
        mean = mean + before / real_count(n + 1);
        *squares = *squares + before * (v - mean);
    }
    return s->mistake == SUMS ? mean * real_count(N) : mean;
}

static real block_means(const struct gauge *s, const real *loss, size_t N, size_t a)
{
    size_t blocks = (N + s->g->block - 1) / s->g->block;
    real mean = 0;
    for (size_t b = 0; b < blocks; b++) {
        real sum = 0;
        size_t first = b * s->g->block, end = first + s->g->block < N ? first + s->g->block : N;
        for (size_t n = first; n < end; n++)
            sum = sum + loss[n * s->g->A + a];
        mean = mean + sum / real_count(end - first) / real_count(blocks);
    }
    return mean;
}

static real error_of(const struct gauge *s, real of_train, real of_test)
{
    const struct generalization *g = s->g;
    real n = real_count(s->mistake == SAMPLES_OF_TRAINING ? g->N : g->M);
    real a = of_train / g->over_n / real_count(g->N), b = of_test / g->over_m / n;
    if (s->mistake == POOLED_VARIANCE)
        a = b = (of_train + of_test) / (g->over_n + g->over_m) / real_count(g->N + g->M);
    if (s->mistake == DEVIATION) {
        a = of_train / g->over_n;
        b = of_test / g->over_m;
    }
    if (s->mistake == TEST_ERROR_ALONE)
        a = 0;
    if (s->mistake == ERRORS_ADDED)
        return real_sqrt(a) + real_sqrt(b);
    return s->mistake == NOT_ROOTED ? a + b : real_sqrt(a + b);
}

static void gauge(struct call *call)
{
    struct generalization g = generalization_gap_read(call);
    struct gauge s = {(enum mistake)call_variant(call), &g};
    size_t widest = 0;
    real most = 0;
    for (size_t a = 0; a < g.A; a++) {
        real of_train, of_test;
        g.train[a] = describe(&s, g.train_loss, g.N, a, &of_train);
        g.test[a] = describe(&s, g.test_loss, g.M, a, &of_test);
        if (s.mistake == BLOCK_MEANS) {
            g.train[a] = block_means(&s, g.train_loss, g.N, a);
            g.test[a] = block_means(&s, g.test_loss, g.M, a);
        }
        real against = s.mistake == OVER_TEST ? g.test[a] : g.train[a];
        real gap = g.relative ? (g.test[a] - g.train[a]) / against : g.test[a] - g.train[a];
        g.gap[a] = (s.mistake == SIGN) != g.score ? -gap : gap;
        g.error[a] = error_of(&s, of_train, of_test);
        real size = s.mistake == WIDEST_BY_SIZE   ? real_abs(g.gap[a])
                    : s.mistake == WIDEST_BY_TEST ? g.test[a]
                                                  : g.gap[a];
        if (a == 0 || size > most || (s.mistake == LAST_OF_EQUALS && size == most)) {
            most = size;
            widest = a;
        }
    }
    *g.widest = real_count(widest);
}

static const struct fork table[] = {
    {.info = {"updated", FORK_TWIN, "", "Means and squares updated from sample to sample.", NULL},
     .answer = gauge},
    {.info = {"losses", FORK_BUG, "", "Scores are taken for losses.", NULL},
     .instead = {"measure", "loss"}},
    {.info = {"scores", FORK_BUG, "", "Losses are taken for scores.", NULL},
     .instead = {"measure", "score"}},
    {.info = {"absolute", FORK_CONVENTION, "", "The difference.", NULL},
     .instead = {"scale", "absolute"}},
    {.info = {"relative", FORK_CONVENTION, "", "Divided by the training loss.", NULL},
     .instead = {"scale", "relative"}},
    {.info = {"ddof_zero", FORK_CONVENTION, "271", "Variances divided by n.", NULL},
     .number = {"ddof", 0}},
    {.info = {"ddof_one", FORK_CONVENTION, "271", "Variances divided by n - 1.", NULL},
     .number = {"ddof", 1}},
    {.info = {"sign", FORK_BUG, "", "The other sign.", NULL}, .answer = gauge, .variant = SIGN},
    {.info = {"over_test", FORK_CONVENTION, "", "Relative to the test loss.", NULL},
     .answer = gauge,
     .variant = OVER_TEST},
    {.info = {"sums", FORK_BUG, "44", "Sums instead of means: the gap grows with the samples.",
              NULL},
     .answer = gauge,
     .variant = SUMS},
    {.info = {"block_means", FORK_BUG, "269", "The mean of the blocks' means.", NULL},
     .answer = gauge,
     .variant = BLOCK_MEANS},
    {.info = {"not_rooted", FORK_BUG, "", "The squared error.", NULL},
     .answer = gauge,
     .variant = NOT_ROOTED},
    {.info = {"errors_added", FORK_BUG, "", "Errors are added, not their squares.", NULL},
     .answer = gauge,
     .variant = ERRORS_ADDED},
    {.info = {"pooled_variance", FORK_CONVENTION, "", "One variance of all samples.", NULL},
     .answer = gauge,
     .variant = POOLED_VARIANCE},
    {.info = {"deviation", FORK_BUG, "", "Deviations of samples, not errors of means.", NULL},
     .answer = gauge,
     .variant = DEVIATION},
    {.info = {"test_error_alone", FORK_BUG, "", "The training loss is taken to be known.", NULL},
     .answer = gauge,
     .variant = TEST_ERROR_ALONE},
    {.info = {"samples_of_training", FORK_BUG, "", "Both errors divided by the training samples.",
              NULL},
     .answer = gauge,
     .variant = SAMPLES_OF_TRAINING},
    {.info = {"widest_by_size", FORK_BUG, "", "The largest magnitude is widest.", NULL},
     .answer = gauge,
     .variant = WIDEST_BY_SIZE},
    {.info = {"widest_by_test", FORK_BUG, "", "The worst on the test is widest.", NULL},
     .answer = gauge,
     .variant = WIDEST_BY_TEST},
    {.info = {"last_of_equals", FORK_CONVENTION, "221", "The last of equal gaps.", NULL},
     .answer = gauge,
     .variant = LAST_OF_EQUALS},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample of each set is left out.",
              NULL},
     .answer = gauge,
     .variant = LAST_SAMPLE_LOST},
};

const struct fork_list generalization_gap_forks = {sizeof table / sizeof *table, table};
