// SPDX-License-Identifier: MIT
#include "../../reference/foundations/delta_rule.h"
#include "../fork.h"

/* Everything of one call, unanswered. */
struct run {
    struct delta_rule rule;
    size_t E;
    const real *w0;
    real b0;
    real *w_after, *b_after, *squared, *error;
};

static struct run read(struct call *call)
{
    static const char *const updates[] = {"sample", "batch_mean", "batch_sum", NULL};
    static const char *const gradients[] = {"error", "squared", NULL};
    struct run r = {.rule.x = call_input(call, "x", "ND"), .rule.t = call_input(call, "t", "N")};
    size_t N = r.rule.N = call_size(call, 'N'), D = r.rule.D = call_size(call, 'D');
    r.rule.block = call_block(call);
    r.rule.update = (enum delta_update)call_choice(call, "update", updates);
    r.rule.factor = call_choice(call, "gradient", gradients) == 1 ? 2 : 1;
    r.rule.rate = call_number_or(call, "rate", R(0.01));
    r.E = call_count(call, "epochs", 1, 1 << 20);
    call_bind(call, 'E', r.E);
    r.w0 = call_has(call, "w") ? call_input(call, "w", "D") : call_scratch(call, D);
    r.b0 = call_has(call, "b") ? *call_input(call, "b", "") : 0;
    r.w_after = call_output(call, "w_after", "ED");
    r.b_after = call_output(call, "b_after", "E");
    r.squared = call_output(call, "squared_error", "E");
    r.error = call_scratch(call, N);
    return r;
}

/* How a sample's error e becomes its factors of x and of 1 in the step. */
struct factors {
    real w, b;
};

static struct factors right(const struct run *r, size_t n, real e)
{
    (void)n;
    real g = r->rule.rate * r->rule.factor * e;
    if (r->rule.update == DELTA_BATCH_MEAN)
        g = g / real_count(r->rule.N);
    return (struct factors){g, g};
}

static int by_sample(const struct run *r)
{
    return r->rule.update == DELTA_SAMPLE;
}

/* The rule with other factors, or with the samples backwards. */
static struct run learn(struct call *call, struct factors (*of)(const struct run *, size_t, real),
                        int backwards)
{
    struct run r = read(call);
    size_t N = r.rule.N, D = r.rule.D;
    real *now = call_scratch(call, D + 1), *next = call_scratch(call, D + 1);
    for (size_t d = 0; d <= D; d++)
        now[d] = next[d] = d < D ? r.w0[d] : r.b0;
    for (size_t e = 0; e < r.E; e++) {
        for (size_t i = 0; i < N; i++) {
            size_t n = backwards ? N - 1 - i : i;
            const real *x = &r.rule.x[n * D];
            r.error[n] = sum_products(now[D], D, x, 1, now, 1) - r.rule.t[n];
            struct factors f = of(&r, n, r.error[n]);
            for (size_t d = 0; d < D; d++)
                next[d] -= f.w * x[d];
            next[D] -= f.b;
            for (size_t d = 0; d <= D && by_sample(&r); d++)
                now[d] = next[d];
        }
        r.squared[e] = sum_products(0, N, r.error, 1, r.error, 1) / real_count(N);
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] = now[d] = next[d];
        r.b_after[e] = now[D] = next[D];
    }
    return r;
}

/* The dual form: every net input from inner products between samples; weights are never held. */
static void dual(struct call *call)
{
    struct run r = read(call);
    size_t N = r.rule.N, D = r.rule.D;
    real *gram = call_scratch(call, N * N), *start = call_scratch(call, N);
    real *now = call_scratch(call, N), *next = call_scratch(call, N);
    for (size_t i = 0; i < N * N; i++)
        gram[i] = 1 + sum_products(0, D, &r.rule.x[i / N * D], 1, &r.rule.x[i % N * D], 1);
    for (size_t n = 0; n < N; n++)
        start[n] = sum_products(r.b0, D, &r.rule.x[n * D], 1, r.w0, 1) - r.rule.t[n];
    for (size_t e = 0; e < r.E; e++) {
        for (size_t n = 0; n < N; n++) {
            r.error[n] = start[n] - sum_products(0, N, now, 1, &gram[n * N], 1);
            next[n] += right(&r, n, r.error[n]).w;
            now[n] = by_sample(&r) ? next[n] : now[n];
        }
        for (size_t n = 0; n < N; n++)
            now[n] = next[n];
        r.squared[e] = sum_products(0, N, r.error, 1, r.error, 1) / real_count(N);
        for (size_t d = 0; d < D; d++)
            r.w_after[e * D + d] = r.w0[d] - sum_products(0, N, now, 1, &r.rule.x[d], D);
        r.b_after[e] = r.b0 - sum_features(N, now, 1);
    }
}

static void backwards(struct call *call)
{
    learn(call, right, 1);
}

static struct factors step_error(const struct run *r, size_t n, real e)
{
    real z = e + r->rule.t[n];
    return right(r, n, (z >= 0 ? 1 : 0) - r->rule.t[n]);
}

static void error_after_step(struct call *call)
{
    learn(call, step_error, 0);
}

static struct factors uphill(const struct run *r, size_t n, real e)
{
    struct factors f = right(r, n, e);
    return (struct factors){-f.w, -f.b};
}

static void sign_of_step(struct call *call)
{
    learn(call, uphill, 0);
}

static struct factors no_bias(const struct run *r, size_t n, real e)
{
    return (struct factors){right(r, n, e).w, 0};
}

static void bias_not_updated(struct call *call)
{
    learn(call, no_bias, 0);
}

static struct factors no_rate_for_bias(const struct run *r, size_t n, real e)
{
    struct factors f = right(r, n, e);
    return (struct factors){f.w, f.b / r->rule.rate};
}

static void bias_without_rate(struct call *call)
{
    learn(call, no_rate_for_bias, 0);
}

static struct factors normalised(const struct run *r, size_t n, real e)
{
    const real *x = &r->rule.x[n * r->rule.D];
    real length = 1 + sum_products(0, r->rule.D, x, 1, x, 1);
    struct factors f = right(r, n, e);
    return (struct factors){f.w / length, f.b / length};
}

static void normalised_step(struct call *call)
{
    learn(call, normalised, 0);
}

static struct factors sign_only(const struct run *r, size_t n, real e)
{
    return right(r, n, e > 0 ? 1 : e < 0 ? -1 : 0);
}

static void sign_of_error(struct call *call)
{
    learn(call, sign_only, 0);
}

static struct factors shared_by_features(const struct run *r, size_t n, real e)
{
    struct factors f = right(r, n, e);
    return (struct factors){f.w / real_count(r->rule.D), f.b};
}

static void divided_by_features(struct call *call)
{
    learn(call, shared_by_features, 0);
}

static void halved_error(struct call *call)
{
    struct run r = learn(call, right, 0);
    for (size_t e = 0; e < r.E; e++)
        r.squared[e] = r.squared[e] / 2;
}

/* The error of the weights at the end of each epoch. */
static void error_measured_afterwards(struct call *call)
{
    struct run r = learn(call, right, 0);
    size_t N = r.rule.N, D = r.rule.D;
    for (size_t e = 0; e < r.E; e++) {
        for (size_t n = 0; n < N; n++)
            r.error[n] = sum_products(r.b_after[e], D, &r.rule.x[n * D], 1, &r.w_after[e * D], 1) -
                         r.rule.t[n];
        r.squared[e] = sum_products(0, N, r.error, 1, r.error, 1) / real_count(N);
    }
}

static void root_of_error(struct call *call)
{
    struct run r = learn(call, right, 0);
    for (size_t e = 0; e < r.E; e++)
        r.squared[e] = real_sqrt(r.squared[e]);
}

static const struct fork table[] = {
    {.info = {"dual", FORK_TWIN, "",
              "Keeps how often each sample was added; net inputs come from inner products.", NULL},
     .answer = dual},
    {.info = {"backwards", FORK_BUG, "", "The samples from the last to the first.", NULL},
     .answer = backwards},
    {.info = {"by_sample", FORK_CONVENTION, "", "Updates after every sample, always.", NULL},
     .instead = {"update", "sample"}},
    {.info = {"by_batch", FORK_CONVENTION, "", "Updates once an epoch, always.", NULL},
     .instead = {"update", "batch_mean"}},
    {.info = {"summed_over_batch", FORK_CONVENTION, "",
              "The gradient of a batch is not divided by its size.", NULL},
     .instead = {"update", "batch_sum"}},
    {.info = {"half_forgotten", FORK_CONVENTION, "", "The gradient of e^2, always.", NULL},
     .instead = {"gradient", "squared"}},
    {.info = {"two_forgotten", FORK_CONVENTION, "", "The gradient of e^2 / 2, always.", NULL},
     .instead = {"gradient", "error"}},
    {.info = {"error_after_step", FORK_CONVENTION, "",
              "The error is taken after a step function: the perceptron rule.", NULL},
     .answer = error_after_step},
    {.info = {"sign_of_step", FORK_BUG, "83", "Steps uphill.", NULL}, .answer = sign_of_step},
    {.info = {"bias_not_updated", FORK_BUG, "", "The bias stays where it starts.", NULL},
     .answer = bias_not_updated},
    {.info = {"bias_without_rate", FORK_BUG, "", "The bias moves by the whole error.", NULL},
     .answer = bias_without_rate},
    {.info = {"normalised_step", FORK_CONVENTION, "",
              "Steps are divided by the squared length of the sample: normalised LMS.", NULL},
     .answer = normalised_step},
    {.info = {"sign_of_error", FORK_CONVENTION, "", "Only the sign of the error is used.", NULL},
     .answer = sign_of_error},
    {.info = {"divided_by_features", FORK_BUG, "",
              "The step of the weights is divided by the number of features.", NULL},
     .answer = divided_by_features},
    {.info = {"halved_error", FORK_CONVENTION, "", "Half the mean squared error is shown.", NULL},
     .answer = halved_error},
    {.info = {"error_measured_afterwards", FORK_CONVENTION, "",
              "The error is measured with the weights at the end of the epoch.", NULL},
     .answer = error_measured_afterwards},
    {.info = {"root_of_error", FORK_BUG, "", "The root of the mean squared error.", NULL},
     .answer = root_of_error},
};

const struct fork_list delta_rule_forks = {sizeof table / sizeof *table, table};
