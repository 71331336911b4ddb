// SPDX-License-Identifier: MIT
#include "bench.h"

#include "process.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *bench_path(const struct bench *bench, char *path, const char *name)
{
    snprintf(path, BENCH_PATH, "%.900s/%.100s", bench->folder, name);
    return path;
}

void bench_invalid(struct bench *bench, const char *format, ...)
{
    va_list arguments;
    if (bench->reason[0])
        return;
    va_start(arguments, format);
    vsnprintf(bench->reason, sizeof bench->reason, format, arguments);
    va_end(arguments);
}

/* The launcher's words, "-n", P; returns how many. */
static size_t launch(const struct bench *bench, int ranks, char *words, size_t room, char count[16],
                     const char **argument)
{
    size_t n = 0;
    snprintf(words, room, "%s", bench->launcher);
    for (char *word = strtok(words, " "); word && n < 16; word = strtok(NULL, " "))
        argument[n++] = word;
    snprintf(count, 16, "%d", ranks);
    argument[n++] = "-n";
    argument[n++] = count;
    return n;
}

int bench_run(const struct bench *bench, const struct bench_command *command, char **output,
              double *seconds)
{
    char words[BENCH_PATH], count[16], program[BENCH_PATH + 64];
    const char *argument[BENCH_ARGUMENTS + 24], *variable[16];
    size_t n = 0, v = 0;
    if (command->ranks > 0)
        n = launch(bench, command->ranks, words, sizeof words, count, argument);
    snprintf(program, sizeof program, "%s/%s", bench->programs, command->program);
    argument[n++] = program;
    for (size_t i = 0; i < BENCH_ARGUMENTS && command->argument[i]; i++)
        argument[n++] = command->argument[i];
    argument[n] = NULL;
    for (size_t i = 0; i < 8 && command->variable[i]; i++)
        variable[v++] = command->variable[i];
    if (command->ranks > bench->cores) {
        /* More ranks than cores: they must share, and yield while they wait. */
        variable[v++] = "OMPI_MCA_hwloc_base_binding_policy=none";
        variable[v++] = "OMPI_MCA_mpi_yield_when_idle=1";
    }
    variable[v] = NULL;
    struct process_result result = process_run(argument, variable);
    if (seconds)
        *seconds = result.seconds;
    if (output)
        *output = result.output;
    else
        free(result.output);
    return result.status;
}

json_t *bench_run_json(struct bench *bench, const struct bench_command *command, int tolerated,
                       double *seconds)
{
    char *output = NULL;
    json_error_t problem;
    int status = bench_run(bench, command, &output, seconds);
    json_t *value = NULL;
    if (status > tolerated)
        bench_invalid(bench, "%s %s ended with exit status %d", command->program,
                      command->argument[0], status);
    else if (!(value = json_loads(output ? output : "", 0, &problem)))
        bench_invalid(bench, "%s %s printed no JSON: %s", command->program, command->argument[0],
                      problem.text);
    free(output);
    return value;
}
