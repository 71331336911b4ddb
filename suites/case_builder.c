// SPDX-License-Identifier: MIT
#include "case_builder.h"

#include "../reference/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Case tables are part of the program: running out of memory here ends it. */
static void *grown(void *old, size_t bytes)
{
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory) {
        fprintf(stderr, "assay: no memory left for the table of cases\n");
        exit(2);
    }
    return memory;
}

struct assay_case *case_add(struct case_list *list, const struct case_head *head)
{
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 16;
        list->test = grown(list->test, list->room * sizeof *list->test);
    }
    struct assay_case *test = &list->test[list->count++];
    memset(test, 0, sizeof *test);
    snprintf(test->technique, sizeof test->technique, "%s", list->technique);
    snprintf(test->name, sizeof test->name, "%s", head->name);
    snprintf(test->tier, sizeof test->tier, "%s", head->tier);
    snprintf(test->covers, sizeof test->covers, "%s", head->covers);
    snprintf(test->why, sizeof test->why, "%s", head->why);
    test->salt = head->salt;
    return test;
}

void case_number(struct assay_case *test, const char *name, double value)
{
    struct request *r = &test->request;
    r->number = grown(r->number, (r->numbers + 1) * sizeof *r->number);
    struct request_number *number = &r->number[r->numbers++];
    memset(number, 0, sizeof *number);
    snprintf(number->name, sizeof number->name, "%s", name);
    number->value = (float)value;
}

void case_choice(struct assay_case *test, const char *name, const char *value)
{
    struct request *r = &test->request;
    r->choice = grown(r->choice, (r->choices + 1) * sizeof *r->choice);
    struct request_choice *choice = &r->choice[r->choices++];
    memset(choice, 0, sizeof *choice);
    snprintf(choice->name, sizeof choice->name, "%s", name);
    snprintf(choice->value, sizeof choice->value, "%s", value);
}

static struct request_array *add_input(struct assay_case *test, const char *name, struct dims dims)
{
    struct request *r = &test->request;
    r->input = grown(r->input, (r->inputs + 1) * sizeof *r->input);
    struct request_array *input = &r->input[r->inputs++];
    memset(input, 0, sizeof *input);
    snprintf(input->name, sizeof input->name, "%s", name);
    input->rank = dims.rank;
    memcpy(input->dim, dims.size, sizeof input->dim);
    input->count = 1;
    for (int axis = 0; axis < dims.rank; axis++)
        input->count *= dims.size[axis];
    input->value = grown(NULL, input->count * sizeof *input->value);
    return input;
}

/* FNV-1a, over what names an input. */
static uint64_t seed_of(const struct assay_case *test, const char *name)
{
    const char *const parts[] = {test->technique, "/", test->name, "/", name};
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (const char *c = parts[i]; *c; c++)
            hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    }
    return hash + (uint64_t)test->salt;
}

/* Uniform in [0, 1), 53 bits. */
static double unit(uint64_t seed, uint64_t stream, uint64_t index)
{
    return (double)(random_bits(seed, stream, index) >> 11) * 0x1p-53;
}

void case_values(struct assay_case *test, const char *name, struct dims dims, const double *value)
{
    struct request_array *input = add_input(test, name, dims);
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = (float)value[i];
}

void case_constant(struct assay_case *test, const char *name, struct dims dims, double value)
{
    struct request_array *input = add_input(test, name, dims);
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = (float)value;
}

void case_uniform(struct assay_case *test, const char *name, struct dims dims, double low,
                  double high)
{
    struct request_array *input = add_input(test, name, dims);
    uint64_t seed = seed_of(test, name);
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = (float)(low + (high - low) * unit(seed, 0, i));
}

void case_normal(struct assay_case *test, const char *name, struct dims dims, double mean,
                 double deviation)
{
    struct request_array *input = add_input(test, name, dims);
    uint64_t seed = seed_of(test, name);
    for (size_t i = 0; i < input->count; i++) {
        double sum = -6.0;
        for (uint64_t k = 0; k < 12; k++)
            sum += unit(seed, k, i);
        input->value[i] = (float)(mean + deviation * sum);
    }
}

void case_signed(struct assay_case *test, const char *name, struct dims dims, double low,
                 double high)
{
    struct request_array *input = add_input(test, name, dims);
    uint64_t seed = seed_of(test, name);
    for (size_t i = 0; i < input->count; i++) {
        double magnitude = low + (high - low) * unit(seed, 0, i);
        input->value[i] = (float)(unit(seed, 1, i) < 0.5 ? -magnitude : magnitude);
    }
}

void case_dyadic(struct assay_case *test, const char *name, struct dims dims, double low,
                 double high, double step)
{
    struct request_array *input = add_input(test, name, dims);
    uint64_t seed = seed_of(test, name);
    double steps = (high - low) / step + 1;
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = (float)(low + step * (double)(long)(steps * unit(seed, 0, i)));
}

void case_integers(struct assay_case *test, const char *name, struct dims dims, const int *value)
{
    struct request_array *input = add_input(test, name, dims);
    input->integral = 1;
    for (size_t i = 0; i < input->count; i++)
        input->value[i] = value[i];
}

void case_labels(struct assay_case *test, const char *name, size_t N, int classes)
{
    struct request_array *input = add_input(test, name, DIMS(N));
    uint64_t seed = seed_of(test, name);
    input->integral = 1;
    for (size_t i = 0; i < N; i++)
        input->value[i] = (double)(int)(classes * unit(seed, 0, i));
}

void case_permutations(struct assay_case *test, const char *name, size_t E, size_t N)
{
    struct request_array *input = add_input(test, name, DIMS(E, N));
    uint64_t seed = seed_of(test, name);
    uint32_t *row = grown(NULL, N * sizeof *row);
    input->integral = 1;
    for (size_t e = 0; e < E; e++) {
        random_permutation(row, N, seed, e);
        for (size_t n = 0; n < N; n++)
            input->value[e * N + n] = row[n];
    }
    free(row);
}

double *case_input(struct assay_case *test, const char *name)
{
    for (size_t i = 0; i < test->request.inputs; i++) {
        if (strcmp(test->request.input[i].name, name) == 0)
            return test->request.input[i].value;
    }
    return NULL;
}

void case_list_free(struct case_list *list)
{
    struct assay_file file = {.cases = list->count, .test = list->test};
    assay_file_free(&file);
    list->count = list->room = 0;
    list->test = NULL;
}
