// SPDX-License-Identifier: MIT
#include "../../reference/distributed/distributed_sampler.h"
#include "../fork.h"

enum rival {
    TWIN,
    SAME_ORDER,
    NATURAL_ORDER,
    PADDED_WITH_LAST,
    PADDED_FROM_ALL,
    MEAN_OF_MEANS,
    MEAN_OF_FIRST,
    CONTIGUOUS_CEILING,
    REMAINDER_TO_LAST,
    SKIPPED_PER_WORKER,
    SKIP_IGNORED,
    REVERSED_WORKERS,
    SEEN_ONCE
};

/* The sample at a place, or -1. */
static int sample_at(const struct distributed_sampler *s, size_t e, size_t place, enum rival rival)
{
    size_t i = place % s->left;
    if (place >= s->total)
        return -1;
    if (rival == PADDED_WITH_LAST && place >= s->left)
        i = s->left - 1;
    const int *order = &s->order[(rival == SAME_ORDER ? 0 : e) * s->N];
    if (rival == PADDED_FROM_ALL && place >= s->left)
        return order[(place - s->left) % s->N];
    if (rival == SKIP_IGNORED)
        return order[i];
    return rival == NATURAL_ORDER ? (int)(s->skip + i) : order[s->skip + i];
}

/* Who takes a place, and as which of his: everything is dealt out place by place. */
static size_t taker_of(const struct distributed_sampler *s, size_t place, size_t *nth,
                       enum rival rival)
{
    size_t fewer = s->total / s->W, more = s->total % s->W, k = place % s->W;
    *nth = place / s->W;
    if (s->contiguous) {
        size_t even = rival == CONTIGUOUS_CEILING ? s->Q : fewer + 1;
        size_t border = rival == CONTIGUOUS_CEILING ? s->total : more * even;
        k = place < border ? place / even : more + (place - border) / fewer;
        *nth = place < border ? place % even : (place - border) % fewer;
        if (rival == REMAINDER_TO_LAST && fewer) {
            k = place / fewer < s->W ? place / fewer : s->W - 1;
            *nth = place - k * fewer;
        }
    }
    return rival == REVERSED_WORKERS ? s->W - 1 - k : k;
}

static void deal(struct call *call, const struct distributed_sampler *s, size_t e, real *index,
                 real *count, real *seen, real *mean, enum rival rival)
{
    real *sum = call_scratch(call, s->W), *own = call_scratch(call, s->W), all = 0, counted = 0;
    for (size_t k = 0; k < s->W; k++)
        count[k] = 0;
    for (size_t i = 0; i < s->W * s->Q; i++)
        index[i] = -1;
    for (size_t place = s->total; place-- > 0;) {
        size_t nth, k = taker_of(s, place, &nth, rival);
        int n = sample_at(s, e, place, rival);
        if (nth < s->Q)
            index[k * s->Q + nth] = (real)n;
        count[k] += 1;
        seen[n] = rival == SEEN_ONCE ? 1 : seen[n] + 1;
        if (s->removed && place >= s->left)
            continue;
        sum[k] = sum[k] + s->value[n];
        own[k] += 1;
        all = all + s->value[n];
        counted += 1;
    }
    *mean = all / counted;
    if (rival == MEAN_OF_FIRST)
        *mean = sum[0] / own[0];
    real means = 0, busy = 0;
    for (size_t k = 0; k < s->W && rival == MEAN_OF_MEANS; k++) {
        means += own[k] > 0 ? sum[k] / own[k] : 0;
        busy += own[k] > 0;
        *mean = means / busy;
    }
}

static void rival(struct call *call)
{
    struct distributed_sampler s;
    enum rival rival = (enum rival)call_variant(call);
    distributed_sampler_read(call, &s);
    if (rival == SKIPPED_PER_WORKER && s.skip % s.W != 0)
        s.skip = s.skip / s.W * s.W;
    real *index = call_output_integers(call, "index", "EWQ");
    real *count = call_output_integers(call, "count", "W");
    real *seen = call_output_integers(call, "seen", "EN"), *mean = call_output(call, "mean", "E");
    for (size_t e = 0; e < s.E; e++)
        deal(call, &s, e, &index[e * s.W * s.Q], count, &seen[e * s.N], &mean[e], rival);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"place_by_place", FORK_TWIN, "",
     "Places are dealt out one by one, from the last one back, and values added in one chain.",
     NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"padded", FORK_CONVENTION, "", "Shards are filled up with samples from the start.",
     NULL},
     .instead = {"uneven", "pad"}},
    {.info = {"dropped", FORK_CONVENTION, "155", "What does not go round is dropped.", NULL},
     .instead = {"uneven", "drop"}},
    {.info = {"kept", FORK_CONVENTION, "", "Shards are uneven.", NULL},
     .instead = {"uneven", "keep"}},
    {.info = {"interleaved", FORK_CONVENTION, "", "Samples are dealt out in turn.", NULL},
     .instead = {"assignment", "interleaved"}},
    {.info = {"contiguous", FORK_CONVENTION, "", "Samples are dealt out in runs.", NULL},
     .instead = {"assignment", "contiguous"}},
    {.info = {"duplicates_counted", FORK_BUG, "", "The mean counts what was padded.", NULL},
     .instead = {"duplicates", "counted"}},
    {.info = {"duplicates_removed", FORK_CONVENTION, "", "The mean leaves out what was padded.",
     NULL},
     .instead = {"duplicates", "removed"}},
    {.info = {"same_order", FORK_BUG, "",
     "Every epoch has the order of the first: set_epoch was forgotten.", NULL},
     .answer = rival, .variant = SAME_ORDER},
    {.info = {"natural_order", FORK_BUG, "", "Nothing is shuffled.", NULL},
     .answer = rival, .variant = NATURAL_ORDER},
    {.info = {"padded_with_last", FORK_CONVENTION, "", "The last sample fills up the shards.",
     NULL},
     .answer = rival, .variant = PADDED_WITH_LAST},
    {.info = {"padded_from_all", FORK_BUG, "",
     "A resumed epoch is filled up with samples that it has seen already.", NULL},
     .answer = rival, .variant = PADDED_FROM_ALL},
    {.info = {"mean_of_means", FORK_BUG, "33", "Workers' means are averaged alike.", NULL},
     .answer = rival, .variant = MEAN_OF_MEANS},
    {.info = {"mean_of_first", FORK_BUG, "", "The mean is what worker 0 sees.", NULL},
     .answer = rival, .variant = MEAN_OF_FIRST},
    {.info = {"runs_of_ceiling", FORK_CONVENTION, "",
     "All runs but the last are of the larger size, and the last may be much shorter.", NULL},
     .answer = rival, .variant = CONTIGUOUS_CEILING},
    {.info = {"remainder_to_last", FORK_CONVENTION, "", "The last worker takes what remains.",
     NULL},
     .answer = rival, .variant = REMAINDER_TO_LAST},
    {.info = {"skipped_per_worker", FORK_BUG, "",
     "What to skip is rounded down to whole rounds, and samples are seen again.", NULL},
     .answer = rival, .variant = SKIPPED_PER_WORKER},
    {.info = {"skip_ignored", FORK_BUG, "", "A resumed epoch starts again.", NULL},
     .answer = rival, .variant = SKIP_IGNORED},
    {.info = {"reversed_workers", FORK_BUG, "", "Workers are counted from the last.", NULL},
     .answer = rival, .variant = REVERSED_WORKERS},
    {.info = {"seen_once", FORK_BUG, "", "What is taken again is not counted again.", NULL},
     .answer = rival, .variant = SEEN_ONCE},
};
/* clang-format on */

const struct fork_list distributed_sampler_forks = {sizeof table / sizeof *table, table};
