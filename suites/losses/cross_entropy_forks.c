// SPDX-License-Identifier: MIT
#include "../../reference/activations/softmax.h"
#include "../../reference/losses/cross_entropy.h"
#include "../fork.h"

/* Everything of one call. The loss is a sum of w u over classes, and its gradient (p q - w) dloss
 * / W with q the sum of w: the forks below change one of these, and finish() does the rest. */
struct problem {
    const real *z, *dloss;
    const int *label;
    struct cross_entropy_rules rules;
    real *u; /* (N,C): -log p */
    real *p; /* (N,C): probabilities */
    real *w; /* (N,C): class weight times target; 0 where the label is ignored */
    real *loss_n, *loss, *dz, W;
    size_t N, C, block;
};

static real class_weight(const struct problem *a, size_t k)
{
    return a->rules.class_weight ? a->rules.class_weight[k] : R(1.0);
}

static real target(const struct problem *a, int label, size_t k)
{
    real e = a->rules.label_smoothing;
    real share = e / real_count(a->rules.spare_the_label ? a->C - 1 : a->C);
    if (label != (int)k)
        return share;
    return a->rules.spare_the_label ? 1 - e : 1 - e + share;
}

static void weigh(struct problem *a)
{
    for (size_t i = 0; i < a->N * a->C; i++) {
        int label = a->label[i / a->C];
        a->w[i] = label < 0 ? R(0.0) : class_weight(a, i % a->C) * target(a, label, i % a->C);
    }
}

/* The normaliser of a mean over samples begin..end-1, as far as there are samples. */
static real normalizer(const struct problem *a, size_t begin, size_t end)
{
    real W = R(0.0);
    for (size_t n = begin; n < end && n < a->N; n++) {
        if (a->label[n] >= 0)
            W = W + (a->rules.count_samples ? R(1.0) : class_weight(a, (size_t)a->label[n]));
    }
    return W;
}

/* Its index. */
static size_t largest(const real *z, size_t C)
{
    size_t top = 0;
    for (size_t k = 1; k < C; k++)
        top = z[k] > z[top] ? k : top;
    return top;
}

/* u and p of every row; log s from log1p, so that confident rows keep their digits. */
static void take_logarithms(struct problem *a)
{
    for (size_t n = 0; n < a->N; n++) {
        const real *z = &a->z[n * a->C];
        size_t top = largest(z, a->C);
        real m = z[top], rest = R(0.0);
        for (size_t k = 0; k < a->C; k++)
            rest = rest + (k == top ? R(0.0) : real_exp(z[k] - m));
        for (size_t k = 0; k < a->C; k++)
            a->u[n * a->C + k] = real_log1p(rest) - (z[k] - m);
    }
    softmax_forward(a->p, a->z, a->N, a->C);
}

static struct problem read(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", "none", NULL};
    static const char *const normalizers[] = {"weights", "samples", NULL};
    static const char *const smoothings[] = {"all_classes", "other_classes", NULL};
    struct problem a = {.z = call_input(call, "z", "NC"), .block = call_block(call)};
    a.N = call_size(call, 'N');
    a.C = call_size(call, 'C');
    a.label = call_integers(call, "labels", "N", -1, (int)a.C - 1);
    a.rules.reduction = (enum cross_entropy_reduction)call_choice(call, "reduction", reductions);
    a.rules.count_samples = call_choice(call, "normalizer", normalizers);
    a.rules.spare_the_label = call_choice(call, "smoothing", smoothings);
    a.rules.label_smoothing = call_number_or(call, "label_smoothing", R(0.0));
    if (call_has(call, "class_weight"))
        a.rules.class_weight = call_input(call, "class_weight", "C");
    const char *shape = a.rules.reduction == REDUCTION_NONE ? "N" : "";
    a.dloss = call_has(call, "dloss") ? call_input(call, "dloss", shape) : NULL;
    a.loss = call_output(call, "loss", shape);
    a.dz = call_output(call, "dz", "NC");
    a.u = call_scratch(call, a.N * a.C);
    a.p = call_scratch(call, a.N * a.C);
    a.w = call_scratch(call, a.N * a.C);
    a.loss_n = call_scratch(call, a.N);
    weigh(&a);
    take_logarithms(&a);
    a.W = a.rules.reduction == REDUCTION_MEAN ? normalizer(&a, 0, a.N) : R(1.0);
    return a;
}

static real upstream(const struct problem *a, size_t n)
{
    return a->dloss ? a->dloss[a->rules.reduction == REDUCTION_NONE ? n : 0] : R(1.0);
}

static void finish(const struct problem *a)
{
    for (size_t n = 0; n < a->N; n++) {
        const real *u = &a->u[n * a->C], *w = &a->w[n * a->C], *p = &a->p[n * a->C];
        real q = sum_features(a->C, w, 1);
        a->loss_n[n] = R(0.0);
        for (size_t k = 0; k < a->C; k++) {
            if (w[k] > 0) /* else 0 times infinity could be met */
                a->loss_n[n] += w[k] * u[k];
            a->dz[n * a->C + k] = (p[k] * q - w[k]) * upstream(a, n) / a->W;
        }
        if (a->rules.reduction == REDUCTION_NONE)
            a->loss[n] = a->loss_n[n];
    }
    if (a->rules.reduction != REDUCTION_NONE)
        *a->loss = sum_samples(a->N, a->block, a->loss_n, 1) / a->W;
}

/* dz_k = sum_j (p_k w_j - p_j w_k) dloss / W, since the p_j add to 1. */
static void pairs_of_classes(struct call *call)
{
    struct problem a = read(call);
    finish(&a);
    for (size_t i = 0; i < a.N * a.C; i++) {
        size_t n = i / a.C;
        real sum = R(0.0);
        for (size_t j = n * a.C; j < (n + 1) * a.C; j++)
            sum = sum + (a.p[i] * a.w[j] - a.p[j] * a.w[i]);
        a.dz[i] = sum * upstream(&a, n) / a.W;
    }
}

static void logarithm_of_softmax(struct call *call)
{
    struct problem a = read(call);
    for (size_t i = 0; i < a.N * a.C; i++)
        a.u[i] = -real_log(a.p[i]);
    finish(&a);
}

static void clipped_probability(struct call *call)
{
    struct problem a = read(call);
    for (size_t i = 0; i < a.N * a.C; i++) {
        real p = a.p[i] < R(1e-7) ? R(1e-7) : a.p[i];
        a.u[i] = -real_log(p > 1 - R(1e-7) ? 1 - R(1e-7) : p);
    }
    finish(&a);
}

/* u = (m + log s) - z with the sum s of e^(z - m), where m is the maximum of the row or 0. */
static void from_sum(struct call *call, int maximum)
{
    struct problem a = read(call);
    for (size_t i = 0; i < a.N * a.C; i++) {
        const real *z = &a.z[i / a.C * a.C];
        real m = maximum ? z[largest(z, a.C)] : R(0.0), s = R(0.0);
        for (size_t j = 0; j < a.C; j++)
            s = s + real_exp(z[j] - m);
        a.u[i] = (m + real_log(s)) - a.z[i];
        a.p[i] = real_exp(a.z[i] - m) / s;
    }
    finish(&a);
}

static void maximum_not_subtracted(struct call *call)
{
    from_sum(call, 0);
}

static void maximum_added_back(struct call *call)
{
    from_sum(call, 1);
}

static void softmax_applied_twice(struct call *call)
{
    struct problem a = read(call), second = a;
    second.z = a.p;
    second.p = call_scratch(call, a.N * a.C);
    take_logarithms(&second);
    finish(&second);
    softmax_backward(a.dz, a.dz, a.p, a.N, a.C); /* reads a row before it writes it */
}

static void summed(struct call *call)
{
    struct problem a = read(call);
    a.W = R(1.0);
    finish(&a);
}

static void averaged(struct call *call)
{
    struct problem a = read(call);
    a.W = normalizer(&a, 0, a.N);
    finish(&a);
}

static void smoothing_not_weighted(struct call *call)
{
    struct problem a = read(call);
    real kept = 1 - a.rules.label_smoothing;
    for (size_t i = 0; i < a.N * a.C; i++) {
        int label = a.label[i / a.C], k = (int)(i % a.C);
        if (label >= 0)
            a.w[i] = target(&a, label, i % a.C) - (label == k ? kept : R(0.0));
        if (label == k)
            a.w[i] = a.w[i] + class_weight(&a, i % a.C) * kept;
    }
    finish(&a);
}

static void weight_of_label(struct call *call)
{
    struct problem a = read(call);
    for (size_t i = 0; i < a.N * a.C; i++) {
        int label = a.label[i / a.C];
        if (label >= 0)
            a.w[i] = class_weight(&a, (size_t)label) * target(&a, label, i % a.C);
    }
    finish(&a);
}

static void smoothing_of_ignored(struct call *call)
{
    struct problem a = read(call);
    for (size_t i = 0; i < a.N * a.C; i++) {
        if (a.label[i / a.C] < 0)
            a.w[i] = class_weight(&a, i % a.C) * target(&a, -1, i % a.C);
    }
    finish(&a);
}

static void ignored_counted(struct call *call)
{
    struct problem a = read(call);
    for (size_t n = 0; n < a.N && a.rules.reduction == REDUCTION_MEAN; n++)
        a.W = a.W + (a.label[n] < 0 ? R(1.0) : R(0.0));
    finish(&a);
}

/* The call with labels that count from 1 (one_based), or with -1 as an index from the end. */
static struct problem relabelled(struct call *call, int one_based)
{
    struct problem a = read(call);
    int *label = call_scratch_integers(call, a.N);
    for (size_t n = 0; n < a.N; n++) {
        int last = a.label[n] < 0 ? (int)a.C - 1 : a.label[n];
        label[n] = one_based ? a.label[n] - (a.label[n] > 0) : last;
    }
    a.label = label;
    weigh(&a);
    a.W = a.rules.reduction == REDUCTION_MEAN ? normalizer(&a, 0, a.N) : R(1.0);
    return a;
}

static void ignored_is_last_class(struct call *call)
{
    struct problem a = relabelled(call, 0);
    finish(&a);
}

static void epsilon_in_normalizer(struct call *call)
{
    struct problem a = read(call);
    if (a.rules.reduction == REDUCTION_MEAN)
        a.W = a.W + R(1e-7);
    finish(&a);
}

static void label_off_by_one(struct call *call)
{
    struct problem a = relabelled(call, 1);
    finish(&a);
}

/* The mean over blocks of each block's own mean; blocks without a valid sample are left out. */
static void mean_of_block_means(struct call *call)
{
    struct problem a = read(call);
    finish(&a);
    if (a.rules.reduction != REDUCTION_MEAN)
        return;
    size_t blocks = 0;
    for (size_t begin = 0; begin < a.N; begin += a.block)
        blocks += normalizer(&a, begin, begin + a.block) > 0;
    *a.loss = R(0.0);
    for (size_t begin = 0; begin < a.N; begin += a.block) {
        real W = normalizer(&a, begin, begin + a.block) * real_count(blocks);
        for (size_t n = begin; W > 0 && n < begin + a.block && n < a.N; n++) {
            *a.loss += a.loss_n[n] / W;
            for (size_t k = 0; k < a.C; k++)
                a.dz[n * a.C + k] = a.dz[n * a.C + k] * a.W / W;
        }
    }
}

static void scale_gradient(const struct problem *a, real factor)
{
    finish(a);
    for (size_t i = 0; i < a->N * a->C; i++)
        a->dz[i] = factor * a->dz[i];
}

static void gradient_not_averaged(struct call *call)
{
    struct problem a = read(call);
    scale_gradient(&a, a.W);
}

static void gradient_sign(struct call *call)
{
    struct problem a = read(call);
    scale_gradient(&a, R(-1.0));
}

static void upstream_ignored(struct call *call)
{
    struct problem a = read(call);
    a.dloss = NULL;
    finish(&a);
}

static const struct fork table[] = {
    {.info = {"pairs_of_classes", FORK_TWIN, "",
              "log1p of the other classes, and a gradient from differences of pairs.", NULL},
     .answer = pairs_of_classes},
    {.info = {"logarithm_of_softmax", FORK_NUMERICAL, "16",
              "The logarithm of a probability that may have underflowed to 0.", NULL},
     .answer = logarithm_of_softmax},
    {.info = {"clipped_probability", FORK_CONVENTION, "34",
              "Probabilities are clipped to 1e-7 and 1 - 1e-7 before the logarithm.", NULL},
     .answer = clipped_probability},
    {.info = {"maximum_not_subtracted", FORK_NUMERICAL, "15",
              "e^z is formed without subtracting the maximum, so it overflows.", NULL},
     .answer = maximum_not_subtracted},
    {.info = {"maximum_added_back", FORK_NUMERICAL, "60",
              "(maximum + log sum) - z loses the gap when the logits are large.", NULL},
     .answer = maximum_added_back},
    {.info = {"softmax_applied_twice", FORK_BUG, "26",
              "The model ends in a softmax and the loss applies another.", NULL},
     .answer = softmax_applied_twice},
    {.info = {"summed", FORK_CONVENTION, "", "The sum where the mean is asked for.", NULL},
     .answer = summed},
    {.info = {"averaged", FORK_CONVENTION, "",
              "Divided by the normaliser where the sum, or each sample, is asked for.", NULL},
     .answer = averaged},
    {.info = {"normalizer_samples", FORK_CONVENTION, "27",
              "The weighted mean is divided by the number of samples.", NULL},
     .instead = {"normalizer", "samples"}},
    {.info = {"normalizer_weights", FORK_CONVENTION, "27",
              "The weighted mean is divided by the sum of weights.", NULL},
     .instead = {"normalizer", "weights"}},
    {.info = {"smoothing_other_classes", FORK_CONVENTION, "30",
              "The smoothing mass goes to the other classes only.", NULL},
     .instead = {"smoothing", "other_classes"}},
    {.info = {"smoothing_all_classes", FORK_CONVENTION, "30",
              "The smoothing mass goes to all classes, the label's own included.", NULL},
     .instead = {"smoothing", "all_classes"}},
    {.info = {"smoothing_not_weighted", FORK_CONVENTION, "28",
              "The smoothing mass is not multiplied by the class weights.", NULL},
     .answer = smoothing_not_weighted},
    {.info = {"weight_of_label", FORK_CONVENTION, "28",
              "All of a sample's smoothed targets have the weight of its label.", NULL},
     .answer = weight_of_label},
    {.info = {"smoothing_of_ignored", FORK_BUG, "29",
              "Ignored samples still add the smoothing term.", NULL},
     .answer = smoothing_of_ignored},
    {.info = {"ignored_counted", FORK_BUG, "29", "Ignored samples count in the mean.", NULL},
     .answer = ignored_counted},
    {.info = {"ignored_is_last_class", FORK_BUG, "", "The label -1 means the last class.", NULL},
     .answer = ignored_is_last_class},
    {.info = {"epsilon_in_normalizer", FORK_BUG, "32", "1e-7 is added to the normaliser.", NULL},
     .answer = epsilon_in_normalizer},
    {.info = {"label_off_by_one", FORK_BUG, "", "Labels are taken to count from 1.", NULL},
     .answer = label_off_by_one},
    {.info = {"mean_of_block_means", FORK_BUG, "33 57",
              "Each block is averaged by itself, and then the averages.", NULL},
     .answer = mean_of_block_means},
    {.info = {"gradient_not_averaged", FORK_BUG, "",
              "The loss is a mean, but its gradient is that of the sum.", NULL},
     .answer = gradient_not_averaged},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient is t - p instead of p - t.", NULL},
     .answer = gradient_sign},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = upstream_ignored},
};

const struct fork_list cross_entropy_forks = {sizeof table / sizeof *table, table};
