// SPDX-License-Identifier: MIT
/* check_tap.c - a check in the Test Anything Protocol, version 14: one test point a case, SKIP for
 * what is not covered, TODO for exceptions (also for those no longer needed, which readers then
 * report as unexpectedly good), YAML below what is not right. */
#include "check.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* # begins a directive, and a backslash protects. */
static void put(FILE *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '#' || *c == '\\')
            fputc('\\', out);
        fputc(*c, out);
    }
}

/* A JSON string is one of YAML too. */
static void put_string(FILE *out, const char *name, const char *text)
{
    json_t *string = json_string(text);
    fprintf(out, "  %s: ", name);
    if (!string || json_dumpf(string, out, JSON_ENCODE_ANY) != 0)
        fprintf(out, "\"\"");
    fputc('\n', out);
    json_decref(string);
}

static void put_number(FILE *out, const char *name, double value)
{
    if (isnan(value))
        fprintf(out, "%s: .nan", name);
    else if (isinf(value))
        fprintf(out, "%s: %s.inf", name, value < 0 ? "-" : "");
    else
        fprintf(out, "%s: %.17g", name, value);
}

static void put_elements(FILE *out, const struct check_verdict *v)
{
    int first = 1;
    for (size_t i = 0; i < v->worst.worst_count && v->worst.worst[i].ratio > 1; i++) {
        const struct compare_element *e = &v->worst.worst[i];
        char index[96];
        compare_index(index, sizeof index, e->index, v->rank, v->dim);
        fprintf(out, "%s    - element: \"%s\"\n", first ? "  elements:\n" : "", index);
        put_number(out, "      got", e->got);
        put_number(out, "\n      want", e->want);
        put_number(out, "\n      bound", e->bound);
        put_number(out, "\n      ratio", e->ratio);
        fputc('\n', out);
        first = 0;
    }
}

static void put_details(FILE *out, const struct check *check, const struct check_verdict *v)
{
    char command[CHECK_COMMAND];
    check_command(command, sizeof command, check, v);
    fprintf(out, "  ---\n");
    put_string(out, "message", v->message);
    put_string(out, "severity", v->outcome == CHECK_EXCEPTED ? "todo" : "fail");
    put_string(out, "status", check_status_name(v->status));
    fprintf(out, "  grade: \"%c\"\n", v->grade);
    if (v->remark[0])
        put_string(out, "gate", v->remark);
    if (v->diagnosis[0])
        put_string(out, "diagnosis", v->diagnosis);
    if (v->output[0]) {
        put_string(out, "output", v->output);
        put_number(out, "  ratio", v->ratio);
        put_number(out, "\n  digits", v->digits);
        fputc('\n', out);
    }
    put_elements(out, v);
    put_string(out, "repeat", command);
    fprintf(out, "  ...\n");
}

static void put_case(FILE *out, const struct check *check, size_t number,
                     const struct check_verdict *v)
{
    const struct check_exception *e = v->exception ? &check->exception[v->exception - 1] : NULL;
    int good = v->outcome == CHECK_PASS || v->outcome == CHECK_NOT_COVERED;
    fprintf(out, "%s %zu - ", good ? "ok" : "not ok", number);
    put(out, v->technique);
    fputc('/', out);
    put(out, v->name);
    if (v->outcome == CHECK_NOT_COVERED) {
        fprintf(out, " # SKIP ");
        put(out, v->message);
    } else if (v->outcome == CHECK_EXCEPTED ||
               (v->outcome == CHECK_PASS && e && check_needless(e))) {
        fprintf(out, " # TODO ");
        put(out, e->gate.reason);
    }
    fputc('\n', out);
    if (!good)
        put_details(out, check, v);
}

int check_print_tap(const struct check *check, FILE *out)
{
    size_t unmet = 0, number = 0;
    for (size_t i = 0; i < check->notes; i++)
        unmet += check->note[i].fails != 0;
    fprintf(out, "TAP version 14\n1..%zu\n# %s %s, %s\n", check->verdicts + unmet,
            check->implementation, check->version, check->precision);
    for (size_t i = 0; i < check->verdicts; i++)
        put_case(out, check, ++number, &check->verdict[i]);
    for (size_t i = 0; i < check->notes; i++) {
        const struct check_note *n = &check->note[i];
        if (n->fails)
            fprintf(out, "not ok %zu - ", ++number);
        else
            fprintf(out, "# ");
        put(out, check->gate);
        fprintf(out, ":%d: ", n->line);
        put(out, n->text);
        fputc('\n', out);
    }
    return ferror(out) ? 2 : 0;
}
