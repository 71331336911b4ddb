// SPDX-License-Identifier: MIT
/* RMSProp; definition in reference/optimizers/rmsprop.h.
 *
 * How it is distributed: the parameters, their averages and their momentum are sharded evenly. Each
 * is updated alone; nothing crosses the network before the results are gathered, and nothing is
 * added over ranks.
 */
#include "optimizer.h"

static struct rmsprop_settings read_settings(struct question *q)
{
    static const char *const placements[] = {"outside_root", "inside_root", NULL};
    static const char *const forms[] = {"rate_outside", "rate_inside", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    return (struct rmsprop_settings){
        .inside = question_choice(q, "epsilon_placement", placements) == 1,
        .rate_inside = question_choice(q, "momentum_form", forms) == 1,
        .centered = question_choice(q, "centered", no_yes) == 1,
        .rho = updates_share(q, "rho"),
        .epsilon = updates_positive(q, "epsilon"),
        .mu = updates_positive_or(q, "momentum", 0),
        .initial = updates_positive_or(q, "initial_v", 0),
        .decay = decay_read(q),
    };
}

static void average(scalar *restrict moment, size_t count, scalar rho, const scalar *restrict h,
                    bool squares)
{
    const scalar rest = 1 - rho;
    for (size_t i = 0; i < count; i++)
        moment[i] = rho * moment[i] + (squares ? rest * h[i] * h[i] : rest * h[i]);
}

static void find_denominator(const struct rmsprop_state *state, size_t count,
                             const struct rmsprop_settings *settings)
{
    scalar *restrict d = state->d;
    const scalar *restrict v = state->v, *restrict mean = state->mean;
    const scalar under = settings->inside ? settings->epsilon : 0;
    const scalar beside = settings->inside ? 0 : settings->epsilon;
    for (size_t i = 0; i < count; i++) {
        scalar variance = settings->centered ? v[i] - mean[i] * mean[i] : v[i];
        d[i] = scalar_sqrt((variance > 0 ? variance : 0) + under) + beside;
    }
}

void rmsprop_step(const struct rmsprop_state *state, size_t count, scalar *w, scalar rate,
                  const struct rmsprop_settings *settings)
{
    const scalar mu = settings->mu;
    scalar *buffer = state->buffer;
    average(state->v, count, settings->rho, state->h, true);
    if (settings->centered)
        average(state->mean, count, settings->rho, state->h, false);
    find_denominator(state, count, settings);
    for (size_t i = 0; settings->rate_inside && i < count; i++) {
        buffer[i] = mu * buffer[i] + rate * state->h[i] / state->d[i];
        w[i] = w[i] - buffer[i];
    }
    for (size_t i = 0; !settings->rate_inside && i < count; i++) {
        buffer[i] = mu * buffer[i] + state->h[i] / state->d[i];
        w[i] = w[i] - rate * buffer[i];
    }
}

void rmsprop_run(struct question *q)
{
    struct updates updates = updates_read(q);
    struct rmsprop_settings settings = read_settings(q);
    const size_t P = updates.P;
    struct rmsprop_state state = {updates_state_or(q, "v", settings.initial),
                                  updates_state(q, "mean"), updates_state(q, "buffer"),
                                  question_scratch(q, P), question_scratch(q, P)};
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    scalar *mean_after = settings.centered ? question_output(q, "mean_after", "S[P]") : NULL;
    scalar *buffer_after = settings.mu != 0 ? question_output(q, "buffer_after", "S[P]") : NULL;
    for (size_t s = 0; s < updates.S; s++) {
        decay_step(&settings.decay, P, state.h, updates.w, updates.g + s * P, updates.rate[s]);
        rmsprop_step(&state, P, updates.w, updates.rate[s], &settings);
        updates_keep(&updates, w_after, s, updates.w);
        updates_keep(&updates, v_after, s, state.v);
        if (mean_after)
            updates_keep(&updates, mean_after, s, state.mean);
        if (buffer_after)
            updates_keep(&updates, buffer_after, s, state.buffer);
    }
}
