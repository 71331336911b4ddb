// SPDX-License-Identifier: MIT
#include "network_cases.h"

#include <stdio.h>

void case_network(struct assay_case *test, const char *prefix, const size_t *size, double low,
                  double high, double bias)
{
    char name[ASSAY_NAME];
    for (size_t l = 0; size[l + 1] != 0; l++) {
        snprintf(name, sizeof name, "%sw%zu", prefix, l + 1);
        case_signed(test, name, DIMS(size[l], size[l + 1]), low, high);
        snprintf(name, sizeof name, "%sb%zu", prefix, l + 1);
        case_normal(test, name, DIMS(size[l + 1]), 0, bias);
    }
}
