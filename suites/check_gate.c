// SPDX-License-Identifier: MIT
#include "check_gate.h"

#include "corpus.h"
#include "words.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void *need(void *memory)
{
    if (!memory) {
        fprintf(stderr, "assay: no memory left for the verdicts\n");
        exit(2);
    }
    return memory;
}

static void note(struct check *check, int line, int fails, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void note(struct check *check, int line, int fails, const char *format, ...)
{
    va_list arguments;
    check->note = need(realloc(check->note, (check->notes + 1) * sizeof *check->note));
    struct check_note *new = &check->note[check->notes++];
    *new = (struct check_note){.line = line, .fails = fails};
    va_start(arguments, format);
    vsnprintf(new->text, sizeof new->text, format, arguments);
    va_end(arguments);
    words_repair(new->text);
}

void check_declarations(struct check *check, const struct assay_result *result,
                        const struct gate *gate)
{
    if (!gate_accepts_precision(gate, result->precision))
        note(check, gate->precisions.name[0].line, 1,
             "the result is in %s, which the gate does not accept", result->precision);
    for (size_t i = 0; i < gate->conventions; i++) {
        const struct gate_convention *c = &gate->convention[i];
        for (size_t t = 0; t < result->techniques; t++) {
            const struct assay_result_technique *technique = &result->technique[t];
            for (size_t k = 0; k < technique->conventions; k++) {
                const struct request_choice *followed = &technique->convention[k];
                if (strcmp(technique->name, c->technique) == 0 &&
                    strcmp(followed->name, c->name) == 0 && strcmp(followed->value, c->value) != 0)
                    note(check, c->line, 1, "%s follows %s = %s, but the gate demands %s",
                         c->technique, c->name, followed->value, c->value);
            }
        }
    }
}

/* Only where a bound is exceeded does its multiple say anything. */
static char grade_of(const struct check_verdict *v)
{
    int bounded = strcmp(v->tier, "statistical") != 0 && strcmp(v->tier, "refused") != 0;
    if (v->status == CHECK_NOT_COVERED)
        return 0;
    if (v->status == CHECK_PASS)
        return 'A';
    if (v->status != CHECK_FAIL || !bounded || !(v->ratio > 1))
        return 'F';
    return v->ratio <= 4 ? 'B' : v->ratio <= 16 ? 'C' : 'F';
}

static void keep_judged(struct check *check)
{
    size_t kept = 0;
    for (size_t i = 0; i < check->verdicts; i++) {
        if (check->verdict[i].judged)
            check->verdict[kept++] = check->verdict[i];
    }
    check->verdicts = kept;
}

static void collect_exceptions(struct check *check, const struct gate *gate, int today)
{
    check->exceptions = gate->exceptions;
    check->exception = need(calloc(gate->exceptions + 1, sizeof *check->exception));
    for (size_t i = 0; i < gate->exceptions; i++) {
        check->exception[i].gate = gate->exception[i];
        check->exception[i].expired = today > gate->exception[i].until;
    }
}

static void full_name(char name[GATE_NAME], const struct check_verdict *v)
{
    snprintf(name, GATE_NAME, "%s/%s", v->technique, v->name);
}

/* Whether an exception is about this technique, or begins with its name. */
static int about(const struct gate_exception *e, const struct check_verdict *v)
{
    size_t length = strcspn(e->name, "/");
    return strncmp(e->name, v->technique, length) == 0 &&
           (v->technique[length] == 0 || e->name[length] == 0);
}

/* The case that an exception most likely meant. */
static void unknown_case(const struct check *check, const char *path,
                         const struct gate_exception *e, char *error)
{
    char name[GATE_NAME];
    struct nearest nearest = nearest_to(e->name);
    for (size_t i = 0; i < check->verdicts; i++) {
        full_name(name, &check->verdict[i]);
        nearest_offer(&nearest, name);
    }
    snprintf(error, ASSAY_ERROR,
             "%.150s:%d: no case is named '%.95s%s'; the nearest is '%s' (`assay show` and a "
             "technique shows all)",
             path, e->line, e->name, e->prefix ? "*" : "", nearest.name);
}

/* Before anything is left out: whether each exception is about a case that there is. Techniques
 * that goldens of the user's own leave out say nothing about it. */
static int check_names(const struct check *check, const struct gate *gate, char *error)
{
    char name[GATE_NAME];
    for (size_t i = 0; i < gate->exceptions; i++) {
        const struct gate_exception *e = &gate->exception[i];
        const struct check_verdict *unjudged = NULL;
        int found = 0, related = 0;
        for (size_t k = 0; !found && k < check->verdicts; k++) {
            full_name(name, &check->verdict[k]);
            related |= about(e, &check->verdict[k]);
            if (!gate_fits(e, name))
                continue;
            found = check->verdict[k].judged;
            unjudged = &check->verdict[k];
        }
        if (found || !related)
            continue;
        if (unjudged)
            snprintf(error, ASSAY_ERROR,
                     "%.150s:%d: excepts %.95s%s, which the gate does not judge, because of its "
                     "tier (%.47s) or a convention; leave this line out",
                     gate->path, e->line, e->name, e->prefix ? "*" : "", unjudged->tier);
        else
            unknown_case(check, gate->path, e, error);
        return 2;
    }
    return 0;
}

/* The outcome of one case. */
static void judge(struct check *check, struct check_verdict *v, const struct gate *gate)
{
    char name[GATE_NAME], until[11];
    full_name(name, v);
    const struct gate_exception *e = gate_exception_for(gate, name, check->precision);
    v->needed = gate_needs(gate, v->technique);
    if (v->status == CHECK_NOT_COVERED)
        return;
    if (v->status == CHECK_FAIL && v->grade <= v->needed) {
        v->outcome = CHECK_PASS;
        snprintf(v->remark, sizeof v->remark, "grade %c is enough for the gate", v->needed);
    }
    if (!e)
        return;
    struct check_exception *exception = &check->exception[e - gate->exception];
    v->exception = (size_t)(e - gate->exception) + 1;
    exception->passing += v->outcome == CHECK_PASS;
    exception->failing += v->outcome != CHECK_PASS;
    if (v->outcome == CHECK_PASS)
        return;
    words_date_text(until, e->until);
    if (!exception->expired)
        v->outcome = CHECK_EXCEPTED;
    snprintf(v->remark, sizeof v->remark,
             exception->expired
                 ? "its exception ended on %s (line %d of the gate): repair it, or agree on a new "
                   "date; the reason was: %.450s"
                 : "excepted until %s (line %d of the gate): %.450s",
             until, e->line, e->reason);
}

/* Whether any case that is answered, not only refused, is covered. */
static int covers(const struct check *check, const struct check_group *group)
{
    for (size_t i = group->first; i < group->first + group->cases; i++) {
        const struct check_verdict *v = &check->verdict[i];
        if (v->status != CHECK_NOT_COVERED && strcmp(v->tier, "refused") != 0)
            return 1;
    }
    return 0;
}

/* `require`: every technique that the name stands for. */
static void check_required(struct check *check, const struct gate *gate)
{
    for (size_t i = 0; i < gate->required.count; i++) {
        const struct gate_name *wanted = &gate->required.name[i];
        for (size_t t = 0; t < corpus_techniques(); t++) {
            const struct corpus_technique *technique = corpus_technique(t);
            int covered = 0;
            if (strcmp(wanted->name, technique->name) != 0 &&
                strcmp(wanted->name, technique->family) != 0)
                continue;
            for (size_t g = 0; g < check->techniques; g++) {
                if (strcmp(check->technique[g].name, technique->name) == 0)
                    covered |= covers(check, &check->technique[g]);
            }
            if (!covered)
                note(check, wanted->line, 1,
                     "%s is required, but the result answers none of its cases", technique->name);
        }
    }
}

static void check_limits(struct check *check, const struct gate *gate)
{
    size_t uncovered = check->count[CHECK_NOT_COVERED];
    size_t covered = check->verdicts - uncovered;
    if (gate->at_least_line && covered < gate->at_least)
        note(check, gate->at_least_line, 1, "%zu cases are covered, but the gate demands %zu",
             covered, gate->at_least);
    if (gate->at_most_line && uncovered > gate->at_most)
        note(check, gate->at_most_line, 1, "%zu cases are not covered, but the gate allows %zu",
             uncovered, gate->at_most);
}

int check_needless(const struct check_exception *exception)
{
    return exception->passing > 0 && exception->failing == 0;
}

static void check_exceptions(struct check *check)
{
    for (size_t i = 0; i < check->exceptions; i++) {
        const struct check_exception *e = &check->exception[i];
        if (check_needless(e))
            note(check, e->gate.line, 0,
                 "the exception of %s%s is no longer needed: what it is about passes", e->gate.name,
                 e->gate.prefix ? "*" : "");
    }
}

static void add_to(struct check_group *group, const struct check_verdict *v)
{
    group->cases++;
    group->count[v->outcome]++;
    group->worst_ratio = fmax(group->worst_ratio, v->ratio);
    group->grade = v->grade > group->grade ? v->grade : group->grade;
}

static struct check_group *group_named(struct check_group *group, size_t *count, const char *name)
{
    for (size_t i = *count; i-- > 0;) { /* most often the last one */
        if (strcmp(group[i].name, name) == 0)
            return &group[i];
    }
    struct check_group *new = &group[(*count)++];
    snprintf(new->name, sizeof new->name, "%s", name);
    return new;
}

/* Techniques in the order in which they come, their verdicts side by side; and families. */
static void put_in_groups(struct check *check)
{
    size_t room = check->verdicts + 1, at = 0;
    struct check_verdict *sorted = need(calloc(room, sizeof *sorted));
    check->technique = need(calloc(room, sizeof *check->technique));
    check->family = need(calloc(room, sizeof *check->family));
    for (size_t i = 0; i < check->verdicts; i++) {
        struct check_verdict *v = &check->verdict[i];
        struct check_group *group = group_named(check->technique, &check->techniques, v->technique);
        snprintf(group->family, sizeof group->family, "%s", v->family);
        add_to(group, v);
        add_to(group_named(check->family, &check->families, v->family[0] ? v->family : "unknown"),
               v);
    }
    for (size_t g = 0; g < check->techniques; g++) {
        check->technique[g].first = at;
        at += check->technique[g].cases;
        check->technique[g].cases = 0;
    }
    for (size_t i = 0; i < check->verdicts; i++) {
        struct check_group *group =
            group_named(check->technique, &check->techniques, check->verdict[i].technique);
        sorted[group->first + group->cases++] = check->verdict[i];
    }
    free(check->verdict);
    check->verdict = sorted;
    check->room = room;
}

static void add_up(struct check *check)
{
    for (size_t i = 0; i < check->verdicts; i++) {
        struct check_verdict *v = &check->verdict[i];
        words_repair(v->message);
        words_repair(v->remark);
        words_repair(v->diagnosis);
        check->count[v->outcome]++;
        check->worst_ratio = fmax(check->worst_ratio, v->ratio);
        check->grade = v->grade > check->grade ? v->grade : check->grade;
    }
    words_repair(check->path);
    words_repair(check->gate);
}

int check_conclude(struct check *check, const struct check_scope *scope, char *error)
{
    for (size_t i = 0; i < check->verdicts; i++) {
        struct check_verdict *v = &check->verdict[i];
        v->grade = grade_of(v);
        v->outcome = v->status;
        v->needed = 'A';
    }
    if (scope->gate) {
        snprintf(check->gate, sizeof check->gate, "%s", scope->gate->path);
        check->today = scope->today;
        if (!scope->only && check_names(check, scope->gate, error) != 0)
            return 2;
        keep_judged(check);
        collect_exceptions(check, scope->gate, scope->today);
        for (size_t i = 0; i < check->verdicts; i++)
            judge(check, &check->verdict[i], scope->gate);
    }
    add_up(check);
    put_in_groups(check);
    if (scope->gate && !scope->only) {
        check_required(check, scope->gate);
        check_limits(check, scope->gate);
        check_exceptions(check);
    }
    return 0;
}
