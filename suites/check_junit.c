// SPDX-License-Identifier: MIT
/* check_junit.c - a check as JUnit XML: one suite a technique, one test a case.
 *
 * `classname` is assay.FAMILY.TECHNIQUE, by which readers group tests, and `file` the definition of
 * the technique in this project. What the gate says about the whole is a suite of its own. */
#include "check.h"

#include "words.h"

#include <libxml/xmlwriter.h>
#include <math.h>
#include <string.h>

static void attribute(xmlTextWriter *xml, const char *name, const char *value)
{
    xmlTextWriterWriteAttribute(xml, BAD_CAST name, BAD_CAST value);
}

static void number(xmlTextWriter *xml, const char *name, size_t value)
{
    xmlTextWriterWriteFormatAttribute(xml, BAD_CAST name, "%zu", value);
}

static void property(xmlTextWriter *xml, const char *name, const char *value)
{
    if (!value[0])
        return;
    xmlTextWriterStartElement(xml, BAD_CAST "property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
    xmlTextWriterEndElement(xml);
}

/* Properties belong to suites: so every suite has all of them. */
static void properties(xmlTextWriter *xml, const struct check *check, char grade)
{
    char today[11], letter[2] = {grade, 0};
    words_date_text(today, check->today);
    xmlTextWriterStartElement(xml, BAD_CAST "properties");
    property(xml, "implementation", check->implementation);
    property(xml, "version", check->version);
    property(xml, "precision", check->precision);
    property(xml, "grade", letter);
    property(xml, "gate", check->gate);
    if (check->gate[0])
        property(xml, "gate.today", today);
    property(xml, "corpus.commit", check->commit);
    property(xml, "corpus.manifest.sha256", check->manifest);
    xmlTextWriterEndElement(xml);
}

static void begin_suite(xmlTextWriter *xml, const char *name, const size_t total[3], size_t skipped)
{
    xmlTextWriterStartElement(xml, BAD_CAST "testsuite");
    attribute(xml, "name", name);
    number(xml, "tests", total[0]);
    number(xml, "failures", total[1]);
    number(xml, "errors", total[2]);
    number(xml, "skipped", skipped);
    attribute(xml, "time", "0");
}

/* What a reader sees below the message of a failure. */
static void details(xmlTextWriter *xml, const struct check *check, const struct check_verdict *v)
{
    char command[CHECK_COMMAND];
    check_command(command, sizeof command, check, v);
    xmlTextWriterWriteFormatString(xml, "%s\n", v->message);
    if (v->remark[0])
        xmlTextWriterWriteFormatString(xml, "%s\n", v->remark);
    if (v->status == CHECK_FAIL && v->output[0])
        xmlTextWriterWriteFormatString(xml, "output %s, ratio %.3g, grade %c, %.1f digits\n",
                                       v->output, v->ratio, v->grade, v->digits);
    for (size_t i = 0; i < v->worst.worst_count && v->worst.worst[i].ratio > 1; i++) {
        const struct compare_element *e = &v->worst.worst[i];
        char index[96];
        compare_index(index, sizeof index, e->index, v->rank, v->dim);
        xmlTextWriterWriteFormatString(xml, "%s%s is %.17g, but must be within %.3g of %.17g\n",
                                       v->output, index, e->got, e->bound, e->want);
    }
    if (v->diagnosis[0])
        xmlTextWriterWriteFormatString(xml, "%s\n", v->diagnosis);
    xmlTextWriterWriteFormatString(xml, "%s\n", command);
}

static void begin_test(xmlTextWriter *xml, const char *classname, const char *name)
{
    xmlTextWriterStartElement(xml, BAD_CAST "testcase");
    attribute(xml, "classname", classname);
    attribute(xml, "name", name);
    attribute(xml, "time", "0");
}

static void write_case(xmlTextWriter *xml, const struct check *check, const struct check_verdict *v)
{
    char text[256], message[3 * ASSAY_TEXT + 8];
    int skipped = v->outcome == CHECK_NOT_COVERED || v->outcome == CHECK_EXCEPTED;
    snprintf(text, sizeof text, "assay.%s.%s", v->family[0] ? v->family : "unknown", v->technique);
    begin_test(xml, text, v->name);
    snprintf(text, sizeof text, "reference/%s/%s.h", v->family, v->technique);
    if (v->family[0])
        attribute(xml, "file", text);
    if (skipped) {
        xmlTextWriterStartElement(xml, BAD_CAST "skipped");
        attribute(xml, "message", v->remark[0] ? v->remark : v->message);
        xmlTextWriterEndElement(xml);
    } else if (check_bad(v)) {
        snprintf(message, sizeof message, "%s%s%s%s%s", v->message, v->remark[0] ? "; " : "",
                 v->remark, v->diagnosis[0] ? "; " : "", v->diagnosis);
        xmlTextWriterStartElement(xml, BAD_CAST(v->outcome == CHECK_FAIL ? "failure" : "error"));
        attribute(xml, "type", check_status_name(v->outcome));
        attribute(xml, "message", message);
        details(xml, check, v);
        xmlTextWriterEndElement(xml);
    }
    xmlTextWriterEndElement(xml);
}

static void write_suite(xmlTextWriter *xml, const struct check *check, const struct check_group *g)
{
    char name[2 * ASSAY_NAME];
    size_t errors = g->count[CHECK_MISSING] + g->count[CHECK_ERROR];
    snprintf(name, sizeof name, "%s%s%s", g->family, g->family[0] ? "/" : "", g->name);
    begin_suite(xml, name, (size_t[]){g->cases, g->count[CHECK_FAIL], errors},
                g->count[CHECK_NOT_COVERED] + g->count[CHECK_EXCEPTED]);
    properties(xml, check, g->grade);
    for (size_t i = g->first; i < g->first + g->cases; i++)
        write_case(xml, check, &check->verdict[i]);
    xmlTextWriterEndElement(xml);
}

static size_t unmet(const struct check *check)
{
    size_t count = 0;
    for (size_t i = 0; i < check->notes; i++)
        count += check->note[i].fails != 0;
    return count;
}

static void write_notes(xmlTextWriter *xml, const struct check *check)
{
    if (check->notes == 0)
        return;
    begin_suite(xml, "gate", (size_t[]){check->notes, unmet(check), 0}, 0);
    properties(xml, check, check->grade);
    for (size_t i = 0; i < check->notes; i++) {
        const struct check_note *n = &check->note[i];
        char name[64];
        snprintf(name, sizeof name, "line %d, note %zu", n->line, i + 1);
        begin_test(xml, "assay.gate", name);
        attribute(xml, "file", check->gate);
        if (n->fails) {
            xmlTextWriterStartElement(xml, BAD_CAST "failure");
            attribute(xml, "type", "GATE");
            attribute(xml, "message", n->text);
            xmlTextWriterEndElement(xml);
        } else {
            xmlTextWriterWriteElement(xml, BAD_CAST "system-out", BAD_CAST n->text);
        }
        xmlTextWriterEndElement(xml);
    }
    xmlTextWriterEndElement(xml);
}

static void write_document(xmlTextWriter *xml, const struct check *check)
{
    xmlTextWriterSetIndent(xml, 1);
    xmlTextWriterStartDocument(xml, NULL, "UTF-8", NULL);
    xmlTextWriterStartElement(xml, BAD_CAST "testsuites");
    attribute(xml, "name", check->implementation);
    number(xml, "tests", check->verdicts + check->notes);
    number(xml, "failures", check->count[CHECK_FAIL] + unmet(check));
    number(xml, "errors", check->count[CHECK_MISSING] + check->count[CHECK_ERROR]);
    attribute(xml, "time", "0");
    write_notes(xml, check);
    for (size_t i = 0; i < check->techniques; i++)
        write_suite(xml, check, &check->technique[i]);
    xmlTextWriterEndElement(xml);
}

int check_print_junit(const struct check *check, FILE *out)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlTextWriter *xml = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL;
    int ok = xml != NULL;
    if (ok) {
        write_document(xml, check);
        ok = xmlTextWriterEndDocument(xml) >= 0 && xmlTextWriterFlush(xml) >= 0;
    }
    xmlFreeTextWriter(xml);
    if (ok) {
        size_t length = (size_t)xmlBufferLength(buffer);
        ok = fwrite(xmlBufferContent(buffer), 1, length, out) == length;
    }
    if (buffer)
        xmlBufferFree(buffer);
    return ok ? 0 : 2;
}
