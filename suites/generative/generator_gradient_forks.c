// SPDX-License-Identifier: MIT
#include "net_forks.h"

enum variant {
    TWIN,
    FROM_PROBABILITY,
    LABEL_ZERO,
    SIGN_LOST,
    STOPPED_AT_SAMPLES,
    ACTIVATION_SKIPPED,
    TANH_NOT_BACK,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN,
    SUM_NOT_MEAN,
    LAST_BLOCK_LOST,
    MEAN_OF_BLOCK_MEANS,
    BOTH_LOSSES,
    SIGMOID_TWICE,
    CLIPPED_PROBABILITY
};

enum goal { NON_SATURATING, MINIMAX, LINEAR };

struct problem {
    enum variant variant;
    enum goal goal;
    int summed, thaws;
    size_t B, block;
    real dloss;
    struct net g, d;
    const real *noise;
    real *samples, *logits, *dlogits, *dsamples, *dnoise;
};

/* log D by the larger of two exponents; its derivative from D itself. */
static real value_of(const struct problem *p, real l, real *slope)
{
    real e = real_exp(l > 0 ? -l : l), top = l > 0 ? R(1.0) : e, D = top / (1 + e);
    real rest = (l > 0 ? e : R(1.0)) / (1 + e); /* 1 - D */
    if (p->variant == FROM_PROBABILITY || p->variant == CLIPPED_PROBABILITY) {
        int clips = p->variant == CLIPPED_PROBABILITY;
        real low = R(1e-7), q = clips && D < low ? low : clips && D > 1 - low ? 1 - low : D;
        *slope = p->goal == MINIMAX ? -1 / (1 - q) * D * (1 - D) : -1 / q * D * (1 - D);
        *slope = p->goal == LINEAR ? R(-1.0) : clips && q != D ? R(0.0) : *slope;
        return p->goal == MINIMAX ? real_log(1 - q) : p->goal == LINEAR ? -l : -real_log(q);
    }
    if (p->goal == LINEAR) {
        *slope = R(-1.0);
        return -l;
    }
    if (p->goal == MINIMAX || p->variant == LABEL_ZERO) {
        real sign = p->variant == SIGN_LOST || p->goal != MINIMAX ? R(1.0) : R(-1.0);
        *slope = sign * D;
        return sign * (l > 0 ? l + real_log1p(e) : real_log1p(e));
    }
    *slope = -rest;
    if (p->variant == SIGMOID_TWICE)
        *slope = *slope * D * rest;
    return l > 0 ? real_log1p(e) : real_log1p(e) - l;
}

static real share(const struct problem *p, size_t i)
{
    size_t begin = i / p->block * p->block, left = p->B - begin;
    size_t own = left < p->block ? left : p->block, blocks = (p->B + p->block - 1) / p->block;
    if (p->variant == LAST_BLOCK_LOST && left <= p->block)
        return R(0.0);
    if (p->summed || p->variant == SUM_NOT_MEAN)
        return R(1.0);
    return 1 / real_count(p->variant == MEAN_OF_BLOCK_MEANS ? own * blocks : p->B);
}

/* Sample i: all of its outputs, its part of the loss and of the gradients. */
static real differentiate(struct problem *p, size_t i, real *a_g, real *a_d, real *dg, real *dd)
{
    size_t Z = p->g.size[0], D = p->d.size[0];
    real slope, *dx = &p->dsamples[i * D];
    const real *x = net_forward(&p->g, &p->noise[i * Z], a_g);
    for (size_t k = 0; k < D; k++)
        p->samples[i * D + k] = x[k];
    p->logits[i] = *net_forward(&p->d, x, a_d);
    real value = value_of(p, p->logits[i], &slope);
    p->dlogits[i] = slope * (p->dloss * share(p, i));
    if (p->variant == BOTH_LOSSES) /* of generated samples, in the discriminator's step */
        p->dlogits[i] += share(p, i) * (slope + 1);
    net_backward(&p->d, a_d, &p->dlogits[i], dd, dx);
    if (p->variant == STOPPED_AT_SAMPLES)
        for (size_t k = 0; k < D; k++)
            dx[k] = p->dlogits[i];
    net_backward(&p->g, a_g, dx, dg, &p->dnoise[i * Z]);
    return value * share(p, i);
}

static void read_problem(struct call *call, struct problem *p)
{
    static const char *const goals[] = {"non_saturating", "minimax", "linear", NULL};
    static const char *const frozen[] = {"yes", "no", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const outputs[] = {"linear", "tanh", NULL};
    p->variant = (enum variant)call_variant(call);
    p->g = net_read(call, "generator", 'a');
    p->d = net_read(call, "discriminator", 'p');
    p->noise = call_input(call, "noise", "Ba");
    p->B = call_size(call, 'B');
    p->block = call_block(call);
    p->goal = (enum goal)call_choice(call, "goal", goals);
    p->thaws = call_choice(call, "frozen", frozen);
    p->summed = call_choice(call, "reduction", reductions);
    p->g.squashed = call_choice(call, "generator_output", outputs);
    p->g.squash_not_back = p->variant == TANH_NOT_BACK;
    if (p->variant == ACTIVATION_SKIPPED)
        p->d.skip_slopes = 1;
    p->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (p->variant == UPSTREAM_IGNORED)
        p->dloss = R(1.0);
    if (p->variant == GRADIENT_SIGN)
        p->dloss = -p->dloss;
}

static void answer(struct call *call)
{
    struct problem p = {.variant = TWIN};
    real loss = 0;
    read_problem(call, &p);
    real *a_g = call_scratch(call, p.g.units), *a_d = call_scratch(call, p.d.units);
    real *dg = call_scratch(call, p.g.P), *dd = call_scratch(call, p.d.P);
    p.samples = call_output(call, "samples", "Bp");
    p.logits = call_output(call, "logits", "B");
    real *total = call_output(call, "loss", "");
    p.dlogits = call_output(call, "dlogits", "B");
    p.dsamples = call_output(call, "dsamples", "Bp");
    p.dnoise = call_output(call, "dnoise", "Ba");
    for (size_t i = p.B; i-- > 0;)
        loss = loss + differentiate(&p, i, a_g, a_d, dg, dd);
    *total = loss;
    net_make_outputs(call, &p.g, "d", "", 0);
    net_fill_outputs(&p.g, dg, 0);
    if (p.thaws) {
        net_make_outputs(call, &p.d, "d", "", 0);
        net_fill_outputs(&p.d, dd, 0);
    }
}

static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
              "Every sample through both players by itself, from the last to the first.", NULL},
     .answer = answer},
    {.info = {"saturating", FORK_CONVENTION, "68", "log(1 - D), whatever is asked for.", NULL},
     .instead = {"goal", "minimax"}},
    {.info = {"non_saturating", FORK_CONVENTION, "68", "-log D, whatever is asked for.", NULL},
     .instead = {"goal", "non_saturating"}},
    {.info = {"linear_goal", FORK_CONVENTION, "", "The logit, whatever is asked for.", NULL},
     .instead = {"goal", "linear"}},
    {.info = {"label_zero", FORK_BUG, "", "The generator is told to be recognised.", NULL},
     .answer = answer,
     .variant = LABEL_ZERO},
    {.info = {"minimax_sign_lost", FORK_BUG, "68", "-log(1 - D) is minimised.", NULL},
     .answer = answer,
     .variant = SIGN_LOST},
    {.info = {"from_probability", FORK_NUMERICAL, "14 36",
              "Loss and gradient from the probability: lost where the discriminator is sure.",
              NULL},
     .answer = answer,
     .variant = FROM_PROBABILITY},
    {.info = {"clipped_probability", FORK_CONVENTION, "",
              "Probabilities are clipped at 1e-7, beyond which there is no gradient.", NULL},
     .answer = answer,
     .variant = CLIPPED_PROBABILITY},
    {.info = {"sigmoid_twice", FORK_BUG, "",
              "The gradient goes through the sigmoid once more than the loss does.", NULL},
     .answer = answer,
     .variant = SIGMOID_TWICE},
    {.info = {"discriminator_skipped", FORK_BUG, "67",
              "The generator gets the gradient of the logit, not that of its samples.", NULL},
     .answer = answer,
     .variant = STOPPED_AT_SAMPLES},
    {.info = {"activations_skipped", FORK_BUG, "",
              "The discriminator's activations have no derivative.", NULL},
     .answer = answer,
     .variant = ACTIVATION_SKIPPED},
    {.info = {"tanh_not_back", FORK_BUG, "", "The derivative of the generator's tanh is forgotten.",
              NULL},
     .answer = answer,
     .variant = TANH_NOT_BACK},
    {.info = {"linear_output", FORK_CONVENTION, "", "The generator's tanh is left out.", NULL},
     .instead = {"generator_output", "linear"}},
    {.info = {"gradients_of_both_losses", FORK_BUG, "67",
              "The generator's gradient still holds that of the discriminator's loss.", NULL},
     .answer = answer,
     .variant = BOTH_LOSSES},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
    {.info = {"sum_not_mean", FORK_BUG, "57", "The sum, whatever is asked for.", NULL},
     .answer = answer,
     .variant = SUM_NOT_MEAN},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list generator_gradient_forks = {sizeof table / sizeof *table, table};
