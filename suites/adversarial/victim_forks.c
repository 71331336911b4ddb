// SPDX-License-Identifier: MIT
#include "victim_forks.h"

struct tangents tangents_create(struct call *call, struct victim *victim)
{
    struct tangents is = {.victim = victim};
    size_t widest = 0;
    for (size_t l = 0; l <= victim->net.layers; l++)
        widest = victim->net.size[l] > widest ? victim->net.size[l] : widest;
    is.a = call_scratch(call, widest);
    is.next = call_scratch(call, widest);
    is.t = call_scratch(call, victim->D * widest);
    is.t_next = call_scratch(call, victim->D * widest);
    is.z = call_scratch(call, victim->N * victim->K);
    return is;
}

/* f(z), and its derivative. */
static real activate(enum perceptron_activation f, real z, real *slope)
{
    if (f == PERCEPTRON_RELU) {
        *slope = z > 0 ? 1 : 0;
        return z > 0 ? z : 0;
    }
    if (f == PERCEPTRON_TANH) {
        real a = real_tanh(z);
        *slope = (1 - a) * (1 + a);
        return a;
    }
    real a = 1 / (1 + real_exp(-z));
    *slope = a * (1 - a);
    return a;
}

/* One layer of a sample and of its D tangents. */
static void pass(struct tangents *is, size_t l, size_t D)
{
    const struct perceptron *net = &is->victim->net;
    size_t I = net->size[l], O = net->size[l + 1];
    for (size_t o = 0; o < O; o++) {
        real z = 0, slope = 1;
        for (size_t i = I; i-- > 0;)
            z = z + is->a[i] * net->w[l][i * O + o];
        z = z + net->b[l][o];
        is->next[o] = l + 1 < net->layers ? activate(net->activation, z, &slope) : z;
        for (size_t d = 0; d < D; d++) {
            real t = 0;
            for (size_t i = I; i-- > 0;)
                t = t + is->t[d * I + i] * net->w[l][i * O + o];
            is->t_next[d * O + o] = slope * t;
        }
    }
    real *a = is->a, *t = is->t;
    is->a = is->next;
    is->t = is->t_next;
    is->next = a;
    is->t_next = t;
}

/* a is the logits, t (D,K) their derivatives, of sample n. */
static void forward(struct tangents *is, const real *x, size_t n, size_t D)
{
    const struct victim *victim = is->victim;
    for (size_t d = 0; d < victim->D; d++) {
        real scale = victim->mean ? 1 / victim->deviation[d] : 1;
        is->a[d] = x[n * victim->D + d];
        if (victim->mean)
            is->a[d] = (is->a[d] - victim->mean[d]) / victim->deviation[d];
        for (size_t i = 0; d < D && i < victim->D; i++)
            is->t[d * victim->D + i] = i == d ? scale : 0;
    }
    for (size_t l = 0; l < victim->net.layers; l++)
        pass(is, l, D);
    for (size_t k = 0; k < victim->K; k++)
        is->z[n * victim->K + k] = is->a[k];
}

static size_t rival(const real *z, size_t y, size_t K)
{
    size_t best = K;
    for (size_t k = 0; k < K; k++) {
        if (k != y && (best == K || z[k] > z[best]))
            best = k;
    }
    return best;
}

/* The loss of class y; e holds the probabilities of the others afterwards, over their sum with 1.
 */
static real cross_entropy(const real *z, real *e, size_t y, size_t K)
{
    real m = z[0], others = 0;
    for (size_t k = 1; k < K; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = K; k-- > 0;) {
        e[k] = real_exp(z[k] - m);
        others = others + (k == y ? 0 : e[k]);
    }
    real s = others + e[y];
    for (size_t k = 0; k < K; k++)
        e[k] = e[k] / s;
    return m == z[y] ? real_log1p(others) : real_log(s) + (m - z[y]);
}

/* The sum over k of p[k] (t[d,k] - t[d,y]). */
static real slope_of(const struct tangents *is, const real *p, size_t d, size_t y)
{
    size_t K = is->victim->K;
    real sum = 0;
    for (size_t k = K; k-- > 0;) {
        if (k != y)
            sum = sum + p[k] * (is->t[d * K + k] - is->t[d * K + y]);
    }
    return sum;
}

void tangents_gradient(struct tangents *is, real *loss, real *gradient, const real *x,
                       const int *classes)
{
    const struct victim *victim = is->victim;
    size_t D = victim->D, K = victim->K;
    for (size_t n = 0; n < victim->N; n++) {
        size_t y = (size_t)classes[n];
        forward(is, x, n, D);
        const real *z = is->a;
        real *g = &gradient[n * D], sign = y == 1 ? 1 : R(-1.0);
        size_t other = victim->objective == VICTIM_MARGIN ? rival(z, y, K) : 0;
        if (victim->objective == VICTIM_BINARY) {
            real e = real_exp(-real_abs(*z)), miss = sign * *z < 0 ? 1 / (1 + e) : e / (1 + e);
            loss[n] = (sign * *z < 0 ? real_abs(*z) : 0) + real_log1p(e);
            for (size_t d = 0; d < D; d++)
                g[d] = -sign * is->t[d] * miss / victim->W;
        } else if (victim->objective == VICTIM_MARGIN) {
            loss[n] = z[other] - z[y];
            for (size_t d = 0; d < D; d++)
                g[d] = (is->t[d * K + other] - is->t[d * K + y]) / victim->W;
        } else {
            loss[n] = cross_entropy(z, is->next, y, K);
            for (size_t d = 0; d < D; d++)
                g[d] = slope_of(is, is->next, d, y) / victim->W;
        }
    }
}

const real *tangents_logits(struct tangents *is, const real *x)
{
    for (size_t n = 0; n < is->victim->N; n++)
        forward(is, x, n, 0);
    return is->z;
}

int tangents_class(const struct tangents *is, size_t n)
{
    size_t K = is->victim->K, best = 0;
    const real *z = &is->z[n * K];
    for (size_t k = 1; k < K; k++)
        best = z[k] > z[best] ? k : best;
    return K == 1 ? *z > 0 : (int)best;
}
