// SPDX-License-Identifier: MIT
#include "replicas_cases.h"

#include <string.h>

static const char *choice_of(const struct replicas_row *row, const char *name)
{
    for (size_t i = 0; i < 5 && row->choice[i].name; i++)
        if (strcmp(row->choice[i].name, name) == 0)
            return row->choice[i].value;
    return "";
}

static void fill_network(struct assay_case *test, const struct replicas_row *row)
{
    for (size_t l = 0; row->layers[l + 1]; l++) {
        const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
        struct dims matrix = DIMS(row->layers[l], row->layers[l + 1]);
        struct dims vector = DIMS(row->layers[l + 1]);
        if (row->whole) {
            case_dyadic(test, w, matrix, -2, 2, 1);
            case_dyadic(test, b, vector, -2, 2, 1);
        } else {
            case_signed(test, w, matrix, 0.125, 1);
            case_signed(test, b, vector, 0.125, 0.5);
        }
    }
}

static void fill_samples(struct assay_case *test, const struct replicas_row *row)
{
    size_t N = 0, K = 0;
    for (size_t i = 0; i < row->R * row->V; i++)
        N += (size_t)row->size[i];
    for (size_t l = 0; row->layers[l]; l++)
        K = row->layers[l];
    if (row->whole)
        case_dyadic(test, "x", DIMS(N, row->layers[0]), -2, 2, 1);
    else
        case_signed(test, "x", DIMS(N, row->layers[0]), 0.25, 1.5);
    if (strcmp(choice_of(row, "loss"), "mean_squared_error") != 0)
        case_labels(test, "labels", N, (int)K);
    else if (row->whole)
        case_dyadic(test, "targets", DIMS(N, K), -4, 4, 1);
    else
        case_signed(test, "targets", DIMS(N, K), 0.5, 2);
}

struct assay_case *replicas_row_add(struct case_list *list, const struct replicas_row *row)
{
    static const double pattern[] = {1, 0.5, 1.5, 0.75};
    struct assay_case *test = case_add(list, &row->head);
    for (size_t i = 0; i < 5 && row->choice[i].name; i++)
        case_choice(test, row->choice[i].name, row->choice[i].value);
    for (size_t i = 0; i < 5 && row->number[i].name; i++)
        case_number(test, row->number[i].name, row->number[i].value);
    fill_network(test, row);
    fill_samples(test, row);
    case_integers(test, "size", DIMS(row->R, row->V), row->size);
    if (row->U == 0)
        return test;
    case_constant(test, "rate", DIMS(row->U), row->rate != 0 ? row->rate : 0.25);
    double *rate = case_input(test, "rate");
    for (size_t u = 0; u < row->U && !row->whole; u++)
        rate[u] = (float)(rate[u] * pattern[u % 4]);
    return test;
}
