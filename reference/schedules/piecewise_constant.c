// SPDX-License-Identifier: MIT
#include "piecewise_constant.h"
#include "schedule.h"

size_t piecewise_passed(const struct piecewise *rules, size_t n)
{
    size_t k = 0;
    while (k < rules->B && (size_t)rules->boundaries[k] + (size_t)rules->after <= n)
        k++;
    return k;
}

real piecewise_rate(const struct piecewise *rules, size_t k)
{
    if (rules->rates)
        return rules->rates[k];
    real rate = rules->rate;
    for (size_t i = 0; i < k; i++)
        rate = rate * rules->factors[i];
    return rate;
}

struct piecewise piecewise_read(struct call *call)
{
    static const char *const forms[] = {"rates", "factors", NULL};
    static const char *const boundary[] = {"at", "after", NULL};
    struct piecewise rules = {0};
    rules.boundaries = call_integers(call, "boundaries", "B", 0, 1 << 30);
    rules.B = call_size(call, 'B');
    for (size_t k = 1; k < rules.B; k++) {
        if (rules.boundaries[k] <= rules.boundaries[k - 1])
            call_fail(call, "input 'boundaries' does not rise at element %zu", k);
    }
    rules.after = call_choice(call, "boundary", boundary);
    call_bind(call, 'R', rules.B + 1);
    if (call_choice(call, "form", forms) == 0) {
        rules.rates = call_input(call, "rates", "R");
    } else {
        rules.factors = call_input(call, "factors", "B");
        rules.rate = call_number(call, "rate");
    }
    return rules;
}

void piecewise_constant_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct piecewise rules = piecewise_read(call);
    for (size_t t = 0; t < schedule.T; t++) {
        size_t k = piecewise_passed(&rules, schedule_time(&schedule, t));
        schedule.rate[t] = piecewise_rate(&rules, k);
    }
}
