// SPDX-License-Identifier: MIT
#include "../../reference/generative/paired_translation.h"
#include "../fork.h"
#include "dual_forks.h"

enum mistake {
    NONE,
    MINIMAX,
    FOOLED_NOT_AT_ALL,
    PROBABILITY_COMPARED,
    OVERFLOWS,
    CRITIC_DETACHED,
    CONDITION_LAST,
    CONDITION_OF_ANOTHER,
    CRITIC_SEES_TRUTH,
    LAMBDA_ON_ADVERSARY,
    LAMBDA_FORGOTTEN,
    COMPARED_WITH_INPUT,
    POOLED_BY_SUM,
    POOLED_BY_FIRST,
    POOLED_ACROSS,
    POOL_SLOPE_FORGOTTEN,
    CONSISTENCY_FORGOTTEN,
    RESIDUAL_FORGOTTEN,
    RESIDUAL_SUBTRACTED,
    LOGITS_SUMMED,
    TWO_FORGOTTEN,
    UPSTREAM_IGNORED,
    LAST_PAIR_LOST
};

struct pairs {
    enum mistake mistake;
    struct perceptron g, c;
    const real *x, *y;
    size_t N, D, E, K;
    int squares, conditional, residual, squared, reduction;
    real lambda, mu, dloss;
};

static int second(struct call *call, const char *name, const char *one, const char *other)
{
    const char *const options[] = {one, other, NULL};
    return call_choice(call, name, options) == 1;
}

static struct pairs read(struct call *call)
{
    static const char *const reductions[] = {"mean", "sample", "sum", NULL};
    struct pairs p = {.mistake = (enum mistake)call_variant(call),
                      .squares = second(call, "adversary", "logistic", "least_squares"),
                      .conditional = !second(call, "conditional", "yes", "no"),
                      .residual = second(call, "residual", "no", "yes"),
                      .squared = second(call, "distance", "l1", "l2"),
                      .reduction = call_choice(call, "reduction", reductions)};
    network_read(call, &p.g, "g", 'a');
    network_read(call, &p.c, "c", 'p');
    p.D = p.g.size[0];
    p.E = p.g.size[p.g.layers];
    p.K = p.c.size[p.c.layers];
    call_bind(call, 'E', p.E);
    p.x = call_input(call, "x", "Na");
    p.y = call_input(call, "y", "NE");
    p.N = call_size(call, 'N');
    p.lambda = call_number_or(call, "lambda", R(100.0));
    p.mu = call_number_or(call, "mu", R(0.0));
    p.dloss = call_has(call, "dloss") && p.mistake != UPSTREAM_IGNORED
                  ? *call_input(call, "dloss", "")
                  : 1;
    return p;
}

static struct dual logit_term(const struct pairs *p, struct dual z)
{
    real e = real_exp(-real_abs(z.v)), slope = -(z.v < 0 ? 1 : e) / (1 + e);
    real value = real_log1p(e) + (z.v < 0 ? -z.v : 0), one = 1;
    if (p->mistake == PROBABILITY_COMPARED) {
        real s = one / (1 + real_exp(-z.v)), d = s - 1;
        return (struct dual){d * d, 2 * d * s * (1 - s) * z.t};
    }
    if (p->squares) {
        real d = z.v - (p->mistake == FOOLED_NOT_AT_ALL ? 0 : 1);
        return (struct dual){d * d, (p->mistake == TWO_FORGOTTEN ? 1 : 2) * d * z.t};
    }
    if (p->mistake == MINIMAX)
        return (struct dual){-(value + z.v), -(slope + 1) * z.t};
    if (p->mistake == FOOLED_NOT_AT_ALL)
        return (struct dual){value + z.v, (slope + 1) * z.t};
    if (p->mistake == OVERFLOWS)
        value = real_log(1 + real_exp(-z.v));
    return (struct dual){value, slope * z.t};
}

static struct dual opinion(const struct pairs *p, size_t n, const struct dual *out)
{
    size_t D = p->conditional ? p->D : 0, from = p->mistake == CONDITION_OF_ANOTHER ? 0 : n;
    struct dual seen[2 * DUAL_WIDEST], sum = {0, 0};
    for (size_t d = 0; d < D; d++)
        seen[p->mistake == CONDITION_LAST ? p->E + d : d] = (struct dual){p->x[from * p->D + d], 0};
    for (size_t e = 0; e < p->E; e++) {
        struct dual given =
            p->mistake == CRITIC_SEES_TRUTH ? (struct dual){p->y[n * p->E + e], 0} : out[e];
        seen[p->mistake == CONDITION_LAST ? e : D + e] = given;
    }
    dual_forward(&p->c, (size_t)-1, seen, seen);
    for (size_t k = p->K; k-- > 0;)
        sum = dual_sum(sum, logit_term(p, seen[k]));
    real W = p->mistake == LOGITS_SUMMED ? real_count(p->N) : real_count(p->N * p->K);
    return (struct dual){sum.v / W, p->mistake == CRITIC_DETACHED ? 0 : sum.t / W};
}

static struct dual off(const struct pairs *p, struct dual a, real b, size_t features)
{
    real e = a.v - b, slope = e > 0 ? 1 : e < 0 ? -1 : 0, W = real_count(p->N);
    W = p->reduction == 0 ? W * real_count(features) : p->reduction == 2 ? 1 : W;
    if (p->squared)
        slope = (p->mistake == TWO_FORGOTTEN ? 1 : 2) * e;
    return (struct dual){(p->squared ? e * e : real_abs(e)) / W, slope * a.t / W};
}

static struct dual averaged(const struct pairs *p, const struct dual *out, size_t d)
{
    size_t r = p->E / p->D;
    struct dual sum = {0, 0};
    for (size_t k = r; k-- > 0;)
        sum = dual_sum(sum, out[p->mistake == POOLED_ACROSS ? k * p->D + d : d * r + k]);
    if (p->mistake == POOLED_BY_FIRST)
        return out[d * r];
    real share = p->mistake == POOLED_BY_SUM ? 1 : real_count(r);
    return (struct dual){sum.v / share, p->mistake == POOL_SLOPE_FORGOTTEN ? sum.t : sum.t / share};
}

/* adversarial, reconstruction, consistency, and their derivatives by one weight of G. */
static void values(const struct pairs *p, size_t chosen, struct dual value[3])
{
    for (size_t k = 0; k < 3; k++)
        value[k] = (struct dual){0, 0};
    for (size_t n = p->N; n-- > 0;) {
        struct dual x[DUAL_WIDEST], out[DUAL_WIDEST];
        int lost = p->mistake == LAST_PAIR_LOST && n + 1 == p->N;
        for (size_t d = 0; d < p->D; d++)
            x[d] = (struct dual){p->x[n * p->D + d], 0};
        dual_forward(&p->g, lost ? (size_t)-1 : chosen, out, x);
        for (size_t e = 0; p->residual && p->mistake != RESIDUAL_FORGOTTEN && e < p->E; e++) {
            int minus = p->mistake == RESIDUAL_SUBTRACTED;
            out[e] = (struct dual){x[e].v + (minus ? -out[e].v : out[e].v),
                                   minus ? -out[e].t : out[e].t};
        }
        value[0] = dual_sum(value[0], opinion(p, n, out));
        for (size_t e = p->E; e-- > 0;) {
            real truth =
                p->mistake == COMPARED_WITH_INPUT ? p->x[n * p->D + e % p->D] : p->y[n * p->E + e];
            value[1] = dual_sum(value[1], off(p, out[e], truth, p->E));
        }
        for (size_t d = p->D; p->mu > 0 && p->mistake != CONSISTENCY_FORGOTTEN && d-- > 0;)
            value[2] = dual_sum(value[2], off(p, averaged(p, out, d), p->x[n * p->D + d], p->D));
    }
}

static struct dual total(const struct pairs *p, const struct dual value[3])
{
    real lambda = p->mistake == LAMBDA_FORGOTTEN ? 1 : p->lambda, first = 1;
    if (p->mistake == LAMBDA_ON_ADVERSARY) {
        first = lambda;
        lambda = 1;
    }
    return (struct dual){first * value[0].v + lambda * value[1].v + p->mu * value[2].v,
                         first * value[0].t + lambda * value[1].t + p->mu * value[2].t};
}

static real derivative(const void *context, const struct perceptron *net, size_t chosen)
{
    const struct pairs *p = context;
    struct dual value[3];
    (void)net;
    values(p, chosen, value);
    return p->dloss * total(p, value).t;
}

static void differentiate(struct call *call)
{
    struct pairs p = read(call);
    struct dual value[3];
    struct perceptron_batch of_g;
    values(&p, (size_t)-1, value);
    if (p.mu > 0)
        *call_output(call, "consistency", "") = value[2].v;
    *call_output(call, "adversarial", "") = value[0].v;
    *call_output(call, "reconstruction", "") = value[1].v;
    *call_output(call, "loss", "") = total(&p, value).v;
    dual_gradient(call, &p.g, &of_g, derivative, &p);
    network_gradients(call, &p.g, "g", 'a', 1, &of_g);
}

static const struct fork table[] = {
    {.info = {"dual_numbers", FORK_TWIN, "",
              "The loss's derivative by one weight after another, forwards.", NULL},
     .answer = differentiate},
    {.info = {"logistic", FORK_CONVENTION, "", "The logistic adversary.", NULL},
     .instead = {"adversary", "logistic"}},
    {.info = {"least_squares", FORK_CONVENTION, "", "The adversary of least squares.", NULL},
     .instead = {"adversary", "least_squares"}},
    {.info = {"l1", FORK_CONVENTION, "", "The absolute error.", NULL},
     .instead = {"distance", "l1"}},
    {.info = {"l2", FORK_CONVENTION, "", "The squared error.", NULL},
     .instead = {"distance", "l2"}},
    {.info = {"mean", FORK_CONVENTION, "44", "The mean over features too.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"norm_per_sample", FORK_CONVENTION, "44", "The sum over features.", NULL},
     .instead = {"reduction", "sample"}},
    {.info = {"lambda_of_the_paper", FORK_CONVENTION, "", "lambda is 100.", NULL},
     .number = {"lambda", 100}},
    {.info = {"minimax", FORK_CONVENTION, "", "log(1 - D), whose gradient vanishes.", NULL},
     .answer = differentiate,
     .variant = MINIMAX},
    {.info = {"wrong_label", FORK_BUG, "", "The generator wants to be recognized.", NULL},
     .answer = differentiate,
     .variant = FOOLED_NOT_AT_ALL},
    {.info = {"probability_compared", FORK_BUG, "", "Squares of the probability, not of the logit.",
              NULL},
     .answer = differentiate,
     .variant = PROBABILITY_COMPARED},
    {.info = {"overflows", FORK_BUG, "", "log(1 + exp(-z)) as it stands.", NULL},
     .answer = differentiate,
     .variant = OVERFLOWS},
    {.info = {"critic_detached", FORK_BUG, "", "The result is detached before the critic.", NULL},
     .answer = differentiate,
     .variant = CRITIC_DETACHED},
    {.info = {"condition_last", FORK_CONVENTION, "", "The result, then the condition.", NULL},
     .answer = differentiate,
     .variant = CONDITION_LAST},
    {.info = {"condition_of_another", FORK_BUG, "", "The first sample is everybody's condition.",
              NULL},
     .answer = differentiate,
     .variant = CONDITION_OF_ANOTHER},
    {.info = {"critic_sees_truth", FORK_BUG, "", "The critic judges the truth.", NULL},
     .answer = differentiate,
     .variant = CRITIC_SEES_TRUTH},
    {.info = {"lambda_on_adversary", FORK_BUG, "", "lambda is the adversary's weight.", NULL},
     .answer = differentiate,
     .variant = LAMBDA_ON_ADVERSARY},
    {.info = {"lambda_forgotten", FORK_BUG, "", "lambda is 1.", NULL},
     .answer = differentiate,
     .variant = LAMBDA_FORGOTTEN},
    {.info = {"compared_with_input", FORK_BUG, "", "The input in place of the truth.", NULL},
     .answer = differentiate,
     .variant = COMPARED_WITH_INPUT},
    {.info = {"pooled_by_sum", FORK_BUG, "", "A sum in place of the average.", NULL},
     .answer = differentiate,
     .variant = POOLED_BY_SUM},
    {.info = {"pooled_by_first", FORK_CONVENTION, "", "Every r-th value: nearest neighbour.", NULL},
     .answer = differentiate,
     .variant = POOLED_BY_FIRST},
    {.info = {"pooled_across", FORK_BUG, "", "Averages of values that do not stand together.",
              NULL},
     .answer = differentiate,
     .variant = POOLED_ACROSS},
    {.info = {"pool_slope_forgotten", FORK_BUG, "", "The average's gradient is not divided.", NULL},
     .answer = differentiate,
     .variant = POOL_SLOPE_FORGOTTEN},
    {.info = {"consistency_forgotten", FORK_BUG, "", "Nothing ties the result to what was given.",
              NULL},
     .answer = differentiate,
     .variant = CONSISTENCY_FORGOTTEN},
    {.info = {"residual_forgotten", FORK_CONVENTION, "", "The generator makes the whole result.",
              NULL},
     .answer = differentiate,
     .variant = RESIDUAL_FORGOTTEN},
    {.info = {"residual_subtracted", FORK_CONVENTION, "",
              "The generator finds the noise, which is subtracted.", NULL},
     .answer = differentiate,
     .variant = RESIDUAL_SUBTRACTED},
    {.info = {"logits_summed", FORK_BUG, "", "The logits of a sample are added.", NULL},
     .answer = differentiate,
     .variant = LOGITS_SUMMED},
    {.info = {"two_forgotten", FORK_BUG, "", "The factor 2 of the square is forgotten.", NULL},
     .answer = differentiate,
     .variant = TWO_FORGOTTEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken to be 1.", NULL},
     .answer = differentiate,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_pair_lost", FORK_BUG, "155", "The last pair is left out of the gradient.",
              NULL},
     .answer = differentiate,
     .variant = LAST_PAIR_LOST},
};

const struct fork_list paired_translation_forks = {sizeof table / sizeof *table, table};
