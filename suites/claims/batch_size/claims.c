// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim batch_size_claims[] = {
    {.id = NULL},
};
