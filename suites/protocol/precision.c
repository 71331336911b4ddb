// SPDX-License-Identifier: MIT
#include "precision.h"

#include <float.h>
#include <math.h>
#include <string.h>

const struct precision_format precision_formats[ASSAY_PRECISIONS] = {
    [ASSAY_F64] = {"f64", 0x1p-53, DBL_MIN, DBL_MAX},
    [ASSAY_F32] = {"f32", 0x1p-24, FLT_MIN, FLT_MAX},
    [ASSAY_BF16] = {"bf16", 0x1p-8, 0x1p-126, 0x1.fep127},
    [ASSAY_F16] = {"f16", 0x1p-11, 0x1p-14, 65504},
};

double precision_nearest(enum assay_precision precision, double x)
{
    const struct precision_format *format = &precision_formats[precision];
    int exponent;
    if (x == 0 || !isfinite(x))
        return x;
    frexp(fmax(fabs(x), format->smallest), &exponent);
    double unit = ldexp(format->roundoff, exponent), nearest = rint(x / unit) * unit;
    return fabs(nearest) <= format->largest ? nearest : copysign(INFINITY, x);
}

int precision_holds(enum assay_precision precision, double x)
{
    return precision_nearest(precision, x) == x;
}

int precision_named(const char *name)
{
    for (int p = 0; p < ASSAY_PRECISIONS; p++)
        if (strcmp(precision_formats[p].name, name) == 0)
            return p;
    return -1;
}
