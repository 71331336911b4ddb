// SPDX-License-Identifier: MIT
/* Any bytes as what the child process sends: the parent believes none of it. The first byte chooses
 * what is being read; the linker replaces safe_elsewhere by the function below (Makefile), so that
 * everything behind it is that of production. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/protocol/case.h"
#include "../../suites/protocol/hdf5_safe_process.h"

#include <stdio.h>
#include <string.h>

int __wrap_safe_elsewhere(const struct safe_errand *errand, char *error);

static const uint8_t *parcel;
static size_t parcel_size;

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return 0;
}

/* As safe_elsewhere does with a child that has died or says nonsense. */
int __wrap_safe_elsewhere(const struct safe_errand *errand, char *error)
{
    uint8_t none = 0;
    FILE *stream = parcel_size > 0 ? fmemopen((void *)(uintptr_t)parcel, parcel_size, "rb")
                                   : fmemopen(&none, 1, "wb");
    fuzz_holds(stream != NULL, "a stream can be made");
    int code = safe_receive(errand, stream, UINT64_C(1) << 20, error);
    if (code >= 0)
        return code;
    snprintf(error, ASSAY_ERROR, "the child has died, or says nonsense");
    return 2;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    struct assay_result result;
    int code;
    if (size == 0)
        return 0;
    parcel = bytes + 1;
    parcel_size = size - 1;
    if (bytes[0] % 3 < 2) {
        code = assay_file_read(&file, "any.h5", bytes[0] % 3, error);
        if (code == 0)
            assay_file_free(&file);
    } else {
        code = assay_result_read(&result, "any.h5", error);
        if (code == 0)
            assay_result_free(&result);
    }
    fuzz_holds(code == 0 || code == 2, "a reader returns 0 or 2");
    fuzz_holds(memchr(error, 0, sizeof error) != NULL, "the sentence ends");
    return 0;
}
