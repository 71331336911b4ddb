// SPDX-License-Identifier: MIT
#include "coverage.h"

#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id, *name;
} catalogue[] = {
#define ID(id, name) {id, name},
#include "catalogue.def"
#undef ID
};

static void *grown(void *memory, size_t count, size_t size)
{
    void *larger = realloc(memory, count * size);
    if (!larger) {
        fprintf(stderr, "assay: there is no memory for the list of what is covered\n");
        exit(2);
    }
    return larger;
}

/* Ids stand in the order of the catalogue, not of the alphabet. */
static struct coverage_row *row_of(struct coverage *coverage, const char *id, size_t length)
{
    for (size_t i = 0; i < coverage->rows; i++) {
        struct coverage_row *row = &coverage->row[i];
        if (strlen(row->id) == length && memcmp(row->id, id, length) == 0)
            return row;
    }
    return NULL;
}

static void add_case(struct coverage_row *row, const char *technique, const struct assay_case *test)
{
    row->test = grown(row->test, row->cases + 1, sizeof *row->test);
    struct coverage_case *entry = &row->test[row->cases++];
    entry->technique = technique;
    memcpy(entry->name, test->name, sizeof entry->name);
}

static void add_ids(struct coverage *coverage, const char *technique, const struct assay_case *test)
{
    const char *id = test->covers;
    for (id += strspn(id, " "); *id; id += strspn(id, " ")) {
        size_t length = strcspn(id, " ");
        struct coverage_row *row = row_of(coverage, id, length);
        if (row)
            add_case(row, technique, test);
        else
            snprintf(coverage->unknown, sizeof coverage->unknown,
                     "case %s/%s covers %.*s, which is not in suites/catalogue.def", technique,
                     test->name, (int)length, id);
        id += length;
    }
}

void coverage_collect(struct coverage *coverage)
{
    *coverage = (struct coverage){.rows = sizeof catalogue / sizeof *catalogue};
    coverage->row = grown(NULL, coverage->rows, sizeof *coverage->row);
    for (size_t i = 0; i < coverage->rows; i++)
        coverage->row[i] = (struct coverage_row){.id = catalogue[i].id, .name = catalogue[i].name};
    for (size_t t = 0; t < corpus_techniques(); t++) {
        struct case_list list;
        corpus_cases(corpus_technique(t), &list);
        for (size_t i = 0; i < list.count; i++)
            add_ids(coverage, corpus_technique(t)->name, &list.test[i]);
        case_list_free(&list);
    }
    for (size_t i = 0; i < coverage->rows; i++)
        coverage->covered += coverage->row[i].cases > 0;
}

void coverage_free(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->rows; i++)
        free(coverage->row[i].test);
    free(coverage->row);
    *coverage = (struct coverage){0};
}
