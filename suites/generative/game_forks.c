// SPDX-License-Identifier: MIT
#include "game_forks.h"

#include "net_forks.h"

struct learner {
    struct net net;
    real rate, *g, *m[2], *v[2], *left; /* left: what another loss left in the gradient */
    size_t t;
};

struct game {
    enum game_mistake mistake;
    const struct game_rules *rules;
    struct learner G, D;
    int separate, combine, shared, generator_first, record;
    size_t T, K, N, M, B, F, samples, block, iteration, *both;
    const real *real_data, *fake_noise, *noise, *fixed;
    real *a_G, *a_D, *fakes, *dx, *start;
    real *real_loss, *fake_loss, *real_right, *fake_right, *distance, *generator_loss;
};

static int is_game(const struct game *g)
{
    return g->rules->loss == GAME_CROSS_ENTROPY;
}

/* b and its derivative, by the signed logit instead of the two softplus. */
static real value_of(const struct game *g, real z, real t, real *slope)
{
    real e = real_exp(-real_abs(z)), small = e / (1 + e), high = R(1.0) - R(1e-7);
    if (!is_game(g)) {
        *slope = R(1.0);
        if (g->mistake != SIGMOID_LEFT)
            return z;
        *slope = small * (1 - small);
        return z > 0 ? 1 - small : small;
    }
    *slope = z > 0 ? (1 - t) - small : small - t;
    real p = z > 0 ? 1 - small : small;
    if (g->mistake == CLIPPED_PROBABILITY && (p > high || p < R(1e-7))) {
        p = p > high ? high : R(1e-7);
        *slope = 0;
        return -(t * real_log(p) + (1 - t) * real_log1p(-p));
    }
    if (g->mistake == LOGARITHM_OF_SIGMOID) {
        p = 1 / (1 + real_exp(-z));
        return -(t * real_log(p) + (1 - t) * real_log(1 - p));
    }
    return ((z > 0 ? z : R(0.0)) - t * z) + real_log1p(e);
}

/* How much sample i of n counts. */
static real share(const struct game *g, size_t i, size_t n)
{
    size_t begin = i / g->block * g->block, left = n - begin;
    size_t own = left < g->block ? left : g->block, blocks = (n + g->block - 1) / g->block;
    if (g->mistake == SUM_NOT_MEAN)
        return R(1.0);
    if (g->mistake == LAST_BLOCK_LOST)
        return left <= g->block ? R(0.0) : 1 / real_count(n);
    if (g->mistake == MEAN_OF_BLOCK_MEANS)
        return 1 / real_count(own * blocks);
    return 1 / real_count(n);
}

static void step_parameter(const struct game *g, struct learner *l, size_t i, int state, size_t t)
{
    const struct game_rules *rules = g->rules;
    real h = l->g[i], *m = &l->m[state][i], *v = &l->v[state][i], *w = &l->net.p[i];
    if (g->mistake == GRADIENT_CLIPPED)
        h = h > rules->clip ? rules->clip : h < -rules->clip ? -rules->clip : h;
    if (rules->optimizer == GAME_GRADIENT_DESCENT) {
        *w = *w - l->rate * h;
        return;
    }
    if (rules->optimizer == GAME_RMSPROP) {
        *v = h * h * (1 - rules->rmsprop.rho) + *v * rules->rmsprop.rho;
        real inside = rules->rmsprop.epsilon_placement == RMSPROP_INSIDE_ROOT
                          ? rules->rmsprop.epsilon
                          : R(0.0);
        *w = *w - h * (l->rate / (real_sqrt(*v + inside) + (rules->rmsprop.epsilon - inside)));
        return;
    }
    real c1 = 1, c2 = 1, epsilon = rules->adam.epsilon;
    for (size_t k = 0; k < t; k++) {
        c1 = c1 * rules->adam.beta1;
        c2 = c2 * rules->adam.beta2;
    }
    *m = h * (1 - rules->adam.beta1) + *m * rules->adam.beta1;
    *v = h * h * (1 - rules->adam.beta2) + *v * rules->adam.beta2;
    real corrected = *v / (1 - c2), root = real_sqrt(corrected) + epsilon;
    if (rules->adam.epsilon_placement == ADAM_INSIDE_ROOT)
        root = real_sqrt(corrected + epsilon);
    if (rules->adam.epsilon_placement == ADAM_BEFORE_CORRECTION)
        root = real_sqrt(corrected) + epsilon / real_sqrt(1 - c2);
    *w = *w - *m * l->rate / ((1 - c1) * root);
}

static void clip(const struct game *g, struct learner *l)
{
    real c = g->rules->clip;
    for (size_t i = 0; i < 2 * l->net.layers; i++)
        for (size_t k = l->net.place[i]; k < l->net.place[i + 1]; k++) {
            if (g->mistake == CLIP_LOST || g->mistake == GRADIENT_CLIPPED ||
                (g->mistake == BIASES_NOT_CLIPPED && i % 2))
                continue;
            l->net.p[k] = l->net.p[k] > c ? c : l->net.p[k];
            l->net.p[k] = l->net.p[k] < -c ? -c : l->net.p[k];
        }
}

/* An update from l->g, which is cleared. role: 1 for the discriminator's fake batch. */
static void update(struct game *g, struct learner *l, int role)
{
    int state = g->mistake == STATES_OF_ROLES ? role : 0;
    l->t++;
    *g->both += 1;
    size_t t = l->t;
    if (g->mistake == STATES_OF_ROLES && g->separate && l == &g->D)
        t = (l->t + 1) / 2;
    if (g->mistake == COUNT_OF_ITERATIONS)
        t = g->iteration + 1;
    if (g->mistake == COUNT_OF_BOTH)
        t = *g->both;
    for (size_t i = 0; i < l->net.P; i++) {
        l->g[i] = l->g[i] + l->left[i];
        l->left[i] = 0;
        if (g->mistake == UPHILL && l == &g->D)
            l->g[i] = -l->g[i];
        step_parameter(g, l, i, state, t);
        l->g[i] = 0;
    }
    if (g->mistake == CLIP_EACH_UPDATE || (g->mistake == GENERATOR_CLIPPED && l == &g->G))
        clip(g, l);
}

/* The discriminator's mean loss of n samples x; its gradient is added to D.g, that of the samples
 * written to dx. */
static real judge(struct game *g, const real *x, size_t n, real target, real sign, real weight,
                  real *right, int is_real, int learns)
{
    real loss = 0;
    size_t D = g->D.net.size[0];
    for (size_t i = n; i-- > 0;) {
        real slope, z = *net_forward(&g->D.net, &x[i * D], g->a_D);
        loss = loss + sign * value_of(g, z, target, &slope) * share(g, i, n);
        slope = sign * slope * share(g, i, n) * weight;
        net_backward(&g->D.net, g->a_D, &slope, learns ? g->D.g : NULL, &g->dx[i * D]);
        int above = g->mistake == HALF_IS_REAL ? z >= 0 : z > 0;
        if (right)
            *right += above == is_real ? 1 : 0;
    }
    return loss;
}

static void generate(struct game *g, const real *noise, size_t n, real *samples)
{
    size_t Z = g->G.net.size[0], D = g->D.net.size[0];
    for (size_t i = 0; i < n; i++) {
        const real *x = net_forward(&g->G.net, &noise[i * Z], g->a_G);
        for (size_t d = 0; d < D; d++)
            samples[i * D + d] = x[d];
    }
}

/* Adds to `to` the gradient of the generator that dx of its n samples causes. */
static void generator_gradient(struct game *g, const real *noise, size_t n, real *to)
{
    size_t Z = g->G.net.size[0], D = g->D.net.size[0];
    for (size_t i = n; i-- > 0;) {
        net_forward(&g->G.net, &noise[i * Z], g->a_G);
        net_backward(&g->G.net, g->a_G, &g->dx[i * D], to, NULL);
    }
}

/* One of the two batches of a discriminator's step. */
static void half_step(struct game *g, size_t s, int is_real)
{
    const struct game_rules *rules = g->rules;
    size_t n = is_real ? g->N : g->M, D = g->D.net.size[0];
    const real *x =
        is_real ? &g->real_data[(g->mistake == SAME_REAL_BATCH ? 0 : s) * n * D] : g->fakes;
    real target = is_real ? rules->real_target : rules->fake_target;
    real sign = is_real ? rules->real_sign : rules->fake_sign;
    real weight = g->combine == GAME_HALF ? R(0.5) : R(1.0);
    if (g->mistake == LABELS_EXCHANGED) {
        target = is_real ? rules->fake_target : rules->real_target;
        sign = is_real ? rules->fake_sign : rules->real_sign;
    }
    if (g->combine == GAME_POOLED)
        weight = real_count(n) / real_count(g->N + g->M);
    real *right = is_real ? g->real_right : g->fake_right;
    real *loss = is_real ? g->real_loss : g->fake_loss;
    loss[s] = judge(g, x, n, target, sign, weight, right ? &right[s] : NULL, is_real, 1);
    if (g->mistake == NOT_DETACHED && !is_real)
        generator_gradient(g, &g->fake_noise[s * g->M * g->G.net.size[0]], n, g->G.left);
    if (g->separate)
        update(g, &g->D, !is_real);
    else if (g->mistake == REAL_GRADIENT_LOST && is_real)
        for (size_t i = 0; i < g->D.net.P; i++)
            g->D.g[i] = 0;
}

static void discriminator_step(struct game *g, size_t s)
{
    const struct game_rules *rules = g->rules;
    int fakes_first = g->mistake == FAKES_FIRST && g->separate, clips = !is_game(g);
    if (g->mistake == FIRST_STEP_ONLY && s % g->K != 0)
        return;
    if (clips && rules->clipping == GAME_CLIP_BEFORE)
        clip(g, &g->D);
    half_step(g, s, !fakes_first);
    half_step(g, s, fakes_first);
    if (!g->separate)
        update(g, &g->D, 0);
    if (clips && rules->clipping == GAME_CLIP_AFTER)
        clip(g, &g->D);
    if (g->mistake == LOSS_AFTER_UPDATE) {
        size_t row = s * g->N * g->D.net.size[0];
        g->real_loss[s] = judge(g, &g->real_data[row], g->N, rules->real_target, rules->real_sign,
                                R(1.0), NULL, 1, 0);
        g->fake_loss[s] =
            judge(g, g->fakes, g->M, rules->fake_target, rules->fake_sign, R(1.0), NULL, 0, 0);
    }
    if (g->distance)
        g->distance[s] = -g->fake_loss[s] - g->real_loss[s];
    if (g->mistake == DISTANCE_SIGN)
        g->distance[s] = -g->distance[s];
}

static void generator_step(struct game *g, size_t t)
{
    const struct game_rules *rules = g->rules;
    size_t Z = g->G.net.size[0], D = g->D.net.size[0];
    const real *noise = &g->noise[(g->mistake == SAME_NOISE ? 0 : t) * g->B * Z];
    real target = rules->generator_target, sign = rules->generator_sign;
    real *samples = g->start + g->M * D; /* behind the fakes of the start */
    if (g->mistake == GENERATOR_LABELS_ZERO) {
        target = 0;
        sign = R(1.0);
    }
    if (g->mistake == GENERATOR_SMOOTHED && target > 0)
        target = rules->real_target;
    if (g->mistake == MINIMAX_SIGN_LOST)
        sign = R(1.0);
    if (g->mistake == GENERATOR_SIGN)
        sign = -sign;
    generate(g, noise, g->B, samples);
    int learns = g->mistake == NOT_FROZEN || g->mistake == GRADIENT_LEFT_IN_D;
    g->generator_loss[t] = judge(g, samples, g->B, target, sign, R(1.0), NULL, 0, learns);
    generator_gradient(g, noise, g->B, g->G.g);
    update(g, &g->G, 0);
    if (g->mistake == NOT_FROZEN)
        update(g, &g->D, 0);
}

static void make_fakes(struct game *g, size_t s, size_t t)
{
    size_t Z = g->G.net.size[0], D = g->D.net.size[0];
    if (g->mistake == FAKES_OF_START && t > 0) {
        for (size_t i = 0; i < g->M * D; i++)
            g->fakes[i] = g->start[i];
        return;
    }
    const real *noise = g->shared ? &g->noise[t * g->B * Z]
                                  : &g->fake_noise[(g->mistake == SAME_FAKES ? 0 : s) * g->M * Z];
    generate(g, noise, g->M, g->fakes);
    for (size_t i = 0; t == 0 && i < g->M * D; i++)
        g->start[i] = g->fakes[i];
}

static void iterate(struct game *g, size_t t)
{
    struct learner *players[2] = {&g->G, &g->D};
    int generator_first = g->generator_first || g->mistake == SIMULTANEOUS;
    g->iteration = t;
    for (size_t k = 0; g->mistake == STATE_LOST && k < 2; k++) {
        players[k]->t = 0;
        for (size_t i = 0; i < players[k]->net.P; i++)
            players[k]->m[0][i] = players[k]->v[0][i] = 0;
    }
    if (g->shared || g->mistake == SIMULTANEOUS)
        make_fakes(g, t * g->K, t);
    if (generator_first)
        generator_step(g, t);
    for (size_t s = t * g->K; s < (t + 1) * g->K; s++) {
        if ((!g->shared && g->mistake != SIMULTANEOUS) || g->mistake == FAKES_RENEWED)
            make_fakes(g, s, t);
        discriminator_step(g, s);
    }
    if (!generator_first)
        generator_step(g, t);
}

/* ---- reading and recording ---------------------------------------------------------------- */

static void learner_ready(struct call *call, struct learner *l, real rate)
{
    l->rate = rate;
    l->g = call_scratch(call, l->net.P);
    l->left = call_scratch(call, l->net.P);
    for (int k = 0; k < 2; k++) {
        l->m[k] = call_scratch(call, l->net.P);
        l->v[k] = call_scratch(call, l->net.P);
    }
}

static void read_conventions(struct call *call, struct game *g)
{
    static const char *const updates[] = {"separate", "joint", NULL};
    static const char *const critic_updates[] = {"joint", "separate", NULL};
    static const char *const combinations[] = {"sum", "half", "pooled", NULL};
    static const char *const orders[] = {"discriminator_first", "generator_first", NULL};
    static const char *const uses[] = {"fresh", "shared", NULL};
    static const char *const outputs[] = {"linear", "tanh", NULL};
    static const char *const records[] = {"all", "last", "norms", NULL};
    int update = call_choice(call, "discriminator_update", is_game(g) ? updates : critic_updates);
    g->separate = is_game(g) ? update == 0 : update == 1;
    g->combine = call_choice(call, "combine", combinations);
    g->generator_first = call_choice(call, "order", orders);
    g->shared = call_choice(call, "noise_use", uses);
    g->record = call_choice(call, "record", records);
    g->G.net.squashed = call_choice(call, "generator_output", outputs);
    g->G.net.squash_not_back = g->mistake == SQUASH_NOT_BACK;
    g->K = call_count_or(call, "discriminator_steps", 1, 1, 1000);
    g->block = call_block(call);
}

static void read_game(struct call *call, struct game *g)
{
    g->G.net = net_read(call, "generator", 'a');
    g->D.net = net_read(call, "discriminator", 'p');
    read_conventions(call, g);
    g->real_data = call_input(call, "real", "SNp");
    g->noise = call_input(call, "noise", "TBa");
    g->T = call_size(call, 'T');
    g->N = call_size(call, 'N');
    g->M = g->B = call_size(call, 'B');
    g->fake_noise = g->noise;
    if (!g->shared) {
        g->fake_noise = call_input(call, "fake_noise", "SMa");
        g->M = call_size(call, 'M');
    }
    if (g->mistake == NOT_DETACHED && g->shared && g->K > 1)
        call_fail(call, "not for several steps on shared noise");
    if (call_has(call, "fixed_noise")) {
        g->fixed = call_input(call, "fixed_noise", "Fa");
        g->F = call_size(call, 'F');
    }
    size_t most = g->N + g->M + g->B + g->F;
    g->a_G = call_scratch(call, g->G.net.units);
    g->a_D = call_scratch(call, g->D.net.units);
    g->fakes = call_scratch(call, most * g->D.net.size[0]);
    g->start = call_scratch(call, most * g->D.net.size[0]);
    g->dx = call_scratch(call, most * g->D.net.size[0]);
    int exchanged = g->mistake == RATES_EXCHANGED;
    learner_ready(call, &g->G, exchanged ? g->rules->discriminator_rate : g->rules->generator_rate);
    learner_ready(call, &g->D, exchanged ? g->rules->generator_rate : g->rules->discriminator_rate);
}

static real *make_norms(struct call *call, const struct net *net, const char *name,
                        const char *shape)
{
    call_bind(call, shape[1], 2 * net->layers);
    return call_output(call, name, shape);
}

static void fill_norms(const struct net *net, real *norms, size_t t)
{
    for (size_t i = 0; i < 2 * net->layers; i++) {
        real sum = 0;
        for (size_t k = net->place[i + 1]; k-- > net->place[i];)
            sum = sum + net->p[k] * net->p[k];
        norms[t * 2 * net->layers + i] = real_sqrt(sum);
    }
}

static void show_samples(struct game *g, real *samples, real *verdict)
{
    size_t D = g->D.net.size[0];
    generate(g, g->fixed, g->F, samples);
    for (size_t f = 0; f < g->F; f++) {
        real z = *net_forward(&g->D.net, &samples[f * D], g->a_D);
        verdict[f] = is_game(g) ? R(0.5) + R(0.5) * real_tanh(z / 2) : z;
    }
}

void game_with_mistake(struct call *call, const struct game_rules *rules)
{
    size_t both = 0;
    struct game g = {
        .mistake = (enum game_mistake)call_variant(call), .rules = rules, .both = &both};
    real *norms[2] = {NULL, NULL}, *samples = NULL, *verdict = NULL;
    read_game(call, &g);
    g.real_loss = call_output(call, "real_loss", "S");
    g.fake_loss = call_output(call, "fake_loss", "S");
    if (is_game(&g)) {
        g.real_right = call_output_integers(call, "real_right", "S");
        g.fake_right = call_output_integers(call, "fake_right", "S");
    } else
        g.distance = call_output(call, "distance", "S");
    g.generator_loss = call_output(call, "generator_loss", "T");
    if (g.record == 2) {
        norms[0] = make_norms(call, &g.G.net, "generator_norms", "TG");
        norms[1] = make_norms(call, &g.D.net, "discriminator_norms", "TH");
    } else {
        net_make_outputs(call, &g.G.net, "", "_after", g.record ? 0 : 'T');
        net_make_outputs(call, &g.D.net, "", "_after", g.record ? 0 : 'T');
    }
    if (g.fixed) {
        samples = call_output(call, "samples", "TFp");
        verdict = call_output(call, is_game(&g) ? "probability" : "score", "TF");
    }
    for (size_t t = 0; t < g.T; t++) {
        iterate(&g, t);
        if (g.record == 2) {
            fill_norms(&g.G.net, norms[0], t);
            fill_norms(&g.D.net, norms[1], t);
        } else {
            net_fill_outputs(&g.G.net, g.G.net.p, g.record ? 0 : t);
            net_fill_outputs(&g.D.net, g.D.net.p, g.record ? 0 : t);
        }
        if (g.fixed)
            show_samples(&g, samples + t * g.F * g.D.net.size[0], verdict + t * g.F);
    }
}
