// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST = 12 };

static const struct row {
    struct case_head head;
    size_t E;
    double loss[MOST], tolerance, patience, epochs;
    const char *compared, *threshold;
} rows[] = {
    /* clang-format off */
    {{"converges", "bounded", "OPT-29",
      "Falling losses: the fifth epoch moves by less than the tolerance.", 0},
     9, {4, 2, 1.25, 0.9, 0.87, 0.6, 0.59, 0.58, 0.2}, 0.05, 0, 0, 0, 0},
    {{"patience", "bounded", "OPT-29",
      "Three still epochs in a row are wanted: a single one is forgiven.", 0},
     11, {4, 2, 1.98, 1.25, 1.24, 1.23, 0.9, 0.89, 0.88, 0.87, 0.5}, 0.05, 3, 0, 0, 0},
    {{"never", "bounded", "OPT-29", "Nothing converges: the epochs are used up.", 0},
     6, {4, 3, 2, 1.5, 1, 0.7}, 0.05, 0, 0, 0, 0},
    {{"few_epochs", "bounded", "OPT-29",
      "It would converge later, but five epochs are all there are.", 0},
     9, {4, 3, 2, 1.5, 1, 0.7, 0.69, 0.68, 0.67}, 0.05, 0, 5, 0, 0},
    {{"rising", "bounded", "OPT-29", "Losses that grow move: stillness is of both signs.", 0},
     8, {1, 1.5, 2, 1.2, 1.8, 1.1, 1.12, 0.5}, 0.05, 0, 0, 0, 0},
    {{"best", "bounded", "OPT-29",
      "Compared with the best: losses that grow are still, and stop after two.", 0},
     8, {1, 0.5, 0.8, 0.3, 0.6, 0.35, 0.2, 0.1}, 0.05, 2, 0, "best", 0},
    {{"best_slow", "bounded", "OPT-29",
      "The best is the least before, not the last: a recovery is no gain.", 0},
     8, {1, 0.5, 0.9, 0.6, 0.49, 0.3, 0.28, 0.27}, 0.05, 4, 0, "best", 0},
    {{"relative", "bounded", "OPT-29",
      "A tenth of the loss before: large losses are still at steps that small ones take.", 0},
     8, {100, 80, 60, 56, 50, 30, 2, 1.5}, 0.1, 2, 0, 0, "relative"},
    {{"relative_small", "bounded", "OPT-29",
      "The same with losses far below 1, where an absolute tolerance would stop at once.", 0},
     7, {0.01, 0.008, 0.006, 0.004, 0.0039, 0.00388, 0.002}, 0.1, 2, 0, 0, "relative"},
    {{"relative_negative", "bounded", "OPT-29",
      "Losses below 0, as likelihoods have them: the magnitude counts.", 0},
     7, {-1, -3, -5, -5.2, -7, -7.1, -7.15}, 0.1, 2, 0, "best", "relative"},
    {{"no_tolerance", "exact", "OPT-29",
      "Tolerance 0: only a loss that does not move at all is still.", 0},
     6, {4, 3, 2.5, 2.25, 2.25, 1}, 0, 0, 0, 0, 0},
    {{"two_epochs", "exact", "OPT-29",
      "Two epochs, the second still: the run ends where it would have ended anyway, converged.", 0},
     2, {4, 3.75}, 0.5, 0, 0, 0, 0},
    /* clang-format on */
};

void convergence_stop_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"negative_tolerance", "converges", NUMBER_SET, "tolerance", -0.05, NULL, 0,
         "No gain is below it."},
        {"without_tolerance", "converges", NUMBER_GONE, "tolerance", 0, NULL, 0,
         "A number without a default is not stated."},
        {"no_patience", "patience", NUMBER_SET, "patience", 0, NULL, 0,
         "It would stop before it began."},
        {"more_epochs_than_losses", "few_epochs", NUMBER_SET, "epochs", 10, NULL, 0,
         "Epochs of which nothing is known."},
        {"unknown_compared", "best", CHOICE_SET, "compared", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_threshold", "relative", CHOICE_SET, "threshold", 0, "sideways", 0,
         "A convention that does not exist."},
        {"without_loss", "converges", INPUT_GONE, "loss", 0, NULL, 0, "There are no losses."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "tolerance", row->tolerance);
        if (row->patience != 0)
            case_number(test, "patience", row->patience);
        if (row->epochs != 0)
            case_number(test, "epochs", row->epochs);
        if (row->compared)
            case_choice(test, "compared", row->compared);
        if (row->threshold)
            case_choice(test, "threshold", row->threshold);
        case_values(test, "loss", DIMS(row->E), row->loss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
