// SPDX-License-Identifier: MIT
/* Any bytes as npz, JSON or CSV. */
#include "fuzz.h"

#include "../../suites/exchange/exchange.h"

#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return 0;
}

static void check(const struct assay_result *result)
{
    for (size_t t = 0; t < result->techniques; t++)
        for (size_t i = 0; i < result->technique[t].cases; i++) {
            const struct assay_result_case *test = &result->technique[t].test[i];
            fuzz_holds(strcmp(test->name, "..") != 0 && strchr(test->name, '/') == NULL,
                       "a name is no path");
            for (size_t o = 0; o < test->outputs; o++) {
                size_t count = 1;
                for (int axis = 0; axis < test->output[o].rank; axis++)
                    count *= test->output[o].dim[axis];
                fuzz_holds(count == test->output[o].count, "a shape says how many elements");
            }
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[ASSAY_ERROR] = "";
    struct assay_result result;
    int code = exchange_parse(&result, bytes, size, "any", error);
    fuzz_ended(code, error);
    if (code == 0) {
        check(&result);
        assay_result_free(&result);
    }
    return 0;
}
