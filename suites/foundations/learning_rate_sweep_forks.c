// SPDX-License-Identifier: MIT
#include "../../reference/foundations/learning_rate_sweep.h"
#include "../fork.h"

enum change {
    SAMPLE_BY_SAMPLE,
    NETWORK_KEPT,
    LOSS_BEFORE_STEP,
    BIASES_FIXED,
    FIRST_LAYER_FIXED,
    RATE_BY_SAMPLES,
    BEST_OF_ANY_STEP,
    LAST_OF_EQUALS,
    AGAINST_FIRST_RATE,
    STALLED_FIRST,
    LAST_BLOCK_LOST,
    RATES_TURNED
};

/* Gradients and loss as means over single samples; or of all but the last block. */
static real gradient_of_samples(struct call *call, struct sweep *sweep, size_t N, real **sum)
{
    struct sweep one = *sweep;
    real loss = 0;
    one.N = 1;
    for (size_t i = 0; i < 2 * sweep->net.layers; i++) {
        size_t l = i / 2, O = sweep->net.size[l + 1];
        for (size_t j = 0; j < (i % 2 ? O : O * sweep->net.size[l]); j++)
            sum[i][j] = 0;
    }
    for (size_t n = N; n-- > 0;) {
        one.x = &sweep->x[n * sweep->net.size[0]];
        one.labels = sweep->labels ? &sweep->labels[n] : NULL;
        one.targets =
            sweep->targets ? &sweep->targets[n * sweep->net.size[sweep->net.layers]] : NULL;
        loss += sweep_gradient(call, &one) / real_count(N);
        for (size_t i = 0; i < 2 * sweep->net.layers; i++) {
            size_t l = i / 2, O = sweep->net.size[l + 1];
            const real *g = i % 2 ? one.batch.db[l] : one.batch.dw[l];
            for (size_t j = 0; j < (i % 2 ? O : O * sweep->net.size[l]); j++)
                sum[i][j] += g[j] / real_count(N);
        }
    }
    for (size_t i = 0; i < 2 * sweep->net.layers; i++) {
        size_t l = i / 2, O = sweep->net.size[l + 1];
        for (size_t j = 0; j < (i % 2 ? O : O * sweep->net.size[l]); j++)
            (i % 2 ? sweep->batch.db[l] : sweep->batch.dw[l])[j] = sum[i][j];
    }
    return loss;
}

static void step(struct sweep *sweep, real rate, enum change change)
{
    struct sweep part = *sweep;
    if (change == RATE_BY_SAMPLES)
        rate = rate / real_count(sweep->N);
    for (size_t l = 0; l < sweep->net.layers; l++) {
        size_t I = sweep->net.size[l], O = sweep->net.size[l + 1];
        for (size_t i = 0; i < I * O && !(l == 0 && change == FIRST_LAYER_FIXED); i++)
            part.net.w[l][i] -= rate * part.batch.dw[l][i];
        for (size_t o = 0; o < O && change != BIASES_FIXED; o++)
            part.net.b[l][o] -= rate * part.batch.db[l][o];
    }
}

static void judge(struct call *call, const struct sweep *sweep, real start, const real *loss,
                  enum change change)
{
    real *outcome = call_output_integers(call, "outcome", "R"), least = 0;
    real *best = call_output_integers(call, "best", "");
    for (size_t r = 0; r < sweep->R; r++) {
        const real *own = &loss[r * sweep->S];
        real last = own[sweep->S - 1], value = last;
        for (size_t s = 0; change == BEST_OF_ANY_STEP && s < sweep->S; s++)
            value = own[s] < value ? own[s] : value;
        real from = change == AGAINST_FIRST_RATE ? loss[sweep->S - 1] : start;
        outcome[r] = last > sweep->diverged * from ? 1 : last > sweep->stalled * from ? -1 : 0;
        if (change == STALLED_FIRST && last > sweep->stalled * from)
            outcome[r] = -1;
        if (r == 0 || value < least || (change == LAST_OF_EQUALS && value <= least)) {
            *best = real_count(r);
            least = value;
        }
    }
}

static void run(struct call *call)
{
    enum change change = (enum change)call_variant(call);
    struct sweep sweep = sweep_read(call);
    real *start = call_output(call, "start", ""), *loss = call_output(call, "loss", "RS");
    real *sum[2 * PERCEPTRON_LAYERS];
    size_t S = sweep.S, N = sweep.N;
    if (change == LAST_BLOCK_LOST && N > sweep.block)
        N = (N - 1) / sweep.block * sweep.block;
    for (size_t i = 0; i < 2 * sweep.net.layers; i++)
        sum[i] =
            call_scratch(call, sweep.net.size[i / 2 + 1] * (i % 2 ? 1 : sweep.net.size[i / 2]));
    for (size_t r = 0; r < sweep.R; r++) {
        if (r == 0 || change != NETWORK_KEPT)
            perceptron_read(call, &sweep.net);
        real now = gradient_of_samples(call, &sweep, N, sum);
        *start = r == 0 ? now : *start;
        for (size_t s = 0; s < S; s++) {
            step(&sweep, sweep.rate[change == RATES_TURNED ? sweep.R - 1 - r : r], change);
            if (change == LOSS_BEFORE_STEP)
                loss[r * S + s] = now;
            now = gradient_of_samples(call, &sweep, N, sum);
            if (change != LOSS_BEFORE_STEP)
                loss[r * S + s] = now;
        }
    }
    judge(call, &sweep, *start, loss, change);
}

static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
              "Means over single samples, backwards, in place of one batch.", NULL},
     .answer = run},
    {.info = {"network_kept", FORK_BUG, "", "Each rate goes on where the one before ended.", NULL},
     .answer = run,
     .variant = NETWORK_KEPT},
    {.info = {"loss_before_step", FORK_BUG, "", "The loss of a step is the one before it.", NULL},
     .answer = run,
     .variant = LOSS_BEFORE_STEP},
    {.info = {"biases_fixed", FORK_BUG, "", "Biases do not learn.", NULL},
     .answer = run,
     .variant = BIASES_FIXED},
    {.info = {"first_layer_fixed", FORK_BUG, "", "The weights of the first layer do not learn.",
              NULL},
     .answer = run,
     .variant = FIRST_LAYER_FIXED},
    {.info = {"rate_by_samples", FORK_BUG, "33 122", "The mean gradient is divided by N again.",
              NULL},
     .answer = run,
     .variant = RATE_BY_SAMPLES},
    {.info = {"best_of_any_step", FORK_CONVENTION, "",
              "The best rate is the one with the smallest loss on its way.", NULL},
     .answer = run,
     .variant = BEST_OF_ANY_STEP},
    {.info = {"last_of_equals", FORK_CONVENTION, "", "Of equal rates the last is the best.", NULL},
     .answer = run,
     .variant = LAST_OF_EQUALS},
    {.info = {"against_first_rate", FORK_BUG, "", "Losses are compared with the first rate's.",
              NULL},
     .answer = run,
     .variant = AGAINST_FIRST_RATE},
    {.info = {"stalled_first", FORK_BUG, "", "A loss that exploded counts as stalled.", NULL},
     .answer = run,
     .variant = STALLED_FIRST},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = run,
     .variant = LAST_BLOCK_LOST},
    {.info = {"rates_turned", FORK_BUG, "", "The rates are tried from the last to the first.",
              NULL},
     .answer = run,
     .variant = RATES_TURNED},
    {.info = {"diverged_at_start", FORK_BUG, "", "Any growth is divergence, whatever is asked for.",
              NULL},
     .number = {"diverged", 1}},
};

const struct fork_list learning_rate_sweep_forks = {sizeof table / sizeof *table, table};
