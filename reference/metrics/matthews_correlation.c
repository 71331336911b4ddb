// SPDX-License-Identifier: MIT
#include "matthews_correlation.h"

/* Sum over classes of x[k] y[k]. */
static real products(struct call *call, size_t K, const real *x, const real *y)
{
    real *product = call_scratch(call, K);
    for (size_t k = 0; k < K; k++)
        product[k] = x[k] * y[k];
    return sum_features(K, product, 1);
}

static size_t nonzero(size_t K, const real *x)
{
    size_t count = 0;
    for (size_t k = 0; k < K; k++)
        count += x[k] > 0;
    return count;
}

void matthews_correlation_answer(struct call *call)
{
    static const char *const options[] = {"zero", "limit", "refused", NULL};
    struct confusion c = confusion_read(call);
    int undefined = call_choice(call, "undefined", options);
    real right = 0, s = c.total;
    for (size_t k = 0; k < c.K; k++)
        right = right + c.matrix[k * c.K + k];
    real *mcc = call_output(call, "mcc", "");
    if (nonzero(c.K, c.truly) == 1 || nonzero(c.K, c.called) == 1) {
        if (undefined == 2)
            call_fail(call, "labels or predictions are of one class, and 'undefined' is refused");
        if (undefined == 1 && right == s)
            *mcc = 1;
        else if (undefined == 1 && right == 0 && c.K == 2)
            *mcc = -1;
        return;
    }
    real spread = s * s - products(call, c.K, c.called, c.called);
    real truth = s * s - products(call, c.K, c.truly, c.truly);
    *mcc = (right * s - products(call, c.K, c.truly, c.called)) /
           (real_sqrt(spread) * real_sqrt(truth));
}
