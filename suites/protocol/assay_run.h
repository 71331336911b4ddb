// SPDX-License-Identifier: MIT
/* assay_run.h - the inside of a run, shared by assay.c (files and cases) and assay_values.c (inputs
 * and outputs). Nobody else includes it. */
#pragma once

#include "assay.h"

enum kind { KIND_F64, KIND_F32, KIND_I32 };

/* What has been said about a case. */
enum state { UNTOUCHED, BEGUN, DECLINED, REFUSED };

/* An input in another type than the stored one; lent until the next case is begun. */
struct loan {
    char name[ASSAY_NAME];
    enum kind kind;
    void *value;
};

/* An output as the caller fills it; it becomes an array of doubles when the run is closed. */
struct pending {
    struct assay_result_array array; /* without values */
    enum kind kind;
    void *value;
};

/* The outputs of one case. */
struct answered {
    enum state state;
    char declined[ASSAY_TEXT], refused[ASSAY_TEXT];
    size_t outputs;
    struct pending *output;
};

struct assay_run {
    char error[ASSAY_ERROR];
    char *result_path;
    struct assay_file file; /* the cases of all files */
    struct answered *answered;
    size_t next;    /* case that assay_next returns next */
    size_t current; /* case begun last; file.cases before the first */
    size_t *order;  /* cases in the order in which they were begun or declined */
    size_t ordered;
    struct assay_result result; /* techniques with what they follow; cases when closed */
    size_t loans;
    struct loan *loan;
    void *scratch; /* the harmless buffer: as large as the largest input, so loops over it hold */
    size_t scratch_size;
};

/* The first error of a run stays; returns 2. */
int run_fail(struct assay_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
int run_out_of_memory(struct assay_run *run);

/* Whether an error has happened. */
int run_failed(const struct assay_run *run);

/* Takes back the inputs that have been lent in other types. */
void run_end_loans(struct assay_run *run);
