// SPDX-License-Identifier: MIT
/* Cross-entropy of class labels, from logits; definition in reference/losses/cross_entropy.h.
 *
 * How it is distributed: the samples are sharded, and a sample's classes are never split; within a
 * sample, additions go through the classes in order. Two numbers cross the network: the sum of the
 * samples' losses and, before the gradients, the normaliser W: each a chain over the samples of a
 * canonical block, then the fixed tree over the blocks.
 */
#include "../operations.h"
#include "../techniques.h"

#include <string.h>

/* Scratch of `rows` samples: the losses, log s, and p, u and c t of every class. */
size_t cross_entropy_scratch(size_t rows, size_t C)
{
    return 2 * rows + 3 * rows * C;
}

struct parts {
    scalar *loss, *log_s, *p, *u, *weight;
};

static struct parts parts_of(const struct node *node, size_t rows)
{
    size_t all = rows * node->input[0]->columns;
    scalar *scratch = node->scratch;
    scalar *p = scratch + 2 * rows;
    return (struct parts){scratch, scratch + rows, p, p + all, p + 2 * all};
}

void cross_entropy_smooth(struct cross_entropy_settings *settings, scalar e, size_t C,
                          bool spare_the_label)
{
    if (spare_the_label) {
        settings->at_label = 1 - e;
        settings->elsewhere = C > 1 ? e / (scalar)(C - 1) : 0;
    } else {
        settings->at_label = (1 - e) + e / (scalar)C;
        settings->elsewhere = e / (scalar)C;
    }
}

/* c[k] t[k] of one sample; zeros if it is ignored. */
static void weigh_targets(const struct cross_entropy_settings *settings, int label, size_t C,
                          scalar *weight)
{
    const scalar *c = settings->class_weight;
    for (size_t k = 0; k < C; k++)
        weight[k] = label < 0 ? 0 : settings->elsewhere;
    if (label >= 0)
        weight[label] = settings->at_label;
    for (size_t k = 0; c != NULL && k < C; k++)
        weight[k] = c[k] * weight[k];
}

/* u = z - m, all of it before the exponentials are taken together. */
static void subtract_largest(const scalar *z, scalar *u, size_t rows, size_t C)
{
    for (size_t n = 0; n < rows; n++) {
        const scalar *z_n = z + n * C;
        scalar m = z_n[0];
        for (size_t k = 1; k < C; k++)
            m = z_n[k] > m ? z_n[k] : m;
        for (size_t k = 0; k < C; k++)
            u[n * C + k] = z_n[k] - m;
    }
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct cross_entropy_settings *settings = node->settings;
    size_t C = node->input[0]->columns;
    struct parts at = parts_of(node, rows);
    subtract_largest(node->input[0]->value, at.u, rows, C);
    team->kernels->exponential(rows * C, at.p, at.u);
    for (size_t n = 0; n < rows; n++) {
        scalar *p = at.p + n * C, s = 0;
        for (size_t k = 0; k < C; k++)
            s += p[k];
        for (size_t k = 0; k < C; k++)
            p[k] /= s;
        at.log_s[n] = s;
    }
    team->kernels->logarithm(rows, at.log_s, at.log_s);
    for (size_t n = 0; n < rows; n++) {
        weigh_targets(settings, settings->labels[n], C, at.weight + n * C);
        for (size_t k = 0; k < C; k++)
            at.u[n * C + k] = at.log_s[n] - at.u[n * C + k];
    }
    team_row_products(team, rows, C, at.weight, at.u, at.loss);
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct cross_entropy_settings *settings = node->settings;
    size_t C = node->input[0]->columns;
    struct parts at = parts_of(node, rows);
    const scalar W = settings->W;
    for (size_t n = 0; n < rows; n++) {
        const scalar *p = at.p + n * C, *weight = at.weight + n * C;
        const scalar dloss = settings->dloss[settings->dloss_per_sample ? n : 0];
        scalar *dz = node->dx[0] + n * C, q = 0;
        for (size_t k = 0; k < C; k++)
            q += weight[k];
        for (size_t k = 0; k < C; k++)
            dz[k] = (p[k] * q - weight[k]) * dloss / W;
    }
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    (void)team;
    for (size_t n = piece.first; n < piece.first + piece.count; n++)
        leaf[0] += node->scratch[n];
}

const struct operation cross_entropy_operation = {"cross_entropy", forward, backward, sum};

enum reduction_kind { MEAN, SUM, NONE };

/* W of the mean: the weights, or the number, of the samples that are not ignored. */
static scalar normaliser(struct question *q, const int *labels, const scalar *class_weight)
{
    static const char *const normalizers[] = {"weights", "samples", NULL};
    bool counts_samples = question_choice(q, "normalizer", normalizers) == 1;
    struct reduction *reduction = question_sum(q, 'N', 1);
    scalar W = 0;
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            if (labels[n] >= 0)
                leaf[0] += counts_samples || class_weight == NULL ? 1 : class_weight[labels[n]];
        reduction_push(reduction);
    }
    reduction_finish(reduction, &W);
    if (!(W > 0)) /* the same on every rank */
        question_refuse(q, "no sample of its 'labels' counts, so its mean is 0 / 0; label one%s",
                        class_weight != NULL ? " of a 'class_weight' above 0" : "");
    return W;
}

static const scalar *read_class_weight(struct question *q)
{
    const scalar *weight = question_input(q, "class_weight", "C");
    for (size_t k = 0; k < question_size(q, 'C'); k++)
        if (!(weight[k] >= 0))
            question_refuse(q, "element %zu of 'class_weight' is %g; give at least 0", k,
                            (double)weight[k]);
    return weight;
}

static struct cross_entropy_settings read_settings(struct question *q, bool per_sample)
{
    static const char *const smoothings[] = {"all_classes", "other_classes", NULL};
    struct cross_entropy_settings settings = {.W = 1, .dloss_per_sample = per_sample};
    size_t C = question_size(q, 'C');
    if (C == 0 || C > 1 << 24)
        question_refuse(q, "it has %zu classes; give 1 to %d", C, 1 << 24);
    settings.labels = question_integers(q, "labels", "[N]", -1, (int)C - 1);
    if (question_has(q, "class_weight"))
        settings.class_weight = read_class_weight(q);
    scalar e = question_number_or(q, "label_smoothing", 0);
    bool spare = question_choice(q, "smoothing", smoothings) == 1;
    if (!(e >= 0 && e < 1))
        question_refuse(q, "its 'label_smoothing' is %g; give at least 0 and less than 1",
                        (double)e);
    if (spare && C < 2)
        question_refuse(q, "its 'smoothing' is other_classes, and there is one class; give two");
    cross_entropy_smooth(&settings, e, C, spare);
    static const scalar one = 1;
    settings.dloss = &one;
    if (question_has(q, "dloss"))
        settings.dloss = question_input(q, "dloss", per_sample ? "[N]" : "");
    else if (per_sample)
        question_refuse(q, "it lacks the input 'dloss', which reduction none needs; add it");
    return settings;
}

void cross_entropy_run(struct question *q)
{
    static const char *const reductions[] = {"mean", "sum", "none", NULL};
    const enum reduction_kind reduction =
        (enum reduction_kind)question_choice(q, "reduction", reductions);
    const scalar *z = question_input(q, "z", "[N]C");
    size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    struct cross_entropy_settings settings = read_settings(q, reduction == NONE);
    if (reduction == MEAN)
        settings.W = normaliser(q, settings.labels, settings.class_weight);

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, C, true);
    tape_record(tape, &(struct use){.operation = &cross_entropy_operation,
                                    .settings = &settings,
                                    .input = {in},
                                    .sums = 1,
                                    .scratch = cross_entropy_scratch(rows, C)});
    tape_ready(tape);
    memcpy(in->value, z, rows * C * sizeof *z);
    tape_forward(tape, rows);
    tape_backward(tape, rows);
    if (reduction == NONE) {
        memcpy(question_output(q, "loss", "[N]"), tape->node[0].scratch, rows * sizeof *z);
    } else {
        scalar *loss = question_output(q, "loss", "");
        struct reduction *over_samples = question_sum(q, 'N', 1);
        tape_sum(tape, over_samples);
        reduction_finish(over_samples, loss);
        loss[0] /= settings.W;
    }
    memcpy(question_output(q, "dz", "[N]C"), in->gradient, rows * C * sizeof *z);
}
