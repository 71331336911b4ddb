#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Derives every constant of elementary_constants.h:
  ./derive_constants.py | clang-format > elementary_constants.h

Method. A polynomial for f on [low, high] interpolates f at the Chebyshev nodes in 60-digit arithmetic, which is
within a small factor of the minimax polynomial. (An even number of nodes, so that none is 0, where the quotients
below lose everything.) Then each coefficient is rounded to binary64. The remaining error, with the rounded
coefficients, is measured on a dense grid and written beside the polynomial.
Needs Python 3 and mpmath; the build does not run it, because the header it prints is in the repository."""
from mpmath import mp, mpf, log, expm1, atanh, cos, pi, sqrt, polyval, nint, ldexp, lu_solve, matrix

mp.dps = 60


def c_double(value):
    return float(value).hex()


def chebyshev_fit(f, low, high, degree):
    """Coefficients, lowest first, of the interpolant of f at the degree + 1 Chebyshev nodes."""
    n = degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    system = matrix(n, n)
    for i, x in enumerate(nodes):
        for j in range(n):
            system[i, j] = x**j
    return list(lu_solve(system, matrix([f(x) for x in nodes])))


def print_polynomial(name, comment, f, low, high, degree, weight):
    """weight(x) turns an error of the polynomial at x into a relative error of the function it serves."""
    coefficients = [mpf(float(c)) for c in chebyshev_fit(f, mpf(low), mpf(high), degree)]
    grid = [mpf(low) + (mpf(high) - mpf(low)) * (i + mpf(1) / 3) / 2000 for i in range(2000)]
    worst = max(abs((polyval(coefficients[::-1], x) - f(x)) * weight(x)) for x in grid)
    print(f"\n// {comment}\n// Largest relative error of the function it serves: 2^{float(log(worst, 2)):.1f}.")
    print(f"static const double {name}[{degree + 1}] = {{")
    for c in coefficients:
        print(f"    {c_double(c)},")
    print("};")


def split(value, bits):
    """value = high + low, where high has the given number of fraction bits and low is the rest, rounded."""
    high = ldexp(nint(ldexp(value, bits)), -bits)
    return high, value - high


def print_logarithm_table():
    """128 intervals of the significand; m in [1, 2) is halved from index 53 (about sqrt 2) on, so that log(m) is small."""
    print("""
// Row i serves significands in [1 + i/128, 1 + (i+1)/128), halved where i >= LOGARITHM_HALVED_FROM. `inverse` is close to
// 1/m and so short (multiples of 2^-7 above 1, of 2^-8 below) that m * inverse - 1 is exact in binary64 and below 2^-7;
// `high + low` = -log(inverse), where high is a multiple of 2^-42, so that exponent * ln 2 + high is exact.
// Rows next to m = 1 have inverse = 1, so that log(m) keeps its relative accuracy there.""")
    halved_from = 53
    print(f"enum {{ LOGARITHM_HALVED_FROM = {halved_from} }};")
    print("static const double logarithm_table[128][4] = {")
    worst = mpf(0)
    for i in range(128):
        m_low, m_high = 1 + mpf(i) / 128, 1 + mpf(i + 1) / 128
        if i >= halved_from:
            m_low, m_high = m_low / 2, m_high / 2
        inverse = 2 / (m_low + m_high)
        inverse = nint(inverse * 128) / 128 if inverse > 1 else nint(inverse * 256) / 256
        if i in (0, 127):
            inverse = mpf(1)
        worst = max(worst, abs(m_low * inverse - 1), abs(m_high * inverse - 1))
        high, low = split(-log(inverse), 42)
        print(f"    {{{c_double(inverse)}, {c_double(high)}, {c_double(low)}, 0.0}},")
    print("};")
    assert worst < mpf(1) / 127.9
    print(f"// Largest |m * inverse - 1|: {float(worst):.6f}.")


half_ln2 = log(mpf(2)) / 2 * (1 + mpf(2)**-20)
print("""// SPDX-License-Identifier: MIT
//
// Constants of the elementary functions. Printed by derive_constants.py, which says how each is derived; do not edit.
#ifndef ASSAY_ELEMENTARY_CONSTANTS_H
#define ASSAY_ELEMENTARY_CONSTANTS_H
""")
print(f"#define LOG2_E {c_double(1 / log(mpf(2)))}")
print("\n// ln 2 = LN2_HIGH + LN2_LOW; LN2_HIGH is a multiple of 2^-42, so any |integer| < 2^11 times it is exact.")
high, low = split(log(mpf(2)), 42)
print(f"#define LN2_HIGH {c_double(high)}\n#define LN2_LOW {c_double(low)}")
print(f"// What LN2_LOW leaves over, for the binary64 functions.\n#define LN2_LOWEST {c_double(low - mpf(float(low)))}")

print_polynomial("expm1_quadratic_tail", "(e^r - 1 - r) / r^2 on |r| <= ln(2)/2, for the binary32 functions.",
                 lambda r: (expm1(r) - r) / r**2, -half_ln2, half_ln2, 11, lambda r: r**2 / expm1(r))
print_polynomial("expm1_cubic_tail", "(e^r - 1 - r - r^2/2) / r^3 on |r| <= ln(2)/2, for the binary64 functions.",
                 lambda r: (expm1(r) - r - r**2 / 2) / r**3, -half_ln2, half_ln2, 11, lambda r: r**3 / expm1(r))
s_max = (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1) * (1 + mpf(2)**-20)
print_polynomial("atanh_tail", "(2 atanh(s) - 2 s) / s^3 as a polynomial in z = s^2, |s| <= (sqrt 2 - 1)/(sqrt 2 + 1).",
                 lambda z: (2 * atanh(sqrt(z)) - 2 * sqrt(z)) / sqrt(z)**3, mpf(10)**-12, s_max**2, 7,
                 lambda z: z / 2)
print_polynomial("log1p_cubic_tail", "(log(1 + r) - r + r^2/2) / r^3 on |r| < 2^-7, for the binary64 functions.",
                 lambda r: (log(1 + r) - r + r**2 / 2) / r**3, -mpf(2)**-7, mpf(2)**-7, 5,
                 lambda r: r**3 / log(1 + r))
print_logarithm_table()
print("\n#endif")
