// SPDX-License-Identifier: MIT
#include "../../reference/activations/glu.h"
#include "../fork.h"

enum {
    UNGATED,
    GATE_ONLY,
    BOTH_ACTIVATED,
    SUM,
    GATE_DETACHED,
    VALUE_DETACHED,
    SLOPE_WITHOUT_VALUE,
    SLOPE_DROPPED,
    HALVES_OF_GRADIENT_SWAPPED,
    SLOPE_CANCELLED,
    UPSTREAM_IGNORED
};

/* One pair: value, gate, opening, its derivative, upstream gradient; y, dv, dg. */
struct pair {
    real v, g, open, slope, dy, y, dv, dg;
};

static void rival_of_pair(struct pair *p, int variant, enum glu_gate gate)
{
    real other_slope, value_open = glu_open(p->v, gate, &other_slope), swap = p->dv;
    switch (variant) {
    case UNGATED:
        p->y = p->v * p->g;
        break;
    case GATE_ONLY:
        p->y = p->open;
        break;
    case BOTH_ACTIVATED:
        p->y = value_open * p->open;
        break;
    case SUM:
        p->y = p->v + p->open;
        break;
    case GATE_DETACHED:
        p->dg = 0;
        break;
    case VALUE_DETACHED:
        p->dv = 0;
        break;
    case SLOPE_WITHOUT_VALUE:
        p->dg = p->dy * p->slope;
        break;
    case SLOPE_DROPPED:
        p->dg = p->dy * p->v;
        break;
    case HALVES_OF_GRADIENT_SWAPPED:
        p->dv = p->dg;
        p->dg = swap;
        break;
    case SLOPE_CANCELLED:
        p->dg = gate == GLU_SIGMOID ? p->dy * p->v * (p->open * (1 - p->open)) : p->dg;
        break;
    case UPSTREAM_IGNORED:
        p->dv = p->open;
        p->dg = p->v * p->slope;
        break;
    default:
        break;
    }
}

/* Runs `change` of every pair on the right answer. */
static void each_pair(struct call *call, void (*change)(struct pair *, int, enum glu_gate))
{
    enum glu_gate gate;
    struct glu_layout layout = glu_layout_of(call, &gate);
    const real *x = call_input(call, "x", "NF");
    int gradient = call_has(call, "dy");
    const real *dy = gradient ? call_input(call, "dy", "NC") : NULL;
    real *y = call_output(call, "y", "NC"), *dx = gradient ? call_output(call, "dx", "NF") : NULL;
    for (size_t i = 0; i < layout.N * layout.C; i++) {
        size_t row = i / layout.C * 2 * layout.C, v = row + glu_value_at(&layout, i % layout.C);
        size_t g = row + glu_gate_at(&layout, i % layout.C);
        struct pair p = {.v = x[v], .g = x[g], .dy = gradient ? dy[i] : 1};
        p.open = glu_open(p.g, gate, &p.slope);
        p.y = p.v * p.open;
        p.dv = p.dy * p.open;
        p.dg = p.dy * p.v * p.slope;
        change(&p, call_variant(call), gate);
        y[i] = p.y;
        if (gradient) {
            dx[v] = p.dv;
            dx[g] = p.dg;
        }
    }
}

static void rival(struct call *call)
{
    each_pair(call, rival_of_pair);
}

/* The smaller logistic value as h / (h + 1/h), h = e^(-|g| / 2), and the larger one as what it
 * lacks to 1; tanh of g by that of g / 2; the normal distribution from the other side of 0. */
static void other_formula_of_pair(struct pair *p, int variant, enum glu_gate gate)
{
    (void)variant;
    real h = real_exp(-real_abs(p->g) / 2), small = h / (h + 1 / h),
         s = p->g < 0 ? small : 1 - small;
    real rise = small * (1 - small), half = real_tanh(p->g / 2);
    if (gate == GLU_SIGMOID || gate == GLU_SILU) {
        p->open = gate == GLU_SILU ? p->g * s : s;
        p->slope = gate == GLU_SILU ? s + p->g * rise : rise;
    } else if (gate == GLU_TANH) {
        p->open = 2 * half / (1 + half * half);
        p->slope = (1 - half) * (1 + half) / (1 + half * half) * ((1 - half) * (1 + half)) /
                   (1 + half * half);
    } else if (gate == GLU_GELU) {
        real z = p->g * R(0.70710678118654752440084436210484904);
        real above = p->g > 0 ? real_erfc(z) / 2 : 1 - real_erfc(-z) / 2;
        p->open = p->g > 0 ? p->g - p->g * above : p->g * (real_erfc(-z) / 2);
        p->slope = (p->g > 0 ? 1 - above : real_erfc(-z) / 2) +
                   p->g * real_exp(-(z * z)) * R(0.39894228040143267793994605993438187);
    }
    p->y = p->open * p->v;
    p->dv = p->open * p->dy;
    p->dg = p->slope * p->dy * p->v;
}

static void other_formula(struct call *call)
{
    each_pair(call, other_formula_of_pair);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"other_formula", FORK_TWIN, "",
              "h / (h + 1/h) with h = e^(-|g| / 2), tanh of the half, the upper tail.", NULL},
     .answer = other_formula},
    {.info = {"gate_last", FORK_CONVENTION, "20", "The gate is the last half.", NULL},
     .instead = {"gate_half", "last"}},
    {.info = {"gate_first", FORK_CONVENTION, "20", "The gate is the first half.", NULL},
     .instead = {"gate_half", "first"}},
    {.info = {"halves", FORK_CONVENTION, "20", "Values, then gates.", NULL},
     .instead = {"arrangement", "halves"}},
    {.info = {"interleaved", FORK_CONVENTION, "20", "Values and gates alternate.", NULL},
     .instead = {"arrangement", "interleaved"}},
    {.info = {"sigmoid", FORK_CONVENTION, "", "The sigmoid, whatever is asked for.", NULL},
     .instead = {"gate", "sigmoid"}},
    {.info = {"silu", FORK_CONVENTION, "21", "SwiGLU, whatever is asked for.", NULL},
     .instead = {"gate", "silu"}},
    {.info = {"gelu", FORK_CONVENTION, "", "GEGLU, whatever is asked for.", NULL},
     .instead = {"gate", "gelu"}},
    {.info = {"ungated", FORK_BUG, "", "The gate is not activated.", NULL},
     .answer = rival, .variant = UNGATED},
    {.info = {"gate_only", FORK_BUG, "", "The gate is not multiplied by the value.", NULL},
     .answer = rival, .variant = GATE_ONLY},
    {.info = {"both_activated", FORK_BUG, "", "Both halves are activated.", NULL},
     .answer = rival, .variant = BOTH_ACTIVATED},
    {.info = {"sum", FORK_BUG, "", "The halves are added.", NULL}, .answer = rival, .variant = SUM},
    {.info = {"gate_detached", FORK_BUG, "", "The gate gets no gradient.", NULL},
     .answer = rival, .variant = GATE_DETACHED},
    {.info = {"value_detached", FORK_BUG, "", "The value gets no gradient.", NULL},
     .answer = rival, .variant = VALUE_DETACHED},
    {.info = {"slope_without_value", FORK_BUG, "", "The gate's gradient lacks the value.", NULL},
     .answer = rival, .variant = SLOPE_WITHOUT_VALUE},
    {.info = {"slope_dropped", FORK_BUG, "", "The gate's gradient lacks its slope.", NULL},
     .answer = rival, .variant = SLOPE_DROPPED},
    {.info = {"gradients_swapped", FORK_BUG, "20", "The halves of the gradient are swapped.", NULL},
     .answer = rival, .variant = HALVES_OF_GRADIENT_SWAPPED},
    {.info = {"slope_cancelled", FORK_NUMERICAL, "12", "s (1 - s), which cancels when saturated.",
              NULL},
     .answer = rival, .variant = SLOPE_CANCELLED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list glu_forks = {sizeof table / sizeof *table, table};
