// SPDX-License-Identifier: MIT
/*
 * What the readers of the data set formats share; for dataset*.c only.
 *
 * Functions return 0, or 2 after writing the error sentence.
 */
#ifndef ASSAY_DATASET_SOURCE_H
#define ASSAY_DATASET_SOURCE_H

#include "dataset.h"

#include <stdint.h>
#include <stdio.h>

enum { DATASET_UNUSABLE = 2, DATASET_HEAD = 16 };

/* One file that is being read. */
struct dataset_source {
    const char *path;
    FILE *file;
    uint64_t bytes;
    unsigned char head[DATASET_HEAD]; /* its first bytes, zeros after a shorter file's end */
    char *error;
    size_t error_size;
    int in_place; /* the images stay in the file */
};

/* Writes "cannot load data set PATH: " and the rest; always returns 2. */
__attribute__((format(printf, 2, 3))) int dataset_fail(const struct dataset_source *s,
                                                       const char *format, ...);

/* The most bytes that images may have. */
size_t dataset_limit(int in_place);

/* The product of sizes; -1 when it is zero or above the limit, 0 otherwise. */
int dataset_total(size_t *total, const size_t *factors, size_t count, size_t limit);

/* Image n of a file stays at the bytes offset + n * stride. Opens the file once more. */
int dataset_keep(struct dataset *out, const struct dataset_source *s, uint64_t offset,
                 size_t stride);

/* Puts the files of `part` behind those of `out`. */
int dataset_join(struct dataset *out, struct dataset *part);

/* Closes the files. */
void dataset_leave(struct dataset *data);

/* Sets features and allocates the arrays, without pixels in place; needs samples and shape. */
int dataset_allocate(struct dataset *out, const struct dataset_source *s);

/* Names end up in reports and on terminals: cuts, and replaces what is not printable ASCII. */
void dataset_set_name(struct dataset *data, const char *name);

/*
 * Reads an Assay HDF5 file: everything but the checks of single values. classes stays 0 when the
 * file does not say. `has_split` becomes 1 when the file has its own split.
 */
int dataset_read_hdf5(struct dataset *out, const struct dataset_source *s, int *has_split);

/* Makes the data set "synthetic:SIZES" whole, split included. */
int dataset_make_synthetic(struct dataset *out, const struct dataset_source *s, const char *sizes);

#endif
