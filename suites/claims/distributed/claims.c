// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim distributed_claims[] = {
    {.id = NULL},
};
