// SPDX-License-Identifier: MIT
#include "sliced_wasserstein.h"

struct slices sliced_wasserstein_read(struct call *call)
{
    static const char *const powers[] = {"two", "one", NULL};
    static const char *const aggregates[] = {"mean", "max", NULL};
    static const char *const roots[] = {"yes", "no", NULL};
    struct slices s = {.block = call_block(call),
                       .one = call_choice(call, "p", powers),
                       .largest = call_choice(call, "aggregate", aggregates),
                       .rooted = call_choice(call, "root", roots) == 0,
                       .x = call_input(call, "x", "ND")};
    s.N = call_size(call, 'N');
    s.D = call_size(call, 'D');
    if (s.N == 0 || s.D == 0)
        call_fail(call, "input 'x' has no samples or no features");
    s.y = call_input(call, "y", "ND");
    s.u = call_input(call, "direction", "LD");
    s.L = call_size(call, 'L');
    if (s.L == 0)
        call_fail(call, "input 'direction' is empty");
    s.ddistance = call_has(call, "ddistance") ? call_input(call, "ddistance", "") : NULL;
    s.part = call_output(call, "part", "L");
    s.distance = call_output(call, "distance", "");
    s.dx = s.ddistance ? call_output(call, "dx", "ND") : NULL;
    return s;
}

/* sorted (N): the projections of x (N,D) on u (D); rank (N) of each sample. */
static void project(struct call *call, real *sorted, int *rank, const struct slices *s,
                    const real *x, const real *u)
{
    real *along = call_scratch(call, s->N), *gap = call_scratch(call, s->N);
    for (size_t n = 0; n < s->N; n++)
        along[n] = sum_products(R(0.0), s->D, &x[n * s->D], 1, u, 1);
    for (size_t n = 0; n < s->N; n++) {
        rank[n] = 0;
        for (size_t j = 0; j < s->N; j++)
            rank[n] += along[j] < along[n] || (along[j] == along[n] && j < n);
        sorted[rank[n]] = along[n];
    }
    for (size_t n = 0; n + 1 < s->N; n++)
        gap[n] = sorted[n + 1] - sorted[n];
    if (s->ddistance)
        call_decisions(call, s->N - 1, gap);
}

/* The mean, or the largest; *from: the first direction that counts, *to: the end of them. */
static real aggregate(struct call *call, const struct slices *s, size_t *from, size_t *to)
{
    real *lead = call_scratch(call, s->L);
    *from = 0;
    *to = s->L;
    if (!s->largest)
        return sum_features(s->L, s->part, 1) / real_count(s->L);
    for (size_t l = 1; l < s->L; l++)
        *from = s->part[l] > s->part[*from] ? l : *from;
    *to = *from + 1;
    for (size_t l = 0; l < s->L; l++)
        lead[l] = s->part[*from] - s->part[l];
    call_decisions(call, *from, lead);
    call_decisions(call, s->L - *to, lead + *to);
    return s->part[*from];
}

/* c (L,N): how much sample n moves along direction l. */
static void differentiate(const struct slices *s, const real *c, size_t from, size_t to)
{
    for (size_t i = 0; i < s->N * s->D; i++) {
        size_t n = i / s->D, d = i % s->D;
        s->dx[i] = sum_products(R(0.0), to - from, &c[from * s->N + n], s->N,
                                &s->u[from * s->D + d], s->D);
    }
}

void sliced_wasserstein_answer(struct call *call)
{
    struct slices s = sliced_wasserstein_read(call);
    size_t N = s.N, from, to;
    real *a = call_scratch(call, N), *b = call_scratch(call, N), *power = call_scratch(call, N);
    real *c = call_scratch(call, s.L * N), weight = R(0.0);
    int *rank = call_scratch_integers(call, N), *other = call_scratch_integers(call, N);
    for (size_t l = 0; l < s.L; l++) {
        project(call, b, other, &s, s.y, &s.u[l * s.D]);
        project(call, a, rank, &s, s.x, &s.u[l * s.D]);
        for (size_t n = 0; n < N; n++) {
            real gap = a[n] - b[n];
            power[n] = s.one ? real_abs(gap) : gap * gap;
            if (s.one && s.ddistance)
                call_decisions(call, 1, &gap);
        }
        s.part[l] = sum_samples(N, s.block, power, 1) / real_count(N);
        for (size_t n = 0; n < N; n++) {
            real gap = a[rank[n]] - b[rank[n]];
            c[l * N + n] = s.one ? (gap > 0 ? R(1.0) : gap < 0 ? R(-1.0) : R(0.0)) : gap;
        }
    }
    real mean = aggregate(call, &s, &from, &to);
    int halved = s.rooted && !s.one;
    *s.distance = halved ? real_sqrt(mean) : mean;
    if (!s.ddistance)
        return;
    weight = *s.ddistance * (s.one ? R(1.0) : R(2.0));
    if (halved)
        weight = *s.distance > 0 ? weight / (2 * *s.distance) : R(0.0);
    weight = weight / real_count(N * (to - from));
    for (size_t i = 0; i < s.L * N; i++)
        c[i] = weight * c[i];
    differentiate(&s, c, from, to);
}
