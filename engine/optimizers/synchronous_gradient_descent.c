// SPDX-License-Identifier: MIT
/* Synchronous gradient descent; definition in
 * reference/optimizers/synchronous_gradient_descent.h.
 *
 * How it is distributed: the samples are sharded over the ranks, whatever the number of virtual
 * workers: the sums of all of them cross the network together, once a step, added per canonical
 * block and in the fixed tree. Every rank then combines them and moves its copy of the weights.
 */
#include "least_squares.h"

#include <string.h>

enum combination { WEIGHTED, MEAN_OF_MEANS, SUM_OF_MEANS };

static void combine(const struct least_squares *f, scalar *G, const scalar *sum,
                    enum combination combination)
{
    const scalar divisor = combination == WEIGHTED        ? (scalar)f->N
                           : combination == MEAN_OF_MEANS ? (scalar)f->W
                                                          : 1;
    memset(G, 0, f->P * sizeof *G);
    for (size_t k = 0; k < f->W; k++) {
        const scalar own = combination == WEIGHTED ? 1 : (scalar)f->count[k];
        for (size_t p = 0; p < f->P; p++)
            G[p] = G[p] + sum[k * f->P + p] / own;
    }
    for (size_t p = 0; p < f->P; p++)
        G[p] = G[p] / divisor;
}

void synchronous_gradient_descent_run(struct question *q)
{
    static const char *const forms[] = {"weighted", "mean_of_means", "sum_of_means", NULL};
    struct least_squares f = least_squares_read(q);
    const scalar *rate = question_input(q, "rate", "S");
    const scalar *start = question_input(q, "w", "P");
    const enum combination combination = (enum combination)question_choice(q, "combination", forms);
    const scalar decay = question_number_or(q, "weight_decay", 0);
    const size_t S = question_size(q, 'S'), P = f.P;
    scalar *w = question_scratch(q, P), *sum = question_scratch(q, f.W * P);
    scalar *w_after = question_output(q, "w_after", "SP");
    scalar *gradient = question_output(q, "gradient", "SP");
    scalar *loss = question_output(q, "loss", "S");
    memcpy(w, start, P * sizeof *w);
    for (size_t s = 0; s < S; s++) {
        loss[s] = least_squares_sums(&f, sum, w, 0);
        combine(&f, gradient + s * P, sum, combination);
        for (size_t p = 0; p < P; p++)
            w[p] = w[p] - rate[s] * decayed_gradient(gradient[s * P + p], decay, w[p]);
        memcpy(w_after + s * P, w, P * sizeof *w);
    }
}
