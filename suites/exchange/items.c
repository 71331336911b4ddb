// SPDX-License-Identifier: MIT
/* items.c - what a file of results says, thing by thing, and the result that it makes. */
#include "parts.h"

#include "../protocol/hdf5_safe.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 1 << 19, ELEMENTS = 1 << 28 };

/* ---- sentences ------------------------------------------------------------------------------- */

int exchange_fail(const struct exchange_reader *reader, const char *format, ...)
{
    va_list arguments;
    int used = snprintf(reader->error, ASSAY_ERROR, "%.160s: ", reader->path);
    va_start(arguments, format);
    vsnprintf(reader->error + used, (size_t)(ASSAY_ERROR - used), format, arguments);
    va_end(arguments);
    return 2;
}

int exchange_fail_at(const struct exchange_reader *reader, const struct exchange_item *item,
                     const char *format, ...)
{
    va_list arguments;
    int used =
        snprintf(reader->error, ASSAY_ERROR, "%.160s: %s%s%s%s%s: ", reader->path, item->technique,
                 item->test[0] ? "/" : "", item->test, item->name[0] ? "/" : "", item->name);
    va_start(arguments, format);
    vsnprintf(reader->error + used, (size_t)(ASSAY_ERROR - used), format, arguments);
    va_end(arguments);
    return 2;
}

static int out_of_memory(const struct exchange_reader *reader)
{
    return exchange_fail(reader, "needs more memory than there is: split the file");
}

/* ---- items ----------------------------------------------------------------------------------- */

/* As in case_check.c; and nothing that a path would give a meaning. */
static int named(const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++)
        if (name[i] < ' ' || name[i] > '~' || name[i] == '/' || name[i] == '\\')
            return 0;
    return length > 0 && length < ASSAY_NAME && name[0] != ' ' && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0;
}

static int keep_name(const struct exchange_reader *reader, char to[], const char *name, int needed,
                     const char *what)
{
    char shown[ASSAY_NAME + 1];
    if (needed ? named(name) : name[0] == '\0') {
        memcpy(to, name, strlen(name) + 1);
        return 0;
    }
    safe_printable(shown, sizeof shown, name);
    if (!needed)
        return exchange_fail(reader, "'%s' names a %s where there is none: leave it out", shown,
                             what);
    return exchange_fail(reader,
                         "'%s' is no name of a %s: use 1 to %d printable ASCII characters, no / "
                         "and no \\",
                         shown, what, ASSAY_NAME - 1);
}

struct exchange_item *exchange_item(struct exchange_reader *reader, enum exchange_kind kind,
                                    const char *technique, const char *test, const char *name)
{
    if (reader->items == reader->room) {
        size_t room = reader->room > 0 ? 2 * reader->room : 64;
        struct exchange_item *larger =
            room <= ITEMS ? realloc(reader->item, room * sizeof *larger) : NULL;
        if (larger == NULL) {
            if (room > ITEMS)
                exchange_fail(reader, "says more than %d things: split it", ITEMS);
            else
                out_of_memory(reader);
            return NULL;
        }
        reader->item = larger;
        reader->room = room;
    }
    struct exchange_item *item = &reader->item[reader->items];
    *item = (struct exchange_item){.kind = kind};
    int of_case = kind >= EXCHANGE_DECLINED;
    int has_name = kind == EXCHANGE_OUTPUT || kind == EXCHANGE_CONVENTION;
    if (keep_name(reader, item->technique, technique, 1, "technique") != 0 ||
        keep_name(reader, item->test, test, of_case, "case") != 0 ||
        keep_name(reader, item->name, name, has_name,
                  kind == EXCHANGE_CONVENTION ? "convention" : "output") != 0)
        return NULL;
    reader->items++;
    return item;
}

/* Where a text is no plain text on one line: its byte, or -1. */
static long bad_byte(const char *text)
{
    for (size_t i = 0, step; text[i] != '\0'; i += step) {
        step = safe_character((const unsigned char *)text + i);
        if (step == 0)
            return (long)i;
    }
    return -1;
}

int exchange_text(struct exchange_reader *reader, struct exchange_item *item, const char *text)
{
    size_t largest = item->kind == EXCHANGE_CONVENTION ? ASSAY_NAME : ASSAY_TEXT;
    if (bad_byte(text) >= 0)
        return exchange_fail_at(reader, item,
                                "its text has a control character or invalid UTF-8 at byte %ld: "
                                "write plain text on one line",
                                bad_byte(text));
    if (text[0] == '\0' || strlen(text) >= largest)
        return exchange_fail_at(
            reader, item, "its text is empty or has more than %zu bytes: correct it", largest - 1);
    item->text = strdup(text);
    return item->text != NULL ? 0 : out_of_memory(reader);
}

int exchange_head(struct exchange_reader *reader, const char *name, const char *text)
{
    const struct {
        const char *name;
        char *to;
        size_t size;
    } known[] = {
        {"implementation", reader->result->implementation, sizeof reader->result->implementation},
        {"version", reader->result->version, sizeof reader->result->version},
        {"precision", reader->result->precision, sizeof reader->result->precision}};
    char shown[ASSAY_NAME + 1];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(name, known[i].name) != 0)
            continue;
        if (known[i].to[0] != '\0')
            return exchange_fail(reader, "states '%s' twice: leave one out", name);
        if (strlen(text) >= known[i].size || bad_byte(text) >= 0)
            return exchange_fail(reader,
                                 "'%s' is longer than %zu bytes, or no plain text: "
                                 "shorten it",
                                 name, known[i].size - 1);
        memcpy(known[i].to, text, strlen(text) + 1);
        return 0;
    }
    safe_printable(shown, sizeof shown, name);
    return exchange_fail(reader, "'%s' is unknown: see data/EXCHANGE.md", shown);
}

int exchange_format(struct exchange_reader *reader, const char *format, double version)
{
    char shown[ASSAY_NAME + 1];
    safe_printable(shown, sizeof shown, format);
    if (strcmp(format, "assay-results") != 0)
        return exchange_fail(reader,
                             "is of format '%s', and 'assay-results' is needed: see "
                             "data/EXCHANGE.md",
                             shown);
    if (version != ASSAY_SCHEMA_VERSION)
        return exchange_fail(reader,
                             "has no format_version, or another than %d: see "
                             "data/EXCHANGE.md",
                             ASSAY_SCHEMA_VERSION);
    return 0;
}

/* ---- numbers --------------------------------------------------------------------------------- */

int exchange_shape(struct exchange_reader *reader, struct exchange_item *item)
{
    size_t count = 1;
    int empty = 0;
    for (int i = 0; i < item->rank; i++) {
        empty |= item->dim[i] == 0;
        if (item->dim[i] > ELEMENTS || (item->dim[i] > 0 && count > ELEMENTS / item->dim[i]))
            return exchange_fail_at(reader, item, "has more than %d elements: split it", ELEMENTS);
        count *= item->dim[i] > 0 ? item->dim[i] : 1;
    }
    item->count = empty ? 0 : count;
    if (item->count > reader->bytes_left / sizeof *item->value)
        return exchange_fail_at(reader, item,
                                "brings the file above what it may hold, 64 MiB of values and "
                                "eight times its size: split it");
    reader->bytes_left -= item->count * sizeof *item->value;
    item->value = calloc(item->count + 1, sizeof *item->value);
    return item->value != NULL ? 0 : out_of_memory(reader);
}

/* strtod knows more spellings than are numbers here: 1 for digits, 2 for a word, 0 for neither. */
static int spelling(const char *text)
{
    static const char *const words[] = {"inf", "infinity", "nan"};
    const char *digits = text + (text[0] == '-' || text[0] == '+');
    const char *first = digits + (digits[0] == '.');
    if (first[0] >= '0' && first[0] <= '9')
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t k = 0;
        while (words[i][k] != '\0' && (digits[k] | 0x20) == words[i][k])
            k++;
        if (words[i][k] == '\0' && digits[k] == '\0')
            return 2;
    }
    return 0;
}

int exchange_number(const char *text, double *value)
{
    char *end;
    int spelled = spelling(text);
    if (spelled == 0)
        return 2;
    *value = strtod(text, &end);
    /* Digits that are too large are a mistake; infinity has a name. */
    return *end != '\0' || (spelled == 1 && isinf(*value)) ? 2 : 0;
}

enum exchange_type exchange_type(const char *type)
{
    if (type[0] == '\0' || strcmp(type, "f64") == 0)
        return EXCHANGE_F64;
    if (strcmp(type, "f32") == 0)
        return EXCHANGE_F32;
    return strcmp(type, "i32") == 0 ? EXCHANGE_I32 : EXCHANGE_NO_TYPE;
}

int exchange_round(enum exchange_type type, double *value)
{
    /* The largest double that rounds to a finite binary32 number. */
    static const double largest = 0x1.fffffefffffffp127;
    if (type == EXCHANGE_F32 && isfinite(*value)) {
        if (fabs(*value) > largest)
            return 2;
        *value = (double)(float)*value;
    }
    if (type == EXCHANGE_I32 &&
        !(*value == nearbyint(*value) && *value >= INT32_MIN && *value <= INT32_MAX))
        return 2;
    return 0;
}

/* ---- the result ------------------------------------------------------------------------------ */

static int compare_items(const void *left, const void *right)
{
    const struct exchange_item *a = left, *b = right;
    int order = strcmp(a->technique, b->technique);
    if (order == 0)
        order = strcmp(a->test, b->test);
    if (order == 0)
        order = (a->kind > b->kind) - (a->kind < b->kind);
    return order != 0 ? order : strcmp(a->name, b->name);
}

/* The number of items from `first` on that agree in `technique`, and in `test` unless NULL. */
static size_t run(const struct exchange_reader *reader, size_t first, int same_test)
{
    const struct exchange_item *item = reader->item;
    size_t last = first + 1;
    while (last < reader->items && strcmp(item[last].technique, item[first].technique) == 0 &&
           (!same_test || strcmp(item[last].test, item[first].test) == 0))
        last++;
    return last - first;
}

static int collect_case(struct exchange_reader *reader, struct assay_result_case *test,
                        size_t first, size_t count)
{
    memcpy(test->name, reader->item[first].test, sizeof test->name);
    test->output = calloc(count + 1, sizeof *test->output);
    if (test->output == NULL)
        return out_of_memory(reader);
    for (size_t i = first; i < first + count; i++) {
        struct exchange_item *item = &reader->item[i];
        if (item->kind != EXCHANGE_OUTPUT) {
            snprintf(item->kind == EXCHANGE_DECLINED ? test->declined : test->refused, ASSAY_TEXT,
                     "%s", item->text);
            continue;
        }
        struct assay_result_array *output = &test->output[test->outputs++];
        memcpy(output->name, item->name, sizeof output->name);
        memcpy(output->dim, item->dim, sizeof output->dim);
        output->rank = item->rank;
        output->count = item->count;
        output->value = item->value;
        item->value = NULL;
    }
    return 0;
}

static int collect_technique(struct exchange_reader *reader,
                             struct assay_result_technique *technique, size_t first, size_t count)
{
    size_t cases = 0;
    memcpy(technique->name, reader->item[first].technique, sizeof technique->name);
    for (size_t i = first; i < first + count; i += run(reader, i, 1))
        cases++;
    technique->convention = calloc(count + 1, sizeof *technique->convention);
    technique->test = calloc(cases + 1, sizeof *technique->test);
    if (technique->convention == NULL || technique->test == NULL)
        return out_of_memory(reader);
    for (size_t i = first, step; i < first + count; i += step) {
        const struct exchange_item *item = &reader->item[i];
        step = 1;
        if (item->kind == EXCHANGE_CONVENTION) {
            struct request_choice *choice = &technique->convention[technique->conventions++];
            memcpy(choice->name, item->name, sizeof choice->name);
            snprintf(choice->value, sizeof choice->value, "%s", item->text);
        } else if (item->kind != EXCHANGE_CLAIM) {
            step = run(reader, i, 1);
            if (collect_case(reader, &technique->test[technique->cases++], i, step) != 0)
                return 2;
        }
    }
    return 0;
}

static int check_duplicates(const struct exchange_reader *reader)
{
    for (size_t i = 1; i < reader->items; i++) {
        const struct exchange_item *item = &reader->item[i];
        if (item->kind != EXCHANGE_CLAIM && compare_items(item - 1, item) == 0)
            return exchange_fail_at(reader, item, "is there twice: leave one of them out");
    }
    return 0;
}

int exchange_collect(struct exchange_reader *reader)
{
    struct assay_result *result = reader->result;
    size_t techniques = 0;
    if (reader->items > 1)
        qsort(reader->item, reader->items, sizeof *reader->item, compare_items);
    if (check_duplicates(reader) != 0)
        return 2;
    for (size_t i = 0; i < reader->items; i += run(reader, i, 0))
        techniques++;
    result->technique = calloc(techniques + 1, sizeof *result->technique);
    if (result->technique == NULL)
        return out_of_memory(reader);
    for (size_t i = 0, step; i < reader->items; i += step) {
        step = run(reader, i, 0);
        if (collect_technique(reader, &result->technique[result->techniques++], i, step) != 0)
            return 2;
    }
    return 0;
}

void exchange_reader_free(struct exchange_reader *reader)
{
    for (size_t i = 0; i < reader->items; i++) {
        free(reader->item[i].text);
        free(reader->item[i].value);
    }
    free(reader->item);
}
