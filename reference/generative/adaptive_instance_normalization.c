// SPDX-License-Identifier: MIT
#include "adaptive_instance_normalization.h"

#include "named_network.h"

struct block {
    size_t N, C, P, Q, Z, ddof;
    int from_latent, plain;
    real epsilon, offset;
    struct perceptron net;
    struct perceptron_batch use;
    const real *x, *s, *z;
    real *x_hat, *deviation;       /* (N,C,P), (N,C) */
    real *s_gap, *scale, *shift;   /* (N,C,Q), (N,C), (N,C) */
    real *v, *r, *dscale, *dshift; /* (N,Z), (N), (N,C), (N,C) */
};

/* Mean and deviation of n values; gap holds their distances from the mean. */
static void measure(const struct block *is, const real *x, size_t n, real *gap, real *mean,
                    real *deviation)
{
    *mean = sum_features(n, x, 1) / real_count(n);
    for (size_t p = 0; p < n; p++)
        gap[p] = x[p] - *mean;
    real square = sum_products(R(0.0), n, gap, 1, gap, 1);
    *deviation = real_sqrt(square / real_count(n - is->ddof) + is->epsilon);
}

static void read_style(struct call *call, struct block *is)
{
    size_t maps = is->N * is->C;
    is->scale = call_scratch(call, maps);
    is->shift = call_scratch(call, maps);
    if (!is->from_latent) {
        is->s = call_input(call, "s", "NCQ");
        is->Q = call_size(call, 'Q');
        if (is->Q <= is->ddof)
            call_fail(call, "input 's' has too few positions for a deviation");
        is->s_gap = call_scratch(call, maps * is->Q);
        for (size_t i = 0; i < maps; i++)
            measure(is, &is->s[i * is->Q], is->Q, &is->s_gap[i * is->Q], &is->shift[i],
                    &is->scale[i]);
        return;
    }
    network_read(call, &is->net, "m", 'a');
    is->z = call_input(call, "z", "Na");
    is->Z = network_inputs(&is->net);
    if (network_outputs(&is->net) != 2 * is->C)
        call_fail(call, "the network of 'mw1' must end in a scale and a shift for each map");
    is->v = call_scratch(call, is->N * is->Z);
    is->r = call_scratch(call, is->N);
    for (size_t i = 0; i < is->N * is->Z; i++) {
        const real *z = &is->z[i / is->Z * is->Z];
        real square = sum_products(R(0.0), is->Z, z, 1, z, 1);
        is->r[i / is->Z] = is->plain ? 1 : real_sqrt(square / real_count(is->Z) + R(1e-8));
        is->v[i] = is->plain ? is->z[i] : is->z[i] / is->r[i / is->Z];
    }
    const real *h = network_forward(call, &is->net, &is->use, is->v, is->N);
    for (size_t i = 0; i < maps; i++) {
        size_t n = i / is->C, c = i % is->C;
        is->scale[i] = is->offset + h[n * 2 * is->C + c];
        is->shift[i] = h[n * 2 * is->C + is->C + c];
    }
}

static void backward_map(const struct block *is, const real *dy, real *dx, size_t i, real *d)
{
    size_t P = is->P;
    const real *x_hat = &is->x_hat[i * P];
    is->dscale[i] = sum_products(R(0.0), P, &dy[i * P], 1, x_hat, 1);
    is->dshift[i] = sum_features(P, &dy[i * P], 1);
    for (size_t p = 0; p < P; p++)
        d[p] = is->scale[i] * dy[i * P + p];
    real mean = sum_features(P, d, 1) / real_count(P);
    real slope = sum_products(R(0.0), P, d, 1, x_hat, 1) / real_count(P - is->ddof);
    for (size_t p = 0; p < P; p++)
        dx[i * P + p] = (d[p] - mean - x_hat[p] * slope) / is->deviation[i];
}

static void backward_features(struct call *call, const struct block *is)
{
    real *ds = call_output(call, "ds", "NCQ"), Q = real_count(is->Q);
    for (size_t i = 0; i < is->N * is->C * is->Q; i++) {
        size_t map = i / is->Q;
        real part = is->s_gap[i] / (real_count(is->Q - is->ddof) * is->scale[map]);
        ds[i] = is->dshift[map] / Q + is->dscale[map] * part;
    }
}

static void backward_latent(struct call *call, struct block *is)
{
    size_t Z = is->Z, C = is->C;
    real *dh = call_scratch(call, is->N * 2 * C), *dv = call_scratch(call, is->N * Z);
    real *dz = call_output(call, "dz", "Na");
    for (size_t i = 0; i < is->N * C; i++) {
        dh[i / C * 2 * C + i % C] = is->dscale[i];
        dh[i / C * 2 * C + C + i % C] = is->dshift[i];
    }
    network_backward(&is->net, &is->use, dv, dh, is->v, is->N, call_block(call));
    for (size_t i = 0; i < is->N * Z; i++) {
        size_t row = i / Z * Z;
        real slope = sum_products(R(0.0), Z, &dv[row], 1, &is->v[row], 1) / real_count(Z);
        dz[i] = is->plain ? dv[i] : (dv[i] - is->v[i] * slope) / is->r[i / Z];
    }
    network_gradients(call, &is->net, "m", 'a', 1, &is->use);
}

static void read(struct call *call, struct block *is)
{
    static const char *const styles[] = {"features", "latent", NULL};
    static const char *const latents[] = {"normalized", "plain", NULL};
    static const char *const deviations[] = {"population", "sample", NULL};
    is->from_latent = call_choice(call, "style", styles) == 1;
    is->plain = call_choice(call, "latent", latents) == 1;
    is->ddof = (size_t)call_choice(call, "deviation", deviations);
    is->epsilon = call_number_or(call, "epsilon", R(1e-5));
    is->offset = call_number_or(call, "offset", R(1.0));
    is->x = call_input(call, "x", "NCP");
    is->N = call_size(call, 'N');
    is->C = call_size(call, 'C');
    is->P = call_size(call, 'P');
    if (!(is->epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0, for maps that are constant");
    if (is->P <= is->ddof)
        call_fail(call, "input 'x' has too few positions for a deviation");
}

void adaptive_instance_normalization_answer(struct call *call)
{
    struct block is;
    read(call, &is);
    read_style(call, &is);
    size_t maps = is.N * is.C, P = is.P;
    real *y = call_output(call, "y", "NCP"), mean;
    is.x_hat = call_scratch(call, maps * P);
    is.deviation = call_scratch(call, maps);
    is.dscale = call_scratch(call, maps);
    is.dshift = call_scratch(call, maps);
    for (size_t i = 0; i < maps; i++) {
        measure(&is, &is.x[i * P], P, &is.x_hat[i * P], &mean, &is.deviation[i]);
        for (size_t p = i * P; p < (i + 1) * P; p++) {
            is.x_hat[p] = is.x_hat[p] / is.deviation[i];
            y[p] = is.scale[i] * is.x_hat[p] + is.shift[i];
        }
    }
    if (!call_has(call, "dy"))
        return;
    const real *dy = call_input(call, "dy", "NCP");
    real *dx = call_output(call, "dx", "NCP"), *d = call_scratch(call, P);
    for (size_t i = 0; i < maps; i++)
        backward_map(&is, dy, dx, i, d);
    if (is.from_latent)
        backward_latent(call, &is);
    else
        backward_features(call, &is);
}
