// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim depth_claims[] = {
    {.id = NULL},
};
