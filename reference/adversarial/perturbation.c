// SPDX-License-Identifier: MIT
#include "perturbation.h"

void perturbation_read(struct call *call, struct perturbation *is, size_t D)
{
    static const char *const norms[] = {"linf", "l2", "l1", NULL};
    static const char *const floors[] = {"norm", "squares", "added", "none", NULL};
    static const char *const l1_steps[] = {"whole", "largest", "shared", NULL};
    static const char *const zero_signs[] = {"zero", "plus", NULL};
    static const char *const l1_projections[] = {"euclidean", "rescaled", NULL};
    is->D = D;
    is->norm = (enum norm)call_choice(call, "norm", norms);
    is->floor = (enum norm_floor)call_choice(call, "floor", floors);
    is->l1_step = (enum l1_step)call_choice(call, "l1_step", l1_steps);
    is->plus = call_choice(call, "zero_sign", zero_signs);
    is->rescaled = call_choice(call, "l1_projection", l1_projections);
    is->tiny = call_number_or(call, "tiny", R(1e-12));
    is->order = call_scratch(call, D);
    if (!(is->tiny > 0))
        call_fail(call, "number 'tiny' must be above 0");
    if (is->norm == NORM_L1 && is->floor == FLOOR_SQUARES)
        call_fail(call, "convention 'floor' is squares, but l1 norms have none");
}

real perturbation_norm(const struct perturbation *is, const real *v)
{
    real sum = 0;
    if (is->norm == NORM_L2)
        return real_sqrt(sum_products(R(0.0), is->D, v, 1, v, 1));
    for (size_t d = 0; d < is->D; d++) {
        real size = real_abs(v[d]);
        sum = is->norm == NORM_L1 ? sum + size : size > sum ? size : sum;
    }
    return sum;
}

/* |g| so that it can divide; 0 only where g shall stay 0. */
static real floored(const struct perturbation *is, const real *g)
{
    real size = perturbation_norm(is, g);
    if (is->floor == FLOOR_SQUARES) {
        real square = sum_products(R(0.0), is->D, g, 1, g, 1);
        return real_sqrt(square > is->tiny ? square : is->tiny);
    }
    if (is->floor == FLOOR_ADDED)
        return size + is->tiny;
    return is->floor == FLOOR_NORM && size < is->tiny ? is->tiny : size;
}

static real sign(real g)
{
    return g > 0 ? 1 : g < 0 ? R(-1.0) : 0;
}

/* The largest |g|, and where it is first. */
static real largest(const struct perturbation *is, const real *g, size_t *first)
{
    *first = 0;
    for (size_t d = 1; d < is->D; d++)
        *first = real_abs(g[d]) > real_abs(g[*first]) ? d : *first;
    return real_abs(g[*first]);
}

static void largest_alone(const struct perturbation *is, real *direction, const real *g)
{
    size_t first, equal = 0;
    real top = largest(is, g, &first);
    for (size_t d = 0; d < is->D; d++)
        equal += real_abs(g[d]) == top;
    for (size_t d = 0; d < is->D; d++) {
        int counts = is->l1_step == L1_SHARED ? real_abs(g[d]) == top : d == first;
        real share = is->l1_step == L1_SHARED ? real_count(equal) : 1;
        direction[d] = counts ? sign(g[d]) / share : 0;
    }
}

void perturbation_direction(const struct perturbation *is, real *direction, const real *gradient,
                            size_t N)
{
    size_t D = is->D;
    for (size_t n = 0; n < N; n++) {
        const real *g = &gradient[n * D];
        real *to = &direction[n * D];
        if (is->norm == NORM_LINF) {
            for (size_t d = 0; d < D; d++)
                to[d] = is->plus && g[d] == 0 ? 1 : sign(g[d]);
        } else if (is->norm == NORM_L2 || is->l1_step == L1_WHOLE) {
            real size = floored(is, g);
            for (size_t d = 0; d < D; d++)
                to[d] = size > 0 ? g[d] / size : 0;
        } else {
            for (size_t d = 0; d < D; d++)
                is->order[d] = g[d];
            largest_alone(is, to, is->order);
        }
    }
}

/* theta of |v|_1 > radius. */
static real threshold(const struct perturbation *is, const real *v, real radius)
{
    real *order = is->order, sum = 0, theta = 0;
    for (size_t d = 0; d < is->D; d++) {
        size_t i = d;
        for (; i > 0 && order[i - 1] < real_abs(v[d]); i--)
            order[i] = order[i - 1];
        order[i] = real_abs(v[d]);
    }
    for (size_t d = 0; d < is->D; d++) {
        sum = sum + order[d];
        real next = (sum - radius) / real_count(d + 1);
        if (order[d] > next)
            theta = next;
    }
    return theta;
}

static void project_sample(const struct perturbation *is, real *v, real radius)
{
    real size = perturbation_norm(is, v);
    if (!(size > radius))
        return;
    real theta = is->norm == NORM_L1 && !is->rescaled ? threshold(is, v, radius) : 0;
    for (size_t d = 0; d < is->D; d++) {
        real own = real_abs(v[d]);
        if (is->norm == NORM_LINF)
            v[d] = own > radius ? sign(v[d]) * radius : v[d];
        else if (is->norm == NORM_L1 && !is->rescaled)
            v[d] = own > theta ? sign(v[d]) * (own - theta) : 0;
        else
            v[d] = v[d] * (radius / size);
    }
}

void perturbation_project(const struct perturbation *is, real *v, real radius, size_t N)
{
    for (size_t n = 0; n < N; n++)
        project_sample(is, &v[n * is->D], radius);
}

void perturbation_decisions(struct call *call, const struct perturbation *is, const real *gradient,
                            size_t N)
{
    if (is->norm == NORM_LINF)
        call_decisions(call, N * is->D, gradient);
    for (size_t n = 0; is->norm == NORM_L1 && is->l1_step != L1_WHOLE && n < N; n++) {
        size_t first;
        real top = largest(is, &gradient[n * is->D], &first);
        for (size_t d = 0; d < is->D; d++) {
            real gap = top - real_abs(gradient[n * is->D + d]);
            call_decisions(call, d != first, &gap);
        }
    }
}
