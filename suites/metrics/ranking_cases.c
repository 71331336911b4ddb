// SPDX-License-Identifier: MIT
#include "ranking_cases.h"

void ranking_fill_weights(struct assay_case *test, size_t N, enum weights weights)
{
    if (weights == UNIFORM)
        case_uniform(test, "weight", DIMS(N), 0.5, 2);
    else if (weights == QUARTERS)
        case_dyadic(test, "weight", DIMS(N), 0.25, 2, 0.25);
    else if (weights == WHOLE)
        case_labels(test, "weight", N, 5);
    else if (weights == LARGE)
        case_labels(test, "weight", N, 2000);
}

/* Whole numbers 0..N-1, each once; positives have the upper places but for a few exchanges. */
static void fill_places(struct assay_case *test, size_t N, int falling)
{
    case_labels(test, "scores", N, 1);
    double *score = case_input(test, "scores");
    const double *label = case_input(test, "labels");
    size_t place = 0;
    for (int class = 0; class < 2; class ++) {
        for (size_t n = 0; n < N; n++) {
            if ((label[n] == 1) == class)
                score[n] = (double)place++;
        }
    }
    for (size_t n = 0; n + 3 < N; n += 5) {
        double kept = score[n];
        score[n] = score[n + 3];
        score[n + 3] = kept;
    }
    for (size_t n = 0; falling && n < N; n++)
        score[n] = (double)(N - 1) - score[n];
}

void ranking_fill(struct assay_case *test, size_t N, size_t P, size_t block, enum scores scores,
                  enum weights weights)
{
    case_number(test, "block", (double)block);
    case_labels(test, "labels", N, 2);
    double *label = case_input(test, "labels");
    for (size_t n = 0; n < N; n++)
        label[n] = (n * 7 + 3) % N < P;
    if (scores == COARSE || scores == EQUAL)
        case_labels(test, "scores", N, scores == EQUAL ? 1 : 6);
    else if (scores == PROBABLE)
        case_uniform(test, "scores", DIMS(N), 0.0625, 0.9375);
    else if (scores == RISING || scores == FALLING)
        fill_places(test, N, scores == FALLING);
    else
        case_normal(test, "scores", DIMS(N), 0, 1);
    double *score = case_input(test, "scores");
    for (size_t n = 0; n < N; n++) {
        if (scores == NORMAL || scores == NEGATIVE)
            score[n] = (float)(score[n] + label[n] - (scores == NEGATIVE ? 9 : 0));
        if (scores == COARSE || scores == EQUAL)
            score[n] = scores == EQUAL ? 3 : score[n] - 2 + 2 * label[n];
    }
    ranking_fill_weights(test, N, weights);
}
