// SPDX-License-Identifier: MIT
#include "guarded_division.h"

struct quotient quotient_read(struct call *call)
{
    struct quotient d = {.guard = call_number_or(call, "guard", R(0.0)),
                         .fill = call_number_or(call, "fill", R(0.0))};
    if (!(d.guard >= 0))
        call_fail(call, "number 'guard' must not be below 0");
    d.a = call_input(call, "a", "NC");
    d.b = call_input(call, "b", "NC");
    d.dy = call_input(call, "dy", "NC");
    d.n = call_size(call, 'N') * call_size(call, 'C');
    d.y = call_output(call, "y", "NC");
    d.da = call_output(call, "da", "NC");
    d.db = call_output(call, "db", "NC");
    return d;
}

void quotient_answer(const struct quotient *d)
{
    for (size_t i = 0; i < d->n; i++) {
        int guarded = real_abs(d->b[i]) <= d->guard;
        d->y[i] = guarded ? d->fill : d->a[i] / d->b[i];
        d->da[i] = guarded ? 0 : d->dy[i] / d->b[i];
        d->db[i] = guarded ? 0 : -(d->da[i] * d->y[i]);
    }
}

void guarded_division_answer(struct call *call)
{
    struct quotient d = quotient_read(call);
    quotient_answer(&d);
    real *distance = call_scratch(call, d.n);
    for (size_t i = 0; i < d.n; i++)
        distance[i] = real_abs(d.b[i]) - d.guard;
    call_decisions(call, d.n, distance);
}
