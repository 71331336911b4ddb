// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { WORKERS = 9 };

static const struct row {
    struct case_head head;
    size_t W;
    int size[WORKERS], classes;
    double ddof;
    const char *order;
    double low, high; /* of x; 0: signed */
    int whole;
} rows[] = {
    /* clang-format off */
    {{"one_worker", "bounded", "DST-14", "One worker: the ordinary statistics.", 0},
     1, {9}, 3, 0, NULL, 0, 0, 0},
    {{"even", "bounded", "DST-14", "Four equal shards.", 0},
     4, {3, 3, 3, 3}, 3, 0, NULL, 0, 0, 0},
    {{"uneven", "bounded", "DST-14 DST-02",
      "Shards of 6, 1, 3 and 2: neither means nor variances are means of local ones.", 0},
     4, {6, 1, 3, 2}, 3, 0, NULL, 0, 0, 0},
    {{"uneven_tree", "bounded", "DST-14 DST-02", "The same merged in pairs of pairs.", 0},
     5, {6, 1, 3, 2, 4}, 3, 0, "tree", 0, 0, 0},
    {{"bessel", "bounded", "DST-14", "The variance divided by one less, once, after the merging.",
      0}, 3, {4, 2, 5}, 3, 1, NULL, 0, 0, 0},
    {{"bessel_tree", "bounded", "DST-14", "The same in pairs.", 0},
     3, {4, 2, 5}, 2, 1, "tree", 0, 0, 0},
    {{"without_samples", "bounded", "DST-14",
      "The first and the third worker have seen nothing.", 0},
     5, {0, 4, 0, 2, 3}, 3, 0, NULL, 0, 0, 0},
    {{"without_samples_tree", "bounded", "DST-14", "The same in pairs, one of them empty.", 0},
     6, {4, 2, 0, 0, 3, 0}, 3, 0, "tree", 0, 0, 0},
    {{"far_from_zero", "bounded", "DST-14",
      "Values near 1000: a variance from sums of squares would lose its digits.", 0},
     4, {6, 2, 3, 4}, 2, 0, NULL, 1000, 1002, 0},
    {{"far_apart", "bounded", "DST-14", "Values from 1 to 500 on one sample each.", 0},
     6, {1, 1, 1, 1, 1, 1}, 3, 1, NULL, 1, 500, 0},
    {{"exact", "exact", "DST-14",
      "Whole numbers on two workers of four samples: no rounding anywhere.", 0},
     2, {4, 4}, 4, 0, NULL, 0, 0, 1},
    {{"class_missing", "bounded", "DST-14",
      "Seven classes and few samples: classes that never occur have F1 0.", 0},
     3, {2, 1, 3}, 7, 0, NULL, 0, 0, 0},
    {{"many_workers", "bounded", "DST-14 DST-02", "Nine workers: a tree that is not full.", 0},
     9, {2, 1, 3, 1, 2, 4, 1, 2, 3}, 3, 0, "tree", 0, 0, 0},
    /* clang-format on */
};

/* Four samples with local means and variances that are whole, for no rounding. */
static const double whole[] = {-3, -1, 1, 3, 1, 3, 5, 7};
static const int whole_label[] = {0, 1, 2, 3, 0, 1, 2, 3};

void merged_metrics_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"sizes_too_large", "class_missing", ELEMENT_SET, "size", 3, NULL, 0,
         "More samples than there are."},
        {"size_negative", "class_missing", ELEMENT_SET, "size", -1, NULL, 0,
         "A negative number of samples."},
        {"ddof_of_all", "class_missing", NUMBER_SET, "ddof", 6, NULL, 0,
         "As much is subtracted as there are samples."},
        {"no_classes", "class_missing", NUMBER_SET, "classes", 0, NULL, 0, "There is no class."},
        {"label_too_large", "class_missing", ELEMENT_SET, "label", 7, NULL, 0,
         "A label that is no class."},
        {"prediction_negative", "class_missing", ELEMENT_SET, "prediction", -1, NULL, 0,
         "A prediction that is no class."},
        {"unknown_order", "class_missing", CHOICE_SET, "order", 0, "sideways", 0,
         "A convention that does not exist."},
        {"sizes_missing", "class_missing", INPUT_GONE, "size", 0, NULL, 0,
         "Nothing says who has what."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t N = 0;
        for (size_t k = 0; k < row->W; k++)
            N += (size_t)row->size[k];
        case_number(test, "classes", row->classes);
        if (row->ddof > 0)
            case_number(test, "ddof", row->ddof);
        if (row->order)
            case_choice(test, "order", row->order);
        case_integers(test, "size", DIMS(row->W), row->size);
        if (row->whole)
            case_values(test, "x", DIMS(N), whole);
        else if (row->high > 0)
            case_uniform(test, "x", DIMS(N), row->low, row->high);
        else
            case_signed(test, "x", DIMS(N), 0.25, 4);
        if (row->whole)
            case_integers(test, "label", DIMS(N), whole_label);
        else
            case_labels(test, "label", N, row->classes);
        if (row->whole)
            case_integers(test, "prediction", DIMS(N), whole_label);
        else
            case_labels(test, "prediction", N, row->classes);
        double *label = case_input(test, "label"), *prediction = case_input(test, "prediction");
        for (size_t n = 0; n < N; n += 2)
            prediction[n] = label[n]; /* every other one is right */
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
