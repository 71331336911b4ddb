// SPDX-License-Identifier: MIT
/* Triplet loss; definition in reference/losses/triplet_loss.h.
 *
 * How it is distributed: The samples are sharded, and a sample belongs to one rank; loss.h says
 * what crosses the network and in which order it is added.
 */
#include "distance.h"

struct triplet_settings {
    struct distance_settings distance;
    bool euclidean, soft;
    scalar margin;
};

static scalar factor(const struct triplet_settings *settings, scalar g, scalar s)
{
    if (!settings->euclidean)
        return 2 * g;
    return s > 0 ? g / scalar_sqrt(s) : 0;
}

/* x (rows) becomes g, value the losses; e and l are spare. */
static void soften(const struct loss_view *view, scalar *x, scalar *e, scalar *l)
{
    for (size_t n = 0; n < view->rows; n++)
        e[n] = -scalar_absolute(x[n]);
    view->team->kernels->exponential(view->rows, e, e);
    view->team->kernels->logarithm_one_plus(view->rows, l, e);
    for (size_t n = 0; n < view->rows; n++) {
        view->value[n] = x[n] < 0 ? l[n] : x[n] + l[n];
        x[n] = (x[n] < 0 ? e[n] : 1) / (1 + e[n]);
    }
}

static void cut(const struct loss_view *view, scalar margin, scalar *x)
{
    for (size_t n = 0; n < view->rows; n++) {
        const scalar h = x[n] + margin;
        view->value[n] = h > 0 ? h : 0;
        x[n] = h > 0 ? 1 : 0;
    }
}

/* Spare: u, v, their sums of squares, x, and two more numbers a row. */
static void evaluate(const struct loss_view *view)
{
    const struct triplet_settings *settings = view->settings;
    const size_t rows = view->rows, D = view->columns;
    scalar *u = view->spare, *v = u + rows * D, *s = v + rows * D, *r = s + rows, *x = r + rows;
    distance_rows(view, &settings->distance, view->input[0], view->input[1], u, s);
    distance_rows(view, &settings->distance, view->input[0], view->input[2], v, r);
    for (size_t n = 0; n < rows; n++)
        x[n] = settings->euclidean ? scalar_sqrt(s[n]) - scalar_sqrt(r[n]) : s[n] - r[n];
    if (settings->soft)
        soften(view, x, x + rows, x + 2 * rows);
    else
        cut(view, settings->margin, x);
    for (size_t n = 0; n < rows; n++) {
        const scalar near = factor(settings, x[n], s[n]), far = factor(settings, x[n], r[n]);
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            const scalar to_positive = near * u[i], to_negative = far * v[i];
            view->slope[0][i] = to_positive - to_negative;
            view->slope[1][i] = -to_positive;
            view->slope[2][i] = to_negative;
        }
    }
}

void triplet_loss_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]D",
                                          .per_sample = true,
                                          .spare = 7, /* of which five are used by rows */
                                          .input = {"a", "p", "n"},
                                          .gradient = {"da", "dp", "dn"}};
    static const char *const distances[] = {"squared", "euclidean", NULL};
    static const char *const forms[] = {"margin", "soft", NULL};
    struct triplet_settings settings = {.distance = distance_settings_read(q),
                                        .euclidean = question_choice(q, "distance", distances) == 1,
                                        .soft = question_choice(q, "form", forms) == 1,
                                        .margin = question_number_or(q, "margin", (scalar)0.2)};
    if (!(settings.margin > 0))
        question_refuse(q, "its 'margin' is %g; give more than 0", (double)settings.margin);
    loss_run(q, &form, &settings);
}
