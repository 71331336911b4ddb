// SPDX-License-Identifier: MIT
#include "law_tests.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

void law_worsen(struct law_verdict *verdict, double ratio, const char *format, ...)
{
    va_list arguments;
    if (!(ratio >= 0))
        ratio = INFINITY;
    if (ratio < verdict->ratio || (ratio == verdict->ratio && verdict->message[0]))
        return;
    verdict->ratio = ratio;
    va_start(arguments, format);
    vsnprintf(verdict->message, sizeof verdict->message, format, arguments);
    va_end(arguments);
}

void law_test(struct law_verdict *verdict, const char *what, double found, double wanted,
              double limit)
{
    verdict->tests++;
    law_worsen(verdict, fabs(found - wanted) / limit,
               "its %s is %.6g, but must be within %.3g of %.6g", what, found, limit, wanted);
}

static double divergence(double a, double b)
{
    return a > 0 ? a * log(a / b) : 0;
}

void law_frequency(struct law_verdict *verdict, const char *what, size_t k, size_t n, double p)
{
    double f = (double)k / (double)(n ? n : 1);
    if (n == 0)
        return;
    verdict->tests++;
    law_worsen(verdict,
               (double)n * (divergence(f, p) + divergence(1 - f, 1 - p)) / log(2 / LAW_ALARM),
               "%zu of %zu %s, but a fraction of %.6g is right", k, n, what, p);
}
