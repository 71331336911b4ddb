// SPDX-License-Identifier: MIT
/* gate.h - what a project demands of its implementation: a gate file, explained in ci/GATE.md.
 *
 * Functions that can fail return 0, or 2 with one sentence in `error` (ASSAY_ERROR long) that names
 * the file, the line, the cause and what to do.
 */
#pragma once

#include "protocol/case.h"

enum { GATE_BYTES = 256 << 10, GATE_LINE = 1000, GATE_NAME = 2 * ASSAY_NAME };

/* A family, a technique, a tier or a precision, and where it is named. */
struct gate_name {
    char name[ASSAY_NAME];
    int line;
};

struct gate_names {
    size_t count;
    struct gate_name *name;
};

/* `convention adam.maximize = yes` */
struct gate_convention {
    char technique[ASSAY_NAME], name[ASSAY_NAME], value[ASSAY_NAME];
    int line;
};

/* `grade B gelu`; the name is empty where the grade is that of everything. */
struct gate_grade {
    char name[ASSAY_NAME];
    char grade;
    int line;
};

/* `except gelu/ta* in f32 until 2027-06-30 because erf loses the tail` */
struct gate_exception {
    char name[GATE_NAME]; /* without the * */
    int prefix;           /* whether there was one */
    char precision[ASSAY_NAME];
    int until; /* the last day, 20270630 */
    char reason[ASSAY_TEXT];
    int line;
};

struct gate {
    char path[ASSAY_TEXT];
    struct gate_names judged, required, tiers, precisions; /* empty: all, none, all, all */
    size_t conventions, grades, exceptions;
    struct gate_convention *convention;
    struct gate_grade *grade;
    struct gate_exception *exception;
    size_t at_least, at_most;        /* covered and uncovered cases */
    int at_least_line, at_most_line; /* 0: not stated */
};

/* Reads what `length` bytes of a file called `path` state. Nothing is read but these bytes, and
 * nothing is kept when it fails. */
int gate_parse(struct gate *gate, const char *bytes, size_t length, const char *path, char *error);

/* Reads a gate file, and finds out whether its conventions are any that a case could have. */
int gate_read(struct gate *gate, const char *path, char *error);
int gate_check_conventions(const struct gate *gate, char *error);

void gate_free(struct gate *gate);

/* Whether a technique is judged; whether a case is, by its tier and its conventions. A case that
 * does not state a convention has it when the answer is the same with it stated. */
int gate_judges(const struct gate *gate, const char *technique);
int gate_judges_case(const struct gate *gate, const struct assay_case *test);
int gate_has_convention(const struct assay_case *test, const char *name, const char *value);

int gate_accepts_precision(const struct gate *gate, const char *precision);

/* The grade that a technique needs: 'A' where nothing is stated. */
char gate_needs(const struct gate *gate, const char *technique);

/* Whether an exception's name fits "technique/case". */
int gate_fits(const struct gate_exception *exception, const char *name);

/* The exception for a case in a precision: of several, the one that names it most closely. NULL if
 * there is none. */
const struct gate_exception *gate_exception_for(const struct gate *gate, const char *name,
                                                const char *precision);
