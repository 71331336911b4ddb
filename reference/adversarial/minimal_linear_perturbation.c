// SPDX-License-Identifier: MIT
#include "minimal_linear_perturbation.h"

struct model {
    size_t N, D, K; /* K = 2 for one column w */
    int binary, by_label, signed_distance, last;
    enum hyperplane_norm norm;
    const real *x, *w, *b;
    const int *labels, *targets; /* or NULL */
    real *z, *v, *r, *gap;       /* (K), (D), (D), (K) */
};

static void refuse_equal_columns(struct call *call, const struct model *model)
{
    size_t D = model->D, K = model->binary ? 1 : model->K;
    for (size_t pair = 0; pair < K * K; pair++) {
        size_t i = pair / K, k = pair % K, d = 0;
        if (!model->binary && i >= k)
            continue;
        while (d < D && model->w[d * K + k] == (model->binary ? 0 : model->w[d * K + i]))
            d++;
        if (d == D)
            call_fail(call, "input 'w' gives no direction between two classes: nothing reaches it");
    }
}

static struct model read_model(struct call *call)
{
    static const char *const models[] = {"binary", "multi_class", NULL};
    static const char *const owns[] = {"prediction", "label", NULL};
    static const char *const wrongs[] = {"zero", "signed", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    static const char *const targets[] = {"nearest", "given", NULL};
    struct model model = {.binary = call_choice(call, "model", models) == 0,
                          .by_label = call_choice(call, "own", owns),
                          .signed_distance = call_choice(call, "wrong", wrongs),
                          .last = call_choice(call, "ties", ties),
                          .norm = hyperplane_norm(call)};
    model.x = call_input(call, "x", "ND");
    model.w = call_input(call, "w", model.binary ? "D" : "DK");
    model.b = call_input(call, "b", model.binary ? "" : "K");
    model.N = call_size(call, 'N');
    model.D = call_size(call, 'D');
    model.K = model.binary ? 2 : call_size(call, 'K');
    if (model.K < 2)
        call_fail(call, "input 'w' has one class, and there is no boundary");
    if (model.by_label)
        model.labels = call_integers(call, "labels", "N", 0, (int)model.K - 1);
    if (call_choice(call, "target", targets))
        model.targets = call_integers(call, "targets", "N", 0, (int)model.K - 1);
    refuse_equal_columns(call, &model);
    model.z = call_scratch(call, model.K);
    model.v = call_scratch(call, model.D);
    model.r = call_scratch(call, model.D);
    model.gap = call_scratch(call, model.K);
    return model;
}

/* The class of the label, or the one with the largest output. */
static size_t own_class(struct call *call, const struct model *model, size_t n)
{
    const real *x = &model->x[n * model->D];
    size_t K = model->K, c = 0;
    if (model->labels)
        return (size_t)model->labels[n];
    if (model->binary) {
        real f = sum_products(*model->b, model->D, x, 1, model->w, 1);
        call_decisions(call, f != 0, &f);
        return f >= 0;
    }
    for (size_t k = 0; k < K; k++) {
        model->z[k] = sum_products(model->b[k], model->D, x, 1, &model->w[k], K);
        c = model->z[k] > model->z[c] ? k : c;
    }
    for (size_t k = 0; k < K; k++)
        model->gap[k] = k == c ? 1 : model->z[c] - model->z[k];
    for (size_t k = 0; k < K; k++)
        call_decisions(call, model->gap[k] != 0, &model->gap[k]);
    return c;
}

/* v towards class k from class c; returns the margin. */
static real toward(const struct model *model, size_t n, size_t c, size_t k)
{
    size_t D = model->D, K = model->K;
    real bias = model->binary ? (k == 1 ? *model->b : -*model->b) : model->b[k] - model->b[c];
    for (size_t d = 0; d < D; d++) {
        if (model->binary)
            model->v[d] = k == 1 ? model->w[d] : -model->w[d];
        else
            model->v[d] = model->w[d * K + k] - model->w[d * K + c];
    }
    return -sum_products(bias, D, &model->x[n * D], 1, model->v, 1);
}

/* The nearest class; its margin and plane, with v towards it. */
static size_t nearest(struct call *call, const struct model *model, size_t n, size_t c, real *m,
                      struct hyperplane *plane)
{
    size_t best = model->K;
    real least = 0;
    if (model->targets)
        best = (size_t)model->targets[n];
    for (size_t k = 0; k < model->K && !model->targets; k++) {
        real margin = k == c ? 0 : toward(model, n, c, k);
        real distance = margin;
        if (k != c)
            distance =
                margin /
                hyperplane_measure(model->r, model->v, model->norm, model->last, model->D).dual;
        if (k != c && (best == model->K || distance < least)) {
            best = k;
            least = distance;
        }
        model->gap[k] = distance;
    }
    for (size_t k = 0; k < model->K && !model->targets; k++) {
        real gap = model->gap[k] - least;
        if (k != c && k != best && gap != 0)
            call_decisions(call, 1, &gap);
    }
    *m = toward(model, n, c, best);
    *plane = hyperplane_measure(model->r, model->v, model->norm, model->last, model->D);
    for (size_t d = 0; d < model->D && model->norm == HYPERPLANE_L1; d++) {
        real gap = plane->dual - model->r[d];
        if (gap != 0)
            call_decisions(call, 1, &gap);
    }
    return best;
}

void minimal_linear_perturbation_answer(struct call *call)
{
    struct model model = read_model(call);
    size_t N = model.N, D = model.D;
    real overshoot = call_number_or(call, "overshoot", R(0.0));
    if (!(overshoot >= 0))
        call_fail(call, "number 'overshoot' is negative: the boundary would not be reached");
    real *distance = call_output(call, "distance", "N");
    real *class = call_output_integers(call, "class", "N");
    real *perturbation = call_output(call, "perturbation", "ND");
    real *boundary = call_output(call, "boundary", "ND");
    for (size_t n = 0; n < N; n++) {
        struct hyperplane plane;
        real m, *r = &perturbation[n * D];
        size_t c = own_class(call, &model, n);
        if (model.targets && (size_t)model.targets[n] == c)
            call_fail(call, "element %zu of input 'targets' is the class it has", n);
        size_t k = nearest(call, &model, n, c, &m, &plane);
        if (m != 0 && !model.signed_distance)
            call_decisions(call, 1, &m);
        if (m < 0 && !model.signed_distance)
            m = 0;
        distance[n] = m / plane.dual;
        class[n] = real_count(k);
        hyperplane_reach(r, m, model.v, &plane, model.norm, D);
        for (size_t d = 0; d < D; d++)
            boundary[n * D + d] = model.x[n * D + d] + (1 + overshoot) * r[d];
    }
}
