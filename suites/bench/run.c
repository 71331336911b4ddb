// SPDX-License-Identifier: MIT
#include "bench.h"

#include "process.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wordexp.h>

enum { LAUNCHER_WORDS = 48 };

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

int bench_check_launcher(const struct bench *bench)
{
    wordexp_t words;
    int status = wordexp(bench->launcher, &words, WRDE_NOCMD);
    size_t count = status == 0 ? words.we_wordc : 0;
    if (status == 0)
        wordfree(&words);
    if (count >= 1 && count <= LAUNCHER_WORDS)
        return 0;
    fprintf(stderr,
            "assay-bench: --launcher '%s' is not 1 to %d words as a shell reads them, such as "
            "'srun --mpi=pmix'; quotes must be closed and ( ) < > | & ; quoted\n",
            bench->launcher, LAUNCHER_WORDS);
    return 2;
}

/* The launcher's words, with %n in them for the number of ranks, or else "-n", P behind them.
 * Returns how many there are. */
static size_t launch(const wordexp_t *words, const char *count, char (*filled)[BENCH_PATH],
                     const char **argument)
{
    size_t n = 0;
    int has_place = 0;
    for (; n < words->we_wordc && n < LAUNCHER_WORDS; n++) {
        const char *word = words->we_wordv[n], *place = strstr(word, "%n");
        argument[n] = word;
        if (!place)
            continue;
        snprintf(filled[n], BENCH_PATH, "%.*s%s%s", (int)(place - word), word, count, place + 2);
        argument[n] = filled[n];
        has_place = 1;
    }
    if (!has_place) {
        argument[n++] = "-n";
        argument[n++] = count;
    }
    return n;
}

/* Names of variables that Open MPI's launcher has to hand on to other hosts. */
static void list_names(char list[256], const char *const variables[])
{
    size_t used = (size_t)snprintf(list, 256, "OMPI_MCA_mca_base_env_list=");
    for (size_t v = 0; variables[v] && used < 200; v++)
        used += (size_t)snprintf(list + used, 256 - used, "%s%.*s", v ? ";" : "",
                                 (int)strcspn(variables[v], "="), variables[v]);
}

int bench_run(const struct bench *bench, const struct bench_command *command, char **output,
              double *seconds)
{
    char count[16], program[BENCH_PATH + 64], names[256];
    char(*filled)[BENCH_PATH] = calloc(LAUNCHER_WORDS, sizeof *filled);
    const char *argument[LAUNCHER_WORDS + BENCH_ARGUMENTS + 8], *variable[16];
    size_t n = 0, v = 0;
    wordexp_t words = {0};
    snprintf(count, sizeof count, "%d", command->ranks);
    if (command->ranks > 0 && filled && wordexp(bench->launcher, &words, WRDE_NOCMD) == 0)
        n = launch(&words, count, filled, argument);
    snprintf(program, sizeof program, "%s/%s", bench->programs, command->program);
    argument[n++] = program;
    for (size_t i = 0; i < BENCH_ARGUMENTS && command->argument[i]; i++)
        argument[n++] = command->argument[i];
    if (command->ranks > 0) {
        argument[n++] = "--ranks";
        argument[n++] = count;
    }
    argument[n] = NULL;
    for (size_t i = 0; i < 8 && command->variable[i]; i++)
        variable[v++] = command->variable[i];
    variable[v] = NULL;
    list_names(names, variable);
    if (command->ranks > 0 && v > 0)
        variable[v++] = names;
    if (command->ranks > 0 && bench_is_crowded(bench, command->ranks)) {
        /* More ranks than CPUs: they must share, and yield while they wait. */
        variable[v++] = "OMPI_MCA_hwloc_base_binding_policy=none";
        variable[v++] = "OMPI_MCA_mpi_yield_when_idle=1";
    }
    variable[v] = NULL;
    struct process_result result = process_run(argument, variable);
    wordfree(&words);
    free(filled);
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
