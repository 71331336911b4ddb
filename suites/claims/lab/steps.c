// SPDX-License-Identifier: MIT
#include "steps.h"

#include "../../../engine/optimizers/optimizer.h"

#include <string.h>

struct steps {
    enum fit_optimizer optimizer;
    size_t count;
    struct momentum_settings momentum;
    struct adam_settings adam;
    struct adam_state moments;
    struct adagrad_settings adagrad;
    struct rmsprop_settings rmsprop;
    struct rmsprop_state averages;
    float *velocity, *squares, *gradient;
};

struct steps *steps_create(struct arena *arena, enum fit_optimizer optimizer, double momentum,
                           size_t count)
{
    struct steps *steps = arena_take(arena, 1, sizeof *steps);
    steps->optimizer = optimizer;
    steps->count = count;
    steps->adagrad = (struct adagrad_settings){.outside = true, .epsilon = 1e-8f};
    steps->rmsprop = (struct rmsprop_settings){.rho = 0.99f, .epsilon = 1e-8f};
    steps->velocity = arena_take(arena, count, sizeof(float));
    steps->squares = arena_take(arena, count, sizeof(float));
    steps->gradient = arena_take(arena, count, sizeof(float));
    steps->moments.m = steps->averages.buffer = steps->velocity;
    steps->moments.v = steps->averages.v = steps->squares;
    steps->averages.h = steps->gradient;
    steps->averages.mean = arena_take(arena, count, sizeof(float));
    steps->averages.d = arena_take(arena, count, sizeof(float));
    steps_restart(steps, momentum);
    return steps;
}

void steps_set_epsilon(struct steps *steps, double epsilon)
{
    steps->adam.epsilon = steps->rmsprop.epsilon = (float)epsilon;
}

void steps_restart(struct steps *steps, double momentum)
{
    const float share = momentum < 0 ? 0 : momentum == 0 ? 0.9f : (float)momentum;
    steps->momentum =
        (struct momentum_settings){.mu = share, .nesterov = steps->optimizer == FIT_NESTEROV};
    steps->adam = (struct adam_settings){.bias_correction = true,
                                         .beta1 = share,
                                         .beta2 = 0.999f,
                                         .epsilon = steps->rmsprop.epsilon};
    memset(steps->velocity, 0, steps->count * sizeof(float));
    memset(steps->squares, 0, steps->count * sizeof(float));
    adam_start(&steps->moments, &steps->adam, 1);
}

void steps_take(struct steps *steps, float *w, const float *g, double rate)
{
    const size_t P = steps->count;
    const float by = (float)rate;
    switch (steps->optimizer) {
    case FIT_GRADIENT_DESCENT:
        gradient_descent_step(P, w, g, by, 0);
        break;
    case FIT_MOMENTUM:
    case FIT_NESTEROV:
        momentum_step(P, w, steps->velocity, g, by, &steps->momentum, false);
        break;
    case FIT_ADAGRAD:
        adagrad_step(P, w, steps->squares, g, by, &steps->adagrad);
        break;
    case FIT_RMSPROP:
        memcpy(steps->gradient, g, P * sizeof *g);
        rmsprop_step(&steps->averages, P, w, by, &steps->rmsprop);
        break;
    case FIT_ADAM:
        adam_step(P, w, &steps->moments, g, by, &steps->adam);
        break;
    }
}

void steps_denominator(const struct steps *steps, float *denominator)
{
    const struct adam_state *moments = &steps->moments;
    const float last = moments->power2 / steps->adam.beta2; /* of the step that was taken last */
    for (size_t i = 0; i < steps->count; i++)
        denominator[i] = scalar_sqrt(moments->v[i] / (1 - last)) + steps->adam.epsilon;
}
