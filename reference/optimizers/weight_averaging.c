// SPDX-License-Identifier: MIT
#include "weight_averaging.h"

struct averaging_rules averaging_rules_read(struct call *call)
{
    static const char *const forms[] = {"exponential", "equal", NULL};
    static const char *const starts[] = {"first_copy", "zero", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const decays[] = {"constant", "growing", NULL};
    static const char *const before[] = {"copy", "keep", NULL};
    struct averaging_rules rules = {0};
    rules.equal = call_choice(call, "form", forms);
    rules.from_zero = call_choice(call, "start", starts);
    rules.corrected = call_choice(call, "bias_correction", no_yes);
    rules.growing = call_choice(call, "decay_form", decays);
    rules.keeps = call_choice(call, "before", before);
    rules.decay = rules.equal ? R(0.0) : updates_share(call, "decay");
    rules.every = call_count_or(call, "every", 1, 1, 1000000);
    rules.begin = call_count_or(call, "begin", 1, 1, 1000000);
    rules.first = call_count_or(call, "first_step", 1, 1, 1000000);
    rules.entered = call_count_or(call, "entered", 0, 0, 1000000);
    if (rules.corrected && (!rules.from_zero || rules.equal || call_has(call, "e")))
        call_fail(call, "'bias_correction' needs an exponential average that starts at zero");
    return rules;
}

int averaging_enters(const struct averaging_rules *rules, size_t t)
{
    return t >= rules->begin && (t - rules->begin) % rules->every == 0;
}

real averaging_decay(const struct averaging_rules *rules, size_t n)
{
    real grown = real_count(1 + n) / real_count(10 + n);
    return rules->growing && grown < rules->decay ? grown : rules->decay;
}

void weight_averaging_answer(struct call *call)
{
    const real *w = call_input(call, "w", "SP");
    struct averaging_rules rules = averaging_rules_read(call);
    size_t S = call_size(call, 'S'), P = call_size(call, 'P'), n = rules.entered;
    real *e = updates_state(call, "e"), product = 1;
    real *average = call_output(call, "average", "SP");
    for (size_t s = 0; s < S; s++) {
        int enters = averaging_enters(&rules, rules.first + s), copies = n == 0 && !rules.from_zero;
        real d = averaging_decay(&rules, n);
        for (size_t p = 0; p < P && enters; p++) {
            real now = w[s * P + p];
            if (rules.equal)
                e[p] = e[p] + (now - e[p]) / real_count(n + 1);
            else
                e[p] = copies ? now : d * e[p] + (1 - d) * now;
        }
        n += (size_t)enters;
        product = enters ? product * d : product;
        for (size_t p = 0; p < P; p++)
            average[s * P + p] = n == 0 && !rules.keeps ? w[s * P + p]
                                 : n && rules.corrected ? e[p] / (1 - product)
                                                        : e[p];
    }
}
