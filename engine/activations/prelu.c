// SPDX-License-Identifier: MIT
/* Parametric rectified linear unit; definition in reference/activations/prelu.h.
 *
 * How it is distributed: the samples are sharded; every rank holds a. y and dx need nothing from
 * other ranks. da crosses the network: for each channel a chain of fused multiply-adds over the
 * positions of each sample, then a chain over the samples of each canonical block, then the fixed
 * tree over the blocks (reduce.h).
 */
#include "activation.h"

#include <string.h>

/* Parameters a (slopes); a row of x is (slopes, run) with run positions a slope, or, when the
 * channels are last, (run, slopes). Scratch: two rows. */
struct prelu_settings {
    size_t slopes, run;
    bool channels_last;
    const scalar *at_zero; /* (slopes) */
};

static size_t slope_of(const struct prelu_settings *settings, size_t i)
{
    return settings->channels_last ? i % settings->slopes : i / settings->run;
}

static void forward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    size_t width = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + n * width;
        scalar *y = node->output->value + n * width;
        for (size_t i = 0; i < width; i++)
            y[i] = x[i] > 0 ? x[i] : node->parameter[slope_of(node->settings, i)] * x[i];
    }
}

static void backward(const struct team *team, const struct node *node, size_t rows)
{
    (void)team;
    const struct prelu_settings *settings = node->settings;
    size_t width = node->output->columns;
    for (size_t n = 0; n < rows; n++) {
        const scalar *x = node->input[0]->value + n * width;
        const scalar *dy = node->output->gradient + n * width;
        scalar *dx = node->dx[0] + n * width;
        for (size_t i = 0; i < width; i++) {
            size_t c = slope_of(settings, i);
            scalar left = x[i] < 0 ? node->parameter[c] : settings->at_zero[c];
            dx[i] = dy[i] * (x[i] > 0 ? 1 : left);
        }
    }
}

/* One sample at a time: its upstream gradients and its negative values, with the positions of each
 * channel behind each other, so that every channel is a row product. */
static void sum(const struct team *team, const struct node *node, struct piece piece, scalar *leaf)
{
    const struct prelu_settings *settings = node->settings;
    size_t width = node->output->columns, slopes = settings->slopes, run = settings->run;
    scalar *upstream = node->scratch, *negative = upstream + width, *dot = negative + width;
    for (size_t n = piece.first; n < piece.first + piece.count; n++) {
        const scalar *x = node->input[0]->value + n * width;
        const scalar *dy = node->output->gradient + n * width;
        for (size_t i = 0; i < width; i++) {
            size_t to = settings->channels_last ? i % slopes * run + i / slopes : i;
            upstream[to] = dy[i];
            negative[to] = x[i] < 0 ? x[i] : 0;
        }
        team_row_products(team, slopes, run, upstream, negative, dot);
        for (size_t c = 0; c < slopes; c++)
            leaf[c] += dot[c];
    }
}

static const struct operation prelu_operation = {"prelu", forward, backward, sum};

struct prelu_case {
    const char *shape, *slopes_shape;
    size_t width;
    struct prelu_settings settings;
};

static struct prelu_case read_case(struct question *q)
{
    static const char *const axes[] = {"first", "last", NULL};
    bool last = question_choice(q, "channel_axis", axes) == 1, shared = question_axes(q, "a") == 0;
    bool positions = question_axes(q, "x") > 2;
    struct prelu_case this = {.shape = "[N]C", .slopes_shape = shared ? "" : "C"};
    if (positions)
        this.shape = last ? "[N]SC" : "[N]CS";
    question_input(q, "x", this.shape);
    size_t C = question_size(q, 'C'), S = positions ? question_size(q, 'S') : 1;
    this.width = C * S;
    this.settings.slopes = shared ? 1 : C;
    this.settings.run = shared ? C * S : S;
    this.settings.channels_last = last && !shared;
    return this;
}

void prelu_run(struct question *q)
{
    struct prelu_case this = read_case(q);
    size_t slopes = this.settings.slopes, rows = question_part(q, 'N');
    const scalar *x = question_input(q, "x", this.shape);
    const scalar *a = question_input(q, "a", this.slopes_shape);
    const scalar *dy = question_has(q, "dy") ? question_input(q, "dy", this.shape) : NULL;
    scalar *at_zero = question_scratch(q, slopes);
    for (size_t c = 0; c < slopes; c++)
        at_zero[c] = activation_at_zero(q, a[c], 1);
    this.settings.at_zero = at_zero;

    struct tape *tape = tape_create(question_arena(q), question_team(q), rows);
    struct tensor *in = tape_tensor(tape, this.width, true);
    struct tensor *out = tape_record(tape, &(struct use){.operation = &prelu_operation,
                                                         .settings = &this.settings,
                                                         .input = {in},
                                                         .columns = this.width,
                                                         .parameters = slopes,
                                                         .sums = slopes,
                                                         .scratch = 2 * this.width + slopes});
    tape_ready(tape);
    memcpy(in->value, x, rows * this.width * sizeof *x);
    memcpy(tape->parameter, a, slopes * sizeof *a);
    tape_forward(tape, rows);
    memcpy(question_output(q, "y", this.shape), out->value, rows * this.width * sizeof *x);
    if (dy == NULL)
        return;
    memcpy(out->gradient, dy, rows * this.width * sizeof *dy);
    out->has_gradient = true;
    tape_backward(tape, rows);
    memcpy(question_output(q, "dx", this.shape), in->gradient, rows * this.width * sizeof *x);
    struct reduction *over_samples = question_sum(q, 'N', slopes);
    tape_sum(tape, over_samples);
    reduction_finish(over_samples, question_output(q, "da", this.slopes_shape));
}
