// SPDX-License-Identifier: MIT
#include "roc_auc.h"

enum { REFUSED, ZERO, HALF, EXCLUDED };
enum { MACRO, WEIGHTED, MICRO };
static const char *const one_class_options[] = {"refused", "zero", "half", "excluded", NULL};
static const char *const average_options[] = {"macro", "weighted", "micro", NULL};

/* Twice the number of ordered pairs, ties counting one, over twice the number of pairs. */
static real count_area(struct call *call, const struct ranking *r)
{
    size_t above = 0, negatives = 0, twice = 0;
    for (size_t t = 0; t < r->T; t++) {
        size_t p = (size_t)ranking_weight_at(call, r, 1, t);
        size_t n = (size_t)ranking_weight_at(call, r, 0, t);
        twice += n * (2 * above + p);
        above += p;
        negatives += n;
    }
    return real_count(twice) / real_count(2 * above * negatives);
}

real roc_auc_area(struct call *call, const struct ranking *r)
{
    if (!r->weight)
        return count_area(call, r);
    real *term = call_scratch(call, r->T);
    for (size_t t = 0; t < r->T; t++) {
        real above = t > 0 ? r->true_positive[t - 1] : 0;
        term[t] = ranking_weight_at(call, r, 0, t) * (2 * above + ranking_weight_at(call, r, 1, t));
    }
    return sum_features(r->T, term, 1) / (2 * (r->positives * r->negatives));
}

real roc_auc_partial(struct call *call, const struct ranking *r, real max_fpr)
{
    real *term = call_scratch(call, r->T), x_before = 0, y_before = 0;
    size_t terms = 0;
    for (int cut = 0; terms < r->T && !cut; terms++) {
        real x = r->false_positive[terms] / r->negatives, gap = x - max_fpr;
        real y = r->true_positive[terms] / r->positives;
        call_decisions(call, 1, &gap);
        cut = x > max_fpr;
        if (cut) {
            y = y_before + (y - y_before) * ((max_fpr - x_before) / (x - x_before));
            x = max_fpr;
        }
        term[terms] = (x - x_before) * (y + y_before) / 2;
        x_before = x;
        y_before = y;
    }
    return sum_features(terms, term, 1);
}

/* The area of one problem, or what the convention says when it has one class; *counts: whether it
 * takes part in an average. */
static real area_or(struct call *call, const struct ranking *r, int one_class, int *counts)
{
    *counts = 1;
    if (r->positives > 0 && r->negatives > 0)
        return roc_auc_area(call, r);
    if (one_class == REFUSED)
        call_fail(call, "the labels of a problem are of one class and 'one_class' is refused");
    *counts = one_class != EXCLUDED;
    return one_class == HALF ? R(0.5) : R(0.0);
}

static real corrected(struct call *call, real area, real m)
{
    static const char *const corrections[] = {"mcclish", "divided", "none", NULL};
    int correction = call_choice(call, "correction", corrections);
    real least = m * m / 2;
    if (correction == 0)
        return (1 + (area - least) / (m - least)) / 2;
    return correction == 1 ? area / m : area;
}

static void answer_two(struct call *call)
{
    struct ranking r = ranking_read(call);
    int one_class = call_choice(call, "one_class", one_class_options), counts;
    real max_fpr = call_number_or(call, "max_fpr", 1);
    if (!(max_fpr > 0 && max_fpr <= 1))
        call_fail(call, "number 'max_fpr' must be in (0,1]");
    real area = area_or(call, &r, one_class, &counts);
    if (!counts)
        call_fail(call, "all 'labels' are of one class, and nothing is left to average");
    if (max_fpr < 1 && r.positives > 0 && r.negatives > 0)
        area = corrected(call, roc_auc_partial(call, &r, max_fpr), max_fpr);
    *call_output(call, "auc", "") = area;
}

struct problem {
    const real *scores, *weight;
    const int *labels;
    size_t N, C;
    int one_class, average;
};

/* sum_k share[k] value[k] / sum_k share[k] over those that count. */
static real average_of(struct call *call, size_t K, const real *value, const real *share,
                       const int *counts)
{
    real *product = call_scratch(call, K), *kept = call_scratch(call, K);
    size_t n = 0;
    for (size_t k = 0; k < K; k++) {
        product[n] = value[k] * share[k];
        kept[n] = share[k];
        n += (size_t)counts[k];
    }
    real total = sum_features(n, kept, 1);
    if (!(total > 0))
        call_fail(call, "no class of 'labels' is left to average");
    return sum_features(n, product, 1) / total;
}

/* The problem that takes `positive` for positive and, unless negative is -1, only that for
 * negative; scores of column `positive`. */
static struct ranking ranking_of(struct call *call, const struct problem *a, int positive,
                                 int negative)
{
    real *score = call_scratch(call, a->N), *weight = call_scratch(call, a->N);
    int *label = call_scratch_integers(call, a->N);
    size_t count = 0;
    for (size_t n = 0; n < a->N; n++) {
        if (negative >= 0 && a->labels[n] != positive && a->labels[n] != negative)
            continue;
        score[count] = a->scores[n * a->C + (size_t)positive];
        weight[count] = a->weight ? a->weight[n] : 1;
        label[count++] = a->labels[n] == positive;
    }
    return ranking_create(call, score, label, a->weight ? weight : NULL, count);
}

static void answer_rest(struct call *call, const struct problem *a)
{
    real *class = call_scratch(call, a->C), *share = call_scratch(call, a->C);
    int *counts = call_scratch_integers(call, a->C);
    for (size_t c = 0; c < a->C; c++) {
        struct ranking r = ranking_of(call, a, (int)c, -1);
        class[c] = area_or(call, &r, a->one_class, &counts[c]);
        share[c] = a->average == WEIGHTED ? r.positives : 1;
    }
    real *auc = call_output(call, "auc", ""), *out = call_output(call, "auc_class", "C");
    for (size_t c = 0; c < a->C; c++)
        out[c] = class[c];
    if (a->average != MICRO) {
        *auc = average_of(call, a->C, class, share, counts);
        return;
    }
    int *label = call_scratch_integers(call, a->N * a->C);
    real *weight = call_scratch(call, a->N * a->C);
    for (size_t i = 0; i < a->N * a->C; i++) {
        label[i] = a->labels[i / a->C] == (int)(i % a->C);
        weight[i] = a->weight ? a->weight[i / a->C] : 1;
    }
    struct ranking r =
        ranking_create(call, a->scores, label, a->weight ? weight : NULL, a->N * a->C);
    *auc = roc_auc_area(call, &r);
}

static void answer_pairs(struct call *call, const struct problem *a)
{
    size_t K = a->C * (a->C - 1) / 2, k = 0;
    real *value = call_scratch(call, K), *share = call_scratch(call, K);
    int *counts = call_scratch_integers(call, K);
    real *auc = call_output(call, "auc", ""), *pair = call_output(call, "auc_pair", "CC");
    for (size_t i = 0; i < a->C; i++) {
        for (size_t j = i + 1; j < a->C; j++, k++) {
            struct ranking r = ranking_of(call, a, (int)i, (int)j);
            pair[i * a->C + j] = area_or(call, &r, a->one_class, &counts[k]);
            share[k] = a->average == WEIGHTED ? real_count(r.N) : 1;
            r = ranking_of(call, a, (int)j, (int)i);
            pair[j * a->C + i] = area_or(call, &r, a->one_class, &counts[k]);
            value[k] = (pair[i * a->C + j] + pair[j * a->C + i]) / 2;
        }
    }
    *auc = average_of(call, K, value, share, counts);
}

void roc_auc_answer(struct call *call)
{
    static const char *const ways[] = {"one_vs_rest", "one_vs_one", NULL};
    if (call_rank(call, "scores") == 1) {
        answer_two(call);
        return;
    }
    struct problem a = {.scores = call_input(call, "scores", "NC")};
    a.N = call_size(call, 'N');
    a.C = call_size(call, 'C');
    if (a.N == 0 || a.C < 2)
        call_fail(call, "input 'scores' needs samples and at least two classes");
    a.labels = call_integers(call, "labels", "N", 0, (int)a.C - 1);
    a.weight = confusion_weights(call, a.N);
    a.one_class = call_choice(call, "one_class", one_class_options);
    a.average = call_choice(call, "average", average_options);
    int pairs = call_choice(call, "multi_class", ways);
    if (call_number_or(call, "max_fpr", 1) != 1)
        call_fail(call, "number 'max_fpr' is for two classes");
    if (pairs && a.weight)
        call_fail(call, "input 'weight' is not for pairs of classes");
    if (pairs && a.average == MICRO)
        call_fail(call, "convention 'average' cannot be micro for pairs of classes");
    if (pairs)
        answer_pairs(call, &a);
    else
        answer_rest(call, &a);
}
