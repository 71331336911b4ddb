// SPDX-License-Identifier: MIT
#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The child's side: never returns. */
static void become(const char *const argument[], const char *const variables[], int out)
{
    char *copy[128];
    size_t n = 0;
    for (; argument[n] && n < 127; n++)
        copy[n] = strdup(argument[n]);
    copy[n] = NULL;
    for (size_t i = 0; variables && variables[i]; i++) {
        char *name = strdup(variables[i]);
        char *equals = name ? strchr(name, '=') : NULL;
        if (equals) {
            *equals = 0;
            setenv(name, equals + 1, 1);
        }
    }
    dup2(out, STDOUT_FILENO);
    close(out);
    execvp(copy[0], copy);
    fprintf(stderr, "assay-bench: %s could not be started\n", copy[0]);
    _exit(127);
}

static void read_all(struct process_result *result, int in)
{
    size_t room = 1 << 16;
    result->output = malloc(room);
    while (result->output) {
        if (result->size + 4096 > room) {
            char *grown = realloc(result->output, room *= 2);
            if (!grown)
                break;
            result->output = grown;
        }
        ssize_t n = read(in, result->output + result->size, room - result->size - 1);
        if (n <= 0)
            break;
        result->size += (size_t)n;
    }
    if (result->output)
        result->output[result->size] = 0;
}

struct process_result process_run(const char *const argument[], const char *const variables[])
{
    struct process_result result = {.status = 127};
    int ends[2], status = 0;
    double start = now();
    fflush(NULL);
    if (pipe(ends) != 0)
        return result;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        become(argument, variables, ends[1]);
    }
    close(ends[1]);
    if (child > 0) {
        read_all(&result, ends[0]);
        waitpid(child, &status, 0);
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    close(ends[0]);
    result.seconds = now() - start;
    return result;
}

void process_first_line(char *line, size_t size, const char *const argument[])
{
    struct process_result result = process_run(argument, NULL);
    line[0] = 0;
    if (result.status == 0 && result.output)
        snprintf(line, size, "%.*s", (int)strcspn(result.output, "\n"), result.output);
    free(result.output);
}
