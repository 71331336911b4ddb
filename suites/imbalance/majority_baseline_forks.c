// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/majority_baseline.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    SMALLEST,
    FROM_TRUTH,
    ACCURACY_BALANCED,
    MEAN_OVER_ALL,
    PRECISION_FOR_RECALL,
    ARITHMETIC_F1,
    GEOMETRIC_IS_MEAN,
    BRIER_OF_ONE_CLASS,
    LIFT_FOR_SKILL,
    SKILL_PER_BASELINE,
    LAST_BLOCK_LOST,
    TRANSPOSED,
    PERCENT,
    LARGEST_PRIOR_IS_ACCURACY
};

/* prediction, with counts from the other end. */
static void predict(const struct baseline *is, enum mistake mistake)
{
    size_t C = is->C, best = 0, N = mistake == FROM_TRUTH ? is->T : is->N;
    const int *label = mistake == FROM_TRUTH ? is->truth : is->label;
    for (size_t c = 0; c < C; c++)
        is->prior[c] = 0;
    for (size_t n = N; n-- > 0;)
        is->prior[label[n]] += 1;
    for (size_t c = 1; c < C; c++) {
        real gap = is->prior[c] - is->prior[best];
        gap = mistake == SMALLEST ? -gap : gap;
        best = gap > 0 || (gap == 0 && is->last_wins) ? c : best;
    }
    for (size_t c = 0; c < C; c++) {
        is->prior[c] = is->prior[c] / real_count(N);
        if (is->rule == 0)
            is->prediction[c] = (real)(c == best);
        if (is->rule == 1)
            is->prediction[c] = is->prior[c];
    }
}

/* recall is the prediction, precision the share among the tested. */
static void score(const struct baseline *is, enum mistake mistake)
{
    size_t C = is->C;
    real T = real_count(is->T), recall = 0, f1 = 0, product = 1, K = 0, accuracy = 0, brier = 0;
    for (size_t k = C; k-- > 0;) {
        real p = is->prediction[k], q = is->support[k] / T;
        int present = is->support[k] > 0;
        is->recall[k] = present ? p : is->zero_division;
        is->precision[k] = p > 0 ? q : is->zero_division;
        real both = is->recall[k] + is->precision[k];
        is->f1[k] = both > 0 ? 2 / (1 / is->recall[k] + 1 / is->precision[k]) : 0;
        if (is->recall[k] == 0 || is->precision[k] == 0)
            is->f1[k] = 0;
        if (mistake == ARITHMETIC_F1)
            is->f1[k] = both / 2;
        for (size_t j = 0; j < C; j++)
            is->confusion[mistake == TRANSPOSED ? k * C + j : j * C + k] = is->support[j] * p;
        accuracy = accuracy + q * p;
        for (size_t j = 0; j < C; j++) {
            real gap = is->prediction[j] - (real)(j == k);
            if (mistake != BRIER_OF_ONE_CLASS || j == k)
                brier = brier + q * gap * gap;
        }
        if (!present && mistake != MEAN_OVER_ALL)
            continue;
        recall = recall + is->recall[k];
        f1 = f1 + is->f1[k];
        product = product * is->recall[k];
        K = K + 1;
    }
    *is->balanced = recall / K;
    *is->macro_f1 = f1 / K;
    *is->geometric = product > 0 ? real_exp(real_log(product) / K) : 0;
    if (mistake == GEOMETRIC_IS_MEAN)
        *is->geometric = recall / K;
    *is->brier = brier;
    *is->accuracy = mistake == ACCURACY_BALANCED ? *is->balanced : accuracy;
    for (size_t k = 0; mistake == PRECISION_FOR_RECALL && k < C; k++) {
        real swap = is->recall[k];
        is->recall[k] = is->precision[k];
        is->precision[k] = swap;
    }
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct baseline is = baseline_read(call);
    baseline_predict(call, &is);
    size_t block = call_block(call), end = is.T;
    if (mistake == LAST_BLOCK_LOST)
        end = (is.T - 1) / block * block;
    predict(&is, mistake);
    score(&is, mistake);
    if (mistake == LARGEST_PRIOR_IS_ACCURACY) {
        *is.accuracy = 0;
        for (size_t c = 0; c < is.C; c++)
            *is.accuracy = is.prior[c] > *is.accuracy ? is.prior[c] : *is.accuracy;
    }
    if (mistake == PERCENT)
        *is.accuracy = 100 * *is.accuracy;
    if (!is.predicted)
        return;
    real right = 0;
    for (size_t t = end; t-- > 0;)
        right = right + (real)(is.predicted[t] == is.truth[t]);
    *is.reached = right / real_count(is.T);
    *is.skill = 1 - (1 - *is.reached) / (1 - *is.accuracy);
    if (mistake == LIFT_FOR_SKILL)
        *is.skill = *is.reached - *is.accuracy;
    if (mistake == SKILL_PER_BASELINE)
        *is.skill = (*is.reached - *is.accuracy) / *is.accuracy;
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Harmonic means, shares; one less the quotient of errors.",
              NULL},
     .answer = again},
    {.info = {"most_frequent", FORK_CONVENTION, "", "The most frequent, whatever is asked for.",
              NULL},
     .instead = {"rule", "most_frequent"}},
    {.info = {"by_prior", FORK_CONVENTION, "", "By the shares, whatever is asked for.", NULL},
     .instead = {"rule", "prior"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "The smaller of equally frequent labels.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "The larger of equally frequent labels.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"zero_division_zero", FORK_CONVENTION, "", "0 / 0 is 0.", NULL},
     .number = {"zero_division", 0}},
    {.info = {"zero_division_one", FORK_CONVENTION, "", "0 / 0 is 1.", NULL},
     .number = {"zero_division", 1}},
    {.info = {"smallest", FORK_BUG, "", "The rarest label is predicted.", NULL},
     .answer = again,
     .variant = SMALLEST},
    {.info = {"from_truth", FORK_BUG, "", "The majority of the test samples is predicted.", NULL},
     .answer = again,
     .variant = FROM_TRUTH},
    {.info = {"largest_prior_is_accuracy", FORK_BUG, "",
              "The accuracy is the share in training, not in the test.", NULL},
     .answer = again,
     .variant = LARGEST_PRIOR_IS_ACCURACY},
    {.info = {"accuracy_balanced", FORK_CONVENTION, "", "The mean recall for the accuracy.", NULL},
     .answer = again,
     .variant = ACCURACY_BALANCED},
    {.info = {"mean_over_all", FORK_CONVENTION, "", "Means over classes without support too.",
              NULL},
     .answer = again,
     .variant = MEAN_OVER_ALL},
    {.info = {"precision_for_recall", FORK_BUG, "", "Precision and recall change places.", NULL},
     .answer = again,
     .variant = PRECISION_FOR_RECALL},
    {.info = {"arithmetic_f1", FORK_BUG, "", "The arithmetic mean of precision and recall.", NULL},
     .answer = again,
     .variant = ARITHMETIC_F1},
    {.info = {"geometric_is_mean", FORK_BUG, "", "The mean recall for the geometric mean.", NULL},
     .answer = again,
     .variant = GEOMETRIC_IS_MEAN},
    {.info = {"brier_of_one_class", FORK_CONVENTION, "", "Only the true class's error is squared.",
              NULL},
     .answer = again,
     .variant = BRIER_OF_ONE_CLASS},
    {.info = {"lift_for_skill", FORK_CONVENTION, "", "The difference, not its share of the rest.",
              NULL},
     .answer = again,
     .variant = LIFT_FOR_SKILL},
    {.info = {"skill_per_baseline", FORK_BUG, "", "Divided by the baseline's accuracy.", NULL},
     .answer = again,
     .variant = SKILL_PER_BASELINE},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of predictions is not counted.",
              NULL},
     .answer = again,
     .variant = LAST_BLOCK_LOST},
    {.info = {"transposed", FORK_CONVENTION, "", "Rows of the confusion matrix are predictions.",
              NULL},
     .answer = again,
     .variant = TRANSPOSED},
    {.info = {"percent", FORK_CONVENTION, "", "The accuracy in percent.", NULL},
     .answer = again,
     .variant = PERCENT},
};

const struct fork_list majority_baseline_forks = {sizeof table / sizeof *table, table};
