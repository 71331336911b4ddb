// SPDX-License-Identifier: MIT
/* votes_forks.h - certificates from votes in another way, with the mistakes that people make; for
 * the forks of certified_radius and randomized_smoothing. */
#pragma once

#include "certificate_forks.h"

enum votes_mistake {
    VOTES_NONE,
    VOTES_REUSED,
    VOTES_SHARE,
    VOTES_TWO_SIDED,
    VOTES_ALPHA_NOT_SHARED,
    VOTES_NO_SIGMA,
    VOTES_VARIANCE,
    VOTES_NOT_HALVED,
    VOTES_HALVED,
    VOTES_COMPLEMENT,
    VOTES_NEVER_ABSTAINS,
    VOTES_RADIUS_OF_ABSTAINED,
    VOTES_LOGISTIC,
    VOTES_TEST_ONE_SIDED,
    VOTES_TEST_OF_ALL,
    VOTES_TEST_REVERSED,
    VOTES_TEST_STRICT,
    VOTES_MISTAKES /* further ones belong to the technique */
};

struct rival_votes {
    enum votes_mistake mistake;
    int method, two, last;
    real alpha, sigma;
    size_t K;
};

static inline struct rival_votes rival_votes_read(struct call *call, size_t K)
{
    static const char *const forms[] = {"one", "two", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    return (struct rival_votes){.mistake = (enum votes_mistake)call_variant(call),
                                .method = rival_method(call),
                                .two = call_choice(call, "form", forms),
                                .last = call_choice(call, "ties", ties),
                                .alpha = call_number_or(call, "alpha", R(0.001)),
                                .sigma = call_number(call, "sigma"),
                                .K = K};
}

/* The class that `rank` classes beat. */
static inline size_t rival_ranked(const struct rival_votes *is, const int *count, size_t rank)
{
    for (size_t k = 0; k < is->K; k++) {
        size_t better = 0;
        for (size_t j = 0; j < is->K; j++)
            better += count[j] > count[k] || (count[j] == count[k] && (is->last ? j > k : j < k));
        if (better == rank)
            return k;
    }
    return 0;
}

static inline real rival_inverse(const struct rival_votes *is, real p)
{
    return is->mistake == VOTES_LOGISTIC ? real_log(p / (1 - p)) : rival_quantile(p);
}

/* p_lower, p_upper and the radius. */
static inline real rival_certify(const struct rival_votes *is, size_t A, const int *count,
                                 real *lower, real *upper)
{
    size_t n = 0, B = rival_ranked(is, count, 0);
    B = B == A ? rival_ranked(is, count, 1) : B;
    for (size_t k = 0; k < is->K; k++)
        n += (size_t)count[k];
    real a = is->two && is->mistake != VOTES_ALPHA_NOT_SHARED ? is->alpha / 2 : is->alpha;
    a = is->mistake == VOTES_TWO_SIDED ? a / 2 : a;
    *lower = rival_lower(is->method, (size_t)count[A], n, a);
    if (is->mistake == VOTES_SHARE)
        *lower = real_count((size_t)count[A]) / real_count(n);
    *upper = 1 - *lower;
    if (is->two && is->mistake != VOTES_COMPLEMENT)
        *upper = rival_upper(is->method, (size_t)count[B], n, a);
    real scale = is->mistake == VOTES_NO_SIGMA   ? 1
                 : is->mistake == VOTES_VARIANCE ? is->sigma * is->sigma
                                                 : is->sigma;
    if (*lower <= *upper && is->mistake != VOTES_RADIUS_OF_ABSTAINED)
        return 0;
    if (!(*lower > 0 && *upper < 1 && *lower < 1))
        return 0;
    if (!is->two && is->mistake == VOTES_HALVED)
        scale = scale / 2;
    if (!is->two)
        return rival_inverse(is, *lower) * scale;
    real gap = rival_inverse(is, *lower) - rival_inverse(is, *upper);
    return is->mistake == VOTES_NOT_HALVED ? gap * scale : gap * scale / 2;
}

/* P(X >= m1) of n fair coins, doubled. */
static inline real rival_test(const struct rival_votes *is, size_t m1, size_t n)
{
    real term = rival_log_choose(m1, n) - real_count(n) * real_log(R(2.0)), sum = 0;
    for (size_t j = m1 + (is->mistake == VOTES_TEST_STRICT); j <= n; j++)
        sum = sum + real_exp(term + rival_log_choose(j, n) - rival_log_choose(m1, n));
    sum = is->mistake == VOTES_TEST_ONE_SIDED ? sum : 2 * sum;
    return sum < 1 ? sum : 1;
}

/* The outputs of the technique from counts (N,K). */
static inline void rival_votes_answer(struct call *call, const struct rival_votes *is,
                                      const int *selection, const int *estimation)
{
    real *class = call_output_integers(call, "class", "N");
    real *lower = call_output(call, "p_lower", "N"), *upper = call_output(call, "p_upper", "N");
    real *radius = call_output(call, "radius", "N"), *predicted, *p_value;
    predicted = call_output_integers(call, "predicted", "N");
    p_value = call_output(call, "p_value", "N");
    for (size_t i = 0; i < call_size(call, 'N'); i++) {
        const int *count = estimation + i * is->K;
        const int *chosen = is->mistake == VOTES_REUSED ? count : selection + i * is->K;
        size_t A = rival_ranked(is, chosen, 0), top = rival_ranked(is, count, 0), n = 0;
        size_t m1 = (size_t)count[top], m2 = (size_t)count[rival_ranked(is, count, 1)];
        for (size_t k = 0; k < is->K; k++)
            n += (size_t)count[k];
        radius[i] = rival_certify(is, A, count, &lower[i], &upper[i]);
        int sure = lower[i] > upper[i] || is->mistake == VOTES_NEVER_ABSTAINS;
        class[i] = sure ? real_count(A) : -1;
        p_value[i] = rival_test(is, m1, is->mistake == VOTES_TEST_OF_ALL ? n : m1 + m2);
        int clear = p_value[i] <= is->alpha;
        clear = is->mistake == VOTES_TEST_REVERSED ? !clear : clear;
        predicted[i] = clear ? real_count(top) : -1;
    }
}

/* The rows that both techniques have. `function` is their answer. */
#define VOTES_FORKS(function)                                                                      \
    {.info = {"votes_reused", FORK_BUG, "",                                                        \
              "The class is chosen by the votes that bound its probability.", NULL},               \
     .answer = function,                                                                           \
     .variant = VOTES_REUSED},                                                                     \
        {.info = {"share_not_bound", FORK_BUG, "",                                                 \
                  "The share of votes takes the place of its lower bound.", NULL},                 \
         .answer = function,                                                                       \
         .variant = VOTES_SHARE},                                                                  \
        {.info = {"two_sided", FORK_CONVENTION, "",                                                \
                  "The bound of a two-sided interval: alpha / 2.", NULL},                          \
         .answer = function,                                                                       \
         .variant = VOTES_TWO_SIDED},                                                              \
        {.info = {"alpha_not_shared", FORK_BUG, "", "Two bounds with the whole of alpha each.",    \
                  NULL},                                                                           \
         .answer = function,                                                                       \
         .variant = VOTES_ALPHA_NOT_SHARED},                                                       \
        {.info = {"no_sigma", FORK_BUG, "", "The radius in deviations.", NULL},                    \
         .answer = function,                                                                       \
         .variant = VOTES_NO_SIGMA},                                                               \
        {.info = {"variance", FORK_BUG, "", "The variance takes the place of the deviation.",      \
                  NULL},                                                                           \
         .answer = function,                                                                       \
         .variant = VOTES_VARIANCE},                                                               \
        {.info = {"not_halved", FORK_BUG, "", "The gap of two quantiles without the half.", NULL}, \
         .answer = function,                                                                       \
         .variant = VOTES_NOT_HALVED},                                                             \
        {.info = {"halved", FORK_BUG, "", "One quantile with the half of two.", NULL},             \
         .answer = function,                                                                       \
         .variant = VOTES_HALVED},                                                                 \
        {.info = {"complement", FORK_CONVENTION, "",                                               \
                  "Other classes are bounded by 1 - p_lower whatever is asked for.", NULL},        \
         .answer = function,                                                                       \
         .variant = VOTES_COMPLEMENT},                                                             \
        {.info = {"form_one_always", FORK_CONVENTION, "", "One bound whatever is asked for.",      \
                  NULL},                                                                           \
         .instead = {"form", "one"}},                                                              \
        {.info = {"form_two_always", FORK_CONVENTION, "", "Two bounds whatever is asked for.",     \
                  NULL},                                                                           \
         .instead = {"form", "two"}},                                                              \
        {.info = {"never_abstains", FORK_BUG, "",                                                  \
                  "A class is named even where nothing is certain.", NULL},                        \
         .answer = function,                                                                       \
         .variant = VOTES_NEVER_ABSTAINS},                                                         \
        {.info = {"radius_below_zero", FORK_BUG, "",                                               \
                  "Where it abstains the radius is what the formula gives.", NULL},                \
         .answer = function,                                                                       \
         .variant = VOTES_RADIUS_OF_ABSTAINED},                                                    \
        {.info = {"logistic", FORK_BUG, "", "The quantile of the logistic distribution.", NULL},   \
         .answer = function,                                                                       \
         .variant = VOTES_LOGISTIC},                                                               \
        {.info = {"test_one_sided", FORK_CONVENTION, "",                                           \
                  "The test of the prediction is one-sided.", NULL},                               \
         .answer = function,                                                                       \
         .variant = VOTES_TEST_ONE_SIDED},                                                         \
        {.info = {"test_of_all", FORK_BUG, "",                                                     \
                  "The most votes against all others, not against the second.", NULL},             \
         .answer = function,                                                                       \
         .variant = VOTES_TEST_OF_ALL},                                                            \
        {.info = {"test_reversed", FORK_BUG, "", "Predicts where the test does not reject.",       \
                  NULL},                                                                           \
         .answer = function,                                                                       \
         .variant = VOTES_TEST_REVERSED},                                                          \
        {.info = {"test_strict", FORK_BUG, "", "P(X > m1).", NULL},                                \
         .answer = function,                                                                       \
         .variant = VOTES_TEST_STRICT},                                                            \
        {.info = {"hoeffding_always", FORK_CONVENTION, "",                                         \
                  "Hoeffding's bound whatever is asked for.", NULL},                               \
         .instead = {"bound", "hoeffding"}},                                                       \
        {.info = {"exact_always", FORK_CONVENTION, "", "The exact bound whatever is asked for.",   \
                  NULL},                                                                           \
         .instead = {"bound", "clopper_pearson"}},                                                 \
    {                                                                                              \
        .info = {"alpha_of_5_percent", FORK_CONVENTION, "", "alpha is 0.05.", NULL}, .number = {   \
            "alpha",                                                                               \
            0.05f                                                                                  \
        }                                                                                          \
    }
