// SPDX-License-Identifier: MIT
#include "gan_mode_coverage.h"

struct mixture {
    size_t N, K, D, least;
    const real *samples, *centres;
    real radius;
    int counts_all, strict;
};

static real positive(struct call *call, const char *name, real value)
{
    if (!(value > 0))
        call_fail(call, "number '%s' must be above 0", name);
    return value;
}

static struct mixture read_mixture(struct call *call)
{
    static const char *const counted[] = {"good", "all", NULL};
    static const char *const edges[] = {"within", "strict", NULL};
    struct mixture m = {.samples = call_input(call, "samples", "ND")};
    m.centres = call_input(call, "centres", "KD");
    m.N = call_size(call, 'N');
    m.K = call_size(call, 'K');
    m.D = call_size(call, 'D');
    if (m.N == 0 || m.K == 0)
        call_fail(call, "input '%s' is empty", m.N == 0 ? "samples" : "centres");
    m.radius = positive(call, "multiple", call_number_or(call, "multiple", R(3.0))) *
               positive(call, "deviation", call_number(call, "deviation"));
    m.least = call_count_or(call, "least", 1, 1, 1u << 24);
    m.counts_all = call_choice(call, "counted", counted);
    m.strict = call_choice(call, "edge", edges);
    return m;
}

/* The nearest centre of a sample, and its squared distance. */
static size_t find_nearest(struct call *call, const struct mixture *m, size_t n, real *difference,
                           real *margin, real *squared)
{
    size_t nearest = 0;
    real *d = margin; /* (K) */
    for (size_t k = 0; k < m->K; k++) {
        for (size_t i = 0; i < m->D; i++)
            difference[i] = m->samples[n * m->D + i] - m->centres[k * m->D + i];
        d[k] = sum_products(R(0.0), m->D, difference, 1, difference, 1);
        if (d[k] < d[nearest])
            nearest = k;
    }
    *squared = d[nearest];
    for (size_t k = 0; k < m->K; k++)
        d[k] = d[k] - *squared;
    for (size_t k = 0; k < m->K; k++)
        if (k != nearest)
            call_decisions(call, 1, &d[k]);
    return nearest;
}

static real divergence_of(struct call *call, const struct mixture *m, const real *counts)
{
    static const char *const bases[] = {"nats", "bits", NULL};
    int bits = call_choice(call, "base", bases);
    real total = 0, K = real_count(m->K), *term = call_scratch(call, m->K);
    for (size_t k = 0; k < m->K; k++)
        total = total + counts[k];
    for (size_t k = 0; k < m->K; k++) {
        real r = total > 0 ? counts[k] / total : R(0.0);
        term[k] = r > 0 ? r * real_log(K * r) : R(0.0);
    }
    real sum = total > 0 ? sum_features(m->K, term, 1) : real_log(K);
    return bits ? sum / real_log(R(2.0)) : sum;
}

void gan_mode_coverage_answer(struct call *call)
{
    struct mixture m = read_mixture(call);
    real *nearest = call_output_integers(call, "nearest", "N");
    real *good = call_output_integers(call, "good", "N");
    real *counts = call_output_integers(call, "counts", "K");
    real *covered = call_output_integers(call, "covered", ""), sum = 0;
    real *difference = call_scratch(call, m.D), *margin = call_scratch(call, m.K);
    for (size_t n = 0; n < m.N; n++) {
        real squared, inside;
        size_t k = find_nearest(call, &m, n, difference, margin, &squared);
        inside = m.radius * m.radius - squared;
        call_decisions(call, 1, &inside);
        nearest[n] = real_count(k);
        good[n] = inside > 0 || (!(inside < 0) && !m.strict) ? R(1.0) : R(0.0);
        counts[k] = counts[k] + (m.counts_all ? R(1.0) : good[n]);
        sum = sum + good[n];
    }
    for (size_t k = 0; k < m.K; k++)
        *covered = *covered + (counts[k] < real_count(m.least) ? R(0.0) : R(1.0));
    *call_output(call, "quality", "") = sum / real_count(m.N);
    *call_output(call, "divergence", "") = divergence_of(call, &m, counts);
}
