// SPDX-License-Identifier: MIT
#include "cases.h"

#include "../suites/protocol/case.h"
#include "broadcast.h"

#include <string.h>

/* The parts of a case are sent one after another: few messages, and no format to keep in step. All
 * ranks run the same program on the same kind of processor, as everywhere in the engine. */
static void *share_array(struct arena *arena, MPI_Comm comm, const void *from, size_t count,
                         size_t size)
{
    void *copy = arena_take(arena, count, size);
    if (from != NULL && count != 0)
        memcpy(copy, from, count * size);
    broadcast(comm, copy, count * size);
    return copy;
}

const struct assay_case *cases_share(struct arena *arena, MPI_Comm comm,
                                     const struct assay_case *test)
{
    int rank, more = test != NULL;
    MPI_Comm_rank(comm, &rank);
    MPI_Bcast(&more, 1, MPI_INT, 0, comm);
    if (!more)
        return NULL;
    const struct request *from = rank == 0 ? &test->request : NULL;
    struct assay_case *copy = share_array(arena, comm, test, 1, sizeof *copy);
    struct request *request = &copy->request;
    request->number = share_array(arena, comm, from != NULL ? from->number : NULL, request->numbers,
                                  sizeof *request->number);
    request->choice = share_array(arena, comm, from != NULL ? from->choice : NULL, request->choices,
                                  sizeof *request->choice);
    request->input = share_array(arena, comm, from != NULL ? from->input : NULL, request->inputs,
                                 sizeof *request->input);
    request->draw = share_array(arena, comm, from != NULL ? from->draw : NULL, request->draws,
                                sizeof *request->draw);
    for (size_t i = 0; i < request->inputs; i++)
        request->input[i].value =
            share_array(arena, comm, from != NULL ? from->input[i].value : NULL,
                        request->input[i].count, sizeof(double));
    return copy;
}
