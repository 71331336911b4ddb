// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_SIZES = 7 };

/* N samples through layers of these sizes; weights and biases within `range`. 0: not stated. */
static const struct row {
    struct case_head head;
    const char *activation, *loss, *of;
    size_t N, S, block, size[MOST_SIZES];
    double range, rate, exploded, vanished;
} rows[] = {
    /* clang-format off */
    {{"tanh", "trajectory", "FND-37",
      "Three layers, five steps: what a log of a healthy net shows.", 0},
     "tanh", NULL, NULL, 9, 5, 4, {3, 5, 4, 3}, 0.75, 0.5, 0, 0},
    {{"vanishing", "trajectory", "FND-37 GRD-01",
      "Six layers of sigmoids under small weights: the first layers are flagged at every step.", 0},
     "sigmoid", NULL, NULL, 5, 3, 2, {3, 4, 4, 4, 4, 4, 2}, 0.5, 0.5, 0, 0.0009765625},
    {{"exploding", "trajectory", "FND-37 GRD-03",
      "Linear regression above its largest stable rate: norms cross the limit on their way.", 0},
     NULL, "mean_squared_error", NULL, 7, 6, 2, {4, 2}, 1, 2.5, 8, 0},
    {{"with_biases", "trajectory", "FND-37", "The biases of a layer belong to its norm.", 0},
     "relu", NULL, "layer", 6, 3, 2, {3, 5, 3}, 1, 0.25, 0, 0},
    {{"binary", "trajectory", "FND-37", "One sigmoid behind two layers; weights alone are stated.",
      0},
     "tanh", "binary_cross_entropy", "weights", 8, 4, 4, {3, 4, 1}, 1, 1, 0, 0},
    {{"many_blocks", "trajectory", "FND-37 DST-01",
      "21 samples in blocks of 2: norms of a rank's own gradient would show.", 0},
     "tanh", NULL, NULL, 21, 3, 2, {2, 4, 3}, 1, 0.75, 0.25, 0.125},
    {{"single", "trajectory", "FND-37", "One sample, one layer, one step.", 0},
     NULL, "mean_squared_error", NULL, 1, 1, 2, {2, 2}, 1, 0.5, 0, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"rate_negative", "single", NUMBER_SET, "rate", -0.5, .why = "That would climb."},
    {"rate_missing", "single", NUMBER_GONE, "rate", .why = "There is no usual rate."},
    {"no_step", "single", NUMBER_SET, "steps", 0, .why = "There is nothing to log."},
    {"limits_crossed", "single", NUMBER_SET, "vanished", 2000,
     .why = "A norm would be too small and too large."},
    {"unknown_of", "single", CHOICE_SET, "of", .choice = "biases", .why = "There is no such norm."},
    {"no_layer", "single", INPUT_GONE, "w1", .why = "There is no network."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t l = 0;
    for (; l + 1 < MOST_SIZES && row->size[l + 1]; l++) {
        const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
        case_uniform(test, w, DIMS(row->size[l], row->size[l + 1]), -row->range, row->range);
        case_uniform(test, b, DIMS(row->size[l + 1]), -0.375, 0.375);
    }
    size_t K = row->size[l];
    case_uniform(test, "x", DIMS(row->N, row->size[0]), -1.5, 1.5);
    if (!row->loss)
        case_labels(test, "labels", row->N, (int)K);
    else if (row->loss[0] == 'b')
        case_dyadic(test, "targets", DIMS(row->N, K), 0, 1, 1);
    else
        case_uniform(test, "targets", DIMS(row->N, K), -2, 2);
}

void gradient_monitor_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "steps", (double)row->S);
        case_number(test, "rate", row->rate);
        if (row->exploded > 0)
            case_number(test, "exploded", row->exploded);
        if (row->vanished > 0)
            case_number(test, "vanished", row->vanished);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        if (row->loss)
            case_choice(test, "loss", row->loss);
        if (row->of)
            case_choice(test, "of", row->of);
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
