// SPDX-License-Identifier: MIT
#include "game.h"

#include <string.h>

/* Optimizer state of a player, and room for gradients with two more sums. */
struct learner {
    struct player player;
    scalar rate, *m, *v, *gradient, *first; /* first: of the real batch */
    struct adam_state adam;
};

/* A batch: its rows on this rank, and of all ranks. */
struct batch {
    size_t rows, all;
    struct reduction *sum; /* of the player that learns, and two more */
};

struct game {
    const struct game_rules *rules;
    const struct team *team;
    struct learner generator, discriminator;
    bool separate, half, pooled, shared, generator_first, has_fixed;
    size_t T, K, D, Z;
    struct batch real, fake, noise, fixed;
    const scalar *real_data, *fake_noise, *noise_data, *fixed_noise;
    scalar *fakes, *value, *right, *spare;
    scalar *real_loss, *fake_loss, *generator_loss, *distance, *real_right, *fake_right;
};

scalar game_positive(struct question *q, const char *name)
{
    const scalar value = question_number(q, name);
    if (!(value > 0))
        question_refuse(q, "its number '%s' is %g; give more than 0", name, (double)value);
    return value;
}

void game_cross_entropy(const struct team *team, size_t n, const scalar *z, scalar t, scalar *e,
                        scalar *value, scalar *slope)
{
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    team->kernels->exponential(n, e, e);
    team->kernels->logarithm_one_plus(n, value, e);
    for (size_t i = 0; i < n; i++) {
        const bool below = z[i] < 0;
        const scalar near = value[i], far = scalar_absolute(z[i]) + near;
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        value[i] = t * (below ? far : near) + (1 - t) * (below ? near : far);
        slope[i] = (1 - t) * (below ? small : large) - t * (below ? large : small);
    }
}

/* Losses of this rank's scores, and the gradient of the discriminator's output. */
static void judge(struct game *g, size_t rows, scalar target, scalar sign, scalar share, scalar W)
{
    const struct tensor *output = g->discriminator.player.output;
    scalar *slope = output->gradient;
    if (!g->rules->wasserstein)
        game_cross_entropy(g->team, rows, output->value, target, g->spare, g->value, slope);
    for (size_t n = 0; n < rows; n++) {
        const scalar value = g->rules->wasserstein ? output->value[n] : g->value[n];
        const scalar unit = g->rules->wasserstein ? 1 : slope[n];
        g->value[n] = sign * value;
        slope[n] = sign * unit * share / W;
    }
}

static void rmsprop(const struct game_rules *rules, struct learner *l)
{
    const scalar rho = rules->rho, rest = 1 - rho;
    const scalar under = rules->epsilon_inside ? rules->epsilon : 0;
    const scalar beside = rules->epsilon_inside ? 0 : rules->epsilon;
    for (size_t i = 0; i < l->player.P; i++) {
        const scalar g = l->gradient[i];
        l->v[i] = rho * l->v[i] + rest * g * g;
        l->player.value[i] -= l->rate * (g / (scalar_sqrt(l->v[i] + under) + beside));
    }
}

static void update(const struct game_rules *rules, struct learner *l)
{
    const size_t P = l->player.P;
    if (rules->optimizer == GAME_ADAM)
        adam_step(P, l->player.value, &l->adam, l->gradient, l->rate, &rules->adam);
    else if (rules->optimizer == GAME_RMSPROP)
        rmsprop(rules, l);
    else
        gradient_descent_step(P, l->player.value, l->gradient, l->rate, 0);
}

static void clip(struct learner *l, scalar c)
{
    for (size_t i = 0; i < l->player.P; i++) {
        const scalar w = l->player.value[i], low = w < -c ? -c : w;
        l->player.value[i] = w > c ? c : low;
    }
}

/* One batch before the discriminator, and the gradient that it causes. Returns the mean loss. */
static scalar discriminate(struct game *g, const struct batch *batch, const scalar *x, bool is_real,
                           scalar *right)
{
    const struct game_rules *rules = g->rules;
    struct player *d = &g->discriminator.player;
    const size_t counted = g->pooled ? g->real.all + g->fake.all : batch->all;
    player_forward(d, x, batch->rows);
    for (size_t n = 0; n < batch->rows; n++)
        g->right[n] = (d->output->value[n] > 0) == is_real ? 1 : 0;
    judge(g, batch->rows, is_real ? rules->real_target : rules->fake_target,
          is_real ? rules->real_sign : rules->fake_sign, g->half ? (scalar)0.5 : 1,
          (scalar)counted);
    player_backward(d, batch->rows);
    scalar *total = g->discriminator.gradient;
    player_sum(d, batch->sum, true, 2, (scalar *const[]){g->value, g->right}, total);
    *right = total[d->P + 1];
    return total[d->P] / (scalar)batch->all;
}

static void discriminator_step(struct game *g, size_t s)
{
    struct learner *d = &g->discriminator;
    scalar right;
    if (g->rules->clips && g->rules->clips_before)
        clip(d, g->rules->clip);
    const scalar *x = g->real_data + s * g->real.rows * g->D;
    g->real_loss[s] = discriminate(g, &g->real, x, true, &right);
    if (g->real_right != NULL)
        g->real_right[s] = right;
    if (g->separate)
        update(g->rules, d);
    else
        memcpy(d->first, d->gradient, d->player.P * sizeof *d->first);
    g->fake_loss[s] = discriminate(g, &g->fake, g->fakes, false, &right);
    if (g->fake_right != NULL)
        g->fake_right[s] = right;
    for (size_t i = 0; !g->separate && i < d->player.P; i++)
        d->gradient[i] = d->first[i] + d->gradient[i];
    update(g->rules, d);
    if (g->rules->clips && !g->rules->clips_before)
        clip(d, g->rules->clip);
    if (g->distance != NULL)
        g->distance[s] = -(g->real_loss[s] + g->fake_loss[s]);
}

static void generator_step(struct game *g, size_t t)
{
    struct player *player = &g->generator.player, *d = &g->discriminator.player;
    const size_t rows = g->noise.rows, P = player->P;
    scalar *total = g->generator.gradient;
    player_forward(player, g->noise_data + t * rows * g->Z, rows);
    player_forward(d, player->output->value, rows);
    judge(g, rows, g->rules->generator_target, g->rules->generator_sign, 1, (scalar)g->noise.all);
    player_backward(d, rows);
    if (rows != 0)
        memcpy(player->output->gradient, d->input->gradient, rows * g->D * sizeof *total);
    player_backward(player, rows);
    player_sum(player, g->noise.sum, true, 1, (scalar *const[]){g->value}, total);
    g->generator_loss[t] = total[P] / (scalar)g->noise.all;
    update(g->rules, &g->generator);
}

static void keep_fakes(struct game *g, const scalar *noise)
{
    struct player *player = &g->generator.player;
    player_forward(player, noise, g->fake.rows);
    if (g->fake.rows != 0)
        memcpy(g->fakes, player->output->value, g->fake.rows * g->D * sizeof *g->fakes);
}

static void play_iteration(struct game *g, size_t t)
{
    if (g->shared)
        keep_fakes(g, g->noise_data + t * g->noise.rows * g->Z);
    if (g->generator_first)
        generator_step(g, t);
    for (size_t s = t * g->K; s < (t + 1) * g->K; s++) {
        if (!g->shared)
            keep_fakes(g, g->fake_noise + s * g->fake.rows * g->Z);
        discriminator_step(g, s);
    }
    if (!g->generator_first)
        generator_step(g, t);
}

/* ---- reading ------------------------------------------------------------------------------ */

static void read_players(struct question *q, struct game *g)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    struct player *player = &g->generator.player, *d = &g->discriminator.player;
    player_read(q, player, "generator", 'a');
    player_read(q, d, "discriminator", 'p');
    player->end = question_choice(q, "generator_output", outputs) == 1 ? &tanh_operation : NULL;
    g->Z = player->size[0];
    g->D = d->size[0];
    if (player_outputs(player) != g->D)
        question_refuse(q, "its generator's samples do not fit 'discriminator_w1'");
    if (player_outputs(d) != 1)
        question_refuse(q,
                        "the last layer of its 'discriminator_w1' and so on has %zu outputs; "
                        "give one",
                        player_outputs(d));
}

static struct batch batch_of(struct question *q, char letter)
{
    return (struct batch){.rows = question_part(q, letter), .all = question_size(q, letter)};
}

static void read_data(struct question *q, struct game *g)
{
    static const char *const uses[] = {"fresh", "shared", NULL};
    g->shared = question_choice(q, "noise_use", uses) == 1;
    g->K = question_count_or(q, "discriminator_steps", 1, 1, 1000);
    g->real_data = question_input(q, "real", "S[N]p");
    g->noise_data = question_input(q, "noise", "T[B]a");
    g->T = question_size(q, 'T');
    g->real = batch_of(q, 'N');
    g->noise = g->fake = batch_of(q, 'B');
    if (question_size(q, 'S') != g->T * g->K)
        question_refuse(q,
                        "its 'real' has %zu steps; give %zu: 'discriminator_steps' times those "
                        "of 'noise'",
                        question_size(q, 'S'), g->T * g->K);
    if (!g->shared) {
        g->fake_noise = question_input(q, "fake_noise", "S[M]a");
        g->fake = batch_of(q, 'M');
    }
    if (g->real.all == 0 || g->fake.all == 0 || g->noise.all == 0)
        question_refuse(q, "a batch of its 'real', 'fake_noise' or 'noise' is empty; give at least "
                           "one sample");
    g->has_fixed = question_has(q, "fixed_noise");
    if (g->has_fixed) {
        g->fixed_noise = question_input(q, "fixed_noise", "[F]a");
        g->fixed = batch_of(q, 'F');
    }
}

static void learner_ready(struct question *q, struct learner *l, size_t capacity, scalar rate,
                          const struct game_rules *rules)
{
    player_create(q, &l->player, capacity);
    const size_t P = l->player.P;
    l->rate = rate;
    l->m = question_scratch(q, P);
    l->v = question_scratch(q, P);
    l->gradient = question_scratch(q, P + 2);
    l->first = question_scratch(q, P);
    l->adam = (struct adam_state){.m = l->m, .v = l->v};
    adam_start(&l->adam, &rules->adam, 1);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void read_game(struct question *q, struct game *g)
{
    static const char *const updates[] = {"separate", "joint", NULL};
    static const char *const critic_updates[] = {"joint", "separate", NULL};
    static const char *const combinations[] = {"sum", "half", "pooled", NULL};
    static const char *const orders[] = {"discriminator_first", "generator_first", NULL};
    read_players(q, g);
    read_data(q, g);
    const bool wasserstein = g->rules->wasserstein;
    const int chosen =
        question_choice(q, "discriminator_update", wasserstein ? critic_updates : updates);
    const int combine = question_choice(q, "combine", combinations);
    g->separate = wasserstein ? chosen == 1 : chosen == 0;
    g->half = combine == 1;
    g->pooled = combine == 2;
    if (g->separate && combine != 0)
        question_refuse(q, "its convention 'combine' is for joint updates; leave it out");
    g->generator_first = question_choice(q, "order", orders) == 1;
    const size_t most =
        larger(larger(g->real.rows, g->fake.rows), larger(g->noise.rows, g->fixed.rows));
    learner_ready(q, &g->generator, most, g->rules->generator_rate, g->rules);
    learner_ready(q, &g->discriminator, most, g->rules->discriminator_rate, g->rules);
    g->real.sum = question_sum(q, 'N', g->discriminator.player.P + 2);
    g->fake.sum = question_sum(q, g->shared ? 'B' : 'M', g->discriminator.player.P + 2);
    g->noise.sum = question_sum(q, 'B', g->generator.player.P + 1);
    g->fakes = question_scratch(q, most * g->D);
    g->value = question_scratch(q, most);
    g->right = question_scratch(q, most);
    g->spare = question_scratch(q, most);
}

/* ---- recording ---------------------------------------------------------------------------- */

/* Where what is recorded of a player goes. */
struct record {
    bool norms_only, last_only;
    scalar *after[2 * PLAYER_LAYERS], *norms;
};

static struct record make_record(struct question *q, const struct player *player)
{
    static const char *const records[] = {"all", "last", "norms", NULL};
    const int which = question_choice(q, "record", records);
    struct record record = {.norms_only = which == 2, .last_only = which == 1};
    const bool is_generator = player->letter == 'a';
    if (record.norms_only) {
        question_bind(q, is_generator ? 'G' : 'H', 2 * player->layers);
        record.norms = is_generator ? question_output(q, "generator_norms", "TG")
                                    : question_output(q, "discriminator_norms", "TH");
        return record;
    }
    for (size_t i = 0; i < 2 * player->layers; i++)
        record.after[i] = player_parameter_output(q, "", player, i % 2 == 0 ? 'w' : 'b', i / 2,
                                                  "_after", record.last_only ? 0 : 'T');
    return record;
}

static void fill_record(const struct team *team, const struct record *record,
                        const struct player *player, size_t t)
{
    for (size_t i = 0; i < 2 * player->layers; i++) {
        size_t count, from = player_place(player, i % 2 == 0 ? 'w' : 'b', i / 2, &count);
        const scalar *value = player->value + from;
        if (record->norms_only) {
            scalar *norm = record->norms + t * 2 * player->layers + i;
            team_row_products(team, 1, count, value, value, norm);
            *norm = scalar_sqrt(*norm);
        } else
            memcpy(record->after[i] + (record->last_only ? 0 : t * count), value,
                   count * sizeof *value);
    }
}

static void show_samples(struct game *g, scalar *samples, scalar *verdict)
{
    struct player *player = &g->generator.player, *d = &g->discriminator.player;
    const size_t rows = g->fixed.rows;
    if (rows == 0)
        return;
    player_forward(player, g->fixed_noise, rows);
    memcpy(samples, player->output->value, rows * g->D * sizeof *samples);
    player_forward(d, samples, rows);
    const scalar *z = d->output->value;
    for (size_t n = 0; n < rows; n++)
        g->spare[n] = -scalar_absolute(z[n]);
    g->team->kernels->exponential(rows, g->spare, g->spare);
    for (size_t n = 0; n < rows; n++) {
        const scalar e = g->spare[n], p = z[n] < 0 ? e / (1 + e) : 1 / (1 + e);
        verdict[n] = g->rules->wasserstein ? z[n] : p;
    }
}

void game_play(struct question *q, const struct game_rules *rules)
{
    struct game g = {.rules = rules, .team = question_team(q)};
    read_game(q, &g);
    g.real_loss = question_output(q, "real_loss", "S");
    g.fake_loss = question_output(q, "fake_loss", "S");
    if (rules->wasserstein) {
        g.distance = question_output(q, "distance", "S");
    } else {
        g.real_right = question_output(q, "real_right", "S");
        g.fake_right = question_output(q, "fake_right", "S");
    }
    g.generator_loss = question_output(q, "generator_loss", "T");
    const struct record generator = make_record(q, &g.generator.player);
    const struct record discriminator = make_record(q, &g.discriminator.player);
    scalar *samples = NULL, *verdict = NULL;
    if (g.has_fixed) {
        samples = question_output(q, "samples", "T[F]p");
        verdict = question_output(q, rules->wasserstein ? "score" : "probability", "T[F]");
    }
    question_begin(q);
    for (size_t t = 0; t < g.T; t++) {
        play_iteration(&g, t);
        fill_record(g.team, &generator, &g.generator.player, t);
        fill_record(g.team, &discriminator, &g.discriminator.player, t);
        if (g.has_fixed)
            show_samples(&g, samples + t * g.fixed.rows * g.D, verdict + t * g.fixed.rows);
    }
}
