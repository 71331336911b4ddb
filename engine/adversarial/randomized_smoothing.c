// SPDX-License-Identifier: MIT
/* Randomized smoothing; definition in reference/adversarial/randomized_smoothing.h.
 *
 * How it is distributed: the inputs are sharded, each with all draws of its noise; every rank holds
 * the model. Votes, bounds and radii belong to an input, so nothing crosses the network.
 */
#include "victim.h"
#include "votes.h"

static void vote(struct question *q, struct victim *model, const scalar *noise, size_t M,
                 scalar sigma, size_t classes, int *count, scalar *counted)
{
    const size_t size = model->rows * model->D;
    scalar *noisy = question_scratch(q, size);
    int *predicted = arena_take(question_arena(q), model->rows, sizeof *predicted);
    for (size_t m = 0; m < M; m++) {
        for (size_t i = 0; i < size; i++)
            noisy[i] = model->x[i] + sigma * noise[m * size + i];
        victim_predict(model, predicted, victim_logits(model, noisy));
        for (size_t n = 0; n < model->rows; n++)
            count[n * classes + (size_t)predicted[n]]++;
    }
    for (size_t i = 0; i < model->rows * classes; i++)
        counted[i] = (scalar)count[i];
}

void randomized_smoothing_run(struct question *q)
{
    struct victim *model = victim_read(q);
    const scalar *selection = question_input(q, "selection_noise", "S[N]A");
    const scalar *noise = question_input(q, "noise", "M[N]A");
    const size_t S = question_size(q, 'S'), M = question_size(q, 'M');
    const size_t classes = model->K == 1 ? 2 : model->K;
    if (S == 0 || M == 0)
        question_refuse(q, "its input '%s' is empty; give some draws",
                        S == 0 ? "selection_noise" : "noise");
    const struct votes is = votes_read(q, classes, M);
    question_bind(q, 'V', classes);
    int *chosen = arena_take(question_arena(q), model->rows * classes, sizeof *chosen);
    int *count = arena_take(question_arena(q), model->rows * classes, sizeof *count);
    vote(q, model, selection, S, is.sigma, classes, chosen,
         question_output(q, "select_votes", "[N]V"));
    vote(q, model, noise, M, is.sigma, classes, count, question_output(q, "votes", "[N]V"));
    votes_answer(q, &is, chosen, count);
}
