// SPDX-License-Identifier: MIT
/* Rprop; definition in reference/optimizers/rprop.h.
 *
 * How it is distributed: parameters, steps and remembered signs are sharded evenly. Each parameter
 * is updated alone; every rank reads the same losses. Nothing crosses the network before the
 * results are gathered, and nothing is added over ranks.
 */
#include "optimizer.h"

enum form { MINUS_RESET, MINUS, PLUS, PLUS_RESET };

struct settings {
    enum form form;
    scalar step, up, down, shortest, longest;
};

struct shard {
    size_t count;
    scalar *w, *d, *before, *change;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"minus_reset", "minus", "plus", "plus_reset", NULL};
    const struct settings settings = {
        .form = (enum form)question_choice(q, "form", forms),
        .step = updates_positive(q, "step"),
        .up = question_number(q, "up"),
        .down = updates_share(q, "down"),
        .shortest = updates_positive(q, "shortest"),
        .longest = question_number(q, "longest"),
    };
    if (!(settings.up >= 1))
        question_refuse(q, "its number 'up' is below 1, so steps would never grow");
    if (!(settings.longest >= settings.shortest))
        question_refuse(q, "its number 'longest' is below 'shortest'; exchange them");
    return settings;
}

/* Longer after the same sign, shorter after the other one. */
static scalar adapt(scalar d, bool same, bool turned, const struct settings *settings)
{
    if (same)
        d = d * settings->up > settings->longest ? settings->longest : d * settings->up;
    if (turned)
        d = d * settings->down < settings->shortest ? settings->shortest : d * settings->down;
    return d;
}

static void step(const struct shard *k, const scalar *g, bool goes_back,
                 const struct settings *settings)
{
    const bool remembers = settings->form == PLUS || settings->form == PLUS_RESET;
    for (size_t i = 0; i < k->count; i++) {
        const bool same = (g[i] > 0 && k->before[i] > 0) || (g[i] < 0 && k->before[i] < 0);
        const bool turned = (g[i] > 0 && k->before[i] < 0) || (g[i] < 0 && k->before[i] > 0);
        k->d[i] = adapt(k->d[i], same, turned, settings);
        const scalar h = turned && settings->form != MINUS ? 0 : g[i];
        k->before[i] = h;
        if (turned && remembers) {
            k->w[i] = goes_back ? k->w[i] - k->change[i] : k->w[i];
            k->change[i] = 0;
            continue;
        }
        k->change[i] = (scalar)((h < 0) - (h > 0)) * k->d[i];
        k->w[i] = k->w[i] + k->change[i];
    }
}

void rprop_run(struct question *q)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const struct updates updates = updates_read_without_rate(q);
    const struct settings settings = read_settings(q);
    const bool up = question_choice(q, "maximize", no_yes) == 1;
    const bool judges = settings.form == PLUS_RESET;
    const scalar *loss = judges ? question_input(q, "loss", "S") : NULL;
    scalar before = judges ? question_number(q, "loss_before") : 0;
    struct shard k = {updates.P, updates.w, updates_state_or(q, "step_size", settings.step),
                      updates_state(q, "g_before"), question_scratch(q, updates.P)};
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *step_after = question_output(q, "step_after", "S[P]");
    for (size_t s = 0; s < updates.S; s++) {
        const bool worse = !judges || (up ? loss[s] < before : loss[s] > before);
        before = judges ? loss[s] : 0;
        step(&k, updates.g + s * updates.P, worse, &settings);
        updates_keep(&updates, w_after, s, k.w);
        updates_keep(&updates, step_after, s, k.d);
    }
}
