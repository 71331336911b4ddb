// SPDX-License-Identifier: MIT
/* The program assay-claims: runs the experiments of claims on all ranks.
 *
 * How it is distributed: the replicas of all claims are one list, and rank k does every P-th of
 * them, alone; the figures of a replica do not depend on who does it. Each goes to rank 0 in one
 * message, and rank 0 writes the record of a claim once all of its replicas are there. Nothing is
 * added across ranks.
 */
#include "../../engine/broadcast.h"
#include "../progress.h"
#include "../protocol/dataset.h"
#include "lab/run.h"
#include "record.h"

#include <cblas.h>
#include <errno.h>
#include <mpi.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char help[] =
    "usage: assay-claims run [--only ID,ID,...] [--quick] [--again] [--data FILE] [--ranks N]\n"
    "                        -o FOLDER\n\n"
    "Runs the experiments of claims and writes FOLDER/<id>.json for each "
    "(suites/claims/record.h).\n"
    "A claim whose record is there already, of the same version of its rule, is left as it is: so\n"
    "a run that was ended goes on. The figures are the same bits for any number of ranks.\n\n"
    "  --only ID,...  these claims, such as B-02\n"
    "  --quick        those of the quick tier\n"
    "  --again        also those whose records are there\n"
    "  --data FILE    the handwritten digits (data/digits.h5)\n"
    "  --ranks N      no other number of ranks is accepted\n"
    "  -o FOLDER      is made if it is not there\n\n"
    "Example: mpirun -n 2 build/assay-claims run --quick -o reports/runs/claims\n"
    "Exit status: 0 done; 2 unusable input or usage.\n";

struct request {
    const char *only, *data, *ranks, *folder;
    bool is_quick, again;
};

/* One claim that is to be run. */
struct task {
    const struct claim *claim;
    struct claim_record *record; /* on rank 0 */
    size_t first;                /* its first replica in the list of all */
    size_t missing;              /* replicas; on rank 0 */
};

struct work {
    struct request request;
    int rank, ranks;
    size_t tasks, replicas;
    struct task *task;
    struct dataset digits;
    struct progress progress;
    size_t done; /* replicas, that rank 0 knows of */
};

static int fail(const struct work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int fail(const struct work *work, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (work->rank == 0) {
        fputs("assay-claims: ", stderr);
        vfprintf(stderr, format, arguments);
        fputc('\n', stderr);
    }
    va_end(arguments);
    return 2;
}

/* ---- what is to be done ---------------------------------------------------------------------- */

static bool is_named(const char *list, const char *id)
{
    const size_t length = strlen(id);
    for (const char *at = list; (at = strstr(at, id)) != NULL; at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

/* Every name of the list is that of a claim. */
static int check_names(const struct work *work)
{
    char name[64];
    for (const char *at = work->request.only; at != NULL && *at != '\0';) {
        const size_t length = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < 60 ? length : 60), at);
        if (claim_find(name) == NULL)
            return fail(work, "--only %s: there is no claim '%s'; `assay claims list` names all",
                        work->request.only, name);
        at += length + (at[length] == ',');
    }
    return 0;
}

static bool is_wanted(const struct request *request, const struct claim *claim)
{
    return (request->only == NULL || is_named(request->only, claim->id)) &&
           (!request->is_quick || claim->is_quick);
}

/* On rank 0: whether a record of this version is there. */
static int is_done(const struct work *work, const struct claim *claim, int *done)
{
    struct claim_record *record;
    char error[RECORD_ERROR], rule[RECORD_HASH];
    *done = 0;
    if (work->request.again)
        return 0;
    if (record_read(claim, work->request.folder, &record, error) != 0)
        return fail(work, "%s", error);
    record_rule_hash(claim, rule);
    if (record != NULL)
        *done = record->version == claim->version && strcmp(record->rule, rule) == 0;
    record_free(record);
    return 0;
}

static int choose_tasks(struct work *work)
{
    const size_t all = claim_count_all();
    int status = check_names(work), done = 0;
    work->task = calloc(all + 1, sizeof *work->task);
    if (work->task == NULL)
        return fail(work, "there is no memory for the list of claims; free some");
    for (size_t i = 0; i < all && status == 0; i++) {
        const struct claim *claim = claim_at(i);
        if (!is_wanted(&work->request, claim))
            continue;
        if (work->rank == 0)
            status = is_done(work, claim, &done);
        int answer[2] = {status, done};
        MPI_Bcast(answer, 2, MPI_INT, 0, MPI_COMM_WORLD);
        status = answer[0];
        if (status != 0 || answer[1])
            continue;
        work->task[work->tasks++] =
            (struct task){.claim = claim, .first = work->replicas, .missing = claim->replicas};
        work->replicas += claim->replicas;
    }
    return status;
}

/* ---- replicas -------------------------------------------------------------------------------- */

/* A replica's figures as one message: seconds, effects, curves. */
static size_t figures_of(const struct claim *claim)
{
    return 1 + claim_part_count(claim) + claim_arm_count(claim) * claim->curve.points;
}

static void run_replica(const struct work *work, const struct claim *claim, size_t index,
                        double *figures)
{
    const double started = MPI_Wtime();
    lab_run(claim, index, &work->digits, figures + 1, figures + 1 + claim_part_count(claim));
    figures[0] = MPI_Wtime() - started;
}

/* On rank 0. */
static int store(struct work *work, size_t t, size_t index, const double *figures)
{
    struct task *task = &work->task[t];
    const struct claim *claim = task->claim;
    const size_t parts = claim_part_count(claim);
    const size_t points = figures_of(claim) - 1 - parts;
    char error[RECORD_ERROR];
    if (task->record == NULL)
        task->record = record_new(claim);
    task->record->seconds += figures[0];
    memcpy(task->record->effect + index * parts, figures + 1, parts * sizeof *figures);
    memcpy(task->record->curve + index * points, figures + 1 + parts, points * sizeof *figures);
    progress_update(&work->progress, ++work->done);
    if (--task->missing > 0)
        return 0;
    record_set_hash(task->record);
    if (record_write(task->record, work->request.folder, error) != 0) {
        fprintf(stderr, "assay-claims: %s\n", error);
        MPI_Abort(MPI_COMM_WORLD, 2);
    }
    record_free(task->record);
    task->record = NULL;
    return 0;
}

/* The claim of replica `unit` of the list of all. */
static size_t task_of(const struct work *work, size_t unit)
{
    size_t t = 0;
    while (t + 1 < work->tasks && work->task[t + 1].first <= unit)
        t++;
    return t;
}

/* On rank 0: takes what has come, and if `all`, waits for everything. */
static void receive(struct work *work, double *figures, size_t room, bool all)
{
    while (work->done < work->replicas) {
        MPI_Status status;
        int is_there = 1;
        if (all)
            MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &status);
        else
            MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &is_there, &status);
        if (!is_there)
            return;
        MPI_Recv(figures, (int)room, MPI_DOUBLE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        const size_t unit = (size_t)status.MPI_TAG, t = task_of(work, unit);
        store(work, t, unit - work->task[t].first, figures);
    }
}

static void run_all(struct work *work)
{
    size_t room = 1;
    for (size_t t = 0; t < work->tasks; t++)
        room = figures_of(work->task[t].claim) > room ? figures_of(work->task[t].claim) : room;
    double *figures = calloc(room, sizeof *figures);
    if (figures == NULL)
        MPI_Abort(MPI_COMM_WORLD, 2);
    if (work->rank == 0)
        progress_start(&work->progress, "replicas", work->replicas);
    for (size_t unit = (size_t)work->rank; unit < work->replicas; unit += (size_t)work->ranks) {
        const size_t t = task_of(work, unit), index = unit - work->task[t].first;
        const struct claim *claim = work->task[t].claim;
        run_replica(work, claim, index, figures);
        if (work->rank != 0) {
            MPI_Send(figures, (int)figures_of(claim), MPI_DOUBLE, 0, (int)unit, MPI_COMM_WORLD);
            continue;
        }
        store(work, t, index, figures);
        receive(work, figures, room, false);
    }
    if (work->rank == 0) {
        receive(work, figures, room, true);
        progress_end(&work->progress);
    }
    free(figures);
}

/* ---- the program ----------------------------------------------------------------------------- */

/* The digits, on every rank. */
static int load_digits(struct work *work)
{
    char error[512];
    struct dataset *digits = &work->digits;
    int status = 0;
    if (work->rank == 0)
        status = dataset_load(digits, work->request.data, NULL, error, sizeof error);
    MPI_Bcast(&status, 1, MPI_INT, 0, MPI_COMM_WORLD);
    if (status != 0)
        return fail(work, "%s", error);
    broadcast(MPI_COMM_WORLD, digits, sizeof *digits);
    if (work->rank != 0) {
        digits->parts = 0;
        digits->part = NULL;
        digits->pixels = malloc(digits->samples * digits->features);
        digits->labels = malloc(digits->samples);
        digits->split = malloc(digits->samples);
        if (digits->pixels == NULL || digits->labels == NULL || digits->split == NULL)
            MPI_Abort(MPI_COMM_WORLD, 2);
    }
    broadcast(MPI_COMM_WORLD, digits->pixels, digits->samples * digits->features);
    broadcast(MPI_COMM_WORLD, digits->labels, digits->samples);
    broadcast(MPI_COMM_WORLD, digits->split, digits->samples);
    return 0;
}

static int make_folder(const struct work *work)
{
    int error = 0;
    if (work->rank == 0 && mkdir(work->request.folder, 0777) != 0 && errno != EEXIST)
        error = errno;
    MPI_Bcast(&error, 1, MPI_INT, 0, MPI_COMM_WORLD);
    if (error != 0)
        return fail(work, "-o %s: the folder cannot be made: %s; make the one it is in first",
                    work->request.folder, strerror(error));
    return 0;
}

static int read_arguments(struct work *work, int count, char *argument[])
{
    struct request *request = &work->request;
    request->data = "data/digits.h5";
    for (int i = 2; i < count; i++) {
        const char **text = strcmp(argument[i], "--only") == 0    ? &request->only
                            : strcmp(argument[i], "--data") == 0  ? &request->data
                            : strcmp(argument[i], "--ranks") == 0 ? &request->ranks
                            : strcmp(argument[i], "-o") == 0      ? &request->folder
                                                                  : NULL;
        if (text != NULL && i + 1 < count)
            *text = argument[++i];
        else if (text != NULL)
            return fail(work, "%s needs a value; see assay-claims --help", argument[i]);
        else if (strcmp(argument[i], "--quick") == 0)
            request->is_quick = true;
        else if (strcmp(argument[i], "--again") == 0)
            request->again = true;
        else
            return fail(work, "%s is not understood; see assay-claims --help", argument[i]);
    }
    if (request->ranks != NULL && strtol(request->ranks, NULL, 10) != work->ranks)
        return fail(work, "--ranks %s: there are %d; check the launcher's words", request->ranks,
                    work->ranks);
    if (request->folder == NULL)
        return fail(work, "say where the records go, as in -o reports/runs/claims");
    return 0;
}

static int run(struct work *work, int count, char *argument[])
{
    int status = read_arguments(work, count, argument);
    if (status == 0)
        status = make_folder(work);
    if (status == 0)
        status = choose_tasks(work);
    if (status == 0 && work->tasks > 0)
        status = load_digits(work);
    if (status == 0)
        run_all(work);
    if (status == 0 && work->rank == 0)
        printf("%zu claims run, %zu replicas: %s\n", work->tasks, work->replicas,
               work->request.folder);
    dataset_free(&work->digits);
    free(work->task);
    return status;
}

int main(int count, char *argument[])
{
    struct work work = {.rank = 0};
    int status = 0;
    MPI_Init(&count, &argument);
    MPI_Comm_rank(MPI_COMM_WORLD, &work.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &work.ranks);
    openblas_set_num_threads(1);
    if (count == 2 && (strcmp(argument[1], "--help") == 0 || strcmp(argument[1], "-h") == 0)) {
        if (work.rank == 0)
            fputs(help, stdout);
    } else if (count < 2 || strcmp(argument[1], "run") != 0) {
        status = fail(&work, "%s is not understood; see assay-claims --help",
                      count < 2 ? "no command" : argument[1]);
    } else {
        status = run(&work, count, argument);
    }
    MPI_Finalize();
    return status;
}
