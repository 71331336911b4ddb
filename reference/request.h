// SPDX-License-Identifier: MIT
/* request.h - what crosses into and out of the reference, in no particular precision.
 *
 * A request is one case: named numbers, named choices and named input arrays, all in double (every
 * stored input is exact in binary32, so nothing is lost). An answer is named output arrays, each
 * element as high + low doubles: 106 bits of a binary128 result; low is 0 in the other precisions.
 */
#pragma once

#include <stddef.h>

enum { REQUEST_NAME = 48, REQUEST_RANK = 4, REQUEST_ERROR = 320, ANSWER_OUTPUTS = 128 };

struct request_number {
    char name[REQUEST_NAME];
    double value;
};

struct request_choice {
    char name[REQUEST_NAME];
    char value[REQUEST_NAME];
};

/* An input that is random: `law` says how its elements are drawn (draw.h), by whoever answers. */
struct request_draw {
    char name[REQUEST_NAME]; /* of the input */
    char law[REQUEST_NAME];
    int rank;
    size_t dim[REQUEST_RANK];
};

/* A row-major array. `integral` marks indices, labels and the like. */
struct request_array {
    char name[REQUEST_NAME];
    int rank; /* 0 for a scalar */
    size_t dim[REQUEST_RANK];
    size_t count; /* product of dim */
    int integral;
    double *value;
};

struct request {
    size_t numbers, choices, inputs, draws;
    struct request_number *number;
    struct request_choice *choice;
    struct request_array *input;
    struct request_draw *draw; /* in cases of tier "statistical" alone */
};

struct answer_array {
    char name[REQUEST_NAME];
    int rank;
    size_t dim[REQUEST_RANK];
    size_t count;
    int integral;
    double *high, *low;
};

struct answer {
    size_t outputs;
    struct answer_array *output;
    /* Distances to every point at which the answer would have jumped (an argmax, a sign, a ReLU):
     * the sign of each has decided something. */
    size_t decisions;
    double *decision;
    char error[REQUEST_ERROR]; /* a sentence, when the request is unusable */
};

enum sum_order {
    SUM_CANONICAL, /* the definition: see sum.h */
    SUM_REVERSED,  /* one chain from the last term to the first */
    SUM_PAIRWISE   /* halves, recursively */
};

/* Moves every partial sum to a number next to it. Short data often adds up exactly in binary64,
 * where another formula for the same thing would round; so this shows what rounding there does. */
enum sum_noise { NOISE_NONE, NOISE_UP, NOISE_DOWN, NOISE_RANDOM };

/* How a request is computed. All zeros but `rounding` = FE_TONEAREST is the definition; everything
 * else is what a different, correct implementation might do, and serves the bounds. */
struct manner {
    int rounding; /* a constant of <fenv.h> */
    enum sum_order order;
    int function_error; /* error of every elementary function, in units of the unit roundoff */
    enum sum_noise noise;
    unsigned long seed; /* of random inputs: see draw.h */
    int function_flush; /* whether subnormal values of elementary functions become 0 */
};

/* Releases what the answer holds and empties it. */
void answer_free(struct answer *answer);
