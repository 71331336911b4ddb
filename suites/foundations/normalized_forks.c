// SPDX-License-Identifier: MIT
#include "normalized_forks.h"

#include "../../reference/foundations/dense_layer.h"

/* One layer on its way: v -> x_hat -> y, all (N,O); s of every value. Batches are normalised shard
 * by shard; without a mistake the only shard is everything. */
struct layer {
    struct hidden_normalization *is;
    size_t l, N, O, shard;
    enum normalized_mistake mistake;
    real *s;
};

/* Samples first .. end - 1 of unit o. */
struct part {
    size_t first, end, o;
    real mean, squares;
};

static struct part find_statistics(const struct layer *at, size_t first, size_t o)
{
    struct part p = {first, first + at->shard < at->N ? first + at->shard : at->N, o, 0, 0};
    const real *v = at->is->input[at->l];
    for (size_t n = p.end; n-- > first;)
        p.mean += v[n * at->O + o];
    p.mean = p.mean / real_count(p.end - first);
    for (size_t n = p.end; n-- > first;) {
        const real centred = v[n * at->O + o] - p.mean;
        p.squares += centred * centred;
    }
    return p;
}

static real divisor_of(const struct layer *at, const struct part *p)
{
    const real epsilon = at->is->epsilon, count = real_count(p->end - p->first);
    if (at->mistake == NORMALIZED_BY_RUNNING)
        return real_sqrt(at->is->running_variance[at->l][p->o] + epsilon);
    if (at->mistake == NORMALIZED_EPSILON_OUTSIDE)
        return real_sqrt(p->squares / count) + epsilon;
    if (at->mistake == NORMALIZED_BY_UNBIASED && p->end - p->first > 1)
        return real_sqrt(p->squares / (count - 1) + epsilon);
    return real_sqrt(p->squares / count + epsilon);
}

static void keep_running(const struct layer *at, const struct part *p)
{
    const struct hidden_normalization *is = at->is;
    const int swaps = at->mistake == NORMALIZED_MOMENTUM_OLD;
    const real old = swaps ? is->fresh : is->old, fresh = swaps ? is->old : is->fresh;
    const real count = real_count(p->end - p->first);
    real *mean = &is->running_mean[at->l][p->o], *variance = &is->running_variance[at->l][p->o];
    real now = p->squares / (is->biased || p->end - p->first == 1 ? count : count - 1);
    if (at->mistake == NORMALIZED_EPSILON_KEPT)
        now += is->epsilon;
    *mean = old * *mean + fresh * p->mean;
    *variance = old * *variance + fresh * now;
}

static void forward_part(const struct layer *at, real *y, const struct part *p)
{
    const struct hidden_normalization *is = at->is;
    const real s = divisor_of(at, p);
    const real mean =
        at->mistake == NORMALIZED_BY_RUNNING ? is->running_mean[at->l][p->o] : p->mean;
    for (size_t n = p->first; n < p->end; n++) {
        const size_t i = n * at->O + p->o;
        at->s[i] = s;
        is->x_hat[at->l][i] = (is->input[at->l][i] - mean) / s;
        y[i] = is->gamma[at->l][p->o] * is->x_hat[at->l][i] + is->beta[at->l][p->o];
    }
    if (p->first == 0)
        keep_running(at, p);
}

static void forward(const struct layer *at, real *y)
{
    for (size_t first = 0; first < at->N; first += at->shard)
        for (size_t o = 0; o < at->O; o++) {
            const struct part p = find_statistics(at, first, o);
            forward_part(at, y, &p);
        }
}

/* How much one x_hat loses by another one's input, times s and the values of the shard. */
static real coupling(const struct layer *at, real x_hat, real other)
{
    if (at->mistake == NORMALIZED_CONSTANTS || at->mistake == NORMALIZED_BY_RUNNING)
        return 0;
    return at->mistake == NORMALIZED_CONSTANT_VARIANCE ? 1 : 1 + x_hat * other;
}

/* dv (N,O) from dy, every input from every output of its shard. */
static void backward(const struct layer *at, real *dv, const real *dy)
{
    struct hidden_normalization *is = at->is;
    const real *x_hat = is->x_hat[at->l];
    const size_t N = at->N, O = at->O;
    for (size_t o = 0; o < O; o++)
        is->dgamma[at->l][o] = is->dbeta[at->l][o] = 0;
    for (size_t i = N * O; i-- > 0;) {
        is->dgamma[at->l][i % O] += dy[i] * x_hat[i];
        is->dbeta[at->l][i % O] += dy[i];
    }
    for (size_t i = 0; i < N * O; i++) {
        const size_t first = i / O / at->shard * at->shard;
        const size_t end = first + at->shard < N ? first + at->shard : N;
        real sum = 0;
        for (size_t n = first; n < end; n++) {
            const size_t j = n * O + i % O;
            sum += dy[j] * coupling(at, x_hat[i], x_hat[j]);
        }
        dv[i] = is->gamma[at->l][i % O] / at->s[i] * (dy[i] - sum / real_count(end - first));
    }
}

static void mask(const struct training *t, size_t l, real *to, const real *from, size_t n)
{
    const int *kept = t->space.mask[l];
    for (size_t i = 0; i < n; i++)
        to[i] = !kept ? from[i] : kept[i] ? t->space.scale * from[i] : 0;
}

/* z of the last layer from the batch. */
static void run_forward(struct call *call, struct training *t, struct layer *layer, size_t n,
                        enum normalized_mistake mistake)
{
    const struct perceptron *net = &t->net;
    struct perceptron_batch *space = &t->space;
    const size_t shard = mistake == NORMALIZED_BY_SHARDS ? (n + 1) / 2 : n, last = net->layers - 1;
    const int before = t->normalization.place == BEFORE_ACTIVATION;
    const real *a = t->x_batch;
    for (size_t l = 0; l < last; l++) {
        const size_t O = net->size[l + 1];
        real *v = t->normalization.input[l], *s = call_scratch(call, n * O);
        layer[l] = (struct layer){&t->normalization, l, n, O, shard, mistake, s};
        dense_layer_forward(before ? v : space->z[l], a, net->w[l], net->b[l], n, net->size[l], O);
        if (before)
            forward(&layer[l], space->z[l]);
        perceptron_activate(net->activation, before ? space->y[l] : v, space->z[l], n * O);
        if (!before)
            forward(&layer[l], space->y[l]);
        mask(t, l, space->a[l], space->y[l], n * O);
        a = space->a[l];
    }
    dense_layer_forward(space->z[last], a, net->w[last], net->b[last], n, net->size[last],
                        net->size[last + 1]);
}

/* dz of hidden layer l from da. */
static void run_back(struct call *call, struct training *t, const struct layer *layer, size_t l)
{
    struct perceptron_batch *space = &t->space;
    const size_t count = layer[l].N * layer[l].O;
    real *da = space->da[l], *dz = space->dz[l], *dv = call_scratch(call, count);
    mask(t, l, da, da, count);
    if (t->normalization.place == BEFORE_ACTIVATION) {
        perceptron_differentiate(t->net.activation, dv, da, space->z[l], space->y[l], count);
        backward(&layer[l], dz, dv);
    } else {
        backward(&layer[l], dv, da);
        perceptron_differentiate(t->net.activation, dz, dv, space->z[l], t->normalization.input[l],
                                 count);
    }
}

real normalized_gradient(struct call *call, struct training *t, size_t n,
                         enum normalized_mistake mistake)
{
    const struct perceptron *net = &t->net;
    struct perceptron_batch *space = &t->space;
    struct layer layer[PERCEPTRON_LAYERS];
    hidden_normalization_check(call, &t->normalization, n);
    run_forward(call, t, layer, n, mistake);
    perceptron_decisions(call, net, space, n);
    const real loss = perceptron_loss(net, space, t->labels ? t->labels_batch : NULL,
                                      t->targets_batch, n, t->block);
    for (size_t l = net->layers; l-- > 0;) {
        dense_layer_backward(l == 0 ? NULL : space->da[l - 1], space->dw[l], space->db[l],
                             space->dz[l], l == 0 ? t->x_batch : space->a[l - 1], net->w[l], n,
                             net->size[l], net->size[l + 1], t->block);
        if (l > 0)
            run_back(call, t, layer, l - 1);
    }
    return loss;
}
