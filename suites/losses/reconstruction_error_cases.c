// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N samples of K elements in [0, 1), and reconstructions that are off by up to `off`; every
 * `anomalous`th sample is an anomaly, off by ten times as much. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, K, block;
    const char *error, *over, *reduction;
    double off, dloss;
    size_t anomalous, perfect; /* every so manyth sample is 0, and its reconstruction too */
    int whole;                 /* whole numbers instead */
} rows[] = {
    /* clang-format off */
    {{"all_normal", "bounded", "LOS-10 AEN-11",
      "The mean squared error of each sample for itself, and their mean.", 0},
     .N = 7, .K = 5, .block = 2, .off = 0.5},
    {{"stated", "bounded", "LOS-10 AEN-11", "The defaults stated, with an upstream gradient.", 0},
     .N = 9, .K = 4, .block = 4, .error = "squared", .over = "mean", .reduction = "mean",
      .off = 0.5,
     .dloss = -1.5},
    {{"normals_only", "bounded", "LOS-17 LOS-10 AEN-13",
      "Every third sample is a known anomaly: it has an error, but neither loss nor gradient.", 0},
     .N = 11, .K = 4, .block = 2, .off = 0.25, .anomalous = 3},
    {{"normals_only_sum", "bounded", "LOS-17 AEN-13", "The same, summed.", 0},
     .N = 11, .K = 4, .block = 4, .reduction = "sum", .off = 0.25, .anomalous = 3, .dloss = 0.75},
    {{"mostly_anomalies", "bounded", "LOS-17",
      "Normals are one of two, so a mean over all samples is half of theirs.", 0},
     .N = 12, .K = 3, .block = 2, .off = 0.25, .anomalous = 2},
    {{"sum_over_elements", "bounded", "LOS-10", "The sum of squares of a sample, not their mean.",
      0},
     .N = 7, .K = 6, .block = 2, .over = "sum", .off = 0.5},
    {{"root", "bounded", "LOS-10 AEN-11", "The root of the mean square: the scale of the data.", 0},
     .N = 7, .K = 5, .block = 2, .error = "root", .off = 0.5, .anomalous = 3},
    {{"distance", "bounded", "LOS-10", "The Euclidean distance of a sample and its reconstruction.",
      0},
     .N = 8, .K = 3, .block = 2, .error = "root", .over = "sum", .reduction = "sum", .off = 0.5},
    {{"absolute", "bounded", "LOS-10 AEN-11", "The mean absolute error of each sample.", 0},
     .N = 7, .K = 5, .block = 2, .error = "absolute", .off = 0.5, .dloss = 2},
    {{"absolute_sum", "bounded", "LOS-10 LOS-17", "Its sum, over normals.", 0},
     .N = 9, .K = 3, .block = 4, .error = "absolute", .over = "sum", .off = 0.5, .anomalous = 4},
    {{"perfect_root", "bounded", "LOS-10",
      "Every third reconstruction is perfect: the slope of the root is 0 there, not 0 / 0.", 0},
     .N = 8, .K = 3, .block = 2, .error = "root", .off = 0.5, .perfect = 3},
    {{"perfect_absolute", "bounded", "LOS-10",
      "The same for the absolute error: sign(0) is 0.", 0},
     .N = 8, .K = 3, .block = 2, .error = "absolute", .off = 0.5, .perfect = 3},
    {{"exact", "exact", "LOS-10 LOS-17 DST-02",
      "Whole numbers, 32 samples of which 16 are normal: a sample that is lost cannot hide.", 0},
     .N = 32, .K = 4, .block = 4, .whole = 1, .anomalous = 2, .dloss = 0.5},
    {{"tiny_errors", "bounded", "LOS-10",
      "Errors of 0.01 in data near 1: y^2 - 2 y t + t^2 would have few digits left.", 0},
     .N = 6, .K = 5, .block = 2, .off = 0.01},
    {{"image", "bounded", "LOS-10", "121 pixels a sample, which no vector width divides.", 0},
     .N = 3, .K = 121, .block = 1, .off = 0.25},
    {{"many_blocks", "bounded", "LOS-10 LOS-17 DST-02",
      "43 samples in blocks of 4, whose numbers of normals differ.", 0},
     .N = 43, .K = 2, .block = 4, .off = 0.25, .anomalous = 3},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"normal_out_of_range", "normals_only", ELEMENT_SET, "normal", 2, NULL, 1,
     "A sample is normal or not."},
    {"normal_short", "normals_only", INPUT_SHORTER, "normal", 0, NULL, 0, "A mark is missing."},
    {"reconstruction_short", "all_normal", INPUT_SHORTER, "t", 0, NULL, 1,
     "Samples and reconstructions of different sizes."},
    {"samples_missing", "all_normal", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    {"error_unknown", "stated", CHOICE_SET, "error", 0, "cubed", 0, "There is no such error."},
    {"over_unknown", "stated", CHOICE_SET, "over", 0, "median", 0, "There is no such mean."},
    {"reduction_unknown", "stated", CHOICE_SET, "reduction", 0, "none", 0,
     "There is no such reduction: the errors are an output."},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, K = row->K;
    if (row->whole) {
        case_dyadic(test, "t", DIMS(N, K), -3, 3, 1);
        case_dyadic(test, "y", DIMS(N, K), -3, 3, 1);
    } else {
        case_uniform(test, "t", DIMS(N, K), 0, 1);
        case_signed(test, "y", DIMS(N, K), row->off / 8, row->off);
    }
    double *y = case_input(test, "y");
    double *t = case_input(test, "t");
    for (size_t i = 0; !row->whole && i < N * K; i++) {
        size_t n = i / K;
        int anomaly = row->anomalous > 0 && n % row->anomalous == row->anomalous - 1;
        int perfect = row->perfect > 0 && n % row->perfect == 0;
        y[i] = (float)(t[i] + (anomaly ? 10 * y[i] : y[i]));
        if (perfect) /* 0 is what no rounding of the data moves */
            y[i] = t[i] = 0;
    }
    if (row->anomalous == 0)
        return;
    case_constant(test, "normal", DIMS(N), 1);
    for (size_t n = row->anomalous - 1; n < N; n += row->anomalous)
        case_input(test, "normal")[n] = 0;
    test->request.input[test->request.inputs - 1].integral = 1;
}

void reconstruction_error_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->error)
            case_choice(test, "error", row->error);
        if (row->over)
            case_choice(test, "over", row->over);
        if (row->reduction)
            case_choice(test, "reduction", row->reduction);
        fill(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
