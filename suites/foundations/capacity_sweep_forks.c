// SPDX-License-Identifier: MIT
#include "../../reference/foundations/capacity_sweep.h"
#include "../fork.h"

enum mistake {
    NONE,
    TRUNCATED,
    ONE_FEATURE_LESS,
    PENALTY_IGNORED,
    LAST_BLOCK_LOST,
    SUMMED,
    HALVED,
    ROOTED,
    DIVIDED_BY_N,
    CHOSEN_BY_TRAINING,
    ERROR_UNSCALED,
    ERROR_SUMMED,
    PRICE_HALVED,
    PRICE_OF_WEIGHTS_ALONE,
    PRICE_OF_VALIDATION,
    DEVIATION,
    POPULATION,
    SPREAD_OF_FIRST,
    STRICT,
    SIMPLEST_IGNORED,
    LAST_WITHIN
};

struct rival {
    struct capacity_sweep sweep;
    enum mistake mistake;
};

/* w (C): orthogonal columns (modified Gram-Schmidt) of n samples and a root of the penalty
 * below. */
static void fit(struct call *call, const struct rival *rival, real *w, size_t c)
{
    const struct capacity_sweep *sweep = &rival->sweep;
    size_t n = sweep->training.count, block = sweep->block, W = c + 1;
    if (rival->mistake == LAST_BLOCK_LOST && n > block)
        n = (n - 1) / block * block;
    size_t rows = n + c;
    real *a = call_scratch(call, rows * W), *r = call_scratch(call, c * W);
    real root = rival->mistake == PENALTY_IGNORED ? 0 : real_sqrt(sweep->l2);
    for (size_t i = 0; i < n * W; i++)
        a[i] = i % W < c ? sweep->training.f[i / W * sweep->C + i % W] : sweep->training.y[i / W];
    for (size_t k = 0; k < c; k++)
        a[(n + k) * W + k] = k == 0 && sweep->not_first ? 0 : root;
    for (size_t j = 0; j < c; j++) {
        real square = 0;
        for (size_t i = rows; i-- > 0;)
            square = square + a[i * W + j] * a[i * W + j];
        r[j * W + j] = 1;
        for (size_t k = j + 1; k < W; k++) {
            real part = 0;
            for (size_t i = rows; i-- > 0;)
                part = part + a[i * W + j] * a[i * W + k];
            r[j * W + k] = part / square;
            for (size_t i = 0; i < rows; i++)
                a[i * W + k] = a[i * W + k] - r[j * W + k] * a[i * W + j];
        }
    }
    for (size_t j = c; j-- > 0;) {
        real rest = r[j * W + c];
        for (size_t k = j + 1; k < c; k++)
            rest = rest - r[j * W + k] * w[k];
        w[j] = rest;
    }
}

/* The mean loss; *spread, unless NULL, is its standard error from the mean of squares of gaps. */
static real find_error(const struct rival *rival, const real *w, size_t c,
                       const struct capacity_samples *at, real *spread)
{
    const struct capacity_sweep *sweep = &rival->sweep;
    real count = real_count(at->count), mean = 0, squares = 0;
    for (int pass = 0; pass < (spread ? 2 : 1); pass++) {
        real sum = 0;
        for (size_t n = at->count; n-- > 0;) {
            real p = 0;
            for (size_t j = c; j-- > 0;)
                p = p + w[j] * at->f[n * sweep->C + j];
            real loss = (at->y[n] - p) * (at->y[n] - p);
            sum = sum + loss;
            squares = squares + (pass ? (loss - mean) * (loss - mean) : 0);
        }
        mean = pass ? mean : sum / count;
    }
    if (spread)
        *spread = real_sqrt(squares / (rival->mistake == POPULATION ? count : count - 1) /
                            (rival->mistake == DEVIATION ? 1 : count));
    if (rival->mistake == SUMMED)
        return mean * count;
    if (rival->mistake == DIVIDED_BY_N)
        return mean * count / real_count(sweep->training.count);
    mean = rival->mistake == HALVED ? mean / 2 : mean;
    return rival->mistake == ROOTED ? real_sqrt(mean) : mean;
}

static real score_of(const struct rival *rival, size_t c, real training, real validation)
{
    const struct capacity_sweep *sweep = &rival->sweep;
    real N = real_count(sweep->training.count), price = 2, weights = real_count(c);
    if (sweep->selection == CAPACITY_VALIDATION)
        return rival->mistake == CHOSEN_BY_TRAINING ? training : validation;
    if (sweep->selection == CAPACITY_BIC)
        price = real_log(rival->mistake == PRICE_OF_VALIDATION ? real_count(sweep->validation.count)
                                                               : N);
    if (rival->mistake == PRICE_HALVED)
        price = price / 2;
    if (rival->mistake == PRICE_OF_WEIGHTS_ALONE)
        weights = weights - 1;
    if (rival->mistake == ERROR_SUMMED)
        training = training * N;
    return weights * price + real_log(training) * (rival->mistake == ERROR_UNSCALED ? 1 : N);
}

static void choose(struct call *call, const struct rival *rival, const real *score,
                   const real *spread)
{
    const struct capacity_sweep *sweep = &rival->sweep;
    size_t chosen = 0, simplest = 0;
    for (size_t k = 0; k < sweep->K; k++) {
        if (sweep->largest ? score[k] <= score[chosen] : score[k] < score[chosen])
            chosen = k;
    }
    real share = sweep->within == CAPACITY_RELATIVE         ? score[chosen]
                 : sweep->within == CAPACITY_STANDARD_ERROR ? spread[chosen]
                                                            : 1;
    if (rival->mistake == SPREAD_OF_FIRST && spread)
        share = spread[0];
    real limit = score[chosen] + sweep->tolerance * share;
    simplest = chosen;
    for (size_t k = chosen; k-- > 0 && rival->mistake != SIMPLEST_IGNORED;) {
        int within = rival->mistake == STRICT ? score[k] < limit : score[k] <= limit;
        if (!within && rival->mistake == LAST_WITHIN)
            break;
        simplest = within ? k : simplest;
    }
    *call_output_integers(call, "chosen", "") = real_count(chosen);
    *call_output_integers(call, "simplest", "") = real_count(simplest);
    *call_output_integers(call, "saved", "") =
        (real)(sweep->capacity[chosen] - sweep->capacity[simplest]);
}

static void walk(struct call *call)
{
    struct rival rival = {capacity_sweep_read(call), (enum mistake)call_variant(call)};
    const struct capacity_sweep *sweep = &rival.sweep;
    size_t last = (size_t)sweep->capacity[sweep->K - 1];
    real *w = call_output(call, "w", "KC"), *training = call_output(call, "training_error", "K");
    real *validation = call_output(call, "validation_error", "K");
    real *score = call_output(call, "score", "K"), *largest = call_scratch(call, sweep->C);
    real *spread =
        sweep->within == CAPACITY_STANDARD_ERROR ? call_output(call, "standard_error", "K") : NULL;
    fit(call, &rival, largest, last);
    for (size_t k = 0; k < sweep->K; k++) {
        size_t c = (size_t)sweep->capacity[k];
        real *v = &w[k * sweep->C];
        fit(call, &rival, v, rival.mistake == ONE_FEATURE_LESS && c > 1 ? c - 1 : c);
        for (size_t j = 0; j < c && rival.mistake == TRUNCATED; j++)
            v[j] = largest[j];
        training[k] = find_error(&rival, v, c, &sweep->training, NULL);
        validation[k] = find_error(&rival, v, c, &sweep->validation, spread ? &spread[k] : NULL);
        score[k] = score_of(&rival, c, training[k], validation[k]);
    }
    choose(call, &rival, score, spread);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"orthogonal_columns", FORK_TWIN, "",
     "Gram-Schmidt for each capacity of its own in place of one factor for all.", NULL},
     .answer = walk},
    {.info = {"by_validation", FORK_CONVENTION, "", "Validation chooses.", NULL},
     .instead = {"selection", "validation"}},
    {.info = {"by_aic", FORK_CONVENTION, "", "A parameter costs 2.", NULL},
     .instead = {"selection", "aic"}},
    {.info = {"by_bic", FORK_CONVENTION, "", "A parameter costs log N.", NULL},
     .instead = {"selection", "bic"}},
    {.info = {"first_of_equals", FORK_CONVENTION, "221", "The smallest of equal capacities.", NULL},
     .instead = {"tie", "smallest"}},
    {.info = {"last_of_equals", FORK_CONVENTION, "221", "The largest of equal capacities.", NULL},
     .instead = {"tie", "largest"}},
    {.info = {"constant_penalised", FORK_CONVENTION, "", "The constant shrinks too.", NULL},
     .instead = {"penalty", "all"}},
    {.info = {"constant_spared", FORK_CONVENTION, "", "The first weight has no penalty.", NULL},
     .instead = {"penalty", "not_first"}},
    {.info = {"within_an_amount", FORK_CONVENTION, "", "The tolerance is an amount.", NULL},
     .instead = {"within", "absolute"}},
    {.info = {"no_tolerance", FORK_BUG, "", "Only the best is good enough.", NULL},
     .number = {"tolerance", 0}},
    {.info = {"penalty_ignored", FORK_BUG, "", "Least squares whatever l2 is.", NULL},
     .answer = walk, .variant = PENALTY_IGNORED},
    {.info = {"truncated", FORK_BUG, "",
     "The first weights of the largest model, not fitted again.", NULL},
     .answer = walk, .variant = TRUNCATED},
    {.info = {"one_feature_less", FORK_BUG, "",
     "The capacity is taken for the degree and a feature is missing.", NULL},
     .answer = walk, .variant = ONE_FEATURE_LESS},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is not learnt from.",
     NULL},
     .answer = walk, .variant = LAST_BLOCK_LOST},
    {.info = {"summed", FORK_CONVENTION, "44", "Sums of squares.", NULL},
     .answer = walk, .variant = SUMMED},
    {.info = {"halved", FORK_CONVENTION, "44", "Half the mean square.", NULL},
     .answer = walk, .variant = HALVED},
    {.info = {"rooted", FORK_CONVENTION, "", "The root of the mean square.", NULL},
     .answer = walk, .variant = ROOTED},
    {.info = {"divided_by_training", FORK_BUG, "122",
     "Validation is divided by the number of training samples.", NULL},
     .answer = walk, .variant = DIVIDED_BY_N},
    {.info = {"chosen_by_training", FORK_BUG, "", "The training error chooses.", NULL},
     .answer = walk, .variant = CHOSEN_BY_TRAINING},
    {.info = {"error_unscaled", FORK_BUG, "", "The logarithm without the number of samples.", NULL},
     .answer = walk, .variant = ERROR_UNSCALED},
    {.info = {"error_summed", FORK_CONVENTION, "44", "The logarithm of the sum of squares.", NULL},
     .answer = walk, .variant = ERROR_SUMMED},
    {.info = {"price_halved", FORK_BUG, "", "Half the price of a parameter.", NULL},
     .answer = walk, .variant = PRICE_HALVED},
    {.info = {"constant_for_free", FORK_CONVENTION, "", "The first weight is not counted.", NULL},
     .answer = walk, .variant = PRICE_OF_WEIGHTS_ALONE},
    {.info = {"price_of_validation", FORK_BUG, "",
     "The price is the logarithm of the validation samples.", NULL},
     .answer = walk, .variant = PRICE_OF_VALIDATION},
    {.info = {"deviation", FORK_BUG, "", "The deviation of the losses, not of their mean.", NULL},
     .answer = walk, .variant = DEVIATION},
    {.info = {"population", FORK_CONVENTION, "123", "The spread is divided by M.", NULL},
     .answer = walk, .variant = POPULATION},
    {.info = {"spread_of_first", FORK_BUG, "", "The standard error of the smallest model.", NULL},
     .answer = walk, .variant = SPREAD_OF_FIRST},
    {.info = {"strict", FORK_CONVENTION, "", "A score at the limit is not within it.", NULL},
     .answer = walk, .variant = STRICT},
    {.info = {"best_is_simplest", FORK_BUG, "", "The best model is not made simpler.", NULL},
     .answer = walk, .variant = SIMPLEST_IGNORED},
    {.info = {"stops_at_first_worse", FORK_CONVENTION, "",
     "Going down from the best, the first model beyond the limit ends it.", NULL},
     .answer = walk, .variant = LAST_WITHIN},
};
/* clang-format on */

const struct fork_list capacity_sweep_forks = {sizeof table / sizeof *table, table};
