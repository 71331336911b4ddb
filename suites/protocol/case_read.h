// SPDX-License-Identifier: MIT
/* case_read.h - what the readers of cases, of goldens and of results have in common. */
#pragma once

#include "hdf5_safe.h"

/* Whether the root says that this is a file of that format, in the version that we know. */
int read_format(const struct safe_object *root, const char *format);

/* A string attribute, or `otherwise` when it is not there. */
int read_text_or(const struct safe_object *group, const char *name, char *text, size_t size,
                 const char *otherwise);

/* The groups `golden` and `bounds` of a case, in this order; target is a struct assay_golden. What
 * has no bounds is exact: a file that has lost them is too strict, never too lax. */
int read_golden(const struct safe_object *group, void *target);
int read_bounds(const struct safe_object *group, void *target);
