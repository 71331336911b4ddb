// SPDX-License-Identifier: MIT
#include "normalized_discounted_cumulative_gain.h"

enum { ZERO, ONE, EXCLUDED };

struct rule {
    size_t K, top;
    int exponential, by_index, none;
    real *discount; /* (K) */
};

static long gain_of(const struct rule *rule, int relevance)
{
    return rule->exponential ? (1L << relevance) - 1 : relevance;
}

/* order (K): items by falling key, equal ones by index. */
static void sort(struct call *call, int *order, const real *key, size_t K, int decides)
{
    for (size_t k = 0; k < K; k++) {
        size_t i = k;
        for (; i > 0 && key[order[i - 1]] < key[k]; i--)
            order[i] = order[i - 1];
        order[i] = (int)k;
    }
    for (size_t k = 1; k < K && decides; k++) {
        real gap = key[order[k - 1]] - key[order[k]];
        call_decisions(call, 1, &gap);
    }
}

/* The gain of items in this order; `key` tells which are tied, NULL: none. */
static real cumulate(struct call *call, const struct rule *rule, const int *order, const real *key,
                     const int *relevance)
{
    real *term = call_scratch(call, rule->K);
    size_t terms = 0;
    for (size_t begin = 0; begin < rule->K;) {
        size_t end = begin + 1, inside = begin < rule->top ? rule->top - begin : 0;
        long gain = gain_of(rule, relevance[order[begin]]);
        while (key && end < rule->K && key[order[end]] == key[order[begin]])
            gain += gain_of(rule, relevance[order[end++]]);
        inside = end - begin < inside ? end - begin : inside;
        real discounts = sum_features(inside, &rule->discount[begin], 1);
        term[terms++] = (real)gain / real_count(end - begin) * discounts;
        begin = end;
    }
    return sum_features(terms, term, 1);
}

static real precision_of(struct call *call, const struct rule *rule, const int *order,
                         const int *relevance)
{
    real *term = call_scratch(call, rule->K);
    size_t found = 0, all = 0;
    for (size_t k = 0; k < rule->K; k++) {
        int hit = relevance[order[k]] > 0;
        all += (size_t)hit;
        found += (size_t)hit;
        term[k] = hit && k < rule->top ? real_count(found) / real_count(k + 1) : 0;
    }
    all = all < rule->top ? all : rule->top;
    return sum_features(rule->top, term, 1) / real_count(all);
}

static real reciprocal_of(const struct rule *rule, const int *order, const int *relevance)
{
    for (size_t k = 0; k < rule->top; k++) {
        if (relevance[order[k]] > 0)
            return 1 / real_count(k + 1);
    }
    return 0;
}

/* The four values of one query; returns whether anything is relevant. */
static int value_query(struct call *call, const struct rule *rule, const real *score,
                       const int *relevance, real value[4])
{
    int *order = call_scratch_integers(call, rule->K), any = 0;
    real *key = call_scratch(call, rule->K);
    sort(call, order, score, rule->K, 1);
    value[0] = cumulate(call, rule, order, rule->by_index ? NULL : score, relevance);
    for (size_t k = 0; k < rule->K; k++) {
        key[k] = (real)relevance[k];
        any |= relevance[k] > 0;
    }
    value[2] = reciprocal_of(rule, order, relevance);
    value[3] = any ? precision_of(call, rule, order, relevance) : 0;
    sort(call, order, key, rule->K, 0);
    real ideal = cumulate(call, rule, order, NULL, relevance);
    value[1] = any ? value[0] / ideal : rule->none == ONE ? 1 : 0;
    if (!any && rule->none == ONE)
        value[2] = value[3] = 1;
    return any;
}

static struct rule read_rule(struct call *call, size_t K)
{
    static const char *const gains[] = {"linear", "exponential", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    static const char *const nones[] = {"zero", "one", "excluded", NULL};
    struct rule rule = {.K = K, .top = call_count_or(call, "top", K, 1, K)};
    rule.exponential = call_choice(call, "gain", gains);
    rule.by_index = call_choice(call, "ties", ties);
    rule.none = call_choice(call, "none_relevant", nones);
    rule.discount = call_scratch(call, K);
    for (size_t k = 0; k < K; k++)
        rule.discount[k] = real_log(2) / real_log(real_count(k + 2));
    return rule;
}

void normalized_discounted_cumulative_gain_answer(struct call *call)
{
    static const char *const names[] = {"dcg", "ndcg", "reciprocal_rank", "average_precision"};
    static const char *const means[] = {NULL, "mean_ndcg", "mean_reciprocal_rank",
                                        "mean_average_precision"};
    const real *score = call_input(call, "scores", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    if (N * K == 0)
        call_fail(call, "input 'scores' has no queries or no items");
    const int *relevance = call_integers(call, "relevance", "NK", 0, 20);
    const real *weight = confusion_weights(call, N);
    struct rule rule = read_rule(call, K);
    real *out[4], *product = call_scratch(call, N), *share = call_scratch(call, N), value[4];
    for (int m = 0; m < 4; m++)
        out[m] = call_output(call, names[m], "N");
    int left = 0;
    for (size_t n = 0; n < N; n++) {
        int any = value_query(call, &rule, &score[n * K], &relevance[n * K], value);
        for (int m = 0; m < 4; m++)
            out[m][n] = value[m];
        share[n] = !any && rule.none == EXCLUDED ? 0 : weight ? weight[n] : 1;
        left |= share[n] > 0;
    }
    if (!left)
        call_fail(call, "nothing is left where 'none_relevant' is excluded");
    for (int m = 1; m < 4; m++) {
        for (size_t n = 0; n < N; n++)
            product[n] = share[n] * out[m][n];
        *call_output(call, means[m], "") = sum_samples(N, call_block(call), product, 1) /
                                           sum_samples(N, call_block(call), share, 1);
    }
}
