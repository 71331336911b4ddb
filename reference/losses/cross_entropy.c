// SPDX-License-Identifier: MIT
#include "cross_entropy.h"

static real class_weight(const struct cross_entropy_rules *rules, size_t k)
{
    return rules->class_weight ? rules->class_weight[k] : R(1.0);
}

/* t[n,k] for a sample whose label is `label`. */
static real target(const struct cross_entropy_rules *rules, int label, size_t k, size_t C)
{
    real e = rules->label_smoothing;
    if (rules->spare_the_label)
        return k == (size_t)label ? 1 - e : e / real_count(C - 1);
    return k == (size_t)label ? (1 - e) + e / real_count(C) : e / real_count(C);
}

/* One sample: p (C), and the loss, from logits z (C). */
static real sample_loss(real *p, const real *z, int label, const struct cross_entropy_rules *rules,
                        size_t C)
{
    real m = z[0];
    for (size_t k = 1; k < C; k++)
        m = z[k] > m ? z[k] : m;
    for (size_t k = 0; k < C; k++)
        p[k] = real_exp(z[k] - m);
    real s = sum_features(C, p, 1);
    real log_s = real_log(s);
    real loss = R(0.0);
    for (size_t k = 0; k < C; k++) {
        p[k] = p[k] / s;
        if (label >= 0)
            loss = real_fma(class_weight(rules, k) * target(rules, label, k, C), log_s - (z[k] - m),
                            loss);
    }
    return loss;
}

static real normalizer(const int *labels, const struct cross_entropy_rules *rules, real *weight_n,
                       size_t N, size_t block)
{
    if (rules->reduction != REDUCTION_MEAN)
        return R(1.0);
    for (size_t n = 0; n < N; n++) {
        weight_n[n] = R(0.0);
        if (labels[n] >= 0)
            weight_n[n] = rules->count_samples ? R(1.0) : class_weight(rules, (size_t)labels[n]);
    }
    return sum_samples(N, block, weight_n, 1);
}

real cross_entropy_forward(real *loss_n, real *p, const real *z, const int *labels,
                           const struct cross_entropy_rules *rules, size_t N, size_t C,
                           size_t block)
{
    real W = normalizer(labels, rules, loss_n, N, block); /* loss_n is free until the next line */
    for (size_t n = 0; n < N; n++)
        loss_n[n] = sample_loss(&p[n * C], &z[n * C], labels[n], rules, C);
    return W;
}

void cross_entropy_backward(real *dz, const real *dloss, const real *p, const int *labels, real W,
                            const struct cross_entropy_rules *rules, size_t N, size_t C)
{
    for (size_t n = 0; n < N; n++) {
        real upstream = dloss[rules->reduction == REDUCTION_NONE ? n : 0];
        real q = R(0.0);
        for (size_t k = 0; labels[n] >= 0 && k < C; k++)
            q = q + class_weight(rules, k) * target(rules, labels[n], k, C);
        for (size_t k = 0; k < C; k++) {
            real t = labels[n] >= 0 ? class_weight(rules, k) * target(rules, labels[n], k, C) : 0;
            dz[n * C + k] = (p[n * C + k] * q - t) * upstream / W;
        }
    }
}

static const real *read_class_weight(struct call *call)
{
    const real *weight = call_input(call, "class_weight", "C");
    for (size_t k = 0; k < call_size(call, 'C'); k++) {
        if (!(weight[k] >= 0))
            call_fail(call, "element %zu of input 'class_weight' must be at least 0", k);
    }
    return weight;
}

static struct cross_entropy_rules read_rules(struct call *call)
{
    static const char *const reductions[] = {"mean", "sum", "none", NULL};
    static const char *const normalizers[] = {"weights", "samples", NULL};
    static const char *const smoothings[] = {"all_classes", "other_classes", NULL};
    struct cross_entropy_rules rules = {0};
    rules.reduction = (enum cross_entropy_reduction)call_choice(call, "reduction", reductions);
    rules.count_samples = call_choice(call, "normalizer", normalizers);
    rules.spare_the_label = call_choice(call, "smoothing", smoothings);
    rules.label_smoothing = call_number_or(call, "label_smoothing", R(0.0));
    if (!(rules.label_smoothing >= 0 && rules.label_smoothing < 1))
        call_fail(call, "number 'label_smoothing' must be at least 0 and below 1");
    if (rules.spare_the_label && call_size(call, 'C') < 2)
        call_fail(call, "convention 'smoothing' is 'other_classes', but there is only one class");
    if (call_has(call, "class_weight"))
        rules.class_weight = read_class_weight(call);
    return rules;
}

void cross_entropy_answer(struct call *call)
{
    const real *z = call_input(call, "z", "NC");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    const int *labels = call_integers(call, "labels", "N", -1, (int)C - 1);
    struct cross_entropy_rules rules = read_rules(call);
    int none = rules.reduction == REDUCTION_NONE;
    const real one = R(1.0);
    size_t block = call_block(call);
    real *loss = call_output(call, "loss", none ? "N" : "");
    real *dz = call_output(call, "dz", "NC");
    real *loss_n = none ? loss : call_scratch(call, N);
    real *p = call_scratch(call, N * C);
    real W = cross_entropy_forward(loss_n, p, z, labels, &rules, N, C, block);
    if (!(W > 0))
        call_fail(call, "no sample of input 'labels' counts, so the mean is 0 / 0%s",
                  rules.class_weight ? ": 'class_weight' is 0, or all are ignored" : "");
    if (!none)
        *loss = sum_samples(N, block, loss_n, 1) / W;
    const real *dloss = &one;
    if (call_has(call, "dloss"))
        dloss = call_input(call, "dloss", none ? "N" : "");
    else if (none)
        call_fail(call, "input 'dloss' is missing: reduction none needs one for each sample");
    cross_entropy_backward(dz, dloss, p, labels, W, &rules, N, C);
}
