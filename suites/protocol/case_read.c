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

/* Numbers and conventions are attributes of one group: a string is a convention. */
static int read_numbers(const struct safe_object *group, struct request *request)
{
    struct safe_names names;
    int code = safe_attributes(group, &names);
    request->number = calloc(names.count + 1, sizeof *request->number);
    request->choice = calloc(names.count + 1, sizeof *request->choice);
    if (code == 0 && (request->number == NULL || request->choice == NULL))
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        if (safe_is_text(group, names.name[i])) {
            struct request_choice *choice = &request->choice[request->choices++];
            memcpy(choice->name, names.name[i], sizeof choice->name);
            code = safe_text(group, choice->name, choice->value, sizeof choice->value);
        } else {
            struct request_number *number = &request->number[request->numbers++];
            memcpy(number->name, names.name[i], sizeof number->name);
            code = safe_number(group, number->name, &number->value, NULL);
        }
    }
    free(names.name);
    return code;
}

static int read_inputs(const struct safe_object *group, void *target)
{
    struct safe_names names;
    struct assay_case *test = target;
    struct request *request = &test->request;
    if (read_numbers(group, request) != 0)
        return 2;
    int code = safe_members(group, &names);
    request->input = calloc(names.count + 1, sizeof *request->input);
    if (code == 0 && request->input == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = safe_array(group, names.name[i], &request->input[request->inputs++]);
    free(names.name);
    return code;
}

static int bad_draw(const struct safe_object *group, const char *name)
{
    return safe_fail_at(group, name,
                        "is not a law, a colon and up to %d sizes of at most %d elements, as in "
                        "\"bernoulli 0.7: 64 20\"",
                        REQUEST_RANK, SAFE_ELEMENTS);
}

/* " 64 20" after the colon. */
static int parse_sizes(const char *text, struct request_draw *draw, uint64_t *count)
{
    int empty = 0;
    *count = 1;
    while (*text != '\0') {
        uint64_t size = 0;
        if (*text++ != ' ' || *text < '0' || *text > '9' || draw->rank == REQUEST_RANK)
            return 2;
        while (*text >= '0' && *text <= '9' && size <= SAFE_ELEMENTS)
            size = 10 * size + (uint64_t)(*text++ - '0');
        if (size > SAFE_ELEMENTS || (*count *= size > 0 ? size : 1) > SAFE_ELEMENTS)
            return 2;
        draw->dim[draw->rank++] = (size_t)size;
        empty |= size == 0;
    }
    *count = empty ? 0 : *count;
    return 0;
}

static int read_draw(const struct safe_object *group, const char *name, struct request_draw *draw)
{
    char text[CASE_DRAW];
    uint64_t count;
    if (safe_text(group, name, text, sizeof text) != 0)
        return 2;
    char *colon = strchr(text, ':');
    if (colon == NULL || colon == text || colon - text >= ASSAY_NAME ||
        parse_sizes(colon + 1, draw, &count) != 0)
        return bad_draw(group, name);
    *colon = '\0';
    snprintf(draw->name, sizeof draw->name, "%s", name);
    memcpy(draw->law, text, (size_t)(colon - text) + 1);
    /* Whoever answers will hold them. */
    return safe_take(group, name, count * sizeof(double));
}

static int read_draws(const struct safe_object *group, void *target)
{
    struct safe_names names;
    struct assay_case *test = target;
    struct request *request = &test->request;
    int code = safe_attributes(group, &names);
    request->draw = calloc(names.count + 1, sizeof *request->draw);
    if (code == 0 && request->draw == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_draw(group, names.name[i], &request->draw[request->draws++]);
    free(names.name);
    return code;
}

static int read_laws(const struct safe_object *group, void *target)
{
    struct safe_names names;
    struct assay_case *test = target;
    int code = safe_attributes(group, &names);
    test->law = calloc(names.count + 1, sizeof *test->law);
    if (code == 0 && test->law == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++) {
        struct assay_law *law = &test->law[test->laws++];
        memcpy(law->output, names.name[i], sizeof law->output);
        code = safe_text(group, law->output, law->text, sizeof law->text);
    }
    free(names.name);
    return code;
}

/* One of the subgroups of a case, any of which may be missing. */
static int read_part(const struct safe_object *test, const struct safe_names *members,
                     const char *name, int (*read)(const struct safe_object *, void *),
                     void *target)
{
    struct safe_object group;
    if (!safe_listed(members, name))
        return 0;
    if (safe_enter(test, name, &group) != 0)
        return 2;
    int code = read(&group, target);
    safe_leave(&group);
    return code;
}

/* ---- golden ---------------------------------------------------------------------------------- */

static int read_answer(const struct safe_object *test, const struct safe_names *members,
                       struct entry *entry)
{
    struct assay_golden *golden = &entry->golden;
    int has_golden = safe_listed(members, "golden"), has_bounds = safe_listed(members, "bounds");
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        golden->margin[p] = INFINITY;
    if (check_has_numbers(&entry->test) && !has_golden)
        return safe_fail(test, "has no golden: compute it with `assay answer`");
    if (has_bounds && !has_golden)
        return safe_fail(test, "has bounds and no golden: compute it with `assay answer`");
    if (read_part(test, members, "golden", read_golden, golden) != 0)
        return 2;
    return read_part(test, members, "bounds", read_bounds, golden);
}

/* ---- cases ----------------------------------------------------------------------------------- */

/* A misspelt part would otherwise be a part left out. */
static int check_members(const struct safe_object *test, const struct safe_names *members)
{
    static const char *const known[] = {"inputs", "draws", "laws", "golden", "bounds"};
    for (size_t i = 0; i < members->count; i++) {
        int found = 0;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found |= strcmp(members->name[i], known[k]) == 0;
        if (!found)
            return safe_fail_at(test, members->name[i],
                                "is unknown: a case holds inputs, draws, laws, golden and bounds");
    }
    return 0;
}

static int read_attributes(const struct safe_object *group, struct entry *entry)
{
    struct assay_case *test = &entry->test;
    entry->index = INFINITY;
    if (read_text_or(group, "why", test->why, sizeof test->why, "") != 0 ||
        read_text_or(group, "tier", test->tier, sizeof test->tier, "bounded") != 0 ||
        read_text_or(group, "covers", test->covers, sizeof test->covers, "") != 0 ||
        read_text_or(group, "quotes", test->quotes, sizeof test->quotes, "") != 0)
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
    if (read_attributes(group, entry) != 0 || safe_members(group, &members) != 0)
        return 2;
    int code = check_members(group, &members);
    if (code == 0)
        code = read_part(group, &members, "inputs", read_inputs, &entry->test);
    if (code == 0)
        code = read_part(group, &members, "draws", read_draws, &entry->test);
    if (code == 0)
        code = read_part(group, &members, "laws", read_laws, &entry->test);
    if (code == 0 && reader->with_golden)
        code = read_answer(group, &members, entry);
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
        free(reader.entry[i].test.law);
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
    for (size_t i = 0; code == 0 && i < file->cases; i++)
        assay_case_sort(&file->test[i]);
    if (code == 0)
        code = check_received(file, with_golden, path, error);
    if (code != 0)
        assay_file_free(file);
    return code;
}
