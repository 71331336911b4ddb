// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define FLAT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .K = 3, .block = 2, .strength = 2                                          \
    }
#define BENT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh", .strength = 2            \
    }

static const struct row {
    struct victim_row like;
    const char *parts; /* i: index, m: mask, n: noise */
    size_t draws, steps;
    int every_step;
} rows[] = {
    {{{"noise", "trajectory", "ADV-09 ADV-01",
       "A defence that adds noise: three draws in every step.", 0},
      BENT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2",
      0},
     "n",
     3,
     3,
     1},
    {{{"shifts", "trajectory", "ADV-09", "A defence that shifts features in a ring.", 0},
      BENT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2",
      0},
     "i",
     3,
     3,
     1},
    {{{"masks", "trajectory", "ADV-09", "A defence that hides features at random.", 0},
      BENT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2",
      0},
     "m",
     4,
     3,
     1},
    {{{"all_parts", "trajectory", "ADV-09",
       "Shift, mask and noise, the same draws in every step, by signs.", 0},
      FLAT,
      "epsilon=0.125 alpha=0.0625 steps=3",
      0},
     "imn",
     3,
     3,
     0},
    {{{"of_signs", "trajectory", "ADV-09", "The mean of the draws' signs.", 0},
      BENT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 average=sign",
      0},
     "n",
     3,
     2,
     0},
    {{{"of_logits", "trajectory", "ADV-09",
       "The loss of the mean logits, which a vote over draws goes by.", 0},
      BENT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2 average=logits",
      0},
     "n",
     3,
     3,
     1},
    {{{"of_logits_shifted", "trajectory", "ADV-09", "Mean logits of shifted and masked inputs.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 average=logits",
      0},
     "im",
     4,
     2,
     0},
    {{{"one_draw", "trajectory", "ADV-09", "A single draw: the attack on one realisation.", 0},
      FLAT,
      "epsilon=0.125 alpha=0.0625 steps=2 norm=l2",
      0},
     "n",
     1,
     2,
     0},
    {{{"target", "trajectory", "ADV-09", "Towards targets, mean loss, an added floor.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 goal=target reduction=mean floor=added tiny=0.25",
      1},
     "mn",
     2,
     2,
     1},
    {{{"normalised", "trajectory", "ADV-09",
       "Transformations come before the model's normalisation.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2",
      0},
     "in",
     2,
     2,
     0},
    {{{"many_blocks", "trajectory", "ADV-09 DST-01",
       "9 samples in blocks of 2, with noise of their own.", 0},
      {.N = 9, .D = 2, .K = 2, .block = 2},
      "epsilon=0.125 alpha=0.125 steps=1 norm=l2",
      0},
     "n",
     2,
     1,
     0},
};

static const struct refusal refusals[] = {
    {"no_transformation", "one_draw", INPUT_GONE, "noise", .why = "Nothing is random then."},
    {"no_draw", "one_draw", INPUT_SHORTER, "noise", .why = "A mean of nothing."},
    {"index_beyond", "of_logits_shifted", ELEMENT_SET, "index", 4, .why = "No such feature."},
    {"mask_short", "of_logits_shifted", INPUT_SHORTER, "mask", .element = 1,
     .why = "A feature without a mask."},
    {"unknown_average", "one_draw", CHOICE_SET, "average", 0, "median", .why = "Not defined."},
    {"alpha_negative", "one_draw", NUMBER_SET, "alpha", -1, .why = "Away from the goal."},
};

/* Shifts in a ring, with one feature read twice in every second draw. */
static void add_index(struct assay_case *test, struct dims dims)
{
    int index[64];
    size_t D = dims.size[dims.rank - 1], draws = dims.size[0] * (dims.rank == 3 ? dims.size[1] : 1);
    for (size_t i = 0; i < draws * D; i++) {
        size_t r = i / D, d = i % D;
        index[i] = (int)((r % 2 && d == 0 ? r + 1 : d + r) % D);
    }
    case_integers(test, "index", dims, index);
}

static void add_mask(struct assay_case *test, struct dims dims)
{
    case_uniform(test, "mask", dims, -1, 1);
    double *mask = case_input(test, "mask");
    size_t n = dims.size[0] * dims.size[1] * (dims.rank == 3 ? dims.size[2] : 1);
    for (size_t i = 0; i < n; i++)
        mask[i] = mask[i] < -0.5 ? 0 : mask[i] < 0.5 ? 1 : 0.75;
}

void expectation_over_transformation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        size_t N = row->like.setting.N, D = row->like.setting.D, R = row->draws, S = row->steps;
        struct dims plain = row->every_step ? DIMS(S, R, D) : DIMS(R, D);
        struct dims noisy = row->every_step ? DIMS(S, R, N, D) : DIMS(R, N, D);
        struct assay_case *test = victim_add(list, &row->like);
        for (const char *part = row->parts; *part; part++) {
            if (*part == 'i')
                add_index(test, plain);
            else if (*part == 'm')
                add_mask(test, plain);
            else
                case_normal(test, "noise", noisy, 0, 0.125);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
