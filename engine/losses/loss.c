// SPDX-License-Identifier: MIT
#include "loss.h"

#include <string.h>

struct loss_settings {
    const struct loss_form *form;
    const void *own;
    const scalar *weight; /* of this rank's samples, or NULL */
    const scalar *dloss;  /* one; or one for each loss */
    bool each;            /* reduction none */
    scalar W;
};

/* Losses in one row of the result. */
static size_t losses_in_row(const struct loss_form *form, size_t columns)
{
    return form->per_sample ? 1 : columns;
}

/* Scratch: values, weighted sums of the samples, slopes, and the technique's own. */
static struct loss_view view_of(const struct team *team, const struct node *node, size_t rows)
{
    const struct loss_settings *settings = node->settings;
    size_t columns = node->input[0]->columns, all = rows * columns;
    struct loss_view view = {
        .team = team, .settings = settings->own, .rows = rows, .columns = columns};
    scalar *next = node->scratch + rows;
    view.value = next;
    next += rows * losses_in_row(settings->form, columns);
    for (size_t i = 0; i < TAPE_INPUTS && node->input[i] != NULL; i++) {
        view.input[i] = node->input[i]->value;
        view.slope[i] = next;
        next += all;
    }
    view.spare = next;
    return view;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    const struct loss_settings *settings = node->settings;
    struct loss_view view = view_of(team, node, rows);
    settings->form->evaluate(&view);
    size_t each = losses_in_row(settings->form, view.columns);
    for (size_t n = 0; n < rows; n++) {
        scalar *value = view.value + n * each, sum = 0;
        const scalar w = settings->weight != NULL ? settings->weight[n] : 1;
        for (size_t k = 0; k < each; k++) {
            sum += value[k];
            value[k] *= w;
        }
        node->scratch[n] = sum * w;
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    const struct loss_settings *settings = node->settings;
    struct loss_view view = view_of(team, node, rows);
    const size_t K = view.columns;
    for (size_t i = 0; i < TAPE_INPUTS && view.input[i] != NULL; i++) {
        for (size_t n = 0; n < rows && node->dx[i] != NULL; n++) {
            const scalar *slope = view.slope[i] + n * K, *dloss = settings->dloss;
            const scalar w = settings->weight != NULL ? settings->weight[n] : 1;
            const bool one = !settings->each || settings->form->per_sample;
            dloss += settings->each ? n * (one ? 1 : K) : 0;
            for (size_t k = 0; k < K; k++)
                node->dx[i][n * K + k] = slope[k] * w * dloss[one ? 0 : k] / settings->W;
        }
    }
}

static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    (void)team;
    for (size_t n = piece.first; n < piece.first + piece.count; n++)
        leaf[0] += node->scratch[n];
}

static const struct operation loss_operation = {"loss", forward, backward, sum};

/* ---- the case ----------------------------------------------------------------------------------
 */

enum reduction_kind { MEAN, SUM, MEAN_OF_SUMS, NONE };

static enum reduction_kind read_reduction(struct question *q, bool per_sample)
{
    static const char *const of_elements[] = {"mean", "sum", "mean_of_sums", "none", NULL};
    static const char *const of_samples[] = {"mean", "sum", "none", NULL};
    if (!per_sample)
        return (enum reduction_kind)question_choice(q, "reduction", of_elements);
    int chosen = question_choice(q, "reduction", of_samples);
    return chosen == 2 ? NONE : (enum reduction_kind)chosen;
}

void loss_sum_rows(struct question *q, char letter, size_t length, const scalar *row, scalar *total)
{
    struct reduction *reduction = question_sum(q, letter, length);
    for (size_t i = 0; i < reduction_pieces(reduction); i++) {
        struct piece piece = reduction_piece(reduction, i);
        scalar *leaf = reduction_leaf(reduction);
        for (size_t n = piece.first; n < piece.first + piece.count; n++)
            for (size_t k = 0; k < length; k++)
                leaf[k] += row[n * length + k];
        reduction_push(reduction);
    }
    reduction_finish(reduction, total);
}

static scalar normaliser(struct question *q, const struct loss_settings *settings,
                         enum reduction_kind reduction, size_t columns)
{
    static const char *const normalizers[] = {"count", "weights", NULL};
    bool weighted = question_choice(q, "normalizer", normalizers) == 1;
    if (reduction == SUM || reduction == NONE)
        return 1;
    scalar W = (scalar)question_size(q, 'N');
    if (weighted && settings->weight != NULL)
        loss_sum_rows(q, 'N', 1, settings->weight, &W);
    if (reduction == MEAN && !settings->form->per_sample)
        W *= (scalar)columns;
    if (!(W > 0) && weighted && settings->weight != NULL) /* the same on every rank */
        question_refuse(q, "its 'sample_weight' add to 0; give one above 0");
    if (!(W > 0))
        question_refuse(q, "it has no samples, so its mean is 0 / 0; give one");
    return W;
}

/* Of all samples, so that all ranks find the same. */
static void check_weights(struct question *q)
{
    const scalar *weight = question_input(q, "sample_weight", "N");
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (!(weight[n] >= 0))
            question_refuse(q, "element %zu of 'sample_weight' is %g; give at least 0", n,
                            (double)weight[n]);
}

static struct loss_settings read_settings(struct question *q, const struct loss_form *form,
                                          enum reduction_kind reduction, size_t columns)
{
    static const scalar one = 1;
    struct loss_settings settings = {.form = form, .each = reduction == NONE, .dloss = &one};
    if (question_has(q, "sample_weight")) {
        check_weights(q);
        settings.weight = question_input(q, "sample_weight", "[N]");
    }
    settings.W = normaliser(q, &settings, reduction, columns);
    if (question_has(q, "dloss"))
        settings.dloss = question_input(q, "dloss",
                                        !settings.each     ? ""
                                        : form->per_sample ? "[N]"
                                                           : form->shape);
    else if (settings.each)
        question_refuse(q, "it lacks the input 'dloss', which reduction none needs; add it");
    return settings;
}

void loss_run(struct question *q, const struct loss_form *form, const void *own)
{
    const scalar *input[TAPE_INPUTS] = {NULL};
    size_t inputs = 0;
    for (; inputs < TAPE_INPUTS && form->input[inputs] != NULL; inputs++)
        input[inputs] = question_input(q, form->input[inputs], form->shape);
    size_t rows = question_part(q, 'N'), columns = question_size(q, form->shape[3]);
    size_t all = rows * columns, each = rows * losses_in_row(form, columns);
    if (columns == 0)
        question_refuse(q, "its '%s' has no elements; give at least one", form->input[0]);
    enum reduction_kind reduction = read_reduction(q, form->per_sample);
    struct loss_settings settings = read_settings(q, form, reduction, columns);
    settings.own = own;

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct use use = {.operation = &loss_operation,
                      .settings = &settings,
                      .sums = 1,
                      .scratch = rows + each + (inputs + form->spare) * all};
    for (size_t i = 0; i < inputs; i++)
        use.input[i] = tape_tensor(tape, columns, true);
    tape_record(tape, &use);
    tape_ready(tape);
    for (size_t i = 0; i < inputs; i++)
        memcpy(use.input[i]->value, input[i], all * sizeof **input);
    tape_forward(tape, rows);
    tape_backward(tape, rows);
    if (settings.each) {
        scalar *loss = question_output(q, "loss", form->per_sample ? "[N]" : form->shape);
        memcpy(loss, tape->node[0].scratch + rows, each * sizeof *loss);
    } else {
        scalar *loss = question_output(q, "loss", "");
        struct reduction *over_samples = question_sum(q, 'N', 1);
        tape_sum(tape, over_samples);
        reduction_finish(over_samples, loss);
        loss[0] /= settings.W;
    }
    for (size_t i = 0; i < inputs; i++)
        memcpy(question_output(q, form->gradient[i], form->shape), use.input[i]->gradient,
               all * sizeof **input);
}
