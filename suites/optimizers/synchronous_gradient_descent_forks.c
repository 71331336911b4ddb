// SPDX-License-Identifier: MIT
#include "../../reference/optimizers/synchronous_gradient_descent.h"
#include "../fork.h"

enum rival {
    TWIN,
    ONE_WORKER_ONLY,
    LAST_SAMPLES_DROPPED,
    LAST_BLOCK_LOST,
    STALE,
    DECAY_BY_ALL,
    DECAY_IGNORED,
    FACTOR_TWO,
    UPHILL,
    FIRST_RATE,
    LOSS_AFTER
};

/* What sample n counts in the gradient, for a combination: the workers need not exist. */
static real weight_of(const struct least_squares *f, size_t n, int combination, enum rival rival)
{
    size_t even = f->N / f->W * f->W, whole = f->N / f->block * f->block;
    real N = real_count(f->N), W = real_count(f->W), own = (real)f->count[f->worker[n]];
    if (rival == ONE_WORKER_ONLY)
        return f->worker[n] == 0 ? 1 / own : R(0.0);
    if (rival == LAST_SAMPLES_DROPPED)
        return n < even ? 1 / real_count(even) : R(0.0);
    if (rival == LAST_BLOCK_LOST && whole && n >= whole)
        return R(0.0);
    if (combination == COMBINE_WEIGHTED)
        return 1 / N;
    return combination == COMBINE_MEAN_OF_MEANS ? 1 / (own * W) : 1 / own;
}

/* One sample after the other, from the last one back. */
static real gradient_of(real *G, const real *w, const struct least_squares *f, int combination,
                        enum rival rival)
{
    real loss = 0;
    for (size_t p = 0; p < f->P; p++)
        G[p] = 0;
    for (size_t n = f->N; n-- > 0;) {
        real r = -f->y[n], weight = weight_of(f, n, combination, rival);
        for (size_t p = f->P; p-- > 0;)
            r = r + f->x[n * f->P + p] * w[p];
        for (size_t p = 0; p < f->P; p++)
            G[p] = real_fma(weight * r, f->x[n * f->P + p], G[p]);
        loss = loss + r * r;
    }
    return loss / 2 / real_count(f->N);
}

static void rival(struct call *call)
{
    static const char *const forms[] = {"weighted", "mean_of_means", "sum_of_means", NULL};
    struct least_squares f = least_squares_read(call);
    enum rival rival = (enum rival)call_variant(call);
    const real *rate = call_input(call, "rate", "S");
    int combination = call_choice(call, "combination", forms);
    real decay = call_number_or(call, "weight_decay", R(0.0)), *w = updates_state(call, "w");
    real *own = call_scratch(call, f.P), *stale = call_scratch(call, f.P);
    real *w_after = call_output(call, "w_after", "SP"),
         *gradient = call_output(call, "gradient", "SP");
    real *loss = call_output(call, "loss", "S");
    updates_record(stale, w, 0, f.P);
    decay = rival == DECAY_BY_ALL ? decay * real_count(f.W) : rival == DECAY_IGNORED ? 0 : decay;
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        real *G = &gradient[s * f.P], step = rate[rival == FIRST_RATE ? 0 : s];
        loss[s] = gradient_of(G, rival == STALE ? stale : w, &f, combination, rival);
        updates_record(stale, w, 0, f.P);
        for (size_t p = 0; p < f.P; p++) {
            G[p] = rival == FACTOR_TWO ? 2 * G[p] : G[p];
            real move = step * (G[p] + decay * w[p]);
            w[p] = rival == UPHILL ? w[p] + move : w[p] - move;
        }
        if (rival == LOSS_AFTER)
            loss[s] = gradient_of(own, w, &f, combination, rival);
        updates_record(w_after, w, s, f.P);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"samples_weighted", FORK_TWIN, "",
     "Without workers: each sample counts by a weight of its own.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"mean_of_means", FORK_CONVENTION, "33",
     "Local means are averaged, whatever they are means of.", NULL},
     .instead = {"combination", "mean_of_means"}},
    {.info = {"sum_of_means", FORK_BUG, "122", "Local means are added.", NULL},
     .instead = {"combination", "sum_of_means"}},
    {.info = {"weighted_by_samples", FORK_CONVENTION, "33",
     "Local sums are added and divided once.", NULL},
     .instead = {"combination", "weighted"}},
    {.info = {"one_worker_only", FORK_BUG, "",
     "The first worker's gradient is taken for that of all.", NULL},
     .answer = rival, .variant = ONE_WORKER_ONLY},
    {.info = {"samples_dropped", FORK_CONVENTION, "",
     "The samples that do not go round are dropped.", NULL},
     .answer = rival, .variant = LAST_SAMPLES_DROPPED},
    {.info = {"last_block_lost", FORK_BUG, "", "Only whole blocks of samples are added.", NULL},
     .answer = rival, .variant = LAST_BLOCK_LOST},
    {.info = {"stale", FORK_BUG, "120",
     "Gradients are those of the weights before the last step: not synchronous.", NULL},
     .answer = rival, .variant = STALE},
    {.info = {"decay_by_all", FORK_BUG, "82", "Every worker adds the decay.", NULL},
     .answer = rival, .variant = DECAY_BY_ALL},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .answer = rival, .variant = DECAY_IGNORED},
    {.info = {"factor_two", FORK_CONVENTION, "55", "The gradient of the square, not of its half.",
     NULL},
     .answer = rival, .variant = FACTOR_TWO},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = UPHILL},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"loss_after_step", FORK_BUG, "116", "The loss is that after the step.", NULL},
     .answer = rival, .variant = LOSS_AFTER},
    {.info = {"dealt_in_turn", FORK_CONVENTION, "", "Samples are dealt out in turn.", NULL},
     .instead = {"assignment", "round_robin"}},
};
/* clang-format on */

const struct fork_list synchronous_gradient_descent_forks = {sizeof table / sizeof *table, table};
