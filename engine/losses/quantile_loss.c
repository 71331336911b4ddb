// SPDX-License-Identifier: MIT
/* Quantile loss; definition in reference/losses/quantile_loss.h.
 *
 * How it is distributed: the samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct quantile_settings {
    const scalar *target, *quantiles; /* (rows,K); (K) or NULL */
    scalar quantile;
    bool middle;
};

static void evaluate(const struct loss_view *view)
{
    const struct quantile_settings *settings = view->settings;
    const scalar *y = view->input[0], *quantiles = settings->quantiles;
    for (size_t i = 0; i < view->rows * view->columns; i++) {
        const scalar q = quantiles != NULL ? quantiles[i % view->columns] : settings->quantile;
        const scalar d = settings->target[i] - y[i];
        const scalar corner = settings->middle ? (scalar)0.5 - q : 0;
        view->value[i] = d < 0 ? (q - 1) * d : q * d;
        view->slope[0][i] = d > 0 ? -q : d < 0 ? 1 - q : corner;
    }
}

void quantile_loss_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .input = {"y"}, .gradient = {"dy"}};
    static const char *const slopes[] = {"zero", "middle", NULL};
    struct quantile_settings settings = {.target = question_input(q, "t", "[N]K"),
                                         .quantile = question_number_or(q, "quantile", (scalar)0.5),
                                         .middle = question_choice(q, "at_zero", slopes) == 1};
    if (!(settings.quantile >= 0 && settings.quantile <= 1))
        question_refuse(q, "its 'quantile' is %g; give 0 to 1", (double)settings.quantile);
    if (question_has(q, "quantiles"))
        settings.quantiles = question_input(q, "quantiles", "K");
    for (size_t k = 0; settings.quantiles != NULL && k < question_size(q, 'K'); k++)
        if (!(settings.quantiles[k] >= 0 && settings.quantiles[k] <= 1))
            question_refuse(q, "element %zu of 'quantiles' is %g; give 0 to 1", k,
                            (double)settings.quantiles[k]);
    loss_run(q, &form, &settings);
}
