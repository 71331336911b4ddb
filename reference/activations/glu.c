// SPDX-License-Identifier: MIT
#include "glu.h"

size_t glu_value_at(const struct glu_layout *layout, size_t c)
{
    size_t first = layout->gate_first ? 1 : 0;
    return layout->interleaved ? 2 * c + first : c + first * layout->C;
}

size_t glu_gate_at(const struct glu_layout *layout, size_t c)
{
    size_t last = layout->gate_first ? 0 : 1;
    return layout->interleaved ? 2 * c + last : c + last * layout->C;
}

static real logistic(real g, real *other)
{
    real e = real_exp(-real_abs(g)), large = 1 / (1 + e), small = e / (1 + e);
    *other = g < 0 ? large : small;
    return g < 0 ? small : large;
}

real glu_open(real g, enum glu_gate gate, real *slope)
{
    real other, opening;
    switch (gate) {
    case GLU_SIGMOID:
        opening = logistic(g, &other);
        *slope = opening * other;
        return opening;
    case GLU_TANH:
        opening = real_tanh(g);
        *slope = 1 - opening * opening;
        return opening;
    case GLU_RELU:
        *slope = g > 0 ? R(1.0) : R(0.0);
        return g > 0 ? g : 0;
    case GLU_SILU:
        opening = logistic(g, &other);
        *slope = opening * (1 + g * other);
        return g * opening;
    case GLU_GELU:
        opening = R(0.5) * real_erfc(-(g * R(0.70710678118654752440084436210484904)));
        *slope =
            opening + g * (real_exp(g * g * R(-0.5)) * R(0.39894228040143267793994605993438187));
        return g * opening;
    default:
        *slope = 1;
        return g;
    }
}

void glu_forward(real *y, const real *x, enum glu_gate gate, const struct glu_layout *layout)
{
    for (size_t n = 0; n < layout->N; n++) {
        for (size_t c = 0; c < layout->C; c++) {
            const real *row = &x[2 * n * layout->C];
            real slope, opening = glu_open(row[glu_gate_at(layout, c)], gate, &slope);
            y[n * layout->C + c] = row[glu_value_at(layout, c)] * opening;
        }
    }
}

void glu_backward(real *dx, const real *dy, const real *x, enum glu_gate gate,
                  const struct glu_layout *layout)
{
    for (size_t n = 0; n < layout->N; n++) {
        for (size_t c = 0; c < layout->C; c++) {
            size_t row = 2 * n * layout->C, v = row + glu_value_at(layout, c);
            size_t g = row + glu_gate_at(layout, c);
            real slope, opening = glu_open(x[g], gate, &slope), up = dy[n * layout->C + c];
            dx[v] = up * opening;
            dx[g] = up * x[v] * slope;
        }
    }
}

struct glu_layout glu_layout_of(struct call *call, enum glu_gate *gate)
{
    static const char *const gates[] = {"sigmoid", "tanh", "relu", "silu", "gelu", "linear", NULL};
    static const char *const halves[] = {"last", "first", NULL};
    static const char *const arrangements[] = {"halves", "interleaved", NULL};
    call_input(call, "x", "NF");
    size_t F = call_size(call, 'F');
    if (F % 2 != 0)
        call_fail(call, "input 'x' has an odd number of columns, which has no halves");
    call_bind(call, 'C', F / 2);
    *gate = (enum glu_gate)call_choice(call, "gate", gates);
    return (struct glu_layout){.N = call_size(call, 'N'),
                               .C = F / 2,
                               .gate_first = call_choice(call, "gate_half", halves),
                               .interleaved = call_choice(call, "arrangement", arrangements)};
}

void glu_answer(struct call *call)
{
    enum glu_gate gate;
    struct glu_layout layout = glu_layout_of(call, &gate);
    const real *x = call_input(call, "x", "NF");
    glu_forward(call_output(call, "y", "NC"), x, gate, &layout);
    if (gate == GLU_RELU) {
        real *distance = call_scratch(call, layout.N * layout.C);
        for (size_t i = 0; i < layout.N * layout.C; i++)
            distance[i] = x[i / layout.C * 2 * layout.C + glu_gate_at(&layout, i % layout.C)];
        call_decisions(call, layout.N * layout.C, distance);
    }
    if (call_has(call, "dy"))
        glu_backward(call_output(call, "dx", "NF"), call_input(call, "dy", "NC"), x, gate, &layout);
}
