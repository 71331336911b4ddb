// SPDX-License-Identifier: MIT
/* Any bytes as the file of a gate. Built when suites/gate.c exists. */
#include "fuzz.h"

#include "../../suites/gate.h"

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[ASSAY_ERROR] = "";
    struct gate gate = {0};
    int code = gate_parse(&gate, (const char *)bytes, size, "any", error);
    fuzz_ended(code, error);
    if (code == 0)
        gate_free(&gate);
    return 0;
}
