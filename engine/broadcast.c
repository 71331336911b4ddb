// SPDX-License-Identifier: MIT
#include "broadcast.h"

void broadcast(MPI_Comm comm, void *bytes, size_t count)
{
    enum { AT_ONCE = 1 << 30 }; /* MPI counts in int */
    for (size_t sent = 0; sent < count; sent += AT_ONCE) {
        size_t rest = count - sent;
        MPI_Bcast((char *)bytes + sent, (int)(rest < AT_ONCE ? rest : AT_ONCE), MPI_BYTE, 0, comm);
    }
}
