// SPDX-License-Identifier: MIT
#include "../../reference/metrics/normalized_discounted_cumulative_gain.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    NATURAL_LOGARITHM,
    RANKS_FROM_ZERO,
    RANK_DISCOUNT,
    IDEAL_NOT_CUT,
    RISING_SCORES,
    IDEAL_OF_SCORES,
    MEAN_OF_SUMS,
    WEIGHTS_IGNORED,
    LAST_QUERY_LOST,
    DIVIDED_BY_ALL,
    DIVIDED_BY_TOP,
    LAST_OF_TIES
};

struct walk {
    enum mistake mistake;
    size_t N, K, top;
    int exponential, by_index, none;
};

static real gain_of(const struct walk *w, int relevance)
{
    real gain = 1;
    if (!w->exponential)
        return (real)relevance;
    for (int i = 0; i < relevance; i++)
        gain = 2 * gain;
    return gain - 1;
}

static real discount(const struct walk *w, size_t rank)
{
    if (rank >= w->top)
        return 0;
    if (w->mistake == RANK_DISCOUNT)
        return 1 / real_count(rank + 1);
    if (w->mistake == RANKS_FROM_ZERO)
        return rank < 1 ? 1 : real_log(2) / real_log(real_count(rank + 1));
    return 1 / (w->mistake == NATURAL_LOGARITHM ? real_log(real_count(rank + 2))
                                                : real_log(real_count(rank + 2)) / real_log(2));
}

/* How many items score more, and how many as much and stand before k, or at all. */
static size_t rank_of(const struct walk *w, const real *score, size_t k, size_t *tied)
{
    size_t above = 0, before = 0;
    *tied = 0;
    for (size_t j = 0; j < w->K; j++) {
        above += w->mistake == RISING_SCORES ? score[j] < score[k] : score[j] > score[k];
        before += score[j] == score[k] && (w->mistake == LAST_OF_TIES ? j > k : j < k);
        *tied += score[j] == score[k];
    }
    return above + before;
}

/* Each item's gain times its mean discount over the ranks that its tie covers. */
static real cumulate(const struct walk *w, const real *score, const int *relevance, int averaged,
                     size_t top)
{
    struct walk cut = *w;
    real sum = 0;
    cut.top = top;
    for (size_t k = w->K; k-- > 0;) {
        size_t tied, rank = rank_of(&cut, score, k, &tied), before = 0;
        for (size_t j = 0; j < k; j++)
            before += score[j] == score[k];
        real share = averaged ? 0 : discount(&cut, rank);
        for (size_t j = 0; averaged && j < tied; j++)
            share = share + discount(&cut, rank - before + j) / real_count(tied);
        sum = sum + gain_of(w, relevance[k]) * share;
    }
    return sum;
}

static void value_query(struct call *call, const struct walk *w, const real *score,
                        const int *relevance, real value[4], int *any)
{
    real *key = call_scratch(call, w->K), first = 0, sum = 0, relevant = 0, tied_too = 0;
    size_t tied;
    for (size_t k = 0; k < w->K; k++) {
        key[k] = (real)relevance[k];
        relevant = relevant + (relevance[k] > 0 ? 1 : 0);
    }
    *any = relevant > 0;
    value[0] = cumulate(w, score, relevance, !w->by_index && w->mistake != LAST_OF_TIES, w->top);
    real ideal = cumulate(w, w->mistake == IDEAL_OF_SCORES ? score : key, relevance, 0,
                          w->mistake == IDEAL_NOT_CUT ? w->K : w->top);
    for (size_t k = w->K; k-- > 0;) {
        size_t rank = rank_of(w, score, k, &tied);
        if (relevance[k] == 0 || rank >= w->top)
            continue;
        tied_too = 1 / real_count(rank + 1);
        first = tied_too > first ? tied_too : first;
        size_t found = 0;
        for (size_t j = 0; j < w->K; j++)
            found += relevance[j] > 0 && rank_of(w, score, j, &tied) <= rank;
        sum = sum + real_count(found) / real_count(rank + 1);
    }
    real most = relevant < real_count(w->top) ? relevant : real_count(w->top);
    most = w->mistake == DIVIDED_BY_ALL ? relevant : most;
    most = w->mistake == DIVIDED_BY_TOP ? real_count(w->top) : most;
    real empty = w->none == 1 ? 1 : 0;
    value[1] = *any ? value[0] / (ideal > 0 ? ideal : 1) : empty;
    value[2] = *any ? first : empty;
    value[3] = *any ? sum / most : empty;
}

static void walk(struct call *call)
{
    static const char *const gains[] = {"linear", "exponential", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    static const char *const nones[] = {"zero", "one", "excluded", NULL};
    static const char *const names[] = {"dcg", "ndcg", "reciprocal_rank", "average_precision"};
    static const char *const means[] = {NULL, "mean_ndcg", "mean_reciprocal_rank",
                                        "mean_average_precision"};
    const real *score = call_input(call, "scores", "NK");
    const int *relevance = call_integers(call, "relevance", "NK", 0, 20);
    struct walk w = {.mistake = (enum mistake)call_variant(call), .N = call_size(call, 'N')};
    const real *weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    w.K = call_size(call, 'K');
    w.top = call_count_or(call, "top", w.K, 1, w.K);
    w.exponential = call_choice(call, "gain", gains);
    w.by_index = call_choice(call, "ties", ties);
    w.none = call_choice(call, "none_relevant", nones);
    real *out[4], value[4], sum[4] = {0, 0, 0, 0}, total = 0, ideals = 0;
    for (int m = 0; m < 4; m++)
        out[m] = call_output(call, names[m], "N");
    for (size_t n = w.N; n-- > 0;) {
        int any;
        value_query(call, &w, &score[n * w.K], &relevance[n * w.K], value, &any);
        real share = weight && w.mistake != WEIGHTS_IGNORED ? weight[n] : 1;
        if ((!any && w.none == 2) || (w.mistake == LAST_QUERY_LOST && n + 1 == w.N))
            share = 0;
        total = total + share;
        ideals = ideals + (value[1] > 0 ? value[0] / value[1] : 1);
        for (int m = 0; m < 4; m++) {
            out[m][n] = value[m];
            sum[m] = sum[m] + share * value[m];
        }
    }
    for (int m = 1; m < 4; m++)
        *call_output(call, means[m], "") =
            m == 1 && w.mistake == MEAN_OF_SUMS ? sum[0] / ideals : sum[m] / total;
}

static const struct fork table[] = {
    {.info = {"item_by_item", FORK_TWIN, "",
              "Each item's rank by counting, with the mean discount of its tie; nothing is sorted.",
              NULL},
     .answer = walk},
    {.info = {"natural_logarithm", FORK_CONVENTION, "", "Discounts by the natural logarithm.",
              NULL},
     .answer = walk,
     .variant = NATURAL_LOGARITHM},
    {.info = {"first_two_undiscounted", FORK_CONVENTION, "",
              "1 / log2(rank) from the second rank on (Jaervelin, Kekaelaeinen).", NULL},
     .answer = walk,
     .variant = RANKS_FROM_ZERO},
    {.info = {"rank_discount", FORK_CONVENTION, "", "1 / rank.", NULL},
     .answer = walk,
     .variant = RANK_DISCOUNT},
    {.info = {"ideal_not_cut", FORK_BUG, "", "The ideal order is not cut at top.", NULL},
     .answer = walk,
     .variant = IDEAL_NOT_CUT},
    {.info = {"rising_scores", FORK_BUG, "", "The smallest score is ranked first.", NULL},
     .answer = walk,
     .variant = RISING_SCORES},
    {.info = {"ideal_of_scores", FORK_BUG, "", "Divided by itself.", NULL},
     .answer = walk,
     .variant = IDEAL_OF_SCORES},
    {.info = {"mean_of_sums", FORK_BUG, "269", "Sums of gains over sums of ideal gains.", NULL},
     .answer = walk,
     .variant = MEAN_OF_SUMS},
    {.info = {"weights_ignored", FORK_BUG, "", "All queries weigh 1.", NULL},
     .answer = walk,
     .variant = WEIGHTS_IGNORED},
    {.info = {"last_query_lost", FORK_BUG, "155", "The last query is not averaged.", NULL},
     .answer = walk,
     .variant = LAST_QUERY_LOST},
    {.info = {"divided_by_relevant", FORK_CONVENTION, "",
              "Average precision over all relevant items, also beyond top.", NULL},
     .answer = walk,
     .variant = DIVIDED_BY_ALL},
    {.info = {"divided_by_top", FORK_BUG, "", "Average precision over top, whatever is relevant.",
              NULL},
     .answer = walk,
     .variant = DIVIDED_BY_TOP},
    {.info = {"last_of_ties", FORK_CONVENTION, "266", "The last of equal scores first.", NULL},
     .answer = walk,
     .variant = LAST_OF_TIES},
    {.info = {"ties_by_index", FORK_CONVENTION, "266", "The first of equal scores first.", NULL},
     .instead = {"ties", "index"}},
    {.info = {"ties_averaged", FORK_CONVENTION, "266", "Equal scores share.", NULL},
     .instead = {"ties", "averaged"}},
    {.info = {"linear_gain", FORK_CONVENTION, "", "Linear gains.", NULL},
     .instead = {"gain", "linear"}},
    {.info = {"exponential_gain", FORK_CONVENTION, "", "Exponential gains.", NULL},
     .instead = {"gain", "exponential"}},
    {.info = {"none_is_zero", FORK_CONVENTION, "270", "Nothing relevant: 0.", NULL},
     .instead = {"none_relevant", "zero"}},
    {.info = {"none_is_one", FORK_CONVENTION, "270", "Nothing relevant: 1.", NULL},
     .instead = {"none_relevant", "one"}},
    {.info = {"none_is_excluded", FORK_CONVENTION, "270", "Nothing relevant: not averaged.", NULL},
     .instead = {"none_relevant", "excluded"}},
};

const struct fork_list normalized_discounted_cumulative_gain_forks = {sizeof table / sizeof *table,
                                                                      table};
