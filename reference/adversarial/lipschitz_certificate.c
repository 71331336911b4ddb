// SPDX-License-Identifier: MIT
#include "lipschitz_certificate.h"

#include <string.h>

enum norm { SPECTRAL, FROBENIUS, MAXIMUM };

struct certificate {
    struct call *call;
    struct victim model;
    enum norm norm;
    int difference;
    size_t steps;
    const real *start;
    real constant, before; /* L, and L' */
};

static real length(const real *x, size_t n)
{
    return real_sqrt(sum_products(R(0.0), n, x, 1, x, 1));
}

/* Divides x (n) by its length, which it returns. */
static real normalise(struct call *call, real *x, size_t n)
{
    real size = length(x, n);
    if (!(size > 0))
        call_fail(call, "input 'start' leads to a vector of 0");
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] / size;
    return size;
}

/* The spectral norm of w (I,O), and its estimates (S). */
static real spectral(const struct certificate *is, real *estimates, const real *w, size_t I,
                     size_t O)
{
    real *u = call_scratch(is->call, I), *v = call_scratch(is->call, O);
    memcpy(v, is->start, O * sizeof *v);
    normalise(is->call, v, O);
    for (size_t s = 0; s < is->steps; s++) {
        for (size_t i = 0; i < I; i++)
            u[i] = sum_products(R(0.0), O, w + i * O, 1, v, 1);
        normalise(is->call, u, I);
        for (size_t o = 0; o < O; o++)
            v[o] = sum_products(R(0.0), I, w + o, O, u, 1);
        estimates[s] = normalise(is->call, v, O);
    }
    return estimates[is->steps - 1];
}

static real largest_column(struct call *call, const real *w, size_t I, size_t O)
{
    real most = 0, *sizes = call_scratch(call, I);
    for (size_t o = 0; o < O; o++) {
        for (size_t i = 0; i < I; i++)
            sizes[i] = real_abs(w[i * O + o]);
        real sum = sum_features(I, sizes, 1);
        most = sum > most ? sum : most;
    }
    return most;
}

static void find_constant(struct certificate *is)
{
    const struct victim *model = &is->model;
    const struct perceptron *net = &model->net;
    size_t M = net->layers;
    call_bind(is->call, 'M', M);
    call_bind(is->call, 'S', is->steps);
    real *norms = call_output(is->call, "norms", "M"), *estimates = NULL;
    if (is->norm == SPECTRAL)
        estimates = call_output(is->call, "estimates", "MS");
    is->constant = is->before = R(1.0);
    for (size_t l = 0; l < M; l++) {
        size_t I = net->size[l], O = net->size[l + 1];
        if (is->norm == SPECTRAL)
            norms[l] = spectral(is, estimates + l * is->steps, net->w[l], I, O);
        else
            norms[l] = is->norm == FROBENIUS ? length(net->w[l], I * O)
                                             : largest_column(is->call, net->w[l], I, O);
        is->constant = is->constant * norms[l];
        is->before = l + 1 < M ? is->before * norms[l] : is->before;
    }
    for (size_t l = 1; l < M && net->activation == PERCEPTRON_SIGMOID; l++) {
        is->constant = is->constant / 4;
        is->before = is->before / 4;
    }
    real smallest = model->mean ? model->deviation[0] : R(1.0);
    for (size_t d = 1; model->mean && d < model->D; d++)
        smallest = model->deviation[d] < smallest ? model->deviation[d] : smallest;
    is->constant = is->constant / smallest;
    is->before = is->before / smallest;
    *call_output(is->call, "constant", "") = is->constant;
}

/* What divides the gap between the logits of classes y and k. */
static real divisor(const struct certificate *is, size_t y, size_t k)
{
    const struct perceptron *net = &is->model.net;
    size_t I = net->size[net->layers - 1], K = is->model.K;
    real *gap = call_scratch(is->call, I);
    if (!is->difference)
        return (is->norm == MAXIMUM ? R(2.0) : real_sqrt(R(2.0))) * is->constant;
    for (size_t i = 0; i < I; i++) {
        gap[i] = net->w[net->layers - 1][i * K + y] - net->w[net->layers - 1][i * K + k];
        gap[i] = is->norm == MAXIMUM ? real_abs(gap[i]) : gap[i];
    }
    return (is->norm == MAXIMUM ? sum_features(I, gap, 1) : length(gap, I)) * is->before;
}

static struct certificate read(struct call *call)
{
    static const char *const norms[] = {"spectral", "frobenius", "maximum", NULL};
    static const char *const pairs[] = {"product", "difference", NULL};
    struct certificate is = {.call = call, .steps = 1};
    victim_read(call, &is.model);
    victim_read_goal(call, &is.model);
    is.norm = (enum norm)call_choice(call, "norm", norms);
    is.difference = call_choice(call, "pair", pairs);
    if (is.model.K < 2)
        call_fail(call, "input 'w%zu' has one output, but a margin needs two", is.model.net.layers);
    if (is.norm != SPECTRAL)
        return is;
    is.steps = call_count(call, "steps", 1, 64);
    is.start = call_input(call, "start", "E");
    for (size_t l = 1; l <= is.model.net.layers; l++)
        if (call_size(call, 'E') < is.model.net.size[l])
            call_fail(call, "input 'start' is shorter than layer %zu is wide", l);
    return is;
}

void lipschitz_certificate_answer(struct call *call)
{
    struct certificate is = read(call);
    struct victim *model = &is.model;
    size_t N = model->N, K = model->K, count = 0;
    real epsilon = call_number(call, "epsilon");
    if (!(epsilon >= 0))
        call_fail(call, "number 'epsilon' must be at least 0");
    find_constant(&is);
    real *margin = call_output(call, "margin", "N"), *radius = call_output(call, "radius", "N");
    real *certified = call_output_integers(call, "certified", "N");
    const real *z = victim_logits(model, model->x);
    const real *dradius = call_has(call, "dradius") ? call_input(call, "dradius", "N") : NULL;
    if (dradius)
        victim_decisions(call, model);
    for (size_t n = 0; n < N; n++) {
        size_t y = (size_t)model->answer[n], closest = K;
        for (size_t k = 0; k < K; k++) {
            real gap = z[n * K + y] - z[n * K + k], by = divisor(&is, y, k);
            if (k == y)
                continue;
            margin[n] = closest == K || gap < margin[n] ? gap : margin[n];
            if (closest < K) {
                real distance = gap / by - radius[n];
                call_decisions(call, dradius != NULL, &distance);
            }
            if (closest == K || gap / by < radius[n]) {
                closest = k;
                radius[n] = gap / by;
            }
        }
        real distance = radius[n] - epsilon;
        call_decisions(call, 1, &distance);
        certified[n] = distance > 0;
        count += distance > 0;
        for (size_t k = 0; dradius && k < K; k++)
            model->dz[n * K + k] = k == y || k == closest ? (k == y ? dradius[n] : -dradius[n]) /
                                                                divisor(&is, y, closest)
                                                          : R(0.0);
    }
    *call_output(call, "accuracy", "") = real_count(count) / real_count(N);
    if (dradius)
        victim_pullback(model, call_output(call, "dx", "Na"), model->dz);
}
