// SPDX-License-Identifier: MIT
#include "proximal_l1.h"

real proximal_l1_shrink(real v, real threshold, int nonnegative, real *distance)
{
    real size = nonnegative ? v : real_abs(v);
    *distance = size - threshold;
    if (!(*distance > 0))
        return 0;
    return v < 0 ? -*distance : *distance;
}

void proximal_l1_answer(struct call *call)
{
    static const char *const accelerations[] = {"none", "fista", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    const real *start = call_input(call, "w", "P"), *g = call_input(call, "g", "SP");
    const real *rate = call_input(call, "rate", "S");
    size_t P = call_size(call, 'P'), S = call_size(call, 'S');
    real lambda = call_number(call, "lambda"), l2 = call_number_or(call, "l2", 0);
    if (!(lambda >= 0) || !(l2 >= 0))
        call_fail(call, "the numbers 'lambda' and 'l2' must not be negative");
    for (size_t s = 0; s < S; s++) {
        if (!(rate[s] >= 0))
            call_fail(call, "element %zu of input 'rate' must not be negative", s);
    }
    int fista = call_choice(call, "acceleration", accelerations);
    int nonnegative = call_choice(call, "nonnegative", no_yes);
    real *w_after = call_output(call, "w_after", "SP"),
         *z_after = call_output(call, "z_after", "SP");
    real *zeros = call_output_integers(call, "zeros", "S"), t = 1;
    for (size_t s = 0; s < S; s++) {
        const real *w = s ? &w_after[(s - 1) * P] : start, *z = s ? &z_after[(s - 1) * P] : start;
        real t_next = (1 + real_sqrt(1 + 4 * t * t)) / 2, ahead = (t - 1) / t_next;
        for (size_t p = 0; p < P; p++) {
            real distance, v = z[p] - rate[s] * g[s * P + p];
            real w_next = proximal_l1_shrink(v, rate[s] * lambda, nonnegative, &distance);
            call_decisions(call, 1, &distance);
            if (l2 != 0)
                w_next = w_next / (1 + rate[s] * l2);
            w_after[s * P + p] = w_next;
            z_after[s * P + p] = fista ? w_next + ahead * (w_next - w[p]) : w_next;
            zeros[s] += w_next == 0;
        }
        t = t_next;
    }
}
