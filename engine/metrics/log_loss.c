// SPDX-License-Identifier: MIT
/* The logarithmic loss; definition in reference/metrics/log_loss.h.
 *
 * How it is distributed: the samples are sharded; two numbers cross the network, the sum of the
 * losses and that of the weights, added block by block.
 */
#include "confusion.h"

enum { NONE, BOTH, BELOW, LOGARITHM };
enum { AS_GIVEN, CLIPPED_FIRST, NORMALIZED_FIRST };

struct problem {
    struct question *q;
    int clip, rows_are;
    scalar epsilon, least;
    size_t rows, K; /* of this rank; columns, 1 if only class 1 has a probability */
    const scalar *p;
    const int *labels;
    const scalar *targets, *weight; /* or NULL */
    long long infinite, empty;      /* samples that cannot be used */
};

static scalar clipped(const struct problem *a, scalar p)
{
    if ((a->clip == BOTH || a->clip == BELOW) && p < a->epsilon)
        return a->epsilon;
    return a->clip == BOTH && p > 1 - a->epsilon ? 1 - a->epsilon : p;
}

static void divide_by_sum(struct problem *a, scalar *row)
{
    scalar sum = 0;
    for (size_t k = 0; k < a->K; k++)
        sum += row[k];
    a->empty += !(sum > 0);
    for (size_t k = 0; k < a->K; k++)
        row[k] = sum > 0 ? row[k] / sum : 1;
}

/* p (rows,K) adjusted into `row`, at least as long: two columns when there was one. */
static void adjust(struct problem *a, size_t n, scalar *row)
{
    if (a->K == 1) {
        row[0] = clipped(a, 1 - a->p[n]);
        row[1] = clipped(a, a->p[n]);
        return;
    }
    for (size_t k = 0; k < a->K; k++)
        row[k] = a->p[n * a->K + k];
    if (a->rows_are == NORMALIZED_FIRST)
        divide_by_sum(a, row);
    for (size_t k = 0; k < a->K; k++)
        row[k] = clipped(a, row[k]);
    if (a->rows_are == CLIPPED_FIRST)
        divide_by_sum(a, row);
}

/* logarithm (count) of p, in place; p = 0 gives the least or is counted. */
static void take_logarithms(struct problem *a, size_t count, scalar *p, const scalar *share)
{
    for (size_t i = 0; i < count; i++) {
        bool zero = p[i] == 0;
        a->infinite += zero && a->clip != LOGARITHM && (share == NULL || share[i] > 0);
        p[i] = zero ? 1 : p[i];
        scalar kept = p[i];
        question_team(a->q)->kernels->logarithm(1, &p[i], &kept);
        if (a->clip == LOGARITHM && (zero || p[i] < a->least))
            p[i] = a->least;
    }
}

static scalar loss_of(struct problem *a, size_t n, scalar *row)
{
    adjust(a, n, row);
    if (a->targets == NULL) {
        scalar *p = &row[a->labels[n]];
        take_logarithms(a, 1, p, NULL);
        return -*p;
    }
    const scalar *t = a->targets + n * a->K;
    scalar sum = 0;
    take_logarithms(a, a->K, row, t);
    for (size_t k = 0; k < a->K; k++)
        sum += t[k] > 0 ? t[k] * row[k] : 0;
    return -sum;
}

static void read_rule(struct problem *a)
{
    static const char *const clips[] = {"none", "both", "below", "logarithm", NULL};
    static const char *const rows[] = {"as_given", "clipped_then_normalized",
                                       "normalized_then_clipped", NULL};
    a->clip = question_choice(a->q, "clip", clips);
    a->rows_are = question_choice(a->q, "rows", rows);
    a->least = question_number_or(a->q, "least", -100);
    if (a->clip == BOTH || a->clip == BELOW) {
        a->epsilon = question_number(a->q, "epsilon");
        if (!(a->epsilon > 0 && a->epsilon < (scalar)0.5))
            question_refuse(a->q, "its 'epsilon' is %g; it must be in (0,1/2)", (double)a->epsilon);
    }
    if (!(a->least < 0))
        question_refuse(a->q, "its 'least' is %g; it must be negative", (double)a->least);
}

static void read_samples(struct problem *a)
{
    struct question *q = a->q;
    bool columns = question_axes(q, "probabilities") == 2;
    a->p = question_input(q, "probabilities", columns ? "[N]K" : "[N]");
    a->K = columns ? question_size(q, 'K') : 1;
    a->rows = question_part(q, 'N');
    if (question_size(q, 'N') * a->K == 0)
        question_refuse(q, "its 'probabilities' are empty; give some");
    if (columns && question_has(q, "targets"))
        a->targets = question_input(q, "targets", "[N]K");
    else
        a->labels = question_integers(q, "labels", "[N]", 0, columns ? (int)a->K - 1 : 1);
    a->weight = confusion_weights(q);
    long long wrong[2] = {0, 0};
    for (size_t i = 0; i < a->rows * a->K; i++) {
        wrong[0] += !(a->p[i] >= 0 && a->p[i] <= 1);
        wrong[1] += a->targets != NULL && a->targets[i] < 0;
    }
    reduce_integers(question_team(q), wrong, 2);
    if (wrong[0] > 0)
        question_refuse(q, "%lld of its 'probabilities' are outside [0,1]", wrong[0]);
    if (wrong[1] > 0)
        question_refuse(q, "%lld of its 'targets' are negative", wrong[1]);
}

void log_loss_run(struct question *q)
{
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct problem a = {.q = q};
    read_rule(&a);
    read_samples(&a);
    bool is_sum = question_choice(q, "reduction", reductions) == 1;
    scalar *row = question_scratch(q, a.K + 1), sum[2];
    struct reduction *reduction = question_sum(q, 'N', 2);
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            scalar weight = a.weight != NULL ? a.weight[n] : 1;
            leaf[0] += weight * loss_of(&a, n, row);
            leaf[1] += weight;
        }
        reduction_push(reduction);
    }
    reduction_finish(reduction, sum);
    long long bad[2] = {a.infinite, a.empty};
    reduce_integers(question_team(q), bad, 2);
    if (bad[0] + bad[1] > 0)
        question_refuse(q,
                        "%lld of its 'probabilities' are 0 for what happened, and %lld rows have "
                        "no sum; clip them",
                        bad[0], bad[1]);
    *question_output(q, "log_loss", "") = is_sum ? sum[0] : sum[0] / sum[1];
}
