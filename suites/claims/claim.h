// SPDX-License-Identifier: MIT
/* claim.h - a sentence of the documents, an experiment, and a rule fixed before it is run.
 *
 * A claim is one row of a family's table (<family>/claims.c) and one short file beside it
 * (<family>/<experiment>.c), which does one replica of its experiment:
 *
 *     replica r = 0, 1, ...  has the seed r + 1: the same split, initialisation and order in all
 *                            arms, so that they can be compared pair by pair
 *     effect[part]           the number that the rule is about, one for each data set or setting
 *     curve[arm][point]      what the plot shows
 *
 * The rule, from the effects of all replicas. "By the test": by Wilcoxon's signed-rank test, of
 * effects in whole billionths, so that those which are equal but for rounding tie. Its p is twice
 * the one-sided probability of what the effects speak for, because they chose it; it has to be
 * below 0.01 after Holm's correction over all tests of the section.
 *
 *     RULE_ABOVE       supported: the median effect is at least `size`, and effects are above 0 by
 *                      the test; refuted: the median is at most -size, and they are below 0
 *     RULE_EQUIVALENT  with the median within +-size: supported when effects are above -size and
 *                      below size by the test, p being that of the less certain one (Schuirmann
 *                      1987); small effects are equivalent, whether or not they are 0. With the
 *                      median beyond: refuted when effects are not 0 by the test, p doubled again
 *                      because 0 has two sides
 *     RULE_SHARE       effects are 0 or 1; supported: the share of ones is above `size` by the
 *                      exact binomial test, p doubled and corrected as above; refuted: it is below
 *     RULE_ALWAYS      for statements of mathematics: supported when every effect is at least
 *                      `size`; refuted by one counter-example
 *
 * Otherwise: not shown. Of several parts ALL_PARTS must be supported, and one that is refuted
 * refutes the claim; or MOST_PARTS, more than half of them, supported or refuted; or ANY_PART, and
 * then all must be refuted to refute it. Each part is one test among those that Holm's correction
 * counts, except under RULE_ALWAYS, which tests nothing.
 *
 * An effect is a finite number: an experiment says itself what a run that diverged counts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum {
    CLAIM_PARTS = 8,
    CLAIM_ARMS = 6,
    CLAIM_POINTS = 64,
    CLAIM_REPLICAS = 200,
    CLAIM_ID = 8,
};

enum claim_rule { RULE_ABOVE, RULE_EQUIVALENT, RULE_SHARE, RULE_ALWAYS };
enum claim_parts { ALL_PARTS, MOST_PARTS, ANY_PART };

struct replica;
typedef void experiment(struct replica *replica);

/* The program that runs claims has experiments; others read what was found. */
#ifdef CLAIMS_EXPERIMENTS
#define EXPERIMENT(name) name
#else
#define EXPERIMENT(name) NULL
#endif

/* What the plot shows: one line for each arm over `points` places. 0 points: nothing besides the
 * effects. */
struct claim_curve {
    const char *x, *y;       /* names, with units */
    bool is_log_x, is_log_y; /* how the axes are drawn */
    size_t points;
    double at[CLAIM_POINTS];         /* all 0: 1, 2, 3, ... */
    const char *label[CLAIM_POINTS]; /* names of the places instead, or NULL */
    const char *arm[CLAIM_ARMS + 1];
};

struct claim {
    const char *id;        /* of the catalogue of claims: "B-02" */
    const char *name;      /* of the file with the experiment, as words: "gradient by layer" */
    int version;           /* 1; one more whenever anything here is changed after a result */
    const char *sentence;  /* what is claimed, in our own words */
    const char *source;    /* documents and questions */
    const char *predicts;  /* what the sentence lets one expect to measure (not what we expect) */
    const char *protocol;  /* data, networks, training, and the tuning that each arm gets */
    const char *effect;    /* what is measured in each replica, with its unit: see RULE_ABOVE */
    const char *otherwise; /* what could change the verdict, and what it does not say */
    enum claim_rule rule;
    double size; /* smallest effect that matters, margin or share: see above */
    size_t replicas;
    enum claim_parts needs;
    const char *part[CLAIM_PARTS + 1]; /* names; none: there is one */
    struct claim_curve curve;
    bool is_quick; /* part of the quick tier */
    experiment *run;
};

/* Claims of one kind. A section of the catalogue, which is a letter, is one family or several. */
struct claim_family {
    char letter; /* of the ids */
    const char *title, *folder;
    const struct claim *claim; /* the last one is followed by one without an id */
};

extern const struct claim_family claim_families[];
extern const size_t claim_family_count;

/* How many claims a family has, and all together. */
size_t claim_count(const struct claim_family *family);
size_t claim_count_all(void);

/* Claim number i of all, family after family. */
const struct claim *claim_at(size_t i);

/* The claim with this id, or NULL. */
const struct claim *claim_find(const char *id);

/* How many parts and arms a claim has; where point i of its curve is. */
size_t claim_part_count(const struct claim *claim);
size_t claim_arm_count(const struct claim *claim);
double claim_place(const struct claim *claim, size_t i);

/* The rule as a sentence, into `text` (size bytes). */
void claim_rule_text(const struct claim *claim, char *text, size_t size);
