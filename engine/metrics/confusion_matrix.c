// SPDX-License-Identifier: MIT
/* The confusion matrix; definition in reference/metrics/confusion_matrix.h.
 *
 * How it is distributed: the samples are sharded, predictions are made where the scores are, and
 * K^2 counts or sums of weights cross the network (confusion.h). Every rank has the whole matrix.
 */
#include "confusion.h"

static const int *cut_scores(struct question *q, size_t K)
{
    static const char *const comparisons[] = {"above", "at_least", NULL};
    const scalar *score = question_input(q, "scores", "[N]");
    scalar threshold = question_number_or(q, "threshold", (scalar)0.5);
    bool at_least = question_choice(q, "comparison", comparisons) == 1;
    int *predicted = arena_take(question_arena(q), question_part(q, 'N'), sizeof *predicted);
    if (K != 2)
        question_refuse(q, "its 'classes' are %zu; one score a sample is for 2", K);
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        predicted[n] = score[n] > threshold || (at_least && score[n] == threshold);
    return predicted;
}

static const int *largest_scores(struct question *q, size_t K)
{
    static const char *const ties[] = {"first", "last", NULL};
    const scalar *score = question_input(q, "scores", "[N]K");
    bool last = question_choice(q, "ties", ties) == 1;
    int *predicted = arena_take(question_arena(q), question_part(q, 'N'), sizeof *predicted);
    for (size_t n = 0; n < question_part(q, 'N'); n++, score += K)
        for (size_t k = 1; k < K; k++) {
            scalar best = score[predicted[n]];
            if (score[k] > best || (last && score[k] == best))
                predicted[n] = (int)k;
        }
    return predicted;
}

static struct confusion read_any(struct question *q)
{
    if (question_has(q, "predicted"))
        return confusion_read(q);
    struct confusion c = {.K = question_count(q, "classes", 1, 1000)};
    question_bind(q, 'K', c.K);
    c.labels = question_integers(q, "labels", "[N]", 0, (int)c.K - 1);
    c.N = question_size(q, 'N');
    if (c.N == 0)
        question_refuse(q, "its 'labels' are none; give samples");
    c.predicted = question_axes(q, "scores") == 1 ? cut_scores(q, c.K) : largest_scores(q, c.K);
    c.weight = confusion_weights(q);
    confusion_count(q, &c);
    return c;
}

static const int *read_subset(struct question *q, const struct confusion *c)
{
    int *seen = arena_take(question_arena(q), c->K, sizeof *seen);
    if (!question_has(q, "subset")) {
        for (size_t k = 0; k < c->K; k++)
            seen[k] = (int)k;
        question_bind(q, 'S', c->K);
        return seen;
    }
    const int *subset = question_integers(q, "subset", "S", 0, (int)c->K - 1);
    long long found = 0;
    for (size_t s = 0; s < question_size(q, 'S'); s++) {
        if (seen[subset[s]]++ > 0)
            question_refuse(q, "its 'subset' names class %d twice; once is enough", subset[s]);
        for (size_t n = 0; n < question_part(q, 'N'); n++)
            found += c->labels[n] == subset[s];
    }
    reduce_integers(question_team(q), &found, 1);
    if (found == 0)
        question_refuse(q, "its 'subset' names no class of any label; name one");
    return subset;
}

static void divide(scalar *matrix, const scalar *row, const scalar *column, size_t S, int how)
{
    scalar total = 0;
    for (size_t i = 0; i < S; i++)
        total += row[i];
    for (size_t i = 0; i < S; i++)
        for (size_t j = 0; j < S; j++) {
            scalar divisor = how == 1 ? row[i] : how == 2 ? column[j] : total;
            matrix[i * S + j] = divisor > 0 ? matrix[i * S + j] / divisor : 0;
        }
}

void confusion_matrix_run(struct question *q)
{
    static const char *const orientations[] = {"labels_in_rows", "predictions_in_rows", NULL};
    static const char *const ways[] = {"none", "true", "predicted", "all", NULL};
    struct confusion c = read_any(q);
    const int *subset = read_subset(q, &c);
    size_t S = question_size(q, 'S');
    question_bind(q, 'F', 4);
    scalar *matrix = question_output(q, "matrix", "SS"),
           *counts = question_output(q, "counts", "SF");
    scalar *part = question_scratch(q, S * S);
    scalar *row = question_scratch(q, S), *column = question_scratch(q, S);
    for (size_t i = 0; i < S; i++)
        for (size_t j = 0; j < S; j++) {
            scalar cell = c.matrix[(size_t)subset[i] * c.K + (size_t)subset[j]];
            part[i * S + j] = cell;
            row[i] += cell;
            column[j] += cell;
            for (size_t k = 0; k < S; k++)
                counts[4 * k + (i == k ? (j == k ? 0 : 2) : (j == k ? 1 : 3))] += cell;
        }
    bool turned = question_choice(q, "orientation", orientations) == 1;
    int how = question_choice(q, "normalize", ways);
    if (how > 0)
        divide(part, row, column, S, how);
    for (size_t i = 0; i < S; i++)
        for (size_t j = 0; j < S; j++)
            matrix[turned ? j * S + i : i * S + j] = part[i * S + j];
}
