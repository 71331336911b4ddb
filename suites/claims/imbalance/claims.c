// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim imbalance_claims[] = {
    {.id = NULL},
};
