// SPDX-License-Identifier: MIT
/* record.h - what an experiment gave, as one JSON file for each claim: <id>.json in a folder.
 *
 *     {"claim": "B-02", "version": 1, "rule": SHA-256 of the row, "hash": SHA-256 of the figures,
 *      "seconds": of all replicas together,
 *      "effects": [[part 0, ...] of replica 0, ...],
 *      "curves": [[[point 0, ...] of arm 0, ...] of replica 0, ...]}
 *
 * Numbers are written with 17 digits, so they are exact; what is not finite is null, which only
 * curves may have. The hash is of the effects, then the curves, in this order as little-endian
 * binary64, null as the quiet NaN.
 */
#pragma once

#include "claim.h"

enum { RECORD_HASH = 65, RECORD_ERROR = 512, RECORD_PATH = 1024 };

struct claim_record {
    const struct claim *claim;
    double *effect; /* (replicas, parts) */
    double *curve;  /* (replicas, arms, points) */
    double seconds;
    int version; /* of the row that it was made for */
    char rule[RECORD_HASH], hash[RECORD_HASH];
};

/* Room for all replicas, all NaN. Never NULL; ends the program without memory. */
struct claim_record *record_new(const struct claim *claim);
void record_free(struct claim_record *record);

/* Of a row: everything in it that says what is done and decided. */
void record_rule_hash(const struct claim *claim, char hash[RECORD_HASH]);
/* Of the figures, into record->hash. */
void record_set_hash(struct claim_record *record);

/* Writes <folder>/<id>.json, atomically. Returns 0, or 2 with a sentence in error. */
int record_write(const struct claim_record *record, const char *folder, char error[RECORD_ERROR]);

/* Reads it. Returns 0 and *record, or NULL there when there is no such file; or 2 with a sentence,
 * when it is damaged: its hash is not that of its figures, or its shape not that of the claim. The
 * version and rule it was made for are for the caller to compare; figures are not read from a record
 * of another version. */
int record_read(const struct claim *claim, const char *folder, struct claim_record **record,
                char error[RECORD_ERROR]);
