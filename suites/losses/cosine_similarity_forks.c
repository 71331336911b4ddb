// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    int negative, each;
    real epsilon, margin;
    const int *t;
};

static struct settings settings_of(struct call *call)
{
    static const char *const forms[] = {"one_minus", "negative", NULL};
    static const char *const places[] = {"product", "each", NULL};
    struct settings s = {.negative = call_choice(call, "form", forms)};
    s.each = call_choice(call, "epsilon_place", places);
    s.epsilon = call_number_or(call, "epsilon", R(1e-8));
    s.margin = call_number_or(call, "margin", R(0.0));
    s.t = call_has(call, "t") ? call_integers(call, "t", "N", -1, 1) : NULL;
    return s;
}

/* |x|, added from the last feature. */
static real length(const real *x, size_t D)
{
    real sum = R(0.0);
    for (size_t d = D; d-- > 0;)
        sum = sum + x[d] * x[d];
    return real_sqrt(sum);
}

enum change { NOTHING, EPSILON_ADDED, NOT_RAISED, LENGTHS_FIXED, DOT_PRODUCT };

/* One pair from unit vectors: c = e.f with e = a / A, and dc/da = (f - c e) / A. */
static void pair(struct loss *a, const struct settings *s, size_t n, enum change change)
{
    size_t D = a->K;
    const real *x = &a->input[0][n * D], *y = &a->input[1][n * D];
    real A = length(x, D), B = length(y, D), c = R(0.0), stretch = R(1.0);
    int low_a = s->each ? A < s->epsilon : A * B < s->epsilon,
        low_b = s->each ? B < s->epsilon : low_a;
    if (change == EPSILON_ADDED || change == NOT_RAISED || change == DOT_PRODUCT)
        low_a = low_b = 0;
    if (s->each && low_a)
        A = s->epsilon;
    if (s->each && low_b)
        B = s->epsilon;
    if (!s->each && low_a)
        stretch = A * B / s->epsilon;
    if (change == EPSILON_ADDED)
        stretch = A * B / (A * B + s->epsilon);
    if (change == DOT_PRODUCT)
        stretch = A * B;
    for (size_t d = 0; d < D; d++)
        c = c + (x[d] / A) * (y[d] / B);
    real h = stretch * c - s->margin;
    int alike = !s->t || s->t[n] > 0, fixed = change == LENGTHS_FIXED || change == DOT_PRODUCT;
    a->value[n] = alike ? (s->negative ? R(0.0) : R(1.0)) - stretch * c : h > 0 ? h : R(0.0);
    real sign = alike ? -stretch : h > 0 ? stretch : R(0.0);
    for (size_t d = 0; d < D; d++) {
        real e = x[d] / A, f = y[d] / B;
        a->slope[0][n * D + d] = sign * ((low_a || fixed ? f : f - c * e) / A);
        a->slope[1][n * D + d] = sign * ((low_b || fixed ? e : e - c * f) / B);
    }
}

static struct loss read_with(struct call *call, const struct settings *s, enum change change)
{
    static const struct loss_form form = {
        .shape = "ND", .per_sample = 1, .input = {"a", "b"}, .gradient = {"da", "db"}};
    struct loss a = loss_begin(call, &form);
    for (size_t n = 0; n < a.N; n++)
        pair(&a, s, n, change);
    return a;
}

static struct loss read(struct call *call)
{
    struct settings s = settings_of(call);
    return read_with(call, &s, NOTHING);
}

static void unit_vectors(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void changed(struct call *call, enum change change)
{
    struct settings s = settings_of(call);
    struct loss a = read_with(call, &s, change);
    loss_fork_finish(&a);
}

static void epsilon_added(struct call *call)
{
    changed(call, EPSILON_ADDED);
}

static void not_raised(struct call *call)
{
    changed(call, NOT_RAISED);
}

static void lengths_fixed(struct call *call)
{
    changed(call, LENGTHS_FIXED);
}

static void dot_product(struct call *call)
{
    changed(call, DOT_PRODUCT);
}

static void labels_ignored(struct call *call)
{
    struct settings s = settings_of(call);
    s.t = NULL;
    struct loss a = read_with(call, &s, NOTHING);
    loss_fork_finish(&a);
}

static void margin_ignored(struct call *call)
{
    struct settings s = settings_of(call);
    s.margin = R(0.0);
    struct loss a = read_with(call, &s, NOTHING);
    loss_fork_finish(&a);
}

/* Half of 1 - c, as of (1 - c) / 2 in [0, 1]. */
static void halved(struct call *call)
{
    struct loss a = read(call);
    for (size_t i = 0; i < a.N * a.K; i++) {
        a.value[i / a.K] = i % a.K == 0 ? a.value[i / a.K] / 2 : a.value[i / a.K];
        a.slope[0][i] = a.slope[0][i] / 2;
        a.slope[1][i] = a.slope[1][i] / 2;
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"unit_vectors", FORK_TWIN, "",
              "The dot product of unit vectors; each term divided before it is added.", NULL},
     .answer = unit_vectors},
    {.info = {"minus_similarity", FORK_CONVENTION, "", "-c, whatever is asked for.", NULL},
     .instead = {"form", "negative"}},
    {.info = {"one_minus_similarity", FORK_CONVENTION, "", "1 - c, whatever is asked for.", NULL},
     .instead = {"form", "one_minus"}},
    {.info = {"epsilon_in_product", FORK_CONVENTION, "48",
              "The product of the lengths is raised to epsilon.", NULL},
     .instead = {"epsilon_place", "product"}},
    {.info = {"epsilon_in_each", FORK_CONVENTION, "48", "Each length is raised to epsilon.", NULL},
     .instead = {"epsilon_place", "each"}},
    {.info = {"epsilon_added", FORK_CONVENTION, "48",
              "epsilon is added to the product of the lengths.", NULL},
     .answer = epsilon_added},
    {.info = {"not_raised", FORK_BUG, "48", "Short vectors are not treated at all.", NULL},
     .answer = not_raised},
    {.info = {"lengths_fixed", FORK_BUG, "", "Lengths are taken for constants in the gradient.",
              NULL},
     .answer = lengths_fixed},
    {.info = {"dot_product", FORK_BUG, "", "The dot product: nothing is divided by the lengths.",
              NULL},
     .answer = dot_product},
    {.info = {"labels_ignored", FORK_BUG, "", "Unlike pairs are taken for alike.", NULL},
     .answer = labels_ignored},
    {.info = {"margin_ignored", FORK_BUG, "", "The margin of unlike pairs is 0.", NULL},
     .answer = margin_ignored},
    {.info = {"halved", FORK_CONVENTION, "62", "Half the loss.", NULL}, .answer = halved},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = unit_vectors,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list cosine_similarity_forks = {sizeof table / sizeof *table, table};
