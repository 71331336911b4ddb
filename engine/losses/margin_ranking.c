// SPDX-License-Identifier: MIT
/* Margin ranking loss; definition in reference/losses/margin_ranking.h.
 *
 * How it is distributed: the samples are sharded, and pairs are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct ranking_settings {
    const int *label;
    scalar margin, at_zero, factor;
    bool squared;
};

static void evaluate(const struct loss_view *view)
{
    const struct ranking_settings *settings = view->settings;
    const scalar *a = view->input[0], *b = view->input[1], f = settings->factor;
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar sign = settings->label[i] > 0 ? 1 : -1, d = a[i] - b[i];
        const scalar h = settings->margin - sign * d, short_of = h > 0 ? h : 0;
        const scalar step = h > 0 ? 1 : h < 0 ? 0 : settings->at_zero;
        view->value[i] = (settings->squared ? short_of * short_of : short_of) * f;
        view->slope[0][i] = -(sign * (settings->squared ? 2 * short_of : step)) * f;
        view->slope[1][i] = -view->slope[0][i];
    }
}

void margin_ranking_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .input = {"a", "b"}, .gradient = {"da", "db"}};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct ranking_settings settings = {
        .margin = question_number_or(q, "margin", 0),
        .at_zero = question_number_or(q, "slope_at_zero", 0),
        .factor = question_choice(q, "half", no_yes) == 1 ? (scalar)0.5 : 1,
        .squared = question_choice(q, "power", powers) == 1};
    if (!(settings.margin >= 0))
        question_refuse(q, "its 'margin' is %g; give at least 0", (double)settings.margin);
    if (!(settings.at_zero >= 0 && settings.at_zero <= 1))
        question_refuse(q, "its 'slope_at_zero' is %g; give 0 to 1", (double)settings.at_zero);
    const int *all = question_integers(q, "t", "NK", -1, 1); /* the same on every rank */
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (all[i] == 0)
            question_refuse(q, "element %zu of 't' is 0; give -1 or 1", i);
    settings.label = question_integers(q, "t", "[N]K", -1, 1);
    loss_run(q, &form, &settings);
}
