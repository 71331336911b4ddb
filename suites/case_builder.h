// SPDX-License-Identifier: MIT
/* case_builder.h - makes the cases of the corpus: `suites/<family>/<stem>_cases.c` fills a list.
 *
 * Every value is rounded to binary32 when it is stored. Random data comes from Philox with a seed
 * that is a hash of technique, case, input and salt, so a case does not change when another one is
 * added. When the generator refuses a case because a decision is too close, change its salt.
 */
#pragma once

#include "protocol/case.h"

/* The cases of one technique, growing. */
struct case_list {
    const char *technique;
    size_t count, room;
    struct assay_case *test;
};

/* The shape of an input: DIMS(N, I), or SCALAR. */
struct dims {
    int rank;
    size_t size[REQUEST_RANK];
};
#define DIMS(...) ((struct dims){sizeof((size_t[]){__VA_ARGS__}) / sizeof(size_t), {__VA_ARGS__}})
#define SCALAR    ((struct dims){0, {0}})

/* What stands in every row of a table of cases. */
struct case_head {
    const char *name;   /* lower case, words joined by _ */
    const char *tier;   /* see struct assay_case */
    const char *covers; /* ids of the catalogue of techniques, separated by blanks */
    const char *why;    /* one sentence: what this case can tell that others cannot */
    int salt;
};

/* A new case at the end of the list; the pointer is good until the next one is added. */
struct assay_case *case_add(struct case_list *list, const struct case_head *head);

/* A number, rounded to binary32; a convention. */
void case_number(struct assay_case *test, const char *name, double value);
void case_choice(struct assay_case *test, const char *name, const char *value);

/* An input with the values given, row-major. */
void case_values(struct assay_case *test, const char *name, struct dims dims, const double *value);

/* The same value everywhere. */
void case_constant(struct assay_case *test, const char *name, struct dims dims, double value);

/* Uniform in [low, high). */
void case_uniform(struct assay_case *test, const char *name, struct dims dims, double low,
                  double high);

/* Nearly normal: the sum of twelve uniform numbers, scaled to this mean and deviation, within six
 * deviations. (A logarithm would tie the data to one mathematical library.) */
void case_normal(struct assay_case *test, const char *name, struct dims dims, double mean,
                 double deviation);

/* Random signs, magnitudes uniform in [low, high): away from zero, for data with kinks there. */
void case_signed(struct assay_case *test, const char *name, struct dims dims, double low,
                 double high);

/* Whole multiples of `step` in [low, high]: for exact cases step is a power of two. */
void case_dyadic(struct assay_case *test, const char *name, struct dims dims, double low,
                 double high, double step);

/* Whole numbers: given, or uniform in 0..classes-1. */
void case_integers(struct assay_case *test, const char *name, struct dims dims, const int *value);
void case_labels(struct assay_case *test, const char *name, size_t N, int classes);

/* E permutations of 0..N-1, shape (E,N). */
void case_permutations(struct assay_case *test, const char *name, size_t E, size_t N);

/* An input that whoever answers draws at random, and what then holds of an output; both for tier
 * "statistical". Laws of inputs: draw.h; of outputs: laws.h. */
void case_drawn(struct assay_case *test, const char *name, const char *law, struct dims dims);
void case_law(struct assay_case *test, const char *output, const char *law);

/* One way to make a case impossible, and the name that the refusal must quote. */
enum impossible {
    NUMBER_SET,   /* the number `quotes` is `value` */
    NUMBER_GONE,  /* the number `quotes` is not stated */
    CHOICE_SET,   /* the convention `quotes` is `choice` */
    ELEMENT_SET,  /* an element of the input `quotes`, number `element`, is `value` */
    INPUT_GONE,   /* the input `quotes` is not there */
    INPUT_SHORTER /* the input `quotes` has one element less along axis number `element` */
};
struct refusal {
    const char *name, *like; /* of this case; of the case of which it is a copy, but for: */
    enum impossible what;
    const char *quotes;
    double value;
    const char *choice;
    size_t element;
    const char *why;
};

/* Appends the cases of tier "refused" of a table, after all others. They cover what the cases like
 * them cover. */
void case_refusals(struct case_list *list, const struct refusal *row, size_t rows);

/* The values of an input made before, to be adjusted in place (and kept representable). */
double *case_input(struct assay_case *test, const char *name);

void case_list_free(struct case_list *list);

/* Every technique defines `void <stem>_cases(struct case_list *list)`, which appends its cases.
 * They are declared where they are collected, in corpus.c, so that a new technique does not compile
 * all others again. */
