// SPDX-License-Identifier: MIT
/* One-hot encoding; definition in reference/foundations/one_hot_encoding.h.
 *
 * How it is distributed: the labels are sharded, and so are the rows to decode. C whole numbers
 * cross the network, the counts of the classes; integers add in any order. Where the number of
 * classes is not stated every rank finds it from all labels, which it holds anyway.
 */
#include "../techniques.h"

enum { LARGEST_LABEL = 1 << 20 };

struct coding {
    bool has_ignored, last_wins;
    int ignored, outside; /* refuse, off, wrap */
    scalar on, off, blank;
};

/* Where the label's `on` goes; C for nowhere. */
static size_t place(const struct coding *coding, int label, size_t C)
{
    if (coding->has_ignored && label == coding->ignored)
        return C;
    if (label < 0 && coding->outside == 2 && (size_t)-label <= C)
        return C - (size_t)-label;
    return label >= 0 && (size_t)label < C ? (size_t)label : C;
}

/* Refuses, on all ranks alike, what cannot be placed; returns the number of classes. */
static size_t find_classes(struct question *q, const struct coding *coding)
{
    const int *labels = question_integers(q, "labels", "N", -LARGEST_LABEL, LARGEST_LABEL - 1);
    size_t C = 1, N = question_size(q, 'N');
    for (size_t n = 0; n < N; n++)
        if (labels[n] >= 0 && place(coding, labels[n], LARGEST_LABEL) != LARGEST_LABEL)
            C = (size_t)labels[n] >= C ? (size_t)labels[n] + 1 : C;
    if (question_number_or(q, "classes", -1) == question_number_or(q, "classes", -2)) /* stated */
        C = question_count(q, "classes", 1, LARGEST_LABEL);
    for (size_t n = 0; n < N && coding->outside != 1; n++)
        if (place(coding, labels[n], C) == C &&
            !(coding->has_ignored && labels[n] == coding->ignored))
            question_refuse(q, "element %zu of input 'labels' is %d, outside of 0..%zu", n,
                            labels[n], C - 1);
    return C;
}

static scalar decode(const struct coding *coding, const scalar *row, size_t C)
{
    size_t best = 0, equal = 1;
    for (size_t k = 1; k < C; k++) {
        equal += row[k] == row[0];
        if (coding->last_wins ? row[k] >= row[best] : row[k] > row[best])
            best = k;
    }
    return equal == C ? coding->blank : (scalar)best;
}

static struct coding read_coding(struct question *q)
{
    static const char *const outsides[] = {"refuse", "off", "wrap", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const scalar none = 2 * LARGEST_LABEL;
    scalar ignored = question_number_or(q, "ignored", none);
    return (struct coding){.has_ignored = ignored != none,
                           .ignored = (int)ignored,
                           .outside = question_choice(q, "outside", outsides),
                           .last_wins = question_choice(q, "ties", ties) == 1,
                           .on = question_number_or(q, "on", 1),
                           .off = question_number_or(q, "off", 0),
                           .blank = question_number_or(q, "blank", -1)};
}

void one_hot_encoding_run(struct question *q)
{
    struct coding coding = read_coding(q);
    size_t C = find_classes(q, &coding);
    question_bind(q, 'C', C);
    const int *labels = question_integers(q, "labels", "[N]", -LARGEST_LABEL, LARGEST_LABEL - 1);
    scalar *encoded = question_output(q, "encoded", "[N]C"),
           *counts = question_output(q, "counts", "C");
    long long *count = arena_take(question_arena(q), C, sizeof *count);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        size_t k = place(&coding, labels[n], C);
        for (size_t c = 0; c < C; c++)
            encoded[n * C + c] = coding.off;
        if (k < C) {
            encoded[n * C + k] = coding.on;
            count[k]++;
        }
    }
    reduce_integers(question_team(q), count, C);
    for (size_t c = 0; c < C; c++)
        counts[c] = (scalar)count[c];
    if (!question_has(q, "rows"))
        return;
    const scalar *rows = question_input(q, "rows", "[M]C");
    scalar *decoded = question_output(q, "decoded", "[M]");
    for (size_t m = 0; m < question_part(q, 'M'); m++)
        decoded[m] = decode(&coding, rows + m * C, C);
}
