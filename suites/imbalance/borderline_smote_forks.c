// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/borderline_smote.h"
#include "../fork.h"
#include "neighbours_forks.h"

enum mistake {
    RIGHT,
    NOT_SHORTENED,
    SHORTENED_ALL,
    NOISE_IN_DANGER,
    MORE_THAN_HALF,
    ALL_MEMBERS,
    SAFE_ONES,
    SELF_INCLUDED,
    SELF_JUDGES,
    AMONG_DANGER,
    OF_THE_OTHER_LIST,
    CITY_BLOCK,
    OUTWARDS
};

static int judge(struct call *call, const struct borderline *is, enum mistake mistake, size_t n)
{
    const int *all = points_all(call, &is->smote.points), *label = is->smote.classes.label;
    enum rival_metric metric = mistake == CITY_BLOCK ? CITY_BLOCKS : SQUARES;
    size_t own = 0, m = is->m;
    if (mistake == SELF_JUDGES)
        metric = SELF_COUNTS;
    for (size_t i = 0; i < m; i++)
        own +=
            label[rival_neighbour(&is->smote.points, metric, n, all, is->smote.points.N, (int)i)] ==
            label[n];
    if (own == 0)
        return mistake == NOISE_IN_DANGER ? 1 : 2;
    return mistake == MORE_THAN_HALF ? 2 * own < m : 2 * own <= m;
}

/* Those from which new samples are made; returns their number. */
static int list(const struct borderline *is, enum mistake mistake, const real *danger, int c,
                int *listed)
{
    int count = 0;
    for (size_t n = 0; n < is->smote.points.N; n++) {
        int wanted = danger[n] == 1 || mistake == ALL_MEMBERS;
        if (mistake == SAFE_ONES)
            wanted = danger[n] == 0;
        if (is->smote.classes.label[n] == c && wanted)
            listed[count++] = (int)n;
    }
    return count;
}

static void choose(struct call *call, const struct borderline *is, enum mistake mistake,
                   const real *danger, size_t s, int *source, int *partner)
{
    int *listed = call_scratch_integers(call, is->smote.points.N), c = is->smote.of[s];
    int count = list(is, mistake, danger, c, listed);
    size_t members;
    const int *member = borderline_partners(call, is, s, &members);
    enum rival_metric metric = mistake == CITY_BLOCK ? CITY_BLOCKS : SQUARES;
    *source = *partner = -1;
    if (count == 0)
        return;
    *source = listed[(int)(is->u[s] * (real)count)];
    if (mistake == SELF_INCLUDED)
        metric = SELF_COUNTS;
    if (mistake == AMONG_DANGER && count > (int)is->smote.k) {
        member = listed;
        members = (size_t)count;
    }
    *partner =
        rival_neighbour(&is->smote.points, metric, (size_t)*source, member, members, is->pick[s]);
    if (mistake == OF_THE_OTHER_LIST && is->two && s % 2 == 1) {
        const int *own = classes_members(call, &is->smote.classes, c);
        int i = 0, at = rival_neighbour(&is->smote.points, SQUARES, (size_t)*source, own,
                                        (size_t)is->smote.classes.count[c], is->pick[s]);
        while (own[i] != at)
            i++;
        *partner = classes_others(call, &is->smote.classes, c)[i];
    }
}

static void again(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct borderline is = borderline_read(call);
    size_t S = is.smote.S;
    int *source = call_scratch_integers(call, S), *partner = call_scratch_integers(call, S);
    real *danger = call_output_integers(call, "danger", "N");
    for (size_t n = 0; n < is.smote.points.N; n++)
        danger[n] = -1;
    for (size_t s = 0; s < S; s++) {
        for (size_t n = 0; n < is.smote.points.N; n++) {
            if (is.smote.classes.label[n] == is.smote.of[s] && danger[n] < 0)
                danger[n] = (real)judge(call, &is, mistake, n);
        }
        choose(call, &is, mistake, danger, s, &source[s], &partner[s]);
    }
    const real *g = borderline_gaps(call, &is, partner);
    real *changed = call_scratch(call, S);
    for (size_t s = 0; s < S; s++) {
        changed[s] = mistake == NOT_SHORTENED ? is.smote.gap[s] : g[s];
        if (mistake == SHORTENED_ALL)
            changed[s] = is.smote.gap[s] * is.factor;
        if (mistake == OUTWARDS)
            changed[s] = -changed[s];
    }
    real *synthetic = call_output(call, "synthetic", "SD");
    real *label = call_output_integers(call, "synthetic_label", "S");
    real *from = call_output_integers(call, "source", "S");
    real *to = call_output_integers(call, "partner", "S");
    for (size_t i = 0; i < S * is.smote.points.D; i++) {
        size_t s = i / is.smote.points.D, d = i % is.smote.points.D, D = is.smote.points.D;
        from[s] = (real)source[s];
        to[s] = (real)partner[s];
        label[s] = (real)is.smote.of[s];
        if (source[s] >= 0)
            synthetic[i] = (1 - changed[s]) * is.smote.points.x[(size_t)source[s] * D + d] +
                           changed[s] * is.smote.points.x[(size_t)partner[s] * D + d];
    }
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Counts those of the class; weights 1 - g and g.", NULL},
     .answer = again},
    {.info = {"not_shortened", FORK_BUG, "264", "The whole way to samples of other classes.", NULL},
     .answer = again,
     .variant = NOT_SHORTENED},
    {.info = {"factor_half", FORK_CONVENTION, "264", "Half the way, whatever is stated.", NULL},
     .number = {"factor", 0.5}},
    {.info = {"shortened_all", FORK_BUG, "264", "The way to samples of the class is shortened too.",
              NULL},
     .answer = again,
     .variant = SHORTENED_ALL},
    {.info = {"always_one", FORK_CONVENTION, "", "Partners are of the class only.", NULL},
     .instead = {"kind", "one"}},
    {.info = {"always_two", FORK_CONVENTION, "", "Partners are of all classes.", NULL},
     .instead = {"kind", "two"}},
    {.info = {"noise_in_danger", FORK_BUG, "264", "Who is all alone counts as in danger.", NULL},
     .answer = again,
     .variant = NOISE_IN_DANGER},
    {.info = {"more_than_half", FORK_CONVENTION, "", "Exactly half of the neighbours is no danger.",
              NULL},
     .answer = again,
     .variant = MORE_THAN_HALF},
    {.info = {"all_members", FORK_BUG, "264", "All members of the class make new samples.", NULL},
     .answer = again,
     .variant = ALL_MEMBERS},
    {.info = {"safe_ones", FORK_BUG, "", "Safe members make new samples.", NULL},
     .answer = again,
     .variant = SAFE_ONES},
    {.info = {"self_included", FORK_BUG, "263", "A sample is its own first neighbour.", NULL},
     .answer = again,
     .variant = SELF_INCLUDED},
    {.info = {"self_judges", FORK_BUG, "263", "A sample is among those that judge it.", NULL},
     .answer = again,
     .variant = SELF_JUDGES},
    {.info = {"among_danger", FORK_BUG, "", "Partners are searched among those in danger.", NULL},
     .answer = again,
     .variant = AMONG_DANGER},
    {.info = {"of_the_other_list", FORK_BUG, "",
              "Numbers of neighbours in the class are taken as numbers in the list of the others.",
              NULL},
     .answer = again,
     .variant = OF_THE_OTHER_LIST},
    {.info = {"three_judge", FORK_CONVENTION, "264", "Three neighbours judge.", NULL},
     .number = {"border", 3}},
    {.info = {"ties_first", FORK_CONVENTION, "265", "The first of equidistant ones is nearer.",
              NULL},
     .instead = {"ties", "first"}},
    {.info = {"ties_last", FORK_CONVENTION, "265", "The last of equidistant ones is nearer.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"city_block", FORK_CONVENTION, "", "Distances are sums of absolute differences.",
              NULL},
     .answer = again,
     .variant = CITY_BLOCK},
    {.info = {"outwards", FORK_BUG, "", "The difference has the wrong sign.", NULL},
     .answer = again,
     .variant = OUTWARDS},
};

const struct fork_list borderline_smote_forks = {sizeof table / sizeof *table, table};
