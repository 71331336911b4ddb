// SPDX-License-Identifier: MIT
#include "corpus.h"

#include "golden.h"
#include "manifest.h"
#include "paths.h"
#include "progress.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TECHNIQUE(family, stem, formula, source) void stem##_cases(struct case_list *list);
#include "protocol/techniques.def"
#undef TECHNIQUE

static const struct corpus_technique techniques[] = {
#define TECHNIQUE(family, stem, formula, source) {#family, #stem, formula, source, stem##_cases},
#include "protocol/techniques.def"
#undef TECHNIQUE
};

size_t corpus_techniques(void)
{
    return sizeof techniques / sizeof *techniques;
}

const struct corpus_technique *corpus_technique(size_t i)
{
    return &techniques[i];
}

/* The last one is kept, since most questions are about the same technique as the one before. */
const struct corpus_technique *corpus_find(const char *name)
{
    static const struct corpus_technique *last = techniques;
    if (strcmp(last->name, name) == 0)
        return last;
    for (size_t i = 0; i < corpus_techniques(); i++) {
        if (strcmp(techniques[i].name, name) == 0)
            return last = &techniques[i];
    }
    return NULL;
}

int corpus_path(char *path, size_t size, const char *directory,
                const struct corpus_technique *technique)
{
    int length = snprintf(path, size, "%s/%s/%s.h5", directory, technique->family, technique->name);
    return length < 0 || (size_t)length >= size ? 2 : 0;
}

void corpus_cases(const struct corpus_technique *technique, struct case_list *list)
{
    *list = (struct case_list){.technique = technique->name};
    technique->cases(list);
    for (size_t i = 0; i < list->count; i++)
        assay_case_sort(&list->test[i]);
}

int corpus_read(const struct corpus_technique *technique, struct assay_file *file, char *error)
{
    char path[4096], name[256];
    size_t promised = 0;
    snprintf(name, sizeof name, "%s/%s.h5", technique->family, technique->name);
    if (corpus_path(path, sizeof path, paths_data(), technique) != 0) {
        snprintf(error, ASSAY_ERROR, "%.300s: the path is too long", paths_data());
        return 2;
    }
    if (manifest_cases(paths_data(), name, &promised, error) != 0 ||
        assay_file_read(file, path, 1, error) != 0)
        return 2;
    if (file->cases == promised)
        return 0;
    snprintf(error, ASSAY_ERROR,
             "%.300s: holds %zu cases, but the manifest promises %zu; restore the file", path,
             file->cases, promised);
    assay_file_free(file);
    return 2;
}

int corpus_make_folder(const char *path, char *error)
{
    char partial[4096];
    snprintf(partial, sizeof partial, "%s", path);
    for (char *c = partial + 1;; c++) {
        char kept = *c;
        if (kept != '/' && kept != 0)
            continue;
        *c = 0;
        if (mkdir(partial, 0777) != 0 && errno != EEXIST) {
            snprintf(error, ASSAY_ERROR, "%.300s: the folder cannot be made: %s", partial,
                     strerror(errno));
            return 2;
        }
        if (kept == 0)
            return 0;
        *c = kept;
    }
}

static void digits_text(char text[32], int confirmed, double digits)
{
    if (confirmed == 0)
        snprintf(text, 32, "none");
    else if (isfinite(digits))
        snprintf(text, 32, "%d to %.1f digits", confirmed, digits);
    else
        snprintf(text, 32, "%d exactly", confirmed);
}

static void show_findings(const struct assay_case *test, const struct golden_findings *found,
                          const struct assay_golden *golden)
{
    char gradients[32], twins[32];
    digits_text(gradients, found->gradients, found->gradient_digits);
    digits_text(twins, found->twins, found->twin_digits);
    printf("%s/%s: gradients confirmed: %s; twins: %s; margin: %.3g in f64, %.3g in f32\n",
           test->technique, test->name, gradients, twins, golden->margin[ASSAY_F64],
           golden->margin[ASSAY_F32]);
}

/* Derives one technique; runs in a process of its own. */
static int generate_technique(const char *directory, const struct corpus_technique *technique)
{
    char path[4096], error[ASSAY_ERROR] = "";
    struct case_list list;
    corpus_cases(technique, &list);
    struct assay_golden *golden = calloc(list.count + 1, sizeof *golden);
    int refused = golden == NULL;
    for (size_t i = 0; golden && i < list.count; i++) {
        struct golden_findings found = {0};
        if (golden_derive(&list.test[i], &golden[i], &found, error) != 0) {
            fprintf(stderr, "assay: %s\n", error);
            refused = 1;
        } else {
            show_findings(&list.test[i], &found, &golden[i]);
        }
    }
    struct assay_file file = {list.count, list.test, golden};
    if (!refused && (corpus_path(path, sizeof path, directory, technique) != 0 ||
                     assay_file_write(&file, path, error) != 0)) {
        fprintf(stderr, "assay: %s\n", error);
        refused = 1;
    }
    fflush(NULL);
    return refused ? 2 : 0;
}

static int wait_for_one(int *running)
{
    int status = 0;
    if (wait(&status) < 0)
        return 2;
    --*running;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 2;
}

int corpus_generate(const char *directory, const char *only, int workers, char *error)
{
    int running = 0, failed = 0;
    size_t done = 0;
    struct progress progress;
    progress_start(&progress, "goldens", only ? 1 : corpus_techniques());
    for (size_t i = 0; i < corpus_techniques(); i++) {
        char folder[4096];
        if (only && strcmp(only, techniques[i].name) != 0)
            continue;
        snprintf(folder, sizeof folder, "%s/%s", directory, techniques[i].family);
        if (corpus_make_folder(folder, error) != 0)
            return 2;
        if (running == workers) {
            failed |= wait_for_one(&running);
            progress_update(&progress, ++done);
        }
        fflush(NULL);
        pid_t child = fork();
        if (child == 0)
            _exit(generate_technique(directory, &techniques[i]));
        if (child < 0) {
            snprintf(error, ASSAY_ERROR, "no process could be started: %s", strerror(errno));
            return 2;
        }
        running++;
    }
    while (running > 0) {
        failed |= wait_for_one(&running);
        progress_update(&progress, ++done);
    }
    progress_end(&progress);
    if (failed) {
        snprintf(error, ASSAY_ERROR, "%.300s: some goldens were refused, see above", directory);
        return 2;
    }
    return corpus_write_manifest(directory, error);
}
