// SPDX-License-Identifier: MIT
#include "../../reference/activations/gelu.h"
#include "elementwise_forks.h"

static const real root_half = R(0.70710678118654752440084436210484904);
static const real root_pi = R(1.77245385090551602729816748334114518);

/* erfc(z) for z >= 2: the continued fraction, from its 250th term backwards. */
static real by_fraction(real z)
{
    real rest = 0;
    for (size_t k = 250; k > 0; k--)
        rest = real_count(k) / 2 / (z + rest);
    return real_exp(-(z * z)) / root_pi / (z + rest);
}

/* erfc(z) for z from 0.6 to 2: e^(-z z) z / pi times the integral of e^(-t t) / (z z + t t) over
 * all t, by trapezoids of width 1/16, whose error is e^(-32 pi z). What each addition rounds away
 * is added at the end. */
static real by_integral(real z)
{
    real sum = 0, lost = 0;
    for (size_t k = 160; k > 0; k--) {
        real t = real_count(k) / 16, term = 2 * real_exp(-(t * t)) / (z * z + t * t);
        real next = sum + term, back = next - sum;
        lost += (sum - (next - back)) + (term - back);
        sum = next;
    }
    sum = sum + (1 / (z * z) + lost);
    return real_exp(-(z * z)) * z * sum / 16 / (root_pi * root_pi);
}

/* The density of the normal distribution. */
static real density(real x)
{
    return real_exp(-(x * x / 2)) * R(0.39894228040143267793994605993438187);
}

/* P(x) - 1/2 for |x| < 0.8: a series of terms of one sign, as a polynomial from its highest
 * term. */
static real by_series(real x)
{
    real sum = 1;
    for (size_t k = 40; k > 0; k--)
        sum = 1 + x * x / real_count(2 * k + 1) * sum;
    return x * (sum * density(x));
}

static real distribution(real x)
{
    real z = x * root_half, size = real_abs(z);
    if (size < R(0.6))
        return R(0.5) + by_series(x);
    real tail = (size < 2 ? by_integral(size) : by_fraction(size)) / 2;
    return z < 0 ? tail : 1 - tail;
}

/* The logistic argument of a form and its derivative. */
static void argument(enum gelu_approximation form, real x, real *u, real *slope)
{
    real a = 2 * root_half * 2 / root_pi;
    *u = form == GELU_TANH ? a * x * (1 + R(0.044715) * x * x) : R(1.702) * x;
    *slope = form == GELU_TANH ? a * (1 + 3 * R(0.044715) * x * x) : R(1.702);
}

/* Other formulas: a series, an integral and a continued fraction; the smaller logistic value from
 * e^(-|u| / 2), and the larger one as what it lacks to 1. */
static void other_formula(struct call *call)
{
    struct values v = read_values(call);
    enum gelu_approximation form = gelu_approximation_of(call);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], u, slope, gate = distribution(x), rise = x * density(x);
        if (form != GELU_NONE) {
            argument(form, x, &u, &slope);
            real h = real_exp(-real_abs(u) / 2), small = h / (h + 1 / h);
            gate = u < 0 ? small : 1 - small;
            rise = x * slope * small * (1 - small);
        }
        v.y[i] = x * gate;
        v.dx[i] = v.dy[i] * (gate + rise);
    }
}

enum {
    CANCELLED,
    DENSITY_DROPPED,
    GATE_ONLY,
    DENSITY_WITHOUT_X,
    SLOPE_WITHOUT_CUBE,
    CUBE_COEFFICIENT,
    ROOT_TWO_FORGOTTEN,
    HALF_FORGOTTEN,
    RELU,
    SILU,
    SLOPE_AT_OUTPUT,
    UPSTREAM_IGNORED,
    INVERTED_FLAG
};

/* 1 + erf or 1 + tanh, as it is written in papers. */
static real cancelled(enum gelu_approximation form, real x)
{
    real u, slope;
    argument(form, x, &u, &slope);
    return (1 + (form == GELU_NONE ? 1 - real_erfc(x * root_half) : real_tanh(u / 2))) / 2;
}

static void rival(struct call *call)
{
    struct values v = read_values(call);
    enum gelu_approximation form = gelu_approximation_of(call);
    if (call_variant(call) == INVERTED_FLAG)
        form = form == GELU_NONE ? GELU_TANH : GELU_NONE;
    gelu_forward(v.y, v.x, v.n, form);
    gelu_backward(v.dx, v.dy, v.x, v.n, form);
    if (call_variant(call) == SLOPE_AT_OUTPUT)
        gelu_backward(v.dx, v.dy, v.y, v.n, form);
    for (size_t i = 0; i < v.n; i++) {
        real x = v.x[i], dy = v.dy[i], P = distribution(x), u, slope;
        argument(form, x, &u, &slope);
        real s = 1 / (1 + real_exp(-u));
        switch (call_variant(call)) {
        case CANCELLED:
            v.y[i] = x * cancelled(form, x);
            break;
        case DENSITY_DROPPED:
            v.dx[i] = dy * (form == GELU_NONE ? P : s);
            break;
        case GATE_ONLY:
            v.y[i] = form == GELU_NONE ? P : s;
            break;
        case DENSITY_WITHOUT_X:
            v.dx[i] = dy * (form == GELU_NONE ? P + density(x) : s + s * (1 - s) * slope);
            break;
        case SLOPE_WITHOUT_CUBE:
            v.dx[i] =
                form == GELU_TANH ? dy * (s + x * s * (1 - s) * 4 * root_half / root_pi) : v.dx[i];
            break;
        case CUBE_COEFFICIENT:
            v.y[i] = form == GELU_TANH ? x / (1 + real_exp(-4 * root_half / root_pi * x *
                                                           (1 + R(0.04553992412) * x * x)))
                                       : v.y[i];
            break;
        case ROOT_TWO_FORGOTTEN:
            v.y[i] = form == GELU_NONE ? x * real_erfc(-x) / 2 : v.y[i];
            break;
        case HALF_FORGOTTEN:
            v.y[i] = 2 * v.y[i];
            v.dx[i] = 2 * v.dx[i];
            break;
        case RELU:
            v.y[i] = x > 0 ? x : 0;
            v.dx[i] = x > 0 ? dy : 0;
            break;
        case SILU:
            v.y[i] = x / (1 + real_exp(-x));
            break;
        case UPSTREAM_IGNORED:
            v.dx[i] = v.dx[i] / dy;
            break;
        default:
            break;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"other_formula", FORK_TWIN, "",
              "A series, an integral and a continued fraction; h / (h + 1/h) with h = e^(-|u| / "
               "2).", NULL},
     .answer = other_formula},
    {.info = {"exact", FORK_CONVENTION, "1 3", "The exact form, whatever is asked for.", NULL},
     .instead = {"approximation", "none"}},
    {.info = {"by_tanh", FORK_CONVENTION, "1", "The form with tanh, whatever is asked for.", NULL},
     .instead = {"approximation", "tanh"}},
    {.info = {"by_sigmoid", FORK_CONVENTION, "2", "The quick form, whatever is asked for.", NULL},
     .instead = {"approximation", "sigmoid"}},
    {.info = {"inverted_flag", FORK_BUG, "3",
              "The flag is inverted: exact where an approximation is asked for, tanh where not.",
               NULL},
     .answer = rival, .variant = INVERTED_FLAG},
    {.info = {"cancelled", FORK_NUMERICAL, "11", "1 + erf or 1 + tanh, which cancel in the tail.",
              NULL},
     .answer = rival, .variant = CANCELLED},
    {.info = {"density_dropped", FORK_BUG, "", "The slope is the gate alone.", NULL},
     .answer = rival, .variant = DENSITY_DROPPED},
    {.info = {"gate_only", FORK_BUG, "", "The gate is not multiplied by x.", NULL},
     .answer = rival, .variant = GATE_ONLY},
    {.info = {"density_without_x", FORK_BUG, "", "The density in the slope lacks the factor x.",
     NULL},
     .answer = rival, .variant = DENSITY_WITHOUT_X},
    {.info = {"slope_without_cube", FORK_BUG, "", "The slope of u forgets the cubic term.", NULL},
     .answer = rival, .variant = SLOPE_WITHOUT_CUBE},
    {.info = {"cube_coefficient", FORK_BUG, "1",
              "The Taylor coefficient of the cube, 0.04554, instead of the fitted 0.044715.", NULL},
     .answer = rival, .variant = CUBE_COEFFICIENT},
    {.info = {"root_two_forgotten", FORK_BUG, "", "erf(x) instead of erf(x / sqrt 2).", NULL},
     .answer = rival, .variant = ROOT_TWO_FORGOTTEN},
    {.info = {"half_forgotten", FORK_BUG, "", "The factor 1/2 is missing.", NULL},
     .answer = rival, .variant = HALF_FORGOTTEN},
    {.info = {"relu", FORK_CONVENTION, "", "The ReLU takes its place.", NULL},
     .answer = rival, .variant = RELU},
    {.info = {"silu", FORK_CONVENTION, "2", "The logistic form with 1 instead of 1.702.", NULL},
     .answer = rival, .variant = SILU},
    {.info = {"slope_at_output", FORK_BUG, "", "The slope is taken at the output.", NULL},
     .answer = rival, .variant = SLOPE_AT_OUTPUT},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    /* clang-format on */
};

const struct fork_list gelu_forks = {sizeof table / sizeof *table, table};
