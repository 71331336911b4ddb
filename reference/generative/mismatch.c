// SPDX-License-Identifier: MIT
#include "mismatch.h"

struct mismatch_rule mismatch_read(struct call *call)
{
    static const char *const distances[] = {"l1", "l2", NULL};
    static const char *const reductions[] = {"mean", "sample", "sum", NULL};
    return (struct mismatch_rule){.squared = call_choice(call, "distance", distances) == 1,
                                  .reduction = call_choice(call, "reduction", reductions),
                                  .block = call_block(call)};
}

real mismatch(struct call *call, const struct mismatch_rule *rule, real *de, const real *a,
              const real *b, size_t N, size_t D, real scale)
{
    real *value = call_scratch(call, N), *term = call_scratch(call, D);
    real *gap = call_scratch(call, N * D), W = 1;
    if (rule->reduction != 2)
        W = rule->reduction == 0 ? real_count(N * D) : real_count(N);
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++) {
            size_t i = n * D + d;
            real e = gap[i] = a[i] - b[i];
            term[d] = rule->squared ? e * e : real_abs(e);
            de[i] = scale / W * (rule->squared ? 2 * e : e > 0 ? R(1.0) : e < 0 ? R(-1.0) : 0);
        }
        value[n] = sum_features(D, term, 1);
    }
    if (!rule->squared)
        call_decisions(call, N * D, gap);
    return sum_samples(N, rule->block, value, 1) / W;
}
