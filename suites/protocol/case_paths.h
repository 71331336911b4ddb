// SPDX-License-Identifier: MIT
/* case_paths.h - which files of cases an argument means. */
#pragma once

#include <stddef.h>

struct case_paths {
    size_t count;
    char **path;
};

/* Appends the case files that `path` means: itself, or if it is a folder all files below it that
 * end in .h5 and are files of cases, sorted by path. A damaged file counts, so that it is reported
 * and not skipped. Returns 0, or 2 with one sentence in `error` (ASSAY_ERROR bytes). */
int case_paths_add(struct case_paths *paths, const char *path, char *error);

void case_paths_free(struct case_paths *paths);
