// SPDX-License-Identifier: MIT
#include "optimizer.h"

#include <string.h>

struct updates updates_read_without_rate(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct updates updates = {0};
    question_split_evenly(q, 'P');
    const scalar *g = question_input(q, "g", "S[P]");
    const scalar *w = question_input(q, "w", "[P]");
    updates.S = question_size(q, 'S');
    updates.P = question_part(q, 'P');
    updates.w = question_scratch(q, updates.P);
    memcpy(updates.w, w, updates.P * sizeof *w);
    updates.g = g;
    if (question_choice(q, "maximize", no_yes) == 0)
        return updates;
    scalar *negated = question_scratch(q, updates.S * updates.P);
    for (size_t i = 0; i < updates.S * updates.P; i++)
        negated[i] = -g[i];
    updates.g = negated;
    return updates;
}

struct updates updates_read(struct question *q)
{
    struct updates updates = updates_read_without_rate(q);
    updates.rate = question_input(q, "rate", "S");
    return updates;
}

scalar *updates_state(struct question *q, const char *name)
{
    size_t P = question_part(q, 'P');
    scalar *state = question_scratch(q, P);
    if (question_has(q, name))
        memcpy(state, question_input(q, name, "[P]"), P * sizeof *state);
    return state;
}

scalar *updates_state_or(struct question *q, const char *name, scalar start)
{
    scalar *state = updates_state(q, name);
    for (size_t i = 0; !question_has(q, name) && i < question_part(q, 'P'); i++)
        state[i] = start;
    return state;
}

void updates_keep(const struct updates *updates, scalar *output, size_t s, const scalar *now)
{
    if (updates->P)
        memcpy(output + s * updates->P, now, updates->P * sizeof *now);
}

struct decay_settings decay_read(struct question *q)
{
    static const char *const forms[] = {"coupled", "decoupled", NULL};
    struct decay_settings settings;
    settings.decoupled = question_choice(q, "decay_form", forms) == 1;
    settings.decay = updates_positive_or(q, "weight_decay", 0);
    return settings;
}

void decay_step(const struct decay_settings *settings, size_t count, scalar *h, scalar *w,
                const scalar *g, scalar rate)
{
    const scalar share = rate * settings->decay;
    if (settings->decoupled) {
        for (size_t i = 0; i < count; i++) {
            h[i] = g[i];
            w[i] = w[i] - share * w[i];
        }
        return;
    }
    for (size_t i = 0; i < count; i++)
        h[i] = decayed_gradient(g[i], settings->decay, w[i]);
}

size_t updates_first_step(struct question *q)
{
    if (question_number_or(q, "first_step", 1) == 1)
        return 1;
    return question_count(q, "first_step", 1, 1000000);
}

scalar updates_power(scalar beta, size_t step)
{
    scalar power = beta;
    while (step-- > 1)
        power *= beta;
    return power;
}

scalar updates_share(struct question *q, const char *name)
{
    scalar value = question_number(q, name);
    if (!(value >= 0 && value < 1))
        question_refuse(q, "number '%s' must be at least 0 and below 1", name);
    return value;
}

scalar updates_positive_or(struct question *q, const char *name, scalar otherwise)
{
    scalar value = question_number_or(q, name, otherwise);
    if (!(value >= 0))
        question_refuse(q, "number '%s' must not be negative", name);
    return value;
}

scalar updates_positive(struct question *q, const char *name)
{
    question_number(q, name); /* refuses the case when it is not stated */
    return updates_positive_or(q, name, 0);
}

struct moment_settings moment_settings_read(struct question *q)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    return (struct moment_settings){
        .corrected = question_choice(q, "bias_correction", yes_no) == 0,
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = decay_read(q),
    };
}

void moments_run(struct question *q, const char *second, const char *second_after, scalar start,
                 const struct moment_settings *settings, const void *own,
                 void (*step)(const struct moment_step *))
{
    struct updates updates = updates_read(q);
    const size_t P = updates.P, first = updates_first_step(q);
    struct moment_step k = {.count = P, .t = first, .w = updates.w};
    k.settings = settings;
    k.own = own;
    k.m = updates_state_or(q, "m", start);
    k.v = updates_state_or(q, second, start);
    k.h = question_scratch(q, P);
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    scalar *v_after = question_output(q, second_after, "S[P]");
    scalar power1 = updates_power(settings->beta1, first);
    scalar power2 = updates_power(settings->beta2, first);
    for (size_t s = 0; s < updates.S; s++, k.t++) {
        k.rate = updates.rate[s];
        k.c1 = settings->corrected ? 1 - power1 : 1;
        k.c2 = settings->corrected ? 1 - power2 : 1;
        decay_step(&settings->decay, P, k.h, k.w, updates.g + s * P, k.rate);
        step(&k);
        power1 *= settings->beta1;
        power2 *= settings->beta2;
        updates_keep(&updates, w_after, s, k.w);
        updates_keep(&updates, m_after, s, k.m);
        updates_keep(&updates, v_after, s, k.v);
    }
}
