// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated; numbers below 0 are stated as 0. */
static const struct row {
    struct case_head head;
    struct {
        size_t M, N, f[4], c[4], h[4], block;
        const char *activation, *schedule, *domains, *critic;
        double lambda, gamma, progress, scale; /* of H's weights */
    };
} rows[] = {
    {{"plain", "bounded", "GAN-13", "Source and target of different size, with every default.", 0},
     {5, 7, {3, 4, 2}, {2, 3}, {2, 1}, 2, "tanh", NULL, NULL, NULL, 0, 0, 0, 1}},
    {{"deeper", "bounded", "GAN-13", "Hidden layers everywhere, lambda 0.25.", 0},
     {5, 4, {2, 3, 2}, {2, 3, 3}, {2, 3, 1}, 2, "tanh", NULL, NULL, NULL, 0.25, 0, 0, 1}},
    {{"joint", "bounded", "GAN-13", "One mean over both domains: the larger one counts more.", 0},
     {3, 7, {2, 3}, {3, 2}, {3, 1}, 2, "tanh", NULL, "joint", NULL, 0.5, 0, 0, 1}},
    {{"weighted_critic", "bounded", "GAN-13",
      "The critic's own steps are weighted by lambda too; the features' are not weighted twice.",
      0},
     {5, 4, {2, 3, 2}, {2, 3}, {2, 1}, 2, "tanh", NULL, NULL, "weighted", 0.375, 0, 0, 1}},
    {{"annealed", "bounded", "GAN-13", "lambda grows with progress: 0.3 of the way.", 0},
     {4, 5, {2, 3}, {3, 2}, {3, 1}, 2, "tanh", "annealed", NULL, NULL, 0, 0, 0.3, 1}},
    {{"annealed_slowly", "bounded", "GAN-13",
      "gamma 2.5 near the end, a joint mean and a weighted critic.", 0},
     {4, 5, {2, 3}, {3, 2}, {3, 1}, 2, "tanh", "annealed", "joint", "weighted", 0, 2.5, 0.875, 1}},
    {{"annealed_start", "bounded", "GAN-13",
      "No progress: lambda is 0, and the features follow the labels alone.", 0},
     {4, 5, {2, 3}, {3, 2}, {3, 1}, 2, "tanh", "annealed", NULL, NULL, 0, 0, -1, 1}},
    {{"sure_critic", "bounded", "GAN-13", "Logits of thousands: finite on both sides.", 0},
     {4, 5, {2, 3}, {3, 2}, {3, 1}, 2, "tanh", NULL, NULL, NULL, 0.5, 0, 0, 1000}},
    {{"uneven_blocks", "bounded", "GAN-13 DST-02", "11 and 9 samples in blocks of 2.", 0},
     {11, 9, {2, 2}, {2, 2}, {2, 1}, 2, "tanh", NULL, NULL, NULL, 0.75, 0, 0, 1}},
    {{"one_each", "bounded", "GAN-13", "One sample in each domain.", 0},
     {1, 1, {1, 2}, {2, 2}, {2, 1}, 2, "tanh", NULL, NULL, NULL, 0, 0, 0, 1}},
};

static const struct refusal refusals[] = {
    {"negative_lambda", "one_each", NUMBER_SET, "lambda", -1, NULL, 0,
     "Reversed twice: the features would help the critic."},
    {"progress_beyond", "annealed", NUMBER_SET, "progress", 1.5, NULL, 0, "Longer than training."},
    {"progress_missing", "annealed", NUMBER_GONE, "progress", 0, NULL, 0, "Nothing says when."},
    {"label_beyond", "one_each", ELEMENT_SET, "labels", 2, NULL, 0, "There are two classes."},
    {"no_critic", "one_each", INPUT_GONE, "hw1", 0, NULL, 0, "There is no critic."},
};

void gradient_reversal_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static const char *const choice[] = {"activation", "schedule", "domains", "critic"};
        static const char *const number[] = {"lambda", "gamma", "progress"};
        const struct row *row = &rows[i];
        const char *const chosen[] = {row->activation, row->schedule, row->domains, row->critic};
        const double value[] = {row->lambda, row->gamma, row->progress};
        struct assay_case *test = case_add(list, &row->head);
        size_t L = 0;
        while (row->c[L + 1] != 0)
            L++;
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < 4; k++)
            if (chosen[k])
                case_choice(test, choice[k], chosen[k]);
        for (size_t k = 0; k < 3; k++)
            if (value[k] != 0)
                case_number(test, number[k], value[k] < 0 ? 0 : value[k]);
        case_normal(test, "x_source", DIMS(row->M, row->f[0]), 0.5, 1);
        case_normal(test, "x", DIMS(row->N, row->f[0]), -0.5, 1);
        case_labels(test, "labels", row->M, (int)row->c[L]);
        case_network(test, "f", row->f, 0.4, 1.1, 0.5);
        case_network(test, "c", row->c, 0.4, 1.1, 0.5);
        case_network(test, "h", row->h, 0.4 * row->scale, 1.1 * row->scale, 0.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
