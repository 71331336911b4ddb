// SPDX-License-Identifier: MIT
#include "../../reference/regularization/alpha_dropout.h"
#include "../fork.h"

/* What a fork changes before the layer is computed. */
struct layer {
    struct survival survival;
    struct alpha_dropout_map map;
    real slope;  /* of the gradient where kept */
    real silent; /* what dropped units become, before a and b */
    int channels;
    int first_sample, whole_channel; /* masks that are shared wrongly */
    int gradient_everywhere;
};

static void run(struct call *call, void (*change)(struct layer *))
{
    static const char *const scopes[] = {"element", "channel", NULL};
    struct layer l = {.survival = survival_read(call)};
    const real *x = call_input(call, "x", "NCL");
    size_t C = call_size(call, 'C'), L = call_size(call, 'L'), n = call_size(call, 'N') * C * L;
    l.channels = call_choice(call, "scope", scopes);
    const int *kept = mask_read(call, l.survival, l.channels ? "NC" : "NCL");
    l.map = alpha_dropout_map(l.survival);
    l.slope = l.map.a;
    l.silent = l.map.alpha;
    change(&l);
    real *shown = call_output_integers(call, "kept", l.channels ? "NC" : "NCL");
    real *y = call_output(call, "y", "NCL"), *zero = call_scratch(call, n);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCL") : zero;
    real *dx = dy != zero ? call_output(call, "dx", "NCL") : zero;
    for (size_t i = 0; i < n; i++) {
        size_t at = l.channels ? i / L : i;
        shown[at] = (real)kept[at];
        if (l.first_sample)
            at = at % (l.channels ? C : C * L);
        if (l.whole_channel && !l.channels)
            at = at - at % L;
        y[i] = l.map.a * (kept[at] ? x[i] : l.silent) + l.map.b;
        dx[i] = kept[at] || l.gradient_everywhere ? l.slope * dy[i] : 0;
    }
}

/* Klambauer's own form: a = (q + alpha^2 q (1 - q))^-1/2 and b = -a (1 - q) alpha with q = keep;
 * and alpha as the product of SELU's two constants. */
static void papers_form(struct layer *l)
{
    real lambda = R(1.0507009873554804934193349852946),
         alpha = R(1.6732632423543772848170429916717);
    real q = l->survival.keep, square = lambda * alpha * lambda * alpha;
    l->silent = -lambda * alpha;
    l->slope = l->map.a = real_sqrt(1 / (q + square * q * (1 - q)));
    l->map.b = l->map.a * (1 - q) * lambda * alpha;
}

static void by_paper(struct call *call)
{
    run(call, papers_form);
}

static void silent_zero(struct layer *l)
{
    l->silent = 0;
}

static void zero_for_alpha(struct call *call)
{
    run(call, silent_zero);
}

static void plain_dropout(struct layer *l)
{
    l->silent = 0;
    l->slope = l->map.a = 1 / l->survival.keep;
    l->map.b = 0;
}

static void inverted_dropout(struct call *call)
{
    run(call, plain_dropout);
}

static void positive(struct layer *l)
{
    l->silent = -l->silent;
    l->map.b = -l->map.b;
}

static void alpha_positive(struct call *call)
{
    run(call, positive);
}

static void elu_alpha(struct layer *l)
{
    real alpha = l->silent = R(-1.6732632423543772848170429916717);
    l->slope = l->map.a = 1 / real_sqrt(l->survival.keep * (1 + l->survival.rate * alpha * alpha));
    l->map.b = -l->map.a * l->survival.rate * alpha;
}

static void alpha_without_lambda(struct call *call)
{
    run(call, elu_alpha);
}

static void unshifted(struct layer *l)
{
    l->map.b = 0;
}

static void shift_forgotten(struct call *call)
{
    run(call, unshifted);
}

static void unscaled_shift(struct layer *l)
{
    l->map.b = -l->survival.rate * l->map.alpha;
}

static void shift_without_scale(struct call *call)
{
    run(call, unscaled_shift);
}

static void exchanged(struct layer *l)
{
    struct survival other = {l->survival.keep, l->survival.rate};
    if (other.keep > 0)
        l->map = alpha_dropout_map(other);
    l->slope = l->map.a;
}

static void rate_and_keep_exchanged(struct call *call)
{
    run(call, exchanged);
}

static void no_root(struct layer *l)
{
    l->slope = l->map.a = l->map.a * l->map.a;
    l->map.b = -l->map.a * l->survival.rate * l->map.alpha;
}

static void root_forgotten(struct call *call)
{
    run(call, no_root);
}

static void unit_slope(struct layer *l)
{
    l->slope = 1;
}

static void gradient_without_scale(struct call *call)
{
    run(call, unit_slope);
}

static void through_dropped(struct layer *l)
{
    l->gradient_everywhere = 1;
}

static void gradient_without_mask(struct call *call)
{
    run(call, through_dropped);
}

static void share_channel(struct layer *l)
{
    l->whole_channel = 1;
}

static void mask_of_channel(struct call *call)
{
    run(call, share_channel);
}

static void share_sample(struct layer *l)
{
    l->first_sample = 1;
}

static void mask_of_first_sample(struct call *call)
{
    run(call, share_sample);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_paper", FORK_TWIN, "",
     "The paper's a and b from q = keep, alpha as SELU's lambda alpha.", NULL}, .answer = by_paper},
    {.info = {"zero_for_alpha", FORK_BUG, "229", "Dropped units become 0 instead of alpha.", NULL},
     .answer = zero_for_alpha},
    {.info = {"inverted_dropout", FORK_CONVENTION, "229",
     "Plain inverted dropout, which changes the variance.", NULL}, .answer = inverted_dropout},
    {.info = {"alpha_positive", FORK_BUG, "229", "alpha has the wrong sign.", NULL},
     .answer = alpha_positive},
    {.info = {"alpha_without_lambda", FORK_BUG, "229", "SELU's alpha without its factor lambda.",
     NULL}, .answer = alpha_without_lambda},
    {.info = {"shift_forgotten", FORK_BUG, "229", "The shift b is left out.", NULL},
     .answer = shift_forgotten},
    {.info = {"shift_without_scale", FORK_BUG, "229", "The shift lacks its factor a.", NULL},
     .answer = shift_without_scale},
    {.info = {"rate_and_keep_exchanged", FORK_BUG, "223 229",
     "a and b take the rate for the probability to survive.", NULL},
     .answer = rate_and_keep_exchanged},
    {.info = {"root_forgotten", FORK_BUG, "229", "a is one over the variance, without its root.",
     NULL}, .answer = root_forgotten},
    {.info = {"gradient_without_scale", FORK_BUG, "230", "The gradient lacks the factor a.", NULL},
     .answer = gradient_without_scale},
    {.info = {"gradient_without_mask", FORK_BUG, "230",
     "The gradient passes through dropped units.", NULL}, .answer = gradient_without_mask},
    {.info = {"mask_of_channel", FORK_CONVENTION, "229",
     "A channel shares the mask of its first value.", NULL}, .answer = mask_of_channel},
    {.info = {"mask_of_first_sample", FORK_BUG, "229", "All samples share the mask of the first.",
     NULL}, .answer = mask_of_first_sample},
    /* clang-format on */
};

const struct fork_list alpha_dropout_forks = {sizeof table / sizeof *table, table};
