// SPDX-License-Identifier: MIT
#include "../../reference/regularization/batch_noise.h"
#include "../fork.h"

enum mistake {
    NONE,
    UNBIASED_BATCH,
    EPSILON_OUTSIDE,
    OTHERS_ONLY,
    FIRST_MEMBER,
    FIXED_BATCH,
    NOT_CENTRED,
    NOT_DIVIDED,
    MEAN_DETACHED,
    VARIANCE_DETACHED,
    COMPANIONS_DETACHED,
    SPREAD_AROUND_ZERO,
    DEVIATION,
    NOISE_SUMMED,
    REPEATS_LOST,
    LAST_BATCH_LOST
};

/* One channel of one batch. */
struct group {
    enum mistake mistake;
    const struct noise *r;
    const int *member;
    size_t c;
    real a, v, mean; /* of the sample: distance to the mean; variance + epsilon */
};

static real value(const struct group *g, size_t k)
{
    return g->r->x[(size_t)g->member[k] * g->r->C + g->c];
}

/* Mean and variance from the differences of all pairs. */
static void find(struct group *g, size_t m)
{
    const struct noise *r = g->r;
    real n = real_count(r->B), pairs = 0;
    size_t s = g->mistake == FIRST_MEMBER ? (size_t)r->batch[m * r->B] : r->s;
    real x = r->x[s * r->C + g->c], self = x;
    g->member = &r->batch[g->mistake == FIXED_BATCH ? 0 : m * r->B];
    g->a = 0;
    g->mean = 0;
    for (size_t k = r->B; k-- > 0;) {
        g->a += x - value(g, k);
        g->mean += value(g, k);
        for (size_t j = 0; j < k; j++)
            pairs += (value(g, k) - value(g, j)) * (value(g, k) - value(g, j));
    }
    g->mean = g->mean / n;
    if (g->mistake == OTHERS_ONLY && r->B > 1)
        g->a = g->a / (n - 1);
    else
        g->a = g->mistake == NOT_CENTRED ? self : g->a / n;
    g->v = pairs / (g->mistake == UNBIASED_BATCH && r->B > 1 ? n * (n - 1) : n * n) + r->epsilon;
}

static real divisor(const struct group *g)
{
    if (g->mistake == NOT_DIVIDED)
        return 1;
    if (g->mistake == EPSILON_OUTSIDE)
        return real_sqrt(g->v - g->r->epsilon) + g->r->epsilon;
    return real_sqrt(g->v);
}

/* da / d - a dv / 2 v d, member by member. */
static void back(const struct group *g, size_t m)
{
    const struct noise *r = g->r;
    real n = real_count(r->B), d = divisor(g);
    int met = 0;
    for (size_t k = 0; k < r->B; k++) {
        size_t at = (size_t)g->member[k];
        int self = at == r->s && !met;
        real da = g->mistake == MEAN_DETACHED ? 0 : -1 / n;
        real dv = g->mistake == VARIANCE_DETACHED ? 0 : 2 * (value(g, k) - g->mean) / n;
        if (g->mistake == COMPANIONS_DETACHED && at != r->s)
            da = dv = 0;
        if (self || (g->mistake == REPEATS_LOST && at == r->s))
            da += 1;
        met = met || self;
        r->dx[at * r->C + g->c] += r->dy[m * r->C + g->c] * (da / d - g->a * dv / (2 * g->v * d));
    }
}

/* The variance from the differences of all pairs of batches. */
static void measure(const struct noise *r, enum mistake mistake)
{
    size_t M = mistake == LAST_BATCH_LOST && r->M > 1 ? r->M - 1 : r->M;
    real n = real_count(M), noise = 0;
    for (size_t c = 0; c < r->C; c++) {
        real sum = 0, pairs = 0, squares = 0;
        for (size_t m = M; m-- > 0;) {
            real y = r->y[m * r->C + c];
            sum += y;
            squares += y * y;
            for (size_t j = 0; j < m; j++)
                pairs += (y - r->y[j * r->C + c]) * (y - r->y[j * r->C + c]);
        }
        r->mean[c] = sum / n;
        r->variance[c] = pairs / n / (r->of_sample ? n - 1 : n);
        if (mistake == SPREAD_AROUND_ZERO)
            r->variance[c] = squares / (r->of_sample ? n - 1 : n);
        if (mistake == DEVIATION)
            r->variance[c] = real_sqrt(r->variance[c]);
        noise += r->variance[c];
    }
    *r->noise = mistake == NOISE_SUMMED ? noise : noise / real_count(r->C);
}

static void run(struct call *call)
{
    struct noise r = noise_read(call);
    struct group g = {.mistake = (enum mistake)call_variant(call), .r = &r};
    for (size_t i = r.M * r.C; i-- > 0;) {
        g.c = i % r.C;
        find(&g, i / r.C);
        r.y[i] = g.a / divisor(&g);
        if (r.dx)
            back(&g, i / r.C);
    }
    measure(&r, g.mistake);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"pairs", FORK_TWIN, "",
     "All variances from differences of pairs; the gradient through distance and variance.", NULL},
     .answer = run},
    {.info = {"spread_of_sample", FORK_CONVENTION, "", "The spread is divided by M - 1.", NULL},
     .instead = {"spread", "sample"}},
    {.info = {"spread_of_population", FORK_CONVENTION, "", "The spread is divided by M.", NULL},
     .instead = {"spread", "population"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "126", "Epsilon is 1e-3.", NULL},
     .number = {"epsilon", 1e-3f}},
    {.info = {"unbiased_batch", FORK_CONVENTION, "123",
     "The variance of a batch is the unbiased one.", NULL},
     .answer = run, .variant = UNBIASED_BATCH},
    {.info = {"epsilon_outside", FORK_CONVENTION, "", "Epsilon is added to the root.", NULL},
     .answer = run, .variant = EPSILON_OUTSIDE},
    {.info = {"others_only", FORK_CONVENTION, "", "The mean is that of the companions.", NULL},
     .answer = run, .variant = OTHERS_ONLY},
    {.info = {"first_member", FORK_BUG, "", "The first of each batch is watched.", NULL},
     .answer = run, .variant = FIRST_MEMBER},
    {.info = {"fixed_batch", FORK_BUG, "134", "The statistics of the first batch serve for all.",
     NULL},
     .answer = run, .variant = FIXED_BATCH},
    {.info = {"not_centred", FORK_BUG, "", "The mean is not subtracted.", NULL},
     .answer = run, .variant = NOT_CENTRED},
    {.info = {"not_divided", FORK_BUG, "", "There is no division by the deviation.", NULL},
     .answer = run, .variant = NOT_DIVIDED},
    {.info = {"mean_detached", FORK_BUG, "128", "The mean is a constant in the gradient.", NULL},
     .answer = run, .variant = MEAN_DETACHED},
    {.info = {"variance_detached", FORK_BUG, "128", "The variance is a constant in the gradient.",
     NULL},
     .answer = run, .variant = VARIANCE_DETACHED},
    {.info = {"companions_detached", FORK_BUG, "128", "Companions get no gradient.", NULL},
     .answer = run, .variant = COMPANIONS_DETACHED},
    {.info = {"repeats_lost", FORK_BUG, "", "A sample that occurs twice passes its gradient twice.",
     NULL},
     .answer = run, .variant = REPEATS_LOST},
    {.info = {"spread_around_zero", FORK_BUG, "", "Mean squares in place of the variance.", NULL},
     .answer = run, .variant = SPREAD_AROUND_ZERO},
    {.info = {"deviation", FORK_CONVENTION, "", "The standard deviation as the noise.", NULL},
     .answer = run, .variant = DEVIATION},
    {.info = {"noise_summed", FORK_CONVENTION, "", "The noise is summed over channels.", NULL},
     .answer = run, .variant = NOISE_SUMMED},
    {.info = {"last_batch_lost", FORK_BUG, "", "The last batch is left out of the spread.", NULL},
     .answer = run, .variant = LAST_BATCH_LOST},
};
/* clang-format on */

const struct fork_list batch_noise_forks = {sizeof table / sizeof *table, table};
