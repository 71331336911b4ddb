// SPDX-License-Identifier: MIT
/* Multi-class margin loss; definition in reference/losses/multi_margin.h.
 *
 * How it is distributed: the samples are sharded, and a sample's classes are never split; loss.h
 * says what crosses the network and in which order it is added.
 */
#include "loss.h"

struct margin_settings {
    const int *label;
    const scalar *class_weight; /* (C) or NULL */
    scalar margin, Z;
    bool largest, squared;
};

/* The class whose score alone counts, for largest. */
static size_t rival_of(const scalar *y, size_t label, size_t C)
{
    size_t best = C;
    for (size_t k = 0; k < C; k++)
        if (k != label && (best == C || y[k] > y[best]))
            best = k;
    return best;
}

static void evaluate(const struct loss_view *view)
{
    const struct margin_settings *settings = view->settings;
    const size_t C = view->columns;
    for (size_t n = 0; n < view->rows; n++) {
        const scalar *y = view->input[0] + n * C;
        const size_t label = (size_t)settings->label[n], rival = rival_of(y, label, C);
        const scalar c = settings->class_weight != NULL ? settings->class_weight[label] : 1;
        scalar *slope = view->slope[0] + n * C, sum = 0, slopes = 0;
        for (size_t k = 0; k < C; k++) {
            const scalar h = settings->margin - y[label] + y[k];
            const bool counts = k != label && h > 0 && (!settings->largest || k == rival);
            const scalar each = settings->squared ? 2 * h : 1;
            slope[k] = counts ? c * each / settings->Z : 0;
            slopes += counts ? each : 0;
            sum += counts ? (settings->squared ? h * h : h) : 0;
        }
        slope[label] = -(c * slopes / settings->Z);
        view->value[n] = c * sum / settings->Z;
    }
}

static const scalar *read_class_weight(struct question *q)
{
    const scalar *weight = question_input(q, "class_weight", "C");
    for (size_t k = 0; k < question_size(q, 'C'); k++)
        if (!(weight[k] >= 0))
            question_refuse(q, "element %zu of 'class_weight' is %g; give at least 0", k,
                            (double)weight[k]);
    return weight;
}

void multi_margin_run(struct question *q)
{
    static const struct loss_form form = {.evaluate = evaluate,
                                          .shape = "[N]C",
                                          .per_sample = true,
                                          .input = {"y"},
                                          .gradient = {"dy"}};
    static const char *const overs[] = {"sum", "largest", NULL};
    static const char *const divisors[] = {"classes", "none", "others", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    question_input(q, "y", "[N]C");
    const size_t C = question_size(q, 'C');
    if (C < 2)
        question_refuse(q, "its 'y' has %zu classes; give at least two", C);
    const scalar Z[] = {(scalar)C, 1, (scalar)(C - 1)};
    struct margin_settings settings = {.margin = question_number_or(q, "margin", 1),
                                       .Z = Z[question_choice(q, "divisor", divisors)],
                                       .largest = question_choice(q, "over", overs) == 1,
                                       .squared = question_choice(q, "power", powers) == 1};
    if (!(settings.margin > 0))
        question_refuse(q, "its 'margin' is %g; give more than 0", (double)settings.margin);
    settings.label = question_integers(q, "labels", "[N]", 0, (int)C - 1);
    if (question_has(q, "class_weight"))
        settings.class_weight = read_class_weight(q);
    loss_run(q, &form, &settings);
}
