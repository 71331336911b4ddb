// SPDX-License-Identifier: MIT
/* Normalized discounted cumulative gain; definition in
 * reference/metrics/normalized_discounted_cumulative_gain.h.
 *
 * How it is distributed: the queries are sharded, each is ranked where it is; four sums cross the
 * network block by block.
 */
#include "confusion.h"
#include "keys.h"

#include <string.h>

enum { ZERO, ONE, EXCLUDED };

struct rule {
    struct question *q;
    size_t K, top;
    bool exponential, by_index;
    int none;
    scalar *discount;   /* (K) */
    uint32_t *order;    /* (K) of the query in work */
    int *relevance;     /* (K) likewise, in order */
    scalar *score;      /* (K) likewise, in order */
    struct arena arena; /* of the query in work */
};

static long gain_of(const struct rule *rule, int relevance)
{
    return rule->exponential ? (1L << relevance) - 1 : relevance;
}

static scalar sum_discounts(const struct rule *rule, size_t begin, size_t end)
{
    scalar sum = 0;
    for (size_t k = begin; k < end && k < rule->top; k++)
        sum += rule->discount[k];
    return sum;
}

/* The items are in order in `relevance` and `score`. */
static scalar cumulate(const struct rule *rule, bool ties)
{
    scalar sum = 0;
    for (size_t begin = 0, end; begin < rule->K; begin = end) {
        long gain = 0;
        for (end = begin;
             end < rule->K && (end == begin || (ties && rule->score[end] == rule->score[begin]));
             end++)
            gain += gain_of(rule, rule->relevance[end]);
        sum += (scalar)gain / (scalar)(end - begin) * sum_discounts(rule, begin, end);
    }
    return sum;
}

/* Gain of the best order: relevances by counting. */
static scalar ideal_gain(struct rule *rule)
{
    size_t place = 0;
    int count[21] = {0};
    for (size_t k = 0; k < rule->K; k++)
        count[rule->relevance[k]]++;
    for (int relevance = 20; relevance >= 0; relevance--)
        for (; count[relevance] > 0; count[relevance]--)
            rule->relevance[place++] = relevance;
    return cumulate(rule, false);
}

/* value (4) of one query; returns whether anything is relevant. */
static bool value_query(struct rule *rule, const scalar *score, const int *relevance,
                        scalar value[4])
{
    size_t found = 0;
    scalar precision = 0;
    keys_order(&rule->arena, rule->order, score, rule->K);
    memset(value, 0, 4 * sizeof *value);
    for (size_t k = 0; k < rule->K; k++) {
        rule->relevance[k] = relevance[rule->order[k]];
        rule->score[k] = score[rule->order[k]];
        if (rule->relevance[k] == 0)
            continue;
        if (found++ == 0 && k < rule->top)
            value[2] = 1 / (scalar)(k + 1);
        if (k < rule->top)
            precision += (scalar)found / (scalar)(k + 1);
    }
    arena_release(&rule->arena);
    value[0] = cumulate(rule, !rule->by_index);
    if (found > 0) {
        value[1] = value[0] / ideal_gain(rule);
        value[3] = precision / (scalar)(found < rule->top ? found : rule->top);
    } else if (rule->none == ONE) {
        value[1] = value[2] = value[3] = 1;
    }
    return found > 0;
}

static struct rule read_rule(struct question *q, size_t K)
{
    static const char *const gains[] = {"linear", "exponential", NULL};
    static const char *const ties[] = {"averaged", "index", NULL};
    static const char *const nones[] = {"zero", "one", "excluded", NULL};
    struct rule rule = {.q = q, .K = K, .top = question_count_or(q, "top", K, 1, K)};
    scalar two = 2;
    rule.exponential = question_choice(q, "gain", gains) == 1;
    rule.by_index = question_choice(q, "ties", ties) == 1;
    rule.none = question_choice(q, "none_relevant", nones);
    rule.discount = question_scratch(q, K);
    rule.score = question_scratch(q, K);
    rule.order = arena_take(question_arena(q), K, sizeof *rule.order);
    rule.relevance = arena_take(question_arena(q), K, sizeof *rule.relevance);
    for (size_t k = 0; k < K; k++)
        rule.discount[k] = (scalar)(k + 2);
    question_team(q)->kernels->logarithm(K, rule.discount, rule.discount);
    question_team(q)->kernels->logarithm(1, &two, &two);
    for (size_t k = 0; k < K; k++)
        rule.discount[k] = two / rule.discount[k];
    return rule;
}

void normalized_discounted_cumulative_gain_run(struct question *q)
{
    static const char *const names[] = {"dcg", "ndcg", "reciprocal_rank", "average_precision"};
    static const char *const means[] = {NULL, "mean_ndcg", "mean_reciprocal_rank",
                                        "mean_average_precision"};
    const scalar *score = question_input(q, "scores", "[N]K");
    size_t K = question_size(q, 'K');
    if (question_size(q, 'N') * K == 0)
        question_refuse(q, "its 'scores' are no queries or no items; give some");
    const int *relevance = question_integers(q, "relevance", "[N]K", 0, 20);
    const scalar *weight = confusion_weights(q);
    struct rule rule = read_rule(q, K);
    struct reduction *reduction = question_sum(q, 'N', 4);
    scalar *out[4], value[4], sum[4];
    for (int m = 0; m < 4; m++)
        out[m] = question_output(q, names[m], "[N]");
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            bool any = value_query(&rule, score + n * K, relevance + n * K, value);
            scalar share = !any && rule.none == EXCLUDED ? 0 : weight != NULL ? weight[n] : 1;
            leaf[0] += share;
            for (int m = 0; m < 4; m++) {
                out[m][n] = value[m];
                leaf[m] += m > 0 ? share * value[m] : 0;
            }
        }
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
    if (!(sum[0] > 0))
        question_refuse(q, "its 'none_relevant' is excluded, and that leaves nothing");
    for (int m = 1; m < 4; m++)
        *question_output(q, means[m], "") = sum[m] / sum[0];
}
