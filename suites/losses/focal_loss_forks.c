// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int balanced;
    real gamma, alpha;
    const int *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const balances[] = {"none", "alpha", NULL};
    struct settings s = {.balanced = call_choice(call, "balance", balances)};
    s.gamma = call_number_or(call, "gamma", R(2.0));
    s.alpha = call_number_or(call, "alpha", R(0.25));
    s.t = call_integers(call, "t", "NK", 0, 1);
    return s;
}

static real softplus(real x)
{
    return x > 0 ? x + real_log1p(real_exp(-x)) : real_log1p(real_exp(x));
}

static real alpha_of(const struct settings *s, size_t i)
{
    return !s->balanced ? R(1.0) : s->t[i] ? s->alpha : 1 - s->alpha;
}

/* Everything as exponentials: 1 - p = e^-softplus(x), p = e^-softplus(-x). */
static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {.shape = "NK", .input = {"z"}, .gradient = {"dz"}};
    struct loss a = loss_begin(call, &form);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s->t[i] ? R(1.0) : R(-1.0), x = sign * a.input[0][i];
        real loss = softplus(-x), v = softplus(x), alpha = alpha_of(s, i);
        a.value[i] = alpha * loss * real_exp(-s->gamma * v);
        a.slope[0][i] = -sign * (s->gamma * a.value[i] * real_exp(-loss) +
                                 alpha * real_exp(-(1 + s->gamma) * v));
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void all_exponentials(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static real power(real x, real y)
{
    return real_exp(y * real_log(x));
}

/* By the chain rule through p, which is 1 / (1 + e^-x): (1 - p)^(gamma - 1) and log p. */
static void through_probability(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s.t[i] ? R(1.0) : R(-1.0), p = 1 / (1 + real_exp(-sign * a.input[0][i]));
        real log_p = real_log(p), q = 1 - p;
        a.value[i] = -alpha_of(&s, i) * power(q, s.gamma) * log_p;
        real slope = s.gamma * power(q, s.gamma - 1) * log_p - power(q, s.gamma) / p;
        a.slope[0][i] = sign * alpha_of(&s, i) * slope * p * q;
    }
    loss_fork_finish(&a);
}

static void focus_not_differentiated(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s.t[i] ? R(1.0) : R(-1.0), v = softplus(sign * a.input[0][i]);
        a.slope[0][i] = -sign * alpha_of(&s, i) * real_exp(-(1 + s.gamma) * v);
    }
    loss_fork_finish(&a);
}

/* p^gamma instead of (1 - p)^gamma. */
static void focus_on_easy(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s.t[i] ? R(1.0) : R(-1.0), x = sign * a.input[0][i], loss = softplus(-x);
        real w = alpha_of(&s, i) * real_exp(-s.gamma * loss), q = real_exp(-softplus(x));
        a.value[i] = w * loss;
        a.slope[0][i] = sign * w * q * (s.gamma * loss - 1);
    }
    loss_fork_finish(&a);
}

static void alpha_exchanged(struct call *call)
{
    struct settings s = settings_of(call);
    s.alpha = 1 - s.alpha;
    struct loss a = read_with(call, &s);
    loss_fork_finish(&a);
}

static void alpha_for_both(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real factor = s.balanced ? s.alpha / alpha_of(&s, i) : R(1.0);
        a.value[i] = a.value[i] * factor;
        a.slope[0][i] = a.slope[0][i] * factor;
    }
    loss_fork_finish(&a);
}

static void labels_exchanged(struct call *call)
{
    struct settings s = settings_of(call);
    static const struct loss_form form = {.shape = "NK", .input = {"z"}, .gradient = {"dz"}};
    struct loss a = loss_begin(call, &form);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real sign = s.t[i] ? R(-1.0) : R(1.0), x = sign * a.input[0][i], loss = softplus(-x);
        a.value[i] = alpha_of(&s, i) * loss * real_exp(-s.gamma * softplus(x));
        a.slope[0][i] = -sign * (s.gamma * a.value[i] * real_exp(-loss) +
                                 alpha_of(&s, i) * real_exp(-(1 + s.gamma) * softplus(x)));
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"all_exponentials", FORK_TWIN, "",
              "Powers of p and 1 - p as exponentials of softplus; each term divided before it is "
              "added.",
              NULL},
     .answer = all_exponentials},
    {.info = {"through_probability", FORK_NUMERICAL, "52",
              "Through p and log p: not a number at extreme logits.", NULL},
     .answer = through_probability},
    {.info = {"no_focus", FORK_BUG, "", "gamma is 0: the binary cross-entropy.", NULL},
     .number = {"gamma", 0}},
    {.info = {"gamma_two", FORK_BUG, "", "gamma is 2, whatever is stated.", NULL},
     .number = {"gamma", 2}},
    {.info = {"focus_not_differentiated", FORK_BUG, "",
              "(1 - p)^gamma is taken for a constant in the gradient.", NULL},
     .answer = focus_not_differentiated},
    {.info = {"focus_on_easy", FORK_BUG, "", "p^gamma: the easy samples count.", NULL},
     .answer = focus_on_easy},
    {.info = {"balance_left_out", FORK_CONVENTION, "", "alpha is not used.", NULL},
     .instead = {"balance", "none"}},
    {.info = {"balance_added", FORK_CONVENTION, "",
              "alpha is 0.25 where none is asked for, as libraries for detection have it.", NULL},
     .instead = {"balance", "alpha"}},
    {.info = {"alpha_exchanged", FORK_BUG, "", "alpha stands before the negatives.", NULL},
     .answer = alpha_exchanged},
    {.info = {"alpha_for_both", FORK_BUG, "", "alpha stands before all samples.", NULL},
     .answer = alpha_for_both},
    {.info = {"labels_exchanged", FORK_BUG, "", "Label 0 is the positive one.", NULL},
     .answer = labels_exchanged},
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
     .answer = all_exponentials,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = all_exponentials,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = all_exponentials,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = all_exponentials,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = all_exponentials,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = all_exponentials,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list focal_loss_forks = {sizeof table / sizeof *table, table};
