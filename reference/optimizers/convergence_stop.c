// SPDX-License-Identifier: MIT
#include "convergence_stop.h"

real convergence_distance(const struct convergence_rules *rules, real loss, real before)
{
    real gain = rules->of_best ? before - loss : real_abs(before - loss);
    return gain - (rules->relative ? rules->tolerance * real_abs(before) : rules->tolerance);
}

static struct convergence_rules read_rules(struct call *call, size_t E)
{
    static const char *const compared[] = {"previous", "best", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    struct convergence_rules rules = {0};
    rules.of_best = call_choice(call, "compared", compared);
    rules.relative = call_choice(call, "threshold", thresholds);
    rules.tolerance = call_number(call, "tolerance");
    rules.patience = call_count_or(call, "patience", 1, 1, 1u << 20);
    rules.epochs = call_count_or(call, "epochs", E, 1, E);
    if (!(rules.tolerance >= 0))
        call_fail(call, "number 'tolerance' must not be negative");
    return rules;
}

void convergence_stop_answer(struct call *call)
{
    const real *loss = call_input(call, "loss", "E");
    size_t E = call_size(call, 'E'), row = 0, e = 0;
    struct convergence_rules rules = read_rules(call, E);
    real *still = call_output_integers(call, "still", "E");
    real *last = call_output_integers(call, "last", "");
    real *converged = call_output_integers(call, "converged", "");
    real before = loss[0];
    for (e = 1; e < rules.epochs && row < rules.patience; e++) {
        real distance = convergence_distance(&rules, loss[e], before);
        call_decisions(call, 1, &distance);
        still[e] = distance > 0 ? 0 : 1;
        row = distance > 0 ? 0 : row + 1;
        before = rules.of_best && before < loss[e] ? before : loss[e];
    }
    *last = real_count(e - 1);
    *converged = row >= rules.patience ? 1 : 0;
}
