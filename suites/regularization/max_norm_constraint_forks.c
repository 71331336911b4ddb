// SPDX-License-Identifier: MIT
#include "../../reference/regularization/max_norm_constraint.h"
#include "../fork.h"

/* One unit as a fork sees it. */
struct unit {
    real norm, limit, epsilon;
    int rescale;
    real total;   /* the norm of all weights */
    real largest; /* of the magnitudes in the unit */
    real sum;     /* of the magnitudes in the unit */
};

static real right(const struct unit *u)
{
    real below = u->norm + u->epsilon;
    if (below <= 0 || (!u->rescale && u->norm <= u->limit))
        return 1;
    return (u->norm < u->limit ? u->norm : u->limit) / below;
}

/* Which weights make a unit: 0 as the case says, 1 the other axis. */
static void run(struct call *call, int other_axis, real (*factor)(const struct unit *))
{
    static const char *const units[] = {"column", "row", NULL};
    static const char *const forms[] = {"clip", "rescale", NULL};
    const real *w = call_input(call, "w", "IO");
    size_t I = call_size(call, 'I'), O = call_size(call, 'O');
    struct unit u = {.limit = call_number(call, "limit"), .total = 0};
    u.epsilon = call_number_or(call, "epsilon", 0);
    int rows = call_choice(call, "unit", units);
    u.rescale = call_choice(call, "form", forms);
    real *norm = call_output(call, "norm", rows ? "I" : "O");
    real *w_after = call_output(call, "w_after", "IO");
    for (size_t i = 0; i < I * O; i++)
        u.total += w[i] * w[i];
    u.total = real_sqrt(u.total);
    int by_row = rows ^ other_axis;
    size_t count = by_row ? I : O, length = by_row ? O : I, stride = by_row ? 1 : O;
    for (size_t k = 0; k < count; k++) {
        const real *from = &w[by_row ? k * O : k];
        real scale = 0, squares = 0;
        u.sum = 0;
        for (size_t i = 0; i < length; i++)
            scale = real_abs(from[i * stride]) > scale ? real_abs(from[i * stride]) : scale;
        /* As LAPACK's nrm2: relative to the largest, from the end. */
        for (size_t i = length; i-- > 0 && scale > 0;) {
            squares += (from[i * stride] / scale) * (from[i * stride] / scale);
            u.sum += real_abs(from[i * stride]);
        }
        u.norm = scale * real_sqrt(squares);
        u.largest = scale;
        real f = factor(&u);
        if (k < (rows ? I : O))
            norm[k] = u.norm;
        for (size_t i = 0; i < length; i++)
            w_after[(by_row ? k * O : k) + i * stride] = from[i * stride] * f;
    }
}

static void scaled_norm(struct call *call)
{
    run(call, 0, right);
}

static void other_axis(struct call *call)
{
    run(call, 1, right);
}

static real of_whole(const struct unit *u)
{
    struct unit whole = *u;
    whole.norm = u->total;
    return right(&whole);
}

static void whole_matrix(struct call *call)
{
    run(call, 0, of_whole);
}

static real of_square(const struct unit *u)
{
    struct unit other = *u;
    other.norm = u->norm * u->norm;
    return right(&other);
}

static void square_for_norm(struct call *call)
{
    run(call, 0, of_square);
}

static real to_sphere(const struct unit *u)
{
    return u->norm > 0 ? u->limit / (u->norm + u->epsilon) : 1;
}

static void unit_norm(struct call *call)
{
    run(call, 0, to_sphere);
}

static real without_epsilon(const struct unit *u)
{
    struct unit other = *u;
    other.epsilon = 0;
    return right(&other);
}

static void epsilon_ignored(struct call *call)
{
    run(call, 0, without_epsilon);
}

static real clipped(const struct unit *u)
{
    struct unit other = *u;
    other.rescale = 0;
    return right(&other);
}

static void never_inside(struct call *call)
{
    run(call, 0, clipped);
}

static real rescaled(const struct unit *u)
{
    struct unit other = *u;
    other.rescale = 1;
    return right(&other);
}

static void always_rescaled(struct call *call)
{
    run(call, 0, rescaled);
}

static real of_largest(const struct unit *u)
{
    struct unit other = *u;
    other.norm = u->largest;
    return right(&other);
}

static void largest_weight(struct call *call)
{
    run(call, 0, of_largest);
}

static real of_magnitudes(const struct unit *u)
{
    struct unit other = *u;
    other.norm = u->sum;
    return right(&other);
}

static void sum_of_magnitudes(struct call *call)
{
    run(call, 0, of_magnitudes);
}

static real unguarded(const struct unit *u)
{
    return u->rescale ? (u->norm < u->limit ? u->norm : u->limit) / (u->epsilon + u->norm)
                      : right(u);
}

static void zero_over_zero(struct call *call)
{
    run(call, 0, unguarded);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"scaled_norm", FORK_TWIN, "",
     "Norms relative to the largest weight, added from the end, as nrm2 does.", NULL},
     .answer = scaled_norm},
    {.info = {"other_axis", FORK_BUG, "", "Rows are taken for columns, or columns for rows.", NULL},
     .answer = other_axis},
    {.info = {"whole_matrix", FORK_CONVENTION, "",
     "One norm of the whole matrix (global clipping).", NULL}, .answer = whole_matrix},
    {.info = {"square_for_norm", FORK_BUG, "", "The root is forgotten.", NULL},
     .answer = square_for_norm},
    {.info = {"unit_norm", FORK_CONVENTION, "", "Every unit is put on the sphere, from inside too.",
     NULL}, .answer = unit_norm},
    {.info = {"epsilon_ignored", FORK_CONVENTION, "", "Without epsilon.", NULL},
     .answer = epsilon_ignored},
    {.info = {"never_inside", FORK_CONVENTION, "",
     "Weights inside the ball are left alone where Keras rescales them.", NULL},
     .answer = never_inside},
    {.info = {"always_rescaled", FORK_CONVENTION, "",
     "Weights inside the ball are rescaled where they should be left alone.", NULL},
     .answer = always_rescaled},
    {.info = {"largest_weight", FORK_BUG, "", "The largest magnitude is taken for the norm.", NULL},
     .answer = largest_weight},
    {.info = {"sum_of_magnitudes", FORK_BUG, "", "The sum of magnitudes is taken for the norm.",
     NULL}, .answer = sum_of_magnitudes},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "", "A unit of zeros without epsilon becomes 0/0.",
     NULL}, .answer = zero_over_zero},
    /* clang-format on */
};

const struct fork_list max_norm_constraint_forks = {sizeof table / sizeof *table, table};
