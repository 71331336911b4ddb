// SPDX-License-Identifier: MIT
/* diagnose_match.h - when a failing output equals what a mistake would give, and the list of those
 * that it does equal.
 *
 * Agreement is measured twice: by the largest difference against the largest value ("digits"), and
 * by the largest difference in units of the bound that the golden has at that element ("distance"),
 * which sees small elements beside large ones. A mistake is named when, in one of the two,
 *
 *   - what is left is rounding: seven tenths of the digits of the precision agree, or the distance
 *     is below 10^(a fifth of those digits), since a mistake may spread rounding more than the
 *     definition does (and two digits agree, where bounds are so wide that they mean nothing); and
 *   - the definition itself is much farther away: by at least 1.5 digits, and the evidence is 4
 *     digits. It is the gain in digits times the root of the number of wrong elements (at most 9),
 *     since that many agree by chance less often; but flags, counts and shares of a few hold
 *     little, so it is at most that number times the logarithm of how many values there are. A fork
 *     may collect it from several outputs, and a known fork or convention that accounts for every
 *     wrong output and for every right one needs no more. Two mistakes at once need 6, for there
 *     are many pairs.
 */
#pragma once

#include "protocol/case.h"

enum { MATCH_TEXT = 200 };

/* One output: what it should be, what it is, and how far apart these are. */
struct suspect {
    const struct assay_golden_array *right;
    const struct assay_result_array *got; /* NULL if missing */
    int bits;      /* of the significand of the values that are there: what they were computed in */
    double *bound; /* of `right`, in that precision */
    double digits, distance; /* of the golden; in the third stage of the best single mistake */
    double best_digits, best_distance; /* of any mistake so far */
    size_t failures;
    double information; /* the most evidence that its wrong elements can give */
    int wrong, explained;
};

/* What a mistake would give in place of an output, and how far rounding may move it. */
struct forgery {
    int rank;
    size_t dim[REQUEST_RANK], count;
    const double *value, *low; /* low NULL: zero */
    const double *bound;
    size_t failures; /* wrong elements that it accounts for; 0: all of them */
};

/* How a mistake is told. Mistakes of one family say the same in other words: one is named. */
struct mistake {
    char phrase[MATCH_TEXT]; /* "as with momentum 0.9 instead of 0.1" */
    char key[MATCH_TEXT];    /* without what differs from case to case */
    char detail[MATCH_TEXT]; /* more about it, or empty */
    char family[ASSAY_NAME];
    int weight; /* of two that agree as well the one with less is told first */
    int parts;  /* 1, or 2 when it is two mistakes at once */
};
enum {
    WEIGHT_FORK,
    WEIGHT_CHOICE,
    WEIGHT_NUMBER,
    WEIGHT_ACCIDENT,
    WEIGHT_RARE_ACCIDENT,
    WEIGHT_FITTED = 10, /* with a number taken from the result itself */
    WEIGHT_PLACE = 20   /* says where, not what */
};

/* A mistake that some outputs equal. */
struct explanation {
    struct mistake mistake;
    unsigned long long outputs; /* a bit for each */
    size_t contradicted;        /* outputs that are right, where the mistake would show */
    double digits;              /* the least of its outputs */
    double share;               /* of the digits of the precision, at most 1; the least */
    double residue;             /* digits that rounding does not account for; the most */
};

struct diagnosing {
    const struct assay_case *test;
    const struct assay_golden *golden;
    const struct assay_result_case *result;
    size_t outputs;
    struct suspect *suspect;
    size_t explanations, room;
    struct explanation *explanation;
    size_t latest; /* the one that was added to */
    double needed; /* digits of evidence: see above */
    /* In the third stage: the mistake before the accident; empty otherwise. */
    struct mistake before;
    double *value, *bound; /* scratch, for forgeries as large as the largest output */
};

/* Prepares the comparison; `precision` is the result's. Returns the number of wrong outputs. */
size_t diagnosing_begin(struct diagnosing *d, const struct assay_case *test,
                        const struct assay_golden *golden, const struct assay_result_case *result,
                        const char *precision);
void diagnosing_end(struct diagnosing *d);

/* The bits of the significand of a precision; "f32" is 24. */
int match_bits(const char *precision);

/* How many significant decimal digits numbers of so many bits have. */
double match_digits(int bits);

struct nearness {
    double digits, distance;
};
struct nearness match_nearness(const struct suspect *s, const struct forgery *forgery);

/* Digits of evidence that the output is a forgery rather than what it should be; 0 when it is not.
 * Notes how near it is. */
double match_evidence(struct suspect *s, const struct forgery *forgery, struct nearness *nearness);

/* Compares output k with a forgery, and adds the mistake to the list when they are equal. */
int match_try(struct diagnosing *d, size_t k, const struct forgery *forgery,
              const struct mistake *mistake);

/* Adds a mistake of output k to the list without a comparison. */
void match_add(struct diagnosing *d, size_t k, struct nearness nearness,
               const struct mistake *mistake);

/* The golden of an output as a forgery. */
struct forgery match_golden(const struct suspect *s);

/* Fills in a mistake; phrase as printf does, and key the same until it is changed. */
void mistake_set(struct mistake *mistake, int weight, const char *family, const char *phrase, ...)
    __attribute__((format(printf, 4, 5)));

/* "(64,10)" */
void match_shape(char *text, size_t size, int rank, const size_t dim[]);
int match_same_shape(const struct suspect *s, const struct forgery *forgery);

/* --- the accidents; each tries all of its kind on one output ------------------------------ */

/* Elements moved: permuted axes, flips, shifts, another shape (diagnose_moves.c). */
void accidents_of_place(struct diagnosing *d, size_t k, const struct forgery *from);
/* Values changed: signs, factors, offsets, casts, zeros (diagnose_values.c). */
void accidents_of_value(struct diagnosing *d, size_t k, const struct forgery *from);
/* Other arrays: inputs, other outputs, reductions (diagnose_arrays.c). */
void accidents_of_array(struct diagnosing *d, size_t k);
/* Shorter precisions (diagnose_values.c). */
void accidents_of_precision(struct diagnosing *d, size_t k, int declared_bits);
/* Where it is wrong: not a number, all but a few elements, all but a slice (diagnose_places.c). */
void accidents_somewhere(struct diagnosing *d, size_t k);
