// SPDX-License-Identifier: MIT
#include "concordance_index.h"

struct pairs {
    size_t concordant, discordant, tied;
};

/* Declares that the sign of a - b has decided. */
static int less(struct call *call, real a, real b)
{
    real gap = b - a;
    call_decisions(call, 1, &gap);
    return a < b;
}

static void count_pair(struct call *call, struct pairs *pairs, real first, real second)
{
    if (first == second)
        pairs->tied++;
    else if (less(call, second, first))
        pairs->concordant++;
    else
        pairs->discordant++;
}

void concordance_index_answer(struct call *call)
{
    static const char *const directions[] = {"risk", "time", NULL};
    static const char *const same[] = {"comparable", "skipped", NULL};
    static const char *const ties[] = {"half", "excluded", NULL};
    const real *time = call_input(call, "time", "N");
    size_t N = call_size(call, 'N');
    if (N == 0)
        call_fail(call, "input 'time' has no samples");
    const real *score = call_input(call, "score", "N");
    const int *event = call_has(call, "event") ? call_integers(call, "event", "N", 0, 1) : NULL;
    int later = call_choice(call, "direction", directions);
    int skipped = call_choice(call, "same_time", same), excluded = call_choice(call, "ties", ties);
    struct pairs pairs = {0, 0, 0};
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N && (!event || event[i]); j++) {
            int at_once = time[i] == time[j] && event && !event[j] && !skipped;
            if (j != i && (at_once || (time[i] != time[j] && less(call, time[i], time[j]))))
                count_pair(call, &pairs, score[later ? j : i], score[later ? i : j]);
        }
    }
    size_t half = excluded ? 0 : pairs.tied, all = pairs.concordant + pairs.discordant + half;
    if (all == 0)
        call_fail(call, "input 'time' has no comparable pair");
    *call_output(call, "concordance_index", "") =
        real_count(2 * pairs.concordant + half) / real_count(2 * all);
    *call_output_integers(call, "concordant", "") = real_count(pairs.concordant);
    *call_output_integers(call, "discordant", "") = real_count(pairs.discordant);
    *call_output_integers(call, "tied", "") = real_count(pairs.tied);
}
