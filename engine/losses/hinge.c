// SPDX-License-Identifier: MIT
/* Hinge loss; definition in reference/losses/hinge.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct hinge_settings {
    const int *label;
    bool zero_one, squared;
    scalar margin;
};

static void evaluate(const struct loss_view *view)
{
    const struct hinge_settings *settings = view->settings;
    const scalar *y = view->input[0];
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const bool positive = settings->label[i] > 0;
        const scalar sign = positive ? 1 : -1;
        const scalar short_of = settings->margin - sign * y[i];
        const scalar loss = short_of > 0 ? short_of : 0;
        view->value[i] = settings->squared ? loss * loss : loss;
        view->slope[0][i] = 0;
        if (short_of > 0)
            view->slope[0][i] = settings->squared ? -(2 * sign * loss) : -sign;
    }
}

void hinge_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}};
    static const char *const labels[] = {"signs", "zero_one", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct hinge_settings settings = {.zero_one = question_choice(q, "labels", labels) == 1,
                                      .squared = question_choice(q, "squared", no_yes) == 1,
                                      .margin = question_number_or(q, "margin", 1)};
    const int low = settings.zero_one ? 0 : -1;
    const int *all = question_integers(q, "t", "NK", low, 1); /* the same on every rank */
    for (size_t i = 0; i < question_size(q, 'N') * question_size(q, 'K'); i++)
        if (all[i] == 0 && !settings.zero_one)
            question_refuse(q, "element %zu of 't' is 0; give -1 or 1, or state labels zero_one",
                            i);
    settings.label = question_integers(q, "t", "[N]K", low, 1);
    loss_run(q, &form, &settings);
}
