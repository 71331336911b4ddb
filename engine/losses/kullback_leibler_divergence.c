// SPDX-License-Identifier: MIT
/* Kullback-Leibler divergence; definition in reference/losses/kullback_leibler_divergence.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct divergence_settings {
    const scalar *target;
    bool input_probabilities, target_logarithms, clip;
    scalar epsilon;
};

static scalar into_range(const struct divergence_settings *settings, scalar x)
{
    if (settings->clip && x - settings->epsilon < 0)
        return settings->epsilon;
    return settings->clip && 1 - x < 0 ? 1 : x;
}

/* p and log p, from the target. */
static void read_target(const struct loss_view *view, scalar *p, scalar *log_p)
{
    const struct divergence_settings *settings = view->settings;
    const scalar *t = settings->target;
    const size_t n = view->rows * view->columns;
    if (settings->target_logarithms) {
        view->team->kernels->exponential(n, p, t);
        for (size_t i = 0; i < n; i++)
            log_p[i] = t[i];
        return;
    }
    for (size_t i = 0; i < n; i++)
        p[i] = into_range(settings, t[i]);
    view->team->kernels->logarithm(n, log_p, p);
}

/* Spare: p, log p, q, log q. */
static void evaluate(const struct loss_view *view)
{
    const struct divergence_settings *settings = view->settings;
    const scalar *y = view->input[0], *log_q = y;
    const size_t n = view->rows * view->columns;
    scalar *p = view->spare, *log_p = p + n, *q = log_p + n, *own = q + n;
    read_target(view, p, log_p);
    if (settings->input_probabilities) {
        for (size_t i = 0; i < n; i++)
            q[i] = into_range(settings, y[i]);
        view->team->kernels->logarithm(n, own, q);
        log_q = own;
    }
    for (size_t i = 0; i < n; i++) {
        const bool nothing = !settings->target_logarithms && p[i] == 0; /* log p is -infinity */
        view->value[i] = nothing ? 0 : p[i] * (log_p[i] - log_q[i]);
        view->slope[0][i] = settings->input_probabilities ? -(p[i] / q[i]) : -p[i];
        if (settings->input_probabilities && (q[i] < y[i] || q[i] > y[i]))
            view->slope[0][i] = 0;
    }
}

/* All ranks look at all samples, so they find the same. */
static void check(struct question *q, const struct divergence_settings *settings)
{
    const scalar *y = question_input(q, "y", "NK"), *t = question_input(q, "t", "NK");
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++) {
        if (!settings->target_logarithms && !(into_range(settings, t[i]) >= 0))
            question_refuse(q, "element %zu of 't' is %g; give probabilities", i, (double)t[i]);
        if (settings->input_probabilities && !(into_range(settings, y[i]) > 0))
            question_refuse(q, "element %zu of 'y' is %g; give probabilities above 0", i,
                            (double)y[i]);
    }
}

void kullback_leibler_divergence_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .spare = 4, .input = {"y"}, .gradient = {"dy"}};
    static const char *const inputs[] = {"logarithms", "probabilities", NULL};
    static const char *const targets[] = {"probabilities", "logarithms", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct divergence_settings settings = {
        .target = question_input(q, "t", "[N]K"),
        .input_probabilities = question_choice(q, "input", inputs) == 1,
        .target_logarithms = question_choice(q, "target", targets) == 1,
        .clip = question_choice(q, "clip", no_yes) == 1,
        .epsilon = question_number_or(q, "epsilon", (scalar)1e-7)};
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    check(q, &settings);
    loss_run(q, &form, &settings);
}
