// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { STATED = 3 };
enum layout { RING, GRID, RANDOM, LATTICE };

/* N samples around the first `reached` of K modes, spread `spread` times the deviation. */
static const struct row {
    struct case_head head;
    enum layout layout;
    size_t N, K, D, block, reached;
    double deviation, spread;
    const char *choice[STATED][2];
    struct {
        const char *name;
        double value;
    } number[STATED];
} rows[] = {
    {{"ring", "bounded", "GAN-01 GAN-06",
      "Eight modes in a ring, five of them reached, some samples between the modes.", 1},
     .layout = RING,
     .N = 30,
     .K = 8,
     .D = 2,
     .block = 4,
     .reached = 5,
     .deviation = 0.25,
     .spread = 1.5},
    {{"collapsed", "bounded", "GAN-01",
      "Mode collapse: one mode has everything, and the divergence is log 8.", 0},
     .layout = RING,
     .N = 12,
     .K = 8,
     .D = 2,
     .block = 2,
     .reached = 1,
     .deviation = 0.25,
     .spread = 0.5},
    {{"grid", "bounded", "GAN-01", "A grid of nine modes, all stated.", 0},
     .layout = GRID,
     .N = 28,
     .K = 9,
     .D = 2,
     .block = 2,
     .reached = 9,
     .deviation = 0.125,
     .spread = 2,
     .choice = {{"counted", "good"}, {"edge", "within"}, {"base", "nats"}},
     .number = {{"multiple", 3}, {"least", 1}}},
    {{"all_counted", "bounded", "GAN-01", "Bad samples count for their nearest mode too.", 0},
     .layout = GRID,
     .N = 28,
     .K = 9,
     .D = 2,
     .block = 2,
     .reached = 6,
     .deviation = 0.125,
     .spread = 3,
     .choice = {{"counted", "all"}}},
    {{"two_deviations", "bounded", "GAN-01", "A radius of two deviations.", 0},
     .layout = RING,
     .N = 30,
     .K = 8,
     .D = 2,
     .block = 4,
     .reached = 8,
     .deviation = 0.25,
     .spread = 2,
     .number = {{"multiple", 2}}},
    {{"at_least_three", "bounded", "GAN-01", "A mode is covered from three samples on.", 0},
     .layout = GRID,
     .N = 24,
     .K = 9,
     .D = 2,
     .block = 2,
     .reached = 9,
     .deviation = 0.25,
     .spread = 1,
     .number = {{"least", 3}}},
    {{"bits", "bounded", "GAN-01", "The divergence in bits.", 0},
     .layout = RING,
     .N = 21,
     .K = 8,
     .D = 2,
     .block = 4,
     .reached = 3,
     .deviation = 0.25,
     .spread = 1,
     .choice = {{"base", "bits"}}},
    {{"nothing_good", "bounded", "GAN-01",
      "A radius that nobody meets: no quality, no mode, the largest divergence.", 0},
     .layout = GRID,
     .N = 9,
     .K = 9,
     .D = 2,
     .block = 2,
     .reached = 9,
     .deviation = 0.001,
     .spread = 400},
    {{"overlapping", "bounded", "GAN-01",
      "Radii that overlap in three dimensions: a sample counts once, for its nearest mode.", 0},
     .layout = RANDOM,
     .N = 26,
     .K = 5,
     .D = 3,
     .block = 4,
     .reached = 5,
     .deviation = 0.5,
     .spread = 1.25,
     .number = {{"multiple", 1.5}}},
    {{"on_the_edge", "exact", "GAN-01",
      "Samples halfway between modes of a lattice and exactly at the radius, which is good; the "
      "first of equally near modes counts.",
      0},
     .layout = LATTICE,
     .N = 16,
     .K = 4,
     .D = 2,
     .block = 2,
     .reached = 4,
     .deviation = 1,
     .number = {{"multiple", 1}}},
    {{"on_the_edge_strict", "exact", "GAN-01", "The same, where the radius itself is outside.", 0},
     .layout = LATTICE,
     .N = 16,
     .K = 4,
     .D = 2,
     .block = 2,
     .reached = 4,
     .deviation = 1,
     .choice = {{"edge", "strict"}},
     .number = {{"multiple", 1}}},
    {{"one_mode", "bounded", "GAN-06",
      "A single mode, as in document 004 C8: N((2,2), 0.25 I), of which divergence knows nothing.",
      0},
     .layout = GRID,
     .N = 20,
     .K = 1,
     .D = 2,
     .block = 2,
     .reached = 1,
     .deviation = 0.5,
     .spread = 1.75},
};

static const struct refusal refusals[] = {
    {"deviation_zero", "nothing_good", NUMBER_SET, "deviation", 0, NULL, 0,
     "Nothing can be within a radius of 0."},
    {"multiple_negative", "nothing_good", NUMBER_SET, "multiple", -3, NULL, 0,
     "A radius is not negative."},
    {"least_zero", "nothing_good", NUMBER_SET, "least", 0, NULL, 0,
     "Every mode would be covered by nobody."},
    {"widths_differ", "nothing_good", INPUT_SHORTER, "centres", 0, NULL, 1,
     "Samples and centres have different widths."},
    {"no_centres", "nothing_good", INPUT_GONE, "centres", 0, NULL, 0, "There are no modes."},
};

/* Each mode has a sample at its centre and three at a distance of exactly 1, some of which are as
 * near to another mode: so whatever is good, counts are equal and their logarithms exact. */
static const double lattice[] = {0,  0, -1, 0, 1, 0, 0, 1, 2, 0, 3, 0, 2, 1, 2, -1,
                                 -1, 2, 0,  2, 1, 2, 0, 3, 2, 2, 3, 2, 2, 3, 3, 2};

static void fill_centres(struct assay_case *test, const struct row *row)
{
    static const double ring[] = {2,  0, 1.5,  1.5,  0, 2,  -1.5, 1.5,
                                  -2, 0, -1.5, -1.5, 0, -2, 1.5,  -1.5};
    case_uniform(test, "centres", DIMS(row->K, row->D), -1, 1);
    double *centre = case_input(test, "centres");
    for (size_t i = 0; i < row->K * 2 && row->layout != RANDOM; i++) {
        size_t k = i / 2;
        if (row->layout == RING)
            centre[i] = ring[i];
        else if (row->layout == GRID)
            centre[i] = row->K == 1 ? 2 : (double)(i % 2 ? k / 3 : k % 3) * 2 - 2;
        else
            centre[i] = (double)(i % 2 ? k / 2 : k % 2) * 2;
    }
}

void gan_mode_coverage_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "deviation", row->deviation);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        for (size_t k = 0; k < STATED && row->number[k].name; k++)
            case_number(test, row->number[k].name, row->number[k].value);
        fill_centres(test, row);
        if (row->layout == LATTICE) {
            case_values(test, "samples", DIMS(row->N, row->D), lattice);
            continue;
        }
        case_normal(test, "samples", DIMS(row->N, row->D), 0, row->deviation * row->spread);
        double *sample = case_input(test, "samples"), *centre = case_input(test, "centres");
        for (size_t n = 0; n < row->N; n++)
            for (size_t d = 0; d < row->D; d++)
                sample[n * row->D + d] =
                    (float)(sample[n * row->D + d] + centre[n * n % row->reached * row->D + d]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
