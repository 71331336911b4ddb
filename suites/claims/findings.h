// SPDX-License-Identifier: MIT
/* findings.h - what was found about all claims, as one JSON document from which reports are made. */
#pragma once

#include "verdict.h"

#include <stdio.h>

struct findings {
    size_t claims;                /* all of the table */
    struct claim_record **record; /* NULL: not run, or for another version of its rule */
    struct finding *finding;
    size_t outdated; /* records of an earlier version of their rule */
    size_t changed;  /* records of this version of it, whose row is another one now */
};

/* Reads the records of a folder and judges them. Returns 0, or 2 with a sentence in error. Release
 * with findings_free. */
int findings_read(struct findings *findings, const char *folder, char error[RECORD_ERROR]);
void findings_free(struct findings *findings);

/* The document, to a stream. Returns 0, or 2. */
int findings_print(const struct findings *findings, FILE *out);

/* Writes <folder>/findings.json: {"format": "assay-claims", "families": [...], "contradictions":
 * [...]}; rows with their findings and figures. Returns 0, or 2 with a sentence. */
int findings_write(const struct findings *findings, const char *folder, char error[RECORD_ERROR]);
