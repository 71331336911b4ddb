// SPDX-License-Identifier: MIT
#include "one_cycle.h"
#include "schedule.h"

const struct one_cycle_leg *one_cycle_find(const struct one_cycle *cycle, size_t n)
{
    size_t i = 0;
    while (i + 1 < cycle->legs && real_count(n) > cycle->leg[i].end)
        i++;
    return &cycle->leg[i];
}

real one_cycle_weight(const struct one_cycle *cycle, const struct one_cycle_leg *leg, size_t n)
{
    real p = (real_count(n) - leg->begin) / (leg->end - leg->begin);
    if (cycle->linear)
        return 1 - p;
    return (1 + real_cos(R(3.14159265358979323846264338327950288) * p)) * R(0.5);
}

static real divisor(struct call *call, const char *name, real otherwise)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value > 0))
        call_fail(call, "number '%s' must be above 0", name);
    return value;
}

struct one_cycle one_cycle_read(struct call *call)
{
    static const char *const phases[] = {"two", "three", NULL};
    static const char *const shapes[] = {"cosine", "linear", NULL};
    static const char *const ends[] = {"last_step", "after_last", NULL};
    static const char *const final_from[] = {"initial", "maximum", NULL};
    struct one_cycle cycle = {.legs = call_choice(call, "phases", phases) ? 3 : 2};
    cycle.linear = call_choice(call, "shape", shapes);
    real before = call_choice(call, "ends", ends) ? 0 : 1;
    real top = schedule_positive(call, "maximum");
    real initial = top / divisor(call, "initial_divisor", R(25.0));
    real last = (call_choice(call, "final_from", final_from) ? top : initial) /
                divisor(call, "final_divisor", R(10000.0));
    real high = call_number(call, "momentum_high"), low = call_number(call, "momentum_low");
    real total = real_count(call_count(call, "total", 1, 1u << 24));
    real A = call_number(call, "share") * total - before, Z = total - before;
    cycle.leg[0] = (struct one_cycle_leg){0, A, initial, top, high, low};
    cycle.leg[1] = (struct one_cycle_leg){A, 2 * A, top, initial, low, high};
    cycle.leg[2] = (struct one_cycle_leg){2 * A, Z, initial, last, high, high};
    if (cycle.legs == 2)
        cycle.leg[1] = (struct one_cycle_leg){A, Z, top, last, low, high};
    if (!(A > 0 && cycle.leg[cycle.legs - 1].begin < Z))
        call_fail(call, "number 'share' leaves a phase without a step");
    return cycle;
}

void one_cycle_answer(struct call *call)
{
    struct schedule schedule = schedule_read(call);
    struct one_cycle cycle = one_cycle_read(call);
    real *momentum = call_output(call, "momentum", "T");
    if (real_count(schedule_time(&schedule, schedule.T - 1)) > cycle.leg[cycle.legs - 1].end)
        call_fail(call, "number 'total': the cycle is over before the last step");
    for (size_t t = 0; t < schedule.T; t++) {
        size_t n = schedule_time(&schedule, t);
        for (size_t i = 0; i + 1 < cycle.legs; i++) {
            real distance = real_count(n) - cycle.leg[i].end;
            call_decisions(call, 1, &distance);
        }
        const struct one_cycle_leg *leg = one_cycle_find(&cycle, n);
        real w = one_cycle_weight(&cycle, leg, n);
        schedule.rate[t] = leg->to + (leg->from - leg->to) * w;
        momentum[t] = leg->momentum_to + (leg->momentum_from - leg->momentum_to) * w;
    }
}
