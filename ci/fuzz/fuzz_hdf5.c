// SPDX-License-Identifier: MIT
/* Any bytes as a case file, as goldens and as a result file, read in this process: our own checks
 * before, between and after the calls of HDF5. Crashes inside the HDF5 library are known (see
 * suites/protocol/hdf5_safe_process.h) and told apart by ci/fuzz/run.sh. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/protocol/case.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return setenv("ASSAY_READ_IN_PROCESS", "1", 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *path = fuzz_file(bytes, size);
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    struct assay_result result;
    for (int with_golden = 0; with_golden < 2; with_golden++) {
        int code = assay_file_read(&file, path, with_golden, error);
        fuzz_ended(code, error);
        if (code == 0)
            assay_file_free(&file);
    }
    int code = assay_result_read(&result, path, error);
    fuzz_ended(code, error);
    if (code == 0)
        assay_result_free(&result);
    return 0;
}
