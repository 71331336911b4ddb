// SPDX-License-Identifier: MIT
#include "../../reference/synthetic_data/make_regression.h"
#include "../fork.h"

enum mistake {
    NONE,
    LAST_INFORMATIVE,
    ALL_TARGETS_ALIKE,
    NOISE_IS_VARIANCE,
    NOISE_SHARED,
    NOISE_BY_ROW,
    BIAS_LEFT_OUT,
    TARGETS_UNSHUFFLED,
    TARGETS_OF_SHUFFLED_FEATURES,
    COEFFICIENTS_UNSHUFFLED,
    COLUMNS_INVERSE,
    TAIL_AND_BELL_SWAPPED,
    BELL_NOT_SQUARED,
    TAIL_FAST,
    FACTORS_FROM_ONE,
    RIGHT_WITHOUT_DECAY
};

static real singular(const struct regression *p, enum mistake mistake, size_t k)
{
    real place = real_count(k + (mistake == FACTORS_FROM_ONE)) / p->rank;
    real bell = real_exp(mistake == BELL_NOT_SQUARED ? -place : -place * place);
    real slow = real_exp(mistake == TAIL_FAST ? -place : -place / 10);
    if (mistake == RIGHT_WITHOUT_DECAY)
        return 1;
    if (mistake == TAIL_AND_BELL_SWAPPED)
        return slow + p->tail * (bell - slow);
    return bell + p->tail * (slow - bell);
}

static real feature(const struct regression *p, enum mistake mistake, size_t n, size_t d)
{
    real sum = 0;
    if (!p->low_rank)
        return p->z[n * p->D + d];
    for (size_t k = p->K; k-- > 0;)
        sum = sum + p->left[n * p->K + k] * (p->right[d * p->K + k] * singular(p, mistake, k));
    return sum;
}

static real beta(const struct regression *p, enum mistake mistake, size_t d, size_t t)
{
    if (mistake == LAST_INFORMATIVE)
        d = p->D - 1 - d;
    if (d >= p->I)
        return 0;
    real g = p->g[d * p->T + (mistake == ALL_TARGETS_ALIKE ? 0 : t)];
    return p->given ? g : 100 * g;
}

static real noise_of(const struct regression *p, enum mistake mistake, size_t n, size_t row,
                     size_t t)
{
    if (!p->e)
        return 0;
    real noise = mistake == NOISE_IS_VARIANCE ? real_sqrt(p->noise) : p->noise;
    size_t from = mistake == NOISE_BY_ROW ? row : n;
    return noise * p->e[from * p->T + (mistake == NOISE_SHARED ? 0 : t)];
}

static void rows_by_columns(struct call *call)
{
    enum mistake mistake = (enum mistake)call_variant(call);
    struct regression p = make_regression_read(call);
    real *x = call_output(call, "x", "ND"), *y = call_output(call, "y", "NT");
    real *coefficient = call_output(call, "coefficient", "DT");
    for (size_t i = 0; i < p.N * p.D; i++) {
        size_t d = i % p.D, from = (size_t)p.feature_order[d];
        size_t to = mistake == COLUMNS_INVERSE ? from : d;
        size_t source = mistake == COLUMNS_INVERSE ? d : from;
        x[i / p.D * p.D + to] = feature(&p, mistake, (size_t)p.order[i / p.D], source);
    }
    for (size_t i = 0; i < p.N * p.T; i++) {
        size_t row = i / p.T, t = i % p.T, n = (size_t)p.order[row];
        real value = mistake == BIAS_LEFT_OUT ? 0 : p.bias;
        if (mistake == TARGETS_UNSHUFFLED)
            n = row;
        for (size_t d = p.D; d-- > 0;) {
            size_t column =
                mistake == TARGETS_OF_SHUFFLED_FEATURES ? (size_t)p.feature_order[d] : d;
            value = value + feature(&p, mistake, n, column) * beta(&p, mistake, d, t);
        }
        y[i] = value + noise_of(&p, mistake, n, row, t);
    }
    for (size_t i = 0; i < p.D * p.T; i++) {
        size_t d = i / p.T;
        size_t from = mistake == COEFFICIENTS_UNSHUFFLED ? d : (size_t)p.feature_order[d];
        coefficient[i] = beta(&p, mistake, from, i % p.T);
    }
}

static const struct fork table[] = {
    {.info = {"backwards", FORK_TWIN, "",
              "From the bias down over all features; the decay on the right factor.", NULL},
     .answer = rows_by_columns},
    {.info = {"coefficients_as_drawn", FORK_CONVENTION, "",
              "Coefficients are not multiplied by 100.", NULL},
     .instead = {"coefficients", "given"}},
    {.info = {"coefficients_times_100", FORK_CONVENTION, "",
              "Given coefficients are multiplied by 100.", NULL},
     .instead = {"coefficients", "drawn"}},
    {.info = {"noise_one", FORK_BUG, "", "The noise has deviation 1.", NULL},
     .number = {"noise", 1}},
    {.info = {"last_informative", FORK_BUG, "", "The last features are informative.", NULL},
     .answer = rows_by_columns,
     .variant = LAST_INFORMATIVE},
    {.info = {"all_targets_alike", FORK_BUG, "", "All targets have the coefficients of the first.",
              NULL},
     .answer = rows_by_columns,
     .variant = ALL_TARGETS_ALIKE},
    {.info = {"noise_is_variance", FORK_BUG, "", "The noise is taken for a variance.", NULL},
     .answer = rows_by_columns,
     .variant = NOISE_IS_VARIANCE},
    {.info = {"noise_shared", FORK_BUG, "", "All targets have the same noise.", NULL},
     .answer = rows_by_columns,
     .variant = NOISE_SHARED},
    {.info = {"noise_by_row", FORK_CONVENTION, "", "Noise is added after the shuffle.", NULL},
     .answer = rows_by_columns,
     .variant = NOISE_BY_ROW},
    {.info = {"bias_left_out", FORK_BUG, "", "Targets without the bias.", NULL},
     .answer = rows_by_columns,
     .variant = BIAS_LEFT_OUT},
    {.info = {"targets_unshuffled", FORK_BUG, "268", "Samples are shuffled, targets are not.",
              NULL},
     .answer = rows_by_columns,
     .variant = TARGETS_UNSHUFFLED},
    {.info = {"targets_of_shuffled_features", FORK_BUG, "",
              "Features are shuffled before the targets are computed.", NULL},
     .answer = rows_by_columns,
     .variant = TARGETS_OF_SHUFFLED_FEATURES},
    {.info = {"coefficients_unshuffled", FORK_BUG, "",
              "Features are shuffled, coefficients are not.", NULL},
     .answer = rows_by_columns,
     .variant = COEFFICIENTS_UNSHUFFLED},
    {.info = {"columns_inverse", FORK_BUG, "210", "Feature d goes to column feature_order[d].",
              NULL},
     .answer = rows_by_columns,
     .variant = COLUMNS_INVERSE},
    {.info = {"tail_and_bell_swapped", FORK_BUG, "", "The tail's share belongs to the bell.", NULL},
     .answer = rows_by_columns,
     .variant = TAIL_AND_BELL_SWAPPED},
    {.info = {"bell_not_squared", FORK_BUG, "", "An exponential takes the place of the bell.",
              NULL},
     .answer = rows_by_columns,
     .variant = BELL_NOT_SQUARED},
    {.info = {"tail_fast", FORK_BUG, "", "The tail decays ten times as fast.", NULL},
     .answer = rows_by_columns,
     .variant = TAIL_FAST},
    {.info = {"factors_from_one", FORK_BUG, "", "Singular values are counted from 1.", NULL},
     .answer = rows_by_columns,
     .variant = FACTORS_FROM_ONE},
    {.info = {"no_decay", FORK_BUG, "", "All singular values are 1.", NULL},
     .answer = rows_by_columns,
     .variant = RIGHT_WITHOUT_DECAY},
};

const struct fork_list make_regression_forks = {sizeof table / sizeof *table, table};
