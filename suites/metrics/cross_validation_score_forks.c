// SPDX-License-Identifier: MIT
#include "../../reference/metrics/cross_validation_score.h"
#include "../fork.h"

enum mistake {
    NONE,
    ERROR_NOT_ROOTED,
    ERROR_OF_SAMPLES,
    DEVIATION_OF_SAMPLES,
    VARIANCE,
    FOLDS_SUMMED,
    FOLDS_SHIFTED,
    FOLD_SIZES_ALIKE,
    LAST_FOLD_LOST,
    RICHEST_WITHIN,
    OWN_ERROR,
    DEVIATION_FOR_ERROR,
    TRAINED_SAMPLES,
    MODELS_COUNTED_FROM_ONE
};

struct judge {
    struct call *call;
    enum mistake mistake;
    struct cross_validation c;
};

/* The mean loss of model m in fold k, about its first loss. */
static real score_of(const struct judge *j, size_t m, size_t k)
{
    const struct cross_validation *c = &j->c;
    real sum = 0, shift = 0;
    size_t count = 0;
    for (size_t n = c->N; n-- > 0;) {
        size_t fold = (size_t)c->fold[n];
        if (j->mistake == FOLDS_SHIFTED)
            fold = (fold + 1) % c->K;
        if ((fold == k) == (j->mistake == TRAINED_SAMPLES))
            continue;
        real v = c->loss[n * c->M + m];
        shift = count++ == 0 ? v : shift;
        sum = sum + (v - shift);
    }
    if (j->mistake == FOLD_SIZES_ALIKE)
        return (sum + shift * real_count(count)) * real_count(c->K) / real_count(c->N);
    if (j->mistake == FOLDS_SUMMED)
        return sum + shift * real_count(count);
    return sum / real_count(count) + shift;
}

static real sample_deviation(const struct judge *j, size_t m)
{
    const struct cross_validation *c = &j->c;
    real mean = 0, sum = 0;
    for (size_t n = 0; n < c->N; n++)
        mean = mean + c->loss[n * c->M + m] / real_count(c->N);
    for (size_t n = 0; n < c->N; n++) {
        real gap = c->loss[n * c->M + m] - mean;
        sum = sum + gap * gap;
    }
    return real_sqrt(sum / real_count(c->N));
}

static void score_model(const struct judge *j, size_t m)
{
    const struct cross_validation *c = &j->c;
    size_t K = c->K - (j->mistake == LAST_FOLD_LOST);
    real sum = 0, squares = 0, first = 0, all = 0, divisor = c->divisor;
    for (size_t k = 0; k < c->K; k++)
        c->score[m * c->K + k] = score_of(j, m, k);
    first = c->score[m * c->K];
    for (size_t k = K; k-- > 0;)
        sum = sum + (c->score[m * c->K + k] - first);
    for (size_t k = K; k-- > 0;) {
        real gap = c->score[m * c->K + k] - first - sum / real_count(K);
        squares = squares + gap * gap;
    }
    for (size_t n = c->N; n-- > 0;)
        all = all + c->loss[n * c->M + m] / real_count(c->N);
    c->deviation[m] = j->mistake == VARIANCE ? squares / divisor : real_sqrt(squares / divisor);
    if (j->mistake == DEVIATION_OF_SAMPLES)
        c->deviation[m] = sample_deviation(j, m);
    size_t count = j->mistake == ERROR_OF_SAMPLES ? c->N : c->K;
    c->error[m] = j->mistake == ERROR_NOT_ROOTED ? c->deviation[m] / real_count(count)
                                                 : c->deviation[m] / real_sqrt(real_count(count));
    c->mean[m] = c->pooled ? all : first + sum / real_count(K);
}

static real rise(const struct cross_validation *c, size_t m, size_t than)
{
    return c->larger ? c->mean[than] - c->mean[m] : c->mean[m] - c->mean[than];
}

static void choose(const struct judge *j)
{
    const struct cross_validation *c = &j->c;
    size_t best = (size_t)*c->best, selected = best;
    for (size_t m = c->M; c->one_error && m-- > 0;) {
        size_t of = j->mistake == OWN_ERROR ? m : best;
        real error = j->mistake == DEVIATION_FOR_ERROR ? c->deviation[of] : c->error[of];
        if (rise(c, m, best) <= error)
            selected = j->mistake == RICHEST_WITHIN && m < selected ? selected : m;
    }
    *c->selected = real_count(selected + (j->mistake == MODELS_COUNTED_FROM_ONE));
}

static void judge(struct call *call)
{
    struct judge j = {call, (enum mistake)call_variant(call), cross_validation_read(call)};
    for (size_t m = 0; m < j.c.M; m++)
        score_model(&j, m);
    cross_validation_select(call, &j.c);
    choose(&j);
}

static const struct fork table[] = {
    {.info = {"shifted", FORK_TWIN, "",
              "Means about the first value, backwards; the choice from the richest down.", NULL},
     .answer = judge},
    {.info = {"mean_of_folds", FORK_CONVENTION, "269", "The mean of the folds.", NULL},
     .instead = {"aggregate", "folds"}},
    {.info = {"pooled", FORK_CONVENTION, "269", "The mean over the samples.", NULL},
     .instead = {"aggregate", "pooled"}},
    {.info = {"smaller", FORK_BUG, "", "The smallest is best.", NULL},
     .instead = {"better", "smaller"}},
    {.info = {"larger", FORK_BUG, "", "The largest is best.", NULL},
     .instead = {"better", "larger"}},
    {.info = {"best_alone", FORK_CONVENTION, "", "The best is chosen.", NULL},
     .instead = {"rule", "best"}},
    {.info = {"one_error", FORK_CONVENTION, "", "The simplest within one standard error is chosen.",
              NULL},
     .instead = {"rule", "one_standard_error"}},
    {.info = {"ties_first", FORK_CONVENTION, "221", "The first of equals.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "221", "The last of equals.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"ddof_zero", FORK_CONVENTION, "271", "Divided by K.", NULL}, .number = {"ddof", 0}},
    {.info = {"ddof_one", FORK_CONVENTION, "271", "Divided by K - 1.", NULL},
     .number = {"ddof", 1}},
    {.info = {"variance", FORK_BUG, "", "The variance for the deviation.", NULL},
     .answer = judge,
     .variant = VARIANCE},
    {.info = {"error_not_rooted", FORK_BUG, "", "The deviation divided by K, not its root.", NULL},
     .answer = judge,
     .variant = ERROR_NOT_ROOTED},
    {.info = {"error_of_samples", FORK_BUG, "", "Divided by the root of the number of samples.",
              NULL},
     .answer = judge,
     .variant = ERROR_OF_SAMPLES},
    {.info = {"deviation_of_samples", FORK_CONVENTION, "", "The deviation of the samples' losses.",
              NULL},
     .answer = judge,
     .variant = DEVIATION_OF_SAMPLES},
    {.info = {"folds_summed", FORK_BUG, "", "Sums over folds, not means.", NULL},
     .answer = judge,
     .variant = FOLDS_SUMMED},
    {.info = {"fold_sizes_alike", FORK_BUG, "", "All folds are divided by N / K.", NULL},
     .answer = judge,
     .variant = FOLD_SIZES_ALIKE},
    {.info = {"folds_shifted", FORK_BUG, "268", "Each fold is scored on the next one.", NULL},
     .answer = judge,
     .variant = FOLDS_SHIFTED},
    {.info = {"trained_samples", FORK_BUG, "", "Scored on the samples that were trained on.", NULL},
     .answer = judge,
     .variant = TRAINED_SAMPLES},
    {.info = {"last_fold_lost", FORK_BUG, "155", "The last fold is left out of the mean.", NULL},
     .answer = judge,
     .variant = LAST_FOLD_LOST},
    {.info = {"richest_within", FORK_BUG, "", "The richest model within one error.", NULL},
     .answer = judge,
     .variant = RICHEST_WITHIN},
    {.info = {"own_error", FORK_BUG, "", "Within its own error instead of the best model's.", NULL},
     .answer = judge,
     .variant = OWN_ERROR},
    {.info = {"deviation_for_error", FORK_CONVENTION, "", "Within one deviation.", NULL},
     .answer = judge,
     .variant = DEVIATION_FOR_ERROR},
    {.info = {"counted_from_one", FORK_BUG, "", "Models are counted from 1.", NULL},
     .answer = judge,
     .variant = MODELS_COUNTED_FROM_ONE},
};

const struct fork_list cross_validation_score_forks = {sizeof table / sizeof *table, table};
