// SPDX-License-Identifier: MIT
/* case_read_golden.c - reading the golden of a case and its bounds. */
#include "bound_code.h"
#include "case_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int out_of_memory(const struct safe_object *object)
{
    return safe_fail(object, "needs more memory than there is: split the file");
}

/* ---- golden ---------------------------------------------------------------------------------- */

/* Memory for the parts of an output, zeros. The file has been charged for some of it. */
static int allocate_output(const struct safe_object *golden, struct assay_golden_array *output,
                           uint64_t charged)
{
    uint64_t parts = (2 + ASSAY_PRECISIONS) * (uint64_t)output->count;
    if (parts > charged && safe_take(golden, output->name, (parts - charged) * sizeof(double)) != 0)
        return 2;
    output->high = calloc(output->count + 1, sizeof *output->high);
    output->low = calloc(output->count + 1, sizeof *output->low);
    int lacking = output->high == NULL || output->low == NULL;
    for (int p = 0; p < ASSAY_PRECISIONS; p++) {
        output->bound[p] = calloc(output->count + 1, sizeof *output->bound[p]);
        lacking |= output->bound[p] == NULL;
    }
    return lacking ? out_of_memory(golden) : 0;
}

/* Integers are the answer itself; floating numbers have an axis for high and low in front. */
static int keep_output(const struct safe_object *golden, const struct safe_values *values,
                       struct assay_golden_array *output)
{
    int layered = !values->integral;
    if (layered && (values->rank == 0 || values->dim[0] < 1 || values->dim[0] > 2))
        return safe_fail_at(golden, output->name,
                            "has no first axis of size 2: a floating golden is high, then low");
    if (values->rank - layered > REQUEST_RANK)
        return safe_fail_at(golden, output->name, "has rank %d, and at most %d is allowed",
                            values->rank, REQUEST_RANK);
    output->integral = values->integral;
    output->rank = values->rank - layered;
    memcpy(output->dim, values->dim + layered, (size_t)output->rank * sizeof *output->dim);
    size_t layers = layered ? values->dim[0] : 1, count = values->count / layers;
    output->count = count;
    if (allocate_output(golden, output, values->count) != 0)
        return 2;
    memcpy(output->high, values->value, count * sizeof *output->high);
    if (layers == 2)
        memcpy(output->low, values->value + count, count * sizeof *output->low);
    return 0;
}

static int read_output(const struct safe_object *golden, const char *name,
                       struct assay_golden_array *output)
{
    struct safe_values values;
    snprintf(output->name, sizeof output->name, "%s", name);
    if (safe_values(golden, name, &values) != 0)
        return 2;
    int code = keep_output(golden, &values, output);
    free(values.value);
    return code;
}

/* The low precisions in which the case is certified, "bf16 f16". */
static int read_certified(const struct safe_object *group, struct assay_golden *golden)
{
    char text[ASSAY_NAME] = "", *rest = text;
    golden->certified[ASSAY_F64] = golden->certified[ASSAY_F32] = 1;
    if (safe_has(group, "certified") && safe_text(group, "certified", text, sizeof text) != 0)
        return 2;
    for (char *name; (name = strtok_r(rest, " ", &rest)) != NULL;) {
        int p = precision_named(name);
        if (p < ASSAY_LOW || golden->certified[p])
            return safe_fail_at(group, "certified",
                                "has '%s', but it names low precisions, bf16 and f16, once each",
                                name);
        golden->certified[p] = 1;
    }
    return 0;
}

int read_golden(const struct safe_object *group, void *target)
{
    struct safe_names names;
    struct assay_golden *golden = target;
    if (safe_number(group, "margin_f64", &golden->margin[ASSAY_F64], NULL) != 0 ||
        safe_number(group, "margin_f32", &golden->margin[ASSAY_F32], NULL) != 0 ||
        read_certified(group, golden) != 0)
        return 2;
    int code = safe_members(group, &names);
    golden->output = calloc(names.count + 1, sizeof *golden->output);
    if (code == 0 && golden->output == NULL)
        code = out_of_memory(group);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_output(group, names.name[i], &golden->output[golden->outputs++]);
    free(names.name);
    return code;
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static int decode(const struct safe_object *bounds, struct assay_golden_array *output,
                  const double *codes, double *bound)
{
    for (size_t i = 0; i < output->count; i++) {
        int known = codes[i] >= 0 && (codes[i] <= BOUND_LARGEST || codes[i] == BOUND_INFINITE);
        if (!known)
            return safe_fail_at(bounds, output->name,
                                "has the code %.17g at element %zu: a bound is 0 to %d or %d",
                                codes[i], i, BOUND_LARGEST, BOUND_INFINITE);
        bound[i] = bound_value((uint16_t)codes[i]);
    }
    return 0;
}

static int keep_bounds(const struct safe_object *bounds, const struct safe_values *values,
                       const struct assay_golden *golden, struct assay_golden_array *output)
{
    size_t layers = 0;
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        layers += golden->certified[p] != 0;
    if (!values->integral)
        return safe_fail_at(bounds, output->name, "is not made of integers: bounds are codes");
    if (values->rank != output->rank + 1 || values->dim[0] != layers ||
        memcmp(values->dim + 1, output->dim, (size_t)output->rank * sizeof *output->dim) != 0)
        return safe_fail_at(
            bounds, output->name,
            "has another shape than its golden: it is an axis of size %zu, for f64, "
            "f32 and what is certified, then the shape of the output",
            layers);
    const double *codes = values->value;
    for (int p = 0; p < ASSAY_PRECISIONS; p++) {
        if (!golden->certified[p])
            continue;
        if (decode(bounds, output, codes, output->bound[p]) != 0)
            return 2;
        codes += output->count;
    }
    return 0;
}

static int read_bound(const struct safe_object *bounds, const char *name,
                      struct assay_golden *golden)
{
    struct safe_values values;
    struct assay_golden_array *output = NULL;
    for (size_t i = 0; i < golden->outputs && output == NULL; i++)
        if (strcmp(golden->output[i].name, name) == 0)
            output = &golden->output[i];
    if (output == NULL)
        return safe_fail_at(bounds, name, "is not the name of a golden: remove or rename it");
    if (safe_values(bounds, name, &values) != 0)
        return 2;
    int code = keep_bounds(bounds, &values, golden, output);
    free(values.value);
    return code;
}

int read_bounds(const struct safe_object *group, void *target)
{
    struct safe_names names;
    int code = safe_members(group, &names);
    for (size_t i = 0; code == 0 && i < names.count; i++)
        code = read_bound(group, names.name[i], target);
    free(names.name);
    return code;
}
