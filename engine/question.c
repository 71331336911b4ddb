// SPDX-License-Identifier: MIT
#include "question.h"

#include "../suites/protocol/assay.h"
#include "draw.h"
#include "failure.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LETTERS = 'z' - 'A' + 1, OUTPUTS = 128, DEFAULT_BLOCK = 64 };

struct axis {
    bool bound, sharded;
    size_t size, block; /* block 0: the case's */
    struct layout layout;
};

/* An array and how it lies on the ranks: (outer, N, inner) with the middle axis sharded. */
struct shape {
    int rank;
    size_t dim[REQUEST_RANK];
    char sharded; /* its letter, or 0 */
    size_t outer, inner;
    size_t part; /* elements on this rank */
};

struct output {
    const char *name;
    struct shape shape;
    scalar *value;
};

struct question {
    const struct team *team;
    const struct assay_case *test;
    struct arena arena;
    struct axis axis[LETTERS];
    const struct request_array **drawn; /* one for each draw of the request */
    size_t outputs;
    struct output output[OUTPUTS];
    jmp_buf refused;
    char reason[ASSAY_ERROR];
    double begun; /* work; MPI_Wtime */
};

_Noreturn void question_refuse(struct question *q, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(q->reason, sizeof q->reason, format, arguments);
    va_end(arguments);
    longjmp(q->refused, 1);
}

void question_begin(struct question *q)
{
    q->begun = MPI_Wtime();
}

const struct team *question_team(const struct question *q)
{
    return q->team;
}

struct arena *question_arena(struct question *q)
{
    return &q->arena;
}

/* ---- axes and shapes ------------------------------------------------------------------------ */

static struct axis *axis_of(struct question *q, char letter)
{
    return &q->axis[letter - 'A'];
}

static const struct axis *bound_axis(const struct question *q, char letter)
{
    return &q->axis[letter - 'A'];
}

size_t question_size(const struct question *q, char letter)
{
    return bound_axis(q, letter)->size;
}

size_t question_part(const struct question *q, char letter)
{
    return layout_count(&bound_axis(q, letter)->layout, q->team->rank);
}

size_t question_first(const struct question *q, char letter)
{
    return layout_first(&bound_axis(q, letter)->layout, q->team->rank);
}

const struct layout *question_layout(const struct question *q, char letter)
{
    return &bound_axis(q, letter)->layout;
}

void question_split_evenly(struct question *q, char letter)
{
    axis_of(q, letter)->block = 1;
}

void question_bind(struct question *q, char letter, size_t size)
{
    axis_of(q, letter)->bound = true;
    axis_of(q, letter)->size = size;
}

static void shard(struct question *q, struct axis *axis)
{
    if (axis->sharded)
        return;
    size_t block = axis->block != 0 ? axis->block : question_block(q);
    axis->layout = layout_create(&q->arena, axis->size, block, q->team->ranks);
    axis->sharded = true;
}

/* Reads the letters of `shape`. Unbound ones are bound to dim, unless dim is NULL: then all must be
 * bound. Returns false when the number of axes or a size differs. */
static bool shape_read(struct question *q, const char *letters, int rank, const size_t dim[],
                       struct shape *shape)
{
    *shape = (struct shape){.outer = 1, .inner = 1, .part = 1};
    bool in_brackets = false;
    for (; *letters != '\0'; letters++) {
        if (*letters == '[' || *letters == ']') {
            in_brackets = *letters == '[';
            continue;
        }
        struct axis *axis = axis_of(q, *letters);
        if (dim != NULL && shape->rank >= rank)
            return false;
        if (dim != NULL && !axis->bound) {
            axis->bound = true;
            axis->size = dim[shape->rank];
        }
        if (dim != NULL && axis->size != dim[shape->rank])
            return false;
        shape->dim[shape->rank++] = axis->size;
        if (in_brackets) {
            shard(q, axis);
            shape->sharded = *letters;
            shape->part *= question_part(q, *letters);
        } else {
            *(shape->sharded != 0 ? &shape->inner : &shape->outer) *= axis->size;
            shape->part *= axis->size;
        }
    }
    return dim == NULL || shape->rank == rank;
}

/* ---- inputs --------------------------------------------------------------------------------- */

static const struct request_array *find_input(const struct question *q, const char *name)
{
    for (size_t i = 0; q->drawn != NULL && i < q->test->request.draws; i++)
        if (strcmp(q->drawn[i]->name, name) == 0)
            return q->drawn[i];
    return assay_case_input(q->test, name);
}

/* Draws the random inputs: before the technique asks for them, and alike on all ranks. */
static void draw_inputs(struct question *q)
{
    const struct request *request = &q->test->request;
    const struct request_array **drawn = arena_take(&q->arena, request->draws, sizeof *drawn);
    for (size_t i = 0; i < request->draws; i++) {
        drawn[i] = draw_input(&q->arena, q->team, &request->draw[i]);
        if (drawn[i] == NULL)
            question_refuse(q, "its input '%s' cannot be drawn: the law '%s' is not known",
                            request->draw[i].name, request->draw[i].law);
    }
    q->drawn = drawn;
}

bool question_has(const struct question *q, const char *name)
{
    return find_input(q, name) != NULL;
}

static const struct request_array *input_of(struct question *q, const char *name)
{
    const struct request_array *input = find_input(q, name);
    if (input == NULL)
        question_refuse(q, "it lacks the input '%s'; add it", name);
    return input;
}

int question_axes(struct question *q, const char *name)
{
    return input_of(q, name)->rank;
}

static struct shape input_shape(struct question *q, const struct request_array *input,
                                const char *letters)
{
    struct shape shape;
    /* One number may come as a scalar or as an array of one. */
    bool is_number = letters[0] == '\0' && input->count == 1;
    if (!shape_read(q, letters, is_number ? 0 : input->rank, input->dim, &shape))
        question_refuse(q,
                        "the shape of input '%s' does not fit '%s' with the sizes of the "
                        "inputs before it; correct one of them",
                        input->name, letters);
    return shape;
}

/* Calls put(to, i, value) for this rank's elements, in order: i is the place among them. */
static void copy_part(const struct question *q, const struct request_array *input,
                      const struct shape *shape, void (*put)(void *to, size_t i, double value),
                      void *to)
{
    if (shape->sharded == 0) {
        for (size_t i = 0; i < input->count; i++)
            put(to, i, input->value[i]);
        return;
    }
    size_t N = question_size(q, shape->sharded), first = question_first(q, shape->sharded);
    size_t width = question_part(q, shape->sharded) * shape->inner;
    for (size_t o = 0; o < shape->outer; o++)
        for (size_t i = 0; i < width; i++)
            put(to, o * width + i, input->value[(o * N + first) * shape->inner + i]);
}

static void put_scalar(void *to, size_t i, double value)
{
    ((scalar *)to)[i] = (scalar)value;
}

static void put_integer(void *to, size_t i, double value)
{
    ((int *)to)[i] = (int)value;
}

const scalar *question_input(struct question *q, const char *name, const char *shape)
{
    const struct request_array *input = input_of(q, name);
    struct shape part = input_shape(q, input, shape);
    scalar *value = question_scratch(q, part.part);
    copy_part(q, input, &part, put_scalar, value);
    return value;
}

const int *question_integers(struct question *q, const char *name, const char *shape, int low,
                             int high)
{
    const struct request_array *input = input_of(q, name);
    struct shape part = input_shape(q, input, shape);
    for (size_t i = 0; i < input->count; i++) {
        double value = input->value[i];
        if (!(value >= low && value <= high) || value != (double)(int)value)
            question_refuse(q,
                            "element %zu of input '%s' is %g; it must be a whole number from %d "
                            "to %d",
                            i, name, value, low, high);
    }
    int *value = arena_take(&q->arena, part.part, sizeof *value);
    copy_part(q, input, &part, put_integer, value);
    return value;
}

/* ---- numbers and conventions ---------------------------------------------------------------- */

static const struct request_number *number_of(const struct question *q, const char *name)
{
    for (size_t i = 0; i < q->test->request.numbers; i++)
        if (strcmp(q->test->request.number[i].name, name) == 0)
            return &q->test->request.number[i];
    return NULL;
}

scalar question_number(struct question *q, const char *name)
{
    const struct request_number *number = number_of(q, name);
    if (number == NULL)
        question_refuse(q, "it lacks the number '%s'; add it", name);
    return (scalar)number->value;
}

scalar question_number_or(struct question *q, const char *name, scalar otherwise)
{
    return number_of(q, name) != NULL ? question_number(q, name) : otherwise;
}

size_t question_count(struct question *q, const char *name, size_t low, size_t high)
{
    const struct request_number *number = number_of(q, name);
    if (number == NULL)
        question_refuse(q, "it lacks the number '%s'; add it", name);
    double value = number->value;
    if (!(value >= (double)low && value <= (double)high) || value != (double)(size_t)value)
        question_refuse(q, "its number '%s' is %g; it must be a whole number from %zu to %zu", name,
                        value, low, high);
    return (size_t)value;
}

size_t question_count_or(struct question *q, const char *name, size_t otherwise, size_t low,
                         size_t high)
{
    return number_of(q, name) != NULL ? question_count(q, name, low, high) : otherwise;
}

size_t question_block(struct question *q)
{
    return question_count_or(q, "block", DEFAULT_BLOCK, 1, (size_t)1 << 31);
}

int question_choice(struct question *q, const char *name, const char *const options[])
{
    const char *choice = assay_case_choice(q->test, name, options[0]);
    char known[ASSAY_ERROR / 2] = "";
    for (int i = 0; options[i] != NULL; i++) {
        if (strcmp(choice, options[i]) == 0)
            return i;
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i == 0 ? "" : ", ", options[i]);
    }
    question_refuse(q, "its convention '%s' is '%s'; known are: %s", name, choice, known);
}

/* ---- outputs -------------------------------------------------------------------------------- */

scalar *question_scratch(struct question *q, size_t count)
{
    return arena_take(&q->arena, count, sizeof(scalar));
}

struct reduction *question_sum(struct question *q, char letter, size_t length)
{
    return reduction_create(&q->arena, q->team, question_layout(q, letter), length);
}

scalar *question_output(struct question *q, const char *name, const char *shape)
{
    if (q->outputs == OUTPUTS)
        question_refuse(q, "it has more than %d outputs; split it", OUTPUTS);
    struct output *output = &q->output[q->outputs++];
    size_t length = strlen(name);
    char *copy = arena_take(&q->arena, length + 1, 1);
    memcpy(copy, name, length);
    output->name = copy;
    shape_read(q, shape, 0, NULL, &output->shape);
    output->value = question_scratch(q, output->shape.part);
    return output->value;
}

static scalar *result_memory(struct assay_run *run, const struct output *output)
{
#ifdef SCALAR_F32
    return assay_output_f32(run, output->name, output->shape.rank, output->shape.dim);
#else
    return assay_output_f64(run, output->name, output->shape.rank, output->shape.dim);
#endif
}

/* What becomes of the outputs; with `seconds` they are measured and forgotten. */
struct wish {
    struct assay_run *run;
    const struct question_taker *taker;
    double *seconds;
};

/* Where rank 0 has an output whole: in the result, or in memory of the question. */
static scalar *whole_memory(struct question *q, const struct output *output,
                            const struct wish *wish)
{
    const struct shape *shape = &output->shape;
    if (wish->run != NULL)
        return result_memory(wish->run, output);
    if (shape->sharded == 0)
        return output->value;
    return question_scratch(q, shape->outer * question_size(q, shape->sharded) * shape->inner);
}

/* Every output, in global order, to where it is wanted, on rank 0. */
static void give_outputs(struct question *q, const struct wish *wish)
{
    for (size_t i = 0; i < q->outputs; i++) {
        const struct output *output = &q->output[i];
        const struct shape *shape = &output->shape;
        scalar *whole = q->team->rank == 0 ? whole_memory(q, output, wish) : NULL;
        if (shape->sharded != 0)
            gather(q->team, question_layout(q, shape->sharded), shape->outer, shape->inner,
                   output->value, whole);
        else if (whole != NULL && whole != output->value)
            memcpy(whole, output->value, shape->part * sizeof *whole);
        if (wish->taker != NULL && q->team->rank == 0)
            wish->taker->take(wish->taker->context, output->name, shape->rank, shape->dim, whole);
    }
}

/* 0, or EXIT_UNUSABLE when the technique refuses, and `reason` (ASSAY_ERROR) says why. */
static int ask(const struct team *team, const struct assay_case *test,
               void (*technique)(struct question *), const struct wish *wish, char *reason)
{
    struct arena own = {NULL};
    struct question *q = arena_take(&own, 1, sizeof *q);
    q->team = team;
    q->test = test;
    int status = 0;
    if (setjmp(q->refused) == 0) {
        draw_inputs(q);
        question_begin(q);
        technique(q);
        if (wish->seconds != NULL)
            *wish->seconds = MPI_Wtime() - q->begun;
        else
            give_outputs(q, wish);
    } else {
        status = EXIT_UNUSABLE;
        memcpy(reason, q->reason, sizeof q->reason);
    }
    arena_release(&q->arena);
    arena_release(&own);
    return status;
}

int question_ask(const struct team *team, const struct assay_case *test,
                 void (*technique)(struct question *), const struct question_taker *taker,
                 char *reason)
{
    return ask(team, test, technique, &(struct wish){.taker = taker}, reason);
}

int question_answer(const struct team *team, const struct assay_case *test,
                    void (*technique)(struct question *), struct assay_run *run)
{
    char reason[ASSAY_ERROR] = "";
    int status = ask(team, test, technique, &(struct wish){.run = run}, reason);
    if (status == 0)
        return 0;
    if (strcmp(test->tier, "refused") == 0) {
        if (run != NULL)
            assay_refuse(run, test, reason);
        return 0;
    }
    if (run != NULL)
        assay_fail(run, "case %s/%s cannot be used: %s", test->technique, test->name, reason);
    return status;
}

int question_time(const struct team *team, const struct assay_case *test,
                  void (*technique)(struct question *), double *seconds)
{
    char reason[ASSAY_ERROR] = "";
    *seconds = 0;
    int status = ask(team, test, technique, &(struct wish){.seconds = seconds}, reason);
    return strcmp(test->tier, "refused") == 0 ? 0 : status;
}
