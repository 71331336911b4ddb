// SPDX-License-Identifier: MIT
#include "style_loss.h"

struct images {
    size_t N, C, P, Q, block;
    int gram, removed;
    real b, h, style_weight, content_weight, dloss;
    const real *f, *s, *c;
    real *centred, *difference; /* (N,C,P), (N,C,C) */
};

enum { GATYS, MEAN, SUM };
enum { PLAIN, POSITIONS, ALL };

/* Takes the mean over positions off each of `maps` rows of n. */
static void centre(real *x, size_t maps, size_t n)
{
    for (size_t i = 0; i < maps; i++) {
        real mean = sum_features(n, &x[i * n], 1) / real_count(n);
        for (size_t p = i * n; p < (i + 1) * n; p++)
            x[p] = x[p] - mean;
    }
}

static real divisor(const struct images *is, size_t positions)
{
    return is->gram == PLAIN ? 1 : real_count(is->gram == ALL ? is->C * positions : positions);
}

/* x (N,C,n), centred if that is asked for, and its Gram matrices. */
static real *measure(struct call *call, const struct images *is, const real *x, size_t n,
                     real *gram)
{
    size_t count = is->N * is->C;
    real *kept = call_scratch(call, count * n);
    for (size_t i = 0; i < count * n; i++)
        kept[i] = x[i];
    if (is->removed)
        centre(kept, count, n);
    for (size_t i = 0; i < count * is->C; i++) {
        size_t row = i / is->C, column = row / is->C * is->C + i % is->C;
        gram[i] = sum_products(R(0.0), n, &kept[row * n], 1, &kept[column * n], 1) / divisor(is, n);
    }
    return kept;
}

static real style_part(struct call *call, const struct images *is, real *df)
{
    size_t C = is->C, P = is->P;
    real *value = call_scratch(call, is->N);
    real scale = 4 * is->b * is->style_weight * is->dloss / real_count(is->N) / divisor(is, P);
    for (size_t n = 0; n < is->N; n++) {
        const real *difference = &is->difference[n * C * C];
        value[n] = is->b * sum_products(R(0.0), C * C, difference, 1, difference, 1);
        for (size_t i = 0; i < C * P; i++)
            df[n * C * P + i] = scale * sum_products(R(0.0), C, &difference[i / P * C], 1,
                                                     &is->centred[n * C * P + i % P], P);
    }
    return sum_samples(is->N, is->block, value, 1) / real_count(is->N);
}

static real content_part(struct call *call, const struct images *is, real *df)
{
    size_t row = is->C * is->P;
    real *value = call_scratch(call, is->N), *gap = call_scratch(call, row);
    real scale = 2 * is->h * is->content_weight * is->dloss / real_count(is->N);
    for (size_t n = 0; n < is->N; n++) {
        for (size_t i = 0; i < row; i++) {
            gap[i] = is->f[n * row + i] - is->c[n * row + i];
            df[n * row + i] = df[n * row + i] + scale * gap[i];
        }
        value[n] = is->h * sum_products(R(0.0), row, gap, 1, gap, 1);
    }
    return sum_samples(is->N, is->block, value, 1) / real_count(is->N);
}

static real weight_of(struct call *call, const char *name)
{
    real value = call_number_or(call, name, R(1.0));
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    return value;
}

static void read(struct call *call, struct images *is)
{
    static const char *const grams[] = {"plain", "positions", "all", NULL};
    static const char *const scales[] = {"gatys", "mean", "sum", NULL};
    static const char *const centers[] = {"kept", "removed", NULL};
    int scale = call_choice(call, "scale", scales);
    is->gram = call_choice(call, "gram", grams);
    is->removed = call_choice(call, "center", centers) == 1;
    is->f = call_input(call, "f", "NCP");
    is->s = call_input(call, "s", "NCQ");
    is->c = call_has(call, "c") ? call_input(call, "c", "NCP") : NULL;
    is->N = call_size(call, 'N');
    is->C = call_size(call, 'C');
    is->P = call_size(call, 'P');
    is->Q = call_size(call, 'Q');
    is->block = call_block(call);
    if (is->N * is->C * is->P == 0)
        call_fail(call, "input 'f' has no elements");
    if (is->Q == 0)
        call_fail(call, "input 's' has no positions");
    is->style_weight = weight_of(call, "style_weight");
    is->content_weight = weight_of(call, "content_weight");
    is->dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    real all = real_count(is->C * is->P), one = 1;
    is->b = scale == GATYS ? one / (4 * all * all) : one;
    is->h = scale == GATYS ? one / 2 : one;
    if (scale == MEAN) {
        is->b = one / real_count(is->C * is->C);
        is->h = one / all;
    }
}

void style_loss_answer(struct call *call)
{
    struct images is;
    read(call, &is);
    size_t squares = is.N * is.C * is.C;
    real *gram = call_output(call, "gram", "NCC"), *wanted = call_scratch(call, squares);
    real *style = call_output(call, "style", ""), *loss = call_output(call, "loss", "");
    real *df = call_output(call, "df", "NCP");
    is.centred = measure(call, &is, is.f, is.P, gram);
    measure(call, &is, is.s, is.Q, wanted);
    is.difference = call_scratch(call, squares);
    for (size_t i = 0; i < squares; i++)
        is.difference[i] = gram[i] - wanted[i];
    *style = style_part(call, &is, df);
    *loss = is.style_weight * *style;
    if (is.c) {
        real content = *call_output(call, "content", "") = content_part(call, &is, df);
        *loss = *loss + is.content_weight * content;
    }
}
