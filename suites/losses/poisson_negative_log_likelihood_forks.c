// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    const int *t;
    real epsilon;
    int rates, full;
};

static struct settings settings_of(struct call *call)
{
    static const char *const inputs[] = {"logarithms", "rates", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct settings s = {.t = call_integers(call, "t", "NK", 0, 1 << 24)};
    s.epsilon = call_number_or(call, "epsilon", R(1e-8));
    s.rates = call_choice(call, "input", inputs);
    s.full = call_choice(call, "full", no_yes);
    return s;
}

/* log t! for t > 1 in one product: t (log t - 1) + ..., with halves of logarithms. */
static real stirling(real t)
{
    real log_t = real_log(t), log_two_pi = real_log(R(6.283185307179586476925286766559005768));
    return t * (log_t - 1) + (log_two_pi + log_t) / 2;
}

static void element(struct loss *a, const struct settings *s, size_t i, real most)
{
    real y = a->input[0][i], t = (real)s->t[i], shifted = y + s->epsilon;
    real rate = s->rates ? y : real_exp(y);
    a->value[i] = s->rates ? y - t * real_log(shifted) : -(t * y - rate);
    a->slope[0][i] = s->rates ? (shifted - t) / shifted : -(t - rate);
    if (s->full && t > most)
        a->value[i] = a->value[i] + stirling(t);
}

static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    for (size_t i = 0; i < a.N * a.K; i++)
        element(&a, s, i, R(1.0));
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void one_fraction(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void stirling_of_one(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        element(&a, &s, i, R(0.0));
    loss_fork_finish(&a);
}

static void stirling_of_zero(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        element(&a, &s, i, R(-1.0));
    loss_fork_finish(&a);
}

static void rates_taken(struct call *call)
{
    struct settings s = settings_of(call);
    s.rates = 1;
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static void epsilon_everywhere(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; s.rates && i < a.N * a.K; i++)
        a.value[i] = a.value[i] + s.epsilon;
    loss_fork_finish(&a);
}

static void slope_is_rate(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[0][i] = s.rates ? R(1.0) : real_exp(a.input[0][i]);
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"one_fraction", FORK_TWIN, "",
              "(y - t) / y for the slope and t (log t - 1) for Stirling; each term divided before "
              "it is added.",
              NULL},
     .answer = one_fraction},
    {.info = {"logarithms_taken", FORK_BUG, "50", "Rates are taken for their logarithms.", NULL},
     .instead = {"input", "logarithms"}},
    {.info = {"rates_taken", FORK_BUG, "50", "Logarithms are taken for rates.", NULL},
     .answer = rates_taken},
    {.info = {"full_left_out", FORK_CONVENTION, "50", "The factorial is left out.", NULL},
     .instead = {"full", "no"}},
    {.info = {"full_added", FORK_CONVENTION, "50",
              "The factorial is added where it is not asked for.", NULL},
     .instead = {"full", "yes"}},
    {.info = {"stirling_of_one", FORK_BUG, "50",
              "Stirling's formula is used for a count of 1 too: 0.08 instead of 0.", NULL},
     .answer = stirling_of_one},
    {.info = {"stirling_of_zero", FORK_NUMERICAL, "50", "0 log 0 of the formula is not a number.",
              NULL},
     .answer = stirling_of_zero},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "50", "epsilon is 1e-7.", NULL},
     .number = {"epsilon", 1e-7}},
    {.info = {"epsilon_everywhere", FORK_BUG, "50",
              "epsilon is added to the rate before it is used anywhere.", NULL},
     .answer = epsilon_everywhere},
    {.info = {"slope_is_rate", FORK_BUG, "", "The count is left out of the slope.", NULL},
     .answer = slope_is_rate},
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
     .answer = one_fraction,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = one_fraction,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = one_fraction,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = one_fraction,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = one_fraction,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = one_fraction,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list poisson_negative_log_likelihood_forks = {sizeof table / sizeof *table,
                                                                table};
