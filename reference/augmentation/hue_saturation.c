// SPDX-License-Identifier: MIT
#include "hue_saturation.h"

/* What is asked of one image. */
struct change {
    int shift, keep_grey;
    real hue, saturation, value;
};

/* Everything about one pixel that the way back needs. */
struct pixel {
    int largest, smallest, plus, minus; /* channels; plus and minus: of the quotient */
    real V, d, S, quotient;
    real new_V, new_S, slope_V, slope_S; /* slopes: of new_V in V, new_S in S */
    int sextant;
    real f, w[3];
};

static void measure(struct pixel *p, const real x[3])
{
    p->largest = p->smallest = 0;
    for (int c = 1; c < 3; c++) {
        if (x[c] > x[p->largest])
            p->largest = c;
        if (x[c] <= x[p->smallest])
            p->smallest = c;
    }
    p->V = x[p->largest];
    p->d = p->V - x[p->smallest];
    p->S = p->V > 0 ? p->d / p->V : 0;
    p->plus = (p->largest + 1) % 3;
    p->minus = (p->largest + 2) % 3;
    p->quotient = p->d > 0 ? (x[p->plus] - x[p->minus]) / p->d : 0;
}

static void turn(struct pixel *p, real hue)
{
    real h = p->quotient;
    if (p->d > 0 && p->largest > 0)
        h = h + 2 * (real)p->largest;
    if (h < 0)
        h = h + 6;
    h = 6 * hue + h;
    if (h < 0)
        h = h + 6;
    if (h >= 6)
        h = h - 6;
    p->sextant = 0;
    while (p->sextant < 5 && h >= (real)(p->sextant + 1))
        p->sextant++;
    p->f = h - (real)p->sextant;
    real rest = 1 - p->f;
    const real table[6][3] = {{0, rest, 1}, {p->f, 0, 1}, {1, 0, rest},
                              {1, p->f, 0}, {rest, 1, 0}, {0, 1, p->f}};
    for (int c = 0; c < 3; c++)
        p->w[c] = table[p->sextant][c];
}

/* v changed and bounded; its slope is left in *slope. */
static real bounded(struct call *call, int shift, real v, real by, real *slope, int decisive)
{
    real changed = shift ? v + by : v * by;
    real distance[2] = {changed, 1 - changed};
    if (decisive)
        call_decisions(call, shift ? 2 : 1, shift ? distance : distance + 1);
    *slope = shift ? 1 : by;
    if (distance[0] > 0 && distance[1] > 0)
        return changed;
    if (distance[0] <= 0 && !shift)
        return 0;
    *slope = 0;
    return distance[0] > 0 ? 1 : 0;
}

static void forward(struct call *call, struct pixel *p, const struct change *is, const real x[3],
                    int decisive)
{
    measure(p, x);
    turn(p, is->hue);
    p->new_V = bounded(call, is->shift, p->V, is->value, &p->slope_V, decisive);
    p->new_S = bounded(call, is->shift, p->S, is->saturation, &p->slope_S, decisive);
    if (is->keep_grey && !(p->d > 0))
        p->new_S = p->slope_S = 0;
    if (!decisive)
        return;
    real distance[5] = {x[0] - x[1], x[1] - x[2], x[2] - x[0], p->f, 1 - p->f};
    call_decisions(call, 5, distance);
}

static void backward(real dx[3], const struct pixel *p, const real dy[3])
{
    static const int channel[6] = {1, 0, 2, 1, 0, 2};
    real B = sum_products(0, 3, dy, 1, p->w, 1), A = sum_features(3, dy, 1);
    real edge = dy[channel[p->sextant]];
    if (p->sextant % 2 == 0)
        edge = -edge;
    real dh = -(p->new_V * p->new_S * edge);
    real dV = p->slope_V * (A - p->new_S * B), dS = p->slope_S * -(p->new_V * B), dd = 0;
    dx[0] = dx[1] = dx[2] = 0;
    if (p->V > 0) {
        dV = dV - dS * p->S / p->V;
        dd = dS / p->V;
    }
    if (p->d > 0) {
        real part = dh / p->d;
        dd = dd - part * p->quotient;
        dx[p->plus] = part;
        dx[p->minus] = -part;
    }
    dx[p->largest] = dx[p->largest] + (dV + dd);
    dx[p->smallest] = dx[p->smallest] - dd;
}

static void check(struct call *call, const char *name, real by, int shift)
{
    if (shift ? !(real_abs(by) <= 1) : !(by >= 0))
        call_fail(call, "input '%s' is impossible: factors are from 0, shifts in [-1, 1]", name);
}

void hue_saturation_answer(struct call *call)
{
    static const char *const methods[] = {"scale", "shift", NULL};
    static const char *const greys[] = {"red", "kept", NULL};
    struct change is = {.shift = call_choice(call, "method", methods),
                        .keep_grey = call_choice(call, "grey", greys)};
    const real *x = call_input(call, "x", "NCHW"), *hue = call_input(call, "hue", "N");
    const real *saturation = call_input(call, "saturation", "N");
    const real *value = call_input(call, "value", "N");
    size_t N = call_size(call, 'N'), pixels = call_size(call, 'H') * call_size(call, 'W');
    if (call_size(call, 'C') != 3 || pixels == 0)
        call_fail(call, "input 'x' must have three channels of pixels");
    for (size_t i = 0; i < N * 3 * pixels; i++)
        if (!(x[i] >= 0 && x[i] <= 1))
            call_fail(call, "input 'x' leaves [0, 1]");
    real *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t n = 0; n < N; n++) {
        is.hue = hue[n];
        is.saturation = saturation[n];
        is.value = value[n];
        if (!(real_abs(hue[n]) <= 1))
            call_fail(call, "input 'hue' is more than a turn");
        check(call, "saturation", saturation[n], is.shift);
        check(call, "value", value[n], is.shift);
        for (size_t i = 0; i < pixels; i++) {
            struct pixel p;
            size_t at = n * 3 * pixels + i;
            real from[3], up[3] = {0, 0, 0}, down[3];
            for (size_t c = 0; c < 3; c++) {
                from[c] = x[at + c * pixels];
                up[c] = dy ? dy[at + c * pixels] : 0;
            }
            forward(call, &p, &is, from, dy != NULL);
            backward(down, &p, up);
            for (size_t c = 0; c < 3; c++) {
                y[at + c * pixels] = p.new_V - p.new_V * p.new_S * p.w[c];
                if (dy)
                    dx[at + c * pixels] = down[c];
            }
        }
    }
}
