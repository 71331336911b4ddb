// SPDX-License-Identifier: MIT
#include "probability_cases.h"

/* Rows that add up to 1 up to rounding, the label's raised in most of them. */
static void fill_rows(struct assay_case *test, size_t N, size_t K, enum probabilities kind)
{
    case_uniform(test, "probabilities", DIMS(N, K), 0.0625, 1);
    double *p = case_input(test, "probabilities");
    const double *label = case_input(test, "labels");
    for (size_t n = 0; n < N; n++) {
        double *row = &p[n * K], sum = 0;
        if (n % 4 != 1)
            row[(size_t)label[n]] += 1;
        for (size_t k = 0; k < K; k++)
            sum += row[k];
        for (size_t k = 0; k < K; k++)
            row[k] = (float)(row[k] / (kind == UNNORMALIZED ? sum * 1.25 + 0.5 * (double)k : sum));
    }
}

/* Multiples of 1/8 that add up to 1. */
static void fill_eighths(struct assay_case *test, size_t N, size_t K)
{
    case_dyadic(test, "probabilities", DIMS(N, K), 0, 0.25, 0.125);
    double *p = case_input(test, "probabilities");
    const double *label = case_input(test, "labels");
    for (size_t n = 0; n < N; n++) {
        double rest = 1, *row = &p[n * K];
        size_t best = ((size_t)label[n] + (n % 3 == 1)) % K;
        for (size_t k = 0; k < K; k++)
            rest -= k == best ? 0 : row[k];
        row[best] = rest;
    }
}

static void fill_two(struct assay_case *test, size_t N, enum probabilities kind)
{
    if (kind == CERTAIN)
        case_labels(test, "probabilities", N, 2);
    else if (kind == EIGHTHS)
        case_dyadic(test, "probabilities", DIMS(N), 0.125, 0.875, 0.125);
    else
        case_uniform(test, "probabilities", DIMS(N), 0.0625, 0.5);
    double *p = case_input(test, "probabilities");
    const double *label = case_input(test, "labels");
    for (size_t n = 0; n < N; n++) {
        if (kind == CERTAIN)
            p[n] = n % 5 == 3 ? 1 - label[n] : label[n];
        if ((kind == MODEL || kind == EXTREME) && (label[n] == 1) == (n % 4 != 1))
            p[n] = (float)(1 - p[n]);
        if (kind == EXTREME && n % 3 == 0) /* exact in binary32, and not equal to 0 or 1 */
            p[n] = p[n] > 0.5 ? 1 - 0x1p-20 : 0x1p-30;
    }
}

void probability_fill(struct assay_case *test, size_t N, size_t K, size_t block,
                      enum probabilities probabilities, enum weights weights)
{
    case_number(test, "block", (double)block);
    case_labels(test, "labels", N, K == 1 ? 2 : (int)K);
    if (K == 1)
        fill_two(test, N, probabilities);
    else if (probabilities == EIGHTHS)
        fill_eighths(test, N, K);
    else
        fill_rows(test, N, K, probabilities);
    ranking_fill_weights(test, N, weights);
}
