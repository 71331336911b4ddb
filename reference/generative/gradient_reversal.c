// SPDX-License-Identifier: MIT
#include "gradient_reversal.h"

#include "named_network.h"

struct reversal {
    struct perceptron f, c, h;
    struct perceptron_batch of_f[2], of_h[2], of_c;
    size_t N, M, W, K, block;
    int joint, weighted;
    real lambda;
    const int *labels;
};

static real read_lambda(struct call *call)
{
    static const char *const schedules[] = {"fixed", "annealed", NULL};
    int annealed = call_choice(call, "schedule", schedules) == 1;
    const char *name = annealed ? "gamma" : "lambda";
    real value = call_number_or(call, name, annealed ? R(10.0) : R(1.0));
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    if (!annealed)
        return value;
    real progress = call_number(call, "progress");
    if (!(progress >= 0 && progress <= 1))
        call_fail(call, "number 'progress' must be between 0 and 1");
    return 2 / (1 + real_exp(-value * progress)) - 1;
}

/* The sum over one domain of b(z, target), and its slope by z divided by W. */
static real domain_sum(struct call *call, const struct reversal *is, const real *z, real *dz,
                       size_t N, int target, real W)
{
    real *value = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        real e = real_exp(-real_abs(z[n])), near = real_log1p(e), far = real_abs(z[n]) + near;
        real large = 1 / (1 + e), small = e / (1 + e);
        int below = z[n] < 0;
        value[n] = target ? (below ? far : near) : (below ? near : far);
        dz[n] = (target ? -(below ? large : small) : below ? small : large) / W;
    }
    return sum_samples(N, is->block, value, 1);
}

/* The mean cross-entropy of C's logits (M,K), and its slope. */
static real label_loss(struct call *call, const struct reversal *is, const real *logits, real *dz)
{
    size_t M = is->M, K = is->K;
    real *value = call_scratch(call, M), *e = call_scratch(call, K);
    for (size_t n = 0; n < M; n++) {
        const real *z = &logits[n * K];
        size_t own = (size_t)is->labels[n];
        real top = z[0];
        for (size_t k = 1; k < K; k++)
            top = z[k] > top ? z[k] : top;
        for (size_t k = 0; k < K; k++)
            e[k] = real_exp(z[k] - top);
        real sum = sum_features(K, e, 1);
        value[n] = real_log(sum) - (z[own] - top);
        for (size_t k = 0; k < K; k++)
            dz[n * K + k] = (e[k] / sum - (k == own ? 1 : 0)) / real_count(M);
    }
    return sum_samples(M, is->block, value, 1) / real_count(M);
}

/* One domain's features a (N,W) through H and back; da is reversed. Returns the sum of its losses,
 * divided by W. */
static real critic_pass(struct call *call, struct reversal *is, int target, const real *a, real *da,
                        size_t N, real W)
{
    real *dz = call_scratch(call, N);
    const real *z = network_forward(call, &is->h, &is->of_h[target], a, N);
    real sum = domain_sum(call, is, z, dz, N, target, W);
    network_backward(&is->h, &is->of_h[target], da, dz, a, N, is->block);
    for (size_t i = 0; i < N * is->W; i++)
        da[i] = -is->lambda * da[i];
    for (size_t l = 0; is->weighted && l < is->h.layers; l++) {
        for (size_t i = 0; i < is->h.size[l] * is->h.size[l + 1]; i++)
            is->of_h[target].dw[l][i] = is->lambda * is->of_h[target].dw[l][i];
        for (size_t o = 0; o < is->h.size[l + 1]; o++)
            is->of_h[target].db[l][o] = is->lambda * is->of_h[target].db[l][o];
    }
    return sum / W;
}

static void read(struct call *call, struct reversal *is)
{
    static const char *const domains[] = {"separate", "joint", NULL};
    static const char *const critics[] = {"plain", "weighted", NULL};
    is->joint = call_choice(call, "domains", domains) == 1;
    is->weighted = call_choice(call, "critic", critics) == 1;
    is->lambda = read_lambda(call);
    is->block = call_block(call);
    network_read(call, &is->f, "f", 'a');
    network_read(call, &is->c, "c", 'j');
    network_read(call, &is->h, "h", 's');
    is->W = network_outputs(&is->f);
    is->K = network_outputs(&is->c);
    if (network_inputs(&is->c) != is->W || network_inputs(&is->h) != is->W)
        call_fail(call, "the networks of 'cw1' and 'hw1' must take what that of 'fw1' gives");
    if (network_outputs(&is->h) != 1)
        call_fail(call, "the critic of 'hw1' must give one logit");
}

void gradient_reversal_answer(struct call *call)
{
    struct reversal is;
    read(call, &is);
    const real *from = call_input(call, "x_source", "Ma"), *x = call_input(call, "x", "Na");
    size_t M = is.M = call_size(call, 'M'), N = is.N = call_size(call, 'N');
    is.labels = call_integers(call, "labels", "M", 0, (int)is.K - 1);
    if (M == 0 || N == 0)
        call_fail(call, "input '%s' has no samples", M == 0 ? "x_source" : "x");
    real of_source = real_count(is.joint ? N + M : M), of_target = real_count(is.joint ? N + M : N);
    const real *a = network_forward(call, &is.f, &is.of_f[0], from, M);
    const real *b = network_forward(call, &is.f, &is.of_f[1], x, N);
    real *da = call_scratch(call, M * is.W), *dc = call_scratch(call, M * is.W);
    real *db = call_scratch(call, N * is.W), *dz = call_scratch(call, M * is.K);
    real source = critic_pass(call, &is, 0, a, da, M, of_source);
    real target = critic_pass(call, &is, 1, b, db, N, of_target);
    real label = label_loss(call, &is, network_forward(call, &is.c, &is.of_c, a, M), dz);
    network_backward(&is.c, &is.of_c, dc, dz, a, M, is.block);
    for (size_t i = 0; i < M * is.W; i++)
        dc[i] = dc[i] + da[i];
    network_backward(&is.f, &is.of_f[0], NULL, dc, from, M, is.block);
    network_backward(&is.f, &is.of_f[1], NULL, db, x, N, is.block);
    real domain = source + target;
    *call_output(call, "factor", "") = is.lambda;
    *call_output(call, "label_loss", "") = label;
    *call_output(call, "domain_loss", "") = domain;
    *call_output(call, "loss", "") = is.weighted ? label + is.lambda * domain : label + domain;
    network_gradients(call, &is.c, "c", 'j', 1, &is.of_c);
    network_gradients(call, &is.h, "h", 's', 2, is.of_h);
    network_directions(call, &is.f, "reversed_", "f", 'a', 2, is.of_f);
}
