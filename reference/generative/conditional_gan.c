// SPDX-License-Identifier: MIT
#include "conditional_gan.h"

#include "game.h"

/* How a player is told the class. */
struct condition {
    const real *embedding; /* (C,E); NULL: one-hot */
    size_t E;              /* 0: the first layer is not told */
    int first;
};

struct head {
    size_t H;
    const real *w, *b, *projection;
};

struct conditional {
    size_t C, N, B, X, Z, block;
    struct player generator, discriminator;
    struct condition of_generator, of_discriminator;
    int projected;
    struct head head;
    real c, dloss;
    /* Gradients of what is not in the players: of an embedding, psi_w, psi_b, projection. */
    real *dembedding, *dpsi_w, *dpsi_b, *dprojection;
    real *input, *dinput, *dphi, *logit, *dlogit, *value, *term;
};

/* in (n, X + E) = x (n, X) and the conditions of the labels, in the right order. */
static void tell(const struct condition *c, real *in, const real *x, const int *labels, size_t n,
                 size_t X)
{
    size_t width = X + c->E, from_x = c->first ? c->E : 0, from_c = c->first ? 0 : X;
    for (size_t i = 0; i < n; i++) {
        size_t label = (size_t)labels[i];
        for (size_t k = 0; k < X; k++)
            in[i * width + from_x + k] = x[i * X + k];
        for (size_t e = 0; e < c->E; e++) {
            real one_hot = e == label ? R(1.0) : R(0.0);
            in[i * width + from_c + e] = c->embedding ? c->embedding[label * c->E + e] : one_hot;
        }
    }
}

/* dx (n, X) from din (n, X + E), and the embedding's gradient, which is added to. */
static void untell(struct conditional *g, const struct condition *c, const real *din, real *dx,
                   const int *labels, size_t n, size_t X)
{
    size_t width = X + c->E, from_x = c->first ? c->E : 0, from_c = c->first ? 0 : X;
    for (size_t i = 0; i < n * X; i++)
        dx[i] = din[i / X * width + from_x + i % X];
    for (size_t k = 0; c->embedding && k < g->C * c->E; k++) {
        for (size_t i = 0; i < n; i++)
            g->term[i] = (size_t)labels[i] == k / c->E ? din[i * width + from_c + k % c->E] : 0;
        g->dembedding[k] = g->dembedding[k] + sum_samples(n, g->block, g->term, 1);
    }
}

/* Logits of n samples. */
static void judge(struct call *call, struct conditional *g, const real *x, const int *labels,
                  size_t n)
{
    const struct head *head = &g->head;
    tell(&g->of_discriminator, g->input, x, labels, n, g->X);
    const real *phi = player_forward(&g->discriminator, g->input, n);
    player_decisions(call, &g->discriminator);
    for (size_t i = 0; i < n; i++) {
        const real *row = g->projected ? &head->projection[(size_t)labels[i] * head->H] : NULL;
        real l = g->projected ? sum_products(*head->b, head->H, phi + i * head->H, 1, head->w, 1)
                              : phi[i];
        g->logit[i] = row ? sum_products(l, head->H, phi + i * head->H, 1, row, 1) : l;
    }
}

/* Adds the head's gradients and fills dphi. */
static void head_backward(struct conditional *g, const int *labels, size_t n)
{
    const struct head *head = &g->head;
    const real *phi = g->discriminator.output;
    size_t H = head->H;
    for (size_t i = 0; i < n * H; i++) {
        real both = head->w[i % H] + head->projection[(size_t)labels[i / H] * H + i % H];
        g->dphi[i] = g->dlogit[i / H] * both;
    }
    *g->dpsi_b = *g->dpsi_b + sum_samples(n, g->block, g->dlogit, 1);
    for (size_t h = 0; h < H; h++) {
        real sum = sum_sample_products(n, g->block, phi + h, H, g->dlogit, 1);
        g->dpsi_w[h] = g->dpsi_w[h] + sum;
    }
    for (size_t c = 0; c < g->C; c++) {
        for (size_t i = 0; i < n; i++)
            g->term[i] = (size_t)labels[i] == c ? g->dlogit[i] : R(0.0);
        for (size_t h = 0; h < H; h++) {
            real sum = sum_sample_products(n, g->block, phi + h, H, g->term, 1);
            g->dprojection[c * H + h] = g->dprojection[c * H + h] + sum;
        }
    }
}

/* Back from dlogit: the discriminator's gradients, and dx (n, X). */
static void judge_backward(struct conditional *g, const int *labels, size_t n, real *dx)
{
    const real *dphi = g->dlogit;
    if (g->projected) {
        head_backward(g, labels, n);
        dphi = g->dphi;
    }
    player_backward(&g->discriminator, dphi, g->dinput, g->block);
    untell(g, &g->of_discriminator, g->dinput, dx, labels, n, g->X);
}

static real batch_loss(struct conditional *g, size_t n, real target, real share)
{
    for (size_t i = 0; i < n; i++) {
        real slope;
        g->value[i] = game_cross_entropy(g->logit[i], target, &slope);
        g->dlogit[i] = slope * share * g->dloss / real_count(n);
    }
    return sum_samples(n, g->block, g->value, 1) / real_count(n);
}

/* ---- reading ------------------------------------------------------------------------------ */

static struct condition read_condition(struct call *call, const struct conditional *g,
                                       const char *embedding, const char *order, const char *shape)
{
    static const char *const orders[] = {"condition_last", "condition_first", NULL};
    struct condition c = {.E = g->C, .first = call_choice(call, order, orders)};
    if (call_has(call, embedding)) {
        c.embedding = call_input(call, embedding, shape);
        c.E = call_size(call, shape[1]);
    }
    return c;
}

static void read_head(struct call *call, struct conditional *g)
{
    static const char *const ends[] = {"relu", "tanh", NULL};
    g->discriminator.squashed = call_choice(call, "feature_end", ends) ? PLAYER_TANH : PLAYER_RELU;
    g->of_discriminator = (struct condition){.E = 0};
    g->head.H = player_outputs(&g->discriminator);
    call_bind(call, 'H', g->head.H);
    g->head.w = call_input(call, "psi_w", "H");
    g->head.b = call_input(call, "psi_b", "");
    g->head.projection = call_input(call, "projection", "CH");
}

static void read_players(struct call *call, struct conditional *g)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    static const char *const conditions[] = {"concatenated", "projected", NULL};
    g->C = call_count(call, "classes", 1, 1 << 20);
    call_bind(call, 'C', g->C);
    player_read(call, &g->generator, "generator", 'a');
    player_read(call, &g->discriminator, "discriminator", 'p');
    g->generator.squashed = (enum player_end)call_choice(call, "generator_output", outputs);
    g->of_generator = read_condition(call, g, "generator_embedding", "generator_order", "CE");
    g->of_discriminator =
        read_condition(call, g, "discriminator_embedding", "discriminator_order", "CF");
    g->projected = call_choice(call, "condition", conditions);
    if (g->projected)
        read_head(call, g);
    else if (player_outputs(&g->discriminator) != 1)
        call_fail(call, "the last layer of 'discriminator_w1' and so on must have one output");
    g->X = player_outputs(&g->generator);
    call_bind(call, 'X', g->X);
    if (player_inputs(&g->discriminator) != g->X + g->of_discriminator.E)
        call_fail(call, "input 'discriminator_w1' must have a row for each number of a sample "
                        "and of its condition");
}

static void prepare(struct call *call, struct conditional *g)
{
    size_t most = g->N > g->B ? g->N : g->B;
    size_t of_g = player_inputs(&g->generator), of_d = player_inputs(&g->discriminator);
    player_allocate(call, &g->generator, g->B);
    player_allocate(call, &g->discriminator, most);
    g->input = call_scratch(call, most * of_d);
    g->dinput = call_scratch(call, most * (of_d > of_g ? of_d : of_g));
    g->dphi = call_scratch(call, most * player_outputs(&g->discriminator));
    g->logit = call_scratch(call, most);
    g->dlogit = call_scratch(call, most);
    g->value = call_scratch(call, most);
    g->term = call_scratch(call, most);
}

/* Where the gradients that are not the players' go: outputs, or scratch for the other player. */
static void place_gradients(struct call *call, struct conditional *g, int generator)
{
    const struct condition *c = generator ? &g->of_generator : &g->of_discriminator;
    size_t E = g->of_generator.E + g->of_discriminator.E;
    if (c->embedding)
        g->dembedding = generator ? call_output(call, "dgenerator_embedding", "CE")
                                  : call_output(call, "ddiscriminator_embedding", "CF");
    else
        g->dembedding = call_scratch(call, g->C * E);
    if (!g->projected)
        return;
    g->dpsi_w = generator ? call_scratch(call, g->head.H) : call_output(call, "dpsi_w", "H");
    g->dpsi_b = generator ? call_scratch(call, 1) : call_output(call, "dpsi_b", "");
    g->dprojection =
        generator ? call_scratch(call, g->C * g->head.H) : call_output(call, "dprojection", "CH");
}

/* ---- the two players ------------------------------------------------------------------------ */

static void copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

static void answer_discriminator(struct call *call, struct conditional *g, const real *x,
                                 const int *labels)
{
    const real *truth = call_input(call, "real", "NX");
    const int *known = call_integers(call, "real_labels", "N", 0, (int)g->C - 1);
    struct player *d = &g->discriminator;
    real *first = call_scratch(call, d->P), *spare = call_scratch(call, g->B * g->X);
    judge(call, g, truth, known, g->N);
    copy(call_output(call, "real_logits", "N"), g->logit, g->N);
    place_gradients(call, g, 0);
    real of_real = batch_loss(g, g->N, R(1.0), g->c);
    judge_backward(g, known, g->N, call_output(call, "dreal", "NX"));
    copy(first, d->gradient, d->P);
    judge(call, g, x, labels, g->B);
    copy(call_output(call, "fake_logits", "B"), g->logit, g->B);
    real of_fake = batch_loss(g, g->B, R(0.0), g->c);
    judge_backward(g, labels, g->B, spare);
    for (size_t i = 0; i < d->P; i++)
        d->gradient[i] = first[i] + d->gradient[i];
    *call_output(call, "real_loss", "") = of_real;
    *call_output(call, "fake_loss", "") = of_fake;
    *call_output(call, "loss", "") = g->c * (of_real + of_fake);
    player_gradient_outputs(call, d);
}

static void answer_generator(struct call *call, struct conditional *g, const real *x,
                             const int *labels)
{
    struct condition told = g->of_discriminator;
    real *dx = call_scratch(call, g->B * g->X);
    judge(call, g, x, labels, g->B);
    copy(call_output(call, "fake_logits", "B"), g->logit, g->B);
    place_gradients(call, g, 1);
    *call_output(call, "loss", "") = batch_loss(g, g->B, R(1.0), R(1.0));
    g->of_discriminator.embedding = NULL; /* its gradient is not wanted */
    judge_backward(g, labels, g->B, dx);
    g->of_discriminator = told;
    player_backward(&g->generator, dx, g->dinput, g->block);
    untell(g, &g->of_generator, g->dinput, call_output(call, "dnoise", "BZ"), labels, g->B, g->Z);
    player_gradient_outputs(call, &g->generator);
}

void conditional_gan_answer(struct call *call)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    struct conditional g = {.block = call_block(call)};
    int generator = call_choice(call, "player", players);
    g.c = call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
    g.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    read_players(call, &g);
    const real *noise = call_input(call, "noise", "BZ");
    g.B = call_size(call, 'B');
    g.Z = call_size(call, 'Z');
    const int *labels = call_integers(call, "labels", "B", 0, (int)g.C - 1);
    if (player_inputs(&g.generator) != g.Z + g.of_generator.E)
        call_fail(call, "input 'generator_w1' must have a row for each number of the noise and of "
                        "the condition");
    if (!generator) {
        call_input(call, "real", "NX");
        g.N = call_size(call, 'N');
    }
    if (g.B == 0 || (!generator && g.N == 0))
        call_fail(call, "a batch of 'noise' or 'real' is empty: its mean is 0 / 0");
    prepare(call, &g);
    real *told = call_scratch(call, g.B * player_inputs(&g.generator));
    tell(&g.of_generator, told, noise, labels, g.B, g.Z);
    real *x = call_output(call, "samples", "BX");
    copy(x, player_forward(&g.generator, told, g.B), g.B * g.X);
    player_decisions(call, &g.generator);
    (generator ? answer_generator : answer_discriminator)(call, &g, x, labels);
}
