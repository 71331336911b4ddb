// SPDX-License-Identifier: MIT
/* A unit is a technique of the corpus, or a file of goldens. Of n processes each takes every n-th
 * unit, compares it, and says how many techniques have failing cases; when it has been told how many
 * there are in all, by which the work of the diagnosis is shared, it diagnoses, and sends the
 * verdicts. So nothing depends on the number of processes. */
#include "check_units.h"

#include "corpus.h"
#include "pipes.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 16 };

/* What all processes know. */
struct job {
    const struct check *check;
    const struct assay_result *result;
    const struct check_scope *scope;
    size_t units;
    const char *const *golden; /* NULL: the corpus */
};

/* The verdicts about a unit, and its file while there is something to diagnose. */
struct unit {
    struct check part;
    struct assay_file file;
};

static int wanted(const char *only, const char *technique, const char *name)
{
    size_t length = strlen(technique);
    if (!only)
        return 1;
    if (strncmp(only, technique, length) != 0 || (only[length] != 0 && only[length] != '/'))
        return 0;
    return !name || only[length] == 0 || strcmp(only + length + 1, name) == 0;
}

/* --- comparing -------------------------------------------------------------------------------- */

static void compare_file(const struct job *job, struct unit *unit)
{
    for (size_t i = 0; i < unit->file.cases; i++) {
        const struct assay_case *test = &unit->file.test[i];
        if (wanted(job->scope->only, test->technique, test->name))
            check_add_case(&unit->part, job->scope, check_claim(job->result, test->technique), test,
                           &unit->file.golden[i]);
    }
}

/* A technique that the result does not claim: its cases have names, and nothing is to be compared,
 * so its goldens need not be read. */
static void compare_unclaimed(const struct job *job, struct unit *unit,
                              const struct corpus_technique *technique)
{
    struct case_list list;
    corpus_cases(technique, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (wanted(job->scope->only, technique->name, list.test[i].name))
            check_add_case(&unit->part, job->scope, NULL, &list.test[i], NULL);
    }
    case_list_free(&list);
}

static int compare_unit(const struct job *job, size_t u, struct unit *unit, char *error)
{
    memcpy(unit->part.precision, job->check->precision, sizeof unit->part.precision);
    if (job->golden) {
        if (assay_file_read(&unit->file, job->golden[u], 1, error) != 0)
            return 2;
        compare_file(job, unit);
        return 0;
    }
    const struct corpus_technique *technique = corpus_technique(u);
    if (!wanted(job->scope->only, technique->name, NULL) ||
        (job->scope->gate && !gate_judges(job->scope->gate, technique->name)))
        return 0;
    if (!check_claim(job->result, technique->name)) {
        compare_unclaimed(job, unit, technique);
        return 0;
    }
    if (corpus_read(technique, &unit->file, error) != 0)
        return 2;
    compare_file(job, unit);
    return 0;
}

/* --- diagnosing ------------------------------------------------------------------------------- */

/* The case that a verdict is about, when its numbers fail. */
static int failing(const struct job *job, const struct unit *unit, const struct check_verdict *v,
                   struct diagnose_item *item)
{
    const struct assay_result_technique *claim = check_claim(job->result, v->technique);
    const struct assay_file *file = &unit->file;
    size_t i = 0;
    if ((v->status != CHECK_FAIL && v->status != CHECK_ERROR && v->status != CHECK_MISSING) ||
        strcmp(v->tier, "refused") == 0 || strcmp(v->tier, "statistical") == 0 || !claim)
        return 0;
    while (i < file->cases && (strcmp(file->test[i].name, v->name) != 0 ||
                               strcmp(file->test[i].technique, v->technique) != 0))
        i++;
    const struct assay_result_case *result = check_result_case(claim, v->name);
    if (i == file->cases || !result || result->refused[0])
        return 0;
    *item = (struct diagnose_item){&file->test[i], &file->golden[i], result};
    return 1;
}

/* The number of verdicts from number `first` on that are about one technique. */
static size_t together(const struct check *part, size_t first)
{
    size_t end = first;
    while (end < part->verdicts &&
           strcmp(part->verdict[end].technique, part->verdict[first].technique) == 0)
        end++;
    return end - first;
}

static size_t failing_techniques(const struct job *job, const struct unit *unit)
{
    size_t count = 0, next;
    for (size_t first = 0; first < unit->part.verdicts; first = next) {
        struct diagnose_item item;
        size_t v = first;
        next = first + together(&unit->part, first);
        while (v < next && !failing(job, unit, &unit->part.verdict[v], &item))
            v++;
        count += v < next;
    }
    return count;
}

static void diagnose_together(const struct job *job, struct unit *unit, size_t first, size_t count,
                              double units)
{
    struct diagnose_item *item = calloc(count, sizeof *item);
    struct diagnosis *diagnosis = calloc(count, sizeof *diagnosis);
    size_t *place = calloc(count, sizeof *place), items = 0;
    for (size_t v = first; item && diagnosis && place && v < first + count; v++) {
        place[items] = v;
        items += (size_t)failing(job, unit, &unit->part.verdict[v], &item[items]);
    }
    if (items > 0)
        diagnose_cases(items, item, job->check->precision, units, diagnosis);
    for (size_t i = 0; i < items; i++) {
        struct check_verdict *verdict = &unit->part.verdict[place[i]];
        memcpy(verdict->diagnosis, diagnosis[i].text, sizeof verdict->diagnosis);
        memcpy(verdict->mistake, diagnosis[i].key, sizeof verdict->mistake);
        verdict->agreement = diagnosis[i].digits;
    }
    free(item);
    free(diagnosis);
    free(place);
}

/* `all`: the number of techniques with failing cases. */
static void diagnose_unit(const struct job *job, struct unit *unit, size_t all)
{
    double units = DIAGNOSE_UNITS;
    if (!job->scope->thorough && units * (double)all > DIAGNOSE_ALL_UNITS)
        units = DIAGNOSE_ALL_UNITS / (double)all;
    for (size_t first = 0, count; first < unit->part.verdicts; first += count) {
        count = together(&unit->part, first);
        diagnose_together(job, unit, first, count, units);
    }
}

/* --- one process ------------------------------------------------------------------------------ */

/* What a process says when it has compared its units. */
struct compared {
    size_t failing;
    size_t broken; /* the unit that is unusable; that many or more: none is */
    char error[ASSAY_ERROR];
};

static struct compared compare_share(const struct job *job, struct unit *unit, size_t first,
                                     size_t step)
{
    struct compared told = {.broken = job->units};
    for (size_t u = first; u < job->units && told.broken == job->units; u += step) {
        if (compare_unit(job, u, &unit[u], told.error) != 0)
            told.broken = u;
        size_t count = failing_techniques(job, &unit[u]);
        told.failing += count;
        if (count == 0) {
            assay_file_free(&unit[u].file);
            unit[u].file = (struct assay_file){0};
        }
    }
    return told;
}

static void unit_free(struct unit *unit)
{
    assay_file_free(&unit->file);
    free(unit->part.verdict);
}

/* Moves the verdicts about a unit to the end of the list. */
static void take(struct check *check, const struct check_verdict *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *check_add(check, from[i].technique, from[i].name) = from[i];
}

static int check_here(const struct job *job, struct check *check, struct unit *unit, char *error)
{
    struct compared told = compare_share(job, unit, 0, 1);
    memcpy(error, told.error, sizeof told.error);
    for (size_t u = 0; u < job->units; u++) {
        if (told.broken == job->units)
            diagnose_unit(job, &unit[u], told.failing);
        take(check, unit[u].part.verdict, unit[u].part.verdicts);
        unit_free(&unit[u]);
    }
    return told.broken == job->units ? 0 : 2;
}

/* --- several ---------------------------------------------------------------------------------- */

struct process {
    pid_t child;
    int from, to;
};

static _Noreturn void run_child(const struct job *job, struct unit *unit, size_t first, size_t step,
                                int from, int to)
{
    struct compared told = compare_share(job, unit, first, step);
    size_t all = 0;
    int failed = pipes_put(to, &told, sizeof told) || pipes_get(from, &all, sizeof all);
    for (size_t u = first; u < job->units && !failed; u += step) {
        const struct check *part = &unit[u].part;
        diagnose_unit(job, &unit[u], all);
        failed = pipes_put(to, &part->verdicts, sizeof part->verdicts) ||
                 pipes_put(to, part->verdict, part->verdicts * sizeof *part->verdict);
        unit_free(&unit[u]);
    }
    _exit(failed);
}

static int start(const struct job *job, struct unit *unit, size_t first, size_t step,
                 struct process *process)
{
    int down[2], up[2];
    if (pipes_open(down) != 0)
        return 2;
    if (pipes_open(up) != 0) {
        close(down[0]);
        close(down[1]);
        return 2;
    }
    process->child = fork();
    if (process->child == 0) {
        close(down[1]);
        close(up[0]);
        run_child(job, unit, first, step, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    process->from = up[0];
    process->to = down[1];
    return process->child < 0 ? 2 : 0;
}

static int receive(struct check *check, int from)
{
    size_t count = 0;
    if (pipes_get(from, &count, sizeof count) != 0)
        return 2;
    struct check_verdict *verdict = malloc((count + 1) * sizeof *verdict);
    int failed = !verdict || pipes_get(from, verdict, count * sizeof *verdict) != 0;
    if (!failed)
        take(check, verdict, count);
    free(verdict);
    return failed ? 2 : 0;
}

/* Leads the processes through both steps. */
static int lead(const struct job *job, struct check *check, size_t processes,
                const struct process process[], char *error)
{
    size_t all = 0, broken = job->units;
    snprintf(error, ASSAY_ERROR,
             "%.200s: a process that compares it has ended too early (no memory, or a crash); set "
             "ASSAY_READ_IN_PROCESS=1 to do without processes",
             check->path);
    for (size_t p = 0; p < processes; p++) {
        struct compared told;
        if (pipes_get(process[p].from, &told, sizeof told) != 0)
            return 2;
        all += told.failing;
        if (told.broken < broken) {
            broken = told.broken;
            memcpy(error, told.error, sizeof told.error);
        }
    }
    for (size_t p = 0; p < processes && broken == job->units; p++) {
        if (pipes_put(process[p].to, &all, sizeof all) != 0)
            return 2;
    }
    for (size_t u = 0; u < job->units && broken == job->units; u++) {
        if (receive(check, process[u % processes].from) != 0)
            return 2;
    }
    return broken == job->units ? 0 : 2;
}

static int check_apart(const struct job *job, struct check *check, struct unit *unit,
                       size_t processes, char *error)
{
    struct process process[PROCESSES];
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    size_t started = 0;
    while (started < processes && start(job, unit, started, processes, &process[started]) == 0)
        started++;
    int status = 2;
    if (started == processes)
        status = lead(job, check, processes, process, error);
    else
        snprintf(error, ASSAY_ERROR,
                 "%.200s: no process can be started to compare it: %s; set ASSAY_READ_IN_PROCESS=1 "
                 "to do without",
                 check->path, strerror(errno));
    for (size_t p = 0; p < started; p++) {
        close(process[p].from);
        close(process[p].to);
        if (status != 0)
            kill(process[p].child, SIGKILL);
        while (waitpid(process[p].child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    signal(SIGPIPE, before);
    return status;
}

int check_units(struct check *check, const struct assay_result *result, size_t goldens,
                const char *const golden[], const struct check_scope *scope, char *error)
{
    struct job job = {check, result, scope, goldens, goldens ? golden : NULL};
    if (!goldens)
        job.units = corpus_techniques();
    struct unit *unit = calloc(job.units, sizeof *unit);
    if (!unit) {
        snprintf(error, ASSAY_ERROR, "%.200s: no memory is left to compare it", check->path);
        return 2;
    }
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t processes = cores < 1 ? 1 : cores > PROCESSES ? PROCESSES : (size_t)cores;
    processes = processes < job.units ? processes : job.units;
    int here = processes == 1 || getenv("ASSAY_READ_IN_PROCESS") != NULL;
    int status = here ? check_here(&job, check, unit, error)
                      : check_apart(&job, check, unit, processes, error);
    free(unit);
    return status;
}
