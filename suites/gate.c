// SPDX-License-Identifier: MIT
#include "gate.h"

#include "corpus.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Whether a list names this technique or its family. */
static int names(const struct gate_names *list, const char *technique)
{
    const struct corpus_technique *known = corpus_find(technique);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->name[i].name, technique) == 0 ||
            (known && strcmp(list->name[i].name, known->family) == 0))
            return 1;
    }
    return 0;
}

/* What no index knows is a misspelt name: it is never left out. */
int gate_judges(const struct gate *gate, const char *technique)
{
    return gate->judged.count == 0 || !corpus_find(technique) || names(&gate->judged, technique);
}

int gate_judges_case(const struct gate *gate, const struct assay_case *test)
{
    if (!gate_judges(gate, test->technique))
        return 0;
    if (gate->tiers.count > 0 && !names(&gate->tiers, test->tier))
        return 0;
    for (size_t i = 0; i < gate->conventions; i++) {
        const struct gate_convention *c = &gate->convention[i];
        if (strcmp(c->technique, test->technique) == 0 &&
            !gate_has_convention(test, c->name, c->value))
            return 0;
    }
    return 1;
}

int gate_accepts_precision(const struct gate *gate, const char *precision)
{
    return gate->precisions.count == 0 || names(&gate->precisions, precision);
}

/* A technique's own grade is nearer than that of its family, which is nearer than that of all. */
char gate_needs(const struct gate *gate, const char *technique)
{
    const struct corpus_technique *known = corpus_find(technique);
    char grade = 'A';
    int nearest = 0;
    for (size_t i = 0; i < gate->grades; i++) {
        const struct gate_grade *g = &gate->grade[i];
        int near = strcmp(g->name, technique) == 0                ? 3
                   : known && strcmp(g->name, known->family) == 0 ? 2
                   : g->name[0] == 0                              ? 1
                                                                  : 0;
        if (near <= nearest)
            continue;
        nearest = near;
        grade = g->grade;
    }
    return grade;
}

int gate_fits(const struct gate_exception *exception, const char *name)
{
    size_t length = strlen(exception->name);
    return exception->prefix ? strncmp(exception->name, name, length) == 0
                             : strcmp(exception->name, name) == 0;
}

const struct gate_exception *gate_exception_for(const struct gate *gate, const char *name,
                                                const char *precision)
{
    const struct gate_exception *found = NULL;
    size_t closest = 0;
    for (size_t i = 0; i < gate->exceptions; i++) {
        const struct gate_exception *e = &gate->exception[i];
        size_t closeness = 2 * strlen(e->name) + !e->prefix;
        if ((e->precision[0] && strcmp(e->precision, precision) != 0) || !gate_fits(e, name) ||
            closeness <= closest)
            continue;
        closest = closeness;
        found = e;
    }
    return found;
}

/* Only regular files: opening a pipe that nobody writes to would wait for ever. */
static int open_gate(FILE **file, const char *path, char *error)
{
    struct stat status;
    *file = NULL;
    if (stat(path, &status) != 0)
        snprintf(error, ASSAY_ERROR, "%.200s: cannot be read: %s; name a gate file (ci/GATE.md)",
                 path, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        snprintf(error, ASSAY_ERROR, "%.200s: is not a regular file; name a gate file (ci/GATE.md)",
                 path);
    else if (status.st_size > GATE_BYTES)
        snprintf(error, ASSAY_ERROR,
                 "%.200s: has %lld bytes, and a gate file at most %d; is it another file?", path,
                 (long long)status.st_size, GATE_BYTES);
    else if (!(*file = fopen(path, "rb")))
        snprintf(error, ASSAY_ERROR, "%.200s: cannot be read: %s; name a gate file (ci/GATE.md)",
                 path, strerror(errno));
    return *file ? 0 : 2;
}

int gate_read(struct gate *gate, const char *path, char *error)
{
    FILE *file;
    memset(gate, 0, sizeof *gate);
    if (open_gate(&file, path, error) != 0)
        return 2;
    /* One byte more than is allowed: the file may have grown. The parser refuses it then. */
    char *bytes = malloc(GATE_BYTES + 1);
    size_t length = bytes ? fread(bytes, 1, GATE_BYTES + 1, file) : 0;
    int status = bytes && !ferror(file) ? 0 : 2;
    if (status != 0)
        snprintf(error, ASSAY_ERROR, "%.200s: cannot be read: %s", path, strerror(errno));
    fclose(file);
    if (status == 0)
        status = gate_parse(gate, bytes, length, path, error);
    free(bytes);
    if (status == 0 && gate_check_conventions(gate, error) != 0) {
        gate_free(gate);
        status = 2;
    }
    return status;
}

void gate_free(struct gate *gate)
{
    free(gate->judged.name);
    free(gate->required.name);
    free(gate->tiers.name);
    free(gate->precisions.name);
    free(gate->convention);
    free(gate->grade);
    free(gate->exception);
    memset(gate, 0, sizeof *gate);
}
