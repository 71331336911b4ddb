// SPDX-License-Identifier: MIT
#include "check.h"

#include <jansson.h>
#include <libxml/xmlwriter.h>
#include <math.h>
#include <string.h>

static void print_worst(const struct check_verdict *v, FILE *out)
{
    for (size_t i = 0; i < v->worst.worst_count && v->worst.worst[i].ratio > 1; i++) {
        const struct compare_element *e = &v->worst.worst[i];
        char index[96];
        compare_index(index, sizeof index, e->index, v->rank, v->dim);
        fprintf(out, "             %s%s is %.17g, but must be within %.3g of %.17g (ratio %.3g)\n",
                v->output, index, e->got, e->bound, e->want, e->ratio);
    }
}

void check_print(const struct check *check, int quiet, FILE *out)
{
    fprintf(out, "%s %s, %s\n", check->implementation, check->version, check->precision);
    for (size_t i = 0; i < check->verdicts; i++) {
        const struct check_verdict *v = &check->verdict[i];
        int bad = v->status != CHECK_PASS && v->status != CHECK_NOT_COVERED;
        char name[2 * ASSAY_NAME];
        if (quiet && !bad)
            continue;
        snprintf(name, sizeof name, "%s/%s", v->technique, v->name);
        fprintf(out, "%-12s %-46s", check_status_name(v->status), name);
        if (strcmp(v->tier, "refused") == 0 && v->status == CHECK_PASS)
            fprintf(out, " refused");
        else if (v->status == CHECK_PASS || v->status == CHECK_FAIL)
            fprintf(out, " ratio %-9.3g digits %4.1f", v->ratio, v->digits);
        fprintf(out, "%s%s\n", v->message[0] ? "  " : "", v->message);
        print_worst(v, out);
        if (v->diagnosis[0])
            fprintf(out, "             %s\n", v->diagnosis);
        if (bad)
            fprintf(out, "             build/assay check %s --case %s\n", check->path, name);
    }
    fprintf(out,
            "%s: %zu passed, %zu failed, %zu missing, %zu errors, %zu not covered; worst ratio "
            "%.3g\n",
            check_passed(check) ? "PASS" : "FAIL", check->count[CHECK_PASS],
            check->count[CHECK_FAIL], check->count[CHECK_MISSING], check->count[CHECK_ERROR],
            check->count[CHECK_NOT_COVERED], check->worst_ratio);
}

/* JSON has no infinity: null stands for it, and the status says the rest. */
static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *worst_json(const struct check_verdict *v)
{
    json_t *list = json_array();
    for (size_t i = 0; i < v->worst.worst_count; i++) {
        const struct compare_element *e = &v->worst.worst[i];
        char index[96];
        compare_index(index, sizeof index, e->index, v->rank, v->dim);
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "output", v->output,
                                              "index", index, "got", number(e->got), "want",
                                              number(e->want), "bound", number(e->bound), "ratio",
                                              number(e->ratio)));
    }
    return list;
}

static json_t *verdict_json(const struct check_verdict *v)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:I, s:I, s:s, s:s, s:b, s:o}", "technique",
                     v->technique, "case", v->name, "tier", v->tier, "status",
                     check_status_name(v->status), "ratio", number(v->ratio), "digits",
                     number(v->digits), "elements", (json_int_t)v->elements, "failures",
                     (json_int_t)v->failures, "message", v->message, "diagnosis", v->diagnosis,
                     "refusal_names_it", v->names_it, "worst", worst_json(v));
}

int check_print_json(const struct check *check, FILE *out)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < check->verdicts; i++)
        json_array_append_new(cases, verdict_json(&check->verdict[i]));
    json_t *counts = json_pack(
        "{s:I, s:I, s:I, s:I, s:I}", "passed", (json_int_t)check->count[CHECK_PASS], "failed",
        (json_int_t)check->count[CHECK_FAIL], "missing", (json_int_t)check->count[CHECK_MISSING],
        "errors", (json_int_t)check->count[CHECK_ERROR], "not_covered",
        (json_int_t)check->count[CHECK_NOT_COVERED]);
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "implementation", check->implementation,
                  "version", check->version, "precision", check->precision, "verdict",
                  check_passed(check) ? "PASS" : "FAIL", "worst_ratio", number(check->worst_ratio),
                  "counts", counts, "cases", cases);
    int status = root && json_dumpf(root, out, JSON_INDENT(1)) == 0 ? 0 : 2;
    fputc('\n', out);
    json_decref(root);
    return status;
}

static void attribute(xmlTextWriter *xml, const char *name, const char *value)
{
    xmlTextWriterWriteAttribute(xml, BAD_CAST name, BAD_CAST value);
}

static void write_case(xmlTextWriter *xml, const struct check_verdict *v)
{
    xmlTextWriterStartElement(xml, BAD_CAST "testcase");
    attribute(xml, "classname", v->technique);
    attribute(xml, "name", v->name);
    if (v->status == CHECK_NOT_COVERED) {
        xmlTextWriterStartElement(xml, BAD_CAST "skipped");
        attribute(xml, "message", v->message);
        xmlTextWriterEndElement(xml);
    } else if (v->status != CHECK_PASS) {
        int failed = v->status == CHECK_FAIL;
        xmlTextWriterStartElement(xml, BAD_CAST(failed ? "failure" : "error"));
        attribute(xml, "type", check_status_name(v->status));
        attribute(xml, "message", v->message);
        if (failed)
            xmlTextWriterWriteFormatString(xml, "output %s, ratio %.3g, %.1f digits. %s", v->output,
                                           v->ratio, v->digits, v->diagnosis);
        xmlTextWriterEndElement(xml);
    }
    xmlTextWriterEndElement(xml);
}

int check_write_junit(const struct check *check, const char *path, char *error)
{
    xmlTextWriter *xml = xmlNewTextWriterFilename(path, 0);
    int ok = xml != NULL;
    if (ok) {
        xmlTextWriterSetIndent(xml, 1);
        xmlTextWriterStartDocument(xml, NULL, "UTF-8", NULL);
        xmlTextWriterStartElement(xml, BAD_CAST "testsuite");
        attribute(xml, "name", check->implementation);
        xmlTextWriterWriteFormatAttribute(xml, BAD_CAST "tests", "%zu", check->verdicts);
        xmlTextWriterWriteFormatAttribute(xml, BAD_CAST "failures", "%zu",
                                          check->count[CHECK_FAIL]);
        xmlTextWriterWriteFormatAttribute(xml, BAD_CAST "errors", "%zu",
                                          check->count[CHECK_MISSING] + check->count[CHECK_ERROR]);
        xmlTextWriterWriteFormatAttribute(xml, BAD_CAST "skipped", "%zu",
                                          check->count[CHECK_NOT_COVERED]);
        for (size_t i = 0; i < check->verdicts; i++)
            write_case(xml, &check->verdict[i]);
        ok = xmlTextWriterEndDocument(xml) >= 0 && xmlTextWriterFlush(xml) >= 0;
    }
    xmlFreeTextWriter(xml);
    if (!ok)
        snprintf(error, ASSAY_ERROR, "%s: cannot be written; name a file in a folder that exists",
                 path);
    return ok ? 0 : 2;
}
