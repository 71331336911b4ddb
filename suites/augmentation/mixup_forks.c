// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/mixup.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int by_difference; /* (correct) partner + lambda (x - partner), from the end */
    int exchanged;     /* lambda goes to the partner */
    int exchanged_targets;
    int targets_kept;      /* targets are not mixed */
    int targets_of_larger; /* the target of the larger share alone */
    int first_lambda, other_larger, mean_lambda;
    int inverse_partner; /* the sample whose partner n is */
    int next_partner;
    int not_complemented;        /* both shares are lambda */
    int targets_without_partner; /* targets are mixed with the next sample's */
};

static void run(struct call *call, struct oddity odd)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    const real *x = call_input(call, "x", "ND"), *t = call_input(call, "t", "NK");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D'), K = call_size(call, 'K');
    const int *given = call_integers(call, "partner", "N", 0, (int)N - 1);
    const real *drawn = call_input(call, "lambda", "L");
    size_t L = call_size(call, 'L');
    int larger = call_choice(call, "keep_larger", no_yes) ^ odd.other_larger;
    int *inverse = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++)
        inverse[given[n]] = (int)n;
    real *x_mixed = call_output(call, "x_mixed", "ND"),
         *t_mixed = call_output(call, "t_mixed", "NK");
    real mean = sum_features(L, drawn, 1) / real_count(L);
    for (size_t n = N; n-- > 0;) {
        real lambda = odd.mean_lambda ? mean : drawn[L == N && !odd.first_lambda ? n : 0];
        lambda = larger && 2 * lambda < 1 ? 1 - lambda : lambda;
        size_t other = odd.inverse_partner ? (size_t)inverse[n] : (size_t)given[n];
        other = odd.next_partner ? (n + 1) % N : other;
        real share = odd.exchanged ? 1 - lambda : lambda;
        real rest = odd.not_complemented ? share : 1 - share;
        for (size_t d = D; d-- > 0;) {
            real one = x[n * D + d], two = x[other * D + d];
            x_mixed[n * D + d] = odd.by_difference
                                     ? real_fma(lambda, one, real_fma(-lambda, two, two))
                                     : share * one + rest * two;
        }
        if (odd.exchanged_targets)
            share = 1 - share;
        if (odd.targets_kept)
            share = 1;
        if (odd.targets_of_larger)
            share = 2 * share >= 1 ? 1 : 0;
        rest = odd.not_complemented ? share : 1 - share;
        other = odd.targets_without_partner ? (n + 1) % N : other;
        for (size_t k = K; k-- > 0;)
            t_mixed[n * K + k] = share * t[n * K + k] + rest * t[other * K + k];
    }
}

static void by_difference_form(struct call *call)
{
    run(call, (struct oddity){.by_difference = 1});
}

static void lambda_to_partner(struct call *call)
{
    run(call, (struct oddity){.exchanged = 1});
}

static void targets_exchanged(struct call *call)
{
    run(call, (struct oddity){.exchanged_targets = 1});
}

static void targets_kept_whole(struct call *call)
{
    run(call, (struct oddity){.targets_kept = 1});
}

static void targets_of_larger_share(struct call *call)
{
    run(call, (struct oddity){.targets_of_larger = 1});
}

static void first_lambda_for_all(struct call *call)
{
    run(call, (struct oddity){.first_lambda = 1});
}

static void mean_lambda_for_all(struct call *call)
{
    run(call, (struct oddity){.mean_lambda = 1});
}

static void larger_share_exchanged(struct call *call)
{
    run(call, (struct oddity){.other_larger = 1});
}

static void inverse_permutation(struct call *call)
{
    run(call, (struct oddity){.inverse_partner = 1});
}

static void neighbour_as_partner(struct call *call)
{
    run(call, (struct oddity){.next_partner = 1});
}

static void shares_alike(struct call *call)
{
    run(call, (struct oddity){.not_complemented = 1});
}

static void targets_of_neighbour(struct call *call)
{
    run(call, (struct oddity){.targets_without_partner = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_difference_form", FORK_TWIN, "",
     "Partner plus lambda times the difference, fused, from the last sample on.", NULL},
     .answer = by_difference_form},
    {.info = {"lambda_to_partner", FORK_BUG, "",
     "lambda goes to the partner, the rest to the sample.", NULL}, .answer = lambda_to_partner},
    {.info = {"targets_exchanged", FORK_BUG, "", "The targets have the shares of the other one.",
     NULL}, .answer = targets_exchanged},
    {.info = {"targets_kept_whole", FORK_BUG, "", "Only the inputs are mixed.", NULL},
     .answer = targets_kept_whole},
    {.info = {"targets_of_larger_share", FORK_CONVENTION, "",
     "The target of the larger share alone.", NULL}, .answer = targets_of_larger_share},
    {.info = {"first_lambda_for_all", FORK_CONVENTION, "236",
     "One lambda for the batch where each sample has its own.", NULL},
     .answer = first_lambda_for_all},
    {.info = {"mean_lambda_for_all", FORK_BUG, "236", "The mean of all lambdas for every sample.",
     NULL}, .answer = mean_lambda_for_all},
    {.info = {"larger_share_exchanged", FORK_CONVENTION, "",
     "The larger share is kept where it should not be, or the reverse.", NULL},
     .answer = larger_share_exchanged},
    {.info = {"inverse_permutation", FORK_BUG, "",
     "The partner is looked up in the inverse permutation.", NULL}, .answer = inverse_permutation},
    {.info = {"neighbour_as_partner", FORK_BUG, "",
     "Every sample is mixed with the next one, whatever was drawn.", NULL},
     .answer = neighbour_as_partner},
    {.info = {"shares_alike", FORK_BUG, "", "Both shares are lambda.", NULL},
     .answer = shares_alike},
    {.info = {"targets_of_neighbour", FORK_BUG, "",
     "Targets are mixed with those of another sample than the inputs.", NULL},
     .answer = targets_of_neighbour},
    /* clang-format on */
};

const struct fork_list mixup_forks = {sizeof table / sizeof *table, table};
