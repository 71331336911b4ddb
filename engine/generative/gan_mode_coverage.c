// SPDX-License-Identifier: MIT
/* Mode coverage; definition in reference/generative/gan_mode_coverage.h.
 *
 * How it is distributed: the samples are sharded; every rank holds the centres and decides for its
 * own samples. Whole numbers cross the network, the counts of each centre and of good samples,
 * whose sums are exact in any order. Every rank then makes the same divergence of the same counts.
 */
#include "../techniques.h"

struct mixture {
    const struct team *team;
    size_t rows, N, K, D, least;
    const scalar *samples, *centres;
    scalar radius;
    bool counts_all, strict;
};

static scalar positive(struct question *q, const char *name, scalar value)
{
    if (!(value > 0))
        question_refuse(q, "its '%s' is %g; give more than 0", name, (double)value);
    return value;
}

static struct mixture read_mixture(struct question *q)
{
    static const char *const counted[] = {"good", "all", NULL};
    static const char *const edges[] = {"within", "strict", NULL};
    struct mixture m = {.team = question_team(q)};
    m.samples = question_input(q, "samples", "[N]D");
    m.centres = question_input(q, "centres", "KD");
    m.rows = question_part(q, 'N');
    m.N = question_size(q, 'N');
    m.K = question_size(q, 'K');
    m.D = question_size(q, 'D');
    if (m.N == 0 || m.K == 0)
        question_refuse(q, "its '%s' is empty", m.N == 0 ? "samples" : "centres");
    m.radius = positive(q, "multiple", question_number_or(q, "multiple", 3)) *
               positive(q, "deviation", question_number(q, "deviation"));
    m.least = question_count_or(q, "least", 1, 1, 1u << 24);
    m.counts_all = question_choice(q, "counted", counted) == 1;
    m.strict = question_choice(q, "edge", edges) == 1;
    return m;
}

static size_t find_nearest(const struct mixture *m, const scalar *sample, scalar *difference,
                           scalar *squared)
{
    size_t nearest = 0;
    for (size_t i = 0; i < m->K * m->D; i++)
        difference[i] = sample[i % m->D] - m->centres[i];
    team_row_products(m->team, m->K, m->D, difference, difference, squared);
    for (size_t k = 1; k < m->K; k++)
        if (squared[k] < squared[nearest])
            nearest = k;
    return nearest;
}

static scalar divergence_of(struct question *q, const struct mixture *m, const long long *counts)
{
    static const char *const bases[] = {"nats", "bits", NULL};
    const struct kernels *kernels = m->team->kernels;
    const bool bits = question_choice(q, "base", bases) == 1;
    const scalar K = (scalar)m->K;
    long long total = 0;
    scalar sum = 0, log_two;
    for (size_t k = 0; k < m->K; k++)
        total += counts[k];
    if (total == 0)
        kernels->logarithm(1, &sum, &K);
    for (size_t k = 0; k < m->K; k++) {
        if (counts[k] == 0)
            continue;
        const scalar r = (scalar)counts[k] / (scalar)total, ratio = K * r;
        scalar log;
        kernels->logarithm(1, &log, &ratio);
        sum += r * log;
    }
    kernels->logarithm(1, &log_two, &(scalar){2});
    return bits ? sum / log_two : sum;
}

void gan_mode_coverage_run(struct question *q)
{
    const struct mixture m = read_mixture(q);
    scalar *nearest = question_output(q, "nearest", "[N]");
    scalar *good = question_output(q, "good", "[N]");
    scalar *difference = question_scratch(q, m.K * m.D), *squared = question_scratch(q, m.K);
    long long *counts = arena_take(question_arena(q), m.K + 1, sizeof *counts), covered = 0;
    for (size_t n = 0; n < m.rows; n++) {
        const size_t k = find_nearest(&m, m.samples + n * m.D, difference, squared);
        const scalar inside = m.radius * m.radius - squared[k];
        const bool is_good = inside > 0 || (inside == 0 && !m.strict);
        nearest[n] = (scalar)k;
        good[n] = is_good ? 1 : 0;
        counts[k] += is_good || m.counts_all ? 1 : 0;
        counts[m.K] += is_good ? 1 : 0;
    }
    reduce_integers(m.team, counts, m.K + 1);
    scalar *totals = question_output(q, "counts", "K");
    for (size_t k = 0; k < m.K; k++) {
        totals[k] = (scalar)counts[k];
        covered += counts[k] >= (long long)m.least ? 1 : 0;
    }
    question_output(q, "covered", "")[0] = (scalar)covered;
    question_output(q, "quality", "")[0] = (scalar)counts[m.K] / (scalar)m.N;
    question_output(q, "divergence", "")[0] = divergence_of(q, &m, counts);
}
