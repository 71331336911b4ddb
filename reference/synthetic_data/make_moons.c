// SPDX-License-Identifier: MIT
#include "make_moons.h"

struct moons make_moons_read(struct call *call)
{
    static const char *const ends[] = {"included", "excluded", NULL};
    static const char *const noises[] = {"shuffled", "points", NULL};
    struct moons m = {.open = call_choice(call, "end", ends),
                      .by_point = call_choice(call, "noise_to", noises),
                      .noise = call_number_or(call, "noise", R(0.0)),
                      .z = call_input(call, "z", "NC")};
    m.N = call_size(call, 'N');
    if (m.N == 0 || call_size(call, 'C') != 2)
        call_fail(call, "input 'z' must have at least one row of two deviates");
    if (!(m.noise >= 0))
        call_fail(call, "number 'noise' is negative, which no deviation is");
    m.outer = call_count_or(call, "outer", m.N / 2, 0, m.N);
    m.order = permutation_or_identity(call, "order", 'N');
    return m;
}

/* The angle of point i of n on its arc. */
static real angle(size_t i, size_t n, int open)
{
    if (open)
        return real_count(i) * (MOONS_PI / real_count(n));
    if (n == 1)
        return R(0.0);
    return i == n - 1 ? MOONS_PI : real_count(i) * (MOONS_PI / real_count(n - 1));
}

void make_moons_answer(struct call *call)
{
    struct moons m = make_moons_read(call);
    real *x = call_output(call, "x", "NC"), *y = call_output_integers(call, "y", "N");
    for (size_t n = 0; n < m.N; n++) {
        size_t from = (size_t)m.order[n];
        int inner = from >= m.outer;
        real t =
            inner ? angle(from - m.outer, m.N - m.outer, m.open) : angle(from, m.outer, m.open);
        const real *z = &m.z[2 * (m.by_point ? from : n)];
        real across = inner ? 1 - real_cos(t) : real_cos(t);
        real up = inner ? 1 - real_sin(t) - R(0.5) : real_sin(t);
        x[2 * n] = across + m.noise * z[0];
        x[2 * n + 1] = up + m.noise * z[1];
        y[n] = (real)inner;
    }
}
