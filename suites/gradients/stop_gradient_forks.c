// SPDX-License-Identifier: MIT
#include "../../reference/gradients/stop_gradient.h"
#include "../fork.h"

/* Forward mode: sample n's output sum when x, u or v moves at one place, tangents cut where the
 * graph is. */
static real tangent(const struct gated *g, size_t n, const real *moved, size_t place)
{
    real sum = 0;
    if (g->detach == DETACH_OUTPUT || (g->detach == DETACH_INPUT && moved == g->x))
        return 0;
    for (size_t h = 0; h < g->H; h++) {
        real p = 0, q = 0;
        for (size_t i = 0; i < g->I; i++) {
            size_t w = i * g->H + h, s = n * g->I + i;
            p += moved == g->x && place == s ? g->u[w] : moved == g->u && place == w ? g->x[s] : 0;
            q += moved == g->x && place == s ? g->v[w] : moved == g->v && place == w ? g->x[s] : 0;
        }
        real a = g->a[n * g->H + h], b = g->b[n * g->H + h];
        real da = g->detach == DETACH_VALUE ? 0 : p * (1 - a) * (1 + a);
        real db = g->detach == DETACH_GATE ? 0 : q * (b - b * b);
        sum += g->dy[n * g->H + h] * (da * b + a * db);
    }
    return sum;
}

static void forward_mode(struct call *call)
{
    struct gated g = gated_read(call);
    gated_forward(&g);
    for (size_t n = 0; n < g.N; n++) {
        for (size_t i = 0; i < g.I; i++)
            g.gradient_x[n * g.I + i] = tangent(&g, n, g.x, n * g.I + i);
        for (size_t w = 0; w < g.I * g.H; w++) {
            g.gradient_u[w] += tangent(&g, n, g.u, w);
            g.gradient_v[w] += tangent(&g, n, g.v, w);
        }
    }
}

enum mistake { FORWARD_TOO, REVERSED, INPUT_KEEPS, INPUT_CUTS_WEIGHTS };

static void wrong(struct call *call)
{
    struct gated g = gated_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    enum detach detach = g.detach;
    gated_forward(&g);
    if (mistake == REVERSED && (detach == DETACH_GATE || detach == DETACH_VALUE))
        detach = detach == DETACH_GATE ? DETACH_VALUE : DETACH_GATE;
    if (mistake == INPUT_KEEPS && detach == DETACH_INPUT)
        detach = DETACH_NONE;
    if (mistake == INPUT_CUTS_WEIGHTS && detach == DETACH_INPUT)
        detach = DETACH_OUTPUT;
    gated_backward(call, &g, detach);
    for (size_t i = 0; mistake == FORWARD_TOO && i < g.N * g.H; i++)
        g.y[i] = detach == DETACH_GATE ? 0 : g.y[i];
}

static const struct fork table[] = {
    {.info = {"forward_mode", FORK_TWIN, "", "Tangents, forward, one for each element.", NULL},
     .answer = forward_mode},
    {.info = {"nothing_detached", FORK_BUG, "", "Gradients flow through every cut.", NULL},
     .instead = {"detach", "none"}},
    {.info = {"gate_detached", FORK_BUG, "", "The gate is always a constant.", NULL},
     .instead = {"detach", "gate"}},
    {.info = {"value_detached", FORK_BUG, "", "The value is always a constant.", NULL},
     .instead = {"detach", "value"}},
    {.info = {"input_detached", FORK_BUG, "", "The input is always a constant.", NULL},
     .instead = {"detach", "input"}},
    {.info = {"all_detached", FORK_BUG, "", "The graph is lost: all gradients are 0.", NULL},
     .instead = {"detach", "output"}},
    {.info = {"forward_too", FORK_BUG, "", "A detached gate is 0 forward.", NULL},
     .answer = wrong,
     .variant = FORWARD_TOO},
    {.info = {"other_branch", FORK_BUG, "", "The other branch is detached.", NULL},
     .answer = wrong,
     .variant = REVERSED},
    {.info = {"input_keeps_gradient", FORK_BUG, "", "A detached input has a gradient.", NULL},
     .answer = wrong,
     .variant = INPUT_KEEPS},
    {.info = {"input_cuts_weights", FORK_BUG, "", "A detached input stops the weights too.", NULL},
     .answer = wrong,
     .variant = INPUT_CUTS_WEIGHTS},
};

const struct fork_list stop_gradient_forks = {sizeof table / sizeof *table, table};
