// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    DETACHED,
    UNBIASED_WITHIN,
    EPSILON_OUTSIDE,
    ONE_PASS,
    FAKES_BY_REAL_STATISTICS,
    RUNNING_IN_TRAINING,
    UPDATED_FAKE_FIRST,
    UPDATED_BY_FAKE,
    MOMENTUM_OF_OLD,
    GENERATOR_BATCH_NOT_KEPT,
    CROSS_GRADIENT_LOST,
    LEAK_LOST,
    LABELS_EXCHANGED,
    UPSTREAM_IGNORED,
    POOLED_LOSS,
    LAST_BLOCK_LOST
};

/* One batch: rows are samples. */
struct batch {
    size_t n, group;
    const real *x;
    real *x_hat, *y, *l, *dl, *dy;
};

struct problem {
    enum variant variant;
    size_t I, H, block;
    const real *w1, *gamma, *beta, *w2, *b2;
    real epsilon, momentum, slope, dloss, *running[2];
    int joint, updated_by, biased;
};

static real *column(struct call *call, size_t n)
{
    return call_scratch(call, n ? n : 1);
}

static struct batch batch_read(struct call *call, const struct problem *p, const char *name,
                               const char *shape, size_t group)
{
    struct batch b = {.x = call_input(call, name, shape), .group = group};
    b.n = call_size(call, shape[0]);
    b.x_hat = column(call, b.n * p->H);
    b.y = column(call, b.n * p->H);
    b.dy = column(call, b.n * p->H);
    b.l = column(call, b.n);
    b.dl = column(call, b.n);
    for (size_t i = 0; i < b.n * p->H; i++)
        for (size_t k = p->I; k-- > 0;)
            b.x_hat[i] += p->w1[k * p->H + i % p->H] * b.x[i / p->H * p->I + k];
    return b;
}

/* Normalises unit h of the batches of a group; returns the root. mean and variance (unbiased or
 * not) for the running statistics. */
static real normalize(const struct problem *p, struct batch *b, size_t batches, size_t group,
                      size_t h, real statistic[2])
{
    real count = 0, sum = 0, squares = 0, plain = 0;
    for (size_t k = batches; k-- > 0;)
        for (size_t n = b[k].n; b[k].group == group && n-- > 0;) {
            count = count + 1;
            sum = sum + b[k].x_hat[n * p->H + h];
            plain = plain + b[k].x_hat[n * p->H + h] * b[k].x_hat[n * p->H + h];
        }
    real mean = sum / count;
    for (size_t k = batches; k-- > 0;)
        for (size_t n = b[k].n; b[k].group == group && n-- > 0;) {
            real gap = b[k].x_hat[n * p->H + h] - mean;
            squares = squares + gap * gap;
        }
    if (p->variant == ONE_PASS)
        squares = plain - sum * mean;
    real variance = squares / (p->variant == UNBIASED_WITHIN ? count - 1 : count);
    statistic[0] = mean;
    statistic[1] = squares / (p->biased ? count : count - 1);
    if (p->variant == RUNNING_IN_TRAINING) {
        mean = p->running[0][h];
        variance = p->running[1][h];
    }
    real s = p->variant == EPSILON_OUTSIDE ? real_sqrt(variance) + p->epsilon
                                           : real_sqrt(variance + p->epsilon);
    for (size_t k = 0; k < batches; k++)
        for (size_t n = 0; b[k].group == group && n < b[k].n; n++)
            b[k].x_hat[n * p->H + h] = (b[k].x_hat[n * p->H + h] - mean) / s;
    return s;
}

static void move(const struct problem *p, size_t h, const real statistic[2])
{
    real share = p->variant == MOMENTUM_OF_OLD ? 1 - p->momentum : p->momentum;
    for (int k = 0; k < 2; k++)
        p->running[k][h] = p->running[k][h] * (1 - share) + statistic[k] * share;
}

/* From x_hat to the loss and dl. Returns the mean. */
static real judge(const struct problem *p, struct batch *b, real target, size_t counted)
{
    real loss = 0;
    for (size_t n = b->n; n-- > 0;) {
        real z = *p->b2, W = real_count(counted);
        for (size_t h = 0; h < p->H; h++) {
            real *y = &b->y[n * p->H + h];
            *y = p->beta[h] + b->x_hat[n * p->H + h] * p->gamma[h];
            z = z + (*y < 0 ? p->slope : R(1.0)) * *y * p->w2[h];
        }
        real e = real_exp(-real_abs(z)), small = e / (1 + e);
        b->l[n] = z;
        b->dl[n] = (z > 0 ? (1 - target) - small : small - target) * p->dloss / W;
        if (p->variant == LAST_BLOCK_LOST && n / p->block == (b->n - 1) / p->block) {
            b->dl[n] = 0;
            continue;
        }
        loss = loss + (((z > 0 ? z : R(0.0)) - target * z) + real_log1p(e)) / W;
    }
    return loss;
}

struct gradients {
    real *dx[2], *dw1, *dgamma, *dbeta, *dw2, *db2;
};

static void head_backward(const struct problem *p, struct batch *b, const struct gradients *g)
{
    for (size_t i = b->n * p->H; i-- > 0;) {
        size_t h = i % p->H;
        real leak = b->y[i] < 0 ? p->slope : R(1.0), dl = b->dl[i / p->H];
        g->dw2[h] += dl * leak * b->y[i];
        b->dy[i] = dl * (p->variant == LEAK_LOST ? R(1.0) : leak) * p->w2[h];
        g->dgamma[h] += b->dy[i] * b->x_hat[i];
        g->dbeta[h] += b->dy[i];
    }
    for (size_t n = b->n; n-- > 0;)
        *g->db2 += b->dl[n];
}

/* dy becomes dh in unit h of one group: freed of its mean and of its part along x_hat. */
static void project(const struct problem *p, struct batch b[2], size_t group, size_t h, real s)
{
    real sum = 0, along = 0, count = 0;
    for (size_t k = 2; k-- > 0;)
        for (size_t n = b[k].n; b[k].group == group && n-- > 0;) {
            sum = sum + b[k].dy[n * p->H + h];
            along = along + b[k].dy[n * p->H + h] * b[k].x_hat[n * p->H + h];
            count = count + 1;
        }
    for (size_t k = 0; k < 2; k++) {
        real own = 0, own_along = 0;
        for (size_t n = b[k].n; n-- > 0;) {
            own = own + b[k].dy[n * p->H + h];
            own_along = own_along + b[k].dy[n * p->H + h] * b[k].x_hat[n * p->H + h];
        }
        int apart = p->variant == CROSS_GRADIENT_LOST;
        for (size_t n = 0; b[k].group == group && n < b[k].n; n++) {
            real *dy = &b[k].dy[n * p->H + h], x_hat = b[k].x_hat[n * p->H + h];
            real through = ((apart ? own : sum) + x_hat * (apart ? own_along : along)) / count;
            if (p->variant == DETACHED || p->variant == RUNNING_IN_TRAINING)
                through = 0;
            *dy = (*dy - through) * p->gamma[h] / s;
        }
    }
}

static void dense_backward(const struct problem *p, const struct batch *b, real *dx, real *dw1)
{
    for (size_t n = b->n; n-- > 0;)
        for (size_t i = 0; i < p->I; i++) {
            real sum = 0;
            for (size_t h = p->H; h-- > 0;) {
                sum = sum + b->dy[n * p->H + h] * p->w1[i * p->H + h];
                dw1[i * p->H + h] += b->x[n * p->I + i] * b->dy[n * p->H + h];
            }
            dx[n * p->I + i] = sum;
        }
}

static void keep(struct call *call, const char *name, const char *shape, const real *from, size_t n)
{
    real *to = call_output(call, name, shape);
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
}

static void update(const struct problem *p, const real *statistic, size_t groups, size_t h)
{
    int reversed = p->variant == UPDATED_FAKE_FIRST;
    for (size_t k = 0; k < groups; k++) {
        size_t g = reversed ? groups - 1 - k : k;
        int by_fake = p->variant == UPDATED_BY_FAKE ? g + 1 == groups : g == 0;
        if (p->updated_by == 0 || (p->updated_by == 1 && by_fake))
            move(p, h, statistic + (g * p->H + h) * 2);
    }
}

static void discriminator_step(struct call *call, struct problem *p)
{
    size_t groups = p->joint ? 1 : 2, H = p->H;
    struct batch b[2] = {batch_read(call, p, "real", "NI", 0),
                         batch_read(call, p, "fake", "MI", p->joint ? 0 : 1)};
    real *statistic = column(call, groups * H * 2), *s = column(call, groups * H);
    for (size_t g = 0; g < groups; g++)
        for (size_t h = 0; h < H; h++)
            s[g * H + h] = normalize(p, b, 2, g, h, statistic + (g * H + h) * 2);
    for (size_t i = 0; p->variant == FAKES_BY_REAL_STATISTICS && !p->joint && i < b[1].n * H; i++) {
        real h = b[1].x_hat[i] * s[H + i % H] + statistic[(H + i % H) * 2];
        b[1].x_hat[i] = (h - statistic[i % H * 2]) / s[i % H];
    }
    for (size_t h = 0; h < H; h++)
        update(p, statistic, groups, h);
    int exchanged = p->variant == LABELS_EXCHANGED, pooled = p->variant == POOLED_LOSS;
    real first = judge(p, &b[0], exchanged ? R(0.0) : R(1.0), pooled ? b[0].n + b[1].n : b[0].n);
    real second = judge(p, &b[1], exchanged ? R(1.0) : R(0.0), pooled ? b[0].n + b[1].n : b[1].n);
    keep(call, "real_logits", "N", b[0].l, b[0].n);
    keep(call, "fake_logits", "M", b[1].l, b[1].n);
    *call_output(call, "real_loss", "") = first;
    *call_output(call, "fake_loss", "") = second;
    *call_output(call, "loss", "") = first + second;
    struct gradients g = {
        .dx = {call_output(call, "dreal", "NI"), call_output(call, "dfake", "MI")}};
    g.dw1 = call_output(call, "dw1", "IH");
    g.dgamma = call_output(call, "dgamma", "H");
    g.dbeta = call_output(call, "dbeta", "H");
    g.dw2 = call_output(call, "dw2", "H");
    g.db2 = call_output(call, "db2", "");
    for (size_t k = 0; k < 2; k++)
        head_backward(p, &b[k], &g);
    for (size_t i = 0; i < groups * H; i++)
        project(p, b, i / H, i % H, s[i]);
    for (size_t k = 0; k < 2; k++)
        dense_backward(p, &b[k], g.dx[k], g.dw1);
    keep(call, "running_mean_after", "H", p->running[0], H);
    keep(call, "running_variance_after", "H", p->running[1], H);
}

static void generator_step(struct call *call, struct problem *p)
{
    static const char *const options[] = {"batch", "running", NULL};
    struct batch b = batch_read(call, p, "generated", "BI", 0);
    int by_running = call_choice(call, "generator_statistics", options);
    for (size_t h = 0; h < p->H; h++) {
        real statistic[2], s = real_sqrt(p->running[1][h] + p->epsilon);
        for (size_t n = 0; by_running && n < b.n; n++)
            b.x_hat[n * p->H + h] = (b.x_hat[n * p->H + h] - p->running[0][h]) / s;
        if (by_running)
            continue;
        normalize(p, &b, 1, 0, h, statistic);
        if (p->variant != GENERATOR_BATCH_NOT_KEPT)
            move(p, h, statistic);
    }
    real loss = judge(p, &b, R(1.0), b.n);
    keep(call, "generated_logits", "B", b.l, b.n);
    *call_output(call, "generator_loss", "") = loss;
    keep(call, "running_mean_final", "H", p->running[0], p->H);
    keep(call, "running_variance_final", "H", p->running[1], p->H);
}

static void answer(struct call *call)
{
    static const char *const batches[] = {"separate", "joint", NULL};
    static const char *const updates[] = {"all", "real", "none", NULL};
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    static const char *const running[] = {"running_mean", "running_variance"};
    struct problem p = {.variant = (enum variant)call_variant(call), .block = call_block(call)};
    p.w1 = call_input(call, "w1", "IH");
    p.I = call_size(call, 'I');
    p.H = call_size(call, 'H');
    p.gamma = call_input(call, "gamma", "H");
    p.beta = call_input(call, "beta", "H");
    p.w2 = call_input(call, "w2", "H");
    p.b2 = call_input(call, "b2", "");
    for (int k = 0; k < 2; k++) {
        p.running[k] = column(call, p.H);
        for (size_t h = 0; h < p.H; h++)
            p.running[k][h] = call_input(call, running[k], "H")[h];
    }
    p.joint = call_choice(call, "batches", batches);
    p.updated_by = call_choice(call, "updated_by", updates);
    p.biased = call_choice(call, "running_variance_kind", kinds);
    p.epsilon = call_number_or(call, "epsilon", R(1e-5));
    p.momentum = call_number_or(call, "momentum", R(0.1));
    p.slope = call_number_or(call, "slope", R(0.2));
    p.dloss = call_has(call, "dloss") && p.variant != UPSTREAM_IGNORED
                  ? *call_input(call, "dloss", "")
                  : R(1.0);
    discriminator_step(call, &p);
    if (call_has(call, "generated"))
        generator_step(call, &p);
}

static const struct fork table[] = {
    {.info = {"unit_by_unit", FORK_TWIN, "",
              "Every unit by itself, gradients as projections, from the last sample to the first.",
              NULL},
     .answer = answer},
    {.info = {"separate_batches", FORK_CONVENTION, "70",
              "Each batch has its own statistics, whatever is asked for.", NULL},
     .instead = {"batches", "separate"}},
    {.info = {"joint_batches", FORK_CONVENTION, "70",
              "Both batches have the same statistics, whatever is asked for.", NULL},
     .instead = {"batches", "joint"}},
    {.info = {"fakes_by_real_statistics", FORK_BUG, "70",
              "Generated samples are normalised by the real batch.", NULL},
     .answer = answer,
     .variant = FAKES_BY_REAL_STATISTICS},
    {.info = {"updated_by_all", FORK_CONVENTION, "70",
              "The generated batch moves the running statistics, whatever is asked for.", NULL},
     .instead = {"updated_by", "all"}},
    {.info = {"updated_by_real", FORK_CONVENTION, "70",
              "The real batch alone moves the running statistics, whatever is asked for.", NULL},
     .instead = {"updated_by", "real"}},
    {.info = {"updated_by_fake", FORK_BUG, "70",
              "The generated batch moves them where the real one should.", NULL},
     .answer = answer,
     .variant = UPDATED_BY_FAKE},
    {.info = {"updated_fake_first", FORK_BUG, "70",
              "The generated batch moves the running statistics before the real one.", NULL},
     .answer = answer,
     .variant = UPDATED_FAKE_FIRST},
    {.info = {"generator_by_batch", FORK_CONVENTION, "70",
              "The generator's step has statistics of its own, whatever is asked for.", NULL},
     .instead = {"generator_statistics", "batch"}},
    {.info = {"generator_by_running", FORK_CONVENTION, "70",
              "The generator's step has the running statistics, whatever is asked for.", NULL},
     .instead = {"generator_statistics", "running"}},
    {.info = {"generator_batch_not_kept", FORK_CONVENTION, "70",
              "The generator's step does not move the running statistics.", NULL},
     .answer = answer,
     .variant = GENERATOR_BATCH_NOT_KEPT},
    {.info = {"running_in_training", FORK_BUG, "",
              "The discriminator normalises by the running statistics while it learns.", NULL},
     .answer = answer,
     .variant = RUNNING_IN_TRAINING},
    {.info = {"statistics_detached", FORK_BUG, "", "No gradient goes through the statistics.",
              NULL},
     .answer = answer,
     .variant = DETACHED},
    {.info = {"other_batch_detached", FORK_BUG, "",
              "Joint statistics, but no gradient from one batch to the other.", NULL},
     .answer = answer,
     .variant = CROSS_GRADIENT_LOST},
    {.info = {"unbiased_within", FORK_BUG, "", "Samples are normalised by the unbiased variance.",
              NULL},
     .answer = answer,
     .variant = UNBIASED_WITHIN},
    {.info = {"running_biased", FORK_CONVENTION, "",
              "The running variance is biased, whatever is asked for.", NULL},
     .instead = {"running_variance_kind", "biased"}},
    {.info = {"epsilon_outside", FORK_CONVENTION, "", "epsilon is added to the root.", NULL},
     .answer = answer,
     .variant = EPSILON_OUTSIDE},
    {.info = {"one_pass", FORK_NUMERICAL, "", "E[h^2] - E[h]^2.", NULL},
     .answer = answer,
     .variant = ONE_PASS},
    {.info = {"momentum_of_old", FORK_CONVENTION, "", "momentum is the weight of the old.", NULL},
     .answer = answer,
     .variant = MOMENTUM_OF_OLD},
    {.info = {"leak_not_back", FORK_BUG, "", "The derivative of the leaky ReLU is 1.", NULL},
     .answer = answer,
     .variant = LEAK_LOST},
    {.info = {"labels_exchanged", FORK_BUG, "", "Real is 0 and generated is 1.", NULL},
     .answer = answer,
     .variant = LABELS_EXCHANGED},
    {.info = {"pooled_loss", FORK_BUG, "57", "One mean over both batches.", NULL},
     .answer = answer,
     .variant = POOLED_LOSS},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of each batch is left out.",
              NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list discriminator_batch_statistics_forks = {sizeof table / sizeof *table, table};
