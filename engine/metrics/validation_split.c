// SPDX-License-Identifier: MIT
/* Held-out samples of a fit; definition in reference/metrics/validation_split.h.
 *
 * How it is distributed: every rank finds the same index arrays; the epochs' arrays are sharded by
 * their places, as the samples of an epoch are. Nothing crosses the network.
 */
#include "../synthetic_data/permutation.h"
#include "../techniques.h"

void validation_split_run(struct question *q)
{
    static const char *const takes[] = {"last", "first", NULL};
    static const char *const roundings[] = {"down", "up", NULL};
    const size_t S = question_count(q, "samples", 1, 1 << 20);
    const size_t percent = question_count_or(q, "percent", 10, 1, 99);
    const size_t batch = question_count_or(q, "batch", 32, 1, 1 << 20);
    const bool first = question_choice(q, "take", takes) == 1;
    const size_t hundredths = S * (100 - percent);
    const bool more = question_choice(q, "rounding", roundings) == 1 && hundredths % 100 != 0;
    const size_t F = hundredths / 100 + (more ? 1 : 0);
    if (F == 0 || F == S)
        question_refuse(q, "its number 'percent' makes a part of its %zu samples empty", S);
    question_bind(q, 'F', F);
    question_bind(q, 'V', S - F);
    const int *p = question_integers(q, "permutation", "EF", 0, (int)F - 1);
    for (size_t e = 0; e < question_size(q, 'E'); e++)
        permutation_check(q, "permutation", p + e * F, F);
    const int *mine = question_integers(q, "permutation", "E[F]", 0, (int)F - 1);
    scalar *train = question_output(q, "train", "E[F]");
    for (size_t i = 0; i < question_size(q, 'E') * question_part(q, 'F'); i++)
        train[i] = (scalar)((first ? S - F : 0) + (size_t)mine[i]);
    scalar *validation = question_output(q, "validation", "V");
    for (size_t n = 0; n < S - F; n++)
        validation[n] = (scalar)(first ? n : F + n);
    question_output(q, "batches", "")[0] = (scalar)((F - 1) / batch + 1);
    question_output(q, "last", "")[0] = (scalar)((F - 1) % batch + 1);
}
