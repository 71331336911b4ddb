// SPDX-License-Identifier: MIT
#include "defense_forks.h"

enum mistake {
    NONE,
    NOISE_SUMMED,
    FIRST_DRAW,
    SAME_DRAW_FOR_ALL,
    VARIANCE,
    FACTOR_FORGOTTEN,
    CLIP_FORGOTTEN,
    CLEAN_GRADIENT,
    OTHER_DRAWS,
    LOGARITHM_INSIDE,
    DRAWS_NOT_AVERAGED,
    LAST_DRAW_LOST,
    UPSTREAM_IGNORED,
    LAST_SAMPLE_LOST
};

struct rival {
    struct rival_net net;
    enum mistake mistake;
    size_t M;
    int average, multiplicative, clipped;
    real sigma;
    const real *x, *noise, *mean, *deviation;
    const int *labels;
    real *noisy, *factor, *own;
};

static struct rival read(struct call *call)
{
    static const char *const kinds[] = {"additive", "multiplicative", NULL};
    static const char *const averages[] = {"probabilities", "logits", "losses", NULL};
    static const char *const noisy[] = {"free", "clipped", NULL};
    struct rival is = {.mistake = (enum mistake)call_variant(call)};
    is.x = rival_read(call, &is.net);
    is.labels = call_integers(call, "labels", "N", 0, (int)is.net.K - 1);
    is.noise = call_input(call, "noise", "MNa");
    is.M = call_size(call, 'M');
    is.average = call_choice(call, "average", averages);
    is.multiplicative = call_choice(call, "kind", kinds);
    is.clipped = call_choice(call, "noisy", noisy);
    is.sigma = call_number(call, "sigma");
    if (call_has(call, "mean")) {
        is.mean = call_input(call, "mean", "a");
        is.deviation = call_input(call, "deviation", "a");
    }
    is.noisy = call_scratch(call, is.net.N * is.net.D);
    is.factor = call_scratch(call, is.net.N * is.net.D);
    is.own = call_scratch(call, is.net.N * is.net.K);
    return is;
}

/* Logits of draw m, probabilities in `own`; the slope of the net's input by x in `factor`. */
static const real *draw(struct rival *is, size_t m, int clean)
{
    size_t D = is->net.D, n = is->net.N * D;
    for (size_t i = 0; i < n; i++) {
        size_t at = is->mistake == FIRST_DRAW          ? i
                    : is->mistake == SAME_DRAW_FOR_ALL ? m * n + i % D
                                                       : m * n + i;
        real e = is->noise[at] * (is->mistake == VARIANCE ? is->sigma * is->sigma : is->sigma);
        e = clean ? 0 : e;
        real y = is->multiplicative ? is->x[i] + is->x[i] * e : is->x[i] + e;
        is->factor[i] = is->multiplicative && is->mistake != FACTOR_FORGOTTEN ? 1 + e : 1;
        if (is->clipped && (y < 0 || y > 1)) {
            y = y < 0 ? 0 : 1;
            is->factor[i] = is->mistake == CLIP_FORGOTTEN ? is->factor[i] : 0;
        }
        is->noisy[i] = is->mean ? (y - is->mean[i % D]) / is->deviation[i % D] : y;
        is->factor[i] = is->mean ? is->factor[i] / is->deviation[i % D] : is->factor[i];
    }
    const real *z = rival_logits(&is->net, is->noisy);
    for (size_t k = 0; k < is->net.N * is->net.K; k += is->net.K)
        rival_softmax(is->own + k, z + k, R(1.0), is->net.K);
    return z;
}

/* -log softmax(z)[y]. */
static real surprise(const real *z, size_t y, size_t K)
{
    real sum = 0, most = 0;
    for (size_t k = 0; k < K; k++)
        most = z[k] - z[y] > most ? z[k] - z[y] : most;
    for (size_t k = K; k-- > 0;)
        sum = sum + real_exp(z[k] - z[y] - most);
    return most + real_log(sum);
}

static void predict(struct rival *is, real *p, real *loss)
{
    size_t N = is->net.N, K = is->net.K, used = is->M - (is->mistake == LAST_DRAW_LOST);
    real *mean_z = call_scratch(is->net.call, N * K);
    real M = is->mistake == NOISE_SUMMED ? 1 : real_count(is->M);
    int logs = is->average == 2 || (is->mistake == LOGARITHM_INSIDE && is->average == 0);
    for (size_t m = used; m-- > 0;) {
        const real *z = draw(is, m, 0);
        for (size_t i = N * K; i-- > 0;) {
            p[i] = p[i] + is->own[i] / M;
            mean_z[i] = mean_z[i] + z[i] / M;
        }
        for (size_t n = 0; n < N; n++)
            loss[n] = loss[n] + surprise(z + n * K, (size_t)is->labels[n], K) / M;
    }
    for (size_t n = 0; n < N; n++) {
        size_t y = (size_t)is->labels[n];
        if (is->average == 1)
            rival_softmax(p + n * K, mean_z + n * K, R(1.0), K);
        if (is->average == 1)
            loss[n] = surprise(mean_z + n * K, y, K);
        else if (!logs)
            loss[n] = real_log(1 / p[n * K + y]);
    }
}

static void differentiate(struct rival *is, const real *p, const real *dloss)
{
    struct call *call = is->net.call;
    size_t N = is->net.N, D = is->net.D, K = is->net.K;
    real *dx = call_output(call, "dx", "Na"), *own = call_scratch(call, N * D);
    real *dw[PERCEPTRON_LAYERS], *db[PERCEPTRON_LAYERS], *dz = call_scratch(call, N * K);
    real M = is->mistake == DRAWS_NOT_AVERAGED ? 1 : real_count(is->M);
    network_outputs(call, &is->net.net, "d", dw, db);
    for (size_t m = is->M; m-- > 0;) {
        draw(is, is->mistake == OTHER_DRAWS ? 0 : m, is->mistake == CLEAN_GRADIENT);
        for (size_t i = 0; i < N * K; i++) {
            size_t n = i / K, y = (size_t)is->labels[n];
            real up = is->mistake == UPSTREAM_IGNORED ? 1 : dloss[n];
            up = is->mistake == LAST_SAMPLE_LOST && n + 1 == N ? 0 : up;
            real q = is->average == 1 ? p[i] : is->own[i], weight = 1;
            if (is->average == 0 && is->mistake != LOGARITHM_INSIDE)
                weight = is->own[n * K + y] / p[n * K + y];
            dz[i] = up / M * weight * (i % K == y ? q - 1 : q);
        }
        rival_pullback(&is->net, own, dz, dw, db);
        for (size_t i = 0; i < N * D; i++)
            dx[i] = dx[i] + is->factor[i] * own[i];
    }
}

static void weighted(struct call *call)
{
    struct rival is = read(call);
    real *p = call_output(call, "p", "NK"), *loss = call_output(call, "loss", "N");
    predict(&is, p, loss);
    if (call_has(call, "dloss"))
        differentiate(&is, p, call_input(call, "dloss", "N"));
}

static const struct fork table[] = {
    {.info =
         {"weighted", FORK_TWIN, "",
          "Gradients of single losses, weighted by each draw's share of p[label]; draws backwards.",
          NULL},
     .answer = weighted},
    {.info = {"summed", FORK_BUG, "", "The sum over the draws.", NULL},
     .answer = weighted,
     .variant = NOISE_SUMMED},
    {.info = {"first_draw", FORK_BUG, "", "The same draw M times.", NULL},
     .answer = weighted,
     .variant = FIRST_DRAW},
    {.info = {"same_draw_for_all", FORK_BUG, "", "All samples get the noise of the first.", NULL},
     .answer = weighted,
     .variant = SAME_DRAW_FOR_ALL},
    {.info = {"variance", FORK_BUG, "",
              "sigma is taken for the variance's root twice: noise times sigma^2.", NULL},
     .answer = weighted,
     .variant = VARIANCE},
    {.info = {"factor_forgotten", FORK_BUG, "",
              "The gradient of multiplicative noise without its factor.", NULL},
     .answer = weighted,
     .variant = FACTOR_FORGOTTEN},
    {.info = {"clip_forgotten", FORK_BUG, "216",
              "The gradient passes where noisy inputs are clipped.", NULL},
     .answer = weighted,
     .variant = CLIP_FORGOTTEN},
    {.info = {"clean_gradient", FORK_BUG, "", "The gradient at the input without noise.", NULL},
     .answer = weighted,
     .variant = CLEAN_GRADIENT},
    {.info = {"other_draws", FORK_BUG, "230",
              "The backward pass draws the first noise again and again.", NULL},
     .answer = weighted,
     .variant = OTHER_DRAWS},
    {.info = {"logarithm_inside", FORK_CONVENTION, "",
              "The mean of the losses whatever is asked for.", NULL},
     .answer = weighted,
     .variant = LOGARITHM_INSIDE},
    {.info = {"draws_not_averaged", FORK_BUG, "251", "Gradients are summed over the draws.", NULL},
     .answer = weighted,
     .variant = DRAWS_NOT_AVERAGED},
    {.info = {"last_draw_lost", FORK_BUG, "", "The last draw is left out.", NULL},
     .answer = weighted,
     .variant = LAST_DRAW_LOST},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = weighted,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample has no gradient.", NULL},
     .answer = weighted,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"additive_always", FORK_CONVENTION, "", "Noise is added whatever is asked for.",
              NULL},
     .instead = {"kind", "additive"}},
    {.info = {"multiplicative_always", FORK_CONVENTION, "",
              "Noise multiplies whatever is asked for.", NULL},
     .instead = {"kind", "multiplicative"}},
    {.info = {"logits_always", FORK_CONVENTION, "", "Mean logits whatever is asked for.", NULL},
     .instead = {"average", "logits"}},
    {.info = {"probabilities_always", FORK_CONVENTION, "",
              "Mean probabilities whatever is asked for.", NULL},
     .instead = {"average", "probabilities"}},
    {.info = {"clipped_always", FORK_CONVENTION, "242",
              "Noisy inputs are clipped whatever is asked for.", NULL},
     .instead = {"noisy", "clipped"}},
    {.info = {"never_clipped", FORK_CONVENTION, "242", "Noisy inputs leave the box.", NULL},
     .instead = {"noisy", "free"}},
};

const struct fork_list input_randomization_forks = {sizeof table / sizeof *table, table};
