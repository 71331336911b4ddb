// SPDX-License-Identifier: MIT
/* Codes of bounds, and any double as a bound: what is stored is never smaller. */
#include "fuzz.h"

#include "../../suites/protocol/bound_code.h"

#include <float.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    (void)count, (void)argument;
    return 0;
}

static void check_code(uint16_t code)
{
    double value = bound_value(code);
    int known = code <= BOUND_LARGEST || code == BOUND_INFINITE;
    fuzz_holds(known ? value >= 0 : isnan(value), "a code is a bound or means nothing");
    fuzz_holds(!known || bound_code(value) == code, "a stored bound is stored again as it is");
}

static void check_bound(double bound)
{
    uint16_t code = bound_code(bound);
    double rounded = bound_rounded(bound);
    fuzz_holds(code <= BOUND_LARGEST || code == BOUND_INFINITE, "a bound has a code that is known");
    fuzz_holds(isnan(bound) || bound < 0 || rounded >= bound, "a bound is rounded up");
    fuzz_holds(!(bound >= 2 * DBL_MIN && bound < DBL_MAX / 2) || rounded <= bound * 1.0443,
               "a bound is not rounded up by more than a sixteenth of an octave");
    fuzz_holds(code == 0 ||
                   bound_value((uint16_t)(code == BOUND_INFINITE ? BOUND_LARGEST : code - 1)) <
                       bound ||
                   isnan(bound) || bound < 0,
               "the code is the smallest");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i + 2 <= size; i += 2)
        check_code((uint16_t)(bytes[i] | bytes[i + 1] << 8));
    for (size_t i = 0; i + 8 <= size; i += 8) {
        double bound;
        memcpy(&bound, bytes + i, sizeof bound);
        check_bound(bound);
    }
    return 0;
}
