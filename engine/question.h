// SPDX-License-Identifier: MIT
/* question.h - one case that all ranks answer together.
 *
 * A technique reads inputs and makes outputs by name and shape. A shape has one letter per axis;
 * the first use of a letter binds it to a size and later uses check it. The axis in brackets is
 * sharded: each rank sees its own part of it.
 *
 *     const scalar *x = question_input(q, "x", "[N]C");    // this rank's samples
 *     const scalar *w = question_input(q, "w", "CO");      // the whole, on every rank
 *     size_t rows = question_part(q, 'N');                 // this rank's samples
 *     scalar *y = question_output(q, "y", "[N]O");         // gathered at the end
 *     scalar *dw = question_output(q, "dw", "CO");         // every rank fills all of it
 *
 * "" is a scalar. A sharded axis is cut into canonical blocks of the case's number `block` (64).
 *
 * Every rank holds the whole case, so every rank finds the same errors at the same place: a case
 * that cannot be used ends the function that answers it on all ranks, with one sentence, before
 * anybody waits for anybody. Checks must therefore never depend on a rank's own part alone.
 */
#pragma once

#include "reduce.h"
#include "team.h"

#include <stdbool.h>
#include <stddef.h>

struct assay_case;
struct assay_run;
struct question;

/* Answers `test` by `technique` and, on rank 0, puts the outputs into `run` (NULL elsewhere).
 * Returns 0, or EXIT_UNUSABLE on every rank and the reason in `run`. Collective. */
int question_answer(const struct team *team, const struct assay_case *test,
                    void (*technique)(struct question *), struct assay_run *run);

/* The same without a result, and how long it took on this rank: from question_begin to the end of
 * `technique`. Outputs stay where they were made. */
int question_time(const struct team *team, const struct assay_case *test,
                  void (*technique)(struct question *), double *seconds);

/* Answers `test` and hands each output, whole, to `take` on rank 0. Returns 0, or EXIT_UNUSABLE on
 * every rank and the reason in `reason` (ASSAY_ERROR). Collective. For programs that use techniques
 * as a library (suites/claims). */
struct question_taker {
    void (*take)(void *context, const char *name, int rank, const size_t dim[],
                 const scalar *value);
    void *context;
};
int question_ask(const struct team *team, const struct assay_case *test,
                 void (*technique)(struct question *), const struct question_taker *taker,
                 char *reason);

const struct team *question_team(const struct question *q);
/* Everything has been read, and memory taken: from here on time counts as work. Techniques whose
 * time is compared with others' say so; without it all their time counts. */
void question_begin(struct question *q);
/* Memory that lives as long as the question. */
struct arena *question_arena(struct question *q);

bool question_has(const struct question *q, const char *name);
/* How many axes an input has. */
int question_axes(struct question *q, const char *name);

const scalar *question_input(struct question *q, const char *name, const char *shape);
/* The same, for whole numbers in [low, high]. */
const int *question_integers(struct question *q, const char *name, const char *shape, int low,
                             int high);

scalar question_number(struct question *q, const char *name);
scalar question_number_or(struct question *q, const char *name, scalar otherwise);
/* A whole number in [low, high]; the second form gives `otherwise` when it is not stated. */
size_t question_count(struct question *q, const char *name, size_t low, size_t high);
size_t question_count_or(struct question *q, const char *name, size_t otherwise, size_t low,
                         size_t high);
/* Samples per canonical block: number `block`, 64 if it is not stated. */
size_t question_block(struct question *q);
/* The convention `name` as an index into `options` (ended by NULL); the first is the default. */
int question_choice(struct question *q, const char *name, const char *const options[]);

/* The size of an axis; and of a sharded axis this rank's part, its first element and its layout. */
size_t question_size(const struct question *q, char letter);
size_t question_part(const struct question *q, char letter);
size_t question_first(const struct question *q, char letter);
const struct layout *question_layout(const struct question *q, char letter);
/* Cuts this axis by single elements; for work that no order of additions depends on. Before the
 * first use of the letter. */
void question_split_evenly(struct question *q, char letter);

/* Binds a letter to a size of the technique's own. */
void question_bind(struct question *q, char letter, size_t size);

/* Zeros to be filled. */
scalar *question_output(struct question *q, const char *name, const char *shape);
/* Zeroed scratch memory. */
scalar *question_scratch(struct question *q, size_t count);
/* A sum over the samples of axis `letter` of vectors of `length`. */
struct reduction *question_sum(struct question *q, char letter, size_t length);

/* Ends the question on all ranks with a sentence that says what is wrong with the case. */
_Noreturn void question_refuse(struct question *q, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
