// SPDX-License-Identifier: MIT
#include "perturbation.h"

#include <string.h>

struct perturbation perturbation_read(struct question *q, size_t D)
{
    static const char *const norms[] = {"linf", "l2", "l1", NULL};
    static const char *const floors[] = {"norm", "squares", "added", "none", NULL};
    static const char *const l1_steps[] = {"whole", "largest", "shared", NULL};
    static const char *const zero_signs[] = {"zero", "plus", NULL};
    static const char *const l1_projections[] = {"euclidean", "rescaled", NULL};
    struct perturbation is = {.team = question_team(q),
                              .D = D,
                              .norm = (enum norm)question_choice(q, "norm", norms),
                              .floor = (enum norm_floor)question_choice(q, "floor", floors),
                              .l1_step = (enum l1_step)question_choice(q, "l1_step", l1_steps),
                              .plus = question_choice(q, "zero_sign", zero_signs) == 1,
                              .rescaled = question_choice(q, "l1_projection", l1_projections) == 1,
                              .tiny = question_number_or(q, "tiny", (scalar)1e-12),
                              .order = question_scratch(q, D)};
    if (!(is.tiny > 0))
        question_refuse(q, "its number 'tiny' is not above 0");
    if (is.norm == NORM_L1 && is.floor == FLOOR_SQUARES)
        question_refuse(q, "its 'floor' is squares, which l1 norms have none of");
    return is;
}

static scalar sum_of_squares(const struct perturbation *is, const scalar *v)
{
    scalar sum;
    team_row_products(is->team, 1, is->D, v, v, &sum);
    return sum;
}

scalar perturbation_norm(const struct perturbation *is, const scalar *v)
{
    scalar sum = 0, top = 0;
    if (is->norm == NORM_L2)
        return scalar_sqrt(sum_of_squares(is, v));
    for (size_t d = 0; d < is->D; d++) {
        const scalar size = scalar_absolute(v[d]);
        sum += size;
        top = size > top ? size : top;
    }
    return is->norm == NORM_L1 ? sum : top;
}

/* What g is divided by; 0 only where g shall stay 0. */
static scalar divisor(const struct perturbation *is, const scalar *g)
{
    scalar size;
    switch (is->floor) {
    case FLOOR_SQUARES:
        size = sum_of_squares(is, g);
        return scalar_sqrt(size > is->tiny ? size : is->tiny);
    case FLOOR_ADDED:
        return perturbation_norm(is, g) + is->tiny;
    case FLOOR_NORM:
        size = perturbation_norm(is, g);
        return size > is->tiny ? size : is->tiny;
    default:
        return perturbation_norm(is, g);
    }
}

static scalar signed_like(scalar size, scalar g)
{
    return g < 0 ? -size : size;
}

static void signs(const struct perturbation *is, scalar *direction, const scalar *g)
{
    const scalar of_zero = is->plus;
    for (size_t d = 0; d < is->D; d++) {
        const scalar sign = g[d] < 0 ? -1 : 1;
        direction[d] = g[d] == 0 ? of_zero : sign;
    }
}

static void divide(const struct perturbation *is, scalar *direction, const scalar *g)
{
    const scalar by = divisor(is, g);
    for (size_t d = 0; d < is->D; d++)
        direction[d] = by > 0 ? g[d] / by : 0;
}

/* The signs of the largest elements: the first alone, or all with equal shares. */
static void take_largest(const struct perturbation *is, scalar *direction, scalar *size,
                         const scalar *g)
{
    scalar top = 0;
    size_t equal = 0;
    for (size_t d = 0; d < is->D; d++) {
        size[d] = scalar_absolute(g[d]);
        if (size[d] > top)
            equal = 0;
        equal += size[d] >= top;
        top = size[d] > top ? size[d] : top;
    }
    const size_t most = is->l1_step == L1_SHARED ? equal : 1;
    for (size_t d = 0, taken = 0; d < is->D; d++) {
        const bool takes = size[d] == top && top > 0 && taken < most;
        direction[d] = takes ? signed_like(1 / (scalar)most, g[d]) : 0;
        taken += takes;
    }
}

void perturbation_direction(const struct perturbation *is, scalar *direction,
                            const scalar *gradient, size_t rows)
{
    for (size_t n = 0; n < rows; n++) {
        const scalar *g = gradient + n * is->D;
        scalar *to = direction + n * is->D;
        if (is->norm == NORM_LINF)
            signs(is, to, g);
        else if (is->norm == NORM_L2 || is->l1_step == L1_WHOLE)
            divide(is, to, g);
        else
            take_largest(is, to, is->order, g);
    }
}

/* What the elements of v shrink by, where |v|_1 is above the radius. */
static scalar threshold(const struct perturbation *is, const scalar *v, scalar radius)
{
    scalar *rest = is->order, sum = 0, theta = 0;
    for (size_t d = 0; d < is->D; d++)
        rest[d] = scalar_absolute(v[d]);
    for (size_t taken = 0; taken < is->D; taken++) {
        size_t best = taken;
        for (size_t d = taken + 1; d < is->D; d++)
            best = rest[d] > rest[best] ? d : best;
        const scalar top = rest[best];
        rest[best] = rest[taken];
        sum += top;
        const scalar next = (sum - radius) / (scalar)(taken + 1);
        if (!(top > next))
            break;
        theta = next;
    }
    return theta;
}

static void project_on_cube(scalar *v, scalar radius, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        v[i] = v[i] > radius ? radius : v[i];
        v[i] = v[i] < -radius ? -radius : v[i];
    }
}

void perturbation_project(const struct perturbation *is, scalar *v, scalar radius, size_t rows)
{
    const size_t D = is->D;
    if (is->norm == NORM_LINF) {
        project_on_cube(v, radius, rows * D);
        return;
    }
    for (size_t n = 0; n < rows; n++, v += D) {
        const scalar size = perturbation_norm(is, v);
        if (!(size > radius))
            continue;
        const scalar theta = is->norm == NORM_L1 ? threshold(is, v, radius) : 0;
        const scalar factor = radius / size;
        for (size_t d = 0; d < D; d++) {
            const scalar own = scalar_absolute(v[d]);
            if (is->norm == NORM_L1 && !is->rescaled)
                v[d] = own > theta ? signed_like(own - theta, v[d]) : 0;
            else
                v[d] = v[d] * factor;
        }
    }
}
