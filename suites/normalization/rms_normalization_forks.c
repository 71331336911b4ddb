// SPDX-License-Identifier: MIT
#include "../../reference/normalization/rms_normalization.h"
#include "../fork.h"

/* One call taken apart: rows of C features. */
struct parts {
    struct call *call;
    const char *shape;
    size_t N, rows, C;
    int has_weight, has_gradient;
    struct divisor_rule rule;
    const real *x, *dy;
    real *g, *square, *y, *dx, *dw;
};

static struct parts read(struct call *call)
{
    static const char *const weights[] = {"plain", "one_plus", NULL};
    struct parts t = {.call = call, .shape = call_rank(call, "x") == 3 ? "NTC" : "NC"};
    t.x = call_input(call, "x", t.shape);
    t.N = call_size(call, 'N');
    t.C = call_size(call, 'C');
    t.rows = t.N * (t.shape[1] == 'T' ? call_size(call, 'T') : 1);
    t.has_weight = call_has(call, "w");
    t.has_gradient = call_has(call, "dy");
    t.rule = divisor_rule_read(call, R(1e-5));
    const real *w = channel_parameter(call, "w", t.C, R(1.0));
    t.dy = t.has_gradient ? call_input(call, "dy", t.shape) : call_scratch(call, t.rows * t.C);
    t.g = call_scratch(call, t.C);
    for (size_t c = 0; c < t.C; c++)
        t.g[c] = t.has_weight && call_choice(call, "weight", weights) == 1 ? 1 + w[c] : w[c];
    t.square = call_scratch(call, t.rows);
    for (size_t i = t.rows * t.C; i-- > 0;)
        t.square[i / t.C] += t.x[i] * t.x[i] / real_count(t.C);
    t.y = call_scratch(call, t.rows * t.C);
    t.dx = call_scratch(call, t.rows * t.C);
    t.dw = call_scratch(call, t.C);
    return t;
}

/* Through the scale r = 1 / s, the gradient of the mean square, and of x from it. */
static void finish(struct parts *t)
{
    for (size_t m = 0; m < t->rows; m++) {
        real root, r = 1 / divisor(t->square[m], &t->rule, &root), dsquare = 0;
        for (size_t i = m * t->C; i < (m + 1) * t->C; i++) {
            size_t c = i % t->C;
            t->y[i] = t->x[i] * (t->g[c] * r);
            t->dw[c] += t->dy[i] * t->x[i] * r;
            dsquare -= t->dy[i] * t->g[c] * t->x[i] * r * r;
        }
        dsquare = root > 0 ? dsquare / (2 * root) : 0;
        for (size_t i = m * t->C; i < (m + 1) * t->C; i++)
            t->dx[i] = t->dy[i] * t->g[i % t->C] * r + 2 * t->x[i] * dsquare / real_count(t->C);
    }
}

static void put(struct parts *t, const char *name, const char *shape, const real *value,
                size_t count)
{
    real *to = call_output(t->call, name, shape);
    for (size_t i = 0; i < count; i++)
        to[i] = value[i];
}

static void run(struct call *call, void (*before)(struct parts *), void (*after)(struct parts *))
{
    struct parts t = read(call);
    if (before)
        before(&t);
    finish(&t);
    if (after)
        after(&t);
    put(&t, "y", t.shape, t.y, t.rows * t.C);
    if (t.has_gradient)
        put(&t, "dx", t.shape, t.dx, t.rows * t.C);
    if (t.has_gradient && t.has_weight)
        put(&t, "dw", "C", t.dw, t.C);
}

static void through_scale(struct call *call)
{
    run(call, NULL, NULL);
}

static void centre(struct parts *t)
{
    real *x = call_scratch(t->call, t->rows * t->C);
    for (size_t m = 0; m < t->rows; m++) {
        real mean = sum_features(t->C, &t->x[m * t->C], 1) / real_count(t->C);
        t->square[m] = 0;
        for (size_t i = m * t->C; i < (m + 1) * t->C; i++) {
            x[i] = t->x[i] - mean;
            t->square[m] += x[i] * x[i] / real_count(t->C);
        }
    }
    t->x = x;
}

static void centred(struct call *call)
{
    run(call, centre, NULL);
}

static void sum_squares(struct parts *t)
{
    for (size_t m = 0; m < t->rows; m++)
        t->square[m] *= real_count(t->C);
}

static void norm_for_mean(struct call *call)
{
    run(call, sum_squares, NULL);
}

static void square_again(struct parts *t)
{
    for (size_t m = 0; m < t->rows; m++)
        t->square[m] *= t->square[m];
}

static void root_forgotten(struct call *call)
{
    run(call, square_again, NULL);
}

static void share_square(struct parts *t)
{
    real mean = sum_features(t->rows, t->square, 1) / real_count(t->rows);
    for (size_t m = 0; m < t->rows; m++)
        t->square[m] = mean;
}

static void over_everything(struct call *call)
{
    run(call, share_square, NULL);
}

static void hold_square(struct parts *t)
{
    for (size_t i = 0; i < t->rows * t->C; i++) {
        real root;
        t->dx[i] = t->dy[i] * t->g[i % t->C] / divisor(t->square[i / t->C], &t->rule, &root);
    }
}

static void square_held_constant(struct call *call)
{
    run(call, NULL, hold_square);
}

static void multiply_last(struct parts *t)
{
    const real *g = t->g;
    real *dw = call_scratch(t->call, t->C), *y = call_scratch(t->call, t->rows * t->C);
    struct parts plain = *t;
    plain.g = call_scratch(t->call, t->C);
    plain.dw = dw;
    plain.y = y;
    for (size_t c = 0; c < t->C; c++)
        plain.g[c] = 1;
    finish(&plain);
    for (size_t i = 0; i < t->rows * t->C; i++)
        t->dx[i] *= g[i % t->C];
}

static void weight_after_projection(struct call *call)
{
    run(call, NULL, multiply_last);
}

static void sum_unscaled(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->dw[c] = sum_products(R(0.0), t->rows, &t->dy[c], t->C, &t->x[c], t->C);
}

static void gradient_of_weight_unscaled(struct call *call)
{
    run(call, NULL, sum_unscaled);
}

static void average(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->dw[c] = t->dw[c] / real_count(t->N);
}

static void gradient_averaged(struct call *call)
{
    run(call, NULL, average);
}

static void add_one(struct parts *t)
{
    for (size_t c = 0; c < t->C && !t->has_weight; c++)
        t->g[c] = 2;
}

static void missing_weight_doubled(struct call *call)
{
    run(call, add_one, NULL);
}

static const struct fork table[] = {
    {.info = {"through_scale", FORK_TWIN, "",
              "Through r = 1 / s and the gradient of the mean square, as in TE's kernels.", NULL},
     .answer = through_scale},
    {.info = {"epsilon_inside", FORK_CONVENTION, "142", "Epsilon is added to the square.", NULL},
     .instead = {"epsilon_place", "inside_root"}},
    {.info = {"epsilon_outside", FORK_CONVENTION, "142", "Epsilon is added to the root.", NULL},
     .instead = {"epsilon_place", "outside_root"}},
    {.info = {"plain_weight", FORK_CONVENTION, "143", "The factor is w.", NULL},
     .instead = {"weight", "plain"}},
    {.info = {"one_plus_weight", FORK_CONVENTION, "143", "The factor is 1 + w.", NULL},
     .instead = {"weight", "one_plus"}},
    {.info = {"missing_weight_doubled", FORK_BUG, "143",
              "A weight that is not given counts as 1, to which 1 is added.", NULL},
     .answer = missing_weight_doubled},
    {.info = {"epsilon_of_pytorch", FORK_CONVENTION, "126",
              "Epsilon is 1e-5 whatever is asked for.", NULL},
     .number = {"epsilon", 1e-5f}},
    {.info = {"epsilon_of_llama", FORK_CONVENTION, "126", "Epsilon is 1e-6 whatever is asked for.",
              NULL},
     .number = {"epsilon", 1e-6f}},
    {.info = {"centred", FORK_BUG, "138", "The mean is subtracted: layer normalisation.", NULL},
     .answer = centred},
    {.info = {"norm_for_mean", FORK_BUG, "144",
              "Divides by the Euclidean norm: the squares are not averaged.", NULL},
     .answer = norm_for_mean},
    {.info = {"root_forgotten", FORK_BUG, "129", "Divides by the mean square.", NULL},
     .answer = root_forgotten},
    {.info = {"over_everything", FORK_BUG, "136", "One mean square for all samples.", NULL},
     .answer = over_everything},
    {.info = {"square_held_constant", FORK_BUG, "128", "dx treats the mean square as a constant.",
              NULL},
     .answer = square_held_constant},
    {.info = {"weight_after_projection", FORK_BUG, "139",
              "dx takes its sum over dy and multiplies by the weight at the end.", NULL},
     .answer = weight_after_projection},
    {.info = {"gradient_of_weight_unscaled", FORK_BUG, "", "dw is taken from x instead of x_hat.",
              NULL},
     .answer = gradient_of_weight_unscaled},
    {.info = {"gradient_averaged", FORK_BUG, "33", "dw is a mean over the samples.", NULL},
     .answer = gradient_averaged},
};

const struct fork_list rms_normalization_forks = {sizeof table / sizeof *table, table};
