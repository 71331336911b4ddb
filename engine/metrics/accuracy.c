// SPDX-License-Identifier: MIT
/* Accuracy of a classifier; definition in reference/metrics/accuracy.h.
 *
 * How it is distributed: the samples are sharded. One whole number crosses the network, the count
 * of correct samples; integers add in any order.
 */
#include "../techniques.h"

/* Whether class a of a sample ranks before class b. */
static bool ranks_before(const scalar *score, size_t a, size_t b, bool last_wins)
{
    if (score[a] != score[b])
        return score[a] > score[b];
    return last_wins ? a > b : a < b;
}

void accuracy_run(struct question *q)
{
    static const char *const ties[] = {"first", "last", NULL};
    const scalar *scores = question_input(q, "scores", "[N]C");
    size_t rows = question_part(q, 'N'), N = question_size(q, 'N'), C = question_size(q, 'C');
    if (N == 0 || C == 0 || C > 1 << 24)
        question_refuse(q,
                        "its 'scores' are %zu samples of %zu classes; give at least one and 1 to "
                        "%d classes",
                        N, C, 1 << 24);
    const int *labels = question_integers(q, "labels", "[N]", 0, (int)C - 1);
    const size_t top = question_number_or(q, "top", 1) == 1 ? 1 : question_count(q, "top", 1, C);
    const bool last_wins = question_choice(q, "ties", ties) == 1;
    scalar *predicted = question_output(q, "predicted", "[N]");
    long long correct = 0;
    for (size_t n = 0; n < rows; n++) {
        const scalar *score = scores + n * C;
        size_t best = 0, label = (size_t)labels[n], before = 0;
        for (size_t k = 0; k < C; k++) {
            best = ranks_before(score, k, best, last_wins) ? k : best;
            before += ranks_before(score, k, label, last_wins);
        }
        predicted[n] = (scalar)best;
        correct += before < top;
    }
    reduce_integers(question_team(q), &correct, 1);
    question_output(q, "correct", "")[0] = (scalar)correct;
    question_output(q, "accuracy", "")[0] = (scalar)correct / (scalar)N;
}
