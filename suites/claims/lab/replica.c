// SPDX-License-Identifier: MIT
#include "replica.h"
#include "run.h"

#include "../../../engine/random.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Normal draws take two uniform ones from streams of their own. */
enum { NORMAL_STREAMS = 1 << 16 };

void replica_effect(struct replica *r, size_t part, double value)
{
    if (part >= claim_part_count(r->claim))
        replica_fail(r, "it has no part %zu", part);
    r->effect[part] = value;
}

void replica_point(struct replica *r, size_t arm, size_t point, double value)
{
    if (arm >= claim_arm_count(r->claim) || point >= r->claim->curve.points)
        replica_fail(r, "its curve has no point %zu of arm %zu", point, arm);
    r->curve[arm * r->claim->curve.points + point] = value;
}

void replica_fail(const struct replica *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "assay-claims: claim %s, replica %zu: ", r->claim->id, r->index);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    MPI_Abort(MPI_COMM_WORLD, 2);
    abort();
}

float *lab_floats(struct replica *r, size_t count)
{
    return arena_take(&r->arena, count, sizeof(float));
}

void *lab_take(struct replica *r, size_t count, size_t size)
{
    return arena_take(&r->arena, count, size);
}

struct arena lab_borrow(struct replica *r)
{
    const struct arena kept = r->arena;
    r->arena = (struct arena){NULL};
    return kept;
}

void lab_return(struct replica *r, struct arena kept)
{
    arena_release(&r->arena);
    r->arena = kept;
}

double lab_uniform(const struct replica *r, uint64_t stream, uint64_t index)
{
    return (double)(random_draw(r->seed, stream, index) >> 40) / 0x1000000p0;
}

size_t lab_below(const struct replica *r, uint64_t stream, uint64_t index, size_t n)
{
    const uint64_t high = random_draw(r->seed, stream, index) >> 32;
    return (size_t)(high * (uint64_t)n >> 32);
}

void lab_normal(struct replica *r, uint64_t stream, float *x, size_t count)
{
    enum { CHUNK = 1024 };
    const float turn = 6.28318530717958647692f;
    float radius[CHUNK], angle[CHUNK];
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t n = count - first < CHUNK ? count - first : CHUNK;
        for (size_t i = 0; i < n; i++) {
            const uint64_t from = stream + NORMAL_STREAMS, at = 2 * (uint64_t)(first + i);
            radius[i] = (float)(lab_uniform(r, from, at) + 0x1p-24);
            angle[i] = turn * (float)lab_uniform(r, from, at + 1);
        }
        r->team.kernels->logarithm(n, radius, radius);
        r->team.kernels->cosine(n, angle, angle);
        for (size_t i = 0; i < n; i++)
            x[first + i] = scalar_sqrt(-2 * radius[i]) * angle[i];
    }
}

void lab_shuffle(const struct replica *r, uint64_t stream, uint32_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    random_shuffle(order, n, r->seed, stream);
}

static double through(void (*function)(size_t n, float *y, const float *x), double x)
{
    const float in = (float)x;
    float out;
    function(1, &out, &in);
    return (double)out;
}

double lab_log(const struct replica *r, double x)
{
    return through(r->team.kernels->logarithm, x);
}

double lab_log10(const struct replica *r, double x)
{
    return lab_log(r, x) / 2.302585092994045684;
}

double lab_exp(const struct replica *r, double x)
{
    return through(r->team.kernels->exponential, x);
}

double lab_sin(const struct replica *r, double x)
{
    return through(r->team.kernels->sine, x);
}

double lab_cos(const struct replica *r, double x)
{
    return through(r->team.kernels->cosine, x);
}

double lab_mean(const float *x, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)x[i];
    return sum / (double)count;
}

double lab_mean_square(const float *x, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)x[i] * (double)x[i];
    return sum / (double)count;
}

double lab_variance(const float *x, size_t count)
{
    const double mean = lab_mean(x, count);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += ((double)x[i] - mean) * ((double)x[i] - mean);
    return sum / (double)count;
}

double lab_norm(const float *x, size_t count)
{
    return sqrt(lab_mean_square(x, count) * (double)count);
}

static int compare_numbers(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double lab_median(struct replica *r, const double *x, size_t count)
{
    double *sorted = lab_take(r, count, sizeof *sorted);
    memcpy(sorted, x, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

void lab_run(const struct claim *claim, size_t index, const struct dataset *digits, double *effect,
             double *curve)
{
    const size_t parts = claim_part_count(claim);
    struct replica r = {.claim = claim,
                        .index = index,
                        .seed = index + 1,
                        .team = {.comm = MPI_COMM_SELF, .ranks = 1, .reproducible = true},
                        .digits = digits,
                        .effect = effect,
                        .curve = curve};
    r.team.kernels = kernels_select(NULL, NULL);
    for (size_t k = 0; k < parts; k++)
        effect[k] = NAN;
    for (size_t i = 0; i < claim_arm_count(claim) * claim->curve.points; i++)
        curve[i] = NAN;
    claim->run(&r);
    for (size_t k = 0; k < parts; k++)
        if (!isfinite(effect[k]))
            replica_fail(&r, "the effect of part %zu is %g, which is no finite number", k,
                         effect[k]);
    arena_release(&r.arena);
}
