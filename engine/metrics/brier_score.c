// SPDX-License-Identifier: MIT
/* The Brier score; definition in reference/metrics/brier_score.h.
 *
 * How it is distributed: the samples are sharded; the sum of squares and that of the weights cross
 * the network block by block, and for bins three sums each. For groups of equal probability every
 * rank gets all samples (ranking.h).
 */
#include "bins.h"
#include "ranking.h"

struct groups {
    size_t G;
    const scalar *weight, *forecast, *events;
    scalar total, share;
};

static struct groups find_distinct(struct question *q, const scalar *p, const int *label,
                                   const scalar *weight)
{
    if (weight != NULL)
        weight = ranking_gather(q, 'N', 1, weight);
    struct ranking r =
        ranking_create(q, ranking_gather(q, 'N', 1, p), ranking_gather_labels(q, 'N', label),
                       weight, question_size(q, 'N'));
    scalar *weights = question_scratch(q, r.T), *events = question_scratch(q, r.T);
    for (size_t t = 0; t < r.T; t++) {
        scalar happened = ranking_weight_at(&r, 1, t);
        weights[t] = happened + ranking_weight_at(&r, 0, t);
        events[t] = weights[t] > 0 ? happened / weights[t] : 0;
    }
    scalar total = r.positives + r.negatives;
    return (struct groups){r.T, weights, r.threshold, events, total, r.positives / total};
}

static struct groups find_bins(struct question *q, const scalar *p, const int *label,
                               const scalar *weight, scalar total)
{
    size_t B = question_count_or(q, "bins", 10, 1, 1000), rows = question_part(q, 'N');
    int *bin = arena_take(question_arena(q), rows, sizeof *bin);
    int *happened = arena_take(question_arena(q), rows, sizeof *happened);
    scalar events;
    for (size_t n = 0; n < rows; n++) {
        bin[n] = (int)bins_uniform(p[n], B, true);
        happened[n] = label[n] ? 0 : -1;
    }
    confusion_bins(q, 1, happened, weight, &events);
    struct bins b = bins_fill(q, p, label, weight, bin, B);
    return (struct groups){B, b.count, b.confidence, b.frequency, total, events / total};
}

static void put_parts(struct question *q, const struct groups *g, scalar brier)
{
    scalar reliability = 0, resolution = 0, uncertainty = g->share * (1 - g->share);
    if (!(g->share > 0 && g->share < 1))
        question_refuse(q, "its 'labels' are of one class; give both");
    for (size_t k = 0; k < g->G; k++) {
        scalar gap = g->forecast[k] - g->events[k], apart = g->events[k] - g->share;
        reliability += g->weight[k] * (gap * gap);
        resolution += g->weight[k] * (apart * apart);
    }
    *question_output(q, "reliability", "") = reliability / g->total;
    *question_output(q, "resolution", "") = resolution / g->total;
    *question_output(q, "uncertainty", "") = uncertainty;
    *question_output(q, "skill", "") = 1 - brier / uncertainty;
}

static scalar square(const scalar *p, int label, size_t K)
{
    scalar sum = 0;
    for (size_t k = 0; k < K; k++) {
        scalar gap = p[k] - ((size_t)label == k ? 1 : 0);
        sum += gap * gap;
    }
    return sum;
}

/* The mean of the squares over both classes or of class 1, and the weight of all. */
static scalar find_score(struct question *q, const scalar *p, const int *label,
                         const scalar *weight, size_t K, bool columns, scalar *total)
{
    struct reduction *reduction = question_sum(q, 'N', 2);
    scalar sum[2];
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar w = weight != NULL ? weight[n] : 1;
            leaf[0] += w * square(p + n * K, columns ? label[n] : !label[n], K);
            leaf[1] += w;
        }
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
    *total = sum[1];
    return sum[0] / sum[1];
}

void brier_score_run(struct question *q)
{
    static const char *const scales[] = {"auto", "half", "full", NULL};
    static const char *const groups[] = {"distinct", "bins", NULL};
    bool columns = question_axes(q, "probabilities") == 2;
    const scalar *p = question_input(q, "probabilities", columns ? "[N]K" : "[N]");
    size_t K = columns ? question_size(q, 'K') : 1;
    long long wrong = 0;
    if (question_size(q, 'N') * K == 0)
        question_refuse(q, "its 'probabilities' are empty; give some");
    for (size_t i = 0; i < question_part(q, 'N') * K; i++)
        wrong += !(p[i] >= 0 && p[i] <= 1);
    reduce_integers(question_team(q), &wrong, 1);
    if (wrong > 0)
        question_refuse(q, "%lld of its 'probabilities' are outside [0,1]", wrong);
    const int *label = question_integers(q, "labels", "[N]", 0, columns ? (int)K - 1 : 1);
    const scalar *weight = confusion_weights(q);
    int scale = question_choice(q, "scale", scales);
    scalar total, brier = find_score(q, p, label, weight, K, columns, &total);
    scalar factor = columns ? (scale == 1 ? (scalar)0.5 : 1) : (scale == 2 ? 2 : 1);
    *question_output(q, "brier", "") = factor * brier;
    if (columns)
        return;
    struct groups g = question_choice(q, "groups", groups) == 1
                          ? find_bins(q, p, label, weight, total)
                          : find_distinct(q, p, label, weight);
    put_parts(q, &g, brier);
}
