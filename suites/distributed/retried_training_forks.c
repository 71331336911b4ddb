// SPDX-License-Identifier: MIT
#include "../../reference/distributed/retried_training.h"
#include "../fork.h"
#include "replicas_forks.h"

enum rival {
    TWIN,
    FAILURES_NOT_COUNTED,
    STEP_SKIPPED,
    STEP_NOT_REWOUND,
    GRADIENT_KEPT,
    UPDATE_KEPT,
    VELOCITY_KEPT,
    ALWAYS_FROM_START,
    CHECKPOINT_ONE_LATE,
    MEAN_OF_MEANS,
    FIRST_REPLICA,
    RATE_OF_ATTEMPT,
    LOST_IS_FAILURES
};

/* Adds the mean gradient of a row at w, replica after replica from the last one, to G (P+1). */
static void add_gradient(struct retried_training *t, size_t row, real *w, real *G, enum rival rival)
{
    struct replicas *r = &t->r;
    real *g = call_scratch(r->call, r->P), *one = call_scratch(r->call, r->P), samples = 0;
    for (size_t k = 0; k < r->V; k++)
        samples += (real)r->size[row * r->V + k];
    for (size_t k = r->V; k-- > 0;) {
        real share = (real)r->size[row * r->V + k] / samples;
        if (rival == MEAN_OF_MEANS)
            share = 1 / real_count(r->V);
        if (rival == FIRST_REPLICA)
            share = k == 0 ? 1 : 0;
        G[r->P] += share * replicas_gradient_backwards(r, w, row, k, g, one);
        for (size_t p = 0; p < r->P; p++)
            G[p] += share * g[p];
    }
}

/* A run; history (R+1,2P) holds weights and velocity after every step. */
struct run {
    struct retried_training t;
    enum rival rival;
    real *history, *G;
    real *loss, *attempts, *total, *lost;
    size_t step;
};

/* What is left of an attempt that failed. */
static void fail(struct run *run)
{
    struct retried_training *t = &run->t;
    size_t P = t->r.P, every = t->every, back = run->step / every * every;
    enum rival rival = run->rival;
    real *now = &run->history[run->step * 2 * P];
    if (rival == ALWAYS_FROM_START)
        back = 0;
    if (rival == CHECKPOINT_ONE_LATE)
        back = run->step ? (run->step - 1) / every * every : 0;
    *run->lost += rival == LOST_IS_FAILURES ? 1 : real_count(run->step - back);
    if (rival == UPDATE_KEPT)
        replicas_step(&t->rules, now, now + P, run->G, t->rate[run->step], P);
    real *saved = &run->history[back * 2 * P];
    if (rival == STEP_NOT_REWOUND) {
        for (size_t p = 0; p < 2 * P; p++)
            now[p] = saved[p];
        saved = now;
    } else {
        run->step = rival == UPDATE_KEPT ? run->step : back;
        saved = &run->history[run->step * 2 * P];
    }
    for (size_t p = 0; p < P; p++) {
        if (rival == VELOCITY_KEPT)
            saved[P + p] = now[P + p];
        else if (t->weights_only)
            saved[P + p] = 0;
    }
}

static void attempt(struct run *run, size_t a)
{
    struct retried_training *t = &run->t;
    size_t P = t->r.P, R = t->r.R, step = run->step;
    real *now = &run->history[step * 2 * P], *next = now + 2 * P;
    int fails = a < t->T && t->fail[a];
    add_gradient(t, t->onward ? a % R : step, now, run->G, run->rival);
    run->attempts[step] += run->rival == FAILURES_NOT_COUNTED && fails ? 0 : 1;
    *run->total += run->rival == FAILURES_NOT_COUNTED && fails ? 0 : 1;
    if (fails && run->rival != STEP_SKIPPED) {
        fail(run);
    } else {
        real rate = t->rate[run->rival == RATE_OF_ATTEMPT ? a % R : step];
        for (size_t p = 0; p < 2 * P; p++)
            next[p] = now[p];
        if (!fails)
            replicas_step(&t->rules, next, next + P, run->G, rate, P);
        run->loss[step] = run->G[P];
        run->step++;
    }
    for (size_t p = 0; p <= P; p++)
        run->G[p] = fails && run->rival == GRADIENT_KEPT ? run->G[p] : 0;
}

static void rival(struct call *call)
{
    struct run run = {.rival = (enum rival)call_variant(call)};
    retried_training_read(call, &run.t);
    size_t P = run.t.r.P, R = run.t.r.R;
    real *start = replicas_start(&run.t.r);
    run.history = call_scratch(call, (R + 1) * 2 * P);
    run.G = call_scratch(call, P + 1);
    run.loss = call_output(call, "loss", "R");
    run.attempts = call_output_integers(call, "attempts", "R");
    run.total = call_output_integers(call, "total", "");
    run.lost = call_output_integers(call, "lost", "");
    struct replicas_record record = replicas_record_make(&run.t.r, 'R');
    for (size_t p = 0; p < P; p++)
        run.history[p] = start[p];
    for (size_t a = 0; run.step < R; a++)
        attempt(&run, a);
    for (size_t s = 0; s < R; s++)
        replicas_record_row(&run.t.r, &record, s, &run.history[(s + 1) * 2 * P]);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"history", FORK_TWIN, "",
     "All states are kept in a table, and a failure is a look further up.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"weights_only", FORK_BUG, "", "Checkpoints lack the optimizer's state.", NULL},
     .instead = {"restored", "weights"}},
    {.info = {"everything", FORK_CONVENTION, "", "Checkpoints hold the optimizer's state.", NULL},
     .instead = {"restored", "all"}},
    {.info = {"onward", FORK_BUG, "", "The data stream is not rewound.", NULL},
     .instead = {"batches", "onward"}},
    {.info = {"replayed", FORK_CONVENTION, "", "The data stream is rewound.", NULL},
     .instead = {"batches", "replayed"}},
    {.info = {"failures_not_counted", FORK_BUG, "", "Attempts that fail are not counted.", NULL},
     .answer = rival, .variant = FAILURES_NOT_COUNTED},
    {.info = {"step_skipped", FORK_BUG, "", "A step that fails is skipped.", NULL},
     .answer = rival, .variant = STEP_SKIPPED},
    {.info = {"step_not_rewound", FORK_BUG, "",
     "Weights go back to the checkpoint, the number of the step does not.", NULL},
     .answer = rival, .variant = STEP_NOT_REWOUND},
    {.info = {"gradient_kept", FORK_BUG, "122",
     "The gradient of the attempt that failed is still there in the next.", NULL},
     .answer = rival, .variant = GRADIENT_KEPT},
    {.info = {"update_kept", FORK_BUG, "",
     "The update of an attempt that failed had been made, and is made again.", NULL},
     .answer = rival, .variant = UPDATE_KEPT},
    {.info = {"velocity_kept", FORK_BUG, "",
     "Weights go back to the checkpoint, the velocity does not.", NULL},
     .answer = rival, .variant = VELOCITY_KEPT},
    {.info = {"always_from_start", FORK_BUG, "", "Every failure starts again from the start.",
     NULL},
     .answer = rival, .variant = ALWAYS_FROM_START},
    {.info = {"checkpoint_one_late", FORK_BUG, "", "A checkpoint is written one step late.", NULL},
     .answer = rival, .variant = CHECKPOINT_ONE_LATE},
    {.info = {"mean_of_means", FORK_BUG, "33", "Replicas count alike.", NULL},
     .answer = rival, .variant = MEAN_OF_MEANS},
    {.info = {"first_replica", FORK_BUG, "", "Replica 0 goes alone.", NULL},
     .answer = rival, .variant = FIRST_REPLICA},
    {.info = {"rate_of_attempt", FORK_BUG, "116",
     "The schedule goes on with every attempt, not with every step.", NULL},
     .answer = rival, .variant = RATE_OF_ATTEMPT},
    {.info = {"lost_is_failures", FORK_CONVENTION, "", "What is lost is counted in failures.",
     NULL},
     .answer = rival, .variant = LOST_IS_FAILURES},
    {.info = {"checkpoint_every_step", FORK_BUG, "", "Every step is a checkpoint.", NULL},
     .number = {"every", 1}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
};
/* clang-format on */

const struct fork_list retried_training_forks = {sizeof table / sizeof *table, table};
