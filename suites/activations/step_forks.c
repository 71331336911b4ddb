// SPDX-License-Identifier: MIT
#include "../../reference/activations/step.h"
#include "elementwise_forks.h"

/* One call, already answered rightly; the forks below change one line of it. */
struct levels {
    struct values v;
    struct step_levels at;
};

static struct levels read(struct call *call)
{
    struct levels l = {.v = read_values(call), .at = step_levels_of(call)};
    step_forward(l.v.y, l.v.x, l.v.n, &l.at);
    return l;
}

/* low + (high - low) / 2 times how many of x >= threshold and x > threshold hold; at the threshold
 * the middle's share. */
static void counted(struct call *call)
{
    struct levels l = read(call);
    for (size_t i = 0; i < l.v.n; i++) {
        int reached = l.v.x[i] >= l.at.threshold, passed = l.v.x[i] > l.at.threshold;
        l.v.y[i] = l.at.low + (l.at.middle - l.at.low) * (real)reached +
                   (l.at.high - l.at.middle) * (real)passed;
    }
}

static void threshold_added(struct call *call)
{
    struct levels l = read(call);
    l.at.threshold = -l.at.threshold;
    step_forward(l.v.y, l.v.x, l.v.n, &l.at);
}

static void inverted(struct call *call)
{
    struct levels l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.y[i] = l.at.low + l.at.high - l.v.y[i];
}

static void with_tolerance(struct call *call)
{
    struct levels l = read(call);
    for (size_t i = 0; i < l.v.n; i++) {
        if (real_abs(l.v.x[i] - l.at.threshold) < R(1e-6))
            l.v.y[i] = l.at.middle;
    }
}

static void sigmoid(struct call *call)
{
    struct levels l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.y[i] = 1 / (1 + real_exp(l.at.threshold - l.v.x[i]));
}

static void relu(struct call *call)
{
    struct levels l = read(call);
    for (size_t i = 0; i < l.v.n; i++)
        l.v.y[i] = l.v.x[i] > l.at.threshold ? l.v.x[i] : R(0.0);
}

static const struct fork table[] = {
    {.info = {"counted", FORK_TWIN, "", "Counts how many of x >= threshold and x > threshold hold.",
              NULL},
     .answer = counted},
    {.info = {"at_threshold_high", FORK_CONVENTION, "", "x >= threshold gives 1.", NULL},
     .instead = {"at_threshold", "high"}},
    {.info = {"at_threshold_low", FORK_CONVENTION, "", "x > threshold gives 1.", NULL},
     .instead = {"at_threshold", "low"}},
    {.info = {"at_threshold_mean", FORK_CONVENTION, "", "Half-way at the threshold.", NULL},
     .instead = {"at_threshold", "mean"}},
    {.info = {"binary", FORK_CONVENTION, "", "0 and 1 where -1 and 1 are asked for.", NULL},
     .instead = {"output", "binary"}},
    {.info = {"bipolar", FORK_CONVENTION, "", "-1 and 1 where 0 and 1 are asked for.", NULL},
     .instead = {"output", "bipolar"}},
    {.info = {"threshold_ignored", FORK_BUG, "", "The threshold is 0.", NULL},
     .number = {"threshold", 0}},
    {.info = {"threshold_added", FORK_BUG, "", "The threshold is taken for a bias: x + threshold.",
              NULL},
     .answer = threshold_added},
    {.info = {"inverted", FORK_BUG, "", "High and low have changed places.", NULL},
     .answer = inverted},
    {.info = {"with_tolerance", FORK_BUG, "161", "Whatever is within 1e-6 counts as equal.", NULL},
     .answer = with_tolerance},
    {.info = {"sigmoid", FORK_CONVENTION, "", "A sigmoid takes its place.", NULL},
     .answer = sigmoid},
    {.info = {"relu", FORK_BUG, "", "What passes the threshold keeps its size.", NULL},
     .answer = relu},
};

const struct fork_list step_forks = {sizeof table / sizeof *table, table};
