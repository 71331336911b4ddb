// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

enum clip { CLIP_NONE, CLIP_LOGARITHM, CLIP_PROBABILITY, CLIP_SHIFT };

struct settings {
    int probabilities;
    enum clip clip;
    real epsilon;
    const real *t, *pos_weight;
};

static struct settings settings_of(struct call *call)
{
    static const char *const names[] = {"logits", "probabilities", NULL};
    static const char *const clips[] = {"none", "logarithm", "probability", "shift", NULL};
    struct settings s = {.probabilities = call_choice(call, "form", names)};
    s.clip = (enum clip)call_choice(call, "clip", clips);
    s.epsilon = call_number_or(call, "epsilon", s.clip == CLIP_SHIFT ? R(1e-12) : R(1e-7));
    s.t = call_input(call, "t", "NK");
    if (call_has(call, "pos_weight"))
        s.pos_weight = call_input(call, "pos_weight", "K");
    return s;
}

static real pos_weight(const struct settings *s, size_t i, size_t K)
{
    return s->pos_weight ? s->pos_weight[i % K] : R(1.0);
}

/* z (1 - t) + c log(1 + e^-z) with c = 1 + (p - 1) t, as PyTorch writes it. */
static void from_logit(const struct loss *a, const struct settings *s, size_t i, real z)
{
    real t = s->t[i], c = 1 + (pos_weight(s, i, a->K) - 1) * t;
    real e = real_exp(-real_abs(z)), tail = real_log1p(e), small = e / (1 + e);
    a->value[i] = z > 0 ? (1 - t) * z + c * tail : pos_weight(s, i, a->K) * t * -z + c * tail;
    a->slope[0][i] = z > 0 ? (1 - t) - c * small : c * small - pos_weight(s, i, a->K) * t;
}

/* From y, with log p and log q of the two chances as given. */
static void from_probability(const struct loss *a, const struct settings *s, size_t i, real p,
                             real q)
{
    real t = s->t[i], c = pos_weight(s, i, a->K) * t;
    a->value[i] = (t - 1) * real_log(q) - c * real_log(p);
    a->slope[0][i] = (p - t * (p + q * pos_weight(s, i, a->K))) / (p * q);
}

static void moved_probability(const struct loss *a, const struct settings *s, size_t i)
{
    real y = a->input[0][i], e = s->epsilon, t = s->t[i];
    if (s->clip == CLIP_PROBABILITY) {
        int low = y<e, high = y> 1 - e;
        from_probability(a, s, i, low ? e : high ? 1 - e : y, low ? 1 - e : high ? e : 1 - y);
        if (low || high)
            a->slope[0][i] = R(0.0);
    } else if (s->clip == CLIP_LOGARITHM && !(y > 0)) {
        a->value[i] = 100 * t;
        a->slope[0][i] = -t / R(1e-12);
    } else if (s->clip == CLIP_SHIFT) {
        from_probability(a, s, i, y + e, 1 - y + e);
    } else {
        from_probability(a, s, i, y, 1 - y);
    }
}

static struct loss read(struct call *call)
{
    static const struct loss_form forms[] = {{.shape = "NK", .input = {"z"}, .gradient = {"dz"}},
                                             {.shape = "NK", .input = {"y"}, .gradient = {"dy"}}};
    struct settings s = settings_of(call);
    struct loss a = loss_begin(call, &forms[s.probabilities]);
    for (size_t i = 0; i < a.N * a.K; i++) {
        if (s.probabilities)
            moved_probability(&a, &s, i);
        else
            from_logit(&a, &s, i, a.input[0][i]);
    }
    return a;
}

static void weighted_tail(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static real naive_sigmoid(real z)
{
    return 1 / (1 + real_exp(-z));
}

/* Logits pass through a probability that is moved as `clip` says. */
static void through_probability(struct call *call, enum clip clip, real epsilon)
{
    struct settings s = settings_of(call);
    struct loss a = read(call), b = a;
    real *y = call_scratch(call, a.N * a.K);
    b.input[0] = y;
    s.clip = clip;
    s.epsilon = epsilon;
    for (size_t i = 0; !s.probabilities && i < a.N * a.K; i++) {
        y[i] = naive_sigmoid(a.input[0][i]);
        moved_probability(&b, &s, i);
        a.slope[0][i] = a.slope[0][i] * y[i] * (1 - y[i]);
    }
    loss_fork_finish(&a);
}

static void logarithm_of_sigmoid(struct call *call)
{
    through_probability(call, CLIP_NONE, R(0.0));
}

static void sigmoid_clipped(struct call *call)
{
    through_probability(call, CLIP_PROBABILITY, R(1e-7));
}

static void sigmoid_shifted(struct call *call)
{
    through_probability(call, CLIP_SHIFT, R(1e-12));
}

static void sigmoid_applied_twice(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; !s.probabilities && i < a.N * a.K; i++) {
        real y = naive_sigmoid(a.input[0][i]);
        from_logit(&a, &s, i, y);
        a.slope[0][i] = a.slope[0][i] * y * (1 - y);
    }
    loss_fork_finish(&a);
}

static void exponential_overflows(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; !s.probabilities && i < a.N * a.K; i++)
        a.value[i] = real_log(1 + real_exp(a.input[0][i])) - s.t[i] * a.input[0][i];
    loss_fork_finish(&a);
}

static void epsilon_twice(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], e = s.epsilon, slope = a.slope[0][i];
        if (!s.probabilities || s.clip != CLIP_PROBABILITY)
            continue;
        y = y < e ? e : y > 1 - e ? 1 - e : y;
        from_probability(&a, &s, i, y + e, 1 - y + e);
        if (slope < 0 || slope > 0)
            continue;
        a.slope[0][i] = slope;
    }
    loss_fork_finish(&a);
}

static void slope_not_cut(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real y = a.input[0][i], e = s.epsilon;
        y = y < e ? e : y > 1 - e ? 1 - e : y;
        if (s.probabilities && s.clip == CLIP_PROBABILITY)
            from_probability(&a, &s, i, y, 1 - y);
    }
    loss_fork_finish(&a);
}

static void pos_weight_on_both(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; s.pos_weight && i < a.N * a.K; i++) {
        real y = s.probabilities ? a.input[0][i] : naive_sigmoid(a.input[0][i]),
             w = s.pos_weight[i % a.K];
        real t = s.t[i], dy = s.probabilities ? R(1.0) : y * (1 - y);
        a.value[i] = -w * (t * real_log(y) + (1 - t) * real_log(1 - y));
        a.slope[0][i] = w * (y - t) / (y * (1 - y)) * dy;
    }
    loss_fork_finish(&a);
}

static void pos_weight_ignored(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    s.pos_weight = NULL;
    for (size_t i = 0; i < a.N * a.K; i++) {
        if (s.probabilities)
            moved_probability(&a, &s, i);
        else
            from_logit(&a, &s, i, a.input[0][i]);
    }
    loss_fork_finish(&a);
}

static void positive_term_only(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read(call);
    for (size_t i = 0; !s.probabilities && i < a.N * a.K; i++) {
        real z = a.input[0][i], e = real_exp(-real_abs(z));
        a.value[i] = s.t[i] * pos_weight(&s, i, a.K) * ((z < 0 ? -z : R(0.0)) + real_log1p(e));
        a.slope[0][i] = -s.t[i] * pos_weight(&s, i, a.K) * (z < 0 ? 1 / (1 + e) : e / (1 + e));
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"weighted_tail", FORK_TWIN, "",
              "(1 - t) z + (1 + (p - 1) t) log(1 + e^-z), and one fraction for probabilities.",
              NULL},
     .answer = weighted_tail},
    {.info = {"logarithm_of_sigmoid", FORK_NUMERICAL, "9 36",
              "The logarithm of a sigmoid that is 0 or 1 when logits are large.", NULL},
     .answer = logarithm_of_sigmoid},
    {.info = {"sigmoid_clipped", FORK_CONVENTION, "34 36",
              "A sigmoid clipped to 1e-7 before the logarithm: its gradient stops.", NULL},
     .answer = sigmoid_clipped},
    {.info = {"sigmoid_shifted", FORK_CONVENTION, "34", "log(sigmoid + 1e-12) for logits.", NULL},
     .answer = sigmoid_shifted},
    {.info = {"sigmoid_applied_twice", FORK_BUG, "26",
              "Probabilities are passed where logits are wanted.", NULL},
     .answer = sigmoid_applied_twice},
    {.info = {"exponential_overflows", FORK_NUMERICAL, "",
              "log(1 + e^z) - t z, which overflows and cancels.", NULL},
     .answer = exponential_overflows},
    {.info = {"clip_shift", FORK_CONVENTION, "34",
              "Epsilon is added within the logarithms, whatever is asked for.", NULL},
     .instead = {"clip", "shift"}},
    {.info = {"clip_logarithm", FORK_CONVENTION, "34",
              "Logarithms are clamped at -100, whatever is asked for.", NULL},
     .instead = {"clip", "logarithm"}},
    {.info = {"clip_probability", FORK_CONVENTION, "34",
              "Probabilities are clipped, whatever is asked for.", NULL},
     .instead = {"clip", "probability"}},
    {.info = {"epsilon_twice", FORK_BUG, "35",
              "Clipped probabilities are shifted by epsilon once more.", NULL},
     .answer = epsilon_twice},
    {.info = {"slope_not_cut", FORK_CONVENTION, "34", "The gradient goes through the clipping.",
              NULL},
     .answer = slope_not_cut},
    {.info = {"pos_weight_on_both", FORK_CONVENTION, "37",
              "The positive weight multiplies both terms.", NULL},
     .answer = pos_weight_on_both},
    {.info = {"pos_weight_ignored", FORK_BUG, "37", "The positive weight is ignored.", NULL},
     .answer = pos_weight_ignored},
    {.info = {"positive_term_only", FORK_BUG, "", "-t log p without the term of the other class.",
              NULL},
     .answer = positive_term_only},
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
     .answer = weighted_tail,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = weighted_tail,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = weighted_tail,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = weighted_tail,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = weighted_tail,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = weighted_tail,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list binary_cross_entropy_forks = {sizeof table / sizeof *table, table};
