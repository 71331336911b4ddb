// SPDX-License-Identifier: MIT
#include "numerics.h"

#include "fork.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TECHNIQUE(family, stem, formula, source)                                                   \
    void stem##_answer(struct call *call);                                                         \
    extern const struct fork_list stem##_forks;
#include "protocol/techniques.def"
#undef TECHNIQUE

struct entry {
    const char *name;
    void (*answer)(struct call *);
    const struct fork_list *forks;
};

static const struct entry entries[] = {
#define TECHNIQUE(family, stem, formula, source) {#stem, stem##_answer, &stem##_forks},
#include "protocol/techniques.def"
#undef TECHNIQUE
};

/* The last one is kept, since most questions are about the same technique as the one before. */
static const struct entry *find(const char *technique)
{
    static const struct entry *last = entries;
    if (strcmp(last->name, technique) == 0)
        return last;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (strcmp(entries[i].name, technique) == 0)
            return last = &entries[i];
    }
    return NULL;
}

/* A copy of `from` in which the fork's convention or number replaces the request's own. Only the
 * two lists are copied; the arrays are shared. Returns 0 when nothing would change. */
static int replace(struct request *to, const struct request *from, const struct fork *fork)
{
    int changed = 0;
    *to = *from;
    to->choice = malloc((from->choices + 1) * sizeof *to->choice);
    to->number = malloc((from->numbers + 1) * sizeof *to->number);
    if (!to->choice || !to->number)
        return 0;
    if (from->choices)
        memcpy(to->choice, from->choice, from->choices * sizeof *to->choice);
    if (from->numbers)
        memcpy(to->number, from->number, from->numbers * sizeof *to->number);
    if (fork->instead.name[0]) {
        size_t i = 0;
        while (i < to->choices && strcmp(to->choice[i].name, fork->instead.name) != 0)
            i++;
        changed |= i == to->choices || strcmp(to->choice[i].value, fork->instead.value) != 0;
        to->choice[i] = fork->instead;
        to->choices += i == to->choices;
    }
    if (fork->number.name[0]) {
        size_t i = 0;
        while (i < to->numbers && strcmp(to->number[i].name, fork->number.name) != 0)
            i++;
        changed |= i == to->numbers || to->number[i].value != fork->number.value;
        to->number[i] = fork->number;
        to->numbers += i == to->numbers;
    }
    return changed;
}

static int answer(const char *technique, int fork, const struct request *request,
                  const struct manner *manner, struct answer *out)
{
    const struct entry *entry = find(technique);
    memset(out, 0, sizeof *out);
    if (!entry || fork >= (int)entry->forks->count) {
        snprintf(out->error, sizeof out->error, "technique '%s' is not known", technique);
        return 2;
    }
    if (fork < 0)
        return call_run(entry->answer, 0, request, manner, out);
    const struct fork *rival = &entry->forks->fork[fork];
    struct request changed;
    int status = 1;
    if (replace(&changed, request, rival) || rival->answer)
        status = call_run(rival->answer ? rival->answer : entry->answer, rival->variant, &changed,
                          manner, out);
    free(changed.choice);
    free(changed.number);
    return status;
}

static int forks(const char *technique)
{
    const struct entry *entry = find(technique);
    return entry ? (int)entry->forks->count : -1;
}

static const struct fork_info *fork_of(const char *technique, int fork)
{
    const struct entry *entry = find(technique);
    return entry && fork >= 0 && fork < (int)entry->forks->count ? &entry->forks->fork[fork].info
                                                                 : NULL;
}

static int replaces(const char *technique, int fork, struct request_choice *choice,
                    struct request_number *number)
{
    const struct fork *rival = &find(technique)->forks->fork[fork];
    *choice = rival->instead;
    *number = rival->number;
    return rival->answer != NULL;
}

extern const struct numerics REAL_NAME(numerics);
const struct numerics REAL_NAME(numerics) = {
    .precision = REAL_PRECISION,
    .bits = REAL_BITS,
    .answer = answer,
    .forks = forks,
    .fork = fork_of,
    .replaces = replaces,
};
