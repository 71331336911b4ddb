// SPDX-License-Identifier: MIT
#include "../../reference/distributed/communication_cost.h"
#include "../fork.h"

enum rival {
    TWIN,
    ONE_WAY,
    ALL_WORKERS,
    WHOLE_MESSAGES,
    LATENCY_ONCE,
    NO_LATENCY,
    NO_ADDING,
    NOT_FOLDED,
    ROUNDED_UP,
    BUS_IS_RATE,
    BUS_ONE_WAY,
    BITS,
    BUCKETS_OVERLAP,
    REST_IS_FULL,
    REST_LOST,
    PER_WORKER
};

/* An all-reduce as it is played, step by step: each step, which may come several times, sends
 * one of `parts` parts of the bytes from `senders` workers at the same time, and who receives may
 * add them. */
struct play {
    enum rival rival;
    size_t steps, messages, starts;
    real sent, added, volume; /* in units of n: one after the other; by all workers */
};

static void step(struct play *play, size_t senders, size_t parts, int adds, size_t times)
{
    enum rival rival = play->rival;
    size_t starts = rival == NO_LATENCY ? 0 : times;
    if (rival == LATENCY_ONCE)
        starts = play->steps ? 0 : 1;
    real count = real_count(rival == BITS ? 8 * times : times);
    parts = rival == WHOLE_MESSAGES ? 1 : parts;
    play->starts += starts;
    play->sent += count / real_count(parts);
    play->added += adds && rival != NO_ADDING ? count / real_count(parts) : 0;
    play->volume += count * real_count(senders) / real_count(parts);
    play->messages += times * senders;
    play->steps += times;
}

/* Reduction and broadcast by whole messages; in step i of a tree 2^i pairs at most. */
static void play_tree(struct play *play, size_t P)
{
    for (size_t gap = 1; gap < P; gap *= 2) {
        size_t pairs = 0;
        for (size_t at = 0; at + gap < P; at += 2 * gap)
            pairs++;
        step(play, pairs, 1, 1, 1);
        if (play->rival != ONE_WAY)
            step(play, pairs, 1, 0, 1);
    }
}

static void play_powers(struct play *play, size_t P, int halves)
{
    size_t Q = 1;
    while (2 * Q <= P || (play->rival == ROUNDED_UP && Q < P))
        Q *= 2;
    int folds = P > Q && play->rival != NOT_FOLDED;
    if (folds)
        step(play, P - Q, 1, 1, 1);
    for (size_t gap = 1; gap < Q; gap *= 2) {
        step(play, Q, halves ? 2 * gap : 1, 1, 1);
        if (halves && play->rival != ONE_WAY)
            step(play, Q, 2 * gap, 0, 1);
    }
    if (folds)
        step(play, P - Q, 1, 0, 1);
}

static struct communication play_once(const struct communication_cost *c, real n, size_t P,
                                      enum rival rival)
{
    struct play play = {.rival = rival};
    size_t others = rival == ALL_WORKERS && P > 1 ? P : P - 1;
    if (c->algorithm == COST_TREE)
        play_tree(&play, P);
    else if (c->algorithm == COST_DOUBLING || c->algorithm == COST_HALVING)
        play_powers(&play, P, c->algorithm == COST_HALVING);
    size_t senders = c->algorithm == COST_RING ? P : 1;
    if (others && (c->algorithm == COST_RING || c->algorithm == COST_CENTRAL)) {
        step(&play, senders, senders, 1, others);
        if (rival != ONE_WAY)
            step(&play, senders, senders, 0, others);
    }
    real time = real_count(play.starts) * c->alpha + play.sent * n * c->beta;
    return (struct communication){play.steps, play.messages, play.volume * n,
                                  time + play.added * n * c->gamma};
}

/* Full buckets, which cost the same, and the rest. */
static struct communication play_all(const struct communication_cost *c, size_t n, size_t P,
                                     enum rival rival)
{
    size_t bucket = c->bucket ? c->bucket : n + 1, left = n, full = 0;
    for (; left >= bucket; left -= bucket)
        full++;
    if (left && rival == REST_IS_FULL && c->bucket) {
        left = 0;
        full++;
    }
    if (rival == REST_LOST && full)
        left = 0;
    int rests = left || !c->bucket;
    struct communication each = play_once(c, real_count(bucket), P, rival);
    struct communication rest = play_once(c, real_count(left), P, rival);
    struct communication all = {.steps = full * each.steps + (rests ? rest.steps : 0),
                                .messages = full * each.messages + (rests ? rest.messages : 0)};
    real times = real_count(rival == BUCKETS_OVERLAP && full ? 1 : full), once = rests ? 1 : 0;
    all.volume = once * rest.volume + real_count(full) * each.volume;
    all.time = (rival == BUCKETS_OVERLAP && full ? 0 : once * rest.time) + times * each.time;
    return all;
}

static void rival(struct call *call)
{
    struct communication_cost c;
    enum rival rival = (enum rival)call_variant(call);
    communication_cost_read(call, &c);
    real *steps = call_output_integers(call, "steps", "M");
    real *messages = call_output_integers(call, "messages", "M");
    real *volume = call_output(call, "volume", "M"), *time = call_output(call, "time", "M");
    real *rate = call_output(call, "rate", "M"), *bus_rate = call_output(call, "bus_rate", "M");
    for (size_t m = 0; m < c.M; m++) {
        size_t P = (size_t)c.workers[m];
        real ways = rival == BUS_ONE_WAY ? R(1.0) : R(2.0);
        struct communication cost = play_all(&c, (size_t)c.bytes[m], P, rival);
        steps[m] = real_count(cost.steps);
        messages[m] = real_count(cost.messages);
        volume[m] = rival == PER_WORKER ? cost.volume / real_count(P) : cost.volume;
        time[m] = cost.time;
        rate[m] = cost.time > 0 ? (real)c.bytes[m] / cost.time : 0;
        bus_rate[m] = rival == BUS_IS_RATE ? rate[m] : rate[m] * (ways - ways / real_count(P));
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"played", FORK_TWIN, "", "Each all-reduce is played step by step.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"ring", FORK_CONVENTION, "", "By a ring whatever is asked for.", NULL},
     .instead = {"algorithm", "ring"}},
    {.info = {"tree", FORK_CONVENTION, "", "By trees whatever is asked for.", NULL},
     .instead = {"algorithm", "tree"}},
    {.info = {"halving_doubling", FORK_CONVENTION, "", "By halving and doubling.", NULL},
     .instead = {"algorithm", "halving_doubling"}},
    {.info = {"central", FORK_CONVENTION, "", "By a server.", NULL},
     .instead = {"algorithm", "central"}},
    {.info = {"one_way", FORK_BUG, "", "The way back is forgotten: a reduction, not to all.", NULL},
     .answer = rival, .variant = ONE_WAY},
    {.info = {"all_workers", FORK_BUG, "", "P steps, not P - 1.", NULL},
     .answer = rival, .variant = ALL_WORKERS},
    {.info = {"whole_messages", FORK_BUG, "", "Every message is of all bytes.", NULL},
     .answer = rival, .variant = WHOLE_MESSAGES},
    {.info = {"latency_once", FORK_BUG, "", "Latency is paid once, not for every step.", NULL},
     .answer = rival, .variant = LATENCY_ONCE},
    {.info = {"no_latency", FORK_BUG, "", "Only bandwidth counts.", NULL},
     .answer = rival, .variant = NO_LATENCY},
    {.info = {"no_adding", FORK_CONVENTION, "", "Adding takes no time.", NULL},
     .answer = rival, .variant = NO_ADDING},
    {.info = {"not_folded", FORK_BUG, "", "Workers beyond a power of two are forgotten.", NULL},
     .answer = rival, .variant = NOT_FOLDED},
    {.info = {"rounded_up", FORK_BUG, "", "Workers are counted up to a power of two.", NULL},
     .answer = rival, .variant = ROUNDED_UP},
    {.info = {"bus_is_rate", FORK_BUG, "", "The bus is as fast as the algorithm.", NULL},
     .answer = rival, .variant = BUS_IS_RATE},
    {.info = {"bus_one_way", FORK_BUG, "", "The bus rate of a reduction, not of an all-reduce.",
     NULL},
     .answer = rival, .variant = BUS_ONE_WAY},
    {.info = {"bits", FORK_BUG, "", "Bytes are counted as bits.", NULL},
     .answer = rival, .variant = BITS},
    {.info = {"buckets_overlap", FORK_CONVENTION, "", "All buckets go at the same time.", NULL},
     .answer = rival, .variant = BUCKETS_OVERLAP},
    {.info = {"rest_is_full", FORK_BUG, "", "The last bucket is sent full.", NULL},
     .answer = rival, .variant = REST_IS_FULL},
    {.info = {"rest_lost", FORK_BUG, "", "The last bucket, which is not full, is lost.", NULL},
     .answer = rival, .variant = REST_LOST},
    {.info = {"no_buckets", FORK_CONVENTION, "", "All bytes go at once.", NULL},
     .number = {"bucket", 0}},
    {.info = {"per_worker", FORK_CONVENTION, "", "Bytes are those of one worker, not of all.",
     NULL},
     .answer = rival, .variant = PER_WORKER},
};
/* clang-format on */

const struct fork_list communication_cost_forks = {sizeof table / sizeof *table, table};
