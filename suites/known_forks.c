// SPDX-License-Identifier: MIT
#include "known_forks.h"

#include "corpus.h"
#include "numerics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct known_fork catalogue[] = {
#define KNOWN(number, group, title, nobody) {number, #group, title, nobody, 0, NULL},
#include "known_forks.def"
#undef KNOWN
};

static void add_use(struct known_fork *entry, const char *technique, const char *fork)
{
    entry->use = realloc(entry->use, (entry->uses + 1) * sizeof *entry->use);
    if (!entry->use) {
        fprintf(stderr, "assay: there is no memory for the list of known forks\n");
        exit(2);
    }
    entry->use[entry->uses++] = (struct known_fork_use){technique, fork};
}

static void add_numbers(struct known_forks *known, const char *technique,
                        const struct fork_info *fork)
{
    const char *text = fork->catalogue;
    char *end;
    for (long number = strtol(text, &end, 10); end != text; number = strtol(text, &end, 10)) {
        if (number >= 1 && (size_t)number <= known->count)
            add_use(&known->entry[number - 1], technique, fork->name);
        else
            snprintf(known->unknown, sizeof known->unknown,
                     "fork %s/%s names %ld, which is not in suites/known_forks.def", technique,
                     fork->name, number);
        text = end;
    }
}

void known_forks_collect(struct known_forks *known)
{
    *known = (struct known_forks){.count = sizeof catalogue / sizeof *catalogue};
    known->entry = malloc(sizeof catalogue);
    if (!known->entry) {
        fprintf(stderr, "assay: there is no memory for the list of known forks\n");
        exit(2);
    }
    memcpy(known->entry, catalogue, sizeof catalogue);
    for (size_t t = 0; t < corpus_techniques(); t++) {
        const char *technique = corpus_technique(t)->name;
        for (int f = 0; f < numerics_f64.forks(technique); f++)
            add_numbers(known, technique, numerics_f64.fork(technique, f));
    }
    for (size_t i = 0; i < known->count; i++) {
        const struct known_fork *entry = &known->entry[i];
        known->implemented += entry->uses > 0;
        known->excluded += entry->uses == 0 && entry->nobody[0];
        if (entry->uses && entry->nobody[0])
            snprintf(known->unknown, sizeof known->unknown,
                     "entry %d is implemented by %s/%s, though suites/known_forks.def says that "
                     "nobody can",
                     entry->number, entry->use[0].technique, entry->use[0].fork);
    }
}

void known_forks_free(struct known_forks *known)
{
    for (size_t i = 0; i < known->count; i++)
        free(known->entry[i].use);
    free(known->entry);
    *known = (struct known_forks){0};
}
