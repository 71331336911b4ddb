// SPDX-License-Identifier: MIT
/* case_write.c - writing a file of cases. */
#include "case_check.h"
#include "case_image.h"

#include <string.h>

static void write_golden(struct image *image, hid_t test, const struct assay_golden *golden)
{
    hid_t group = image_group(image, test, "golden");
    image_number(image, group, "margin_f64", golden->margin_f64);
    image_number(image, group, "margin_f32", golden->margin_f32);
    for (size_t i = 0; i < golden->outputs; i++) {
        const struct assay_golden_array *output = &golden->output[i];
        int rank = output->rank;
        hid_t parts = image_group(image, group, output->name);
        image_integer(image, parts, "integral", output->integral != 0);
        image_array(image, parts, "high", IMAGE_F64, rank, output->dim, output->high);
        image_array(image, parts, "low", IMAGE_F64, rank, output->dim, output->low);
        image_array(image, parts, "bound_f64", IMAGE_F64, rank, output->dim, output->bound_f64);
        image_array(image, parts, "bound_f32", IMAGE_F64, rank, output->dim, output->bound_f32);
        image_leave(parts);
    }
    image_leave(group);
}

static void write_request(struct image *image, hid_t test, const struct request *request)
{
    hid_t numbers = image_group(image, test, "numbers");
    for (size_t i = 0; i < request->numbers; i++)
        image_number(image, numbers, request->number[i].name, request->number[i].value);
    image_leave(numbers);
    hid_t conventions = image_group(image, test, "conventions");
    for (size_t i = 0; i < request->choices; i++)
        image_text(image, conventions, request->choice[i].name, request->choice[i].value);
    image_leave(conventions);
    hid_t inputs = image_group(image, test, "inputs");
    for (size_t i = 0; i < request->inputs; i++) {
        const struct request_array *input = &request->input[i];
        image_array(image, inputs, input->name, input->integral ? IMAGE_I32 : IMAGE_F32,
                    input->rank, input->dim, input->value);
    }
    image_leave(inputs);
}

static void write_case(struct image *image, hid_t technique, const struct assay_case *test,
                       const struct assay_golden *golden, size_t index)
{
    hid_t group = image_group(image, technique, test->name);
    image_integer(image, group, "index", (int32_t)index);
    image_text(image, group, "why", test->why);
    image_text(image, group, "tier", test->tier);
    image_text(image, group, "covers", test->covers);
    write_request(image, group, &test->request);
    if (golden != NULL)
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
    hid_t group = image_group(image, image->file, name);
    for (size_t i = first; i < file->cases; i++)
        if (strcmp(file->test[i].technique, name) == 0)
            write_case(image, group, &file->test[i], file->golden != NULL ? &file->golden[i] : NULL,
                       index++);
    image_leave(group);
}

int assay_file_write(const struct assay_file *file, const char *path, char *error)
{
    struct image image;
    for (size_t i = 0; i < file->cases; i++)
        if (check_case(&file->test[i], file->golden != NULL, path, error) != 0 ||
            (file->golden != NULL &&
             check_golden(&file->test[i], &file->golden[i], path, error) != 0))
            return 2;
    image_begin(&image, "assay-cases");
    for (size_t i = 0; i < file->cases; i++)
        if (is_first(file, i))
            write_technique(&image, file, i);
    return image_store(&image, path, error);
}
