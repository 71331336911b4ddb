// SPDX-License-Identifier: MIT
#include "../../reference/imbalance/balanced_batches.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    UNIFORM,
    BY_COUNT,
    ROUNDED,
    AT_LEAST,
    NOT_SCALED,
    ORDER_OF_DATA,
    RESTARTED,
    INTERLEAVED,
    ONE_STREAM
};

static real weight_of(const struct batches *is, enum mistake mistake, size_t n)
{
    if (mistake == UNIFORM)
        return 1;
    if (mistake == BY_COUNT)
        return (real)is->classes.count[is->classes.label[n]];
    return is->weight[n];
}

/* The number of samples whose running total is not above u times the whole. */
static void draw(const struct batches *is, enum mistake mistake)
{
    size_t N = is->classes.N;
    for (size_t i = 0; i < is->T * is->B; i++) {
        real all = 0, sum = 0;
        size_t chosen = 0;
        for (size_t n = N; n-- > 0;)
            all = all + weight_of(is, mistake, n);
        real at = mistake == NOT_SCALED ? is->u[i] : is->u[i] * all;
        for (size_t n = 0; n + 1 < N; n++) {
            sum = sum + weight_of(is, mistake, n);
            chosen += !(sum > at);
        }
        while (chosen > 0 && !(weight_of(is, RIGHT, chosen) > 0) && mistake == RIGHT)
            chosen--;
        if (mistake == ROUNDED)
            chosen = (size_t)(is->u[i] * real_count(N - 1) + R(0.5));
        if (mistake == AT_LEAST)
            chosen = chosen > 0 ? chosen - 1 : 0;
        batches_put(is, i / is->B, i % is->B, chosen);
    }
}

/* The member of class c that `before` others of it come before. */
static size_t member_of(const struct batches *is, enum mistake mistake, int c, size_t before)
{
    size_t found = 0, N = is->classes.N;
    for (size_t i = 0; i < N; i++) {
        size_t n = mistake == ORDER_OF_DATA ? i : (size_t)is->order[i];
        if (is->classes.label[n] == c && found++ == before)
            return n;
    }
    return 0;
}

static void deal(const struct batches *is, enum mistake mistake)
{
    for (size_t i = 0; i < is->T * is->B; i++) {
        size_t t = i / is->B, b = i % is->B, classes = is->B / is->each, e = b % is->each;
        size_t k = b / is->each;
        if (mistake == INTERLEAVED) {
            k = b % classes;
            e = b / classes;
        }
        int c = -1;
        for (size_t seen = 0; seen <= k;)
            seen += is->classes.count[++c] > 0;
        size_t count = (size_t)is->classes.count[c], place = (t * is->each + e) % count;
        if (is->by_batch)
            place = t % (count / is->each) * is->each + e;
        if (mistake == RESTARTED)
            place = e % count;
        if (mistake == ONE_STREAM) {
            batches_put(is, t, b, (size_t)is->order[i % is->classes.N]);
            continue;
        }
        batches_put(is, t, b, member_of(is, mistake, c, place));
    }
}

static void again(struct call *call)
{
    struct batches is = batches_read(call);
    (is.by_class ? deal : draw)(&is, (enum mistake)call_variant(call));
}

static const struct fork table[] = {
    {.info = {"again", FORK_TWIN, "", "Counts totals that are not above; places by remainders.",
              NULL},
     .answer = again},
    {.info = {"wrap_stream", FORK_CONVENTION, "", "Streams end inside batches.", NULL},
     .instead = {"wrap", "stream"}},
    {.info = {"wrap_batch", FORK_CONVENTION, "", "Streams end between batches.", NULL},
     .instead = {"wrap", "batch"}},
    {.info = {"uniform", FORK_BUG, "37", "All samples have the same chance.", NULL},
     .answer = again,
     .variant = UNIFORM},
    {.info = {"by_count", FORK_BUG, "", "The weight is the count, not one over it.", NULL},
     .answer = again,
     .variant = BY_COUNT},
    {.info = {"rounded", FORK_BUG, "", "u (N - 1), rounded.", NULL},
     .answer = again,
     .variant = ROUNDED},
    {.info = {"one_before", FORK_BUG, "", "The sample before the right one.", NULL},
     .answer = again,
     .variant = AT_LEAST},
    {.info = {"not_scaled", FORK_BUG, "", "u is compared with totals that do not end at 1.", NULL},
     .answer = again,
     .variant = NOT_SCALED},
    {.info = {"order_of_data", FORK_BUG, "", "Members in the order of the data.", NULL},
     .answer = again,
     .variant = ORDER_OF_DATA},
    {.info = {"restarted", FORK_BUG, "", "Every batch starts its streams anew.", NULL},
     .answer = again,
     .variant = RESTARTED},
    {.info = {"interleaved", FORK_CONVENTION, "", "The classes of a batch take turns.", NULL},
     .answer = again,
     .variant = INTERLEAVED},
    {.info = {"one_stream", FORK_BUG, "", "Batches of the shuffled data: not balanced at all.",
              NULL},
     .answer = again,
     .variant = ONE_STREAM},
};

const struct fork_list balanced_batches_forks = {sizeof table / sizeof *table, table};
