// SPDX-License-Identifier: MIT
#include "adafactor.h"
#include "optimizer.h"

struct adafactor_rules adafactor_rules_read(struct call *call)
{
    static const char *const forms[] = {"added", "clamped", NULL};
    static const char *const yes_no[] = {"yes", "no", NULL};
    struct adafactor_rules rules = {0};
    rules.clamped = call_choice(call, "epsilon_form", forms);
    rules.relative_step = call_choice(call, "relative_step", yes_no) == 0;
    rules.scale_parameter = call_choice(call, "scale_parameter", yes_no) == 0;
    rules.epsilon1 = updates_positive(call, "epsilon1");
    rules.epsilon2 = updates_positive(call, "epsilon2");
    rules.power = updates_positive(call, "decay_power");
    rules.clip = updates_positive_or(call, "clip", R(0.0));
    rules.clips = rules.clip > 0;
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    rules.R = call_size(call, 'R');
    rules.C = call_size(call, 'C');
    rules.block = call_block(call);
    return rules;
}

void adafactor_moments(struct adafactor_state *state, const real *g, size_t t,
                       const struct adafactor_rules *rules)
{
    size_t R = rules->R, C = rules->C;
    real *q = state->U;
    real kept = 1 - real_exp(-(rules->power * real_log(real_count(t))));
    for (size_t i = 0; i < R * C; i++)
        q[i] = rules->clamped ? g[i] * g[i] : g[i] * g[i] + rules->epsilon1;
    for (size_t i = 0; i < R; i++) {
        real mean = sum_features(C, &q[i * C], 1) / real_count(C);
        state->r[i] = kept * state->r[i] + (1 - kept) * mean;
    }
    for (size_t j = 0; j < C; j++) {
        real mean = sum_samples(R, rules->block, &q[j], C) / real_count(R);
        state->c[j] = kept * state->c[j] + (1 - kept) * mean;
    }
}

/* The root of the mean square of x (R,C). */
static real root_mean_square(const real *x, real *rows, const struct adafactor_rules *rules)
{
    size_t R = rules->R, C = rules->C;
    for (size_t i = 0; i < R; i++) {
        rows[i] = 0;
        for (size_t j = 0; j < C; j++)
            rows[i] = rows[i] + x[i * C + j] * x[i * C + j];
    }
    return real_sqrt(sum_samples(R, rules->block, rows, 1) / real_count(R * C));
}

void adafactor_step(struct adafactor_state *state, const real *g, real rate, size_t t,
                    const struct adafactor_rules *rules)
{
    size_t R = rules->R, C = rules->C;
    real mean = sum_samples(R, rules->block, state->r, 1) / real_count(R);
    real least = rules->epsilon1 * rules->epsilon1;
    if (rules->clamped && mean < rules->epsilon1)
        mean = rules->epsilon1;
    for (size_t i = 0; i < R; i++)
        for (size_t j = 0; j < C; j++) {
            real v = state->r[i] / mean * state->c[j];
            if (rules->clamped && v < least)
                v = least;
            state->U[i * C + j] = g[i * C + j] / real_sqrt(v);
        }
    state->update = root_mean_square(state->U, state->rows, rules);
    real weights = root_mean_square(state->w, state->rows, rules);
    real limit = 1 / real_sqrt(real_count(t));
    state->step = rules->relative_step && limit < rate ? limit : rate;
    if (rules->scale_parameter)
        state->step = (weights > rules->epsilon2 ? weights : rules->epsilon2) * state->step;
    real divisor = rules->clips ? state->update / rules->clip : 1;
    for (size_t i = 0; i < R * C; i++) {
        if (rules->decay != 0)
            state->w[i] = state->w[i] - rate * rules->decay * state->w[i];
        real u = divisor > 1 ? state->U[i] / divisor : state->U[i];
        state->w[i] = state->w[i] - state->step * u;
    }
}

/* A copy of an input, or zeros, for a state of n elements. */
static real *start(struct call *call, const char *name, const char *shape, size_t n)
{
    real *state = call_scratch(call, n);
    if (call_has(call, name))
        updates_record(state, call_input(call, name, shape), 0, n);
    return state;
}

void adafactor_answer(struct call *call)
{
    static const char *const maximize[] = {"no", "yes", NULL};
    const real *g = call_input(call, "g", "SRC"), *rate = call_input(call, "rate", "S");
    struct adafactor_rules rules = adafactor_rules_read(call);
    size_t S = call_size(call, 'S'), R = rules.R, C = rules.C;
    size_t t = call_count_or(call, "first_step", 1, 1, 1000000);
    call_input(call, "w", "RC"); /* a start must be given */
    struct adafactor_state state = {.w = start(call, "w", "RC", R * C),
                                    .r = start(call, "r", "R", R),
                                    .c = start(call, "c", "C", C),
                                    .U = call_scratch(call, R * C),
                                    .rows = call_scratch(call, R)};
    real sign = call_choice(call, "maximize", maximize) ? R(-1.0) : R(1.0);
    real *w_after = call_output(call, "w_after", "SRC"), *now = call_scratch(call, R * C);
    real *r_after = call_output(call, "r_after", "SR");
    real *c_after = call_output(call, "c_after", "SC");
    real *step = call_output(call, "step", "S"), *update = call_output(call, "update", "S");
    for (size_t s = 0; s < S; s++) {
        for (size_t i = 0; i < R * C; i++)
            now[i] = sign * g[s * R * C + i];
        adafactor_moments(&state, now, t + s, &rules);
        adafactor_step(&state, now, rate[s], t + s, &rules);
        updates_record(w_after, state.w, s, R * C);
        updates_record(r_after, state.r, s, R);
        updates_record(c_after, state.c, s, C);
        step[s] = state.step;
        update[s] = state.update;
    }
}
