// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/smote.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    SELF_INCLUDED,
    GAPS_OF_ITS_OWN,
    ONE_GAP,
    AMONG_ALL,
    NEAREST_ONLY,
    FARTHEST,
    OUTWARDS,
    FROM_PARTNER,
    GAP_BOTH_WAYS,
    MIDPOINT,
    CITY_BLOCK,
    LARGEST_DIFFERENCE,
    EXPANDED_SQUARES,
    STANDARDIZED,
    BASE_IN_DATA,
    PARTNER_IN_DATA,
    LABEL_OF_LARGEST,
    LAST_LOST,
    DRAW_TRANSPOSED
};

static enum rival_metric metric_of(enum mistake mistake)
{
    switch (mistake) {
    case CITY_BLOCK:
        return CITY_BLOCKS;
    case LARGEST_DIFFERENCE:
        return LARGEST_GAP;
    case EXPANDED_SQUARES:
        return EXPANDED;
    case FARTHEST:
        return FARTHEST_FIRST;
    case SELF_INCLUDED:
        return SELF_COUNTS;
    default:
        return SQUARES;
    }
}

/* Every feature divided by its standard deviation. */
static const real *standardized(struct call *call, const struct points *points)
{
    real *z = call_scratch(call, points->N * points->D), N = real_count(points->N);
    for (size_t d = 0; d < points->D; d++) {
        real mean = 0, square = 0;
        for (size_t n = 0; n < points->N; n++)
            mean = mean + points->x[n * points->D + d] / N;
        for (size_t n = 0; n < points->N; n++) {
            real gap = points->x[n * points->D + d] - mean;
            square = square + gap * gap / N;
        }
        for (size_t n = 0; n < points->N; n++)
            z[n * points->D + d] = points->x[n * points->D + d] / real_sqrt(square);
    }
    return z;
}

static void pair(struct call *call, const struct smote *is, enum mistake mistake, size_t s,
                 int *source, int *partner)
{
    int c = is->of[s], rank = is->pick[s], base = is->base[s], k = (int)is->k;
    const int *member = classes_members(call, &is->classes, c);
    size_t members = (size_t)is->classes.count[c];
    if (mistake == DRAW_TRANSPOSED) {
        int drawn = base * k + rank, count = is->classes.count[c];
        base = drawn % count;
        rank = drawn / count;
    }
    *source = mistake == BASE_IN_DATA ? base : member[base];
    if (mistake == NEAREST_ONLY)
        rank = 0;
    if (mistake == AMONG_ALL) {
        member = points_all(call, &is->points);
        members = is->points.N;
    }
    *partner =
        rival_neighbour(&is->points, metric_of(mistake), (size_t)*source, member, members, rank);
    for (size_t m = 0; mistake == PARTNER_IN_DATA && m < members; m++) {
        if (member[m] == *partner) {
            *partner = (int)m;
            break;
        }
    }
}

static real gap_of(const struct smote *is, enum mistake mistake, size_t s, size_t d)
{
    size_t D = is->points.D;
    real gap = is->gap[is->per_feature ? s * D + d : s];
    if (mistake == GAPS_OF_ITS_OWN)
        gap = is->gap[is->per_feature ? s * D + d : (s + d) % is->S];
    if (mistake == ONE_GAP)
        gap = is->gap[is->per_feature ? s * D : 0];
    if (mistake == OUTWARDS)
        return -gap;
    if (mistake == FROM_PARTNER)
        return 1 - gap;
    if (mistake == GAP_BOTH_WAYS)
        return 2 * gap - 1;
    return mistake == MIDPOINT ? R(0.5) : gap;
}

/* The two samples weighted, (1 - gap) and gap. */
static void weighted(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct smote is = smote_read(call);
    size_t D = is.points.D;
    const real *x = is.points.x;
    if (mistake == STANDARDIZED)
        is.points.x = standardized(call, &is.points);
    real *synthetic = call_output(call, "synthetic", "SD");
    real *label = call_output_integers(call, "synthetic_label", "S");
    real *from = call_output_integers(call, "source", "S");
    real *to = call_output_integers(call, "partner", "S");
    for (size_t s = 0; s < is.S - (mistake == LAST_LOST); s++) {
        int a, b;
        pair(call, &is, mistake, s, &a, &b);
        from[s] = (real)a;
        to[s] = (real)b;
        label[s] = (real)(mistake == LABEL_OF_LARGEST ? is.classes.largest : is.of[s]);
        for (size_t d = 0; d < D; d++) {
            real gap = gap_of(&is, mistake, s, d);
            synthetic[s * D + d] = (1 - gap) * x[(size_t)a * D + d] + gap * x[(size_t)b * D + d];
        }
    }
}

static const struct fork table[] = {
    {.info = {"weighted", FORK_TWIN, "",
              "Neighbours by counting nearer ones, weights 1 - gap, gap.", NULL},
     .answer = weighted},
    {.info = {"self_included", FORK_BUG, "263", "A sample is its own nearest neighbour.", NULL},
     .answer = weighted,
     .variant = SELF_INCLUDED},
    {.info = {"gaps_of_its_own", FORK_CONVENTION, "262", "Every feature has another gap.", NULL},
     .answer = weighted,
     .variant = GAPS_OF_ITS_OWN},
    {.info = {"one_gap", FORK_BUG, "262", "The first gap serves all features, or all samples.",
              NULL},
     .answer = weighted,
     .variant = ONE_GAP},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equidistant ones is nearer.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equidistant ones is nearer.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"among_all", FORK_BUG, "", "Neighbours are searched in all classes.", NULL},
     .answer = weighted,
     .variant = AMONG_ALL},
    {.info = {"nearest_only", FORK_BUG, "", "The nearest neighbour, whichever is picked.", NULL},
     .answer = weighted,
     .variant = NEAREST_ONLY},
    {.info = {"farthest", FORK_BUG, "", "Distances are sorted the wrong way.", NULL},
     .answer = weighted,
     .variant = FARTHEST},
    {.info = {"outwards", FORK_BUG, "", "The difference has the wrong sign.", NULL},
     .answer = weighted,
     .variant = OUTWARDS},
    {.info = {"from_partner", FORK_CONVENTION, "", "The gap is measured from the neighbour.", NULL},
     .answer = weighted,
     .variant = FROM_PARTNER},
    {.info = {"gap_both_ways", FORK_BUG, "", "Gaps are spread over -1 to 1.", NULL},
     .answer = weighted,
     .variant = GAP_BOTH_WAYS},
    {.info = {"midpoint", FORK_CONVENTION, "", "New samples are halfway, whatever is drawn.", NULL},
     .answer = weighted,
     .variant = MIDPOINT},
    {.info = {"city_block", FORK_CONVENTION, "", "Distances are sums of absolute differences.",
              NULL},
     .answer = weighted,
     .variant = CITY_BLOCK},
    {.info = {"largest_difference", FORK_CONVENTION, "", "The largest difference is the distance.",
              NULL},
     .answer = weighted,
     .variant = LARGEST_DIFFERENCE},
    {.info = {"expanded_squares", FORK_NUMERICAL, "",
              "Distances are |a|^2 + |b|^2 - 2 a b, of points that were not centred.", NULL},
     .answer = weighted,
     .variant = EXPANDED_SQUARES},
    {.info = {"standardized", FORK_CONVENTION, "", "Features are scaled before distances.", NULL},
     .answer = weighted,
     .variant = STANDARDIZED},
    {.info = {"base_in_data", FORK_BUG, "", "The number of a member is taken as one of the data.",
              NULL},
     .answer = weighted,
     .variant = BASE_IN_DATA},
    {.info = {"partner_in_data", FORK_BUG, "",
              "The neighbour's number among the members is taken as one of the data.", NULL},
     .answer = weighted,
     .variant = PARTNER_IN_DATA},
    {.info = {"draw_transposed", FORK_BUG, "", "A flat draw is split by the size of the class.",
              NULL},
     .answer = weighted,
     .variant = DRAW_TRANSPOSED},
    {.info = {"label_of_largest", FORK_BUG, "", "New samples get the label of the largest class.",
              NULL},
     .answer = weighted,
     .variant = LABEL_OF_LARGEST},
    {.info = {"last_lost", FORK_BUG, "", "One new sample too few is made.", NULL},
     .answer = weighted,
     .variant = LAST_LOST},
};

const struct fork_list smote_forks = {sizeof table / sizeof *table, table};
