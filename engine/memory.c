// SPDX-License-Identifier: MIT
#include "memory.h"

#include <sys/resource.h>

static double base;

double memory_peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return 1024.0 * (double)usage.ru_maxrss; /* Linux: KiB */
}

void memory_begin(void)
{
    base = memory_peak();
}

double memory_base(void)
{
    return base;
}
