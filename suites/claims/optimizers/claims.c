// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim optimizers_claims[] = {
    {.id = NULL},
};
