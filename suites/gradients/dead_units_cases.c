// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Every `dead_every`-th unit, from the first, is dead; every `weak_every`-th fires on one sample.
 * Of the others a third of the values is 0, or small where there is a threshold. */
static const struct row {
    struct case_head head;
    size_t N, C, block, dead_every, weak_every;
    double threshold;
    int signs; /* activations of both signs */
} rows[] = {
    /* clang-format off */
    {{"relu", "bounded", "ACT-10", "A layer of ReLUs in which every third unit is dead.", 0},
     7, 11, 2, 3, 4, 0, 0},
    {{"one_firing", "bounded", "ACT-10",
      "Units that fire on one sample of 13, in another block for each: they are alive.", 0},
     13, 9, 2, 4, 2, 0, 0},
    {{"all_dead", "bounded", "ACT-10", "A bias of -10: the whole layer is dead.", 0},
     5, 6, 2, 1, 7, 0, 0},
    {{"signs", "bounded", "ACT-10 GRD-15",
      "Negative activations count as active: leaky units and tanh.", 0},
     9, 7, 2, 3, 5, 0, 1},
    {{"threshold", "bounded", "ACT-10", "Smooth units are never 0: dead is below a threshold.", 0},
     11, 10, 4, 3, 4, 0.05, 1},
    {{"one_sample", "bounded", "ACT-10", "A batch of one: silent is dead.", 0},
     1, 7, 4, 3, 2, 0, 0},
    {{"one_unit", "bounded", "ACT-10", "One unit, and it is dead.", 0}, 5, 1, 2, 1, 7, 0, 0},
    {{"many_blocks", "bounded", "ACT-10 DST-08", "67 samples in blocks of 4, the last short.", 0},
     67, 7, 4, 3, 2, 0, 0},
    /* clang-format on */
};

static double value_of(const struct row *row, size_t n, size_t c, double random)
{
    double small = row->threshold * 0.125 * (random > 0 ? 1 : -1);
    if (c % row->dead_every == 0)
        return small;
    if (c % row->weak_every == 1)
        return n == (5 * c + 2) % row->N ? random : small;
    return (n + c) % 3 == 0 && row->N > 1 ? small : random;
}

static const struct refusal refusals[] = {
    {"negative_threshold", "threshold", NUMBER_SET, "threshold", -0.5, "", 0,
     "Every unit would be active."},
    {"no_activity", "relu", INPUT_GONE, "a", 0, "", 0, "There is nothing to count."},
};

void dead_units_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->threshold > 0)
            case_number(test, "threshold", row->threshold);
        case_signed(test, "a", DIMS(row->N, row->C), 0.5, 2);
        double *a = case_input(test, "a");
        for (size_t k = 0; k < row->N * row->C; k++) {
            double random = row->signs || a[k] > 0 ? a[k] : -a[k];
            a[k] = (float)value_of(row, k / row->C, k % row->C, random);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
