// SPDX-License-Identifier: MIT
#include "randomized_smoothing.h"

/* Counts (N,classes) of the classes of x + sigma noise, noise (M,N,D). */
static void vote(struct call *call, struct victim *model, int *count, real *counted,
                 const real *noise, size_t M, real sigma, size_t classes)
{
    size_t size = model->N * model->D;
    real *noisy = call_scratch(call, size);
    int *predicted = call_scratch_integers(call, model->N);
    for (size_t m = 0; m < M; m++) {
        for (size_t i = 0; i < size; i++)
            noisy[i] = model->x[i] + sigma * noise[m * size + i];
        const real *z = victim_logits(model, noisy);
        victim_predict(model, predicted, z);
        victim_prediction_decisions(call, model, z);
        for (size_t n = 0; n < model->N; n++)
            count[n * classes + (size_t)predicted[n]]++;
    }
    for (size_t i = 0; i < model->N * classes; i++)
        counted[i] = real_count((size_t)count[i]);
}

void randomized_smoothing_answer(struct call *call)
{
    struct victim model;
    victim_read(call, &model);
    const real *selection = call_input(call, "selection_noise", "SNa");
    const real *noise = call_input(call, "noise", "MNa");
    size_t S = call_size(call, 'S'), M = call_size(call, 'M');
    size_t classes = model.K == 1 ? 2 : model.K;
    if (S == 0 || M == 0)
        call_fail(call, "input '%s' is empty, so nobody votes", S ? "noise" : "selection_noise");
    struct votes is = votes_read(call, classes, M);
    call_bind(call, 'C', classes);
    int *chosen = call_scratch_integers(call, model.N * classes);
    int *count = call_scratch_integers(call, model.N * classes);
    vote(call, &model, chosen, call_output_integers(call, "select_votes", "NC"), selection, S,
         is.sigma, classes);
    vote(call, &model, count, call_output_integers(call, "votes", "NC"), noise, M, is.sigma,
         classes);
    votes_answer(call, &is, chosen, count);
}
