// SPDX-License-Identifier: MIT
/* optimizer_forks.h - what the forks of the elementwise optimizers share: one parameter at a time.
 *
 * A fork is a function from one element at one step to the same element after it. So it cannot
 * share more than a line with the reference, which works on arrays, step after step.
 */
#pragma once

#include "../../reference/optimizers/optimizer.h"
#include "../fork.h"

enum { ELEMENT_STATES = 4 };

/* One parameter at step number t, with its gradient (negated already where maximize says so). */
struct element {
    real w, g, state[ELEMENT_STATES];
    real g_before;         /* the gradient of the step before; 0 at the first */
    real rate, first_rate; /* of this step, of the first one */
    size_t t, updates;     /* updates: of all parameters so far, one after the other */
    int maximize, is_first;
    int resumed; /* some state was given, or the first step is not number 1 */
    int variant; /* of the plan */
    void *rules; /* of the technique; a fork may change them and must put them back */
};

/* Accidents that can happen to every optimizer, around the technique's own step. */
enum accident {
    NO_ACCIDENT,
    UPHILL,        /* plus instead of minus */
    FIRST_RATE,    /* the first rate in every step */
    STATES_RESET,  /* all states start again at every step */
    STATES_LOST,   /* given states are ignored */
    DECAY_ADDED,   /* the decay pushes weights away from zero */
    DECAY_NEGATED, /* maximize negates the coupled decay too */
    DECAY_AFTER,   /* the decoupled decay is taken off the new weight */
    COUNTER_STUCK  /* the step counter stays at 1 */
};

/* Names of the states as inputs and as outputs (NULL: not an output here), their start without an
 * input, and the rules. */
struct element_plan {
    size_t states;
    const char *input[ELEMENT_STATES], *output[ELEMENT_STATES];
    real start[ELEMENT_STATES];
    void *rules;
    struct weight_decay *decay; /* within the rules; may be NULL without accidents of decay */
    enum accident accident;
    int variant;            /* what the step is told, when one function serves many forks */
    int without_rate;       /* there is no input rate */
    const char *start_is_w; /* the state of this name starts at w */
};

/* Reads the inputs of updates_read and the states, takes every parameter through all steps, and
 * fills w_after and the outputs of the states. */
void elements_run(struct call *call, const struct element_plan *plan,
                  void (*next)(struct element *));
