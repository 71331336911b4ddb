// SPDX-License-Identifier: MIT
#include "interval_bound_propagation.h"

#include "network_outputs.h"

#include <string.h>

struct bounds {
    struct call *call;
    const struct perceptron *net;
    size_t N, block;
    const int *labels;
    int merged;
    /* Of the inputs of every layer (N,size[l]), and of the last outputs. */
    real *m[PERCEPTRON_LAYERS + 1], *r[PERCEPTRON_LAYERS + 1];
    /* Ends before and after the activation that makes the inputs of layer l; inside the box: l =
     * 0 */
    real *low[PERCEPTRON_LAYERS + 1], *high[PERCEPTRON_LAYERS + 1];
    real *f_low[PERCEPTRON_LAYERS + 1], *f_high[PERCEPTRON_LAYERS + 1];
    real *worst; /* (N,K) */
};

static void allocate(struct bounds *is)
{
    for (size_t l = 0; l <= is->net->layers; l++) {
        size_t n = is->N * is->net->size[l];
        is->m[l] = call_scratch(is->call, n);
        is->r[l] = call_scratch(is->call, n);
        is->low[l] = call_scratch(is->call, n);
        is->high[l] = call_scratch(is->call, n);
        is->f_low[l] = call_scratch(is->call, n);
        is->f_high[l] = call_scratch(is->call, n);
    }
}

static void center(struct bounds *is, size_t l, const real *low, const real *high)
{
    for (size_t i = 0; i < is->N * is->net->size[l]; i++) {
        is->m[l][i] = (high[i] + low[i]) / 2;
        is->r[l][i] = (high[i] - low[i]) / 2;
    }
}

/* f_low and f_high of the inputs are 1 where the box does not cut. */
static void read_box(struct bounds *is, const real *x)
{
    static const char *const boxes[] = {"clip", "none", NULL};
    int clip = call_choice(is->call, "box", boxes) == 0;
    real epsilon = call_number(is->call, "epsilon");
    real low = call_number_or(is->call, "low", R(0.0)), high = call_number_or(is->call, "high", 1);
    if (!(epsilon >= 0))
        call_fail(is->call, "number 'epsilon' must be at least 0");
    if (!(low < high))
        call_fail(is->call, "number 'low' must be below number 'high'");
    for (size_t i = 0; i < is->N * is->net->size[0]; i++) {
        real below = x[i] - epsilon, above = x[i] + epsilon, room[2] = {below - low, high - above};
        if (clip)
            call_decisions(is->call, 2, room);
        is->f_low[0][i] = clip && room[0] < 0 ? R(0.0) : R(1.0);
        is->f_high[0][i] = clip && room[1] < 0 ? R(0.0) : R(1.0);
        is->low[0][i] = is->f_low[0][i] > 0 ? below : low;
        is->high[0][i] = is->f_high[0][i] > 0 ? above : high;
    }
    center(is, 0, is->low[0], is->high[0]);
}

/* The interval of the outputs of layer l, and of the inputs of the next. */
static void through_layer(struct bounds *is, size_t l)
{
    size_t I = is->net->size[l], O = is->net->size[l + 1], n = is->N * O;
    real *sizes = call_scratch(is->call, I * O);
    for (size_t k = 0; k < I * O; k++)
        sizes[k] = real_abs(is->net->w[l][k]);
    for (size_t k = 0; k < n; k++) {
        size_t from = k / O * I, o = k % O;
        real m = sum_products(is->net->b[l][o], I, is->m[l] + from, 1, is->net->w[l] + o, O);
        real r = sum_products(R(0.0), I, is->r[l] + from, 1, sizes + o, O);
        is->low[l + 1][k] = m - r;
        is->high[l + 1][k] = m + r;
    }
    if (l + 1 == is->net->layers)
        return;
    if (is->net->activation == PERCEPTRON_RELU) {
        call_decisions(is->call, n, is->low[l + 1]);
        call_decisions(is->call, n, is->high[l + 1]);
    }
    perceptron_activate(is->net->activation, is->f_low[l + 1], is->low[l + 1], n);
    perceptron_activate(is->net->activation, is->f_high[l + 1], is->high[l + 1], n);
    center(is, l + 1, is->f_low[l + 1], is->f_high[l + 1]);
}

/* w_k - w_y of input i of the last layer. */
static real difference(const struct bounds *is, size_t i, size_t k, size_t y)
{
    size_t K = is->net->size[is->net->layers];
    const real *w = is->net->w[is->net->layers - 1] + i * K;
    return w[k] - w[y];
}

static void find_worst(struct bounds *is)
{
    size_t last = is->net->layers - 1, I = is->net->size[last], K = is->net->size[last + 1];
    real *v = call_scratch(is->call, I), *sizes = call_scratch(is->call, I);
    for (size_t i = 0; i < is->N * K; i++) {
        size_t n = i / K, k = i % K, y = (size_t)is->labels[n];
        is->worst[i] = k == y ? is->low[last + 1][i] : is->high[last + 1][i];
        if (!is->merged)
            continue;
        for (size_t j = 0; j < I; j++) {
            v[j] = difference(is, j, k, y);
            sizes[j] = real_abs(v[j]);
        }
        if (k != y)
            call_decisions(is->call, I, v);
        const real *b = is->net->b[last];
        is->worst[i] = sum_products(b[k] - b[y], I, is->m[last] + n * I, 1, v, 1) +
                       sum_products(R(0.0), I, is->r[last] + n * I, 1, sizes, 1);
    }
}

/* From dworst (N,K): dm and dr (N,I) of the inputs of the last layer, and its share of
 * gradients. */
static void back_merged(const struct bounds *is, const real *dworst, real *dm, real *dr, real *dw,
                        real *db)
{
    size_t last = is->net->layers - 1, I = is->net->size[last], K = is->net->size[last + 1];
    real *share = call_scratch(is->call, is->N * I * K), *shift = call_scratch(is->call, is->N * K);
    for (size_t i = 0; i < is->N * I; i++) {
        size_t n = i / I, y = (size_t)is->labels[n];
        real *to = share + i * K, all = R(0.0);
        for (size_t k = 0; k < K; k++) {
            real d = dworst[n * K + k], v = difference(is, i % I, k, y);
            if (k == y)
                continue;
            dm[i] = real_fma(d, v, dm[i]);
            dr[i] = real_fma(d, real_abs(v), dr[i]);
            to[k] = is->m[last][i] * d + (v < 0 ? -1 : v > 0 ? 1 : 0) * (is->r[last][i] * d);
            all = all + to[k];
        }
        to[y] = -all;
    }
    for (size_t n = 0; n < is->N; n++) {
        size_t y = (size_t)is->labels[n];
        real all = R(0.0);
        for (size_t k = 0; k < K; k++) {
            shift[n * K + k] = k == y ? R(0.0) : dworst[n * K + k];
            all = all + shift[n * K + k];
        }
        shift[n * K + y] = -all;
    }
    for (size_t k = 0; k < I * K; k++)
        dw[k] = dw[k] + sum_samples(is->N, is->block, share + k, I * K);
    for (size_t k = 0; k < K; k++)
        db[k] = db[k] + sum_samples(is->N, is->block, shift + k, K);
}

/* From dm and dr of the outputs of layer l before the activation: those of its inputs, and
 * shares. */
static void back_layer(const struct bounds *is, size_t l, const real *dm, const real *dr,
                       real *dm_in, real *dr_in, real *dw, real *db)
{
    size_t I = is->net->size[l], O = is->net->size[l + 1];
    const real *w = is->net->w[l];
    real *share = call_scratch(is->call, is->N), *sizes = call_scratch(is->call, I * O);
    for (size_t k = 0; k < I * O; k++) {
        real sign = w[k] < 0 ? R(-1.0) : w[k] > 0 ? R(1.0) : R(0.0);
        sizes[k] = real_abs(w[k]);
        for (size_t n = 0; n < is->N; n++) {
            size_t from = n * I + k / O, to = n * O + k % O;
            share[n] = is->m[l][from] * dm[to] + sign * (is->r[l][from] * dr[to]);
        }
        dw[k] = dw[k] + sum_samples(is->N, is->block, share, 1);
    }
    for (size_t o = 0; o < O; o++)
        db[o] = db[o] + sum_samples(is->N, is->block, dm + o, O);
    for (size_t i = 0; i < is->N * I; i++) {
        size_t to = i / I * O, from = i % I * O;
        dm_in[i] = sum_products(R(0.0), O, dm + to, 1, w + from, 1);
        dr_in[i] = sum_products(R(0.0), O, dr + to, 1, sizes + from, 1);
    }
}

/* dm and dr after the activation to those before it, in place. */
static void back_activation(const struct bounds *is, size_t l, real *dm, real *dr)
{
    size_t n = is->N * is->net->size[l];
    enum perceptron_activation f = is->net->activation;
    real *d_low = call_scratch(is->call, n), *d_high = call_scratch(is->call, n);
    for (size_t i = 0; i < n; i++) {
        d_high[i] = (dm[i] + dr[i]) / 2;
        d_low[i] = (dm[i] - dr[i]) / 2;
    }
    if (l > 0)
        perceptron_differentiate(f, d_high, d_high, is->high[l], is->f_high[l], n);
    if (l > 0)
        perceptron_differentiate(f, d_low, d_low, is->low[l], is->f_low[l], n);
    for (size_t i = 0; i < n; i++) {
        if (l == 0) {
            d_high[i] = d_high[i] * is->f_high[0][i];
            d_low[i] = d_low[i] * is->f_low[0][i];
        }
        dm[i] = d_high[i] + d_low[i];
        dr[i] = d_high[i] - d_low[i];
    }
}

/* Adds the gradients of the worst case to dw, db and dx. */
static void back(struct bounds *is, const real *dworst, real *dx, real *const *dw, real *const *db)
{
    size_t L = is->net->layers, K = is->net->size[L];
    real *dm[PERCEPTRON_LAYERS + 1], *dr[PERCEPTRON_LAYERS + 1];
    for (size_t l = 0; l <= L; l++) {
        dm[l] = call_scratch(is->call, is->N * is->net->size[l]);
        dr[l] = call_scratch(is->call, is->N * is->net->size[l]);
    }
    for (size_t i = 0; i < is->N * K; i++) {
        dm[L][i] = dworst[i];
        dr[L][i] = (size_t)is->labels[i / K] == i % K ? -dworst[i] : dworst[i];
    }
    for (size_t l = L; l-- > 0;) {
        if (l + 1 == L && is->merged)
            back_merged(is, dworst, dm[l], dr[l], dw[l], db[l]);
        else
            back_layer(is, l, dm[l + 1], dr[l + 1], dm[l], dr[l], dw[l], db[l]);
        back_activation(is, l, dm[l], dr[l]);
    }
    for (size_t i = 0; i < is->N * is->net->size[0]; i++)
        dx[i] = dx[i] + dm[0][i];
}

/* Fills margin and certified, and the accuracy. */
static void certify(struct bounds *is, size_t K)
{
    real *margin = call_output(is->call, "margin", "N");
    real *certified = call_output_integers(is->call, "certified", "N");
    size_t count = 0;
    for (size_t n = 0; n < is->N; n++) {
        size_t y = (size_t)is->labels[n], best = y == 0 ? 1 : 0;
        for (size_t k = best + 1; k < K; k++)
            best = k != y && is->worst[n * K + k] > is->worst[n * K + best] ? k : best;
        margin[n] = is->worst[n * K + y] - is->worst[n * K + best];
        certified[n] = margin[n] > 0;
        count += margin[n] > 0;
    }
    call_decisions(is->call, is->N, margin);
    *call_output(is->call, "accuracy", "") = real_count(count) / real_count(is->N);
}

static void copy(struct call *call, const char *name, const char *shape, const real *from, size_t n)
{
    memcpy(call_output(call, name, shape), from, n * sizeof *from);
}

static void write_gradients(struct call *call, const struct perceptron *net,
                            const struct perceptron_batch *batch)
{
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
    network_outputs(call, net, "d", dw, db);
    for (size_t l = 0; l < net->layers; l++) {
        memcpy(dw[l], batch->dw[l], net->size[l] * net->size[l + 1] * sizeof(real));
        memcpy(db[l], batch->db[l], net->size[l + 1] * sizeof(real));
    }
}

/* The loss; gradients in batch and dx. */
static real robust_loss(struct bounds *is, struct perceptron_batch *batch, const real *x, real *dx)
{
    const struct cross_entropy_rules plain = {0};
    size_t L = is->net->layers, K = is->net->size[L], N = is->N;
    real kappa = call_number_or(is->call, "kappa", R(0.5)), rest = 1 - kappa;
    if (!(kappa >= 0 && kappa <= 1))
        call_fail(is->call, "number 'kappa' must be in [0, 1]");
    real *dworst = call_scratch(is->call, N * K);
    real W = cross_entropy_forward(batch->loss_n, batch->p, batch->z[L - 1], is->labels, &plain, N,
                                   K, is->block);
    cross_entropy_backward(batch->dz[L - 1], &kappa, batch->p, is->labels, W, &plain, N, K);
    real clean = sum_samples(N, is->block, batch->loss_n, 1) / W;
    perceptron_backward(is->net, batch, dx, x, N, is->block);
    cross_entropy_forward(batch->loss_n, batch->p, is->worst, is->labels, &plain, N, K, is->block);
    cross_entropy_backward(dworst, &rest, batch->p, is->labels, W, &plain, N, K);
    back(is, dworst, dx, batch->dw, batch->db);
    return kappa * clean + rest * (sum_samples(N, is->block, batch->loss_n, 1) / W);
}

void interval_bound_propagation_answer(struct call *call)
{
    static const char *const lasts[] = {"merged", "intervals", NULL};
    struct perceptron net;
    struct perceptron_batch batch;
    perceptron_read(call, &net);
    const real *x = call_input(call, "x", "Na"), *targets = NULL;
    size_t K = net.size[net.layers];
    struct bounds is = {.call = call, .net = &net, .N = call_size(call, 'N')};
    is.block = call_block(call);
    is.merged = call_choice(call, "last", lasts) == 0;
    if (K < 2)
        call_fail(call, "input 'w%zu' has one output, but a margin needs two", net.layers);
    perceptron_target(call, &is.labels, &targets);
    if (targets)
        call_fail(call, "convention 'loss' must be cross_entropy");
    perceptron_allocate(call, &net, &batch, is.N);
    perceptron_forward(&net, &batch, x, is.N);
    perceptron_decisions(call, &net, &batch, is.N);
    allocate(&is);
    read_box(&is, x);
    for (size_t l = 0; l < net.layers; l++)
        through_layer(&is, l);
    is.worst = call_output(call, "worst", "NK");
    find_worst(&is);
    copy(call, "z", "NK", batch.z[net.layers - 1], is.N * K);
    copy(call, "lower", "NK", is.low[net.layers], is.N * K);
    copy(call, "upper", "NK", is.high[net.layers], is.N * K);
    certify(&is, K);
    real *dx = call_output(call, "dx", "Na");
    *call_output(call, "loss", "") = robust_loss(&is, &batch, x, dx);
    write_gradients(call, &net, &batch);
}
