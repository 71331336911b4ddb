// SPDX-License-Identifier: MIT
/* Lipschitz certificate; definition in reference/adversarial/lipschitz_certificate.h.
 *
 * How it is distributed: the samples are sharded; every rank finds the norms of all layers, which
 * are small, by itself. Margins, radii and dx belong to a sample; only the number of certified
 * samples crosses the network.
 */
#include "victim.h"

#include <string.h>

enum { SPECTRAL, FROBENIUS, MAXIMUM };

struct prover {
    struct question *q;
    struct victim *model;
    int norm;
    bool difference;
    size_t steps, last; /* inputs of the last layer */
    const scalar *start;
    scalar constant;
    scalar *divisor; /* (K,K): of the gap between two logits */
};

static const scalar *weights(const struct prover *is, size_t l)
{
    return is->model->net.tape->parameter + is->model->net.w[l];
}

static scalar length(const struct prover *is, const scalar *x, size_t n)
{
    scalar squares;
    team_row_products(is->model->team, 1, n, x, x, &squares);
    return scalar_sqrt(squares);
}

static scalar normalise(const struct prover *is, scalar *x, size_t n)
{
    const scalar size = length(is, x, n);
    if (!(size > 0))
        question_refuse(is->q, "its input 'start' leads to a vector of 0; give another");
    for (size_t i = 0; i < n; i++)
        x[i] /= size;
    return size;
}

static scalar spectral(const struct prover *is, scalar *estimates, const scalar *w, size_t I,
                       size_t O)
{
    scalar *u = question_scratch(is->q, I), *v = question_scratch(is->q, O);
    memcpy(v, is->start, O * sizeof *v);
    normalise(is, v, O);
    for (size_t s = 0; s < is->steps; s++) {
        memset(u, 0, I * sizeof *u);
        team_product(is->model->team, false, false, I, 1, O, w, O, v, 1, u, 1);
        normalise(is, u, I);
        memset(v, 0, O * sizeof *v);
        team_product(is->model->team, true, false, O, 1, I, w, O, u, 1, v, 1);
        estimates[s] = normalise(is, v, O);
    }
    return estimates[is->steps - 1];
}

static scalar largest_column(const scalar *w, size_t I, size_t O)
{
    scalar most = 0;
    for (size_t o = 0; o < O; o++) {
        scalar sum = 0;
        for (size_t i = 0; i < I; i++)
            sum += scalar_absolute(w[i * O + o]);
        most = sum > most ? sum : most;
    }
    return most;
}

static scalar norm_of(const struct prover *is, scalar *estimates, size_t l)
{
    const size_t I = is->model->net.shape.size[l], O = is->model->net.shape.size[l + 1];
    if (is->norm == SPECTRAL)
        return spectral(is, estimates + l * is->steps, weights(is, l), I, O);
    return is->norm == FROBENIUS ? length(is, weights(is, l), I * O)
                                 : largest_column(weights(is, l), I, O);
}

static void find_divisors(struct prover *is, scalar before)
{
    const size_t K = is->model->K, L = is->model->net.shape.layers;
    const scalar *w = weights(is, L - 1), two = 2;
    const scalar factor = is->norm == MAXIMUM ? two : scalar_sqrt(two);
    scalar *gap = question_scratch(is->q, is->last);
    is->divisor = question_scratch(is->q, K * K);
    for (size_t k = 0; k < K * K; k++) {
        is->divisor[k] = factor * is->constant;
        if (!is->difference)
            continue;
        scalar sum = 0;
        for (size_t i = 0; i < is->last; i++) {
            gap[i] = w[i * K + k / K] - w[i * K + k % K];
            sum += scalar_absolute(gap[i]);
        }
        is->divisor[k] = (is->norm == MAXIMUM ? sum : length(is, gap, is->last)) * before;
    }
}

static void find_constant(struct prover *is)
{
    const struct victim *model = is->model;
    const size_t M = model->net.shape.layers;
    question_bind(is->q, 'M', M);
    question_bind(is->q, 'S', is->steps);
    scalar *norms = question_output(is->q, "norms", "M"), *estimates = NULL, before = 1;
    if (is->norm == SPECTRAL)
        estimates = question_output(is->q, "estimates", "MS");
    is->constant = 1;
    for (size_t l = 0; l < M; l++) {
        norms[l] = norm_of(is, estimates, l);
        before = is->constant;
        is->constant *= norms[l];
    }
    for (size_t l = 1; l < M && model->net.shape.activation == &sigmoid_operation; l++) {
        is->constant /= 4;
        before /= 4;
    }
    scalar smallest = model->mean != NULL ? model->deviation[0] : 1;
    for (size_t d = 1; model->mean != NULL && d < model->D; d++)
        smallest = model->deviation[d] < smallest ? model->deviation[d] : smallest;
    is->constant /= smallest;
    question_output(is->q, "constant", "")[0] = is->constant;
    find_divisors(is, before / smallest);
}

static struct prover read(struct question *q)
{
    static const char *const norms[] = {"spectral", "frobenius", "maximum", NULL};
    static const char *const pairs[] = {"product", "difference", NULL};
    struct victim *model = victim_read(q);
    victim_read_goal(q, model);
    struct prover is = {.q = q,
                        .model = model,
                        .norm = question_choice(q, "norm", norms),
                        .difference = question_choice(q, "pair", pairs) == 1,
                        .steps = 1,
                        .last = model->net.shape.size[model->net.shape.layers - 1]};
    if (model->K < 2)
        question_refuse(q, "its network 'w%zu' has one output; give two or more",
                        model->net.shape.layers);
    if (is.norm != SPECTRAL)
        return is;
    is.steps = question_count(q, "steps", 1, 64);
    is.start = question_input(q, "start", "Z");
    for (size_t l = 1; l <= model->net.shape.layers; l++)
        if (question_size(q, 'Z') < model->net.shape.size[l])
            question_refuse(q, "its input 'start' is shorter than layer %zu is wide", l);
    return is;
}

void lipschitz_certificate_run(struct question *q)
{
    struct prover is = read(q);
    struct victim *model = is.model;
    const size_t K = model->K;
    const scalar epsilon = question_number(q, "epsilon");
    if (!(epsilon >= 0))
        question_refuse(q, "its 'epsilon' is %g; give at least 0", (double)epsilon);
    find_constant(&is);
    scalar *margin = question_output(q, "margin", "[N]"),
           *radius = question_output(q, "radius", "[N]");
    scalar *certified = question_output(q, "certified", "[N]");
    const scalar *z = victim_logits(model, model->x);
    const scalar *dradius = question_has(q, "dradius") ? question_input(q, "dradius", "[N]") : NULL;
    memset(model->dz, 0, model->rows * K * sizeof *z);
    long long count = 0;
    for (size_t n = 0; n < model->rows; n++) {
        const size_t y = (size_t)model->answer[n];
        size_t closest = y;
        for (size_t k = 0; k < K; k++) {
            const scalar gap = z[n * K + y] - z[n * K + k], r = gap / is.divisor[y * K + k];
            if (k == y)
                continue;
            margin[n] = closest == y || gap < margin[n] ? gap : margin[n];
            if (closest == y || r < radius[n]) {
                closest = k;
                radius[n] = r;
            }
        }
        certified[n] = radius[n] > epsilon;
        count += radius[n] > epsilon;
        if (dradius != NULL) {
            model->dz[n * K + y] = dradius[n] / is.divisor[y * K + closest];
            model->dz[n * K + closest] = -dradius[n] / is.divisor[y * K + closest];
        }
    }
    reduce_integers(model->team, &count, 1);
    question_output(q, "accuracy", "")[0] = (scalar)count / (scalar)model->N;
    if (dradius != NULL)
        victim_pullback(model, question_output(q, "dx", "[N]A"), model->dz);
}
