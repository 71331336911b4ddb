// SPDX-License-Identifier: MIT
/* call.h - how a technique of the reference reads a request and writes its answer.
 *
 * Each technique ends with one function `<stem>_answer(struct call *)`: it names its inputs with
 * their shapes, names its outputs, and calls plain kernels on plain arrays. A shape is a string
 * with one letter a dimension: "NI" binds N and I when they are met first and checks them
 * afterwards, so every shape is stated once and every mismatch is found. "" is a scalar.
 *
 * A request that does not fit ends the call with a sentence in answer.error; the functions below
 * do not return then, so techniques need no error handling of their own.
 */
#pragma once

#include "real.h"
#include "request.h"
#include "sum.h"

#include <stdint.h>

struct call;

/* Runs `technique` on a request in the given manner. Returns 0, or 2 with answer->error set. The
 * caller frees the answer in both cases. */
int call_run(void (*technique)(struct call *), int variant, const struct request *request,
             const struct manner *manner, struct answer *answer);

/* The variant that call_run was given: a function that serves many forks asks which one it is. 0
 * for techniques. */
int call_variant(const struct call *call);

/* Whether the request has an input of this name. */
int call_has(const struct call *call, const char *name);

/* The number of dimensions of an input. */
int call_rank(struct call *call, const char *name);

/* An input array in this build's precision; shape as above. */
const real *call_input(struct call *call, const char *name, const char *shape);

/* An input of whole numbers in [low, high]. */
const int *call_integers(struct call *call, const char *name, const char *shape, int low, int high);

/* A number; the second form gives `otherwise` when the request does not state it. */
real call_number(struct call *call, const char *name);
real call_number_or(struct call *call, const char *name, real otherwise);

/* A whole number in [low, high]; the second form gives `otherwise` when it is not stated. */
size_t call_count(struct call *call, const char *name, size_t low, size_t high);
size_t call_count_or(struct call *call, const char *name, size_t otherwise, size_t low,
                     size_t high);

/* Samples per canonical block (number "block", 64 when it is not stated): see sum.h. */
size_t call_block(struct call *call);

/* Which of the `options` (ended by NULL) the request chooses, as an index; the first is what holds
 * when the request does not state it. */
int call_choice(struct call *call, const char *name, const char *const options[]);

/* The size bound to a letter, or binds it. */
size_t call_size(struct call *call, char letter);
void call_bind(struct call *call, char letter, size_t size);

/* An output array, zeroed, to be filled. */
real *call_output(struct call *call, const char *name, const char *shape);

/* An output of whole numbers: exact in every precision, compared without a bound. */
real *call_output_integers(struct call *call, const char *name, const char *shape);

/* Scratch memory for n reals, zeroed, released when the call ends. */
real *call_scratch(struct call *call, size_t n);

/* The same for n integers. */
int *call_scratch_integers(struct call *call, size_t n);

/* The bits of the binary32 number nearest to `value`: every stored input is one exactly. */
uint32_t call_binary32_bits(real value);

/* States that the signs of these n values have decided something. */
void call_decisions(struct call *call, size_t n, const real *distance);

/* Ends the call with a sentence. */
_Noreturn void call_fail(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
