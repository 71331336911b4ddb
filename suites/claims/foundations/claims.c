// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim foundations_claims[] = {
    {.id = NULL},
};
