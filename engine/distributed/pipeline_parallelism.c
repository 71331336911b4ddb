// SPDX-License-Identifier: MIT
/* Pipeline parallelism; definition in reference/distributed/pipeline_parallelism.h.
 *
 * How it is distributed: the stages are dealt to the ranks in contiguous ranges; each rank has the
 * weights, versions and velocities of its stages alone. All walk through the slots of the schedule
 * together: in each slot a rank makes the passes of its stages, then activations go to the rank of
 * the next stage and gradients to that of the one before. Nothing is added over ranks. A stage
 * keeps the inputs of its micro-batches and goes forwards again before it goes backwards.
 */
#include "pipeline_schedule.h"
#include "replicas.h"

#include <string.h>

/* A layer on the rank that has it; arrays of all N samples, so that messages can wait. */
struct stage {
    size_t I, O, P, begin; /* widths, parameters and where they begin among all */
    struct tape *tape;
    struct tensor *input, *output;
    struct perceptron *last; /* of the last stage: with the loss */
    scalar *history;         /* (U+1,P) */
    scalar *v, *g, *G;       /* g (each,P) */
    scalar *in, *out, *dout, *din;
    size_t updates;
};

struct pipeline {
    struct question *q;
    struct replicas r; /* V: micro-batches of a batch */
    struct replicas_rules rules;
    struct pipeline_schedule schedule;
    size_t L, U, each;
    const scalar *rate;
    scalar *loss;
    struct layout layout; /* of the stages */
    struct stage *stage;  /* (L) */
};

static bool is_mine(const struct pipeline *p, size_t l)
{
    return replicas_owner(&p->layout, l) == question_team(p->q)->rank;
}

static void record_hidden(struct pipeline *p, struct stage *stage)
{
    stage->tape = tape_create(question_arena(p->q), &p->r.alone, p->r.N);
    stage->input = tape_tensor(stage->tape, stage->I, true);
    struct tensor *z = tape_record(stage->tape, &(struct use){.operation = &dense_layer_operation,
                                                              .input = {stage->input},
                                                              .columns = stage->O,
                                                              .parameters = stage->P,
                                                              .sums = stage->P});
    stage->output = tape_record(
        stage->tape,
        &(struct use){.operation = p->r.net->shape.activation, .input = {z}, .columns = stage->O});
    tape_ready(stage->tape);
}

static void record_last(struct pipeline *p, struct stage *stage)
{
    struct perceptron_shape shape = p->r.net->shape;
    shape.layers = 1;
    shape.size[0] = stage->I;
    shape.size[1] = stage->O;
    stage->last = perceptron_create(question_arena(p->q), &p->r.alone, &shape, p->r.N, true);
    stage->tape = stage->last->tape;
    stage->input = stage->last->input;
    stage->output = stage->last->output;
}

static void prepare_stage(struct pipeline *p, size_t l)
{
    struct question *q = p->q;
    struct stage *stage = &p->stage[l];
    const size_t N = p->r.N;
    stage->I = p->r.net->shape.size[l];
    stage->O = p->r.net->shape.size[l + 1];
    stage->P = (stage->I + 1) * stage->O;
    stage->begin = p->r.net->w[l];
    stage->history = question_scratch(q, (p->U + 1) * stage->P);
    memcpy(stage->history, p->r.net->tape->parameter + stage->begin,
           stage->P * sizeof *stage->history);
    if (!is_mine(p, l))
        return;
    if (l + 1 < p->L)
        record_hidden(p, stage);
    else
        record_last(p, stage);
    stage->v = question_scratch(q, stage->P);
    stage->g = question_scratch(q, p->each * stage->P);
    stage->G = question_scratch(q, stage->P);
    stage->in = question_scratch(q, N * stage->I);
    stage->din = question_scratch(q, N * stage->I);
    stage->out = question_scratch(q, N * stage->O);
    stage->dout = question_scratch(q, N * stage->O);
    if (l == 0)
        memcpy(stage->in, p->r.x, N * stage->I * sizeof *stage->in);
}

static void prepare(struct question *q, struct pipeline *p)
{
    static const char *const schedules[] = {"gpipe", "one_forward_one_backward", "pipedream",
                                            "pipedream_vertical", NULL};
    static const char *const orders[] = {"last_first", "first_first", NULL};
    memset(p, 0, sizeof *p);
    p->q = q;
    replicas_read(q, &p->r, 1);
    p->rules = replicas_rules_read(q);
    p->schedule.kind = (enum pipeline_kind)question_choice(q, "schedule", schedules);
    if (p->schedule.kind == GPIPE)
        p->schedule.first_first = question_choice(q, "backward_order", orders) == 1;
    const bool flushes = p->schedule.kind == GPIPE || p->schedule.kind == ALTERNATING;
    p->L = p->schedule.stages = p->r.net->shape.layers;
    p->U = flushes ? p->r.R : p->r.R * p->r.V;
    p->each = flushes ? p->r.V : 1;
    p->schedule.micro = flushes ? p->r.V : p->U;
    question_bind(q, 'U', p->U);
    question_bind(q, 'L', p->L);
    p->rate = question_input(q, "rate", "U");
    p->loss = question_output(q, "loss", "RV");
    p->layout = layout_create(question_arena(q), p->L, 1, question_team(q)->ranks);
    p->stage = arena_take(question_arena(q), p->L, sizeof *p->stage);
    for (size_t l = 0; l < p->L; l++)
        prepare_stage(p, l);
}

/* The version of stage l that micro-batch i of the whole pass sees. */
static size_t version_of(const struct pipeline *p, size_t i, size_t l)
{
    const size_t late = p->schedule.kind == VERTICAL ? p->L - 1 : p->L - 1 - l;
    if (p->schedule.kind == GPIPE || p->schedule.kind == ALTERNATING)
        return i / p->r.V;
    return i < late ? 0 : i - late;
}

/* The forward pass of micro-batch i, from its stored input. */
static void forwards(struct pipeline *p, size_t l, size_t i)
{
    struct stage *stage = &p->stage[l];
    const size_t first = p->r.first[i], n = (size_t)p->r.size[i];
    memcpy(stage->tape->parameter, stage->history + version_of(p, i, l) * stage->P,
           stage->P * sizeof *stage->history);
    memcpy(stage->input->value, stage->in + first * stage->I, n * stage->I * sizeof *stage->in);
    if (stage->last != NULL) {
        if (p->r.targets != NULL)
            memcpy(stage->last->target, p->r.targets + first * stage->O,
                   n * stage->O * sizeof *stage->in);
        else
            memcpy(stage->last->labels, p->r.labels + first, n * sizeof *stage->last->labels);
        perceptron_set_mean(stage->last, n);
    }
    tape_forward(stage->tape, n);
    memcpy(stage->out + first * stage->O, stage->output->value, n * stage->O * sizeof *stage->out);
}

/* The update of a stage after the backward pass of micro-batch i, when it is due. */
static void update(struct pipeline *p, struct stage *stage)
{
    struct arena *arena = question_arena(p->q);
    const size_t P = stage->P, u = stage->updates++;
    const struct layout layout = layout_create(arena, p->each, 1, 1);
    struct reduction *sum = reduction_create(arena, &p->r.alone, &layout, P);
    size_t samples = 0;
    for (size_t m = 0; m < p->each && p->each > 1; m++)
        samples += (size_t)p->r.size[u * p->each + m];
    replicas_sum(sum, stage->G, stage->g, P);
    for (size_t k = 0; k < P && p->each > 1; k++)
        stage->G[k] /= (scalar)samples;
    scalar *next = stage->history + (u + 1) * P;
    memcpy(next, next - P, P * sizeof *next);
    replicas_step(&p->rules, next, stage->v, stage->G, p->rate[u], P);
}

static void backwards(struct pipeline *p, size_t l, size_t i, bool is_due)
{
    struct arena *arena = question_arena(p->q);
    struct stage *stage = &p->stage[l];
    const size_t first = p->r.first[i], n = (size_t)p->r.size[i], P = stage->P;
    const struct layout layout = layout_create(arena, n, p->r.block, 1);
    struct reduction *sum = reduction_create(arena, &p->r.alone, &layout, stage->tape->sums);
    scalar *total = question_scratch(p->q, stage->tape->sums);
    forwards(p, l, i);
    if (stage->last == NULL) {
        memcpy(stage->output->gradient, stage->dout + first * stage->O,
               n * stage->O * sizeof *stage->dout);
        stage->output->has_gradient = true;
    }
    tape_backward(stage->tape, n);
    tape_sum(stage->tape, sum);
    reduction_finish(sum, total);
    memcpy(stage->din + first * stage->I, stage->input->gradient, n * stage->I * sizeof *total);
    if (stage->last != NULL)
        p->loss[i] = perceptron_loss(stage->last, total[P]);
    for (size_t k = 0; k < P; k++)
        stage->g[i % p->each * P + k] = p->each > 1 ? (scalar)n * total[k] : total[k];
    if (is_due)
        update(p, stage);
}

/* Rows of micro-batch i from `from` (width) on the rank of stage l to `to` on that of stage k. */
static int send(struct pipeline *p, size_t i, size_t l, size_t k, const scalar *from, scalar *to,
                size_t width, MPI_Request *request)
{
    const struct team *team = question_team(p->q);
    const size_t at = p->r.first[i] * width, count = (size_t)p->r.size[i] * width;
    const int source = replicas_owner(&p->layout, l), target = replicas_owner(&p->layout, k);
    if (source == team->rank && target == team->rank)
        memcpy(to + at, from + at, count * sizeof *to);
    if (source == target || (source != team->rank && target != team->rank))
        return 0;
    if (source == team->rank)
        MPI_Isend(from + at, (int)count, SCALAR_MPI, target, (int)l, team->comm, request);
    else
        MPI_Irecv(to + at, (int)count, SCALAR_MPI, source, (int)l, team->comm, request);
    return 1;
}

/* All passes of slot s of the batch that begins with micro-batch `begin`, then all messages. */
static void play_slot(struct pipeline *p, size_t s, size_t begin)
{
    MPI_Request request[2 * PERCEPTRON_LAYERS];
    int requests = 0;
    for (size_t l = 0; l < p->L; l++) {
        const int *row = p->schedule.timeline + l * p->schedule.slots;
        if (!is_mine(p, l) || row[s] == 0)
            continue;
        size_t left = 0; /* backward passes of this batch to come */
        for (size_t later = s + 1; later < p->schedule.slots; later++)
            left += row[later] < 0;
        if (row[s] > 0)
            forwards(p, l, begin + (size_t)row[s] - 1);
        else
            backwards(p, l, begin + (size_t)-row[s] - 1, p->each == 1 || left == 0);
    }
    for (size_t l = 0; l < p->L; l++) {
        const int pass = p->schedule.timeline[l * p->schedule.slots + s];
        if (pass > 0 && l + 1 < p->L)
            requests += send(p, begin + (size_t)pass - 1, l, l + 1, p->stage[l].out,
                             p->stage[l + 1].in, p->stage[l].O, &request[requests]);
        if (pass < 0 && l > 0)
            requests += send(p, begin + (size_t)-pass - 1, l, l - 1, p->stage[l].din,
                             p->stage[l - 1].dout, p->stage[l].I, &request[requests]);
    }
    MPI_Waitall(requests, request, MPI_STATUSES_IGNORE);
}

void pipeline_parallelism_run(struct question *q)
{
    struct pipeline p;
    prepare(q, &p);
    const struct team *team = question_team(q);
    const struct perceptron_outputs after = perceptron_case_outputs(q, p.r.net, "", "_after", 'U');
    pipeline_schedule_play(q, &p.schedule);
    for (size_t begin = 0; begin < p.r.R * p.r.V; begin += p.schedule.micro)
        for (size_t s = 0; s < p.schedule.slots; s++)
            play_slot(&p, s, begin);
    replicas_share(team, &p.layout, p.L - 1, p.loss, p.r.R * p.r.V);
    scalar *w = question_scratch(q, p.r.P);
    for (size_t l = 0; l < p.L; l++)
        replicas_share(team, &p.layout, l, p.stage[l].history, (p.U + 1) * p.stage[l].P);
    for (size_t u = 0; u < p.U; u++) {
        for (size_t l = 0; l < p.L; l++)
            memcpy(w + p.stage[l].begin, p.stage[l].history + (u + 1) * p.stage[l].P,
                   p.stage[l].P * sizeof *w);
        perceptron_case_record(p.r.net, &after, u, w);
    }
    pipeline_schedule_write(q, &p.schedule);
}
