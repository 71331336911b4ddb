// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated; a lambda below 0 is stated as 0. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, c[4], g[4], f[4], block; /* sizes of critic, generator, features */
        const char *activation, *distance;
        size_t steps;
        double lambda, rate, momentum, threshold, scale;
    };
} rows[] = {
    {{"critic", "bounded", "GAN-16",
      "1 - D(x) of seven samples, from the critic's logits, every default.", 0},
     {7, {3, 4, 1}, {0}, {0}, 2, "tanh", NULL, 0, 0, 0, 0, 0, 1}},
    {{"critic_with_threshold", "bounded", "GAN-16", "Which of them are anomalous.", 0},
     {7, {2, 4, 1}, {0}, {0}, 2, "relu", NULL, 0, 0, 0, 0, 0.5, 1}},
    {{"sure_critic", "bounded", "GAN-16",
      "Logits of 40 to 100: 1 - D is far below the roundoff of 1 but has all its digits.", 0},
     {7, {2, 3, 1}, {0}, {0}, 2, "tanh", NULL, 0, 0, 0, 0, 0, 40}},
    {{"search", "trajectory", "GAN-16",
      "Four steps in the latent plane, by residual and features, lambda at its default.", 1},
     {5, {0}, {2, 3, 3}, {3, 3, 2}, 2, "tanh", "l1", 4, 0, 0.0625, 0, 0, 1}},
    {{"search_with_momentum", "trajectory", "GAN-16",
      "Momentum 0.75, features that weigh as much as the residual, and who is anomalous.", 0},
     {4, {0}, {2, 3, 3}, {3, 2}, 2, "tanh", NULL, 4, 0.5, 0.03125, 0.75, 1.5, 1}},
    {{"search_without_features", "trajectory", "GAN-16", "The residual alone, of three latents.",
      0},
     {4, {0}, {3, 3, 2}, {0}, 2, "tanh", NULL, 3, 0, 0.125, 0, 0, 1}},
    {{"search_squared", "trajectory", "GAN-16", "Squared distances, with features.", 0},
     {4, {0}, {2, 3, 3}, {3, 2}, 2, "tanh", "l2", 4, 0.25, 0.0625, 0.5, 0, 1}},
    {{"search_of_rectifiers", "trajectory", "GAN-16", "Networks with ReLUs.", 4},
     {3, {0}, {2, 3, 2}, {2, 3, 2}, 2, "relu", NULL, 3, 0.25, 0.03125, 0, 0, 1}},
    {{"features_alone", "trajectory", "GAN-16", "lambda is 1: only the features count.", 0},
     {3, {0}, {2, 3, 2}, {2, 2}, 2, "tanh", NULL, 2, 1, 0.0625, 0, 0, 1}},
    {{"linear_search", "trajectory", "GAN-16", "A linear generator, one step.", 0},
     {2, {0}, {1, 2}, {0}, 1, "tanh", NULL, 1, -1, 0.25, 0, 0, 1}},
    {{"uneven_blocks", "trajectory", "GAN-16 DST-02", "11 samples in blocks of 2.", 1},
     {11, {0}, {1, 2, 2}, {0}, 2, "tanh", NULL, 2, 0, 0.125, 0, 0, 1}},
    {{"linear_critic", "bounded", "GAN-16", "The smallest critic.", 0},
     {2, {2, 1}, {0}, {0}, 2, "tanh", NULL, 0, 0, 0, 0, 0, 1}},
};

/* G(z) = z, from where the truth is: the sign of 0 leaves everything there. */
static void add_found(struct case_list *list)
{
    static const struct case_head head = {
        "found_already", "exact", "GAN-16",
        "The first latent is the right one and stays, by sign(0) = 0; the second walks towards it.",
        0};
    static const double one[] = {1, 0, 0, 1}, x[] = {0.5, -1, 2, 1}, start[] = {0.5, -1, 0.25, 3};
    struct assay_case *test = case_add(list, &head);
    case_choice(test, "method", "search");
    case_number(test, "steps", 3);
    case_number(test, "rate", 0.25);
    case_values(test, "x", DIMS(2, 2), x);
    case_values(test, "start", DIMS(2, 2), start);
    case_values(test, "gw1", DIMS(2, 2), one);
    case_constant(test, "gb1", DIMS(2), 0);
}

static const struct refusal refusals[] = {
    {"lambda_above_one", "search_without_features", NUMBER_SET, "lambda", 1.5, NULL, 0,
     "A reward for distance."},
    {"lambda_without_features", "linear_search", NUMBER_SET, "lambda", 0.5, NULL, 0,
     "There are no features to compare."},
    {"rate_zero", "linear_search", NUMBER_SET, "rate", 0, NULL, 0, "Nothing is searched."},
    {"momentum_one", "linear_search", NUMBER_SET, "momentum", 1, NULL, 0,
     "It never comes to rest."},
    {"no_steps", "linear_search", NUMBER_SET, "steps", 0, NULL, 0, "Nothing is searched."},
    {"threshold_negative", "linear_critic", NUMBER_SET, "threshold", -0.5, NULL, 0,
     "No score is below it."},
    {"start_missing", "linear_search", INPUT_GONE, "start", 0, NULL, 0,
     "The search starts nowhere."},
    {"unknown_method", "linear_critic", CHOICE_SET, "method", 0, "guess", 0, "Not a known method."},
    {"no_critic", "linear_critic", INPUT_GONE, "cw1", 0, NULL, 0, "There is no critic."},
};

static void add(struct case_list *list, const struct row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    size_t D = row->c[0], L = 0;
    case_number(test, "block", (double)row->block);
    case_choice(test, "activation", row->activation);
    if (row->distance)
        case_choice(test, "distance", row->distance);
    if (row->threshold != 0)
        case_number(test, "threshold", row->threshold);
    if (D != 0) {
        case_normal(test, "x", DIMS(row->N, D), 0.25, 1);
        case_network(test, "c", row->c, 0.4 * row->scale, 1.1 * row->scale, 0.5);
        return;
    }
    while (row->g[L + 1] != 0)
        L++;
    case_choice(test, "method", "search");
    case_number(test, "steps", (double)row->steps);
    case_number(test, "rate", row->rate);
    if (row->lambda != 0)
        case_number(test, "lambda", row->lambda < 0 ? 0 : row->lambda);
    if (row->momentum != 0)
        case_number(test, "momentum", row->momentum);
    case_normal(test, "x", DIMS(row->N, row->g[L]), 0.25, 1);
    case_normal(test, "start", DIMS(row->N, row->g[0]), 0, 0.75);
    case_network(test, "g", row->g, 0.4, 1.1, 0.5);
    if (row->f[0] != 0)
        case_network(test, "f", row->f, 0.4, 1.1, 0.5);
}

void anomaly_score_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(list, &rows[i]);
    add_found(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
