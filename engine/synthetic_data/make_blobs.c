// SPDX-License-Identifier: MIT
/* Gaussian blobs; definition in reference/synthetic_data/make_blobs.h.
 *
 * How it is distributed: every rank holds the draws and the centres and makes the rows of x that
 * it owns. Nothing crosses the network.
 */
#include "../techniques.h"
#include "permutation.h"

/* first (K + 1): where each blob begins before the shuffle. */
static void place_blobs(struct question *q, size_t *first, size_t N, size_t K)
{
    static const char *const remainders[] = {"first", "last", NULL};
    const bool last = question_choice(q, "remainder", remainders) == 1;
    const int *count =
        question_has(q, "count") ? question_integers(q, "count", "K", 0, (int)N) : NULL;
    for (size_t k = 0; k < K; k++) {
        const bool more = last ? k + N % K >= K : k < N % K;
        first[k + 1] = first[k] + (count ? (size_t)count[k] : N / K + (more ? 1 : 0));
    }
    if (first[K] != N)
        question_refuse(q, "its input 'count' gives %zu points places, but there are %zu", first[K],
                        N);
}

static const scalar *read_deviations(struct question *q, size_t K)
{
    const bool each = question_has(q, "deviations");
    const scalar *given = each ? question_input(q, "deviations", "K") : NULL;
    const scalar same = question_number_or(q, "deviation", 1);
    scalar *deviation = question_scratch(q, K);
    for (size_t k = 0; k < K; k++) {
        deviation[k] = each ? given[k] : same;
        if (!(deviation[k] >= 0))
            question_refuse(q, "its '%s' is negative, which no deviation is",
                            each ? "deviations" : "deviation");
    }
    return deviation;
}

void make_blobs_run(struct question *q)
{
    const scalar *z = question_input(q, "z", "ND");
    const bool drawn = !question_has(q, "centers");
    if (drawn && !question_has(q, "u"))
        question_refuse(q, "it has neither the input 'centers' nor draws of them");
    const scalar *centers = question_input(q, drawn ? "u" : "centers", "KD");
    const size_t N = question_size(q, 'N'), D = question_size(q, 'D'), K = question_size(q, 'K');
    if (N == 0 || K == 0)
        question_refuse(q, "its input '%s' is empty; give at least one row",
                        N == 0  ? "z"
                        : drawn ? "u"
                                : "centers");
    const scalar low = question_number_or(q, "low", -10), high = question_number_or(q, "high", 10);
    if (!(low <= high))
        question_refuse(q, "its number 'high' is below its number low; the box is empty");
    size_t *begin = arena_take(question_arena(q), K + 1, sizeof *begin);
    place_blobs(q, begin, N, K);
    const scalar *deviation = read_deviations(q, K);
    const int *order = permutation_or_identity(q, "order", 'N');
    scalar *x = question_output(q, "x", "[N]D"), *y = question_output(q, "y", "[N]");
    scalar *center = question_output(q, "center", "KD"), *size = question_output(q, "size", "K");
    for (size_t i = 0; i < K * D; i++)
        center[i] = drawn ? low + (high - low) * centers[i] : centers[i];
    for (size_t k = 0; k < K; k++)
        size[k] = (scalar)(begin[k + 1] - begin[k]);
    for (size_t n = 0; n < question_part(q, 'N'); n++) {
        const size_t from = (size_t)order[question_first(q, 'N') + n];
        size_t k = K - 1;
        while (from < begin[k])
            k--;
        y[n] = (scalar)k;
        for (size_t d = 0; d < D; d++)
            x[n * D + d] = center[k * D + d] + deviation[k] * z[from * D + d];
    }
}
