// SPDX-License-Identifier: MIT
#include "../../reference/regularization/stochastic_depth.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int by_division;   /* (correct) the mean of both forms of the block, divided */
    int other_scaling; /* scales at inference instead of in training, or the reverse */
    int never_scaled, scaled_twice;
    int whole_block;       /* x is left out too */
    int scaled_shortcut;   /* x is scaled with the branch */
    int first_draw;        /* all samples share the first draw */
    int rate_for_survival; /* p is taken for the survival */
    int layer_from_zero;   /* the first layer counts as 0 */
    int decay_ignored;
    int gradient_unmasked, gradient_unscaled, shortcut_masked, divided_by_zero;
};

static void run(struct call *call, struct oddity odd)
{
    static const char *const scalings[] = {"inverted", "inference", NULL};
    real survival = stochastic_depth_survival(call), p = call_number(call, "p");
    real layer = call_number_or(call, "layer", 1), layers = call_number_or(call, "layers", 1);
    if (odd.decay_ignored)
        survival = 1 - p;
    if (odd.layer_from_zero && layers > 1)
        survival = 1 - (layer - 1) / layers * p;
    if (odd.rate_for_survival)
        survival = 1 - survival;
    const real *x = call_input(call, "x", "NC"), *branch = call_input(call, "branch", "NC");
    size_t n = call_size(call, 'N') * call_size(call, 'C'), C = call_size(call, 'C');
    const int *mask = call_has(call, "mask") ? call_integers(call, "mask", "D", 0, 1) : NULL;
    const real *u = mask ? NULL : call_input(call, "u", "D");
    int single = call_size(call, 'D') == 1, inference = call_choice(call, "scaling", scalings);
    inference ^= odd.other_scaling;
    real inverse = survival > 0 || odd.divided_by_zero ? 1 / survival : 0;
    real scale = inference && !odd.scaled_twice ? 1 : inverse;
    real factor = inference || odd.scaled_twice ? survival : 1;
    if (odd.never_scaled)
        scale = factor = 1;
    real *y = call_output(call, "y", "NC"), *y_inference = call_output(call, "y_inference", "NC");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NC") : call_scratch(call, n);
    real *dx = call_has(call, "dy") ? call_output(call, "dx", "NC") : call_scratch(call, n);
    real *db = call_has(call, "dy") ? call_output(call, "dbranch", "NC") : call_scratch(call, n);
    for (size_t i = 0; i < n; i++) {
        size_t draw = single || odd.first_draw ? 0 : i / C;
        real kept = mask ? (real)mask[draw] : u[draw] < survival ? 1 : 0;
        real shortcut = odd.whole_block ? kept * x[i] : odd.scaled_shortcut ? scale * x[i] : x[i];
        y[i] = shortcut + kept * scale * branch[i];
        if (odd.by_division && kept > 0 && !inference)
            y[i] = (survival * x[i] + branch[i]) / survival;
        y_inference[i] = odd.by_division ? factor * (x[i] + branch[i]) + (1 - factor) * x[i]
                                         : x[i] + factor * branch[i];
        dx[i] = odd.shortcut_masked ? kept * dy[i] : dy[i];
        db[i] = (odd.gradient_unmasked ? 1 : kept) * (odd.gradient_unscaled ? 1 : scale) * dy[i];
    }
}

static void by_mixture(struct call *call)
{
    run(call, (struct oddity){.by_division = 1});
}

static void scaled_elsewhere(struct call *call)
{
    run(call, (struct oddity){.other_scaling = 1});
}

static void never_scaled(struct call *call)
{
    run(call, (struct oddity){.never_scaled = 1});
}

static void scaled_twice(struct call *call)
{
    run(call, (struct oddity){.scaled_twice = 1});
}

static void whole_block_dropped(struct call *call)
{
    run(call, (struct oddity){.whole_block = 1});
}

static void shortcut_scaled(struct call *call)
{
    run(call, (struct oddity){.scaled_shortcut = 1});
}

static void one_draw_for_the_batch(struct call *call)
{
    run(call, (struct oddity){.first_draw = 1});
}

static void rate_for_survival(struct call *call)
{
    run(call, (struct oddity){.rate_for_survival = 1});
}

static void layers_from_zero(struct call *call)
{
    run(call, (struct oddity){.layer_from_zero = 1});
}

static void decay_ignored(struct call *call)
{
    run(call, (struct oddity){.decay_ignored = 1});
}

static void gradient_without_mask(struct call *call)
{
    run(call, (struct oddity){.gradient_unmasked = 1});
}

static void gradient_without_scale(struct call *call)
{
    run(call, (struct oddity){.gradient_unscaled = 1});
}

static void shortcut_gradient_masked(struct call *call)
{
    run(call, (struct oddity){.shortcut_masked = 1});
}

static void division_by_zero(struct call *call)
{
    run(call, (struct oddity){.divided_by_zero = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_mixture", FORK_TWIN, "",
     "Training over a common denominator, inference as a mixture of both forms of the block.",
     NULL}, .answer = by_mixture},
    {.info = {"scaled_elsewhere", FORK_CONVENTION, "236",
     "Scales at inference what should be scaled in training, or the reverse.", NULL},
     .answer = scaled_elsewhere},
    {.info = {"never_scaled", FORK_BUG, "236", "Neither training nor inference scales.", NULL},
     .answer = never_scaled},
    {.info = {"scaled_twice", FORK_BUG, "236", "Training and inference both scale.", NULL},
     .answer = scaled_twice},
    {.info = {"whole_block_dropped", FORK_BUG, "236", "The shortcut is left out with the branch.",
     NULL}, .answer = whole_block_dropped},
    {.info = {"shortcut_scaled", FORK_BUG, "236", "The shortcut is scaled with the branch.", NULL},
     .answer = shortcut_scaled},
    {.info = {"one_draw_for_the_batch", FORK_CONVENTION, "236", "All samples share the first draw.",
     NULL}, .answer = one_draw_for_the_batch},
    {.info = {"rate_for_survival", FORK_BUG, "223",
     "The rate is taken for the probability to survive.", NULL}, .answer = rate_for_survival},
    {.info = {"layers_from_zero", FORK_CONVENTION, "236",
     "The first layer counts as 0 and always survives.", NULL}, .answer = layers_from_zero},
    {.info = {"decay_ignored", FORK_BUG, "236", "All layers have the rate of the last.", NULL},
     .answer = decay_ignored},
    {.info = {"gradient_without_mask", FORK_BUG, "230",
     "The gradient passes through a branch that was left out.", NULL},
     .answer = gradient_without_mask},
    {.info = {"gradient_without_scale", FORK_BUG, "230",
     "The gradient of the branch lacks the scale.", NULL}, .answer = gradient_without_scale},
    {.info = {"shortcut_gradient_masked", FORK_BUG, "230",
     "The gradient of the shortcut is masked with the branch.", NULL},
     .answer = shortcut_gradient_masked},
    {.info = {"division_by_zero", FORK_NUMERICAL, "225",
     "At survival 0 the scale is 1/0 and y is 0/0.", NULL}, .answer = division_by_zero},
    /* clang-format on */
};

const struct fork_list stochastic_depth_forks = {sizeof table / sizeof *table, table};
