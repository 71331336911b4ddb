// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data {
    RANDOM,
    OFFSET,     /* mean 1000, deviation 1 */
    CONSTANTS,  /* every other channel constant, with a value whose sums are exact */
    CANCELLING, /* a sample of 3 among samples of -1, and a beta that cancels its gamma x_hat */
    PAIRS       /* c + a and c - a in turn, a a power of two */
};

enum {
    AFFINE = 1,      /* gamma and beta */
    RUNNING = 2,     /* running statistics */
    GRADIENT = 4,    /* dy */
    INFERENCE = 8,   /* mode */
    LAST = 16,       /* layout channels_last */
    OUTSIDE = 32,    /* epsilon_place outside_root */
    BIASED = 64,     /* running_variance_kind */
    OLD = 128,       /* momentum_weighs old */
    CUMULATIVE = 256 /* average, after `batches` */
};
enum { ALL = AFFINE | RUNNING | GRADIENT };

/* N samples of C channels; H = 0: no positions. epsilon or momentum 0: not stated. */
struct setting {
    size_t N, C, H, W, block;
    unsigned has;
    enum data data;
    double deviation, epsilon, momentum, batches; /* deviation 0: 4 */
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "NRM-07 NRM-08",
      "Sizes that all differ, a variance far from 1, gamma and beta, everything differentiated.",
       0},
     {.N = 7, .C = 5, .block = 2, .has = ALL}},
    {{"plain", "bounded", "NRM-07", "Without gamma and beta, which are 1 and 0 then.", 0},
     {.N = 9, .C = 4, .block = 4, .has = GRADIENT, .epsilon = 1e-5}},
    {{"forward_only", "bounded", "NRM-07 NRM-08", "No upstream gradient, no running statistics.",
      0},
     {.N = 6, .C = 3, .block = 2, .has = AFFINE, .epsilon = 1e-5}},
    {{"two_values", "bounded", "NRM-07 NRM-09",
      "Two values per channel: the unbiased running variance is twice the biased one.", 0},
     {.N = 2, .C = 6, .block = 1, .has = AFFINE | RUNNING, .epsilon = 1e-5, .momentum = 0.1}},
    {{"two_values_biased", "bounded", "NRM-07 NRM-09", "The same with the biased one.", 0},
     {.N = 2, .C = 6, .block = 1, .has = AFFINE | RUNNING | BIASED, .epsilon = 1e-5,
      .momentum = 0.1}},
    {{"two_values_gradient", "bounded", "NRM-07",
      "Two values per channel and a large epsilon: what is left of dx after its two projections.",
       0},
     {.N = 2, .C = 5, .block = 1, .has = AFFINE | GRADIENT, .epsilon = 16}},
    {{"one_value", "bounded", "NRM-07 NRM-09",
      "One value per channel: y is beta, dx is 0, and the biased running variance shrinks.", 0},
     {.N = 1, .C = 4, .block = 1, .has = ALL | BIASED, .epsilon = 1e-3, .momentum = 0.25}},
    {{"keras", "bounded", "NRM-07 NRM-08 NRM-09",
      "Keras: epsilon 1e-3, momentum 0.99 weighs the old, biased running variance, channels last.",
      0},
     {.N = 5, .C = 3, .H = 2, .W = 4, .block = 2, .has = ALL | LAST | BIASED | OLD, .epsilon = 1e-3,
      .momentum = 0.99}},
    {{"pytorch", "bounded", "NRM-07 NRM-08 NRM-09 NRM-11",
      "PyTorch: epsilon 1e-5, momentum 0.1 weighs the new, unbiased running variance, NCHW.", 0},
     {.N = 5, .C = 3, .H = 2, .W = 4, .block = 2, .has = ALL, .epsilon = 1e-5, .momentum = 0.1}},
    {{"cube", "bounded", "NRM-11",
      "As many channels as rows and columns: a wrong layout fits the shape, but not the numbers.",
       0},
     {.N = 3, .C = 4, .H = 4, .W = 4, .block = 1, .has = ALL, .epsilon = 1e-5, .momentum = 0.1}},
    {{"cube_channels_last", "bounded", "NRM-11", "The same with channels last.", 0},
     {.N = 3, .C = 4, .H = 4, .W = 4, .block = 1, .has = ALL | LAST, .epsilon = 1e-5,
      .momentum = 0.1}},
    {{"one_image", "bounded", "NRM-11 NRM-09",
      "A single image: N - 1 is 0 where N H W - 1 is 14.", 0},
     {.N = 1, .C = 4, .H = 3, .W = 5, .block = 1, .has = ALL, .epsilon = 1e-5, .momentum = 0.5}},
    {{"cumulative", "bounded", "NRM-09",
      "The cumulative average after 3 batches gives this one a quarter, whatever the momentum.", 0},
     {.N = 8, .C = 3, .block = 2, .has = AFFINE | RUNNING | CUMULATIVE, .epsilon = 1e-5,
      .momentum = 0.1, .batches = 3}},
    {{"first_of_cumulative", "bounded", "NRM-09",
      "The first batch of a cumulative average replaces the initial statistics.", 0},
     {.N = 8, .C = 3, .block = 4, .has = RUNNING | CUMULATIVE, .epsilon = 1e-5}},
    {{"inference", "bounded", "NRM-09",
      "Running statistics from elsewhere, used and not touched; they are constants of dx.", 0},
     {.N = 7, .C = 4, .block = 2, .has = ALL | INFERENCE, .epsilon = 1e-5, .momentum = 0.1}},
    {{"inference_maps", "bounded", "NRM-09 NRM-11", "Inference on feature maps, channels last.", 0},
     {.N = 3, .C = 5, .H = 3, .W = 2, .block = 1, .has = ALL | INFERENCE | LAST, .epsilon = 1e-3}},
    {{"inference_one", "bounded", "NRM-09",
      "Inference on one sample, which has no statistics of its own.", 0},
     {.N = 1, .C = 6, .block = 1, .has = AFFINE | RUNNING | INFERENCE, .epsilon = 1e-5}},
    {{"inference_outside", "bounded", "NRM-09", "Inference with epsilon added to the deviation.",
      0},
     {.N = 4, .C = 5, .block = 2, .has = ALL | INFERENCE | OUTSIDE, .epsilon = 0.01}},
    {{"narrow", "bounded", "NRM-07",
      "A variance about as large as epsilon: where it stands, and its value, decide half of y.", 0},
     {.N = 11, .C = 5, .block = 4, .has = AFFINE | RUNNING, .deviation = 0.003, .epsilon = 1e-5,
      .momentum = 0.1}},
    {{"narrow_gradient", "bounded", "NRM-07", "The same with Keras's epsilon and gradients.", 0},
     {.N = 11, .C = 5, .block = 4, .has = ALL, .deviation = 0.03, .epsilon = 1e-3,
      .momentum = 0.1}},
    {{"narrow_outside", "bounded", "NRM-07", "The same with epsilon added to the deviation.", 0},
     {.N = 11, .C = 5, .block = 4, .has = ALL | OUTSIDE, .deviation = 0.03, .epsilon = 0.01,
      .momentum = 0.1}},
    {{"offset", "bounded", "NRM-07",
      "Mean 1000, deviation 1: E[x^2] - E[x]^2 has lost every digit in binary32.", 0},
     {.N = 33, .C = 3, .block = 4, .has = ALL, .data = OFFSET, .epsilon = 1e-5, .momentum = 0.1}},
    {{"constant_channels", "bounded", "NRM-07",
      "Every other channel is constant: y is beta there, and epsilon alone divides.", 0},
     {.N = 10, .C = 5, .block = 4, .has = ALL, .data = CONSTANTS, .epsilon = 1e-3,
      .momentum = 0.1}},
    {{"constant_channels_outside", "bounded", "NRM-07",
      "Constant channels with epsilon outside the root, where the root has no derivative.", 0},
     {.N = 10, .C = 5, .block = 4, .has = AFFINE | RUNNING | OUTSIDE, .data = CONSTANTS,
      .epsilon = 1e-3, .momentum = 0.1}},
    {{"cancelling", "bounded", "NRM-08",
      "gamma x_hat nearly cancels beta: a correct result has no correct digit, only a small error.",
      0},
     {.N = 4, .C = 3, .block = 2, .has = AFFINE | GRADIENT, .data = CANCELLING, .epsilon = 1e-5}},
    {{"many_blocks", "bounded", "NRM-07 NRM-12 DST-08",
      "67 samples in blocks of 4, the last of them short: blocks are not averaged but pooled.", 0},
     {.N = 67, .C = 2, .block = 4, .has = ALL, .epsilon = 1e-5, .momentum = 0.1}},
    {{"many_maps", "bounded", "NRM-11 NRM-12",
      "17 small images in blocks of 2: every rank has some, and the last block is short.", 0},
     {.N = 17, .C = 3, .H = 3, .W = 3, .block = 2, .has = ALL, .epsilon = 1e-5, .momentum = 0.1}},
    {{"hidden_layer", "bounded", "NRM-07 NRM-08",
      "A batch of realistic size: 32 samples of 19 features.", 0},
     {.N = 32, .C = 19, .block = 8, .has = ALL, .epsilon = 1e-5, .momentum = 0.1}},
    {{"exact_pairs", "exact", "NRM-07 NRM-08 NRM-09",
      "Values c + a and c - a without epsilon: exact in every order, y, dx and statistics.", 0},
     {.N = 4, .C = 5, .block = 1, .has = ALL | BIASED, .data = PAIRS, .momentum = 0.25}},
    {{"exact_maps", "exact", "NRM-11 NRM-12", "The same for feature maps with channels last.", 0},
     {.N = 4, .C = 3, .H = 2, .W = 2, .block = 1, .has = ALL | BIASED | LAST, .data = PAIRS,
      .momentum = 0.5}},
    /* clang-format on */
};

static void adjust(double *x, const struct setting *is, size_t P)
{
    for (size_t i = 0; i < is->N * is->C * P; i++) {
        size_t within = i % (is->C * P), n = i / (is->C * P);
        size_t c = is->has & LAST ? within % is->C : within / P;
        size_t p = is->has & LAST ? within / is->C : within % P;
        if (is->data == CONSTANTS && c % 2 == 0)
            x[i] = (double)c - 2.75;
        else if (is->data == CANCELLING)
            x[i] = (n == 1 ? 3 : -1) * (double)(c + 1);
        else if (is->data == PAIRS)
            x[i] = (double)c - 1 + ((n + p + c) % 2 ? 0.5 : -0.5) * (double)(1u << c % 3);
    }
}

/* beta = -gamma sqrt(3), as nearly as binary32 has it: x_hat of the 3 is sqrt(3). */
static void cancel(struct assay_case *test, size_t C)
{
    for (size_t c = 0; c < C; c++)
        case_input(test, "beta")[c] = (float)(-1.7320508 * case_input(test, "gamma")[c]);
}

static void fill(struct assay_case *test, const struct setting *is)
{
    struct dims dims = DIMS(is->N, is->C);
    size_t P = is->H ? is->H * is->W : 1;
    int exact = is->data == PAIRS;
    if (is->H)
        dims = is->has & LAST ? DIMS(is->N, is->H, is->W, is->C) : DIMS(is->N, is->C, is->H, is->W);
    double deviation = is->deviation > 0 ? is->deviation : 4;
    if (is->data == OFFSET)
        case_normal(test, "x", dims, 1000, 1);
    else
        case_normal(test, "x", dims, 3, deviation);
    adjust(case_input(test, "x"), is, P);
    if (exact) {
        case_dyadic(test, "gamma", DIMS(is->C), 0.5, 2, 0.25);
        case_dyadic(test, "beta", DIMS(is->C), -2, 2, 0.5);
        case_dyadic(test, "running_mean", DIMS(is->C), -2, 2, 0.5);
        case_dyadic(test, "running_variance", DIMS(is->C), 0.5, 2, 0.5);
        case_dyadic(test, "dy", dims, -2, 2, 0.5);
        return;
    }
    if (is->has & AFFINE) {
        case_signed(test, "gamma", DIMS(is->C), 0.5, 2.5);
        case_uniform(test, "beta", DIMS(is->C), -2, 2);
    }
    if (is->data == CANCELLING)
        cancel(test, is->C);
    if (is->has & RUNNING) {
        case_uniform(test, "running_mean", DIMS(is->C), -2, 4);
        case_uniform(test, "running_variance", DIMS(is->C), 0.25, 3);
    }
    if (is->has & GRADIENT)
        case_signed(test, "dy", dims, 0.25, 2);
}

static void choose(struct assay_case *test, const struct setting *is)
{
    case_number(test, "block", (double)is->block);
    if (is->N == 1 && is->H == 0 && !(is->has & INFERENCE))
        case_choice(test, "one_value", "variance_zero");
    if (is->epsilon > 0 || is->data == PAIRS)
        case_number(test, "epsilon", is->epsilon);
    if (is->momentum > 0)
        case_number(test, "momentum", is->momentum);
    if (is->batches > 0)
        case_number(test, "batches", is->batches);
    if (is->has & INFERENCE)
        case_choice(test, "mode", "inference");
    if (is->has & LAST)
        case_choice(test, "layout", "channels_last");
    if (is->has & OUTSIDE)
        case_choice(test, "epsilon_place", "outside_root");
    if (is->has & BIASED)
        case_choice(test, "running_variance_kind", "biased");
    if (is->has & OLD)
        case_choice(test, "momentum_weighs", "old");
    if (is->has & CUMULATIVE)
        case_choice(test, "average", "cumulative");
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to normalise."},
    {"epsilon_negative", "rectangular", NUMBER_SET, "epsilon", -0.001, NULL, 0,
     "A root of a negative number where the variance is small."},
    {"fewer_gamma", "rectangular", INPUT_SHORTER, "gamma", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"fewer_beta", "rectangular", INPUT_SHORTER, "beta", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"fewer_running_mean", "rectangular", INPUT_SHORTER, "running_mean", 0, NULL, 0,
     "One channel has no parameter of its own."},
    {"epsilon_zero", "constant_channels", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A constant channel would be divided by 0."},
    {"one_value_refused", "one_value", CHOICE_SET, "one_value", 0, "refused", 0,
     "One value per channel has no statistics to learn from: PyTorch and MLX raise."},
    {"one_value_unbiased", "one_value", CHOICE_SET, "running_variance_kind", 0, "unbiased", 0,
     "One value per channel has no variance with M - 1."},
    {"momentum_above_one", "rectangular", NUMBER_SET, "momentum", 1.5, NULL, 0,
     "The old statistic would have a negative weight."},
    {"momentum_negative", "rectangular", NUMBER_SET, "momentum", -0.25, NULL, 0,
     "The new statistic would have a negative weight."},
    {"batches_negative", "cumulative", NUMBER_SET, "batches", -2, NULL, 0,
     "Nobody has seen minus two batches."},
    {"running_variance_negative", "inference", ELEMENT_SET, "running_variance", -0.5, NULL, 1,
     "A root of a negative number."},
    {"inference_without_mean", "inference", INPUT_GONE, "running_mean", 0, NULL, 0,
     "Inference has no statistics of its own."},
    {"inference_without_variance", "inference", INPUT_GONE, "running_variance", 0, NULL, 0,
     "The same without the variance."},
    {"unknown_mode", "inference", CHOICE_SET, "mode", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_layout", "cube_channels_last", CHOICE_SET, "layout", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_epsilon_place", "inference_outside", CHOICE_SET, "epsilon_place", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_running_variance_kind", "keras", CHOICE_SET, "running_variance_kind", 0, "whatever",
     0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_momentum_weighs", "keras", CHOICE_SET, "momentum_weighs", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_average", "cumulative", CHOICE_SET, "average", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_one_value", "one_value", CHOICE_SET, "one_value", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"batches_of_halves", "cumulative", NUMBER_SET, "batches", 2.5, NULL, 0,
     "Half a batch has not been seen."},
    /* clang-format on */
};

void batch_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        choose(test, &rows[i].is);
        fill(test, &rows[i].is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
