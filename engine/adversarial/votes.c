// SPDX-License-Identifier: MIT
#include "votes.h"

struct votes votes_read(struct question *q, size_t K, size_t most)
{
    static const char *const forms[] = {"one", "two", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct votes is = {.alpha = question_number_or(q, "alpha", (scalar)0.001),
                       .sigma = question_number(q, "sigma"),
                       .two = question_choice(q, "form", forms) == 1,
                       .last = question_choice(q, "ties", ties) == 1,
                       .K = K};
    if (!(is.alpha > 0 && is.alpha < 1))
        question_refuse(q, "its 'alpha' is %g; give a number in (0, 1)", (double)is.alpha);
    if (!(is.sigma > 0))
        question_refuse(q, "its 'sigma' is %g; give a number above 0", (double)is.sigma);
    is.certificate = certificate_read(q, most);
    return is;
}

/* The two classes with most votes, and the sum of all. */
struct leaders {
    size_t first, second, total;
};

static bool beats(const struct votes *is, int votes, int best)
{
    return votes > best || (is->last && votes == best);
}

static struct leaders leaders_of(const struct votes *is, const int *count)
{
    struct leaders found = {0, is->K, 0};
    for (size_t k = 0; k < is->K; k++) {
        found.total += (size_t)count[k];
        if (k > 0 && beats(is, count[k], count[found.first]))
            found.first = k;
    }
    for (size_t k = 0; k < is->K; k++)
        if (k != found.first && (found.second == is->K || beats(is, count[k], count[found.second])))
            found.second = k;
    return found;
}

void votes_answer(struct question *q, const struct votes *is, const int *selection,
                  const int *estimation)
{
    const struct kernels *kernels = is->certificate.kernels;
    const scalar a = is->two ? is->alpha / 2 : is->alpha;
    scalar *class = question_output(q, "class", "[N]");
    scalar *lower = question_output(q, "p_lower", "[N]");
    scalar *upper = question_output(q, "p_upper", "[N]");
    scalar *radius = question_output(q, "radius", "[N]");
    scalar *predicted = question_output(q, "predicted", "[N]");
    scalar *p_value = question_output(q, "p_value", "[N]");
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        const int *count = estimation + i * is->K;
        const size_t A = leaders_of(is, selection + i * is->K).first;
        const struct leaders top = leaders_of(is, count);
        const size_t m1 = (size_t)count[top.first], m2 = (size_t)count[top.second];
        const size_t rival = A == top.first ? m2 : m1;
        lower[i] = certificate_bound(&is->certificate, (size_t)count[A], top.total, a, false);
        upper[i] =
            is->two ? certificate_bound(&is->certificate, rival, top.total, a, true) : 1 - lower[i];
        class[i] = -1;
        if (lower[i] > upper[i]) {
            class[i] = (scalar)A;
            radius[i] = normal_quantile(kernels, lower[i]);
            radius[i] = is->two ? is->sigma / 2 * (radius[i] - normal_quantile(kernels, upper[i]))
                                : is->sigma * radius[i];
        }
        p_value[i] = certificate_fair_test(&is->certificate, m1, m1 + m2);
        predicted[i] = p_value[i] <= is->alpha ? (scalar)top.first : -1;
    }
}
