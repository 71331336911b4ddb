// SPDX-License-Identifier: MIT
#include "random_oversampling.h"

struct oversampling oversampling_read(struct call *call)
{
    static const char *const sizes[] = {"data", "class", NULL};
    struct oversampling is = {.classes = classes_read(call), .x = call_input(call, "x", "ND")};
    is.D = call_size(call, 'D');
    is.block = call_block(call);
    is.goal = classes_to_grow(call, &is.classes);
    for (size_t c = 0; c < is.classes.C; c++)
        is.S += (size_t)(is.goal[c] - is.classes.count[c]);
    call_bind(call, 'S', is.S);
    is.of = call_scratch_integers(call, is.S);
    size_t s = 0;
    for (size_t c = 0; c < is.classes.C; c++) {
        for (int i = is.classes.count[c]; i < is.goal[c]; i++)
            is.of[s++] = (int)c;
    }
    is.size_of_class = call_choice(call, "size", sizes);
    is.shrinkage = call_number_or(call, "shrinkage", R(1.0));
    if (!(is.shrinkage >= 0))
        call_fail(call, "number 'shrinkage' must not be negative");
    if (call_has(call, "noise"))
        is.noise = call_input(call, "noise", "SD");
    return is;
}

void oversampling_draw(struct call *call, const struct oversampling *is, int *source)
{
    static const char *const draws[] = {"uniform", "index", NULL};
    int by_index = call_choice(call, "draws", draws);
    const real *u = by_index ? NULL : call_input(call, "u", "S");
    const int *draw = NULL;
    if (by_index)
        draw = call_integers(call, "draw", "S", 0, (int)is->classes.N - 1);
    for (size_t s = 0; s < is->S; s++) {
        int c = is->of[s], count = is->classes.count[c], i = by_index ? draw[s] : 0;
        if (i >= count)
            call_fail(call, "input 'draw': class %d has no sample number %d", c, i);
        if (!by_index) {
            if (!(u[s] >= 0 && u[s] < 1))
                call_fail(call, "input 'u' must be in [0, 1) everywhere");
            i = classes_floor(call, u[s] * (real)count, count);
            i = i < count ? i : count - 1;
        }
        source[s] = classes_members(call, &is->classes, c)[i];
    }
}

/* (1/count) sum over the members of class c of what is in `value` (N), others not counting. */
static real mean_of_class(const struct oversampling *is, int c, real *value)
{
    for (size_t n = 0; n < is->classes.N; n++)
        value[n] = is->classes.label[n] == c ? value[n] : 0;
    return sum_samples(is->classes.N, is->block, value, 1) / (real)is->classes.count[c];
}

static real deviation(struct call *call, const struct oversampling *is, int c, size_t d)
{
    size_t N = is->classes.N;
    real *value = call_scratch(call, N);
    for (size_t n = 0; n < N; n++)
        value[n] = is->x[n * is->D + d];
    real mean = mean_of_class(is, c, value);
    for (size_t n = 0; n < N; n++) {
        real gap = is->x[n * is->D + d] - mean;
        value[n] = gap * gap;
    }
    return real_sqrt(mean_of_class(is, c, value));
}

void oversampling_bandwidth(struct call *call, const struct oversampling *is, real *bandwidth)
{
    for (size_t c = 0; c < is->classes.C; c++) {
        if (is->goal[c] == is->classes.count[c])
            continue;
        real n = is->size_of_class ? (real)is->classes.count[c] : real_count(is->classes.N);
        real base = 4 / (real_count(is->D + 2) * n);
        real width = is->shrinkage * real_exp(real_log(base) / real_count(is->D + 4));
        for (size_t d = 0; d < is->D; d++)
            bandwidth[c * is->D + d] = width * deviation(call, is, (int)c, d);
    }
}

void random_oversampling_answer(struct call *call)
{
    struct oversampling is = oversampling_read(call);
    size_t D = is.D;
    int *source = call_scratch_integers(call, is.S);
    oversampling_draw(call, &is, source);
    real *from = call_output_integers(call, "source", "S");
    real *label = call_output_integers(call, "added_label", "S");
    real *added = call_output(call, "added", "SD"), *bandwidth = NULL;
    if (is.noise) {
        bandwidth = call_output(call, "bandwidth", "CD");
        oversampling_bandwidth(call, &is, bandwidth);
    }
    for (size_t i = 0; i < is.S * D; i++) {
        size_t s = i / D, d = i % D, c = (size_t)is.of[s];
        real copy = is.x[(size_t)source[s] * D + d];
        from[s] = (real)source[s];
        label[s] = (real)c;
        added[i] = is.noise ? copy + bandwidth[c * D + d] * is.noise[i] : copy;
    }
}
