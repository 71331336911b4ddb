// SPDX-License-Identifier: MIT
#include "recurrent_growth.h"

struct growth growth_read(struct call *call)
{
    static const char *const activations[] = {"tanh", "linear", NULL};
    struct growth r = {.linear = call_choice(call, "activation", activations)};
    r.h0 = call_input(call, "h0", "NH");
    r.x = call_input(call, "x", "TNH");
    r.w = call_input(call, "w", "HH");
    r.dh = call_input(call, "dh", "NH");
    r.N = call_size(call, 'N');
    r.H = call_size(call, 'H');
    r.T = call_size(call, 'T');
    r.block = call_block(call);
    if (r.T == 0)
        call_fail(call, "input 'x' has no steps");
    if (r.N == 0)
        call_fail(call, "input 'h0' has no samples");
    r.back = call_count_or(call, "steps_back", r.T, 1, r.T);
    int cut = r.back < r.T;
    call_bind(call, 'K', r.T + 1);
    r.last = call_output(call, "h", "NH");
    r.norm = call_output(call, "norm", "K");
    r.dx = call_output(call, cut ? "gradient_x" : "dx", "TNH");
    r.dh0 = call_output(call, cut ? "gradient_h0" : "dh0", "NH");
    r.dw = call_output(call, cut ? "gradient_w" : "dw", "HH");
    r.h = call_scratch(call, (r.T + 1) * r.N * r.H);
    r.g = call_scratch(call, r.N * r.H);
    r.scaled = call_scratch(call, r.N * r.H);
    r.row = call_scratch(call, r.N);
    return r;
}

void growth_forward(const struct growth *r)
{
    size_t H = r->H, n = r->N * H;
    for (size_t i = 0; i < n; i++)
        r->h[i] = r->h0[i];
    for (size_t i = 0; i < r->T * n; i++) {
        real z = sum_products(r->x[i], H, &r->h[i / H * H], 1, &r->w[i % H], H);
        r->h[n + i] = r->linear ? z : real_tanh(z);
    }
    for (size_t i = 0; i < n; i++)
        r->last[i] = r->h[r->T * n + i];
}

real growth_norm(const struct growth *r, const real *g)
{
    size_t n = r->N * r->H;
    real m = 0;
    for (size_t i = 0; i < n; i++)
        m = real_abs(g[i]) > m ? real_abs(g[i]) : m;
    if (m == 0)
        return 0;
    for (size_t i = 0; i < n; i++)
        r->scaled[i] = g[i] / m;
    for (size_t k = 0; k < r->N; k++) {
        const real *row = &r->scaled[k * r->H];
        r->row[k] = sum_products(R(0.0), r->H, row, 1, row, 1);
    }
    return m * real_sqrt(sum_samples(r->N, r->block, r->row, 1));
}

/* From g_t in r->g to g_{t-1}; dx_t and the part of dw. */
static void step_back(const struct growth *r, size_t t)
{
    size_t H = r->H, n = r->N * H;
    const real *before = &r->h[(t - 1) * n], *h = &r->h[t * n];
    real *dx = &r->dx[(t - 1) * n];
    for (size_t i = 0; i < n; i++)
        dx[i] = r->linear ? r->g[i] : r->g[i] * (1 - h[i] * h[i]);
    for (size_t i = 0; i < H * H; i++)
        r->dw[i] = r->dw[i] + sum_sample_products(r->N, r->block, &before[i / H], H, &dx[i % H], H);
    for (size_t i = 0; i < n; i++)
        r->g[i] = sum_products(R(0.0), H, &dx[i / H * H], 1, &r->w[i % H * H], 1);
}

void recurrent_growth_answer(struct call *call)
{
    struct growth r = growth_read(call);
    growth_forward(&r);
    for (size_t i = 0; i < r.N * r.H; i++)
        r.g[i] = r.dh[i];
    r.norm[0] = growth_norm(&r, r.g);
    for (size_t k = 1; k <= r.back; k++) {
        step_back(&r, r.T - k + 1);
        r.norm[k] = growth_norm(&r, r.g);
    }
    for (size_t i = 0; r.back == r.T && i < r.N * r.H; i++)
        r.dh0[i] = r.g[i];
}
