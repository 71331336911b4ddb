// SPDX-License-Identifier: MIT
/* precision.h - the formats of numbers in which results are judged. */
#pragma once

/* Goldens have bounds for the first two always, for the low ones where a case is certified. */
enum assay_precision { ASSAY_F64, ASSAY_F32, ASSAY_BF16, ASSAY_F16, ASSAY_PRECISIONS };
enum { ASSAY_LOW = ASSAY_BF16 };

struct precision_format {
    const char *name;
    double roundoff; /* half the distance from 1 to the next number */
    double smallest; /* normal number */
    double largest;
};

/* By enum assay_precision. */
extern const struct precision_format precision_formats[ASSAY_PRECISIONS];

/* The number of that format nearest to x, or an infinity beyond its largest. */
double precision_nearest(enum assay_precision precision, double x);

/* Whether x is a number of that format, or 0 or an infinity. */
int precision_holds(enum assay_precision precision, double x);

/* Which one is called "f64", "f32", "bf16" (bfloat16) or "f16" (binary16); -1: none. */
int precision_named(const char *name);
