// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

enum form { HUBER, SMOOTH_L1, PSEUDO_HUBER };

struct settings {
    enum form form;
    real width;
    const real *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const forms[] = {"huber", "smooth_l1", "pseudo_huber", NULL};
    struct settings s = {.form = (enum form)call_choice(call, "form", forms)};
    s.width = call_number_or(call, s.form == SMOOTH_L1 ? "beta" : "delta", R(1.0));
    s.t = call_input(call, "t", "NK");
    return s;
}

/* The error cut to [-width, width]. */
static real cut(real d, real width)
{
    return d > width ? width : d < -width ? -width : d;
}

/* With c the cut error, Huber is c (d - c / 2), whichever side of the edge d is on. */
static struct loss read(struct call *call)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    struct settings s = settings_of(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - s.t[i], c = cut(d, s.width), unit = R(1.0);
        if (s.form == SMOOTH_L1)
            unit = s.width;
        a.slope[0][i] = c / unit;
        a.value[i] = a.slope[0][i] * (d - c / 2);
        if (s.form == SMOOTH_L1 && !(s.width > 0)) {
            a.slope[0][i] = (real)((d > 0) - (d < 0));
            a.value[i] = d * a.slope[0][i];
        } else if (s.form == PSEUDO_HUBER) {
            real root = real_sqrt(s.width * s.width + d * d);
            a.slope[0][i] = s.width * d / root;
            a.value[i] = s.width * d * d / (root + s.width);
        }
    }
    return a;
}

static void cut_error(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

/* Loss and slope times a factor. */
static void scaled(const struct loss *a, real factor)
{
    for (size_t i = 0; i < a->N * a->K; i++) {
        a->value[i] = a->value[i] * factor;
        a->slope[0][i] = a->slope[0][i] * factor;
    }
    loss_fork_finish(a);
}

static void huber_over_delta(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    scaled(&a, s.form == HUBER ? 1 / s.width : R(1.0));
}

static void smooth_l1_times_beta(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    scaled(&a, s.form == SMOOTH_L1 ? s.width : R(1.0));
}

static void half_forgotten(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - s.t[i];
        if (s.form == HUBER && real_abs(d) <= s.width) {
            a.value[i] = d * d;
            a.slope[0][i] = 2 * d;
        }
    }
    loss_fork_finish(&a);
}

static void linear_part_jumps(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = real_abs(a.input[0][i] - s.t[i]);
        if (s.form == HUBER && d > s.width)
            a.value[i] = s.width * d;
    }
    loss_fork_finish(&a);
}

static void squared_error(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - s.t[i];
        a.value[i] = R(0.5) * d * d;
        a.slope[0][i] = d;
    }
    loss_fork_finish(&a);
}

/* Its slope on the linear side is 1, as if delta were. */
static void slope_is_sign(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - s.t[i];
        if (s.form == HUBER && real_abs(d) > s.width)
            a.slope[0][i] = d > 0 ? R(1.0) : R(-1.0);
    }
    loss_fork_finish(&a);
}

static void root_minus_one(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real u = (a.input[0][i] - s.t[i]) / s.width;
        if (s.form == PSEUDO_HUBER)
            a.value[i] = s.width * s.width * (real_sqrt(1 + u * u) - 1);
    }
    loss_fork_finish(&a);
}

static void zero_width_divides(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real d = a.input[0][i] - s.t[i];
        if (s.form == SMOOTH_L1 && !(s.width > 0)) {
            a.value[i] = R(0.5) * d * d / s.width;
            a.slope[0][i] = d / s.width;
        }
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info =
         {"cut_error", FORK_TWIN, "",
          "c (d - c / 2) with the error c cut to the width; each term divided before it is added.",
          NULL},
     .answer = cut_error},
    {.info = {"form_smooth_l1", FORK_CONVENTION, "43",
              "Smooth L1 of width beta for whatever is asked.", NULL},
     .instead = {"form", "smooth_l1"}},
    {.info = {"form_huber", FORK_CONVENTION, "43", "Huber of width delta for whatever is asked.",
              NULL},
     .instead = {"form", "huber"}},
    {.info = {"form_pseudo_huber", FORK_CONVENTION, "43", "Pseudo-Huber for whatever is asked.",
              NULL},
     .instead = {"form", "pseudo_huber"}},
    {.info = {"huber_over_delta", FORK_CONVENTION, "43",
              "Huber divided by delta, which is smooth L1 with beta = delta.", NULL},
     .answer = huber_over_delta},
    {.info = {"smooth_l1_times_beta", FORK_CONVENTION, "43",
              "Smooth L1 times beta, which is Huber with delta = beta.", NULL},
     .answer = smooth_l1_times_beta},
    {.info = {"delta_one", FORK_BUG, "43", "delta is 1, whatever is stated.", NULL},
     .number = {"delta", 1}},
    {.info = {"beta_one", FORK_BUG, "43", "beta is 1, whatever is stated.", NULL},
     .number = {"beta", 1}},
    {.info = {"half_forgotten", FORK_BUG, "44", "d^2 instead of d^2 / 2 inside.", NULL},
     .answer = half_forgotten},
    {.info = {"linear_part_jumps", FORK_BUG, "",
              "delta a outside, which does not meet the parabola.", NULL},
     .answer = linear_part_jumps},
    {.info = {"squared_error", FORK_BUG, "", "The parabola everywhere.", NULL},
     .answer = squared_error},
    {.info = {"slope_is_sign", FORK_BUG, "",
              "The slope outside is sign(d) instead of delta sign(d).", NULL},
     .answer = slope_is_sign},
    {.info = {"root_minus_one", FORK_NUMERICAL, "",
              "sqrt(1 + u^2) - 1, which cancels for small errors.", NULL},
     .answer = root_minus_one},
    {.info = {"zero_width_divides", FORK_NUMERICAL, "43", "beta = 0 divides by beta.", NULL},
     .answer = zero_width_divides},
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
     .answer = cut_error,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = cut_error,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = cut_error,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = cut_error,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = cut_error,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = cut_error,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list huber_forks = {sizeof table / sizeof *table, table};
