// SPDX-License-Identifier: MIT
/* assay.h - the interface for implementations written in C or C++.
 *
 * An implementation is a program that reads case files and writes one result file:
 *
 *     struct assay_run *run;
 *     const struct assay_case *test;
 *     struct assay_implementation me = {"my library", "1.2", "f32"};
 *     if (assay_open(&run, &me, n_paths, paths, "result.h5"))
 *         return assay_complain(run);
 *     while (assay_next(run, &test)) {
 *         if (strcmp(test->technique, "sigmoid") != 0)
 *             continue;                                  // a technique never begun is not covered
 *         assay_begin(run, test);
 *         const float *x = assay_input_f32(run, "x");
 *         float *y = assay_output_f32(run, "y", 1, (size_t[]){assay_input_count(run, "x")});
 *         my_sigmoid(assay_input_count(run, "x"), y, x);
 *     }
 *     return assay_close(run);
 *
 * Errors are sticky: after the first, every call does nothing and returns zeros or a harmless
 * buffer, and assay_close prints the sentence and returns 2. Nothing is written then.
 */
#pragma once

#include "case.h"

struct assay_run;

struct assay_implementation {
    const char *name, *version;
    const char *precision; /* "f64", "f32", "bf16" or "f16" */
};

/* Reads all case files and prepares a result. Returns 0, or 2: see assay_complain. */
int assay_open(struct assay_run **run, const struct assay_implementation *who, size_t paths,
               const char *const path[], const char *result_path);

/* The next case, or 0 at the end. */
int assay_next(struct assay_run *run, const struct assay_case **test);

/* This case will be answered: its technique is covered from now on, and every case of it must be
 * begun or declined, or it counts as missing. */
void assay_begin(struct assay_run *run, const struct assay_case *test);

/* This case is not covered, for a reason that the report shows. */
void assay_decline(struct assay_run *run, const struct assay_case *test, const char *reason);

/* This case was begun, and the implementation says that it cannot be answered: `reason` is its own
 * error message, in which control characters become blanks. Right for cases of tier "refused", a
 * failure for all others. Outputs that have been put are dropped; none can be put after it. */
void assay_refuse(struct assay_run *run, const struct assay_case *test, const char *reason);

/* The technique is implemented with this convention alone: cases with another one are not
 * covered. */
void assay_follow(struct assay_run *run, const char *technique, const char *convention,
                  const char *value);

/* Of the case begun last: inputs by name (the caller does not free them), numbers, conventions. */
const double *assay_input_f64(struct assay_run *run, const char *name);
const float *assay_input_f32(struct assay_run *run, const char *name);
const int32_t *assay_input_i32(struct assay_run *run, const char *name);
size_t assay_input_count(struct assay_run *run, const char *name);
size_t assay_input_size(struct assay_run *run, const char *name, int axis);
double assay_number(struct assay_run *run, const char *name);
const char *assay_choice(struct assay_run *run, const char *name, const char *otherwise);

/* Memory for an output of the case begun last, zeroed, kept until assay_close writes it. */
double *assay_output_f64(struct assay_run *run, const char *name, int rank, const size_t dim[]);
float *assay_output_f32(struct assay_run *run, const char *name, int rank, const size_t dim[]);

/* Ends the run with a sentence of the caller's own: the first one is kept. */
void assay_fail(struct assay_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Writes the result file (atomically) and releases everything. Returns 0, or 2 after printing one
 * sentence on stderr. */
int assay_close(struct assay_run *run);

/* Prints the error of a run that could not be opened, releases it, and returns 2. */
int assay_complain(struct assay_run *run);
