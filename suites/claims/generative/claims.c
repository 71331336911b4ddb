// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim generative_claims[] = {
    {.id = NULL},
};
