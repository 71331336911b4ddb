// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    size_t S;
    const char *settings;
} rows[] = {
    {{"ordinary", "trajectory", "ADV-18 ADV-10",
      "3 bits, then noise, and three steps on clean and attacked inputs by an attacker who knows "
      "of both.",
      0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     3,
     "bit_depth=3 sigma=0.0625 epsilon=0.125 rate=0.5"},
    {{"noise_first", "trajectory", "ADV-18", "Noise before the levels, which it may change.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     3,
     "bit_depth=2 sigma=0.125 epsilon=0.125 rate=0.5 order=noise_first"},
    {{"static_attacker", "trajectory", "ADV-18",
      "An attacker who does not know of levels and noise: other slopes.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     3,
     "bit_depth=2 sigma=0.125 epsilon=0.1875 rate=0.5 attacker=static"},
    {{"clipped_attacker", "trajectory", "ADV-18",
      "Much noise, which is clipped: there this attacker sees no gradient and does not move.", 0},
     {.N = 4, .D = 3, .H = 3, .K = 2, .block = 1, .activation = "tanh", .corner = 0.3125},
     2,
     "bit_depth=3 sigma=0.5 epsilon=0.125 rate=0.5 attacker=clipped"},
    {{"attacked_only", "trajectory", "ADV-18", "All of the loss is that of attacked inputs.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 3, .activation = "sigmoid"},
     2,
     "bit_depth=4 sigma=0.0625 epsilon=0.0625 rate=1 share=1"},
    {{"clean_only", "trajectory", "ADV-18",
      "No loss of attacked inputs: preprocessing without adversarial training.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 3, .block = 1, .activation = "tanh"},
     2,
     "bit_depth=4 sigma=0.0625 epsilon=0.0625 rate=1 share=0"},
    {{"no_noise", "trajectory", "ADV-18", "Levels alone.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh"},
     2,
     "bit_depth=2 sigma=0 epsilon=0.25 rate=0.5 share=0.75"},
    {{"rectified", "trajectory", "ADV-18", "A network of ReLUs.", 0},
     {.N = 5, .D = 3, .H = 4, .K = 2, .block = 2},
     2,
     "bit_depth=5 sigma=0.03125 epsilon=0.0625 rate=0.25"},
    {{"linear", "trajectory", "ADV-18",
      "Softmax regression with a wrong label, against a strong attack that changes classes.", 0},
     {.N = 7, .D = 3, .H = 0, .K = 3, .block = 3, .wrong = 1},
     3,
     "bit_depth=3 sigma=0.0625 epsilon=0.375 rate=0.5 share=0.25"},
    {{"normalised", "trajectory", "ADV-18",
      "A model that normalises: levels, noise and attack are in raw units.", 0},
     {.N = 4, .D = 2, .H = 3, .K = 2, .block = 1, .activation = "tanh", .normalised = 1},
     2,
     "bit_depth=4 sigma=0.03125 epsilon=0.0625 rate=0.25"},
};

static const struct refusal refusals[] = {
    {"no_bits", "no_noise", NUMBER_SET, "bit_depth", 0, NULL, 0, "No levels at all."},
    {"sigma_negative", "no_noise", NUMBER_SET, "sigma", -1, NULL, 0,
     "A deviation is not negative."},
    {"radius_negative", "no_noise", NUMBER_SET, "epsilon", -1, NULL, 0, "The attacker would help."},
    {"share_above_one", "no_noise", NUMBER_SET, "share", 1.5, NULL, 0,
     "The clean loss would be maximised."},
    {"noise_missing", "no_noise", INPUT_GONE, "noise", 0, NULL, 0, "Draws are inputs."},
    {"no_box", "no_noise", CHOICE_SET, "box", 0, "none", 0, "Levels of what range?"},
    {"unknown_attacker", "no_noise", CHOICE_SET, "attacker", 0, "transfer", 0, "Not defined here."},
};

void defense_in_depth_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        elementwise_settings(test, row->settings);
        case_normal(test, "noise", DIMS(row->S, row->is.N, row->is.D), 0, 1);
        case_normal(test, "test_noise", DIMS(row->is.N, row->is.D), 0, 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
