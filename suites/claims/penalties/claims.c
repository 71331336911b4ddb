// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim penalties_claims[] = {
    {.id = NULL},
};
