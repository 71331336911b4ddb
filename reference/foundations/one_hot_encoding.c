// SPDX-License-Identifier: MIT
#include "one_hot_encoding.h"

enum { LARGEST_LABEL = 1 << 20 };
enum outside { REFUSE, ALL_OFF, WRAP };

int one_hot_class(int label, int classes, int outside)
{
    if (label >= 0 && label < classes)
        return label;
    if (outside == WRAP && label < 0 && label >= -classes)
        return label + classes;
    return outside == ALL_OFF ? -1 : -2;
}

int one_hot_decode(const real *row, size_t C, int last_wins)
{
    size_t best = 0;
    int all_equal = 1;
    for (size_t k = 1; k < C; k++) {
        all_equal &= row[k] == row[0];
        if (row[k] > row[best] || (last_wins && row[k] == row[best]))
            best = k;
    }
    return all_equal ? -1 : (int)best;
}

static int count_classes(struct call *call, const int *labels, size_t N, int has_ignored,
                         int ignored)
{
    int largest = 0;
    for (size_t n = 0; n < N; n++) {
        if (labels[n] > largest && !(has_ignored && labels[n] == ignored))
            largest = labels[n];
    }
    return (int)call_count_or(call, "classes", (size_t)largest + 1, 1, LARGEST_LABEL);
}

static void encode(struct call *call, const int *labels, int has_ignored, int ignored)
{
    static const char *const outsides[] = {"refuse", "off", "wrap", NULL};
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    int outside = call_choice(call, "outside", outsides);
    real on = call_number_or(call, "on", R(1.0)), off = call_number_or(call, "off", R(0.0));
    real *encoded = call_output(call, "encoded", "NC");
    real *counts = call_output_integers(call, "counts", "C");
    for (size_t n = 0; n < N; n++) {
        int k =
            has_ignored && labels[n] == ignored ? -1 : one_hot_class(labels[n], (int)C, outside);
        if (k == -2)
            call_fail(call, "element %zu of input 'labels' is %d, outside of 0..%zu", n, labels[n],
                      C - 1);
        for (size_t c = 0; c < C; c++)
            encoded[n * C + c] = (int)c == k ? on : off;
        if (k >= 0)
            counts[k] += 1;
    }
}

/* What had to be larger than what, for the sample's answer. */
static void decide(struct call *call, const real *row, size_t C, int best)
{
    for (size_t k = 0; k < C && best >= 0; k++) {
        real distance = row[best] - row[k];
        if ((int)k != best)
            call_decisions(call, 1, &distance);
    }
}

static void decode(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    const real *rows = call_input(call, "rows", "MC");
    size_t M = call_size(call, 'M'), C = call_size(call, 'C');
    int last_wins = call_choice(call, "ties", ties);
    real blank = call_number_or(call, "blank", R(-1.0));
    real *decoded = call_output_integers(call, "decoded", "M");
    for (size_t m = 0; m < M; m++) {
        int best = one_hot_decode(&rows[m * C], C, last_wins);
        decoded[m] = best < 0 ? blank : (real)best;
        decide(call, &rows[m * C], C, best);
    }
}

void one_hot_encoding_answer(struct call *call)
{
    const int *labels = call_integers(call, "labels", "N", -LARGEST_LABEL, LARGEST_LABEL - 1);
    size_t N = call_size(call, 'N');
    const real none = (real)(2 * LARGEST_LABEL);
    real ignored = call_number_or(call, "ignored", none);
    call_bind(call, 'C', (size_t)count_classes(call, labels, N, ignored != none, (int)ignored));
    encode(call, labels, ignored != none, (int)ignored);
    if (call_has(call, "rows"))
        decode(call);
}
