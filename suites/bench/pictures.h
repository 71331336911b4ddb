// SPDX-License-Identifier: MIT
/* pictures.h - techniques at work, for the report: each part builds cases, lets the engine answer
 * them, and keeps of the answers what a picture shows. */
#pragma once

#include "../case_builder.h"
#include "bench.h"

/* Lets the engine answer the cases of a list, on as many ranks as there are cores, in binary32.
 * Returns 0 and the result, which the caller frees, or 2 with a reason noted. */
int picture_run(struct bench *bench, const struct case_list *list, struct assay_result *result);

/* The output of case number `test` of such a result; never NULL: without it the run is invalid, and
 * the output empty. */
const struct assay_result_array *picture_output(struct bench *bench,
                                                const struct assay_result *result, size_t test,
                                                const char *name);

/* count numbers; rows of two numbers. */
json_t *picture_numbers(const double *value, size_t count);
json_t *picture_points(const double *value, size_t rows);

/* The parts of bench_pictures; see record.py of the reports for their fields. */
json_t *picture_attacks(struct bench *bench);
json_t *picture_gan(struct bench *bench);
json_t *picture_smote(struct bench *bench);
