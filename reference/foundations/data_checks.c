// SPDX-License-Identifier: MIT
#include "data_checks.h"

enum { LARGEST = 1 << 20 };

int one_hot_problem(const real *row, size_t C, int label)
{
    int hot = -1, ones = 0;
    for (size_t c = 0; c < C; c++) {
        if (row[c] > 0 || row[c] < 0) {
            ones += row[c] > 1 || row[c] < 1 ? 2 : 1;
            hot = (int)c;
        }
    }
    if (ones != 1)
        return 1;
    return hot == label ? 0 : 2;
}

int first_twin(const real *x, size_t n, size_t D)
{
    for (size_t m = 0; m < n; m++) {
        size_t d = 0;
        while (d < D && !(x[n * D + d] < x[m * D + d] || x[n * D + d] > x[m * D + d]))
            d++;
        if (d == D)
            return (int)m;
    }
    return -1;
}

int holds_all(const int *row, int *seen, size_t N)
{
    int twice = 0;
    for (size_t n = 0; n < N; n++)
        twice += seen[row[n]]++ > 0;
    return twice == 0;
}

/* Returns the number of problems of labels, classes and one-hot rows. */
static size_t check_labels(struct call *call, const int *label, size_t N, size_t C)
{
    real *ok = call_output_integers(call, "label_ok", "N");
    real *counts = call_output_integers(call, "counts", "C");
    real *empty = call_output_integers(call, "empty", "");
    size_t problems = 0;
    for (size_t n = 0; n < N; n++) {
        ok[n] = label[n] >= 0 && (size_t)label[n] < C;
        problems += !(ok[n] > 0);
        if (ok[n] > 0)
            counts[label[n]] += 1;
    }
    for (size_t c = 0; c < C; c++)
        *empty += counts[c] < 1;
    problems += (size_t)*empty;
    if (!call_has(call, "rows"))
        return problems;
    const real *rows = call_input(call, "rows", "NC");
    real *one_hot = call_output_integers(call, "one_hot", "N");
    for (size_t n = 0; n < N; n++) {
        one_hot[n] = (real)one_hot_problem(&rows[n * C], C, label[n]);
        problems += one_hot[n] > 0;
    }
    return problems;
}

static size_t check_features(struct call *call, const real *x, const int *label, size_t N)
{
    real *twin_of = call_output_integers(call, "twin_of", "N");
    real *conflict = call_output_integers(call, "conflict", "N");
    real *constant = call_output_integers(call, "constant", "D");
    size_t D = call_size(call, 'D'), problems = 0;
    for (size_t n = 0; n < N; n++) {
        int twin = first_twin(x, n, D);
        twin_of[n] = (real)twin;
        conflict[n] = twin >= 0 && label[twin] != label[n];
        problems += twin >= 0;
    }
    for (size_t d = 0; d < D; d++) {
        size_t n = 1;
        while (n < N && !(x[n * D + d] < x[d] || x[n * D + d] > x[d]))
            n++;
        constant[d] = n == N;
        problems += n == N && N > 1;
    }
    return problems;
}

static size_t check_permutations(struct call *call, size_t N, int free)
{
    const int *permutation = call_integers(call, "permutation", "EN", 0, (int)N - 1);
    size_t E = call_size(call, 'E'), problems = 0;
    real *valid = call_output_integers(call, "valid", "E");
    real *shuffled = call_output_integers(call, "shuffled", "E");
    for (size_t e = 0; e < E; e++) {
        const int *row = &permutation[e * N];
        valid[e] = (real)holds_all(row, call_scratch_integers(call, N), N);
        for (size_t n = 0; n < N; n++) {
            if (row[n] != (e == 0 ? (int)n : permutation[(e - 1) * N + n]))
                shuffled[e] = 1;
        }
        problems += !(valid[e] > 0) || (!free && !(shuffled[e] > 0));
    }
    return problems;
}

void data_checks_answer(struct call *call)
{
    static const char *const shufflings[] = {"required", "free", NULL};
    int free = call_choice(call, "shuffling", shufflings);
    const real *x = call_input(call, "x", "ND");
    const int *label = call_integers(call, "label", "N", -LARGEST, LARGEST);
    size_t N = call_size(call, 'N'), C = call_count(call, "classes", 1, LARGEST);
    if (N == 0)
        call_fail(call, "input 'x' holds no sample");
    call_bind(call, 'C', C);
    size_t problems = check_labels(call, label, N, C);
    problems += check_features(call, x, label, N);
    if (call_has(call, "permutation"))
        problems += check_permutations(call, N, free);
    *call_output_integers(call, "problems", "") = real_count(problems);
}
