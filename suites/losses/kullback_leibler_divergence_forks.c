// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int input_probabilities, target_logarithms, clip;
    real epsilon;
    const real *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const inputs[] = {"logarithms", "probabilities", NULL};
    static const char *const targets[] = {"probabilities", "logarithms", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct settings s = {.input_probabilities = call_choice(call, "input", inputs)};
    s.target_logarithms = call_choice(call, "target", targets);
    s.clip = call_choice(call, "clip", no_yes);
    s.epsilon = call_number_or(call, "epsilon", R(1e-7));
    s.t = call_input(call, "t", "NK");
    return s;
}

static real clipped(real x, real epsilon)
{
    return x < epsilon ? epsilon : x > 1 ? R(1.0) : x;
}

/* Cross-entropy minus entropy, as one product with the logarithm of a ratio where there is one. */
static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {.shape = "NK", .input = {"y"}, .gradient = {"dy"}};
    struct loss a = loss_begin(call, &form);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], q = y, p = s->t[i];
        if (s->clip && s->input_probabilities)
            q = clipped(y, s->epsilon);
        if (s->clip && !s->target_logarithms)
            p = clipped(p, s->epsilon);
        if (s->target_logarithms)
            p = real_exp(p);
        real log_p = s->target_logarithms ? s->t[i] : p > 0 ? real_log(p) : R(0.0);
        a.value[i] = s->input_probabilities && p > 0
                         ? -(p * real_log(q / p))
                         : p * log_p - p * (s->input_probabilities ? R(0.0) : y);
        a.slope[0][i] = s->input_probabilities ? p * (-1 / q) : -p;
        if (q < y || q > y)
            a.slope[0][i] = R(0.0);
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void logarithm_of_ratio(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

/* KL(q || p): the arguments exchanged. */
static void arguments_exchanged(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], t = s.t[i];
        real q = s.input_probabilities ? y : real_exp(y);
        real log_q = s.input_probabilities ? real_log(y) : y;
        real log_p = s.target_logarithms ? t : real_log(t);
        a.value[i] = q * (log_q - log_p);
        a.slope[0][i] = (log_q - log_p) + 1;
        if (!s.input_probabilities)
            a.slope[0][i] = q * a.slope[0][i];
    }
    loss_fork_finish(&a);
}

static void zero_times_logarithm(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; !s.target_logarithms && !s.clip && i < a.N * a.K; i++) {
        real log_q = s.input_probabilities ? real_log(a.input[0][i]) : a.input[0][i];
        a.value[i] = s.t[i] * (real_log(s.t[i]) - log_q);
    }
    loss_fork_finish(&a);
}

static void clipping_added(struct call *call)
{
    struct settings s = settings_of(call);
    s.clip = 1;
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static void entropy_left_out(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real p = s.target_logarithms ? real_exp(s.t[i]) : s.t[i];
        real log_q = s.input_probabilities ? real_log(a.input[0][i]) : a.input[0][i];
        a.value[i] = -(p * log_q);
    }
    loss_fork_finish(&a);
}

static void target_not_raised(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; s.target_logarithms && i < a.N * a.K; i++) {
        real p = s.t[i], log_q = s.input_probabilities ? real_log(a.input[0][i]) : a.input[0][i];
        a.value[i] = p * (real_log(p) - log_q);
        a.slope[0][i] = s.input_probabilities ? -(p / a.input[0][i]) : -p;
    }
    loss_fork_finish(&a);
}

static void slope_not_cut(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; s.clip && i < a.N * a.K; i++) {
        if (s.input_probabilities && a.input[0][i] < s.epsilon)
            a.slope[0][i] = -(clipped(s.t[i], s.epsilon) / s.epsilon);
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"logarithm_of_ratio", FORK_TWIN, "",
              "-p log(q / p), or p log p minus p log q; each term divided before it is added.",
              NULL},
     .answer = logarithm_of_ratio},
    {.info = {"arguments_exchanged", FORK_BUG, "38", "KL(q || p): the arguments are exchanged.",
              NULL},
     .answer = arguments_exchanged},
    {.info = {"input_logarithms", FORK_BUG, "38", "The input is taken for logarithms.", NULL},
     .instead = {"input", "logarithms"}},
    {.info = {"target_not_raised", FORK_BUG, "41",
              "Logarithms of the target are taken for probabilities.", NULL},
     .answer = target_not_raised},
    {.info = {"target_logarithms", FORK_BUG, "41",
              "The target is taken for logarithms, whatever is stated.", NULL},
     .instead = {"target", "logarithms"}},
    {.info = {"zero_times_logarithm", FORK_NUMERICAL, "40", "0 log 0 is not a number.", NULL},
     .answer = zero_times_logarithm},
    {.info = {"clipping_added", FORK_CONVENTION, "40",
              "Probabilities are clipped to 1e-7, as Keras has it.", NULL},
     .answer = clipping_added},
    {.info = {"clipping_left_out", FORK_CONVENTION, "40", "Probabilities are not clipped.", NULL},
     .instead = {"clip", "no"}},
    {.info = {"slope_not_cut", FORK_BUG, "40", "The gradient goes through the clipping.", NULL},
     .answer = slope_not_cut},
    {.info = {"entropy_left_out", FORK_BUG, "", "The cross-entropy: p log p is left out.", NULL},
     .answer = entropy_left_out},
    {.info = {"reduction_mean", FORK_CONVENTION, "39 251", "The mean, whatever is asked for.",
              NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"reduction_mean_of_sums", FORK_CONVENTION, "39 251",
              "Sums over elements, averaged over samples, whatever is asked for.", NULL},
     .instead = {"reduction", "mean_of_sums"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = logarithm_of_ratio,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list kullback_leibler_divergence_forks = {sizeof table / sizeof *table, table};
