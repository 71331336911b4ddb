// SPDX-License-Identifier: MIT
#include "learning_rate_sweep.h"

struct sweep sweep_read(struct call *call)
{
    struct sweep sweep = {0};
    perceptron_read(call, &sweep.net);
    sweep.x = call_input(call, "x", "Na");
    sweep.N = call_size(call, 'N');
    sweep.block = call_block(call);
    perceptron_target(call, &sweep.labels, &sweep.targets);
    perceptron_allocate(call, &sweep.net, &sweep.batch, sweep.N);
    sweep.rate = call_input(call, "rate", "R");
    sweep.R = call_size(call, 'R');
    sweep.S = call_count(call, "steps", 1, 1 << 16);
    sweep.diverged = call_number_or(call, "diverged", R(1.0));
    sweep.stalled = call_number_or(call, "stalled", R(0.95));
    if (sweep.R == 0)
        call_fail(call, "input 'rate' is empty");
    for (size_t r = 0; r < sweep.R; r++) {
        if (!(sweep.rate[r] >= 0))
            call_fail(call, "element %zu of input 'rate' is negative", r);
    }
    if (!(sweep.stalled <= sweep.diverged))
        call_fail(call, "number 'stalled' must not be above 'diverged'");
    call_bind(call, 'S', sweep.S);
    return sweep;
}

real sweep_gradient(struct call *call, struct sweep *sweep)
{
    perceptron_forward(&sweep->net, &sweep->batch, sweep->x, sweep->N);
    perceptron_decisions(call, &sweep->net, &sweep->batch, sweep->N);
    real loss = perceptron_loss(&sweep->net, &sweep->batch, sweep->labels, sweep->targets, sweep->N,
                                sweep->block);
    perceptron_backward(&sweep->net, &sweep->batch, NULL, sweep->x, sweep->N, sweep->block);
    return loss;
}

void sweep_step(struct sweep *sweep, real rate)
{
    for (size_t l = 0; l < sweep->net.layers; l++) {
        size_t I = sweep->net.size[l], O = sweep->net.size[l + 1];
        for (size_t i = 0; i < I * O; i++)
            sweep->net.w[l][i] = sweep->net.w[l][i] - rate * sweep->batch.dw[l][i];
        for (size_t o = 0; o < O; o++)
            sweep->net.b[l][o] = sweep->net.b[l][o] - rate * sweep->batch.db[l][o];
    }
}

static void judge(struct call *call, const struct sweep *sweep, real start, const real *loss)
{
    real *outcome = call_output_integers(call, "outcome", "R");
    size_t best = 0, S = sweep->S;
    for (size_t r = 0; r < sweep->R; r++) {
        real last = loss[r * S + S - 1];
        real above = last - sweep->diverged * start, still = last - sweep->stalled * start;
        real lead = loss[best * S + S - 1] - last;
        call_decisions(call, 1, &above);
        call_decisions(call, 1, &still);
        if (r > 0)
            call_decisions(call, 1, &lead);
        outcome[r] = above > 0 ? 1 : still > 0 ? -1 : 0;
        best = lead > 0 ? r : best;
    }
    *call_output_integers(call, "best", "") = real_count(best);
}

void learning_rate_sweep_answer(struct call *call)
{
    struct sweep sweep = sweep_read(call);
    real *start = call_output(call, "start", ""), *loss = call_output(call, "loss", "RS");
    for (size_t r = 0; r < sweep.R; r++) {
        perceptron_read(call, &sweep.net);
        real now = sweep_gradient(call, &sweep);
        *start = r == 0 ? now : *start;
        for (size_t s = 0; s < sweep.S; s++) {
            sweep_step(&sweep, sweep.rate[r]);
            loss[r * sweep.S + s] = sweep_gradient(call, &sweep);
        }
    }
    judge(call, &sweep, *start, loss);
}
