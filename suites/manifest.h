// SPDX-License-Identifier: MIT
/* manifest.h - data/manifest.json: every file with its SHA-256, and the number of its cases.
 *
 *     {"format": "assay-manifest", "format_version": 1, "cases": 120,
 *      "files": [{"path": "optimizers/adam.h5", "sha256": "...", "cases": 9}, ...]}
 *
 * Data sets have no cases. Functions return 0, or 2 with a sentence in `error` (ASSAY_ERROR). */
#pragma once

#include "protocol/case.h"

struct manifest_file {
    char path[256]; /* relative to the folder of the manifest */
    char sha256[65];
    size_t cases;
};

struct manifest {
    size_t files;
    struct manifest_file *file;
};

int manifest_read(struct manifest *manifest, const char *directory, char *error);
int manifest_write(const struct manifest *manifest, const char *directory, char *error);
void manifest_free(struct manifest *manifest);

/* The number of cases that the manifest of `directory` promises for the file `path`. */
int manifest_cases(const char *directory, const char *path, size_t *cases, char *error);

/* SHA-256 of a file's bytes, as 64 lower-case digits. */
int manifest_hash(char sha256[65], const char *path, char *error);
