// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/trades_loss.h"
#include "../fork.h"

enum mistake {
    NONE,
    ADVERSARIAL_ALONE,
    CROSS_ENTROPY_OF_ADVERSARIAL,
    ARGUMENTS_SWAPPED,
    LOGARITHM_FORGOTTEN,
    ENTROPY_FORGOTTEN,
    KL_NOT_SUBTRACTED,
    ADVERSARIAL_STOPPED,
    BETA_ON_BOTH,
    ONE_MINUS_BETA,
    FIRST_BLOCK,
    UPSTREAM_IGNORED,
    LOGARITHM_OF_PROBABILITY,
    SQUARED_DISTANCE
};

struct side {
    real *log_p; /* (K) */
    real *p;
};

/* log p[k] = -log sum_j e^(z[j] - z[k]), each class by itself, without overflow. */
static void fill(enum mistake mistake, const struct side *side, const real *z, size_t K)
{
    for (size_t k = 0; k < K; k++) {
        real top = 0, others = 0;
        for (size_t j = 0; j < K; j++)
            top = z[j] - z[k] > top ? z[j] - z[k] : top;
        for (size_t j = K; j-- > 0;)
            others = others + real_exp(z[j] - z[k] - top);
        side->log_p[k] = -(top + real_log(others));
        side->p[k] = real_exp(side->log_p[k]);
        if (mistake == LOGARITHM_OF_PROBABILITY)
            side->log_p[k] = real_log(side->p[k] + R(1e-8));
    }
}

struct trades {
    enum mistake mistake;
    size_t N, K;
    int reverse, stopped;
    real beta, W, dloss;
    const int *labels;
};

/* The divergence of `first` from `second`; d_first and d_second (K) are its gradients. */
static real diverge(const struct trades *is, real *d_first, real *d_second,
                    const struct side *first, const struct side *second)
{
    size_t K = is->K;
    real sum = 0, kl = 0;
    for (size_t k = K; k-- > 0;) {
        real gap = first->log_p[k] - second->log_p[k];
        if (is->mistake == LOGARITHM_FORGOTTEN)
            gap = first->p[k] - second->p[k];
        if (is->mistake == ENTROPY_FORGOTTEN)
            gap = -second->log_p[k];
        if (is->mistake == SQUARED_DISTANCE) {
            real distance = first->p[k] - second->p[k];
            kl = kl + distance * distance;
        } else {
            kl = kl + first->p[k] * gap;
        }
        d_first[k] = gap;
    }
    for (size_t k = 0; k < K; k++)
        sum = sum + first->p[k] * d_first[k];
    if (is->mistake == KL_NOT_SUBTRACTED)
        sum = 0;
    for (size_t k = 0; k < K; k++) {
        d_first[k] = first->p[k] * (d_first[k] - sum);
        d_second[k] = second->p[k] - first->p[k];
    }
    return kl;
}

static struct trades read(struct call *call, size_t N, size_t K)
{
    static const char *const divergences[] = {"forward", "reverse", NULL};
    static const char *const means[] = {"samples", "elements", "sum", NULL};
    static const char *const cleans[] = {"through", "stopped", NULL};
    struct trades is = {.mistake = (enum mistake)call_variant(call), .N = N, .K = K};
    is.labels = call_integers(call, "labels", "N", 0, (int)K - 1);
    is.beta = call_number(call, "beta");
    is.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    is.dloss = is.mistake == UPSTREAM_IGNORED ? 1 : is.dloss;
    is.reverse = call_choice(call, "divergence", divergences);
    is.reverse = is.mistake == ARGUMENTS_SWAPPED ? !is.reverse : is.reverse;
    is.stopped = call_choice(call, "clean", cleans);
    int mean = call_choice(call, "mean", means);
    is.W = real_count(mean == 0 ? N : mean == 1 ? N * K : 1);
    return is;
}

static void defend(struct call *call)
{
    const real *z = call_input(call, "z", "NK"), *a = call_input(call, "z_adversarial", "NK");
    size_t N = call_size(call, 'N'), K = call_size(call, 'K'), block = call_block(call);
    struct trades is = read(call, N, K);
    real *cross_entropy = call_output(call, "cross_entropy", "N");
    real *divergence = call_output(call, "divergence", "N"), *loss = call_output(call, "loss", "");
    real *dz = call_output(call, is.stopped ? "slope" : "dz", "NK");
    real *da = call_output(call, "dz_adversarial", "NK"), *scratch = call_scratch(call, 6 * K);
    struct side clean = {scratch, &scratch[K]}, other = {&scratch[2 * K], &scratch[3 * K]};
    real *of_z = &scratch[4 * K], *of_a = &scratch[5 * K], count = real_count(N);
    real weight = is.mistake == ONE_MINUS_BETA ? 1 - is.beta
                  : is.mistake == BETA_ON_BOTH ? is.beta
                                               : 1;
    for (size_t n = N; n-- > 0;) {
        size_t y = (size_t)is.labels[n];
        fill(is.mistake, &clean, &z[n * K], K);
        fill(is.mistake, &other, &a[n * K], K);
        int on_a = is.mistake == CROSS_ENTROPY_OF_ADVERSARIAL;
        cross_entropy[n] = -(on_a ? other : clean).log_p[y];
        divergence[n] = is.reverse ? diverge(&is, of_a, of_z, &other, &clean)
                                   : diverge(&is, of_z, of_a, &clean, &other);
        int lost = is.mistake == FIRST_BLOCK && n >= block;
        for (size_t k = 0; k < K; k++) {
            real plain = ((on_a ? other : clean).p[k] - (k == y ? 1 : 0)) * weight / count;
            real *to = &dz[n * K + k], share = is.beta / is.W;
            *to = on_a ? 0 : plain;
            if (!is.stopped)
                *to = *to + share * of_z[k];
            da[n * K + k] = share * of_a[k] + (on_a ? plain : 0);
            if (is.mistake == ADVERSARIAL_STOPPED)
                da[n * K + k] = 0;
            *to = is.dloss * *to;
            da[n * K + k] = is.dloss * da[n * K + k];
        }
        real ce = is.mistake == ADVERSARIAL_ALONE ? 0 : weight * cross_entropy[n] / count;
        if (!lost)
            *loss = *loss + (ce + is.beta * divergence[n] / is.W);
    }
}

static const struct fork table[] = {
    {.info = {"class_by_class", FORK_TWIN, "",
              "Each log probability from its own differences; both parts of the loss together.",
              NULL},
     .answer = defend},
    {.info = {"divergence_alone", FORK_BUG, "", "No cross-entropy in the loss.", NULL},
     .answer = defend,
     .variant = ADVERSARIAL_ALONE},
    {.info = {"learns_adversarial_labels", FORK_CONVENTION, "",
              "Cross-entropy of the adversarial logits.", NULL},
     .answer = defend,
     .variant = CROSS_ENTROPY_OF_ADVERSARIAL},
    {.info = {"arguments_swapped", FORK_BUG, "249", "The divergence the other way round.", NULL},
     .answer = defend,
     .variant = ARGUMENTS_SWAPPED},
    {.info = {"logarithm_forgotten", FORK_BUG, "",
              "Probabilities where kl_div asks for their logarithms.", NULL},
     .answer = defend,
     .variant = LOGARITHM_FORGOTTEN},
    {.info = {"entropy_forgotten", FORK_CONVENTION, "",
              "The cross-entropy of p and q in place of their divergence.", NULL},
     .answer = defend,
     .variant = ENTROPY_FORGOTTEN},
    {.info = {"kl_not_subtracted", FORK_BUG, "", "p (log p - log q) is taken for the gradient.",
              NULL},
     .answer = defend,
     .variant = KL_NOT_SUBTRACTED},
    {.info = {"adversarial_stopped", FORK_BUG, "", "No gradient for the adversarial logits.", NULL},
     .answer = defend,
     .variant = ADVERSARIAL_STOPPED},
    {.info = {"beta_on_both", FORK_BUG, "", "Beta multiplies the cross-entropy, too.", NULL},
     .answer = defend,
     .variant = BETA_ON_BOTH},
    {.info = {"one_minus_beta", FORK_CONVENTION, "", "Weights 1 - beta and beta.", NULL},
     .answer = defend,
     .variant = ONE_MINUS_BETA},
    {.info = {"first_block", FORK_BUG, "", "One machine's losses.", NULL},
     .answer = defend,
     .variant = FIRST_BLOCK},
    {.info = {"upstream_ignored", FORK_BUG, "", "dloss is taken for 1.", NULL},
     .answer = defend,
     .variant = UPSTREAM_IGNORED},
    {.info = {"logarithm_of_probability", FORK_NUMERICAL, "", "log(p + 1e-8).", NULL},
     .answer = defend,
     .variant = LOGARITHM_OF_PROBABILITY},
    {.info = {"squared_distance", FORK_CONVENTION, "", "Squared differences of the probabilities.",
              NULL},
     .answer = defend,
     .variant = SQUARED_DISTANCE},
    {.info = {"by_samples", FORK_CONVENTION, "251", "The mean over the samples.", NULL},
     .instead = {"mean", "samples"}},
    {.info = {"by_elements", FORK_CONVENTION, "251", "The mean over the elements.", NULL},
     .instead = {"mean", "elements"}},
    {.info = {"by_sum", FORK_CONVENTION, "251", "The sum.", NULL}, .instead = {"mean", "sum"}},
};

const struct fork_list trades_loss_forks = {sizeof table / sizeof *table, table};
