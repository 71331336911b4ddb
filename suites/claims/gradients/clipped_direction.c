// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>
#include <stdio.h>

enum { LAYERS = 3, WIDTH = 32, SAMPLES = 64, TENSORS = 2 * LAYERS };

/* A gradient of all parameters, in the tensors that they are stored in. */
struct gradient {
    const float *value;
    size_t count, first[TENSORS + 1];
    double norm, largest;
};

static double cosine(const float *a, const float *b, size_t count)
{
    double product = 0;
    for (size_t i = 0; i < count; i++)
        product += (double)a[i] * (double)b[i];
    return product / (lab_norm(a, count) * lab_norm(b, count));
}

static double by_norm(struct replica *r, const struct gradient *g, const char *scope, double limit)
{
    float *clipped = lab_floats(r, g->count);
    struct ask *ask = ask_new(r, "gradient_clipping_by_norm");
    char name[16];
    ask_choice(ask, "scope", scope);
    ask_number(ask, "limit", limit);
    for (size_t t = 0; t < TENSORS; t++) {
        snprintf(name, sizeof name, "g%zu", t + 1);
        ask_floats(ask, name, 1, (size_t[]){g->first[t + 1] - g->first[t]}, g->value + g->first[t]);
    }
    ask_run(ask);
    for (size_t t = 0; t < TENSORS; t++) {
        snprintf(name, sizeof name, "clipped%zu", t + 1);
        const size_t count = g->first[t + 1] - g->first[t];
        const float *part = ask_output(ask, name, count);
        for (size_t i = 0; i < count; i++)
            clipped[g->first[t] + i] = part[i];
    }
    return cosine(clipped, g->value, g->count);
}

static double by_value(struct replica *r, const struct gradient *g, double limit)
{
    struct ask *ask = ask_new(r, "gradient_clipping_by_value");
    ask_number(ask, "limit", limit);
    ask_floats(ask, "g", 1, (size_t[]){g->count}, g->value);
    ask_run(ask);
    return cosine(ask_output(ask, "clipped", g->count), g->value, g->count);
}

static struct gradient measure(const struct network *net)
{
    struct gradient g = {.value = net->gradient, .count = net->tape->parameters};
    for (size_t l = 0; l < LAYERS; l++) {
        g.first[2 * l] = net->weight[l];
        g.first[2 * l + 1] = net->bias[l];
    }
    g.first[TENSORS] = g.count;
    g.norm = lab_norm(g.value, g.count);
    for (size_t i = 0; i < g.count; i++)
        g.largest = fmax(g.largest, fabs((double)g.value[i]));
    return g;
}

void clipped_direction(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct network_plan plan = network_plan(digits.features, LAYERS, WIDTH, digits.classes);
    struct network *net = network_create(r, &plan, SAMPLES);
    network_gradient(net, &digits, NULL, SAMPLES, 0);
    const struct gradient g = measure(net);
    double worst = 1;
    for (size_t i = 0; i < r->claim->curve.points; i++) {
        const double share = r->claim->curve.at[i], kept = by_norm(r, &g, "global", share * g.norm);
        worst = fmin(worst, kept);
        replica_point(r, 0, i, kept);
        replica_point(r, 1, i, by_norm(r, &g, "tensor", share * g.norm));
        replica_point(r, 2, i, by_value(r, &g, share * g.largest));
    }
    network_free(net);
    replica_effect(r, 0, worst);
}
