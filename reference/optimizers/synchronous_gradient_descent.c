// SPDX-License-Identifier: MIT
#include "synchronous_gradient_descent.h"

void synchronous_combine(real *G, const real *sum, enum combination combination,
                         const struct least_squares *f)
{
    for (size_t p = 0; p < f->P; p++) {
        G[p] = 0;
        for (size_t k = 0; k < f->W; k++) {
            real own = sum[k * f->P + p];
            G[p] = G[p] + (combination == COMBINE_WEIGHTED ? own : own / (real)f->count[k]);
        }
        if (combination == COMBINE_WEIGHTED)
            G[p] = G[p] / real_count(f->N);
        else if (combination == COMBINE_MEAN_OF_MEANS)
            G[p] = G[p] / real_count(f->W);
    }
}

void synchronous_gradient_descent_answer(struct call *call)
{
    static const char *const forms[] = {"weighted", "mean_of_means", "sum_of_means", NULL};
    struct least_squares f = least_squares_read(call);
    const real *rate = call_input(call, "rate", "S");
    enum combination combination = (enum combination)call_choice(call, "combination", forms);
    real decay = call_number_or(call, "weight_decay", R(0.0));
    call_input(call, "w", "P"); /* a start must be given */
    real *w = updates_state(call, "w"), *sum = call_scratch(call, f.W * f.P);
    real *w_after = call_output(call, "w_after", "SP");
    real *gradient = call_output(call, "gradient", "SP");
    real *loss = call_output(call, "loss", "S");
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        real *G = &gradient[s * f.P];
        least_squares_sums(sum, w, 0, &f);
        synchronous_combine(G, sum, combination, &f);
        loss[s] = least_squares_loss(&f);
        for (size_t p = 0; p < f.P; p++)
            w[p] = w[p] - rate[s] * decayed_gradient(G[p], decay, w[p]);
        updates_record(w_after, w, s, f.P);
    }
}
