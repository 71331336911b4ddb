// SPDX-License-Identifier: MIT
#include "gradient_penalty.h"

#include "named_network.h"

struct penalty {
    struct perceptron critic;
    size_t N, D, block;
    int form, wasserstein;
    real lambda, center, epsilon, dloss;
    const real *points;
    struct perceptron_batch at; /* the points; its dz and da are e and u, its dw and db the sums */
    real *g, *v0;               /* (N,D) */
    real *r[PERCEPTRON_LAYERS], *v[PERCEPTRON_LAYERS], *q[PERCEPTRON_LAYERS];
};

enum { TWO_SIDED, ONE_SIDED, SQUARED_NORM };

static const real *interpolated(struct call *call, const real *x, const real *fake, size_t N,
                                size_t D)
{
    static const char *const sources[] = {"real", "fake", NULL};
    int from_fake = call_choice(call, "from", sources) == 1;
    const real *base = from_fake ? fake : x, *other = from_fake ? x : fake;
    const real *alpha = call_input(call, "alpha", "N");
    real *p = call_scratch(call, N * D);
    for (size_t n = 0; n < N; n++) {
        if (!(alpha[n] >= 0 && alpha[n] <= 1))
            call_fail(call, "element %zu of input 'alpha' is not between 0 and 1", n);
        for (size_t i = n * D; i < (n + 1) * D; i++)
            p[i] = base[i] + alpha[n] * (other[i] - base[i]);
    }
    return p;
}

static const real *points(struct call *call, const real *x, const real *fake, size_t N, size_t D)
{
    static const char *const places[] = {"interpolates", "real", "fake", "given", NULL};
    switch (call_choice(call, "where", places)) {
    case 1:
        return x;
    case 2:
        return fake;
    case 3:
        return call_input(call, "points", "Na");
    default:
        return interpolated(call, x, fake, N, D);
    }
}

/* f'(z) times `by`, from a = f(z). */
static real sloped(enum perceptron_activation f, real by, real z, real a)
{
    if (f == PERCEPTRON_RELU)
        return z > 0 ? by : 0;
    return f == PERCEPTRON_TANH ? by * (1 - a * a) : by * a * (1 - a);
}

static real curvature(enum perceptron_activation f, real a)
{
    if (f == PERCEPTRON_RELU)
        return 0;
    return f == PERCEPTRON_TANH ? -2 * a * (1 - a * a) : a * (1 - a) * (1 - 2 * a);
}

/* Values of the penalty, and v0. */
static real first_backward(struct call *call, struct penalty *is)
{
    size_t N = is->N, D = is->D;
    real *ones = call_scratch(call, N), *value = call_scratch(call, N);
    real *gap = call_scratch(call, N), *norm = call_output(call, "norm", "N");
    is->g = call_output(call, "gradient", "Na");
    is->v0 = call_scratch(call, N * D);
    for (size_t n = 0; n < N; n++)
        ones[n] = 1;
    network_forward(call, &is->critic, &is->at, is->points, N);
    network_backward(&is->critic, &is->at, is->g, ones, is->points, N, is->block);
    real scale = is->dloss * is->lambda / real_count(N);
    for (size_t n = 0; n < N; n++) {
        real square = sum_products(R(0.0), D, &is->g[n * D], 1, &is->g[n * D], 1);
        real s = norm[n] = real_sqrt(square + is->epsilon), k = 2;
        gap[n] = s - is->center;
        value[n] = gap[n] * gap[n];
        if (is->form == SQUARED_NORM)
            value[n] = square;
        else
            k = s > 0 ? 2 * gap[n] / s : 0;
        if (is->form == ONE_SIDED && !(gap[n] > 0))
            value[n] = k = 0;
        for (size_t i = n * D; i < (n + 1) * D; i++)
            is->v0[i] = scale * k * is->g[i];
    }
    if (is->form == ONE_SIDED)
        call_decisions(call, N, gap);
    return sum_samples(N, is->block, value, 1) / real_count(N);
}

/* r, v and q of all layers. */
static void second_backward(struct call *call, struct penalty *is)
{
    const struct perceptron *net = &is->critic;
    enum perceptron_activation f = net->activation;
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1], count = is->N * O;
        const real *from = l == 0 ? is->v0 : is->v[l - 1];
        is->r[l] = call_scratch(call, count);
        is->v[l] = call_scratch(call, count);
        is->q[l] = call_scratch(call, count);
        for (size_t i = 0; i < count; i++) {
            is->r[l][i] = sum_products(R(0.0), I, &from[i / O * I], 1, &net->w[l][i % O], O);
            is->v[l][i] = sloped(f, is->r[l][i], is->at.z[l][i], is->at.a[l][i]);
        }
    }
    for (size_t l = net->layers - 1; l-- > 0;) {
        size_t O = net->size[l + 1], P = net->size[l + 2];
        for (size_t i = 0; i < is->N * O; i++) {
            real a = is->at.a[l][i];
            real down =
                sum_products(R(0.0), P, &is->q[l + 1][i / O * P], 1, &net->w[l + 1][i % O * P], 1);
            is->q[l][i] = curvature(f, a) * is->at.da[l][i] * is->r[l][i] +
                          sloped(f, down, is->at.z[l][i], a);
        }
    }
}

/* The penalty's part of dw and db, in place of what the first backward left there. */
static void sums(struct penalty *is, struct perceptron_batch *first,
                 struct perceptron_batch *second)
{
    const struct perceptron *net = &is->critic;
    for (size_t l = 0; l < net->layers; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        const real *v = l == 0 ? is->v0 : is->v[l - 1], *e = is->at.dz[l];
        const real *a = l == 0 ? is->points : is->at.a[l - 1], *q = is->q[l];
        for (size_t i = 0; i < I * O; i++) {
            first->dw[l][i] = sum_sample_products(is->N, is->block, &v[i / O], I, &e[i % O], O);
            second->dw[l][i] = sum_sample_products(is->N, is->block, &a[i / O], I, &q[i % O], O);
        }
        for (size_t o = 0; o < O; o++) {
            first->db[l][o] = 0;
            second->db[l][o] = sum_samples(is->N, is->block, &q[o], O);
        }
    }
}

/* The mean of the critic over a batch; its gradient by the weights, times `sign`. */
static real mean_score(struct call *call, const struct penalty *is, struct perceptron_batch *batch,
                       const real *x, real sign)
{
    real *dy = call_scratch(call, is->N);
    const real *y = network_forward(call, &is->critic, batch, x, is->N);
    for (size_t n = 0; n < is->N; n++)
        dy[n] = is->wasserstein ? sign * is->dloss / real_count(is->N) : 0;
    network_backward(&is->critic, batch, NULL, dy, x, is->N, is->block);
    return sum_samples(is->N, is->block, y, 1) / real_count(is->N);
}

static void read_numbers(struct call *call, struct penalty *is)
{
    static const char *const forms[] = {"two_sided", "one_sided", "squared_norm", NULL};
    static const char *const critics[] = {"wasserstein", "none", NULL};
    is->form = call_choice(call, "form", forms);
    is->wasserstein = call_choice(call, "critic", critics) == 0;
    is->lambda = call_number_or(call, "lambda", R(10.0));
    is->center = call_number_or(call, "center", R(1.0));
    is->epsilon = call_number_or(call, "epsilon", R(0.0));
    is->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    is->block = call_block(call);
    if (!(is->lambda >= 0))
        call_fail(call, "number 'lambda' must not be negative");
    if (!(is->center >= 0))
        call_fail(call, "number 'center' must not be negative: it is a length");
    if (!(is->epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be negative");
}

void gradient_penalty_answer(struct call *call)
{
    struct penalty is;
    struct perceptron_batch use[4];
    network_read(call, &is.critic, "", 'a');
    const real *x = call_input(call, "x", "Na"), *fake = call_input(call, "fake", "Na");
    is.N = call_size(call, 'N');
    is.D = network_inputs(&is.critic);
    read_numbers(call, &is);
    if (is.N == 0)
        call_fail(call, "input 'x' has no samples, so the mean is 0 / 0");
    if (network_outputs(&is.critic) != 1)
        call_fail(call, "the critic of the weights 'w1', ... must have one output");
    is.points = points(call, x, fake, is.N, is.D);
    real penalty = first_backward(call, &is);
    second_backward(call, &is);
    real scores = mean_score(call, &is, &use[0], x, R(-1.0));
    scores = mean_score(call, &is, &use[1], fake, R(1.0)) - scores;
    perceptron_allocate(call, &is.critic, &use[2], 0);
    perceptron_allocate(call, &is.critic, &use[3], 0);
    sums(&is, &use[2], &use[3]);
    *call_output(call, "penalty", "") = penalty;
    *call_output(call, "loss", "") = (is.wasserstein ? scores : 0) + is.lambda * penalty;
    network_gradients(call, &is.critic, "", 'a', 4, use);
}
