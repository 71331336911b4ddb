// SPDX-License-Identifier: MIT
#include "../../reference/regularization/dropout.h"
#include "../fork.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. Without
 * input dy the gradient goes to scratch memory. */
struct layer {
    struct survival survival;
    enum dropout_scaling scaling;
    const real *x, *dy;
    const int *kept;
    real *shown, *y, *y_inference, *dx, *scale;
    size_t N, C;
};

static void answer(struct layer *l)
{
    for (size_t i = 0; i < l->N * l->C; i++)
        l->shown[i] = (real)l->kept[i];
    dropout_apply(l->y, l->x, l->kept, l->scale, l->N, l->C);
    dropout_apply(l->dx, l->dy, l->kept, l->scale, l->N, l->C);
}

static struct layer read(struct call *call)
{
    static const char *const scalings[] = {"inverted", "classic", "realised", NULL};
    struct layer l = {.survival = survival_read(call), .x = call_input(call, "x", "NC")};
    l.N = call_size(call, 'N');
    l.C = call_size(call, 'C');
    l.kept = mask_read(call, l.survival, "NC");
    l.scaling = (enum dropout_scaling)call_choice(call, "scaling", scalings);
    l.scale = call_scratch(call, l.N);
    l.shown = call_output_integers(call, "kept", "NC");
    l.y_inference = call_output(call, "y_inference", "NC");
    l.y = call_output(call, "y", "NC");
    int gradient = call_has(call, "dy");
    l.dy = gradient ? call_input(call, "dy", "NC") : call_scratch(call, l.N * l.C);
    l.dx = gradient ? call_output(call, "dx", "NC") : call_scratch(call, l.N * l.C);
    dropout_scales(l.scale, l.kept, l.scaling, l.survival.keep, l.N, l.C);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.y_inference[i] = l.scaling == DROPOUT_CLASSIC ? l.survival.keep * l.x[i] : l.x[i];
    answer(&l);
    return l;
}

/* Divides by what the scale would multiply with, and takes off what is dropped: y = x - rate x at
 * inference; in training the product with 0 or 1 comes first. */
static void by_division(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++) {
        size_t survivors = 0;
        for (size_t c = 0; c < l.C; c++)
            survivors += (size_t)l.kept[i - i % l.C + c];
        real m = (real)l.kept[i], x = m * l.x[i], dy = m * l.dy[i], below = 1;
        if (l.scaling == DROPOUT_INVERTED)
            below = l.survival.keep;
        else if (l.scaling == DROPOUT_REALISED)
            below = real_count(survivors) / real_count(l.C);
        l.y[i] = m > 0 ? x / below : x;
        l.dx[i] = m > 0 ? dy / below : dy;
        if (l.scaling == DROPOUT_CLASSIC)
            l.y_inference[i] = l.x[i] - l.survival.rate * l.x[i];
    }
}

static void scale_by_inverse_rate(struct call *call)
{
    struct layer l = read(call);
    for (size_t n = 0; l.scaling == DROPOUT_INVERTED && n < l.N; n++)
        l.scale[n] = l.survival.rate > 0 ? 1 / l.survival.rate : 1;
    answer(&l);
}

static void rate_and_keep_exchanged(struct call *call)
{
    struct layer l = read(call);
    struct survival other = {l.survival.keep, l.survival.rate};
    if (!call_has(call, "mask"))
        l.kept = mask_read(call, other, "NC");
    dropout_scales(l.scale, l.kept, l.scaling, other.keep, l.N, l.C);
    answer(&l);
}

static void division_by_zero(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++) {
        real m = (real)l.kept[i];
        if (l.scaling == DROPOUT_INVERTED)
            l.y[i] = m * l.x[i] * (1 / l.survival.keep);
    }
}

static void mask_inferred_from_output(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.dx[i] = l.x[i] != 0 ? l.y[i] / l.x[i] * l.dy[i] : 0;
}

static void bernoulli_scale_for_realised(struct call *call)
{
    struct layer l = read(call);
    if (l.scaling == DROPOUT_REALISED)
        dropout_scales(l.scale, l.kept, DROPOUT_INVERTED, l.survival.keep, l.N, l.C);
    answer(&l);
}

static void realised_scale_always(struct call *call)
{
    struct layer l = read(call);
    dropout_scales(l.scale, l.kept, DROPOUT_REALISED, l.survival.keep, l.N, l.C);
    answer(&l);
}

static void gradient_without_mask(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.dx[i] = l.scale[i / l.C] * l.dy[i];
}

static void gradient_without_scale(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.dx[i] = l.kept[i] ? l.dy[i] : 0;
}

static void gradient_with_next_mask(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.dx[i] = l.kept[(i + 1) % (l.N * l.C)] ? l.scale[i / l.C] * l.dy[i] : 0;
}

static void inference_scaled_by_rate(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; l.scaling == DROPOUT_CLASSIC && i < l.N * l.C; i++)
        l.y_inference[i] = l.survival.rate * l.x[i];
}

static void inference_scaled_twice(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.y_inference[i] = l.survival.keep * l.x[i];
}

static void active_at_inference(struct call *call)
{
    struct layer l = read(call);
    for (size_t i = 0; i < l.N * l.C; i++)
        l.y_inference[i] = l.y[i];
}

static void one_mask_for_the_batch(struct call *call)
{
    struct layer l = read(call);
    int *kept = call_scratch_integers(call, l.N * l.C);
    for (size_t i = 0; i < l.N * l.C; i++)
        kept[i] = l.kept[i % l.C];
    l.kept = kept;
    answer(&l);
}

static void mask_complemented(struct call *call)
{
    struct layer l = read(call);
    int *kept = call_scratch_integers(call, l.N * l.C);
    for (size_t i = 0; i < l.N * l.C; i++)
        kept[i] = !l.kept[i];
    l.kept = kept;
    answer(&l);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_division", FORK_TWIN, "",
              "Multiplies by 0 or 1, then divides by the share that survives; x - rate x at "
               "inference.", NULL},
     .answer = by_division},
    {.info = {"classic_instead", FORK_CONVENTION, "222",
              "Scales at inference what should have been scaled in training.", NULL},
     .instead = {"scaling", "classic"}},
    {.info = {"inverted_instead", FORK_CONVENTION, "222",
              "Scales in training what should have been scaled at inference.", NULL},
     .instead = {"scaling", "inverted"}},
    {.info = {"rate_and_keep_exchanged", FORK_BUG, "223",
              "The rate is taken for the probability to survive, or the other way round.", NULL},
     .answer = rate_and_keep_exchanged},
    {.info = {"scale_by_inverse_rate", FORK_BUG, "224", "Scales by 1/rate instead of 1/keep.",
     NULL},
     .answer = scale_by_inverse_rate},
    {.info = {"division_by_zero", FORK_NUMERICAL, "225", "At rate 1 the scale is 1/0 and y is 0/0.",
     NULL},
     .answer = division_by_zero},
    {.info = {"mask_inferred_from_output", FORK_BUG, "226",
              "Backward takes the mask from y / x, which is lost where x is 0.", NULL},
     .answer = mask_inferred_from_output},
    {.info = {"bernoulli_scale_for_realised", FORK_CONVENTION, "228",
              "Scales by the expected share of survivors where the realised one is asked for.",
               NULL},
     .answer = bernoulli_scale_for_realised},
    {.info = {"realised_scale_always", FORK_CONVENTION, "228",
              "Scales by the realised share of survivors where the expected one is asked for.",
               NULL},
     .answer = realised_scale_always},
    {.info = {"gradient_without_mask", FORK_BUG, "230",
     "The gradient passes through dropped units.", NULL},
     .answer = gradient_without_mask},
    {.info = {"gradient_without_scale", FORK_BUG, "230", "The gradient lacks the scale.", NULL},
     .answer = gradient_without_scale},
    {.info = {"gradient_with_next_mask", FORK_BUG, "227 230",
              "Backward draws again and so has another mask than forward.", NULL},
     .answer = gradient_with_next_mask},
    {.info = {"inference_scaled_by_rate", FORK_BUG, "222",
              "The classic inference multiplies by the rate instead of its complement.", NULL},
     .answer = inference_scaled_by_rate},
    {.info = {"inference_scaled_twice", FORK_BUG, "230",
              "Scaled in training and at inference again, which should be the identity.", NULL},
     .answer = inference_scaled_twice},
    {.info = {"active_at_inference", FORK_BUG, "230", "Units are dropped at inference too.", NULL},
     .answer = active_at_inference},
    {.info = {"one_mask_for_the_batch", FORK_BUG, "", "All samples share the mask of the first.",
     NULL},
     .answer = one_mask_for_the_batch},
    {.info = {"mask_complemented", FORK_BUG, "", "What should be kept is dropped.", NULL},
     .answer = mask_complemented},
    {.info = {"other_threshold", FORK_CONVENTION, "227",
              "Draws by u < keep where u >= rate is asked for: another stream of masks.", NULL},
     .instead = {"threshold", "below_keep"}},
    /* clang-format on */
};

const struct fork_list dropout_forks = {sizeof table / sizeof *table, table};
