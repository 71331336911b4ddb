// SPDX-License-Identifier: MIT
/* The largest losses; definition in reference/metrics/top_loss_samples.h.
 *
 * How it is distributed: the samples are sharded for the sums, which cross the network once: of all
 * losses and of those of every class. Ranks are found by comparisons on every rank, which holds all
 * losses.
 */
#include "../techniques.h"

#include <stdlib.h>

struct ranked {
    scalar loss;
    size_t sample;
    bool last;
};

static int largest_first(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->loss != b->loss)
        return a->loss > b->loss ? -1 : 1;
    return (a->sample > b->sample) == a->last ? -1 : 1;
}

/* total (1 + C): of all, and of each class. */
static scalar *sum_losses(struct question *q, const scalar *loss, const int *labels, size_t C)
{
    scalar *total = question_scratch(q, 1 + C);
    struct reduction *sum = question_sum(q, 'N', 1 + C);
    const size_t first = question_first(q, 'N');
    for (size_t i = 0; i < reduction_pieces(sum); i++) {
        const struct piece piece = reduction_piece(sum, i);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = first + piece.first; n < first + piece.first + piece.count; n++) {
            leaf[0] += loss[n];
            if (labels != NULL)
                leaf[1 + labels[n]] += loss[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
    return total;
}

static void describe_classes(struct question *q, const struct ranked *ranked, const int *labels,
                             const scalar *total, size_t P)
{
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C');
    scalar *mean = question_output(q, "class_loss", "C"),
           *top = question_output(q, "class_top", "C");
    size_t *count = arena_take(question_arena(q), C, sizeof *count);
    for (size_t n = 0; n < N; n++)
        count[labels[n]]++;
    for (size_t c = 0; c < C; c++)
        mean[c] = count[c] == 0 ? 0 : total[c] / (scalar)count[c];
    for (size_t i = 0; i < P; i++)
        top[labels[ranked[i].sample]] += 1;
}

void top_loss_samples_run(struct question *q)
{
    static const char *const ties[] = {"first", "last", NULL};
    static const char *const values[] = {"loss", "excess", NULL};
    const bool last = question_choice(q, "ties", ties) == 1;
    const bool excess = question_choice(q, "value", values) == 1;
    question_input(q, "loss", "[N]");
    const scalar *loss = question_input(q, "loss", "N");
    const size_t N = question_size(q, 'N'), P = question_count(q, "top", 1, N);
    const int *labels = NULL;
    size_t C = 0;
    question_bind(q, 'P', P);
    if (question_has(q, "labels")) {
        C = question_count(q, "classes", 1, 1024);
        question_bind(q, 'C', C);
        labels = question_integers(q, "labels", "N", 0, (int)C - 1);
    }
    struct ranked *ranked = arena_take(question_arena(q), N, sizeof *ranked);
    for (size_t n = 0; n < N; n++) {
        if (!(loss[n] >= 0))
            question_refuse(q, "its input 'loss' is negative for sample %zu", n);
        ranked[n] = (struct ranked){loss[n], n, last};
    }
    const scalar *total = sum_losses(q, loss, labels, C);
    if (!(total[0] > 0))
        question_refuse(q, "its input 'loss' adds up to 0");
    qsort(ranked, N, sizeof *ranked, largest_first);
    scalar *index = question_output(q, "index", "P"), *value = question_output(q, "value", "P");
    scalar top = 0;
    for (size_t i = 0; i < P; i++) {
        index[i] = (scalar)ranked[i].sample;
        value[i] = excess ? ranked[i].loss - total[0] / (scalar)N : ranked[i].loss;
        top += ranked[i].loss;
    }
    *question_output(q, "share", "") = top / total[0];
    if (labels != NULL)
        describe_classes(q, ranked, labels, total + 1, P);
}
