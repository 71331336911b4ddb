// SPDX-License-Identifier: MIT
/* case_read.c - reading a file of cases. */
#include "case_check.h"
#include "case_move.h"
#include "case_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A case while the order of all is not yet known. */
struct entry {
    struct assay_case test;
    struct assay_golden golden;
    double index;    /* attribute `index`, infinite when the file states none */
    size_t sequence; /* in which it was met */
};

struct reader {
    struct safe_file file;
    int with_golden;
    size_t cases, room;
    struct entry *entry;
};

static int out_of_memory(const struct safe_object *object)
{
    return safe_fail(object, "needs more memory than there is: split the file");
}

int read_format(const struct safe_object *root, const char *format)
{
    char found[ASSAY_NAME];
    double version = 0;
    if (!safe_has(root, "format"))
        return safe_fail(root,
                         "attribute 'format' is missing: \"%s\" is needed, see "
                         "data/README.md",
                         format);
    if (safe_text(root, "format", found, sizeof found) != 0)
        return 2;
    if (strcmp(found, format) != 0)
        return safe_fail(root, "is a file of format '%s', and '%s' is needed: give another file",
                         found, format);
    if (safe_number(root, "format_version", &version, NULL) != 0)
        return 2;
    if (version != ASSAY_SCHEMA_VERSION)
        return safe_fail(root,
                         "has format_version %.17g, and this program reads version %d: use "
                         "the program that belongs to the file",
                         version, ASSAY_SCHEMA_VERSION);
    return 0;
}

int read_text_or(const struct safe_object *group, const char *name, char *text, size_t size,
                 const char *otherwise)
{
    if (safe_has(group, name))
        return safe_text(group, name, text, size);
    snprintf(text, size, "%s", otherwise);
    return 0;
}

/* ---- request --------------------------------------------------------------------------------- */

static int read_numbers(const struct safe_object *group, struct request *request)
{
    struct safe_names names;
    int code = safe_attributes(group, &names);
    request->number = calloc(names.count + 1, sizeof *request->number);
    if (code == 0 && request->number == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct request_number *number = &request->number[request->numbers++];
        memcpy(number->name, names.name[i], sizeof number->name);
        code = safe_number(group, number->name, &number->value, NULL);
    }
    free(names.name);
    return code;
}

static int read_conventions(const struct safe_object *group, struct request *request)
{
    struct safe_names names;
    int code = safe_attributes(group, &names);
    request->choice = calloc(names.count + 1, sizeof *request->choice);
    if (code == 0 && request->choice == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct request_choice *choice = &request->choice[request->choices++];
        memcpy(choice->name, names.name[i], sizeof choice->name);
        code = safe_text(group, choice->name, choice->value, sizeof choice->value);
    }
    free(names.name);
    return code;
}

static int read_inputs(const struct safe_object *group, struct request *request)
{
    struct safe_names names;
    int code = safe_members(group, &names);
    request->input = calloc(names.count + 1, sizeof *request->input);
    if (code == 0 && request->input == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = safe_array(group, names.name[i], &request->input[request->inputs++]);
    free(names.name);
    return code;
}

/* One of the subgroups of a case, any of which may be missing. */
static int read_part(const struct safe_object *test, const struct safe_names *members,
                     const char *name, int (*read)(const struct safe_object *, struct request *),
                     struct request *request)
{
    struct safe_object group;
    if (!safe_listed(members, name))
        return 0;
    if (safe_enter(test, name, &group) != 0)
        return 2;
    int code = read(&group, request);
    safe_leave(&group);
    return code;
}

/* ---- golden ---------------------------------------------------------------------------------- */

/* One of the four parts of an output; the first sets the shape. */
static int read_golden_part(const struct safe_object *group, const char *name, int first,
                            struct assay_golden_array *output, double **value)
{
    struct request_array array;
    if (safe_array(group, name, &array) != 0)
        return 2;
    *value = array.value;
    if (first) {
        output->rank = array.rank;
        output->count = array.count;
        memcpy(output->dim, array.dim, sizeof output->dim);
    }
    if (array.rank != output->rank || memcmp(array.dim, output->dim, sizeof output->dim) != 0)
        return safe_fail_at(group, name,
                            "has another shape than 'high': all four parts of a "
                            "golden have one shape");
    return 0;
}

static int read_output(const struct safe_object *golden, const char *name,
                       struct assay_golden_array *output)
{
    struct safe_object group;
    double integral = 0;
    if (safe_enter(golden, name, &group) != 0)
        return 2;
    snprintf(output->name, sizeof output->name, "%s", name);
    int code = safe_number(&group, "integral", &integral, NULL);
    if (code == 0 && integral != 0 && integral != 1)
        code = safe_fail(&group, "attribute 'integral' is %.17g: it is 0 or 1", integral);
    output->integral = integral == 1;
    if (code == 0)
        code = read_golden_part(&group, "high", 1, output, &output->high);
    if (code == 0)
        code = read_golden_part(&group, "low", 0, output, &output->low);
    if (code == 0)
        code = read_golden_part(&group, "bound_f64", 0, output, &output->bound_f64);
    if (code == 0)
        code = read_golden_part(&group, "bound_f32", 0, output, &output->bound_f32);
    safe_leave(&group);
    return code;
}

static int read_outputs(const struct safe_object *group, struct assay_golden *golden)
{
    struct safe_names names;
    int code = safe_members(group, &names);
    golden->output = calloc(names.count + 1, sizeof *golden->output);
    if (code == 0 && golden->output == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_output(group, names.name[i], &golden->output[golden->outputs++]);
    free(names.name);
    return code;
}

static int read_golden(const struct safe_object *test, const struct safe_names *members,
                       struct assay_golden *golden)
{
    struct safe_object group;
    if (!safe_listed(members, "golden"))
        return safe_fail(test, "has no golden: compute it with `assay answer`");
    if (safe_enter(test, "golden", &group) != 0)
        return 2;
    int code = safe_number(&group, "margin_f64", &golden->margin_f64, NULL);
    if (code == 0)
        code = safe_number(&group, "margin_f32", &golden->margin_f32, NULL);
    if (code == 0)
        code = read_outputs(&group, golden);
    safe_leave(&group);
    return code;
}

/* ---- cases ----------------------------------------------------------------------------------- */

/* A misspelt part would otherwise be a part left out. */
static int check_members(const struct safe_object *test, const struct safe_names *members)
{
    static const char *const known[] = {"numbers", "conventions", "inputs", "golden"};
    for (size_t i = 0; i < members->count; i++) {
        int found = 0;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found |= strcmp(members->name[i], known[k]) == 0;
        if (!found)
            return safe_fail_at(test, members->name[i],
                                "is unknown: a case holds numbers, "
                                "conventions, inputs and golden");
    }
    return 0;
}

static int read_attributes(const struct safe_object *group, struct entry *entry)
{
    struct assay_case *test = &entry->test;
    entry->index = INFINITY;
    if (read_text_or(group, "why", test->why, sizeof test->why, "") != 0 ||
        read_text_or(group, "tier", test->tier, sizeof test->tier, "bounded") != 0 ||
        read_text_or(group, "covers", test->covers, sizeof test->covers, "") != 0)
        return 2;
    if (!safe_has(group, "index"))
        return 0;
    if (safe_number(group, "index", &entry->index, NULL) != 0)
        return 2;
    if (isnan(entry->index))
        return safe_fail(group, "attribute 'index' is NaN: it is the place of the case");
    return 0;
}

static int read_case(struct reader *reader, const struct safe_object *group, struct entry *entry)
{
    struct safe_names members;
    struct request *request = &entry->test.request;
    if (read_attributes(group, entry) != 0 || safe_members(group, &members) != 0)
        return 2;
    int code = check_members(group, &members);
    if (code == 0)
        code = read_part(group, &members, "numbers", read_numbers, request);
    if (code == 0)
        code = read_part(group, &members, "conventions", read_conventions, request);
    if (code == 0)
        code = read_part(group, &members, "inputs", read_inputs, request);
    if (code == 0 && reader->with_golden)
        code = read_golden(group, &members, &entry->golden);
    free(members.name);
    return code;
}

static struct entry *next_entry(struct reader *reader)
{
    if (reader->cases == reader->room) {
        size_t room = reader->room > 0 ? 2 * reader->room : 16;
        struct entry *larger = realloc(reader->entry, room * sizeof *larger);
        if (larger == NULL)
            return NULL;
        reader->entry = larger;
        reader->room = room;
    }
    struct entry *entry = &reader->entry[reader->cases];
    memset(entry, 0, sizeof *entry);
    entry->sequence = reader->cases++;
    return entry;
}

static int read_technique(struct reader *reader, const struct safe_object *root, const char *name)
{
    struct safe_object technique, test;
    struct safe_names names;
    if (safe_enter(root, name, &technique) != 0)
        return 2;
    int code = safe_members(&technique, &names);
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct entry *entry = next_entry(reader);
        if (entry == NULL) {
            code = out_of_memory(&technique);
            break;
        }
        snprintf(entry->test.technique, ASSAY_NAME, "%s", name);
        snprintf(entry->test.name, ASSAY_NAME, "%s", names.name[i]);
        code = safe_enter(&technique, names.name[i], &test);
        if (code == 0) {
            code = read_case(reader, &test, entry);
            safe_leave(&test);
        }
    }
    free(names.name);
    safe_leave(&technique);
    return code;
}

static int read_root(struct reader *reader, const struct safe_object *root)
{
    struct safe_names names;
    if (read_format(root, "assay-cases") != 0 || safe_members(root, &names) != 0)
        return 2;
    int code = 0;
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_technique(reader, root, names.name[i]);
    free(names.name);
    if (code == 0 && reader->cases == 0)
        return safe_fail(root, "holds no cases: a case is a group /<technique>/<case>");
    return code;
}

/* ---- the file -------------------------------------------------------------------------------- */

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int technique = strcmp(a->test.technique, b->test.technique);
    if (technique != 0)
        return technique;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

/* Hands the cases over in their order. */
static int settle(struct reader *reader, struct assay_file *file, char *error)
{
    qsort(reader->entry, reader->cases, sizeof *reader->entry, compare_entries);
    file->test = calloc(reader->cases, sizeof *file->test);
    if (reader->with_golden)
        file->golden = calloc(reader->cases, sizeof *file->golden);
    if (file->test == NULL || (reader->with_golden && file->golden == NULL)) {
        snprintf(error, ASSAY_ERROR, "%.160s: needs more memory than there is: split the file",
                 reader->file.path);
        return 2;
    }
    for (size_t i = 0; i < reader->cases; i++) {
        file->test[i] = reader->entry[i].test;
        if (reader->with_golden)
            file->golden[i] = reader->entry[i].golden;
    }
    file->cases = reader->cases;
    reader->cases = 0;
    return 0;
}

/* Reads in this process. */
static int read_file(struct assay_file *file, const char *path, int with_golden, char *error)
{
    struct reader reader = {.with_golden = with_golden};
    struct safe_object root;
    if (safe_open(&reader.file, &root, path, error) != 0)
        return 2;
    int code = read_root(&reader, &root);
    safe_close(&reader.file, &root);
    if (code == 0)
        code = settle(&reader, file, error);
    for (size_t i = 0; i < reader.cases; i++) {
        request_free(&reader.entry[i].test.request);
        golden_free(&reader.entry[i].golden);
    }
    free(reader.entry);
    return code;
}

static int read_cases(void *target, const char *path, char *error)
{
    return read_file(target, path, 0, error);
}

static int read_goldens(void *target, const char *path, char *error)
{
    return read_file(target, path, 1, error);
}

/* What has come out of the other process is as untrusted as the file. */
static int check_received(const struct assay_file *file, int with_golden, const char *path,
                          char *error)
{
    if (file->cases == 0 || (file->golden != NULL) != (with_golden != 0)) {
        snprintf(error, ASSAY_ERROR, "%.160s: was not read completely: write it again", path);
        return 2;
    }
    for (size_t i = 0; i < file->cases; i++)
        if (check_case(&file->test[i], with_golden, path, error) != 0 ||
            (with_golden && check_golden(&file->test[i], &file->golden[i], path, error) != 0))
            return 2;
    return 0;
}

int assay_file_read(struct assay_file *file, const char *path, int with_golden, char *error)
{
    memset(file, 0, sizeof *file);
    struct safe_errand errand = {path, file, with_golden ? read_goldens : read_cases, move_file};
    int code = safe_elsewhere(&errand, error);
    if (code == 0)
        code = check_received(file, with_golden, path, error);
    if (code != 0)
        assay_file_free(file);
    return code;
}
