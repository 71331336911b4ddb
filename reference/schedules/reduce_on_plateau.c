// SPDX-License-Identifier: MIT
#include "reduce_on_plateau.h"
#include "schedule.h"

real plateau_target(const struct plateau *rules, real best)
{
    real delta = rules->relative ? rules->min_delta * real_abs(best) : rules->min_delta;
    return rules->maximise ? best + delta : best - delta;
}

struct plateau plateau_read(struct call *call)
{
    static const char *const modes[] = {"min", "max", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    static const char *const patience_is[] = {"reached", "exceeded", NULL};
    static const char *const cooldown_end[] = {"counted", "skipped", NULL};
    static const char *const recorded[] = {"after", "during", NULL};
    struct plateau rules = {0};
    rules.maximise = call_choice(call, "mode", modes);
    rules.relative = call_choice(call, "threshold", thresholds);
    rules.exceeded = call_choice(call, "patience_is", patience_is);
    rules.skipped = call_choice(call, "cooldown_end", cooldown_end);
    rules.during = call_choice(call, "recorded", recorded);
    rules.rate = call_number(call, "rate");
    rules.factor = schedule_positive(call, "factor");
    if (!(rules.factor < 1))
        call_fail(call, "number 'factor' must be below 1, or nothing is reduced");
    rules.patience = call_count(call, "patience", 0, 1u << 20);
    rules.min_delta = call_number_or(call, "min_delta", R(0.0));
    if (!(rules.min_delta >= 0))
        call_fail(call, "number 'min_delta' must not be negative");
    rules.cooldown = call_count_or(call, "cooldown", 0, 0, 1u << 20);
    rules.minimum = call_number_or(call, "minimum", R(0.0));
    return rules;
}

void reduce_on_plateau_answer(struct call *call)
{
    struct plateau rules = plateau_read(call);
    const real *metric = call_input(call, "metric", "E");
    size_t E = call_size(call, 'E'), wait = 0, cooldown = 0;
    real *rate = call_output(call, "rate", "E"), *best = call_output(call, "best", "E");
    real now = rules.rate;
    for (size_t e = 0; e < E; e++) {
        int cooling = cooldown > 0;
        if (cooling)
            cooldown--;
        int counts = rules.skipped ? !cooling : cooldown == 0;
        real target = e > 0 ? plateau_target(&rules, best[e - 1]) : metric[0];
        real gain = rules.maximise ? metric[e] - target : target - metric[e];
        int better = e == 0 || gain > 0;
        if (e > 0)
            call_decisions(call, 1, &gain);
        best[e] = better ? metric[e] : best[e - 1];
        wait = better || !counts ? 0 : wait + 1;
        rate[e] = now;
        if (wait > 0 && wait >= rules.patience + (size_t)rules.exceeded) {
            now = schedule_at_least(now * rules.factor, rules.minimum);
            cooldown = rules.cooldown;
            wait = 0;
        }
        if (!rules.during)
            rate[e] = now;
    }
}
