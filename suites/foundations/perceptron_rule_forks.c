// SPDX-License-Identifier: MIT
#include "../../reference/foundations/perceptron_rule.h"
#include "../fork.h"

/* Everything of one call, unanswered. */
struct run {
    struct perceptron_rule rule;
    size_t E;
    const int *labels, *order; /* order NULL: as given */
    const real *w0;
    real b0;
    real *w_after, *b_after, *mistakes, *predicted, *net;
};

static struct run read(struct call *call)
{
    static const char *const targets[] = {"zero_one", "signed", NULL};
    static const char *const at_zero[] = {"one", "low", NULL};
    struct run r = {.rule.x = call_input(call, "x", "ND")};
    size_t N = r.rule.N = call_size(call, 'N'), D = r.rule.D = call_size(call, 'D');
    r.labels = call_integers(call, "labels", "N", -1, 1);
    r.rule.low = call_choice(call, "targets", targets) == 1 ? -1 : 0;
    r.rule.fires_at_zero = call_choice(call, "at_zero", at_zero) == 0;
    r.rule.rate = call_number_or(call, "rate", R(0.01));
    int *target = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++)
        target[n] = r.labels[n] > 0 ? 1 : r.rule.low;
    r.rule.target = target;
    r.E = call_count(call, "epochs", 1, 1 << 20);
    call_bind(call, 'E', r.E);
    r.order = call_has(call, "order") ? call_integers(call, "order", "EN", 0, (int)N - 1) : NULL;
    r.w0 = call_has(call, "w") ? call_input(call, "w", "D") : call_scratch(call, D);
    r.b0 = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    r.w_after = call_output(call, "w_after", "ED");
    r.b_after = call_output(call, "b_after", "E");
    r.mistakes = call_output_integers(call, "mistakes", "E");
    r.predicted = call_output_integers(call, "predicted", "N");
    r.net = call_scratch(call, N);
    return r;
}

static size_t sample(const struct run *r, size_t e, size_t i)
{
    return r->order ? (size_t)r->order[e * r->rule.N + i] : i;
}

/* What one sample does to the weights, given its net input z. */
struct change {
    real w, b;   /* factors of x, and what is added to b */
    int mistake; /* counted */
};

enum visit { IN_ORDER, BACKWARDS, ROTATED, DATA_ORDER };
enum moment { AT_ONCE, AT_END_OF_EPOCH };

/* The rule with another change, another order of samples, or updates at another moment. */
static struct run learn(struct call *call, struct change (*of)(const struct run *, size_t, real),
                        enum visit visit, enum moment moment)
{
    struct run r = read(call);
    size_t N = r.rule.N, D = r.rule.D;
    real *now = call_scratch(call, D + 1), *next = call_scratch(call, D + 1);
    for (size_t d = 0; d <= D; d++)
        now[d] = next[d] = d < D ? r.w0[d] : r.b0;
    for (size_t e = 0; e < r.E; e++) {
        for (size_t i = 0; i < N; i++) {
            size_t at = visit == BACKWARDS ? N - 1 - i : visit == ROTATED ? (i + e) % N : i;
            size_t n = visit == DATA_ORDER ? i : sample(&r, e, at);
            const real *x = &r.rule.x[n * D];
            struct change c = of(&r, n, sum_products(now[D], D, x, 1, now, 1));
            r.mistakes[e] += (real)c.mistake;
            for (size_t d = 0; d < D; d++)
                next[d] = next[d] + c.w * x[d];
            next[D] = next[D] + c.b;
            for (size_t d = 0; d <= D && moment == AT_ONCE; d++)
                now[d] = next[d];
        }
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] = now[d] = next[d];
        r.b_after[e] = now[D] = next[D];
    }
    perceptron_rule_predict(r.predicted, r.net, now, now[D], &r.rule);
    return r;
}

static struct change right(const struct run *r, size_t n, real z)
{
    int wrong = r->rule.target[n] - perceptron_rule_step(z, &r->rule);
    real u = r->rule.rate * (real)wrong;
    return (struct change){u, u, wrong != 0};
}

/* The dual form: counts how often each sample was corrected, and never holds weights while it
 * learns. The inner products with the start and between samples give every net input. */
static real dual_net(const struct run *r, const real *gram, const real *count, size_t n)
{
    size_t N = r->rule.N;
    real corrections = sum_features(N, count, 1) + sum_products(0, N, count, 1, &gram[n * N], 1);
    return r->b0 + sum_products(0, r->rule.D, r->w0, 1, &r->rule.x[n * r->rule.D], 1) +
           r->rule.rate * corrections;
}

static void dual(struct call *call)
{
    struct run r = read(call);
    size_t N = r.rule.N, D = r.rule.D;
    real *gram = call_scratch(call, N * N), *count = call_scratch(call, N);
    for (size_t i = 0; i < N * N; i++)
        gram[i] = sum_products(0, D, &r.rule.x[i / N * D], 1, &r.rule.x[i % N * D], 1);
    for (size_t e = 0; e < r.E; e++) {
        for (size_t i = 0; i < N; i++) {
            size_t n = sample(&r, e, i);
            int wrong =
                r.rule.target[n] - perceptron_rule_step(dual_net(&r, gram, count, n), &r.rule);
            count[n] += (real)wrong;
            r.mistakes[e] += wrong != 0;
        }
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] =
                r.w0[d] + r.rule.rate * sum_products(0, N, count, 1, &r.rule.x[d], D);
        r.b_after[e] = r.b0 + r.rule.rate * sum_features(N, count, 1);
    }
    for (size_t n = 0; n < N; n++)
        r.predicted[n] = (real)perceptron_rule_step(dual_net(&r, gram, count, n), &r.rule);
}

static void reversed_order(struct call *call)
{
    learn(call, right, BACKWARDS, AT_ONCE);
}

static void rotated_order(struct call *call)
{
    learn(call, right, ROTATED, AT_ONCE);
}

static void order_ignored(struct call *call)
{
    learn(call, right, DATA_ORDER, AT_ONCE);
}

static void batch_update(struct call *call)
{
    learn(call, right, IN_ORDER, AT_END_OF_EPOCH);
}

static struct change no_rate(const struct run *r, size_t n, real z)
{
    struct change c = right(r, n, z);
    real wrong = (real)(r->rule.target[n] - perceptron_rule_step(z, &r->rule));
    return (struct change){wrong, wrong, c.mistake};
}

static void rate_ignored(struct call *call)
{
    learn(call, no_rate, IN_ORDER, AT_ONCE);
}

static struct change no_bias(const struct run *r, size_t n, real z)
{
    struct change c = right(r, n, z);
    return (struct change){c.w, 0, c.mistake};
}

static void bias_not_updated(struct call *call)
{
    learn(call, no_bias, IN_ORDER, AT_ONCE);
}

static struct change away(const struct run *r, size_t n, real z)
{
    struct change c = right(r, n, z);
    return (struct change){-c.w, -c.b, c.mistake};
}

static void sign_of_update(struct call *call)
{
    learn(call, away, IN_ORDER, AT_ONCE);
}

static struct change linear(const struct run *r, size_t n, real z)
{
    struct change c = right(r, n, z);
    real u = r->rule.rate * ((real)r->rule.target[n] - z);
    return (struct change){u, u, c.mistake};
}

static void error_before_step(struct call *call)
{
    learn(call, linear, IN_ORDER, AT_ONCE);
}

static struct change raw(const struct run *r, size_t n, real z)
{
    int wrong = r->labels[n] - perceptron_rule_step(z, &r->rule);
    real u = r->rule.rate * (real)wrong;
    return (struct change){u, u, wrong != 0};
}

static void labels_not_mapped(struct call *call)
{
    learn(call, raw, IN_ORDER, AT_ONCE);
}

static struct change only_up(const struct run *r, size_t n, real z)
{
    struct change c = right(r, n, z);
    return c.w < 0 ? (struct change){0, 0, c.mistake} : c;
}

static void only_missed_corrected(struct call *call)
{
    learn(call, only_up, IN_ORDER, AT_ONCE);
}

/* Mistakes of the weights after each epoch. */
static void mistakes_counted_afterwards(struct call *call)
{
    struct run r = learn(call, right, IN_ORDER, AT_ONCE);
    real *predicted = call_scratch(call, r.rule.N);
    for (size_t e = 0; e < r.E; e++) {
        perceptron_rule_predict(predicted, r.net, &r.w_after[e * r.rule.D], r.b_after[e], &r.rule);
        r.mistakes[e] = 0;
        for (size_t n = 0; n < r.rule.N; n++)
            r.mistakes[e] += predicted[n] != (real)r.rule.target[n];
    }
}

static void recorded_before_epoch(struct call *call)
{
    struct run r = learn(call, right, IN_ORDER, AT_ONCE);
    size_t D = r.rule.D;
    for (size_t e = r.E; e-- > 0;) {
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] = e ? r.w_after[(e - 1) * D + d] : r.w0[d];
        r.b_after[e] = e ? r.b_after[e - 1] : r.b0;
    }
}

static void averaged(struct call *call)
{
    struct run r = learn(call, right, IN_ORDER, AT_ONCE);
    size_t D = r.rule.D;
    for (size_t e = r.E; e-- > 0;) {
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] = sum_features(e + 1, &r.w_after[d], D) / real_count(e + 1);
        r.b_after[e] = sum_features(e + 1, r.b_after, 1) / real_count(e + 1);
    }
}

static const struct fork table[] = {
    {.info = {"dual", FORK_TWIN, "",
              "Counts the corrections of each sample; weights only when they are shown.", NULL},
     .answer = dual},
    {.info = {"reversed_order", FORK_BUG, "", "The samples from the last to the first.", NULL},
     .answer = reversed_order},
    {.info = {"rotated_order", FORK_CONVENTION, "",
              "Shuffled: every epoch starts one sample later.", NULL},
     .answer = rotated_order},
    {.info = {"order_ignored", FORK_BUG, "", "The permutation of the epoch is not used.", NULL},
     .answer = order_ignored},
    {.info = {"batch_update", FORK_CONVENTION, "",
              "Corrections are collected and made at the end of the epoch.", NULL},
     .answer = batch_update},
    {.info = {"signed_for_zero_one", FORK_CONVENTION, "",
              "Targets and outputs are -1 and 1, so corrections are twice as large.", NULL},
     .instead = {"targets", "signed"}},
    {.info = {"zero_one_for_signed", FORK_CONVENTION, "", "Targets and outputs are 0 and 1.", NULL},
     .instead = {"targets", "zero_one"}},
    {.info = {"strict_at_zero", FORK_CONVENTION, "", "A net input of 0 does not fire.", NULL},
     .instead = {"at_zero", "low"}},
    {.info = {"fires_at_zero", FORK_CONVENTION, "", "A net input of 0 fires.", NULL},
     .instead = {"at_zero", "one"}},
    {.info = {"rate_ignored", FORK_BUG, "", "Every correction is by 1.", NULL},
     .answer = rate_ignored},
    {.info = {"bias_not_updated", FORK_BUG, "", "The bias stays where it starts.", NULL},
     .answer = bias_not_updated},
    {.info = {"sign_of_update", FORK_BUG, "83", "Weights move away from the target.", NULL},
     .answer = sign_of_update},
    {.info = {"error_before_step", FORK_CONVENTION, "",
              "The error is taken before the step: the delta rule.", NULL},
     .answer = error_before_step},
    {.info = {"labels_not_mapped", FORK_BUG, "", "A label of -1 is taken as it is.", NULL},
     .answer = labels_not_mapped},
    {.info = {"only_missed_corrected", FORK_BUG, "", "False alarms are not corrected.", NULL},
     .answer = only_missed_corrected},
    {.info = {"mistakes_counted_afterwards", FORK_CONVENTION, "",
              "Mistakes of the weights at the end of the epoch, not of those on the way.", NULL},
     .answer = mistakes_counted_afterwards},
    {.info = {"recorded_before_epoch", FORK_BUG, "", "Weights are recorded an epoch late.", NULL},
     .answer = recorded_before_epoch},
    {.info = {"averaged", FORK_CONVENTION, "", "The average of the weights so far is shown.", NULL},
     .answer = averaged},
};

const struct fork_list perceptron_rule_forks = {sizeof table / sizeof *table, table};
