// SPDX-License-Identifier: MIT
/* replica.h - one replica of an experiment: its random numbers, its memory and what it found.
 *
 * An experiment computes in binary32 with the engine's reproducible arithmetic, on one rank, and
 * with + - * / and square roots in double besides: so its figures are the same bits on any machine.
 * It uses nothing of <math.h> but comparisons, fabs, sqrt, floor and ceil; logarithms and the like
 * are lab_log and its kin.
 */
#pragma once

#include "../../../engine/arena.h"
#include "../../../engine/team.h"
#include "../claim.h"

#include <stdint.h>

struct replica {
    const struct claim *claim;
    size_t index;       /* of the replica, from 0 */
    uint64_t seed;      /* index + 1 */
    struct team team;   /* of this rank alone */
    struct arena arena; /* released after the replica */
    const struct dataset *digits;
    double *effect; /* (parts) NaN until they are set */
    double *curve;  /* (arms, points) */
};

/* What was found. */
void replica_effect(struct replica *r, size_t part, double value);
void replica_point(struct replica *r, size_t arm, size_t point, double value);

/* Ends the program with a sentence that names the claim: the experiment cannot go on. */
_Noreturn void replica_fail(const struct replica *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Memory of the replica, zeroed. */
float *lab_floats(struct replica *r, size_t count);
void *lab_take(struct replica *r, size_t count, size_t size);

/* For experiments that take memory in a loop (each ask does): what is taken between the two calls
 * is given back by the second.
 *
 *     const struct arena kept = lab_borrow(r);
 *     ... copy what is wanted elsewhere ...
 *     lab_return(r, kept);
 */
struct arena lab_borrow(struct replica *r);
void lab_return(struct replica *r, struct arena kept);

/* Random numbers by (seed, stream, index). Streams below 2^16 are the caller's; what the lab draws
 * for itself says so. Uniform in [0, 1), multiples of 2^-24; whole numbers below n. */
double lab_uniform(const struct replica *r, uint64_t stream, uint64_t index);
size_t lab_below(const struct replica *r, uint64_t stream, uint64_t index, size_t n);
/* x (count): standard normal, by Box and Muller 1958. */
void lab_normal(struct replica *r, uint64_t stream, float *x, size_t count);
/* order (n): a permutation of 0 .. n-1. */
void lab_shuffle(const struct replica *r, uint64_t stream, uint32_t *order, size_t n);

/* Correctly rounded in binary32, of an argument that is rounded to binary32 first. */
double lab_log(const struct replica *r, double x);   /* ln x; -infinity at 0 */
double lab_log10(const struct replica *r, double x); /* lab_log(x) / lab_log(10) */
double lab_exp(const struct replica *r, double x);
double lab_sin(const struct replica *r, double x); /* radians */
double lab_cos(const struct replica *r, double x);

/* Sums and the like of `count` numbers, in order, in double. */
double lab_mean(const float *x, size_t count);
double lab_variance(const float *x, size_t count); /* around the mean, divided by count */
double lab_mean_square(const float *x, size_t count);
double lab_norm(const float *x, size_t count);
double lab_median(struct replica *r, const double *x, size_t count);
