// SPDX-License-Identifier: MIT
#include "generalization_gap.h"

struct generalization generalization_gap_read(struct call *call)
{
    static const char *const measures[] = {"loss", "score", NULL};
    static const char *const scales[] = {"absolute", "relative", NULL};
    struct generalization g = {.block = call_block(call),
                               .score = call_choice(call, "measure", measures),
                               .relative = call_choice(call, "scale", scales),
                               .train_loss = call_input(call, "train_loss", "NA")};
    g.N = call_size(call, 'N');
    g.A = call_size(call, 'A');
    if (g.N == 0 || g.A == 0)
        call_fail(call, "input 'train_loss' has no samples or no models");
    g.test_loss = call_input(call, "test_loss", "MA");
    g.M = call_size(call, 'M');
    if (g.M == 0)
        call_fail(call, "input 'test_loss' has no samples");
    size_t least = g.N < g.M ? g.N : g.M, ddof = call_count_or(call, "ddof", 1, 0, 1);
    if (ddof >= least)
        call_fail(call, "number 'ddof' leaves nothing to divide %zu samples by", least);
    g.over_n = real_count(g.N - ddof);
    g.over_m = real_count(g.M - ddof);
    g.train = call_output(call, "train", "A");
    g.test = call_output(call, "test", "A");
    g.gap = call_output(call, "gap", "A");
    g.error = call_output(call, "error", "A");
    g.widest = call_output_integers(call, "widest", "");
    return g;
}

/* The mean of column a, and the square of its standard error. */
static real mean_of(real *error, real *square, const real *loss, size_t N, real divisor, size_t a,
                    const struct generalization *g)
{
    real mean = sum_samples(N, g->block, &loss[a], g->A) / real_count(N);
    for (size_t n = 0; n < N; n++) {
        real gap = loss[n * g->A + a] - mean;
        square[n] = gap * gap;
    }
    *error = sum_samples(N, g->block, square, 1) / divisor / real_count(N);
    return mean;
}

void generalization_gap_answer(struct call *call)
{
    struct generalization g = generalization_gap_read(call);
    real *square = call_scratch(call, g.N > g.M ? g.N : g.M), *lead = call_scratch(call, g.A);
    size_t widest = 0;
    for (size_t a = 0; a < g.A; a++) {
        real of_train, of_test;
        g.train[a] = mean_of(&of_train, square, g.train_loss, g.N, g.over_n, a, &g);
        g.test[a] = mean_of(&of_test, square, g.test_loss, g.M, g.over_m, a, &g);
        g.gap[a] = g.score ? g.train[a] - g.test[a] : g.test[a] - g.train[a];
        g.error[a] = real_sqrt(of_train + of_test);
        if (g.relative && g.train[a] == 0)
            call_fail(call, "input 'train_loss' has the mean 0: nothing is relative to it");
        if (g.relative)
            g.gap[a] = g.gap[a] / g.train[a];
        widest = g.gap[a] > g.gap[widest] ? a : widest;
    }
    for (size_t a = 0; a < g.A; a++)
        lead[a] = g.gap[widest] - g.gap[a];
    call_decisions(call, widest, lead);
    call_decisions(call, g.A - 1 - widest, lead + widest + 1);
    *g.widest = real_count(widest);
}
