// SPDX-License-Identifier: MIT
/* Learning-rate sweep; definition in reference/foundations/learning_rate_sweep.h.
 *
 * How it is distributed: by samples, as trainer.h distributes a step; the rates are tried one after
 * the other, so that every rank holds one network. The loss after a step is the one that the next
 * step finds on its way; after the last, a step of rate 0 finds it.
 */
#include "../trainer.h"
#include "perceptron_case.h"

#include <string.h>

/* Puts this rank's samples into the network. */
static void load(struct question *q, const struct trainer *trainer, const scalar *x, size_t N)
{
    struct perceptron *net = trainer->net;
    const struct piece mine = trainer_positions(trainer, N);
    const size_t D = net->input->columns, K = net->output->columns;
    const char outputs[] = {'N', (char)('A' + (int)net->shape.layers), '\0'};
    memcpy(net->input->value, x + mine.first * D, mine.count * D * sizeof *x);
    if (net->shape.has_targets)
        memcpy(net->target, question_input(q, "targets", outputs) + mine.first * K,
               mine.count * K * sizeof *x);
    else
        memcpy(net->labels, question_integers(q, "labels", "N", 0, (int)K - 1) + mine.first,
               mine.count * sizeof(int));
}

static void judge(struct question *q, scalar start, const scalar *loss, size_t R, size_t S)
{
    const scalar diverged = question_number_or(q, "diverged", 1) * start;
    const scalar stalled = question_number_or(q, "stalled", (scalar)0.95) * start;
    scalar *outcome = question_output(q, "outcome", "R");
    size_t best = 0;
    for (size_t r = 0; r < R; r++) {
        const scalar last = loss[r * S + S - 1];
        outcome[r] = last > diverged ? 1 : last > stalled ? -1 : 0;
        if (last < loss[best * S + S - 1])
            best = r;
    }
    question_output(q, "best", "")[0] = (scalar)best;
}

static void check(struct question *q, const scalar *rate, size_t R)
{
    if (R == 0)
        question_refuse(q, "its input 'rate' is empty");
    for (size_t r = 0; r < R; r++)
        if (!(rate[r] >= 0))
            question_refuse(q, "element %zu of its input 'rate' is negative", r);
    if (!(question_number_or(q, "stalled", (scalar)0.95) <= question_number_or(q, "diverged", 1)))
        question_refuse(q, "its number 'stalled' is above 'diverged'");
}

void learning_rate_sweep_run(struct question *q)
{
    const scalar *x;
    const struct perceptron_shape shape = perceptron_case_shape(q, "NA", &x);
    const scalar *rate = question_input(q, "rate", "R");
    const size_t N = question_size(q, 'N'), R = question_size(q, 'R');
    const size_t S = question_count(q, "steps", 1, 1 << 16);
    check(q, rate, R);
    question_bind(q, 'S', S);
    const struct trainer_settings settings = {.shape = shape,
                                              .samples = N,
                                              .batch = N,
                                              .block = question_block(q),
                                              .optimizer = TRAIN_GRADIENT_DESCENT};
    struct trainer *trainer = trainer_create(question_arena(q), question_team(q), &settings);
    scalar *start = question_output(q, "start", ""), *loss = question_output(q, "loss", "RS");
    load(q, trainer, x, N);
    for (size_t r = 0; r < R; r++) {
        perceptron_case_parameters(q, trainer->net);
        start[0] = trainer_step(trainer, N, rate[r]);
        for (size_t s = 0; s < S; s++)
            loss[r * S + s] = trainer_step(trainer, N, s + 1 < S ? rate[r] : 0);
    }
    judge(q, start[0], loss, R, S);
}
