// SPDX-License-Identifier: MIT
#include "../../reference/foundations/logistic_regression.h"
#include "../fork.h"

/* Everything of one call, and what a step is made of. */
struct run {
    const real *x; /* (N,D) */
    const int *labels;
    size_t N, D, S, block;
    int newton, sum, penalises_bias;
    real rate, l2;
    real *v, *g, *h;           /* (K), (K), (K,K): w then b, gradient then step, Hessian */
    real *z, *residual, *each; /* (N) */
    real *w_after, *b_after, *loss, *p;
};

static struct run read(struct call *call)
{
    static const char *const solvers[] = {"gradient_descent", "newton", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const penalties[] = {"weights", "all", NULL};
    struct run r = {.x = call_input(call, "x", "ND"), .block = call_block(call)};
    r.N = call_size(call, 'N');
    r.D = call_size(call, 'D');
    r.labels = call_integers(call, "labels", "N", -1, 1);
    r.newton = call_choice(call, "solver", solvers);
    r.sum = call_choice(call, "reduction", reductions);
    r.penalises_bias = call_choice(call, "penalty", penalties);
    r.rate = call_number_or(call, "rate", R(1.0));
    r.l2 = call_number_or(call, "l2", R(0.0));
    r.S = call_count(call, "steps", 1, 1 << 20);
    call_bind(call, 'S', r.S);
    r.v = call_scratch(call, r.D + 1);
    r.g = call_scratch(call, r.D + 1);
    r.h = call_scratch(call, (r.D + 1) * (r.D + 1));
    r.z = call_scratch(call, r.N);
    r.residual = call_scratch(call, r.N);
    r.each = call_scratch(call, r.N);
    for (size_t d = 0; d < r.D; d++)
        r.v[d] = call_has(call, "w") ? call_input(call, "w", "D")[d] : 0;
    r.v[r.D] = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    r.w_after = call_output(call, "w_after", "SD");
    r.b_after = call_output(call, "b_after", "S");
    r.loss = call_output(call, "loss", "S");
    r.p = call_output(call, "p", "N");
    return r;
}

static real feature(const struct run *r, size_t n, size_t k)
{
    return k < r->D ? r->x[n * r->D + k] : 1;
}

/* With m = 1 or -1: loss log(1 + e^-mz), residual -m / (1 + e^mz), weight 1 / (2 + e^z + e^-z). */
static void look(struct run *r)
{
    for (size_t n = 0; n < r->N; n++) {
        real m = r->labels[n] > 0 ? 1 : -1;
        real z = r->z[n] = sum_products(r->v[r->D], r->D, &r->x[n * r->D], 1, r->v, 1);
        r->each[n] = real_log1p(real_exp(-m * z));
        r->residual[n] = -m / (1 + real_exp(m * z));
        r->p[n] = 1 / (1 + real_exp(-z));
    }
}

/* One thing that a fork changes; the twin changes none. */
enum change {
    NOTHING,
    HESSIAN_OF_QUARTERS,
    HESSIAN_OF_P,
    HESSIAN_DIAGONAL,
    HESSIAN_WITHOUT_PENALTY,
    PENALTY_DOUBLED,
    PENALTY_NOT_IN_LOSS,
    PENALTY_BY_N,
    SIGN,
    BIAS_KEPT,
    RATE_IGNORED,
    RAW_LABELS,
    LABELS_SWAPPED,
    SLOPE_TWICE
};

static real weight_of(const struct run *r, size_t n, enum change change)
{
    if (change == HESSIAN_OF_QUARTERS)
        return R(0.25);
    if (change == HESSIAN_OF_P)
        return r->p[n];
    return 1 / (2 + real_exp(r->z[n]) + real_exp(-r->z[n]));
}

/* Sums in plain order over the samples, divided where it is a mean. */
static real gathered(const struct run *r, real sum)
{
    return r->sum ? sum : sum / real_count(r->N);
}

static void change_residuals(struct run *r, enum change change)
{
    for (size_t n = 0; n < r->N; n++) {
        if (change == RAW_LABELS)
            r->residual[n] = r->p[n] - (real)r->labels[n];
        if (change == LABELS_SWAPPED)
            r->residual[n] = r->p[n] - (r->labels[n] > 0 ? 0 : 1);
        if (change == SLOPE_TWICE)
            r->residual[n] = r->residual[n] * r->p[n] * (1 - r->p[n]);
    }
}

static real find_gradient(struct run *r, enum change change)
{
    size_t K = r->D + 1, penalised = r->penalises_bias ? K : r->D;
    real l2 = change == PENALTY_DOUBLED ? 2 * r->l2 : r->l2;
    l2 = change == PENALTY_BY_N ? l2 / real_count(r->N) : l2;
    change_residuals(r, change);
    real loss = gathered(r, sum_features(r->N, r->each, 1)), squares = 0;
    for (size_t k = 0; k < K; k++) {
        real *term = r->g;
        term[k] = 0;
        for (size_t n = 0; n < r->N; n++)
            term[k] += r->residual[n] * feature(r, n, k);
        term[k] = gathered(r, term[k]) + (k < penalised ? l2 * r->v[k] : 0);
        squares += k < penalised ? r->v[k] * r->v[k] : 0;
    }
    return change == PENALTY_NOT_IN_LOSS ? loss : loss + l2 * squares / 2;
}

static void find_hessian(struct run *r, enum change change)
{
    size_t K = r->D + 1, penalised = r->penalises_bias ? K : r->D;
    for (size_t i = 0; i < K * K; i++) {
        size_t a = i / K, c = i % K;
        r->h[i] = 0;
        for (size_t n = 0; n < r->N; n++)
            r->h[i] += weight_of(r, n, change) * (feature(r, n, a) * feature(r, n, c));
        r->h[i] = gathered(r, r->h[i]);
        if (a == c && a < penalised && change != HESSIAN_WITHOUT_PENALTY)
            r->h[i] += r->l2;
        if (a != c && change == HESSIAN_DIAGONAL)
            r->h[i] = 0;
    }
}

/* Gauss and Jordan: every column is cleared above and below its pivot. */
static void eliminate(struct run *r)
{
    size_t K = r->D + 1;
    for (size_t pivot = 0; pivot < K; pivot++) {
        for (size_t i = 0; i < K; i++) {
            real factor = i == pivot ? 0 : r->h[i * K + pivot] / r->h[pivot * K + pivot];
            for (size_t j = pivot; j < K && i != pivot; j++)
                r->h[i * K + j] -= factor * r->h[pivot * K + j];
            r->g[i] -= factor * r->g[pivot];
        }
    }
    for (size_t i = 0; i < K; i++)
        r->g[i] = r->g[i] / r->h[i * K + i];
}

static struct run learn(struct call *call, enum change change)
{
    struct run r = read(call);
    real rate = change == SIGN ? -r.rate : change == RATE_IGNORED ? 1 : r.rate;
    for (size_t s = 0; s < r.S; s++) {
        look(&r);
        r.loss[s] = find_gradient(&r, change);
        if (r.newton) {
            find_hessian(&r, change);
            eliminate(&r);
        }
        for (size_t k = 0; k <= r.D; k++) {
            if (k < r.D || change != BIAS_KEPT)
                r.v[k] -= rate * r.g[k];
            *(k < r.D ? &r.w_after[s * r.D + k] : &r.b_after[s]) = r.v[k];
        }
    }
    look(&r);
    return r;
}

static void margins(struct call *call)
{
    learn(call, NOTHING);
}

static void hessian_of_quarters(struct call *call)
{
    learn(call, HESSIAN_OF_QUARTERS);
}

static void hessian_of_p(struct call *call)
{
    learn(call, HESSIAN_OF_P);
}

static void hessian_diagonal(struct call *call)
{
    learn(call, HESSIAN_DIAGONAL);
}

static void hessian_without_penalty(struct call *call)
{
    learn(call, HESSIAN_WITHOUT_PENALTY);
}

static void penalty_doubled(struct call *call)
{
    learn(call, PENALTY_DOUBLED);
}

static void penalty_not_in_loss(struct call *call)
{
    learn(call, PENALTY_NOT_IN_LOSS);
}

static void penalty_divided_by_samples(struct call *call)
{
    learn(call, PENALTY_BY_N);
}

static void sign_of_step(struct call *call)
{
    learn(call, SIGN);
}

static void bias_not_updated(struct call *call)
{
    learn(call, BIAS_KEPT);
}

static void rate_ignored(struct call *call)
{
    learn(call, RATE_IGNORED);
}

static void labels_not_mapped(struct call *call)
{
    learn(call, RAW_LABELS);
}

static void labels_swapped(struct call *call)
{
    learn(call, LABELS_SWAPPED);
}

static void slope_of_sigmoid(struct call *call)
{
    learn(call, SLOPE_TWICE);
}

static void loss_after_step(struct call *call)
{
    struct run r = learn(call, NOTHING);
    for (size_t s = 0; s + 1 < r.S; s++)
        r.loss[s] = r.loss[s + 1];
    r.loss[r.S - 1] = find_gradient(&r, NOTHING);
}

static void stale_probabilities(struct call *call)
{
    struct run r = learn(call, NOTHING);
    for (size_t k = 0; k <= r.D && r.S > 1; k++)
        r.v[k] = k < r.D ? r.w_after[(r.S - 2) * r.D + k] : r.b_after[r.S - 2];
    look(&r);
}

static void loss_in_bits(struct call *call)
{
    struct run r = learn(call, NOTHING);
    for (size_t s = 0; s < r.S; s++)
        r.loss[s] = r.loss[s] / real_log(R(2.0));
}

static const struct fork table[] = {
    {.info = {"margins", FORK_TWIN, "",
              "Losses and residuals of y z with y = -1 or 1; Gauss-Jordan elimination.", NULL},
     .answer = margins},
    {.info = {"gradient_descent_only", FORK_BUG, "", "Newton's Hessian is never used.", NULL},
     .instead = {"solver", "gradient_descent"}},
    {.info = {"summed", FORK_CONVENTION, "", "The sum of losses, not their mean.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"averaged", FORK_CONVENTION, "", "The mean of losses, not their sum.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"bias_penalised", FORK_CONVENTION, "", "The penalty is on the bias too.", NULL},
     .instead = {"penalty", "all"}},
    {.info = {"bias_spared", FORK_CONVENTION, "", "The penalty is never on the bias.", NULL},
     .instead = {"penalty", "weights"}},
    {.info = {"penalty_ignored", FORK_BUG, "84", "There is no penalty.", NULL},
     .number = {"l2", 0}},
    {.info = {"penalty_doubled", FORK_CONVENTION, "55", "The penalty is l2 |w|^2 without the half.",
              NULL},
     .answer = penalty_doubled},
    {.info = {"penalty_not_in_loss", FORK_CONVENTION, "",
              "The gradient holds the penalty, the loss that is shown does not.", NULL},
     .answer = penalty_not_in_loss},
    {.info = {"penalty_divided_by_samples", FORK_CONVENTION, "",
              "The penalty is divided by N with the loss.", NULL},
     .answer = penalty_divided_by_samples},
    {.info = {"hessian_of_quarters", FORK_CONVENTION, "",
              "The bound 1/4 stands for p (1 - p) in the Hessian.", NULL},
     .answer = hessian_of_quarters},
    {.info = {"hessian_of_p", FORK_BUG, "", "p stands for p (1 - p) in the Hessian.", NULL},
     .answer = hessian_of_p},
    {.info = {"hessian_diagonal", FORK_CONVENTION, "", "Only the diagonal of the Hessian is used.",
              NULL},
     .answer = hessian_diagonal},
    {.info = {"hessian_without_penalty", FORK_BUG, "", "The penalty lacks in the Hessian.", NULL},
     .answer = hessian_without_penalty},
    {.info = {"sign_of_step", FORK_BUG, "83", "Steps uphill.", NULL}, .answer = sign_of_step},
    {.info = {"bias_not_updated", FORK_BUG, "", "The bias stays where it starts.", NULL},
     .answer = bias_not_updated},
    {.info = {"rate_ignored", FORK_BUG, "", "Every step is taken whole.", NULL},
     .answer = rate_ignored},
    {.info = {"labels_not_mapped", FORK_BUG, "", "A label of -1 is taken as it is.", NULL},
     .answer = labels_not_mapped},
    {.info = {"labels_swapped", FORK_BUG, "", "p is taken for the probability of class 0.", NULL},
     .answer = labels_swapped},
    {.info = {"slope_of_sigmoid", FORK_BUG, "",
              "The residual is multiplied by p (1 - p), as for squared errors.", NULL},
     .answer = slope_of_sigmoid},
    {.info = {"loss_after_step", FORK_CONVENTION, "", "The loss after each step.", NULL},
     .answer = loss_after_step},
    {.info = {"stale_probabilities", FORK_BUG, "", "The probabilities before the last step.", NULL},
     .answer = stale_probabilities},
    {.info = {"loss_in_bits", FORK_CONVENTION, "", "The loss with the logarithm to base 2.", NULL},
     .answer = loss_in_bits},
};

const struct fork_list logistic_regression_forks = {sizeof table / sizeof *table, table};
