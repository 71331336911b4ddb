// SPDX-License-Identifier: MIT
/* The calibration error; definition in reference/metrics/calibration_error.h.
 *
 * How it is distributed: the samples are sharded, and three sums for each bin cross the network.
 * For bins that depend on the order of the probabilities every rank gets all of these.
 */
#include "bins.h"
#include "keys.h"
#include "ranking.h"

#include <string.h>

enum { UNIFORM, QUANTILE, EQUAL_COUNT };
enum { L1, L2, MAX };

struct problem {
    struct question *q;
    size_t N, K, B, rows, first;
    const scalar *p;
    const int *labels;
    int binning, norm;
    bool closed_right;
    int *bin; /* (rows) */
};

/* order (N): everybody's samples by rising probability, equal ones by rising index. */
static const uint32_t *sort(const struct problem *a, const scalar *whole)
{
    uint32_t *order = arena_take(question_arena(a->q), a->N, sizeof *order);
    scalar *turned = question_scratch(a->q, a->N);
    for (size_t n = 0; n < a->N; n++)
        turned[n] = -whole[n];
    keys_order(question_arena(a->q), order, turned, a->N);
    return order;
}

static void find_quantile_bins(const struct problem *a, const scalar *p)
{
    const scalar *whole = ranking_gather(a->q, 'N', 1, p);
    const uint32_t *order = sort(a, whole);
    memset(a->bin, 0, a->rows * sizeof *a->bin);
    for (size_t k = 1; k < a->B; k++) {
        size_t i = (a->N - 1) * k / a->B, rest = (a->N - 1) * k % a->B;
        scalar edge = whole[order[i]];
        if (rest > 0)
            edge += (scalar)rest / (scalar)a->B * (whole[order[i + 1]] - edge);
        for (size_t n = 0; n < a->rows; n++)
            a->bin[n] += p[n] > edge || (!a->closed_right && p[n] == edge);
    }
}

static void find_equal_bins(const struct problem *a, const scalar *p)
{
    const uint32_t *order = sort(a, ranking_gather(a->q, 'N', 1, p));
    size_t width = a->N / a->B, longer = a->N % a->B; /* the first `longer` bins have one more */
    for (size_t i = 0; i < a->N; i++) {
        size_t n = order[i], head = longer * (width + 1);
        if (n >= a->first && n < a->first + a->rows)
            a->bin[n - a->first] = (int)(i < head ? i / (width + 1) : longer + (i - head) / width);
    }
}

static struct bins fill(const struct problem *a, const scalar *p, const int *event)
{
    if (a->binning == QUANTILE)
        find_quantile_bins(a, p);
    else if (a->binning == EQUAL_COUNT)
        find_equal_bins(a, p);
    else
        for (size_t n = 0; n < a->rows; n++)
            a->bin[n] = (int)bins_uniform(p[n], a->B, a->closed_right);
    return bins_fill(a->q, p, event, NULL, a->bin, a->B);
}

static scalar error_of(const struct problem *a, const struct bins *b)
{
    scalar sum = 0, largest = 0;
    for (size_t k = 0; k < b->B; k++) {
        scalar gap = scalar_absolute(b->frequency[k] - b->confidence[k]);
        sum += b->count[k] / (scalar)a->N * (a->norm == L2 ? gap * gap : gap);
        largest = gap > largest ? gap : largest;
    }
    return a->norm == MAX ? largest : a->norm == L2 ? scalar_sqrt(sum) : sum;
}

static void put_bins(const struct problem *a, const struct bins *b)
{
    static const char *const names[] = {"count", "confidence", "frequency"};
    const scalar *from[] = {b->count, b->confidence, b->frequency};
    *question_output(a->q, "calibration_error", "") = error_of(a, b);
    question_bind(a->q, 'B', b->B);
    for (int i = 0; i < 3; i++)
        memcpy(question_output(a->q, names[i], "B"), from[i], b->B * sizeof(scalar));
}

static void answer_classes(const struct problem *a)
{
    scalar *error = question_output(a->q, "calibration_error", "");
    scalar *class_error = question_output(a->q, "class_error", "K"), sum = 0;
    scalar *column = question_scratch(a->q, a->rows);
    int *event = arena_take(question_arena(a->q), a->rows, sizeof *event);
    for (size_t k = 0; k < a->K; k++) {
        for (size_t n = 0; n < a->rows; n++) {
            column[n] = a->p[n * a->K + k];
            event[n] = a->labels[n] == (int)k;
        }
        struct bins b = fill(a, column, event);
        class_error[k] = error_of(a, &b);
        sum += class_error[k];
    }
    *error = sum / (scalar)a->K;
}

static void answer_top(const struct problem *a)
{
    scalar *top = question_scratch(a->q, a->rows);
    int *right = arena_take(question_arena(a->q), a->rows, sizeof *right);
    for (size_t n = 0; n < a->rows; n++) {
        const scalar *row = a->p + n * a->K;
        size_t best = 0;
        for (size_t k = 1; k < a->K; k++)
            best = row[k] > row[best] ? k : best;
        top[n] = row[best];
        right[n] = a->labels[n] == (int)best;
    }
    struct bins b = fill(a, top, right);
    put_bins(a, &b);
}

static void check(const struct problem *a)
{
    long long wrong = 0;
    if (a->N * a->K == 0)
        question_refuse(a->q, "its 'probabilities' are empty; give some");
    for (size_t i = 0; i < a->rows * a->K; i++)
        wrong += !(a->p[i] >= 0 && a->p[i] <= 1);
    reduce_integers(question_team(a->q), &wrong, 1);
    if (wrong > 0)
        question_refuse(a->q, "%lld of its 'probabilities' are outside [0,1]", wrong);
}

void calibration_error_run(struct question *q)
{
    static const char *const ways[] = {"top_label", "class_wise", NULL};
    static const char *const binnings[] = {"uniform", "quantile", "equal_count", NULL};
    static const char *const closings[] = {"right", "left", NULL};
    static const char *const norms[] = {"l1", "l2", "max", NULL};
    bool columns = question_axes(q, "probabilities") == 2;
    struct problem a = {.q = q, .p = question_input(q, "probabilities", columns ? "[N]K" : "[N]")};
    a.N = question_size(q, 'N');
    a.K = columns ? question_size(q, 'K') : 1;
    a.B = question_count_or(q, "bins", 10, 1, 1000);
    a.rows = question_part(q, 'N');
    a.first = question_first(q, 'N');
    check(&a);
    a.labels = question_integers(q, "labels", "[N]", 0, columns ? (int)a.K - 1 : 1);
    a.binning = question_choice(q, "binning", binnings);
    a.closed_right = question_choice(q, "closed", closings) == 0;
    a.norm = question_choice(q, "norm", norms);
    a.bin = arena_take(question_arena(q), a.rows, sizeof *a.bin);
    bool class_wise = question_choice(q, "classes", ways) == 1;
    if (!columns) {
        struct bins b = fill(&a, a.p, a.labels);
        put_bins(&a, &b);
    } else if (class_wise) {
        answer_classes(&a);
    } else {
        answer_top(&a);
    }
}
