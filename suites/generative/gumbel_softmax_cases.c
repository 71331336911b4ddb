// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <string.h>

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct {
        size_t N, L, K, E, block;
        const char *noise, *hard;
        double temperature, spread, low, high; /* of the logits; of the uniforms */
    };
} rows[] = {
    {{"melodies", "bounded", "GAN-20",
      "Sequences of five notes out of four with the vectors of their notes, and every default.", 0},
     {5, 5, 4, 3, 2, NULL, NULL, 0, 1, 0.0625, 0.9375}},
    {{"cold", "bounded", "GAN-20", "A temperature of 0.25: nearly one note each.", 0},
     {3, 2, 5, 2, 2, NULL, NULL, 0.25, 1, 0.0625, 0.9375}},
    {{"frozen", "bounded", "GAN-20",
      "A temperature of 2^-12: scores of thousands, and neither NaN nor infinity.", 0},
     {3, 2, 3, 0, 2, NULL, NULL, 0x1p-12, 3, 0.0625, 0.9375}},
    {{"hard", "bounded", "GAN-20",
      "One note each, whose gradient is the soft sample's: straight through.", 0},
     {5, 3, 4, 3, 2, NULL, "yes", 0.75, 1, 0.0625, 0.9375}},
    {{"given_noise", "bounded", "GAN-20", "Gumbel noise itself is given.", 0},
     {4, 2, 4, 2, 3, "gumbel", NULL, 0.75, 1, 0, 0}},
    {{"small_uniforms", "bounded", "GAN-20",
      "Uniforms down to 1e-30: a constant added inside the logarithm shows.", 0},
     {3, 2, 3, 0, 2, NULL, NULL, 0, 1, 0.0625, 0.9375}},
    {{"large_uniforms", "bounded", "GAN-20",
      "Uniforms close to 1, where -log u is small and the noise large.", 0},
     {3, 2, 3, 0, 2, NULL, NULL, 2, 1, 0.9990234375, 0.99993896484375}},
    {{"sure_scores", "bounded", "GAN-20", "Logits far apart: noise seldom matters.", 0},
     {3, 2, 4, 2, 2, NULL, NULL, 0, 12, 0.0625, 0.9375}},
    {{"one_place", "bounded", "GAN-20", "Sequences of one note, in many blocks.", 0},
     {11, 1, 3, 2, 2, NULL, NULL, 0.75, 1, 0.0625, 0.9375}},
    {{"one_category", "exact", "GAN-20", "Nothing to choose: y is 1 and its gradient 0.", 0},
     {2, 1, 1, 0, 1, "gumbel", NULL, 0, 1, 0, 0}},
};

/* Equal scores, of exact data: the first of them is chosen. */
static void add_ties(struct case_list *list)
{
    static const struct case_head head = {
        "equal_scores", "bounded", "GAN-20",
        "Two and three equal sums of score and noise: the first is chosen, the soft sample shared.",
        0};
    static const double z[] = {1, 2, 0.5, 0, 0, 0, 2, -1, 1, 3, 0, 3};
    static const double g[] = {1, 0, 1.5, 0.5, 0.5, 0.5, 0, 3, -1, 0, 3, 0};
    struct assay_case *test = case_add(list, &head);
    case_choice(test, "noise", "gumbel");
    case_choice(test, "hard", "yes");
    case_values(test, "z", DIMS(2, 2, 3), z);
    case_values(test, "g", DIMS(2, 2, 3), g);
    case_normal(test, "dy", DIMS(2, 2, 3), 0, 1);
}

/* Two notes, the second with probability 0.7. */
static void add_drawn(struct case_list *list)
{
    static const struct case_head head = {
        "drawn", "statistical", "GAN-20",
        "Whoever draws the uniforms gets notes with the probabilities of their softmax.", 0};
    struct assay_case *test = case_add(list, &head);
    const size_t N = 32, L = 32;
    case_choice(test, "hard", "yes");
    case_number(test, "temperature", 0.5);
    case_constant(test, "z", DIMS(N, L, 2), 0);
    double *z = case_input(test, "z");
    for (size_t i = 1; i < 2 * N * L; i += 2)
        z[i] = (float)0.84729786; /* log(7 / 3) */
    case_drawn(test, "u", "uniform", DIMS(N, L, 2));
    case_law(test, "index", "two 1 0.7 0");
}

static const struct refusal refusals[] = {
    {"temperature_zero", "one_category", NUMBER_SET, "temperature", 0, NULL, 0,
     "That would be the hard sample, which has no gradient."},
    {"u_zero", "small_uniforms", ELEMENT_SET, "u", 0, NULL, 2, "The logarithm of 0."},
    {"u_one", "small_uniforms", ELEMENT_SET, "u", 1, NULL, 2, "Infinite noise."},
    {"noise_missing", "one_category", CHOICE_SET, "noise", 0, "normal", 0, "Not a known noise."},
    {"g_missing", "one_category", INPUT_GONE, "g", 0, NULL, 0, "There is no noise."},
    {"noise_shorter", "one_category", INPUT_SHORTER, "g", 0, NULL, 1, "Noise for every place."},
};

void gumbel_softmax_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t N = row->N, L = row->L, K = row->K;
        case_number(test, "block", (double)row->block);
        if (row->temperature != 0)
            case_number(test, "temperature", row->temperature);
        if (row->noise)
            case_choice(test, "noise", row->noise);
        if (row->hard)
            case_choice(test, "hard", row->hard);
        case_normal(test, "z", DIMS(N, L, K), 0, row->spread);
        if (row->high != 0)
            case_uniform(test, "u", DIMS(N, L, K), row->low, row->high);
        else
            case_normal(test, "g", DIMS(N, L, K), 0.5, 1.25);
        if (strcmp(row->head.name, "small_uniforms") == 0) {
            double *u = case_input(test, "u");
            u[1] = (float)1e-30;
            u[4] = (float)1e-12;
            u[9] = (float)1e-22;
        }
        case_normal(test, "dy", DIMS(N, L, K), 0, 1);
        if (row->E != 0) {
            case_normal(test, "e", DIMS(K, row->E), 0, 1);
            case_normal(test, "dv", DIMS(N, L, row->E), 0, 1);
        }
    }
    add_ties(list);
    add_drawn(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
