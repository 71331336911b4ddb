// SPDX-License-Identifier: MIT
#include "cohen_kappa.h"

void cohen_kappa_answer(struct call *call)
{
    static const char *const disagreements[] = {"unweighted", "linear", "quadratic", NULL};
    static const char *const options[] = {"zero", "one", "refused", NULL};
    struct confusion c = confusion_read(call);
    int power = call_choice(call, "disagreement", disagreements);
    int undefined = call_choice(call, "undefined", options);
    real *seen = call_scratch(call, c.K * c.K), *expected = call_scratch(call, c.K * c.K);
    for (size_t k = 0; k < c.K * c.K; k++) {
        size_t i = k / c.K, j = k % c.K, d = i > j ? i - j : j - i;
        real v = real_count(power == 0 ? d > 0 : power == 1 ? d : d * d);
        seen[k] = v * c.matrix[k];
        expected[k] = v * (c.truly[i] * c.called[j]);
    }
    real chance = sum_features(c.K * c.K, expected, 1), *kappa = call_output(call, "kappa", "");
    if (chance > 0)
        *kappa = 1 - sum_features(c.K * c.K, seen, 1) * c.total / chance;
    else if (undefined == 2)
        call_fail(call, "all labels and predictions are of one class, and 'undefined' is refused");
    else
        *kappa = undefined == 1 ? 1 : 0;
}
