// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* sched_getaffinity */
#include "world.h"

#include "broadcast.h"
#include "failure.h"

#include <mpi.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "Open MPI v4.1.4" of all that a library says about itself. */
static void name_library(char name[MPI_MAX_LIBRARY_VERSION_STRING])
{
    int length = 0;
    MPI_Get_library_version(name, &length);
    name[strcspn(name, ",\n")] = '\0';
}

int world_check(const struct launch *launch, long asked)
{
    char error[LAUNCH_ERROR] = "", mpi[MPI_MAX_LIBRARY_VERSION_STRING] = "";
    int rank = 0, ranks = 1, status = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    name_library(mpi);
    if (rank == 0) { /* only where the job began are the variables of the batch system its own */
        status = launch_check(launch, asked, ranks, mpi, error);
        if (status != 0 && !launch_speaks(launch))
            sleep(1); /* a launcher ends all once one has ended: let the first speak before */
        else if (status != 0)
            fprintf(stderr, "assay-engine: %s\n", error);
    }
    broadcast(MPI_COMM_WORLD, &status, sizeof status);
    return status;
}

void world_list_cpus(char *list, size_t size, bool (*has)(const void *set, size_t i),
                     const void *set, size_t count)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        char range[48];
        size_t first = i;
        if (!has(set, i))
            continue;
        while (i + 1 < count && has(set, i + 1))
            i++;
        int length = snprintf(range, sizeof range, i > first ? "%s%zu-%zu" : "%s%zu",
                              used > 0 ? "," : "", first, i);
        bool fits = used + (size_t)length + sizeof ",..." <= size;
        snprintf(list + used, size - used, "%s", fits ? range : ",...");
        if (!fits)
            return;
        used += (size_t)length;
    }
}

enum { CPUS = 8 * CPU_SETSIZE }; /* the kernel refuses a set that is smaller than its own */

static bool in_cpu_set(const void *set, size_t i)
{
    return CPU_ISSET_S(i, CPU_ALLOC_SIZE(CPUS), (const cpu_set_t *)set);
}

static void read_cpus(char cpus[PLACEMENT_CPUS])
{
    cpu_set_t *set = CPU_ALLOC(CPUS);
    if (set != NULL && sched_getaffinity(0, CPU_ALLOC_SIZE(CPUS), set) == 0)
        world_list_cpus(cpus, PLACEMENT_CPUS, in_cpu_set, set, CPUS);
    CPU_FREE(set);
}

struct placement *world_placements(void)
{
    struct placement mine;
    char host[MPI_MAX_PROCESSOR_NAME] = "";
    int rank = 0, ranks = 1, length = 0;
    memset(&mine, 0, sizeof mine);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    MPI_Get_processor_name(host, &length);
    snprintf(mine.host, sizeof mine.host, "%.*s", PLACEMENT_HOST - 1, host);
    read_cpus(mine.cpus);
    struct placement *all = rank == 0 ? calloc((size_t)ranks, sizeof *all) : NULL;
    if (rank == 0 && all == NULL)
        failure_abort("out of memory for the names of %d hosts", ranks);
    MPI_Gather(&mine, sizeof mine, MPI_BYTE, all, sizeof mine, MPI_BYTE, 0, MPI_COMM_WORLD);
    return all;
}
