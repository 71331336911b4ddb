// SPDX-License-Identifier: MIT
#include "game.h"

#include "../optimizers/gradient_descent.h"

/* Optimizer state of one player, and the sum of two gradients. */
struct learner {
    struct player player;
    real rate;
    size_t t; /* updates so far */
    real *m, *v, *unused, *sum;
};

struct game {
    const struct game_rules *rules;
    struct learner generator, discriminator;
    int separate, shared, generator_first, has_fixed;
    enum game_combine combine;
    size_t T, K, N, M, B, F, D, Z, block; /* M: generated samples of a discriminator's step */
    const real *real_data, *fake_noise, *noise, *fixed;
    real *fakes, *dz, *dsamples, *value;
    real *real_loss, *fake_loss, *generator_loss, *distance, *real_right, *fake_right;
};

real game_positive(struct call *call, const char *name)
{
    real value = call_number(call, name);
    if (!(value > 0))
        call_fail(call, "number '%s' must be above 0", name);
    return value;
}

real game_cross_entropy(real z, real t, real *slope)
{
    real e = real_exp(-real_abs(z)), near = real_log1p(e), far = real_abs(z) + near;
    real large = 1 / (1 + e), small = e / (1 + e);
    *slope = (1 - t) * (z < 0 ? small : large) - t * (z < 0 ? large : small);
    return t * (z < 0 ? far : near) + (1 - t) * (z < 0 ? near : far);
}

/* The mean loss of n scores; dz = ((sign slope) share) / W. */
static real batch_loss(struct game *g, const real *z, size_t n, real target, real sign, real share,
                       real W)
{
    for (size_t i = 0; i < n; i++) {
        real slope = 1, value = z[i];
        if (g->rules->loss == GAME_CROSS_ENTROPY)
            value = game_cross_entropy(z[i], target, &slope);
        g->value[i] = sign * value;
        g->dz[i] = sign * slope * share / W;
    }
    return sum_samples(n, g->block, g->value, 1) / real_count(n);
}

static void update(const struct game_rules *rules, struct learner *l)
{
    struct player *p = &l->player;
    l->t++;
    if (rules->optimizer == GAME_ADAM)
        adam_update(p->value, l->m, l->v, NULL, p->gradient, l->rate, l->t, &rules->adam, p->P);
    else if (rules->optimizer == GAME_RMSPROP)
        rmsprop_update(p->value, l->v, l->unused, l->m, p->gradient, l->rate, &rules->rmsprop,
                       p->P);
    else
        gradient_descent_update(p->value, p->gradient, l->rate, R(0.0), p->P);
}

static void clip(struct learner *l, real c)
{
    for (size_t i = 0; i < l->player.P; i++) {
        real w = l->player.value[i];
        l->player.value[i] = w > c ? c : w < -c ? -c : w;
    }
}

/* Counts scores on the right side; what is exactly 0 is called generated. */
static real count_right(struct call *call, const real *z, size_t n, int is_real)
{
    real right = 0;
    for (size_t i = 0; i < n; i++)
        right += (z[i] > 0) == is_real ? R(1.0) : R(0.0);
    call_decisions(call, n, z);
    return right;
}

static const real *score(struct call *call, struct game *g, const real *x, size_t n)
{
    const real *z = player_forward(&g->discriminator.player, x, n);
    player_decisions(call, &g->discriminator.player);
    return z;
}

/* The generator's samples for n rows of noise. */
static const real *generate(struct call *call, struct game *g, const real *noise, size_t n)
{
    const real *samples = player_forward(&g->generator.player, noise, n);
    player_decisions(call, &g->generator.player);
    return samples;
}

static void keep_fakes(struct game *g, const real *samples)
{
    for (size_t i = 0; i < g->M * g->D; i++)
        g->fakes[i] = samples[i];
}

static void discriminator_step(struct call *call, struct game *g, size_t s)
{
    const struct game_rules *rules = g->rules;
    struct player *d = &g->discriminator.player;
    int cross_entropy = rules->loss == GAME_CROSS_ENTROPY, pooled = g->combine == GAME_POOLED;
    real share = g->combine == GAME_HALF ? R(0.5) : R(1.0);
    real W_real = real_count(g->N + (pooled ? g->M : 0));
    real W_fake = real_count(g->M + (pooled ? g->N : 0));
    if (rules->clipping == GAME_CLIP_BEFORE)
        clip(&g->discriminator, rules->clip);
    const real *z = score(call, g, &g->real_data[s * g->N * g->D], g->N);
    g->real_loss[s] = batch_loss(g, z, g->N, rules->real_target, rules->real_sign, share, W_real);
    if (cross_entropy)
        g->real_right[s] = count_right(call, z, g->N, 1);
    player_backward(d, g->dz, NULL, g->block);
    if (g->separate)
        update(rules, &g->discriminator);
    for (size_t i = 0; i < d->P; i++)
        g->discriminator.sum[i] = g->separate ? R(0.0) : d->gradient[i];
    z = score(call, g, g->fakes, g->M);
    g->fake_loss[s] = batch_loss(g, z, g->M, rules->fake_target, rules->fake_sign, share, W_fake);
    if (cross_entropy)
        g->fake_right[s] = count_right(call, z, g->M, 0);
    player_backward(d, g->dz, NULL, g->block);
    for (size_t i = 0; i < d->P; i++)
        d->gradient[i] = g->discriminator.sum[i] + d->gradient[i];
    update(rules, &g->discriminator);
    if (rules->clipping == GAME_CLIP_AFTER)
        clip(&g->discriminator, rules->clip);
    if (!cross_entropy)
        g->distance[s] = -(g->real_loss[s] + g->fake_loss[s]);
}

static void generator_step(struct call *call, struct game *g, size_t t)
{
    const struct game_rules *rules = g->rules;
    const real *samples = generate(call, g, &g->noise[t * g->B * g->Z], g->B);
    const real *z = score(call, g, samples, g->B);
    g->generator_loss[t] = batch_loss(g, z, g->B, rules->generator_target, rules->generator_sign,
                                      R(1.0), real_count(g->B));
    player_backward(&g->discriminator.player, g->dz, g->dsamples, g->block);
    player_backward(&g->generator.player, g->dsamples, NULL, g->block);
    update(rules, &g->generator);
}

static void play_iteration(struct call *call, struct game *g, size_t t)
{
    if (g->shared)
        keep_fakes(g, generate(call, g, &g->noise[t * g->B * g->Z], g->M));
    if (g->generator_first)
        generator_step(call, g, t);
    for (size_t s = t * g->K; s < (t + 1) * g->K; s++) {
        if (!g->shared)
            keep_fakes(g, generate(call, g, &g->fake_noise[s * g->M * g->Z], g->M));
        discriminator_step(call, g, s);
    }
    if (!g->generator_first)
        generator_step(call, g, t);
}

/* ---- reading ------------------------------------------------------------------------------ */

static void learner_ready(struct call *call, struct learner *l, size_t most, real rate)
{
    player_allocate(call, &l->player, most);
    l->rate = rate;
    l->m = call_scratch(call, l->player.P);
    l->v = call_scratch(call, l->player.P);
    l->unused = call_scratch(call, l->player.P);
    l->sum = call_scratch(call, l->player.P);
}

static void read_players(struct call *call, struct game *g)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    player_read(call, &g->generator.player, "generator", 'a');
    player_read(call, &g->discriminator.player, "discriminator", 'p');
    g->generator.player.squashed = (enum player_end)call_choice(call, "generator_output", outputs);
    g->Z = player_inputs(&g->generator.player);
    g->D = player_inputs(&g->discriminator.player);
    if (player_outputs(&g->generator.player) != g->D)
        call_fail(call, "the generator's samples do not fit 'discriminator_w1'");
    if (player_outputs(&g->discriminator.player) != 1)
        call_fail(call, "the last layer of 'discriminator_w1' and so on must have one output");
}

static void read_data(struct call *call, struct game *g)
{
    static const char *const uses[] = {"fresh", "shared", NULL};
    g->shared = call_choice(call, "noise_use", uses);
    g->K = call_count_or(call, "discriminator_steps", 1, 1, 1000);
    g->real_data = call_input(call, "real", "SNp");
    g->noise = call_input(call, "noise", "TBa");
    g->N = call_size(call, 'N');
    g->T = call_size(call, 'T');
    g->M = g->B = call_size(call, 'B');
    if (call_size(call, 'S') != g->T * g->K)
        call_fail(call,
                  "input 'real' must have %zu steps: number 'discriminator_steps' times "
                  "those of 'noise'",
                  g->T * g->K);
    if (!g->shared) {
        g->fake_noise = call_input(call, "fake_noise", "SMa");
        g->M = call_size(call, 'M');
    }
    if (g->N == 0 || g->B == 0 || g->M == 0)
        call_fail(call, "a batch of 'real', 'fake_noise' or 'noise' is empty: its mean is 0 / 0");
    g->has_fixed = call_has(call, "fixed_noise");
    if (g->has_fixed) {
        g->fixed = call_input(call, "fixed_noise", "Fa");
        g->F = call_size(call, 'F');
    }
}

static void read_game(struct call *call, struct game *g)
{
    static const char *const updates[] = {"separate", "joint", NULL};
    static const char *const critic_updates[] = {"joint", "separate", NULL};
    static const char *const combinations[] = {"sum", "half", "pooled", NULL};
    static const char *const orders[] = {"discriminator_first", "generator_first", NULL};
    read_players(call, g);
    read_data(call, g);
    if (g->rules->loss == GAME_CROSS_ENTROPY)
        g->separate = call_choice(call, "discriminator_update", updates) == 0;
    else
        g->separate = call_choice(call, "discriminator_update", critic_updates) == 1;
    g->combine = (enum game_combine)call_choice(call, "combine", combinations);
    if (g->separate && g->combine != GAME_SUM)
        call_fail(call, "convention 'combine' is for joint updates: two are nothing to combine");
    g->generator_first = call_choice(call, "order", orders);
    g->block = call_block(call);
    size_t most = g->N > g->M ? g->N : g->M;
    most = g->B > most ? g->B : most;
    most = g->F > most ? g->F : most;
    learner_ready(call, &g->generator, most, g->rules->generator_rate);
    learner_ready(call, &g->discriminator, most, g->rules->discriminator_rate);
    g->fakes = call_scratch(call, g->M * g->D);
    g->dz = call_scratch(call, most);
    g->value = call_scratch(call, most);
    g->dsamples = call_scratch(call, g->B * g->D);
}

/* ---- recording ---------------------------------------------------------------------------- */

enum record { RECORD_ALL, RECORD_LAST, RECORD_NORMS };

/* Where what is recorded goes. */
struct record_of {
    enum record which;
    real *after[2 * PERCEPTRON_LAYERS], *norms;
};

static struct record_of make_record(struct call *call, const struct learner *l, enum record which)
{
    struct record_of record = {.which = which};
    const struct player *p = &l->player;
    if (which == RECORD_NORMS) {
        char shape[] = {'T', p->letter == 'a' ? 'G' : 'H', 0};
        call_bind(call, shape[1], 2 * p->net.layers);
        record.norms =
            call_output(call, p->letter == 'a' ? "generator_norms" : "discriminator_norms", shape);
        return record;
    }
    for (size_t i = 0; i < 2 * p->net.layers; i++) {
        char kind = i % 2 ? 'b' : 'w';
        record.after[i] =
            call_output(call, player_name(call, "", p, kind, i / 2, "_after"),
                        player_shape(p, kind, i / 2, which == RECORD_ALL ? 'T' : 0).letters);
    }
    return record;
}

static void fill_record(struct record_of *record, const struct learner *l, size_t t)
{
    const struct player *p = &l->player;
    for (size_t i = 0; i < 2 * p->net.layers; i++) {
        size_t O = p->net.size[i / 2 + 1], n = i % 2 ? O : O * p->net.size[i / 2];
        const real *from = i % 2 ? p->net.b[i / 2] : p->net.w[i / 2];
        if (record->which == RECORD_NORMS)
            record->norms[t * 2 * p->net.layers + i] =
                real_sqrt(sum_products(R(0.0), n, from, 1, from, 1));
        size_t row = record->which == RECORD_ALL ? t : 0;
        for (size_t k = 0; record->which != RECORD_NORMS && k < n; k++)
            record->after[i][row * n + k] = from[k];
    }
}

/* What the generator makes of the fixed noise now, and what the discriminator thinks of it. */
static void show_samples(struct call *call, struct game *g, real *samples, real *probability)
{
    const real *x = generate(call, g, g->fixed, g->F);
    for (size_t i = 0; i < g->F * g->D; i++)
        samples[i] = x[i];
    const real *z = score(call, g, x, g->F);
    for (size_t f = 0; f < g->F; f++) {
        real e = real_exp(-real_abs(z[f])), p = z[f] < 0 ? e / (1 + e) : 1 / (1 + e);
        probability[f] = g->rules->loss == GAME_CROSS_ENTROPY ? p : z[f];
    }
}

void game_play(struct call *call, const struct game_rules *rules)
{
    static const char *const records[] = {"all", "last", "norms", NULL};
    struct game g = {.rules = rules};
    int cross_entropy = rules->loss == GAME_CROSS_ENTROPY;
    read_game(call, &g);
    enum record which = (enum record)call_choice(call, "record", records);
    g.real_loss = call_output(call, "real_loss", "S");
    g.fake_loss = call_output(call, "fake_loss", "S");
    if (cross_entropy) {
        g.real_right = call_output_integers(call, "real_right", "S");
        g.fake_right = call_output_integers(call, "fake_right", "S");
    } else
        g.distance = call_output(call, "distance", "S");
    g.generator_loss = call_output(call, "generator_loss", "T");
    struct record_of generator = make_record(call, &g.generator, which);
    struct record_of discriminator = make_record(call, &g.discriminator, which);
    real *samples = NULL, *probability = NULL;
    if (g.has_fixed) {
        samples = call_output(call, "samples", "TFp");
        probability = call_output(call, cross_entropy ? "probability" : "score", "TF");
    }
    for (size_t t = 0; t < g.T; t++) {
        play_iteration(call, &g, t);
        fill_record(&generator, &g.generator, t);
        fill_record(&discriminator, &g.discriminator, t);
        if (g.has_fixed)
            show_samples(call, &g, samples + t * g.F * g.D, probability + t * g.F);
    }
}
