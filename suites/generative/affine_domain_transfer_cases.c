// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What is 0 or NULL is not stated. Clouds are stretched, tilted, and away from the origin. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, M, D, block;
        const char *method, *deviation, *center;
        double ridge;
    };
} rows[] = {
    {{"moments", "bounded", "GAN-12",
      "Each of three features alone gets mean and deviation, with every default.", 0},
     {7, 9, 3, 2, NULL, NULL, NULL, 0}},
    {{"moments_stated", "bounded", "GAN-12", "The conventions stated at their defaults.", 0},
     {5, 6, 2, 2, "moments", "population", "moved", 0}},
    {{"moments_sample", "bounded", "GAN-12", "Clouds of very different size, with N - 1 and M - 1.",
      0},
     {4, 11, 2, 2, NULL, "sample", NULL, 0}},
    {{"cholesky", "bounded", "GAN-12", "All covariances of four features, by triangles.", 0},
     {9, 11, 4, 2, "cholesky", NULL, NULL, 0}},
    {{"cholesky_plane", "bounded", "GAN-12",
      "Triangles in the plane, where the three roots differ.", 0},
     {7, 9, 2, 2, "cholesky", NULL, NULL, 0}},
    {{"symmetric", "bounded", "GAN-12", "Whitening and colouring by symmetric roots.", 0},
     {7, 9, 2, 2, "symmetric", NULL, NULL, 0}},
    {{"monge", "bounded", "GAN-12", "The map that moves the points the least, which is symmetric.",
      0},
     {7, 9, 2, 2, "monge", NULL, NULL, 0}},
    {{"correlation_alignment", "bounded", "GAN-12 GAN-13",
      "CORAL: 1 on the diagonals, no means, N - 1.", 0},
     {7, 9, 2, 2, "symmetric", "sample", "kept", 1}},
    {{"cholesky_ridge", "bounded", "GAN-12",
      "A ridge makes a covariance of two samples in space positive.", 0},
     {2, 3, 3, 2, "cholesky", "sample", NULL, 0.25}},
    {{"uneven_blocks", "bounded", "GAN-12 DST-02", "23 and 11 samples in blocks of 4.", 0},
     {23, 11, 2, 4, "monge", NULL, NULL, 0}},
};

/* Covariances 1 and diag(4, 16): every method must find diag(2, 4), exactly. */
static void add_exact(struct case_list *list, const char *name, const char *method)
{
    const struct case_head head = {name, "exact", "GAN-12",
                                   "Upright clouds, for which every method is exact.", 0};
    static const double x[] = {2, 3, 0, 3, 2, 1, 0, 1}, s[] = {-1, 9, -5, 9, -1, 1, -5, 1};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_choice(test, "method", method);
    case_values(test, "x", DIMS(4, 2), x);
    case_values(test, "s", DIMS(4, 2), s);
}

static const struct refusal refusals[] = {
    {"negative_ridge", "exact_moments", NUMBER_SET, "ridge", -1, NULL, 0, "No covariance then."},
    {"roots_in_space", "moments", CHOICE_SET, "method", 0, "monge", 0, "Defined for the plane."},
    {"unknown_method", "exact_moments", CHOICE_SET, "method", 0, "guess", 0, "Not known."},
    {"style_missing", "exact_moments", INPUT_GONE, "s", 0, NULL, 0, "Nothing to be like."},
    {"other_features", "exact_moments", INPUT_SHORTER, "s", 0, NULL, 1, "The same features."},
};

/* x has a constant feature, which the ridge keeps from being divided by. */
static void add_flat(struct case_list *list)
{
    static const struct case_head head = {"flat_but_ridge", "bounded", "GAN-12",
                                          "A constant feature, saved by the ridge.", 0};
    static const double x[] = {1, 3, 1, -1, 1, 0.5};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "ridge", 0.5);
    case_values(test, "x", DIMS(3, 2), x);
    case_normal(test, "s", DIMS(4, 2), -1, 1);
}

static void add_cloud(struct assay_case *test, const char *name, size_t N, size_t D, double mean,
                      double tilt)
{
    case_normal(test, name, DIMS(N, D), mean, 1);
    double *x = case_input(test, name);
    for (size_t i = 0; i < N * D; i++)
        if (i % D > 0)
            x[i] = (float)(0.75 * x[i] + tilt * x[i - 1]);
}

void affine_domain_transfer_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char *const choice[] = {"method", "deviation", "center"};
        const struct row *row = &rows[i];
        const char *const chosen[] = {row->method, row->deviation, row->center};
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->ridge != 0)
            case_number(test, "ridge", row->ridge);
        for (size_t k = 0; k < 3; k++)
            if (chosen[k])
                case_choice(test, choice[k], chosen[k]);
        add_cloud(test, "x", row->N, row->D, 0.5, 0.625);
        add_cloud(test, "s", row->M, row->D, -1.5, -1.25);
    }
    add_exact(list, "exact_moments", "moments");
    add_exact(list, "exact_cholesky", "cholesky");
    add_exact(list, "exact_monge", "monge");
    add_flat(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
