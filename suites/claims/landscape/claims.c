// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim landscape_claims[] = {
    {.id = NULL},
};
