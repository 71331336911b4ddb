// SPDX-License-Identifier: MIT
/* Sharpness-aware minimisation; definition in
 * reference/optimizers/sharpness_aware_minimization.h.
 *
 * How it is distributed: the samples are sharded over the ranks, whatever the number of virtual
 * workers. The sums of all workers cross the network together, once for every ascent and once for
 * the descent, added per canonical block and in the fixed tree. Perturbations and weights are
 * computed on every rank.
 */
#include "least_squares.h"

#include <string.h>

struct settings {
    bool adaptive, each;
    scalar rho, epsilon, eta, ascent_rate, decay;
    size_t ascent_steps;
};

static struct settings read_settings(struct question *q)
{
    static const char *const forms[] = {"standard", "adaptive", NULL};
    static const char *const perturbations[] = {"whole", "each", NULL};
    struct settings settings = {
        .adaptive = question_choice(q, "form", forms) == 1,
        .each = question_choice(q, "perturbation", perturbations) == 1,
        .rho = updates_positive(q, "rho"),
        .epsilon = updates_positive(q, "epsilon"),
        .decay = question_number_or(q, "weight_decay", 0),
        .ascent_steps = 1,
    };
    settings.eta = settings.adaptive ? updates_positive(q, "eta") : 0;
    settings.ascent_rate = updates_positive_or(q, "ascent_rate", settings.rho);
    if (question_number_or(q, "ascent_steps", 1) != 1)
        settings.ascent_steps = question_count(q, "ascent_steps", 1, 1000);
    return settings;
}

/* The workers' sums added into the first row, over all samples. */
static void mean_of_all(const struct least_squares *f, scalar *mean, const scalar *sum)
{
    for (size_t p = 0; p < f->P; p++) {
        scalar total = 0;
        for (size_t k = 0; k < f->W; k++)
            total = total + sum[k * f->P + p];
        mean[p] = total / (scalar)f->N;
    }
}

static void ascend(size_t P, scalar *d, const scalar *w, const scalar *g, scalar *T,
                   const struct settings *settings)
{
    scalar square = 0, length = 0;
    for (size_t p = 0; p < P; p++) {
        T[p] = settings->adaptive ? scalar_absolute(w[p]) + settings->eta : 1;
        square = square + (T[p] * g[p]) * (T[p] * g[p]);
    }
    const scalar step = settings->ascent_rate / (scalar_sqrt(square) + settings->epsilon);
    for (size_t p = 0; p < P; p++) {
        d[p] = d[p] + step * (T[p] * T[p] * g[p]);
        length = length + (d[p] / T[p]) * (d[p] / T[p]);
    }
    length = scalar_sqrt(length);
    if (settings->ascent_steps == 1 || length <= settings->rho)
        return;
    const scalar shorter = settings->rho / length;
    for (size_t p = 0; p < P; p++)
        d[p] = d[p] * shorter;
}

/* Scratch of a step: all (W,P), but T and mean (P). */
struct scratch {
    scalar *at, *sum, *T, *mean;
};

static void place(const struct least_squares *f, scalar *at, const scalar *w, const scalar *d)
{
    for (size_t k = 0; k < f->W; k++)
        for (size_t p = 0; p < f->P; p++)
            at[k * f->P + p] = w[p] + d[k * f->P + p];
}

static void perturb(struct least_squares *f, scalar *d, const scalar *w, struct scratch *scratch,
                    const struct settings *settings)
{
    const size_t P = f->P;
    for (size_t a = 0; a < settings->ascent_steps; a++) {
        place(f, scratch->at, w, d);
        least_squares_sums(f, scratch->sum, scratch->at, P);
        if (!settings->each)
            mean_of_all(f, scratch->mean, scratch->sum);
        for (size_t k = 0; k < f->W; k++) {
            for (size_t p = 0; p < P && settings->each; p++)
                scratch->mean[p] = scratch->sum[k * P + p] / (scalar)f->count[k];
            ascend(P, d + k * P, w, scratch->mean, scratch->T, settings);
        }
    }
}

void sharpness_aware_minimization_run(struct question *q)
{
    struct least_squares f = least_squares_read(q);
    const struct settings settings = read_settings(q);
    const scalar *rate = question_input(q, "rate", "S");
    const scalar *start = question_input(q, "w", "P");
    const size_t S = question_size(q, 'S'), P = f.P, W = f.W;
    question_bind(q, 'W', W);
    struct scratch scratch = {question_scratch(q, W * P), question_scratch(q, W * P),
                              question_scratch(q, P), question_scratch(q, P)};
    scalar *w = question_scratch(q, P), *w_after = question_output(q, "w_after", "SP");
    scalar *gradient = question_output(q, "gradient", "SP");
    scalar *perturbation = question_output(q, "perturbation", "SWP");
    memcpy(w, start, P * sizeof *w);
    for (size_t s = 0; s < S; s++) {
        scalar *G = gradient + s * P, *d = perturbation + s * W * P;
        perturb(&f, d, w, &scratch, &settings);
        place(&f, scratch.at, w, d);
        least_squares_sums(&f, scratch.sum, scratch.at, P);
        mean_of_all(&f, G, scratch.sum);
        for (size_t p = 0; p < P; p++)
            w[p] = w[p] - rate[s] * decayed_gradient(G[p], settings.decay, w[p]);
        memcpy(w_after + s * P, w, P * sizeof *w);
    }
}
