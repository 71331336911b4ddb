// SPDX-License-Identifier: MIT
#include "generator_gradient.h"

#include "player.h"

enum goal { NON_SATURATING, MINIMAX, LINEAR };

static real value_of(enum goal goal, real l, real *slope)
{
    real e = real_exp(-real_abs(l)), near = real_log1p(e);
    real large = 1 / (1 + e), small = e / (1 + e);
    if (goal == LINEAR) {
        *slope = R(-1.0);
        return -l;
    }
    if (goal == MINIMAX) {
        *slope = l < 0 ? -small : -large;
        return -((l > 0 ? l : R(0.0)) + near);
    }
    *slope = l < 0 ? -large : -small;
    return (l < 0 ? -l : R(0.0)) + near;
}

static void read_players(struct call *call, struct player *g, struct player *d)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    player_read(call, g, "generator", 'a');
    player_read(call, d, "discriminator", 'p');
    g->squashed = (enum player_end)call_choice(call, "generator_output", outputs);
    if (player_outputs(g) != player_inputs(d))
        call_fail(call, "the generator's samples do not fit 'discriminator_w1'");
    if (player_outputs(d) != 1)
        call_fail(call, "the last layer of 'discriminator_w1' and so on must have one output");
}

static void copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

void generator_gradient_answer(struct call *call)
{
    static const char *const goals[] = {"non_saturating", "minimax", "linear", NULL};
    static const char *const frozen[] = {"yes", "no", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct player g, d;
    read_players(call, &g, &d);
    const real *noise = call_input(call, "noise", "Ba");
    enum goal goal = (enum goal)call_choice(call, "goal", goals);
    int thaws = call_choice(call, "frozen", frozen),
        summed = call_choice(call, "reduction", reductions);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    size_t B = call_size(call, 'B'), D = player_inputs(&d), block = call_block(call);
    if (B == 0)
        call_fail(call, "input 'noise' holds no sample: the mean is 0 / 0");
    real W = summed ? R(1.0) : real_count(B), *value = call_scratch(call, B);
    player_allocate(call, &g, B);
    player_allocate(call, &d, B);
    const real *x = player_forward(&g, noise, B);
    player_decisions(call, &g);
    copy(call_output(call, "samples", "Bp"), x, B * D);
    const real *l = player_forward(&d, x, B);
    player_decisions(call, &d);
    copy(call_output(call, "logits", "B"), l, B);
    real *loss = call_output(call, "loss", ""), *dl = call_output(call, "dlogits", "B");
    for (size_t i = 0; i < B; i++) {
        real slope;
        value[i] = value_of(goal, l[i], &slope);
        dl[i] = slope * dloss / W;
    }
    *loss = sum_samples(B, block, value, 1) / W;
    real *dx = call_output(call, "dsamples", "Bp");
    player_backward(&d, dl, dx, block);
    player_backward(&g, dx, call_output(call, "dnoise", "Ba"), block);
    player_gradient_outputs(call, &g);
    if (thaws)
        player_gradient_outputs(call, &d);
}
