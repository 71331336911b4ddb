// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/sharpness_aware_minimization.h"
#include "../fork.h"

enum rival {
    TWIN,
    STEP_FROM_TOP,
    DOWNHILL,
    NOT_NORMALISED,
    SIGNED,
    AT_W,
    NORM_OF_WORKERS,
    MEAN_OF_MEANS,
    DECAY_IN_ASCENT,
    ADAPTIVE_ONCE,
    UPHILL,
    FIRST_RATE,
    LAST_BLOCK_LOST
};

/* The quadratic is known: its gradient at w + d is H (w + d) - c, for each worker's mean. */
struct quadratic {
    enum rival rival;
    const struct least_squares *f;
    const struct sharpness_rules *rules;
    real *H, *c; /* (W+1,P,P), (W+1,P): workers, then all samples */
};

static void add_sample(struct quadratic *k, size_t at, size_t n, real weight)
{
    size_t P = k->f->P;
    const real *x = &k->f->x[n * P];
    for (size_t p = 0; p < P; p++) {
        for (size_t i = 0; i < P; i++)
            k->H[(at * P + p) * P + i] += weight * (x[p] * x[i]);
        k->c[at * P + p] += weight * (x[p] * k->f->y[n]);
    }
}

static void gradient_at(const struct quadratic *k, size_t at, real *g, const real *w, const real *d)
{
    size_t P = k->f->P;
    for (size_t p = 0; p < P; p++) {
        g[p] = -k->c[at * P + p];
        for (size_t i = 0; i < P; i++)
            g[p] += k->H[(at * P + p) * P + i] * (w[i] + d[i]);
        if (k->rival == DECAY_IN_ASCENT)
            g[p] += k->rules->decay * w[p];
    }
}

static void ascend(const struct quadratic *k, real *d, const real *w, const real *g)
{
    const struct sharpness_rules *rules = k->rules;
    size_t P = k->f->P;
    real square = 0, length = 0;
    for (size_t p = P; p-- > 0;) {
        real t = rules->adaptive ? real_abs(w[p]) + rules->eta : 1;
        square += (t * g[p]) * (t * g[p]);
    }
    real size = k->rival == NOT_NORMALISED ? 1 : real_sqrt(square) + rules->epsilon;
    for (size_t p = 0; p < P; p++) {
        real t = rules->adaptive ? real_abs(w[p]) + rules->eta : 1;
        real u = k->rival == ADAPTIVE_ONCE ? t * g[p] : t * t * g[p];
        u = k->rival != SIGNED ? u / size : g[p] > 0 ? R(1.0) : R(-1.0);
        d[p] += k->rival == DOWNHILL ? -(rules->ascent_rate * u) : rules->ascent_rate * u;
        length += (d[p] / t) * (d[p] / t);
    }
    real fits = rules->rho / real_sqrt(length);
    for (size_t p = 0; p < P && rules->ascent_steps > 1 && fits < 1; p++)
        d[p] = fits * d[p];
}

static void perturb(const struct quadratic *k, real *d, real *g, const real *w)
{
    const struct least_squares *f = k->f;
    for (size_t i = 0; i < f->W; i++)
        for (size_t a = 0; a < k->rules->ascent_steps; a++) {
            gradient_at(k, k->rules->each ? i : f->W, g, w, &d[i * f->P]);
            ascend(k, &d[i * f->P], w, g);
        }
}

static real share(const struct quadratic *k, size_t i)
{
    if (k->rival == MEAN_OF_MEANS)
        return 1 / real_count(k->f->W);
    return (real)k->f->count[i] / real_count(k->f->N);
}

static void prepare(struct quadratic *k)
{
    const struct least_squares *f = k->f;
    size_t most = f->N / f->block * f->block;
    for (size_t n = f->N; n-- > 0;) {
        if (k->rival == LAST_BLOCK_LOST && most && n >= most)
            continue;
        size_t owner = (size_t)f->worker[n];
        add_sample(k, owner, n, 1 / (real)f->count[owner]);
        add_sample(k, f->W, n, 1 / real_count(f->N));
    }
}

static void rival(struct call *call)
{
    struct least_squares f = least_squares_read(call);
    struct sharpness_rules rules = sharpness_rules_read(call);
    const real *rate = call_input(call, "rate", "S");
    size_t P = f.P, W = f.W;
    call_bind(call, 'W', W);
    struct quadratic k = {(enum rival)call_variant(call), &f, &rules,
                          call_scratch(call, (W + 1) * P * P), call_scratch(call, (W + 1) * P)};
    real *w = updates_state(call, "w"), *g = call_scratch(call, P), *zero = call_scratch(call, P);
    real *w_after = call_output(call, "w_after", "SP"),
         *gradient = call_output(call, "gradient", "SP");
    real *perturbation = call_output(call, "perturbation", "SWP");
    prepare(&k);
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        real *d = &perturbation[s * W * P], *G = &gradient[s * P];
        perturb(&k, d, g, w);
        enum rival rival = k.rival;
        k.rival = rival == DECAY_IN_ASCENT ? TWIN : rival;
        for (size_t i = 0; i < W; i++) {
            const real *at = rival == AT_W ? zero : rival == NORM_OF_WORKERS ? d : &d[i * P];
            gradient_at(&k, i, g, w, at);
            for (size_t p = 0; p < P; p++)
                G[p] += share(&k, i) * g[p];
        }
        k.rival = rival;
        for (size_t p = 0; p < P; p++) {
            real step = rate[rival == FIRST_RATE ? 0 : s] * (G[p] + rules.decay * w[p]);
            w[p] += rival == STEP_FROM_TOP ? d[p] : 0;
            w[p] = rival == UPHILL ? w[p] + step : w[p] - step;
        }
        updates_record(w_after, w, s, P);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"quadratic_known", FORK_TWIN, "",
     "Gradients from the matrix and the vector of the quadratic, made beforehand.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"step_from_top", FORK_BUG, "120",
     "The perturbation is not taken back before the step.", NULL},
     .answer = rival, .variant = STEP_FROM_TOP},
    {.info = {"downhill", FORK_BUG, "83", "The perturbation goes down the gradient.", NULL},
     .answer = rival, .variant = DOWNHILL},
    {.info = {"not_normalised", FORK_BUG, "", "The perturbation is rho times the gradient.", NULL},
     .answer = rival, .variant = NOT_NORMALISED},
    {.info = {"signed", FORK_CONVENTION, "", "The ball is a cube: signs in place of the direction.",
     NULL},
     .answer = rival, .variant = SIGNED},
    {.info = {"gradient_at_w", FORK_BUG, "", "The gradient of the step is that at w.", NULL},
     .answer = rival, .variant = AT_W},
    {.info = {"first_perturbation_for_all", FORK_BUG, "",
     "All workers take their gradients where the first one stands.", NULL},
     .answer = rival, .variant = NORM_OF_WORKERS},
    {.info = {"mean_of_means", FORK_CONVENTION, "33",
     "The workers' means are averaged, whatever they are means of.", NULL},
     .answer = rival, .variant = MEAN_OF_MEANS},
    {.info = {"decay_in_ascent", FORK_CONVENTION, "79", "The decay joins the ascent too.", NULL},
     .answer = rival, .variant = DECAY_IN_ASCENT},
    {.info = {"adaptive_once", FORK_BUG, "", "The adaptive form scales once, not twice.", NULL},
     .answer = rival, .variant = ADAPTIVE_ONCE},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of samples are added.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"rho_of_zero", FORK_BUG, "", "There is no perturbation: gradient descent.", NULL},
     .number = {"ascent_rate", 0}},
    {.info = {"one_ascent", FORK_CONVENTION, "", "SAM where projected ascent is asked for.", NULL},
     .number = {"ascent_steps", 1}},
    {.info = {"not_adaptive", FORK_CONVENTION, "", "The standard form whatever is asked for.",
     NULL},
     .instead = {"form", "standard"}},
    {.info = {"perturbation_of_all", FORK_CONVENTION, "", "One perturbation for all workers.",
     NULL},
     .instead = {"perturbation", "whole"}},
    {.info = {"perturbation_of_each", FORK_CONVENTION, "", "Every worker has its own perturbation.",
     NULL},
     .instead = {"perturbation", "each"}},
    {.info = {"epsilon_of_the_paper", FORK_CONVENTION, "109",
     "Epsilon is 1e-12 whatever is asked for.", NULL},
     .number = {"epsilon", 1e-12f}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
};
/* clang-format on */

const struct fork_list sharpness_aware_minimization_forks = {sizeof table / sizeof *table, table};
