// SPDX-License-Identifier: MIT
/* parts.h - what the readers and writers of the formats share; for suites/exchange/ alone. */
#pragma once

#include "exchange.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

/* ---- writing --------------------------------------------------------------------------------- */

/* The bounds of a golden in one precision, and its margin, which a low one does not tell. */
struct exchange_precision {
    const char *name;
    const double *bound; /* NULL when only the margin was asked for */
    double margin;
};

struct exchange_precision exchange_precision(const struct assay_golden *golden,
                                             const struct assay_golden_array *output, int which);

/* "index": the place of a case among those of its technique. */
size_t exchange_index(const struct assay_file *file, size_t i);

/* The writers: to a stream, or into new memory that the caller frees. */
int exchange_write_json(const struct assay_file *file, FILE *out);
int exchange_write_csv(const struct assay_file *file, int hexadecimal, FILE *out);
int exchange_write_npz(const struct assay_file *file, void **bytes, size_t *size);

/* A case as a JSON object, with its numbers or, in the npz, without. NULL when memory is short. */
json_t *exchange_json_case(const struct assay_file *file, size_t i, int with_values);

/* The file around its cases. */
json_t *exchange_json_head(void);

/* ---- reading --------------------------------------------------------------------------------- */

enum exchange_kind {
    EXCHANGE_CLAIM,      /* the technique is implemented */
    EXCHANGE_CONVENTION, /* `name` is followed, and is `text` */
    EXCHANGE_DECLINED,   /* `text` says why */
    EXCHANGE_REFUSED,
    EXCHANGE_OUTPUT
};

/* One thing that a file says, in any order. */
struct exchange_item {
    enum exchange_kind kind;
    char technique[ASSAY_NAME], test[ASSAY_NAME], name[ASSAY_NAME];
    char *text;
    int rank;
    size_t dim[REQUEST_RANK], count;
    double *value;
};

struct exchange_reader {
    const char *path;
    char *error;
    uint64_t bytes_left; /* of values, that may still be taken */
    size_t items, room;
    struct exchange_item *item;
    struct assay_result *result; /* its implementation, version and precision */
};

/* Puts "PATH: sentence" into the error buffer; returns 2. */
int exchange_fail(const struct exchange_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same about a thing in the file, such as "adam/plain/y". */
int exchange_fail_at(const struct exchange_reader *reader, const struct exchange_item *item,
                     const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A new item after its names have been checked, or NULL after a sentence. Names that a kind does
 * not have are "". */
struct exchange_item *exchange_item(struct exchange_reader *reader, enum exchange_kind kind,
                                    const char *technique, const char *test, const char *name);

/* Keeps the text of an item, or of the file itself, after looking at it. */
int exchange_text(struct exchange_reader *reader, struct exchange_item *item, const char *text);
int exchange_head(struct exchange_reader *reader, const char *name, const char *text);

/* Format and version, as a file states them. */
int exchange_format(struct exchange_reader *reader, const char *format, double version);

/* Memory for the values of an item, whose rank and dim are set. */
int exchange_shape(struct exchange_reader *reader, struct exchange_item *item);

/* One number: decimal or hexadecimal, "Infinity", "-inf", "NaN". Returns 0, or 2 without a
 * sentence. */
int exchange_number(const char *text, double *value);

/* Types of outputs: f64 (also when `type` is ""), f32, or integers of up to 32 bits. f32 rounds
 * what is written in decimal to binary32. Returns 0, or 2 without a sentence. */
enum exchange_type { EXCHANGE_F64, EXCHANGE_F32, EXCHANGE_I32, EXCHANGE_NO_TYPE };
enum exchange_type exchange_type(const char *type);
int exchange_round(enum exchange_type type, double *value);

/* Makes a result of the items; they stay to be freed. */
int exchange_collect(struct exchange_reader *reader);
void exchange_reader_free(struct exchange_reader *reader);

/* The readers. */
int exchange_read_json(struct exchange_reader *reader, const unsigned char *bytes, size_t size);
int exchange_read_csv(struct exchange_reader *reader, const unsigned char *bytes, size_t size);
int exchange_read_npz(struct exchange_reader *reader, const unsigned char *bytes, size_t size);

/* What a JSON document says but for outputs, which `with_outputs` allows. */
int exchange_json_document(struct exchange_reader *reader, const char *text, size_t size,
                           int with_outputs);
