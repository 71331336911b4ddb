// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    WHOLE_BATCH,
    EPSILON_OUTSIDE,
    VARIANCE_AVERAGED,
    ROOT_OF_MEAN,
    FEATURES_INTERLEAVED,
    STATISTIC_DETACHED,
    OWN_GRADIENT_ONLY,
    FIRST_GROUP_FOR_ALL,
    ONE_PASS,
    UPSTREAM_NOT_AVERAGED,
    GROUPS_OF_BLOCKS,
    IN_FRONT
};

struct groups {
    enum variant variant;
    size_t N, C, P, G, M, F, wide;
    int contiguous;
    real divisor, epsilon;
    const real *x, *dy;
};

static size_t group_of(const struct groups *g, size_t n)
{
    return g->contiguous ? n / g->G : n % g->M;
}

/* Sample number k of group m. */
static size_t member(const struct groups *g, size_t m, size_t k)
{
    return g->contiguous ? m * g->G + k : k * g->M + m;
}

static size_t feature_of(const struct groups *g, size_t c)
{
    return g->variant == FEATURES_INTERLEAVED ? c % g->F : c / g->wide;
}

/* Mean and deviation of channel c at p in group m. */
static real deviation(const struct groups *g, size_t m, size_t c, size_t p, real *mean)
{
    real sum = 0, squares = 0, plain = 0;
    for (size_t k = g->G; k-- > 0;) {
        real x = g->x[(member(g, m, k) * g->C + c) * g->P + p];
        sum = sum + x / real_count(g->G);
        plain = plain + x * x;
    }
    for (size_t k = g->G; k-- > 0;) {
        real gap = g->x[(member(g, m, k) * g->C + c) * g->P + p] - sum;
        squares = squares + gap * gap;
    }
    *mean = sum;
    if (g->variant == ONE_PASS)
        squares = plain - real_count(g->G) * sum * sum;
    if (g->variant == VARIANCE_AVERAGED || g->variant == ROOT_OF_MEAN)
        return squares / g->divisor + g->epsilon;
    return g->variant == EPSILON_OUTSIDE ? real_sqrt(squares / g->divisor) + g->epsilon
                                         : real_sqrt(squares / g->divisor + g->epsilon);
}

static real statistic_of(const struct groups *g, size_t m, size_t f)
{
    real sum = 0, mean;
    for (size_t c = g->C; c-- > 0;)
        for (size_t p = g->P; feature_of(g, c) == f && p-- > 0;)
            sum = sum + deviation(g, m, c, p, &mean);
    sum = sum / real_count(g->wide * g->P);
    return g->variant == ROOT_OF_MEAN ? real_sqrt(sum) : sum;
}

/* dL / d statistic of the group of n. */
static real upstream(const struct groups *g, size_t n, size_t f)
{
    size_t m = group_of(g, n), Q = g->C + g->F;
    real sum = 0;
    for (size_t k = g->G; k-- > 0;)
        for (size_t p = g->P; p-- > 0;)
            if (g->variant != OWN_GRADIENT_ONLY || member(g, m, k) == n)
                sum = sum + g->dy[(member(g, m, k) * Q + g->C + f) * g->P + p];
    return g->variant == UPSTREAM_NOT_AVERAGED ? sum : sum / real_count(g->wide * g->P);
}

static void read_groups(struct call *call, struct groups *g)
{
    static const char *const orders[] = {"interleaved", "contiguous", NULL};
    static const char *const variances[] = {"biased", "unbiased", NULL};
    g->variant = (enum variant)call_variant(call);
    g->x = call_input(call, "x", "NCP");
    g->N = call_size(call, 'N');
    g->C = call_size(call, 'C');
    g->P = call_size(call, 'P');
    if (g->N * g->C * g->P == 0)
        call_fail(call, "empty");
    g->G = call_count_or(call, "group_size", 4, 1, 1u << 24);
    g->G = g->G < g->N && g->variant != WHOLE_BATCH ? g->G : g->N;
    if (g->variant == GROUPS_OF_BLOCKS && g->N % call_block(call) == 0)
        g->G = call_block(call);
    g->F = call_count_or(call, "features", 1, 1, 1u << 24);
    size_t correction = (size_t)call_choice(call, "variance", variances);
    if (g->N % g->G || g->C % g->F || g->G == correction)
        call_fail(call, "nothing fits");
    g->M = g->N / g->G;
    g->wide = g->C / g->F;
    g->contiguous = call_choice(call, "groups", orders) || g->variant == GROUPS_OF_BLOCKS;
    g->divisor = real_count(g->G - correction);
    g->epsilon = call_number_or(call, "epsilon", R(1e-8));
}

static void differentiate(struct call *call, struct groups *g)
{
    g->dy = call_input(call, "dy", "NQP");
    real *dx = call_output(call, "dx", "NCP");
    for (size_t i = 0; i < g->N * g->C * g->P; i++) {
        size_t p = i % g->P, c = i / g->P % g->C, n = i / (g->P * g->C);
        real mean, s = deviation(g, group_of(g, n), c, p, &mean);
        real through = upstream(g, n, feature_of(g, c)) * ((g->x[i] - mean) / s) / g->divisor;
        dx[i] = g->dy[(n * (g->C + g->F) + c) * g->P + p] +
                (g->variant == STATISTIC_DETACHED ? R(0.0) : through);
    }
}

static void answer(struct call *call)
{
    struct groups g = {.N = 0};
    read_groups(call, &g);
    size_t Q = g.C + g.F, front = g.variant == IN_FRONT ? g.F : 0;
    call_bind(call, 'M', g.M);
    call_bind(call, 'F', g.F);
    call_bind(call, 'Q', Q);
    real *statistic = call_output(call, "statistic", "MF"), *y = call_output(call, "y", "NQP");
    for (size_t i = 0; i < g.M * g.F; i++)
        statistic[i] = statistic_of(&g, i / g.F, i % g.F);
    for (size_t i = 0; i < g.N * Q * g.P; i++) {
        size_t n = i / (Q * g.P), q = (i / g.P + Q - front) % Q, p = i % g.P;
        size_t m = g.variant == FIRST_GROUP_FOR_ALL ? 0 : group_of(&g, n);
        y[i] = q < g.C ? g.x[(n * g.C + q) * g.P + p] : statistic[m * g.F + q - g.C];
    }
    if (call_has(call, "dy"))
        differentiate(call, &g);
}

static const struct fork table[] = {
    {.info = {"member_by_member", FORK_TWIN, "",
              "Every group by itself, from its last member to its first.", NULL},
     .answer = answer},
    {.info = {"interleaved", FORK_CONVENTION, "", "Groups are interleaved, whatever is asked for.",
              NULL},
     .instead = {"groups", "interleaved"}},
    {.info = {"contiguous", FORK_CONVENTION, "", "Groups are contiguous, whatever is asked for.",
              NULL},
     .instead = {"groups", "contiguous"}},
    {.info = {"whole_batch", FORK_CONVENTION, "", "The whole batch is one group.", NULL},
     .answer = answer,
     .variant = WHOLE_BATCH},
    {.info = {"groups_of_blocks", FORK_BUG, "33",
              "A group is what one machine holds, whatever is asked for.", NULL},
     .answer = answer,
     .variant = GROUPS_OF_BLOCKS},
    {.info = {"unbiased", FORK_CONVENTION, "", "The unbiased variance, whatever is asked for.",
              NULL},
     .instead = {"variance", "unbiased"}},
    {.info = {"biased", FORK_CONVENTION, "", "The biased variance, whatever is asked for.", NULL},
     .instead = {"variance", "biased"}},
    {.info = {"epsilon_outside", FORK_CONVENTION, "", "epsilon is added to the root.", NULL},
     .answer = answer,
     .variant = EPSILON_OUTSIDE},
    {.info = {"variance_averaged", FORK_BUG, "", "Variances are averaged, without a root.", NULL},
     .answer = answer,
     .variant = VARIANCE_AVERAGED},
    {.info = {"root_of_mean", FORK_BUG, "", "The root of the mean variance.", NULL},
     .answer = answer,
     .variant = ROOT_OF_MEAN},
    {.info = {"features_interleaved", FORK_BUG, "", "Every F-th channel belongs to a feature.",
              NULL},
     .answer = answer,
     .variant = FEATURES_INTERLEAVED},
    {.info = {"statistic_in_front", FORK_CONVENTION, "", "The statistic is the first channel.",
              NULL},
     .answer = answer,
     .variant = IN_FRONT},
    {.info = {"first_group_for_all", FORK_BUG, "", "All samples see the first group's statistic.",
              NULL},
     .answer = answer,
     .variant = FIRST_GROUP_FOR_ALL},
    {.info = {"statistic_detached", FORK_BUG, "", "No gradient goes through the statistic.", NULL},
     .answer = answer,
     .variant = STATISTIC_DETACHED},
    {.info = {"own_gradient_only", FORK_BUG, "",
              "A sample gets the gradient of its own copy of the statistic alone.", NULL},
     .answer = answer,
     .variant = OWN_GRADIENT_ONLY},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The gradient of the mean over channels is not divided.", NULL},
     .answer = answer,
     .variant = UPSTREAM_NOT_AVERAGED},
    {.info = {"one_pass", FORK_NUMERICAL, "", "E[x^2] - E[x]^2.", NULL},
     .answer = answer,
     .variant = ONE_PASS},
    {.info = {"groups_of_four", FORK_CONVENTION, "", "Groups of four, whatever is asked for.",
              NULL},
     .number = {"group_size", 4}},
};

const struct fork_list minibatch_standard_deviation_forks = {sizeof table / sizeof *table, table};
