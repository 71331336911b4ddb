// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim dropout_claims[] = {
    {.id = NULL},
};
