// SPDX-License-Identifier: MIT
#include "../../reference/gradients/guarded_division.h"
#include "../fork.h"

/* Through the reciprocal of a divisor that has been replaced by 1 where it is guarded. */
static void double_where(struct call *call)
{
    struct quotient d = quotient_read(call);
    for (size_t i = 0; i < d.n; i++) {
        int safe = real_abs(d.b[i]) > d.guard;
        real inverse = 1 / (safe ? d.b[i] : R(1.0)), upstream = safe ? d.dy[i] : 0;
        d.y[i] = safe ? d.a[i] * inverse : d.fill;
        d.da[i] = upstream * inverse;
        d.db[i] = -(upstream * d.a[i]) * inverse * inverse;
    }
}

enum mistake {
    LEAK,
    LEAK_FORWARD,
    UPSTREAM_WHERE_GUARDED,
    SIGN_LOST,
    SQUARE_LOST,
    UPSTREAM_IGNORED,
    EPSILON_ADDED,
    NEGATIVE_GUARDED,
    BOUNDARY_DIVIDED
};

static void wrong_element(const struct quotient *d, enum mistake mistake, size_t i)
{
    real a = d->a[i], b = d->b[i], dy = d->dy[i];
    int guarded = real_abs(b) <= d->guard;
    if (mistake == LEAK) {
        real masked = guarded ? 0 : dy;
        d->da[i] = masked * (1 / b);
        d->db[i] = masked * (-a / (b * b));
    } else if (mistake == LEAK_FORWARD) {
        d->y[i] = (guarded ? 0 : R(1.0)) * (a / b) + (guarded ? d->fill : 0);
    } else if (mistake == UPSTREAM_WHERE_GUARDED) {
        d->da[i] = guarded ? dy : d->da[i];
    } else if (mistake == SIGN_LOST) {
        d->db[i] = -d->db[i];
    } else if (mistake == SQUARE_LOST) {
        d->db[i] = guarded ? 0 : -(dy * a / b);
    } else if (mistake == UPSTREAM_IGNORED) {
        d->da[i] = guarded ? 0 : 1 / b;
    } else if (mistake == EPSILON_ADDED) {
        d->y[i] = a / (b + R(1e-6));
    } else if (mistake == NEGATIVE_GUARDED && b < 0) {
        d->y[i] = d->fill;
        d->da[i] = d->db[i] = 0;
    } else if (mistake == BOUNDARY_DIVIDED && real_abs(b) == d->guard && b != 0) {
        d->y[i] = a / b;
    }
}

static void wrong(struct call *call)
{
    struct quotient d = quotient_read(call);
    quotient_answer(&d);
    for (size_t i = 0; i < d.n; i++)
        wrong_element(&d, (enum mistake)call_variant(call), i);
}

static const struct fork table[] = {
    {.info = {"double_where", FORK_TWIN, "", "Reciprocals of divisors replaced by 1.", NULL},
     .answer = double_where},
    {.info = {"leak", FORK_NUMERICAL, "206",
              "0 times an infinite slope: NaN from the other branch.", NULL},
     .answer = wrong,
     .variant = LEAK},
    {.info = {"leak_forward", FORK_NUMERICAL, "206", "A mask of 0 multiplies an infinite quotient.",
              NULL},
     .answer = wrong,
     .variant = LEAK_FORWARD},
    {.info = {"upstream_where_guarded", FORK_BUG, "206", "A replaced divisor of 1 has a gradient.",
              NULL},
     .answer = wrong,
     .variant = UPSTREAM_WHERE_GUARDED},
    {.info = {"sign_lost", FORK_BUG, "", "The divisor's gradient has the wrong sign.", NULL},
     .answer = wrong,
     .variant = SIGN_LOST},
    {.info = {"square_lost", FORK_BUG, "", "The divisor's gradient is divided by b once.", NULL},
     .answer = wrong,
     .variant = SQUARE_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "a's gradient lacks the upstream.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
    {.info = {"epsilon_added", FORK_CONVENTION, "", "1e-6 is added to every divisor.", NULL},
     .answer = wrong,
     .variant = EPSILON_ADDED},
    {.info = {"negative_guarded", FORK_BUG, "", "All negative divisors are guarded.", NULL},
     .answer = wrong,
     .variant = NEGATIVE_GUARDED},
    {.info = {"boundary_divided", FORK_CONVENTION, "", "A divisor of the guard is used.", NULL},
     .answer = wrong,
     .variant = BOUNDARY_DIVIDED},
    {.info = {"guard_ignored", FORK_BUG, "", "Only exact zeros are guarded.", NULL},
     .number = {"guard", 0}},
    {.info = {"fill_ignored", FORK_BUG, "", "Guarded values are 0.", NULL}, .number = {"fill", 0}},
};

const struct fork_list guarded_division_forks = {sizeof table / sizeof *table, table};
