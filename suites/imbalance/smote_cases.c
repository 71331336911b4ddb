// SPDX-License-Identifier: MIT
#include "points.h"

/* S new samples, with gaps in [0, 1), or multiples of 1/8 where x is given. */
struct row {
    struct case_head head;
    struct points_row points;
    size_t S;
    int k;
    const char *strategy, *gap, *draw, *ties;
    double ratio, scale; /* scale: of the second feature; 0: 1 */
    int block, lifted;
};

/* Ten samples of class 0 and six of class 1: a point, the four around it, and a corner. */
static const double grid[] = {0, 0,  4,  4, 5, 5, 5,  4, 4, 5,  1, 0, -4, 4, 0,   1,
                              6, -4, -1, 0, 7, 7, -6, 6, 0, -1, 3, 8, 1,  1, 0.5, 0.5};
/* Three samples of class 1 at one place, two at another, and one of class 0 with them. */
static const double doubles[] = {1, 2, 8, 8, 8,  9, 9, 8, 8, 7, 1,  2, 2, 2, 1, 2,
                                 7, 7, 3, 2, -1, 2, 7, 8, 3, 2, 10, 3, 9, 9, 1, 2};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-04", "Five neighbours, not stated: the usual number.", 0},
     {3, {11, 7}, .spread = 1},
     .S = 4},
    {{"three_neighbours", "bounded", "IMB-04", "Each of three neighbours is picked.", 0},
     {3, {10, 6}, .spread = 1},
     .S = 4,
     .k = 3},
    {{"one_neighbour", "bounded", "IMB-04",
      "Only the nearest neighbour: who counts itself has no neighbour at all.", 0},
     {4, {9, 4}, .spread = 1},
     .S = 5,
     .k = 1},
    {{"all_neighbours", "bounded", "IMB-04",
      "As many neighbours as there are other members: the most that is possible.", 0},
     {3, {9, 4}, .spread = 1},
     .S = 5,
     .k = 3},
    {{"two_members", "bounded", "IMB-04", "A class of two: each is the other's neighbour.", 0},
     {3, {8, 2}, .spread = 1},
     .S = 6,
     .k = 1},
    {{"two_minorities", "bounded", "IMB-04 IMB-02",
      "Two classes grow, the one before and the one after the largest; draws go to them in order.",
      0},
     {3, {4, 9, 5}, .spread = 1},
     .S = 9,
     .k = 2},
    {{"only_the_smallest", "bounded", "IMB-04", "Of two small classes only the smallest grows.", 0},
     {3, {4, 9, 5}, .spread = 1},
     .S = 5,
     .k = 2,
     .strategy = "minority"},
    {{"all_but_the_smallest", "bounded", "IMB-04",
      "The strategy not_minority, which serves to remove samples, leaves the smallest as it is.",
      0},
     {3, {4, 9, 6}, .spread = 1},
     .S = 3,
     .k = 2,
     .strategy = "not_minority"},
    {{"up_to_a_ratio", "bounded", "IMB-04", "The small class grows to 0.7 of the large one.", 0},
     {3, {12, 5}, .spread = 1},
     .S = 3,
     .k = 3,
     .strategy = "ratio",
     .ratio = 0.7},
    {{"gap_per_feature", "bounded", "IMB-04",
      "A gap for each feature: new samples fill boxes, not segments.", 0},
     {3, {9, 5}, .spread = 1},
     .S = 4,
     .k = 3,
     .gap = "feature"},
    {{"flat_draws", "bounded", "IMB-04", "Sample and neighbour from one number.", 0},
     {3, {10, 5}, .spread = 1},
     .S = 5,
     .k = 3,
     .draw = "flat"},
    {{"inside_the_majority", "bounded", "IMB-04",
      "The classes overlap: the nearest samples of all are often of the other class.", 0},
     {2, {14, 6}, .spread = 0},
     .S = 8,
     .k = 3},
    {{"far_from_zero", "bounded", "IMB-04",
      "Samples near 300: distances from |a|^2 + |b|^2 - 2 a b lose their digits in binary32.", 0},
     {3, {11, 6}, .spread = 0.5, .shift = 300},
     .S = 5,
     .k = 4},
    {{"unlike_scales", "bounded", "IMB-04",
      "A feature in other units decides alone which samples are near: nothing is scaled.", 0},
     {3, {10, 6}, .spread = 1},
     .S = 4,
     .k = 3,
     .scale = 50},
    {{"many_features", "bounded", "IMB-04", "19 features, which no vector width divides.", 0},
     {19, {9, 5}, .spread = 1},
     .S = 4,
     .k = 2},
    {{"small_blocks", "bounded", "IMB-04 DST-02",
      "Blocks of two new samples, an uneven last one: in every distribution over up to six.", 0},
     {3, {17, 6}, .spread = 1},
     .S = 11,
     .k = 4,
     .block = 2},
    {{"ties_first", "exact", "IMB-04",
      "Equidistant neighbours: the one that comes first in the data is nearer.", 0},
     {2, {10, 6}, .x = grid},
     .S = 4,
     .k = 3,
     .ties = "first"},
    {{"ties_last", "exact", "IMB-04", "The same, where the last one is nearer.", 0},
     {2, {10, 6}, .x = grid},
     .S = 4,
     .k = 3,
     .ties = "last"},
    {{"large_constant_feature", "exact", "IMB-04",
      "One feature is 2^28 everywhere: |a|^2 + |b|^2 - 2 a b keeps nothing of the others.", 0},
     {2, {10, 6}, .x = grid},
     .S = 4,
     .k = 3,
     .lifted = 1},
    {{"duplicates", "exact", "IMB-04",
      "Samples that occur twice and three times: the others at the same place are neighbours.", 0},
     {2, {10, 6}, .x = doubles},
     .S = 4,
     .k = 2},
};

static void draw(struct assay_case *test, const struct row *row)
{
    size_t S = row->S, k = row->k > 0 ? (size_t)row->k : 5;
    struct dims gaps = row->gap && row->gap[0] == 'f' ? DIMS(S, row->points.D) : DIMS(S);
    size_t least = points_count(&row->points);
    for (int c = 0; c < POINT_CLASSES; c++) {
        size_t count = (size_t)row->points.count[c];
        least = count > 0 && count < least ? count : least;
    }
    if (row->strategy && row->strategy[0] == 'n')
        least++; /* the smallest does not grow */
    if (row->draw && row->draw[0] == 'f') {
        case_labels(test, "draw", S, (int)(least * k));
    } else {
        case_labels(test, "base", S, (int)least);
        case_labels(test, "pick", S, (int)k);
        for (size_t s = 0; s < S; s++)
            case_input(test, "pick")[s] = (double)((s + k - 1) % k);
    }
    if (row->points.x)
        case_dyadic(test, "gap", gaps, 0.125, 0.875, 0.125);
    else
        case_uniform(test, "gap", gaps, 0.05, 0.95);
}

/* A feature of 2^28 between the two of the grid. */
static void lift(struct assay_case *test, size_t N)
{
    case_constant(test, "x", DIMS(N, 3), 0x1p28);
    double *x = case_input(test, "x");
    for (size_t n = 0; n < N; n++) {
        x[3 * n] = grid[2 * n];
        x[3 * n + 2] = grid[2 * n + 1];
    }
}

static const struct refusal refusals[] = {
    {"too_many_neighbours", "two_members", NUMBER_SET, "neighbours", 2, NULL, 0,
     "A sample of a class of two has one neighbour."},
    {"no_neighbours", "two_members", NUMBER_SET, "neighbours", 0, NULL, 0,
     "There is nothing to go to."},
    {"gap_above_one", "two_members", ELEMENT_SET, "gap", 1.5, NULL, 2, "Beyond the neighbour."},
    {"base_beyond", "two_members", ELEMENT_SET, "base", 2, NULL, 1,
     "There is a sample 2 of the data, but none of the class."},
    {"pick_beyond", "two_members", ELEMENT_SET, "pick", 1, NULL, 1, "Only neighbour 0 exists."},
    {"gaps_short", "two_members", INPUT_SHORTER, "gap", 0, NULL, 0, "A new sample without a gap."},
    {"pick_missing", "two_members", INPUT_GONE, "pick", 0, NULL, 0, "No neighbour is drawn."},
    {"ratio_shrinks", "up_to_a_ratio", NUMBER_SET, "ratio", 0.25, NULL, 0,
     "The class has more samples already."},
    {"ratio_above_one", "up_to_a_ratio", NUMBER_SET, "ratio", 1.25, NULL, 0,
     "The small class would be the large one."},
    {"ties_unknown", "ties_first", CHOICE_SET, "ties", 0, "unheard_of", 0,
     "There is no such convention."},
};

static const struct case_head head_drawn = {
    "drawn", "statistical", "IMB-04",
    "Whoever draws samples, neighbours and gaps: on segments between neighbours, anywhere on them.",
    0};

static void fill_drawn(struct assay_case *test)
{
    enum { S = 380, MINORITY = 20 };
    static const struct points_row points = {3, {S + MINORITY, MINORITY}, .spread = 1};
    points_case(test, &points);
    case_drawn(test, "base", "integers 20", DIMS(S));
    case_drawn(test, "pick", "integers 5", DIMS(S));
    case_drawn(test, "gap", "uniform", DIMS(S));
    case_law(test, "synthetic", "segments 5 1");
}

void smote_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->lifted)
            points_labels(test, &row->points);
        else
            points_case(test, &row->points);
        const char *const choice[] = {"strategy", row->strategy, "gap",  row->gap,
                                      "draw",     row->draw,     "ties", row->ties};
        points_choices(test, choice, 4);
        if (row->k > 0)
            case_number(test, "neighbours", row->k);
        if (row->ratio > 0)
            case_number(test, "ratio", row->ratio);
        if (row->block > 0)
            case_number(test, "block", row->block);
        for (size_t n = 0; row->scale > 0 && n < points_count(&row->points); n++) {
            double *x = &case_input(test, "x")[n * row->points.D + 1];
            *x = (float)(*x * row->scale);
        }
        if (row->lifted)
            lift(test, points_count(&row->points));
        draw(test, row);
    }
    fill_drawn(case_add(list, &head_drawn));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
