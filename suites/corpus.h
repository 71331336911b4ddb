// SPDX-License-Identifier: MIT
/* corpus.h - the shipped cases and goldens: one file a technique, and the manifest over them. */
#pragma once

#include "case_builder.h"

#include <stdio.h>

struct corpus_technique {
    const char *family, *name, *formula, *source;
    void (*cases)(struct case_list *list);
};

/* The index of techniques, in the order of techniques.def. */
size_t corpus_techniques(void);
const struct corpus_technique *corpus_technique(size_t i);
const struct corpus_technique *corpus_find(const char *name);

/* The golden file of a technique below `directory` into `path`. Returns 0 or 2. */
int corpus_path(char *path, size_t size, const char *directory,
                const struct corpus_technique *technique);

/* The cases of a technique as its table makes them, without goldens. */
void corpus_cases(const struct corpus_technique *technique, struct case_list *list);

/* Reads the shipped goldens of a technique, and checks their number against the manifest. */
int corpus_read(const struct corpus_technique *technique, struct assay_file *file, char *error);

/* Derives all goldens of all techniques (or of one) and writes them with a manifest below
 * `directory`, on `workers` processes. Returns 0 or 2, having printed what was refused. */
int corpus_generate(const char *directory, const char *only, int workers, char *error);

/* Writes `directory`/manifest.json over the golden files and data sets that are there. */
int corpus_write_manifest(const char *directory, char *error);

/* Compares every file with the manifest. Returns 0; 1 when some differ (each is named on `out`);
 * 2 when the manifest is unusable. */
int corpus_verify(const char *directory, FILE *out, size_t *files, size_t *cases, char *error);

/* Makes a folder and those above it. Returns 0 or 2. */
int corpus_make_folder(const char *path, char *error);
