// SPDX-License-Identifier: MIT
/* launch.h - how many ranks somebody wanted: the launcher, the batch system, the command line.
 *
 * If a launcher belongs to another MPI than the program, every process believes that it is rank 0
 * of 1, does all of the work, and writes the same files as its neighbours. A job whose launcher was
 * forgotten runs on one core of many. Both are seen here before any work is done.
 *
 * Launchers tell each process how many there are: a number that differs from MPI's is an error.
 * Batch systems say how many were asked for: another number is refused unless --ranks confirms it.
 */
#pragma once

#include <stdbool.h>

enum { LAUNCH_ERROR = 512 };

struct launch {
    const char *launcher;  /* "mpirun of Open MPI"; NULL when the environment names none */
    const char *variable;  /* that says so */
    long processes;        /* that it has started; 0 when it does not say */
    long process;          /* the number of this one, from 0; -1 when it does not say */
    const char *requester; /* the variable of the batch system; NULL when there is none */
    long requested;        /* the ranks that it says the job asked for */
};

/* Reads the environment. To be called before MPI starts, which may add variables. What a variable
 * says that holds no whole number is ignored. */
struct launch launch_read(void);

/* Whether MPI can start at all: srun without PMIx or PMI tells it nothing, and Open MPI then ends
 * the program with a page of text. Returns 0, or 2 with one sentence in error (LAUNCH_ERROR bytes).
 */
int launch_check_start(const struct launch *launch, char *error);

/* Whether a world of `ranks` is the one that was wanted; asked: --ranks, 0 when not given; mpi: the
 * name of the library, for the sentence. Returns as launch_check_start does. */
int launch_check(const struct launch *launch, long asked, long ranks, const char *mpi, char *error);

/* Whether this process is the one that tells the user: the launcher's first, or any when it does
 * not number them. */
bool launch_speaks(const struct launch *launch);
