// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    size_t M;
    const char *settings;
    int forward_only;
} rows[] = {
    {{"ordinary", "bounded", "ADV-09",
      "Mean probabilities of three noisy copies, the logarithm of the mean, and its gradients.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     3,
     "sigma=0.25",
     0},
    {{"logits", "bounded", "ADV-09", "Mean logits before the softmax.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     4,
     "sigma=0.5 average=logits",
     0},
    {{"losses", "bounded", "ADV-09",
      "The mean of the losses: what training on noisy inputs descends.", 0},
     {.N = 5, .D = 3, .H = 3, .K = 2, .block = 2, .activation = "sigmoid"},
     4,
     "sigma=0.5 average=losses",
     0},
    {{"training_step", "bounded", "ADV-09",
      "One draw a sample, as in training: dw of noisy inputs.", 0},
     {.N = 7, .D = 2, .H = 3, .K = 3, .block = 3},
     1,
     "sigma=0.125 average=losses",
     0},
    {{"multiplicative", "bounded", "ADV-09",
      "Noise in proportion to the input, which scales dx too.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     3,
     "sigma=0.5 kind=multiplicative",
     0},
    {{"clipped", "bounded", "ADV-09",
      "Noisy inputs are clipped to the box: no gradient where they are.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     3,
     "sigma=0.5 noisy=clipped",
     0},
    {{"clipped_multiplicative", "bounded", "ADV-09", "Both, with mean logits.", 0},
     {.N = 3, .D = 3, .H = 0, .K = 3, .block = 1},
     3,
     "sigma=0.75 noisy=clipped kind=multiplicative average=logits",
     0},
    {{"normalised", "bounded", "ADV-09",
      "A model that normalises its inputs: the noise is in raw units.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh", .normalised = 1},
     3,
     "sigma=0.125",
     0},
    {{"no_noise", "bounded", "ADV-09",
      "sigma = 0: the average of equal outputs is the model's own.", 0},
     {.N = 3, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     2,
     "sigma=0",
     0},
    {{"wrong_labels", "bounded", "ADV-09",
      "Labels of other classes: p[label] is small, and the mean inside the logarithm differs most "
      "from that outside.",
      0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 3, .activation = "tanh", .wrong = 4, .strength = 2},
     5,
     "sigma=1",
     0},
    {{"inference", "bounded", "ADV-09", "A prediction alone, over eight draws.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 4, .block = 1},
     8,
     "sigma=0.375",
     1},
};

static const struct refusal refusals[] = {
    {"sigma_negative", "no_noise", NUMBER_SET, "sigma", -1, NULL, 0,
     "A deviation is not negative."},
    {"sigma_missing", "no_noise", NUMBER_GONE, "sigma", 0, NULL, 0, "There is no usual noise."},
    {"noise_missing", "no_noise", INPUT_GONE, "noise", 0, NULL, 0, "Draws are inputs."},
    {"noise_short", "no_noise", INPUT_SHORTER, "noise", 0, NULL, 2, "A feature has no noise."},
    {"label_too_large", "no_noise", ELEMENT_SET, "labels", 3, NULL, 0, "There is no such class."},
    {"unknown_kind", "no_noise", CHOICE_SET, "kind", 0, "poisson", 0, "Not defined here."},
    {"unknown_average", "no_noise", CHOICE_SET, "average", 0, "median", 0, "Not defined here."},
};

void input_randomization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        elementwise_settings(test, row->settings);
        case_normal(test, "noise", DIMS(row->M, row->is.N, row->is.D), 0, 1);
        if (!row->forward_only)
            case_signed(test, "dloss", DIMS(row->is.N), 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
