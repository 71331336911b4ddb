// SPDX-License-Identifier: MIT
/* Data checks; definition in reference/foundations/data_checks.h.
 *
 * How it is distributed: the samples are sharded, and so are the features, which each rank compares
 * over all samples, and the epochs. A rank compares its samples with all before them, which it
 * holds. What crosses the network are counts: whole numbers, in any order.
 */
#include "../techniques.h"

#include <string.h>

enum { LARGEST = 1 << 20 };

/* The whole data, on every rank. */
struct data {
    const scalar *x, *rows;
    const int *label, *permutation;
    size_t N, D, C, E;
    long long problems; /* of this rank's share */
};

static bool equal(const scalar *a, const scalar *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] < b[i] || a[i] > b[i])
            return false;
    return true;
}

static void check_labels(struct question *q, struct data *data, size_t first, size_t part)
{
    scalar *ok = question_output(q, "label_ok", "[N]"), *counts = question_output(q, "counts", "C");
    long long *count = arena_take(question_arena(q), data->C, sizeof *count), empty = 0;
    for (size_t n = 0; n < part; n++) {
        const int label = data->label[first + n];
        ok[n] = label >= 0 && (size_t)label < data->C;
        if (ok[n] > 0)
            count[label]++;
        else
            data->problems++;
    }
    reduce_integers(question_team(q), count, data->C);
    for (size_t c = 0; c < data->C; c++) {
        counts[c] = (scalar)count[c];
        empty += count[c] == 0;
    }
    question_output(q, "empty", "")[0] = (scalar)empty;
    if (question_team(q)->rank == 0)
        data->problems += empty;
}

/* 0 fine, 1 not one-hot, 2 another class. */
static int judge_row(const scalar *row, size_t C, int label)
{
    size_t zeros = 0, ones = 0;
    for (size_t c = 0; c < C; c++) {
        zeros += row[c] >= 0 && row[c] <= 0;
        ones += row[c] >= 1 && row[c] <= 1;
    }
    if (ones != 1 || zeros != C - 1)
        return 1;
    return label >= 0 && (size_t)label < C && row[label] > 0 ? 0 : 2;
}

static void check_rows(struct question *q, struct data *data, size_t first, size_t part)
{
    scalar *one_hot = question_output(q, "one_hot", "[N]");
    for (size_t n = 0; n < part; n++) {
        const int problem =
            judge_row(data->rows + (first + n) * data->C, data->C, data->label[first + n]);
        one_hot[n] = (scalar)problem;
        data->problems += problem != 0;
    }
}

static void check_twins(struct question *q, struct data *data, size_t first, size_t part)
{
    scalar *twin_of = question_output(q, "twin_of", "[N]");
    scalar *conflict = question_output(q, "conflict", "[N]");
    for (size_t n = first; n < first + part; n++) {
        size_t m = 0;
        while (m < n && !equal(data->x + m * data->D, data->x + n * data->D, data->D))
            m++;
        twin_of[n - first] = m < n ? (scalar)m : -1;
        conflict[n - first] = data->label[m] != data->label[n];
        data->problems += m < n;
    }
}

static void check_features(struct question *q, struct data *data)
{
    scalar *constant = question_output(q, "constant", "[D]");
    const size_t first = question_first(q, 'D');
    for (size_t d = first; d < first + question_part(q, 'D'); d++) {
        size_t n = 1;
        while (n < data->N && equal(data->x + n * data->D + d, data->x + d, 1))
            n++;
        constant[d - first] = n == data->N;
        data->problems += n == data->N && data->N > 1;
    }
}

static void check_permutations(struct question *q, struct data *data, bool must_shuffle)
{
    scalar *valid = question_output(q, "valid", "[E]");
    scalar *shuffled = question_output(q, "shuffled", "[E]");
    unsigned char *seen = arena_take(question_arena(q), data->N, 1);
    const size_t first = question_first(q, 'E'), N = data->N;
    for (size_t e = first; e < first + question_part(q, 'E'); e++) {
        const int *row = data->permutation + e * N;
        size_t missing = N, moved = 0;
        memset(seen, 0, N);
        for (size_t n = 0; n < N; n++) {
            missing -= seen[row[n]] == 0;
            seen[row[n]] = 1;
            moved += row[n] != (e > 0 ? row[(ptrdiff_t)n - (ptrdiff_t)N] : (int)n);
        }
        valid[e - first] = missing == 0;
        shuffled[e - first] = moved != 0;
        data->problems += missing != 0 || (must_shuffle && moved == 0);
    }
}

void data_checks_run(struct question *q)
{
    static const char *const shufflings[] = {"required", "free", NULL};
    const bool must_shuffle = question_choice(q, "shuffling", shufflings) == 0;
    question_split_evenly(q, 'N');
    question_split_evenly(q, 'D');
    question_split_evenly(q, 'E');
    struct data data = {.x = question_input(q, "x", "ND"),
                        .label = question_integers(q, "label", "N", -LARGEST, LARGEST),
                        .N = question_size(q, 'N'),
                        .D = question_size(q, 'D'),
                        .C = question_count(q, "classes", 1, LARGEST)};
    if (data.N == 0)
        question_refuse(q, "its input 'x' holds no sample");
    question_bind(q, 'C', data.C);
    if (question_has(q, "rows"))
        data.rows = question_input(q, "rows", "NC");
    if (question_has(q, "permutation"))
        data.permutation = question_integers(q, "permutation", "EN", 0, (int)data.N - 1);
    question_input(q, "x", "[N]D"); /* shards the samples */
    const size_t first = question_first(q, 'N'), part = question_part(q, 'N');
    check_labels(q, &data, first, part);
    if (data.rows != NULL)
        check_rows(q, &data, first, part);
    check_twins(q, &data, first, part);
    check_features(q, &data);
    if (data.permutation != NULL)
        check_permutations(q, &data, must_shuffle);
    reduce_integers(question_team(q), &data.problems, 1);
    question_output(q, "problems", "")[0] = (scalar)data.problems;
}
