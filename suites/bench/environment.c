// SPDX-License-Identifier: MIT
#include "bench.h"

#include "process.h"

#include <gnu/libc-version.h>
#include <hdf5.h>
#include <hwloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifndef ASSAY_FLAGS
#define ASSAY_FLAGS "not recorded"
#endif

extern char **environ;

static void put(json_t *object, const char *name, const char *value)
{
    json_object_set_new(object, name, json_string(value && value[0] ? value : "not found"));
}

/* Of the folder that the programs were built in, wherever this run has been started. */
static void put_commit(const struct bench *bench, json_t *environment)
{
    const char *const commit[] = {"git", "-C", bench->programs, "rev-parse", "HEAD", NULL};
    const char *const changes[] = {"git", "-C", bench->programs, "status", "--porcelain", NULL};
    char line[512];
    process_first_line(line, sizeof line, commit);
    int is_known = line[0] != 0;
    put(environment, "commit", line);
    process_first_line(line, sizeof line, changes);
    json_object_set_new(environment, "dirty", is_known ? json_boolean(line[0] != 0) : json_null());
}

static void put_libraries(struct bench *bench, json_t *environment)
{
    static const char *const openmpi[] = {"mpirun", "--version", NULL};
    static const char *const openblas[] = {"pkg-config", "--modversion", "openblas", NULL};
    unsigned major, minor, release;
    char text[256];
    json_t *libraries = json_object();
    H5get_libversion(&major, &minor, &release);
    snprintf(text, sizeof text, "%u.%u.%u", major, minor, release);
    put(libraries, "HDF5", text);
    process_first_line(text, sizeof text, openmpi);
    put(libraries, "MPI", text);
    process_first_line(text, sizeof text, openblas);
    put(libraries, "OpenBLAS", text);
    put(libraries, "glibc", gnu_get_libc_version());
    put(libraries, "jansson", JANSSON_VERSION);
    put(libraries, "hwloc", HWLOC_VERSION);
    json_object_set_new(environment, "libraries", libraries);
    (void)bench;
}

/* "Package, 2 cores, L3 32 MiB, ...", as hwloc sees it. */
static void put_topology(json_t *environment)
{
    hwloc_topology_t topology;
    char text[512] = "";
    size_t used = 0;
    if (hwloc_topology_init(&topology) != 0)
        return;
    if (hwloc_topology_load(topology) == 0) {
        static const hwloc_obj_type_t types[] = {HWLOC_OBJ_PACKAGE, HWLOC_OBJ_NUMANODE,
                                                 HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L2CACHE,
                                                 HWLOC_OBJ_CORE,    HWLOC_OBJ_PU};
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            int count = hwloc_get_nbobjs_by_type(topology, types[i]);
            if (count > 0 && used < sizeof text)
                used += (size_t)snprintf(text + used, sizeof text - used, "%s%d %s",
                                         used ? ", " : "", count, hwloc_obj_type_string(types[i]));
        }
        hwloc_obj_t root = hwloc_get_root_obj(topology);
        json_object_set_new(environment, "memory_gib",
                            json_real((double)root->total_memory / (1024.0 * 1024.0 * 1024.0)));
    }
    put(environment, "topology", text);
    hwloc_topology_destroy(topology);
}

static void put_processor(json_t *environment)
{
    char line[4096], model[256] = "";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file && !model[0] && fgets(line, sizeof line, file)) {
        char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon)
            snprintf(model, sizeof model, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
    }
    if (file)
        fclose(file);
    put(environment, "cpu", model);
}

static int is_among(const char *const names[], const char *name, int is_prefix)
{
    for (size_t i = 0; names[i]; i++) {
        if (is_prefix ? strncmp(name, names[i], strlen(names[i])) == 0
                      : strcmp(name, names[i]) == 0)
            return 1;
    }
    return 0;
}

/* The hosts that PBS has given, each once: its file has a line for each rank. */
static void put_pbs_hosts(json_t *job)
{
    const char *path = getenv("PBS_NODEFILE");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[256], last[256] = "", list[2048] = "";
    size_t used = 0;
    while (file && fgets(line, sizeof line, file) && used < sizeof list - sizeof line) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] && strcmp(line, last) != 0)
            used +=
                (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? "," : "", line);
        snprintf(last, sizeof last, "%s", line);
    }
    if (file)
        fclose(file);
    if (list[0])
        put(job, "PBS_NODES", list);
}

/* What changes how ranks run; and what names the job, but neither its user nor the account. */
static void put_variables(json_t *environment)
{
    static const char *const prefixes[] = {"OMPI_MCA_", "PRTE_MCA_", "OPENBLAS_", "OMP_",
                                           "UCX_",      "HDF5_",     NULL};
    static const char *const of_job[] = {"SLURM_CLUSTER_NAME",  "SLURM_JOB_ID",
                                         "SLURM_JOB_NAME",      "SLURM_JOB_PARTITION",
                                         "SLURM_JOB_NODELIST",  "SLURM_JOB_NUM_NODES",
                                         "SLURM_NTASKS",        "SLURM_TASKS_PER_NODE",
                                         "SLURM_CPUS_PER_TASK", "SLURM_RESTART_COUNT",
                                         "PBS_JOBID",           "PBS_JOBNAME",
                                         "PBS_QUEUE",           "PBS_NP",
                                         "PBS_NUM_NODES",       "LSB_JOBID",
                                         "LSB_QUEUE",           "LSB_DJOB_NUMPROC",
                                         "LSB_MCPU_HOSTS",      NULL};
    json_t *variables = json_object(), *job = json_object();
    for (char **pair = environ; *pair; pair++) {
        const char *equals = strchr(*pair, '=');
        char name[128];
        if (!equals || (size_t)(equals - *pair) >= sizeof name)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(equals - *pair), *pair);
        if (is_among(prefixes, name, 1))
            put(variables, name, equals + 1);
        if (is_among(of_job, name, 0))
            put(job, name, equals + 1);
    }
    put_pbs_hosts(job);
    json_object_set_new(environment, "variables", variables);
    json_object_set_new(environment, "job", job);
}

/* Every host that ran a rank, once. */
static json_t *hosts_of(const struct bench *bench)
{
    json_t *hosts = json_array(), *seen = json_object(), *process;
    for (size_t r = 0; r < bench->rank_counts; r++) {
        size_t i;
        json_array_foreach(bench->ranks[r].processes, i, process)
        {
            json_t *host = json_object_get(process, "host");
            if (json_object_get(seen, json_string_value(host)))
                continue;
            json_object_set_new(seen, json_string_value(host), json_true());
            json_array_append(hosts, host);
        }
    }
    json_decref(seen);
    return hosts;
}

json_t *bench_environment(struct bench *bench)
{
    struct utsname system;
    char compiler[128];
    json_t *environment = json_object();
    put_commit(bench, environment);
#ifdef __clang__
    snprintf(compiler, sizeof compiler, "%s", __VERSION__);
#else
    snprintf(compiler, sizeof compiler, "gcc %s", __VERSION__);
#endif
    put(environment, "compiler", compiler);
    put(environment, "flags", ASSAY_FLAGS);
    put_libraries(bench, environment);
    put_processor(environment);
    json_object_set_new(environment, "cores", json_integer(bench->cores));
    put_topology(environment);
    if (uname(&system) == 0)
        put(environment, "kernel", system.release);
    json_object_set_new(environment, "hosts", hosts_of(bench));
    put(environment, "launcher", bench->launcher);
    put_variables(environment);
    return environment;
}
