// SPDX-License-Identifier: MIT
#include "stop_gradient.h"

#include "../activations/sigmoid.h"
#include "../activations/tanh.h"
#include "../foundations/dense_layer.h"

struct gated gated_read(struct call *call)
{
    static const char *const detach[] = {"none", "gate", "value", "input", "output", NULL};
    struct gated g = {.detach = (enum detach)call_choice(call, "detach", detach)};
    g.x = call_input(call, "x", "NI");
    g.u = call_input(call, "u", "IH");
    g.v = call_input(call, "v", "IH");
    g.dy = call_input(call, "dy", "NH");
    g.N = call_size(call, 'N');
    g.I = call_size(call, 'I');
    g.H = call_size(call, 'H');
    g.block = call_block(call);
    g.y = call_output(call, "y", "NH");
    g.gradient_x = call_output(call, "gradient_x", "NI");
    g.gradient_u = call_output(call, "gradient_u", "IH");
    g.gradient_v = call_output(call, "gradient_v", "IH");
    g.a = call_scratch(call, g.N * g.H);
    g.b = call_scratch(call, g.N * g.H);
    g.none = call_scratch(call, g.H);
    return g;
}

void gated_forward(const struct gated *g)
{
    dense_layer_forward(g->a, g->x, g->u, g->none, g->N, g->I, g->H);
    dense_layer_forward(g->b, g->x, g->v, g->none, g->N, g->I, g->H);
    tanh_forward(g->a, g->a, g->N * g->H);
    sigmoid_forward(g->b, g->b, g->N * g->H);
    for (size_t i = 0; i < g->N * g->H; i++)
        g->y[i] = g->a[i] * g->b[i];
}

void gated_backward(struct call *call, const struct gated *g, enum detach detach)
{
    size_t n = g->N * g->H;
    real *dz = call_scratch(call, n), *dx = call_scratch(call, g->N * g->I);
    if (detach == DETACH_OUTPUT)
        return;
    if (detach != DETACH_GATE) {
        for (size_t i = 0; i < n; i++)
            dz[i] = g->dy[i] * g->a[i];
        sigmoid_backward(dz, dz, g->b, n);
        dense_layer_backward(dx, g->gradient_v, NULL, dz, g->x, g->v, g->N, g->I, g->H, g->block);
        for (size_t i = 0; detach != DETACH_INPUT && i < g->N * g->I; i++)
            g->gradient_x[i] = dx[i];
    }
    if (detach == DETACH_VALUE)
        return;
    for (size_t i = 0; i < n; i++)
        dz[i] = g->dy[i] * g->b[i];
    tanh_backward(dz, dz, g->a, n);
    dense_layer_backward(dx, g->gradient_u, NULL, dz, g->x, g->u, g->N, g->I, g->H, g->block);
    for (size_t i = 0; detach != DETACH_INPUT && i < g->N * g->I; i++)
        g->gradient_x[i] = g->gradient_x[i] + dx[i];
}

void stop_gradient_answer(struct call *call)
{
    struct gated g = gated_read(call);
    gated_forward(&g);
    gated_backward(call, &g, g.detach);
}
