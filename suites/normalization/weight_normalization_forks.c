// SPDX-License-Identifier: MIT
#include "../../reference/foundations/dense_layer.h"
#include "../../reference/normalization/weight_normalization.h"
#include "../fork.h"

enum {
    SCALED_WEIGHTS,
    OTHER_AXIS,
    WHOLE_NORM,
    NOT_NORMALISED,
    SQUARED_NORM,
    SUM_OF_MAGNITUDES,
    EPSILON_IN_NORM,
    EXPONENTIAL_LENGTH,
    BIAS_FORGOTTEN,
    BIAS_SCALED,
    NORM_DETACHED,
    PROJECTED_BY_V,
    LENGTH_FORGOTTEN,
    NORM_FORGOTTEN,
    LENGTH_BY_V,
    LENGTH_MEAN,
    UPSTREAM_IGNORED,
    SAMPLE_DEVIATION,
    FIRST_BLOCK_ALONE,
    LAST_SAMPLE_LOST,
    SHIFT_NOT_SCALED,
    SHIFT_ADDED,
    SHIFT_LEFT_OUT,
    LENGTH_IS_DEVIATION,
    EPSILON_OUTSIDE,
    DEVIATION_ABOUT_ZERO
};

/* One call. */
struct parts {
    struct call *call;
    const real *x, *v, *dy;
    real *g, *b, *w, *u, *norm, *ones;
    size_t N, I, O;
    struct weight_sets sets;
    int variant, axis;
};

/* The sum over a set of a b. */
static real dot(const struct weight_sets *sets, size_t k, const real *a, const real *b)
{
    real sum = 0;
    for (size_t i = sets->length; i-- > 0;) {
        size_t at = k * sets->first + i * sets->stride;
        sum += a[at] * b[at];
    }
    return sum;
}

static void find_norms(struct parts *p)
{
    struct weight_sets other =
        weight_sets_of(p->axis == WEIGHT_OUTPUT ? WEIGHT_INPUT : WEIGHT_OUTPUT, p->I, p->O);
    struct weight_sets all = weight_sets_of(WEIGHT_WHOLE, p->I, p->O);
    for (size_t k = 0; k < p->sets.groups; k++) {
        real magnitudes = 0, n = real_sqrt(dot(&p->sets, k, p->v, p->v));
        for (size_t i = 0; i < p->sets.length; i++)
            magnitudes += real_abs(p->v[k * p->sets.first + i * p->sets.stride]);
        if (p->variant == OTHER_AXIS)
            n = real_sqrt(dot(&other, k % other.groups, p->v, p->v));
        else if (p->variant == WHOLE_NORM)
            n = real_sqrt(dot(&all, 0, p->v, p->v));
        else if (p->variant == NOT_NORMALISED)
            n = 1;
        else if (p->variant == SQUARED_NORM)
            n = n * n;
        else if (p->variant == SUM_OF_MAGNITUDES)
            n = magnitudes;
        else if (p->variant == EPSILON_IN_NORM)
            n = n + R(1e-6);
        p->norm[k] = n;
        for (size_t i = 0; i < p->sets.length; i++) {
            size_t at = k * p->sets.first + i * p->sets.stride;
            p->u[at] = p->v[at] / n;
        }
    }
}

static real length_of_unit(const struct parts *p, const real *t, size_t rows, real epsilon,
                           real *mean)
{
    real squares = 0, about = 0;
    *mean = 0;
    for (size_t n = rows; n-- > 0;)
        *mean += t[n] / real_count(rows);
    about = p->variant == DEVIATION_ABOUT_ZERO ? 0 : *mean;
    for (size_t n = rows; n-- > 0;)
        squares += (t[n] - about) * (t[n] - about);
    real count = real_count(p->variant == SAMPLE_DEVIATION && rows > 1 ? rows - 1 : rows);
    real deviation = real_sqrt(squares / count + epsilon);
    if (p->variant == EPSILON_OUTSIDE)
        deviation = real_sqrt(squares / count) + epsilon;
    return p->variant == LENGTH_IS_DEVIATION ? deviation : 1 / deviation;
}

static void start(struct parts *p)
{
    size_t block = call_block(p->call), rows = p->N;
    real *t = call_scratch(p->call, p->N), mean, epsilon;
    p->g = call_output(p->call, "g", "O");
    p->b = call_output(p->call, "b", "O");
    epsilon = call_number_or(p->call, "epsilon", R(0.0));
    if (p->variant == FIRST_BLOCK_ALONE && block < rows)
        rows = block;
    if (p->variant == LAST_SAMPLE_LOST && rows > 2)
        rows--;
    for (size_t o = 0; o < p->O; o++) {
        for (size_t n = 0; n < rows; n++) {
            t[n] = 0;
            for (size_t i = p->I; i-- > 0;)
                t[n] += p->x[n * p->I + i] * p->u[i * p->O + o];
        }
        p->g[o] = length_of_unit(p, t, rows, epsilon, &mean);
        p->b[o] = -mean * p->g[o];
        if (p->variant == SHIFT_NOT_SCALED)
            p->b[o] = -mean;
        else if (p->variant == SHIFT_ADDED)
            p->b[o] = mean * p->g[o];
        else if (p->variant == SHIFT_LEFT_OUT)
            p->b[o] = 0;
    }
}

static struct parts read(struct call *call)
{
    static const char *const axes[] = {"output", "input", "whole", NULL};
    static const char *const starts[] = {"given", "data", NULL};
    static const char *const shapes[] = {"O", "I", ""};
    struct parts p = {.call = call,
                      .x = call_input(call, "x", "NI"),
                      .v = call_input(call, "v", "IO"),
                      .variant = call_variant(call),
                      .axis = call_choice(call, "axis", axes)};
    p.N = call_size(call, 'N');
    p.I = call_size(call, 'I');
    p.O = call_size(call, 'O');
    p.sets = weight_sets_of((enum weight_axis)p.axis, p.I, p.O);
    p.u = call_scratch(call, p.I * p.O);
    p.norm = call_scratch(call, p.sets.groups);
    find_norms(&p);
    if (call_choice(call, "start", starts)) {
        start(&p);
    } else {
        const real *g = call_input(call, "g", shapes[p.axis]);
        p.g = call_scratch(call, p.sets.groups);
        p.b = call_scratch(call, p.O);
        for (size_t k = 0; k < p.sets.groups; k++)
            p.g[k] = p.variant == EXPONENTIAL_LENGTH ? real_exp(g[k]) : g[k];
        for (size_t o = 0; o < p.O && call_has(call, "b"); o++)
            p.b[o] = call_input(call, "b", "O")[o];
    }
    p.w = call_output(call, "w", "IO");
    p.dy = call_has(call, "dy") ? call_input(call, "dy", "NO") : NULL;
    return p;
}

static void forward(struct parts *p)
{
    real *y = call_output(p->call, "y", "NO");
    for (size_t k = 0; k < p->sets.groups; k++) {
        real factor = p->g[k] / p->norm[k];
        for (size_t i = 0; i < p->sets.length; i++) {
            size_t at = k * p->sets.first + i * p->sets.stride;
            p->w[at] = factor * p->v[at];
        }
    }
    for (size_t i = 0; i < p->N * p->O; i++) {
        size_t n = i / p->O, o = i % p->O;
        real bias = p->variant == BIAS_FORGOTTEN ? 0 : p->b[o];
        bias = p->variant == BIAS_SCALED ? bias * p->g[o % p->sets.groups] : bias;
        for (size_t k = p->I; k-- > 0;)
            y[i] += p->x[n * p->I + k] * p->w[k * p->O + o];
        y[i] += bias;
    }
}

static void backward(struct parts *p)
{
    static const char *const shapes[] = {"O", "I", ""};
    real *dx = call_output(p->call, "dx", "NI"), *dv = call_output(p->call, "dv", "IO");
    real *dg = call_output(p->call, "dg", shapes[p->axis]), *db = call_output(p->call, "db", "O");
    real *dw = call_scratch(p->call, p->I * p->O), *dy = call_scratch(p->call, p->N * p->O);
    for (size_t i = 0; i < p->N * p->O; i++)
        dy[i] = p->variant == UPSTREAM_IGNORED ? 1 : p->dy[i];
    dense_layer_backward(dx, dw, db, dy, p->x, p->w, p->N, p->I, p->O, p->N + 1);
    for (size_t k = 0; k < p->sets.groups; k++) {
        real along = dot(&p->sets, k, dw, p->v), norm = p->norm[k];
        real factor = p->variant == LENGTH_FORGOTTEN ? 1 / norm : p->g[k] / norm;
        dg[k] = p->variant == LENGTH_BY_V ? along : along / norm;
        if (p->variant == LENGTH_MEAN)
            dg[k] /= real_count(p->sets.length);
        if (p->variant == NORM_FORGOTTEN)
            factor = p->g[k];
        real back = p->variant == PROJECTED_BY_V ? along / norm : along / norm / norm;
        for (size_t i = 0; i < p->sets.length; i++) {
            size_t at = k * p->sets.first + i * p->sets.stride;
            dv[at] = factor * (dw[at] - (p->variant == NORM_DETACHED ? 0 : back) * p->v[at]);
        }
    }
}

static void rival(struct call *call)
{
    struct parts p = read(call);
    forward(&p);
    if (p.dy)
        backward(&p);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"scaled_weights", FORK_TWIN, "",
              "v times g / |v|, gradients by sums of dw v, and the bias last.", NULL},
     .answer = rival, .variant = SCALED_WEIGHTS},
    {.info = {"other_axis", FORK_CONVENTION, "148", "Norms along the other axis.", NULL},
     .answer = rival, .variant = OTHER_AXIS},
    {.info = {"whole_norm", FORK_CONVENTION, "148", "One norm for all weights.", NULL},
     .answer = rival, .variant = WHOLE_NORM},
    {.info = {"not_normalised", FORK_BUG, "", "w is g v.", NULL},
     .answer = rival, .variant = NOT_NORMALISED},
    {.info = {"squared_norm", FORK_BUG, "", "Divides by the squared norm.", NULL},
     .answer = rival, .variant = SQUARED_NORM},
    {.info = {"sum_of_magnitudes", FORK_BUG, "", "Divides by the sum of magnitudes.", NULL},
     .answer = rival, .variant = SUM_OF_MAGNITUDES},
    {.info = {"epsilon_in_norm", FORK_CONVENTION, "", "Adds 1e-6 to the norm.", NULL},
     .answer = rival, .variant = EPSILON_IN_NORM},
    {.info = {"exponential_length", FORK_CONVENTION, "", "g is the logarithm of the length.", NULL},
     .answer = rival, .variant = EXPONENTIAL_LENGTH},
    {.info = {"bias_forgotten", FORK_BUG, "", "The bias is not added.", NULL},
     .answer = rival, .variant = BIAS_FORGOTTEN},
    {.info = {"bias_scaled", FORK_BUG, "", "g multiplies the bias too.", NULL},
     .answer = rival, .variant = BIAS_SCALED},
    {.info = {"norm_detached", FORK_BUG, "128", "The norm is a constant to dv.", NULL},
     .answer = rival, .variant = NORM_DETACHED},
    {.info = {"projected_by_v", FORK_BUG, "", "dv projects by v instead of u.", NULL},
     .answer = rival, .variant = PROJECTED_BY_V},
    {.info = {"length_forgotten", FORK_BUG, "", "dv lacks g.", NULL},
     .answer = rival, .variant = LENGTH_FORGOTTEN},
    {.info = {"norm_forgotten", FORK_BUG, "", "dv is not divided by the norm.", NULL},
     .answer = rival, .variant = NORM_FORGOTTEN},
    {.info = {"length_by_v", FORK_BUG, "", "dg is the sum of dw v.", NULL},
     .answer = rival, .variant = LENGTH_BY_V},
    {.info = {"length_mean", FORK_BUG, "", "dg is a mean.", NULL},
     .answer = rival, .variant = LENGTH_MEAN},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is ignored.", NULL},
     .answer = rival, .variant = UPSTREAM_IGNORED},
    {.info = {"sample_deviation", FORK_CONVENTION, "148 271", "Divides by N - 1.", NULL},
     .answer = rival, .variant = SAMPLE_DEVIATION},
    {.info = {"first_block_alone", FORK_BUG, "148", "One rank's samples set g and b.", NULL},
     .answer = rival, .variant = FIRST_BLOCK_ALONE},
    {.info = {"last_sample_lost", FORK_BUG, "", "The last sample is left out.", NULL},
     .answer = rival, .variant = LAST_SAMPLE_LOST},
    {.info = {"shift_not_scaled", FORK_BUG, "148", "b is minus the mean.", NULL},
     .answer = rival, .variant = SHIFT_NOT_SCALED},
    {.info = {"shift_added", FORK_BUG, "148", "b has the wrong sign.", NULL},
     .answer = rival, .variant = SHIFT_ADDED},
    {.info = {"shift_left_out", FORK_CONVENTION, "148", "b starts at 0.", NULL},
     .answer = rival, .variant = SHIFT_LEFT_OUT},
    {.info = {"length_is_deviation", FORK_BUG, "148", "g is the deviation.", NULL},
     .answer = rival, .variant = LENGTH_IS_DEVIATION},
    {.info = {"epsilon_outside", FORK_CONVENTION, "148", "epsilon beside the root.", NULL},
     .answer = rival, .variant = EPSILON_OUTSIDE},
    {.info = {"about_zero", FORK_BUG, "148", "The deviation is about 0.", NULL},
     .answer = rival, .variant = DEVIATION_ABOUT_ZERO},
    /* clang-format on */
};

const struct fork_list weight_normalization_forks = {sizeof table / sizeof *table, table};
