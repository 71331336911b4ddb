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

static void put_commit(json_t *environment)
{
    static const char *const commit[] = {"git", "rev-parse", "HEAD", NULL};
    static const char *const changes[] = {"git", "status", "--porcelain", NULL};
    char line[512];
    process_first_line(line, sizeof line, commit);
    put(environment, "commit", line);
    process_first_line(line, sizeof line, changes);
    json_object_set_new(environment, "dirty", json_boolean(line[0] != 0));
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

static void put_variables(json_t *environment)
{
    static const char *const prefixes[] = {"OMPI_MCA_", "OPENBLAS_", "OMP_", "UCX_", NULL};
    static const char *const job_prefixes[] = {"SLURM_JOB_", "SLURM_NNODES", "PBS_JOBID", NULL};
    json_t *variables = json_object(), *job = json_object();
    for (char **pair = environ; *pair; pair++) {
        const char *equals = strchr(*pair, '=');
        char name[128];
        if (!equals || (size_t)(equals - *pair) >= sizeof name)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)(equals - *pair), *pair);
        for (size_t i = 0; prefixes[i]; i++) {
            if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
                put(variables, name, equals + 1);
        }
        for (size_t i = 0; job_prefixes[i]; i++) {
            if (strncmp(name, job_prefixes[i], strlen(job_prefixes[i])) == 0)
                put(job, name, equals + 1);
        }
    }
    json_object_set_new(environment, "variables", variables);
    json_object_set_new(environment, "job", job);
}

json_t *bench_environment(struct bench *bench)
{
    struct utsname system;
    char host[256] = "", compiler[128];
    json_t *environment = json_object();
    put_commit(environment);
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
    gethostname(host, sizeof host - 1);
    json_object_set_new(environment, "hosts", json_pack("[s]", host));
    put(environment, "launcher", bench->launcher);
    put_variables(environment);
    return environment;
}
