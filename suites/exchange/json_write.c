// SPDX-License-Identifier: MIT
/* json_write.c - cases as JSON. Numbers have 17 digits, which give back the same bits; what JSON has
 * no number for is a string, "Infinity" or "-Infinity". */
#include "parts.h"

#include <math.h>
#include <string.h>

static const size_t digits = JSON_REAL_PRECISION(17);

static json_t *number(double value)
{
    if (isfinite(value))
        return json_real(value);
    return json_string(isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity");
}

static json_t *numbers(const double *value, size_t count, int integral)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < count; i++)
        if (json_array_append_new(list, integral ? json_integer((json_int_t)value[i])
                                                 : number(value[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *shape(int rank, const size_t dim[])
{
    json_t *list = json_array();
    for (int i = 0; i < rank; i++)
        json_array_append_new(list, json_integer((json_int_t)dim[i]));
    return list;
}

/* Puts a new value into an object; `status` remembers a failure, which is one of memory. */
static void put(json_t *object, const char *name, json_t *value, int *status)
{
    if (json_object_set_new(object, name, value) != 0)
        *status = 2;
}

/* The object `name` in another; made when `count` says that there is something for it. */
static json_t *inner(json_t *object, const char *name, size_t count, int *status)
{
    json_t *made = json_object();
    if (count > 0)
        put(object, name, json_incref(made), status);
    return made;
}

static void put_request(json_t *test, const struct request *r, int with_values, int *status)
{
    json_t *object = inner(test, "numbers", r->numbers, status);
    for (size_t i = 0; i < r->numbers; i++)
        put(object, r->number[i].name, number(r->number[i].value), status);
    json_decref(object);
    object = inner(test, "conventions", r->choices, status);
    for (size_t i = 0; i < r->choices; i++)
        put(object, r->choice[i].name, json_string(r->choice[i].value), status);
    json_decref(object);
    object = inner(test, "inputs", r->inputs, status);
    for (size_t i = 0; i < r->inputs; i++) {
        const struct request_array *input = &r->input[i];
        json_t *array = json_object();
        put(array, "type", json_string(input->integral ? "i32" : "f32"), status);
        put(array, "shape", shape(input->rank, input->dim), status);
        if (with_values)
            put(array, "data", numbers(input->value, input->count, input->integral), status);
        put(object, input->name, array, status);
    }
    json_decref(object);
    object = inner(test, "draws", r->draws, status);
    for (size_t i = 0; i < r->draws; i++) {
        json_t *draw = json_object();
        put(draw, "law", json_string(r->draw[i].law), status);
        put(draw, "shape", shape(r->draw[i].rank, r->draw[i].dim), status);
        put(object, r->draw[i].name, draw, status);
    }
    json_decref(object);
}

static void put_golden(json_t *test, const struct assay_golden *golden, int with_values,
                       int *status)
{
    json_t *margins = inner(test, "margins", golden->outputs, status);
    for (int p = 0; p < ASSAY_LOW; p++) {
        struct exchange_precision in = exchange_precision(golden, NULL, p);
        put(margins, in.name, number(in.margin), status);
    }
    json_decref(margins);
    json_t *outputs = inner(test, "golden", golden->outputs, status);
    for (size_t i = 0; i < golden->outputs; i++) {
        const struct assay_golden_array *output = &golden->output[i];
        json_t *array = json_object();
        put(array, "type", json_string(output->integral ? "i32" : "f64"), status);
        put(array, "shape", shape(output->rank, output->dim), status);
        if (with_values) {
            put(array, "data", numbers(output->high, output->count, output->integral), status);
            put(array, "low", numbers(output->low, output->count, 0), status);
        }
        for (int p = 0; with_values && p < ASSAY_PRECISIONS; p++) {
            struct exchange_precision in = exchange_precision(golden, output, p);
            if (!golden->certified[p])
                continue;
            char name[ASSAY_NAME];
            snprintf(name, sizeof name, "bound_%s", in.name);
            put(array, name, numbers(in.bound, output->count, 0), status);
        }
        put(outputs, output->name, array, status);
    }
    json_decref(outputs);
}

json_t *exchange_json_case(const struct assay_file *file, size_t i, int with_values)
{
    const struct assay_case *test = &file->test[i];
    int status = 0;
    json_t *object = json_object();
    put(object, "technique", json_string(test->technique), &status);
    put(object, "case", json_string(test->name), &status);
    put(object, "index", json_integer((json_int_t)exchange_index(file, i)), &status);
    put(object, "why", json_string(test->why), &status);
    put(object, "tier", json_string(test->tier), &status);
    put(object, "covers", json_string(test->covers), &status);
    if (test->quotes[0] != '\0')
        put(object, "quotes", json_string(test->quotes), &status);
    put_request(object, &test->request, with_values, &status);
    json_t *laws = inner(object, "laws", test->laws, &status);
    for (size_t k = 0; k < test->laws; k++)
        put(laws, test->law[k].output, json_string(test->law[k].text), &status);
    json_decref(laws);
    if (file->golden != NULL)
        put_golden(object, &file->golden[i], with_values, &status);
    if (status == 0)
        return object;
    json_decref(object);
    return NULL;
}

json_t *exchange_json_head(void)
{
    return json_pack("{s:s, s:i}", "format", "assay-cases", "format_version", ASSAY_SCHEMA_VERSION);
}

/* One line a case; only one of them is in memory at a time. */
int exchange_write_json(const struct assay_file *file, FILE *out)
{
    fprintf(out, "{\"format\": \"assay-cases\", \"format_version\": %d, \"cases\": [\n",
            ASSAY_SCHEMA_VERSION);
    for (size_t i = 0; i < file->cases; i++) {
        json_t *test = exchange_json_case(file, i, 1);
        int status = test != NULL ? json_dumpf(test, out, JSON_COMPACT | digits) : -1;
        json_decref(test);
        if (status != 0 || fputs(i + 1 < file->cases ? ",\n" : "\n", out) == EOF)
            return 2;
    }
    fputs("]}\n", out);
    return ferror(out) ? 2 : 0;
}
