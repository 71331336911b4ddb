// SPDX-License-Identifier: MIT
/* exchange.h - cases and results in formats that need no HDF5: npz, JSON and CSV. The formats are
 * on one page in data/EXCHANGE.md. Nothing is lost on the way: every number comes back with the
 * same bits, but for what a NaN carries.
 *
 * Functions return 0, or 2 with one sentence in `error` (ASSAY_ERROR bytes). */
#pragma once

#include "../protocol/case.h"

enum exchange_format { EXCHANGE_NPZ, EXCHANGE_JSON, EXCHANGE_CSV, EXCHANGE_FORMATS };

/* "npz", "json", "csv". */
const char *exchange_format_name(enum exchange_format format);

/* Writes cases, and goldens unless file->golden is NULL. `hexadecimal` writes the numbers of CSV as
 * 0x1.8p+1 instead of with 17 digits. The bytes depend on the content alone. */
int exchange_write(const struct assay_file *file, enum exchange_format format, int hexadecimal,
                   const char *path, char *error);

/* Reads a result in any of the formats, which its content tells, in a process of its own. */
int exchange_read(struct assay_result *result, const char *path, char *error);

/* The same of bytes in memory, in this process; `path` is for the messages. */
int exchange_parse(struct assay_result *result, const unsigned char *bytes, size_t size,
                   const char *path, char *error);
