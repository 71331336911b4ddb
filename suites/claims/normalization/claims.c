// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim normalization_claims[] = {
    {.id = NULL},
};
