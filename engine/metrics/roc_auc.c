// SPDX-License-Identifier: MIT
/* The area under the receiver operating characteristic; definition in reference/metrics/roc_auc.h.
 *
 * How it is distributed: the samples are sharded. Without weights each rank turns its scores into
 * whole numbers of the same order, sends each to the rank that owns its range of values (so every
 * score crosses the network once), sorts what it gets, and counts pairs by walking through its
 * positive and negative scores together; then one count of each rank. Integers: nothing depends on
 * the number of ranks. With weights, and for a part of the curve, every rank gets all samples.
 */
#include "roc_auc.h"

#include "ranking.h"

enum { REFUSED, ZERO, HALF, EXCLUDED };
enum { MACRO, WEIGHTED, MICRO };

scalar roc_auc_area(const struct team *team, struct arena *arena, size_t rows, const scalar *score,
                    size_t stride, const int *label, int positive, int negative, bool *defined,
                    size_t *samples)
{
    score_key *key = arena_take(arena, rows, sizeof *key);
    size_t positives = 0, negatives = 0; /* from both ends of `key` */
    for (size_t n = 0; n < rows; n++) {
        bool is_positive = label[n] == positive;
        bool is_negative = negative < 0 ? !is_positive : label[n] == negative;
        score_key mine = key_of(score[n * stride]);
        /* To both ends without a branch: what is not counted is overwritten. */
        key[positives] = mine;
        key[rows - 1 - negatives] = mine;
        positives += is_positive;
        negatives += is_negative;
    }
    long long count[2] = {(long long)positives, (long long)negatives};
    long long twice =
        keys_count_pairs(team, arena, key, positives, key + rows - negatives, negatives);
    reduce_integers(team, count, 2);
    *defined = count[0] > 0 && count[1] > 0;
    *samples = (size_t)(count[0] + count[1]);
    return *defined ? (scalar)twice / (scalar)(2 * count[0] * count[1]) : 0;
}

/* The same with weights, of samples that every rank has. */
static scalar weighted_area(const struct ranking *r)
{
    scalar sum = 0;
    for (size_t t = 0; t < r->T; t++) {
        scalar above = t > 0 ? r->true_positive[t - 1] : 0;
        sum += ranking_weight_at(r, 0, t) * (2 * above + ranking_weight_at(r, 1, t));
    }
    return sum / (2 * (r->positives * r->negatives));
}

static scalar partial_area(const struct ranking *r, scalar max_fpr)
{
    scalar sum = 0, x_before = 0, y_before = 0;
    bool cut = false;
    for (size_t t = 0; t < r->T && !cut; t++) {
        scalar x = r->false_positive[t] / r->negatives, y = r->true_positive[t] / r->positives;
        cut = x > max_fpr;
        if (cut) {
            y = y_before + (y - y_before) * ((max_fpr - x_before) / (x - x_before));
            x = max_fpr;
        }
        sum += (x - x_before) * (y + y_before) / 2;
        x_before = x;
        y_before = y;
    }
    return sum;
}

struct problem {
    struct question *q;
    const scalar *scores, *weight; /* this rank's */
    const int *labels;
    size_t N, C, rows;
    const scalar *all_scores, *all_weights; /* everybody's, when there are weights */
    const int *all_labels;
    int one_class, average;
};

static void gather_all(struct problem *a)
{
    a->all_scores = ranking_gather(a->q, 'N', a->C, a->scores);
    a->all_labels = ranking_gather_labels(a->q, 'N', a->labels);
    a->all_weights = ranking_gather(a->q, 'N', 1, a->weight);
}

/* Column c of everybody's scores against the label c. */
static struct ranking rank_column(const struct problem *a, size_t c)
{
    scalar *score = question_scratch(a->q, a->N);
    int *label = arena_take(question_arena(a->q), a->N, sizeof *label);
    for (size_t n = 0; n < a->N; n++) {
        score[n] = a->all_scores[n * a->C + c];
        label[n] = a->all_labels[n] == (int)c;
    }
    return ranking_create(a->q, score, label, a->all_weights, a->N);
}

/* An area, or what stands for it when it is not defined; *counts: whether it is averaged. */
static scalar settle(const struct problem *a, scalar area, bool defined, bool *counts)
{
    if (!defined && a->one_class == REFUSED)
        question_refuse(a->q, "its 'labels' leave a problem with one class alone; give samples of "
                              "both, or state what 'one_class' shall mean");
    *counts = defined || a->one_class != EXCLUDED;
    if (defined)
        return area;
    return a->one_class == HALF ? (scalar)0.5 : 0;
}

static scalar average(const struct problem *a, size_t K, const scalar *value, const scalar *share,
                      const bool *counts)
{
    scalar sum = 0, total = 0;
    for (size_t k = 0; k < K; k++) {
        if (!counts[k])
            continue;
        sum += value[k] * share[k];
        total += share[k];
    }
    if (!(total > 0))
        question_refuse(a->q, "its 'labels' leave nothing to average; give samples of two classes");
    return sum / total;
}

static scalar micro_area(const struct problem *a, bool *defined)
{
    size_t rows = a->weight != NULL ? a->N : a->rows, samples;
    const int *given = a->weight != NULL ? a->all_labels : a->labels;
    int *label = arena_take(question_arena(a->q), rows * a->C, sizeof *label);
    for (size_t i = 0; i < rows * a->C; i++)
        label[i] = given[i / a->C] == (int)(i % a->C);
    if (a->weight == NULL)
        return roc_auc_area(question_team(a->q), question_arena(a->q), rows * a->C, a->scores, 1,
                            label, 1, -1, defined, &samples);
    scalar *weight = question_scratch(a->q, rows * a->C);
    for (size_t i = 0; i < rows * a->C; i++)
        weight[i] = a->all_weights[i / a->C];
    struct ranking r = ranking_create(a->q, a->all_scores, label, weight, rows * a->C);
    return weighted_area(&r);
}

static void answer_rest(struct problem *a)
{
    struct question *q = a->q;
    scalar *auc = question_output(q, "auc", ""), *class = question_output(q, "auc_class", "C");
    scalar *share = question_scratch(q, a->C);
    bool *counts = arena_take(question_arena(q), a->C, sizeof *counts), defined;
    if (a->weight != NULL)
        gather_all(a);
    for (size_t c = 0; c < a->C; c++) {
        size_t samples;
        scalar area, positives = 0;
        if (a->weight != NULL) {
            struct ranking r = rank_column(a, c);
            defined = r.positives > 0 && r.negatives > 0;
            area = defined ? weighted_area(&r) : 0;
            positives = r.positives;
        } else {
            long long count = 0;
            area = roc_auc_area(question_team(q), question_arena(q), a->rows, a->scores + c, a->C,
                                a->labels, (int)c, -1, &defined, &samples);
            for (size_t n = 0; n < a->rows; n++)
                count += a->labels[n] == (int)c;
            reduce_integers(question_team(q), &count, 1);
            positives = (scalar)count;
        }
        class[c] = settle(a, area, defined, &counts[c]);
        share[c] = a->average == WEIGHTED ? positives : 1;
    }
    *auc = a->average == MICRO ? micro_area(a, &defined) : average(a, a->C, class, share, counts);
}

static void answer_pairs(struct problem *a)
{
    struct question *q = a->q;
    size_t K = a->C * (a->C - 1) / 2, k = 0, samples = 0;
    scalar *value = question_scratch(q, K), *share = question_scratch(q, K);
    bool *counts = arena_take(question_arena(q), K, sizeof *counts), defined;
    scalar *auc = question_output(q, "auc", ""), *pair = question_output(q, "auc_pair", "CC");
    for (size_t i = 0; i < a->C; i++) {
        for (size_t j = i + 1; j < a->C; j++, k++) {
            const size_t one[] = {i, j}, other[] = {j, i};
            for (int s = 0; s < 2; s++) {
                scalar area =
                    roc_auc_area(question_team(q), question_arena(q), a->rows, a->scores + one[s],
                                 a->C, a->labels, (int)one[s], (int)other[s], &defined, &samples);
                pair[one[s] * a->C + other[s]] = settle(a, area, defined, &counts[k]);
            }
            share[k] = a->average == WEIGHTED ? (scalar)samples : 1;
            value[k] = (pair[i * a->C + j] + pair[j * a->C + i]) / 2;
        }
    }
    *auc = average(a, K, value, share, counts);
}

static scalar corrected(struct question *q, scalar area, scalar m)
{
    static const char *const corrections[] = {"mcclish", "divided", "none", NULL};
    int correction = question_choice(q, "correction", corrections);
    scalar least = m * m / 2;
    if (correction == 0)
        return (1 + (area - least) / (m - least)) / 2;
    return correction == 1 ? area / m : area;
}

static void answer_two(struct problem *a)
{
    struct question *q = a->q;
    scalar max_fpr = question_number_or(q, "max_fpr", 1), area;
    if (!(max_fpr > 0 && max_fpr <= 1))
        question_refuse(q, "its 'max_fpr' is %g; it must be in (0,1]", (double)max_fpr);
    bool defined, counts;
    if (max_fpr < 1 || question_has(q, "weight")) {
        struct ranking r = ranking_read(q);
        defined = r.positives > 0 && r.negatives > 0;
        area = !defined ? 0 : max_fpr == 1 ? weighted_area(&r) : partial_area(&r, max_fpr);
    } else {
        size_t samples;
        const scalar *score = question_input(q, "scores", "[N]");
        if (question_size(q, 'N') == 0)
            question_refuse(q, "its 'scores' are none; give samples");
        const int *label = question_integers(q, "labels", "[N]", 0, 1);
        question_begin(q);
        area = roc_auc_area(question_team(q), question_arena(q), question_part(q, 'N'), score, 1,
                            label, 1, 0, &defined, &samples);
    }
    area = settle(a, area, defined, &counts);
    if (!counts)
        question_refuse(q, "its 'labels' are of one class; nothing is left to average");
    *question_output(q, "auc", "") = max_fpr < 1 && defined ? corrected(q, area, max_fpr) : area;
}

void roc_auc_run(struct question *q)
{
    static const char *const ways[] = {"one_vs_rest", "one_vs_one", NULL};
    static const char *const one_class[] = {"refused", "zero", "half", "excluded", NULL};
    static const char *const averages[] = {"macro", "weighted", "micro", NULL};
    struct problem a = {.q = q, .one_class = question_choice(q, "one_class", one_class)};
    if (question_axes(q, "scores") == 1) {
        answer_two(&a);
        return;
    }
    a.scores = question_input(q, "scores", "[N]C");
    a.N = question_size(q, 'N');
    a.C = question_size(q, 'C');
    a.rows = question_part(q, 'N');
    if (a.N == 0 || a.C < 2)
        question_refuse(q, "its 'scores' are %zu samples of %zu classes; give at least 1 of 2", a.N,
                        a.C);
    a.labels = question_integers(q, "labels", "[N]", 0, (int)a.C - 1);
    a.weight = confusion_weights(q);
    a.average = question_choice(q, "average", averages);
    bool pairs = question_choice(q, "multi_class", ways) == 1;
    if (question_number_or(q, "max_fpr", 1) != 1)
        question_refuse(q, "its 'max_fpr' is for two classes; leave it out");
    if (pairs && a.weight != NULL)
        question_refuse(q, "its 'weight' is not for pairs of classes; leave it out");
    if (pairs && a.average == MICRO)
        question_refuse(q, "its 'average' cannot be micro for pairs of classes");
    if (pairs)
        answer_pairs(&a);
    else
        answer_rest(&a);
}
