// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim adversarial_claims[] = {
    {.id = NULL},
};
