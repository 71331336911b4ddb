// SPDX-License-Identifier: MIT
#include "generator_cases.h"

static const struct recipe rows[] = {
    {{"informative", "bounded", "DAT-15",
      "Two clusters of three informative features, mixed; nothing else.", 0},
     "block=4 z:7x3:uniform:-2:2 a:2x3x3:uniform:0:1 vertex:2:whole:1,6"},
    {{"two_clusters_each", "bounded", "DAT-15",
      "Four clusters of two classes in turn: opposite corners may share a class.", 0},
     "block=2 z:10x2:uniform:-2:2 a:4x2x2:uniform:0:1 vertex:4:whole:2,0,3,1"},
    {{"three_classes", "bounded", "DAT-15",
      "Three classes, six clusters; 11 samples leave a remainder.", 0},
     "block=2 classes=3 z:11x3:uniform:-2:2 a:6x3x3:uniform:0:1 vertex:6:whole:7,0,3,5,1,6"},
    {{"redundant", "bounded", "DAT-15",
      "Two features that are combinations of the three informative ones.", 0},
     "block=2 z:6x3:uniform:-2:2 a:2x3x3:uniform:0:1 vertex:2:whole:4,3 b:3x2:uniform:0:1"},
    {{"repeated", "bounded", "DAT-15",
      "Repeated features: of informative and of redundant ones, by rounding.", 0},
     "block=2 z:5x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:0,3 b:2x3:uniform:0:1 "
     "c:3:list:0.0625,0.9375,0.4375"},
    {{"useless", "bounded", "DAT-15", "Features without any information follow the others.", 0},
     "block=2 z:5x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:0,2 useless:5x3:uniform:-2:2"},
    {{"separation", "bounded", "DAT-15",
      "Corners at 2.5: they are not further apart than twice that.", 0},
     "block=2 separation=2.5 z:6x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,2"},
    {{"hypercube_stated", "bounded", "DAT-15", "The default corners stated.", 0},
     "block=2 hypercube=yes separation=0.5 z:6x2:uniform:-2:2 a:2x2x2:uniform:0:1 "
     "vertex:2:whole:3,2"},
    {{"polytope", "bounded", "DAT-15", "Corners stretched by cluster and by feature.", 0},
     "block=2 hypercube=no separation=2 z:6x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,3 "
     "stretch_cluster:2:uniform:0.125:1 stretch_feature:2:uniform:0.125:1"},
    {{"flip", "bounded", "DAT-15 DAT-25",
      "A quarter of the labels drawn again: some are the old ones.", 0},
     "block=2 flip_share=0.25 z:8x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,3 "
     "flip:8:list:0.125,0.5,0.875,0.0625,0.1875,0.75,0.3125,0.03125 label:8:whole:1,1,0,0,0,1,0,1"},
    {{"flip_share_unstated", "bounded", "DAT-15 DAT-25",
      "One label in a hundred: below 0.01 flips, 0.012 does not.", 0},
     "block=2 z:5x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,3 "
     "flip:5:list:0.012,0.008,0.5,0.1,0.9 label:5:whole:1,1,0,1,0"},
    {{"shift_and_scale_numbers", "bounded", "DAT-15",
      "One shift and one scale for all features: shifted first.", 0},
     "block=2 shift=0.75 scale=3 z:6x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,0 "
     "useless:6x1:uniform:-2:2"},
    {{"drawn_shift_and_scale", "bounded", "DAT-15",
      "Drawn: shifts within the separation, scales from 1 to 101.", 0},
     "block=2 separation=1.5 z:6x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,0 "
     "useless:6x1:uniform:-2:2 v:3:uniform:0:1 w:3:uniform:0:1"},
    {{"shuffled", "bounded", "DAT-15",
      "Rows and columns shuffled, shift and scale travel with their columns.", 0},
     "block=2 z:7x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,2 b:2x1:uniform:0:1 "
     "useless:7x1:uniform:-2:2 v:4:uniform:0:1 w:4:uniform:0:1 order:7:whole:4,0,6,2,1,5,3 "
     "feature_order:4:whole:2,3,1,0"},
    {{"weights", "bounded", "DAT-15 IMB-10",
      "80 and 15 percent of 13 samples in four clusters: parts are cut off, the rest goes round.",
      0},
     "block=2 z:13x2:uniform:-2:2 a:4x2x2:uniform:0:1 vertex:4:whole:0,1,2,3 "
     "percent:2:whole:80,15"},
    {{"exact", "exact", "DAT-15", "Dyadic draws: nothing is rounded in any order.", 0},
     "block=2 separation=2 z:4x2:dyadic:-2:2:0.5 a:2x2x2:dyadic:0:1:0.25 vertex:2:whole:1,2 "
     "b:2x1:dyadic:0:1:0.5"},
    {{"many_blocks", "bounded", "DAT-15 DST-08", "19 samples in blocks of 2.", 0},
     "block=2 z:19x2:uniform:-2:2 a:2x2x2:uniform:0:1 vertex:2:whole:1,2 "
     "order:19:whole:4,0,18,6,2,17,1,5,16,3,15,7,14,8,13,9,12,10,11"},
};

static const struct refusal refusals[] = {
    {"vertex_twice", "exact", ELEMENT_SET, "vertex", 2, .why = "Two clusters on one corner."},
    {"vertex_beyond", "exact", ELEMENT_SET, "vertex", 4, .why = "A square has four corners."},
    {"classes_do_not_divide", "three_classes", NUMBER_SET, "classes", 4,
     .why = "Six clusters of four classes."},
    {"separation_zero", "exact", NUMBER_SET, "separation", 0, .why = "All corners coincide."},
    {"flip_share_beyond", "flip", NUMBER_SET, "flip_share", 1.5, .why = "No share is above 1."},
    {"flip_share_negative", "flip", NUMBER_SET, "flip_share", -0.25, .why = "Nor below 0."},
    {"percent_beyond", "weights", ELEMENT_SET, "percent", 90, .why = "90 and 15 are above 100."},
    {"labels_missing", "flip", INPUT_GONE, "label", .why = "What flipped labels become."},
    {"label_beyond", "flip", ELEMENT_SET, "label", 2, .why = "There are two classes."},
    {"repeats_beyond", "repeated", ELEMENT_SET, "c", 1.5, .why = "There is no such feature."},
    {"columns_repeat", "shuffled", ELEMENT_SET, "feature_order", 3, .why = "3 twice."},
    {"hypercube_unknown", "hypercube_stated", CHOICE_SET, "hypercube", 0, "maybe",
     .why = "No such convention."},
};

enum { N = 9, I = 10, K = 4, R = 2, U = 8, D = I + R + U };

/* The draws of scikit-learn for 9 samples of the document's problem. */
static void fill_document(struct assay_case *test)
{
    struct legacy_random random;
    int vertex[K], label[N] = {0};
    double flip[N];
    size_t chosen = 0;
    legacy_seed(&random, 42);
    while (chosen < K) { /* few of 2^10: drawn until they differ */
        size_t j = 0;
        vertex[chosen] = (int)legacy_integer(&random, (1 << I) - 1);
        while (vertex[j] != vertex[chosen])
            j++;
        chosen += j == chosen;
    }
    case_integers(test, "vertex", DIMS(K), vertex);
    legacy_input(test, &random, "z", 1, DIMS(N, I));
    legacy_input(test, &random, "a", 0, DIMS(K, I, I));
    legacy_input(test, &random, "b", 0, DIMS(I, R));
    legacy_input(test, &random, "useless", 1, DIMS(N, U));
    legacy_uniforms(&random, flip, N);
    for (size_t n = 0; n < N; n++) { /* new labels are drawn for those that flip alone */
        if (flip[n] < 0.01)
            label[n] = (int)legacy_integer(&random, 1);
    }
    case_values(test, "flip", DIMS(N), flip);
    case_integers(test, "label", DIMS(N), label);
    legacy_order(test, &random, "order", N);
    legacy_order(test, &random, "feature_order", D);
}

void make_classification_cases(struct case_list *list)
{
    static const struct case_head document = {
        "document", "bounded", "DAT-15",
        "The document's problem, 20 features of which 10 informative, seed 42, cut to 9 samples: "
        "its very draws.",
        0};
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    fill_document(case_add(list, &document));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
