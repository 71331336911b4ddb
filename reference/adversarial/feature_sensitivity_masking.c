// SPDX-License-Identifier: MIT
#include "feature_sensitivity_masking.h"

enum measure { GRADIENT, SQUARED, LOSS_RISE };
enum fill { ZERO, MEAN, MIDDLE };

struct masking {
    struct victim victim;
    enum measure measure;
    enum fill fill;
    int per_sample, last;
    size_t remove;
    real epsilon;
    const int *labels;
    real *g, *each, *moved, *loss, *further; /* (N,D) three times, (N) twice */
    real *fills;                             /* (D) */
};

static struct masking read_masking(struct call *call)
{
    static const char *const measures[] = {"gradient", "squared", "loss_rise", NULL};
    static const char *const scopes[] = {"all", "sample", NULL};
    static const char *const fills[] = {"zero", "mean", "middle", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct masking is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    size_t N = victim->N, D = victim->D;
    is.labels = call_integers(call, "labels", "N", 0, victim->K == 1 ? 1 : (int)victim->K - 1);
    is.measure = (enum measure)call_choice(call, "sensitivity", measures);
    is.per_sample = call_choice(call, "scope", scopes);
    is.fill = (enum fill)call_choice(call, "fill", fills);
    is.last = call_choice(call, "ties", ties);
    is.remove = call_count_or(call, "remove", 1, 0, D);
    is.epsilon = call_number_or(call, "epsilon", R(0.125));
    if (!(is.epsilon >= 0))
        call_fail(call, "number 'epsilon' is negative: the attack would be a help");
    is.g = call_scratch(call, N * D);
    is.each = call_scratch(call, N * D);
    is.moved = call_scratch(call, N * D);
    is.loss = call_scratch(call, N);
    is.further = call_scratch(call, N);
    is.fills = call_scratch(call, D);
    return is;
}

static real sign(real g)
{
    return g > 0 ? 1 : g < 0 ? R(-1.0) : 0;
}

/* each (N,D): what one sample says about one feature. */
static void measure_samples(struct call *call, struct masking *is)
{
    struct victim *victim = &is->victim;
    size_t N = victim->N, D = victim->D;
    const real *z = victim_logits(victim, victim->x);
    victim_decisions(call, victim);
    victim_rival_decisions(call, victim, z, victim->answer);
    victim_loss(victim, is->loss, victim->dz, z, victim->answer);
    victim_pullback(victim, is->g, victim->dz);
    call_decisions(call, N * D, is->g);
    for (size_t i = 0; i < N * D; i++)
        is->each[i] = is->measure == SQUARED ? is->g[i] * is->g[i] : real_abs(is->g[i]);
    for (size_t d = 0; d < D && is->measure == LOSS_RISE; d++) {
        for (size_t i = 0; i < N * D; i++)
            is->moved[i] = victim->x[i] + (i % D == d ? is->epsilon * sign(is->g[i]) : 0);
        victim_clip(victim, is->moved, N * D);
        z = victim_logits(victim, is->moved);
        victim_decisions(call, victim);
        victim_rival_decisions(call, victim, z, victim->answer);
        victim_loss(victim, is->further, victim->dz, z, victim->answer);
        for (size_t n = 0; n < N; n++)
            is->each[n * D + d] = is->further[n] - is->loss[n];
    }
}

/* kept (D) from sensitivities (D). */
static void choose(struct call *call, const struct masking *is, real *kept, const real *sensitivity)
{
    size_t D = is->victim.D;
    for (size_t d = 0; d < D; d++) {
        size_t before = 0;
        for (size_t j = 0; j < D; j++) {
            real gap = sensitivity[j] - sensitivity[d];
            before += gap > 0 || (gap == 0 && (is->last ? j > d : j < d));
        }
        kept[d] = before >= is->remove;
    }
    for (size_t i = 0; i < D * D; i++) {
        real gap = sensitivity[i / D] - sensitivity[i % D];
        call_decisions(call, kept[i / D] == 0 && kept[i % D] == 1 && gap != 0, &gap);
    }
}

static void find_fills(struct masking *is)
{
    const struct victim *victim = &is->victim;
    for (size_t d = 0; d < victim->D; d++) {
        if (is->fill == MEAN)
            is->fills[d] = sum_samples(victim->N, victim->block, &victim->x[d], victim->D) /
                           real_count(victim->N);
        else
            is->fills[d] = is->fill == ZERO ? 0 : (victim->low + victim->high) / 2;
    }
}

static real accuracy(struct call *call, struct masking *is, const real *x)
{
    size_t right = 0;
    int *predicted = call_scratch_integers(call, is->victim.N);
    const real *z = victim_logits(&is->victim, x);
    victim_prediction_decisions(call, &is->victim, z);
    victim_predict(&is->victim, predicted, z);
    for (size_t n = 0; n < is->victim.N; n++)
        right += predicted[n] == is->labels[n];
    return real_count(right) / real_count(is->victim.N);
}

void feature_sensitivity_masking_answer(struct call *call)
{
    struct masking is = read_masking(call);
    size_t N = is.victim.N, D = is.victim.D;
    const char *shape = is.per_sample ? "Na" : "a";
    real *sensitivity = call_output(call, "sensitivity", shape);
    real *kept = call_output_integers(call, "kept", shape);
    real *masked = call_output(call, "masked", "Na");
    call_bind(call, 'R', 4);
    real *share = call_output(call, "accuracy", "R");
    measure_samples(call, &is);
    for (size_t i = 0; i < (is.per_sample ? N * D : D); i++)
        sensitivity[i] = is.per_sample
                             ? is.each[i]
                             : sum_samples(N, is.victim.block, &is.each[i], D) / real_count(N);
    for (size_t n = 0; n < (is.per_sample ? N : 1); n++)
        choose(call, &is, &kept[n * D], &sensitivity[n * D]);
    find_fills(&is);
    for (size_t i = 0; i < N * D; i++)
        is.moved[i] = is.victim.x[i] + is.epsilon * sign(is.g[i]);
    victim_clip(&is.victim, is.moved, N * D);
    share[0] = accuracy(call, &is, is.victim.x);
    share[1] = accuracy(call, &is, is.moved);
    for (size_t i = 0; i < N * D; i++) {
        int stays = kept[is.per_sample ? i : i % D] != 0;
        masked[i] = stays ? is.victim.x[i] : is.fills[i % D];
        is.moved[i] = stays ? is.moved[i] : is.fills[i % D];
    }
    share[2] = accuracy(call, &is, masked);
    share[3] = accuracy(call, &is, is.moved);
}
