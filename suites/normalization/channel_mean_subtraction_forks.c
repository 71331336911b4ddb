// SPDX-License-Identifier: MIT
#include "../../reference/normalization/channel_mean_subtraction.h"
#include "../fork.h"

/* What a fork may change: the factors of y = a x + b by channel, and the channel that x comes from.
 */
struct affine {
    size_t C, P, count;
    int kept, first;
    const real *mean, *deviation;
    real divisor;
    real *scale, *shift, *gradient; /* (C): y = scale x + shift, dx = gradient dy */
    int *from, *back;               /* (C): of y and of dx */
};

static struct affine read(struct call *call, const real **x, const char **shape)
{
    static const char *const orders[] = {"reversed", "kept", NULL};
    static const char *const layouts[] = {"channels_last", "channels_first", NULL};
    struct affine t = {.first = call_choice(call, "layout", layouts)};
    t.kept = call_choice(call, "channels", orders);
    *shape = t.first ? "NCHW" : "NHWC";
    *x = call_input(call, "x", *shape);
    t.C = call_size(call, 'C');
    t.P = call_size(call, 'H') * call_size(call, 'W');
    t.count = call_size(call, 'N') * t.C * t.P;
    t.divisor = call_number_or(call, "divisor", R(1.0));
    real *mean = call_scratch(call, t.C + 3), *deviation = call_scratch(call, t.C);
    mean[0] = t.kept ? R(123.68) : R(103.939);
    mean[1] = R(116.779);
    mean[2] = t.kept ? R(103.939) : R(123.68);
    for (size_t c = 0; c < t.C; c++)
        deviation[c] = 1;
    t.mean = call_has(call, "mean") ? call_input(call, "mean", "C") : mean;
    t.deviation = call_has(call, "deviation") ? call_input(call, "deviation", "C") : deviation;
    t.scale = call_scratch(call, t.C);
    t.shift = call_scratch(call, t.C);
    t.gradient = call_scratch(call, t.C);
    t.from = call_scratch_integers(call, t.C);
    t.back = call_scratch_integers(call, t.C);
    for (size_t c = 0; c < t.C; c++) {
        t.scale[c] = t.gradient[c] = 1 / (t.divisor * t.deviation[c]);
        t.shift[c] = -t.mean[c] / t.deviation[c];
        t.from[c] = t.back[c] = (int)(t.kept ? c : t.C - 1 - c);
    }
    return t;
}

static void run(struct call *call, void (*change)(struct affine *))
{
    const real *x;
    const char *shape;
    struct affine t = read(call, &x, &shape);
    if (change)
        change(&t);
    real *y = call_output(call, "y", shape);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", shape) : NULL;
    real *dx = dy ? call_output(call, "dx", shape) : NULL;
    for (size_t i = 0; i < t.count; i++) {
        size_t width = t.first ? t.P : 1, c = i / width % t.C, base = i - c * width;
        y[i] = t.scale[c] * x[base + (size_t)t.from[c] * width] + t.shift[c];
        if (dy)
            dx[base + (size_t)t.back[c] * width] = t.gradient[c] * dy[i];
    }
}

static void scale_and_shift(struct call *call)
{
    run(call, NULL);
}

static void reverse_mean(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->shift[c] = -t->mean[t->C - 1 - c] / t->deviation[c];
}

static void mean_in_other_order(struct call *call)
{
    run(call, reverse_mean);
}

static void forget_order_back(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->back[c] = (int)c;
}

static void gradient_not_reversed(struct call *call)
{
    run(call, forget_order_back);
}

static void drop_divisor(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->gradient[c] = 1;
}

static void gradient_not_scaled(struct call *call)
{
    run(call, drop_divisor);
}

static void average_mean(struct affine *t)
{
    real mean = sum_features(t->C, t->mean, 1) / real_count(t->C);
    for (size_t c = 0; c < t->C; c++)
        t->shift[c] = -mean / t->deviation[c];
}

static void one_mean_for_all(struct call *call)
{
    run(call, average_mean);
}

static void add_mean(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->shift[c] = -t->shift[c];
}

static void mean_added(struct call *call)
{
    run(call, add_mean);
}

static void mean_before_division(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++)
        t->shift[c] = t->shift[c] / t->divisor;
}

static void mean_divided_too(struct call *call)
{
    run(call, mean_before_division);
}

static void drop_deviation(struct affine *t)
{
    for (size_t c = 0; c < t->C; c++) {
        t->scale[c] = 1 / t->divisor;
        t->shift[c] = -t->mean[c];
    }
}

static void deviation_ignored(struct call *call)
{
    run(call, drop_deviation);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"scale_and_shift", FORK_TWIN, "", "y = a x + b, both found once for each channel.",
     NULL},
     .answer = scale_and_shift},
    {.info = {"reversed", FORK_CONVENTION, "", "Channels are reversed: caffe.", NULL},
     .instead = {"channels", "reversed"}},
    {.info = {"kept", FORK_CONVENTION, "", "Channels keep their order: torch.", NULL},
     .instead = {"channels", "kept"}},
    {.info = {"channels_last", FORK_CONVENTION, "136", "The last axis is that of channels.", NULL},
     .instead = {"layout", "channels_last"}},
    {.info = {"channels_first", FORK_CONVENTION, "136", "The second axis is that of channels.",
     NULL},
     .instead = {"layout", "channels_first"}},
    {.info = {"pixels_to_one", FORK_CONVENTION, "", "Pixels are divided by 255 first.", NULL},
     .number = {"divisor", 255}},
    {.info = {"pixels_not_scaled", FORK_BUG, "", "Pixels are not divided.", NULL},
     .number = {"divisor", 1}},
    {.info = {"pixels_by_256", FORK_BUG, "", "Pixels are divided by 256.", NULL},
     .number = {"divisor", 256}},
    {.info = {"mean_in_other_order", FORK_BUG, "", "The means meet the wrong channels.", NULL},
     .answer = mean_in_other_order},
    {.info = {"one_mean_for_all", FORK_BUG, "", "All channels share one mean.", NULL},
     .answer = one_mean_for_all},
    {.info = {"mean_added", FORK_BUG, "", "The mean is added.", NULL}, .answer = mean_added},
    {.info = {"mean_divided_too", FORK_BUG, "", "The mean is divided as the pixels are.", NULL},
     .answer = mean_divided_too},
    {.info = {"deviation_ignored", FORK_BUG, "", "y is not divided by the deviation.", NULL},
     .answer = deviation_ignored},
    {.info = {"gradient_not_reversed", FORK_BUG, "", "dx keeps the order of y.", NULL},
     .answer = gradient_not_reversed},
    {.info = {"gradient_not_scaled", FORK_BUG, "", "dx lacks divisor and deviation.", NULL},
     .answer = gradient_not_scaled},
    /* clang-format on */
};

const struct fork_list channel_mean_subtraction_forks = {sizeof table / sizeof *table, table};
