// SPDX-License-Identifier: MIT
/* Adamax; definition in reference/optimizers/adamax.h.
 *
 * How it is distributed: the parameters, their moments and their norms are sharded evenly. Each is
 * updated alone; nothing crosses the network before the results are gathered, and nothing is added
 * over ranks. The power of beta1 is computed on every rank in the same way.
 */
#include "optimizer.h"

struct settings {
    bool beside, corrected;
    scalar beta1, beta2, epsilon;
    struct decay_settings decay;
};

static struct settings read_settings(struct question *q)
{
    static const char *const placements[] = {"in_maximum", "in_denominator", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    return (struct settings){
        .beside = question_choice(q, "epsilon_placement", placements) == 1,
        .corrected = question_choice(q, "bias_correction", yes_no) == 0,
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = decay_read(q),
    };
}

/* One step from h at the corrected rate. */
static void step(size_t count, scalar *restrict w, scalar *restrict m, scalar *restrict norm,
                 const scalar *restrict h, scalar corrected_rate, const struct settings *settings)
{
    const scalar beta1 = settings->beta1, beta2 = settings->beta2, rest1 = 1 - beta1;
    const scalar within = settings->beside ? 0 : settings->epsilon;
    const scalar beside = settings->beside ? settings->epsilon : 0;
    for (size_t i = 0; i < count; i++) {
        m[i] = beta1 * m[i] + rest1 * h[i];
        scalar size = scalar_absolute(h[i]) + within, old = beta2 * norm[i];
        norm[i] = size > old ? size : old;
        w[i] = w[i] - corrected_rate * m[i] / (norm[i] + beside);
    }
}

void adamax_run(struct question *q)
{
    struct updates updates = updates_read(q);
    struct settings settings = read_settings(q);
    const size_t P = updates.P, first = updates_first_step(q);
    scalar *m = updates_state(q, "m"), *norm = updates_state(q, "u");
    scalar *h = question_scratch(q, P);
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    scalar *norm_after = question_output(q, "u_after", "S[P]");
    scalar power = updates_power(settings.beta1, first);
    for (size_t s = 0; s < updates.S; s++) {
        const scalar rate = updates.rate[s];
        decay_step(&settings.decay, P, h, updates.w, updates.g + s * P, rate);
        step(P, updates.w, m, norm, h, settings.corrected ? rate / (1 - power) : rate, &settings);
        power *= settings.beta1;
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, m_after, s, m);
        updates_keep(&updates, norm_after, s, norm);
    }
}
