// SPDX-License-Identifier: MIT
#include "work.h"

#include "../reference/real.h"

static double done;

void work_add(double units)
{
    done += units;
}

double work_done(void)
{
    return done;
}

#define COUNTED(function)                                                                          \
    quad counted_##function(quad);                                                                 \
    quad counted_##function(quad x)                                                                \
    {                                                                                              \
        done++;                                                                                    \
        return function(x);                                                                        \
    }

COUNTED(expf128)
COUNTED(expm1f128)
COUNTED(logf128)
COUNTED(log1pf128)
COUNTED(tanhf128)
COUNTED(cosf128)
COUNTED(sinf128)
COUNTED(erfcf128)
