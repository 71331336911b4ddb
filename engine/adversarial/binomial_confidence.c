// SPDX-License-Identifier: MIT
/* Confidence bounds from counts; definition in reference/adversarial/binomial_confidence.h.
 *
 * How it is distributed: the counts are sharded evenly, and each has its bounds for itself. Nothing
 * crosses the network but the number of impossible counts.
 */
#include "certificate.h"

void binomial_confidence_run(struct question *q)
{
    static const char *const sides[] = {"two", "one", NULL};
    enum { MOST = 100000 };
    question_split_evenly(q, 'N');
    const int *successes = question_integers(q, "successes", "[N]", 0, MOST);
    const int *trials = question_integers(q, "trials", "[N]", 1, MOST);
    scalar alpha = question_number_or(q, "alpha", (scalar)0.05);
    if (!(alpha > 0 && alpha < 1))
        question_refuse(q, "its 'alpha' is %g; give a number in (0, 1)", (double)alpha);
    if (question_choice(q, "side", sides) == 0)
        alpha /= 2;
    size_t most = 0;
    long long wrong = 0;
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        most = (size_t)trials[n] > most ? (size_t)trials[n] : most;
        wrong += successes[n] > trials[n];
    }
    reduce_integers(question_team(q), &wrong, 1);
    if (wrong > 0)
        question_refuse(q, "%lld elements of its input 'successes' are above its trials", wrong);
    const struct certificate is = certificate_read(q, most);
    scalar *lower = question_output(q, "lower", "[N]"), *upper = question_output(q, "upper", "[N]");
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        lower[n] = certificate_bound(&is, (size_t)successes[n], (size_t)trials[n], alpha, false);
        upper[n] = certificate_bound(&is, (size_t)successes[n], (size_t)trials[n], alpha, true);
    }
}
