// SPDX-License-Identifier: MIT
/* case_write.c - writing a file of cases. */
#include "bound_code.h"
#include "case_check.h"
#include "case_image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- goldens --------------------------------------------------------------------------------- */

/* Values with an axis of size `layers` in front. */
static void write_layers(struct image *image, hid_t group, enum image_type type, size_t layers,
                         const struct assay_golden_array *output, const double *value)
{
    size_t dim[REQUEST_RANK + 1] = {layers};
    memcpy(dim + 1, output->dim, (size_t)output->rank * sizeof *dim);
    image_array(image, group, output->name, type, output->rank + 1, dim, value);
}

static int any(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value[i] != 0)
            return 1;
    return 0;
}

/* Memory for so many values of each element. */
static double *layers_of(struct image *image, size_t layers, size_t count)
{
    double *values = calloc(layers * count + 1, sizeof *values);
    if (values == NULL)
        image_fail(image, "the file does not fit into memory: split it");
    return values;
}

static void write_output(struct image *image, hid_t group, const struct assay_golden_array *output)
{
    size_t count = output->count, layers = any(output->low, count) ? 2 : 1;
    if (output->integral) {
        image_array(image, group, output->name, IMAGE_I32, output->rank, output->dim, output->high);
        return;
    }
    double *parts = layers_of(image, 2, count);
    for (size_t i = 0; parts != NULL && i < count; i++) {
        parts[i] = output->high[i];
        parts[count + i] = output->low[i];
    }
    if (parts != NULL)
        write_layers(image, group, IMAGE_F64, layers, output, parts);
    free(parts);
}

static int has_bounds(const struct assay_golden_array *output)
{
    int found = 0;
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        found |= any(output->bound[p], output->count);
    return found;
}

static void write_bounds(struct image *image, hid_t group, const struct assay_golden *golden,
                         const struct assay_golden_array *output)
{
    size_t count = output->count, layers = 0;
    if (!has_bounds(output))
        return;
    double *codes = layers_of(image, ASSAY_PRECISIONS, count);
    for (int p = 0; codes != NULL && p < ASSAY_PRECISIONS; p++) {
        if (!golden->certified[p])
            continue;
        for (size_t i = 0; i < count; i++)
            codes[layers * count + i] = bound_code(output->bound[p][i]);
        layers++;
    }
    if (codes != NULL)
        write_layers(image, group, IMAGE_U16, layers, output, codes);
    free(codes);
}

static int bounded(const struct assay_golden *golden)
{
    for (size_t i = 0; i < golden->outputs; i++)
        if (has_bounds(&golden->output[i]))
            return 1;
    return 0;
}

static void write_certified(struct image *image, hid_t group, const struct assay_golden *golden)
{
    char text[ASSAY_NAME] = "";
    for (int p = ASSAY_LOW; p < ASSAY_PRECISIONS; p++)
        if (golden->certified[p]) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s%s", used > 0 ? " " : "",
                     precision_formats[p].name);
        }
    if (text[0] != '\0')
        image_text(image, group, "certified", text);
}

static void write_golden(struct image *image, hid_t test, const struct assay_golden *golden)
{
    size_t outputs = golden->outputs;
    const void **sorted = image_by_name(image, golden->output, outputs, sizeof *golden->output);
    hid_t group = image_group(image, test, "golden", outputs);
    image_number(image, group, "margin_f64", golden->margin[ASSAY_F64]);
    image_number(image, group, "margin_f32", golden->margin[ASSAY_F32]);
    write_certified(image, group, golden);
    for (size_t i = 0; sorted != NULL && i < outputs; i++)
        write_output(image, group, sorted[i]);
    image_leave(group);
    if (bounded(golden)) {
        group = image_group(image, test, "bounds", outputs);
        for (size_t i = 0; sorted != NULL && i < outputs; i++)
            write_bounds(image, group, golden, sorted[i]);
        image_leave(group);
    }
    free(sorted);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void write_numbers(struct image *image, hid_t inputs, const struct request *request)
{
    const void **sorted =
        image_by_name(image, request->number, request->numbers, sizeof *request->number);
    for (size_t i = 0; sorted != NULL && i < request->numbers; i++) {
        const struct request_number *number = sorted[i];
        image_number(image, inputs, number->name, number->value);
    }
    free(sorted);
    sorted = image_by_name(image, request->choice, request->choices, sizeof *request->choice);
    for (size_t i = 0; sorted != NULL && i < request->choices; i++) {
        const struct request_choice *choice = sorted[i];
        image_text(image, inputs, choice->name, choice->value);
    }
    free(sorted);
}

static void write_inputs(struct image *image, hid_t test, const struct request *request)
{
    size_t attributes = request->numbers + request->choices;
    size_t members = attributes > request->inputs ? attributes : request->inputs;
    hid_t inputs = image_group(image, test, "inputs", members);
    write_numbers(image, inputs, request);
    const void **sorted =
        image_by_name(image, request->input, request->inputs, sizeof *request->input);
    for (size_t i = 0; sorted != NULL && i < request->inputs; i++) {
        const struct request_array *input = sorted[i];
        image_array(image, inputs, input->name, input->integral ? IMAGE_I32 : IMAGE_F32,
                    input->rank, input->dim, input->value);
    }
    free(sorted);
    image_leave(inputs);
}

/* "bernoulli 0.7: 64 20" is the law and the sizes of what is drawn. */
static void write_draws(struct image *image, hid_t test, const struct request *request)
{
    if (request->draws == 0)
        return;
    const void **sorted =
        image_by_name(image, request->draw, request->draws, sizeof *request->draw);
    hid_t group = image_group(image, test, "draws", request->draws);
    for (size_t i = 0; sorted != NULL && i < request->draws; i++) {
        const struct request_draw *draw = sorted[i];
        char text[CASE_DRAW];
        int used = snprintf(text, sizeof text, "%s:", draw->law);
        for (int axis = 0; axis < draw->rank; axis++)
            used +=
                snprintf(text + used, sizeof text - (size_t)used, " %u", (unsigned)draw->dim[axis]);
        image_text(image, group, draw->name, text);
    }
    free(sorted);
    image_leave(group);
}

static void write_laws(struct image *image, hid_t test, const struct assay_case *from)
{
    if (from->laws == 0)
        return;
    const void **sorted = image_by_name(image, from->law, from->laws, sizeof *from->law);
    hid_t group = image_group(image, test, "laws", from->laws);
    for (size_t i = 0; sorted != NULL && i < from->laws; i++) {
        const struct assay_law *law = sorted[i];
        image_text(image, group, law->output, law->text);
    }
    free(sorted);
    image_leave(group);
}

static void write_case(struct image *image, hid_t technique, const struct assay_case *test,
                       const struct assay_golden *golden, size_t index)
{
    hid_t group = image_group(image, technique, test->name, 0);
    image_integer(image, group, "index", (int32_t)index);
    image_text(image, group, "why", test->why);
    image_text(image, group, "tier", test->tier);
    image_text(image, group, "covers", test->covers);
    if (test->quotes[0] != '\0')
        image_text(image, group, "quotes", test->quotes);
    write_inputs(image, group, &test->request);
    write_draws(image, group, &test->request);
    write_laws(image, group, test);
    if (golden != NULL && golden->outputs > 0)
        write_golden(image, group, golden);
    image_leave(group);
}

/* Whether this case is the first of its technique: cases may come in any order. */
static int is_first(const struct assay_file *file, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(file->test[k].technique, file->test[i].technique) == 0)
            return 0;
    return 1;
}

static void write_technique(struct image *image, const struct assay_file *file, size_t first)
{
    size_t index = 0;
    const char *name = file->test[first].technique;
    hid_t group = image_group(image, image->draft, name, file->cases);
    for (size_t i = first; i < file->cases; i++)
        if (strcmp(file->test[i].technique, name) == 0)
            write_case(image, group, &file->test[i], file->golden != NULL ? &file->golden[i] : NULL,
                       index++);
    image_leave(group);
}

int assay_file_write(const struct assay_file *file, const char *path, char *error)
{
    struct image image;
    size_t techniques = 0;
    for (size_t i = 0; i < file->cases; i++)
        techniques += (size_t)is_first(file, i);
    for (size_t i = 0; i < file->cases; i++)
        if (check_case(&file->test[i], file->golden != NULL, path, error) != 0 ||
            (file->golden != NULL &&
             check_golden(&file->test[i], &file->golden[i], path, error) != 0))
            return 2;
    image_begin(&image, "assay-cases", techniques);
    for (size_t i = 0; i < file->cases; i++)
        if (is_first(file, i))
            write_technique(&image, file, i);
    return image_store(&image, path, error);
}
