// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, M, g[4], f[4], block;
        const char *activation, *distance, *reduction;
        double lambda_x, lambda_y, mu, dloss;
    };
} rows[] = {
    {{"affine", "bounded", "GAN-11",
      "Two affine maps of the plane that do not undo each other, with every default.", 0},
     {5, 4, {2, 2}, {2, 2}, 2, NULL, NULL, NULL, 0, 0, 0, 0}},
    {{"perceptrons", "bounded", "GAN-11",
      "Clouds of the plane under two smooth networks, with weights that differ.", 0},
     {5, 7, {2, 4, 2}, {2, 3, 2}, 2, "tanh", NULL, NULL, 4, 9, 0, 0.75}},
    {{"with_identity", "bounded", "GAN-11",
      "What is in the other domain already should stay: both identity terms.", 0},
     {5, 4, {2, 3, 2}, {2, 3, 2}, 2, "tanh", NULL, NULL, 4, 9, 0.5, 0}},
    {{"paper", "bounded", "GAN-11", "The paper's norm: a sum over features, a mean over samples.",
      0},
     {5, 4, {2, 3, 2}, {2, 3, 2}, 2, "tanh", NULL, "sample", 0, 0, 0, 0}},
    {{"summed", "bounded", "GAN-11", "A sum over everything, with the identity.", 0},
     {4, 3, {2, 2}, {2, 2}, 2, NULL, NULL, "sum", 2, 3, 0.25, 0}},
    {{"squared", "bounded", "GAN-11", "The squared distance.", 0},
     {5, 4, {2, 3, 2}, {2, 3, 2}, 2, "tanh", "l2", NULL, 0, 0, 0.5, 1.25}},
    {{"other_dimensions", "bounded", "GAN-11",
      "The plane and space: the cycle through fewer features loses something.", 0},
     {6, 4, {3, 3, 2}, {2, 4, 3}, 4, "tanh", NULL, NULL, 0, 0, 0, 0}},
    {{"rectifiers", "bounded", "GAN-11", "Networks with ReLUs.", 3},
     {4, 3, {2, 4, 2}, {2, 4, 2}, 2, NULL, NULL, NULL, 5, 2, 0, 0}},
    {{"uneven_blocks", "bounded", "GAN-11 DST-02", "11 and 5 samples in blocks of 2.", 0},
     {11, 5, {2, 3, 2}, {2, 2}, 2, "tanh", NULL, NULL, 0, 0, 0, 0}},
};

static const struct refusal refusals[] = {
    {"negative_lambda_x", "undone", NUMBER_SET, "lambda_x", -1, NULL, 0, "A reward for errors."},
    {"negative_mu", "undone", NUMBER_SET, "mu", -1, NULL, 0, "A reward for errors."},
    {"no_g", "undone", INPUT_GONE, "gw1", 0, NULL, 0, "There is no map."},
    {"identity_between_spaces", "other_dimensions", NUMBER_SET, "mu", 0.5, NULL, 0,
     "Domains of 2 and of 3 features have no identity."},
    {"unknown_distance", "undone", CHOICE_SET, "distance", 0, "l3", 0, "Not a known distance."},
    {"other_features", "undone", INPUT_SHORTER, "y", 0, NULL, 1, "F takes three features."},
};

/* G puts the plane into space, F projects back: nothing is lost on the way from x, and the third
 * feature of y is. */
static void add_undone(struct case_list *list)
{
    static const struct case_head head = {
        "undone", "exact", "GAN-11",
        "F undoes G exactly, whose errors and gradients are 0 by sign(0) = 0; G does not undo F.",
        0};
    static const double g[] = {2, 0, 0, 0, 4, 0}, gb[] = {1, -1, 0};
    static const double f[] = {0.5, 0, 0, 0.25, 0, 0}, fb[] = {-0.5, 0.25};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_number(test, "lambda_x", 4);
    case_number(test, "lambda_y", 2);
    case_choice(test, "reduction", "sum");
    case_dyadic(test, "x", DIMS(3, 2), -2, 2, 0.25);
    case_dyadic(test, "y", DIMS(2, 3), 0.25, 2, 0.25);
    case_values(test, "gw1", DIMS(2, 3), g);
    case_values(test, "gb1", DIMS(3), gb);
    case_values(test, "fw1", DIMS(3, 2), f);
    case_values(test, "fb1", DIMS(2), fb);
}

void cycle_consistency_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char *const number[] = {"lambda_x", "lambda_y", "mu"};
        static const char *const choice[] = {"activation", "distance", "reduction"};
        const struct row *row = &rows[i];
        const double value[] = {row->lambda_x, row->lambda_y, row->mu};
        const char *const chosen[] = {row->activation, row->distance, row->reduction};
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < 3; k++) {
            if (value[k] != 0)
                case_number(test, number[k], value[k]);
            if (chosen[k])
                case_choice(test, choice[k], chosen[k]);
        }
        if (row->dloss != 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
        case_normal(test, "x", DIMS(row->N, row->g[0]), 0.5, 1);
        case_normal(test, "y", DIMS(row->M, row->f[0]), -0.75, 1);
        case_network(test, "g", row->g, 0.4, 1.1, 0.5);
        case_network(test, "f", row->f, 0.4, 1.1, 0.5);
    }
    add_undone(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
