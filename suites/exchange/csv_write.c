// SPDX-License-Identifier: MIT
/* csv_write.c - cases as one table, one row an array, a number or a text. */
#include "parts.h"

#include <math.h>
#include <string.h>

struct table {
    FILE *out;
    int hexadecimal;
    const char *technique, *test;
};

static void write_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* A name needs quotes only if it holds a comma or a quote. */
static void write_name(FILE *out, const char *name)
{
    if (strpbrk(name, ",\"") != NULL)
        write_text(out, name);
    else
        fputs(name, out);
}

/* The columns before the values. */
static void begin_row(const struct table *t, const char *part, const char *name, const char *type,
                      int rank, const size_t dim[])
{
    const char *const fields[] = {t->technique, t->test, part, name, type};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        write_name(t->out, fields[i]);
        fputc(',', t->out);
    }
    for (int i = 0; i < rank; i++)
        fprintf(t->out, "%s%zu", i > 0 ? " " : "", dim[i]);
    fputc(',', t->out);
}

static void text_row(const struct table *t, const char *part, const char *name, const char *text)
{
    begin_row(t, part, name, "text", 0, NULL);
    write_text(t->out, text);
    fputc('\n', t->out);
}

static void write_number(const struct table *t, double value, int integral)
{
    if (!isfinite(value))
        fputs(isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity", t->out);
    else if (integral)
        fprintf(t->out, "%.0f", value);
    else
        fprintf(t->out, t->hexadecimal ? "%a" : "%.17g", value);
}

static void array_row(const struct table *t, const char *part, const char *name, const char *type,
                      int rank, const size_t dim[], size_t count, const double *value)
{
    begin_row(t, part, name, type, rank, dim);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            fputc(' ', t->out);
        write_number(t, value[i], type[0] == 'i');
    }
    fputc('\n', t->out);
}

static void number_row(const struct table *t, const char *part, const char *name, const char *type,
                       double value)
{
    array_row(t, part, name, type, 0, NULL, 1, &value);
}

static void request_rows(const struct table *t, const struct request *r)
{
    for (size_t i = 0; i < r->numbers; i++)
        number_row(t, "number", r->number[i].name, "f64", r->number[i].value);
    for (size_t i = 0; i < r->choices; i++)
        text_row(t, "convention", r->choice[i].name, r->choice[i].value);
    for (size_t i = 0; i < r->inputs; i++)
        array_row(t, "input", r->input[i].name, r->input[i].integral ? "i32" : "f32",
                  r->input[i].rank, r->input[i].dim, r->input[i].count, r->input[i].value);
    for (size_t i = 0; i < r->draws; i++) {
        begin_row(t, "draw", r->draw[i].name, "text", r->draw[i].rank, r->draw[i].dim);
        write_text(t->out, r->draw[i].law);
        fputc('\n', t->out);
    }
}

static void golden_rows(const struct table *t, const struct assay_golden *golden)
{
    for (int p = 0; golden->outputs > 0 && p < ASSAY_LOW; p++) {
        struct exchange_precision in = exchange_precision(golden, NULL, p);
        number_row(t, "margin", in.name, "f64", in.margin);
    }
    for (size_t i = 0; i < golden->outputs; i++) {
        const struct assay_golden_array *o = &golden->output[i];
        array_row(t, "golden", o->name, o->integral ? "i32" : "f64", o->rank, o->dim, o->count,
                  o->high);
        array_row(t, "low", o->name, "f64", o->rank, o->dim, o->count, o->low);
        for (int p = 0; p < ASSAY_PRECISIONS; p++) {
            struct exchange_precision in = exchange_precision(golden, o, p);
            if (!golden->certified[p])
                continue;
            char part[ASSAY_NAME];
            snprintf(part, sizeof part, "bound_%s", in.name);
            array_row(t, part, o->name, "f64", o->rank, o->dim, o->count, in.bound);
        }
    }
}

int exchange_write_csv(const struct assay_file *file, int hexadecimal, FILE *out)
{
    struct table t = {.out = out, .hexadecimal = hexadecimal, .technique = "", .test = ""};
    fputs("technique,case,part,name,type,shape,values\n", out);
    text_row(&t, "file", "format", "assay-cases");
    number_row(&t, "file", "format_version", "i32", ASSAY_SCHEMA_VERSION);
    for (size_t i = 0; i < file->cases; i++) {
        const struct assay_case *test = &file->test[i];
        t.technique = test->technique;
        t.test = test->name;
        number_row(&t, "case", "index", "i32", (double)exchange_index(file, i));
        text_row(&t, "case", "why", test->why);
        text_row(&t, "case", "tier", test->tier);
        text_row(&t, "case", "covers", test->covers);
        if (test->quotes[0] != '\0')
            text_row(&t, "case", "quotes", test->quotes);
        request_rows(&t, &test->request);
        for (size_t k = 0; k < test->laws; k++)
            text_row(&t, "law", test->law[k].output, test->law[k].text);
        if (file->golden != NULL)
            golden_rows(&t, &file->golden[i]);
    }
    return ferror(out) ? 2 : 0;
}
