// SPDX-License-Identifier: MIT
#include "rate_by_outcome.h"
#include "schedule.h"

real outcome_upper(const struct outcome_rules *rules, real reference)
{
    return reference + rules->divergence * real_abs(reference);
}

real outcome_lower(const struct outcome_rules *rules, real reference)
{
    return reference - rules->min_gain * real_abs(reference);
}

static real at_least_zero(struct call *call, const char *name)
{
    real value = call_number_or(call, name, R(0.0));
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    return value;
}

struct outcome_rules outcome_read(struct call *call)
{
    static const char *const against[] = {"previous", "best", NULL};
    static const char *const fine_tuning[] = {"capped", "free", NULL};
    struct outcome_rules rules = {.best = call_choice(call, "against", against)};
    rules.free = call_choice(call, "fine_tuning", fine_tuning);
    rules.rate = schedule_positive(call, "rate");
    rules.raise = call_number(call, "raise");
    if (!(rules.raise > 1))
        call_fail(call, "number 'raise' must be above 1");
    rules.lower = schedule_positive(call, "lower");
    if (!(rules.lower < 1))
        call_fail(call, "number 'lower' must be below 1");
    rules.divergence = at_least_zero(call, "divergence");
    rules.min_gain = at_least_zero(call, "min_gain");
    rules.minimum = at_least_zero(call, "minimum");
    rules.maximum = call_number(call, "maximum");
    if (!(rules.maximum >= rules.minimum))
        call_fail(call, "number 'maximum' must not be below the minimum");
    rules.patience = call_count(call, "patience", 1, 1u << 20);
    rules.fine_tuning_from = call_count_or(call, "fine_tuning_from", 0, 0, 1u << 20);
    if (rules.fine_tuning_from > 0)
        rules.fine_tuning_rate = schedule_positive(call, "fine_tuning_rate");
    return rules;
}

/* 1 not learning, -1 diverging, 0 learning. */
static int judge(struct call *call, const struct outcome_rules *rules, real loss, real reference)
{
    real distance[2] = {loss - outcome_upper(rules, reference),
                        outcome_lower(rules, reference) - loss};
    call_decisions(call, 2, distance);
    if (distance[0] > 0)
        return -1;
    return distance[1] > 0 ? 0 : 1;
}

void rate_by_outcome_answer(struct call *call)
{
    struct outcome_rules rules = outcome_read(call);
    const real *loss = call_input(call, "loss", "E");
    size_t E = call_size(call, 'E'), wait = 0;
    real *rate = call_output(call, "rate", "E");
    real *verdict = call_output_integers(call, "verdict", "E");
    real now = rules.rate, top = rules.maximum, reference = 0;
    for (size_t e = 0; e < E; e++) {
        int first = e == 0 || e == rules.fine_tuning_from;
        if (e > 0 && first) {
            now = rules.fine_tuning_rate;
            top = rules.free ? top : now;
            wait = 0;
        }
        int outcome = first ? 0 : judge(call, &rules, loss[e], reference);
        wait = outcome > 0 ? wait + 1 : 0;
        if (outcome < 0) {
            now = schedule_at_least(now * rules.lower, rules.minimum);
            verdict[e] = -1;
        } else if (wait == rules.patience) {
            now = now * rules.raise > top ? top : now * rules.raise;
            verdict[e] = 1;
            wait = 0;
        }
        rate[e] = now;
        if (first || !rules.best || loss[e] < reference)
            reference = loss[e];
    }
}
