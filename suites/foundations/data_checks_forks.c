// SPDX-License-Identifier: MIT
#include "../../reference/foundations/data_checks.h"
#include "../fork.h"

enum change {
    NOTHING,
    LAST_CLASS_TOO_MANY,
    NEGATIVE_WRAPS,
    ROW_BY_SUM,
    ROW_BY_MAXIMUM,
    LABEL_NOT_COMPARED,
    NEIGHBOURS_ONLY,
    LAST_TWIN,
    CONFLICT_WITHOUT_LABEL,
    NEARLY_EQUAL,
    CONSTANT_AT_ENDS,
    VALID_BY_SUM,
    FIRST_ROW_TRUSTED,
    COMPARED_WITH_FIRST,
    EMPTY_NOT_COUNTED,
    FREE_IGNORED
};

struct run {
    const real *x, *rows;
    const int *label, *permutation;
    size_t N, D, C, E;
    int is_free;
    enum change change;
};

static struct run read(struct call *call)
{
    static const char *const shufflings[] = {"required", "free", NULL};
    struct run r = {.x = call_input(call, "x", "ND"),
                    .is_free = call_choice(call, "shuffling", shufflings),
                    .label = call_integers(call, "label", "N", -(1 << 20), 1 << 20),
                    .C = call_count(call, "classes", 1, 1 << 20),
                    .change = (enum change)call_variant(call)};
    r.N = call_size(call, 'N');
    r.D = call_size(call, 'D');
    call_bind(call, 'C', r.C);
    if (call_has(call, "rows"))
        r.rows = call_input(call, "rows", "NC");
    if (call_has(call, "permutation")) {
        r.permutation = call_integers(call, "permutation", "EN", 0, (int)r.N - 1);
        r.E = call_size(call, 'E');
    }
    return r;
}

static int same(const struct run *r, size_t m, size_t n)
{
    const real near = r->change == NEARLY_EQUAL ? R(1e-6) : 0;
    real largest = 0;
    for (size_t d = 0; d < r->D; d++) {
        real gap = real_abs(r->x[m * r->D + d] - r->x[n * r->D + d]);
        largest = gap > largest ? gap : largest;
    }
    return largest <= near;
}

/* Counts entries that are 1 and that are 0, or does it wrongly. */
static int row_problem(const struct run *r, size_t n)
{
    const real *row = &r->rows[n * r->C];
    real sum = 0, ones = 0, others = 0;
    size_t best = 0;
    for (size_t c = 0; c < r->C; c++) {
        sum += row[c];
        if (real_abs(row[c] - 1) > 0)
            others += real_abs(row[c]);
        else
            ones += 1;
        best = row[c] > row[best] ? c : best;
    }
    int good = ones >= 1 && ones <= 1 && !(others > 0);
    if (r->change == ROW_BY_SUM)
        good = sum >= 1 && sum <= 1;
    if (r->change == ROW_BY_MAXIMUM)
        good = 1;
    if (!good)
        return 1;
    return (int)best == r->label[n] || r->change == LABEL_NOT_COMPARED ? 0 : 2;
}

static real labels(struct call *call, const struct run *r)
{
    real *ok = call_output_integers(call, "label_ok", "N"), problems = 0;
    real *counts = call_output_integers(call, "counts", "C");
    real *empty = call_output_integers(call, "empty", "");
    for (size_t c = 0; c < r->C; c++) {
        for (size_t n = 0; n < r->N; n++)
            counts[c] += r->label[n] == (int)c;
        *empty += counts[c] > 0 ? 0 : 1;
    }
    for (size_t n = 0; n < r->N; n++) {
        int label = r->label[n], C = (int)r->C;
        ok[n] = label > -1 && label < C + (r->change == LAST_CLASS_TOO_MANY);
        if (r->change == NEGATIVE_WRAPS && label < 0)
            ok[n] = 1;
        problems += 1 - ok[n];
    }
    real *one_hot = r->rows ? call_output_integers(call, "one_hot", "N") : NULL;
    for (size_t n = 0; one_hot && n < r->N; n++) {
        one_hot[n] = (real)row_problem(r, n);
        problems += one_hot[n] > 0;
    }
    return problems + (r->change == EMPTY_NOT_COUNTED ? 0 : *empty);
}

static real features(struct call *call, const struct run *r)
{
    real *twin_of = call_output_integers(call, "twin_of", "N"), problems = 0;
    real *conflict = call_output_integers(call, "conflict", "N");
    real *constant = call_output_integers(call, "constant", "D");
    for (size_t n = 0; n < r->N; n++) {
        int twin = -1;
        for (size_t m = n; m-- > 0;) {
            int stays = r->change == LAST_TWIN && twin >= 0;
            if (same(r, m, n) && !stays && (r->change != NEIGHBOURS_ONLY || m + 1 == n))
                twin = (int)m;
        }
        twin_of[n] = (real)twin;
        conflict[n] =
            twin >= 0 && (r->change == CONFLICT_WITHOUT_LABEL || r->label[n] != r->label[twin]);
        problems += twin >= 0;
    }
    for (size_t d = 0; d < r->D; d++) {
        real low = r->x[d], high = r->x[d];
        for (size_t n = 0; n + (r->change == CONSTANT_AT_ENDS) < r->N; n++) {
            low = r->x[n * r->D + d] < low ? r->x[n * r->D + d] : low;
            high = r->x[n * r->D + d] > high ? r->x[n * r->D + d] : high;
        }
        constant[d] = !(high > low);
        problems += constant[d] > 0 && r->N > 1;
    }
    return problems;
}

static real permutations(struct call *call, const struct run *r)
{
    real *valid = call_output_integers(call, "valid", "E"), problems = 0;
    real *shuffled = call_output_integers(call, "shuffled", "E");
    for (size_t e = 0; e < r->E; e++) {
        const int *row = &r->permutation[e * r->N];
        size_t before = r->change == COMPARED_WITH_FIRST ? 0 : e - 1, sum = 0, equal = 0;
        valid[e] = 1;
        for (size_t n = 0; n < r->N; n++) {
            for (size_t m = 0; m < n; m++)
                valid[e] = row[m] == row[n] ? 0 : valid[e];
            equal += row[n] == (e == 0 ? (int)n : r->permutation[before * r->N + n]);
            sum += (size_t)row[n];
        }
        if (r->change == VALID_BY_SUM)
            valid[e] = sum == r->N * (r->N - 1) / 2;
        shuffled[e] = equal < r->N || (e == 0 && r->change == FIRST_ROW_TRUSTED);
        int must = !r->is_free || r->change == FREE_IGNORED;
        problems += valid[e] < 1 || (must && shuffled[e] < 1);
    }
    return problems;
}

static void check(struct call *call)
{
    struct run r = read(call);
    real problems = labels(call, &r);
    problems += features(call, &r);
    if (r.E)
        problems += permutations(call, &r);
    *call_output_integers(call, "problems", "") = problems;
}

static const struct fork table[] = {
    {.info =
         {"by_extremes", FORK_TWIN, "",
          "Compares pairs backwards by their largest gap, features by extremes, rows by counts.",
          NULL},
     .answer = check},
    {.info = {"last_class_too_many", FORK_BUG, "", "The label `classes` counts as one of them.",
              NULL},
     .answer = check,
     .variant = LAST_CLASS_TOO_MANY},
    {.info = {"negative_wraps", FORK_CONVENTION, "", "Negative labels count from the end.", NULL},
     .answer = check,
     .variant = NEGATIVE_WRAPS},
    {.info = {"row_by_sum", FORK_BUG, "", "A row that adds up to 1 passes as one-hot.", NULL},
     .answer = check,
     .variant = ROW_BY_SUM},
    {.info = {"row_by_maximum", FORK_BUG, "", "Only the place of the largest entry is looked at.",
              NULL},
     .answer = check,
     .variant = ROW_BY_MAXIMUM},
    {.info = {"label_not_compared", FORK_BUG, "", "One-hot rows may belong to another label.",
              NULL},
     .answer = check,
     .variant = LABEL_NOT_COMPARED},
    {.info = {"neighbours_only", FORK_BUG, "", "Only a sample right before is a twin.", NULL},
     .answer = check,
     .variant = NEIGHBOURS_ONLY},
    {.info = {"last_twin", FORK_CONVENTION, "", "A repeated sample names the one last before it.",
              NULL},
     .answer = check,
     .variant = LAST_TWIN},
    {.info = {"conflict_without_label", FORK_BUG, "", "Every twin is a contradiction.", NULL},
     .answer = check,
     .variant = CONFLICT_WITHOUT_LABEL},
    {.info = {"nearly_equal", FORK_BUG, "", "Samples within 1e-6 of each other are twins.", NULL},
     .answer = check,
     .variant = NEARLY_EQUAL},
    {.info = {"last_sample_not_seen", FORK_BUG, "155",
              "Constant features are found without the last sample.", NULL},
     .answer = check,
     .variant = CONSTANT_AT_ENDS},
    {.info = {"valid_by_sum", FORK_BUG, "", "A row that adds up right is a permutation.", NULL},
     .answer = check,
     .variant = VALID_BY_SUM},
    {.info = {"first_row_trusted", FORK_BUG, "", "The first epoch is always taken as shuffled.",
              NULL},
     .answer = check,
     .variant = FIRST_ROW_TRUSTED},
    {.info = {"compared_with_first", FORK_BUG, "", "Epochs are compared with the first one only.",
              NULL},
     .answer = check,
     .variant = COMPARED_WITH_FIRST},
    {.info = {"empty_not_counted", FORK_BUG, "", "A class without samples is no problem.", NULL},
     .answer = check,
     .variant = EMPTY_NOT_COUNTED},
    {.info = {"free_ignored", FORK_BUG, "", "Shuffling is demanded though the order is free.",
              NULL},
     .answer = check,
     .variant = FREE_IGNORED},
};

const struct fork_list data_checks_forks = {sizeof table / sizeof *table, table};
