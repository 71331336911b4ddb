// SPDX-License-Identifier: MIT
/* optimizer.h - what the optimizers share: updates of parameters that are sharded evenly.
 *
 * Updates are elementwise, so any sharding gives the same bits and nothing crosses the network
 * until the results are gathered.
 */
#pragma once

#include "../techniques.h"

/* A case: S steps on this rank's P parameters. */
struct updates {
    size_t S, P;
    scalar *w;          /* (P) updated in place */
    const scalar *g;    /* (S,P), negated already where the convention maximize says so */
    const scalar *rate; /* (S) */
};

/* Inputs g (S,P), w (P), rate (S); convention maximize. */
struct updates updates_read(struct question *q);
/* The same without a rate. */
struct updates updates_read_without_rate(struct question *q);

/* The state `name` (P) of this rank's parameters: the input of that name, or zeros. */
scalar *updates_state(struct question *q, const char *name);

/* g + decay w in two roundings, and just g when decay is 0. */
static inline scalar decayed_gradient(scalar g, scalar decay, scalar w)
{
    return decay != 0 ? g + decay * w : g;
}

/* The same, but `start` everywhere without that input. */
scalar *updates_state_or(struct question *q, const char *name, scalar start);

/* Row s of an output S[P] = the present values of this rank's parameters. */
void updates_keep(const struct updates *updates, scalar *output, size_t s, const scalar *now);

/* Weight decay: within the gradient (coupled), or off the weights before the step (decoupled). */
struct decay_settings {
    bool decoupled;
    scalar decay;
};
struct decay_settings decay_read(struct question *q);

/* h (count) from g: g + decay w, or g after w has been shrunk by rate decay. */
void decay_step(const struct decay_settings *settings, size_t count, scalar *h, scalar *w,
                const scalar *g, scalar rate);

/* The number first_step: 1 when it is not stated. */
size_t updates_first_step(struct question *q);

/* beta, beta^2, .. one multiplication each: the power of `step`, by step - 1 of them. */
scalar updates_power(scalar beta, size_t step);

/* Number `name` where 0 <= number < 1; and where 0 <= number. Otherwise the case is refused. */
scalar updates_share(struct question *q, const char *name);
scalar updates_positive(struct question *q, const char *name);
scalar updates_positive_or(struct question *q, const char *name, scalar otherwise);

/* The kin of Adam: a first moment m, a second state, and their corrections. */
struct moment_settings {
    bool corrected;
    scalar beta1, beta2, epsilon;
    struct decay_settings decay;
};
struct moment_settings moment_settings_read(struct question *q);

/* One step of `count` parameters from h (the gradient, with the decay if it is coupled); c1 and c2
 * are the corrections of this step, t its number, `own` what moments_run was given. */
struct moment_step {
    size_t count, t;
    scalar *w, *m, *v, *h;
    scalar rate, c1, c2;
    const struct moment_settings *settings;
    const void *own;
};
/* All steps of a case: states m and `second`, which start at `start` unless they are given. */
void moments_run(struct question *q, const char *second, const char *second_after, scalar start,
                 const struct moment_settings *settings, const void *own,
                 void (*step)(const struct moment_step *));

/* One step in place on `count` parameters: see gradient_descent.c, momentum.c and adam.c. */
void gradient_descent_step(size_t count, scalar *w, const scalar *g, scalar rate, scalar decay);

enum momentum_form { RATE_OUTSIDE, RATE_INSIDE, MOVING_AVERAGE };
struct momentum_settings {
    enum momentum_form form;
    bool nesterov;
    scalar mu, dampening, decay;
};
/* `undampened`: without dampening in this step. */
void momentum_step(size_t count, scalar *w, scalar *v, const scalar *g, scalar rate,
                   const struct momentum_settings *settings, bool undampened);

enum adam_epsilon { AFTER_CORRECTION, BEFORE_CORRECTION, INSIDE_ROOT };
enum adam_decay { COUPLED, DECOUPLED, DECOUPLED_WITHOUT_RATE };
enum adam_maximum { NO_MAXIMUM, MAXIMUM_OF_V, MAXIMUM_OF_CORRECTED_V };
struct adam_settings {
    enum adam_epsilon epsilon_placement;
    enum adam_decay decay_form;
    enum adam_maximum maximum;
    bool bias_correction;
    scalar beta1, beta2, epsilon, decay;
};
struct adam_state {
    scalar *m, *v, *maximum; /* maximum: for AMSGrad only */
    scalar power1, power2;   /* beta1^t, beta2^t of the step t that comes next */
};
/* The powers for step `t` by t - 1 multiplications; adam_step moves them on by one. */
void adam_start(struct adam_state *state, const struct adam_settings *settings, size_t t);
void adam_step(size_t count, scalar *w, struct adam_state *state, const scalar *g, scalar rate,
               const struct adam_settings *settings);

/* As in adagrad.c and rmsprop.c, from h: the gradient, with the decay if it is coupled. */
struct adagrad_settings {
    bool outside, from_one;
    scalar epsilon, initial, rate_decay;
    struct decay_settings decay;
};
void adagrad_step(size_t count, scalar *w, scalar *sum, const scalar *h, scalar rate,
                  const struct adagrad_settings *settings);

struct rmsprop_settings {
    bool inside, rate_inside, centered;
    scalar rho, epsilon, mu, initial;
    struct decay_settings decay;
};
struct rmsprop_state {
    scalar *v, *mean, *buffer, *h, *d; /* h and d, the denominator, are scratch */
};
void rmsprop_step(const struct rmsprop_state *state, size_t count, scalar *w, scalar rate,
                  const struct rmsprop_settings *settings);
