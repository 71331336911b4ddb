// SPDX-License-Identifier: MIT
#include "drop_connect.h"

struct connections connections_read(struct call *call)
{
    static const char *const scopes[] = {"sample", "batch", NULL};
    static const char *const scalings[] = {"inverted", "inference", NULL};
    struct connections r = {.survival = survival_read(call)};
    real keep = r.survival.keep, inverse = keep > 0 ? 1 / keep : 0;
    r.per_batch = call_choice(call, "scope", scopes);
    r.at_inference = call_choice(call, "scaling", scalings);
    r.scale = r.at_inference ? 1 : inverse;
    r.factor = r.at_inference ? keep : 1;
    r.x = call_input(call, "x", "NI");
    r.w = call_input(call, "w", "IO");
    r.b = call_input(call, "b", "O");
    r.kept = mask_read(call, r.survival, r.per_batch ? "IO" : "NIO");
    r.N = call_size(call, 'N');
    r.I = call_size(call, 'I');
    r.O = call_size(call, 'O');
    r.block = call_block(call);
    r.y = call_output(call, "y", "NO");
    r.y_inference = call_output(call, "y_inference", "NO");
    r.v = call_scratch(call, r.I * r.O);
    r.part = call_scratch(call, r.N);
    if (call_has(call, "dy")) {
        r.dy = call_input(call, "dy", "NO");
        r.dx = call_output(call, "dx", "NI");
        r.dw = call_output(call, "dw", "IO");
        r.db = call_output(call, "db", "O");
    }
    return r;
}

int connections_kept(const struct connections *r, size_t n, size_t i)
{
    return r->kept[r->per_batch ? i : n * r->I * r->O + i];
}

static void one_sample(const struct connections *r, size_t n)
{
    size_t I = r->I, O = r->O;
    for (size_t i = 0; i < I * O; i++)
        r->v[i] = connections_kept(r, n, i) ? r->scale * r->w[i] : 0;
    for (size_t o = 0; o < O; o++)
        r->y[n * O + o] = sum_products(r->b[o], I, &r->x[n * I], 1, &r->v[o], O);
    for (size_t i = 0; r->dy && i < I; i++)
        r->dx[n * I + i] = sum_products(R(0.0), O, &r->dy[n * O], 1, &r->v[i * O], 1);
}

static void weights(const struct connections *r)
{
    size_t I = r->I, O = r->O;
    for (size_t i = 0; i < I * O; i++) {
        for (size_t n = 0; n < r->N; n++) {
            real x = r->scale * r->x[n * I + i / O];
            r->part[n] = connections_kept(r, n, i) ? x * r->dy[n * O + i % O] : 0;
        }
        r->dw[i] = sum_samples(r->N, r->block, r->part, 1);
    }
    for (size_t o = 0; o < O; o++)
        r->db[o] = sum_samples(r->N, r->block, &r->dy[o], O);
}

void drop_connect_answer(struct call *call)
{
    struct connections r = connections_read(call);
    for (size_t n = 0; n < r.N; n++)
        one_sample(&r, n);
    if (r.dy)
        weights(&r);
    for (size_t i = 0; i < r.I * r.O; i++)
        r.v[i] = r.factor * r.w[i];
    for (size_t i = 0; i < r.N * r.O; i++)
        r.y_inference[i] =
            sum_products(r.b[i % r.O], r.I, &r.x[i / r.O * r.I], 1, &r.v[i % r.O], r.O);
}
