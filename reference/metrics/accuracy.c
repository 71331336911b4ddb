// SPDX-License-Identifier: MIT
#include "accuracy.h"

/* Whether class k ranks before class j. */
static int before(const real *score, size_t k, size_t j, int last_wins)
{
    if (score[k] != score[j])
        return score[k] > score[j];
    return last_wins ? k > j : k < j;
}

/* How many classes rank before k. */
static size_t rank_of(const real *score, size_t k, int last_wins, size_t C)
{
    size_t rank = 0;
    for (size_t j = 0; j < C; j++)
        rank += j != k && before(score, j, k, last_wins);
    return rank;
}

void accuracy_predict(int *predicted, int *correct_n, const real *scores, const int *labels,
                      size_t top, int last_wins, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        const real *score = &scores[n * C];
        for (size_t k = 0; k < C; k++) {
            if (rank_of(score, k, last_wins, C) == 0)
                predicted[n] = (int)k;
        }
        correct_n[n] = rank_of(score, (size_t)labels[n], last_wins, C) < top;
    }
}

/* The score of the class at position `rank`. */
static real score_at(const real *score, size_t rank, int last_wins, size_t C)
{
    size_t k = 0;
    while (rank_of(score, k, last_wins, C) != rank)
        k++;
    return score[k];
}

void accuracy_answer(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    const real *scores = call_input(call, "scores", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    if (N == 0 || C == 0)
        call_fail(call, "input 'scores' has no elements: the accuracy is 0 / 0");
    const int *labels = call_integers(call, "labels", "N", 0, (int)C - 1);
    size_t top = call_count_or(call, "top", 1, 1, C);
    int last_wins = call_choice(call, "ties", ties);
    int *predicted = call_scratch_integers(call, N), *correct_n = call_scratch_integers(call, N);
    accuracy_predict(predicted, correct_n, scores, labels, top, last_wins, N, C);
    real *predicted_out = call_output_integers(call, "predicted", "N");
    size_t correct = 0;
    for (size_t n = 0; n < N; n++) {
        predicted_out[n] = (real)predicted[n];
        correct += (size_t)correct_n[n];
        const size_t cuts[] = {1, top};
        for (int i = 0; i < 2; i++) {
            if (cuts[i] == C)
                continue;
            real gap = score_at(&scores[n * C], cuts[i] - 1, last_wins, C) -
                       score_at(&scores[n * C], cuts[i], last_wins, C);
            call_decisions(call, 1, &gap);
        }
    }
    *call_output_integers(call, "correct", "") = real_count(correct);
    *call_output(call, "accuracy", "") = real_count(correct) / real_count(N);
}
