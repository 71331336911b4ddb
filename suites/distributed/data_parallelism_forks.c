// SPDX-License-Identifier: MIT
#include "../../reference/distributed/data_parallelism.h"
#include "../fork.h"

enum rival {
    TWIN,
    DIVIDED_TWICE,
    NOT_DIVIDED_BY_STEPS,
    STEP_EVERY_ROW,
    NOT_ZEROED,
    OVERWRITTEN,
    FIRST_REPLICA_ONLY,
    LAST_REPLICA_LOST,
    LOSS_OF_FIRST,
    LOSS_MEAN_OF_MEANS,
    LAST_SAMPLE_DROPPED,
    EMPTY_STOPS_ALL,
    ROWS_PRESENT,
    DECAY_EVERY_ROW,
    CLIPPED_EACH,
    CLIPPED_SUM,
    VELOCITY_EVERY_ROW,
    VELOCITY_LOST,
    FIRST_RATE,
    STALE
};

/* Row and replica of sample n. */
static size_t place_of(const struct replicas *r, size_t n)
{
    size_t i = 0;
    while (i + 1 < r->R * r->V && (size_t)r->first[i + 1] <= n)
        i++;
    while (r->size[i] == 0)
        i--;
    return i;
}

/* How many rows an update has. */
static size_t rows_of(const struct parallel_group *group)
{
    return group->end - group->first;
}

/* What micro-batch i counts, before a division. */
static real weight_of(const struct data_parallelism *d, const struct parallel_group *group,
                      size_t i, enum rival rival)
{
    size_t V = d->r.V, k = i % V;
    real n = real_count((size_t)d->r.size[i]);
    real weight = d->average == PARALLEL_SAMPLES ? n : R(1.0);
    if (rival == FIRST_REPLICA_ONLY && k != 0)
        return 0;
    if (rival == LAST_REPLICA_LOST && V > 1 && k + 1 == V)
        return 0;
    if (rival == OVERWRITTEN && i / V + 1 < group->end)
        return 0;
    for (size_t other = i / V * V; other < (i / V + 1) * V; other++)
        if (rival == EMPTY_STOPS_ALL && d->r.size[other] == 0)
            return 0;
    return weight;
}

static real norm_of(const real *g, size_t P)
{
    real square = 0;
    for (size_t p = P; p-- > 0;)
        square = square + g[p] * g[p];
    return real_sqrt(square);
}

static void clip(real *g, size_t P, real max_norm, real norm)
{
    for (size_t p = 0; p < P && max_norm > 0 && norm > max_norm; p++)
        g[p] = g[p] * max_norm / norm;
}

/* Sample after sample from the last one back, each with the weight of its micro-batch. */
static real gradient_of(struct data_parallelism *d, const struct parallel_group *group, real *w,
                        real *G, real *g, enum rival rival)
{
    struct replicas *r = &d->r;
    size_t P = r->P, begin = (size_t)r->first[group->first * r->V];
    real divisor = data_parallelism_divisor(d, group), loss = 0, counted = 0;
    for (size_t n = begin + group->samples; n-- > begin;) {
        size_t i = place_of(r, n);
        size_t end = (size_t)r->first[i] + (size_t)r->size[i];
        int lost = rival == LAST_SAMPLE_DROPPED && r->size[i] > 1 && n + 1 == end;
        real one = replicas_gradient(r, w, n, 1, g), own = real_count((size_t)r->size[i]);
        real weight = weight_of(d, group, i, rival) / (own * divisor);
        if (rival == CLIPPED_EACH)
            clip(g, P, d->max_norm, norm_of(g, P));
        for (size_t p = 0; p < P && !lost; p++)
            G[p] = G[p] + weight * g[p];
        real share = rival == LOSS_MEAN_OF_MEANS               ? 1 / own
                     : rival == LOSS_OF_FIRST && i % r->V != 0 ? R(0.0)
                                                               : R(1.0);
        loss = loss + share * one;
        counted = counted + share;
    }
    return counted > 0 ? loss / counted : 0;
}

/* Changes of the averaged gradient. */
static void spoil(struct data_parallelism *d, const struct parallel_group *group, real *G,
                  enum rival rival)
{
    real A = real_count(d->A), rows = real_count(rows_of(group));
    real factor = rival == DIVIDED_TWICE          ? 1 / A
                  : rival == NOT_DIVIDED_BY_STEPS ? A
                  : rival == ROWS_PRESENT         ? A / rows
                                                  : R(1.0);
    for (size_t p = 0; p < d->r.P; p++)
        G[p] = factor * G[p];
}

/* The update, and what is wrong with it. */
static void update(struct data_parallelism *d, const struct parallel_group *group, size_t u,
                   real *w, real *v, real *G, enum rival rival)
{
    struct replicas_rules rules = d->rules;
    size_t rows = rows_of(group), times = 1;
    real rate = d->rate[rival == FIRST_RATE ? 0 : u] * d->scale;
    if (rival == DECAY_EVERY_ROW)
        rules.decay = rules.decay * real_count(rows);
    if (rival == STEP_EVERY_ROW || rival == VELOCITY_EVERY_ROW)
        times = rows;
    for (size_t p = 0; p < d->r.P && rival == VELOCITY_LOST; p++)
        v[p] = 0;
    for (size_t t = 0; t < times; t++)
        replicas_step(&rules, w, v, G, rival == VELOCITY_EVERY_ROW ? rate / real_count(rows) : rate,
                      d->r.P);
}

static void rival(struct call *call)
{
    struct data_parallelism d;
    enum rival rival = (enum rival)call_variant(call);
    data_parallelism_read(call, &d);
    size_t P = d.r.P;
    real *w = replicas_start(&d.r), *v = call_scratch(call, P), *g = call_scratch(call, P);
    real *old = replicas_start(&d.r), *G = call_scratch(call, P);
    real *loss = call_output(call, "loss", "U"),
         *norm = d.max_norm > 0 ? call_output(call, "norm", "U") : NULL;
    struct replicas_record record = replicas_record_make(&d.r, 'U');
    for (size_t u = 0; u < d.U; u++) {
        struct parallel_group group = data_parallelism_group(&d, u);
        for (size_t p = 0; p < P && rival != NOT_ZEROED; p++)
            G[p] = 0;
        loss[u] = gradient_of(&d, &group, rival == STALE ? old : w, G, g, rival);
        spoil(&d, &group, G, rival);
        real seen = norm_of(G, P);
        if (norm)
            norm[u] = seen;
        if (rival == CLIPPED_SUM)
            seen = seen * data_parallelism_divisor(&d, &group);
        for (size_t p = 0; p < P; p++)
            old[p] = w[p];
        if (rival != CLIPPED_EACH)
            clip(G, P, d.max_norm, seen);
        update(&d, &group, u, w, v, G, rival);
        replicas_record_row(&d.r, &record, u, w);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
     "Without replicas: each sample joins its update with a weight of its own.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_of_means", FORK_CONVENTION, "33 122",
     "Micro-batches count alike, whatever they hold.", NULL},
     .instead = {"average", "replicas"}},
    {.info = {"weighted_by_samples", FORK_CONVENTION, "33 122",
     "Micro-batches count by what they hold.", NULL},
     .instead = {"average", "samples"}},
    {.info = {"present_counted", FORK_CONVENTION, "33",
     "The divisor counts the micro-batches that are not empty.", NULL},
     .instead = {"average", "present"}},
    {.info = {"never_divided", FORK_BUG, "122", "Means are added and never divided.", NULL},
     .instead = {"average", "sum"}},
    {.info = {"divided_twice", FORK_BUG, "122",
     "The loss is divided by the accumulation steps once more.", NULL},
     .answer = rival, .variant = DIVIDED_TWICE},
    {.info = {"not_divided_by_steps", FORK_BUG, "122",
     "The loss is not divided by the accumulation steps.", NULL},
     .answer = rival, .variant = NOT_DIVIDED_BY_STEPS},
    {.info = {"step_every_row", FORK_BUG, "122", "The optimizer steps for each micro-batch.", NULL},
     .answer = rival, .variant = STEP_EVERY_ROW},
    {.info = {"not_zeroed", FORK_BUG, "122", "The accumulated gradient outlives the update.",
     NULL},
     .answer = rival, .variant = NOT_ZEROED},
    {.info = {"overwritten", FORK_BUG, "122", "The last row of micro-batches replaces the others.",
     NULL},
     .answer = rival, .variant = OVERWRITTEN},
    {.info = {"first_replica_only", FORK_BUG, "", "There is no all-reduce: replica 0 goes alone.",
     NULL},
     .answer = rival, .variant = FIRST_REPLICA_ONLY},
    {.info = {"last_replica_lost", FORK_BUG, "", "The last replica is left out of the sum.", NULL},
     .answer = rival, .variant = LAST_REPLICA_LOST},
    {.info = {"loss_of_first", FORK_BUG, "", "The loss is what replica 0 sees.", NULL},
     .answer = rival, .variant = LOSS_OF_FIRST},
    {.info = {"loss_mean_of_means", FORK_CONVENTION, "33 57", "The loss is a mean of local means.",
     NULL},
     .answer = rival, .variant = LOSS_MEAN_OF_MEANS},
    {.info = {"last_sample_dropped", FORK_BUG, "", "Each micro-batch loses its last sample.", NULL},
     .answer = rival, .variant = LAST_SAMPLE_DROPPED},
    {.info = {"empty_stops_all", FORK_CONVENTION, "",
     "A row in which a replica has nothing is skipped by all.", NULL},
     .answer = rival, .variant = EMPTY_STOPS_ALL},
    {.info = {"rows_present", FORK_CONVENTION, "122",
     "A short last group is divided by its rows, not by the stated ones.", NULL},
     .answer = rival, .variant = ROWS_PRESENT},
    {.info = {"decay_every_row", FORK_BUG, "82", "Every micro-batch adds the decay.", NULL},
     .answer = rival, .variant = DECAY_EVERY_ROW},
    {.info = {"clipped_each", FORK_BUG, "", "Each sample's gradient is clipped, not their mean.",
     NULL},
     .answer = rival, .variant = CLIPPED_EACH},
    {.info = {"clipped_before_division", FORK_BUG, "",
     "The norm is taken before the division by the samples.", NULL},
     .answer = rival, .variant = CLIPPED_SUM},
    {.info = {"velocity_every_row", FORK_BUG, "122",
     "The velocity decays with every micro-batch.", NULL},
     .answer = rival, .variant = VELOCITY_EVERY_ROW},
    {.info = {"velocity_lost", FORK_BUG, "", "The velocity starts from zero in every update.",
     NULL},
     .answer = rival, .variant = VELOCITY_LOST},
    {.info = {"stale", FORK_BUG, "", "Gradients are those of the weights before the last update.",
     NULL},
     .answer = rival, .variant = STALE},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every update uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"rate_not_scaled", FORK_CONVENTION, "", "The rate ignores the number of replicas.",
     NULL},
     .instead = {"rate_scaling", "none"}},
    {.info = {"rate_scaled", FORK_CONVENTION, "", "The rate grows with the number of replicas.",
     NULL},
     .instead = {"rate_scaling", "linear"}},
    {.info = {"rate_scaled_by_root", FORK_CONVENTION, "",
     "The rate grows with the root of the number of replicas.", NULL},
     .instead = {"rate_scaling", "root"}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"never_clipped", FORK_BUG, "", "The norm is not limited.", NULL},
     .number = {"max_norm", 0}},
    {.info = {"no_momentum", FORK_BUG, "", "Momentum is 0 whatever is asked for.", NULL},
     .number = {"momentum", 0}},
};
/* clang-format on */

const struct fork_list data_parallelism_forks = {sizeof table / sizeof *table, table};
