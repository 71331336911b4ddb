// SPDX-License-Identifier: MIT
#include "class_rows.h"

/* A class that has a third as many samples as the one before. */
static double skewed(double draw, size_t K)
{
    double c = 0, share = 81 * 2. / 3;
    for (; draw >= share && c + 1 < (double)K; c++) {
        draw -= share;
        share /= 3;
    }
    return c;
}

void class_fill(struct assay_case *test, size_t N, size_t K, size_t block, enum classes classes,
                enum weights weights)
{
    int missing = classes == NO_LABEL || classes == NEVER_PREDICTED || classes == NEITHER;
    int used = (int)K - missing;
    case_number(test, "block", (double)block);
    case_number(test, "classes", (double)K);
    case_labels(test, "labels", N, classes == SKEWED ? 81 : used + (classes == NEVER_PREDICTED));
    case_labels(test, "predicted", N, used + (classes == NO_LABEL));
    double *label = case_input(test, "labels"), *predicted = case_input(test, "predicted");
    for (size_t n = 0; n < N; n++) {
        if (classes == SKEWED)
            label[n] = n < K ? (double)n : skewed(label[n], K);
        if (classes == ONE_CLASS)
            label[n] = 0;
        if (n % 5 < 3 && (int)label[n] < used)
            predicted[n] = label[n];
        if (classes == PERFECT || classes == ALL_WRONG)
            predicted[n] = (double)(((size_t)label[n] + (classes == ALL_WRONG)) % K);
        if (classes == CONSTANT || classes == ONE_CLASS)
            predicted[n] = 0;
        if (classes == NO_LABEL && n == 4)
            predicted[n] = (double)K - 1;
        if (classes == NEVER_PREDICTED && n == 4)
            label[n] = (double)K - 1;
    }
    ranking_fill_weights(test, N, weights);
}

void class_fill_sets(struct assay_case *test, size_t N, size_t L, size_t block,
                     enum weights weights)
{
    case_number(test, "block", (double)block);
    case_labels(test, "labels", N * L, 5);
    case_labels(test, "predicted", N * L, 3);
    for (int k = 0; k < 2; k++) {
        struct request_array *input = &test->request.input[test->request.inputs - 2 + (size_t)k];
        input->rank = 2;
        input->dim[0] = N;
        input->dim[1] = L;
    }
    double *label = case_input(test, "labels"), *predicted = case_input(test, "predicted");
    for (size_t i = 0; i < N * L; i++) {
        label[i] = i / L != 0 && i / L != 2 && (label[i] < 2 || (i / L == 1 && i % L == 0));
        predicted[i] = i / L > 1 && (predicted[i] < 1 || (label[i] == 1 && i % 3 > 0) ||
                                     (i / L == 2 && i % L == 1));
    }
    ranking_fill_weights(test, N, weights);
}

void class_rows(struct case_list *list, const struct class_row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        struct assay_case *test = case_add(list, &row[i].head);
        class_fill(test, row[i].N, row[i].K, row[i].block, row[i].classes, row[i].weights);
        for (size_t k = 0; k < 3 && row[i].choice[k][0]; k++)
            case_choice(test, row[i].choice[k][0], row[i].choice[k][1]);
        if (row[i].number)
            case_number(test, row[i].number, row[i].value);
    }
}
