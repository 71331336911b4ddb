// SPDX-License-Identifier: MIT
#include "confusion_matrix.h"

void confusion_matrix_counts(real *counts, const real *matrix, size_t S)
{
    for (size_t k = 0; k < S; k++) {
        for (size_t i = 0; i < S; i++) {
            for (size_t j = 0; j < S; j++) {
                size_t place = i == k ? (j == k ? 0 : 2) : (j == k ? 1 : 3);
                counts[k * 4 + place] = counts[k * 4 + place] + matrix[i * S + j];
            }
        }
    }
}

/* Predictions from scores (N) and a threshold. */
static const int *cut(struct call *call, struct confusion *c)
{
    static const char *const comparisons[] = {"above", "at_least", NULL};
    const real *score = call_input(call, "scores", "N");
    real threshold = call_number_or(call, "threshold", R(0.5));
    int at_least = call_choice(call, "comparison", comparisons);
    int *predicted = call_scratch_integers(call, call_size(call, 'N'));
    if (c->K != 2)
        call_fail(call, "number 'classes' must be 2 when each sample has one score");
    for (size_t n = 0; n < call_size(call, 'N'); n++) {
        real gap = score[n] - threshold;
        call_decisions(call, 1, &gap);
        predicted[n] = at_least ? score[n] >= threshold : score[n] > threshold;
    }
    return predicted;
}

/* Predictions from scores (N,K). */
static const int *largest(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    const real *score = call_input(call, "scores", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K');
    int last = call_choice(call, "ties", ties);
    int *predicted = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        const real *s = &score[n * K];
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = s[k] > s[best] || (last && s[k] == s[best]) ? k : best;
        for (size_t k = 0; k < K; k++) {
            real gap = s[best] - s[k];
            call_decisions(call, k != best, &gap);
        }
        predicted[n] = (int)best;
    }
    return predicted;
}

static struct confusion read(struct call *call)
{
    if (call_has(call, "predicted"))
        return confusion_read(call);
    struct confusion c = {.K = call_count(call, "classes", 1, 1000)};
    c.labels = call_integers(call, "labels", "N", 0, (int)c.K - 1);
    c.N = call_size(call, 'N');
    call_bind(call, 'K', c.K);
    if (c.N == 0)
        call_fail(call, "input 'labels' has no samples");
    c.predicted = call_rank(call, "scores") == 1 ? cut(call, &c) : largest(call);
    c.weight = confusion_weights(call, c.N);
    c.block = call_block(call);
    confusion_count(call, &c);
    return c;
}

/* The classes of the matrix. */
static const int *read_subset(struct call *call, const struct confusion *c)
{
    int *all = call_scratch_integers(call, c->K), found = 0;
    if (!call_has(call, "subset")) {
        call_bind(call, 'S', c->K);
        for (size_t k = 0; k < c->K; k++)
            all[k] = (int)k;
        return all;
    }
    const int *subset = call_integers(call, "subset", "S", 0, (int)c->K - 1);
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        if (all[subset[s]]++)
            call_fail(call, "input 'subset' names class %d twice", subset[s]);
        for (size_t n = 0; n < c->N; n++)
            found |= c->labels[n] == subset[s];
    }
    if (!found)
        call_fail(call, "input 'subset' names no class of any label");
    return subset;
}

/* Divides matrix (S,S), labels in rows. */
static void normalize(struct call *call, real *matrix, size_t S, int how)
{
    real *row = call_scratch(call, S), *column = call_scratch(call, S), total = 0;
    for (size_t i = 0; i < S; i++) {
        for (size_t j = 0; j < S; j++) {
            row[i] = row[i] + matrix[i * S + j];
            column[i] = column[i] + matrix[j * S + i];
        }
        total = total + row[i];
    }
    for (size_t k = 0; k < S * S; k++) {
        real divisor = how == 1 ? row[k / S] : how == 2 ? column[k % S] : total;
        matrix[k] = divisor > 0 ? matrix[k] / divisor : 0;
    }
}

void confusion_matrix_answer(struct call *call)
{
    static const char *const orientations[] = {"labels_in_rows", "predictions_in_rows", NULL};
    static const char *const ways[] = {"none", "true", "predicted", "all", NULL};
    struct confusion c = read(call);
    const int *subset = read_subset(call, &c);
    size_t S = call_size(call, 'S');
    int turned = call_choice(call, "orientation", orientations);
    int how = call_choice(call, "normalize", ways);
    call_bind(call, 'F', 4);
    real *(*output)(struct call *, const char *, const char *) =
        c.weight ? call_output : call_output_integers;
    real *matrix = (how ? call_output : output)(call, "matrix", "SS");
    real *part = call_scratch(call, S * S);
    for (size_t k = 0; k < S * S; k++)
        part[k] = c.matrix[(size_t)subset[k / S] * c.K + (size_t)subset[k % S]];
    confusion_matrix_counts(output(call, "counts", "SF"), part, S);
    if (how)
        normalize(call, part, S, how);
    for (size_t k = 0; k < S * S; k++)
        matrix[k] = part[turned ? k % S * S + k / S : k];
}
