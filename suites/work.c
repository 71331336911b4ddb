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

quad counted_expf128(quad);
quad counted_expm1f128(quad);
quad counted_logf128(quad);
quad counted_log1pf128(quad);
quad counted_tanhf128(quad);
quad counted_cosf128(quad);
quad counted_sinf128(quad);
quad counted_erfcf128(quad);

quad counted_expf128(quad x)
{
    done++;
    return expf128(x);
}

quad counted_expm1f128(quad x)
{
    done++;
    return expm1f128(x);
}

quad counted_logf128(quad x)
{
    done++;
    return logf128(x);
}

quad counted_log1pf128(quad x)
{
    done++;
    return log1pf128(x);
}

quad counted_tanhf128(quad x)
{
    done++;
    return tanhf128(x);
}

quad counted_cosf128(quad x)
{
    done++;
    return cosf128(x);
}

quad counted_sinf128(quad x)
{
    done++;
    return sinf128(x);
}

quad counted_erfcf128(quad x)
{
    done++;
    return erfcf128(x);
}
