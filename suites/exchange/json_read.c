// SPDX-License-Identifier: MIT
/* json_read.c - results as JSON. */
#include "parts.h"

#include "../protocol/hdf5_safe.h"

#include <string.h>

/* The text of a member, "" if it is not there, or NULL when it is something else. */
static const char *text_or_empty(const json_t *object, const char *name)
{
    const json_t *member = json_object_get(object, name);
    return member == NULL ? "" : json_string_value(member);
}

/* A misspelt member would otherwise be one left out. */
static int only(const struct exchange_reader *reader, const json_t *object, const char *what,
                const char *const known[])
{
    const char *name;
    json_t *value, *all = (json_t *)(uintptr_t)object; /* the iterator asks for no constant */
    json_object_foreach(all, name, value)
    {
        char shown[ASSAY_NAME + 1];
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], name) != 0)
            i++;
        safe_printable(shown, sizeof shown, name);
        if (known[i] == NULL)
            return exchange_fail(reader, "'%s' is unknown in %s: see data/EXCHANGE.md", shown,
                                 what);
    }
    return 0;
}

/* ---- outputs --------------------------------------------------------------------------------- */

static int read_shape(const struct exchange_reader *reader, struct exchange_item *item,
                      const json_t *shape)
{
    if (!json_is_array(shape) || json_array_size(shape) > REQUEST_RANK)
        return exchange_fail_at(reader, item, "needs a 'shape', a list of up to %d sizes",
                                REQUEST_RANK);
    item->rank = (int)json_array_size(shape);
    for (int i = 0; i < item->rank; i++) {
        double size = json_number_value(json_array_get(shape, (size_t)i));
        if (!json_is_number(json_array_get(shape, (size_t)i)) || !(size >= 0 && size <= 1e9) ||
            size != (double)(size_t)size)
            return exchange_fail_at(reader, item, "has a size that is no whole number");
        item->dim[i] = (size_t)size;
    }
    return 0;
}

static int read_number(const json_t *from, enum exchange_type type, double *to)
{
    if (json_is_string(from)) {
        if (strlen(json_string_value(from)) != json_string_length(from) ||
            exchange_number(json_string_value(from), to) != 0)
            return 2;
    } else if (json_is_number(from))
        *to = json_number_value(from);
    else
        return 2;
    return exchange_round(type, to);
}

static int read_output(struct exchange_reader *reader, const char *technique, const char *test,
                       const char *name, const json_t *from)
{
    static const char *const known[] = {"type", "shape", "data", NULL};
    struct exchange_item *item = exchange_item(reader, EXCHANGE_OUTPUT, technique, test, name);
    if (item == NULL || only(reader, from, "an output", known) != 0)
        return 2;
    const char *type = text_or_empty(from, "type");
    enum exchange_type kind = type != NULL ? exchange_type(type) : EXCHANGE_NO_TYPE;
    const json_t *data = json_object_get(from, "data");
    if (kind == EXCHANGE_NO_TYPE)
        return exchange_fail_at(reader, item, "has an unknown 'type': use f64, f32 or i32");
    if (read_shape(reader, item, json_object_get(from, "shape")) != 0 ||
        exchange_shape(reader, item) != 0)
        return 2;
    if (!json_is_array(data) || json_array_size(data) != item->count)
        return exchange_fail_at(reader, item,
                                "needs 'data', one flat list of %zu numbers, as its shape says",
                                item->count);
    for (size_t i = 0; i < item->count; i++)
        if (read_number(json_array_get(data, i), kind, &item->value[i]) != 0)
            return exchange_fail_at(reader, item,
                                    "element %zu is no number of its type: write digits, or "
                                    "\"Infinity\", \"-Infinity\", \"NaN\"",
                                    i);
    return 0;
}

/* ---- answers --------------------------------------------------------------------------------- */

static int read_words(struct exchange_reader *reader, enum exchange_kind kind,
                      const char *technique, const char *test, const json_t *words)
{
    if (words == NULL)
        return 0;
    if (!json_is_string(words))
        return exchange_fail(reader, "'declined' and 'refused' are sentences: write strings");
    struct exchange_item *item = exchange_item(reader, kind, technique, test, "");
    return item != NULL ? exchange_text(reader, item, json_string_value(words)) : 2;
}

static int read_answer(struct exchange_reader *reader, const json_t *answer, int with_outputs)
{
    static const char *const all[] = {"technique", "case", "declined", "refused", "outputs", NULL};
    static const char *const few[] = {"technique", "case", "declined", "refused", NULL};
    const char *technique = text_or_empty(answer, "technique"), *test, *name;
    json_t *outputs = json_object_get(answer, "outputs"), *output;
    if (!json_is_object(answer))
        return exchange_fail(reader, "an answer is no object: see data/EXCHANGE.md");
    if (only(reader, answer, "an answer", with_outputs ? all : few) != 0)
        return 2;
    test = text_or_empty(answer, "case");
    if (technique == NULL || test == NULL)
        return exchange_fail(reader, "an answer's technique and case are names: write strings");
    if (read_words(reader, EXCHANGE_DECLINED, technique, test,
                   json_object_get(answer, "declined")) != 0 ||
        read_words(reader, EXCHANGE_REFUSED, technique, test, json_object_get(answer, "refused")) !=
            0)
        return 2;
    if (outputs != NULL && !json_is_object(outputs))
        return exchange_fail(reader, "the outputs of an answer are an object, by name");
    json_object_foreach(outputs, name, output)
    {
        if (!json_is_object(output))
            return exchange_fail(reader, "an output is an object with type, shape and data");
        if (read_output(reader, technique, test, name, output) != 0)
            return 2;
    }
    return exchange_item(reader, EXCHANGE_CLAIM, technique, "", "") != NULL ? 0 : 2;
}

static int read_answers(struct exchange_reader *reader, const json_t *answers, int with_outputs)
{
    if (answers != NULL && !json_is_array(answers))
        return exchange_fail(reader, "'answers' is no list: see data/EXCHANGE.md");
    for (size_t i = 0; i < json_array_size(answers); i++)
        if (read_answer(reader, json_array_get(answers, i), with_outputs) != 0)
            return 2;
    return 0;
}

/* ---- what holds of the whole file ------------------------------------------------------------ */

static int read_claims(struct exchange_reader *reader, const json_t *techniques)
{
    if (techniques != NULL && !json_is_array(techniques))
        return exchange_fail(reader, "'techniques' is no list of names");
    for (size_t i = 0; i < json_array_size(techniques); i++) {
        const char *name = json_string_value(json_array_get(techniques, i));
        if (name == NULL)
            return exchange_fail(reader, "'techniques' is no list of names");
        if (exchange_item(reader, EXCHANGE_CLAIM, name, "", "") == NULL)
            return 2;
    }
    return 0;
}

static int read_conventions(struct exchange_reader *reader, json_t *conventions)
{
    const char *technique, *name;
    json_t *followed, *value;
    if (conventions != NULL && !json_is_object(conventions))
        return exchange_fail(reader, "'conventions' is no object of techniques");
    json_object_foreach(conventions, technique, followed)
    {
        if (!json_is_object(followed))
            return exchange_fail(reader, "'conventions' holds, for each technique, an object");
        json_object_foreach(followed, name, value)
        {
            struct exchange_item *item =
                exchange_item(reader, EXCHANGE_CONVENTION, technique, "", name);
            if (item == NULL)
                return 2;
            if (!json_is_string(value))
                return exchange_fail_at(reader, item, "is no string: a convention is a word");
            if (exchange_text(reader, item, json_string_value(value)) != 0)
                return 2;
        }
    }
    return 0;
}

static int read_document(struct exchange_reader *reader, const json_t *root, int with_outputs)
{
    static const char *const known[] = {"format",     "format_version", "implementation",
                                        "version",    "precision",      "conventions",
                                        "techniques", "answers",        NULL};
    const char *format = text_or_empty(root, "format");
    if (!json_is_object(root))
        return exchange_fail(reader, "holds no JSON object: see data/EXCHANGE.md");
    if (exchange_format(reader, format != NULL ? format : "",
                        json_number_value(json_object_get(root, "format_version"))) != 0 ||
        only(reader, root, "the file", known) != 0)
        return 2;
    for (int i = 2; i <= 4; i++) {
        const char *text = text_or_empty(root, known[i]);
        if (text == NULL)
            return exchange_fail(reader, "'%s' is no string", known[i]);
        if (exchange_head(reader, known[i], text) != 0)
            return 2;
    }
    if (read_claims(reader, json_object_get(root, "techniques")) != 0 ||
        read_conventions(reader, json_object_get(root, "conventions")) != 0)
        return 2;
    return read_answers(reader, json_object_get(root, "answers"), with_outputs);
}

int exchange_json_document(struct exchange_reader *reader, const char *text, size_t size,
                           int with_outputs)
{
    json_error_t problem;
    char shown[120];
    /* Integers as numbers like all others: -0 keeps its sign, and large ones are rounded once. */
    json_t *root =
        json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &problem);
    if (root == NULL) {
        safe_printable(shown, sizeof shown, problem.text);
        return exchange_fail(reader, "is no JSON at line %d, column %d: %s", problem.line,
                             problem.column, shown);
    }
    int code = read_document(reader, root, with_outputs);
    json_decref(root);
    return code;
}

int exchange_read_json(struct exchange_reader *reader, const unsigned char *bytes, size_t size)
{
    return exchange_json_document(reader, (const char *)bytes, size, 1);
}
