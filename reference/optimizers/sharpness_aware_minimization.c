// SPDX-License-Identifier: MIT
#include "sharpness_aware_minimization.h"

struct sharpness_rules sharpness_rules_read(struct call *call)
{
    static const char *const forms[] = {"standard", "adaptive", NULL};
    static const char *const perturbations[] = {"whole", "each", NULL};
    struct sharpness_rules rules = {0};
    rules.adaptive = call_choice(call, "form", forms);
    rules.each = call_choice(call, "perturbation", perturbations);
    rules.rho = updates_positive(call, "rho");
    rules.epsilon = updates_positive(call, "epsilon");
    rules.eta = rules.adaptive ? updates_positive(call, "eta") : 0;
    rules.ascent_steps = call_count_or(call, "ascent_steps", 1, 1, 1000);
    rules.ascent_rate = updates_positive_or(call, "ascent_rate", rules.rho);
    rules.decay = call_number_or(call, "weight_decay", R(0.0));
    return rules;
}

/* T of one parameter. */
static real width(real w, const struct sharpness_rules *rules)
{
    return rules->adaptive ? real_abs(w) + rules->eta : R(1.0);
}

void sharpness_ascend(real *d, const real *w, const real *g, const struct sharpness_rules *rules,
                      size_t P)
{
    real square = 0, length = 0;
    for (size_t p = 0; p < P; p++) {
        real scaled = width(w[p], rules) * g[p];
        square = square + scaled * scaled;
    }
    real step = rules->ascent_rate / (real_sqrt(square) + rules->epsilon);
    for (size_t p = 0; p < P; p++) {
        real t = width(w[p], rules);
        d[p] = d[p] + step * (rules->adaptive ? t * t * g[p] : g[p]);
        length = length + d[p] / t * (d[p] / t);
    }
    length = real_sqrt(length);
    for (size_t p = 0; p < P && rules->ascent_steps > 1 && length > rules->rho; p++)
        d[p] = d[p] * (rules->rho / length);
}

/* d (W,P) for all workers at w; g (W,P), at (W,P) are scratch. */
static void perturb(real *d, real *g, real *at, const real *w, const struct sharpness_rules *rules,
                    const struct least_squares *f)
{
    size_t P = f->P, W = f->W;
    for (size_t i = 0; i < W * P; i++)
        d[i] = 0;
    for (size_t a = 0; a < rules->ascent_steps; a++) {
        for (size_t i = 0; i < W * P; i++)
            at[i] = w[i % P] + d[i];
        least_squares_sums(g, at, P, f);
        for (size_t p = 0; p < P && !rules->each; p++) {
            for (size_t k = 1; k < W; k++)
                g[p] = g[p] + g[k * P + p];
            for (size_t k = W; k-- > 0;)
                g[k * P + p] = g[p] / real_count(f->N);
        }
        for (size_t i = 0; i < W * P && rules->each; i++)
            g[i] = g[i] / (real)f->count[i / P];
        for (size_t k = 0; k < W; k++)
            sharpness_ascend(&d[k * P], w, &g[k * P], rules, P);
    }
}

void sharpness_aware_minimization_answer(struct call *call)
{
    struct least_squares f = least_squares_read(call);
    struct sharpness_rules rules = sharpness_rules_read(call);
    const real *rate = call_input(call, "rate", "S");
    size_t P = f.P, W = f.W;
    call_bind(call, 'W', W);
    call_input(call, "w", "P"); /* a start must be given */
    real *w = updates_state(call, "w"), *g = call_scratch(call, W * P);
    real *at = call_scratch(call, W * P), *w_after = call_output(call, "w_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    real *perturbation = call_output(call, "perturbation", "SWP");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        real *d = &perturbation[s * W * P], *G = &gradient[s * P];
        perturb(d, g, at, w, &rules, &f);
        for (size_t i = 0; i < W * P; i++)
            at[i] = w[i % P] + d[i];
        least_squares_sums(g, at, P, &f);
        for (size_t p = 0; p < P; p++) {
            for (size_t k = 0; k < W; k++)
                G[p] = G[p] + g[k * P + p];
            G[p] = G[p] / real_count(f.N);
            w[p] = w[p] - rate[s] * decayed_gradient(G[p], rules.decay, w[p]);
        }
        updates_record(w_after, w, s, P);
    }
}
