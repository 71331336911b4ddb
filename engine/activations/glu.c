// SPDX-License-Identifier: MIT
/* Gated linear unit; definition in reference/activations/glu.h.
 *
 * How it is distributed: the samples are sharded, and a sample's halves are never split. Nothing
 * crosses the network and nothing is added across elements.
 */
#include "activation.h"

#include <string.h>

enum gate { SIGMOID, TANH, RELU, SILU, GELU, LINEAR };

struct settings {
    enum gate gate;
    size_t value, to_gate, step; /* the first value, from a value to its gate, to the next value */
};

/* One row: g (C), and rows of scratch for f(g), f'(g) and what both are made of. */
struct opening {
    scalar *g, *open, *slope, *part;
};

static struct opening opening_of(const struct node *node)
{
    size_t C = node->output->columns;
    scalar *at = node->scratch;
    return (struct opening){at, at + C, at + 2 * C, at + 3 * C};
}

static void logistic_gates(const struct team *team, struct opening row, size_t C, bool silu)
{
    for (size_t c = 0; c < C; c++)
        row.part[c] = -scalar_absolute(row.g[c]);
    team->kernels->exponential(C, row.part, row.part);
    for (size_t c = 0; c < C; c++) {
        scalar near = 1 / (1 + row.part[c]), far = row.part[c] / (1 + row.part[c]);
        scalar s = row.g[c] < 0 ? far : near, other = row.g[c] < 0 ? near : far;
        row.open[c] = silu ? row.g[c] * s : s;
        row.slope[c] = silu ? s * (1 + row.g[c] * other) : s * other;
    }
}

static void normal_gates(const struct team *team, struct opening row, size_t C)
{
    for (size_t c = 0; c < C; c++) {
        row.open[c] = -(row.g[c] * (scalar)0.70710678118654752440);
        row.part[c] = row.g[c] * row.g[c] * (scalar)-0.5;
    }
    team->kernels->complementary_error(C, row.open, row.open);
    team->kernels->exponential(C, row.part, row.part);
    for (size_t c = 0; c < C; c++) {
        scalar below = (scalar)0.5 * row.open[c];
        row.slope[c] = below + row.g[c] * (row.part[c] * (scalar)0.39894228040143267794);
        row.open[c] = row.g[c] * below;
    }
}

static void open_gates(const struct team *team, const struct node *node, const scalar *x)
{
    const struct settings *settings = node->settings;
    const size_t C = node->output->columns;
    struct opening row = opening_of(node);
    for (size_t c = 0; c < C; c++)
        row.g[c] = x[settings->value + settings->to_gate + c * settings->step];
    if (settings->gate == SIGMOID || settings->gate == SILU) {
        logistic_gates(team, row, C, settings->gate == SILU);
    } else if (settings->gate == GELU) {
        normal_gates(team, row, C);
    } else if (settings->gate == TANH) {
        team->kernels->hyperbolic_tangent(C, row.open, row.g);
        for (size_t c = 0; c < C; c++)
            row.slope[c] = 1 - row.open[c] * row.open[c];
    } else {
        for (size_t c = 0; c < C; c++) {
            bool shut = settings->gate == RELU && !(row.g[c] > 0);
            row.open[c] = shut ? 0 : row.g[c];
            row.slope[c] = shut ? 0 : 1;
        }
    }
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + 2 * n * C;
        open_gates(team, node, x);
        for (size_t c = 0; c < C; c++)
            node->output->value[n * C + c] =
                x[settings->value + c * settings->step] * opening_of(node).open[c];
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct settings *settings = node->settings;
    const size_t C = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + 2 * n * C;
        const scalar *dy = node->output->gradient + n * C;
        scalar *dx = node->dx[0] + 2 * n * C;
        open_gates(team, node, x);
        for (size_t c = 0; c < C; c++) {
            size_t v = settings->value + c * settings->step;
            dx[v] = dy[c] * opening_of(node).open[c];
            dx[v + settings->to_gate] = dy[c] * x[v] * opening_of(node).slope[c];
        }
    }
}

static const struct operation glu_operation = {"glu", forward, backward, NULL};

static struct settings read_settings(struct question *q, size_t C)
{
    static const char *const gates[] = {"sigmoid", "tanh", "relu", "silu", "gelu", "linear", NULL};
    static const char *const halves[] = {"last", "first", NULL};
    static const char *const arrangements[] = {"halves", "interleaved", NULL};
    struct settings settings = {.gate = (enum gate)question_choice(q, "gate", gates)};
    const bool gate_first = question_choice(q, "gate_half", halves) == 1;
    const bool interleaved = question_choice(q, "arrangement", arrangements) == 1;
    const size_t distance = interleaved ? 1 : C;
    settings.value = gate_first ? distance : 0;
    settings.to_gate = gate_first ? (size_t)0 - distance : distance; /* backwards: modulo 2^64 */
    settings.step = interleaved ? 2 : 1;
    return settings;
}

void glu_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]F");
    const size_t F = question_size(q, 'F'), C = F / 2, rows = question_part(q, 'N');
    if (F % 2 != 0)
        question_refuse(q, "its input 'x' has %zu columns; it needs an even number of them", F);
    question_bind(q, 'C', C);
    const struct settings settings = read_settings(q, C);
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", "[N]C") : NULL;
    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, F, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &glu_operation,
                                                         .settings = &settings,
                                                         .input = {in},
                                                         .columns = C,
                                                         .scratch = 4 * C});
    tape_ready(tape);
    memcpy(in->value, x, rows * F * sizeof *x);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", "[N]C"), out->value, rows * C * sizeof *x);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, rows * C * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", "[N]F"), in->gradient, rows * F * sizeof *x);
}
