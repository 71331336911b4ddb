// SPDX-License-Identifier: MIT
/* check.h - the comparison of a whole result file with the goldens.
 *
 * Statuses of a case:
 *   PASS         every output is there, in its shape, with a ratio of at most 1; or an impossible
 *                case is refused; or outputs drawn at random obey their laws
 *   FAIL         some element is beyond its bound, a law is broken, an impossible case is answered,
 *                or a possible one refused
 *   MISSING      the technique is claimed, but this case or one of its outputs is not there
 *   ERROR        a wrong shape, or something in the result that no golden knows
 *   NOT COVERED  the technique is not claimed, another convention is followed, or the case was
 *                declined with a reason
 * A gate (gate.h) may turn a failure into
 *   PASS         where a lesser grade is enough
 *   EXCEPTED     where an exception holds
 *
 * Grades: A within the bound, B within 4 times it, C within 16 times it, F beyond, or where bounds
 * are not the question (a law that is broken, a refusal, something missing). The grade of a
 * technique, and of the whole, is the worst of its covered cases, those excepted included.
 */
#pragma once

#include "compare.h"
#include "diagnose.h"
#include "gate.h"

#include <stdio.h>

enum check_status {
    CHECK_PASS,
    CHECK_FAIL,
    CHECK_MISSING,
    CHECK_ERROR,
    CHECK_NOT_COVERED,
    CHECK_EXCEPTED
};
enum { CHECK_STATUSES = 6, CHECK_COMMAND = 5 * ASSAY_TEXT };

struct check_verdict {
    char family[ASSAY_NAME]; /* empty where no index knows the technique */
    char technique[ASSAY_NAME], name[ASSAY_NAME], tier[ASSAY_NAME];
    enum check_status status;  /* what the comparison found */
    enum check_status outcome; /* and what the gate makes of it; the same without a gate */
    char grade, needed;        /* 'A' to 'F', or 0 when it is not covered */
    double ratio, digits;      /* the worst of all outputs */
    char output[ASSAY_NAME];   /* the one with the largest ratio */
    size_t elements, failures; /* over all outputs */
    struct comparison worst;   /* of that output */
    int rank;                  /* and its shape */
    size_t dim[REQUEST_RANK];
    char message[ASSAY_TEXT];   /* a sentence, for every status but PASS */
    char diagnosis[ASSAY_TEXT]; /* which mistakes the outputs make, or empty */
    char mistake[ASSAY_TEXT];   /* the same in the words of all cases that fail alike, */
    double agreement;           /* and to how many digits */
    char remark[ASSAY_TEXT];    /* what the gate says about it, or empty */
    int names_it;               /* refused, and the refusal names what is impossible */
    int judged;                 /* whether the gate asks for it */
    size_t exception;           /* 1 + the place of the exception that is about it; 0: none */
};

/* Cases of one technique or family. */
struct check_group {
    char family[ASSAY_NAME], name[ASSAY_NAME];
    size_t first; /* of a technique: its verdicts stand together */
    size_t cases, count[CHECK_STATUSES];
    double worst_ratio;
    char grade;
};

/* What has become of an exception. */
struct check_exception {
    struct gate_exception gate;
    size_t failing, passing;
    int expired;
};

/* What the gate says about the whole; `fails` when it is not met. */
struct check_note {
    int line; /* of the gate */
    int fails;
    char text[ASSAY_TEXT];
};

struct check {
    char implementation[ASSAY_TEXT], version[ASSAY_TEXT], precision[ASSAY_NAME];
    char path[ASSAY_TEXT], program[ASSAY_TEXT];
    char gate[ASSAY_TEXT]; /* its path, or empty */
    int today;
    char manifest[65]; /* the SHA-256 of the corpus's manifest, and the commit it belongs to; */
    char commit[65];   /* empty where there is none */
    size_t count[CHECK_STATUSES]; /* by outcome */
    double worst_ratio;
    char grade;
    size_t verdicts, room;
    struct check_verdict *verdict;
    size_t techniques, families;
    struct check_group *technique, *family;
    size_t exceptions, notes;
    struct check_exception *exception;
    struct check_note *note;
};

/* What is to be checked: `only` limits it to a technique ("adam") or a case ("adam/plain"), NULL
 * for all; `gate` says what is demanded, on which day; NULL: that all pass. `program` is what the
 * reader calls to repeat a case. `thorough`: the diagnosis takes as long as it takes, however much
 * fails. */
struct check_scope {
    const char *program, *only;
    int thorough;
    const struct gate *gate;
    int today;
};

const char *check_status_name(enum check_status status);

/* Compares the file `path` with the corpus, or with the golden files given. Returns 0, or 2 with a
 * sentence. */
int check_run(struct check *check, const char *path, size_t goldens, const char *const golden[],
              const struct check_scope *scope, char *error);

/* Whether everything that is covered passed, something was, and the gate is met. */
int check_passed(const struct check *check);

/* Whether an outcome is one that fails. */
int check_bad(const struct check_verdict *verdict);

/* The command that repeats one case. */
void check_command(char *text, size_t size, const struct check *check,
                   const struct check_verdict *verdict);

/* The cases that failed by their numbers, or without; the caller frees the list. */
struct diagnosed_case *check_diagnosed(const struct check *check, size_t *count);

/* An exception with nothing left to except. */
int check_needless(const struct check_exception *exception);

/* Writers of one report each. Those that can fail return 0 or 2. */
void check_print(const struct check *check, int quiet, FILE *out);
void check_print_diagnoses(const struct check *check, FILE *out);
int check_print_json(const struct check *check, FILE *out);
int check_print_junit(const struct check *check, FILE *out);
int check_print_tap(const struct check *check, FILE *out);
int check_print_markdown(const struct check *check, FILE *out);
int check_print_badge(const struct check *check, FILE *out);

/* Replaces the file `path` by what a writer writes: all of it or, when it fails, nothing. */
int check_store(const struct check *check, int (*writer)(const struct check *, FILE *),
                const char *path, char *error);

void check_free(struct check *check);
