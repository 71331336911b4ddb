// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    NOT_SQUEEZED,
    NO_NOISE,
    LEVELS_OF_A_POWER,
    SAME_DRAW,
    ATTACK_NOT_CLIPPED,
    NOISE_NOT_CLIPPED,
    NO_SIGN,
    DOWNHILL,
    TRUE_GRADIENT,
    ATTACK_AFTER_SQUEEZE,
    ATTACKED_NOT_DEFENDED,
    SHARE_SWAPPED,
    LOSSES_ADDED,
    SUMMED,
    SEPARATE_STEPS,
    TEST_UNDEFENDED,
    ATTACK_OF_START,
    LAST_SAMPLE_LOST,
    RAW_UNITS
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    size_t bits;
    int attacker, noise_first;
    real sigma, epsilon, share, rate;
    const real *x, *mean, *deviation;
    const int *labels;
    real *seen, *pass, *u, *dz, *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS];
};

static struct rival read(struct call *call)
{
    static const char *const attackers[] = {"adaptive", "clipped", "static", NULL};
    static const char *const orders[] = {"squeeze_first", "noise_first", NULL};
    struct rival is = {.mistake = (enum mistake)call_variant(call)};
    is.x = rival_read(call, &is.net);
    is.labels = call_integers(call, "labels", "N", 0, (int)is.net.K - 1);
    is.bits = call_count(call, "bit_depth", 1, 16);
    is.attacker = call_choice(call, "attacker", attackers);
    is.noise_first = call_choice(call, "order", orders);
    is.sigma = is.mistake == NO_NOISE ? 0 : call_number(call, "sigma");
    is.epsilon = call_number(call, "epsilon");
    is.share = call_number_or(call, "share", R(0.5));
    is.rate = call_number(call, "rate");
    if (is.mistake == SHARE_SWAPPED)
        is.share = 1 - is.share;
    if (call_has(call, "mean")) {
        is.mean = call_input(call, "mean", "a");
        is.deviation = call_input(call, "deviation", "a");
    }
    is.seen = call_scratch(call, is.net.N * is.net.D);
    is.pass = call_scratch(call, is.net.N * is.net.D);
    is.u = call_scratch(call, is.net.N * is.net.D);
    is.dz = call_scratch(call, is.net.N * is.net.K);
    for (size_t l = 0; l < is.net.net.layers; l++) {
        is.dw[l] = call_scratch(call, is.net.net.size[l] * is.net.net.size[l + 1]);
        is.db[l] = call_scratch(call, is.net.net.size[l + 1]);
    }
    return is;
}

/* The nearest level of [0, 1], by search. */
static real squeezed(const struct rival *is, real x)
{
    long L = (1L << is->bits) - (is->mistake == LEVELS_OF_A_POWER ? 0 : 1), best = 0;
    for (long k = 1; k <= L; k++)
        best = real_abs(x * (real)L - (real)k) < real_abs(x * (real)L - (real)best) ? k : best;
    return is->mistake == NOT_SQUEEZED ? x : (real)best / (real)L;
}

static real clipped(real x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static const real *bare(struct rival *is, const real *x)
{
    for (size_t i = 0; i < is->net.N * is->net.D; i++) {
        size_t d = i % is->net.D;
        is->u[i] = is->mean ? (x[i] - is->mean[d]) / is->deviation[d] : x[i];
    }
    return rival_logits(&is->net, is->u);
}

static const real *look(struct rival *is, const real *x, const real *e)
{
    for (size_t i = 0; i < is->net.N * is->net.D; i++) {
        real v = (is->noise_first ? x[i] : squeezed(is, x[i])) + e[i] * is->sigma;
        is->pass[i] = v < 0 || v > 1 ? 0 : 1;
        v = is->mistake == NOISE_NOT_CLIPPED ? v : clipped(v);
        is->seen[i] = is->noise_first ? squeezed(is, v) : v;
    }
    return bare(is, is->seen);
}

/* dz of the losses of logits z; returns their sum. */
static real slope_of(struct rival *is, const real *z)
{
    size_t K = is->net.K;
    real sum = 0;
    for (size_t n = is->net.N; n-- > 0;) {
        size_t y = (size_t)is->labels[n];
        real rest = 0, most = 0;
        for (size_t k = 0; k < K; k++)
            most = z[n * K + k] - z[n * K + y] > most ? z[n * K + k] - z[n * K + y] : most;
        for (size_t k = K; k-- > 0;)
            rest = rest + real_exp(z[n * K + k] - z[n * K + y] - most);
        sum = sum + most + real_log(rest);
        rival_softmax(is->dz + n * K, z + n * K, R(1.0), K);
        is->dz[n * K + y] = 0;
        for (size_t k = 0; k < K; k++)
            is->dz[n * K + y] = is->dz[n * K + y] - (k == y ? 0 : is->dz[n * K + k]);
    }
    return sum;
}

static void pull(struct rival *is, real *to, const real *e)
{
    size_t D = is->net.D;
    slope_of(is, is->attacker == 2 ? bare(is, is->x) : look(is, is->x, e));
    rival_pullback(&is->net, to, is->dz, NULL, NULL);
    for (size_t i = 0; i < is->net.N * D; i++) {
        if (is->mean && is->mistake != RAW_UNITS)
            to[i] = to[i] / is->deviation[i % D];
        if (is->attacker == 1)
            to[i] = is->pass[i] * to[i];
        if (is->mistake == TRUE_GRADIENT)
            to[i] = 0;
    }
}

static void attack(struct rival *is, real *to, const real *v)
{
    for (size_t i = 0; i < is->net.N * is->net.D; i++) {
        real sign = v[i] > 0 ? 1 : v[i] < 0 ? -1 : 0;
        sign = is->mistake == NO_SIGN ? v[i] : is->mistake == DOWNHILL ? -sign : sign;
        real from = is->mistake == ATTACK_AFTER_SQUEEZE ? squeezed(is, is->x[i]) : is->x[i];
        to[i] = from + sign * is->epsilon;
        to[i] = is->mistake == ATTACK_NOT_CLIPPED ? to[i] : clipped(to[i]);
    }
}

static real learn(struct rival *is, const real *z, real share)
{
    size_t K = is->net.K, N = is->net.N;
    real sum = slope_of(is, z), scale = is->mistake == SUMMED ? share : share / real_count(N);
    for (size_t i = 0; i < N * K; i++) {
        is->dz[i] = is->dz[i] * scale;
        if (is->mistake == LAST_SAMPLE_LOST && i / K + 1 == N)
            is->dz[i] = 0;
    }
    rival_pullback(&is->net, NULL, is->dz, is->dw, is->db);
    return sum / real_count(N) * share;
}

static void descend(struct rival *is)
{
    struct perceptron *net = &is->net.net;
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++) {
            net->w[l][k] = net->w[l][k] - is->dw[l][k] * is->rate;
            is->dw[l][k] = 0;
        }
        for (size_t k = 0; k < net->size[l + 1]; k++) {
            net->b[l][k] = net->b[l][k] - is->db[l][k] * is->rate;
            is->db[l][k] = 0;
        }
    }
}

static void predict(const struct rival *is, real *to, const real *z)
{
    size_t K = is->net.K;
    for (size_t n = 0; n < is->net.N; n++) {
        size_t best = 0;
        for (size_t k = 0; k < K; k++)
            best = z[n * K + k] > z[n * K + best] ? k : best;
        to[n] = real_count(best);
    }
}

static void test(struct rival *is, const real *e)
{
    struct call *call = is->net.call;
    size_t n = is->net.N * is->net.K;
    real *z = call_output(call, "z", "NK"), *slope = call_output(call, "slope", "Na");
    real *predicted = call_output_integers(call, "predicted", "N");
    real *under_attack = call_output_integers(call, "predicted_attacked", "N");
    real *attacked = call_scratch(call, is->net.N * is->net.D);
    const real *logits = is->mistake == TEST_UNDEFENDED ? bare(is, is->x) : look(is, is->x, e);
    for (size_t i = 0; i < n; i++)
        z[i] = logits[i];
    predict(is, predicted, z);
    pull(is, slope, e);
    attack(is, attacked, slope);
    predict(is, under_attack, look(is, attacked, e));
}

static void one_step(struct rival *is, real *loss, real *attacked, const real *e)
{
    real clean = is->mistake == LOSSES_ADDED ? 1 : 1 - is->share;
    real share = is->mistake == LOSSES_ADDED ? 1 : is->share;
    *loss = learn(is, look(is, is->x, e), clean);
    if (is->mistake == SEPARATE_STEPS)
        descend(is);
    *loss =
        *loss +
        learn(is, is->mistake == ATTACKED_NOT_DEFENDED ? bare(is, attacked) : look(is, attacked, e),
              share);
    descend(is);
}

static void searched(struct call *call)
{
    struct rival is = read(call);
    const real *noise = call_input(call, "noise", "SNa"), *e = call_input(call, "test_noise", "Na");
    size_t size = is.net.N * is.net.D;
    struct perceptron *net = &is.net.net;
    real *loss = call_output(call, "loss", "S"), *attacked = call_output(call, "attacked", "SNa");
    real *v = call_scratch(call, size);
    for (size_t s = 0; s < call_size(call, 'S'); s++) {
        const real *own = is.mistake == SAME_DRAW ? noise : noise + s * size;
        if (is.mistake != ATTACK_OF_START || s == 0)
            pull(&is, v, own);
        attack(&is, attacked + s * size, v);
        one_step(&is, &loss[s], attacked + s * size, own);
    }
    test(&is, e);
    real *w[PERCEPTRON_LAYERS], *b[PERCEPTRON_LAYERS];
    network_outputs(call, net, "trained_", w, b);
    for (size_t l = 0; l < net->layers; l++) {
        for (size_t k = 0; k < net->size[l] * net->size[l + 1]; k++)
            w[l][k] = net->w[l][k];
        for (size_t k = 0; k < net->size[l + 1]; k++)
            b[l][k] = net->b[l][k];
    }
}

static const struct fork table[] = {
    {.info = {"searched", FORK_TWIN, "",
              "Levels by search; another network, softmax and order of samples.", NULL},
     .answer = searched},
    {.info = {"not_squeezed", FORK_BUG, "", "The bit depth stays.", NULL},
     .answer = searched,
     .variant = NOT_SQUEEZED},
    {.info = {"no_noise", FORK_BUG, "", "No noise.", NULL},
     .answer = searched,
     .variant = NO_NOISE},
    {.info = {"levels_of_a_power", FORK_BUG, "", "2^bits steps instead of 2^bits - 1.", NULL},
     .answer = searched,
     .variant = LEVELS_OF_A_POWER},
    {.info = {"same_draw", FORK_BUG, "", "The first draw serves in all steps.", NULL},
     .answer = searched,
     .variant = SAME_DRAW},
    {.info = {"attack_not_clipped", FORK_BUG, "242", "Attacked inputs leave the box.", NULL},
     .answer = searched,
     .variant = ATTACK_NOT_CLIPPED},
    {.info = {"noise_not_clipped", FORK_CONVENTION, "242", "Noisy inputs leave the box.", NULL},
     .answer = searched,
     .variant = NOISE_NOT_CLIPPED},
    {.info = {"no_sign", FORK_BUG, "245", "The step is the gradient itself.", NULL},
     .answer = searched,
     .variant = NO_SIGN},
    {.info = {"downhill", FORK_BUG, "250", "The attack makes the loss smaller.", NULL},
     .answer = searched,
     .variant = DOWNHILL},
    {.info =
         {"true_gradient", FORK_BUG, "",
          "The true gradient of the levels, which is 0: gradients are masked and the attack fails.",
          NULL},
     .answer = searched,
     .variant = TRUE_GRADIENT},
    {.info = {"attack_after_squeeze", FORK_BUG, "241", "The attack starts from the squeezed input.",
              NULL},
     .answer = searched,
     .variant = ATTACK_AFTER_SQUEEZE},
    {.info = {"attacked_not_defended", FORK_BUG, "",
              "Attacked inputs reach the network without levels and noise.", NULL},
     .answer = searched,
     .variant = ATTACKED_NOT_DEFENDED},
    {.info = {"share_swapped", FORK_BUG, "", "The share stands before the clean loss.", NULL},
     .answer = searched,
     .variant = SHARE_SWAPPED},
    {.info = {"losses_added", FORK_CONVENTION, "", "Both losses whole.", NULL},
     .answer = searched,
     .variant = LOSSES_ADDED},
    {.info = {"summed", FORK_CONVENTION, "251", "Gradients are summed over the samples.", NULL},
     .answer = searched,
     .variant = SUMMED},
    {.info = {"separate_steps", FORK_BUG, "", "A step on clean inputs, then one on attacked ones.",
              NULL},
     .answer = searched,
     .variant = SEPARATE_STEPS},
    {.info = {"tested_undefended", FORK_BUG, "", "The test leaves out levels and noise.", NULL},
     .answer = searched,
     .variant = TEST_UNDEFENDED},
    {.info = {"attack_of_the_start", FORK_BUG, "",
              "Attacks are made once, against the network before training.", NULL},
     .answer = searched,
     .variant = ATTACK_OF_START},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample has no gradient.", NULL},
     .answer = searched,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"normalised_units", FORK_BUG, "259", "Slopes by the normalised inputs.", NULL},
     .answer = searched,
     .variant = RAW_UNITS},
    {.info = {"squeeze_first_always", FORK_CONVENTION, "",
              "Levels before noise whatever is asked for.", NULL},
     .instead = {"order", "squeeze_first"}},
    {.info = {"noise_first_always", FORK_CONVENTION, "",
              "Noise before levels whatever is asked for.", NULL},
     .instead = {"order", "noise_first"}},
    {.info = {"adaptive_always", FORK_CONVENTION, "", "The attacker knows of everything.", NULL},
     .instead = {"attacker", "adaptive"}},
    {.info = {"clipped_always", FORK_CONVENTION, "216",
              "The attacker's gradient stops where noise is clipped.", NULL},
     .instead = {"attacker", "clipped"}},
    {.info = {"static_always", FORK_CONVENTION, "", "The attacker knows of nothing.", NULL},
     .instead = {"attacker", "static"}},
    {.info = {"share_of_one", FORK_BUG, "", "Attacked inputs alone.", NULL},
     .number = {"share", 1}},
};

const struct fork_list defense_in_depth_forks = {sizeof table / sizeof *table, table};
