// SPDX-License-Identifier: MIT
#include "adabelief.h"

struct adabelief_rules adabelief_rules_read(struct call *call)
{
    static const char *const placements[] = {"in_state", "at_use", NULL};
    struct adabelief_rules rules = {.moments = moment_rules_read(call)};
    rules.root = updates_positive(call, "epsilon_root");
    rules.root_at_use = call_choice(call, "root_placement", placements);
    return rules;
}

void adabelief_update(real *w, real *m, real *s, const real *g, real rate, size_t t,
                      const void *rules, size_t P)
{
    const struct adabelief_rules *own = rules;
    const struct moment_rules *is = &own->moments;
    real c1 = moment_correction(is, is->beta1, t), c2 = moment_correction(is, is->beta2, t);
    real kept = own->root_at_use ? 0 : own->root, used = own->root_at_use ? own->root : 0;
    for (size_t p = 0; p < P; p++) {
        real h = weight_decay_apply(&is->decay, &w[p], g[p], rate);
        m[p] = is->beta1 * m[p] + (1 - is->beta1) * h;
        real d = h - m[p];
        s[p] = is->beta2 * s[p] + (1 - is->beta2) * d * d;
        if (kept != 0)
            s[p] = s[p] + kept;
        real corrected = used != 0 ? s[p] / c2 + used : s[p] / c2;
        w[p] = w[p] - rate * (m[p] / c1) / (real_sqrt(corrected) + is->epsilon);
    }
}

void adabelief_answer(struct call *call)
{
    struct adabelief_rules rules = adabelief_rules_read(call);
    moments_run(call, "s", "s_after", 0, &rules, adabelief_update);
}
