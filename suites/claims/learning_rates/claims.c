// SPDX-License-Identifier: MIT
#include "../claim.h"

const struct claim learning_rates_claims[] = {
    {.id = NULL},
};
