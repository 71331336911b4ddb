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
    if (assay_case_input(test, name)) {
        fprintf(stderr, "case %s/%s has the input %s twice\n", test->technique, test->name, name);
        exit(2);
    }
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

void case_drawn(struct assay_case *test, const char *name, const char *law, struct dims dims)
{
    struct request *r = &test->request;
    r->draw = grown(r->draw, (r->draws + 1) * sizeof *r->draw);
    struct request_draw *draw = &r->draw[r->draws++];
    memset(draw, 0, sizeof *draw);
    snprintf(draw->name, sizeof draw->name, "%s", name);
    snprintf(draw->law, sizeof draw->law, "%s", law);
    draw->rank = dims.rank;
    memcpy(draw->dim, dims.size, sizeof draw->dim);
}

void case_law(struct assay_case *test, const char *output, const char *law)
{
    test->law = grown(test->law, (test->laws + 1) * sizeof *test->law);
    struct assay_law *added = &test->law[test->laws++];
    memset(added, 0, sizeof *added);
    snprintf(added->output, sizeof added->output, "%s", output);
    snprintf(added->text, sizeof added->text, "%s", law);
}

/* ---- impossible cases ------------------------------------------------------------------------ */

static void wrong_table(const struct case_list *list, const struct refusal *row)
{
    fprintf(stderr,
            "assay: %s/%s: there is no case '%s' with '%s'; correct the table of refusals\n",
            list->technique, row->name, row->like, row->quotes);
    exit(2);
}

static void copy_request(struct assay_case *to, const struct assay_case *from)
{
    const struct request *r = &from->request;
    for (size_t i = 0; i < r->numbers; i++)
        case_number(to, r->number[i].name, r->number[i].value);
    for (size_t i = 0; i < r->choices; i++)
        case_choice(to, r->choice[i].name, r->choice[i].value);
    for (size_t i = 0; i < r->inputs; i++) {
        struct dims dims = {.rank = r->input[i].rank};
        memcpy(dims.size, r->input[i].dim, sizeof dims.size);
        case_values(to, r->input[i].name, dims, r->input[i].value);
        to->request.input[i].integral = r->input[i].integral;
    }
}

/* Cuts the last element off an axis; the rows before it move together. */
static void shorten(struct request_array *input, size_t axis)
{
    size_t outer = 1, inner = 1, size = input->dim[axis];
    for (size_t a = 0; a < (size_t)input->rank; a++)
        *(a < axis ? &outer : &inner) *= a == axis ? 1 : input->dim[a];
    for (size_t o = 0; o < outer; o++)
        memmove(&input->value[o * (size - 1) * inner], &input->value[o * size * inner],
                (size - 1) * inner * sizeof *input->value);
    input->dim[axis] = size - 1;
    input->count = outer * (size - 1) * inner;
}

static int spoil_number(struct request *r, const struct refusal *row)
{
    for (size_t i = 0; i < r->numbers; i++) {
        if (strcmp(r->number[i].name, row->quotes) != 0)
            continue;
        if (row->what == NUMBER_SET)
            r->number[i].value = (float)row->value;
        else
            r->number[i] = r->number[--r->numbers];
        return 1;
    }
    return 0;
}

static int spoil_input(struct request *r, const struct refusal *row)
{
    for (size_t i = 0; i < r->inputs; i++) {
        struct request_array *input = &r->input[i];
        if (strcmp(input->name, row->quotes) != 0)
            continue;
        if (row->what == ELEMENT_SET && row->element < input->count) {
            input->value[row->element] = (float)row->value;
        } else if (row->what == INPUT_SHORTER && row->element < (size_t)input->rank &&
                   input->dim[row->element] > 0) {
            shorten(input, row->element);
        } else if (row->what == INPUT_GONE) {
            free(input->value);
            memmove(input, input + 1, (--r->inputs - i) * sizeof *input);
        } else {
            return 0;
        }
        return 1;
    }
    return 0;
}

static void spoil(const struct case_list *list, struct assay_case *test, const struct refusal *row)
{
    struct request *r = &test->request;
    int done = 1;
    if (row->what == NUMBER_SET || row->what == NUMBER_GONE)
        done = spoil_number(r, row);
    if (!done && row->what == NUMBER_SET) {
        case_number(test, row->quotes, row->value);
        done = 1;
    }
    if (row->what == CHOICE_SET) {
        size_t i = 0;
        while (i < r->choices && strcmp(r->choice[i].name, row->quotes) != 0)
            i++;
        if (i == r->choices)
            case_choice(test, row->quotes, row->choice);
        else
            snprintf(r->choice[i].value, sizeof r->choice[i].value, "%s", row->choice);
    }
    if (row->what == ELEMENT_SET || row->what == INPUT_GONE || row->what == INPUT_SHORTER)
        done = spoil_input(r, row);
    if (!done)
        wrong_table(list, row);
}

void case_refusals(struct case_list *list, const struct refusal *row, size_t rows)
{
    size_t possible = list->count;
    for (size_t k = 0; k < rows; k++) {
        size_t like = 0;
        while (like < possible && strcmp(list->test[like].name, row[k].like) != 0)
            like++;
        if (like == possible)
            wrong_table(list, &row[k]);
        struct case_head head = {row[k].name, "refused", "", row[k].why, 0};
        struct assay_case *test = case_add(list, &head);
        snprintf(test->covers, sizeof test->covers, "%s", list->test[like].covers);
        snprintf(test->quotes, sizeof test->quotes, "%s", row[k].quotes);
        copy_request(test, &list->test[like]);
        spoil(list, test, &row[k]);
    }
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
