// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    TASKS_AVERAGED,
    WEIGHTS_IGNORED,
    WEIGHTS_NOT_BACKWARD,
    LAST_TASK_SHARED,
    SHARED_AVERAGED,
    SIGN_OF_S,
    LOG_DEVIATION,
    REGULARIZER_LOST,
    WEIGHTS_CONSTANT,
    MASK_IGNORED,
    MASK_NOT_COUNTED,
    MEAN_OF_BLOCK_MEANS,
    LAST_BLOCK_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN
};

struct problem {
    enum variant variant;
    size_t N, I, T, block;
    const real *x, *w, *t, *s, *weight;
    const int *mask;
    int uncertain, normalized;
    real h, Z, dloss;
};

static int labelled(const struct problem *a, size_t n, size_t k)
{
    return !a->mask || a->variant == MASK_IGNORED || a->mask[n * a->T + k];
}

/* What stands before the loss of a task. */
static real factor(const struct problem *a, size_t k)
{
    if (a->variant == WEIGHTS_IGNORED && !a->uncertain)
        return R(1.0);
    if (!a->uncertain)
        return a->weight ? a->weight[k] : R(1.0);
    if (a->variant == SIGN_OF_S)
        return a->h * real_exp(a->s[k]);
    if (a->variant == LOG_DEVIATION)
        return a->h / (real_exp(a->s[k]) * real_exp(a->s[k]));
    return a->h / real_exp(a->s[k]);
}

/* What divides the squares of sample n in task k; infinitely much: 0 times. */
static real share(const struct problem *a, size_t n, size_t k)
{
    size_t begin = n / a->block * a->block, own = 0, all = 0, blocks = 0;
    if (!labelled(a, n, k) || (a->variant == LAST_BLOCK_LOST && a->N - begin <= a->block))
        return R(0.0);
    for (size_t m = 0; m < a->N; m += a->block) {
        size_t here = 0;
        for (size_t j = m; j < m + a->block && j < a->N; j++)
            here += (size_t)labelled(a, j, k);
        blocks += here > 0;
        own = m == begin ? here : own;
        all += here;
    }
    if (a->variant == MASK_NOT_COUNTED)
        return 1 / real_count(a->N);
    return 1 / real_count(a->variant == MEAN_OF_BLOCK_MEANS ? own * blocks : all);
}

/* The gradients of one task, added to those of the others. */
static void backward(const struct problem *a, size_t k, const real *r, real *dx, real *dw)
{
    real c = a->variant == WEIGHTS_NOT_BACKWARD ? R(1.0) : factor(a, k) / a->Z;
    real upstream = a->variant == UPSTREAM_IGNORED ? R(1.0) : a->dloss;
    real shared = a->variant == SHARED_AVERAGED ? 1 / real_count(a->T) : R(1.0);
    if (a->variant == GRADIENT_SIGN)
        upstream = -upstream;
    for (size_t n = a->N; n-- > 0;) {
        real e = upstream * c * (r[n] + r[n]) * share(a, n, k);
        for (size_t i = 0; i < a->I; i++) {
            real before = a->variant == LAST_TASK_SHARED ? R(0.0) : dx[n * a->I + i];
            dx[n * a->I + i] = before + shared * e * a->w[i * a->T + k];
            dw[i * a->T + k] += e * a->x[n * a->I + i];
        }
    }
}

static void read(struct call *call, struct problem *a)
{
    static const char *const weightings[] = {"fixed", "uncertainty", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const halves[] = {"yes", "no", NULL};
    a->x = call_input(call, "x", "NI");
    a->w = call_input(call, "w", "IT");
    a->t = call_input(call, "t", "NT");
    a->N = call_size(call, 'N');
    a->I = call_size(call, 'I');
    a->T = call_size(call, 'T');
    a->block = call_block(call);
    a->uncertain = call_choice(call, "weighting", weightings);
    a->h = call_choice(call, "half", halves) ? R(1.0) : R(0.5);
    a->s = a->uncertain ? call_input(call, "s", "T") : NULL;
    a->weight = call_has(call, "weight") ? call_input(call, "weight", "T") : NULL;
    a->mask = call_has(call, "mask") ? call_integers(call, "mask", "NT", 0, 1) : NULL;
    a->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    a->Z = R(1.0);
    if (call_choice(call, "normalized", no_yes) && !a->uncertain) {
        a->Z = R(0.0);
        for (size_t k = a->T; k-- > 0;)
            a->Z = a->Z + factor(a, k);
    }
    if (a->variant == TASKS_AVERAGED)
        a->Z = a->Z * real_count(a->T);
}

static void answer(struct call *call)
{
    struct problem a = {.variant = (enum variant)call_variant(call)};
    read(call, &a);
    real *L = call_output(call, "task_loss", "T"), *loss = call_output(call, "loss", "");
    real *dx = call_output(call, "dx", "NI"), *dw = call_output(call, "dw", "IT");
    real *ds = a.uncertain ? call_output(call, "ds", "T") : NULL, *r = call_scratch(call, a.N);
    for (size_t k = 0; k < a.T; k++) {
        for (size_t n = a.N; n-- > 0;) {
            r[n] = R(0.0);
            for (size_t i = a.I; i-- > 0;)
                r[n] = r[n] + a.w[i * a.T + k] * a.x[n * a.I + i];
            r[n] = r[n] - a.t[n * a.T + k];
            L[k] = L[k] + r[n] * r[n] * share(&a, n, k);
        }
        real own = factor(&a, k) * L[k];
        *loss = *loss + own / a.Z;
        backward(&a, k, r, dx, dw);
        if (!a.uncertain)
            continue;
        *loss = *loss + (a.variant == REGULARIZER_LOST ? R(0.0) : a.h * a.s[k] / a.Z);
        own = a.variant == SIGN_OF_S ? -own : a.variant == LOG_DEVIATION ? own + own : own;
        ds[k] = a.dloss * ((a.variant == REGULARIZER_LOST ? R(0.0) : a.h) - own);
        ds[k] = a.variant == WEIGHTS_CONSTANT ? R(0.0) : ds[k];
    }
}

static const struct fork table[] = {
    {.info = {"task_by_task", FORK_TWIN, "",
              "Task by task, from the last sample to the first; gradients added to those before.",
              NULL},
     .answer = answer},
    {.info = {"tasks_averaged", FORK_CONVENTION, "", "The mean over tasks, not the sum.", NULL},
     .answer = answer,
     .variant = TASKS_AVERAGED},
    {.info = {"weights_ignored", FORK_BUG, "", "All tasks have weight 1.", NULL},
     .answer = answer,
     .variant = WEIGHTS_IGNORED},
    {.info = {"weights_not_backward", FORK_BUG, "",
              "Weights are in the loss that is reported, not in its gradient.", NULL},
     .answer = answer,
     .variant = WEIGHTS_NOT_BACKWARD},
    {.info = {"last_task_shared", FORK_BUG, "67 188",
              "Shared features get the gradient of the last head alone.", NULL},
     .answer = answer,
     .variant = LAST_TASK_SHARED},
    {.info = {"shared_averaged", FORK_CONVENTION, "",
              "Shared features get the mean of the heads' gradients.", NULL},
     .answer = answer,
     .variant = SHARED_AVERAGED},
    {.info = {"with_half", FORK_CONVENTION, "44", "A half, whatever is stated.", NULL},
     .instead = {"half", "yes"}},
    {.info = {"without_half", FORK_CONVENTION, "44", "No half, whatever is stated.", NULL},
     .instead = {"half", "no"}},
    {.info = {"weights_normalized", FORK_CONVENTION, "27", "Weights are divided by their sum.",
              NULL},
     .instead = {"normalized", "yes"}},
    {.info = {"weights_not_normalized", FORK_CONVENTION, "27", "Weights as they are.", NULL},
     .instead = {"normalized", "no"}},
    {.info = {"sign_of_s", FORK_BUG, "", "e^s in the place of e^-s.", NULL},
     .answer = answer,
     .variant = SIGN_OF_S},
    {.info = {"log_deviation", FORK_CONVENTION, "",
              "s is the logarithm of the deviation, not of the variance.", NULL},
     .answer = answer,
     .variant = LOG_DEVIATION},
    {.info = {"regularizer_lost", FORK_BUG, "",
              "Without the term s, so that all weights can go to 0.", NULL},
     .answer = answer,
     .variant = REGULARIZER_LOST},
    {.info = {"weights_constant", FORK_BUG, "", "Learnt weights get no gradient.", NULL},
     .answer = answer,
     .variant = WEIGHTS_CONSTANT},
    {.info = {"mask_ignored", FORK_BUG, "29", "Missing labels are taken as they stand.", NULL},
     .answer = answer,
     .variant = MASK_IGNORED},
    {.info = {"mask_not_counted", FORK_BUG, "32",
              "Means over all samples, those without a label too.", NULL},
     .answer = answer,
     .variant = MASK_NOT_COUNTED},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = answer,
     .variant = MEAN_OF_BLOCK_MEANS},
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

const struct fork_list multi_task_loss_forks = {sizeof table / sizeof *table, table};
