// SPDX-License-Identifier: MIT
#include "adversarial_training.h"

struct training {
    struct victim victim;
    struct attack attack;
    size_t T;
    real rate, clean_weight;
    int replaces;
    const int *labels, *attacked;                      /* (N), (T,N) or NULL */
    const real *start;                                 /* (T,N,D) or NULL */
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS]; /* gradients of the clean mean */
    real *clean, *adversarial;                         /* (T) */
    real *mixed;                                       /* (N,D) */
};

static size_t inputs(const struct training *is, size_t l)
{
    return is->victim.net.size[l] * is->victim.net.size[l + 1];
}

/* The mean loss of x (N,D); its gradients are in the victim's batch. */
static real pass(struct call *call, struct training *is, const real *x)
{
    struct victim mean = is->victim;
    mean.W = real_count(mean.N);
    const real *z = victim_logits(&mean, x);
    victim_loss(&mean, is->attack.loss, mean.dz, z, is->labels);
    victim_pullback(&mean, is->attack.gradient, mean.dz);
    victim_decisions(call, &mean);
    victim_rival_decisions(call, &mean, z, is->labels);
    return sum_samples(mean.N, mean.block, is->attack.loss, 1) / mean.W;
}

static void keep_gradients(const struct training *is)
{
    const struct perceptron_batch *batch = &is->victim.batch;
    for (size_t l = 0; l < is->victim.net.layers; l++) {
        for (size_t i = 0; i < inputs(is, l); i++)
            is->w[l][i] = batch->dw[l][i];
        for (size_t i = 0; i < is->victim.net.size[l + 1]; i++)
            is->b[l][i] = batch->db[l][i];
    }
}

static void descend(const struct training *is, real *w, const real *clean, const real *other,
                    size_t n)
{
    real c = is->clean_weight;
    for (size_t i = 0; i < n; i++) {
        real g = is->replaces ? other[i] : c * clean[i] + (1 - c) * other[i];
        w[i] = w[i] - is->rate * g;
    }
}

static void update(struct call *call, struct training *is, const real *adversarial, size_t t)
{
    struct victim *victim = &is->victim;
    size_t D = victim->D;
    is->clean[t] = pass(call, is, victim->x);
    keep_gradients(is);
    is->adversarial[t] = pass(call, is, adversarial);
    for (size_t i = 0; is->replaces && i < victim->N * D; i++)
        is->mixed[i] = is->attacked[t * victim->N + i / D] ? adversarial[i] : victim->x[i];
    if (is->replaces)
        pass(call, is, is->mixed);
    for (size_t l = 0; l < victim->net.layers; l++) {
        descend(is, victim->net.w[l], is->w[l], victim->batch.dw[l], inputs(is, l));
        descend(is, victim->net.b[l], is->b[l], victim->batch.db[l], victim->net.size[l + 1]);
    }
}

static void read(struct call *call, struct training *is)
{
    static const char *const goals[] = {"labels", "target", "predicted", NULL};
    static const char *const mixtures[] = {"weighted", "replaced", NULL};
    struct victim *victim = &is->victim;
    victim_read(call, victim);
    if (call_choice(call, "goal", goals) == VICTIM_TARGET)
        call_fail(call, "convention 'goal' is target, which training has none of");
    victim_read_goal(call, victim);
    attack_read(call, &is->attack, victim);
    is->labels = call_integers(call, "labels", "N", 0, victim->K == 1 ? 1 : (int)victim->K - 1);
    is->T = call_count(call, "updates", 1, 16);
    call_bind(call, 'T', is->T);
    is->rate = call_number(call, "rate");
    is->clean_weight = call_number_or(call, "clean_weight", R(0.5));
    is->replaces = call_choice(call, "mixture", mixtures);
    is->attacked = is->replaces ? call_integers(call, "attacked", "TN", 0, 1) : NULL;
    is->start = call_has(call, "start") ? call_input(call, "start", "TNa") : NULL;
    is->mixed = call_scratch(call, victim->N * victim->D);
    if (!(is->rate > 0))
        call_fail(call, "number 'rate' must be above 0");
    if (!(is->clean_weight >= 0 && is->clean_weight <= 1))
        call_fail(call, "number 'clean_weight' must be in [0, 1]");
    for (size_t l = 0; l < victim->net.layers; l++) {
        is->w[l] = call_scratch(call, inputs(is, l));
        is->b[l] = call_scratch(call, victim->net.size[l + 1]);
    }
}

/* Predicts anew, if that is what the attacker goes by. */
static void aim(struct call *call, struct victim *victim)
{
    if (victim->goal == VICTIM_PREDICTED)
        victim_read_goal(call, victim);
}

static void copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

void adversarial_training_answer(struct call *call)
{
    static const char names[][2][10] = {{"w1_after", "b1_after"}, {"w2_after", "b2_after"},
                                        {"w3_after", "b3_after"}, {"w4_after", "b4_after"},
                                        {"w5_after", "b5_after"}, {"w6_after", "b6_after"},
                                        {"w7_after", "b7_after"}, {"w8_after", "b8_after"}};
    struct training is = {0};
    read(call, &is);
    struct victim *victim = &is.victim;
    size_t n = victim->N * victim->D, layers = victim->net.layers;
    real *adversarial = call_output(call, "adversarial", "TNa");
    is.clean = call_output(call, "clean_loss", "T");
    is.adversarial = call_output(call, "adversarial_loss", "T");
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    for (size_t l = 0; l < layers; l++) {
        const char shape_w[] = {'T', (char)('a' + l), (char)('b' + l), 0};
        const char shape_b[] = {'T', (char)('b' + l), 0};
        w[l] = call_output(call, names[l][0], shape_w);
        b[l] = call_output(call, names[l][1], shape_b);
    }
    for (size_t t = 0; t < is.T; t++) {
        real *x = &adversarial[t * n];
        aim(call, victim);
        attack_begin(&is.attack, x, is.start ? &is.start[t * n] : NULL);
        attack_run(call, &is.attack, x, NULL, x);
        update(call, &is, x, t);
        for (size_t l = 0; l < layers; l++) {
            size_t O = victim->net.size[l + 1];
            copy(&w[l][t * inputs(&is, l)], victim->net.w[l], inputs(&is, l));
            copy(&b[l][t * O], victim->net.b[l], O);
        }
    }
}
