// SPDX-License-Identifier: MIT
#include "../../reference/losses/loss_distance.h"
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int zero_is_similar, first_power;
    real f, margin;
    struct loss_distance distance;
    const int *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const similars[] = {"one", "zero", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const powers[] = {"two", "one", NULL};
    struct settings s = {.zero_is_similar = call_choice(call, "similar", similars)};
    s.first_power = call_choice(call, "power", powers);
    s.f = call_choice(call, "half", no_yes) ? R(0.5) : R(1.0);
    s.margin = call_number_or(call, "margin", R(1.0));
    s.distance = loss_distance_begin(call);
    s.t = call_integers(call, "t", "N", 0, 1);
    return s;
}

/* The distance between two rows, from the last feature to the first. */
static real distance(const struct settings *s, const real *a, const real *b, size_t D)
{
    real sum = s->distance.place == EPSILON_SUM ? s->distance.epsilon : R(0.0);
    real shift = s->distance.place == EPSILON_DIFFERENCE ? s->distance.epsilon : R(0.0);
    for (size_t d = D; d-- > 0;)
        sum = sum + (b[d] - a[d] - shift) * (b[d] - a[d] - shift);
    return real_sqrt(sum);
}

static int similar(const struct settings *s, size_t n)
{
    return s->zero_is_similar ? s->t[n] == 0 : s->t[n] == 1;
}

/* Slopes of one pair: the derivative by the distance, along the unit vector. */
static void push(struct loss *a, const struct settings *s, size_t n, real by_distance, real r)
{
    real shift = s->distance.place == EPSILON_DIFFERENCE ? s->distance.epsilon : R(0.0);
    for (size_t i = n * a->K; i < (n + 1) * a->K; i++) {
        real along = r > 0 ? (a->input[0][i] - a->input[1][i] + shift) / r : R(0.0);
        a->slope[0][i] = by_distance * along;
        a->slope[1][i] = by_distance * -along;
    }
}

static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {
        .shape = "ND", .per_sample = 1, .input = {"a", "b"}, .gradient = {"da", "db"}};
    struct loss a = loss_begin(call, &form);
    for (size_t n = 0; n < a.N; n++) {
        real r = distance(s, &a.input[0][n * a.K], &a.input[1][n * a.K], a.K);
        real x = similar(s, n) ? r : s->margin - r, sign = similar(s, n) ? R(1.0) : R(-1.0);
        if (!similar(s, n) && !(x > 0))
            x = R(0.0);
        a.value[n] = s->f * (s->first_power ? x : x * x);
        real by_x = s->first_power ? (x > 0 ? s->f : R(0.0)) : s->f * (x + x);
        push(&a, s, n, sign * by_x, r);
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void along_unit_vector(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

/* margin - d^2 instead of (margin - d)^2. */
static void margin_minus_square(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        real r = distance(&s, &a.input[0][n * a.K], &a.input[1][n * a.K], a.K);
        real h = s.margin - r * r;
        if (similar(&s, n))
            continue;
        a.value[n] = h > 0 ? s.f * h : R(0.0);
        push(&a, &s, n, h > 0 ? -2 * s.f * r : R(0.0), r);
    }
    loss_fork_finish(&a);
}

static void far_pairs_pulled(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        real r = distance(&s, &a.input[0][n * a.K], &a.input[1][n * a.K], a.K);
        if (similar(&s, n) || !(r > s.margin))
            continue;
        a.value[n] = s.f * (r - s.margin) * (r - s.margin);
        push(&a, &s, n, 2 * s.f * (r - s.margin), r);
    }
    loss_fork_finish(&a);
}

static void zero_over_zero(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        real r = distance(&s, &a.input[0][i / a.K * a.K], &a.input[1][i / a.K * a.K], a.K);
        if (!(r > 0) && !similar(&s, i / a.K))
            a.slope[0][i] = a.slope[1][i] = -2 * s.f * s.margin * (r / r);
    }
    loss_fork_finish(&a);
}

static void other_gradient_zero(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[1][i] = R(0.0);
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"along_unit_vector", FORK_TWIN, "",
              "The derivative by the distance times the unit vector; sums from the last feature.",
              NULL},
     .answer = along_unit_vector},
    {.info = {"labels_exchanged", FORK_BUG, "62",
              "Label 1 marks similar pairs, whatever is stated.", NULL},
     .instead = {"similar", "one"}},
    {.info = {"labels_of_original", FORK_BUG, "62",
              "Label 0 marks similar pairs, whatever is stated.", NULL},
     .instead = {"similar", "zero"}},
    {.info = {"with_half", FORK_CONVENTION, "62", "A half stands before the loss.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "62", "No half stands before the loss.", NULL},
     .instead = {"half", "no"}},
    {.info = {"not_squared", FORK_CONVENTION, "62", "Distances are not squared.", NULL},
     .instead = {"power", "one"}},
    {.info = {"squared", FORK_CONVENTION, "62", "Distances are squared, whatever is asked for.",
              NULL},
     .instead = {"power", "two"}},
    {.info = {"epsilon_in_difference", FORK_CONVENTION, "47",
              "epsilon is added to each difference.", NULL},
     .instead = {"epsilon_place", "difference"}},
    {.info = {"epsilon_in_sum", FORK_CONVENTION, "47", "epsilon is added within the root.", NULL},
     .instead = {"epsilon_place", "sum"}},
    {.info = {"epsilon_left_out", FORK_CONVENTION, "47", "No epsilon anywhere.", NULL},
     .instead = {"epsilon_place", "none"}},
    {.info = {"margin_one", FORK_BUG, "", "The margin is 1, whatever is stated.", NULL},
     .number = {"margin", 1}},
    {.info = {"margin_minus_square", FORK_BUG, "62", "max(0, margin - d^2) for different pairs.",
              NULL},
     .answer = margin_minus_square},
    {.info = {"far_pairs_pulled", FORK_BUG, "",
              "(margin - d)^2 without max(0, .): far pairs are pulled together.", NULL},
     .answer = far_pairs_pulled},
    {.info = {"zero_over_zero", FORK_NUMERICAL, "", "u / d is 0 / 0 for equal embeddings.", NULL},
     .answer = zero_over_zero},
    {.info = {"other_gradient_zero", FORK_BUG, "",
              "Only one of the two embeddings gets a gradient.", NULL},
     .answer = other_gradient_zero},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = along_unit_vector,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list contrastive_loss_forks = {sizeof table / sizeof *table, table};
