// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, D, T, block;
        const char *schedule, *terminal, *target, *index, *reduction, *weighting;
        double start, end, offset, max_beta, gamma, dloss;
        int step[12]; /* t */
    };
} rows[] = {
    {{"linear", "bounded", "GAN-19",
      "Every default: a linear schedule, the noise as target, one t a sample.", 0},
     {7, 3, 10, 3, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, {0, 9, 4, 2, 7, 1, 8}}},
    {{"strong_linear", "bounded", "GAN-19", "Betas up to 0.7, so that little is left at the end.",
      0},
     {7,
      3,
      8,
      3,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      0.05,
      0.7,
      0,
      0,
      0,
      0.75,
      {0, 7, 4, 2, 6, 1, 5}}},
    {{"scaled_linear", "bounded", "GAN-19", "The roots of beta are evenly spaced.", 0},
     {6,
      3,
      8,
      4,
      "scaled_linear",
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      0.01,
      0.4,
      0,
      0,
      0,
      0,
      {0, 7, 4, 2, 6, 1}}},
    {{"cosine", "bounded", "GAN-19",
      "The cosine schedule; its last beta is clipped, and what is left of the data there shows it.",
      0},
     {6, 3, 8, 4, "cosine", NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, {0, 7, 4, 2, 6, 1}}},
    {{"one_based", "bounded", "GAN-19", "t counts from 1, as in the papers.", 0},
     {5, 3, 6, 2, NULL, NULL, NULL, "one", NULL, NULL, 0.05, 0.5, 0, 0, 0, 0, {1, 6, 4, 2, 5}}},
    {{"sample_target", "bounded", "GAN-19", "The network predicts the data.", 0},
     {5,
      3,
      6,
      2,
      NULL,
      NULL,
      "sample",
      NULL,
      "sample",
      NULL,
      0.05,
      0.5,
      0,
      0,
      0,
      0,
      {0, 5, 3, 1, 4}}},
    {{"v_target", "bounded", "GAN-19",
      "The network predicts v, and the loss is a sum over features.", 0},
     {5, 3, 6, 2, NULL, NULL, "v", NULL, "sample", NULL, 0.05, 0.5, 0, 0, 0, 1.5, {0, 5, 3, 1, 4}}},
    {{"bound", "bounded", "GAN-19",
      "The weights of the variational bound, largest at the first steps.", 0},
     {6,
      3,
      6,
      4,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      "bound",
      0.05,
      0.5,
      0,
      0,
      0,
      0,
      {0, 5, 3, 1, 4, 2}}},
    {{"min_snr_epsilon", "bounded", "GAN-19",
      "Weights that are limited at a ratio of 5, on both sides of it.", 0},
     {6,
      3,
      6,
      4,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      "min_snr",
      0.05,
      0.5,
      0,
      0,
      0,
      0,
      {0, 5, 3, 1, 4, 2}}},
    {{"min_snr_v", "bounded", "GAN-19", "The same for v, another limit.", 0},
     {6,
      3,
      6,
      4,
      NULL,
      NULL,
      "v",
      NULL,
      NULL,
      "min_snr",
      0.05,
      0.5,
      0,
      0,
      2,
      0,
      {0, 5, 3, 1, 4, 2}}},
    {{"terminal_zero", "bounded", "GAN-19",
      "The schedule stretched until nothing is left: the last step is noise alone, and v is minus "
      "the data.",
      0},
     {6,
      3,
      6,
      4,
      "scaled_linear",
      "zero",
      "v",
      NULL,
      NULL,
      NULL,
      0.01,
      0.4,
      0,
      0,
      0,
      0,
      {0, 5, 3, 1, 4, 5}}},
    {{"one_step", "bounded", "GAN-19", "A schedule of one step, which is beta_start.", 0},
     {3, 2, 1, 2, NULL, NULL, NULL, NULL, NULL, NULL, 0.25, 0.5, 0, 0, 0, 0, {0, 0, 0}}},
    {{"uneven_blocks", "bounded", "GAN-19 DST-02",
      "11 samples in blocks of 2: uneven over any number of ranks.", 0},
     {11,
      2,
      6,
      2,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      "bound",
      0.05,
      0.5,
      0,
      0,
      0,
      0,
      {0, 5, 3, 1, 4, 2, 5, 0, 2, 2, 3}}},
};

static void choice(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

static void add(struct case_list *list, const struct row *row)
{
    static const char *const number[] = {"beta_start", "beta_end", "offset", "max_beta", "gamma"};
    const double value[] = {row->start, row->end, row->offset, row->max_beta, row->gamma};
    struct assay_case *test = case_add(list, &row->head);
    size_t N = row->N, D = row->D;
    case_number(test, "block", (double)row->block);
    case_number(test, "steps", (double)row->T);
    for (size_t i = 0; i < 5; i++)
        if (value[i] != 0)
            case_number(test, number[i], value[i]);
    choice(test, "schedule", row->schedule);
    choice(test, "terminal", row->terminal);
    choice(test, "target", row->target);
    choice(test, "index", row->index);
    choice(test, "reduction", row->reduction);
    choice(test, "weighting", row->weighting);
    if (row->dloss != 0)
        case_constant(test, "dloss", SCALAR, row->dloss);
    case_normal(test, "x", DIMS(N, D), 0.5, 1);
    case_normal(test, "noise", DIMS(N, D), 0, 1);
    case_integers(test, "t", DIMS(N), row->step);
    case_normal(test, "prediction", DIMS(N, D), 0.25, 1);
}

/* beta 0, then 1: the data, then the noise, and every sum exact. */
static void add_exact(struct case_list *list)
{
    static const struct case_head head = {"all_or_nothing", "exact", "GAN-19",
                                          "Betas of 0 and 1: the data itself, then the noise "
                                          "itself, v the noise, then minus the data.",
                                          0};
    static const double beta[] = {0, 1};
    static const int t[] = {0, 1, 1, 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_number(test, "steps", 2);
    case_choice(test, "schedule", "given");
    case_choice(test, "target", "v");
    case_values(test, "beta", DIMS(2), beta);
    case_dyadic(test, "x", DIMS(4, 2), -2, 2, 0.25);
    case_dyadic(test, "noise", DIMS(4, 2), -2, 2, 0.25);
    case_integers(test, "t", DIMS(4), t);
    case_dyadic(test, "prediction", DIMS(4, 2), -2, 2, 0.25);
}

/* Only the noising: no prediction. */
static void add_given(struct case_list *list)
{
    static const struct case_head head = {
        "given", "bounded", "GAN-19",
        "Betas of the case's own that do not rise, and no prediction: noising alone.", 0};
    static const double beta[] = {0.5, 0.125, 0.75, 0.0625};
    static const int t[] = {3, 0, 2};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 2);
    case_number(test, "steps", 4);
    case_choice(test, "schedule", "given");
    case_values(test, "beta", DIMS(4), beta);
    case_normal(test, "x", DIMS(3, 2), 0.5, 1);
    case_normal(test, "noise", DIMS(3, 2), 0, 1);
    case_integers(test, "t", DIMS(3), t);
}

/* All data 0, and a quarter of noise: half a normal deviate remains. */
static void add_drawn(struct case_list *list)
{
    static const struct case_head head = {
        "drawn", "statistical", "GAN-19",
        "Whoever draws the noise finds that of data 0 with its variance, 1 - abar.", 0};
    struct assay_case *test = case_add(list, &head);
    int t[64] = {0};
    case_number(test, "steps", 1);
    case_number(test, "beta_start", 0.25);
    case_constant(test, "x", DIMS(64, 8), 0);
    case_integers(test, "t", DIMS(64), t);
    case_drawn(test, "noise", "normal", DIMS(64, 8));
    case_law(test, "x_t", "normal 0 0.5");
}

static const struct refusal refusals[] = {
    {"step_beyond", "one_step", ELEMENT_SET, "t", 1, NULL, 2, "Step 1 of a schedule of 1, from 0."},
    {"step_below", "one_step", ELEMENT_SET, "t", -1, NULL, 0, "No step before the first."},
    {"no_steps", "one_step", NUMBER_SET, "steps", 0, NULL, 0, "A schedule without a step."},
    {"beta_negative", "given", ELEMENT_SET, "beta", -0.25, NULL, 1, "A variance below 0."},
    {"weight_of_pure_noise", "all_or_nothing", CHOICE_SET, "weighting", 0, "min_snr", 0,
     "Where nothing or all is left, the ratio is 0 or infinite."},
    {"bound_of_v", "all_or_nothing", CHOICE_SET, "weighting", 0, "bound", 0,
     "The bound's weights are those of epsilon."},
    {"terminal_of_one_step", "one_step", CHOICE_SET, "terminal", 0, "zero", 0,
     "One step cannot be stretched."},
};

void diffusion_noising_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(list, &rows[i]);
    add_exact(list);
    add_given(list);
    add_drawn(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
