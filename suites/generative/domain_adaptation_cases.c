// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated. Labels are class n % classes, or so. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, M, g[4], c[4], block;
        const char *activation, *average;
        double dloss;
    };
} rows[] = {
    {{"perceptrons", "bounded", "GAN-13",
      "A translator and a classifier with hidden layers, every default.", 0},
     {9, 7, {3, 4, 3}, {3, 4, 3}, 2, "tanh", NULL, 0}},
    {{"by_class", "bounded", "GAN-13", "The mean of the classes' shares, which differ in size.", 1},
     {11, 8, {2, 3, 2}, {2, 4, 3}, 3, "tanh", "classes", 0.75}},
    {{"class_missing", "bounded", "GAN-13",
      "Of five classes some do not occur and must not count as 0.", 2},
     {6, 7, {2, 2}, {2, 3, 5}, 4, "tanh", "classes", 0}},
    {{"by_sample_stated", "bounded", "GAN-13", "The default stated, with ReLUs.", 3},
     {7, 5, {2, 4, 2}, {2, 4, 3}, 2, "relu", "samples", 1}},
    {{"affine", "bounded", "GAN-13", "Linear maps of the plane, two classes.", 0},
     {8, 6, {2, 2}, {2, 2}, 4, NULL, NULL, 1.5}},
    {{"uneven_blocks", "bounded", "GAN-13 DST-02", "23 and 9 samples in blocks of 2.", 0},
     {23, 9, {2, 2}, {2, 3}, 2, NULL, "classes", 0}},
    {{"one_sample", "bounded", "GAN-13", "One sample in each domain.", 0},
     {1, 1, {2, 2}, {2, 3}, 4, NULL, NULL, 0}},
};

/* Winter is summer mirrored: the classifier is wrong about every sample until they are mirrored
 * back. */
static void add_mirrored(struct case_list *list, const char *name, const char *why, double mirror,
                         const int *labels)
{
    const struct case_head head = {name, "bounded", "GAN-13", why, 0};
    static const double x[] = {-2, 0.5, -1.5, -1, 1, 0.25, 2.5, 1, -3, 2, 1.25, -0.5};
    static const double from[] = {2, 0.5, 1, -1, -1.5, 0.25, -2, 1};
    static const double c[] = {1, -1, 0.125, -0.125};
    static const int known[] = {0, 0, 1, 0};
    const double g[] = {mirror, 0, 0, 1};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_values(test, "x", DIMS(6, 2), x);
    case_values(test, "x_source", DIMS(4, 2), from);
    case_integers(test, "labels", DIMS(6), labels);
    case_integers(test, "labels_source", DIMS(4), known);
    case_values(test, "gw1", DIMS(2, 2), g);
    case_constant(test, "gb1", DIMS(2), 0);
    case_values(test, "cw1", DIMS(2, 2), c);
    case_constant(test, "cb1", DIMS(2), 0);
}

static const struct refusal refusals[] = {
    {"label_beyond", "one_sample", ELEMENT_SET, "labels", 3, NULL, 0, "There are three classes."},
    {"source_label_below", "one_sample", ELEMENT_SET, "labels_source", -1, NULL, 0, "No class."},
    {"labels_shorter", "one_sample", INPUT_SHORTER, "labels", 0, NULL, 0,
     "A label for each sample."},
    {"unknown_average", "one_sample", CHOICE_SET, "average", 0, "median", 0, "Not known."},
    {"no_translator", "one_sample", INPUT_GONE, "gw1", 0, NULL, 0, "Nothing translates."},
    {"no_source", "one_sample", INPUT_GONE, "x_source", 0, NULL, 0, "Nothing says how good it is."},
};

void domain_adaptation_cases(struct case_list *list)
{
    static const int winter[] = {0, 0, 1, 1, 0, 1};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t L = 0;
        while (row->c[L + 1] != 0)
            L++;
        int classes = (int)row->c[L];
        case_number(test, "block", (double)row->block);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        if (row->average)
            case_choice(test, "average", row->average);
        if (row->dloss != 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
        case_normal(test, "x", DIMS(row->N, row->g[0]), 0.25, 1.5);
        case_normal(test, "x_source", DIMS(row->M, row->g[0]), -0.5, 1.5);
        case_labels(test, "labels", row->N, classes);
        case_labels(test, "labels_source", row->M, classes);
        case_network(test, "g", row->g, 0.4, 1.1, 0.5);
        case_network(test, "c", row->c, 0.4, 1.1, 0.5);
    }
    add_mirrored(list, "mirrored",
                 "Every sample is wrong before and right after: the gain is 1, source 3/4.", -1,
                 winter);
    add_mirrored(list, "not_mirrored", "An identity translates nothing: no gain, every class lost.",
                 1, winter);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
