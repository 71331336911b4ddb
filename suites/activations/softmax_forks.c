// SPDX-License-Identifier: MIT
#include "../../reference/activations/softmax.h"
#include "../fork.h"
#include "../short_formats.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input dy the gradient goes to scratch memory. */
struct values {
    const real *x, *dy;
    real *y, *dx;
    size_t N, C;
    const int *mask; /* (N,C), or NULL */
    real empty;      /* the value of rows that keep nothing */
};

static int kept(const struct values *v, size_t i)
{
    return v->mask == NULL || v->mask[i];
}

static struct values read(struct call *call)
{
    struct values v = {.x = call_input(call, "x", "NC")};
    v.N = call_size(call, 'N');
    v.C = call_size(call, 'C');
    v.y = call_output(call, "y", "NC");
    if (call_has(call, "dy")) {
        v.dy = call_input(call, "dy", "NC");
        v.dx = call_output(call, "dx", "NC");
    } else {
        v.dy = call_scratch(call, v.N * v.C);
        v.dx = call_scratch(call, v.N * v.C);
    }
    int refused;
    v.mask = softmax_mask(call, &v.empty, &refused);
    if (v.mask) {
        softmax_masked_forward(v.y, v.x, v.mask, v.N, v.C, v.empty);
        softmax_masked_backward(v.dx, v.dy, v.y, v.mask, v.N, v.C);
        return v;
    }
    softmax_forward(v.y, v.x, v.N, v.C);
    softmax_backward(v.dx, v.dy, v.y, v.N, v.C);
    return v;
}

/* Each probability by itself, 1 / sum_j e^(x_j - x_k), where an overflow gives 0 and is right; and
 * dx_k = y_k sum_j y_j (dy_k - dy_j), since the y_j add to 1. */
static void reciprocal_of_ratios(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.N * v.C; i++) {
        const real *x = &v.x[i / v.C * v.C];
        real s = R(0.0);
        for (size_t j = 0; j < v.C; j++)
            s = kept(&v, i / v.C * v.C + j) ? s + real_exp(x[j] - v.x[i]) : s;
        v.y[i] = s == 0 ? v.empty : kept(&v, i) ? 1 / s : 0;
    }
    for (size_t i = 0; i < v.N * v.C; i++) {
        const real *y = &v.y[i / v.C * v.C], *dy = &v.dy[i / v.C * v.C];
        real s = R(0.0);
        for (size_t j = 0; j < v.C; j++)
            s = s + y[j] * (v.dy[i] - dy[j]);
        v.dx[i] = kept(&v, i) ? v.y[i] * s : 0;
    }
}

/* Rows of e^(scale (x - shift)) / (sum + epsilon), and the gradient that follows from y. */
static void exponentials(struct values *v, real scale, real shift, real epsilon)
{
    for (size_t n = 0; n < v->N; n++) {
        real s = epsilon;
        for (size_t k = 0; k < v->C; k++) {
            v->y[n * v->C + k] = real_exp(scale * (v->x[n * v->C + k] - shift));
            s = s + v->y[n * v->C + k];
        }
        for (size_t k = 0; k < v->C; k++)
            v->y[n * v->C + k] = v->y[n * v->C + k] / s;
    }
    softmax_backward(v->dx, v->dy, v->y, v->N, v->C);
}

static real largest(const real *x, size_t n)
{
    real m = x[0];
    for (size_t i = 1; i < n; i++)
        m = x[i] > m ? x[i] : m;
    return m;
}

static void maximum_not_subtracted(struct call *call)
{
    struct values v = read(call);
    exponentials(&v, R(1.0), R(0.0), R(0.0));
}

static void maximum_of_batch(struct call *call)
{
    struct values v = read(call);
    exponentials(&v, R(1.0), largest(v.x, v.N * v.C), R(0.0));
}

/* One row after the other, because each has its own maximum. */
static void each_row(struct call *call, real scale, real epsilon)
{
    struct values v = read(call);
    for (size_t n = 0; n < v.N; n++) {
        size_t at = n * v.C;
        struct values row = {&v.x[at], &v.dy[at], &v.y[at], &v.dx[at], 1, v.C, NULL, 0};
        exponentials(&row, scale, largest(row.x, v.C), epsilon);
    }
}

static void epsilon_in_denominator(struct call *call)
{
    each_row(call, R(1.0), R(1e-7));
}

static void base_two(struct call *call)
{
    each_row(call, real_log(R(2.0)), R(0.0));
}

/* The softmax of the transposed array, transposed back. */
static void over_samples(struct call *call)
{
    struct values v = read(call);
    size_t n = v.N * v.C;
    real *x = call_scratch(call, n), *dy = call_scratch(call, n);
    real *y = call_scratch(call, n), *dx = call_scratch(call, n);
    for (size_t i = 0; i < n; i++) {
        x[i % v.C * v.N + i / v.C] = v.x[i];
        dy[i % v.C * v.N + i / v.C] = v.dy[i];
    }
    softmax_forward(y, x, v.C, v.N);
    softmax_backward(dx, dy, y, v.C, v.N);
    for (size_t i = 0; i < n; i++) {
        v.y[i] = y[i % v.C * v.N + i / v.C];
        v.dx[i] = dx[i % v.C * v.N + i / v.C];
    }
}

static void over_everything(struct call *call)
{
    struct values v = read(call);
    softmax_forward(v.y, v.x, 1, v.N * v.C);
    softmax_backward(v.dx, v.dy, v.y, 1, v.N * v.C);
}

static void applied_twice(struct call *call)
{
    struct values v = read(call);
    real *once = call_scratch(call, v.N * v.C), *middle = call_scratch(call, v.N * v.C);
    softmax_forward(once, v.x, v.N, v.C);
    softmax_forward(v.y, once, v.N, v.C);
    softmax_backward(middle, v.dy, v.y, v.N, v.C);
    softmax_backward(v.dx, middle, once, v.N, v.C);
}

static void diagonal_of_jacobian(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.N * v.C; i++)
        v.dx[i] = v.dy[i] * v.y[i] * (1 - v.y[i]);
}

static void mean_not_subtracted(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.N * v.C; i++)
        v.dx[i] = v.dy[i] * v.y[i];
}

static void gradient_of_log_softmax(struct call *call)
{
    struct values v = read(call);
    for (size_t i = 0; i < v.N * v.C; i++)
        v.dx[i] = v.dy[i] - v.y[i] * sum_features(v.C, &v.dy[i / v.C * v.C], 1);
}

/* The errors of a processor's exponential change with its argument, so they do not cancel. */
static void exponential_of_processor(struct call *call)
{
    struct values v = read(call);
    for (size_t n = 0; n < v.N; n++) {
        const real *x = &v.x[n * v.C];
        real *y = &v.y[n * v.C], m = largest(x, v.C);
        for (size_t k = 0; k < v.C; k++)
            y[k] = off_by_units(real_exp(x[k] - m), R(590.0), x[k] - m, R(-0.5));
        real s = sum_features(v.C, y, 1);
        for (size_t k = 0; k < v.C; k++)
            y[k] = y[k] / s;
    }
    softmax_backward(v.dx, v.dy, v.y, v.N, v.C);
}

/* The sum in the denominator, with a store after each addition. */
static void sum_in_half(struct call *call)
{
    struct values v = read(call);
    for (size_t n = 0; n < v.N; n++) {
        const real *x = &v.x[n * v.C];
        real *y = &v.y[n * v.C], m = largest(x, v.C), s = 0;
        for (size_t k = 0; k < v.C; k++) {
            y[k] = real_exp(x[k] - m);
            s = rounded_to(s + y[k], HALF_BITS);
        }
        for (size_t k = 0; k < v.C; k++)
            y[k] = y[k] / s;
    }
    softmax_backward(v.dx, v.dy, v.y, v.N, v.C);
}

enum { MASK_IGNORED, MASK_INVERTED, MASK_TIMES_LOGITS, MASKED_AFTER, NOTHING_BY_NOTHING };

static void masked(struct call *call)
{
    struct values v = read(call);
    int variant = call_variant(call);
    real *x = call_scratch(call, v.N * v.C), *s = call_scratch(call, v.N);
    for (size_t i = 0; i < v.N * v.C; i++) {
        x[i] = variant == MASK_TIMES_LOGITS && !kept(&v, i) ? 0 : v.x[i];
        s[i / v.C] += kept(&v, i) ? 1 : 0;
    }
    if (variant == MASK_INVERTED && v.mask) {
        int *other = call_scratch_integers(call, v.N * v.C);
        for (size_t i = 0; i < v.N * v.C; i++)
            other[i] = !kept(&v, i);
        softmax_masked_forward(v.y, v.x, other, v.N, v.C, v.empty);
        softmax_masked_backward(v.dx, v.dy, v.y, other, v.N, v.C);
    } else if (variant == NOTHING_BY_NOTHING) {
        for (size_t i = 0; i < v.N * v.C; i++)
            v.y[i] = s[i / v.C] == 0 ? s[i / v.C] / s[i / v.C] : v.y[i];
    } else {
        softmax_forward(v.y, x, v.N, v.C);
        softmax_backward(v.dx, v.dy, v.y, v.N, v.C);
    }
    for (size_t i = 0; i < v.N * v.C && variant == MASKED_AFTER; i++) {
        v.y[i] = kept(&v, i) ? v.y[i] : 0;
        v.dx[i] = kept(&v, i) ? v.dx[i] : 0;
    }
}

static const struct fork table[] = {
    {.info = {"reciprocal_of_ratios", FORK_TWIN, "",
              "1 / sum_j e^(x_j - x_k) for each class, and differences of upstream gradients.",
              NULL},
     .answer = reciprocal_of_ratios},
    {.info = {"maximum_not_subtracted", FORK_NUMERICAL, "15",
              "e^x is formed without subtracting the maximum, so it overflows.", NULL},
     .answer = maximum_not_subtracted},
    {.info = {"maximum_of_batch", FORK_NUMERICAL, "15",
              "The maximum of the whole batch is subtracted, so rows far below it are 0 / 0.",
              NULL},
     .answer = maximum_of_batch},
    {.info = {"epsilon_in_denominator", FORK_CONVENTION, "",
              "1e-7 is added to the sum in the denominator.", NULL},
     .answer = epsilon_in_denominator},
    {.info = {"base_two", FORK_CONVENTION, "", "Powers of 2 instead of powers of e.", NULL},
     .answer = base_two},
    {.info = {"over_samples", FORK_CONVENTION, "19",
              "Normalises over the samples instead of the classes.", NULL},
     .answer = over_samples},
    {.info = {"over_everything", FORK_CONVENTION, "19",
              "Normalises over the whole array, as after flattening it.", NULL},
     .answer = over_everything},
    {.info = {"applied_twice", FORK_BUG, "26",
              "The probabilities are taken for logits and normalised again.", NULL},
     .answer = applied_twice},
    {.info = {"diagonal_of_jacobian", FORK_BUG, "18",
              "The backward pass keeps y (1 - y) and drops the products of different classes.",
              NULL},
     .answer = diagonal_of_jacobian},
    {.info = {"mean_not_subtracted", FORK_BUG, "18",
              "The backward pass is y dy, without the mean of dy under y.", NULL},
     .answer = mean_not_subtracted},
    {.info = {"gradient_of_log_softmax", FORK_BUG, "",
              "The backward pass is that of log-softmax, dy - y sum dy.", NULL},
     .answer = gradient_of_log_softmax},
    {.info = {"exponential_of_processor", FORK_NUMERICAL, "275",
              "Exponentials are off by 590 units in the last place.", NULL},
     .answer = exponential_of_processor},
    {.info = {"sum_in_half", FORK_NUMERICAL, "277",
              "The sum of the exponentials is kept in 11 bits, as in binary16.", NULL},
     .answer = sum_in_half},
    {.info = {"fully_masked_zero", FORK_CONVENTION, "17", "A row that keeps nothing is 0.", NULL},
     .instead = {"fully_masked", "zero"}},
    {.info = {"fully_masked_uniform", FORK_CONVENTION, "17", "A row that keeps nothing is uniform.",
              NULL},
     .instead = {"fully_masked", "uniform"}},
    {.info = {"fully_masked_nan", FORK_BUG, "17", "A row that keeps nothing is 0 / 0.", NULL},
     .answer = masked,
     .variant = NOTHING_BY_NOTHING},
    {.info = {"mask_ignored", FORK_BUG, "", "All classes are kept.", NULL},
     .answer = masked,
     .variant = MASK_IGNORED},
    {.info = {"mask_inverted", FORK_BUG, "", "Keeps what is masked.", NULL},
     .answer = masked,
     .variant = MASK_INVERTED},
    {.info = {"mask_times_logits", FORK_BUG, "", "Masked logits are 0, not their weights.", NULL},
     .answer = masked,
     .variant = MASK_TIMES_LOGITS},
    {.info = {"masked_after", FORK_BUG, "", "Masks the weights, which then do not add to 1.", NULL},
     .answer = masked,
     .variant = MASKED_AFTER},
};

const struct fork_list softmax_forks = {sizeof table / sizeof *table, table};
