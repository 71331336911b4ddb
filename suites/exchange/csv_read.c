// SPDX-License-Identifier: MIT
/* csv_read.c - results as one table. */
#include "parts.h"

#include "../protocol/hdf5_safe.h"

#include <stdlib.h>
#include <string.h>

enum { TECHNIQUE, CASE, PART, NAME, TYPE, SHAPE, VALUES, COLUMNS };

static const char *const titles[COLUMNS] = {"technique", "case",  "part",  "name",
                                            "type",      "shape", "values"};

/* The table, whose fields are ended and freed of quotes in place. */
struct table {
    struct exchange_reader *reader;
    char *at, *end; /* *end is 0 */
    size_t row;
    char *field[COLUMNS];
    double version;
    char format[ASSAY_NAME];
};

static int bad_row(const struct table *t, const char *what)
{
    return exchange_fail(t->reader, "row %zu %s: see data/EXCHANGE.md", t->row, what);
}

/* ---- fields ---------------------------------------------------------------------------------- */

/* A field with quotes: two of them stand for one. Leaves t->at behind it; NULL if it never ends. */
static char *quoted_field(struct table *t)
{
    char *from = t->at + 1, *to = from, *start = from;
    for (; from < t->end; from++) {
        if (*from == '"' && from[1] != '"') {
            t->at = from + 1;
            *to = '\0';
            return start;
        }
        from += *from == '"';
        *to++ = *from;
    }
    return NULL;
}

static char *plain_field(struct table *t)
{
    char *start = t->at;
    while (t->at < t->end && strchr(",\r\n\"", *t->at) == NULL)
        t->at++;
    return start;
}

/* The next field; ends it and steps over what separates it. `last` tells that the row ends. */
static char *next_field(struct table *t, int *last)
{
    char *field = *t->at == '"' ? quoted_field(t) : plain_field(t);
    if (field == NULL)
        return NULL;
    char separator = *t->at;
    char *stop = t->at;
    if (t->at < t->end)
        t->at++;
    if (separator == '\r' && *t->at == '\n')
        t->at++;
    *last = separator != ',';
    if (separator != ',' && separator != '\n' && separator != '\r' && stop != t->end)
        return NULL;
    *stop = '\0';
    return field;
}

static int next_row(struct table *t)
{
    int last = 0;
    t->row++;
    for (int i = 0; i < COLUMNS; i++) {
        if (last)
            return bad_row(t, "has fewer than 7 fields");
        t->field[i] = next_field(t, &last);
        if (t->field[i] == NULL)
            return bad_row(t, "has quotes that do not end, or text behind them");
    }
    return last ? 0 : bad_row(t, "has more than 7 fields");
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* "64 20": sizes with one blank between them. */
static int read_shape(struct table *t, struct exchange_item *item)
{
    char *text = t->field[SHAPE];
    int more = text[0] != '\0';
    while (more) {
        char *end = text + strspn(text, "0123456789");
        if (end == text || end - text > 9 || item->rank == REQUEST_RANK ||
            (*end != ' ' && *end != '\0'))
            return exchange_fail_at(t->reader, item,
                                    "has a shape that is not up to %d sizes, as in \"64 20\"",
                                    REQUEST_RANK);
        item->dim[item->rank++] = (size_t)strtoul(text, NULL, 10);
        more = *end == ' ';
        text = end + more;
    }
    return 0;
}

static int read_values(struct table *t, struct exchange_item *item, enum exchange_type type)
{
    char *text = t->field[VALUES];
    for (size_t i = 0; i < item->count; i++) {
        char *end = text + strcspn(text, " ");
        int more = *end != '\0';
        *end = '\0';
        if (exchange_number(text, &item->value[i]) != 0 ||
            exchange_round(type, &item->value[i]) != 0)
            return exchange_fail_at(t->reader, item,
                                    "value %zu is no number of its type: write digits, Infinity, "
                                    "-Infinity or NaN",
                                    i);
        if (more != (i + 1 < item->count))
            return exchange_fail_at(t->reader, item, "needs %zu values, as its shape says",
                                    item->count);
        text = end + more;
    }
    if (item->count == 0 && text[0] != '\0')
        return exchange_fail_at(t->reader, item, "has values, and its shape says none");
    return 0;
}

static int read_output(struct table *t)
{
    struct exchange_item *item = exchange_item(t->reader, EXCHANGE_OUTPUT, t->field[TECHNIQUE],
                                               t->field[CASE], t->field[NAME]);
    if (item == NULL)
        return 2;
    enum exchange_type type = exchange_type(t->field[TYPE]);
    if (type == EXCHANGE_NO_TYPE)
        return exchange_fail_at(t->reader, item, "has an unknown type: use f64, f32 or i32");
    if (read_shape(t, item) != 0 || exchange_shape(t->reader, item) != 0)
        return 2;
    return read_values(t, item, type);
}

static int read_text(struct table *t, enum exchange_kind kind)
{
    struct exchange_item *item =
        exchange_item(t->reader, kind, t->field[TECHNIQUE], t->field[CASE], t->field[NAME]);
    return item != NULL ? exchange_text(t->reader, item, t->field[VALUES]) : 2;
}

static int read_file_row(struct table *t)
{
    if (t->field[TECHNIQUE][0] != '\0' || t->field[CASE][0] != '\0')
        return bad_row(t, "is about the file, and has a technique or a case");
    if (strcmp(t->field[NAME], "format") == 0) {
        snprintf(t->format, sizeof t->format, "%.40s", t->field[VALUES]);
        return 0;
    }
    if (strcmp(t->field[NAME], "format_version") == 0)
        return exchange_number(t->field[VALUES], &t->version) == 0
                   ? 0
                   : bad_row(t, "has a format_version that is no number");
    return exchange_head(t->reader, t->field[NAME], t->field[VALUES]);
}

static int read_row(struct table *t)
{
    static const struct {
        const char *part;
        enum exchange_kind kind;
    } texts[] = {{"convention", EXCHANGE_CONVENTION},
                 {"declined", EXCHANGE_DECLINED},
                 {"refused", EXCHANGE_REFUSED}};
    const char *part = t->field[PART];
    int code = -1;
    if (strcmp(part, "file") == 0)
        return read_file_row(t);
    if (strcmp(part, "output") == 0)
        code = read_output(t);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(part, texts[i].part) == 0)
            code = read_text(t, texts[i].kind);
    if (code < 0 && strcmp(part, "technique") != 0)
        return bad_row(t, "has an unknown part");
    if (code > 0)
        return code;
    return exchange_item(t->reader, EXCHANGE_CLAIM, t->field[TECHNIQUE], "", "") != NULL ? 0 : 2;
}

static int read_table(struct table *t)
{
    const char *title = t->at + (*t->at == '"');
    int table = strncmp(title, titles[0], strlen(titles[0])) == 0;
    if (table && next_row(t) != 0)
        return 2;
    for (int i = 0; i < COLUMNS; i++)
        if (!table || strcmp(t->field[i], titles[i]) != 0)
            return exchange_fail(t->reader, "is neither npz nor JSON, nor CSV with the first row "
                                            "technique,case,part,name,type,shape,values");
    while (t->at < t->end)
        if (next_row(t) != 0 || read_row(t) != 0)
            return 2;
    return exchange_format(t->reader, t->format, t->version);
}

int exchange_read_csv(struct exchange_reader *reader, const unsigned char *bytes, size_t size)
{
    char *copy = malloc(size + 1);
    if (copy == NULL)
        return exchange_fail(reader, "needs more memory than there is: split the file");
    if (memchr(bytes, '\0', size) != NULL) {
        free(copy);
        return exchange_fail(reader, "is neither npz nor JSON nor CSV: it holds bytes that are "
                                     "no text");
    }
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    struct table t = {.reader = reader, .at = copy, .end = copy + size};
    int code = read_table(&t);
    free(copy);
    return code;
}
