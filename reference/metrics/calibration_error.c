// SPDX-License-Identifier: MIT
#include "calibration_error.h"

enum { UNIFORM, QUANTILE, EQUAL_COUNT };
enum { L1, L2, MAX };

/* order (N): indices by rising p, equal ones by rising index; gaps are decisions. */
static int *sort(struct call *call, const real *p, size_t N)
{
    int *order = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        size_t k = n;
        for (; k > 0 && p[order[k - 1]] > p[n]; k--)
            order[k] = order[k - 1];
        order[k] = (int)n;
    }
    for (size_t n = 1; n < N; n++) {
        real gap = p[order[n]] - p[order[n - 1]];
        call_decisions(call, 1, &gap);
    }
    return order;
}

static void bins_quantile(struct call *call, int *bin, const real *p, size_t N, size_t B, int right)
{
    const int *order = sort(call, p, N);
    for (size_t n = 0; n < N; n++)
        bin[n] = 0;
    for (size_t k = 1; k < B; k++) {
        size_t i = (N - 1) * k / B, rest = (N - 1) * k % B;
        real edge = p[order[i]];
        if (rest > 0)
            edge = edge + real_count(rest) / real_count(B) * (p[order[i + 1]] - edge);
        for (size_t n = 0; n < N; n++) {
            real gap = p[n] - edge;
            call_decisions(call, 1, &gap);
            bin[n] += right ? gap > 0 : gap >= 0;
        }
    }
}

static void bins_equal(struct call *call, int *bin, const real *p, size_t N, size_t B)
{
    const int *order = sort(call, p, N);
    size_t n = 0;
    for (size_t k = 0; k < B; k++) {
        for (size_t i = 0; i < N / B + (k < N % B); i++)
            bin[order[n++]] = (int)k;
    }
}

static struct bins fill(struct call *call, const real *p, const int *event, size_t N, size_t B)
{
    static const char *const binnings[] = {"uniform", "quantile", "equal_count", NULL};
    static const char *const closings[] = {"right", "left", NULL};
    int binning = call_choice(call, "binning", binnings);
    int right = call_choice(call, "closed", closings) == 0;
    int *bin = call_scratch_integers(call, N);
    if (binning == UNIFORM)
        bins_uniform(call, bin, p, N, B, right);
    else if (binning == QUANTILE)
        bins_quantile(call, bin, p, N, B, right);
    else
        bins_equal(call, bin, p, N, B);
    return bins_fill(call, p, event, NULL, bin, N, B);
}

static real error_of(struct call *call, const struct bins *b, size_t N)
{
    static const char *const norms[] = {"l1", "l2", "max", NULL};
    int norm = call_choice(call, "norm", norms);
    real *term = call_scratch(call, b->B), largest = 0;
    for (size_t k = 0; k < b->B; k++) {
        real gap = real_abs(b->frequency[k] - b->confidence[k]);
        term[k] = b->count[k] / real_count(N) * (norm == L2 ? gap * gap : gap);
        largest = gap > largest ? gap : largest;
    }
    if (norm == MAX)
        return largest;
    real sum = sum_features(b->B, term, 1);
    return norm == L2 ? real_sqrt(sum) : sum;
}

static void put_bins(struct call *call, const struct bins *b, size_t N)
{
    *call_output(call, "calibration_error", "") = error_of(call, b, N);
    call_bind(call, 'B', b->B);
    real *count = call_output_integers(call, "count", "B");
    real *confidence = call_output(call, "confidence", "B");
    real *frequency = call_output(call, "frequency", "B");
    for (size_t k = 0; k < b->B; k++) {
        count[k] = b->count[k];
        confidence[k] = b->confidence[k];
        frequency[k] = b->frequency[k];
    }
}

static void answer_top(struct call *call, const real *p, const int *label, size_t N, size_t K,
                       size_t B)
{
    real *top = call_scratch(call, N);
    int *right = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = p[n * K + k] > p[n * K + best] ? k : best;
        for (size_t k = 0; k < K; k++) {
            real gap = p[n * K + best] - p[n * K + k];
            call_decisions(call, k != best, &gap);
        }
        top[n] = p[n * K + best];
        right[n] = (size_t)label[n] == best;
    }
    struct bins b = fill(call, top, right, N, B);
    put_bins(call, &b, N);
}

static void answer_classes(struct call *call, const real *p, const int *label, size_t N, size_t K,
                           size_t B)
{
    real *error = call_output(call, "calibration_error", "");
    real *class_error = call_output(call, "class_error", "K"), *column = call_scratch(call, N);
    int *event = call_scratch_integers(call, N);
    for (size_t k = 0; k < K; k++) {
        for (size_t n = 0; n < N; n++) {
            column[n] = p[n * K + k];
            event[n] = (size_t)label[n] == k;
        }
        struct bins b = fill(call, column, event, N, B);
        class_error[k] = error_of(call, &b, N);
    }
    *error = sum_features(K, class_error, 1) / real_count(K);
}

void calibration_error_answer(struct call *call)
{
    static const char *const ways[] = {"top_label", "class_wise", NULL};
    int columns = call_rank(call, "probabilities") == 2;
    const real *p = call_input(call, "probabilities", columns ? "NK" : "N");
    size_t N = call_size(call, 'N'), K = columns ? call_size(call, 'K') : 1;
    size_t B = call_count_or(call, "bins", 10, 1, 1000);
    if (N * K == 0)
        call_fail(call, "input 'probabilities' is empty");
    for (size_t i = 0; i < N * K; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            call_fail(call, "input 'probabilities' is outside [0,1] at element %zu", i);
    }
    const int *label = call_integers(call, "labels", "N", 0, columns ? (int)K - 1 : 1);
    int class_wise = call_choice(call, "classes", ways);
    if (!columns) {
        struct bins b = fill(call, p, label, N, B);
        put_bins(call, &b, N);
    } else if (class_wise) {
        answer_classes(call, p, label, N, K, B);
    } else {
        answer_top(call, p, label, N, K, B);
    }
}
