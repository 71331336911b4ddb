// SPDX-License-Identifier: MIT
/* Adam, AdamW, AMSGrad; definition in reference/optimizers/adam.h.
 *
 * How it is distributed: the parameters and their moments are sharded evenly. Each is updated
 * alone; nothing crosses the network before the results are gathered, and nothing is added over
 * ranks. The powers of beta are computed on every rank in the same way.
 */
#include "../threads.h"
#include "optimizer.h"

#include <string.h>

void adam_start(struct adam_state *state, const struct adam_settings *settings, size_t t)
{
    state->power1 = settings->beta1;
    state->power2 = settings->beta2;
    if (t == 0) /* only without bias correction, which does not ask for powers then */
        return;
    for (size_t i = 1; i < t; i++) {
        state->power1 *= settings->beta1;
        state->power2 *= settings->beta2;
    }
}

static void decay_weights(size_t count, scalar *w, scalar rate,
                          const struct adam_settings *settings)
{
    const scalar share =
        settings->decay_form == DECOUPLED ? rate * settings->decay : settings->decay;
    for (size_t i = 0; i < count; i++)
        w[i] = w[i] - share * w[i];
}

WIDE_VECTORS
static void update_moments(size_t count, const scalar *w, struct adam_state *state, const scalar *g,
                           const struct adam_settings *settings)
{
    const scalar beta1 = settings->beta1, beta2 = settings->beta2;
    const scalar rest1 = 1 - beta1, rest2 = 1 - beta2;
    const scalar decay = settings->decay_form == COUPLED ? settings->decay : 0;
    scalar *restrict m = state->m, *restrict v = state->v;
    for (size_t i = 0; i < count; i++) {
        scalar h = decayed_gradient(g[i], decay, w[i]);
        m[i] = beta1 * m[i] + rest1 * h;
        v[i] = beta2 * v[i] + rest2 * h * h;
    }
}

/* What stands for v in the denominator: v, or AMSGrad's maximum of v, or of v / c2. */
static const scalar *second_moment(size_t count, struct adam_state *state,
                                   enum adam_maximum maximum, scalar c2)
{
    if (maximum == NO_MAXIMUM)
        return state->v;
    const scalar divisor = maximum == MAXIMUM_OF_CORRECTED_V ? c2 : 1;
    for (size_t i = 0; i < count; i++) {
        scalar v = state->v[i] / divisor;
        state->maximum[i] = v > state->maximum[i] ? v : state->maximum[i];
    }
    return state->maximum;
}

/* w from the moments; second is divided by c2 unless that has been done. */
WIDE_VECTORS
static void update_weights(size_t count, scalar *restrict w, const scalar *restrict m,
                           const scalar *restrict second, scalar rate, scalar c1, scalar c2,
                           const struct adam_settings *settings)
{
    const scalar epsilon = settings->epsilon;
    if (settings->epsilon_placement == BEFORE_CORRECTION) {
        const scalar corrected = rate * scalar_sqrt(c2) / c1;
        for (size_t i = 0; i < count; i++)
            w[i] = w[i] - corrected * m[i] / (scalar_sqrt(second[i]) + epsilon);
    } else if (settings->epsilon_placement == INSIDE_ROOT) {
        for (size_t i = 0; i < count; i++)
            w[i] = w[i] - rate * (m[i] / c1) / scalar_sqrt(second[i] / c2 + epsilon);
    } else {
        for (size_t i = 0; i < count; i++)
            w[i] = w[i] - rate * (m[i] / c1) / (scalar_sqrt(second[i] / c2) + epsilon);
    }
}

/* Both at once, as most steps are, without a maximum and with epsilon after the correction: the
 * numbers pass through the processor once, and divisions hide the way to memory. */
WIDE_VECTORS
static void update_common(size_t count, scalar *restrict w, const struct adam_state *state,
                          const scalar *restrict g, scalar rate, scalar c1, scalar c2,
                          const struct adam_settings *settings)
{
    const scalar beta1 = settings->beta1, beta2 = settings->beta2, epsilon = settings->epsilon;
    const scalar rest1 = 1 - beta1, rest2 = 1 - beta2;
    const scalar decay = settings->decay_form == COUPLED ? settings->decay : 0;
    scalar *restrict m = state->m, *restrict v = state->v;
    for (size_t i = 0; i < count; i++) {
        const scalar h = decayed_gradient(g[i], decay, w[i]);
        const scalar m_i = beta1 * m[i] + rest1 * h;
        const scalar v_i = beta2 * v[i] + rest2 * h * h;
        m[i] = m_i;
        v[i] = v_i;
        w[i] = w[i] - rate * (m_i / c1) / (scalar_sqrt(v_i / c2) + epsilon);
    }
}

/* A step, to be done in ranges. */
struct step {
    scalar *w;
    const struct adam_state *state;
    const scalar *g;
    scalar rate, c1, c2;
    const struct adam_settings *settings;
};

static void step_block(const struct step *step, size_t first, size_t count)
{
    const struct adam_settings *settings = step->settings;
    struct adam_state state = *step->state;
    scalar *w = step->w + first;
    state.m += first;
    state.v += first;
    state.maximum += settings->maximum != NO_MAXIMUM ? first : 0;
    if (settings->decay_form != COUPLED)
        decay_weights(count, w, step->rate, settings);
    if (settings->maximum == NO_MAXIMUM && settings->epsilon_placement == AFTER_CORRECTION) {
        update_common(count, w, &state, step->g + first, step->rate, step->c1, step->c2, settings);
        return;
    }
    update_moments(count, w, &state, step->g + first, settings);
    const scalar *second = second_moment(count, &state, settings->maximum, step->c2);
    bool is_corrected = settings->maximum == MAXIMUM_OF_CORRECTED_V;
    update_weights(count, w, state.m, second, step->rate, step->c1, is_corrected ? 1 : step->c2,
                   settings);
}

/* Block after block, so that what one loop leaves is still near when the next one wants it. */
static void step_range(const void *context, size_t first, size_t count)
{
    enum { BLOCK = 1024 };
    for (size_t done = 0; done < count; done += BLOCK)
        step_block(context, first + done, count - done < BLOCK ? count - done : BLOCK);
}

void adam_step(size_t count, scalar *w, struct adam_state *state, const scalar *g, scalar rate,
               const struct adam_settings *settings)
{
    const struct step step = {.w = w,
                              .state = state,
                              .g = g,
                              .rate = rate,
                              .c1 = settings->bias_correction ? 1 - state->power1 : 1,
                              .c2 = settings->bias_correction ? 1 - state->power2 : 1,
                              .settings = settings};
    threads_range(count, COST_OF_FUNCTION / 2, step_range, &step);
    state->power1 *= settings->beta1;
    state->power2 *= settings->beta2;
}

static struct adam_settings read_settings(struct question *q)
{
    static const char *const placements[] = {"after_correction", "before_correction", "inside_root",
                                             NULL};
    static const char *const decays[] = {"coupled", "decoupled", "decoupled_without_rate", NULL};
    static const char *const maxima[] = {"no", "max_of_v", "max_of_corrected_v", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    return (struct adam_settings){
        .epsilon_placement = (enum adam_epsilon)question_choice(q, "epsilon_placement", placements),
        .decay_form = (enum adam_decay)question_choice(q, "decay_form", decays),
        .maximum = (enum adam_maximum)question_choice(q, "amsgrad", maxima),
        .bias_correction = question_choice(q, "bias_correction", yes_no) == 0,
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = updates_positive_or(q, "weight_decay", 0),
    };
}

void adam_run(struct question *q)
{
    struct updates updates = updates_read(q);
    struct adam_settings settings = read_settings(q);
    const scalar *m = updates_state(q, "m"), *v = updates_state(q, "v"), *w = updates.w;
    struct adam_state state = {.maximum = question_scratch(q, updates.P)};
    adam_start(&state, &settings, updates_first_step(q));
    scalar *w_after = question_output(q, "w_after", "S[P]");
    scalar *m_after = question_output(q, "m_after", "S[P]");
    scalar *v_after = question_output(q, "v_after", "S[P]");
    for (size_t s = 0, P = updates.P; s < updates.S; s++, w_after += P) {
        /* In place, where the state after this step is recorded. */
        state.m = m_after + s * P;
        state.v = v_after + s * P;
        memcpy(w_after, w, P * sizeof *w);
        memcpy(state.m, m, P * sizeof *m);
        memcpy(state.v, v, P * sizeof *v);
        if (s == 0)
            question_begin(q); /* what is beside the update is paid for once */
        adam_step(P, w_after, &state, updates.g + s * P, updates.rate[s], &settings);
        w = w_after;
        m = state.m;
        v = state.v;
    }
}
