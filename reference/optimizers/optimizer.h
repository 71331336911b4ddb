// SPDX-License-Identifier: MIT
/* optimizer.h - what the optimizers share: a start, S gradients, S rates (gradient_descent.h). */
#pragma once

#include "../call.h"

struct updates {
    size_t S, P;      /* steps, parameters */
    real *w;          /* (P) the parameters, to be updated in place */
    const real *g;    /* (S,P), negated already when the convention maximize is yes */
    const real *rate; /* (S) */
};

/* Reads inputs g, w, rate and the convention maximize; without one of the inputs there is no
 * update. The second form reads no rate. */
struct updates updates_read(struct call *call);
struct updates updates_read_without_rate(struct call *call);

/* Optimizer state (P): a copy of the input of that name, or zeros. */
real *updates_state(struct call *call, const char *name);

/* Row s of `after` (S,P) = the present value (P). */
void updates_record(real *after, const real *now, size_t s, size_t P);

/* g + decay w, and just g when decay is 0. */
static inline real decayed_gradient(real g, real decay, real w)
{
    return decay != 0 ? g + decay * w : g;
}

/* Weight decay in the two forms that most optimizers have. decay_form = coupled (default): the L2
 * penalty, h = g + decay w, which goes through the state. decoupled (Keras's weight_decay, AdamW):
 * first w <- w - (rate decay) w, and h = g. */
enum decay_form { DECAY_COUPLED, DECAY_DECOUPLED };

struct weight_decay {
    enum decay_form form;
    real decay;
};

/* Reads the convention decay_form and the number weight_decay (0; below 0 it is refused, since it
 * would push the parameters away from 0). */
struct weight_decay weight_decay_read(struct call *call);

/* h for the gradient g; w shrinks in place when the decay is decoupled. */
static inline real weight_decay_apply(const struct weight_decay *rule, real *w, real g, real rate)
{
    if (rule->form == DECAY_COUPLED)
        return decayed_gradient(g, rule->decay, *w);
    *w = *w - rate * rule->decay * *w;
    return g;
}

/* Optimizer state (P): a copy of the input of that name, or `start` everywhere. */
real *updates_state_or(struct call *call, const char *name, real start);

/* Number `name`, which must be at least 0 and below 1. */
real updates_share(struct call *call, const char *name);

/* Number `name`, which must be at least 0. */
real updates_positive(struct call *call, const char *name);
real updates_positive_or(struct call *call, const char *name, real otherwise);

/* beta^t by t - 1 multiplications: power = beta, then power = power beta. */
real updates_power(real beta, size_t t);

/* What the kin of Adam have in common: m <- beta1 m + (1 - beta1) h and a second moment. */
struct moment_rules {
    int bias_correction;
    real beta1, beta2, epsilon;
    struct weight_decay decay;
};

/* Reads bias_correction, beta1, beta2, epsilon and the decay. */
struct moment_rules moment_rules_read(struct call *call);

/* 1 - beta^t, and 1 without bias correction. */
real moment_correction(const struct moment_rules *rules, real beta, size_t t);

/* The steps of an optimizer with the first moment m and a second state called `second` (inputs of
 * these names, or `start` everywhere; outputs w_after, m_after, `second`_after): `update` takes w,
 * m and the state through step number t. t counts from the number first_step (1). */
void moments_run(struct call *call, const char *second, const char *second_after, real start,
                 const void *rules,
                 void (*update)(real *w, real *m, real *v, const real *g, real rate, size_t t,
                                const void *rules, size_t P));
