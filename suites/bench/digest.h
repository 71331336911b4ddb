// SPDX-License-Identifier: MIT
/* digest.h - one hash for everything that an implementation computed. */
#pragma once

/* SHA-256 over technique, case, output, shape and the values of a result file, sorted by name and
 * without the implementation's own name: two files with the same digest hold the same bits. Values
 * are hashed as binary32 when the result is in f32, else as binary64, least significant byte first;
 * every NaN as the same one. Returns 0, or 2 with a sentence in `error` (ASSAY_ERROR long). */
int digest_result(char sha256[65], const char *path, char *error);
