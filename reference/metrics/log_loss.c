// SPDX-License-Identifier: MIT
#include "log_loss.h"

enum { NONE, BOTH, BELOW, LOGARITHM };
enum { AS_GIVEN, CLIPPED_FIRST, NORMALIZED_FIRST };

struct rule {
    int clip, rows;
    real epsilon, least;
};

static struct rule read_rule(struct call *call)
{
    static const char *const clips[] = {"none", "both", "below", "logarithm", NULL};
    static const char *const rows[] = {"as_given", "clipped_then_normalized",
                                       "normalized_then_clipped", NULL};
    struct rule rule = {call_choice(call, "clip", clips), call_choice(call, "rows", rows), 0,
                        call_number_or(call, "least", -100)};
    if (rule.clip == BOTH || rule.clip == BELOW) {
        rule.epsilon = call_number(call, "epsilon");
        if (!(rule.epsilon > 0 && rule.epsilon < R(0.5)))
            call_fail(call, "number 'epsilon' must be in (0,1/2)");
    }
    if (!(rule.least < 0))
        call_fail(call, "number 'least' must be negative");
    return rule;
}

static real clipped(const struct rule *rule, real p)
{
    if ((rule->clip == BOTH || rule->clip == BELOW) && p < rule->epsilon)
        return rule->epsilon;
    return rule->clip == BOTH && p > 1 - rule->epsilon ? 1 - rule->epsilon : p;
}

/* log p of something that happened. */
static real logarithm(struct call *call, const struct rule *rule, real p)
{
    if (p == 0 && rule->clip != LOGARITHM)
        call_fail(call, "input 'probabilities' is 0 for what happened: the loss is infinite");
    real value = p > 0 ? real_log(p) : rule->least;
    return rule->clip == LOGARITHM && value < rule->least ? rule->least : value;
}

static void divide_by_sum(struct call *call, real *row, size_t K)
{
    real sum = sum_features(K, row, 1);
    if (!(sum > 0))
        call_fail(call, "input 'probabilities' has a row of sum 0");
    for (size_t k = 0; k < K; k++)
        row[k] = row[k] / sum;
}

/* What the rule makes of one row. */
static void adjust(struct call *call, const struct rule *rule, real *row, const real *p, size_t K)
{
    for (size_t k = 0; k < K; k++)
        row[k] = p[k];
    if (rule->rows == NORMALIZED_FIRST)
        divide_by_sum(call, row, K);
    for (size_t k = 0; k < K; k++)
        row[k] = clipped(rule, row[k]);
    if (rule->rows == CLIPPED_FIRST)
        divide_by_sum(call, row, K);
}

static void check(struct call *call, size_t count, const real *p)
{
    if (count == 0)
        call_fail(call, "input 'probabilities' is empty");
    for (size_t i = 0; i < count; i++) {
        if (!(p[i] >= 0 && p[i] <= 1))
            call_fail(call, "input 'probabilities' is outside [0,1] at element %zu", i);
    }
}

/* loss (N) of class 1 against class 0. */
static void losses_of_two(struct call *call, const struct rule *rule, real *loss, const real *p,
                          size_t N)
{
    const int *label = call_integers(call, "labels", "N", 0, 1);
    for (size_t n = 0; n < N; n++)
        loss[n] = -logarithm(call, rule, clipped(rule, label[n] ? p[n] : 1 - p[n]));
}

static void losses_of_rows(struct call *call, const struct rule *rule, real *loss, const real *p,
                           size_t N, size_t K)
{
    real *row = call_scratch(call, K), *term = call_scratch(call, K);
    int soft = call_has(call, "targets");
    const real *target = soft ? call_input(call, "targets", "NK") : NULL;
    const int *label = soft ? NULL : call_integers(call, "labels", "N", 0, (int)K - 1);
    for (size_t n = 0; n < N; n++) {
        adjust(call, rule, row, &p[n * K], K);
        if (!soft) {
            loss[n] = -logarithm(call, rule, row[label[n]]);
            continue;
        }
        for (size_t k = 0; k < K; k++) {
            real t = target[n * K + k];
            if (t < 0)
                call_fail(call, "input 'targets' is negative at sample %zu", n);
            term[k] = t > 0 ? t * logarithm(call, rule, row[k]) : 0;
        }
        loss[n] = -sum_features(K, term, 1);
    }
}

void log_loss_answer(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", NULL};
    struct rule rule = read_rule(call);
    int columns = call_rank(call, "probabilities") == 2;
    const real *p = call_input(call, "probabilities", columns ? "NK" : "N");
    size_t N = call_size(call, 'N'), K = columns ? call_size(call, 'K') : 1;
    size_t block = call_block(call);
    int sum = call_choice(call, "reduction", reductions);
    check(call, N * K, p);
    const real *weight = confusion_weights(call, N);
    real *loss = call_scratch(call, N);
    if (columns)
        losses_of_rows(call, &rule, loss, p, N, K);
    else
        losses_of_two(call, &rule, loss, p, N);
    for (size_t n = 0; weight && n < N; n++)
        loss[n] = weight[n] * loss[n];
    real total = sum_samples(N, block, loss, 1);
    if (!sum)
        total = total / (weight ? sum_samples(N, block, weight, 1) : real_count(N));
    *call_output(call, "log_loss", "") = total;
}
