// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim stopping_claims[] = {
    {.id = NULL},
};
