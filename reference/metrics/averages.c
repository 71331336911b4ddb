// SPDX-License-Identifier: MIT
#include "averages.h"

enum undefined undefined_read(struct call *call)
{
    static const char *const options[] = {"zero", "one", "excluded", NULL};
    return (enum undefined)call_choice(call, "undefined", options);
}

real undefined_ratio(real a, real b, enum undefined undefined, int *defined)
{
    *defined = b != 0 || undefined != UNDEFINED_EXCLUDED;
    if (b != 0)
        return a / b;
    return undefined == UNDEFINED_ONE ? 1 : 0;
}

real average_of(struct call *call, size_t K, const real *value, const real *share,
                const int *defined)
{
    real *product = call_scratch(call, K), *kept = call_scratch(call, K);
    size_t n = 0;
    int any = 0;
    for (size_t k = 0; k < K; k++)
        any |= defined[k] && (!share || share[k] > 0);
    for (size_t k = 0; k < K; k++) {
        if (!defined[k])
            continue;
        kept[n] = share && any ? share[k] : 1;
        product[n] = value[k] * kept[n];
        n++;
    }
    if (n == 0)
        call_fail(call, "nothing is left to average when what is 'undefined' is excluded");
    return sum_features(n, product, 1) / sum_features(n, kept, 1);
}
