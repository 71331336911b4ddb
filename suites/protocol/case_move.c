// SPDX-License-Identifier: MIT
/* case_move.c - cases and results on their way from the process that has read them. */
#include "case_move.h"

#include <stdlib.h>

static void move_size(struct safe_pipe *pipe, size_t *size)
{
    safe_move(pipe, size, sizeof *size);
}

/* The shape of an array; the number of elements follows from it. */
static void move_shape(struct safe_pipe *pipe, int *rank, size_t dim[], size_t *count)
{
    enum { LARGEST = 1 << 28 };
    safe_move(pipe, rank, sizeof *rank);
    pipe->failed |= *rank < 0 || *rank > REQUEST_RANK;
    *count = 1;
    for (int i = 0; i < REQUEST_RANK; i++)
        move_size(pipe, &dim[i]);
    for (int i = 0; !pipe->failed && i < *rank; i++) {
        pipe->failed |= dim[i] > LARGEST || (dim[i] > 0 && *count > LARGEST / dim[i]);
        *count *= pipe->failed ? 0 : dim[i];
    }
    if (pipe->failed)
        *count = 0;
}

static void move_values(struct safe_pipe *pipe, double **value, size_t count)
{
    size_t sent = count;
    *value = safe_move_count(pipe, *value, &sent, sizeof **value);
    pipe->failed |= sent != count;
    if (!pipe->failed)
        safe_move(pipe, *value, count * sizeof **value);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void move_request(struct safe_pipe *pipe, struct request *r)
{
    r->number = safe_move_count(pipe, r->number, &r->numbers, sizeof *r->number);
    for (size_t i = 0; i < r->numbers; i++) {
        safe_move_text(pipe, r->number[i].name, sizeof r->number[i].name);
        safe_move(pipe, &r->number[i].value, sizeof r->number[i].value);
    }
    r->choice = safe_move_count(pipe, r->choice, &r->choices, sizeof *r->choice);
    for (size_t i = 0; i < r->choices; i++) {
        safe_move_text(pipe, r->choice[i].name, sizeof r->choice[i].name);
        safe_move_text(pipe, r->choice[i].value, sizeof r->choice[i].value);
    }
    r->input = safe_move_count(pipe, r->input, &r->inputs, sizeof *r->input);
    for (size_t i = 0; i < r->inputs; i++) {
        struct request_array *input = &r->input[i];
        safe_move_text(pipe, input->name, sizeof input->name);
        safe_move(pipe, &input->integral, sizeof input->integral);
        move_shape(pipe, &input->rank, input->dim, &input->count);
        move_values(pipe, &input->value, input->count);
    }
    r->draw = safe_move_count(pipe, r->draw, &r->draws, sizeof *r->draw);
    for (size_t i = 0; i < r->draws; i++) {
        size_t count; /* no values: they are drawn by who answers */
        safe_move_text(pipe, r->draw[i].name, sizeof r->draw[i].name);
        safe_move_text(pipe, r->draw[i].law, sizeof r->draw[i].law);
        move_shape(pipe, &r->draw[i].rank, r->draw[i].dim, &count);
    }
}

static void move_case(struct safe_pipe *pipe, struct assay_case *test)
{
    safe_move_text(pipe, test->technique, sizeof test->technique);
    safe_move_text(pipe, test->name, sizeof test->name);
    safe_move_text(pipe, test->tier, sizeof test->tier);
    safe_move_text(pipe, test->covers, sizeof test->covers);
    safe_move_text(pipe, test->why, sizeof test->why);
    safe_move_text(pipe, test->quotes, sizeof test->quotes);
    move_request(pipe, &test->request);
    test->law = safe_move_count(pipe, test->law, &test->laws, sizeof *test->law);
    for (size_t i = 0; i < test->laws; i++) {
        safe_move_text(pipe, test->law[i].output, sizeof test->law[i].output);
        safe_move_text(pipe, test->law[i].text, sizeof test->law[i].text);
    }
}

static void move_golden(struct safe_pipe *pipe, struct assay_golden *golden)
{
    safe_move(pipe, golden->margin, sizeof golden->margin);
    safe_move(pipe, golden->certified, sizeof golden->certified);
    golden->output =
        safe_move_count(pipe, golden->output, &golden->outputs, sizeof *golden->output);
    for (size_t i = 0; i < golden->outputs; i++) {
        struct assay_golden_array *output = &golden->output[i];
        safe_move_text(pipe, output->name, sizeof output->name);
        safe_move(pipe, &output->integral, sizeof output->integral);
        move_shape(pipe, &output->rank, output->dim, &output->count);
        move_values(pipe, &output->high, output->count);
        move_values(pipe, &output->low, output->count);
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            move_values(pipe, &output->bound[p], output->count);
    }
}

void move_file(struct safe_pipe *pipe, void *target)
{
    struct assay_file *file = target;
    size_t goldens = file->golden != NULL ? file->cases : 0;
    file->test = safe_move_count(pipe, file->test, &file->cases, sizeof *file->test);
    for (size_t i = 0; i < file->cases; i++)
        move_case(pipe, &file->test[i]);
    move_size(pipe, &goldens);
    pipe->failed |= goldens != 0 && goldens != file->cases;
    if (pipe->failed || goldens == 0)
        return;
    file->golden = safe_move_count(pipe, file->golden, &goldens, sizeof *file->golden);
    pipe->failed |= goldens != file->cases;
    if (pipe->failed && !pipe->writing) {
        free(file->golden);
        file->golden = NULL;
    }
    for (size_t i = 0; !pipe->failed && i < goldens; i++)
        move_golden(pipe, &file->golden[i]);
}

/* ---- results --------------------------------------------------------------------------------- */

static void move_result_case(struct safe_pipe *pipe, struct assay_result_case *test)
{
    safe_move_text(pipe, test->name, sizeof test->name);
    safe_move_text(pipe, test->declined, sizeof test->declined);
    safe_move_text(pipe, test->refused, sizeof test->refused);
    test->output = safe_move_count(pipe, test->output, &test->outputs, sizeof *test->output);
    for (size_t i = 0; i < test->outputs; i++) {
        struct assay_result_array *output = &test->output[i];
        safe_move_text(pipe, output->name, sizeof output->name);
        move_shape(pipe, &output->rank, output->dim, &output->count);
        move_values(pipe, &output->value, output->count);
    }
}

static void move_result_technique(struct safe_pipe *pipe, struct assay_result_technique *t)
{
    safe_move_text(pipe, t->name, sizeof t->name);
    t->convention = safe_move_count(pipe, t->convention, &t->conventions, sizeof *t->convention);
    for (size_t i = 0; i < t->conventions; i++) {
        safe_move_text(pipe, t->convention[i].name, sizeof t->convention[i].name);
        safe_move_text(pipe, t->convention[i].value, sizeof t->convention[i].value);
    }
    t->test = safe_move_count(pipe, t->test, &t->cases, sizeof *t->test);
    for (size_t i = 0; i < t->cases; i++)
        move_result_case(pipe, &t->test[i]);
}

void move_result(struct safe_pipe *pipe, void *target)
{
    struct assay_result *r = target;
    safe_move_text(pipe, r->implementation, sizeof r->implementation);
    safe_move_text(pipe, r->version, sizeof r->version);
    safe_move_text(pipe, r->precision, sizeof r->precision);
    r->technique = safe_move_count(pipe, r->technique, &r->techniques, sizeof *r->technique);
    for (size_t i = 0; i < r->techniques; i++)
        move_result_technique(pipe, &r->technique[i]);
}
