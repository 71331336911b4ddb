// SPDX-License-Identifier: MIT
#include "certificate_forks.h"

enum mistake {
    NONE,
    ALPHA_HALVED,
    ALPHA_DOUBLED,
    STRICT_TAIL,
    BETA_EXCHANGED,
    MIDDLE_TAIL,
    PSEUDOCOUNTS,
    LOWER_OF_UPPER,
    HOEFFDING_WITHOUT_2,
    HOEFFDING_TWO_SIDED,
    CONTINUITY,
    NOT_CUT,
    LOGARITHM_BASE_2,
    TRIALS_LESS_ONE,
    COMPLEMENT
};

/* P(X >= k) as 1 minus the sum of the terms below: the digits of small tails are lost. */
static real complement_lower(size_t k, size_t n, real alpha)
{
    real low = 0, high = real_count(k) / real_count(n);
    for (int step = 0; step < 64; step++) {
        real p = (low + high) / 2, sum = 0, log_p = real_log(p), log_q = real_log1p(-p);
        real term = real_count(n) * log_q;
        for (size_t j = 0; j < k; j++) {
            sum = sum + real_exp(term);
            term = term + real_log(real_count(n - j) / real_count(j + 1)) + log_p - log_q;
        }
        if (1 - sum < alpha)
            low = p;
        else
            high = p;
    }
    return low;
}

static real lower_of(enum mistake mistake, int method, size_t k, size_t n, real alpha)
{
    real N = real_count(n), share = real_count(k) / N;
    if (mistake == STRICT_TAIL && method == 0)
        return k + 1 > n ? 1 : rival_lower(0, k + 1, n, alpha);
    if (mistake == BETA_EXCHANGED && method == 0 && k > 0)
        return 1 - rival_lower(0, k, n, 1 - alpha);
    if (mistake == MIDDLE_TAIL && method == 0)
        return (rival_lower(0, k, n, alpha) + (k + 1 > n ? 1 : rival_lower(0, k + 1, n, alpha))) /
               2;
    if (mistake == PSEUDOCOUNTS)
        return rival_lower(method, k + 1, n + 2, alpha);
    if (mistake == HOEFFDING_WITHOUT_2 && method == 1)
        return share - real_sqrt(-real_log(alpha) / N);
    if (mistake == HOEFFDING_TWO_SIDED && method == 1)
        return share - real_sqrt(real_log(2 / alpha) / (2 * N));
    if (mistake == LOGARITHM_BASE_2 && method == 1)
        return share - real_sqrt(-real_log(alpha) / real_log(R(2.0)) / (2 * N));
    if (mistake == NOT_CUT && method == 1)
        return share - real_sqrt(-real_log(alpha) / (2 * N));
    if (mistake == CONTINUITY && method == 3)
        return rival_lower(3, k, n, alpha) - 1 / (2 * N);
    if (mistake == TRIALS_LESS_ONE && method == 3)
        return share - rival_quantile(1 - alpha) * real_sqrt(share * (1 - share) / (N - 1));
    if (mistake == COMPLEMENT && method == 0 && k > 0)
        return complement_lower(k, n, alpha);
    return rival_lower(method, k, n, alpha);
}

static void fractions(struct call *call)
{
    static const char *const sides[] = {"two", "one", NULL};
    enum mistake mistake = (enum mistake)call_variant(call);
    const int *successes = call_integers(call, "successes", "N", 0, 100000);
    const int *trials = call_integers(call, "trials", "N", 1, 100000);
    int method = rival_method(call);
    real alpha = call_number_or(call, "alpha", R(0.05));
    int two = call_choice(call, "side", sides) == 0;
    real a = two ? alpha / 2 : alpha;
    a = mistake == ALPHA_HALVED ? alpha / 2 : mistake == ALPHA_DOUBLED ? 2 * a : a;
    real *lower = call_output(call, "lower", "N"), *upper = call_output(call, "upper", "N");
    for (size_t i = 0; i < call_size(call, 'N'); i++) {
        size_t n = (size_t)trials[i], k = (size_t)successes[i];
        lower[i] = lower_of(mistake, method, k, n, a);
        upper[i] = 1 - lower_of(mistake, method, n - k, n, a);
        if (mistake == LOWER_OF_UPPER) {
            real other = lower[i];
            lower[i] = upper[i];
            upper[i] = other;
        }
    }
}

static const struct fork table[] = {
    {.info = {"fractions", FORK_TWIN, "",
              "The incomplete beta function as a continued fraction and Newton's steps; upper "
              "bounds from the failures.",
              NULL},
     .answer = fractions},
    {.info = {"alpha_halved", FORK_BUG, "",
              "Half of alpha on each side, where one side was asked for.", NULL},
     .answer = fractions,
     .variant = ALPHA_HALVED},
    {.info = {"two_sided_always", FORK_CONVENTION, "",
              "alpha is for both sides together, whatever is asked for.", NULL},
     .instead = {"side", "two"}},
    {.info = {"one_sided_always", FORK_CONVENTION, "",
              "alpha is for each side, whatever is asked for.", NULL},
     .instead = {"side", "one"}},
    {.info = {"alpha_doubled", FORK_BUG, "", "Twice alpha is passed on.", NULL},
     .answer = fractions,
     .variant = ALPHA_DOUBLED},
    {.info = {"strict_tail", FORK_BUG, "", "P(X > k) instead of P(X >= k).", NULL},
     .answer = fractions,
     .variant = STRICT_TAIL},
    {.info = {"beta_exchanged", FORK_BUG, "",
              "The parameters of the beta distribution are exchanged.", NULL},
     .answer = fractions,
     .variant = BETA_EXCHANGED},
    {.info = {"middle_tail", FORK_CONVENTION, "",
              "Halfway between both tails, as mid-P intervals are.", NULL},
     .answer = fractions,
     .variant = MIDDLE_TAIL},
    {.info = {"pseudocounts", FORK_CONVENTION, "", "One success and one failure are added.", NULL},
     .answer = fractions,
     .variant = PSEUDOCOUNTS},
    {.info = {"bounds_exchanged", FORK_BUG, "", "Lower and upper bound are exchanged.", NULL},
     .answer = fractions,
     .variant = LOWER_OF_UPPER},
    {.info = {"exact_always", FORK_CONVENTION, "", "The exact bound whatever is asked for.", NULL},
     .instead = {"bound", "clopper_pearson"}},
    {.info = {"hoeffding_always", FORK_CONVENTION, "", "Hoeffding's bound whatever is asked for.",
              NULL},
     .instead = {"bound", "hoeffding"}},
    {.info = {"wald_always", FORK_CONVENTION, "", "The normal approximation whatever is asked for.",
              NULL},
     .instead = {"bound", "wald"}},
    {.info = {"wilson_always", FORK_CONVENTION, "", "Wilson's interval whatever is asked for.",
              NULL},
     .instead = {"bound", "wilson"}},
    {.info = {"hoeffding_without_2", FORK_BUG, "", "sqrt(log(1/alpha) / n).", NULL},
     .answer = fractions,
     .variant = HOEFFDING_WITHOUT_2},
    {.info = {"hoeffding_two_sided", FORK_BUG, "", "log(2 / alpha) for one side.", NULL},
     .answer = fractions,
     .variant = HOEFFDING_TWO_SIDED},
    {.info = {"logarithm_of_base_2", FORK_BUG, "", "The logarithm of base 2 in Hoeffding's bound.",
              NULL},
     .answer = fractions,
     .variant = LOGARITHM_BASE_2},
    {.info = {"not_cut", FORK_BUG, "", "Hoeffding's bounds below 0 and above 1 stay.", NULL},
     .answer = fractions,
     .variant = NOT_CUT},
    {.info = {"continuity", FORK_CONVENTION, "",
              "The normal approximation with a correction of half a success.", NULL},
     .answer = fractions,
     .variant = CONTINUITY},
    {.info = {"trials_less_one", FORK_CONVENTION, "271",
              "The variance of a share is divided by n - 1.", NULL},
     .answer = fractions,
     .variant = TRIALS_LESS_ONE},
    {.info = {"complement", FORK_NUMERICAL, "", "A tail as 1 minus the rest.", NULL},
     .answer = fractions,
     .variant = COMPLEMENT},
};

const struct fork_list binomial_confidence_forks = {sizeof table / sizeof *table, table};
