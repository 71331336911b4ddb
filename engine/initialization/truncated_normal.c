// SPDX-License-Identifier: MIT
/* Truncated normal initialisation; definition in reference/initialization/truncated_normal.h.
 *
 * How it is distributed: the rows of the weights are sharded. Candidates are whole on every rank,
 * so that all ranks notice a weight for which none is left; each rank makes its own weights.
 * Nothing crosses the network before the result is gathered, and nothing is added.
 */
#include "initialization.h"

struct cut {
    bool absolute;
    scalar mean, deviation, low, high;
};

static struct cut cut_read(struct question *q)
{
    static const char *const bounds[] = {"deviations", "absolute", NULL};
    static const char *const corrections[] = {"no", "yes", NULL};
    const bool corrected = question_choice(q, "correction", corrections) == 1;
    const scalar cutoff = question_number_or(q, "cutoff", 2);
    struct cut cut = {.absolute = question_choice(q, "bounds", bounds) == 1,
                      .mean = question_number_or(q, "mean", 0),
                      .deviation = question_number_or(q, "standard_deviation", 1),
                      .low = question_number_or(q, "low", -2),
                      .high = question_number_or(q, "high", 2)};
    if (!(cut.deviation > 0))
        question_refuse(q, "its number 'standard_deviation' is a spread; give one above 0");
    if (!(cutoff > 0))
        question_refuse(q, "its number 'cutoff' leaves nothing inside; give one above 0");
    if (!(cut.low < cut.high))
        question_refuse(q, "its number 'high' leaves nothing inside; give one above 'low'");
    if (corrected && (cut.absolute || cutoff != 2))
        question_refuse(
            q, "its 'correction' belongs to a 'cutoff' of 2 deviations; state both or none");
    if (corrected)
        cut.deviation /= distribution_correction(TRUNCATED_NORMAL);
    if (!cut.absolute) {
        cut.low = -cutoff;
        cut.high = cutoff;
    }
    return cut;
}

void truncated_normal_run(struct question *q)
{
    const struct cut cut = cut_read(q);
    question_split_evenly(q, 'I');
    const scalar *u = question_input(q, "deviate", "AIO");
    const size_t A = question_size(q, 'A'), O = question_size(q, 'O');
    const size_t count = question_size(q, 'I') * O;
    scalar *w = question_output(q, "w", "[I]O"), *attempt = question_output(q, "attempt", "[I]O");
    const size_t first = question_first(q, 'I') * O, part = question_part(q, 'I') * O;
    for (size_t i = 0; i < count; i++) {
        size_t a = 0;
        scalar weight = 0;
        for (; a < A; a++) {
            const scalar candidate = u[a * count + i];
            weight = cut.mean + cut.deviation * candidate;
            const scalar tested = cut.absolute ? weight : candidate;
            if (tested >= cut.low && tested <= cut.high)
                break;
        }
        if (a == A)
            question_refuse(q, "its input 'deviate' has no candidate left; draw more of them");
        if (i >= first && i - first < part) {
            w[i - first] = weight;
            attempt[i - first] = (scalar)a;
        }
    }
}
