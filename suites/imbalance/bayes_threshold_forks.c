// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/bayes_threshold.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    MOST_PROBABLE,
    LARGEST_RISK,
    DIAGONAL_IGNORED,
    NOT_NORMALIZED,
    PRIORS_INVERTED,
    DEPLOYED_ONLY,
    BETA_INVERTED,
    COSTS_SWAPPED,
    COST_RATIO,
    THRESHOLD_OF_CLASS_0,
    LAST_BLOCK_LOST,
    SUM_FOR_MEAN,
    MEAN_OF_ALL_RISKS
};

/* Odds against the last class, for the correction. */
static void correct(const struct decision_problem *is, enum mistake mistake)
{
    size_t C = is->C;
    for (size_t i = 0; i < is->N * C; i++) {
        const real *p = &is->p[i / C * C];
        size_t c = i % C;
        real sum = 0, own = 0, odds = (1 - p[C - 1]) / is->beta;
        is->corrected[i] = p[c];
        if (is->correction == 2 && mistake == BETA_INVERTED)
            odds = (1 - p[1]) * is->beta;
        if (is->correction == 2) /* p / (p + (1 - p) / beta) */
            is->corrected[i] = (c == 1 ? p[1] : odds) / (p[1] + odds);
        for (size_t k = C; is->correction == 1 && k-- > 0;) {
            real term = is->deployed[k] * p[k] / is->trained[k];
            if (mistake == PRIORS_INVERTED)
                term = is->trained[k] * p[k] / is->deployed[k];
            if (mistake == DEPLOYED_ONLY)
                term = is->deployed[k] * p[k];
            sum = sum + term;
            own = k == c ? term : own;
        }
        if (is->correction == 1)
            is->corrected[i] = mistake == NOT_NORMALIZED ? own : own / sum;
    }
}

static void find_risks(const struct decision_problem *is, enum mistake mistake)
{
    size_t C = is->C;
    for (size_t i = 0; i < is->N * C; i++) {
        is->risk[i] = 0;
        for (size_t j = C; j-- > 0;) {
            real cost = decision_cost(is, j, i % C);
            if (mistake == DIAGONAL_IGNORED && j == i % C)
                cost = 0;
            is->risk[i] = is->risk[i] + cost * is->corrected[i / C * C + j];
        }
    }
}

static int is_better(const struct decision_problem *is, enum mistake mistake, size_t n, size_t a,
                     size_t b)
{
    real x = is->risk[n * is->C + a], y = is->risk[n * is->C + b];
    if (mistake == MOST_PROBABLE)
        return is->corrected[n * is->C + a] > is->corrected[n * is->C + b];
    if (mistake == LARGEST_RISK)
        return x > y;
    return x < y || (x == y && is->last_wins && a > b);
}

static real threshold_of(const struct decision_problem *is, enum mistake mistake)
{
    real alarm = decision_cost(is, 0, 1), miss = decision_cost(is, 1, 0);
    if (mistake == COST_RATIO)
        return alarm / miss;
    if (mistake != DIAGONAL_IGNORED) {
        alarm = alarm - decision_cost(is, 0, 0);
        miss = miss - decision_cost(is, 1, 1);
    }
    if (mistake == THRESHOLD_OF_CLASS_0 || mistake == COSTS_SWAPPED)
        return miss / (alarm + miss);
    return 1 / (1 + miss / alarm);
}

static void by_odds(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct decision_problem is = decision_read(call);
    real sum = 0;
    correct(&is, mistake);
    if (mistake == COSTS_SWAPPED)
        is.transposed = !is.transposed;
    find_risks(&is, mistake);
    size_t end = mistake == LAST_BLOCK_LOST ? (is.N - 1) / is.block * is.block : is.N;
    for (size_t n = is.N; n-- > 0;) {
        size_t best = 0;
        for (size_t k = 1; k < is.C; k++)
            best = is_better(&is, mistake, n, k, best) ? k : best;
        is.decision[n] = real_count(best);
        if (n < end)
            sum = sum + is.risk[n * is.C + best];
        for (size_t k = 0; mistake == MEAN_OF_ALL_RISKS && k < is.C; k++)
            sum = sum + is.risk[n * is.C + k];
    }
    *is.expected = mistake == SUM_FOR_MEAN ? sum : sum / real_count(is.N);
    if (is.has_threshold)
        *is.threshold = threshold_of(&is, mistake == COSTS_SWAPPED ? RIGHT : mistake);
}

static const struct fork table[] = {
    {.info = {"by_odds", FORK_TWIN, "", "Corrections as ratios of odds, sums backwards.", NULL},
     .answer = by_odds},
    {.info = {"rows_truth", FORK_BUG, "", "Rows are the truth, whatever is stated.", NULL},
     .instead = {"rows", "truth"}},
    {.info = {"rows_decision", FORK_BUG, "", "Rows are decisions, whatever is stated.", NULL},
     .instead = {"rows", "decision"}},
    {.info = {"ties_first", FORK_CONVENTION, "", "The smallest of equal risks' classes.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "", "The largest of equal risks' classes.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"not_corrected", FORK_BUG, "", "Probabilities are taken as they come.", NULL},
     .instead = {"correction", "none"}},
    {.info = {"most_probable", FORK_BUG, "", "The most probable class, whatever it costs.", NULL},
     .answer = by_odds,
     .variant = MOST_PROBABLE},
    {.info = {"largest_risk", FORK_BUG, "", "The largest risk.", NULL},
     .answer = by_odds,
     .variant = LARGEST_RISK},
    {.info = {"diagonal_ignored", FORK_BUG, "", "Right decisions are taken to be free.", NULL},
     .answer = by_odds,
     .variant = DIAGONAL_IGNORED},
    {.info = {"not_normalized", FORK_BUG, "", "Corrected probabilities do not add up to 1.", NULL},
     .answer = by_odds,
     .variant = NOT_NORMALIZED},
    {.info = {"priors_inverted", FORK_BUG, "", "Corrected into the wrong direction.", NULL},
     .answer = by_odds,
     .variant = PRIORS_INVERTED},
    {.info = {"deployed_only", FORK_BUG, "", "Not divided by the shares in training.", NULL},
     .answer = by_odds,
     .variant = DEPLOYED_ONLY},
    {.info = {"beta_inverted", FORK_BUG, "", "Divided by beta the wrong way round.", NULL},
     .answer = by_odds,
     .variant = BETA_INVERTED},
    {.info = {"costs_swapped", FORK_BUG, "", "False alarms and misses change places.", NULL},
     .answer = by_odds,
     .variant = COSTS_SWAPPED},
    {.info = {"cost_ratio", FORK_BUG, "", "The ratio of costs for the threshold.", NULL},
     .answer = by_odds,
     .variant = COST_RATIO},
    {.info = {"threshold_of_class_0", FORK_BUG, "", "The threshold of the other class.", NULL},
     .answer = by_odds,
     .variant = THRESHOLD_OF_CLASS_0},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block is left out of the mean.", NULL},
     .answer = by_odds,
     .variant = LAST_BLOCK_LOST},
    {.info = {"sum_for_mean", FORK_BUG, "", "The costs are added, not averaged.", NULL},
     .answer = by_odds,
     .variant = SUM_FOR_MEAN},
    {.info = {"mean_of_all_risks", FORK_BUG, "", "The risks of all decisions are added.", NULL},
     .answer = by_odds,
     .variant = MEAN_OF_ALL_RISKS},
};

const struct fork_list bayes_threshold_forks = {sizeof table / sizeof *table, table};
