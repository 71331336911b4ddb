// SPDX-License-Identifier: MIT
#include "gradient_descent.h"
#include "optimizer.h"

void gradient_descent_update(real *w, const real *g, real rate, real decay, size_t P)
{
    for (size_t p = 0; p < P; p++)
        w[p] = w[p] - rate * decayed_gradient(g[p], decay, w[p]);
}

void gradient_descent_answer(struct call *call)
{
    struct updates u = updates_read(call);
    real decay = updates_positive_or(call, "weight_decay", R(0.0));
    real *w_after = call_output(call, "w_after", "SP");
    for (size_t s = 0; s < u.S; s++) {
        gradient_descent_update(u.w, &u.g[s * u.P], u.rate[s], decay, u.P);
        updates_record(w_after, u.w, s, u.P);
    }
}
