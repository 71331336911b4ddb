// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What is 0 or NULL is not stated; an axis below 0 is stated as 0. */
static const struct row {
    struct case_head head;
    struct {
        struct dims w;
        int axis, iterations;
        const char *mode, *guard, *order;
        double epsilon, scale;
        int upstream;
    };
} rows[] = {
    {{"dense", "bounded", "GAN-01 GAN-07",
      "One iteration from a stored u, far from converged, and the gradient with u and v as "
      "constants.",
      0},
     {{2, {4, 3}}, 0, 0, NULL, NULL, NULL, 0, 1, 1}},
    {{"three_iterations", "bounded", "GAN-01", "Three iterations in one call.", 0},
     {{2, {4, 6}}, 0, 3, NULL, NULL, NULL, 0, 1, 1}},
    {{"many_iterations", "bounded", "GAN-01",
      "So many that sigma is the largest singular value, and the gradient its own.", 0},
     {{2, {3, 2}}, 0, 24, NULL, NULL, NULL, 0, 1, 1}},
    {{"evaluation", "bounded", "GAN-01",
      "Stored u and v, which fit badly: nothing is iterated, and the gradient is the derivative.",
      0},
     {{2, {4, 3}}, 0, 0, "evaluation", NULL, NULL, 0, 1, 1}},
    {{"recomputed", "bounded", "GAN-01", "v anew from the stored u, which stays.", 0},
     {{2, {4, 3}}, 0, 0, "recomputed", NULL, NULL, 0, 1, 1}},
    {{"kernel", "bounded", "GAN-01", "A kernel (O,I,K,L): a row holds I K L values.", 0},
     {{4, {3, 2, 2, 3}}, 0, 0, NULL, NULL, NULL, 0, 1, 1}},
    {{"transposed_kernel", "bounded", "GAN-01",
      "A kernel (I,O,K,L) of a transposed convolution: the second axis comes first, and as many "
      "channels as go out come in.",
      0},
     {{4, {3, 3, 2, 2}}, 1, 0, NULL, NULL, NULL, 0, 1, 1}},
    {{"kernel_last", "bounded", "GAN-01", "A kernel (K,L,I,O).", 0},
     {{4, {2, 3, 2, 3}}, 3, 2, NULL, NULL, NULL, 0, 1, 1}},
    {{"kernel_evaluation", "bounded", "GAN-01",
      "A stored v has the order of the columns: the axes that are left, as they stand.", 0},
     {{4, {2, 3, 2, 2}}, 1, 0, "evaluation", NULL, NULL, 0, 1, 1}},
    {{"guard_added", "bounded", "GAN-01",
      "epsilon is added to the length, so u and v are shorter than 1.", 0},
     {{2, {3, 4}}, 0, 2, NULL, "added", NULL, 0.25, 1, 1}},
    {{"guard_maximum", "bounded", "GAN-01", "A length below epsilon is divided by epsilon.", 0},
     {{2, {3, 4}}, 0, 1, NULL, NULL, NULL, 0.5, 0.0625, 1}},
    {{"small_weight", "bounded", "GAN-01", "Weights of 2^-30 are normalized like any others.", 0},
     {{2, {3, 4}}, 0, 2, NULL, NULL, NULL, 0, 0x1p-30, 0}},
    {{"one_row", "bounded", "GAN-01", "A critic's last layer: sigma is the length of its only row.",
      0},
     {{2, {1, 4}}, 0, 0, NULL, NULL, NULL, 0, 1, 1}},
    {{"u_first", "bounded", "GAN-01",
      "The newer PyTorch starts from the stored v: two iterations, another u and v.", 0},
     {{2, {4, 3}}, 0, 2, NULL, NULL, "u_first", 0, 1, 1}},
    {{"kernel_u_first", "bounded", "GAN-01", "The same of a transposed kernel, once.", 0},
     {{4, {2, 3, 2, 2}}, 1, 1, "training", NULL, "u_first", 0, 1, 1}},
};

/* w = diag(w0, w1) and u along the first axis. */
static void add_diagonal(struct case_list *list, const char *name, const char *why, double w0,
                         double w1)
{
    const struct case_head head = {name, "exact", "GAN-01", why, 0};
    const double w[] = {w0, 0, 0, 0, w1, 0}, u[] = {1, 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "iterations", 3);
    case_values(test, "w", DIMS(2, 3), w);
    case_values(test, "u", DIMS(2), u);
    case_dyadic(test, "dy", DIMS(2, 3), -2, 2, 0.25);
}

static const struct refusal refusals[] = {
    {"no_iteration", "one_row", NUMBER_SET, "iterations", 0, NULL, 0, "PyTorch refuses it too."},
    {"no_such_axis", "one_row", NUMBER_SET, "axis", 2, NULL, 0, "A matrix has two axes."},
    {"negative_epsilon", "one_row", NUMBER_SET, "epsilon", -1, NULL, 0, "No length is negative."},
    {"u_of_columns", "diagonal", INPUT_SHORTER, "u", 0, NULL, 0, "u has an element for each row."},
    {"nothing_stored", "one_row", CHOICE_SET, "mode", 0, "inference", 0, "Not a known mode."},
    {"v_missing", "evaluation", INPUT_GONE, "v", 0, NULL, 0, "Without v there is no sigma."},
    {"u_zero", "one_row_plain", ELEMENT_SET, "w", 0, NULL, 0, "sigma is 0."},
    {"v_missing_to_start", "u_first", INPUT_GONE, "v", 0, NULL, 0, "v is where it starts."},
};

void spectral_normalization_cases(struct case_list *list)
{
    static const struct case_head plain = {"one_row_plain", "exact", "GAN-01",
                                           "The smallest weight: y is its sign.", 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t axis = row->axis > 0 ? (size_t)row->axis : 0, C = 1;
        for (size_t k = 0; k < (size_t)row->w.rank; k++)
            C *= k == axis ? 1 : row->w.size[k];
        if (row->axis != 0)
            case_number(test, "axis", (double)axis);
        if (row->iterations != 0)
            case_number(test, "iterations", row->iterations);
        if (row->epsilon != 0)
            case_number(test, "epsilon", row->epsilon);
        if (row->mode)
            case_choice(test, "mode", row->mode);
        if (row->guard)
            case_choice(test, "guard", row->guard);
        if (row->order)
            case_choice(test, "order", row->order);
        case_signed(test, "w", row->w, 0.25 * row->scale, 1.5 * row->scale);
        case_signed(test, "u", DIMS(row->w.size[axis]), 0.25, 1);
        if (row->order || (row->mode && row->mode[0] == 'e'))
            case_signed(test, "v", DIMS(C), 0.25, 1);
        if (row->upstream)
            case_normal(test, "dy", row->w, 0.25, 1);
    }
    add_diagonal(list, "diagonal", "A diagonal matrix, exactly: sigma is 2.", 2, 0.5);
    add_diagonal(list, "wrong_vector",
                 "u along the smaller singular vector never leaves it: sigma is 1/2, exactly.", 0.5,
                 2);
    struct assay_case *test = case_add(list, &plain);
    case_constant(test, "w", DIMS(1, 1), -0.75);
    case_constant(test, "u", DIMS(1), 1);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
