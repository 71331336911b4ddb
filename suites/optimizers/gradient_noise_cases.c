// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum batches { SOME, ALL_PAIRS, ALL_SUBSETS, EPOCH };

static const struct row {
    struct case_head head;
    size_t N, P, K, B;
    double block;
    enum batches batches;
    const char *replacement, *divisor;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"drawn", "bounded", "OPT-23 REG-18",
      "Thirteen batches of 4 drawn with replacement: measured comes near predicted.", 0}, 9, 3, 13,
      4, 2, SOME, 0, 0, 0},
    {{"all_pairs", "bounded", "OPT-23 REG-18",
      "All 25 pairs of 5 samples: measured is predicted, half the variance of one.", 0}, 5, 3, 25,
      2, 4, ALL_PAIRS, 0, 0, 0},
    {{"all_pairs_exact", "exact", "OPT-23",
      "The same of 4 whole numbers: both sides to the last bit.", 0}, 4, 3, 16, 2, 4, ALL_PAIRS, 0,
      0, 1},
    {{"all_subsets", "bounded", "OPT-23 REG-18",
      "All 15 pairs of 6 different samples: less noise, by 4 / 5.", 0}, 6, 3, 15, 2, 4, ALL_SUBSETS,
      "no", 0, 0},
    {{"epoch", "bounded", "OPT-23 OPT-24", "Batches of 3 from one shuffled epoch of 12.", 0}, 12, 3,
      4, 3, 3, EPOCH, "no", 0, 0},
    {{"whole_batch", "bounded", "OPT-02 OPT-23",
      "One batch of everything, whole numbers, without replacement: no noise is left, not even of "
      "rounding.", 0}, 8, 3, 1, 8, 2, EPOCH, "no", 0, 1},
    {{"single_samples", "bounded", "OPT-03 OPT-23",
      "Batches of one: the noise is the variance itself.", 0}, 7, 3, 7, 1, 2, EPOCH, 0, 0, 0},
    {{"sample_divisor", "bounded", "OPT-23",
      "The variance over N - 1, which does not touch what is predicted.", 0}, 5, 3, 10, 2, 2,
      ALL_SUBSETS, "no", "sample", 0},
    {{"one_parameter", "bounded", "OPT-23", "A single parameter.", 0}, 8, 1, 6, 3, 2, SOME, 0, 0,
      0},
    {{"short_block", "bounded", "OPT-23 DST-02 DST-08",
      "35 samples and 21 batches in blocks of 8: both end with a short one.", 0}, 35, 2, 21, 5, 8,
      SOME, 0, 0, 0},
    /* clang-format on */
};

/* Element i of the batches, in all of these orders; SOME is drawn elsewhere. */
static int sample_of(const struct row *row, size_t i)
{
    size_t k = i / row->B, b = i % row->B, first = 0;
    if (row->batches == ALL_PAIRS)
        return (int)(b ? k % row->N : k / row->N);
    if (row->batches == EPOCH)
        return (int)(i * 5 % row->N); /* 5 has no divisor in common with 7, 8 and 12 */
    for (size_t left = k; left >= row->N - 1 - first; first++)
        left -= row->N - 1 - first;
    size_t before = first * (2 * row->N - first - 1) / 2;
    return (int)(b ? first + 1 + k - before : first);
}

void gradient_noise_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"sample_too_large", "all_pairs", ELEMENT_SET, "batches", 5, NULL, 3,
         "There is no sample of that number."},
        {"negative_sample", "all_pairs", ELEMENT_SET, "batches", -1, NULL, 3,
         "There is no sample of that number."},
        {"sample_twice", "all_subsets", ELEMENT_SET, "batches", 1, NULL, 0,
         "Batch 0 holds sample 1 twice, without replacement."},
        {"unknown_replacement", "drawn", CHOICE_SET, "replacement", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_divisor", "drawn", CHOICE_SET, "divisor", 0, "sideways", 0,
         "A convention that does not exist."},
        {"without_batches", "drawn", INPUT_GONE, "batches", 0, NULL, 0, "There are no batches."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        int sample[128];
        case_number(test, "block", row->block);
        if (row->replacement)
            case_choice(test, "replacement", row->replacement);
        if (row->divisor)
            case_choice(test, "divisor", row->divisor);
        if (row->whole)
            case_dyadic(test, "g", DIMS(row->N, row->P), -3, 4, 1);
        else
            case_normal(test, "g", DIMS(row->N, row->P), 0.75, 1);
        for (size_t k = 0; k < row->K * row->B; k++)
            sample[k] =
                row->batches == SOME ? (int)((k * k * 7 + 3 * k + 1) % row->N) : sample_of(row, k);
        case_integers(test, "batches", DIMS(row->K, row->B), sample);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
