// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/threshold_moving.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    ABOVE,
    ONE_HALF,
    BETA_NOT_SQUARED,
    COSTS_SWAPPED,
    WORST,
    ARITHMETIC,
    TRANSPOSED,
    PRIOR_OF_ZEROS,
    LAST_BLOCK_LOST,
    ROOT,
    ACCURACY
};

/* The objective from precision and recall, or as a mistake has it. */
static real worth(const struct moving *is, enum mistake mistake, const real *count)
{
    real TN = count[0], FP = count[1], FN = count[2], TP = count[3], b = is->beta * is->beta;
    real recall = TP / (TP + FN), true_negatives = TN / (TN + FP);
    if (mistake == ACCURACY)
        return (TP + TN) / real_count(is->N) * (is->rule == RULE_COST ? -1 : 1);
    if (is->rule == RULE_COST)
        return mistake == COSTS_SWAPPED ? is->miss * FP + is->alarm * FN
                                        : is->miss * FN + is->alarm * FP;
    if (is->rule == RULE_BALANCE && mistake == ARITHMETIC)
        return (recall + true_negatives) / 2;
    if (is->rule == RULE_BALANCE)
        return mistake == ROOT ? real_sqrt(recall * true_negatives) : recall * true_negatives;
    if (mistake == BETA_NOT_SQUARED)
        b = is->beta;
    real precision = TP + FP > 0 ? TP / (TP + FP) : 0;
    if (mistake == ARITHMETIC)
        return (precision + recall) / 2;
    return TP > 0 ? (1 + b) / (1 / precision + b / recall) : 0;
}

static void count_at(const struct moving *is, enum mistake mistake, size_t end, real t, real *count)
{
    for (int i = 0; i < 4; i++)
        count[i] = 0;
    for (size_t n = end; n-- > 0;) {
        int one = mistake == ABOVE ? is->score[n] > t : !(is->score[n] < t);
        count[2 * is->label[n] + one] += 1;
    }
}

static real choose(struct call *call, const struct moving *is, enum mistake mistake)
{
    size_t block = call_block(call), best = is->N;
    size_t end = mistake == LAST_BLOCK_LOST ? (is->N - 1) / block * block : is->N;
    for (size_t n = is->N; n-- > 0;) {
        real count[4];
        count_at(is, mistake, end, is->score[n], count);
        is->objective[n] = worth(is, mistake, count);
        real lead = best < is->N ? is->objective[n] - is->objective[best] : 1;
        if (is->rule == RULE_COST && best < is->N)
            lead = -lead;
        if (mistake == WORST && best < is->N)
            lead = -lead;
        real step = best < is->N ? is->score[n] - is->score[best] : 0;
        if (lead > 0 || (lead == 0 && (is->high ? step > 0 : step < 0)))
            best = n;
    }
    real at = is->score[best], below = at;
    for (size_t n = 0; n < is->N; n++) {
        if (is->score[n] < at && (below == at || is->score[n] > below))
            below = is->score[n];
    }
    return is->middle ? below + (at - below) / 2 : at;
}

static void by_rates(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct moving is = moving_read(call);
    real zeros = 0, t;
    for (size_t n = 0; n < is.N; n++)
        zeros += (real)(is.label[n] == 0);
    t = is.rule == RULE_PRIOR ? 1 - zeros / real_count(is.N) : choose(call, &is, mistake);
    if (mistake == PRIOR_OF_ZEROS && is.rule == RULE_PRIOR)
        t = 1 - t;
    if (mistake == ONE_HALF)
        t = R(0.5);
    *is.threshold = t;
    count_at(&is, mistake, is.N, t, is.confusion);
    for (size_t m = 0; m < is.M; m++)
        is.decided[m] = mistake == ABOVE ? is.fresh[m] > t : !(is.fresh[m] < t);
    if (mistake == TRANSPOSED) {
        real swap = is.confusion[1];
        is.confusion[1] = is.confusion[2];
        is.confusion[2] = swap;
    }
}

static const struct fork table[] = {
    {.info = {"by_rates", FORK_TWIN, "", "Harmonic means of precision and recall; other orders.",
              NULL},
     .answer = by_rates},
    {.info = {"always_f_beta", FORK_CONVENTION, "", "F_beta, whatever is asked for.", NULL},
     .instead = {"rule", "f_beta"}},
    {.info = {"always_f1", FORK_BUG, "", "beta is 1.", NULL}, .number = {"beta", 1}},
    {.info = {"costs_alike", FORK_BUG, "", "Misses cost 1.", NULL}, .number = {"miss", 1}},
    {.info = {"at_score", FORK_CONVENTION, "", "The threshold is always a score.", NULL},
     .instead = {"at", "score"}},
    {.info = {"at_middle", FORK_CONVENTION, "", "The threshold is always halfway.", NULL},
     .instead = {"at", "middle"}},
    {.info = {"ties_low", FORK_CONVENTION, "", "The lowest of equally good thresholds.", NULL},
     .instead = {"ties", "low"}},
    {.info = {"ties_high", FORK_CONVENTION, "", "The highest of equally good thresholds.", NULL},
     .instead = {"ties", "high"}},
    {.info = {"above", FORK_CONVENTION, "", "A score equal to the threshold is decided to be 0.",
              NULL},
     .answer = by_rates,
     .variant = ABOVE},
    {.info = {"one_half", FORK_BUG, "", "The threshold stays at one half.", NULL},
     .answer = by_rates,
     .variant = ONE_HALF},
    {.info = {"beta_not_squared", FORK_BUG, "", "beta for its square.", NULL},
     .answer = by_rates,
     .variant = BETA_NOT_SQUARED},
    {.info = {"costs_swapped", FORK_BUG, "", "Alarms and misses change their costs.", NULL},
     .answer = by_rates,
     .variant = COSTS_SWAPPED},
    {.info = {"worst", FORK_BUG, "", "The worst candidate is taken.", NULL},
     .answer = by_rates,
     .variant = WORST},
    {.info = {"arithmetic", FORK_BUG, "", "Arithmetic means of the rates.", NULL},
     .answer = by_rates,
     .variant = ARITHMETIC},
    {.info = {"root", FORK_CONVENTION, "", "The geometric mean itself.", NULL},
     .answer = by_rates,
     .variant = ROOT},
    {.info = {"accuracy", FORK_BUG, "", "The accuracy decides.", NULL},
     .answer = by_rates,
     .variant = ACCURACY},
    {.info = {"transposed", FORK_CONVENTION, "", "Rows of the confusion matrix are decisions.",
              NULL},
     .answer = by_rates,
     .variant = TRANSPOSED},
    {.info = {"prior_of_zeros", FORK_BUG, "", "The share of the other class.", NULL},
     .answer = by_rates,
     .variant = PRIOR_OF_ZEROS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block does not count.", NULL},
     .answer = by_rates,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list threshold_moving_forks = {sizeof table / sizeof *table, table};
