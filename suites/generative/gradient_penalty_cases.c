// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated; `stated` numbers below 0 are 0. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, size[5], block;
        const char *activation, *where, *from, *form, *critic;
        double lambda, center, epsilon, dloss, scale;
    };
} rows[] = {
    {{"interpolates", "bounded", "GAN-01",
      "The critic's whole loss with every default but the smooth critic: the penalty's gradient is "
      "a second derivative.",
      0},
     {7, {3, 4, 1}, 3, "tanh", NULL, NULL, NULL, NULL, 0, 0, 0, 0, 1}},
    {{"two_hidden_layers", "bounded", "GAN-01",
      "The second derivative passes two activations: its backward part through the layers is not "
      "0.",
      0},
     {7, {3, 4, 5, 1}, 3, "tanh", NULL, NULL, NULL, NULL, 0, 0, 0, 0.75, 1}},
    {{"sigmoid", "bounded", "GAN-01", "Another curvature, with flat units.", 0},
     {6, {4, 3, 3, 1}, 4, "sigmoid", NULL, NULL, NULL, NULL, 0, 0, 0, 0, 2}},
    {{"relu", "bounded", "GAN-01",
      "Piecewise linear: no curvature, so the penalty moves no bias; the critic most code has.", 1},
     {6, {4, 5, 1}, 4, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 1}},
    {{"from_fake", "bounded", "GAN-01", "alpha weighs the real sample, as in the paper's equation.",
      0},
     {7, {3, 4, 1}, 3, "tanh", NULL, "fake", NULL, NULL, 0, 0, 0, 0, 1}},
    {{"one_sided", "bounded", "GAN-01",
      "Only slopes above the length are pulled down; some samples are below it.", 2},
     {9, {3, 4, 1}, 4, "tanh", NULL, NULL, "one_sided", NULL, 5, 0, 0, 0, 0.9}},
    {{"zero_centred", "bounded", "GAN-01", "The length that is wanted is 0.", 0},
     {6, {3, 4, 1}, 4, "tanh", NULL, NULL, NULL, NULL, 2, -1, 0, 0, 1}},
    {{"r1", "bounded", "GAN-01",
      "At the real samples, the squared norm, gamma / 2 = 5, without the scores.", 0},
     {7, {3, 4, 1}, 3, "tanh", "real", NULL, "squared_norm", "none", 5, 0, 0, 1.5, 1}},
    {{"given_points", "bounded", "GAN-01", "At points of the case's own, as around the data.", 0},
     {6, {2, 5, 1}, 4, "tanh", "given", NULL, NULL, NULL, 0, 0, 0, 0, 1}},
    {{"uneven_blocks", "bounded", "GAN-01 DST-02",
      "19 pairs in blocks of 4: uneven over any number of ranks.", 0},
     {19, {2, 3, 1}, 4, "tanh", NULL, NULL, NULL, NULL, 0, 0, 0, 0, 1}},
    {{"one_pair", "bounded", "GAN-01",
      "A single pair and a linear critic, whose slope is its weight wherever the point is; another "
      "length, and lambda 0.",
      0},
     {1, {3, 1}, 4, "tanh", NULL, NULL, NULL, NULL, -1, 3, 0, 0, 1}},
};

static void number(struct assay_case *test, const char *name, double value)
{
    if (value != 0)
        case_number(test, name, value < 0 ? 0 : value);
}

static void choice(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

static void add(struct case_list *list, const struct row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    size_t N = row->N, D = row->size[0];
    case_number(test, "block", (double)row->block);
    choice(test, "activation", row->activation);
    choice(test, "where", row->where);
    choice(test, "from", row->from);
    choice(test, "form", row->form);
    choice(test, "critic", row->critic);
    number(test, "lambda", row->lambda);
    number(test, "center", row->center);
    number(test, "epsilon", row->epsilon);
    if (row->dloss != 0)
        case_constant(test, "dloss", SCALAR, row->dloss);
    case_normal(test, "x", DIMS(N, D), 0.5, 0.75);
    case_normal(test, "fake", DIMS(N, D), -0.25, 0.75);
    if (row->where && row->where[0] == 'g')
        case_normal(test, "points", DIMS(N, D), 0.5, 1);
    if (!row->where || row->where[0] == 'i')
        case_uniform(test, "alpha", DIMS(N), 0.0625, 0.9375);
    case_network(test, "", row->size, 0.4 * row->scale, 1.1 * row->scale, 0.5);
}

/* A linear critic of slope (2, -2, 2, 2), whose length is 4: every step is exact. */
static void add_exact(struct case_list *list)
{
    static const struct case_head head = {
        "linear_exact", "exact", "GAN-01",
        "Slope of length 4: penalty 9, gradient 1.5 lambda times the slope, in any order.", 0};
    static const double w[] = {2, -2, 2, 2};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_number(test, "lambda", 8);
    case_dyadic(test, "x", DIMS(4, 4), -2, 2, 0.25);
    case_dyadic(test, "fake", DIMS(4, 4), -2, 2, 0.25);
    case_dyadic(test, "alpha", DIMS(4), 0, 1, 0.25);
    case_values(test, "w1", DIMS(4, 1), w);
    case_constant(test, "b1", DIMS(1), 0.5);
}

/* The first point is where every ReLU is dead, so the critic's slope there is exactly 0. */
static void add_dead(struct case_list *list, const char *name, const char *why, const char *form,
                     double epsilon)
{
    const struct case_head head = {name, "bounded", "GAN-01", why, 0};
    struct assay_case *test = case_add(list, &head);
    static const double x[] = {-4, -4, 1, 2, 3, 1}, fake[] = {-6, -5, 2, -0.5, 0.5, 0.75};
    static const double w1[] = {1, 0.5, 0.75, 0.25, 1.5, 1}, b1[] = {0.25, 0.5, -0.25};
    static const double w2[] = {0.75, -1.25, 0.625};
    case_number(test, "block", 2);
    choice(test, "form", form);
    number(test, "epsilon", epsilon);
    case_values(test, "x", DIMS(3, 2), x);
    case_values(test, "fake", DIMS(3, 2), fake);
    case_uniform(test, "alpha", DIMS(3), 0.25, 0.75);
    case_values(test, "w1", DIMS(2, 3), w1);
    case_values(test, "b1", DIMS(3), b1);
    case_values(test, "w2", DIMS(3, 1), w2);
    case_constant(test, "b2", DIMS(1), 0.125);
}

static const struct refusal refusals[] = {
    {"alpha_above_1", "one_pair", ELEMENT_SET, "alpha", 1.25, NULL, 0,
     "An extrapolation, as from Gaussian alphas."},
    {"alpha_missing", "one_pair", INPUT_GONE, "alpha", 0, NULL, 0, "Nothing says where."},
    {"negative_lambda", "one_pair", NUMBER_SET, "lambda", -1, NULL, 0,
     "A reward for steep slopes."},
    {"negative_epsilon", "one_pair", NUMBER_SET, "epsilon", -0.25, NULL, 0,
     "The root of a negative number."},
    {"fake_shorter", "one_pair", INPUT_SHORTER, "fake", 0, NULL, 0,
     "Every real sample needs its partner."},
    {"unknown_form", "one_pair", CHOICE_SET, "form", 0, "huber", 0, "Not a known penalty."},
    {"no_network", "one_pair", INPUT_GONE, "w1", 0, NULL, 0, "There is no critic."},
};

void gradient_penalty_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(list, &rows[i]);
    add_exact(list);
    add_dead(list, "dead_units",
             "A slope of exactly 0, where the root has no derivative: no NaN, and no gradient.",
             NULL, 0);
    add_dead(list, "dead_units_epsilon", "The same with an epsilon in the root.", NULL, 0.0625);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
