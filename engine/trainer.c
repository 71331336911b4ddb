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
    size_t sums = trainer->net->tape->sums;
    for (int i = 0; i < 2; i++)
        trainer->plan[i].reduction = reduction_create(arena, team, &trainer->plan[i].layout, sums);
    trainer->velocity = arena_take(arena, sums, sizeof(scalar));
    trainer->adam.m = arena_take(arena, sums, sizeof(scalar));
    trainer->adam.v = arena_take(arena, sums, sizeof(scalar));
    trainer_forget(trainer);
    return trainer;
}

void trainer_forget(struct trainer *trainer)
{
    size_t bytes = trainer->net->tape->sums * sizeof(scalar);
    memset(trainer->velocity, 0, bytes);
    memset(trainer->adam.m, 0, bytes);
    memset(trainer->adam.v, 0, bytes);
    adam_start(&trainer->adam, &trainer->settings.adam, 1);
}

struct piece trainer_positions(const struct trainer *trainer, size_t batch)
{
    const struct layout *layout = &plan_of(trainer, batch)->layout;
    int rank = trainer->team->rank;
    return (struct piece){layout_first(layout, rank), layout_count(layout, rank)};
}

/* Updates the parameters first .. first + count - 1, which decay alike, from their gradients g
 * (count). */
static void update_alike(struct trainer *trainer, size_t first, size_t count, const scalar *g,
                         scalar rate)
{
    scalar *w = trainer->net->tape->parameter + first;
    if (trainer->settings.optimizer == TRAIN_GRADIENT_DESCENT) {
        gradient_descent_step(count, w, g, rate, trainer->settings.decay);
    } else if (trainer->settings.optimizer == TRAIN_MOMENTUM) {
        momentum_step(count, w, trainer->velocity + first, g, rate, &trainer->settings.momentum,
                      false);
    } else {
        struct adam_state part = trainer->adam;
        part.m += first;
        part.v += first;
        adam_step(count, w, &part, g, rate, &trainer->settings.adam);
        trainer->adam.power1 = part.power1;
        trainer->adam.power2 = part.power2;
    }
}

/* Hidden weights, tensor by tensor, with the decay; what lies between them without. */
static void update_hidden_weights(struct trainer *trainer, size_t first, size_t count,
                                  const scalar *g, scalar rate)
{
    const struct perceptron *net = trainer->net;
    const struct trainer_settings with = trainer->settings;
    struct trainer_settings without = with;
    struct adam_state before = trainer->adam;
    without.decay = without.momentum.decay = without.adam.decay = 0;
    for (size_t done = 0; done < count;) {
        size_t at = first + done, end = net->tape->parameters;
        bool decays = false;
        for (size_t l = 0; l + 1 < net->shape.layers && !decays; l++) {
            decays = at >= net->w[l] && at < net->b[l];
            end = decays ? net->b[l] : at < net->w[l] && net->w[l] < end ? net->w[l] : end;
        }
        size_t part = end - at < count - done ? end - at : count - done;
        trainer->adam.power1 = before.power1;
        trainer->adam.power2 = before.power2;
        trainer->settings = decays ? with : without;
        update_alike(trainer, at, part, g + done, rate);
        done += part;
    }
    trainer->settings = with;
    if (count == 0)
        update_alike(trainer, first, 0, g, rate);
}

static void update(struct trainer *trainer, size_t first, size_t count, const scalar *g,
                   scalar rate)
{
    if (trainer->settings.hidden_weights_only)
        update_hidden_weights(trainer, first, count, g, rate);
    else
        update_alike(trainer, first, count, g, rate);
}

scalar trainer_step(struct trainer *trainer, size_t batch, scalar rate)
{
    const struct batch_plan *plan = plan_of(trainer, batch);
    struct tape *tape = trainer->net->tape;
    size_t rows = layout_count(&plan->layout, trainer->team->rank), P = tape->parameters;
    perceptron_set_mean(trainer->net, batch);
    tape_forward(tape, rows);
    tape_backward(tape, rows);
    tape_sum(tape, plan->reduction);
    struct slice slice = reduction_finish_slice(plan->reduction);
    bool has_loss = slice.first + slice.count == P + 1;
    update(trainer, slice.first, slice.count - has_loss, slice.value, rate);
    if (has_loss)
        tape->parameter[P] = slice.value[P - slice.first];
    reduction_spread(plan->reduction, tape->parameter);
    return perceptron_loss(trainer->net, tape->parameter[P]);
}

void trainer_collect(const struct trainer *trainer, scalar *state)
{
    reduction_spread(trainer->plan[0].reduction, state);
}
