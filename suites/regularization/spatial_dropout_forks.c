// SPDX-License-Identifier: MIT
#include "../../reference/regularization/spatial_dropout.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int divide;      /* (correct) divides by keep, from the last element on */
    int per_pixel;   /* the mask moves on with every element */
    int per_sample;  /* the mask of the first channel for all */
    int per_channel; /* the mask of the first sample for all */
    int per_row;     /* the mask goes along the axis after the channels */
    int by_rate;     /* scales by 1/rate */
    int unscaled, all_pass, unscaled_gradient, by_value, exchanged;
};

static void run(struct call *call, struct oddity odd)
{
    static const char *const channels[] = {"first", "last", NULL};
    struct survival s = survival_read(call), drawn = s;
    int last = call_choice(call, "channels", channels);
    const char *shape = last ? "NHWC" : "NCHW";
    const real *x = call_input(call, "x", shape);
    size_t C = call_size(call, 'C'), H = call_size(call, 'H'), W = call_size(call, 'W');
    size_t N = call_size(call, 'N'), n = N * C * H * W;
    if (odd.exchanged)
        s = drawn = (struct survival){s.keep, s.rate};
    const int *kept = mask_read(call, drawn, "NC");
    real *shown = call_output_integers(call, "kept", "NC"), *y = call_output(call, "y", shape);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", shape) : call_scratch(call, n);
    real *dx = call_has(call, "dy") ? call_output(call, "dx", shape) : call_scratch(call, n);
    real below = odd.unscaled  ? 1
                 : odd.by_rate ? s.rate
                               : s.keep,
         scale = below > 0 ? 1 / below : 1;
    for (size_t i = 0; i < N * C; i++)
        shown[i] = (real)kept[i];
    for (size_t i = n; i-- > 0;) {
        size_t sample = i / (C * H * W), channel = last ? i % C : i / (H * W) % C;
        size_t at = sample * C + channel;
        at = odd.per_pixel ? i % (N * C) : at;
        at = odd.per_sample ? sample * C : at;
        at = odd.per_channel ? channel : at;
        at = odd.per_row ? sample * C + i / W % H % C : at;
        real m = (real)kept[at], gradient = odd.all_pass ? 1 : m;
        y[i] = odd.divide && m > 0 ? m * x[i] / below : m * scale * x[i];
        dx[i] = odd.divide && m > 0 ? m * dy[i] / below : gradient * scale * dy[i];
        if (odd.unscaled_gradient)
            dx[i] = m * dy[i];
        if (odd.by_value)
            dx[i] = y[i] != 0 ? scale * dy[i] : 0;
    }
}

static void by_division(struct call *call)
{
    run(call, (struct oddity){.divide = 1});
}

static void mask_per_pixel(struct call *call)
{
    run(call, (struct oddity){.per_pixel = 1});
}

static void mask_per_sample(struct call *call)
{
    run(call, (struct oddity){.per_sample = 1});
}

static void mask_of_first_sample(struct call *call)
{
    run(call, (struct oddity){.per_channel = 1});
}

static void mask_along_rows(struct call *call)
{
    run(call, (struct oddity){.per_row = 1});
}

static void scale_by_inverse_rate(struct call *call)
{
    run(call, (struct oddity){.by_rate = 1});
}

static void not_scaled(struct call *call)
{
    run(call, (struct oddity){.unscaled = 1});
}

static void gradient_without_mask(struct call *call)
{
    run(call, (struct oddity){.all_pass = 1});
}

static void gradient_without_scale(struct call *call)
{
    run(call, (struct oddity){.unscaled_gradient = 1});
}

static void mask_inferred_from_output(struct call *call)
{
    run(call, (struct oddity){.by_value = 1});
}

static void rate_and_keep_exchanged(struct call *call)
{
    run(call, (struct oddity){.exchanged = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_division", FORK_TWIN, "", "Divides by keep, the last element first.", NULL},
     .answer = by_division},
    {.info = {"mask_per_pixel", FORK_CONVENTION, "229",
     "The mask moves on with every element instead of every channel.", NULL},
     .answer = mask_per_pixel},
    {.info = {"mask_per_sample", FORK_BUG, "229",
     "All channels of a sample share the mask of its first.", NULL}, .answer = mask_per_sample},
    {.info = {"mask_of_first_sample", FORK_BUG, "229", "All samples share the mask of the first.",
     NULL}, .answer = mask_of_first_sample},
    {.info = {"mask_along_rows", FORK_BUG, "229",
     "The mask goes along the height instead of the channels.", NULL}, .answer = mask_along_rows},
    {.info = {"scale_by_inverse_rate", FORK_BUG, "224", "Scales by 1/rate.", NULL},
     .answer = scale_by_inverse_rate},
    {.info = {"not_scaled", FORK_CONVENTION, "222", "Survivors are not scaled in training.", NULL},
     .answer = not_scaled},
    {.info = {"gradient_without_mask", FORK_BUG, "230",
     "The gradient passes through silenced channels.", NULL}, .answer = gradient_without_mask},
    {.info = {"gradient_without_scale", FORK_BUG, "230", "The gradient lacks the scale.", NULL},
     .answer = gradient_without_scale},
    {.info = {"mask_inferred_from_output", FORK_BUG, "226",
     "Backward takes the mask from the output, which is lost where it is 0.", NULL},
     .answer = mask_inferred_from_output},
    {.info = {"rate_and_keep_exchanged", FORK_BUG, "223",
     "The rate is taken for the probability to survive, or the other way round.", NULL},
     .answer = rate_and_keep_exchanged},
    /* clang-format on */
};

const struct fork_list spatial_dropout_forks = {sizeof table / sizeof *table, table};
