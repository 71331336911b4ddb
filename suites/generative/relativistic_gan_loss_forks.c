// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    MEANS_DETACHED,
    OWN_MEAN,
    MEANS_OF_BATCH_LOST,
    ONE_MEAN,
    PART_LOST,
    GENERATOR_LIKE_D,
    FAKE_GRADIENT_LOST,
    UPSTREAM_IGNORED,
    GRADIENT_SIGN,
    LAST_SAMPLE_LOST,
    LOGARITHM_OF_SIGMOID,
    SUMMED_MEANS
};

struct batch {
    size_t n; /* N K */
    const real *z;
    real W, mean, *s;
};

struct problem {
    enum variant variant;
    int kind;
    real c, dloss;
};

static real penalty(const struct problem *p, real z, real v, real *slope)
{
    if (p->kind == 1) {
        *slope = 2 * z - 2 * v;
        return (v - z) * (v - z);
    }
    if (p->kind == 2) {
        *slope = v * z < 1 ? -v : R(0.0);
        return v * z < 1 ? 1 - v * z : R(0.0);
    }
    real a = real_abs(z), e = real_exp(-a);
    int right = (z > 0) == (v > 0);
    if (p->variant == LOGARITHM_OF_SIGMOID) {
        real q = 1 / (1 + real_exp(-v * z));
        *slope = -v * (1 - q);
        return -real_log(q);
    }
    *slope = right ? -v * e / (1 + e) : -v / (1 + e);
    return right ? real_log1p(e) : a + real_log1p(e);
}

static real mean_of(const struct batch *b)
{
    real sum = 0;
    for (size_t i = b->n; i-- > 0;)
        sum = sum + b->z[i] / real_count(b->n);
    return sum;
}

static real batch_loss(const struct problem *p, struct batch *b, const real *z, real minus, real v)
{
    real sum = 0;
    size_t n = b->n - (p->variant == LAST_SAMPLE_LOST);
    for (size_t i = n; i-- > 0;) {
        real slope;
        sum = sum + penalty(p, z[i] - minus, v, &slope) / b->W;
        b->s[i] = p->dloss * p->c * slope / b->W;
    }
    return sum;
}

/* dx -= mean of the other's slopes, over this batch. */
static void through_mean(const struct problem *p, struct batch *x, const real *slopes, size_t m)
{
    real sum = 0;
    for (size_t i = m; i-- > 0;)
        sum = sum + slopes[i] / real_count(x->n);
    for (size_t i = 0; p->variant != MEANS_DETACHED && i < x->n; i++)
        x->s[i] = x->s[i] - sum;
}

static real average(struct call *call, struct problem *p, struct batch *x, struct batch *y, real v)
{
    real mean_x = mean_of(x), mean_y = mean_of(y);
    real joint = (mean_x * real_count(x->n) + mean_y * real_count(y->n)) / real_count(x->n + y->n);
    if (p->variant == ONE_MEAN)
        mean_x = mean_y = joint;
    if (p->variant == MEANS_OF_BATCH_LOST)
        mean_x = mean_y = 0;
    if (p->variant == SUMMED_MEANS) {
        mean_x = mean_x * real_count(x->n);
        mean_y = mean_y * real_count(y->n);
    }
    int own = p->variant == OWN_MEAN;
    real of_x = batch_loss(p, x, x->z, own ? mean_x : mean_y, v);
    real of_y = batch_loss(p, y, y->z, own ? mean_y : mean_x, -v);
    real *before = call_scratch(call, x->n);
    if (p->variant == PART_LOST) {
        of_y = 0;
        for (size_t i = 0; i < y->n; i++)
            y->s[i] = 0;
    }
    for (size_t i = 0; i < x->n; i++)
        before[i] = x->s[i];
    through_mean(p, x, y->s, y->n);
    through_mean(p, y, before, x->n);
    *call_output(call, "real_loss", "") = of_x;
    *call_output(call, "fake_loss", "") = of_y;
    return p->c * of_x + p->c * of_y;
}

static struct batch read(struct call *call, const char *name, const char *gradient,
                         const char *shape, int summed)
{
    struct batch b = {.z = call_input(call, name, shape)};
    b.n = call_size(call, shape[0]) * call_size(call, 'K');
    b.W = summed ? R(1.0) : real_count(b.n);
    b.s = call_output(call, gradient, shape);
    return b;
}

static void answer(struct call *call)
{
    static const char *const forms[] = {"average", "paired", NULL};
    static const char *const kinds[] = {"standard", "least_squares", "hinge", NULL};
    static const char *const players[] = {"discriminator", "generator", NULL};
    static const char *const reductions[] = {"mean", "sum", NULL};
    static const char *const combinations[] = {"sum", "half", NULL};
    struct problem p = {.variant = (enum variant)call_variant(call)};
    int summed = call_choice(call, "reduction", reductions);
    int generator = call_choice(call, "player", players), pairs = call_choice(call, "form", forms);
    real v = generator && p.variant != GENERATOR_LIKE_D ? R(-1.0) : R(1.0), loss;
    p.kind = call_choice(call, "loss_kind", kinds);
    p.c = call_choice(call, "combine", combinations) && !pairs ? R(0.5) : R(1.0);
    p.dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : R(1.0);
    if (p.variant == UPSTREAM_IGNORED)
        p.dloss = R(1.0);
    if (p.variant == GRADIENT_SIGN)
        p.dloss = -p.dloss;
    struct batch x = read(call, "real", "dreal", "NK", summed);
    struct batch y = read(call, "fake", "dfake", "MK", summed);
    if (pairs) {
        real *u = call_scratch(call, x.n);
        for (size_t i = 0; i < x.n && i < y.n; i++)
            u[i] = x.z[i] - y.z[i];
        loss = batch_loss(&p, &x, u, R(0.0), v);
        for (size_t i = 0; i < x.n && i < y.n; i++)
            y.s[i] = p.variant == FAKE_GRADIENT_LOST ? R(0.0) : -x.s[i];
    } else
        loss = average(call, &p, &x, &y, v);
    *call_output(call, "loss", "") = loss;
}

static const struct fork table[] = {
    {.info = {"by_cases_of_sign", FORK_TWIN, "",
              "By the signs of scores, from the last to the "
              "first, each divided before it is added.",
              NULL},
     .answer = answer},
    {.info = {"means_detached", FORK_CONVENTION, "67", "No gradient goes through the means.", NULL},
     .answer = answer,
     .variant = MEANS_DETACHED},
    {.info = {"own_mean", FORK_BUG, "", "Each score is held against the mean of its own batch.",
              NULL},
     .answer = answer,
     .variant = OWN_MEAN},
    {.info = {"mean_of_all", FORK_BUG, "", "Each score is held against the mean of all.", NULL},
     .answer = answer,
     .variant = ONE_MEAN},
    {.info = {"not_relativistic", FORK_BUG, "", "Scores are not held against anything.", NULL},
     .answer = answer,
     .variant = MEANS_OF_BATCH_LOST},
    {.info = {"sums_as_means", FORK_BUG, "", "Scores are held against sums, not means.", NULL},
     .answer = answer,
     .variant = SUMMED_MEANS},
    {.info = {"fake_part_lost", FORK_BUG, "", "Only real scores are judged.", NULL},
     .answer = answer,
     .variant = PART_LOST},
    {.info = {"fake_gradient_lost", FORK_BUG, "", "Paired generated scores get no gradient.", NULL},
     .answer = answer,
     .variant = FAKE_GRADIENT_LOST},
    {.info = {"generator_like_discriminator", FORK_BUG, "68",
              "The generator minimises the discriminator's loss.", NULL},
     .answer = answer,
     .variant = GENERATOR_LIKE_D},
    {.info = {"upstream_ignored", FORK_BUG, "", "The upstream gradient is taken to be 1.", NULL},
     .answer = answer,
     .variant = UPSTREAM_IGNORED},
    {.info = {"gradient_sign", FORK_BUG, "", "The gradient has the wrong sign.", NULL},
     .answer = answer,
     .variant = GRADIENT_SIGN},
    {.info = {"last_score_lost", FORK_BUG, "155", "The last score of each batch is left out.",
              NULL},
     .answer = answer,
     .variant = LAST_SAMPLE_LOST},
    {.info = {"logarithm_of_sigmoid", FORK_NUMERICAL, "14 36",
              "The logarithm of a sigmoid, which may be 0.", NULL},
     .answer = answer,
     .variant = LOGARITHM_OF_SIGMOID},
    {.info = {"average", FORK_CONVENTION, "", "Means, whatever is asked for.", NULL},
     .instead = {"form", "average"}},
    {.info = {"paired", FORK_CONVENTION, "", "Pairs, whatever is asked for.", NULL},
     .instead = {"form", "paired"}},
    {.info = {"standard", FORK_CONVENTION, "", "Cross-entropy, whatever is asked for.", NULL},
     .instead = {"loss_kind", "standard"}},
    {.info = {"summed_parts", FORK_CONVENTION, "57", "The two parts are added, not averaged.",
              NULL},
     .instead = {"combine", "sum"}},
    {.info = {"halved_parts", FORK_CONVENTION, "57", "The two parts are averaged, not added.",
              NULL},
     .instead = {"combine", "half"}},
    {.info = {"reduction_mean", FORK_CONVENTION, "251", "The mean, whatever is asked for.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"reduction_sum", FORK_CONVENTION, "251", "The sum, whatever is asked for.", NULL},
     .instead = {"reduction", "sum"}},
};

const struct fork_list relativistic_gan_loss_forks = {sizeof table / sizeof *table, table};
