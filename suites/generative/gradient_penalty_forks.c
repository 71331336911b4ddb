// SPDX-License-Identifier: MIT
#include "../../reference/generative/gradient_penalty.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    ALPHA_PER_FEATURE,
    ALPHA_SHARED,
    ALPHA_SWAPPED_FAKE,
    NORM_PER_FEATURE,
    NORM_OF_BATCH,
    ROOT_NOT_GUARDED,
    SQUARES_COMPARED,
    ABSOLUTE,
    SCORES_AVERAGED,
    DETACHED,
    CURVATURE_FORGOTTEN,
    SIGN_FLIPPED,
    SUMMED,
    HALVED,
    LAMBDA_FORGOTTEN,
    LAMBDA_ON_ALL,
    UPSTREAM_IGNORED,
    LAST_PAIR_LOST,
    PROBABILITIES
};

struct critic {
    enum mistake mistake;
    struct perceptron net;
    size_t N, D, parameters; /* no weight has the number `parameters` */
    int form, wasserstein;
    real lambda, center, epsilon, dloss;
    const real *x, *fake, *p;
    real *g, *k; /* (N,D): the slope; h'(s) / s */
};

/* a = f(z) and f'(z), with their derivatives. */
static struct dual activated(const struct critic *c, struct dual z, struct dual *slope)
{
    struct dual a = dual_activate(c->net.activation, z, slope);
    if (c->mistake == CURVATURE_FORGOTTEN)
        slope->t = 0;
    return a;
}

/* The score of one point, its slope g (D), and the derivatives of both by one weight. */
static struct dual score(const struct critic *c, const real *p, struct dual *g, size_t chosen)
{
    struct dual a[DUAL_WIDEST] = {{0, 0}}, e[DUAL_WIDEST], slope[PERCEPTRON_LAYERS][DUAL_WIDEST],
                z[DUAL_WIDEST];
    const size_t *size = c->net.size, L = c->net.layers;
    for (size_t i = 0; i < c->D; i++)
        a[i] = (struct dual){p[i], 0};
    for (size_t l = 0; l < L; l++) {
        for (size_t o = 0; o < size[l + 1]; o++) {
            z[o] = dual_weight(&c->net, l, 1, o, chosen);
            for (size_t i = size[l]; i-- > 0;)
                z[o] = dual_sum(z[o], dual_product(a[i], dual_weight(&c->net, l, 0,
                                                                     i * size[l + 1] + o, chosen)));
        }
        for (size_t o = 0; o < size[l + 1]; o++)
            a[o] = l + 1 < L ? activated(c, z[o], &slope[l][o]) : z[o];
    }
    e[0] = (struct dual){1, 0};
    if (c->mistake == PROBABILITIES) {
        real y = 1 / (1 + real_exp(-a[0].v));
        e[0] = (struct dual){y * (1 - y), y * (1 - y) * (1 - 2 * y) * a[0].t};
    }
    for (size_t l = L; l-- > 0;) {
        for (size_t i = 0; i < size[l]; i++) {
            g[i] = (struct dual){0, 0};
            for (size_t o = size[l + 1]; o-- > 0;)
                g[i] = dual_sum(g[i], dual_product(e[o], dual_weight(&c->net, l, 0,
                                                                     i * size[l + 1] + o, chosen)));
        }
        for (size_t i = 0; l > 0 && i < size[l]; i++)
            e[i] = dual_product(g[i], slope[l - 1][i]);
    }
    return a[0];
}

static void find_points(struct call *call, struct critic *c)
{
    static const char *const places[] = {"interpolates", "real", "fake", "given", NULL};
    static const char *const sources[] = {"real", "fake", NULL};
    int where = call_choice(call, "where", places);
    int of_fake = call_choice(call, "from", sources) == 0;
    real *p = call_scratch(call, c->N * c->D);
    const real *alpha = where == 0 ? call_input(call, "alpha", "N") : NULL;
    c->p = where == 1 ? c->x : where == 2 ? c->fake : p;
    if (where == 3)
        c->p = call_input(call, "points", "Na");
    for (size_t i = 0; where == 0 && i < c->N * c->D; i++) {
        size_t n = i / c->D, other = c->mistake == ALPHA_PER_FEATURE ? (n + i % c->D) % c->N : n;
        real t = alpha[c->mistake == ALPHA_SHARED ? 0 : other];
        real fake = c->fake[c->mistake == ALPHA_SWAPPED_FAKE ? (i + c->D) % (c->N * c->D) : i];
        p[i] = of_fake ? t * fake + (1 - t) * c->x[i] : t * c->x[i] + (1 - t) * fake;
    }
}

static struct critic read(struct call *call)
{
    static const char *const forms[] = {"two_sided", "one_sided", "squared_norm", NULL};
    static const char *const critics[] = {"wasserstein", "none", NULL};
    struct critic c = {.mistake = (enum mistake)call_variant(call)};
    network_read(call, &c.net, "", 'a');
    c.x = call_input(call, "x", "Na");
    c.fake = call_input(call, "fake", "Na");
    c.N = call_size(call, 'N');
    c.D = c.net.size[0];
    c.form = call_choice(call, "form", forms);
    c.wasserstein = call_choice(call, "critic", critics) == 0;
    c.lambda = call_number_or(call, "lambda", R(10.0));
    c.center = call_number_or(call, "center", R(1.0));
    c.epsilon = call_number_or(call, "epsilon", R(0.0));
    c.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    c.parameters = dual_weights(&c.net);
    for (size_t l = 0; l < c.net.layers; l++)
        if (c.net.size[l] > DUAL_WIDEST || c.net.size[l + 1] > DUAL_WIDEST)
            call_fail(call, "the layer of 'w%zu' is too wide", l + 1);
    find_points(call, &c);
    c.g = call_scratch(call, c.N * c.D);
    c.k = call_scratch(call, c.N * c.D);
    return c;
}

/* h(s) and *k = h'(s) / s. */
static real height(const struct critic *c, real square, real *k)
{
    real s = real_sqrt(square + c->epsilon), gap = s - c->center;
    *k = 2;
    if (c->form == 2)
        return square;
    *k = s > 0 || c->mistake == ROOT_NOT_GUARDED ? 2 * gap / s : 0;
    if (c->mistake == SQUARES_COMPARED) {
        *k = 4 * (square - c->center);
        return (square - c->center) * (square - c->center);
    }
    if (c->form == 1 && gap <= 0)
        *k = gap = 0;
    if (c->mistake == ABSOLUTE) {
        *k = gap == 0 || s == 0 ? 0 : (gap > 0 ? 1 : -1) / s;
        return real_abs(gap);
    }
    return gap * gap;
}

/* Values h of every sample into `value`; g and k. */
static void slopes(const struct critic *c, real *norm, real *value)
{
    real whole = 0;
    for (size_t n = 0; n < c->N; n++) {
        struct dual g[DUAL_WIDEST];
        real square = 0, k, one;
        score(c, &c->p[n * c->D], g, c->parameters);
        for (size_t d = 0; d < c->D; d++) {
            real share = c->mistake == SCORES_AVERAGED ? real_count(c->N) : 1;
            c->g[n * c->D + d] = g[d].v / share;
            square = square + c->g[n * c->D + d] * c->g[n * c->D + d];
        }
        whole = whole + square;
        norm[n] = real_sqrt(square + c->epsilon);
        value[n] = height(c, square, &k);
        for (size_t d = 0; d < c->D; d++)
            c->k[n * c->D + d] = k;
        if (c->mistake != NORM_PER_FEATURE)
            continue;
        value[n] = 0;
        for (size_t d = 0; d < c->D; d++) {
            real own = c->g[n * c->D + d];
            value[n] = value[n] + height(c, own * own, &one) / real_count(c->D);
            c->k[n * c->D + d] = one / real_count(c->D);
        }
    }
    for (size_t i = 0; c->mistake == NORM_OF_BATCH && i < c->N * c->D; i++) {
        norm[i / c->D] = real_sqrt(whole + c->epsilon);
        value[i / c->D] = height(c, whole, &c->k[i]);
        c->k[i] = c->k[i] * real_count(c->N);
    }
}

/* The derivative of the loss by one weight. */
static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct critic *c = context;
    (void)net;
    struct dual g[DUAL_WIDEST];
    real scores = 0, penalty = 0, share = c->mistake == SUMMED ? 1 : real_count(c->N);
    real lambda = c->mistake == LAMBDA_FORGOTTEN ? 1 : c->lambda;
    for (size_t n = 0; n < c->N - (c->mistake == LAST_PAIR_LOST); n++) {
        scores = scores + score(c, &c->fake[n * c->D], g, chosen).t -
                 score(c, &c->x[n * c->D], g, chosen).t;
        score(c, &c->p[n * c->D], g, chosen);
        for (size_t d = 0; d < c->D && c->mistake != DETACHED; d++) {
            real change = g[d].t / (c->mistake == SCORES_AVERAGED ? real_count(c->N) : 1);
            penalty = penalty + c->k[n * c->D + d] * c->g[n * c->D + d] * change;
        }
    }
    scores = c->wasserstein ? scores / real_count(c->N) : 0;
    if (c->mistake == SIGN_FLIPPED)
        scores = -scores;
    if (c->mistake == HALVED)
        penalty = penalty / 2;
    if (c->mistake == LAMBDA_ON_ALL)
        scores = scores * lambda;
    return (c->mistake == UPSTREAM_IGNORED ? 1 : c->dloss) * (scores + lambda * penalty / share);
}

static void write_loss(struct call *call, const struct critic *c, const real *value)
{
    struct dual g[DUAL_WIDEST];
    real penalty = 0, scores = 0;
    real lambda = c->mistake == LAMBDA_FORGOTTEN ? 1 : c->lambda;
    for (size_t n = c->N; n-- > 0;) {
        penalty = penalty + value[n] / (c->mistake == HALVED ? 2 : 1);
        scores = scores + score(c, &c->fake[n * c->D], g, c->parameters).v -
                 score(c, &c->x[n * c->D], g, c->parameters).v;
    }
    penalty = penalty / (c->mistake == SUMMED ? 1 : real_count(c->N));
    scores = c->wasserstein ? scores / real_count(c->N) : 0;
    if (c->mistake == SIGN_FLIPPED)
        scores = -scores;
    *call_output(call, "penalty", "") = penalty;
    *call_output(call, "loss", "") =
        (c->mistake == LAMBDA_ON_ALL ? lambda : 1) * scores + lambda * penalty;
}

static void differentiate(struct call *call)
{
    struct critic c = read(call);
    struct perceptron_batch sums;
    real *norm = call_output(call, "norm", "N"), *value = call_scratch(call, c.N);
    slopes(&c, norm, value);
    real *gradient = call_output(call, "gradient", "Na");
    for (size_t i = 0; i < c.N * c.D; i++)
        gradient[i] = c.g[i];
    write_loss(call, &c, value);
    dual_gradient(call, &c.net, &sums, derivative, &c);
    network_gradients(call, &c.net, "", 'a', 1, &sums);
}

static const struct fork table[] = {
    {.info = {"dual_numbers", FORK_TWIN, "",
              "The slope's derivative by one weight after another, forwards.", NULL},
     .answer = differentiate},
    {.info = {"alpha_per_feature", FORK_BUG, "63",
              "Every feature is interpolated with an alpha of its own.", NULL},
     .answer = differentiate,
     .variant = ALPHA_PER_FEATURE},
    {.info = {"alpha_shared", FORK_BUG, "63", "One alpha for the whole batch.", NULL},
     .answer = differentiate,
     .variant = ALPHA_SHARED},
    {.info = {"partner_of_another", FORK_BUG, "", "The generated sample is the next one.", NULL},
     .answer = differentiate,
     .variant = ALPHA_SWAPPED_FAKE},
    {.info = {"norm_per_feature", FORK_BUG, "64",
              "The norm over the channels alone, of which there is one: each feature's own.", NULL},
     .answer = differentiate,
     .variant = NORM_PER_FEATURE},
    {.info = {"norm_of_batch", FORK_BUG, "64", "One norm over all samples.", NULL},
     .answer = differentiate,
     .variant = NORM_OF_BATCH},
    {.info = {"root_not_guarded", FORK_BUG, "65", "The derivative of the root at 0 makes NaN.",
              NULL},
     .answer = differentiate,
     .variant = ROOT_NOT_GUARDED},
    {.info = {"small_epsilon", FORK_CONVENTION, "65", "1e-12 in the root.", NULL},
     .number = {"epsilon", 1e-12f}},
    {.info = {"from_fake", FORK_CONVENTION, "66", "alpha weighs the real sample.", NULL},
     .instead = {"from", "fake"}},
    {.info = {"from_real", FORK_CONVENTION, "66", "alpha weighs the generated sample.", NULL},
     .instead = {"from", "real"}},
    {.info = {"two_sided", FORK_CONVENTION, "", "Short slopes are penalised too.", NULL},
     .instead = {"form", "two_sided"}},
    {.info = {"one_sided", FORK_CONVENTION, "", "Short slopes are free.", NULL},
     .instead = {"form", "one_sided"}},
    {.info = {"squared_norm", FORK_CONVENTION, "", "The squared norm, centred at 0.", NULL},
     .instead = {"form", "squared_norm"}},
    {.info = {"at_real", FORK_CONVENTION, "", "At the real samples.", NULL},
     .instead = {"where", "real"}},
    {.info = {"at_fake", FORK_CONVENTION, "", "At the generated samples.", NULL},
     .instead = {"where", "fake"}},
    {.info = {"always_centre_one", FORK_CONVENTION, "", "The length is 1.", NULL},
     .number = {"center", 1}},
    {.info = {"zero_centred", FORK_CONVENTION, "", "The length is 0.", NULL},
     .number = {"center", 0}},
    {.info = {"squares_compared", FORK_BUG, "",
              "The squared norm is compared with 1: the root is forgotten.", NULL},
     .answer = differentiate,
     .variant = SQUARES_COMPARED},
    {.info = {"absolute", FORK_BUG, "", "|s - 1| without its square.", NULL},
     .answer = differentiate,
     .variant = ABSOLUTE},
    {.info = {"scores_averaged", FORK_BUG, "",
              "The slope of the mean score: every norm is N times too small.", NULL},
     .answer = differentiate,
     .variant = SCORES_AVERAGED},
    {.info = {"graph_not_kept", FORK_BUG, "",
              "The slope is a constant in the gradient (no graph of the first derivative).", NULL},
     .answer = differentiate,
     .variant = DETACHED},
    {.info = {"curvature_forgotten", FORK_BUG, "",
              "The activation's derivative is a constant in the gradient.", NULL},
     .answer = differentiate,
     .variant = CURVATURE_FORGOTTEN},
    {.info = {"sign_flipped", FORK_BUG, "", "The scores have the generator's sign.", NULL},
     .answer = differentiate,
     .variant = SIGN_FLIPPED},
    {.info = {"summed", FORK_BUG, "", "The sum over the samples.", NULL},
     .answer = differentiate,
     .variant = SUMMED},
    {.info = {"halved", FORK_CONVENTION, "", "Half the penalty: gamma / 2 for gamma.", NULL},
     .answer = differentiate,
     .variant = HALVED},
    {.info = {"lambda_forgotten", FORK_BUG, "", "lambda is 1.", NULL},
     .answer = differentiate,
     .variant = LAMBDA_FORGOTTEN},
    {.info = {"lambda_on_all", FORK_BUG, "", "lambda multiplies the scores too.", NULL},
     .answer = differentiate,
     .variant = LAMBDA_ON_ALL},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = differentiate,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_pair_lost", FORK_BUG, "155", "The last pair is left out of the gradient.",
              NULL},
     .answer = differentiate,
     .variant = LAST_PAIR_LOST},
    {.info = {"probabilities", FORK_BUG, "", "The slope of the critic's sigmoid, not of its score.",
              NULL},
     .answer = differentiate,
     .variant = PROBABILITIES},
};

const struct fork_list gradient_penalty_forks = {sizeof table / sizeof *table, table};
