// SPDX-License-Identifier: MIT
#include "net_forks.h"

enum variant {
    TWIN,
    NOT_TOLD,
    CLASS_SHIFTED,
    FAKES_TOLD_REAL_LABELS,
    FIRST_LABEL_FOR_ALL,
    EMBEDDING_OVERWRITTEN,
    EMBEDDING_OF_BATCH_POSITION,
    PSI_FORGOTTEN,
    PROJECTION_FORGOTTEN,
    PROJECTION_NOT_BACK,
    FEATURES_NOT_BACK,
    LABELS_EXCHANGED,
    GENERATOR_TOLD_ZERO,
    FAKE_PART_LOST,
    UPSTREAM_IGNORED,
    SUM_NOT_MEAN,
    LAST_BLOCK_LOST,
    GRADIENT_NOT_HALVED,
    LOGARITHM_OF_SIGMOID
};

/* How a player is told the class, and the gradient of that. */
struct told {
    const real *embedding;
    size_t E;
    int first;
    real *gradient;
};

struct problem {
    enum variant variant;
    size_t C, N, B, X, Z, H, block;
    int projected;
    struct net g, d;
    struct told of_g, of_d;
    const real *psi_w, *psi_b, *projection, *noise, *truth;
    const int *labels, *known;
    real c, dloss;
    real *a_g, *a_d, *in, *din, *dphi, *dg, *dd, *head; /* head: dpsi_w, dpsi_b, dprojection */
    real *x;
};

static size_t class_of(const struct problem *p, int label)
{
    return p->variant == CLASS_SHIFTED ? ((size_t)label + 1) % p->C : (size_t)label;
}

static void tell(const struct problem *p, const struct told *told, const real *x, size_t X,
                 int label, real *in)
{
    for (size_t k = 0; k < X; k++)
        in[(told->first ? told->E : 0) + k] = x[k];
    for (size_t e = 0; e < told->E; e++) {
        size_t y = class_of(p, label);
        real value = told->embedding ? told->embedding[y * told->E + e] : real_count(e == y);
        in[(told->first ? 0 : X) + e] = p->variant == NOT_TOLD ? R(0.0) : value;
    }
}

/* dx from din; the row of the class learns. */
static void untell(const struct problem *p, const struct told *told, const real *din, size_t X,
                   int label, size_t i, real *dx)
{
    size_t row = p->variant == EMBEDDING_OF_BATCH_POSITION ? i % p->C : class_of(p, label);
    for (size_t k = 0; k < X; k++)
        dx[k] = din[(told->first ? told->E : 0) + k];
    for (size_t e = 0; told->gradient && e < told->E; e++) {
        real *to = &told->gradient[row * told->E + e], d = din[(told->first ? 0 : X) + e];
        *to = p->variant == EMBEDDING_OVERWRITTEN ? d : *to + d;
    }
}

static real logit_of(struct problem *p, const real *x, int label)
{
    tell(p, &p->of_d, x, p->X, label, p->in);
    const real *phi = net_forward(&p->d, p->in, p->a_d);
    if (!p->projected)
        return *phi;
    real l = 0;
    for (size_t h = p->H; h-- > 0;) {
        real v = p->projection[class_of(p, label) * p->H + h], w = p->psi_w[h];
        v = p->variant == PROJECTION_FORGOTTEN ? R(0.0) : v;
        w = p->variant == PSI_FORGOTTEN ? R(0.0) : w;
        l = l + phi[h] * (w + v);
    }
    return l + *p->psi_b;
}

/* Back from the logit; everything learns, dx is written. */
static void learn(struct problem *p, real dl, int label, size_t i, real *dx)
{
    const real *phi = p->a_d + p->d.units - p->H;
    size_t y = class_of(p, label);
    p->dphi[0] = dl;
    for (size_t h = 0; p->projected && h < p->H; h++) {
        real v = p->variant == PROJECTION_NOT_BACK ? R(0.0) : p->projection[y * p->H + h];
        p->dphi[h] = dl * p->psi_w[h] + dl * v;
        p->head[h] += dl * phi[h];
        p->head[p->H + 1 + y * p->H + h] += dl * phi[h];
    }
    if (p->projected)
        p->head[p->H] += dl;
    net_backward(&p->d, p->a_d, p->dphi, p->dd, p->din);
    untell(p, &p->of_d, p->din, p->X, label, i, dx);
}

static real value_of(const struct problem *p, real z, real t, real *slope)
{
    real e = real_exp(-real_abs(z)), small = e / (1 + e);
    *slope = z > 0 ? (1 - t) - small : small - t;
    if (p->variant == LOGARITHM_OF_SIGMOID) {
        real q = 1 / (1 + real_exp(-z));
        return -(t * real_log(q) + (1 - t) * real_log(1 - q));
    }
    return ((z > 0 ? z : R(0.0)) - t * z) + real_log1p(e);
}

static real share(const struct problem *p, size_t i, size_t n)
{
    if (p->variant == LAST_BLOCK_LOST && i / p->block == (n - 1) / p->block)
        return R(0.0);
    return p->variant == SUM_NOT_MEAN ? R(1.0) : 1 / real_count(n);
}

/* One batch: logits, loss, gradients of all, dx (n,X). */
static real batch(struct problem *p, const real *x, const int *labels, size_t n, real target,
                  real c, real *logits, real *dx)
{
    real loss = 0;
    for (size_t i = n; i-- > 0;) {
        real slope;
        int label = labels[p->variant == FIRST_LABEL_FOR_ALL ? 0 : i];
        if (p->variant == FAKES_TOLD_REAL_LABELS && p->known && labels == p->labels)
            label = p->known[i % p->N];
        logits[i] = logit_of(p, &x[i * p->X], label);
        loss = loss + value_of(p, logits[i], target, &slope) * share(p, i, n);
        learn(p, slope * c * p->dloss * share(p, i, n), label, i, &dx[i * p->X]);
    }
    return loss;
}

static struct told read_told(struct call *call, const struct problem *p, const char *embedding,
                             const char *order, const char *shape)
{
    static const char *const orders[] = {"condition_last", "condition_first", NULL};
    struct told told = {.E = p->C, .first = call_choice(call, order, orders)};
    if (call_has(call, embedding)) {
        told.embedding = call_input(call, embedding, shape);
        told.E = call_size(call, shape[1]);
    }
    return told;
}

static void read_head(struct call *call, struct problem *p)
{
    static const char *const ends[] = {"relu", "tanh", NULL};
    p->d.squashed = call_choice(call, "feature_end", ends) ? 1 : 2;
    p->d.squash_not_back = p->variant == FEATURES_NOT_BACK;
    p->of_d = (struct told){.E = 0};
    call_bind(call, 'H', p->H);
    p->psi_w = call_input(call, "psi_w", "H");
    p->psi_b = call_input(call, "psi_b", "");
    p->projection = call_input(call, "projection", "CH");
}

static void read_players(struct call *call, struct problem *p)
{
    static const char *const outputs[] = {"linear", "tanh", NULL};
    static const char *const conditions[] = {"concatenated", "projected", NULL};
    p->C = call_count(call, "classes", 1, 1 << 20);
    call_bind(call, 'C', p->C);
    p->g = net_read(call, "generator", 'a');
    p->d = net_read(call, "discriminator", 'p');
    p->g.squashed = call_choice(call, "generator_output", outputs);
    p->of_g = read_told(call, p, "generator_embedding", "generator_order", "CE");
    p->of_d = read_told(call, p, "discriminator_embedding", "discriminator_order", "CF");
    p->projected = call_choice(call, "condition", conditions);
    p->H = net_outputs(&p->d);
    if (p->projected)
        read_head(call, p);
    p->X = net_outputs(&p->g);
    call_bind(call, 'X', p->X);
    if (p->d.size[0] != p->X + p->of_d.E || (!p->projected && p->H != 1))
        call_fail(call, "the players do not fit");
}

static void read_problem(struct call *call, struct problem *p, int generator)
{
    p->noise = call_input(call, "noise", "BZ");
    p->B = call_size(call, 'B');
    p->Z = call_size(call, 'Z');
    p->labels = call_integers(call, "labels", "B", 0, (int)p->C - 1);
    if (!generator) {
        p->truth = call_input(call, "real", "NX");
        p->N = call_size(call, 'N');
        p->known = call_integers(call, "real_labels", "N", 0, (int)p->C - 1);
    }
    if (p->g.size[0] != p->Z + p->of_g.E)
        call_fail(call, "the generator does not fit");
    size_t wide = p->g.size[0] + p->d.size[0];
    p->a_g = call_scratch(call, p->g.units);
    p->a_d = call_scratch(call, p->d.units);
    p->in = call_scratch(call, wide);
    p->din = call_scratch(call, wide);
    p->dphi = call_scratch(call, p->H);
    p->dg = call_scratch(call, p->g.P);
    p->dd = call_scratch(call, p->d.P);
    p->head = call_scratch(call, (p->C + 1) * p->H + 1);
    p->dloss = call_has(call, "dloss") && p->variant != UPSTREAM_IGNORED
                   ? *call_input(call, "dloss", "")
                   : R(1.0);
}

static void copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

static void discriminate(struct call *call, struct problem *p)
{
    int exchanged = p->variant == LABELS_EXCHANGED;
    real *spare = call_scratch(call, p->B * p->X);
    real c = p->variant == GRADIENT_NOT_HALVED ? R(1.0) : p->c;
    real *of_real = call_output(call, "real_logits", "N");
    if (p->of_d.embedding)
        p->of_d.gradient = call_output(call, "ddiscriminator_embedding", "CF");
    real *dpsi_w = p->projected ? call_output(call, "dpsi_w", "H") : NULL;
    real *dpsi_b = p->projected ? call_output(call, "dpsi_b", "") : NULL;
    real *dprojection = p->projected ? call_output(call, "dprojection", "CH") : NULL;
    real *dreal = call_output(call, "dreal", "NX");
    real first = batch(p, p->truth, p->known, p->N, exchanged ? R(0.0) : R(1.0), c, of_real, dreal);
    real *of_fake = call_output(call, "fake_logits", "B");
    real second = batch(p, p->x, p->labels, p->B, exchanged ? R(1.0) : R(0.0),
                        p->variant == FAKE_PART_LOST ? R(0.0) : c, of_fake, spare);
    *call_output(call, "real_loss", "") = first;
    *call_output(call, "fake_loss", "") = second;
    *call_output(call, "loss", "") = p->c * first + p->c * second;
    net_make_outputs(call, &p->d, "d", "", 0);
    net_fill_outputs(&p->d, p->dd, 0);
    if (!p->projected)
        return;
    copy(dpsi_w, p->head, p->H);
    *dpsi_b = p->head[p->H];
    copy(dprojection, p->head + p->H + 1, p->C * p->H);
}

static void generate(struct call *call, struct problem *p)
{
    real *dx = call_scratch(call, p->B * p->X);
    real *logits = call_output(call, "fake_logits", "B");
    if (p->of_g.embedding)
        p->of_g.gradient = call_output(call, "dgenerator_embedding", "CE");
    real target = p->variant == GENERATOR_TOLD_ZERO ? R(0.0) : R(1.0);
    *call_output(call, "loss", "") = batch(p, p->x, p->labels, p->B, target, R(1.0), logits, dx);
    real *dnoise = call_output(call, "dnoise", "BZ");
    for (size_t i = p->B; i-- > 0;) {
        int label = p->labels[p->variant == FIRST_LABEL_FOR_ALL ? 0 : i];
        tell(p, &p->of_g, &p->noise[i * p->Z], p->Z, label, p->in);
        net_forward(&p->g, p->in, p->a_g);
        net_backward(&p->g, p->a_g, &dx[i * p->X], p->dg, p->din);
        untell(p, &p->of_g, p->din, p->Z, label, i, &dnoise[i * p->Z]);
    }
    net_make_outputs(call, &p->g, "d", "", 0);
    net_fill_outputs(&p->g, p->dg, 0);
}

static void answer(struct call *call)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    struct problem p = {.variant = (enum variant)call_variant(call), .block = call_block(call)};
    int generator = call_choice(call, "player", players);
    p.c = call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
    read_players(call, &p);
    read_problem(call, &p, generator);
    p.x = call_output(call, "samples", "BX");
    for (size_t i = 0; i < p.B; i++) {
        int label = p.labels[p.variant == FIRST_LABEL_FOR_ALL ? 0 : i];
        tell(&p, &p.of_g, &p.noise[i * p.Z], p.Z, label, p.in);
        copy(&p.x[i * p.X], net_forward(&p.g, p.in, p.a_g), p.X);
    }
    (generator ? generate : discriminate)(call, &p);
}

static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
              "Every sample by itself, from the last to the first; one weight a feature and class.",
              NULL},
     .answer = answer},
    {.info = {"not_told", FORK_BUG, "", "The condition is 0 for everybody.", NULL},
     .answer = answer,
     .variant = NOT_TOLD},
    {.info = {"classes_from_one", FORK_BUG, "", "Classes are counted from 1.", NULL},
     .answer = answer,
     .variant = CLASS_SHIFTED},
    {.info = {"fakes_judged_by_real_labels", FORK_BUG, "",
              "The discriminator is told the labels of real samples for generated ones.", NULL},
     .answer = answer,
     .variant = FAKES_TOLD_REAL_LABELS},
    {.info = {"first_label_for_all", FORK_BUG, "", "A batch has the class of its first sample.",
              NULL},
     .answer = answer,
     .variant = FIRST_LABEL_FOR_ALL},
    {.info = {"condition_last", FORK_CONVENTION, "",
              "The generator's condition is behind the noise, whatever is asked for.", NULL},
     .instead = {"generator_order", "condition_last"}},
    {.info = {"condition_first", FORK_CONVENTION, "",
              "The discriminator's condition is in front, whatever is asked for.", NULL},
     .instead = {"discriminator_order", "condition_first"}},
    {.info = {"embedding_overwritten", FORK_BUG, "",
              "The last sample of a class alone teaches its row.", NULL},
     .answer = answer,
     .variant = EMBEDDING_OVERWRITTEN},
    {.info = {"embedding_of_position", FORK_BUG, "",
              "Rows of the embedding learn by the sample's place, not by its class.", NULL},
     .answer = answer,
     .variant = EMBEDDING_OF_BATCH_POSITION},
    {.info = {"psi_forgotten", FORK_BUG, "", "The logit is the projection alone.", NULL},
     .answer = answer,
     .variant = PSI_FORGOTTEN},
    {.info = {"projection_forgotten", FORK_BUG, "", "The logit does not know the class.", NULL},
     .answer = answer,
     .variant = PROJECTION_FORGOTTEN},
    {.info = {"projection_not_back", FORK_BUG, "",
              "The gradient of the features passes through psi_w alone.", NULL},
     .answer = answer,
     .variant = PROJECTION_NOT_BACK},
    {.info = {"feature_end_not_back", FORK_BUG, "",
              "The derivative of the features' tanh is forgotten.", NULL},
     .answer = answer,
     .variant = FEATURES_NOT_BACK},
    {.info = {"features_end_in_relu", FORK_CONVENTION, "",
              "Features end in a ReLU, whatever is asked for.", NULL},
     .instead = {"feature_end", "relu"}},
    {.info = {"labels_exchanged", FORK_BUG, "", "Real is 0 and generated is 1.", NULL},
     .answer = answer,
     .variant = LABELS_EXCHANGED},
    {.info = {"generator_told_zero", FORK_BUG, "", "The generator is told to be recognised.", NULL},
     .answer = answer,
     .variant = GENERATOR_TOLD_ZERO},
    {.info = {"fake_part_lost", FORK_BUG, "", "Only the gradient of real samples is used.", NULL},
     .answer = answer,
     .variant = FAKE_PART_LOST},
    {.info = {"summed_parts", FORK_CONVENTION, "57", "The two parts are added, not averaged.",
              NULL},
     .instead = {"combine", "sum"}},
    {.info = {"halved_parts", FORK_CONVENTION, "57", "The two parts are averaged, not added.",
              NULL},
     .instead = {"combine", "half"}},
    {.info = {"gradient_not_halved", FORK_BUG, "",
              "The loss that is reported is half of the one that is differentiated.", NULL},
     .answer = answer,
     .variant = GRADIENT_NOT_HALVED},
    {.info = {"linear_output", FORK_CONVENTION, "", "The generator's tanh is left out.", NULL},
     .instead = {"generator_output", "linear"}},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"sum_not_mean", FORK_BUG, "57", "Losses are summed over a batch.", NULL},
     .answer = answer,
     .variant = SUM_NOT_MEAN},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of each batch is left out.",
              NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"logarithm_of_sigmoid", FORK_NUMERICAL, "14 36",
              "The logarithms of a sigmoid and of 1 minus it.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_SIGMOID},
};

const struct fork_list conditional_gan_forks = {sizeof table / sizeof *table, table};
