// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim controls_claims[] = {
    {.id = NULL},
};
