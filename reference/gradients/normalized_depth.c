// SPDX-License-Identifier: MIT
#include "normalized_depth.h"

void normalized_depth_outputs(struct call *call, const struct depth *d)
{
    size_t L = d->layers;
    call_bind(call, 'L', L);
    real *y = call_output(call, "y", "NH"), *dw1 = call_output(call, "dw1", "DH");
    for (size_t i = 0; i < d->N * d->H; i++)
        y[i] = d->a[L - 1][i];
    for (size_t i = 0; i < d->D * d->H; i++)
        dw1[i] = d->dw[0][i];
    real *norm = call_output(call, "norm", "L");
    for (size_t l = 0; l < L; l++)
        norm[l] = depth_gradient_norm(d, l);
    if (norm[L - 1] == 0)
        call_fail(call, "input 'dy' gives the last layer no gradient, so the ratio is 0 / 0");
    *call_output(call, "ratio", "") = norm[0] / norm[L - 1];
}

void normalized_depth_answer(struct call *call)
{
    struct depth d = depth_read(call);
    const real *dy = call_input(call, "dy", "NH");
    real *upstream = call_scratch(call, d.N * d.H);
    for (size_t i = 0; i < d.N * d.H; i++)
        upstream[i] = dy[i];
    depth_forward(&d);
    depth_backward(&d, call_output(call, "dx", "ND"), upstream);
    normalized_depth_outputs(call, &d);
    depth_decisions(call, &d);
}
