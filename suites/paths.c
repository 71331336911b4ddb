// SPDX-License-Identifier: MIT
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

static char data[PATH_ROOM];

void paths_set_data(const char *directory)
{
    snprintf(data, sizeof data, "%s", directory);
}

int paths_join(char *path, size_t size, const char *directory, const char *name)
{
    int length = snprintf(path, size, "%s/%s", directory, name);
    return length < 0 || (size_t)length >= size ? 2 : 0;
}

/* <folder of the program>/../data, as it stands in a built tree. */
static int beside_program(char *path, size_t size)
{
    char program[PATH_ROOM];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return 2;
    program[length] = 0;
    char *slash = strrchr(program, '/');
    if (!slash)
        return 2;
    *slash = 0;
    return paths_join(path, size, program, "../data") || access(path, R_OK) != 0 ? 2 : 0;
}

const char *paths_data(void)
{
    const char *from_environment = getenv("ASSAY_DATA");
    if (!data[0] && from_environment && from_environment[0])
        paths_set_data(from_environment);
    if (!data[0] && beside_program(data, sizeof data) != 0)
        paths_set_data("data");
    return data;
}
