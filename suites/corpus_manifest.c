// SPDX-License-Identifier: MIT
#include "corpus.h"

#include "manifest.h"
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Files of the corpus that hold no cases. */
static const char *const datasets[] = {"digits.h5"};

static int add_file(struct manifest *manifest, const char *directory, const char *relative,
                    int with_cases, char *error)
{
    char path[4096];
    struct manifest_file *entry = &manifest->file[manifest->files];
    if (paths_join(path, sizeof path, directory, relative) != 0 || access(path, R_OK) != 0)
        return 0; /* not generated in this folder */
    snprintf(entry->path, sizeof entry->path, "%s", relative);
    if (manifest_hash(entry->sha256, path, error) != 0)
        return 2;
    if (with_cases) {
        struct assay_file file;
        if (assay_file_read(&file, path, 1, error) != 0)
            return 2;
        entry->cases = file.cases;
        assay_file_free(&file);
    }
    manifest->files++;
    return 0;
}

int corpus_write_manifest(const char *directory, char *error)
{
    size_t most = corpus_techniques() + sizeof datasets / sizeof *datasets;
    struct manifest manifest = {0, calloc(most, sizeof(struct manifest_file))};
    int status = manifest.file ? 0 : 2;
    for (size_t i = 0; status == 0 && i < corpus_techniques(); i++) {
        char relative[256];
        const struct corpus_technique *technique = corpus_technique(i);
        snprintf(relative, sizeof relative, "%s/%s.h5", technique->family, technique->name);
        status = add_file(&manifest, directory, relative, 1, error);
    }
    for (size_t i = 0; status == 0 && i < sizeof datasets / sizeof *datasets; i++)
        status = add_file(&manifest, directory, datasets[i], 0, error);
    if (status == 0)
        status = manifest_write(&manifest, directory, error);
    manifest_free(&manifest);
    return status;
}

/* Whether the file is as the manifest says; names it on `out` when it is not. */
static int verify_file(const char *directory, const struct manifest_file *entry, FILE *out,
                       size_t *cases)
{
    char path[4096], sha256[65], error[ASSAY_ERROR];
    struct assay_file file;
    if (paths_join(path, sizeof path, directory, entry->path) != 0 ||
        manifest_hash(sha256, path, error) != 0) {
        fprintf(out, "MISSING  %s\n", entry->path);
        return 1;
    }
    if (strcmp(sha256, entry->sha256) != 0) {
        fprintf(out, "CHANGED  %s: sha256 %s, but the manifest says %s\n", entry->path, sha256,
                entry->sha256);
        return 1;
    }
    if (entry->cases == 0)
        return 0;
    if (assay_file_read(&file, path, 1, error) != 0) {
        fprintf(out, "ERROR    %s\n", error);
        return 1;
    }
    int wrong = file.cases != entry->cases;
    if (wrong)
        fprintf(out, "CHANGED  %s: %zu cases, but the manifest says %zu\n", entry->path, file.cases,
                entry->cases);
    *cases += file.cases;
    assay_file_free(&file);
    return wrong;
}

/* Whether the manifest lists the technique, and with as many cases as its table makes. The tables
 * need the data sets, so they are not asked when files are damaged already. */
static int verify_technique(const struct manifest *manifest,
                            const struct corpus_technique *technique, int damaged, FILE *out)
{
    char relative[256];
    struct case_list list;
    size_t k = 0;
    snprintf(relative, sizeof relative, "%s/%s.h5", technique->family, technique->name);
    while (k < manifest->files && strcmp(manifest->file[k].path, relative) != 0)
        k++;
    if (k == manifest->files) {
        fprintf(out, "MISSING  %s: not in the manifest\n", relative);
        return 1;
    }
    if (damaged)
        return 0;
    corpus_cases(technique, &list);
    size_t cases = list.count;
    case_list_free(&list);
    if (cases == manifest->file[k].cases)
        return 0;
    fprintf(out, "CHANGED  %s: %zu cases, but its table has %zu; run make golden CONFIRM=1\n",
            relative, manifest->file[k].cases, cases);
    return 1;
}

int corpus_verify(const char *directory, FILE *out, size_t *files, size_t *cases, char *error)
{
    struct manifest manifest;
    int differ = 0;
    *files = *cases = 0;
    if (manifest_read(&manifest, directory, error) != 0)
        return 2;
    for (size_t i = 0; i < manifest.files; i++)
        differ |= verify_file(directory, &manifest.file[i], out, cases);
    for (size_t i = 0; i < corpus_techniques(); i++)
        differ |= verify_technique(&manifest, corpus_technique(i), differ, out);
    *files = manifest.files;
    manifest_free(&manifest);
    return differ;
}
