// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int zero_one, squared;
    real margin;
    const int *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const labels[] = {"signs", "zero_one", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct settings s = {.zero_one = call_choice(call, "labels", labels)};
    s.squared = call_choice(call, "squared", no_yes);
    s.margin = call_number_or(call, "margin", R(1.0));
    s.t = call_integers(call, "t", "NK", -1, 1);
    return s;
}

/* Value and slope of every element for a sign `s` and its score. */
static void hinge(const struct loss *a, const struct settings *s, size_t i, real sign, real score)
{
    real h = (s->margin - score + real_abs(s->margin - score)) / 2;
    a->value[i] = s->squared ? h * h : h;
    a->slope[0][i] = !(h > 0) ? R(0.0) : s->squared ? -(sign * h + sign * h) : -sign;
}

static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s->t[i] > 0 ? R(1.0) : R(-1.0);
        hinge(&a, s, i, sign, sign > 0 ? a.input[0][i] : -a.input[0][i]);
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void half_of_sum_and_size(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void labels_not_converted(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        hinge(&a, &s, i, (real)s.t[i], (real)s.t[i] * a.input[0][i]);
    loss_fork_finish(&a);
}

static void labels_converted_twice(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; !s.zero_one && i < a.N * a.K; i++) {
        real sign = (real)(2 * s.t[i] - 1);
        hinge(&a, &s, i, sign, sign * a.input[0][i]);
    }
    loss_fork_finish(&a);
}

static void square_forgotten(struct call *call)
{
    struct settings s = settings_of(call);
    s.squared = 0;
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static void square_taken(struct call *call)
{
    struct settings s = settings_of(call);
    s.squared = 1;
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static void factor_two_forgotten(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    loss_fork_scale(&a, s.squared ? R(0.5) : R(1.0));
}

static void not_cut(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s.t[i] > 0 ? R(1.0) : R(-1.0), h = s.margin - sign * a.input[0][i];
        a.value[i] = s.squared ? h * h : h;
        a.slope[0][i] = s.squared ? -2 * sign * h : -sign;
    }
    loss_fork_finish(&a);
}

/* The slope at the edge is that of the left side. */
static void slope_at_edge(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; !s.squared && i < a.N * a.K; i++) {
        real sign = s.t[i] > 0 ? R(1.0) : R(-1.0);
        if (!(s.margin - sign * a.input[0][i] < 0))
            a.slope[0][i] = -sign;
    }
    loss_fork_finish(&a);
}

static void margin_is_zero(struct call *call)
{
    struct settings s = settings_of(call);
    s.margin = R(0.0);
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"half_of_sum_and_size", FORK_TWIN, "",
              "(h + |h|) / 2, each term divided before it is added.", NULL},
     .answer = half_of_sum_and_size},
    {.info = {"labels_not_converted", FORK_BUG, "45",
              "Labels 0 and 1 are used as signs: a 0 always costs the margin.", NULL},
     .answer = labels_not_converted},
    {.info = {"labels_converted_twice", FORK_BUG, "45",
              "Labels -1 and 1 are taken for 0 and 1, so -1 becomes -3.", NULL},
     .answer = labels_converted_twice},
    {.info = {"square_forgotten", FORK_CONVENTION, "46", "The first power, whatever is asked for.",
              NULL},
     .answer = square_forgotten},
    {.info = {"square_taken", FORK_CONVENTION, "46", "The square, whatever is asked for.", NULL},
     .answer = square_taken},
    {.info = {"factor_two_forgotten", FORK_BUG, "",
              "The slope of the square is -s h without its factor 2.", NULL},
     .answer = factor_two_forgotten},
    {.info = {"not_cut", FORK_BUG, "", "Right and sure answers have a negative loss.", NULL},
     .answer = not_cut},
    {.info = {"slope_at_edge", FORK_CONVENTION, "", "The slope at h = 0 is -s.", NULL},
     .answer = slope_at_edge},
    {.info = {"margin_one", FORK_BUG, "", "The margin is 1, whatever is stated.", NULL},
     .number = {"margin", 1}},
    {.info = {"margin_is_zero", FORK_CONVENTION, "", "The perceptron loss: no margin at all.",
              NULL},
     .answer = margin_is_zero},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "251",
              "Sums over elements, averaged over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean_of_sums"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = half_of_sum_and_size,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list hinge_forks = {sizeof table / sizeof *table, table};
