// SPDX-License-Identifier: MIT
#include "launch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Variables that a launcher sets for each process. The innermost launcher counts: mpirun starts its
 * daemons with srun, whose variables its processes then inherit, so srun comes behind it. */
static const struct {
    const char *launcher, *processes, *process;
} launchers[] = {
    {"mpirun of Open MPI", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"},
    {"mpirun of MVAPICH", "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"},
    {"a launcher of MPICH's kind (PMI)", "PMI_SIZE", "PMI_RANK"},
    {"flux run", "FLUX_JOB_SIZE", "FLUX_TASK_RANK"},
    {"jsrun", "JSM_NAMESPACE_SIZE", "JSM_NAMESPACE_RANK"},
    {"srun", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"},
    {"mpiexec of PALS", NULL, "PALS_RANKID"},
    {"aprun", NULL, "ALPS_APP_PE"},
    {"a launcher with PMIx", NULL, "PMIX_RANK"},
};

/* The whole number that a variable holds, or -1. */
static long number(const char *variable)
{
    const char *text = variable != NULL ? getenv(variable) : NULL;
    char *end;
    if (text == NULL || *text < '0' || *text > '9')
        return -1;
    long value = strtol(text, &end, 10);
    return *end == '\0' && value < 1000000000 ? value : -1;
}

static void read_launcher(struct launch *launch)
{
    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
        long processes = number(launchers[i].processes), process = number(launchers[i].process);
        bool says = launchers[i].processes != NULL ? processes > 0 : process >= 0;
        if (says) {
            launch->launcher = launchers[i].launcher;
            launch->variable = processes > 0 ? launchers[i].processes : launchers[i].process;
            launch->processes = processes > 0 ? processes : 0;
            launch->process = process;
            return;
        }
    }
}

/* A line for each process; only the first host of a job has the file. */
static long count_lines(const char *path)
{
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    long lines = 0;
    int last = '\n', c;
    while (file != NULL && (c = getc(file)) != EOF) {
        lines += last == '\n' && c != '\n';
        last = c;
    }
    if (file != NULL)
        fclose(file);
    return lines;
}

static void request(struct launch *launch, const char *variable, long ranks)
{
    if (launch->requested > 0 || ranks <= 0)
        return;
    launch->requester = variable;
    launch->requested = ranks;
}

/* Within a step of srun, SLURM_NTASKS is that of the step: of srun itself, which was compared
 * already, or of the daemons of mpirun. */
static void read_request(struct launch *launch)
{
    if (number("SLURM_STEP_NUM_TASKS") < 0) {
        request(launch, "SLURM_NTASKS", number("SLURM_NTASKS"));
        if (number("SLURM_JOB_NUM_NODES") > 0 && number("SLURM_NTASKS_PER_NODE") > 0)
            request(launch, "SLURM_NTASKS_PER_NODE times SLURM_JOB_NUM_NODES",
                    number("SLURM_JOB_NUM_NODES") * number("SLURM_NTASKS_PER_NODE"));
    }
    request(launch, "PBS_NODEFILE", count_lines(getenv("PBS_NODEFILE")));
    request(launch, "PBS_NP", number("PBS_NP"));
    request(launch, "LSB_DJOB_NUMPROC", number("LSB_DJOB_NUMPROC"));
}

struct launch launch_read(void)
{
    struct launch launch = {.process = -1};
    read_launcher(&launch);
    read_request(&launch);
    return launch;
}

int launch_check_start(const struct launch *launch, char *error)
{
    bool is_srun = launch->launcher != NULL && strcmp(launch->launcher, "srun") == 0;
    if (!is_srun || getenv("PMIX_RANK") != NULL || getenv("PMI_RANK") != NULL ||
        getenv("PMI_FD") != NULL)
        return 0;
    snprintf(error, LAUNCH_ERROR,
             "srun has started %ld process%s, but not in a way that MPI knows: use srun --mpi=pmix "
             "(srun --mpi=list shows what there is), or mpirun",
             launch->processes, launch->processes == 1 ? "" : "es");
    return 2;
}

int launch_check(const struct launch *launch, long asked, long ranks, const char *mpi, char *error)
{
    const char *s = ranks == 1 ? "" : "s";
    if ((launch->processes > 0 && launch->processes != ranks) || launch->process >= ranks) {
        char started[64];
        if (launch->processes > 0)
            snprintf(started, sizeof started, "%ld process%s", launch->processes,
                     launch->processes == 1 ? "" : "es");
        else
            snprintf(started, sizeof started, "process %ld and those before it", launch->process);
        snprintf(error, LAUNCH_ERROR,
                 "%s has started %s (%s), but MPI sees %ld rank%s, because the launcher belongs to "
                 "another MPI than this program, which is linked with %s: use the launcher of that "
                 "one, or srun --mpi=pmix",
                 launch->launcher, started, launch->variable, ranks, s, mpi);
        return 2;
    }
    if (asked > 0 && asked != ranks) {
        snprintf(error, LAUNCH_ERROR,
                 "--ranks %ld was given, but there %s %ld rank%s: give the launcher the same "
                 "number, as in mpirun -n %ld, and see that it belongs to this program's MPI, %s",
                 asked, ranks == 1 ? "is" : "are", ranks, s, asked, mpi);
        return 2;
    }
    if (asked == 0 && launch->requested > 0 && launch->requested != ranks) {
        snprintf(error, LAUNCH_ERROR,
                 "the job asked for %ld rank%s (%s), but there %s %ld: start as many, with mpirun "
                 "-n %ld or srun, or say that this is meant with --ranks %ld",
                 launch->requested, launch->requested == 1 ? "" : "s", launch->requester,
                 ranks == 1 ? "is" : "are", ranks, launch->requested, ranks);
        return 2;
    }
    return 0;
}

bool launch_speaks(const struct launch *launch)
{
    return launch->process <= 0;
}
