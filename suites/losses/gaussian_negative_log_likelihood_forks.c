// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    const real *t;
    real epsilon;
    int full, cutting;
};

static struct settings settings_of(struct call *call)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const clamps[] = {"passing", "cutting", NULL};
    struct settings s = {.t = call_input(call, "t", "NK")};
    s.epsilon = call_number_or(call, "epsilon", R(1e-6));
    s.full = call_choice(call, "full", no_yes);
    s.cutting = call_choice(call, "clamp", clamps);
    return s;
}

static struct loss begin(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NK", .input = {"y", "v"}, .gradient = {"dy", "dv"}};
    return loss_begin(call, &form);
}

/* In the error over the deviation, and the precision 1 / w. */
static void element(struct loss *a, const struct settings *s, size_t i, real w)
{
    real d = a->input[0][i] - s->t[i], z = d / real_sqrt(w), constant = R(0.0);
    if (s->full)
        constant = real_log(R(6.283185307179586476925286766559005768)) / 2;
    a->value[i] = z * z / 2 + real_log(w) / 2 + constant;
    a->slope[0][i] = d * (1 / w);
    a->slope[1][i] = (1 - z) * (1 + z) / (w + w);
}

static struct loss read_with(struct call *call, const struct settings *s)
{
    struct loss a = begin(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        int low = a.input[1][i] < s->epsilon;
        element(&a, s, i, low ? s->epsilon : a.input[1][i]);
        if (low && s->cutting)
            a.slope[1][i] = R(0.0);
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void standard_score(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void epsilon_added(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        element(&a, &s, i, a.input[1][i] + s.epsilon);
    loss_fork_finish(&a);
}

static void not_clamped(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        element(&a, &s, i, a.input[1][i]);
    loss_fork_finish(&a);
}

static void variance_is_deviation(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real deviation = a.input[1][i] < s.epsilon ? s.epsilon : a.input[1][i];
        element(&a, &s, i, deviation * deviation);
        a.slope[1][i] = a.slope[1][i] * 2 * deviation;
    }
    loss_fork_finish(&a);
}

static void half_forgotten(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.value[i] = 2 * a.value[i];
        a.slope[0][i] = 2 * a.slope[0][i];
        a.slope[1][i] = 2 * a.slope[1][i];
    }
    loss_fork_finish(&a);
}

static void variance_fixed(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[1][i] = R(0.0);
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"standard_score", FORK_TWIN, "",
              "In z = (y - t) / deviation; each term divided before it is added.", NULL},
     .answer = standard_score},
    {.info = {"clamp_cutting", FORK_CONVENTION, "51",
              "The slope by a clamped variance is 0, whatever is asked for.", NULL},
     .instead = {"clamp", "cutting"}},
    {.info = {"clamp_passing", FORK_CONVENTION, "51",
              "The slope by a clamped variance passes, whatever is asked for.", NULL},
     .instead = {"clamp", "passing"}},
    {.info = {"constant_left_out", FORK_CONVENTION, "50 51", "log(2 pi) / 2 is left out.", NULL},
     .instead = {"full", "no"}},
    {.info = {"constant_added", FORK_CONVENTION, "50 51",
              "log(2 pi) / 2 is added where it is not asked for.", NULL},
     .instead = {"full", "yes"}},
    {.info = {"epsilon_added", FORK_CONVENTION, "51", "epsilon is added to the variance.", NULL},
     .answer = epsilon_added},
    {.info = {"not_clamped", FORK_BUG, "51", "The variance is not clamped.", NULL},
     .answer = not_clamped},
    {.info = {"variance_is_deviation", FORK_BUG, "",
              "The variance is taken for a standard deviation.", NULL},
     .answer = variance_is_deviation},
    {.info = {"half_forgotten", FORK_BUG, "", "The factor 1/2 is left out.", NULL},
     .answer = half_forgotten},
    {.info = {"variance_fixed", FORK_BUG, "", "The variance gets no gradient.", NULL},
     .answer = variance_fixed},
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
     .answer = standard_score,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = standard_score,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = standard_score,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = standard_score,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = standard_score,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = standard_score,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list gaussian_negative_log_likelihood_forks = {sizeof table / sizeof *table,
                                                                 table};
