// SPDX-License-Identifier: MIT
#include "../../reference/distributed/tensor_parallelism.h"
#include "../fork.h"

enum rival {
    TWIN,
    BIAS_BY_EVERY_PART,
    BIAS_FORGOTTEN,
    FIRST_PART_FORWARDS,
    FIRST_PART_BACKWARDS,
    LAST_PART_FORWARDS,
    LAST_PART_BACKWARDS,
    SUM_DIVIDED,
    GRADIENT_SUM_DIVIDED,
    SUM_AFTER_ACTIVATION,
    EQUAL_PARTS,
    UPSTREAM_SUMMED,
    BIAS_GRADIENT_BY_ALL,
    GRADIENTS_SUMMED_OVER_PARTS
};

/* The part that an index belongs to, when parts are as stated. */
static size_t part_of(const struct tensor_parallelism *t, const int *part, size_t i)
{
    size_t k = 0;
    for (size_t end = (size_t)part[0]; k + 1 < t->T && i >= end; k++)
        end += (size_t)part[k + 1];
    return k;
}

/* Whether a summand of the sum over parts is there. */
static int is_there(const struct tensor_parallelism *t, const int *part, size_t i, size_t n,
                    enum rival rival, int backwards)
{
    size_t k = part_of(t, part, i);
    if (rival == (backwards ? FIRST_PART_BACKWARDS : FIRST_PART_FORWARDS))
        return k == 0;
    if (rival == (backwards ? LAST_PART_BACKWARDS : LAST_PART_FORWARDS))
        return t->T == 1 || k + 1 < t->T;
    if (rival == EQUAL_PARTS)
        return i < n / t->T * t->T;
    return 1;
}

/* A serial dense layer, from the last input back; `cut`: this layer's sum is over parts. */
static void dense(const struct tensor_parallelism *t, const int *cut, real *y, const real *x,
                  const real *w, const real *b, size_t I, size_t O, enum rival rival)
{
    real T = real_count(t->T), scale = cut && rival == SUM_DIVIDED ? 1 / T : R(1.0);
    real times = cut && rival == BIAS_BY_EVERY_PART ? T : R(1.0);
    if (cut && rival == BIAS_FORGOTTEN)
        times = 0;
    for (size_t n = 0; n < t->N; n++)
        for (size_t o = 0; o < O; o++) {
            real sum = 0;
            for (size_t i = I; i-- > 0;)
                if (!cut || is_there(t, cut, i, I, rival, 0))
                    sum = sum + x[n * I + i] * w[i * O + o];
            y[n * O + o] = scale * sum + times * b[o];
        }
}

static void back(const struct tensor_parallelism *t, const int *cut, real *dx, const real *dz,
                 const real *w, size_t I, size_t O, enum rival rival)
{
    real scale = cut && rival == GRADIENT_SUM_DIVIDED ? 1 / real_count(t->T) : R(1.0);
    for (size_t n = 0; n < t->N; n++)
        for (size_t i = 0; i < I; i++) {
            real sum = 0;
            for (size_t o = O; o-- > 0;)
                if (!cut || is_there(t, cut, o, O, rival, 1))
                    sum = sum + dz[n * O + o] * w[i * O + o];
            dx[n * I + i] = scale * sum;
        }
}

/* Activations of partial sums, added up: what comes of an all-reduce behind the activation. */
static void activate_parts(const struct tensor_parallelism *t, real *a, real *partial, real *one)
{
    size_t NH = t->N * t->H, first = 0;
    for (size_t k = 0; k < t->T; first += (size_t)t->part[k++]) {
        for (size_t i = 0; i < NH; i++) {
            size_t n = i / t->H, h = i % t->H;
            partial[i] = k == 0 ? t->b1[h] : 0;
            for (size_t d = first; d < first + (size_t)t->part[k]; d++)
                partial[i] = partial[i] + t->x[n * t->D + d] * t->w1[d * t->H + h];
        }
        tensor_activate(t, one, partial, NH);
        for (size_t i = 0; i < NH; i++)
            a[i] = (k == 0 ? 0 : a[i]) + one[i];
    }
}

static void weights(const struct tensor_parallelism *t, real *dw, real *db, const real *x,
                    const real *dz, size_t I, size_t O, real times, real bias_times)
{
    for (size_t o = 0; o < O; o++) {
        for (size_t i = 0; i < I; i++) {
            real sum = 0;
            for (size_t n = t->N; n-- > 0;)
                sum = sum + x[n * I + i] * dz[n * O + o];
            dw[i * O + o] = times * sum;
        }
        for (size_t n = t->N; n-- > 0;)
            db[o] = db[o] + bias_times * dz[n * O + o];
    }
}

static void rival(struct call *call)
{
    struct tensor_parallelism t;
    enum rival rival = (enum rival)call_variant(call);
    tensor_parallelism_read(call, &t);
    size_t N = t.N, D = t.D, H = t.H, K = t.K;
    real *a = call_scratch(call, N * H), *da = call_scratch(call, N * H);
    real *dz = call_scratch(call, N * H), *own = call_scratch(call, N * H);
    real *y = call_output(call, "y", "NK"), *z = call_output(call, "z", "NH");
    real T = real_count(t.T), one = R(1.0);
    dense(&t, t.row_column ? t.part : NULL, z, t.x, t.w1, t.b1, D, H, rival);
    tensor_activate(&t, a, z, N * H);
    if (t.row_column && rival == SUM_AFTER_ACTIVATION)
        activate_parts(&t, a, own, da);
    dense(&t, t.row_column ? NULL : t.part, y, a, t.w2, t.b2, H, K, rival);
    back(&t, t.row_column ? t.part2 : NULL, da, t.dy, t.w2, H, K, rival);
    for (size_t i = 0; i < N * H && rival == UPSTREAM_SUMMED; i++)
        da[i] = da[i] * T;
    tensor_differentiate(&t, dz, da, z, a, N * H);
    back(&t, t.row_column ? NULL : t.part, call_output(call, "dx", "ND"), dz, t.w1, D, H, rival);
    real whole = rival == GRADIENTS_SUMMED_OVER_PARTS ? T : one;
    real shared = rival == BIAS_GRADIENT_BY_ALL ? T : one;
    real *dw1 = call_output(call, "dw1", "DH");
    weights(&t, dw1, call_output(call, "db1", "H"), t.x, dz, D, H, whole,
            t.row_column ? shared : one);
    real *dw2 = call_output(call, "dw2", "HK");
    weights(&t, dw2, call_output(call, "db2", "K"), a, t.dy, H, K, whole,
            t.row_column ? one : shared);
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"serial", FORK_TWIN, "",
     "Without parts: each sum is one, from the last to the first.", NULL},
     .answer = rival, .variant = TWIN},
    {.info = {"bias_by_every_part", FORK_BUG, "",
     "Every part adds the bias of the layer that is cut along its rows.", NULL},
     .answer = rival, .variant = BIAS_BY_EVERY_PART},
    {.info = {"bias_forgotten", FORK_BUG, "", "No part adds that bias.", NULL},
     .answer = rival, .variant = BIAS_FORGOTTEN},
    {.info = {"first_part_forwards", FORK_BUG, "",
     "There is no all-reduce forwards: part 0 goes alone.", NULL},
     .answer = rival, .variant = FIRST_PART_FORWARDS},
    {.info = {"first_part_backwards", FORK_BUG, "",
     "There is no all-reduce backwards: the gradient of part 0 is passed on.", NULL},
     .answer = rival, .variant = FIRST_PART_BACKWARDS},
    {.info = {"last_part_forwards", FORK_BUG, "", "The sum loses its last part.", NULL},
     .answer = rival, .variant = LAST_PART_FORWARDS},
    {.info = {"last_part_backwards", FORK_BUG, "", "The sum backwards loses its last part.", NULL},
     .answer = rival, .variant = LAST_PART_BACKWARDS},
    {.info = {"averaged", FORK_BUG, "122", "The all-reduce divides by the parts.", NULL},
     .answer = rival, .variant = SUM_DIVIDED},
    {.info = {"gradient_averaged", FORK_BUG, "122",
     "The all-reduce backwards divides by the parts.", NULL},
     .answer = rival, .variant = GRADIENT_SUM_DIVIDED},
    {.info = {"sum_after_activation", FORK_BUG, "",
     "Partial sums are activated and then added.", NULL},
     .answer = rival, .variant = SUM_AFTER_ACTIVATION},
    {.info = {"equal_parts", FORK_BUG, "", "Units that do not divide among the parts are lost.",
     NULL},
     .answer = rival, .variant = EQUAL_PARTS},
    {.info = {"upstream_summed", FORK_BUG, "",
     "The upstream gradient, equal on all parts, is added up over them.", NULL},
     .answer = rival, .variant = UPSTREAM_SUMMED},
    {.info = {"bias_gradient_by_all", FORK_BUG, "",
     "The gradient of the bias that all parts share is added up over them.", NULL},
     .answer = rival, .variant = BIAS_GRADIENT_BY_ALL},
    {.info = {"gradients_summed", FORK_BUG, "122",
     "Gradients of weights are added up over parts, as over replicas.", NULL},
     .answer = rival, .variant = GRADIENTS_SUMMED_OVER_PARTS},
};
/* clang-format on */

const struct fork_list tensor_parallelism_forks = {sizeof table / sizeof *table, table};
