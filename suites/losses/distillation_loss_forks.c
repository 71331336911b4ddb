// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    real T, F, w;
    int hard;
    const real *v;
    const int *labels;
};

static struct settings settings_of(struct call *call, const struct loss *a)
{
    static const char *const scales[] = {"squared", "none", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct settings s = {.T = call_number_or(call, "temperature", R(2.0))};
    s.F = call_choice(call, "scale", scales) ? R(1.0) : s.T * s.T;
    s.hard = call_choice(call, "hard", no_yes);
    s.w = s.hard ? call_number_or(call, "soft_weight", R(0.5)) : R(1.0);
    s.v = call_input(call, "v", "NC");
    s.labels = s.hard ? call_integers(call, "labels", "N", 0, (int)a->K - 1) : NULL;
    return s;
}

static struct loss begin(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"z"}, .gradient = {"dz"}};
    return loss_begin(call, &form);
}

/* -log p[k]: the logarithm of a sum of e^(x[j] - x[k]), the largest term in front. */
static real surprise(const real *x, real T, size_t k, size_t C)
{
    size_t top = 0;
    for (size_t j = 1; j < C; j++)
        top = x[j] > x[top] ? j : top;
    real rest = R(0.0);
    for (size_t j = 0; j < C; j++)
        rest = rest + (j == top ? R(0.0) : real_exp((x[j] - x[top]) / T));
    return (x[top] - x[k]) / T + real_log1p(rest);
}

/* What a fork changes: the temperature of the student and of its labels, the order of arguments. */
struct change {
    real student, labels;
    int exchanged, entropy_left_out;
};

static void fill(struct loss *a, const struct settings *s, const struct change *how)
{
    size_t C = a->K;
    for (size_t n = 0; n < a->N; n++) {
        const real *z = &a->input[0][n * C], *v = &s->v[n * C];
        real soft = R(0.0);
        for (size_t k = 0; k < C; k++) {
            real sp = surprise(v, s->T, k, C), sq = surprise(z, how->student, k, C);
            real p = real_exp(-sp), q = real_exp(-sq);
            soft = soft +
                   (how->exchanged ? q * (sp - sq) : p * (how->entropy_left_out ? sq : sq - sp));
            a->slope[0][n * C + k] = s->w * s->F * (q - p) / how->student;
        }
        for (size_t k = 0; how->exchanged && k < C; k++) {
            real sp = surprise(v, s->T, k, C), sq = surprise(z, how->student, k, C);
            a->slope[0][n * C + k] = s->w * s->F / s->T * real_exp(-sq) * (sp - sq - soft);
        }
        a->value[n] = s->w * s->F * soft;
        for (size_t k = 0; s->hard && k < C; k++) {
            real target = k == (size_t)s->labels[n] ? R(1.0) : R(0.0);
            real q = real_exp(-surprise(z, how->labels, k, C));
            a->value[n] += (1 - s->w) * target * surprise(z, how->labels, k, C);
            a->slope[0][n * C + k] += (1 - s->w) * (q - target) / how->labels;
        }
    }
}

static struct loss read(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){s.T, R(1.0), 0, 0});
    return a;
}

static void surprises(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void arguments_exchanged(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){s.T, R(1.0), 1, 0});
    loss_fork_finish(&a);
}

static void entropy_left_out(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){s.T, R(1.0), 0, 1});
    loss_fork_finish(&a);
}

static void student_not_softened(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){R(1.0), R(1.0), 0, 0});
    loss_fork_finish(&a);
}

static void labels_softened(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){s.T, s.T, 0, 0});
    loss_fork_finish(&a);
}

static void scaled_once(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    s.F = real_sqrt(s.F);
    fill(&a, &s, &(struct change){s.T, R(1.0), 0, 0});
    loss_fork_finish(&a);
}

static void weights_exchanged(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    s.w = s.hard ? 1 - s.w : s.w;
    fill(&a, &s, &(struct change){s.T, R(1.0), 0, 0});
    loss_fork_finish(&a);
}

static void mean_over_classes(struct call *call)
{
    struct loss a = read(call);
    real classes = real_count(a.K);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.value[i / a.K] = i % a.K == 0 ? a.value[i / a.K] / classes : a.value[i / a.K];
        a.slope[0][i] = a.slope[0][i] / classes;
    }
    loss_fork_finish(&a);
}

static void maximum_not_subtracted(struct call *call)
{
    struct loss a = begin(call);
    struct settings s = settings_of(call, &a);
    fill(&a, &s, &(struct change){s.T, R(1.0), 0, 0});
    for (size_t n = 0; n < a.N; n++) {
        real p = R(0.0), q = R(0.0), soft = R(0.0);
        for (size_t k = n * a.K; k < (n + 1) * a.K; k++) {
            p = p + real_exp(s.v[k] / s.T);
            q = q + real_exp(a.input[0][k] / s.T);
        }
        for (size_t k = n * a.K; k < (n + 1) * a.K; k++) {
            real p_k = real_exp(s.v[k] / s.T) / p;
            soft = soft + p_k * real_log(p_k / (real_exp(a.input[0][k] / s.T) / q));
        }
        if (!s.hard)
            a.value[n] = s.F * soft;
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"surprises", FORK_TWIN, "",
              "-log p as the logarithm of a sum of e^(x_j - x_k); each term divided before it is "
              "added.",
              NULL},
     .answer = surprises},
    {.info = {"not_scaled", FORK_CONVENTION, "", "T^2 is left out.", NULL},
     .instead = {"scale", "none"}},
    {.info = {"scaled", FORK_CONVENTION, "",
              "T^2 stands before the divergence, whatever is asked for.", NULL},
     .instead = {"scale", "squared"}},
    {.info = {"scaled_once", FORK_BUG, "", "T instead of T^2.", NULL}, .answer = scaled_once},
    {.info = {"temperature_one", FORK_BUG, "", "The temperature is 1, whatever is stated.", NULL},
     .number = {"temperature", 1}},
    {.info = {"student_not_softened", FORK_BUG, "", "Only the teacher is softened.", NULL},
     .answer = student_not_softened},
    {.info = {"labels_softened", FORK_BUG, "", "The hard part is softened too.", NULL},
     .answer = labels_softened},
    {.info = {"labels_left_out", FORK_BUG, "", "The hard part is left out.", NULL},
     .instead = {"hard", "no"}},
    {.info = {"weights_exchanged", FORK_BUG, "", "The soft weight stands before the hard part.",
              NULL},
     .answer = weights_exchanged},
    {.info = {"arguments_exchanged", FORK_BUG, "38",
              "KL(q || p): teacher and student are exchanged.", NULL},
     .answer = arguments_exchanged},
    {.info = {"entropy_left_out", FORK_CONVENTION, "",
              "The cross-entropy with the teacher: its entropy is not subtracted.", NULL},
     .answer = entropy_left_out},
    {.info = {"mean_over_classes", FORK_BUG, "39",
              "The mean over classes too, as of a divergence with reduction mean.", NULL},
     .answer = mean_over_classes},
    {.info = {"maximum_not_subtracted", FORK_NUMERICAL, "15",
              "e^z is formed without subtracting the maximum, and log of the quotient.", NULL},
     .answer = maximum_not_subtracted},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = surprises,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = surprises,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = surprises,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = surprises,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = surprises,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = surprises,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list distillation_loss_forks = {sizeof table / sizeof *table, table};
