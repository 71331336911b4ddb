// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define SMALL                                                                                      \
    {                                                                                              \
        .N = 4, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh", .strength = 2            \
    }
#define FLAT                                                                                       \
    {                                                                                              \
        .N = 3, .D = 4, .K = 3, .block = 2, .strength = 4                                          \
    }

static const struct row {
    struct victim_row like;
    size_t restarts; /* 0: no start */
    double start;    /* the largest offset */
} rows[] = {
    {{{"linf", "trajectory", "ADV-03",
       "Four steps of a quarter of the radius, and one more at the face of the ball.", 0},
      SMALL,
      "epsilon=0.125 alpha=0.03125 steps=5",
      0},
     0,
     0},
    {{{"random_start", "trajectory", "ADV-03 ADV-01",
       "A start within the ball: the ball stays around the input, not around the start.", 0},
      FLAT,
      "epsilon=0.125 alpha=0.0625 steps=3",
      0},
     1,
     0.125},
    {{{"start_outside", "trajectory", "ADV-03", "A start outside of the ball is projected at once.",
       0},
      SMALL,
      "epsilon=0.125 alpha=0.0625 steps=2 norm=l2 floor=added tiny=0.125",
      0},
     1,
     0.25},
    {{{"l2", "trajectory", "ADV-03", "L2: steps of length alpha, shortened to the ball.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=4 norm=l2",
      0},
     0,
     0},
    {{{"l1_euclidean", "trajectory", "ADV-03",
       "L1 with whole gradients: small parts of the perturbation become 0 in the projection.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.25 steps=4 norm=l1",
      0},
     1,
     0.25},
    {{{"l1_rescaled", "trajectory", "ADV-03", "The same scaled down: every part shrinks alike.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.25 steps=4 norm=l1 l1_projection=rescaled",
      0},
     1,
     0.25},
    {{{"l1_largest", "trajectory", "ADV-03", "L1, one feature a step: spent where it counts most.",
       0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l1 l1_step=largest",
      0},
     0,
     0},
    {{{"face_ball_box", "trajectory", "ADV-03", "L2 next to faces of the box: the ball first.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .corner = 0.375, .strength = 4},
      "epsilon=0.375 alpha=0.25 steps=3 norm=l2",
      0},
     1,
     0.25},
    {{{"face_box_ball", "trajectory", "ADV-03",
       "The box first: shorter perturbations count as longer.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .corner = 0.375, .strength = 4},
      "epsilon=0.375 alpha=0.25 steps=3 norm=l2 order=box_ball",
      0},
     1,
     0.25},
    {{{"face_box_ball_box", "trajectory", "ADV-03", "The box on both sides of the ball.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .corner = 0.375, .strength = 4},
      "epsilon=0.375 alpha=0.25 steps=3 norm=l2 order=box_ball_box",
      0},
     1,
     0.25},
    {{{"stop_fooled", "trajectory", "ADV-03", "Each sample stops once it is misclassified.", 0},
      {.N = 5, .D = 3, .K = 3, .block = 2, .corner = 0.1},
      "epsilon=0.25 alpha=0.0625 steps=4 stop=fooled",
      0},
     0,
     0},
    {{{"stop_all", "trajectory", "ADV-03 DST-02",
       "Nobody stops until all are misclassified, then everybody does.", 0},
      {.N = 5, .D = 3, .K = 3, .block = 2, .corner = 0.1},
      "epsilon=0.5 alpha=0.0625 steps=6 stop=all",
      0},
     0,
     0},
    {{{"restarts", "trajectory", "ADV-03",
       "Three starts: each sample keeps the one of the largest loss.", 0},
      {.N = 4, .D = 3, .H = 4, .K = 3, .block = 2},
      "epsilon=0.25 alpha=0.0625 steps=2",
      0},
     3,
     0.25},
    {{{"restarts_target", "trajectory", "ADV-03",
       "Three starts towards targets: the smallest loss.", 0},
      {.N = 4, .D = 3, .K = 3, .block = 2},
      "epsilon=0.25 alpha=0.0625 steps=2 norm=l2 goal=target",
      2},
     3,
     0.25},
    {{{"restarts_fooled", "trajectory", "ADV-03",
       "The first start that fools, not the largest loss.", 0},
      {.N = 4, .D = 3, .K = 3, .block = 2, .corner = 0.125},
      "epsilon=0.25 alpha=0.0625 steps=2 keep=fooled",
      0},
     3,
     0.25},
    {{{"normalised", "trajectory", "ADV-03",
       "A model that normalises: ball, box and alpha in raw units.", 0},
      {.N = 3, .D = 4, .K = 3, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=16 alpha=8 steps=3 norm=l2 units=bytes",
      0},
     0,
     0},
    {{{"mean_floor", "trajectory", "ADV-03",
       "Mean loss and an added floor: steps shrink with the batch.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2 reduction=mean floor=added tiny=0.25",
      0},
     0,
     0},
    {{{"many_blocks", "trajectory", "ADV-03 DST-01", "11 samples in blocks of 2, one logit.", 0},
      {.N = 11, .D = 2, .K = 1, .block = 2, .objective = "binary_cross_entropy"},
      "epsilon=0.125 alpha=0.0625 steps=3",
      0},
     0,
     0},
};

static const struct refusal refusals[] = {
    {"epsilon_negative", "l1_largest", NUMBER_SET, "epsilon", -1, .why = "No ball has that."},
    {"alpha_negative", "l1_largest", NUMBER_SET, "alpha", -1, .why = "Away from the goal."},
    {"alpha_missing", "l1_largest", NUMBER_GONE, "alpha", .why = "There is no usual step."},
    {"no_step", "l1_largest", NUMBER_SET, "steps", 0, .why = "That is no attack."},
    {"half_a_step", "l1_largest", NUMBER_SET, "steps", 1.5, .why = "One and a half steps."},
    {"unknown_order", "l1_largest", CHOICE_SET, "order", 0, "box", .why = "The ball is missing."},
    {"unknown_stop", "l1_largest", CHOICE_SET, "stop", 0, "some", .why = "Which ones?"},
    {"start_short", "face_ball_box", INPUT_SHORTER, "start", .element = 1,
     .why = "A sample without a start."},
    {"no_start", "face_ball_box", INPUT_SHORTER, "start", .element = 0,
     .why = "No restart is left, so no sample is attacked."},
};

/* Who draws starts of their own: two classes and a linear model, so that every start ends at the
 * strongest point of the ball. */
static const struct {
    struct victim_row like;
    const char *law;
} drawn[] = {
    {{{"drawn_start", "statistical", "ADV-03 ADV-01",
       "Any start: inside ball and box, and as strong as it can be.", 0},
      {.N = 12, .D = 6, .K = 2, .block = 5, .corner = 0.375},
      "epsilon=0.1875 alpha=0.046875 steps=16",
      0},
     "attack linf 0.1875 0 1"},
    {{{"drawn_start_l2", "statistical", "ADV-03",
       "Any start in a Euclidean ball that the box does not cut.", 0},
      {.N = 12, .D = 6, .K = 2, .block = 5},
      "epsilon=0.125 alpha=0.0625 steps=32 norm=l2",
      0},
     "attack l2 0.125 0 1"},
};

void projected_gradient_descent_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = victim_add(list, &row->like);
        const struct victim_setting *is = &row->like.setting;
        if (row->restarts)
            case_uniform(test, "start", DIMS(row->restarts, is->N, is->D), -row->start, row->start);
    }
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        struct assay_case *test = victim_add(list, &drawn[i].like);
        const struct victim_setting *is = &drawn[i].like.setting;
        case_drawn(test, "start", "normal", DIMS(1, is->N, is->D));
        case_law(test, "adversarial", drawn[i].law);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
