// SPDX-License-Identifier: MIT
#include "../fork.h"

enum variant {
    TWIN,
    BOX,
    MANHATTAN,
    DEVIATION_IS_VARIANCE,
    RADIUS_NOT_SQUARED,
    ANY_MODE,
    LAST_OF_TIES,
    SHARE_OF_ALL,
    FORWARD_DIVERGENCE,
    ENTROPY,
    COVERED_BY_ANYBODY,
    MORE_THAN_LEAST,
    QUALITY_OF_MODES,
    LAST_BLOCK_LOST,
    FIRST_COORDINATE
};

struct mixture {
    enum variant variant;
    size_t N, K, D, last;
    const real *samples, *centres;
    real radius, deviation, least;
    int counts_all, strict;
};

/* Distance in units of the radius, squared: (x - c)^2 / radius^2. */
static real squared(const struct mixture *m, size_t n, size_t k)
{
    real sum = 0;
    size_t D = m->variant == FIRST_COORDINATE ? 1 : m->D;
    for (size_t i = D; i-- > 0;) {
        real gap = real_abs(m->samples[n * m->D + i] - m->centres[k * m->D + i]);
        if (m->variant == BOX)
            sum = gap * gap > sum ? gap * gap : sum;
        else
            sum = sum + (m->variant == MANHATTAN ? gap : gap * gap);
    }
    return m->variant == MANHATTAN ? sum * sum : sum;
}

static int is_within(const struct mixture *m, real d)
{
    real edge = m->variant == RADIUS_NOT_SQUARED ? m->radius : m->radius * m->radius;
    return d < edge || (!(d > edge) && !m->strict);
}

static real divergence_of(struct call *call, const struct mixture *m, const real *counts)
{
    static const char *const bases[] = {"nats", "bits", NULL};
    real total = 0, sum = 0, K = real_count(m->K);
    for (size_t k = 0; k < m->K; k++)
        total = total + counts[k];
    if (m->variant == SHARE_OF_ALL)
        total = real_count(m->N);
    for (size_t k = m->K; k-- > 0;) {
        real c = counts[k];
        if (m->variant == FORWARD_DIVERGENCE)
            sum = sum - real_log(K * c / total) / K;
        else if (c > 0)
            sum = sum + c * real_log(K * c / total);
    }
    if (m->variant != FORWARD_DIVERGENCE)
        sum = total > 0 ? sum / total : real_log(K);
    if (m->variant == ENTROPY)
        sum = real_log(K) - sum;
    return call_choice(call, "base", bases) ? sum / real_log(R(2.0)) : sum;
}

static struct mixture read_mixture(struct call *call)
{
    static const char *const counted[] = {"good", "all", NULL};
    static const char *const edges[] = {"within", "strict", NULL};
    struct mixture m = {.variant = (enum variant)call_variant(call)};
    m.samples = call_input(call, "samples", "ND");
    m.centres = call_input(call, "centres", "KD");
    m.N = m.last = call_size(call, 'N');
    m.K = call_size(call, 'K');
    m.D = call_size(call, 'D');
    if (m.N == 0 || m.K == 0)
        call_fail(call, "empty");
    if (m.variant == LAST_BLOCK_LOST)
        m.last = (m.N - 1) / call_block(call) * call_block(call);
    m.deviation = call_number(call, "deviation");
    if (m.variant == DEVIATION_IS_VARIANCE)
        m.deviation = real_sqrt(m.deviation);
    m.radius = call_number_or(call, "multiple", R(3.0)) * m.deviation;
    m.least = call_number_or(call, "least", R(1.0));
    m.counts_all = call_choice(call, "counted", counted);
    m.strict = call_choice(call, "edge", edges);
    return m;
}

static void answer(struct call *call)
{
    struct mixture m = read_mixture(call);
    real *nearest = call_output_integers(call, "nearest", "N");
    real *good = call_output_integers(call, "good", "N");
    real *counts = call_output_integers(call, "counts", "K");
    real *covered = call_output_integers(call, "covered", ""), sum = 0;
    real *met = call_scratch(call, m.K);
    for (size_t n = 0; n < m.last; n++) {
        size_t best = 0;
        for (size_t k = 0; k < m.K; k++) {
            real d = squared(&m, n, k), now = squared(&m, n, best);
            if (d < now || (m.variant == LAST_OF_TIES && !(d > now)))
                best = k;
        }
        nearest[n] = real_count(best);
        good[n] = is_within(&m, squared(&m, n, best)) ? R(1.0) : R(0.0);
        sum = sum + good[n];
        met[best] = met[best] + 1;
        for (size_t k = 0; k < m.K; k++) {
            int counts_here =
                m.variant == ANY_MODE ? is_within(&m, squared(&m, n, k)) : k == best && good[n] > 0;
            counts[k] += counts_here || (k == best && m.counts_all) ? 1 : 0;
        }
    }
    for (size_t k = 0; k < m.K; k++) {
        real c = m.variant == COVERED_BY_ANYBODY ? met[k] : counts[k];
        *covered += m.variant == MORE_THAN_LEAST ? (c > m.least) : (c >= m.least);
    }
    *call_output(call, "quality", "") = sum / real_count(m.variant == QUALITY_OF_MODES ? m.K : m.N);
    *call_output(call, "divergence", "") = divergence_of(call, &m, counts);
}

static const struct fork table[] = {
    {.info = {"by_counts", FORK_TWIN, "", "sum c log(K c / total) / total, from the last mode.",
              NULL},
     .answer = answer},
    {.info = {"box", FORK_BUG, "", "The largest difference of a coordinate is the distance.", NULL},
     .answer = answer,
     .variant = BOX},
    {.info = {"manhattan", FORK_BUG, "", "The sum of differences is the distance.", NULL},
     .answer = answer,
     .variant = MANHATTAN},
    {.info = {"first_coordinate", FORK_BUG, "", "Only the first coordinate counts.", NULL},
     .answer = answer,
     .variant = FIRST_COORDINATE},
    {.info = {"deviation_is_variance", FORK_BUG, "", "The deviation is taken for the variance.",
              NULL},
     .answer = answer,
     .variant = DEVIATION_IS_VARIANCE},
    {.info = {"radius_not_squared", FORK_BUG, "", "Squared distances against the radius itself.",
              NULL},
     .answer = answer,
     .variant = RADIUS_NOT_SQUARED},
    {.info = {"any_mode", FORK_BUG, "", "A sample counts for every mode that it is near.", NULL},
     .answer = answer,
     .variant = ANY_MODE},
    {.info = {"last_of_ties", FORK_CONVENTION, "", "The last of equally near centres counts.",
              NULL},
     .answer = answer,
     .variant = LAST_OF_TIES},
    {.info = {"all_counted", FORK_CONVENTION, "", "All samples count, whatever is asked for.",
              NULL},
     .instead = {"counted", "all"}},
    {.info = {"good_counted", FORK_CONVENTION, "", "Good samples count, whatever is asked for.",
              NULL},
     .instead = {"counted", "good"}},
    {.info = {"edge_within", FORK_CONVENTION, "", "The radius itself is good.", NULL},
     .instead = {"edge", "within"}},
    {.info = {"edge_strict", FORK_CONVENTION, "", "The radius itself is not good.", NULL},
     .instead = {"edge", "strict"}},
    {.info = {"nats", FORK_CONVENTION, "61", "Nats, whatever is asked for.", NULL},
     .instead = {"base", "nats"}},
    {.info = {"share_of_all", FORK_BUG, "", "Shares of all samples, which do not add up to 1.",
              NULL},
     .answer = answer,
     .variant = SHARE_OF_ALL},
    {.info = {"forward_divergence", FORK_CONVENTION, "",
              "The divergence of the uniform distribution from the counts.", NULL},
     .answer = answer,
     .variant = FORWARD_DIVERGENCE},
    {.info = {"entropy", FORK_BUG, "", "The entropy in place of the divergence.", NULL},
     .answer = answer,
     .variant = ENTROPY},
    {.info = {"covered_by_anybody", FORK_BUG, "", "A bad sample covers its nearest mode.", NULL},
     .answer = answer,
     .variant = COVERED_BY_ANYBODY},
    {.info = {"more_than_least", FORK_BUG, "", "A mode needs more samples than the least number.",
              NULL},
     .answer = answer,
     .variant = MORE_THAN_LEAST},
    {.info = {"three_deviations", FORK_CONVENTION, "", "Three deviations, whatever is asked for.",
              NULL},
     .number = {"multiple", 3}},
    {.info = {"quality_by_modes", FORK_BUG, "", "Good samples are divided by the modes.", NULL},
     .answer = answer,
     .variant = QUALITY_OF_MODES},
    {.info = {"last_block_lost", FORK_BUG, "155", "The last block of samples is left out.", NULL},
     .answer = answer,
     .variant = LAST_BLOCK_LOST},
};

const struct fork_list gan_mode_coverage_forks = {sizeof table / sizeof *table, table};
