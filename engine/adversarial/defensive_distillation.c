// SPDX-License-Identifier: MIT
/* Defensive distillation; definition in reference/adversarial/defensive_distillation.h.
 *
 * How it is distributed: the samples are sharded; every rank holds both networks, one after the
 * other in the same place. What crosses the network in each step: the gradients of the parameters
 * and the loss, chains over the samples of each canonical block, then the fixed tree over the
 * blocks. Soft labels stay where their samples are.
 */
#include "victim.h"

#include <string.h>

struct pupil {
    struct question *q;
    struct victim *model;
    size_t steps, rows, K;
    scalar T, U, F, rate;
    scalar *p, *targets, *loss, *gap, *dx, *total;
    struct reduction *losses, *gradients;
};

static struct pupil read(struct question *q)
{
    static const char *const scales[] = {"none", "squared", NULL};
    struct victim *model = victim_read(q);
    victim_read_goal(q, model);
    struct pupil is = {.q = q,
                       .model = model,
                       .steps = question_count(q, "steps", 1, 64),
                       .rows = model->rows,
                       .K = model->K,
                       .T = question_number_or(q, "temperature", 20),
                       .U = question_number_or(q, "test_temperature", 1),
                       .rate = question_number(q, "rate")};
    if (!(is.T > 0))
        question_refuse(q, "its 'temperature' is %g; give a number above 0", (double)is.T);
    if (!(is.U > 0))
        question_refuse(q, "its 'test_temperature' is %g; give a number above 0", (double)is.U);
    if (model->objective != VICTIM_CROSS_ENTROPY)
        question_refuse(q, "its 'objective' is not cross_entropy");
    is.F = question_choice(q, "scale", scales) == 1 ? is.T * is.T : 1;
    is.p = question_scratch(q, is.rows * is.K);
    is.targets = question_scratch(q, is.rows * is.K);
    is.gap = question_scratch(q, is.rows * is.K);
    is.loss = question_scratch(q, is.rows);
    is.dx = question_scratch(q, is.rows * model->D);
    is.total = question_scratch(q, model->net.tape->sums);
    is.losses = question_sum(q, 'N', 1);
    is.gradients = question_sum(q, 'N', model->net.tape->sums);
    return is;
}

/* p, and the losses against the targets, of the network as it is. */
static void soften(const struct pupil *is, scalar T)
{
    const struct kernels *kernels = is->model->team->kernels;
    const scalar *z = victim_logits(is->model, is->model->x);
    const size_t K = is->K, n = is->rows * K;
    for (size_t i = 0; i < n; i += K) {
        scalar most = z[i] / T;
        for (size_t k = 1; k < K; k++)
            most = z[i + k] / T > most ? z[i + k] / T : most;
        for (size_t k = 0; k < K; k++)
            is->gap[i + k] = z[i + k] / T - most;
    }
    kernels->exponential(n, is->p, is->gap);
    for (size_t i = 0; i < n; i += K) {
        scalar s = 0, log_s;
        for (size_t k = 0; k < K; k++)
            s += is->p[i + k];
        kernels->logarithm(1, &log_s, &s);
        for (size_t k = 0; k < K; k++) {
            is->p[i + k] /= s;
            is->gap[i + k] = log_s - is->gap[i + k];
        }
    }
    team_row_products(is->model->team, is->rows, K, is->targets, is->gap, is->loss);
}

static scalar mean_loss(const struct pupil *is)
{
    scalar sum = 0;
    for (size_t i = 0; i < reduction_pieces(is->losses); i++) {
        const struct piece piece = reduction_piece(is->losses, i);
        scalar *leaf = reduction_leaf(is->losses);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            leaf[0] += is->loss[n];
        reduction_push(is->losses);
    }
    reduction_finish(is->losses, &sum);
    return sum / (scalar)is->model->N * is->F;
}

static scalar step(const struct pupil *is)
{
    struct victim *model = is->model;
    struct tape *tape = model->net.tape;
    soften(is, is->T);
    for (size_t i = 0; i < is->rows * is->K; i++)
        model->dz[i] = (is->p[i] - is->targets[i]) * (is->F / is->T) / (scalar)model->N;
    victim_pullback(model, is->dx, model->dz);
    tape_sum(tape, is->gradients);
    reduction_finish(is->gradients, is->total);
    for (size_t k = 0; k < tape->parameters; k++)
        tape->parameter[k] -= is->rate * is->total[k];
    return mean_loss(is);
}

static void one_hot(const struct pupil *is)
{
    for (size_t i = 0; i < is->rows * is->K; i++)
        is->targets[i] = is->model->answer[i / is->K] == (int)(i % is->K);
}

void defensive_distillation_run(struct question *q)
{
    static const char *const starts[] = {"fresh", "teacher", NULL};
    const struct pupil is = read(q);
    struct victim *model = is.model;
    struct tape *tape = model->net.tape;
    const bool fresh = question_choice(q, "start", starts) == 0;
    const size_t n = is.rows * is.K;
    question_bind(q, 'S', is.steps);
    scalar *teacher = question_output(q, "teacher_loss", "S");
    scalar *student = question_output(q, "student_loss", "S");
    scalar *first = question_scratch(q, tape->parameters);
    memcpy(first, tape->parameter, tape->parameters * sizeof *first);
    one_hot(&is);
    for (size_t s = 0; s < is.steps; s++)
        teacher[s] = step(&is);
    soften(&is, is.T);
    memcpy(question_output(q, "soft", "[N]K"), is.p, n * sizeof *is.p);
    memcpy(is.targets, is.p, n * sizeof *is.p);
    if (fresh)
        memcpy(tape->parameter, first, tape->parameters * sizeof *first);
    for (size_t s = 0; s < is.steps; s++)
        student[s] = step(&is);
    one_hot(&is);
    soften(&is, is.U);
    memcpy(question_output(q, "p", "[N]K"), is.p, n * sizeof *is.p);
    for (size_t i = 0; i < n; i++)
        model->dz[i] = (is.p[i] - is.targets[i]) * (1 / is.U);
    victim_pullback(model, question_output(q, "slope", "[N]A"), model->dz);
    const struct perceptron_outputs outputs =
        perceptron_case_outputs(q, &model->net, "student_", "", 0);
    perceptron_case_record(&model->net, &outputs, 0, tape->parameter);
}
