// SPDX-License-Identifier: MIT
/* case_result.c - reading and writing result files. */
#include "case_check.h"
#include "case_image.h"
#include "case_move.h"
#include "case_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "convention.";

static int out_of_memory(const struct safe_object *object)
{
    return safe_fail(object, "needs more memory than there is: split the file");
}

/* ---- reading --------------------------------------------------------------------------------- */

static int read_result_array(const struct safe_object *group, const char *name,
                             struct assay_result_array *output)
{
    struct request_array array;
    if (safe_array(group, name, &array) != 0)
        return 2;
    memcpy(output->name, array.name, sizeof output->name);
    memcpy(output->dim, array.dim, sizeof output->dim);
    output->rank = array.rank;
    output->count = array.count;
    output->value = array.value;
    return 0;
}

static int read_result_case(const struct safe_object *technique, const char *name,
                            struct assay_result_case *test)
{
    struct safe_object group;
    struct safe_names names;
    if (safe_enter(technique, name, &group) != 0)
        return 2;
    snprintf(test->name, sizeof test->name, "%s", name);
    int code = read_text_or(&group, "declined", test->declined, sizeof test->declined, "");
    if (code == 0)
        code = read_text_or(&group, "refused", test->refused, sizeof test->refused, "");
    if (code == 0 && (code = safe_members(&group, &names)) == 0) {
        test->output = calloc(names.count + 1, sizeof *test->output);
        if (test->output == NULL)
            code = out_of_memory(&group);
        for (size_t i = 0; code == 0 && i < names.count; i++)
            code = read_result_array(&group, names.name[i], &test->output[test->outputs++]);
        free(names.name);
    }
    safe_leave(&group);
    return code;
}

static int read_followed(const struct safe_object *group, const char *attribute,
                         struct assay_result_technique *technique)
{
    size_t length = sizeof prefix - 1;
    if (strncmp(attribute, prefix, length) != 0)
        return 0;
    if (attribute[length] == '\0')
        return safe_fail_at(group, attribute, "names no convention: write convention.<name>");
    struct request_choice *choice = &technique->convention[technique->conventions++];
    snprintf(choice->name, sizeof choice->name, "%s", attribute + length);
    return safe_text(group, attribute, choice->value, sizeof choice->value);
}

static int read_result_conventions(const struct safe_object *group,
                                   struct assay_result_technique *technique)
{
    struct safe_names names;
    if (safe_attributes(group, &names) != 0)
        return 2;
    technique->convention = calloc(names.count + 1, sizeof *technique->convention);
    int code = technique->convention != NULL ? 0 : out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_followed(group, names.name[i], technique);
    free(names.name);
    return code;
}

static int read_result_technique(const struct safe_object *root, const char *name,
                                 struct assay_result_technique *technique)
{
    struct safe_object group;
    struct safe_names names;
    if (safe_enter(root, name, &group) != 0)
        return 2;
    snprintf(technique->name, sizeof technique->name, "%s", name);
    int code = read_result_conventions(&group, technique);
    if (code == 0 && (code = safe_members(&group, &names)) == 0) {
        technique->test = calloc(names.count + 1, sizeof *technique->test);
        if (technique->test == NULL)
            code = out_of_memory(&group);
        for (size_t i = 0; code == 0 && i < names.count; i++)
            code = read_result_case(&group, names.name[i], &technique->test[technique->cases++]);
        free(names.name);
    }
    safe_leave(&group);
    return code;
}

static int read_result(const struct safe_object *root, struct assay_result *result)
{
    struct safe_names names;
    if (read_format(root, "assay-results") != 0 ||
        safe_text(root, "implementation", result->implementation, sizeof result->implementation) !=
            0 ||
        read_text_or(root, "version", result->version, sizeof result->version, "") != 0 ||
        safe_text(root, "precision", result->precision, sizeof result->precision) != 0 ||
        safe_members(root, &names) != 0)
        return 2;
    result->technique = calloc(names.count + 1, sizeof *result->technique);
    int code = result->technique != NULL ? 0 : out_of_memory(root);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_result_technique(root, names.name[i], &result->technique[result->techniques++]);
    free(names.name);
    return code;
}

/* Reads in this process. */
static int read_results(void *target, const char *path, char *error)
{
    struct safe_file file;
    struct safe_object root;
    if (safe_open(&file, &root, path, error) != 0)
        return 2;
    int code = read_result(&root, target);
    safe_close(&file, &root);
    return code;
}

int assay_result_read(struct assay_result *result, const char *path, char *error)
{
    memset(result, 0, sizeof *result);
    struct safe_errand errand = {path, result, read_results, move_result};
    int code = safe_elsewhere(&errand, error);
    if (code == 0)
        code = check_result(result, path, error);
    if (code != 0)
        assay_result_free(result);
    return code;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void write_result_case(struct image *image, hid_t technique, int single,
                              const struct assay_result_case *test)
{
    const void **sorted = image_by_name(image, test->output, test->outputs, sizeof *test->output);
    hid_t group = image_group(image, technique, test->name, test->outputs);
    if (test->declined[0] != '\0')
        image_text(image, group, "declined", test->declined);
    if (test->refused[0] != '\0')
        image_text(image, group, "refused", test->refused);
    for (size_t i = 0; sorted != NULL && i < test->outputs; i++) {
        const struct assay_result_array *output = sorted[i];
        /* Half the size where that loses nothing; a double result of a binary32 run stays one. */
        int narrow = single && check_binary32(output->value, output->count, 1) == output->count;
        image_array(image, group, output->name, narrow ? IMAGE_F32 : IMAGE_F64, output->rank,
                    output->dim, output->value);
    }
    free(sorted);
    image_leave(group);
}

static void write_followed(struct image *image, hid_t group,
                           const struct assay_result_technique *technique)
{
    const void **sorted = image_by_name(image, technique->convention, technique->conventions,
                                        sizeof *technique->convention);
    for (size_t i = 0; sorted != NULL && i < technique->conventions; i++) {
        const struct request_choice *choice = sorted[i];
        char name[sizeof prefix + ASSAY_NAME];
        snprintf(name, sizeof name, "%s%s", prefix, choice->name);
        image_text(image, group, name, choice->value);
    }
    free(sorted);
}

static void write_result_technique(struct image *image, int single,
                                   const struct assay_result_technique *technique)
{
    size_t conventions = technique->conventions, cases = technique->cases;
    const void **sorted = image_by_name(image, technique->test, cases, sizeof *technique->test);
    hid_t group = image_group(image, image->draft, technique->name,
                              conventions > cases ? conventions : cases);
    write_followed(image, group, technique);
    for (size_t i = 0; sorted != NULL && i < cases; i++)
        write_result_case(image, group, single, sorted[i]);
    free(sorted);
    image_leave(group);
}

int assay_result_write(const struct assay_result *result, const char *path, char *error)
{
    struct image image;
    int single = strcmp(result->precision, "f64") != 0;
    if (check_result(result, path, error) != 0)
        return 2;
    image_begin(&image, "assay-results", result->techniques);
    image_text(&image, image.file, "implementation", result->implementation);
    image_text(&image, image.file, "version", result->version);
    image_text(&image, image.file, "precision", result->precision);
    for (size_t i = 0; i < result->techniques; i++)
        write_result_technique(&image, single, &result->technique[i]);
    return image_store(&image, path, error);
}
