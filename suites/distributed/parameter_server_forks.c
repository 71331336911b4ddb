// SPDX-License-Identifier: MIT
#include "../../reference/distributed/parameter_server.h"
#include "../fork.h"
#include "replicas_forks.h"

enum rival {
    TWIN,
    NEVER_STALE,
    ONE_OLDER,
    ALWAYS_FIRST,
    WORKERS_OVERWRITE,
    COMPENSATED_BACKWARDS,
    COMPENSATED_LINEARLY,
    DROPPED_ARE_COUNTED,
    LIMIT_OFF_BY_ONE,
    EMPTY_ROW_DECAYS,
    SUMMED,
    FIRST_WORKER_ONLY,
    LAST_WORKER_LOST,
    OWN_VELOCITIES,
    DECAY_OF_PULLED,
    LOSS_AT_PRESENT,
    STEPS_UP,
    FIRST_RATE,
    FACTORS_NORMALISED
};

static size_t tau_of(const struct parameter_server *s, size_t i, size_t u, enum rival rival)
{
    size_t tau = (size_t)s->delay[i];
    if (rival == NEVER_STALE)
        return 0;
    if (rival == ONE_OLDER)
        return tau && tau < u ? tau + 1 : tau;
    return rival == ALWAYS_FIRST && tau ? u : tau;
}

/* Adds what micro-batch i pushes at version u to G, `weight` times; returns the loss. */
static real push(struct parameter_server *s, size_t i, real *history, size_t u, real weight,
                 real *G, enum rival rival)
{
    struct replicas *r = &s->r;
    size_t P = r->P, tau = tau_of(s, i, u, rival);
    real *g = call_scratch(r->call, P), *one = call_scratch(r->call, P);
    real *now = &history[u * P], *old = &history[(u - tau) * P];
    real loss = replicas_gradient_backwards(r, old, i / r->V, i % r->V, g, one);
    real c = parameter_server_factor(s, (size_t)s->delay[i]), sign = R(1.0);
    sign = rival == COMPENSATED_BACKWARDS ? -sign : sign;
    for (size_t p = 0; p < P; p++) {
        real square = rival == COMPENSATED_LINEARLY ? g[p] : g[p] * g[p];
        real h = g[p] + sign * s->compensation * square * (now[p] - old[p]);
        if (rival == DECAY_OF_PULLED)
            h = h + s->rules.decay * (old[p] - now[p]);
        G[p] = G[p] + weight * c * h;
    }
    return rival == LOSS_AT_PRESENT
               ? replicas_gradient_backwards(r, now, i / r->V, i % r->V, g, one)
               : loss;
}

static int is_fresh(const struct parameter_server *s, size_t i, enum rival rival)
{
    size_t limit = s->limit + (rival == LIMIT_OFF_BY_ONE);
    return (size_t)s->delay[i] <= limit;
}

/* G (P) of update u, which is at version u; returns how many pushes are in it. */
static size_t gather(struct parameter_server *s, size_t u, real *history, real *G, real *loss,
                     enum rival rival)
{
    size_t V = s->r.V, first = s->one_by_one ? u : u * V, end = s->one_by_one ? u + 1 : first + V;
    size_t count = 0;
    real total = 0;
    for (size_t i = first; i < end; i++) {
        real n = s->by_workers || s->one_by_one ? R(1.0) : (real)s->r.size[i];
        if (rival == FACTORS_NORMALISED)
            n = n * parameter_server_factor(s, (size_t)s->delay[i]);
        if (is_fresh(s, i, rival) || rival == DROPPED_ARE_COUNTED)
            total = total + n;
        count += is_fresh(s, i, rival) != 0;
    }
    for (size_t i = end; i-- > first;) {
        real n = s->by_workers || s->one_by_one ? R(1.0) : (real)s->r.size[i];
        int lost = !is_fresh(s, i, rival) || (rival == FIRST_WORKER_ONLY && i % V != 0) ||
                   (rival == LAST_WORKER_LOST && (i + 1) % V == 0);
        real share = total > 0 ? n / total : R(0.0);
        share = rival == SUMMED ? n : share;
        loss[i] = push(s, i, history, u, lost ? R(0.0) : share, G, rival);
    }
    return count;
}

static void rival(struct call *call)
{
    struct parameter_server s;
    enum rival rival = (enum rival)call_variant(call);
    parameter_server_read(call, &s);
    size_t P = s.r.P, V = s.r.V;
    real *history = call_scratch(call, (s.U + 1) * P), *start = replicas_start(&s.r);
    real *v = call_scratch(call, V * P), *G = call_scratch(call, P);
    real *loss = call_output(call, "loss", "RV");
    struct replicas_record record = replicas_record_make(&s.r, 'U');
    for (size_t p = 0; p < P; p++)
        history[p] = start[p];
    for (size_t u = 0; u < s.U; u++) {
        real *next = &history[(u + 1) * P], rate = s.rate[rival == FIRST_RATE ? 0 : u];
        size_t k = rival == OWN_VELOCITIES ? u % V : 0, from = u;
        for (size_t p = 0; p < P; p++)
            G[p] = 0;
        size_t pushes = gather(&s, u, history, G, loss, rival);
        if (rival == WORKERS_OVERWRITE && s.one_by_one)
            from = u - (size_t)s.delay[u];
        for (size_t p = 0; p < P; p++)
            next[p] = history[from * P + p];
        if (pushes || rival == EMPTY_ROW_DECAYS)
            replicas_step(&s.rules, next, &v[k * P], G, rival == STEPS_UP ? -rate : rate, P);
        replicas_record_row(&s.r, &record, u, next);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
     "Each sample joins its update with a weight of its own.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"never_stale", FORK_BUG, "",
     "Gradients are those of the present weights, as if nobody were late.", NULL},
     .answer = rival, .variant = NEVER_STALE},
    {.info = {"one_older", FORK_BUG, "", "Weights that were pulled are one update too old.", NULL},
     .answer = rival, .variant = ONE_OLDER},
    {.info = {"always_first", FORK_BUG, "", "Late workers never pull again.", NULL},
     .answer = rival, .variant = ALWAYS_FIRST},
    {.info = {"workers_overwrite", FORK_BUG, "120",
     "A worker pushes its own old weights, stepped, and the updates between are lost.", NULL},
     .answer = rival, .variant = WORKERS_OVERWRITE},
    {.info = {"staleness_ignored", FORK_CONVENTION, "", "A push counts the same however old.",
     NULL},
     .instead = {"staleness", "ignored"}},
    {.info = {"staleness_divides", FORK_CONVENTION, "", "The rate is divided by the staleness.",
     NULL},
     .instead = {"staleness", "divided"}},
    {.info = {"staleness_divides_from_one", FORK_CONVENTION, "",
     "The rate is divided by one more than the staleness.", NULL},
     .instead = {"staleness", "divided_from_one"}},
    {.info = {"factors_normalised", FORK_CONVENTION, "",
     "What the sum is divided by holds the factors of staleness too.", NULL},
     .answer = rival, .variant = FACTORS_NORMALISED},
    {.info = {"compensated_backwards", FORK_BUG, "83",
     "The correction takes the way back, from the present weights to the old.", NULL},
     .answer = rival, .variant = COMPENSATED_BACKWARDS},
    {.info = {"compensated_linearly", FORK_BUG, "",
     "The correction has the gradient, not its square.", NULL},
     .answer = rival, .variant = COMPENSATED_LINEARLY},
    {.info = {"never_compensated", FORK_CONVENTION, "", "Gradients are taken as they come.", NULL},
     .number = {"compensation", 0}},
    {.info = {"dropped_are_counted", FORK_BUG, "33",
     "Pushes that were dropped still count in the divisor.", NULL},
     .answer = rival, .variant = DROPPED_ARE_COUNTED},
    {.info = {"limit_off_by_one", FORK_BUG, "", "One update more is still fresh.", NULL},
     .answer = rival, .variant = LIMIT_OFF_BY_ONE},
    {.info = {"limit_ignored", FORK_CONVENTION, "", "Nothing is dropped.", NULL},
     .number = {"limit", 1048576}},
    {.info = {"empty_row_moves", FORK_BUG, "",
     "An update without pushes still moves by the velocity.", NULL},
     .answer = rival, .variant = EMPTY_ROW_DECAYS},
    {.info = {"summed", FORK_BUG, "122", "Pushes are added and not divided.", NULL},
     .answer = rival, .variant = SUMMED},
    {.info = {"by_workers", FORK_CONVENTION, "33", "Workers count alike.", NULL},
     .instead = {"average", "workers"}},
    {.info = {"by_samples", FORK_CONVENTION, "33", "Workers count by their samples.", NULL},
     .instead = {"average", "samples"}},
    {.info = {"first_worker_only", FORK_BUG, "", "The server listens to worker 0 alone.", NULL},
     .answer = rival, .variant = FIRST_WORKER_ONLY},
    {.info = {"last_worker_lost", FORK_BUG, "", "The server does not wait for the last worker.",
     NULL},
     .answer = rival, .variant = LAST_WORKER_LOST},
    {.info = {"own_velocities", FORK_CONVENTION, "", "Each worker has a velocity of its own.",
     NULL},
     .answer = rival, .variant = OWN_VELOCITIES},
    {.info = {"decay_of_pulled", FORK_BUG, "82", "The weights that were pulled decay.", NULL},
     .answer = rival, .variant = DECAY_OF_PULLED},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
    {.info = {"loss_at_present", FORK_BUG, "116", "The loss is that at the present weights.",
     NULL},
     .answer = rival, .variant = LOSS_AT_PRESENT},
    {.info = {"step_added", FORK_BUG, "83", "Steps up the gradient: plus instead of minus.", NULL},
     .answer = rival, .variant = STEPS_UP},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every update uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
};
/* clang-format on */

const struct fork_list parameter_server_forks = {sizeof table / sizeof *table, table};
