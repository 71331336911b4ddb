// SPDX-License-Identifier: MIT
#include "../../reference/gradients/euclidean_norm.h"
#include "../fork.h"

/* One call, answered rightly; the forks change a row of it. */
struct values {
    const real *x, *dy;
    real *y, *dx, epsilon;
    size_t N, C;
};

static struct values read(struct call *call)
{
    struct values v = {.x = call_input(call, "x", "NC"), .dy = call_input(call, "dy", "N")};
    v.N = call_size(call, 'N');
    v.C = call_size(call, 'C');
    v.epsilon = call_number_or(call, "epsilon", R(0.0));
    v.y = call_output(call, "y", "N");
    v.dx = call_output(call, "dx", "NC");
    euclidean_norm_forward(v.y, v.x, v.epsilon, v.N, v.C);
    euclidean_norm_backward(v.dx, v.dy, v.x, v.y, v.N, v.C);
    return v;
}

/* Calls change(v, n, c) for each element of dx. */
static void each(struct call *call, real (*change)(const struct values *, size_t n, size_t c))
{
    struct values v = read(call);
    for (size_t i = 0; i < v.N * v.C; i++)
        v.dx[i] = change(&v, i / v.C, i % v.C);
}

/* Through the largest magnitude, and unit vectors: y = m sqrt(sum (x / m)^2). */
static void through_largest(struct call *call)
{
    struct values v = read(call);
    for (size_t n = 0; n < v.N; n++) {
        const real *x = &v.x[n * v.C];
        real largest = real_sqrt(v.epsilon), sum = 0;
        for (size_t c = 0; c < v.C; c++)
            largest = real_abs(x[c]) > largest ? real_abs(x[c]) : largest;
        real scale = largest > 0 ? largest : 1;
        for (size_t c = 0; c < v.C; c++)
            sum += x[c] / scale * (x[c] / scale);
        sum += v.epsilon / scale / scale;
        v.y[n] = scale * real_sqrt(sum);
        for (size_t c = 0; c < v.C; c++)
            v.dx[n * v.C + c] = largest > 0 ? v.dy[n] * (x[c] / scale / real_sqrt(sum)) : 0;
    }
}

static real unguarded(const struct values *v, size_t n, size_t c)
{
    return v->dy[n] * v->x[n * v->C + c] / v->y[n];
}

static void zero_over_zero(struct call *call)
{
    each(call, unguarded);
}

static real one_at_zero(const struct values *v, size_t n, size_t c)
{
    return v->y[n] > 0 ? v->dx[n * v->C + c] : v->dy[n];
}

static void upstream_at_zero(struct call *call)
{
    each(call, one_at_zero);
}

static real of_square(const struct values *v, size_t n, size_t c)
{
    return 2 * v->dy[n] * v->x[n * v->C + c];
}

static void slope_of_the_square(struct call *call)
{
    each(call, of_square);
}

static real twice(const struct values *v, size_t n, size_t c)
{
    return 2 * v->dx[n * v->C + c];
}

static void half_forgotten(struct call *call)
{
    each(call, twice);
}

static real undivided(const struct values *v, size_t n, size_t c)
{
    return v->dy[n] * v->x[n * v->C + c];
}

static void quotient_forgotten(struct call *call)
{
    each(call, undivided);
}

static real signs(const struct values *v, size_t n, size_t c)
{
    real x = v->x[n * v->C + c];
    return x > 0 ? v->dy[n] : x < 0 ? -v->dy[n] : 0;
}

static void slope_of_norm_one(struct call *call)
{
    each(call, signs);
}

static real alone(const struct values *v, size_t n, size_t c)
{
    return v->y[n] > 0 ? v->x[n * v->C + c] / v->y[n] : 0;
}

static void upstream_ignored(struct call *call)
{
    each(call, alone);
}

static void epsilon_outside(struct call *call)
{
    struct values v = read(call);
    euclidean_norm_forward(v.y, v.x, R(0.0), v.N, v.C);
    for (size_t n = 0; n < v.N; n++)
        v.y[n] = v.y[n] + v.epsilon;
    euclidean_norm_backward(v.dx, v.dy, v.x, v.y, v.N, v.C);
}

static void root_forgotten(struct call *call)
{
    struct values v = read(call);
    for (size_t n = 0; n < v.N; n++)
        v.y[n] = v.y[n] * v.y[n];
}

static const struct fork table[] = {
    {.info = {"through_largest", FORK_TWIN, "", "Scaled by the largest magnitude of the row.",
              NULL},
     .answer = through_largest},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "204 206", "The gradient of a zero row is NaN.",
              NULL},
     .answer = zero_over_zero},
    {.info = {"upstream_at_zero", FORK_CONVENTION, "204", "A zero row has the slope 1.", NULL},
     .answer = upstream_at_zero},
    {.info = {"slope_of_the_square", FORK_BUG, "", "The gradient of the squared norm.", NULL},
     .answer = slope_of_the_square},
    {.info = {"half_forgotten", FORK_BUG, "", "The 1/2 of the root's derivative is lost.", NULL},
     .answer = half_forgotten},
    {.info = {"quotient_forgotten", FORK_BUG, "", "The gradient is not divided by the norm.", NULL},
     .answer = quotient_forgotten},
    {.info = {"slope_of_norm_one", FORK_BUG, "", "Signs, the gradient of the sum of magnitudes.",
              NULL},
     .answer = slope_of_norm_one},
    {.info = {"upstream_ignored", FORK_BUG, "", "The unit vector, without the upstream.", NULL},
     .answer = upstream_ignored},
    {.info = {"epsilon_outside", FORK_CONVENTION, "109", "Epsilon is added to the norm.", NULL},
     .answer = epsilon_outside},
    {.info = {"epsilon_ignored", FORK_BUG, "", "There is no epsilon.", NULL},
     .number = {"epsilon", 0}},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "Always smoothed by 1e-6.", NULL},
     .number = {"epsilon", 0x1.0c6f7ap-20}},
    {.info = {"root_forgotten", FORK_BUG, "", "The squared norm.", NULL}, .answer = root_forgotten},
};

const struct fork_list euclidean_norm_forks = {sizeof table / sizeof *table, table};
