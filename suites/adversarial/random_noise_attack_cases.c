// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define FLAT                                                                                       \
    {                                                                                              \
        .N = 4, .D = 4, .K = 3, .block = 2, .corner = 0.125, .spread = 0.0625                      \
    }

static const struct row {
    struct victim_row like;
    size_t draws;
    const char *given; /* which draws: u, n, r */
} rows[] = {
    {{{"linf", "bounded", "ADV-01",
       "Noise of the same size flips two of twelve; the crafted step flips all samples.", 0},
      FLAT,
      "epsilon=0.1875",
      0},
     3,
     "u"},
    {{{"corners", "bounded", "ADV-01",
       "Random signs: as large as the crafted step in every feature.", 0},
      FLAT,
      "epsilon=0.1875 drawn=surface",
      0},
     3,
     "u"},
    {{{"many_features", "bounded", "ADV-01 ADV-06",
       "24 features: random signs cancel, crafted ones add up.", 0},
      {.N = 2,
       .D = 24,
       .K = 1,
       .block = 2,
       .corner = 0.125,
       .spread = 0.0625,
       .objective = "binary_cross_entropy"},
      "epsilon=0.1875 drawn=surface",
      0},
     2,
     "u"},
    {{{"l2_ball", "bounded", "ADV-01", "Uniform in the L2 ball: the radius by its root.", 0},
      FLAT,
      "epsilon=0.375 norm=l2",
      0},
     3,
     "nr"},
    {{{"l2_sphere", "bounded", "ADV-01", "On the L2 sphere.", 0},
      FLAT,
      "epsilon=0.375 norm=l2 drawn=surface",
      0},
     2,
     "n"},
    {{{"l2_box", "bounded", "ADV-01", "Drawn in the box and projected on the ball: not uniform.",
       0},
      FLAT,
      "epsilon=0.375 norm=l2 drawn=box",
      0},
     2,
     "u"},
    {{{"l1_ball", "bounded", "ADV-01", "Uniform in the L1 ball, by exponential numbers.", 0},
      FLAT,
      "epsilon=0.75 norm=l1",
      0},
     3,
     "ur"},
    {{{"l1_surface", "bounded", "ADV-01", "On the surface of the L1 ball.", 0},
      FLAT,
      "epsilon=0.75 norm=l1 drawn=surface",
      0},
     2,
     "u"},
    {{{"l1_box", "bounded", "ADV-01", "The box projected on the L1 ball.", 0},
      FLAT,
      "epsilon=0.5 norm=l1 drawn=box",
      0},
     2,
     "u"},
    {{{"target", "bounded", "ADV-01", "Noise hits a target even more rarely.", 0},
      {.N = 4,
       .D = 3,
       .H = 4,
       .K = 3,
       .block = 2,
       .activation = "tanh",
       .corner = 0.125,
       .strength = 2},
      "epsilon=0.25 goal=target",
      1},
     2,
     "u"},
    {{{"at_faces", "bounded", "ADV-01", "The box cuts the noise, too.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .corner = 0.375},
      "epsilon=0.5 norm=l2",
      0},
     2,
     "nr"},
    {{{"bytes", "bounded", "ADV-01", "A radius of 48 of 255.", 0},
      {.N = 3, .D = 3, .K = 3, .block = 2, .corner = 0.125},
      "epsilon=48 units=bytes",
      0},
     1,
     "u"},
    {{{"many_blocks", "bounded", "ADV-01 DST-01",
       "11 samples in blocks of 2: fooled samples are counted over all.", 0},
      {.N = 11, .D = 2, .K = 2, .block = 2, .corner = 0.125},
      "epsilon=0.1875",
      0},
     2,
     "u"},
};

static const struct refusal refusals[] = {
    {"epsilon_negative", "bytes", NUMBER_SET, "epsilon", -1, .why = "No ball has that."},
    {"uniform_of_1", "bytes", ELEMENT_SET, "uniform", 1, .element = 4, .why = "It is below 1."},
    {"box_of_linf", "bytes", CHOICE_SET, "drawn", 0, "box", .why = "That is the ball itself."},
    {"half_on_surface", "l1_surface", ELEMENT_SET, "uniform", 0.5, .why = "It has no sign."},
    {"radius_missing", "at_faces", INPUT_GONE, "radius", .why = "Only the sphere needs none."},
    {"normal_missing", "at_faces", INPUT_GONE, "normal", .why = "There is no direction."},
    {"unknown_drawn", "bytes", CHOICE_SET, "drawn", 0, "shell", .why = "It is not defined."},
};

void random_noise_attack_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct victim_setting *is = &rows[i].like.setting;
        size_t draws = rows[i].draws;
        struct assay_case *test = victim_add(list, &rows[i].like);
        for (const char *given = rows[i].given; *given; given++) {
            if (*given == 'u')
                case_uniform(test, "uniform", DIMS(draws, is->N, is->D), 0.015625, 0.984375);
            else if (*given == 'n')
                case_normal(test, "normal", DIMS(draws, is->N, is->D), 0, 1);
            else
                case_uniform(test, "radius", DIMS(draws, is->N), 0.0625, 0.9375);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
