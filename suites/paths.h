// SPDX-License-Identifier: MIT
/* paths.h - where the corpus is. */
#pragma once

#include <stddef.h>

/* The folder of goldens and data sets: the argument of --data-directory, else ASSAY_DATA of the
 * environment, else the project's data/ next to the program's folder. Never NULL. */
const char *paths_data(void);
void paths_set_data(const char *directory);

/* directory "/" name into `path`. Returns 0, or 2 when it is too long. */
int paths_join(char *path, size_t size, const char *directory, const char *name);
