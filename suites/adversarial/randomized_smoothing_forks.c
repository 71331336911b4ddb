// SPDX-License-Identifier: MIT
#include "defense_forks.h"
#include "votes_forks.h"

enum { NOISE_CLIPPED = VOTES_MISTAKES, NOISE_NOT_SCALED, SAME_NOISE, NOISE_TWICE, CLEAN_SELECTION };

/* Counts (N,K) of the classes of noisy inputs. */
static void vote(struct rival_net *net, int *count, real *counted, const real *x, const real *noise,
                 size_t M, real sigma, size_t classes, int mistake)
{
    size_t size = net->N * net->D;
    real *noisy = call_scratch(net->call, size);
    for (size_t m = M; m-- > 0;) {
        for (size_t i = 0; i < size; i++) {
            size_t at = mistake == SAME_NOISE ? i % net->D : i;
            real e = noise[m * size + at] * (mistake == NOISE_NOT_SCALED ? 1 : sigma);
            noisy[i] = x[i] + (mistake == NOISE_TWICE ? e * sigma : e);
            if (mistake == NOISE_CLIPPED)
                noisy[i] = noisy[i] < 0 ? 0 : noisy[i] > 1 ? 1 : noisy[i];
        }
        const real *z = rival_logits(net, noisy);
        for (size_t n = 0; n < net->N; n++) {
            size_t best = net->K - 1;
            for (size_t k = net->K; k-- > 0;)
                best = z[n * net->K + k] >= z[n * net->K + best] ? k : best;
            if (net->K == 1)
                best = z[n] > 0;
            count[n * classes + best]++;
        }
    }
    for (size_t i = 0; i < net->N * classes; i++)
        counted[i] = (real)count[i];
}

static void counted_backwards(struct call *call)
{
    struct rival_net net;
    const real *x = rival_read(call, &net);
    const real *selection = call_input(call, "selection_noise", "SNa");
    const real *noise = call_input(call, "noise", "MNa");
    size_t classes = net.K == 1 ? 2 : net.K, S = call_size(call, 'S'), M = call_size(call, 'M');
    int mistake = call_variant(call);
    struct rival_votes is = rival_votes_read(call, classes);
    call_bind(call, 'C', classes);
    int *chosen = call_scratch_integers(call, net.N * classes);
    int *count = call_scratch_integers(call, net.N * classes);
    real *select_votes = call_output_integers(call, "select_votes", "NC");
    real *votes = call_output_integers(call, "votes", "NC");
    real sigma = mistake == CLEAN_SELECTION ? 0 : is.sigma;
    vote(&net, chosen, select_votes, x, selection, S, sigma, classes, mistake);
    vote(&net, count, votes, x, noise, M, is.sigma, classes, mistake);
    rival_votes_answer(call, &is, chosen, count);
}

static const struct fork table[] = {
    {.info = {"counted_backwards", FORK_TWIN, "",
              "Draws backwards; another network, continued fractions and Newton's steps.", NULL},
     .answer = counted_backwards},
    VOTES_FORKS(counted_backwards),
    {.info = {"noise_clipped", FORK_BUG, "242",
              "Noisy inputs are clipped to the box, where the noise is not normal any more.", NULL},
     .answer = counted_backwards,
     .variant = NOISE_CLIPPED},
    {.info = {"noise_not_scaled", FORK_BUG, "", "The noise has deviation 1.", NULL},
     .answer = counted_backwards,
     .variant = NOISE_NOT_SCALED},
    {.info = {"noise_scaled_twice", FORK_BUG, "", "The noise has deviation sigma^2.", NULL},
     .answer = counted_backwards,
     .variant = NOISE_TWICE},
    {.info = {"same_noise", FORK_BUG, "", "All inputs of a batch get the noise of the first.",
              NULL},
     .answer = counted_backwards,
     .variant = SAME_NOISE},
    {.info = {"clean_selection", FORK_BUG, "", "The class is that of the input without noise.",
              NULL},
     .answer = counted_backwards,
     .variant = CLEAN_SELECTION},
};

const struct fork_list randomized_smoothing_forks = {sizeof table / sizeof *table, table};
