// SPDX-License-Identifier: MIT
#include "trainer.h"

#include <string.h>

static const struct batch_plan *plan_of(const struct trainer *trainer, size_t batch)
{
    return &trainer->plan[batch != trainer->plan[0].samples];
}

struct trainer *trainer_create(struct arena *arena, const struct team *team,
                               const struct trainer_settings *settings)
{
    struct trainer *trainer = arena_take(arena, 1, sizeof *trainer);
    trainer->team = team;
    trainer->settings = *settings;
    size_t full = settings->batch < settings->samples ? settings->batch : settings->samples;
    size_t sizes[2] = {full, full != 0 ? settings->samples % full : 0}, capacity = 0;
    for (int i = 0; i < 2; i++) {
        struct batch_plan *plan = &trainer->plan[i];
        plan->samples = sizes[i];
        plan->layout = layout_create(arena, sizes[i], settings->block, team->ranks);
        size_t rows = layout_count(&plan->layout, team->rank);
        capacity = rows > capacity ? rows : capacity;
    }
    trainer->net = perceptron_create(arena, team, &settings->shape, capacity, false);
    struct reduction_memory *memory = buckets_memory(arena);
    for (int i = 0; i < 2; i++) {
        struct batch_plan *plan = &trainer->plan[i];
        plan->buckets = buckets_create(arena, &plan->layout, trainer->net->tape,
                                       settings->bucket_bytes, memory);
        plan->sums = perceptron_sums_create(arena, trainer->net, &plan->layout);
    }
    size_t parts = trainer->plan[0].buckets->parts;
    if (settings->optimizer == TRAIN_MOMENTUM)
        trainer->velocity = arena_take(arena, parts, sizeof(scalar));
    if (settings->optimizer == TRAIN_ADAM) {
        trainer->adam.m = arena_take(arena, parts, sizeof(scalar));
        trainer->adam.v = arena_take(arena, parts, sizeof(scalar));
    }
    trainer_forget(trainer);
    return trainer;
}

void trainer_forget(struct trainer *trainer)
{
    scalar *const state[] = {trainer->velocity, trainer->adam.m, trainer->adam.v};
    for (size_t i = 0; i < sizeof state / sizeof state[0]; i++)
        if (state[i] != NULL)
            memset(state[i], 0, trainer->plan[0].buckets->parts * sizeof(scalar));
    adam_start(&trainer->adam, &trainer->settings.adam, 1);
}

struct piece trainer_positions(const struct trainer *trainer, size_t batch)
{
    const struct layout *layout = &plan_of(trainer, batch)->layout;
    int rank = trainer->team->rank;
    return (struct piece){layout_first(layout, rank), layout_count(layout, rank)};
}

/* Updates the parameters first .. first + count - 1, which decay alike, from their gradients g
 * (count) and the state from `part` on. */
static void update_alike(struct trainer *trainer, size_t first, size_t part, size_t count,
                         const scalar *g, scalar rate)
{
    scalar *w = trainer->net->tape->parameter + first;
    if (trainer->settings.optimizer == TRAIN_GRADIENT_DESCENT) {
        gradient_descent_step(count, w, g, rate, trainer->settings.decay);
    } else if (trainer->settings.optimizer == TRAIN_MOMENTUM) {
        momentum_step(count, w, trainer->velocity + part, g, rate, &trainer->settings.momentum,
                      false);
    } else {
        struct adam_state state = trainer->adam; /* its powers go on once a step */
        state.m += part;
        state.v += part;
        adam_step(count, w, &state, g, rate, &trainer->settings.adam);
    }
}

/* Hidden weights, tensor by tensor, with the decay; what lies between them without. */
static void update_hidden_weights(struct trainer *trainer, size_t first, size_t part, size_t count,
                                  const scalar *g, scalar rate)
{
    const struct perceptron *net = trainer->net;
    const struct trainer_settings with = trainer->settings;
    struct trainer_settings without = with;
    without.decay = without.momentum.decay = without.adam.decay = 0;
    for (size_t done = 0; done < count;) {
        size_t at = first + done, end = net->tape->parameters;
        bool decays = false;
        for (size_t l = 0; l + 1 < net->shape.layers && !decays; l++) {
            decays = at >= net->w[l] && at < net->b[l];
            end = decays ? net->b[l] : at < net->w[l] && net->w[l] < end ? net->w[l] : end;
        }
        size_t alike = end - at < count - done ? end - at : count - done;
        trainer->settings = decays ? with : without;
        update_alike(trainer, at, part + done, alike, g + done, rate);
        done += alike;
    }
    trainer->settings = with;
}

static void update(void *context, size_t first, size_t part, size_t count, const scalar *g)
{
    struct trainer *trainer = context;
    if (trainer->settings.hidden_weights_only)
        update_hidden_weights(trainer, first, part, count, g, trainer->rate);
    else
        update_alike(trainer, first, part, count, g, trainer->rate);
}

scalar trainer_step(struct trainer *trainer, size_t batch, scalar rate)
{
    const struct batch_plan *plan = plan_of(trainer, batch);
    struct tape *tape = trainer->net->tape;
    size_t rows = layout_count(&plan->layout, trainer->team->rank);
    perceptron_set_mean(trainer->net, batch);
    perceptron_use_sums(trainer->net, &plan->sums);
    trainer->rate = rate;
    tape_forward(tape, rows);
    buckets_backward(plan->buckets, rows, &(struct bucket_update){update, trainer});
    if (trainer->settings.optimizer == TRAIN_ADAM) {
        trainer->adam.power1 *= trainer->settings.adam.beta1;
        trainer->adam.power2 *= trainer->settings.adam.beta2;
    }
    return perceptron_loss(trainer->net, tape->parameter[tape->parameters]);
}

void trainer_collect(const struct trainer *trainer, const scalar *state, scalar *whole)
{
    buckets_collect(trainer->plan[0].buckets, state, whole);
}

void trainer_deal(const struct trainer *trainer, const scalar *whole, scalar *state)
{
    buckets_deal(trainer->plan[0].buckets, whole, state);
}
