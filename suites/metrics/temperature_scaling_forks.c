// SPDX-License-Identifier: MIT
#include "../../reference/metrics/temperature_scaling.h"
#include "../fork.h"

enum mistake {
    RIGHT,
    MULTIPLIED,
    SUMMED,
    MISALIGNED,
    LAST_BLOCK_LOST,
    UPHILL,
    CHAIN_RULE_FORGOTTEN,
    SECOND_MOMENT,
    NEWTON_ON_T,
    FITTED_PROBABILITIES,
    LOSS_AFTER
};

struct walk {
    enum mistake mistake;
    size_t N, K, block;
    const real *z;
    const int *label;
};

/* p (K) of sample n by differences to each class in turn. */
static void find_row(const struct walk *w, size_t n, real T, real *p)
{
    const real *z = &w->z[n * w->K];
    for (size_t k = 0; k < w->K; k++) {
        real sum = 0;
        for (size_t j = w->K; j-- > 0;)
            sum = sum + real_exp(w->mistake == MULTIPLIED ? (z[j] - z[k]) * T : (z[j] - z[k]) / T);
        p[k] = 1 / sum;
    }
}

/* Loss and derivatives along 1 / T, the second as pairs of classes: sum p_j p_k (z_j - z_k)^2. */
static void differentiate(const struct walk *w, real T, real *p, real three[3])
{
    size_t end = w->mistake == LAST_BLOCK_LOST ? (w->N - 1) / w->block * w->block : w->N;
    three[0] = three[1] = three[2] = 0;
    for (size_t n = end; n-- > 0;) {
        const real *z = &w->z[n * w->K];
        size_t label = (size_t)w->label[w->mistake == MISALIGNED ? (n + 1) % w->N : n];
        find_row(w, n, T, p);
        three[0] = three[0] - real_log(p[label]);
        for (size_t k = w->K; k-- > 0;) {
            three[1] = three[1] + p[k] * (z[k] - z[label]);
            for (size_t j = 0; j < k; j++)
                three[2] = three[2] + p[k] * p[j] * ((z[k] - z[j]) * (z[k] - z[j]));
            if (w->mistake == SECOND_MOMENT)
                three[2] = three[2] + p[k] * z[k] * z[k];
        }
    }
    for (int i = 0; i < 3 && w->mistake != SUMMED; i++)
        three[i] = three[i] / real_count(end);
}

static real next(const struct walk *w, int method, real rate, real T, const real three[3])
{
    real sign = w->mistake == UPHILL ? -1 : 1;
    if (method == 0 && w->mistake == NEWTON_ON_T)
        return T + T * T * three[1] / three[2];
    if (method == 0)
        return T * three[2] / (three[2] - sign * T * three[1]);
    if (w->mistake == CHAIN_RULE_FORGOTTEN)
        return method == 1 ? T + rate * three[1] : T * real_exp(rate * three[1]);
    return method == 1 ? T + sign * rate * three[1] / (T * T)
                       : T * real_exp(sign * rate * three[1] / T);
}

static void walk(struct call *call)
{
    static const char *const methods[] = {"newton", "gradient", "log_gradient", NULL};
    struct walk w = {.mistake = (enum mistake)call_variant(call),
                     .z = call_input(call, "logits", "NK")};
    w.N = call_size(call, 'N');
    w.K = call_size(call, 'K');
    w.block = call_block(call);
    w.label = call_integers(call, "labels", "N", 0, (int)w.K - 1);
    int method = call_choice(call, "method", methods);
    size_t steps = call_count_or(call, "steps", 5, 1, 100);
    real T = call_number_or(call, "temperature", 1), rate = call_number_or(call, "rate", 0);
    real *p = call_scratch(call, w.K), three[3], last = T;
    call_bind(call, 'P', steps + 1);
    real *temperature = call_output(call, "temperature", "P"),
         *loss = call_output(call, "loss", "P");
    real *probabilities = call_output(call, "probabilities", "NK");
    for (size_t s = 0; s <= steps; s++) {
        temperature[s] = T;
        differentiate(&w, T, p, three);
        loss[s] = three[0];
        last = T;
        T = s < steps ? next(&w, method, rate, T, three) : T;
        if (w.mistake == LOSS_AFTER) {
            differentiate(&w, T, p, three);
            loss[s] = three[0];
        }
    }
    for (size_t n = 0; n < w.N; n++)
        find_row(&w, n, w.mistake == FITTED_PROBABILITIES ? 1 : last, &probabilities[n * w.K]);
}

static const struct fork table[] = {
    {.info = {"pairs_of_classes", FORK_TWIN, "",
              "Probabilities and variances from differences of logits.", NULL},
     .answer = walk},
    {.info = {"multiplied", FORK_BUG, "", "Logits times T.", NULL},
     .answer = walk,
     .variant = MULTIPLIED},
    {.info = {"summed", FORK_BUG, "", "The sum of the losses.", NULL},
     .answer = walk,
     .variant = SUMMED},
    {.info = {"misaligned", FORK_BUG, "268", "Logits meet the next label.", NULL},
     .answer = walk,
     .variant = MISALIGNED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = walk,
     .variant = LAST_BLOCK_LOST},
    {.info = {"uphill", FORK_BUG, "", "The wrong sign.", NULL}, .answer = walk, .variant = UPHILL},
    {.info = {"chain_rule_forgotten", FORK_BUG, "",
              "The derivative along 1/T for that along T or log T.", NULL},
     .answer = walk,
     .variant = CHAIN_RULE_FORGOTTEN},
    {.info = {"second_moment", FORK_BUG, "", "A second moment in the curvature.", NULL},
     .answer = walk,
     .variant = SECOND_MOMENT},
    {.info = {"gauss_newton_on_t", FORK_CONVENTION, "",
              "The step along T with the curvature of 1/T alone.", NULL},
     .answer = walk,
     .variant = NEWTON_ON_T},
    {.info = {"not_scaled", FORK_BUG, "", "Probabilities of the logits as they were.", NULL},
     .answer = walk,
     .variant = FITTED_PROBABILITIES},
    {.info = {"loss_after", FORK_BUG, "", "The loss after the step stands beside it.", NULL},
     .answer = walk,
     .variant = LOSS_AFTER},
    {.info = {"started_at_one", FORK_BUG, "", "The start is ignored.", NULL},
     .number = {"temperature", 1}},
};

const struct fork_list temperature_scaling_forks = {sizeof table / sizeof *table, table};
