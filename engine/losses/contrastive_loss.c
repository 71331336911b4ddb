// SPDX-License-Identifier: MIT
/* Contrastive loss; definition in reference/losses/contrastive_loss.h.
 *
 * How it is distributed: The samples are sharded, and a sample belongs to one rank; loss.h says
 * what crosses the network and in which order it is added.
 */
#include "distance.h"

struct contrastive_settings {
    struct distance_settings distance;
    const int *label;
    int similar; /* the label of similar pairs */
    bool first_power;
    scalar f, margin;
};

/* What stands before u in the slope, and the loss of one pair. */
static scalar pair(const struct contrastive_settings *settings, int label, scalar s, scalar *loss)
{
    const scalar f = settings->f, d = scalar_sqrt(s), gap = settings->margin - d;
    const bool once = settings->first_power;
    *loss = 0;
    if (label == settings->similar) {
        *loss = once ? f * d : f * s;
        if (once)
            return d > 0 ? f / d : 0;
        return 2 * f;
    }
    if (!(gap > 0))
        return 0;
    *loss = once ? f * gap : f * gap * gap;
    if (!(d > 0))
        return 0;
    return once ? -(f / d) : -(2 * f * gap / d);
}

/* Spare: u, then the squared distances. */
static void evaluate(const struct loss_view *view)
{
    const struct contrastive_settings *settings = view->settings;
    const size_t D = view->columns;
    scalar *u = view->spare, *s = u + view->rows * D;
    distance_rows(view, &settings->distance, view->input[0], view->input[1], u, s);
    for (size_t n = 0; n < view->rows; n++) {
        const scalar c = pair(settings, settings->label[n], s[n], &view->value[n]);
        for (size_t i = n * D; i < (n + 1) * D; i++) {
            view->slope[0][i] = c * u[i];
            view->slope[1][i] = -(c * u[i]);
        }
    }
}

void contrastive_loss_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]D",
                                          .per_sample = true,
                                          .spare = 2,
                                          .input = {"a", "b"},
                                          .gradient = {"da", "db"}};
    static const char *const similars[] = {"one", "zero", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const powers[] = {"two", "one", NULL};
    struct contrastive_settings settings = {
        .distance = distance_settings_read(q),
        .label = question_integers(q, "t", "[N]", 0, 1),
        .similar = question_choice(q, "similar", similars) == 1 ? 0 : 1,
        .first_power = question_choice(q, "power", powers) == 1,
        .f = question_choice(q, "half", no_yes) == 1 ? (scalar)0.5 : 1,
        .margin = question_number_or(q, "margin", 1)};
    if (!(settings.margin > 0))
        question_refuse(q, "its 'margin' is %g; give more than 0", (double)settings.margin);
    loss_run(q, &form, &settings);
}
