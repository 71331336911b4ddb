// SPDX-License-Identifier: MIT
/* case_read.h - what reading a file of cases and reading a result have in common. */
#pragma once

#include "hdf5_safe.h"

/* Whether the root says that this is a file of that format, in the version that we know. */
int read_format(const struct safe_object *root, const char *format);

/* A string attribute, or `otherwise` when it is not there. */
int read_text_or(const struct safe_object *group, const char *name, char *text, size_t size,
                 const char *otherwise);
