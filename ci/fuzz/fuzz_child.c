// SPDX-License-Identifier: MIT
/* Any bytes as a file, read as in production: by a process of its own. Whatever HDF5 does there,
 * this process goes on, with a sentence. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/protocol/case.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return unsetenv("ASSAY_READ_IN_PROCESS");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *path = fuzz_file(bytes, size);
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    struct assay_result result;
    int code = assay_file_read(&file, path, 1, error);
    fuzz_ended(code, error);
    if (code == 0)
        assay_file_free(&file);
    code = assay_result_read(&result, path, error);
    fuzz_ended(code, error);
    if (code == 0)
        assay_result_free(&result);
    return 0;
}
