// SPDX-License-Identifier: MIT
/* Orthogonal initialisation; definition in reference/initialization/orthogonal.h.
 *
 * How it is distributed: not at all. Weights are drawn once and are small next to the data, and
 * every step of the factorisation needs the one before; so every rank computes all of it, in the
 * same order, and nothing crosses the network.
 */
#include "../techniques.h"

/* Columns of an (n, m) array are rows here: each is contiguous. */
static scalar dot(const struct team *team, size_t count, const scalar *a, const scalar *b)
{
    scalar sum;
    team_row_products(team, 1, count, a, b, &sum);
    return sum;
}

static void reflect(const struct team *team, size_t count, scalar *a, const scalar *v, scalar vv)
{
    const scalar factor = 2 * dot(team, count, v, a) / vv;
    for (size_t i = 0; i < count; i++)
        a[i] -= factor * v[i];
}

/* Columns c (n, m) become reflectors; q (n, m); negative[k] tells that R_kk is below 0. */
static bool factorize(const struct team *team, scalar *q, bool *negative, scalar *c, size_t m,
                      size_t n)
{
    for (size_t k = 0; k < n; k++) {
        scalar *v = c + k * m + k;
        const size_t count = m - k;
        const scalar norm = scalar_sqrt(dot(team, count, v, v));
        if (!(norm > 0))
            return false;
        negative[k] = !(v[0] < 0);
        v[0] = negative[k] ? v[0] + norm : v[0] - norm;
        const scalar vv = dot(team, count, v, v);
        for (size_t j = k + 1; j < n; j++)
            reflect(team, count, c + j * m + k, v, vv);
    }
    for (size_t j = 0; j < n; j++)
        q[j * m + j] = 1;
    for (size_t k = n; k-- > 0;) {
        const scalar *v = c + k * m + k;
        const scalar vv = dot(team, m - k, v, v);
        for (size_t j = 0; j < n; j++)
            reflect(team, m - k, q + j * m + k, v, vv);
    }
    return true;
}

void orthogonal_run(struct question *q)
{
    static const char *const signs[] = {"fixed", "raw", NULL};
    const bool is_kernel = question_axes(q, "deviate") == 4;
    const char *shape = is_kernel ? "HWIO" : "IO";
    const scalar *u = question_input(q, "deviate", shape);
    const size_t field = is_kernel ? question_size(q, 'H') * question_size(q, 'W') : 1;
    const size_t rows = field * question_size(q, 'I'), columns = question_size(q, 'O');
    const bool wide = columns > rows, raw = question_choice(q, "sign", signs) == 1;
    const size_t m = wide ? columns : rows, n = wide ? rows : columns;
    const scalar gain = question_number_or(q, "gain", 1);
    if (!(gain > 0))
        question_refuse(q, "its number 'gain' must be above 0");
    scalar *c = question_scratch(q, m * n), *basis = question_scratch(q, m * n);
    bool *negative = arena_take(question_arena(q), n, sizeof *negative);
    if (m * n == 0)
        question_refuse(q, "its input 'deviate' is empty; give every axis at least one element");
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < m; i++)
            c[j * m + i] = wide ? u[j * m + i] : u[i * n + j];
    if (!factorize(question_team(q), basis, negative, c, m, n))
        question_refuse(q, "its input 'deviate' has not full rank; draw it again");
    scalar *w = question_output(q, "w", shape);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < m; i++) {
            const scalar value = basis[j * m + i];
            w[wide ? j * m + i : i * n + j] = gain * (negative[j] && !raw ? -value : value);
        }
}
