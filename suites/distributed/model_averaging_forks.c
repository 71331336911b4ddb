// SPDX-License-Identifier: MIT
#include "../../reference/distributed/model_averaging.h"
#include "../fork.h"
#include "replicas_forks.h"

enum rival {
    TWIN,
    NEVER_AVERAGED,
    LAST_ROUND_NOT,
    SUMMED,
    ONE_STEP_LATE,
    FIRST_ALONE,
    LAST_LOST,
    NOT_GIVEN_BACK,
    SAMPLES_OF_ALL_TIME,
    SAMPLES_OF_LAST_ROW,
    PRESENT_ONLY,
    ONE_VELOCITY,
    AT_THE_MEAN,
    FIRST_RATE,
    OUTER_UPHILL,
    OUTER_BASE_NEVER_MOVES,
    OUTER_VELOCITY_LOST,
    BIASES_NOT_AVERAGED
};

/* c_k of a rival. */
static real weight_of(const struct model_averaging *m, size_t row, size_t k, const int *all,
                      enum rival rival)
{
    if (rival == FIRST_ALONE)
        return k == 0 ? R(1.0) : R(0.0);
    if (rival == LAST_LOST && m->r.V > 1 && k + 1 == m->r.V)
        return 0;
    if (rival == PRESENT_ONLY && m->seen[k] == 0)
        return 0;
    if (rival == SAMPLES_OF_ALL_TIME && m->by_samples)
        return (real)all[k];
    if (rival == SAMPLES_OF_LAST_ROW && m->by_samples)
        return (real)m->r.size[row * m->r.V + k];
    return model_averaging_weight(m, k);
}

/* The mean as it runs, from the last replica to the first. */
static void average(const struct model_averaging *m, real *mean, const real *value, const real *c,
                    enum rival rival)
{
    size_t P = m->r.P;
    real total = 0;
    for (size_t k = m->r.V; k-- > 0;) {
        total = total + c[k];
        for (size_t p = 0; p < P; p++) {
            real now = value[k * P + p], share = total > 0 ? c[k] / total : R(0.0);
            mean[p] = k + 1 == m->r.V ? now : mean[p] + share * (now - mean[p]);
        }
    }
    for (size_t p = 0; p < P && rival == SUMMED; p++)
        mean[p] = mean[p] * total;
}

static void take(const struct model_averaging *m, real *value, const real *mean, enum rival rival)
{
    size_t P = m->r.P, bias = m->r.net.size[0] * m->r.net.size[1];
    for (size_t i = 0; i < m->r.V * P; i++) {
        int kept = rival == BIASES_NOT_AVERAGED && i % P >= bias && i % P < bias + m->r.net.size[1];
        value[i] = kept ? value[i] : mean[i % P];
    }
}

static void step(struct model_averaging *m, size_t row, real *w, real *v, const real *mean,
                 real *loss, enum rival rival)
{
    struct replicas *r = &m->r;
    real *g = call_scratch(r->call, r->P), *one = call_scratch(r->call, r->P);
    real *at = call_scratch(r->call, r->P);
    for (size_t k = 0; k < r->V; k++) {
        size_t i = row * r->V + k;
        real *own = rival == ONE_VELOCITY ? v : &v[k * r->P];
        if (r->size[i] == 0)
            continue;
        for (size_t p = 0; p < r->P; p++)
            at[p] = rival == AT_THE_MEAN ? mean[p] : w[k * r->P + p];
        loss[i] = replicas_gradient_backwards(r, at, row, k, g, one);
        replicas_step(&m->rules, &w[k * r->P], own, g, m->rate[rival == FIRST_RATE ? 0 : row],
                      r->P);
        m->seen[k] += r->size[i];
    }
}

static int is_due(const struct model_averaging *m, size_t row, enum rival rival)
{
    if (rival == NEVER_AVERAGED)
        return row + 1 == m->r.R;
    if (rival == ONE_STEP_LATE)
        return (row > 0 && row % m->every == 0) || row + 1 == m->r.R;
    return model_averaging_due(m, row);
}

static void average_all(struct model_averaging *m, real *mean, real *w, real *v, const real *c,
                        enum rival rival)
{
    if (m->state == AVERAGING_AVERAGED) {
        average(m, mean, v, c, TWIN);
        take(m, v, mean, TWIN);
    }
    for (size_t i = 0; i < m->r.V * m->r.P && m->state == AVERAGING_RESET; i++)
        v[i] = 0;
    average(m, mean, w, c, rival);
}

static void rival(struct call *call)
{
    struct model_averaging m;
    enum rival rival = (enum rival)call_variant(call);
    model_averaging_read(call, &m);
    size_t P = m.r.P, V = m.r.V, t = 0;
    int *all = call_scratch_integers(call, V);
    real *base = replicas_start(&m.r), *w = call_scratch(call, V * P);
    real *v = call_scratch(call, V * P), *u = call_scratch(call, P), *c = call_scratch(call, V);
    real *loss = call_output(call, "loss", "RV"), *mean = replicas_start(&m.r);
    real *first = replicas_start(&m.r);
    struct replicas_record record = replicas_record_make(&m.r, 'T');
    take(&m, w, base, TWIN);
    for (size_t row = 0; row < m.r.R; row++) {
        step(&m, row, w, v, mean, loss, rival);
        for (size_t k = 0; k < V; k++) {
            all[k] += m.r.size[row * V + k];
            c[k] = weight_of(&m, row, k, all, rival);
        }
        int last = row + 1 == m.r.R, due = is_due(&m, row, rival);
        if (due)
            average_all(&m, mean, w, v, c, rival);
        if (due && last && rival == LAST_ROUND_NOT && m.r.R % m.every != 0)
            for (size_t p = 0; p < P; p++)
                mean[p] = base[p];
        if (due) {
            m.outer_rate = rival == OUTER_UPHILL && t == 0 ? -m.outer_rate : m.outer_rate;
            for (size_t p = 0; p < P && rival == OUTER_VELOCITY_LOST; p++)
                u[p] = 0;
            model_averaging_outer(&m, mean, base, u);
            for (size_t p = 0; p < P; p++)
                base[p] = rival == OUTER_BASE_NEVER_MOVES ? first[p] : mean[p];
            if (rival != NOT_GIVEN_BACK)
                take(&m, w, mean, rival);
            for (size_t k = 0; k < V; k++)
                m.seen[k] = 0;
        }
        if (model_averaging_due(&m, row))
            replicas_record_row(&m.r, &record, t++, mean);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"running_mean", FORK_TWIN, "",
     "The mean as it runs over the replicas, gradients sample by sample.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"equal", FORK_CONVENTION, "33", "Replicas count alike, whatever they have seen.",
     NULL},
     .instead = {"weighting", "equal"}},
    {.info = {"by_samples", FORK_CONVENTION, "33", "Replicas count by what they have seen.", NULL},
     .instead = {"weighting", "samples"}},
    {.info = {"velocity_kept", FORK_CONVENTION, "", "Velocities are left where they are.", NULL},
     .instead = {"state", "kept"}},
    {.info = {"velocity_averaged", FORK_CONVENTION, "", "Velocities are averaged too.", NULL},
     .instead = {"state", "averaged"}},
    {.info = {"velocity_reset", FORK_CONVENTION, "", "Velocities start from zero in every round.",
     NULL},
     .instead = {"state", "reset"}},
    {.info = {"averaged_at_the_end", FORK_CONVENTION, "",
     "There is one averaging, at the end of all.", NULL},
     .answer = rival, .variant = NEVER_AVERAGED},
    {.info = {"last_round_not", FORK_BUG, "", "A short last round is not averaged.", NULL},
     .answer = rival, .variant = LAST_ROUND_NOT},
    {.info = {"summed", FORK_BUG, "122", "Weights are added and not divided.", NULL},
     .answer = rival, .variant = SUMMED},
    {.info = {"one_step_late", FORK_BUG, "", "The averaging comes one step late.", NULL},
     .answer = rival, .variant = ONE_STEP_LATE},
    {.info = {"first_alone", FORK_BUG, "", "All take the weights of replica 0.", NULL},
     .answer = rival, .variant = FIRST_ALONE},
    {.info = {"last_lost", FORK_BUG, "", "The last replica is left out of the mean.", NULL},
     .answer = rival, .variant = LAST_LOST},
    {.info = {"not_given_back", FORK_BUG, "", "Replicas go on from their own weights.", NULL},
     .answer = rival, .variant = NOT_GIVEN_BACK},
    {.info = {"samples_of_all_time", FORK_BUG, "33",
     "What counts is what has been seen since the start.", NULL},
     .answer = rival, .variant = SAMPLES_OF_ALL_TIME},
    {.info = {"samples_of_last_row", FORK_BUG, "33", "What counts is the last micro-batch.", NULL},
     .answer = rival, .variant = SAMPLES_OF_LAST_ROW},
    {.info = {"present_only", FORK_CONVENTION, "",
     "A replica that has seen nothing is left out.", NULL},
     .answer = rival, .variant = PRESENT_ONLY},
    {.info = {"one_velocity", FORK_BUG, "120", "All replicas write into one velocity.", NULL},
     .answer = rival, .variant = ONE_VELOCITY},
    {.info = {"at_the_mean", FORK_BUG, "",
     "Local steps use gradients at the last mean.", NULL},
     .answer = rival, .variant = AT_THE_MEAN},
    {.info = {"first_rate_for_all", FORK_BUG, "", "Every step uses the first rate.", NULL},
     .answer = rival, .variant = FIRST_RATE},
    {.info = {"outer_ignored", FORK_BUG, "", "The mean is taken as it is.", NULL},
     .instead = {"outer", "none"}},
    {.info = {"outer_plain", FORK_CONVENTION, "", "The outer step does not look ahead.", NULL},
     .instead = {"outer", "momentum"}},
    {.info = {"outer_ahead", FORK_CONVENTION, "", "The outer step looks ahead.", NULL},
     .instead = {"outer", "nesterov"}},
    {.info = {"outer_uphill", FORK_BUG, "83", "The outer step goes away from the mean.", NULL},
     .answer = rival, .variant = OUTER_UPHILL},
    {.info = {"outer_base_never_moves", FORK_BUG, "",
     "Outer steps are counted from the first weights.", NULL},
     .answer = rival, .variant = OUTER_BASE_NEVER_MOVES},
    {.info = {"outer_velocity_lost", FORK_BUG, "", "The outer velocity is forgotten.", NULL},
     .answer = rival, .variant = OUTER_VELOCITY_LOST},
    {.info = {"biases_not_averaged", FORK_BUG, "", "Biases stay with their replicas.", NULL},
     .answer = rival, .variant = BIASES_NOT_AVERAGED},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
};
/* clang-format on */

const struct fork_list model_averaging_forks = {sizeof table / sizeof *table, table};
