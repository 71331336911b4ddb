// SPDX-License-Identifier: MIT
/* check_json.c - a check as one JSON document. */
#include "check.h"

#include "words.h"

#include <jansson.h>
#include <math.h>

/* JSON has no infinity: null stands for it, and the status says the rest. */
static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *letter(char grade)
{
    return grade ? json_stringn(&grade, 1) : json_null();
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

static json_t *exception_json(const struct check_exception *e)
{
    char until[11], name[GATE_NAME + 1];
    const char *state = e->failing && e->expired ? "expired"
                        : e->failing             ? "needed"
                        : check_needless(e)      ? "no longer needed"
                                                 : "not covered";
    words_date_text(until, e->gate.until);
    snprintf(name, sizeof name, "%s%s", e->gate.name, e->gate.prefix ? "*" : "");
    return json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:I, s:I}", "cases", name, "precision",
                     e->gate.precision, "until", until, "reason", e->gate.reason, "line",
                     e->gate.line, "state", state, "failing", (json_int_t)e->failing, "passing",
                     (json_int_t)e->passing);
}

static json_t *verdict_json(const struct check *check, const struct check_verdict *v)
{
    json_t *exception = json_null();
    if (v->exception)
        exception = exception_json(&check->exception[v->exception - 1]);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:s, s:s, s:s, s:s, s:o, "
        "s:b, s:o}",
        "technique", v->technique, "case", v->name, "family", v->family, "tier", v->tier, "status",
        check_status_name(v->status), "outcome", check_status_name(v->outcome), "grade",
        letter(v->grade), "needed", letter(v->needed), "ratio", number(v->ratio), "digits",
        number(v->digits), "elements", (json_int_t)v->elements, "failures", (json_int_t)v->failures,
        "message", v->message, "diagnosis", v->diagnosis, "mistake", v->mistake, "remark",
        v->remark, "exception", exception, "refusal_names_it", v->names_it, "worst", worst_json(v));
}

static json_t *counts_json(const size_t count[CHECK_STATUSES])
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "passed", (json_int_t)count[CHECK_PASS],
                     "failed", (json_int_t)count[CHECK_FAIL], "missing",
                     (json_int_t)count[CHECK_MISSING], "errors", (json_int_t)count[CHECK_ERROR],
                     "excepted", (json_int_t)count[CHECK_EXCEPTED], "not_covered",
                     (json_int_t)count[CHECK_NOT_COVERED]);
}

static json_t *techniques_json(const struct check *check)
{
    json_t *list = json_array();
    for (size_t i = 0; i < check->techniques; i++) {
        const struct check_group *g = &check->technique[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o, s:o, s:o}", "technique", g->name, "family",
                                        g->family, "grade", letter(g->grade), "worst_ratio",
                                        number(g->worst_ratio), "counts", counts_json(g->count)));
    }
    return list;
}

/* null without a gate */
static json_t *gate_json(const struct check *check)
{
    char today[11];
    json_t *exceptions = json_array(), *notes = json_array();
    int met = 1;
    for (size_t i = 0; i < check->exceptions; i++)
        json_array_append_new(exceptions, exception_json(&check->exception[i]));
    for (size_t i = 0; i < check->notes; i++) {
        const struct check_note *n = &check->note[i];
        met = met && !n->fails;
        json_array_append_new(notes, json_pack("{s:i, s:b, s:s}", "line", n->line, "fails",
                                               n->fails, "text", n->text));
    }
    words_date_text(today, check->today);
    json_t *gate = json_pack("{s:s, s:s, s:b, s:o, s:o}", "path", check->gate, "today", today,
                             "demands_met", met, "exceptions", exceptions, "notes", notes);
    if (check->gate[0])
        return gate;
    json_decref(gate);
    return json_null();
}

static json_t *diagnoses_json(const struct check *check)
{
    size_t count;
    struct diagnosed_case *failing = check_diagnosed(check, &count);
    json_t *list = diagnose_summary_json(count, failing);
    free(failing);
    return list;
}

int check_print_json(const struct check *check, FILE *out)
{
    json_t *cases = json_array();
    int whole = 1;
    for (size_t i = 0; i < check->verdicts; i++)
        whole &= json_array_append_new(cases, verdict_json(check, &check->verdict[i])) == 0;
    json_t *root = json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "implementation",
        check->implementation, "version", check->version, "precision", check->precision, "verdict",
        check_passed(check) ? "PASS" : "FAIL", "grade", letter(check->grade), "worst_ratio",
        number(check->worst_ratio), "corpus_manifest", check->manifest, "corpus_commit",
        check->commit, "counts", counts_json(check->count), "gate", gate_json(check), "techniques",
        techniques_json(check), "cases", cases, "diagnoses", diagnoses_json(check));
    int status = root && whole && json_dumpf(root, out, JSON_INDENT(1)) == 0 ? 0 : 2;
    fputc('\n', out);
    json_decref(root);
    return status;
}
