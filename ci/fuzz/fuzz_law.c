// SPDX-License-Identifier: MIT
/* Any text as a law of a case file, and outputs to judge by it: the text until the first zero, then
 * one byte of rows, and the values. With the highest bit of that byte the case has inputs too. */
#include "fuzz.h"

#include "../../suites/laws.h"

#include <math.h>
#include <string.h>

enum { VALUES = 512 };

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char text[ASSAY_NAME] = "";
    double value[VALUES] = {0};
    size_t length = 0;
    while (length < size && length + 1 < sizeof text && bytes[length] != 0)
        length++;
    memcpy(text, bytes, length);
    if (length + 2 > size)
        return 0;
    size_t rows = bytes[length + 1] % 32 + 1, left = size - length - 2;
    size_t columns = left / sizeof *value / rows;
    if (rows * columns > VALUES)
        columns = VALUES / rows;
    memcpy(value, bytes + length + 2, rows * columns * sizeof *value);
    double label[32] = {0, 1, 1, 0, 2, 1};
    struct request_array inputs[] = {{"labels", 1, {rows}, rows, 1, label},
                                     {"x", 2, {rows, columns}, rows * columns, 0, value}};
    struct assay_case test = {.technique = "dropout", .name = "any", .tier = "statistical"};
    test.request.input = inputs;
    test.request.inputs = bytes[length + 1] & 0x80 ? 2 : 0;
    if (!law_known(text))
        return 0;
    struct law_verdict verdict = law_judge(&test, text, "f64", 2, (size_t[]){rows, columns}, value);
    fuzz_holds(!(verdict.ratio < 0), "a ratio is not negative");
    fuzz_holds(strnlen(verdict.message, sizeof verdict.message) < sizeof verdict.message,
               "the sentence ends");
    return 0;
}
