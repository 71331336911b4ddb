// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    TWO_FORGOTTEN,
    JACCARD,
    ALPHA_BETA_EXCHANGED,
    NUMERATOR_ONLY,
    SMOOTH_FORGOTTEN,
    OVERLAP_ITSELF,
    LOGARITHM,
    DENOMINATOR_CONSTANT,
    SQUARE_OF_SUM,
    MEAN_OF_BLOCK_OVERLAPS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN
};

struct problem {
    enum variant variant;
    size_t N, K, block;
    const real *y, *t;
    int tversky, squared, both, whole, summed;
    real alpha, beta, smooth, upstream;
    real *dy;
};

static real grown(const struct problem *a, real x)
{
    return a->squared ? x * x : x;
}

/* 1 - F of samples begin..end-1; adds its gradient times `scale`. As (den - num) / den. */
static real group(const struct problem *a, size_t begin, size_t end, real scale)
{
    real I = R(0.0), A = R(0.0), B = R(0.0), w = a->tversky ? R(1.0) : R(2.0);
    for (size_t i = end * a->K; i-- > begin * a->K;) {
        I = I + a->t[i] * a->y[i];
        A = A + (a->variant == SQUARE_OF_SUM ? a->y[i] : grown(a, a->y[i]));
        B = B + (a->variant == SQUARE_OF_SUM ? a->t[i] : grown(a, a->t[i]));
    }
    if (a->variant == SQUARE_OF_SUM && a->squared) {
        A = A * A;
        B = B * B;
    }
    w = a->variant == TWO_FORGOTTEN || a->variant == JACCARD ? R(1.0) : w;
    real s_n = a->both || a->variant == NUMERATOR_ONLY ? a->smooth : R(0.0);
    real s_d = a->variant == NUMERATOR_ONLY ? R(0.0) : a->smooth;
    if (a->variant == SMOOTH_FORGOTTEN)
        s_n = s_d = R(0.0);
    /* den = c_I I + c_A A + c_B B + s_d */
    real c_A = a->tversky ? a->alpha : R(1.0), c_B = a->tversky ? a->beta : R(1.0);
    real c_I = a->tversky ? 1 - a->alpha - a->beta : a->variant == JACCARD ? R(-1.0) : R(0.0);
    if (a->variant == ALPHA_BETA_EXCHANGED && a->tversky) {
        c_A = a->beta;
        c_B = a->alpha;
    }
    real den = c_A * A + c_B * B + c_I * I + s_d, num = w * I + s_n;
    real rest = (c_A * A + c_B * B + (c_I - w) * I) + (s_d - s_n);
    for (size_t i = begin * a->K; i < end * a->K; i++) {
        real inner = a->squared ? a->y[i] + a->y[i] : R(1.0);
        real of_den = c_A * inner + c_I * a->t[i], by_num = w * a->t[i];
        of_den = a->variant == DENOMINATOR_CONSTANT ? R(0.0) : of_den;
        real slope = num / den * (of_den / den) - by_num / den;
        if (a->variant == LOGARITHM)
            slope = slope * den / num;
        a->dy[i] += scale * (a->variant == OVERLAP_ITSELF ? -slope : slope);
    }
    if (a->variant == LOGARITHM)
        return -real_log(num / den);
    return a->variant == OVERLAP_ITSELF ? num / den : rest / den;
}

static void read(struct call *call, struct problem *a)
{
    static const char *const forms[] = {"dice", "tversky", NULL};
    static const char *const powers[] = {"one", "two", NULL};
    static const char *const places[] = {"denominator", "both", NULL};
    static const char *const overs[] = {"samples", "batch", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    a->y = call_input(call, "y", "NK");
    a->t = call_input(call, "t", "NK");
    a->N = call_size(call, 'N');
    a->K = call_size(call, 'K');
    a->block = call_block(call);
    a->tversky = call_choice(call, "form", forms);
    a->squared = call_choice(call, "power", powers);
    a->both = call_choice(call, "smooth_place", places);
    a->whole = call_choice(call, "over", overs);
    a->summed = call_choice(call, "reduction", reductions);
    a->alpha = call_number_or(call, "alpha", R(0.5));
    a->beta = call_number_or(call, "beta", R(0.5));
    a->smooth = call_number_or(call, "smooth", R(1e-7));
    a->upstream = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (a->variant == UPSTREAM_IGNORED)
        a->upstream = R(1.0);
    if (a->variant == GRADIENT_SIGN)
        a->upstream = -a->upstream;
}

static void answer(struct call *call)
{
    struct problem a = {.variant = (enum variant)call_variant(call)};
    read(call, &a);
    real *loss = call_output(call, "loss", "");
    a.dy = call_output(call, "dy", "NK");
    size_t kept = a.N;
    if (a.variant == LAST_BLOCK_LOST)
        kept = (a.N - 1) / a.block * a.block;
    if (a.whole && a.variant == MEAN_OF_BLOCK_OVERLAPS) {
        size_t blocks = (a.N + a.block - 1) / a.block;
        for (size_t n = 0; n < a.N; n += a.block) {
            size_t end = n + a.block < a.N ? n + a.block : a.N;
            *loss += group(&a, n, end, a.upstream / real_count(blocks)) / real_count(blocks);
        }
        return;
    }
    if (a.whole) {
        *loss = group(&a, 0, kept, a.upstream);
        return;
    }
    real W = a.summed ? R(1.0) : real_count(a.N);
    for (size_t n = kept; n-- > 0;)
        *loss = *loss + group(&a, n, n + 1, a.upstream / W) / W;
}

static const struct fork table[] = {
    {.info = {"rest_over_denominator", FORK_TWIN, "",
              "(den - num) / den, from the last pixel to the first.", NULL},
     .answer = answer},
    {.info = {"smooth_in_denominator", FORK_CONVENTION, "59", "Smoothing below alone.", NULL},
     .instead = {"smooth_place", "denominator"}},
    {.info = {"smooth_in_both", FORK_CONVENTION, "59", "Smoothing above and below.", NULL},
     .instead = {"smooth_place", "both"}},
    {.info = {"smooth_in_numerator", FORK_BUG, "59", "Smoothing above alone.", NULL},
     .answer = answer,
     .variant = NUMERATOR_ONLY},
    {.info = {"smooth_forgotten", FORK_BUG, "59", "No smoothing: 0 / 0 where all is empty.", NULL},
     .answer = answer,
     .variant = SMOOTH_FORGOTTEN},
    {.info = {"smooth_one", FORK_CONVENTION, "59", "Smoothing of 1, whatever is stated.", NULL},
     .number = {"smooth", 1}},
    {.info = {"first_power", FORK_CONVENTION, "", "No squares in the denominator.", NULL},
     .instead = {"power", "one"}},
    {.info = {"squared", FORK_CONVENTION, "", "Squares in the denominator.", NULL},
     .instead = {"power", "two"}},
    {.info = {"square_of_sum", FORK_BUG, "", "The squares of the sums.", NULL},
     .answer = answer,
     .variant = SQUARE_OF_SUM},
    {.info = {"over_samples", FORK_CONVENTION, "33", "An overlap for each sample.", NULL},
     .instead = {"over", "samples"}},
    {.info = {"over_batch", FORK_CONVENTION, "33", "One overlap of the batch.", NULL},
     .instead = {"over", "batch"}},
    {.info = {"mean_of_block_overlaps", FORK_BUG, "33 57",
              "Each block has an overlap of its own, and these are averaged.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_OVERLAPS},
    {.info = {"dice", FORK_CONVENTION, "59", "Dice, whatever is asked for.", NULL},
     .instead = {"form", "dice"}},
    {.info = {"alpha_and_beta_exchanged", FORK_BUG, "59",
              "alpha weighs what is missed, beta what is found wrongly.", NULL},
     .answer = answer,
     .variant = ALPHA_BETA_EXCHANGED},
    {.info = {"two_forgotten", FORK_BUG, "", "I over A + B.", NULL},
     .answer = answer,
     .variant = TWO_FORGOTTEN},
    {.info = {"jaccard", FORK_CONVENTION, "", "I over A + B - I.", NULL},
     .answer = answer,
     .variant = JACCARD},
    {.info = {"overlap_itself", FORK_BUG, "", "The overlap in the place of the loss.", NULL},
     .answer = answer,
     .variant = OVERLAP_ITSELF},
    {.info = {"logarithm", FORK_CONVENTION, "", "-log of the overlap.", NULL},
     .answer = answer,
     .variant = LOGARITHM},
    {.info = {"denominator_constant", FORK_BUG, "", "The gradient of the numerator alone.", NULL},
     .answer = answer,
     .variant = DENOMINATOR_CONSTANT},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
};

const struct fork_list dice_loss_forks = {sizeof table / sizeof *table, table};
