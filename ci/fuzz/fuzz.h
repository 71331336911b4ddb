// SPDX-License-Identifier: MIT
/* fuzz.h - what the fuzz targets share. A target is one file fuzz_<target>.c with one entry
 * function, which either a fuzzer calls (make fuzz) or replay.c, with every input that is kept in
 * ci/fuzz/corpus/<target>/ (make test). */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The names that libFuzzer prescribes. */
int LLVMFuzzerInitialize(int *count, char ***argument);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A file that holds these bytes; the same path every time, in TMPDIR, removed at the end. */
const char *fuzz_file(const uint8_t *bytes, size_t size);

/* Stops the program unless it holds: what a target promises besides not crashing. */
void fuzz_holds(int holds, const char *what);

/* Whether a reader has ended as it must: with 0, or with 2 and one sentence that fits its buffer. */
void fuzz_ended(int code, const char *error);
