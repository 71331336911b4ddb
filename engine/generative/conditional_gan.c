// SPDX-License-Identifier: MIT
/* Conditional GAN; definition in reference/generative/conditional_gan.h.
 *
 * How it is distributed: real samples and noise are sharded with their labels, each batch by its
 * own blocks; every rank holds both players, embeddings and the head. What crosses the network, in
 * two sums for each batch: the gradient of the player that learns with the sum of losses; and the
 * gradients of what stands beside the player, each row of an embedding or projection a sum over the
 * samples of its class. Chains over the samples of a canonical block, then the fixed tree.
 */
#include "game.h"

#include <string.h>

/* How a player is told the class. */
struct condition {
    const scalar *embedding; /* (C,E); NULL: one-hot */
    size_t E;
    bool first;
};

/* Where gradients beside a player lie in one vector; the last is its length. */
struct places {
    size_t embedding, psi_w, psi_b, projection, all;
};

struct batch {
    char letter;
    size_t rows, all;
    const int *labels; /* of this rank */
};

struct conditional {
    struct question *q;
    const struct team *team;
    size_t C, X, Z, H;
    struct player generator, discriminator;
    struct condition of_generator, of_discriminator;
    bool projected;
    const scalar *psi_w, *psi_b, *projection;
    scalar c, dloss;
    scalar *input, *logit, *dlogit, *value, *spare;
};

static void tell(const struct condition *c, scalar *in, const scalar *x, const struct batch *batch,
                 size_t X)
{
    const size_t width = X + c->E;
    for (size_t i = 0; i < batch->rows; i++) {
        const size_t label = (size_t)batch->labels[i];
        scalar *row = in + i * width, *condition = row + (c->first ? 0 : X);
        memcpy(row + (c->first ? c->E : 0), x + i * X, X * sizeof *x);
        for (size_t e = 0; e < c->E; e++)
            condition[e] = c->embedding != NULL ? c->embedding[label * c->E + e] : e == label;
    }
}

static void keep_rows(const struct condition *c, const scalar *din, scalar *dx, size_t rows,
                      size_t X)
{
    for (size_t i = 0; i < rows; i++)
        memcpy(dx + i * X, din + i * (X + c->E) + (c->first ? c->E : 0), X * sizeof *dx);
}

static void judge(struct conditional *g, const scalar *x, const struct batch *batch)
{
    struct player *d = &g->discriminator;
    const size_t H = g->H;
    tell(&g->of_discriminator, g->input, x, batch, g->X);
    player_forward(d, g->input, batch->rows);
    const scalar *phi = d->output->value;
    for (size_t i = 0; i < batch->rows; i++) {
        g->logit[i] = g->projected ? *g->psi_b : phi[i];
        if (!g->projected)
            continue;
        const scalar *row = g->projection + (size_t)batch->labels[i] * H;
        team_product(g->team, false, false, 1, 1, H, phi + i * H, H, g->psi_w, 1, &g->logit[i], 1);
        team_product(g->team, false, false, 1, 1, H, phi + i * H, H, row, 1, &g->logit[i], 1);
    }
}

/* Losses of this rank and dlogit; then back through the discriminator. */
static void judge_backward(struct conditional *g, const struct batch *batch, scalar target,
                           scalar share)
{
    struct player *d = &g->discriminator;
    game_cross_entropy(g->team, batch->rows, g->logit, target, g->spare, g->value, g->dlogit);
    for (size_t i = 0; i < batch->rows; i++)
        g->dlogit[i] = g->dlogit[i] * share * g->dloss / (scalar)batch->all;
    for (size_t i = 0; i < batch->rows; i++) {
        const scalar *row = g->projected ? g->projection + (size_t)batch->labels[i] * g->H : NULL;
        for (size_t h = 0; h < g->H; h++)
            d->output->gradient[i * g->H + h] =
                row != NULL ? g->dlogit[i] * (g->psi_w[h] + row[h]) : g->dlogit[i];
    }
    player_backward(d, batch->rows);
}

/* total: gradients beside the player from the gradient of its input. */
static void sum_beside(const struct conditional *g, const struct batch *batch,
                       const struct player *player, const struct condition *c, size_t X,
                       const struct places *at, scalar *total)
{
    const struct kernels *kernels = g->team->kernels;
    const size_t H = g->H;
    struct reduction *sum = question_sum(g->q, batch->letter, at->all);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t i = piece.first; i < piece.first + piece.count; i++) {
            const size_t label = (size_t)batch->labels[i];
            const scalar *din = player->input->gradient + i * (X + c->E) + (c->first ? 0 : X);
            for (size_t e = 0; c->embedding != NULL && e < c->E; e++)
                leaf[at->embedding + label * c->E + e] += din[e];
            if (at->psi_b == at->projection) /* no head here */
                continue;
            const scalar *phi = player->output->value + i * H;
            kernels->scale_add(H, leaf + at->psi_w, g->dlogit[i], phi);
            leaf[at->psi_b] += g->dlogit[i];
            kernels->scale_add(H, leaf + at->projection + label * H, g->dlogit[i], phi);
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static struct places places_of(const struct conditional *g, const struct condition *c, bool head)
{
    struct places at = {.psi_w = c->embedding != NULL ? g->C * c->E : 0};
    at.psi_b = at.psi_w + (head ? g->H : 0);
    at.projection = at.psi_b + (head ? 1 : 0);
    at.all = at.projection + (head ? g->C * g->H : 0);
    return at;
}

static void keep(struct question *q, const char *name, const char *shape, const scalar *value,
                 size_t n)
{
    scalar *output = question_output(q, name, shape);
    if (n != 0)
        memcpy(output, value, n * sizeof *value);
}

/* ---- reading ------------------------------------------------------------------------------ */

static struct condition read_condition(struct conditional *g, const char *embedding,
                                       const char *order, const char *shape)
{
    static const char *const orders[] = {"condition_last", "condition_first", NULL};
    struct condition c = {.E = g->C, .first = question_choice(g->q, order, orders) == 1};
    if (question_has(g->q, embedding)) {
        c.embedding = question_input(g->q, embedding, shape);
        c.E = question_size(g->q, shape[1]);
    }
    return c;
}

static void read_head(struct conditional *g)
{
    static const char *const ends[] = {"relu", "tanh", NULL};
    struct player *d = &g->discriminator;
    d->end = question_choice(g->q, "feature_end", ends) == 1 ? &tanh_operation : &relu_operation;
    g->of_discriminator = (struct condition){.E = 0};
    question_bind(g->q, 'H', g->H);
    g->psi_w = question_input(g->q, "psi_w", "H");
    g->psi_b = question_input(g->q, "psi_b", "");
    g->projection = question_input(g->q, "projection", "CH");
}

static void read_players(struct conditional *g)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    static const char *const conditions[] = {"concatenated", "projected", NULL};
    struct question *q = g->q;
    g->C = question_count(q, "classes", 1, 1 << 20);
    question_bind(q, 'C', g->C);
    player_read(q, &g->generator, "generator", 'a');
    player_read(q, &g->discriminator, "discriminator", 'p');
    if (question_choice(q, "generator_output", outputs) == 1)
        g->generator.end = &tanh_operation;
    g->of_generator = read_condition(g, "generator_embedding", "generator_order", "CE");
    g->of_discriminator = read_condition(g, "discriminator_embedding", "discriminator_order", "CF");
    g->projected = question_choice(q, "condition", conditions) == 1;
    g->H = player_outputs(&g->discriminator);
    if (g->projected)
        read_head(g);
    else if (g->H != 1)
        question_refuse(q,
                        "the last layer of its 'discriminator_w1' and so on has %zu outputs; "
                        "give one",
                        g->H);
    g->X = player_outputs(&g->generator);
    question_bind(q, 'X', g->X);
    if (g->discriminator.size[0] != g->X + g->of_discriminator.E)
        question_refuse(q,
                        "its 'discriminator_w1' has %zu rows; give %zu: one for each number of "
                        "a sample and of its condition",
                        g->discriminator.size[0], g->X + g->of_discriminator.E);
}

static struct batch read_batch(struct question *q, char letter, const char *labels,
                               const char *shape, size_t C)
{
    return (struct batch){.letter = letter,
                          .rows = question_part(q, letter),
                          .all = question_size(q, letter),
                          .labels = question_integers(q, labels, shape, 0, (int)C - 1)};
}

static void prepare(struct conditional *g, size_t real_rows, size_t rows)
{
    const size_t most = real_rows > rows ? real_rows : rows;
    const size_t of_g = g->generator.size[0], of_d = g->discriminator.size[0];
    player_create(g->q, &g->generator, rows);
    player_create(g->q, &g->discriminator, most);
    g->input = question_scratch(g->q, most * (of_g > of_d ? of_g : of_d));
    g->logit = question_scratch(g->q, most);
    g->dlogit = question_scratch(g->q, most);
    g->value = question_scratch(g->q, most);
    g->spare = question_scratch(g->q, most);
}

/* ---- the two players ------------------------------------------------------------------------ */

/* The gradients of one batch: total (P + 1) and beside (at->all). Returns the mean loss. */
static scalar learn(struct conditional *g, const struct batch *batch, bool is_real,
                    const struct places *at, scalar *total, scalar *beside)
{
    struct player *d = &g->discriminator;
    judge_backward(g, batch, is_real ? 1 : 0, g->c);
    player_sum(d, question_sum(g->q, batch->letter, d->P + 1), true, 1, (scalar *const[]){g->value},
               total);
    sum_beside(g, batch, d, &g->of_discriminator, g->X, at, beside);
    return total[d->P] / (scalar)batch->all;
}

static void answer_discriminator(struct conditional *g, const struct batch *real_batch,
                                 const struct batch *batch, const scalar *x)
{
    struct question *q = g->q;
    struct player *d = &g->discriminator;
    const scalar *truth = question_input(q, "real", "[N]X");
    const struct places at = places_of(g, &g->of_discriminator, g->projected);
    scalar *total = question_scratch(q, d->P + 1), *first = question_scratch(q, d->P + 1);
    scalar *beside = question_scratch(q, at.all), *before = question_scratch(q, at.all);
    judge(g, truth, real_batch);
    keep(q, "real_logits", "[N]", g->logit, real_batch->rows);
    const scalar of_real = learn(g, real_batch, true, &at, first, before);
    keep_rows(&g->of_discriminator, d->input->gradient, question_output(q, "dreal", "[N]X"),
              real_batch->rows, g->X);
    judge(g, x, batch);
    keep(q, "fake_logits", "[B]", g->logit, batch->rows);
    const scalar of_fake = learn(g, batch, false, &at, total, beside);
    for (size_t i = 0; i < d->P; i++)
        total[i] = first[i] + total[i];
    for (size_t i = 0; i < at.all; i++)
        beside[i] = before[i] + beside[i];
    question_output(q, "real_loss", "")[0] = of_real;
    question_output(q, "fake_loss", "")[0] = of_fake;
    question_output(q, "loss", "")[0] = g->c * (of_real + of_fake);
    player_gradient_outputs(q, d, total);
    if (g->of_discriminator.embedding != NULL)
        keep(q, "ddiscriminator_embedding", "CF", beside, at.psi_w);
    if (!g->projected)
        return;
    keep(q, "dpsi_w", "H", beside + at.psi_w, g->H);
    keep(q, "dpsi_b", "", beside + at.psi_b, 1);
    keep(q, "dprojection", "CH", beside + at.projection, g->C * g->H);
}

static void answer_generator(struct conditional *g, const struct batch *batch, const scalar *x)
{
    struct question *q = g->q;
    struct player *player = &g->generator, *d = &g->discriminator;
    const struct places at = places_of(g, &g->of_generator, false);
    scalar *total = question_scratch(q, player->P + 1), *beside = question_scratch(q, at.all);
    judge(g, x, batch);
    keep(q, "fake_logits", "[B]", g->logit, batch->rows);
    judge_backward(g, batch, 1, 1);
    keep_rows(&g->of_discriminator, d->input->gradient, player->output->gradient, batch->rows,
              g->X);
    player_backward(player, batch->rows);
    player_sum(player, question_sum(q, 'B', player->P + 1), true, 1, (scalar *const[]){g->value},
               total);
    question_output(q, "loss", "")[0] = total[player->P] / (scalar)batch->all;
    keep_rows(&g->of_generator, player->input->gradient, question_output(q, "dnoise", "[B]Z"),
              batch->rows, g->Z);
    player_gradient_outputs(q, player, total);
    if (at.all == 0)
        return;
    sum_beside(g, batch, player, &g->of_generator, g->Z, &at, beside);
    keep(q, "dgenerator_embedding", "CE", beside, at.all);
}

void conditional_gan_run(struct question *q)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    struct conditional g = {.q = q, .team = question_team(q)};
    const bool generator = question_choice(q, "player", players) == 1;
    g.c = question_choice(q, "combine", combinations) == 1 ? (scalar)0.5 : 1;
    g.dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    read_players(&g);
    const scalar *noise = question_input(q, "noise", "[B]Z");
    g.Z = question_size(q, 'Z');
    const struct batch batch = read_batch(q, 'B', "labels", "[B]", g.C);
    struct batch real_batch = {.all = 1};
    if (g.generator.size[0] != g.Z + g.of_generator.E)
        question_refuse(q,
                        "its 'generator_w1' has %zu rows; give %zu: one for each number of the "
                        "noise and of the condition",
                        g.generator.size[0], g.Z + g.of_generator.E);
    if (!generator) {
        question_input(q, "real", "[N]X");
        real_batch = read_batch(q, 'N', "real_labels", "[N]", g.C);
    }
    if (batch.all == 0 || real_batch.all == 0)
        question_refuse(q, "a batch of its 'noise' or 'real' is empty; give at least one sample");
    prepare(&g, real_batch.rows, batch.rows);
    tell(&g.of_generator, g.input, noise, &batch, g.Z);
    player_forward(&g.generator, g.input, batch.rows);
    scalar *x = question_output(q, "samples", "[B]X");
    if (batch.rows != 0)
        memcpy(x, g.generator.output->value, batch.rows * g.X * sizeof *x);
    if (generator)
        answer_generator(&g, &batch, x);
    else
        answer_discriminator(&g, &real_batch, &batch, x);
}
