// SPDX-License-Identifier: MIT
#include "../fork.h"
#include "loss_forks.h"

struct settings {
    const real *cost;
    const int *labels;
    int transposed;
};

static real cost_of(const struct settings *s, size_t n, size_t k, size_t C)
{
    size_t label = (size_t)s->labels[n];
    return s->cost[s->transposed ? k * C + label : label * C + k];
}

static struct loss begin(struct call *call, struct settings *s)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"z"}, .gradient = {"dz"}};
    static const char *const rows[] = {"truth", "decision", NULL};
    struct loss a = loss_begin(call, &form);
    s->cost = call_input(call, "cost", "CC");
    s->labels = call_integers(call, "labels", "N", 0, (int)a.K - 1);
    s->transposed = call_choice(call, "rows", rows);
    return a;
}

/* p[k], with the sum of exponentials added in halves. */
static real exponentials(const real *z, real m, size_t begin, size_t end)
{
    if (end - begin == 1)
        return real_exp(z[begin] - m);
    size_t middle = begin + (end - begin) / 2;
    return exponentials(z, m, begin, middle) + exponentials(z, m, middle, end);
}

static real chance(const real *z, size_t k, size_t C)
{
    real m = z[0];
    for (size_t j = 1; j < C; j++)
        m = z[j] > m ? z[j] : m;
    return real_exp(z[k] - m) / exponentials(z, m, 0, C);
}

/* The slope from pairs of classes: p[k] sum_j p[j] (cost[k] - cost[j]). */
static struct loss read(struct call *call)
{
    struct settings s;
    struct loss a = begin(call, &s);
    for (size_t i = 0; i < a.N * a.K; i++) {
        size_t n = i / a.K, k = i % a.K;
        const real *z = &a.input[0][n * a.K];
        real p = chance(z, k, a.K), sum = R(0.0);
        a.value[n] = a.value[n] + p * cost_of(&s, n, k, a.K);
        for (size_t j = 0; j < a.K; j++)
            sum = sum + chance(z, j, a.K) * (cost_of(&s, n, k, a.K) - cost_of(&s, n, j, a.K));
        a.slope[0][i] = p * sum;
    }
    return a;
}

static void pairs_of_classes(struct call *call)
{
    struct loss a = read(call);
    loss_fork_end(call, &a);
}

static void cost_of_largest(struct call *call)
{
    struct settings s;
    struct loss a = begin(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        size_t top = 0;
        for (size_t k = 1; k < a.K; k++)
            top = a.input[0][n * a.K + k] > a.input[0][n * a.K + top] ? k : top;
        a.value[n] = cost_of(&s, n, top, a.K);
    }
    loss_fork_finish(&a);
}

/* The cross-entropy weighted with the costs of a sample. */
static void weighted_cross_entropy(struct call *call)
{
    struct settings s;
    struct loss a = begin(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        real weight = R(0.0);
        for (size_t k = 0; k < a.K; k++)
            weight = weight + cost_of(&s, n, k, a.K);
        for (size_t k = 0; k < a.K; k++) {
            real p = chance(&a.input[0][n * a.K], k, a.K), t = (real)(k == (size_t)s.labels[n]);
            a.value[n] = a.value[n] - (t > 0 ? weight * real_log(p) : R(0.0));
            a.slope[0][n * a.K + k] = weight * (p - t);
        }
    }
    loss_fork_finish(&a);
}

static void slope_is_cost(struct call *call)
{
    struct settings s;
    struct loss a = read(call);
    s.labels = call_integers(call, "labels", "N", 0, (int)a.K - 1);
    s.cost = call_input(call, "cost", "CC");
    s.transposed = 0;
    for (size_t i = 0; i < a.N * a.K; i++)
        a.slope[0][i] =
            chance(&a.input[0][i / a.K * a.K], i % a.K, a.K) * cost_of(&s, i / a.K, i % a.K, a.K);
    loss_fork_finish(&a);
}

static void maximum_not_subtracted(struct call *call)
{
    struct settings s;
    struct loss a = begin(call, &s);
    for (size_t n = 0; n < a.N; n++) {
        real sum = R(0.0), costs = R(0.0);
        for (size_t k = 0; k < a.K; k++) {
            real e = real_exp(a.input[0][n * a.K + k]);
            sum = sum + e;
            costs = costs + e * cost_of(&s, n, k, a.K);
        }
        a.value[n] = costs / sum;
    }
    loss_fork_finish(&a);
}

static const struct fork table[] = {
    {.info = {"pairs_of_classes", FORK_TWIN, "",
              "Exponentials added in halves, and the slope from differences of costs.", NULL},
     .answer = pairs_of_classes},
    {.info = {"rows_truth", FORK_BUG, "", "Rows are the truth, whatever is stated.", NULL},
     .instead = {"rows", "truth"}},
    {.info = {"rows_decision", FORK_BUG, "", "Rows are decisions, whatever is stated.", NULL},
     .instead = {"rows", "decision"}},
    {.info = {"cost_of_largest", FORK_BUG, "", "The cost of the most probable class: no gradient.",
              NULL},
     .answer = cost_of_largest},
    {.info = {"weighted_cross_entropy", FORK_CONVENTION, "",
              "The cross-entropy, weighted with the costs of its label, added.", NULL},
     .answer = weighted_cross_entropy},
    {.info = {"slope_is_cost", FORK_BUG, "",
              "p cost: the derivative of the normaliser is left out.", NULL},
     .answer = slope_is_cost},
    {.info = {"maximum_not_subtracted", FORK_NUMERICAL, "15",
              "e^z is formed without subtracting the maximum, so it overflows.", NULL},
     .answer = maximum_not_subtracted},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"weights_ignored", FORK_BUG, "37", "Sample weights count in W alone.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_WEIGHTS_IGNORED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_MEAN_OF_BLOCK_MEANS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_LAST_BLOCK_LOST},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_GRADIENT_SIGN},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_GRADIENT_NOT_AVERAGED},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = pairs_of_classes,
     .variant = LOSS_UPSTREAM_IGNORED},
};

const struct fork_list expected_cost_forks = {sizeof table / sizeof *table, table};
