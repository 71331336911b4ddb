// SPDX-License-Identifier: MIT
//
// What both precisions of the cosine need. On [0, pi] the cosine is the sine of pi/2 - x, and
// |pi/2 - x| <= pi/2 is small enough for one Taylor polynomial: the first term left out is below
// 2^-67 of the sine there.
#ifndef ASSAY_COSINE_CONSTANTS_H
#define ASSAY_COSINE_CONSTANTS_H

// pi / 2 = HIGH + LOW to 2^-107.
#define HALF_PI_HIGH 0x1.921fb54442d18p+0
#define HALF_PI_LOW  0x1.1a62633145c07p-54

// sin r = r + r^3 S(r^2): (-1)^k / (2 k + 1)! for k = 1 .. 11.
static const double sine_tail[11] = {
    -0x1.5555555555555p-3,  0x1.1111111111111p-7,  -0x1.a01a01a01a01ap-13, 0x1.71de3a556c734p-19,
    -0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33, -0x1.ae7f3e733b81fp-41, 0x1.952c77030ad4ap-49,
    -0x1.2f49b46814157p-57, 0x1.71b8ef6dcf572p-66, -0x1.761b41316381ap-75,
};

#endif
