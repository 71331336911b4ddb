// SPDX-License-Identifier: MIT
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/protocol/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* HDF5 forgets memory when it meets damage; the leak checker is to look at our code. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

static char path[256];
static int file = -1;

static void remove_file(void)
{
    unlink(path);
}

static void make_file(void)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.200s/assay-fuzz.XXXXXX", folder != NULL ? folder : "/tmp");
    file = mkstemp(path);
    fuzz_holds(file >= 0, "a file can be made in TMPDIR");
    atexit(remove_file);
}

const char *fuzz_file(const uint8_t *bytes, size_t size)
{
    if (file < 0)
        make_file();
    fuzz_holds(ftruncate(file, 0) == 0 && pwrite(file, bytes, size, 0) == (ssize_t)size,
               "the file can be written");
    return path;
}

void fuzz_holds(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz: does not hold: %s\n", what);
    abort();
}

void fuzz_ended(int code, const char *error)
{
    size_t length = strnlen(error, ASSAY_ERROR);
    fuzz_holds(code == 0 || code == 2, "a reader returns 0 or 2");
    if (code == 0)
        return;
    fuzz_holds(length > 20 && length < ASSAY_ERROR, "a failure has a sentence");
    fuzz_holds(strchr(error, '\n') == NULL, "the sentence is one line");
}
