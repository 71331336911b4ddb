// SPDX-License-Identifier: MIT
#include "../../reference/normalization/l2_normalization.h"
#include "../fork.h"

/* One call, answered rightly by other formulas; the forks change `d` before or results after. */
struct parts {
    struct call *call;
    size_t N, C;
    enum l2_guard guard;
    real epsilon;
    int has_gradient;
    const real *x, *dy;
    real *square, *d, *distance; /* (N) */
    real *y, *dx;
};

static struct parts read(struct call *call)
{
    static const char *const guards[] = {"larger_norm", "larger_square", "under_root", NULL};
    struct parts t = {.call = call, .x = call_input(call, "x", "NC")};
    t.N = call_size(call, 'N');
    t.C = call_size(call, 'C');
    t.guard = (enum l2_guard)call_choice(call, "guard", guards);
    t.epsilon = call_number_or(call, "epsilon", R(1e-12));
    t.has_gradient = call_has(call, "dy");
    t.dy = t.has_gradient ? call_input(call, "dy", "NC") : call_scratch(call, t.N * t.C);
    t.y = call_output(call, "y", "NC");
    t.dx = t.has_gradient ? call_output(call, "dx", "NC") : call_scratch(call, t.N * t.C);
    t.square = call_scratch(call, t.N);
    t.d = call_scratch(call, t.N);
    t.distance = call_scratch(call, t.N);
    for (size_t i = t.N * t.C; i-- > 0;)
        t.square[i / t.C] += t.x[i] * t.x[i];
    for (size_t n = 0; n < t.N; n++)
        t.d[n] = l2_divisor(t.square[n], t.epsilon, t.guard, &t.distance[n]);
    return t;
}

/* y by the reciprocal; dx = dy / d - x (dy x) / d^3. */
static void finish(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++) {
        const real *x = &t->x[n * t->C], *dy = &t->dy[n * t->C];
        real r = 1 / t->d[n], dot = 0;
        for (size_t c = 0; c < t->C; c++)
            dot += dy[c] * x[c];
        real k = t->distance[n] > 0 ? dot * r * r * r : 0;
        for (size_t c = 0; c < t->C; c++) {
            t->y[n * t->C + c] = x[c] * r;
            t->dx[n * t->C + c] = dy[c] * r - x[c] * k;
        }
    }
}

static void run(struct call *call, void (*before)(struct parts *), void (*after)(struct parts *))
{
    struct parts t = read(call);
    if (before)
        before(&t);
    finish(&t);
    if (after)
        after(&t);
}

static void through_reciprocal(struct call *call)
{
    run(call, NULL, NULL);
}

static void drop_guard(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = real_sqrt(t->square[n]);
}

static void no_guard(struct call *call)
{
    run(call, drop_guard, NULL);
}

static void add_epsilon(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = real_sqrt(t->square[n]) + t->epsilon;
}

static void epsilon_added(struct call *call)
{
    run(call, add_epsilon, NULL);
}

static void keep_square(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = t->d[n] * t->d[n];
}

static void root_forgotten(struct call *call)
{
    run(call, keep_square, NULL);
}

static void add_sizes(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = 0;
    for (size_t i = 0; i < t->N * t->C; i++)
        t->d[i / t->C] += real_abs(t->x[i]);
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = t->d[n] > t->epsilon ? t->d[n] : t->epsilon;
}

static void l1_norm(struct call *call)
{
    run(call, add_sizes, NULL);
}

static void take_mean(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->d[n] = t->d[n] / real_sqrt(real_count(t->C));
}

static void root_mean_square(struct call *call)
{
    run(call, take_mean, NULL);
}

static void along_samples(struct parts *t)
{
    for (size_t c = 0; c < t->C; c++) {
        real distance, square = 0;
        for (size_t n = 0; n < t->N; n++)
            square += t->x[n * t->C + c] * t->x[n * t->C + c];
        for (size_t n = 0; n < t->N; n++)
            t->y[n * t->C + c] =
                t->x[n * t->C + c] / l2_divisor(square, t->epsilon, t->guard, &distance);
    }
}

static void wrong_axis(struct call *call)
{
    run(call, NULL, along_samples);
}

static void hold_norm(struct parts *t)
{
    for (size_t i = 0; i < t->N * t->C; i++)
        t->dx[i] = t->dy[i] / t->d[i / t->C];
}

static void norm_held_constant(struct call *call)
{
    run(call, NULL, hold_norm);
}

static void project_always(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++)
        t->distance[n] = 1;
}

static void guard_differentiated(struct call *call)
{
    run(call, project_always, NULL);
}

static void project_by_input(struct parts *t)
{
    for (size_t n = 0; n < t->N; n++) {
        const real *x = &t->x[n * t->C], *dy = &t->dy[n * t->C];
        real b = sum_products(R(0.0), t->C, dy, 1, x, 1);
        for (size_t c = 0; c < t->C; c++)
            t->dx[n * t->C + c] = (dy[c] - x[c] * b) / t->d[n];
    }
}

static void input_for_output(struct call *call)
{
    run(call, NULL, project_by_input);
}

static void keep_length(struct parts *t)
{
    for (size_t i = 0; i < t->N * t->C; i++)
        t->dx[i] = t->dx[i] * t->d[i / t->C];
}

static void gradient_not_divided(struct call *call)
{
    run(call, NULL, keep_length);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"through_reciprocal", FORK_TWIN, "",
              "y = x (1/d) and dx = dy / d - x (dy x) / d^3.", NULL},
     .answer = through_reciprocal},
    {.info = {"larger_norm", FORK_CONVENTION, "144", "max(norm, epsilon): PyTorch.", NULL},
     .instead = {"guard", "larger_norm"}},
    {.info = {"larger_square", FORK_CONVENTION, "144", "max(square, epsilon) under the root.",
     NULL},
     .instead = {"guard", "larger_square"}},
    {.info = {"under_root", FORK_CONVENTION, "144", "square + epsilon under the root.", NULL},
     .instead = {"guard", "under_root"}},
    {.info = {"no_guard", FORK_BUG, "144", "A row of zeros is divided by 0.", NULL},
     .answer = no_guard},
    {.info = {"epsilon_added", FORK_CONVENTION, "127 144", "Epsilon is added to the norm.", NULL},
     .answer = epsilon_added},
    {.info = {"root_forgotten", FORK_BUG, "", "Divides by the square of the norm.", NULL},
     .answer = root_forgotten},
    {.info = {"l1_norm", FORK_BUG, "", "Divides by the sum of sizes.", NULL}, .answer = l1_norm},
    {.info = {"root_mean_square", FORK_BUG, "142", "The squares are averaged: RMS normalisation.",
              NULL},
     .answer = root_mean_square},
    {.info = {"wrong_axis", FORK_BUG, "145", "Norms along the samples, not the features.", NULL},
     .answer = wrong_axis},
    {.info = {"norm_held_constant", FORK_BUG, "128", "dx treats the norm as a constant.", NULL},
     .answer = norm_held_constant},
    {.info = {"guard_differentiated", FORK_BUG, "144",
              "dx projects where epsilon was the larger too.", NULL},
     .answer = guard_differentiated},
    {.info = {"input_for_output", FORK_BUG, "", "dx projects by x instead of y.", NULL},
     .answer = input_for_output},
    {.info = {"gradient_not_divided", FORK_BUG, "", "dx is not divided by the norm.", NULL},
     .answer = gradient_not_divided},
    /* clang-format on */
};

const struct fork_list l2_normalization_forks = {sizeof table / sizeof *table, table};
