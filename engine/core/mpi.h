// SPDX-License-Identifier: MIT
/* mpi.h - one rank without MPI: the few functions that the sources of the core call, which with one
 * rank copy what they are given, or do nothing. Found instead of the real one when the core is
 * compiled, and never otherwise. Whoever calls another MPI function in those sources adds it here.
 */
#pragma once

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum { MPI_COMM_WORLD } MPI_Comm;
typedef enum { MPI_SUM, MPI_MIN, MPI_MAX } MPI_Op;
typedef size_t MPI_Datatype; /* the bytes of one */
#define MPI_INT       sizeof(int)
#define MPI_LONG_LONG sizeof(long long)
#define MPI_FLOAT     sizeof(float)
#define MPI_DOUBLE    sizeof(double)
#define MPI_BYTE      ((size_t)1)
#define MPI_IN_PLACE  ((const void *)-1)

static inline int MPI_Comm_rank(MPI_Comm comm, int *rank)
{
    (void)comm;
    *rank = 0;
    return 0;
}

static inline int MPI_Comm_size(MPI_Comm comm, int *ranks)
{
    (void)comm;
    *ranks = 1;
    return 0;
}

static inline void MPI_Abort(MPI_Comm comm, int status)
{
    (void)comm;
    exit(status);
}

/* To place `start` of what is received. */
static inline int one_rank_copy(const void *send, int count, MPI_Datatype type, void *receive,
                                int start)
{
    if (send != MPI_IN_PLACE)
        memcpy((char *)receive + (size_t)start * type, send, (size_t)count * type);
    return 0;
}

static inline int MPI_Allreduce(const void *send, void *receive, int count, MPI_Datatype type,
                                MPI_Op op, MPI_Comm comm)
{
    (void)op, (void)comm;
    return one_rank_copy(send, count, type, receive, 0);
}

static inline int MPI_Reduce_scatter(const void *send, void *receive, const int *counts,
                                     MPI_Datatype type, MPI_Op op, MPI_Comm comm)
{
    (void)op, (void)comm;
    return one_rank_copy(send, counts[0], type, receive, 0);
}

static inline int MPI_Allgatherv(const void *send, int count, MPI_Datatype type, void *receive,
                                 const int *counts, const int *starts, MPI_Datatype received,
                                 MPI_Comm comm)
{
    (void)counts, (void)received, (void)comm;
    return one_rank_copy(send, count, type, receive, starts[0]);
}

static inline int MPI_Scatterv(const void *send, const int *counts, const int *starts,
                               MPI_Datatype type, void *receive, int count, MPI_Datatype received,
                               int root, MPI_Comm comm)
{
    (void)count, (void)received, (void)root, (void)comm;
    if (receive != MPI_IN_PLACE)
        memcpy(receive, (const char *)send + (size_t)starts[0] * type, (size_t)counts[0] * type);
    return 0;
}

static inline int MPI_Bcast(void *bytes, int count, MPI_Datatype type, int root, MPI_Comm comm)
{
    (void)bytes, (void)count, (void)type, (void)root, (void)comm;
    return 0;
}

static inline int MPI_Barrier(MPI_Comm comm)
{
    (void)comm;
    return 0;
}

static inline int MPI_Gatherv(const void *send, int count, MPI_Datatype type, void *receive,
                              const int *counts, const int *starts, MPI_Datatype received, int root,
                              MPI_Comm comm)
{
    (void)root;
    return MPI_Allgatherv(send, count, type, receive, counts, starts, received, comm);
}

static inline int MPI_Alltoallv(const void *send, const int *counts, const int *starts,
                                MPI_Datatype type, void *receive, const int *received_counts,
                                const int *received_starts, MPI_Datatype received, MPI_Comm comm)
{
    (void)received_counts, (void)received, (void)comm;
    return one_rank_copy((const char *)send + (size_t)starts[0] * type, counts[0], type, receive,
                         received_starts[0]);
}

/* Messages go to other ranks, of which there are none: who waits for all, waits for nothing. */
typedef struct one_rank_request *MPI_Request;
typedef struct one_rank_status MPI_Status;
#define MPI_REQUEST_NULL    ((MPI_Request)0)
#define MPI_STATUSES_IGNORE ((MPI_Status *)0)

static inline int MPI_Isend(const void *send, int count, MPI_Datatype type, int to, int tag,
                            MPI_Comm comm, MPI_Request *request)
{
    (void)send, (void)count, (void)type, (void)to, (void)tag, (void)comm, (void)request;
    abort();
}

static inline int MPI_Irecv(void *receive, int count, MPI_Datatype type, int from, int tag,
                            MPI_Comm comm, MPI_Request *request)
{
    (void)receive, (void)count, (void)type, (void)from, (void)tag, (void)comm, (void)request;
    abort();
}

static inline int MPI_Waitall(int count, MPI_Request *requests, MPI_Status *statuses)
{
    (void)count, (void)requests, (void)statuses;
    return 0;
}

static inline int MPI_Testall(int count, MPI_Request *requests, int *done, MPI_Status *statuses)
{
    (void)count, (void)requests, (void)statuses;
    *done = 1;
    return 0;
}
