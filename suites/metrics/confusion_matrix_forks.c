// SPDX-License-Identifier: MIT
#include "../../reference/metrics/confusion_matrix.h"
#include "../fork.h"
#include "class_forks.h"

enum mistake {
    NOT_TURNED = CLASS_MISTAKES,
    COUNTS_SWAPPED,
    TRUE_NEGATIVES_ALL,
    OUTSIDE_COUNTED,
    SUBSET_SORTED,
    SMALLEST_SCORE,
    THRESHOLD_SIGN,
    DIVIDED_BY_WHOLE_ROW
};

struct walk {
    struct class_walk c;
    size_t S;
    const int *subset;
};

/* Predictions, wherever they come from. */
static void predict(struct call *call, struct class_walk *c)
{
    static const char *const comparisons[] = {"above", "at_least", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    if (call_has(call, "predicted")) {
        c->predicted = call_integers(call, "predicted", "N", 0, (int)c->K - 1);
        return;
    }
    int *predicted = call_scratch_integers(call, c->N);
    c->predicted = predicted;
    if (call_rank(call, "scores") == 1) {
        const real *s = call_input(call, "scores", "N");
        real t = c->mistake == THRESHOLD_SIGN ? 0 : call_number_or(call, "threshold", R(0.5));
        int at_least = call_choice(call, "comparison", comparisons);
        for (size_t n = 0; n < c->N; n++)
            predicted[n] = !(s[n] < t) && (at_least || s[n] != t);
        return;
    }
    const real *s = call_input(call, "scores", "NK");
    int last = call_choice(call, "ties", ties);
    for (size_t n = 0; n < c->N * c->K; n++) {
        size_t beaten = 0, k = n % c->K;
        for (size_t j = 0; j < c->K; j++) {
            real gap = s[n] - s[n - k + j];
            gap = c->mistake == SMALLEST_SCORE ? -gap : gap;
            beaten += j != k && (gap > 0 || (gap == 0 && (last ? k > j : k < j)));
        }
        if (beaten == c->K - 1)
            predicted[n / c->K] = (int)k;
    }
}

static struct walk read(struct call *call)
{
    struct walk w = {
        .c = {.mistake = call_variant(call), .K = call_count(call, "classes", 1, 1000)}};
    int *all = call_scratch_integers(call, w.c.K);
    w.c.labels = call_integers(call, "labels", "N", 0, (int)w.c.K - 1);
    w.c.N = call_size(call, 'N');
    w.c.block = call_block(call);
    w.c.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    w.c.m = call_scratch(call, w.c.K * w.c.K);
    call_bind(call, 'K', w.c.K);
    predict(call, &w.c);
    for (size_t k = 0; k < w.c.K; k++)
        all[k] = (int)k;
    w.subset = all;
    if (call_has(call, "subset"))
        w.subset = call_integers(call, "subset", "S", 0, (int)w.c.K - 1);
    else
        call_bind(call, 'S', w.c.K);
    w.S = call_size(call, 'S');
    return w;
}

/* Which place of the subset a class has, or S. */
static size_t place_of(const struct walk *w, size_t class)
{
    size_t place = w->S, smaller = 0;
    for (size_t s = 0; s < w->S; s++) {
        place = (size_t)w->subset[s] == class ? s : place;
        smaller += (size_t)w->subset[s] < class;
    }
    return place < w->S && w->c.mistake == SUBSET_SORTED ? smaller : place;
}

/* Adds the cell (label, predicted) to what it belongs to. */
static void add(const struct walk *w, real *part, real *counts, size_t label, size_t predicted)
{
    real cell = w->c.m[label * w->c.K + predicted];
    size_t i = place_of(w, label), j = place_of(w, predicted), S = w->S;
    int inside = i < S && j < S;
    if (inside)
        part[i * S + j] = part[i * S + j] + cell;
    for (size_t k = 0; k < S; k++) {
        size_t place = i == k ? (j == k ? 0 : 2) : (j == k ? 1 : 3);
        if (w->c.mistake == COUNTS_SWAPPED && (place == 1 || place == 2))
            place = 3 - place;
        if (inside || w->c.mistake == OUTSIDE_COUNTED)
            counts[4 * k + place] = counts[4 * k + place] + cell;
        if (inside && place == 0 && w->c.mistake == TRUE_NEGATIVES_ALL)
            counts[4 * k + 3] = counts[4 * k + 3] + cell;
    }
}

static real divisor_of(const struct walk *w, const real *part, size_t k, int how)
{
    real sum = 0;
    size_t S = w->S, i = k / S, j = k % S;
    if (w->c.mistake == DIVIDED_BY_WHOLE_ROW && how == 3)
        return class_total(&w->c);
    for (size_t n = S * S; n-- > 0;) {
        if (how == 3 || (how == 1 && n / S == i) || (how == 2 && n % S == j))
            sum = sum + part[n];
    }
    return sum;
}

static void walk(struct call *call)
{
    static const char *const orientations[] = {"labels_in_rows", "predictions_in_rows", NULL};
    static const char *const ways[] = {"none", "true", "predicted", "all", NULL};
    struct walk w = read(call);
    int turned = call_choice(call, "orientation", orientations) && w.c.mistake != NOT_TURNED;
    int how = call_choice(call, "normalize", ways);
    size_t S = w.S, steps = class_steps(&w.c);
    call_bind(call, 'F', 4);
    real *matrix = call_output(call, "matrix", "SS"), *counts = call_output(call, "counts", "SF");
    for (size_t step = 0; step < steps; step++) {
        real *part = call_scratch(call, S * S), *four = call_scratch(call, 4 * S);
        class_step(&w.c, step);
        for (size_t k = w.c.K * w.c.K; k-- > 0;)
            add(&w, part, four, k / w.c.K, k % w.c.K);
        for (size_t k = 0; k < S * S; k++) {
            real divisor = how ? divisor_of(&w, part, k, how) : 1;
            size_t to = turned ? k % S * S + k / S : k;
            matrix[to] = matrix[to] + (divisor > 0 ? part[k] / divisor : 0) / real_count(steps);
        }
        for (size_t k = 0; k < 4 * S; k++)
            counts[k] = counts[k] + four[k] / real_count(steps);
    }
}

static const struct fork table[] = {
    {.info = {"cell_by_cell", FORK_TWIN, "",
              "Each sample is counted where it belongs, and the subset is taken afterwards.", NULL},
     .answer = walk},
    CLASS_FORKS(walk),
    CLASS_FORK_SWAPPED(walk),
    {.info = {"labels_in_rows", FORK_CONVENTION, "", "Labels are in the rows.", NULL},
     .instead = {"orientation", "labels_in_rows"}},
    {.info = {"predictions_in_rows", FORK_CONVENTION, "", "Predictions are in the rows.", NULL},
     .instead = {"orientation", "predictions_in_rows"}},
    {.info = {"counts_swapped", FORK_BUG, "", "False positives and false negatives exchanged.",
              NULL},
     .answer = walk,
     .variant = COUNTS_SWAPPED},
    {.info = {"true_negatives_all", FORK_BUG, "", "True negatives hold the true positives too.",
              NULL},
     .answer = walk,
     .variant = TRUE_NEGATIVES_ALL},
    {.info = {"outside_counted", FORK_CONVENTION, "",
              "Samples outside the subset count as negatives, as in per-class matrices.", NULL},
     .answer = walk,
     .variant = OUTSIDE_COUNTED},
    {.info = {"subset_sorted", FORK_BUG, "", "The subset is put in order.", NULL},
     .answer = walk,
     .variant = SUBSET_SORTED},
    {.info = {"smallest_score", FORK_BUG, "", "The smallest score is predicted.", NULL},
     .answer = walk,
     .variant = SMALLEST_SCORE},
    {.info = {"threshold_zero", FORK_BUG, "", "Probabilities are cut at 0, as logits are.", NULL},
     .answer = walk,
     .variant = THRESHOLD_SIGN},
    {.info = {"above", FORK_CONVENTION, "", "score > threshold.", NULL},
     .instead = {"comparison", "above"}},
    {.info = {"at_least", FORK_CONVENTION, "", "score >= threshold.", NULL},
     .instead = {"comparison", "at_least"}},
    {.info = {"first_of_ties", FORK_CONVENTION, "", "The first of equal scores.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"last_of_ties", FORK_CONVENTION, "", "The last of equal scores.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"divided_by_everything", FORK_BUG, "",
              "Divided by all samples, also those outside the subset.", NULL},
     .answer = walk,
     .variant = DIVIDED_BY_WHOLE_ROW},
    {.info = {"not_normalized", FORK_CONVENTION, "", "Counts, not shares.", NULL},
     .instead = {"normalize", "none"}},
    {.info = {"rows_normalized", FORK_CONVENTION, "", "Divided by the row.", NULL},
     .instead = {"normalize", "true"}},
    {.info = {"columns_normalized", FORK_CONVENTION, "", "Divided by the column.", NULL},
     .instead = {"normalize", "predicted"}},
    {.info = {"all_normalized", FORK_CONVENTION, "", "Divided by the sum.", NULL},
     .instead = {"normalize", "all"}},
};

const struct fork_list confusion_matrix_forks = {sizeof table / sizeof *table, table};
