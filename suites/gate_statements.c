// SPDX-License-Identifier: MIT
/* gate_statements.c - what a line of a gate file can say. */
#include "gate_parse.h"

#include "corpus.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A zeroed place at the end of a growing array. Ends the program when there is no memory. */
static void *add(void *array, size_t *count, size_t size)
{
    void **to = array;
    char *grown = *to;
    if ((*count & (*count - 1)) == 0) /* it is full at every power of two */
        grown = realloc(*to, (*count ? 2 * *count : 1) * size);
    if (!grown) {
        fprintf(stderr, "assay: no memory left for the gate\n");
        exit(2);
    }
    *to = grown;
    void *place = grown + size * (*count)++;
    memset(place, 0, size);
    return place;
}

static int ends(struct parse *p, const char *what)
{
    if (!parse_word(p))
        return 0;
    return parse_fail(p, "'%.60s' is too much after %s; one statement a line, comments after #",
                      p->word, what);
}

static const char *const tiers[] = {"exact", "bounded", "trajectory", "refused", "statistical"};
static const char *const precisions[] = {"f64", "f32", "bf16", "f16"};

static int one_of(struct parse *p, const char *what, size_t count, const char *const known[])
{
    struct nearest nearest = nearest_to(p->word);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i], p->word) == 0)
            return 0;
        nearest_offer(&nearest, known[i]);
    }
    return parse_fail(p, "'%.60s' is no %s; the nearest is '%s'", p->word, what, nearest.name);
}

static int is_family(const char *name)
{
    for (size_t i = 0; i < corpus_techniques(); i++) {
        if (strcmp(corpus_technique(i)->family, name) == 0)
            return 1;
    }
    return 0;
}

static int unknown_technique(struct parse *p, const char *name, int family)
{
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < corpus_techniques(); i++) {
        nearest_offer(&nearest, corpus_technique(i)->name);
        if (family)
            nearest_offer(&nearest, corpus_technique(i)->family);
    }
    return parse_fail(
        p, "no technique%s is named '%.60s'; the nearest is '%s' (`assay list` names all)",
        family ? " or family" : "", name, nearest.name);
}

/* Adds p->word to a list of names. */
static int add_name(struct parse *p, struct gate_names *list, const char *statement)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->name[i].name, p->word) == 0)
            return parse_fail(p, "'%s' is already in '%s' in line %d; leave one of them out",
                              p->word, statement, list->name[i].line);
    }
    struct gate_name *name = add(&list->name, &list->count, sizeof *list->name);
    snprintf(name->name, sizeof name->name, "%.47s", p->word);
    name->line = p->line;
    return 0;
}

static int read_techniques(struct parse *p, struct gate_names *list, const char *statement)
{
    int count = 0;
    for (; parse_word(p); count++) {
        if (!corpus_find(p->word) && !is_family(p->word))
            return unknown_technique(p, p->word, 1);
        if (add_name(p, list, statement) != 0)
            return 2;
    }
    return count ? 0
                 : parse_fail(p,
                              "'%s' names nothing; name techniques or families, as in '%s "
                              "activations adam'",
                              statement, statement);
}

static int read_judge(struct parse *p)
{
    return read_techniques(p, &p->gate->judged, "judge");
}

static int read_require(struct parse *p)
{
    return read_techniques(p, &p->gate->required, "require");
}

static int read_known(struct parse *p, struct gate_names *list, const char *statement,
                      const char *what, size_t count, const char *const known[])
{
    int words = 0;
    for (; parse_word(p); words++) {
        if (one_of(p, what, count, known) != 0 || add_name(p, list, statement) != 0)
            return 2;
    }
    return words ? 0
                 : parse_fail(p, "'%s' names no %s; add at least one, such as '%s'", statement,
                              what, known[0]);
}

static int read_tiers(struct parse *p)
{
    return read_known(p, &p->gate->tiers, "tiers", "tier", sizeof tiers / sizeof *tiers, tiers);
}

static int read_precision(struct parse *p)
{
    return read_known(p, &p->gate->precisions, "precision", "precision",
                      sizeof precisions / sizeof *precisions, precisions);
}

static const char CONVENTION[] =
    "write it as in 'convention batch_normalization.running_variance_kind = biased'";

static int name_part(struct parse *p, char name[ASSAY_NAME], const char *from, size_t length)
{
    if (length == 0 || length >= ASSAY_NAME)
        return parse_fail(p, "'%.60s' is no convention; %s", p->word, CONVENTION);
    memcpy(name, from, length);
    name[length] = 0;
    return 0;
}

/* TECHNIQUE.NAME = VALUE, with or without blanks around the = */
static int read_convention(struct parse *p)
{
    struct gate_convention new = {.line = p->line}, *c;
    char *equals = strchr(p->rest, '=');
    if (!equals)
        return parse_fail(p, "there is no '='; %s", CONVENTION);
    *equals = ' ';
    int words = parse_word(p) && p->rest <= equals;
    const char *dot = words ? strchr(p->word, '.') : NULL;
    if (!dot)
        return parse_fail(
            p, "a technique and a convention, with a dot between them, are needed; %s", CONVENTION);
    if (name_part(p, new.technique, p->word, (size_t)(dot - p->word)) != 0 ||
        name_part(p, new.name, dot + 1, strlen(dot + 1)) != 0)
        return 2;
    if (!parse_word(p) || p->rest <= equals)
        return parse_fail(p, "exactly one value is needed after '='; %s", CONVENTION);
    if (name_part(p, new.value, p->word, strlen(p->word)) != 0 || ends(p, "the value") != 0)
        return 2;
    if (!corpus_find(new.technique))
        return unknown_technique(p, new.technique, 0);
    for (size_t i = 0; i < p->gate->conventions; i++) {
        c = &p->gate->convention[i];
        if (strcmp(c->technique, new.technique) == 0 && strcmp(c->name, new.name) == 0)
            return parse_fail(p, "%s.%s is already %s in line %d; leave one of the two lines out",
                              new.technique, new.name, c->value, c->line);
    }
    c = add(&p->gate->convention, &p->gate->conventions, sizeof *c);
    *c = new;
    return 0;
}

static int read_grade(struct parse *p)
{
    struct gate_grade new = {.line = p->line}, *g;
    if (!parse_word(p) || strlen(p->word) != 1 || !strchr("ABC", p->word[0]))
        return parse_fail(
            p, "a grade is A (within the bound), B (within 4 of it) or C (within 16), as "
               "in 'grade B' or 'grade B gelu'");
    new.grade = p->word[0];
    int words = 0;
    for (int more = parse_word(p); more || !words; more = parse_word(p), words++) {
        if (more && !corpus_find(p->word) && !is_family(p->word))
            return unknown_technique(p, p->word, 1);
        snprintf(new.name, sizeof new.name, "%.47s", more ? p->word : "");
        for (size_t i = 0; i < p->gate->grades; i++) {
            g = &p->gate->grade[i];
            if (strcmp(g->name, new.name) == 0)
                return parse_fail(p,
                                  "the grade of %s is already %c in line %d; leave one of them out",
                                  new.name[0] ? new.name : "everything", g->grade, g->line);
        }
        g = add(&p->gate->grade, &p->gate->grades, sizeof *g);
        *g = new;
        if (!more)
            break;
    }
    return 0;
}

static const char AT[] = "write 'at least 400 covered' or 'at most 20 uncovered'";

static int read_at(struct parse *p)
{
    int least = parse_word(p) && strcmp(p->word, "least") == 0;
    if (!least && strcmp(p->word, "most") != 0)
        return parse_fail(p, "neither 'least' nor 'most' follows; %s", AT);
    int *line = least ? &p->gate->at_least_line : &p->gate->at_most_line;
    size_t *limit = least ? &p->gate->at_least : &p->gate->at_most;
    if (!parse_word(p) || strspn(p->word, "0123456789") != strlen(p->word) || strlen(p->word) > 9)
        return parse_fail(p, "no number of cases follows; %s", AT);
    size_t count = (size_t)strtoul(p->word, NULL, 10);
    const char *wanted = least ? "covered" : "uncovered";
    if (!parse_word(p) || strcmp(p->word, wanted) != 0)
        return parse_fail(p, "'%s' must follow the number; %s", wanted, AT);
    if (*line)
        return parse_fail(p, "this limit is already in line %d; leave one of them out", *line);
    *line = p->line;
    *limit = count;
    return ends(p, wanted);
}

static const char EXCEPT[] =
    "write it as in 'except gelu/tail until 2027-06-30 because erf loses the tail'";

/* gelu/tail, gelu/ta*, ada*: the technique must be there. */
static int exception_name(struct parse *p, struct gate_exception *e)
{
    size_t length = strlen(p->word);
    char technique[GATE_NAME + 2];
    if (length >= GATE_NAME)
        return parse_fail(p, "'%.60s...' is longer than any name of a case; %s", p->word, EXCEPT);
    if (strcmp(p->word, "*") == 0)
        return parse_fail(
            p, "'*' would except everything; name at least the technique, as in 'gelu/*'");
    e->prefix = p->word[length - 1] == '*';
    snprintf(e->name, sizeof e->name, "%.*s", (int)length - e->prefix, p->word);
    if (strchr(e->name, '*'))
        return parse_fail(p, "'%s' has a * that is not at its end; name the cases in several lines",
                          p->word);
    snprintf(technique, sizeof technique, "%s", e->name);
    char *slash = strchr(technique, '/');
    if (slash) {
        *slash = 0;
        if (!corpus_find(technique))
            return unknown_technique(p, technique, 0);
        return slash[1] || e->prefix ? 0 : parse_fail(p, "'%s' names no case; %s", p->word, EXCEPT);
    }
    for (size_t i = 0; e->prefix && i < corpus_techniques(); i++) {
        if (strncmp(corpus_technique(i)->name, e->name, strlen(e->name)) == 0)
            return 0;
    }
    if (corpus_find(technique))
        return parse_fail(p, "'%s' is a technique; '%s/*' excepts all of its cases", p->word,
                          p->word);
    return unknown_technique(p, technique, 0);
}

static int exception_until(struct parse *p, struct gate_exception *e)
{
    if (e->until)
        return parse_fail(p, "there are two dates; %s", EXCEPT);
    if (!parse_word(p))
        return parse_fail(p, "no date follows 'until'; %s", EXCEPT);
    e->until = words_date(p->word);
    if (e->until == 0)
        return parse_fail(p, "'%.60s' is no date; write year, month and day as in 2027-06-30",
                          p->word);
    if (e->until < 0)
        return parse_fail(p, "there is no day '%.60s'; write one of the calendar, as in 2027-06-30",
                          p->word);
    return 0;
}

static int exception_reason(struct parse *p, struct gate_exception *e)
{
    p->rest += strspn(p->rest, " \t");
    size_t length = strlen(p->rest);
    while (length > 0 && strchr(" \t", p->rest[length - 1]))
        length--;
    if (length == 0)
        return parse_fail(p,
                          "no reason follows 'because'; say in a few words why these cases fail");
    if (length >= sizeof e->reason)
        return parse_fail(p, "the reason has %zu bytes, and %zu at most fit; shorten it", length,
                          sizeof e->reason - 1);
    memcpy(e->reason, p->rest, length);
    for (size_t i = 0; i < length; i++) /* so that it stays on its line wherever it is printed */
        e->reason[i] = e->reason[i] == '\t' ? ' ' : e->reason[i];
    return 0;
}

static int exception_clauses(struct parse *p, struct gate_exception *e)
{
    while (parse_word(p)) {
        if (strcmp(p->word, "because") == 0)
            return exception_reason(p, e);
        if (strcmp(p->word, "until") == 0) {
            if (exception_until(p, e) != 0)
                return 2;
        } else if (strcmp(p->word, "in") == 0 && !e->precision[0]) {
            if (!parse_word(p))
                return parse_fail(p, "no precision follows 'in'; %s", EXCEPT);
            if (one_of(p, "precision", sizeof precisions / sizeof *precisions, precisions) != 0)
                return 2;
            snprintf(e->precision, sizeof e->precision, "%.47s", p->word);
        } else {
            return parse_fail(p, "'%.60s' is not expected here; %s", p->word, EXCEPT);
        }
    }
    return parse_fail(p, "the reason is missing; %s", EXCEPT);
}

static int read_except(struct parse *p)
{
    struct gate_exception new = {.line = p->line};
    if (!parse_word(p))
        return parse_fail(p, "no case is named; %s", EXCEPT);
    if (exception_name(p, &new) != 0 || exception_clauses(p, &new) != 0)
        return 2;
    if (!new.until)
        return parse_fail(p, "the date when the exception ends is missing; %s", EXCEPT);
    for (size_t i = 0; i < p->gate->exceptions; i++) {
        const struct gate_exception *e = &p->gate->exception[i];
        int same = strcmp(e->name, new.name) == 0 && e->prefix == new.prefix;
        int together =
            !e->precision[0] || !new.precision[0] || strcmp(e->precision, new.precision) == 0;
        if (same && together)
            return parse_fail(p, "%s%s is already excepted in line %d; leave one of them out",
                              new.name, new.prefix ? "*" : "", e->line);
    }
    struct gate_exception *e = add(&p->gate->exception, &p->gate->exceptions, sizeof *e);
    *e = new;
    return 0;
}

struct statement {
    const char *name;
    int (*read)(struct parse *);
};

static const struct statement statements[] = {
    {"judge", read_judge},           {"require", read_require},
    {"tiers", read_tiers},           {"precision", read_precision},
    {"convention", read_convention}, {"grade", read_grade},
    {"except", read_except},         {"at", read_at}};
enum { STATEMENTS = sizeof statements / sizeof *statements };

int parse_statement(struct parse *p)
{
    p->rest = p->text;
    if (!parse_word(p))
        return 0;
    struct nearest nearest = nearest_to(p->word);
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (strcmp(statements[i].name, p->word) == 0)
            return statements[i].read(p);
        nearest_offer(&nearest, statements[i].name);
    }
    return parse_fail(p,
                      "'%.60s' begins no statement; the nearest is '%s' (judge, require, tiers, "
                      "precision, convention, grade, except, at least, at most)",
                      p->word, nearest.name);
}
