// SPDX-License-Identifier: MIT
/* case.h - cases, goldens and results in memory, and their HDF5 files. The schema of the files is
 * on one page in data/README.md.
 *
 * Every function that can fail returns 0, or 2 with one sentence in `error` that names the file,
 * the object, the cause and what to do. Files are untrusted: nothing outside the file is ever
 * opened, no plug-in is loaded, and no memory is allocated before its size has been checked.
 */
#pragma once

#include "../../reference/request.h"
#include "precision.h"

#include <stdint.h>

enum { ASSAY_SCHEMA_VERSION = 2, ASSAY_NAME = REQUEST_NAME, ASSAY_TEXT = 640, ASSAY_ERROR = 512 };

/* What holds of an output that depends on random numbers: see laws.h. */
struct assay_law {
    char output[ASSAY_NAME];
    char text[ASSAY_NAME]; /* "normal 0 0.5" */
};

/* One question. `request` holds its inputs, numbers and conventions.
 *
 * Its tier is "exact" (bounds are 0), "bounded", "trajectory" (all state after every step),
 * "refused" (the right answer is none: the request is impossible) or "statistical" (whoever answers
 * draws the random inputs; instead of a golden the outputs have laws). */
struct assay_case {
    char technique[ASSAY_NAME];
    char name[ASSAY_NAME];
    char tier[ASSAY_NAME];
    char covers[ASSAY_TEXT]; /* ids of the catalogue, separated by blanks; may be empty */
    char why[ASSAY_TEXT];    /* why this case exists: a sentence, never empty */
    char quotes[ASSAY_NAME]; /* tier "refused": the name of what is impossible; else empty */
    int salt;                /* of the random data, when the corpus is made; not stored */
    struct request request;
    size_t laws; /* tier "statistical": at least one; else 0 */
    struct assay_law *law;
};

/* The answer to one output of a case: high + low is the binary128 result; a correct implementation
 * in a precision is within its bound of it, element by element. Files hold bounds rounded up
 * (bound_code.h). */
struct assay_golden_array {
    char name[ASSAY_NAME];
    int rank;
    size_t dim[REQUEST_RANK];
    size_t count;
    int integral; /* compared exactly */
    double *high, *low;
    double *bound[ASSAY_PRECISIONS]; /* zeros where the case is not certified */
};

struct assay_golden {
    size_t outputs; /* 0 in tiers "refused" and "statistical" */
    struct assay_golden_array *output;
    int certified
        [ASSAY_PRECISIONS]; /* a low precision may be too coarse to tell right from wrong */
    double
        margin[ASSAY_PRECISIONS]; /* smallest |distance| / bound of all decisions; INFINITY: none,
                                        or a low precision, in which files do not tell it */
};

/* A file of cases, with goldens (`golden` not NULL) or without. */
struct assay_file {
    size_t cases;
    struct assay_case *test; /* sorted by technique, then in the order of the file */
    struct assay_golden *golden;
};

/* One result: what an implementation wrote for one output of one case. */
struct assay_result_array {
    char name[ASSAY_NAME];
    int rank;
    size_t dim[REQUEST_RANK];
    size_t count;
    double *value;
};

struct assay_result_case {
    char name[ASSAY_NAME];
    char declined[ASSAY_TEXT]; /* why it is not covered; empty if it is */
    char refused[ASSAY_TEXT];  /* the implementation's own error; empty if it answered */
    size_t outputs;
    struct assay_result_array *output;
};

struct assay_result_technique {
    char name[ASSAY_NAME];
    size_t conventions; /* those the implementation follows where it has no choice */
    struct request_choice *convention;
    size_t cases;
    struct assay_result_case *test;
};

struct assay_result {
    char implementation[ASSAY_TEXT], version[ASSAY_TEXT];
    char precision[ASSAY_NAME]; /* "f64", "f32", "bf16" or "f16" */
    size_t techniques;
    struct assay_result_technique *technique;
};

/* Sorts the numbers, conventions, inputs, draws and laws of a case by name, as reading a file does:
 * nothing depends on the order in which a table or another library names them. */
void assay_case_sort(struct assay_case *test);

/* Reads a file of cases; goldens too when `with_golden`, which then must be there. */
int assay_file_read(struct assay_file *file, const char *path, int with_golden, char *error);

/* Writes cases, and goldens unless file->golden is NULL, with bounds rounded up. The bytes depend
 * on the content alone (no times, no host, no order but that of the cases). Written beside the path
 * and renamed at the end, so a failure loses nothing. */
int assay_file_write(const struct assay_file *file, const char *path, char *error);

void assay_file_free(struct assay_file *file);

/* Reads a whole result file. Unknown techniques and cases are kept: the checker names them. */
int assay_result_read(struct assay_result *result, const char *path, char *error);

/* Writes a result file, as assay_file_write does. Outputs are stored in binary32 where
 * nothing is lost, unless the precision is f64; otherwise in binary64. */
int assay_result_write(const struct assay_result *result, const char *path, char *error);

void assay_result_free(struct assay_result *result);

/* The value of a number or convention of a case, or `otherwise`. */
double assay_case_number(const struct assay_case *test, const char *name, double otherwise);
const char *assay_case_choice(const struct assay_case *test, const char *name,
                              const char *otherwise);
/* The input of that name, or NULL. */
const struct request_array *assay_case_input(const struct assay_case *test, const char *name);
