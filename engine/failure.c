// SPDX-License-Identifier: MIT
#include "failure.h"

#include <mpi.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int failure_unusable(const char *format, ...)
{
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (rank != 0)
        return EXIT_UNUSABLE;
    va_list arguments;
    va_start(arguments, format);
    fputs("assay-engine: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return EXIT_UNUSABLE;
}

_Noreturn void failure_abort(const char *format, ...)
{
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "assay-engine: rank %d: ", rank);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    fflush(stderr);
    MPI_Abort(MPI_COMM_WORLD, EXIT_UNUSABLE);
    abort(); /* MPI_Abort does not return, but does not say so */
}
