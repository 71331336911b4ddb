// SPDX-License-Identifier: MIT
//
// Constants of the sine and the cosine; constants_test.c derives each again.
#ifndef ASSAY_TRIGONOMETRIC_CONSTANTS_H
#define ASSAY_TRIGONOMETRIC_CONSTANTS_H

#define TWO_OVER_PI 0x1.45f306dc9c883p-1

// pi/2 = HIGH + LOW + LOWEST to 2^-163.
#define HALF_PI_HIGH   0x1.921fb54442d18p+0
#define HALF_PI_LOW    0x1.1a62633145c07p-54
#define HALF_PI_LOWEST -0x1.f1976b7ed8fbcp-110

// sin r = r + r^3 S(r^2): (-1)^k / (2 k + 1)! for k = 1 .. 8. The first term left out is below
// 2^-73 of the sine for |r| <= pi/4.
static const double sine_tail[8] = {
    -0x1.5555555555555p-3,  0x1.1111111111111p-7,  -0x1.a01a01a01a01ap-13, 0x1.71de3a556c734p-19,
    -0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33, -0x1.ae7f3e733b81fp-41, 0x1.952c77030ad4ap-49,
};

// What the first of them leaves over.
#define MINUS_SIXTH_LOW -0x1.5555555555555p-57

// cos r = 1 - r^2/2 + r^4 C(r^2): (-1)^k / (2 k)! for k = 2 .. 9. The first term left out is below
// 2^-67 of the cosine.
static const double cosine_tail[8] = {
    0x1.5555555555555p-5,  -0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-16, -0x1.27e4fb7789f5cp-22,
    0x1.1eed8eff8d898p-29, -0x1.93974a8c07c9dp-37, 0x1.ae7f3e733b81fp-45, -0x1.6827863b97d97p-53,
};

#endif
