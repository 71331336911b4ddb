// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_SIZES = 4, MOST_RATES = 7 };

/* N samples through layers of these sizes, S steps for each rate. What is 0 is not stated. */
static const struct row {
    struct case_head head;
    const char *activation, *loss;
    size_t N, S, block, size[MOST_SIZES], R;
    double rate[MOST_RATES], diverged, stalled;
    int dyadic;
} rows[] = {
    /* clang-format off */
    {{"five_decades", "trajectory", "FND-38 OPT-13",
      "Rates from 1e-4 to 8: too low, right and too high, 6 steps each.", 0},
     "tanh", NULL, 13, 6, 4, {3, 6, 3}, 5, {1e-4, 0.01, 0.125, 1, 8}, 0, 0, 0},
    {{"squares_explode", "trajectory", "FND-38 GRD-03",
      "Linear regression above the largest stable rate: the loss grows at every step.", 0},
     NULL, "mean_squared_error", 9, 6, 2, {4, 2}, 4, {0.0625, 1.5, 0.25, 3}, 0, 0, 0},
    {{"binary", "trajectory", "FND-38 FND-18", "One sigmoid; the best rate is not the last.", 0},
     "sigmoid", "binary_cross_entropy", 10, 8, 4, {3, 4, 1}, 5, {0.5, 4, 2, 0.125, 48}, 0, 0, 0},
    {{"relu", "trajectory", "FND-38", "ReLU, a few steps of three rates.", 0},
     "relu", NULL, 7, 4, 2, {4, 5, 3}, 3, {0.05, 0.4, 0.2}, 0, 0, 0},
    {{"limits_stated", "trajectory", "FND-38",
      "Own limits: half the loss counts as moved, sixteen times the loss as diverged.", 0},
     NULL, "mean_squared_error", 8, 3, 2, {3, 2}, 7, {0.02, 0.3, 1.4, 1.75, 2, 2.25, 2.5}, 16, 0.5,
      0},
    {{"one_rate", "trajectory", "FND-38", "A single rate and a single step.", 0},
     "tanh", NULL, 5, 1, 2, {2, 3, 2}, 1, {0.5}, 0, 0, 0},
    {{"many_blocks", "trajectory", "FND-38 DST-01",
      "25 samples in blocks of 2: a gradient of a rank's own samples would show.", 0},
     "tanh", NULL, 25, 3, 2, {3, 4, 3}, 3, {0.1, 0.6, 1.2}, 0, 0, 0},
    {{"falls_then_grows", "trajectory", "FND-38 GRD-03",
      "Rates that gain at first and lose it again: only the last step counts.", 0},
     NULL, "mean_squared_error", 9, 8, 2, {4, 2}, 6, {0.001, 1.75, 2, 2.25, 2.5, 3}, 0, 0, 0},
    {{"exact_step", "exact", "FND-38 DST-02",
      "One step of linear regression in whole numbers: nothing is rounded.", 0},
     NULL, "mean_squared_error", 16, 1, 4, {3, 2}, 4, {0, 0.125, 0.125, 2}, 1, 0.5, 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"rate_negative", "one_rate", ELEMENT_SET, "rate", -0.5, .why = "That would climb."},
    {"no_rate", "one_rate", INPUT_SHORTER, "rate", .why = "There is nothing to try."},
    {"rates_missing", "one_rate", INPUT_GONE, "rate", .why = "There is nothing to try."},
    {"no_step", "one_rate", NUMBER_SET, "steps", 0, .why = "Nothing would be trained."},
    {"steps_missing", "one_rate", NUMBER_GONE, "steps", .why = "There is no usual number."},
    {"limits_crossed", "limits_stated", NUMBER_SET, "stalled", 32,
     .why = "A loss would be stalled and diverged."},
    {"label_too_large", "one_rate", ELEMENT_SET, "labels", 2, .why = "There are two classes."},
    {"network_missing", "one_rate", INPUT_GONE, "w1", .why = "There is no network."},
};

static void fill(struct assay_case *test, const char *name, struct dims dims, double range,
                 int dyadic)
{
    if (dyadic)
        case_dyadic(test, name, dims, -2, 2, 1);
    else
        case_uniform(test, name, dims, -range, range);
}

static void fill_network(struct assay_case *test, const struct row *row)
{
    size_t l = 0;
    for (; l + 1 < MOST_SIZES && row->size[l + 1]; l++) {
        const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
        fill(test, w, DIMS(row->size[l], row->size[l + 1]), 0.75, row->dyadic);
        fill(test, b, DIMS(row->size[l + 1]), 0.375, row->dyadic);
    }
    size_t K = row->size[l];
    fill(test, "x", DIMS(row->N, row->size[0]), 1.25, row->dyadic);
    if (!row->loss)
        case_labels(test, "labels", row->N, (int)K);
    else if (row->loss[0] == 'b')
        case_dyadic(test, "targets", DIMS(row->N, K), 0, 1, 1);
    else
        fill(test, "targets", DIMS(row->N, K), 2, row->dyadic);
}

void learning_rate_sweep_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "steps", (double)row->S);
        if (row->diverged != 0)
            case_number(test, "diverged", row->diverged);
        if (row->stalled != 0)
            case_number(test, "stalled", row->stalled);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        if (row->loss)
            case_choice(test, "loss", row->loss);
        fill_network(test, row);
        case_values(test, "rate", DIMS(row->R), row->rate);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
