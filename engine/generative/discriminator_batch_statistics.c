// SPDX-License-Identifier: MIT
/* Batch normalisation within a discriminator; definition in
 * reference/generative/discriminator_batch_statistics.h.
 *
 * How it is distributed: every batch is sharded by its own blocks; the statistics are those of all
 * ranks' samples. For each batch these sums cross the network, one after the other: h; the squares
 * about the mean; the gradients of w2 and b2 with the loss, dy x_hat and dy; the gradient of w1.
 * Chains over the samples of a canonical block, then the fixed tree; sums of a joint group are
 * the real batch's plus the generated one's. Parameters and running statistics are on every rank.
 */
#include "game.h"

#include <string.h>

/* One batch on its way; (rows,H) of this rank but for x, logit and dlogit. */
struct batch {
    char letter;
    size_t rows, all;
    const scalar *x;
    scalar *x_hat, *y, *a, *dy, *dx, *logit, *dlogit, *value;
    scalar *sums; /* over all ranks: dw2 (H), dgamma (H), dbeta (H), db2, loss */
};

struct statistics {
    scalar count, *mean, *squares, *s;
};

struct discriminator {
    struct question *q;
    const struct team *team;
    size_t I, H;
    const scalar *w1, *gamma, *beta, *w2, *b2;
    scalar epsilon, momentum, slope;
    bool joint, biased;
    int updated_by;
    scalar *running_mean, *running_variance;
};

static struct batch batch_read(const struct discriminator *d, const char *name, const char *shape)
{
    struct question *q = d->q;
    struct batch b = {.letter = shape[1], .x = question_input(q, name, shape)};
    const size_t H = d->H;
    b.rows = question_part(q, b.letter);
    b.all = question_size(q, b.letter);
    if (b.all < 2)
        question_refuse(q, "its '%s' has %zu samples; give two or more", name, b.all);
    b.x_hat = question_scratch(q, b.rows * H);
    b.y = question_scratch(q, b.rows * H);
    b.a = question_scratch(q, b.rows * H);
    b.dy = question_scratch(q, b.rows * H);
    b.dx = question_scratch(q, b.rows * d->I);
    b.logit = question_scratch(q, b.rows);
    b.dlogit = question_scratch(q, b.rows);
    b.value = question_scratch(q, b.rows);
    b.sums = question_scratch(q, 3 * H + 2);
    team_product(d->team, false, false, b.rows, H, d->I, b.x, d->I, d->w1, H, b.x_hat, H);
    return b;
}

/* total (H): the sum over all samples of x, or of x x. */
static void sum_up(const struct discriminator *d, const struct batch *b, bool squares,
                   scalar *total)
{
    const size_t H = d->H;
    struct reduction *sum = question_sum(d->q, b->letter, H);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *row = b->x_hat + n * H;
            if (squares)
                d->team->kernels->multiply_add(H, leaf, row, row);
            for (size_t h = 0; !squares && h < H; h++)
                leaf[h] += row[h];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

/* Statistics of `batches` batches, whose x_hat becomes h - mean. */
static struct statistics gather_statistics(const struct discriminator *d, struct batch *batch,
                                           size_t batches)
{
    const size_t H = d->H;
    scalar *part = question_scratch(d->q, H);
    struct statistics g = {0, question_scratch(d->q, H), question_scratch(d->q, H),
                           question_scratch(d->q, H)};
    size_t count = 0;
    for (size_t k = 0; k < batches; k++) {
        count += batch[k].all;
        sum_up(d, &batch[k], false, part);
        for (size_t h = 0; h < H; h++)
            g.mean[h] += part[h];
    }
    g.count = (scalar)count;
    for (size_t h = 0; h < H; h++)
        g.mean[h] /= g.count;
    for (size_t k = 0; k < batches; k++) {
        for (size_t i = 0; i < batch[k].rows * H; i++)
            batch[k].x_hat[i] -= g.mean[i % H];
        sum_up(d, &batch[k], true, part);
        for (size_t h = 0; h < H; h++)
            g.squares[h] += part[h];
    }
    for (size_t h = 0; h < H; h++)
        g.s[h] = scalar_sqrt(g.squares[h] / g.count + d->epsilon);
    return g;
}

static void finish_forward(const struct discriminator *d, struct batch *b, const scalar *s)
{
    const size_t H = d->H;
    for (size_t i = 0; i < b->rows * H; i++) {
        b->x_hat[i] /= s[i % H];
        b->y[i] = d->gamma[i % H] * b->x_hat[i] + d->beta[i % H];
        b->a[i] = b->y[i] > 0 ? b->y[i] : d->slope * b->y[i];
    }
    for (size_t n = 0; n < b->rows; n++)
        b->logit[n] = *d->b2;
    team_product(d->team, false, false, b->rows, 1, H, b->a, H, d->w2, 1, b->logit, 1);
}

static void update_running(const struct discriminator *d, const struct statistics *g)
{
    const scalar old = 1 - d->momentum, divisor = d->biased ? g->count : g->count - 1;
    for (size_t h = 0; h < d->H; h++) {
        const scalar variance = g->squares[h] / divisor;
        d->running_mean[h] = old * d->running_mean[h] + d->momentum * g->mean[h];
        d->running_variance[h] = old * d->running_variance[h] + d->momentum * variance;
    }
}

/* Losses, dlogit, dy; then the sums of the batch. */
static scalar judge(const struct discriminator *d, struct batch *b, scalar target, scalar dloss)
{
    const size_t H = d->H;
    game_cross_entropy(d->team, b->rows, b->logit, target, question_scratch(d->q, b->rows),
                       b->value, b->dlogit);
    for (size_t n = 0; n < b->rows; n++)
        b->dlogit[n] = b->dlogit[n] * dloss / (scalar)b->all;
    for (size_t i = 0; i < b->rows * H; i++) {
        const scalar da = b->dlogit[i / H] * d->w2[i % H];
        b->dy[i] = b->y[i] > 0 ? da : d->slope * da;
    }
    struct reduction *sum = question_sum(d->q, b->letter, 3 * H + 2);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        for (size_t n = piece.first; n < piece.first + piece.count; n++) {
            const scalar *dy = b->dy + n * H;
            d->team->kernels->scale_add(H, leaf, b->dlogit[n], b->a + n * H);
            d->team->kernels->multiply_add(H, leaf + H, dy, b->x_hat + n * H);
            for (size_t h = 0; h < H; h++)
                leaf[2 * H + h] += dy[h];
            leaf[3 * H] += b->dlogit[n];
            leaf[3 * H + 1] += b->value[n];
        }
        reduction_push(sum);
    }
    reduction_finish(sum, b->sums);
    return b->sums[3 * H + 1] / (scalar)b->all;
}

/* dy becomes dh, with the sums (H) of the group; then dx. */
static void normalize_backward(const struct discriminator *d, struct batch *b,
                               const struct statistics *g, const scalar *dgamma,
                               const scalar *dbeta)
{
    const size_t H = d->H;
    for (size_t i = 0; i < b->rows * H; i++) {
        const size_t h = i % H;
        const scalar factor = d->gamma[h] / g->s[h];
        b->dy[i] = factor * (b->dy[i] - dbeta[h] / g->count - b->x_hat[i] * (dgamma[h] / g->count));
    }
    team_product(d->team, false, true, b->rows, d->I, H, b->dy, H, d->w1, H, b->dx, d->I);
}

/* total (I,H): dw1 of a batch. */
static void sum_dense(const struct discriminator *d, const struct batch *b, scalar *total)
{
    const size_t I = d->I, H = d->H;
    struct reduction *sum = question_sum(d->q, b->letter, I * H);
    for (size_t k = 0; k < reduction_pieces(sum); k++) {
        const struct piece piece = reduction_piece(sum, k);
        scalar *leaf = reduction_leaf(sum);
        team_product(d->team, true, false, I, H, piece.count, b->x + piece.first * I, I,
                     b->dy + piece.first * H, H, leaf, H);
        reduction_push(sum);
    }
    reduction_finish(sum, total);
}

static void keep(struct question *q, const char *name, const char *shape, const scalar *value,
                 size_t n)
{
    scalar *output = question_output(q, name, shape);
    if (n != 0)
        memcpy(output, value, n * sizeof *value);
}

/* ---- reading ------------------------------------------------------------------------------ */

static scalar *copy_of(struct question *q, const char *name, size_t H)
{
    const scalar *from = question_input(q, name, "H");
    scalar *to = question_scratch(q, H);
    memcpy(to, from, H * sizeof *to);
    return to;
}

static void read_conventions(struct discriminator *d)
{
    static const char *const batches[] = {"separate", "joint", NULL};
    static const char *const updates[] = {"all", "real", "none", NULL};
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    struct question *q = d->q;
    d->joint = question_choice(q, "batches", batches) == 1;
    d->updated_by = question_choice(q, "updated_by", updates);
    d->biased = question_choice(q, "running_variance_kind", kinds) == 1;
    d->epsilon = question_number_or(q, "epsilon", (scalar)1e-5);
    d->momentum = question_number_or(q, "momentum", (scalar)0.1);
    d->slope = question_number_or(q, "slope", (scalar)0.2);
    if (!(d->epsilon > 0))
        question_refuse(q, "its 'epsilon' is %g; give more than 0", (double)d->epsilon);
    if (!(d->momentum >= 0 && d->momentum <= 1))
        question_refuse(q, "its 'momentum' is %g; give 0 to 1", (double)d->momentum);
    if (d->joint && d->updated_by != 0)
        question_refuse(q, "its convention 'updated_by' is for separate batches; leave it out");
}

static struct discriminator read_discriminator(struct question *q)
{
    struct discriminator d = {.q = q, .team = question_team(q)};
    d.w1 = question_input(q, "w1", "IH");
    d.I = question_size(q, 'I');
    d.H = question_size(q, 'H');
    d.gamma = question_input(q, "gamma", "H");
    d.beta = question_input(q, "beta", "H");
    d.w2 = question_input(q, "w2", "H");
    d.b2 = question_input(q, "b2", "");
    d.running_mean = copy_of(q, "running_mean", d.H);
    d.running_variance = copy_of(q, "running_variance", d.H);
    for (size_t h = 0; h < d.H; h++)
        if (!(d.running_variance[h] >= 0))
            question_refuse(q, "element %zu of its 'running_variance' is negative", h);
    read_conventions(&d);
    return d;
}

/* ---- the two steps ------------------------------------------------------------------------ */

/* Gradients of the parameters: each batch's, added. */
static void write_gradients(const struct discriminator *d, const struct batch batch[2],
                            const scalar *dense)
{
    const size_t I = d->I, H = d->H;
    scalar *both = question_scratch(d->q, 3 * H + 1);
    for (size_t i = 0; i < 3 * H + 1; i++)
        both[i] = batch[0].sums[i] + batch[1].sums[i];
    keep(d->q, "dw1", "IH", dense, I * H);
    keep(d->q, "dgamma", "H", both + H, H);
    keep(d->q, "dbeta", "H", both + 2 * H, H);
    keep(d->q, "dw2", "H", both, H);
    keep(d->q, "db2", "", both + 3 * H, 1);
}

static void backward(const struct discriminator *d, struct batch batch[2],
                     const struct statistics group[2])
{
    const size_t I = d->I, H = d->H;
    scalar *both = question_scratch(d->q, 2 * H), *dense = question_scratch(d->q, I * H);
    scalar *part = question_scratch(d->q, I * H);
    for (size_t h = 0; h < 2 * H; h++)
        both[h] = batch[0].sums[H + h] + batch[1].sums[H + h];
    for (size_t k = 0; k < 2; k++) {
        const scalar *sums = d->joint ? both : batch[k].sums + H;
        normalize_backward(d, &batch[k], &group[d->joint ? 0 : k], sums, sums + H);
        sum_dense(d, &batch[k], part);
        for (size_t i = 0; i < I * H; i++)
            dense[i] += part[i];
    }
    keep(d->q, "dreal", "[N]I", batch[0].dx, batch[0].rows * I);
    keep(d->q, "dfake", "[M]I", batch[1].dx, batch[1].rows * I);
    write_gradients(d, batch, dense);
}

static void discriminator_step(struct discriminator *d)
{
    struct question *q = d->q;
    struct batch batch[2] = {batch_read(d, "real", "[N]I"), batch_read(d, "fake", "[M]I")};
    struct statistics group[2];
    const scalar dloss = question_has(q, "dloss") ? *question_input(q, "dloss", "") : 1;
    scalar loss[2];
    for (size_t k = 0; k < (d->joint ? 1 : 2); k++) {
        group[k] = gather_statistics(d, &batch[k], d->joint ? 2 : 1);
        if (d->updated_by == 0 || (d->updated_by == 1 && k == 0))
            update_running(d, &group[k]);
    }
    for (size_t k = 0; k < 2; k++) {
        finish_forward(d, &batch[k], group[d->joint ? 0 : k].s);
        loss[k] = judge(d, &batch[k], k == 0 ? 1 : 0, dloss);
    }
    keep(q, "real_logits", "[N]", batch[0].logit, batch[0].rows);
    keep(q, "fake_logits", "[M]", batch[1].logit, batch[1].rows);
    keep(q, "real_loss", "", &loss[0], 1);
    keep(q, "fake_loss", "", &loss[1], 1);
    question_output(q, "loss", "")[0] = loss[0] + loss[1];
    backward(d, batch, group);
    keep(q, "running_mean_after", "H", d->running_mean, d->H);
    keep(q, "running_variance_after", "H", d->running_variance, d->H);
}

static void generator_step(struct discriminator *d)
{
    static const char *const options[] = {"batch", "running", NULL};
    struct question *q = d->q;
    struct batch b = batch_read(d, "generated", "[B]I");
    const size_t H = d->H;
    scalar *s = question_scratch(q, H);
    if (question_choice(q, "generator_statistics", options) == 0) {
        const struct statistics g = gather_statistics(d, &b, 1);
        update_running(d, &g);
        s = g.s;
    } else {
        for (size_t i = 0; i < b.rows * H; i++)
            b.x_hat[i] -= d->running_mean[i % H];
        for (size_t h = 0; h < H; h++)
            s[h] = scalar_sqrt(d->running_variance[h] + d->epsilon);
    }
    finish_forward(d, &b, s);
    const scalar loss = judge(d, &b, 1, 1);
    keep(q, "generated_logits", "[B]", b.logit, b.rows);
    keep(q, "generator_loss", "", &loss, 1);
    keep(q, "running_mean_final", "H", d->running_mean, H);
    keep(q, "running_variance_final", "H", d->running_variance, H);
}

void discriminator_batch_statistics_run(struct question *q)
{
    struct discriminator d = read_discriminator(q);
    discriminator_step(&d);
    if (question_has(q, "generated"))
        generator_step(&d);
}
