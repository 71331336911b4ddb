// SPDX-License-Identifier: MIT
#include "../../reference/losses/loss_distance.h"
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int euclidean, soft;
    real margin;
    struct loss_distance distance;
};

static struct settings settings_of(struct call *call)
{
    static const char *const distances[] = {"squared", "euclidean", NULL};
    static const char *const forms[] = {"margin", "soft", NULL};
    struct settings s = {.euclidean = call_choice(call, "distance", distances)};
    s.soft = call_choice(call, "form", forms);
    s.margin = call_number_or(call, "margin", R(0.2));
    s.distance = loss_distance_begin(call);
    return s;
}

/* The distance of two rows, from the last feature to the first. */
static real distance(const struct settings *s, const real *a, const real *b, size_t D)
{
    real sum = s->distance.place == EPSILON_SUM ? s->distance.epsilon : R(0.0);
    real shift = s->distance.place == EPSILON_DIFFERENCE ? s->distance.epsilon : R(0.0);
    for (size_t d = D; d-- > 0;)
        sum = sum + (b[d] - a[d] - shift) * (b[d] - a[d] - shift);
    return s->euclidean ? real_sqrt(sum) : sum;
}

/* The derivative of that distance, r, by element i of a. */
static real by_anchor(const struct settings *s, real a, real b, real r)
{
    real u = a - b + (s->distance.place == EPSILON_DIFFERENCE ? s->distance.epsilon : R(0.0));
    if (!s->euclidean)
        return u + u;
    return r > 0 ? u / r : R(0.0);
}

/* Loss and slopes of triplet n from x, the difference of its distances. */
static void triplet(struct loss *a, const struct settings *s, size_t n, real near, real far)
{
    const real *anchor = a->input[0], *p = a->input[1], *q = a->input[2];
    real x = near - far, h = x + s->margin, tail = real_log1p(real_exp(-real_abs(x)));
    real g = s->soft ? real_exp(-(x < 0 ? -x + tail : tail)) : h > 0 ? R(1.0) : R(0.0);
    a->value[n] = s->soft ? (x > 0 ? x : R(0.0)) + tail : g * h;
    for (size_t i = n * a->K; i < (n + 1) * a->K; i++) {
        a->slope[1][i] = -g * by_anchor(s, anchor[i], p[i], near);
        a->slope[2][i] = g * by_anchor(s, anchor[i], q[i], far);
        /* u - v is p - n but for rounding; squared distances need no u and v */
        a->slope[0][i] = s->euclidean ? -(a->slope[1][i] + a->slope[2][i]) : g * 2 * (q[i] - p[i]);
    }
}

static struct loss read_with(struct call *call, const struct settings *s)
{
    static const struct loss_form form = {
        .shape = "ND", .per_sample = 1, .input = {"a", "p", "n"}, .gradient = {"da", "dp", "dn"}};
    struct loss a = loss_begin(call, &form);
    for (size_t n = 0; n < a.N; n++) {
        const real *anchor = &a.input[0][n * a.K];
        triplet(&a, s, n, distance(s, anchor, &a.input[1][n * a.K], a.K),
                distance(s, anchor, &a.input[2][n * a.K], a.K));
    }
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s);
}

static void negative_minus_positive(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void positive_and_negative_exchanged(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s), b = a;
    b.input[1] = a.input[2];
    b.input[2] = a.input[1];
    b.slope[1] = a.slope[2];
    b.slope[2] = a.slope[1];
    for (size_t n = 0; n < a.N; n++)
        triplet(&b, &s, n, distance(&s, &a.input[0][n * a.K], &a.input[2][n * a.K], a.K),
                distance(&s, &a.input[0][n * a.K], &a.input[1][n * a.K], a.K));
    loss_fork_finish(&b);
}

/* The harder of the two negatives: that of the anchor and that of the positive. */
static void swapped(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        const real *anchor = &a.input[0][n * a.K], *p = &a.input[1][n * a.K];
        real far = distance(&s, anchor, &a.input[2][n * a.K], a.K);
        real other = distance(&s, p, &a.input[2][n * a.K], a.K);
        triplet(&a, &s, n, distance(&s, anchor, p, a.K), other < far ? other : far);
    }
    loss_fork_finish(&a);
}

static void not_cut(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    s.margin = s.margin + 1000000;
    for (size_t n = 0; !s.soft && n < a.N; n++) {
        const real *anchor = &a.input[0][n * a.K];
        triplet(&a, &s, n, distance(&s, anchor, &a.input[1][n * a.K], a.K),
                distance(&s, anchor, &a.input[2][n * a.K], a.K));
        a.value[n] = a.value[n] - 1000000;
    }
    loss_fork_finish(&a);
}

static void margin_in_soft(struct call *call)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s);
    for (size_t n = 0; s.soft && n < a.N; n++) {
        const real *anchor = &a.input[0][n * a.K];
        triplet(&a, &s, n, distance(&s, anchor, &a.input[1][n * a.K], a.K) + s.margin,
                distance(&s, anchor, &a.input[2][n * a.K], a.K));
    }
    loss_fork_finish(&a);
}

static void anchor_fixed(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[0][i] = R(0.0);
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info =
         {"negative_minus_positive", FORK_TWIN, "",
          "Distances from the last feature; the anchor moves by 2 (n - p), or against the others.",
          NULL},
     .answer = negative_minus_positive},
    {.info = {"squared", FORK_CONVENTION, "47", "Distances are squared, whatever is asked for.",
              NULL},
     .instead = {"distance", "squared"}},
    {.info = {"euclidean", FORK_CONVENTION, "47", "Distances are not squared.", NULL},
     .instead = {"distance", "euclidean"}},
    {.info = {"epsilon_in_difference", FORK_CONVENTION, "47",
              "epsilon is added to each difference.", NULL},
     .instead = {"epsilon_place", "difference"}},
    {.info = {"epsilon_in_sum", FORK_CONVENTION, "47", "epsilon is added within the root.", NULL},
     .instead = {"epsilon_place", "sum"}},
    {.info = {"epsilon_left_out", FORK_CONVENTION, "47", "No epsilon anywhere.", NULL},
     .instead = {"epsilon_place", "none"}},
    {.info = {"margin_one", FORK_CONVENTION, "", "The margin is 1, whatever is stated.", NULL},
     .number = {"margin", 1}},
    {.info = {"soft_margin", FORK_CONVENTION, "", "The soft margin, whatever is asked for.", NULL},
     .instead = {"form", "soft"}},
    {.info = {"hard_margin", FORK_CONVENTION, "", "The hard margin, whatever is asked for.", NULL},
     .instead = {"form", "margin"}},
    {.info = {"margin_in_soft", FORK_BUG, "", "The soft margin has the margin too.", NULL},
     .answer = margin_in_soft},
    {.info = {"swapped", FORK_CONVENTION, "",
              "The negative is compared with the positive too, and the nearer counts.", NULL},
     .answer = swapped},
    {.info = {"positive_and_negative_exchanged", FORK_BUG, "",
              "The negative is pulled and the positive pushed.", NULL},
     .answer = positive_and_negative_exchanged},
    {.info = {"not_cut", FORK_BUG, "", "Triplets beyond the margin have a negative loss.", NULL},
     .answer = not_cut},
    {.info = {"anchor_fixed", FORK_BUG, "", "The anchor gets no gradient.", NULL},
     .answer = anchor_fixed},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = negative_minus_positive,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list triplet_loss_forks = {sizeof table / sizeof *table, table};
