// SPDX-License-Identifier: MIT
/* Where ranks run, as they say themselves: `assay-engine where` is started once for every number of
 * ranks, before anything takes time. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CPUS = 8192 };

/* Adds the CPUs of a list such as "0-3,8" to a set; returns how many of them are new. */
static int add_cpus(char set[CPUS], const char *list)
{
    int added = 0;
    while (list && *list >= '0' && *list <= '9') {
        char *end;
        long first = strtol(list, &end, 10), last = first;
        if (*end == '-')
            last = strtol(end + 1, &end, 10);
        for (long i = first; i <= last && i < CPUS; i++) {
            added += !set[i];
            set[i] = 1;
        }
        list = *end == ',' ? end + 1 : end;
    }
    return added;
}

static const char *text(const json_t *process, const char *name)
{
    const char *value = json_string_value(json_object_get(process, name));
    return value ? value : "";
}

/* The CPUs of all hosts that any rank may use; 0 when it is not known. */
static int count_cpus(const json_t *processes)
{
    int cpus = 0;
    size_t i, k;
    json_t *first, *other;
    json_array_foreach(processes, i, first)
    {
        char set[CPUS] = {0};
        int is_known = 0; /* this host was counted with an earlier rank */
        json_array_foreach(processes, k, other)
        {
            if (strcmp(text(first, "host"), text(other, "host")) != 0)
                continue;
            is_known |= k < i;
            cpus += is_known ? 0 : add_cpus(set, text(other, "cpus"));
        }
    }
    return cpus;
}

static int place(struct bench *bench, struct bench_ranks *it)
{
    char *output = NULL;
    struct bench_command where = {"assay-engine", it->ranks, {"where", "--json"}, {NULL}};
    int status = bench_run(bench, &where, &output, NULL);
    json_t *found = status == 0 && output ? json_loads(output, 0, NULL) : NULL;
    json_t *processes = json_object_get(found, "processes");
    if (json_array_size(processes) == (size_t)it->ranks) {
        it->processes = json_incref(processes);
        it->cpus = count_cpus(processes);
        it->crowded = it->cpus > 0 && it->ranks > it->cpus;
        status = 0;
    } else {
        fprintf(stderr,
                "assay-bench: '%s' does not start %d rank%s of build/assay-engine (exit status %d, "
                "see above); try it with the program's command where\n",
                bench->launcher, it->ranks, it->ranks == 1 ? "" : "s", status);
        status = 2;
    }
    free(output);
    json_decref(found);
    return status;
}

int bench_place(struct bench *bench)
{
    int status = 0;
    for (size_t r = 0; r < bench->rank_counts && status == 0; r++)
        status = place(bench, &bench->ranks[r]);
    return status;
}

int bench_is_crowded(const struct bench *bench, int ranks)
{
    int cpus = bench->cores;
    for (size_t r = 0; r < bench->rank_counts; r++) {
        const struct bench_ranks *it = &bench->ranks[r];
        if (it->ranks == ranks && it->processes)
            return it->crowded;
        cpus = it->cpus > cpus ? it->cpus : cpus;
    }
    return ranks > cpus;
}

json_t *bench_placement(struct bench *bench)
{
    json_t *list = json_array();
    for (size_t r = 0; r < bench->rank_counts; r++) {
        const struct bench_ranks *it = &bench->ranks[r];
        json_array_append_new(list, json_pack("{s:i, s:i, s:b, s:O}", "ranks", it->ranks, "cpus",
                                              it->cpus, "crowded", it->crowded, "processes",
                                              it->processes));
    }
    return list;
}
