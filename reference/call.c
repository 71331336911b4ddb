// SPDX-License-Identifier: MIT
/* The boundary of the reference: the only file that converts between precisions. */
#include "call.h"
#include "draw.h"

#include <fenv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

real real_function_error = 0;
int real_function_flush = 0;

struct block {
    struct block *next;
    max_align_t data[];
};

struct output {
    char name[REQUEST_NAME];
    int rank, integral;
    size_t dim[REQUEST_RANK], count;
    real *value;
};

struct call {
    const struct request *request;
    struct answer *answer;
    int variant;
    struct block *blocks;
    size_t size[128]; /* by letter; SIZE_UNBOUND when not met yet */
    struct output output[ANSWER_OUTPUTS];
    size_t outputs;
    size_t decision_room;
    struct request_array *drawn; /* one for each request->draw */
    jmp_buf failed;
};

#define SIZE_UNBOUND ((size_t)-1)

void call_fail(struct call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(call->answer->error, sizeof call->answer->error, format, arguments);
    va_end(arguments);
    longjmp(call->failed, 1);
}

static void *allocate(struct call *call, size_t count, size_t size)
{
    if (count > (SIZE_MAX / 4) / size)
        call_fail(call, "an array of %zu elements does not fit into memory", count);
    struct block *block = calloc(1, sizeof *block + count * size);
    if (!block)
        call_fail(call, "an array of %zu elements does not fit into memory", count);
    block->next = call->blocks;
    call->blocks = block;
    return block->data;
}

static const struct request_array *find_input(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->request->inputs; i++) {
        if (strcmp(call->request->input[i].name, name) == 0)
            return &call->request->input[i];
    }
    for (size_t i = 0; call->drawn && i < call->request->draws; i++) {
        if (strcmp(call->drawn[i].name, name) == 0)
            return &call->drawn[i];
    }
    return NULL;
}

int call_has(const struct call *call, const char *name)
{
    return find_input(call, name) != NULL;
}

static const struct request_array *shaped_input(struct call *call, const char *name,
                                                const char *shape)
{
    const struct request_array *input = find_input(call, name);
    if (!input)
        call_fail(call, "input '%s' is missing", name);
    if (input->rank != (int)strlen(shape))
        call_fail(call, "input '%s' has %d dimensions, but %zu are needed (%s)", name, input->rank,
                  strlen(shape), shape);
    for (int axis = 0; axis < input->rank; axis++) {
        size_t *size = &call->size[(unsigned char)shape[axis]];
        if (*size == SIZE_UNBOUND)
            *size = input->dim[axis];
        if (*size != input->dim[axis])
            call_fail(call, "input '%s' has %zu elements along axis %d, but %c is %zu elsewhere",
                      name, input->dim[axis], axis, shape[axis], *size);
    }
    return input;
}

int call_rank(struct call *call, const char *name)
{
    const struct request_array *input = find_input(call, name);
    if (!input)
        call_fail(call, "input '%s' is missing", name);
    return input->rank;
}

const real *call_input(struct call *call, const char *name, const char *shape)
{
    const struct request_array *input = shaped_input(call, name, shape);
    real *value = allocate(call, input->count, sizeof *value);
    for (size_t i = 0; i < input->count; i++)
        value[i] = (real)input->value[i];
    return value;
}

const int *call_integers(struct call *call, const char *name, const char *shape, int low, int high)
{
    const struct request_array *input = shaped_input(call, name, shape);
    int *value = allocate(call, input->count, sizeof *value);
    for (size_t i = 0; i < input->count; i++) {
        double v = input->value[i];
        if (!(v >= low && v <= high) || v != (double)(int)v)
            call_fail(call, "element %zu of input '%s' is %g, but must be a whole number in %d..%d",
                      i, name, v, low, high);
        value[i] = (int)v;
    }
    return value;
}

static const struct request_number *find_number(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->request->numbers; i++) {
        if (strcmp(call->request->number[i].name, name) == 0)
            return &call->request->number[i];
    }
    return NULL;
}

real call_number(struct call *call, const char *name)
{
    const struct request_number *number = find_number(call, name);
    if (!number)
        call_fail(call, "number '%s' is missing", name);
    return (real)number->value;
}

real call_number_or(struct call *call, const char *name, real otherwise)
{
    const struct request_number *number = find_number(call, name);
    return number ? (real)number->value : otherwise;
}

size_t call_count(struct call *call, const char *name, size_t low, size_t high)
{
    const struct request_number *number = find_number(call, name);
    if (!number)
        call_fail(call, "number '%s' is missing", name);
    double v = number->value;
    if (!(v >= (double)low && v <= (double)high) || v != (double)(size_t)v)
        call_fail(call, "number '%s' is %g, but must be a whole number in %zu..%zu", name, v, low,
                  high);
    return (size_t)v;
}

size_t call_count_or(struct call *call, const char *name, size_t otherwise, size_t low, size_t high)
{
    return find_number(call, name) ? call_count(call, name, low, high) : otherwise;
}

size_t call_block(struct call *call)
{
    return call_count_or(call, "block", 64, 1, 1u << 20);
}

int call_choice(struct call *call, const char *name, const char *const options[])
{
    for (size_t i = 0; i < call->request->choices; i++) {
        if (strcmp(call->request->choice[i].name, name) != 0)
            continue;
        for (int k = 0; options[k]; k++) {
            if (strcmp(call->request->choice[i].value, options[k]) == 0)
                return k;
        }
        call_fail(call, "convention '%s' is '%s', which is not known (the first known one is '%s')",
                  name, call->request->choice[i].value, options[0]);
    }
    return 0;
}

size_t call_size(struct call *call, char letter)
{
    return call->size[(unsigned char)letter];
}

void call_bind(struct call *call, char letter, size_t size)
{
    call->size[(unsigned char)letter] = size;
}

static real *add_output(struct call *call, const char *name, const char *shape, int integral)
{
    if (call->outputs == ANSWER_OUTPUTS)
        call_fail(call, "more than %d outputs", ANSWER_OUTPUTS);
    for (size_t k = 0; k < call->outputs; k++) {
        if (strcmp(call->output[k].name, name) == 0)
            call_fail(call, "output '%s' is made twice", name);
    }
    struct output *output = &call->output[call->outputs];
    *output = (struct output){.integral = integral, .count = 1};
    snprintf(output->name, sizeof output->name, "%s", name);
    for (; shape[output->rank]; output->rank++) {
        size_t size = call->size[(unsigned char)shape[output->rank]];
        output->dim[output->rank] = size;
        output->count *= size;
    }
    output->value = allocate(call, output->count, sizeof *output->value);
    call->outputs++;
    return output->value;
}

real *call_output(struct call *call, const char *name, const char *shape)
{
    return add_output(call, name, shape, 0);
}

real *call_output_integers(struct call *call, const char *name, const char *shape)
{
    return add_output(call, name, shape, 1);
}

real *call_scratch(struct call *call, size_t n)
{
    return allocate(call, n, sizeof(real));
}

int *call_scratch_integers(struct call *call, size_t n)
{
    return allocate(call, n, sizeof(int));
}

uint32_t call_binary32_bits(real value)
{
    float nearest = (float)value;
    uint32_t bits;
    memcpy(&bits, &nearest, sizeof bits);
    return bits;
}

void call_decisions(struct call *call, size_t n, const real *distance)
{
    struct answer *answer = call->answer;
    if (answer->decisions + n > call->decision_room) {
        size_t room = 2 * (answer->decisions + n);
        double *grown = realloc(answer->decision, room * sizeof *grown);
        if (!grown)
            call_fail(call, "%zu decisions do not fit into memory", room);
        answer->decision = grown;
        call->decision_room = room;
    }
    for (size_t i = 0; i < n; i++)
        answer->decision[answer->decisions + i] = (double)distance[i];
    answer->decisions += n;
}

/* value = high + low to 106 bits. Rounded to nearest whatever the run's direction was. */
static void split(struct answer_array *to, const struct output *from)
{
    for (size_t i = 0; i < from->count; i++) {
        real value = from->value[i];
        to->high[i] = (double)value;
        /* Infinite and not-a-number results have no low part. */
        to->low[i] = to->high[i] - to->high[i] == 0 ? (double)(value - (real)to->high[i]) : 0.0;
    }
}

static void store_outputs(struct call *call)
{
    struct answer *answer = call->answer;
    answer->output = calloc(call->outputs ? call->outputs : 1, sizeof *answer->output);
    if (!answer->output)
        call_fail(call, "the answer does not fit into memory");
    for (size_t k = 0; k < call->outputs; k++) {
        const struct output *from = &call->output[k];
        struct answer_array *to = &answer->output[answer->outputs++];
        snprintf(to->name, sizeof to->name, "%s", from->name);
        to->rank = from->rank;
        to->count = from->count;
        to->integral = from->integral;
        memcpy(to->dim, from->dim, sizeof to->dim);
        to->high = malloc((from->count + 1) * sizeof *to->high);
        to->low = malloc((from->count + 1) * sizeof *to->low);
        if (!to->high || !to->low)
            call_fail(call, "the answer does not fit into memory");
        split(to, from);
    }
}

static void release(struct call *call)
{
    while (call->blocks) {
        struct block *next = call->blocks->next;
        free(call->blocks);
        call->blocks = next;
    }
}

/* Fills the random inputs. */
static void draw_all(struct call *call, unsigned long seed)
{
    const struct request *request = call->request;
    struct request_array *drawn = allocate(call, request->draws + 1, sizeof *drawn);
    for (size_t k = 0; k < request->draws; k++) {
        const struct request_draw *draw = &request->draw[k];
        struct request_array *input = &drawn[k];
        snprintf(input->name, sizeof input->name, "%s", draw->name);
        input->rank = draw->rank;
        memcpy(input->dim, draw->dim, sizeof input->dim);
        input->count = 1;
        for (int axis = 0; axis < draw->rank; axis++)
            input->count *= draw->dim[axis];
        input->value = allocate(call, input->count, sizeof *input->value);
        real *value = allocate(call, input->count, sizeof *value);
        if (draw_values(value, draw, seed) != 0)
            call_fail(call, "input '%s' cannot be drawn: its law '%s' is not known", draw->name,
                      draw->law);
        for (size_t i = 0; i < input->count; i++)
            input->value[i] = (double)value[i];
    }
    call->drawn = drawn;
}

/* In a function of its own because setjmp leaves changed local variables undefined. */
static void run_guarded(struct call *call, void (*technique)(struct call *),
                        const struct manner *manner)
{
    int before = fegetround();
    if (setjmp(call->failed) == 0) {
        draw_all(call, manner->seed);
        sum_set_order(manner->order, manner->noise);
        real_function_error = (real)manner->function_error * REAL_UNIT_ROUNDOFF;
        real_function_flush = manner->function_flush;
        fesetround(manner->rounding);
        technique(call);
        fesetround(before);
        store_outputs(call);
    }
    fesetround(before);
}

int call_variant(const struct call *call)
{
    return call->variant;
}

int call_run(void (*technique)(struct call *), int variant, const struct request *request,
             const struct manner *manner, struct answer *answer)
{
    struct call call = {.request = request, .answer = answer, .variant = variant};
    memset(answer, 0, sizeof *answer);
    for (size_t letter = 0; letter < sizeof call.size / sizeof *call.size; letter++)
        call.size[letter] = SIZE_UNBOUND;
    run_guarded(&call, technique, manner);
    real_function_error = 0;
    real_function_flush = 0;
    sum_set_order(SUM_CANONICAL, NOISE_NONE);
    release(&call);
    return answer->error[0] ? 2 : 0;
}
