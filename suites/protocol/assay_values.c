// SPDX-License-Identifier: MIT
/* assay_values.c - inputs and outputs of the case begun last. */
#include "assay_run.h"
#include "case_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *harmless(struct assay_run *run)
{
    memset(run->scratch, 0, run->scratch_size);
    return run->scratch;
}

/* ---- inputs ---------------------------------------------------------------------------------- */

/* The case begun last, or NULL after an error. */
static const struct assay_case *current(struct assay_run *run)
{
    if (run_failed(run))
        return NULL;
    if (run->current < run->file.cases)
        return &run->file.test[run->current];
    run_fail(run, "a value is asked for before any case is begun: call assay_begin first");
    return NULL;
}

static const struct request_array *input(struct assay_run *run, const char *name)
{
    const struct assay_case *test = current(run);
    if (test == NULL)
        return NULL;
    const struct request_array *array = assay_case_input(test, name);
    if (array == NULL)
        run_fail(run, "case %s/%s has no input '%.47s': ask for inputs that the technique has",
                 test->technique, test->name, name);
    return array;
}

static int convert(struct assay_run *run, const struct request_array *array, enum kind kind,
                   void *value)
{
    const struct assay_case *test = &run->file.test[run->current];
    for (size_t i = 0; i < array->count; i++) {
        double x = array->value[i];
        int exact = kind == KIND_F32 ? check_binary32(&x, 1, 0) == 1
                                     : x == nearbyint(x) && x >= INT32_MIN && x <= INT32_MAX;
        if (!exact)
            return run_fail(run,
                            "input '%s' of case %s/%s is asked for as %s, and element %zu, %.17g, "
                            "is none: use assay_input_f64",
                            array->name, test->technique, test->name,
                            kind == KIND_F32 ? "float" : "int32_t", i, x);
        if (kind == KIND_F32)
            ((float *)value)[i] = (float)x;
        else
            ((int32_t *)value)[i] = (int32_t)x;
    }
    return 0;
}

static const void *lend(struct assay_run *run, const char *name, enum kind kind)
{
    const struct request_array *array = input(run, name);
    if (array == NULL)
        return harmless(run);
    for (size_t i = 0; i < run->loans; i++)
        if (run->loan[i].kind == kind && strcmp(run->loan[i].name, name) == 0)
            return run->loan[i].value;
    struct loan *larger = realloc(run->loan, (run->loans + 1) * sizeof *larger);
    if (larger != NULL)
        run->loan = larger;
    void *value = calloc(array->count + 1, sizeof(float)); /* as large as an int32_t */
    if (larger == NULL || value == NULL)
        run_out_of_memory(run);
    if (run_failed(run) || convert(run, array, kind, value) != 0) {
        free(value);
        return harmless(run);
    }
    struct loan *loan = &run->loan[run->loans++];
    *loan = (struct loan){.kind = kind, .value = value};
    memcpy(loan->name, array->name, sizeof loan->name);
    return value;
}

const double *assay_input_f64(struct assay_run *run, const char *name)
{
    const struct request_array *array = input(run, name);
    return array != NULL ? array->value : harmless(run);
}

const float *assay_input_f32(struct assay_run *run, const char *name)
{
    return lend(run, name, KIND_F32);
}

const int32_t *assay_input_i32(struct assay_run *run, const char *name)
{
    return lend(run, name, KIND_I32);
}

size_t assay_input_count(struct assay_run *run, const char *name)
{
    const struct request_array *array = input(run, name);
    return array != NULL ? array->count : 0;
}

size_t assay_input_size(struct assay_run *run, const char *name, int axis)
{
    const struct request_array *array = input(run, name);
    if (array == NULL)
        return 0;
    if (axis >= 0 && axis < array->rank)
        return array->dim[axis];
    run_fail(run, "input '%s' of case %s/%s has rank %d, and the size of axis %d is asked for",
             array->name, run->file.test[run->current].technique, run->file.test[run->current].name,
             array->rank, axis);
    return 0;
}

double assay_number(struct assay_run *run, const char *name)
{
    const struct assay_case *test = current(run);
    if (test == NULL)
        return 0;
    double value = assay_case_number(test, name, NAN);
    if (!isnan(value))
        return value;
    run_fail(run, "case %s/%s has no number '%.47s': ask for numbers that the technique has",
             test->technique, test->name, name);
    return 0;
}

const char *assay_choice(struct assay_run *run, const char *name, const char *otherwise)
{
    const struct assay_case *test = current(run);
    const char *value = test != NULL ? assay_case_choice(test, name, otherwise) : otherwise;
    if (value == NULL && test != NULL)
        run_fail(run, "case %s/%s states no convention '%.47s', and no other value is given",
                 test->technique, test->name, name);
    return value != NULL ? value : "";
}

void run_end_loans(struct assay_run *run)
{
    for (size_t i = 0; i < run->loans; i++)
        free(run->loan[i].value);
    free(run->loan);
    run->loan = NULL;
    run->loans = 0;
}

/* ---- outputs --------------------------------------------------------------------------------- */

static int shape(struct assay_run *run, struct assay_result_array *array, const char *name,
                 int rank, const size_t dim[])
{
    enum { LARGEST = 1 << 28 }; /* what a reader of the result accepts */
    size_t length = strlen(name), count = 1;
    memset(array, 0, sizeof *array);
    if (length == 0 || length >= ASSAY_NAME || rank < 0 || rank > REQUEST_RANK)
        return run_fail(run,
                        "output '%.47s' has a name of %zu bytes and rank %d: at most %d and %d "
                        "are allowed",
                        name, length, rank, ASSAY_NAME - 1, REQUEST_RANK);
    for (int i = 0; i < rank; i++) {
        if (dim[i] > LARGEST || (dim[i] > 0 && count > LARGEST / dim[i]))
            return run_fail(run, "output '%s' has more than %d elements: return fewer", name,
                            LARGEST);
        count *= dim[i];
        array->dim[i] = dim[i];
    }
    memcpy(array->name, name, length + 1);
    array->rank = rank;
    array->count = count;
    return 0;
}

static void *output(struct assay_run *run, const char *name, int rank, const size_t dim[],
                    enum kind kind)
{
    struct assay_result_array array;
    const struct assay_case *test = current(run);
    if (test == NULL || shape(run, &array, name, rank, dim) != 0)
        return harmless(run);
    struct answered *answered = &run->answered[run->current];
    if (answered->state == REFUSED) {
        run_fail(run, "case %s/%s is refused, and output '%.47s' is put after that",
                 test->technique, test->name, name);
        return harmless(run);
    }
    for (size_t i = 0; i < answered->outputs; i++)
        if (strcmp(answered->output[i].array.name, name) == 0) {
            run_fail(run, "output '%s' of case %s/%s is put twice", name, test->technique,
                     test->name);
            return harmless(run);
        }
    struct pending *larger = realloc(answered->output, (answered->outputs + 1) * sizeof *larger);
    if (larger != NULL)
        answered->output = larger;
    void *value = calloc(array.count + 1, kind == KIND_F32 ? sizeof(float) : sizeof(double));
    if (larger == NULL || value == NULL) {
        run_out_of_memory(run);
        free(value);
        return harmless(run);
    }
    larger[answered->outputs++] = (struct pending){array, kind, value};
    return value;
}

double *assay_output_f64(struct assay_run *run, const char *name, int rank, const size_t dim[])
{
    return output(run, name, rank, dim, KIND_F64);
}

float *assay_output_f32(struct assay_run *run, const char *name, int rank, const size_t dim[])
{
    return output(run, name, rank, dim, KIND_F32);
}
