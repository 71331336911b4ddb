// SPDX-License-Identifier: MIT
#include "network_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, T, size[4], block;
        const char *schedule, *terminal, *target, *sampler, *variance, *final, *after_clip;
        double start, end, eta, clip;
        size_t S;
        int step[6];
    };
} rows[] = {
    {{"ancestral", "trajectory", "GAN-19",
      "All five steps of the first sampler, with every default.", 0},
     {5,
      5,
      {4, 4, 3},
      2,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      0.05,
      0.6,
      0,
      0,
      5,
      {4, 3, 2, 1, 0}}},
    {{"large_variance", "trajectory", "GAN-19",
      "sigma^2 = beta: more noise at each step but none behind the last.", 0},
     {5,
      5,
      {3, 4, 2},
      2,
      NULL,
      NULL,
      NULL,
      NULL,
      "large",
      NULL,
      NULL,
      0.05,
      0.6,
      0,
      0,
      5,
      {4, 3, 2, 1, 0}}},
    {{"clipped", "trajectory", "GAN-19", "Some of the data found is clipped.", 1},
     {4,
      5,
      {3, 4, 2},
      3,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      0.05,
      0.6,
      0,
      0.75,
      5,
      {4, 3, 2, 1, 0}}},
    {{"fewer_steps", "trajectory", "GAN-19",
      "Three of eight steps: a' is that of the next step in the list, not of t - 1.", 0},
     {5, 8, {4, 4, 3}, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0.05, 0.4, 0, 0, 3, {7, 4, 1}}},
    {{"implicit", "trajectory", "GAN-19", "DDIM with eta 0: the noise must not matter.", 0},
     {5,
      8,
      {4, 4, 3},
      2,
      NULL,
      NULL,
      NULL,
      "ddim",
      NULL,
      NULL,
      NULL,
      0.05,
      0.4,
      0,
      0,
      4,
      {7, 5, 2, 0}}},
    {{"implicit_noisy", "trajectory", "GAN-19",
      "eta in between: the direction is shortened by what the noise adds.", 0},
     {5,
      8,
      {3, 4, 2},
      2,
      NULL,
      NULL,
      NULL,
      "ddim",
      NULL,
      NULL,
      NULL,
      0.05,
      0.4,
      0.625,
      0,
      4,
      {7, 5, 2, 0}}},
    {{"implicit_first", "trajectory", "GAN-19",
      "The step behind the last is abar[0], so a little noise is left.", 0},
     {4,
      8,
      {3, 4, 2},
      3,
      "scaled_linear",
      NULL,
      NULL,
      "ddim",
      NULL,
      "first",
      NULL,
      0.05,
      0.4,
      0,
      0,
      3,
      {7, 5, 2}}},
    {{"implicit_clipped", "trajectory", "GAN-19", "Clipped data with the network's own epsilon.",
      0},
     {4,
      6,
      {3, 4, 2},
      3,
      NULL,
      NULL,
      NULL,
      "ddim",
      NULL,
      NULL,
      NULL,
      0.05,
      0.6,
      0.5,
      0.75,
      3,
      {5, 3, 1}}},
    {{"implicit_derived", "trajectory", "GAN-19",
      "The same with the epsilon that the clipped data leaves.", 0},
     {4,
      6,
      {3, 4, 2},
      3,
      NULL,
      NULL,
      NULL,
      "ddim",
      NULL,
      NULL,
      "derived",
      0.05,
      0.6,
      0.5,
      0.75,
      3,
      {5, 3, 1}}},
    {{"predicts_data", "trajectory", "GAN-19", "A network that predicts the data.", 0},
     {4,
      5,
      {3, 4, 2},
      3,
      NULL,
      NULL,
      "sample",
      "ddim",
      NULL,
      NULL,
      NULL,
      0.05,
      0.6,
      0.25,
      0,
      3,
      {4, 2, 0}}},
    {{"predicts_v", "trajectory", "GAN-19",
      "A network that predicts v, from a first step that is noise alone.", 0},
     {5,
      6,
      {4, 4, 3},
      2,
      "scaled_linear",
      "zero",
      "v",
      NULL,
      NULL,
      NULL,
      NULL,
      0.05,
      0.4,
      0,
      0,
      4,
      {5, 3, 2, 0}}},
    {{"linear_network", "trajectory", "GAN-19", "One layer and one step: the smallest.", 0},
     {2, 2, {2, 1}, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0.25, 0.5, 0, 0, 1, {1}}},
};

static const struct refusal refusals[] = {
    {"steps_rise", "implicit_first", ELEMENT_SET, "timesteps", 7, NULL, 1, "A list out of order."},
    {"step_beyond", "linear_network", ELEMENT_SET, "timesteps", 2, NULL, 0,
     "Step 2 of a schedule of 2."},
    {"eta_above_one", "linear_network", NUMBER_SET, "eta", 1.5, NULL, 0,
     "The root of a negative number."},
    {"clip_zero", "linear_network", NUMBER_SET, "clip", 0, NULL, 0, "Nothing would be left."},
    {"noise_shorter", "linear_network", INPUT_SHORTER, "noise", 0, NULL, 1,
     "Noise for every sample."},
    {"no_room_for_the_step", "linear_network", INPUT_SHORTER, "w1", 0, NULL, 0,
     "The step is a feature of the network."},
    {"epsilon_of_noise_alone", "predicts_v", CHOICE_SET, "target", 0, "epsilon", 0,
     "Where no data is left, none follows from the noise."},
};

static void choice(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

static void add(struct case_list *list, const struct row *row)
{
    static const char *const number[] = {"beta_start", "beta_end", "eta", "clip"};
    const double value[] = {row->start, row->end, row->eta, row->clip};
    struct assay_case *test = case_add(list, &row->head);
    size_t N = row->N, D = row->size[0] - 1;
    case_number(test, "block", (double)row->block);
    case_number(test, "steps", (double)row->T);
    for (size_t i = 0; i < 4; i++)
        if (value[i] != 0)
            case_number(test, number[i], value[i]);
    choice(test, "schedule", row->schedule);
    choice(test, "terminal", row->terminal);
    choice(test, "target", row->target);
    choice(test, "sampler", row->sampler);
    choice(test, "variance", row->variance);
    choice(test, "final", row->final);
    choice(test, "after_clip", row->after_clip);
    case_choice(test, "activation", "tanh");
    case_normal(test, "start", DIMS(N, D), 0, 1);
    case_normal(test, "noise", DIMS(row->S, N, D), 0, 1);
    case_integers(test, "timesteps", DIMS(row->S), row->step);
    case_network(test, "", row->size, 0.3, 0.9, 0.25);
}

void diffusion_sampling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
