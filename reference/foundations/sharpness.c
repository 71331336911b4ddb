// SPDX-License-Identifier: MIT
#include "sharpness.h"

static void read_conventions(struct call *call, struct sharpness *loss)
{
    static const char *const models[] = {"logistic", "network", NULL};
    static const char *const estimates[] = {"rayleigh", "norm", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const errors[] = {"squared", "half_squared", NULL};
    static const char *const curvatures[] = {"hessian", "gauss_newton", NULL};
    loss->network = call_choice(call, "model", models);
    loss->norm = call_choice(call, "estimate", estimates);
    loss->sum = call_choice(call, "reduction", reductions);
    loss->f = call_choice(call, "error", errors) ? 1 : 2;
    loss->gauss_newton = call_choice(call, "curvature", curvatures);
    loss->S = call_count(call, "steps", 1, 1 << 16);
    loss->rate = call_number_or(call, "rate", R(1.0));
    loss->l2 = call_number_or(call, "l2", R(0.0));
    loss->shift = call_number_or(call, "shift", R(0.0));
    if (!(loss->l2 >= 0))
        call_fail(call, "number 'l2' is negative: it would reward large weights");
    if (!(loss->rate > 0))
        call_fail(call, "number 'rate' is not positive: nothing would move");
}

static void run_network(struct call *call, struct sharpness *loss)
{
    size_t N = loss->N, D = loss->D, H;
    loss->w1 = call_input(call, "w1", "DH");
    loss->b1 = call_input(call, "b1", "H");
    loss->w2 = call_input(call, "w2", "H");
    loss->b2 = *call_input(call, "b2", "");
    loss->t = call_input(call, "t", "N");
    H = loss->H = call_size(call, 'H');
    loss->a = call_scratch(call, N * H);
    loss->e = call_scratch(call, N);
    loss->turn = call_scratch(call, N * H);
    loss->out = call_scratch(call, N * H);
    for (size_t n = 0; n < N; n++) {
        real *a = &loss->a[n * H];
        for (size_t h = 0; h < H; h++)
            a[h] = real_tanh(sum_products(loss->b1[h], D, &loss->x[n * D], 1, &loss->w1[h], H));
        loss->e[n] = loss->f * (sum_products(loss->b2, H, a, 1, loss->w2, 1) - loss->t[n]);
    }
    call_bind(call, 'P', D * H + 2 * H + 1);
}

static void run_logistic(struct call *call, struct sharpness *loss)
{
    size_t D = loss->D;
    loss->slope = call_scratch(call, loss->N);
    call_bind(call, 'P', D);
    loss->w = call_input(call, "w", "P");
    for (size_t n = 0; n < loss->N; n++) {
        real z = sum_products(0, D, &loss->x[n * D], 1, loss->w, 1), e = real_exp(-real_abs(z));
        real q = z < 0 ? e / (1 + e) : 1 / (1 + e);
        loss->slope[n] = q * (1 - q);
    }
}

struct sharpness sharpness_read(struct call *call)
{
    struct sharpness loss = {.block = call_block(call)};
    read_conventions(call, &loss);
    loss.x = call_input(call, "x", "ND");
    loss.N = call_size(call, 'N');
    loss.D = call_size(call, 'D');
    loss.down = call_scratch(call, loss.N);
    if (loss.N == 0)
        call_fail(call, "input 'x' has no samples; the mean over them is 0 / 0");
    if (loss.network)
        run_network(call, &loss);
    else
        run_logistic(call, &loss);
    loss.start = call_input(call, "start", "P");
    loss.P = call_size(call, 'P');
    call_bind(call, 'S', loss.S);
    return loss;
}

/* The derivatives along v: turn = that of dloss/dz, out = that of the terms of w2, down = e'. */
static void turn_sample(struct sharpness *loss, const real *v, size_t n)
{
    size_t D = loss->D, H = loss->H;
    const real *a = &loss->a[n * H], *b1 = &v[D * H], *w2 = &b1[H], *b2 = &w2[H];
    real *turn = &loss->turn[n * H], *out = &loss->out[n * H], e = loss->e[n];
    for (size_t h = 0; h < H; h++)
        turn[h] = (1 - a[h] * a[h]) * sum_products(b1[h], D, &loss->x[n * D], 1, &v[h], H);
    real down = sum_products(*b2, H, turn, 1, loss->w2, 1);
    down = loss->f * sum_products(down, H, a, 1, w2, 1);
    loss->down[n] = down;
    for (size_t h = 0; h < H; h++) {
        real steep = 1 - a[h] * a[h], moved = turn[h];
        if (loss->gauss_newton) {
            out[h] = a[h] * down;
            turn[h] = steep * (loss->w2[h] * down);
        } else {
            out[h] = moved * e + a[h] * down;
            turn[h] =
                steep * (w2[h] * e + loss->w2[h] * down) - 2 * a[h] * moved * (loss->w2[h] * e);
        }
    }
}

void sharpness_product(real *y, struct sharpness *loss, const real *v)
{
    size_t N = loss->N, D = loss->D, H = loss->H, block = loss->block;
    for (size_t n = 0; n < N; n++) {
        if (loss->network)
            turn_sample(loss, v, n);
        else
            loss->down[n] = loss->slope[n] * sum_products(0, D, &loss->x[n * D], 1, v, 1);
    }
    for (size_t p = 0; p < loss->P; p++) {
        if (!loss->network)
            y[p] = sum_sample_products(N, block, &loss->x[p], D, loss->down, 1);
        else if (p < D * H)
            y[p] = sum_sample_products(N, block, &loss->x[p / H], D, &loss->turn[p % H], H);
        else if (p < D * H + H)
            y[p] = sum_samples(N, block, &loss->turn[p - D * H], H);
        else if (p < D * H + 2 * H)
            y[p] = sum_samples(N, block, &loss->out[p - D * H - H], H);
        else
            y[p] = sum_samples(N, block, loss->down, 1);
        if (!loss->sum)
            y[p] = y[p] / real_count(N);
        y[p] = y[p] + (loss->l2 + loss->shift) * v[p];
    }
}

static real norm(const real *y, size_t P)
{
    return real_sqrt(sum_products(0, P, y, 1, y, 1));
}

void sharpness_answer(struct call *call)
{
    struct sharpness loss = sharpness_read(call);
    size_t P = loss.P, S = loss.S;
    real *eigenvalue = call_output(call, "eigenvalue", "S");
    real *residual = call_output(call, "residual", "S"), *v = call_output(call, "direction", "P");
    real *y = call_scratch(call, P), *rest = call_scratch(call, P), length = norm(loss.start, P);
    if (!(length > 0))
        call_fail(call, "input 'start' is 0, which has no direction");
    for (size_t p = 0; p < P; p++)
        v[p] = loss.start[p] / length;
    for (size_t s = 0; s < S; s++) {
        sharpness_product(y, &loss, v);
        real along = sum_products(0, P, v, 1, y, 1);
        length = norm(y, P);
        if (!(length > 0))
            call_fail(call, "the loss of input 'x' is flat: H v is 0 at step %zu", s + 1);
        for (size_t p = 0; p < P; p++) {
            rest[p] = y[p] - along * v[p];
            v[p] = y[p] / length;
        }
        residual[s] = norm(rest, P);
        eigenvalue[s] = (loss.norm ? length : along) - loss.shift;
    }
    real room = 2 / loss.rate - eigenvalue[S - 1];
    call_decisions(call, 1, &room);
    *call_output_integers(call, "stable", "") = room >= 0;
}
