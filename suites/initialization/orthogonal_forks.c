// SPDX-License-Identifier: MIT
#include "../../reference/initialization/orthogonal.h"
#include "../fork.h"

/* One call; vectors (n) of length m that are to be orthonormal, one after the other. */
struct frame {
    size_t m, n;
    int wide, raw;
    real gain;
    real *vector; /* (n,m) */
    real *w;
};

static struct frame read(struct call *call)
{
    static const char *const signs[] = {"fixed", "raw", NULL};
    const char *shape = call_rank(call, "deviate") == 2 ? "IO" : "HWIO";
    const real *u = call_input(call, "deviate", shape);
    size_t columns = call_size(call, 'O'), rows = call_size(call, 'I');
    if (shape[0] == 'H')
        rows *= call_size(call, 'H') * call_size(call, 'W');
    if (rows * columns == 0)
        call_fail(call, "input 'deviate' is empty");
    struct frame t = {.wide = columns > rows, .raw = call_choice(call, "sign", signs)};
    t.m = t.wide ? columns : rows;
    t.n = t.wide ? rows : columns;
    t.gain = call_number_or(call, "gain", R(1.0));
    if (t.m * t.n == 0)
        call_fail(call, "input 'deviate' is empty");
    t.vector = call_scratch(call, t.m * t.n);
    for (size_t i = 0; i < t.m * t.n; i++)
        t.vector[i] = t.wide ? u[i] : u[i % t.m * t.n + i / t.m];
    t.w = call_output(call, "w", shape);
    return t;
}

static void write(const struct frame *t)
{
    for (size_t i = 0; i < t->m * t->n; i++)
        t->w[t->wide ? i : i % t->m * t->n + i / t->m] = t->gain * t->vector[i];
}

/* Removes earlier directions `times` times, then brings each vector to length 1. */
static void orthonormalize(struct frame *t, int times)
{
    for (size_t k = 0; k < t->n; k++) {
        real *v = &t->vector[k * t->m];
        for (size_t j = 0; j < k * (size_t)times; j++) {
            const real *e = &t->vector[j % k * t->m];
            real dot = sum_products(R(0.0), t->m, v, 1, e, 1);
            for (size_t i = 0; i < t->m; i++)
                v[i] -= dot * e[i];
        }
        real norm = real_sqrt(sum_products(R(0.0), t->m, v, 1, v, 1));
        for (size_t i = 0; i < t->m; i++)
            v[i] = v[i] / norm;
    }
}

/* The sign that Householder's reflections give: found by them, used on Gram and Schmidt's vectors.
 */
static void flip(struct call *call, struct frame *t, const struct frame *from)
{
    real *a = call_scratch(call, t->m * t->n), *q = call_scratch(call, t->m * t->n);
    real *sign = call_scratch(call, t->n), *head = call_scratch(call, t->n);
    for (size_t i = 0; i < t->m * t->n; i++)
        a[i] = from->vector[i % t->n * t->m + i / t->n];
    householder_factor(q, sign, head, a, call_scratch(call, t->m), t->m, t->n);
    for (size_t i = 0; i < t->m * t->n; i++)
        t->vector[i] = sign[i / t->m] < 0 ? -t->vector[i] : t->vector[i];
}

static void answer(struct call *call, int times, int flipped)
{
    struct frame t = read(call), before = t;
    before.vector = call_scratch(call, t.m * t.n);
    for (size_t i = 0; i < t.m * t.n; i++)
        before.vector[i] = t.vector[i];
    orthonormalize(&t, times);
    if (flipped)
        flip(call, &t, &before);
    write(&t);
}

static void gram_schmidt(struct call *call)
{
    static const char *const signs[] = {"fixed", "raw", NULL};
    answer(call, 2, call_choice(call, "sign", signs));
}

static void normalized_only(struct call *call)
{
    answer(call, 0, 0);
}

static void not_transposed(struct call *call)
{
    struct frame t = read(call);
    if (t.wide) { /* columns, of which there are more than they have elements */
        for (size_t i = 0; i < t.m; i++) {
            real square = 0;
            for (size_t k = 0; k < t.n; k++)
                square += t.vector[k * t.m + i] * t.vector[k * t.m + i];
            for (size_t k = 0; k < t.n; k++)
                t.vector[k * t.m + i] = t.vector[k * t.m + i] / real_sqrt(square);
        }
    } else {
        orthonormalize(&t, 2);
    }
    write(&t);
}

static void written_transposed(struct call *call)
{
    struct frame t = read(call);
    orthonormalize(&t, 2);
    for (size_t i = 0; i < t.m * t.n; i++)
        t.w[i] = t.gain * t.vector[t.wide ? i % t.n * t.m + i / t.n : i];
}

static void gain_squared(struct call *call)
{
    struct frame t = read(call);
    orthonormalize(&t, 2);
    t.gain = t.gain * t.gain;
    write(&t);
}

static void last_vector_left(struct call *call)
{
    struct frame t = read(call);
    t.n--;
    orthonormalize(&t, 2);
    t.n++;
    write(&t);
}

static void scaled_to_glorot(struct call *call)
{
    struct frame t = read(call);
    real scale = real_sqrt(2 / real_count(t.m + t.n));
    for (size_t i = 0; i < t.m * t.n; i++)
        t.vector[i] *= scale;
    write(&t);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"gram_schmidt", FORK_TWIN, "", "Gram and Schmidt's projections, each done twice.",
     NULL},
     .answer = gram_schmidt},
    {.info = {"raw_signs", FORK_CONVENTION, "235", "Signs stay as the reflections leave them.",
     NULL},
     .instead = {"sign", "raw"}},
    {.info = {"fixed_signs", FORK_CONVENTION, "235", "The diagonal of R is made positive.", NULL},
     .instead = {"sign", "fixed"}},
    {.info = {"normalized_only", FORK_BUG, "", "Columns of length 1, not orthogonal.", NULL},
     .answer = normalized_only},
    {.info = {"not_transposed", FORK_BUG, "235", "A wide matrix has its columns made unit vectors.",
     NULL},
     .answer = not_transposed},
    {.info = {"written_transposed", FORK_BUG, "235", "w is written in the order of its transpose.",
     NULL},
     .answer = written_transposed},
    {.info = {"gain_ignored", FORK_BUG, "", "The gain is 1.", NULL}, .number = {"gain", 1}},
    {.info = {"gain_squared", FORK_BUG, "", "The gain enters squared.", NULL},
     .answer = gain_squared},
    {.info = {"last_vector_left", FORK_BUG, "", "The last vector stays as it was drawn.", NULL},
     .answer = last_vector_left},
    {.info = {"scaled_to_glorot", FORK_CONVENTION, "", "Glorot's normal takes its place.", NULL},
     .answer = scaled_to_glorot},
    /* clang-format on */
};

const struct fork_list orthogonal_forks = {sizeof table / sizeof *table, table};
