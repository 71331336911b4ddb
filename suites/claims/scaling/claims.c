// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim scaling_claims[] = {
    {.id = NULL},
};
