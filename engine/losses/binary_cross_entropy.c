// SPDX-License-Identifier: MIT
/* Binary cross-entropy; definition in reference/losses/binary_cross_entropy.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

enum clip { NONE, LOGARITHM, PROBABILITY, SHIFT };

struct binary_settings {
    const scalar *target;     /* (rows, K) */
    const scalar *pos_weight; /* (K), or NULL */
    enum clip clip;
    scalar epsilon;
};

/* What stands before the positive term. */
static scalar positive(const struct binary_settings *settings, size_t i, size_t K)
{
    const scalar t = settings->target[i];
    return settings->pos_weight != NULL ? settings->pos_weight[i % K] * t : t;
}

/* Spare: e^-|z| and log1p of it. */
static void evaluate_logits(const struct loss_view *view)
{
    const struct binary_settings *settings = view->settings;
    const scalar *z = view->input[0];
    const size_t n = view->rows * view->columns;
    scalar *e = view->spare, *l = e + n;
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    view->team->kernels->exponential(n, e, e);
    view->team->kernels->logarithm_one_plus(n, l, e);
    for (size_t i = 0; i < n; i++) {
        const scalar pt = positive(settings, i, view->columns), rest = 1 - settings->target[i];
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        const scalar further = scalar_absolute(z[i]) + l[i];
        const bool below = z[i] < 0;
        view->value[i] = pt * (below ? further : l[i]) + rest * (below ? l[i] : further);
        view->slope[0][i] = rest * (below ? small : large) - pt * (below ? large : small);
    }
}

/* p and q of which the logarithms are taken, and whether the slope is cut off. */
static bool move_probability(const struct binary_settings *settings, scalar y, scalar *p, scalar *q)
{
    const scalar epsilon = settings->epsilon;
    scalar moved = y;
    if (settings->clip == PROBABILITY) {
        if (y - epsilon < 0)
            moved = epsilon;
        else if ((1 - epsilon) - y < 0)
            moved = 1 - epsilon;
    }
    *p = moved;
    *q = 1 - moved;
    if (settings->clip == SHIFT) {
        *p += epsilon;
        *q += epsilon;
    }
    return moved < y || moved > y;
}

static scalar clamp(scalar logarithm)
{
    return logarithm < -100 ? -100 : logarithm;
}

/* Spare: p, q and their logarithms. */
static void evaluate_probabilities(const struct loss_view *view)
{
    const struct binary_settings *settings = view->settings;
    const scalar *y = view->input[0], *t = settings->target;
    const size_t n = view->rows * view->columns;
    scalar *p = view->spare, *q = p + n, *log_p = q + n, *log_q = log_p + n;
    for (size_t i = 0; i < n; i++) {
        bool cut = move_probability(settings, y[i], &p[i], &q[i]);
        const scalar pt = positive(settings, i, view->columns);
        view->slope[0][i] = cut ? 0 : (1 - t[i]) / q[i] - pt / p[i];
    }
    view->team->kernels->logarithm(n, log_p, p);
    view->team->kernels->logarithm(n, log_q, q);
    for (size_t i = 0; i < n; i++) {
        scalar a = log_p[i], b = log_q[i];
        if (settings->clip == LOGARITHM) {
            const scalar product = q[i] * p[i], least = (scalar)1e-12;
            view->slope[0][i] = (y[i] - t[i]) / (product < least ? least : product);
            a = clamp(a);
            b = clamp(b);
        }
        view->value[i] = -(positive(settings, i, view->columns) * a + (1 - t[i]) * b);
    }
}

/* All ranks hold all of y, so they find the same. */
static void check_probabilities(struct question *q, enum clip clip)
{
    const scalar *y = question_input(q, "y", "NK");
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(y[i] >= 0 && y[i] <= 1) || (clip == NONE && !(y[i] > 0 && y[i] < 1)))
            question_refuse(q, "element %zu of 'y' is %g; give probabilities that clip allows", i,
                            (double)y[i]);
}

static void check_targets(struct question *q)
{
    const scalar *t = question_input(q, "t", "NK");
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (!(t[i] >= 0 && t[i] - 1 <= (scalar)1e-6))
            question_refuse(q, "element %zu of 't' is %g; give 0 to 1", i, (double)t[i]);
}

static const scalar *read_pos_weight(struct question *q)
{
    const scalar *weight = question_input(q, "pos_weight", "K");
    for (size_t k = 0; k < question_size(q, 'K'); k++)
        if (!(weight[k] >= 0))
            question_refuse(q, "element %zu of 'pos_weight' is %g; give at least 0", k,
                            (double)weight[k]);
    return weight;
}

void binary_cross_entropy_run(struct question *q)
{
    static const char *const names[] = {"logits", "probabilities", NULL};
    static const char *const clips[] = {"none", "logarithm", "probability", "shift", NULL};
    static const struct loss_form forms[] = {{.evaluate = evaluate_logits,
                                              .shape = "[N]K",
                                              .spare = 2,
                                              .input = {"z"},
                                              .gradient = {"dz"}},
                                             {.evaluate = evaluate_probabilities,
                                              .shape = "[N]K",
                                              .spare = 4,
                                              .input = {"y"},
                                              .gradient = {"dy"}}};
    const int form = question_choice(q, "form", names);
    struct binary_settings settings = {.target = question_input(q, "t", "[N]K"),
                                       .clip = (enum clip)question_choice(q, "clip", clips)};
    settings.epsilon =
        question_number_or(q, "epsilon", settings.clip == SHIFT ? (scalar)1e-12 : (scalar)1e-7);
    if (!(settings.epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)settings.epsilon);
    check_targets(q);
    if (question_has(q, "pos_weight"))
        settings.pos_weight = read_pos_weight(q);
    if (form == 1 && settings.clip == LOGARITHM && settings.pos_weight != NULL)
        question_refuse(q, "its 'clip' is logarithm, which knows no pos_weight; drop one");
    if (form == 1)
        check_probabilities(q, settings.clip);
    loss_run(q, &forms[form], &settings);
}
