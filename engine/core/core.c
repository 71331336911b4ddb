// SPDX-License-Identifier: MIT
#include "core.h"

#include "../failure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char program[] = "assay-core-" SCALAR_PRECISION;

static _Noreturn void stop(const char *what, const char *path)
{
    fprintf(stderr, "%s: cannot %s %s: %s; check the folder and the disk\n", program, what, path,
            strerror(errno));
    exit(EXIT_UNUSABLE);
}

FILE *core_open(const struct core *core, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s_" SCALAR_PRECISION, core->folder, name);
    FILE *part = fopen(path, "wb");
    if (part == NULL)
        stop("create", path);
    return part;
}

void core_write(FILE *part, const void *bytes, size_t count)
{
    if (fwrite(bytes, 1, count, part) != count)
        stop("write", "a part");
}

void core_close(FILE *part)
{
    if (fclose(part) != 0)
        stop("write", "a part");
}

scalar core_number(uint64_t bits)
{
    scalar number;
#ifdef SCALAR_F32
    const uint32_t high = (uint32_t)(bits >> 32);
    memcpy(&number, &high, sizeof number);
#else
    memcpy(&number, &bits, sizeof number);
#endif
    return number;
}

static int usage(FILE *to, int status)
{
    fprintf(to,
            "Usage: %s [--vector-width WIDTH] FOLDER\n"
            "Writes the raw bits of products, elementary functions, sums and training runs\n"
            "into one file each of an existing FOLDER, for sha256sum. WIDTH is scalar, 128, 256\n"
            "or 512 (the widest of this CPU). Example:\n"
            "  mkdir bits && %s --vector-width scalar bits && sha256sum bits/*\n",
            program, program);
    return status;
}

int main(int count, char *argument[])
{
    struct core core = {0};
    struct arithmetic arithmetic = {.reproducible = true};
    for (int i = 1; i < count; i++) {
        if (strcmp(argument[i], "--help") == 0)
            return usage(stdout, 0);
        if (strcmp(argument[i], "--vector-width") == 0 && i + 1 < count)
            arithmetic.vector_width = argument[++i];
        else if (argument[i][0] != '-' && core.folder == NULL)
            core.folder = argument[i];
        else
            return usage(stderr, EXIT_UNUSABLE);
    }
    if (core.folder == NULL)
        return usage(stderr, EXIT_UNUSABLE);
    if (team_gather(&core.team, &arithmetic) != 0)
        return EXIT_UNUSABLE;
    core_random(&core);
    core_products(&core);
    core_elementary(&core);
    core_sums(&core);
    core_training(&core);
    return 0;
}
