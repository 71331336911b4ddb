// SPDX-License-Identifier: MIT
#include "../../reference/activations/softplus.h"
#include "elementwise_forks.h"

/* Everything of one call, already answered rightly; the forks below change one line of it. */
struct plus {
    struct values v;
    struct softplus_rules rules;
};

static struct plus read(struct call *call)
{
    struct plus p = {.v = read_values(call)};
    p.rules = softplus_rules_of(call);
    softplus_forward(p.v.y, p.v.x, p.v.n, &p.rules);
    softplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.n, &p.rules);
    return p;
}

static int linear(const struct plus *p, real t)
{
    return p->rules.has_threshold && t > p->rules.threshold;
}

/* log(1 + e^t) = t/2 + log 2 + log cosh(t/2) loses too much; so to the right x - log s and to the
 * left -log(1 - s), each with the sigmoid s = 1 / (1 + e^-t) or its complement: log1p of minus it.
 * The slope is 1 / (1 + e^-t), where an overflow gives 0 and is right. */
static void through_sigmoid(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real t = p.rules.beta * p.v.x[i], s = 1 / (1 + real_exp(real_abs(t)));
        if (linear(&p, t))
            continue;
        real tail = -real_log1p(-s) / p.rules.beta;
        p.v.y[i] = t < 0 ? tail : p.v.x[i] + tail;
        p.v.dx[i] = p.v.dy[i] / (1 + real_exp(-t));
    }
}

static void plain(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real t = p.rules.beta * p.v.x[i];
        if (!linear(&p, t))
            p.v.y[i] = real_log(1 + real_exp(t)) / p.rules.beta;
    }
}

static void log_without_log1p(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real t = p.rules.beta * p.v.x[i], right = t > 0 ? t : 0;
        if (!linear(&p, t))
            p.v.y[i] = (right + real_log(1 + real_exp(-real_abs(t)))) / p.rules.beta;
    }
}

static void log1p_without_branch(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real t = p.rules.beta * p.v.x[i];
        if (!linear(&p, t))
            p.v.y[i] = real_log1p(real_exp(t)) / p.rules.beta;
    }
}

static void not_divided_by_beta(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        if (!linear(&p, p.rules.beta * p.v.x[i]))
            p.v.y[i] = p.v.y[i] * p.rules.beta;
    }
}

static void slope_with_beta(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = p.v.dx[i] * p.rules.beta;
}

static void threshold_of_x(struct call *call)
{
    struct plus p = read(call);
    struct softplus_rules smooth = {.beta = p.rules.beta};
    softplus_forward(p.v.y, p.v.x, p.v.n, &smooth);
    softplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.n, &smooth);
    for (size_t i = 0; i < p.v.n; i++) {
        if (linear(&p, p.v.x[i])) {
            p.v.y[i] = p.v.x[i];
            p.v.dx[i] = p.v.dy[i];
        }
    }
}

static void slope_smooth(struct call *call)
{
    struct plus p = read(call);
    struct softplus_rules smooth = {.beta = p.rules.beta};
    softplus_backward(p.v.dx, p.v.dy, p.v.x, p.v.n, &smooth);
}

static void relu(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        p.v.y[i] = p.v.x[i] > 0 ? p.v.x[i] : R(0.0);
        p.v.dx[i] = p.v.x[i] > 0 ? p.v.dy[i] : R(0.0);
    }
}

static void slope_of_output(struct call *call)
{
    struct plus p = read(call);
    softplus_backward(p.v.dx, p.v.dy, p.v.y, p.v.n, &p.rules);
}

static void slope_quotient(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++) {
        real t = p.rules.beta * p.v.x[i];
        if (!linear(&p, t))
            p.v.dx[i] = p.v.dy[i] * real_exp(t) / (1 + real_exp(t));
    }
}

static void upstream_ignored(struct call *call)
{
    struct plus p = read(call);
    for (size_t i = 0; i < p.v.n; i++)
        p.v.dx[i] = p.v.dx[i] / p.v.dy[i];
}

static const struct fork table[] = {
    {.info = {"through_sigmoid", FORK_TWIN, "",
              "-log1p of minus the smaller sigmoid, plus x to the right; slope 1 / (1 + e^-t).",
              NULL},
     .answer = through_sigmoid},
    {.info = {"plain", FORK_NUMERICAL, "13", "log(1 + e^x), which overflows and loses the tail.",
              NULL},
     .answer = plain},
    {.info = {"log_without_log1p", FORK_NUMERICAL, "13",
              "max(x, 0) + log(1 + e^-|x|) without log1p, which loses the tail to the left.", NULL},
     .answer = log_without_log1p},
    {.info = {"log1p_without_branch", FORK_NUMERICAL, "13", "log1p(e^x), which overflows.", NULL},
     .answer = log1p_without_branch},
    {.info = {"beta_ignored", FORK_BUG, "", "beta is 1, whatever is asked for.", NULL},
     .number = {"beta", 1}},
    {.info = {"not_divided_by_beta", FORK_BUG, "", "The logarithm is not divided by beta.", NULL},
     .answer = not_divided_by_beta},
    {.info = {"slope_with_beta", FORK_BUG, "", "The slope is multiplied by beta.", NULL},
     .answer = slope_with_beta},
    {.info = {"tail_smooth", FORK_CONVENTION, "13", "No threshold: smooth everywhere.", NULL},
     .instead = {"tail", "smooth"}},
    {.info =
         {"tail_linear", FORK_CONVENTION, "13", "Linear beyond a threshold, 20 if none is stated.",
          "at 20 the jump is 2e-9 of 20, below half a unit of binary32, and e^-20 is below half "
          "a unit of 1"},
     .instead = {"tail", "linear"}},
    {.info = {"threshold_of_x", FORK_BUG, "13", "The threshold is compared with x, not beta x.",
              NULL},
     .answer = threshold_of_x},
    {.info = {"slope_smooth", FORK_BUG, "13",
              "The forward pass is linear beyond the threshold, the backward pass is not.", NULL},
     .answer = slope_smooth},
    {.info = {"relu", FORK_CONVENTION, "", "The ReLU takes its place.", NULL}, .answer = relu},
    {.info = {"slope_of_output", FORK_BUG, "", "The slope is taken at the output.", NULL},
     .answer = slope_of_output},
    {.info = {"slope_quotient", FORK_NUMERICAL, "14",
              "The slope is e^x / (1 + e^x), infinity over infinity for large x.", NULL},
     .answer = slope_quotient},
    {.info = {"upstream_ignored", FORK_BUG, "",
              "The gradient is the slope itself, not multiplied by the upstream gradient.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list softplus_forks = {sizeof table / sizeof *table, table};
