// SPDX-License-Identifier: MIT
#include "../fork.h"

#include <string.h>

enum variant {
    TWIN,
    LABELS_EXCHANGED,
    FAKE_PART_LOST,
    GENERATOR_SMOOTHED,
    MINIMAX_SIGN_LOST,
    NOT_CLEARED,
    LOGARITHM_OF_SIGMOID,
    ONE_MEAN,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_NOT_HALVED,
    GRADIENT_SIGN
};

/* What the whole call knows. */
struct problem {
    enum variant variant;
    int generator, minimax, summed;
    real c, smoothing, dloss, t_fake;
    size_t block;
};

/* One batch: what it is told, and its result. */
struct batch {
    size_t N, K;
    const real *z;
    real t, sign, W;
    real *gradient;
};

static real value_of(const struct problem *a, real z, real t)
{
    if (a->variant == LOGARITHM_OF_SIGMOID) {
        real p = 1 / (1 + real_exp(-z));
        return -(t * real_log(p) + (1 - t) * real_log(1 - p));
    }
    return ((z > 0 ? z : R(0.0)) - t * z) + real_log1p(real_exp(-real_abs(z)));
}

/* sigmoid(z) - t, without its cancellation. */
static real slope_of(real z, real t)
{
    real e = real_exp(-real_abs(z)), small = e / (1 + e);
    return z > 0 ? (1 - t) - small : small - t;
}

static struct batch batch_read(struct call *call, const struct problem *a, const char *name,
                               const char *shape)
{
    struct batch b = {.z = call_input(call, name, shape), .sign = R(1.0)};
    b.N = call_size(call, shape[0]);
    b.K = call_size(call, 'K');
    b.W = a->summed ? R(1.0) : real_count(b.N * b.K);
    return b;
}

/* How much sample n counts: 1, but for the mistakes with blocks. */
static real share(const struct problem *a, const struct batch *b, size_t n)
{
    size_t begin = n / a->block * a->block, left = b->N - begin;
    if (a->variant == LAST_BLOCK_LOST)
        return left <= a->block ? R(0.0) : R(1.0);
    if (a->variant != MEAN_OF_BLOCK_MEANS || a->summed)
        return R(1.0);
    size_t own = left < a->block ? left : a->block, blocks = (b->N + a->block - 1) / a->block;
    return real_count(b->N) / real_count(own * blocks);
}

/* From the last element to the first, each divided before it is added. */
static real batch_loss(const struct problem *a, const struct batch *b)
{
    real sum = R(0.0), c = a->generator || a->variant == GRADIENT_NOT_HALVED ? R(1.0) : a->c;
    real upstream = a->variant == UPSTREAM_IGNORED ? R(1.0) : a->dloss;
    upstream = a->variant == GRADIENT_SIGN ? -upstream : upstream;
    for (size_t i = b->N * b->K; i-- > 0;) {
        real part = b->sign * share(a, b, i / b->K) / b->W;
        sum = sum + part * value_of(a, b->z[i], b->t);
        b->gradient[i] = upstream * c * part * slope_of(b->z[i], b->t);
    }
    return sum;
}

/* The other player's gradient is still in the buffer: both losses flow into the same numbers. */
static void add_other_player(const struct problem *a, const struct batch *fake)
{
    for (size_t i = 0; a->variant == NOT_CLEARED && i < fake->N * fake->K; i++) {
        real own = slope_of(fake->z[i], a->generator ? a->t_fake : R(1.0));
        fake->gradient[i] = fake->gradient[i] + a->dloss * own / fake->W;
    }
}

static void answer_discriminator(struct call *call, struct problem *a)
{
    struct batch x = batch_read(call, a, "real", "NK"), y = batch_read(call, a, "fake", "MK");
    x.t = 1 - a->smoothing;
    y.t = a->t_fake;
    if (a->variant == LABELS_EXCHANGED) {
        x.t = y.t;
        y.t = 1 - a->smoothing;
    }
    if (a->variant == ONE_MEAN && !a->summed)
        x.W = y.W = real_count((x.N + y.N) * x.K) / 2;
    x.gradient = call_output(call, "dreal", "NK");
    real of_real = batch_loss(a, &x);
    y.gradient = call_output(call, "dfake", "MK");
    real of_fake = batch_loss(a, &y);
    if (a->variant == FAKE_PART_LOST) {
        of_fake = R(0.0);
        memset(y.gradient, 0, y.N * y.K * sizeof *y.gradient);
    }
    add_other_player(a, &y);
    *call_output(call, "real_loss", "") = of_real;
    *call_output(call, "fake_loss", "") = of_fake;
    *call_output(call, "loss", "") = a->c * of_real + a->c * of_fake;
}

static void answer_generator(struct call *call, struct problem *a)
{
    struct batch y = batch_read(call, a, "fake", "MK");
    y.t = a->minimax ? R(0.0) : R(1.0);
    if (a->variant == GENERATOR_SMOOTHED && !a->minimax)
        y.t = 1 - a->smoothing;
    y.sign = a->minimax && a->variant != MINIMAX_SIGN_LOST ? R(-1.0) : R(1.0);
    y.gradient = call_output(call, "dfake", "MK");
    real loss = batch_loss(a, &y);
    add_other_player(a, &y);
    *call_output(call, "loss", "") = loss;
}

static void answer(struct call *call)
{
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const goals[] = {"non_saturating", "minimax", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    struct problem a = {.variant = (enum variant)call_variant(call), .block = call_block(call)};
    a.generator = call_choice(call, "player", players);
    a.minimax = call_choice(call, "goal", goals);
    a.summed = call_choice(call, "reduction", reductions);
    a.c = call_choice(call, "combine", combinations) ? R(0.5) : R(1.0);
    a.smoothing = call_number_or(call, "smoothing", R(0.0));
    a.t_fake = call_choice(call, "sides", sides) ? a.smoothing : R(0.0);
    a.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (a.generator)
        answer_generator(call, &a);
    else
        answer_discriminator(call, &a);
}

static const struct fork table[] = {
    {.info = {"maximum_minus_product", FORK_TWIN, "",
              "max(z, 0) - t z + log1p(e^-|z|), from the last sample to the first.", NULL},
     .answer = answer},
    {.info = {"saturating", FORK_CONVENTION, "68",
              "The generator minimises log(1 - D), whatever is asked for.", NULL},
     .instead = {"goal", "minimax"}},
    {.info = {"non_saturating", FORK_CONVENTION, "68",
              "The generator minimises -log D, whatever is asked for.", NULL},
     .instead = {"goal", "non_saturating"}},
    {.info = {"two_sided_smoothing", FORK_CONVENTION, "68",
              "Generated samples are smoothed too, whatever is asked for.", NULL},
     .instead = {"sides", "two"}},
    {.info = {"one_sided_smoothing", FORK_CONVENTION, "68",
              "Only real samples are smoothed, whatever is asked for.", NULL},
     .instead = {"sides", "one"}},
    {.info = {"not_smoothed", FORK_BUG, "68", "Targets are not smoothed.", NULL},
     .number = {"smoothing", 0}},
    {.info = {"generator_smoothed", FORK_BUG, "68",
              "The smoothed target of real samples is the generator's too.", NULL},
     .answer = answer,
     .variant = GENERATOR_SMOOTHED},
    {.info = {"minimax_sign_lost", FORK_BUG, "68",
              "The generator minimises -log(1 - D): it helps the discriminator.", NULL},
     .answer = answer,
     .variant = MINIMAX_SIGN_LOST},
    {.info = {"gradients_not_cleared", FORK_BUG, "67",
              "The gradient of the other player's loss is still in the buffer.", NULL},
     .answer = answer,
     .variant = NOT_CLEARED},
    {.info = {"labels_exchanged", FORK_BUG, "", "Real is 0 and generated is 1.", NULL},
     .answer = answer,
     .variant = LABELS_EXCHANGED},
    {.info = {"fake_part_lost", FORK_BUG, "", "The discriminator learns of real samples alone.",
              NULL},
     .answer = answer,
     .variant = FAKE_PART_LOST},
    {.info = {"summed_parts", FORK_CONVENTION, "", "The two parts are added, not averaged.", NULL},
     .instead = {"combine", "sum"}},
    {.info = {"halved_parts", FORK_CONVENTION, "", "The two parts are averaged, not added.", NULL},
     .instead = {"combine", "half"}},
    {.info = {"gradient_not_halved", FORK_BUG, "",
              "The loss that is reported is half of the one that is differentiated.", NULL},
     .answer = answer,
     .variant = GRADIENT_NOT_HALVED},
    {.info = {"logarithm_of_sigmoid", FORK_NUMERICAL, "14 36",
              "The logarithms of a sigmoid and of 1 minus it.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_SIGMOID},
    {.info = {"one_mean", FORK_BUG, "57",
              "One mean over both batches together: the larger one counts more.", NULL},
     .answer = answer,
     .variant = ONE_MEAN},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of each batch is left out.",
              NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list adversarial_loss_forks = {sizeof table / sizeof *table, table};
