// SPDX-License-Identifier: MIT
#include "residual_block.h"

#include "../foundations/dense_layer.h"

static void make_room(struct call *call, struct residual *b)
{
    b->y = call_output(call, "y", "ND");
    b->dx = call_output(call, "dx", "ND");
    b->dw1 = call_output(call, "dw1", "DH");
    b->db1 = call_output(call, "db1", "H");
    b->dw2 = call_output(call, "dw2", "HD");
    b->db2 = call_output(call, "db2", "D");
    b->u = call_scratch(call, b->N * b->D);
    b->r = call_scratch(call, b->N * b->D);
    b->s = call_scratch(call, b->N * b->D);
    b->ds = call_scratch(call, b->N * b->D);
    b->dr = call_scratch(call, b->N * b->D);
    b->du = call_scratch(call, b->N * b->D);
    b->z = call_scratch(call, b->N * b->H);
    b->h = call_scratch(call, b->N * b->H);
    b->dh = call_scratch(call, b->N * b->H);
    b->dz = call_scratch(call, b->N * b->H);
}

struct residual residual_read(struct call *call)
{
    static const char *const orders[] = {"plain", "pre", "post", NULL};
    struct residual b = {.order = (enum residual_order)call_choice(call, "order", orders),
                         .f = curve_read(call)};
    b.scale = call_number_or(call, "scale", R(1.0));
    if (!(b.scale >= 0))
        call_fail(call, "number 'scale' must not be below 0");
    b.x = call_input(call, "x", "ND");
    b.w1 = call_input(call, "w1", "DH");
    b.b1 = call_input(call, "b1", "H");
    b.w2 = call_input(call, "w2", "HD");
    b.b2 = call_input(call, "b2", "D");
    b.dy = call_input(call, "dy", "ND");
    b.N = call_size(call, 'N');
    b.D = call_size(call, 'D');
    b.H = call_size(call, 'H');
    b.block = call_block(call);
    make_room(call, &b);
    return b;
}

void residual_forward(const struct residual *b)
{
    size_t n = b->N * b->D;
    for (size_t i = 0; i < n; i++)
        b->u[i] = b->x[i];
    if (b->order == RESIDUAL_PRE)
        curve_forward(b->f, b->u, b->x, n);
    dense_layer_forward(b->z, b->u, b->w1, b->b1, b->N, b->D, b->H);
    curve_forward(b->f, b->h, b->z, b->N * b->H);
    dense_layer_forward(b->r, b->h, b->w2, b->b2, b->N, b->H, b->D);
    for (size_t i = 0; i < n; i++)
        b->y[i] = b->s[i] = b->x[i] + b->scale * b->r[i];
    if (b->order == RESIDUAL_POST)
        curve_forward(b->f, b->y, b->s, n);
}

void residual_backward(const struct residual *b)
{
    size_t n = b->N * b->D;
    for (size_t i = 0; i < n; i++)
        b->ds[i] = b->dy[i];
    if (b->order == RESIDUAL_POST)
        curve_backward(b->f, b->ds, b->dy, b->s, b->y, n);
    for (size_t i = 0; i < n; i++)
        b->dr[i] = b->scale * b->ds[i];
    dense_layer_backward(b->dh, b->dw2, b->db2, b->dr, b->h, b->w2, b->N, b->H, b->D, b->block);
    curve_backward(b->f, b->dz, b->dh, b->z, b->h, b->N * b->H);
    dense_layer_backward(b->du, b->dw1, b->db1, b->dz, b->u, b->w1, b->N, b->D, b->H, b->block);
    if (b->order == RESIDUAL_PRE)
        curve_backward(b->f, b->du, b->du, b->x, b->u, n);
    for (size_t i = 0; i < n; i++)
        b->dx[i] = b->ds[i] + b->du[i];
}

void residual_block_answer(struct call *call)
{
    struct residual b = residual_read(call);
    residual_forward(&b);
    residual_backward(&b);
    if (b.f != CURVE_RELU)
        return;
    call_decisions(call, b.N * b.H, b.z);
    if (b.order == RESIDUAL_PRE)
        call_decisions(call, b.N * b.D, b.x);
    if (b.order == RESIDUAL_POST)
        call_decisions(call, b.N * b.D, b.s);
}
