// SPDX-License-Identifier: MIT
#include "explosion_control.h"

struct control control_read(struct call *call)
{
    struct control c = {.d = depth_read(call)};
    c.rate = call_number(call, "rate");
    c.decay = call_number_or(call, "decay", R(0.0));
    c.penalty = call_number_or(call, "penalty", R(0.0));
    if (!(c.rate >= 0))
        call_fail(call, "number 'rate' must not be below 0");
    if (!(c.decay >= 0))
        call_fail(call, "number 'decay' must not be below 0");
    if (!(c.penalty >= 0))
        call_fail(call, "number 'penalty' must not be below 0");
    c.steps = call_count(call, "steps", 1, 1000);
    c.targets = call_input(call, "targets", "NH");
    call_bind(call, 'T', c.steps);
    c.loss = call_output(call, "loss", "T");
    c.norm = call_output(call, "norm", "T");
    c.size = call_output(call, "size", "T");
    c.update = call_output(call, "update", "T");
    c.dx = call_scratch(call, c.d.N * c.d.D);
    c.dy = call_scratch(call, c.d.N * c.d.H);
    c.row = call_scratch(call, c.d.N);
    return c;
}

void control_loss(const struct control *c, size_t t)
{
    size_t N = c->d.N, H = c->d.H;
    const real *y = c->d.a[c->d.layers - 1];
    for (size_t i = 0; i < N * H; i++)
        c->dy[i] = y[i] - c->targets[i];
    for (size_t n = 0; n < N; n++)
        c->row[n] = sum_products(R(0.0), H, &c->dy[n * H], 1, &c->dy[n * H], 1);
    c->loss[t] = sum_samples(N, c->d.block, c->row, 1) / (2 * real_count(N));
    for (size_t i = 0; i < N * H; i++)
        c->dy[i] = c->dy[i] / real_count(N);
}

real control_size(const struct depth *d, real *const *of)
{
    real squares = 0;
    for (size_t l = 0; l < d->layers; l++)
        squares = sum_products(squares, depth_inputs(d, l) * d->H, of[l], 1, of[l], 1);
    return real_sqrt(squares);
}

/* dw becomes what is subtracted. */
static void step(const struct control *c, size_t t)
{
    const struct depth *d = &c->d;
    real rate = c->rate / (1 + c->decay * real_count(t));
    for (size_t l = 0; l < d->layers; l++) {
        for (size_t i = 0; i < depth_inputs(d, l) * d->H; i++) {
            d->dw[l][i] = rate * (d->dw[l][i] + c->penalty * d->w[l][i]);
            d->w[l][i] = d->w[l][i] - d->dw[l][i];
        }
    }
    c->update[t] = control_size(d, d->dw);
}

void control_end(struct call *call, const struct control *c)
{
    const struct depth *d = &c->d;
    real *first = call_output(call, "w1_end", "DH"), *rest = call_output(call, "w_end", "KHH");
    for (size_t i = 0; i < d->D * d->H; i++)
        first[i] = d->w[0][i];
    for (size_t i = 0; i < (d->layers - 1) * d->H * d->H; i++)
        rest[i] = d->w[1 + i / (d->H * d->H)][i % (d->H * d->H)];
}

void explosion_control_answer(struct call *call)
{
    struct control c = control_read(call);
    for (size_t t = 0; t < c.steps; t++) {
        depth_forward(&c.d);
        depth_decisions(call, &c.d);
        control_loss(&c, t);
        depth_backward(&c.d, c.dx, c.dy);
        c.norm[t] = control_size(&c.d, c.d.dw);
        c.size[t] = control_size(&c.d, c.d.w);
        step(&c, t);
    }
    control_end(call, &c);
}
