// SPDX-License-Identifier: MIT
#include "votes.h"

struct votes votes_read(struct call *call, size_t K, size_t most)
{
    static const char *const forms[] = {"one", "two", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct votes is = {.alpha = call_number_or(call, "alpha", R(0.001)),
                       .sigma = call_number(call, "sigma"),
                       .two = call_choice(call, "form", forms),
                       .last = call_choice(call, "ties", ties),
                       .K = K};
    if (!(is.alpha > 0 && is.alpha < 1))
        call_fail(call, "number 'alpha' must be in (0, 1)");
    if (!(is.sigma > 0))
        call_fail(call, "number 'sigma' must be above 0");
    is.certificate = (struct certificate){bound_method_read(call), call_scratch(call, most + 1)};
    return is;
}

/* The class with most votes, but for class `without` (K: none). */
static size_t winner(const struct votes *is, const int *count, size_t without)
{
    size_t best = without == 0 ? 1 : 0;
    for (size_t k = best + 1; k < is->K; k++) {
        int more = is->last ? count[k] >= count[best] : count[k] > count[best];
        if (k != without && more)
            best = k;
    }
    return best;
}

/* The radius of class A, or -1: none. */
static real certify(struct call *call, const struct votes *is, size_t A, const int *count,
                    real *lower, real *upper)
{
    size_t n = 0, B = winner(is, count, A);
    for (size_t k = 0; k < is->K; k++)
        n += (size_t)count[k];
    real a = is->two ? is->alpha / 2 : is->alpha;
    *lower = certificate_lower(&is->certificate, (size_t)count[A], n, a);
    *upper = is->two ? certificate_upper(&is->certificate, (size_t)count[B], n, a) : 1 - *lower;
    real gap = *lower - *upper;
    call_decisions(call, 1, &gap);
    if (!(gap > 0))
        return R(-1.0);
    if (!is->two)
        return is->sigma * normal_quantile(*lower);
    return is->sigma / 2 * (normal_quantile(*lower) - normal_quantile(*upper));
}

void votes_answer(struct call *call, const struct votes *is, const int *selection,
                  const int *estimation)
{
    real *class = call_output_integers(call, "class", "N");
    real *lower = call_output(call, "p_lower", "N"), *upper = call_output(call, "p_upper", "N");
    real *radius = call_output(call, "radius", "N");
    real *predicted = call_output_integers(call, "predicted", "N");
    real *p_value = call_output(call, "p_value", "N");
    for (size_t i = 0; i < call_size(call, 'N'); i++) {
        const int *count = estimation + i * is->K;
        size_t A = winner(is, selection + i * is->K, is->K), top = winner(is, count, is->K);
        real found = certify(call, is, A, count, &lower[i], &upper[i]);
        class[i] = found < 0 ? R(-1.0) : real_count(A);
        radius[i] = found < 0 ? R(0.0) : found;
        size_t m1 = (size_t)count[top], m2 = (size_t)count[winner(is, count, top)];
        real p = 2 * real_exp(certificate_fair_tail(&is->certificate, m1, m1 + m2));
        p_value[i] = p < 1 ? p : R(1.0);
        real distance = is->alpha - p_value[i];
        call_decisions(call, 1, &distance);
        predicted[i] = distance >= 0 ? real_count(top) : R(-1.0);
    }
}
