// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/boosted_stumps.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    CLASSES_FORGOTTEN,
    ALPHA_HALVED,
    ALPHA_NOT_LOG,
    NOT_NORMALIZED,
    WRONG_SHRINK,
    WEIGHTS_KEPT,
    COUNTED_ERRORS,
    RATE_IN_VOTE_ONLY,
    VOTES_ALIKE,
    LAST_ROUND_LOST,
    COSTS_IGNORED
};

struct boosting {
    struct stump_data data;
    enum mistake mistake;
    size_t T;
    int exponential, always;
    real rate, *w, *logarithm, *alpha, *error, *score;
    const real *class_weight;
};

/* Sums from the last sample to the first. */
static real total_of(size_t N, const real *value)
{
    real sum = 0;
    for (size_t n = N; n-- > 0;)
        sum = sum + value[n];
    return sum;
}

static real alpha_of(const struct boosting *is, real e)
{
    real C = real_count(is->data.C), odds = real_log(1 - e) - real_log(e);
    if (is->mistake == ALPHA_NOT_LOG)
        odds = (1 - e) / e;
    if (is->exponential)
        return is->rate * odds / 2;
    odds = is->mistake == CLASSES_FORGOTTEN ? odds : odds + real_log(C - 1);
    return is->rate * odds / (is->mistake == ALPHA_HALVED ? 2 : 1);
}

/* Weights are kept as logarithms, and made of them in each round; the largest is taken off. */
static void update(const struct boosting *is, size_t t, const int *said)
{
    size_t N = is->data.N;
    const int *label = is->data.label;
    real wrong = 0, all = total_of(N, is->w), count = 0;
    for (size_t n = N; n-- > 0;) {
        wrong = wrong + (said[n] != label[n] ? is->w[n] : 0);
        count = count + (said[n] != label[n] ? 1 : 0);
    }
    real e = is->mistake == COUNTED_ERRORS ? count / real_count(N) : wrong / all;
    is->error[t] = e;
    is->alpha[t] = alpha_of(is, e);
    real step = is->mistake == WRONG_SHRINK ? -is->alpha[t] : is->alpha[t];
    if (is->mistake == RATE_IN_VOTE_ONLY)
        step = step / is->rate;
    for (size_t n = 0; n < N && is->mistake != WEIGHTS_KEPT; n++) {
        real change = said[n] != label[n] ? step : is->exponential ? -step : 0;
        is->logarithm[n] = is->logarithm[n] + change;
        if (is->always && is->class_weight && is->mistake != COSTS_IGNORED)
            is->logarithm[n] = is->logarithm[n] + real_log(is->class_weight[label[n]]);
    }
    real most = is->logarithm[0];
    for (size_t n = 1; n < N; n++)
        most = is->logarithm[n] > most ? is->logarithm[n] : most;
    for (size_t n = 0; n < N; n++)
        is->w[n] =
            real_exp(is->mistake == NOT_NORMALIZED ? is->logarithm[n] : is->logarithm[n] - most);
    all = is->mistake == NOT_NORMALIZED ? 1 : total_of(N, is->w);
    for (size_t n = 0; n < N; n++)
        is->w[n] = is->w[n] / all;
}

static struct boosting read(struct call *call)
{
    static const char *const forms[] = {"samme", "exponential", NULL};
    static const char *const costs[] = {"start", "always", NULL};
    struct boosting is = {.data = stump_read(call),
                          .mistake = (enum mistake)call_variant(call),
                          .T = call_count(call, "rounds", 1, 1000),
                          .rate = call_number_or(call, "rate", R(1.0))};
    size_t N = is.data.N;
    is.exponential = call_choice(call, "form", forms);
    is.always = call_choice(call, "costs", costs);
    if (call_has(call, "class_weight"))
        is.class_weight = call_input(call, "class_weight", "C");
    call_bind(call, 'T', is.T);
    const real *start = stump_weights(call, &is.data);
    is.w = call_scratch(call, N);
    is.logarithm = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        real own = is.mistake == COSTS_IGNORED ? 1 : start[n];
        is.w[n] = is.mistake == COSTS_IGNORED ? 1 / real_count(N) : own / total_of(N, start);
        is.logarithm[n] = real_log(is.w[n]);
    }
    return is;
}

static void by_logarithms(struct call *call)
{
    struct boosting is = read(call);
    size_t N = is.data.N, C = is.data.C;
    real *feature = call_output_integers(call, "feature", "T");
    real *threshold = call_output(call, "threshold", "T");
    real *left = call_output_integers(call, "left_label", "T");
    real *right = call_output_integers(call, "right_label", "T");
    is.error = call_output(call, "error", "T");
    is.alpha = call_output(call, "alpha", "T");
    real *weights = call_output(call, "weights", "TN"), *score = call_output(call, "score", "NC");
    real *predicted = call_output_integers(call, "predicted", "N");
    int *said = call_scratch_integers(call, N);
    for (size_t t = 0; t < is.T; t++) {
        struct stump stump = stump_grow(call, &is.data, is.w, call_scratch(call, is.data.D));
        feature[t] = real_count(stump.feature);
        threshold[t] = stump.threshold;
        left[t] = (real)stump.left_label;
        right[t] = (real)stump.right_label;
        for (size_t n = 0; n < N; n++)
            said[n] = is.data.x[n * is.data.D + stump.feature] > stump.threshold ? stump.right_label
                                                                                 : stump.left_label;
        update(&is, t, said);
        for (size_t n = 0; n < N; n++) {
            weights[t * N + n] = is.w[n];
            if (!(is.mistake == LAST_ROUND_LOST && t + 1 == is.T))
                score[n * C + (size_t)said[n]] += is.mistake == VOTES_ALIKE ? 1 : is.alpha[t];
        }
    }
    for (size_t n = 0; n < N; n++)
        predicted[n] = (real)stump_heaviest(&is.data, &score[n * C]);
}

static const struct fork table[] = {
    {.info = {"by_logarithms", FORK_TWIN, "", "Logarithms of the weights; sums backwards.", NULL},
     .answer = by_logarithms},
    {.info = {"always_samme", FORK_CONVENTION, "", "SAMME, whatever is asked for.", NULL},
     .instead = {"form", "samme"}},
    {.info = {"costs_at_start", FORK_CONVENTION, "", "Costs only in the first weights.", NULL},
     .instead = {"costs", "start"}},
    {.info = {"rate_one", FORK_BUG, "", "The rate is ignored.", NULL}, .number = {"rate", 1}},
    {.info = {"always_gini", FORK_CONVENTION, "", "Stumps by Gini.", NULL},
     .instead = {"criterion", "gini"}},
    {.info = {"classes_forgotten", FORK_BUG, "", "Without log(C - 1): AdaBoost.M1.", NULL},
     .answer = by_logarithms,
     .variant = CLASSES_FORGOTTEN},
    {.info = {"alpha_halved", FORK_CONVENTION, "", "Half of alpha, with the update of the whole.",
              NULL},
     .answer = by_logarithms,
     .variant = ALPHA_HALVED},
    {.info = {"alpha_not_log", FORK_BUG, "", "The odds, not their logarithm.", NULL},
     .answer = by_logarithms,
     .variant = ALPHA_NOT_LOG},
    {.info = {"not_normalized", FORK_BUG, "", "Weights are not divided by their sum.", NULL},
     .answer = by_logarithms,
     .variant = NOT_NORMALIZED},
    {.info = {"wrong_shrink", FORK_BUG, "", "Wrong samples become lighter.", NULL},
     .answer = by_logarithms,
     .variant = WRONG_SHRINK},
    {.info = {"weights_kept", FORK_BUG, "", "Weights stay as they were.", NULL},
     .answer = by_logarithms,
     .variant = WEIGHTS_KEPT},
    {.info = {"counted_errors", FORK_BUG, "37", "The share of wrong samples is the error.", NULL},
     .answer = by_logarithms,
     .variant = COUNTED_ERRORS},
    {.info = {"rate_in_vote_only", FORK_BUG, "", "The rate scales votes, not updates.", NULL},
     .answer = by_logarithms,
     .variant = RATE_IN_VOTE_ONLY},
    {.info = {"votes_alike", FORK_BUG, "", "All stumps have one vote.", NULL},
     .answer = by_logarithms,
     .variant = VOTES_ALIKE},
    {.info = {"last_round_lost", FORK_BUG, "", "The last stump does not vote.", NULL},
     .answer = by_logarithms,
     .variant = LAST_ROUND_LOST},
    {.info = {"costs_ignored", FORK_BUG, "37", "All samples start alike.", NULL},
     .answer = by_logarithms,
     .variant = COSTS_IGNORED},
};

const struct fork_list boosted_stumps_forks = {sizeof table / sizeof *table, table};
