// SPDX-License-Identifier: MIT
/* gate_parse.c - the text of a gate file: one statement a line, words separated by blanks. */
#include "gate_parse.h"

#include "corpus.h"
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int parse_fail(struct parse *p, const char *format, ...)
{
    va_list arguments;
    int used = snprintf(p->error, ASSAY_ERROR, "%.150s:%d: ", p->path, p->line);
    va_start(arguments, format);
    vsnprintf(p->error + used, ASSAY_ERROR - (size_t)used, format, arguments);
    va_end(arguments);
    words_repair(p->error);
    return 2;
}

int parse_word(struct parse *p)
{
    p->rest += strspn(p->rest, " \t");
    size_t length = strcspn(p->rest, " \t");
    if (length == 0 || *p->rest == '#')
        return 0;
    /* What is longer than any name stays unknown when its end is cut off. */
    size_t kept = length < sizeof p->word ? length : sizeof p->word - 1;
    memcpy(p->word, p->rest, kept);
    p->word[kept] = 0;
    p->rest += length;
    return 1;
}

/* Copies a line into p->text, without the \r of other systems. */
static int take_line(struct parse *p, const char *from, size_t length)
{
    if (length > 0 && from[length - 1] == '\r')
        length--;
    if (length > GATE_LINE)
        return parse_fail(p, "the line has %zu bytes, and a gate's at most %d; is it another file?",
                          length, GATE_LINE);
    for (size_t i = 0, width; i < length; i += width) {
        width = from[i] == '\t' ? 1 : words_character(from + i, length - i);
        if (width == 0)
            return parse_fail(p,
                              "byte %zu of the line is 0x%02x, which is no text in UTF-8; is it "
                              "another file?",
                              i + 1, (unsigned)(unsigned char)from[i]);
    }
    memcpy(p->text, from, length);
    p->text[length] = 0;
    return 0;
}

/* What a list names must be among what is judged. */
static int judged(struct parse *p, const char *name, int line, const char *statement)
{
    if (p->gate->judged.count == 0 || !name[0])
        return 0;
    int found = corpus_find(name) ? gate_judges(p->gate, name) : 0;
    for (size_t i = 0; !found && i < p->gate->judged.count; i++)
        found = strcmp(p->gate->judged.name[i].name, name) == 0;
    for (size_t i = 0; !found && i < corpus_techniques(); i++) /* a part of a family is enough */
        found = strcmp(corpus_technique(i)->family, name) == 0 &&
                strcmp(statement, "require") != 0 &&
                gate_judges(p->gate, corpus_technique(i)->name);
    p->line = line;
    return found ? 0
                 : parse_fail(
                       p,
                       "'%s' is in '%s', but no 'judge' names it; name it there, or leave this "
                       "line out",
                       name, statement);
}

static int agrees(struct parse *p)
{
    const struct gate *g = p->gate;
    int status = 0;
    for (size_t i = 0; status == 0 && i < g->required.count; i++)
        status = judged(p, g->required.name[i].name, g->required.name[i].line, "require");
    for (size_t i = 0; status == 0 && i < g->conventions; i++)
        status = judged(p, g->convention[i].technique, g->convention[i].line, "convention");
    for (size_t i = 0; status == 0 && i < g->grades; i++)
        status = judged(p, g->grade[i].name, g->grade[i].line, "grade");
    for (size_t i = 0; status == 0 && i < g->exceptions; i++) {
        const struct gate_exception *e = &g->exception[i];
        char technique[ASSAY_NAME];
        size_t length = strcspn(e->name, "/");
        p->line = e->line;
        if (e->precision[0] && !gate_accepts_precision(g, e->precision))
            status =
                parse_fail(p,
                           "excepts in %s, which 'precision' does not accept; name it there, or "
                           "leave this line out",
                           e->precision);
        if (status != 0 || e->name[length] == 0 || length >= sizeof technique)
            continue;
        memcpy(technique, e->name, length);
        technique[length] = 0;
        status = judged(p, technique, e->line, "except");
    }
    return status;
}

static int stated(const struct gate *g)
{
    return g->judged.count || g->required.count || g->tiers.count || g->precisions.count ||
           g->conventions || g->grades || g->exceptions || g->at_least_line || g->at_most_line;
}

int gate_parse(struct gate *gate, const char *bytes, size_t length, const char *path, char *error)
{
    struct parse p = {.gate = gate, .path = path, .error = error};
    static const char mark[] = "\xEF\xBB\xBF"; /* that some editors write first */
    int status = 0;
    memset(gate, 0, sizeof *gate);
    snprintf(gate->path, sizeof gate->path, "%s", path);
    if (length > GATE_BYTES) {
        snprintf(error, ASSAY_ERROR,
                 "%.200s: has more than %d bytes, the most a gate file has; is it another file?",
                 path, GATE_BYTES);
        status = 2;
    }
    size_t at = length >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
    while (status == 0 && at < length) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t width = end ? (size_t)(end - (bytes + at)) : length - at;
        p.line++;
        status = take_line(&p, bytes + at, width);
        if (status == 0)
            status = parse_statement(&p);
        at += width + 1;
    }
    if (status == 0 && !stated(gate)) {
        snprintf(error, ASSAY_ERROR,
                 "%.200s: states nothing; write at least one line such as 'judge activations' "
                 "(ci/GATE.md)",
                 path);
        status = 2;
    }
    if (status == 0)
        status = agrees(&p);
    if (status != 0)
        gate_free(gate);
    return status;
}
