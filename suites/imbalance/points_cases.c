// SPDX-License-Identifier: MIT
#include "points.h"

#include <string.h>

size_t points_count(const struct points_row *row)
{
    size_t N = 0;
    for (int c = 0; c < POINT_CLASSES; c++)
        N += (size_t)row->count[c];
    return N;
}

/* Label i of the sorted ones goes to place i step mod N, which reaches every place once. */
static size_t step_for(size_t N)
{
    static const size_t primes[] = {7, 5, 11, 13};
    for (int i = 0; i < 4; i++) {
        if (N % primes[i] != 0)
            return primes[i];
    }
    return 1;
}

void points_named_labels(struct assay_case *test, const char *name, const struct points_row *row)
{
    size_t N = points_count(row), i = 0, step = step_for(N);
    case_labels(test, name, N, 1);
    double *label = case_input(test, name);
    for (int c = 0; c < POINT_CLASSES; c++) {
        for (int j = 0; j < row->count[c]; j++)
            label[(3 + i++ * step) % N] = c;
    }
}

void points_labels(struct assay_case *test, const struct points_row *row)
{
    int classes = 0;
    for (int c = 0; c < POINT_CLASSES; c++)
        classes = row->count[c] > 0 ? c + 1 : classes;
    case_number(test, "classes", row->classes > 0 ? row->classes : classes);
    points_named_labels(test, "label", row);
}

void points_case(struct assay_case *test, const struct points_row *row)
{
    size_t N = points_count(row);
    points_labels(test, row);
    if (row->x) {
        case_values(test, "x", DIMS(N, row->D), row->x);
        return;
    }
    case_normal(test, "x", DIMS(N, row->D), 0, 1);
    const double *label = case_input(test, "label");
    double *x = case_input(test, "x");
    for (size_t n = 0; n < N; n++) {
        size_t c = (size_t)label[n];
        for (size_t d = 0; d < row->D; d++) {
            double middle = d % POINT_CLASSES == c ? row->spread : 0;
            x[n * row->D + d] = (float)(x[n * row->D + d] + middle + row->shift);
        }
    }
}

void points_choices(struct assay_case *test, const char *const choice[], size_t pairs)
{
    for (size_t i = 0; i < 2 * pairs; i += 2) {
        if (choice[i + 1])
            case_choice(test, choice[i], choice[i + 1]);
    }
}

void points_flatten(struct assay_case *test, const char *name)
{
    for (size_t i = 0; i < test->request.inputs; i++) {
        struct request_array *input = &test->request.input[i];
        if (strcmp(input->name, name) == 0) {
            input->dim[0] = input->dim[1];
            input->rank = 1;
        }
    }
}
