// SPDX-License-Identifier: MIT
/* Values changed in their place: signs, factors, offsets, casts, constants; and shorter precisions.
 */
#include "diagnose_match.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Tries what is in the scratch arrays; bounds grow with the values. */
static int try_scratch(struct diagnosing *d, size_t k, const struct forgery *from,
                       const struct mistake *mistake)
{
    struct forgery f = *from;
    f.value = d->value;
    f.bound = d->bound;
    f.low = NULL;
    return match_try(d, k, &f, mistake);
}

static int try_scaled(struct diagnosing *d, size_t k, const struct forgery *from, double factor,
                      const struct mistake *mistake)
{
    for (size_t i = 0; i < from->count; i++) {
        d->value[i] = factor * from->value[i];
        d->bound[i] = fabs(factor) * from->bound[i];
    }
    return try_scratch(d, k, from, mistake);
}

/* --- factors ---------------------------------------------------------------------------------- */

struct factor {
    double value;
    const char *says;
};

static const struct factor familiar[] = {
    {2, "off by the factor 2"},
    {0.5, "off by the factor 1/2"},
    {3, "off by the factor 3"},
    {1.0 / 3, "off by the factor 1/3"},
    {4, "off by the factor 4"},
    {0.25, "off by the factor 1/4"},
    {1.4142135623730951, "off by the factor sqrt 2"},
    {0.70710678118654752, "off by the factor 1 / sqrt 2"},
    {0.69314718055994531, "off by the factor log 2 (base 2 for base e)"},
    {1.4426950408889634, "off by the factor 1 / log 2 (base e for base 2)"},
    {2.3025850929940457, "off by the factor ln 10 (base 10 for base e)"},
    {0.43429448190325183, "off by the factor 1 / ln 10 (base e for base 10)"},
    {3.1415926535897932, "off by the factor pi"},
    {0.31830988618379067, "off by the factor 1 / pi"},
    {6.2831853071795865, "off by the factor 2 pi"},
    {0.15915494309189534, "off by the factor 1 / (2 pi)"},
    {2.5066282746310005, "off by the factor sqrt(2 pi)"},
    {0.39894228040143268, "off by the factor 1 / sqrt(2 pi)"},
    {100, "off by the factor 100 (per cent)"},
    {0.01, "off by the factor 1/100 (per cent)"},
    {255, "off by the factor 255"},
    {1.0 / 255, "off by the factor 1/255"},
};

struct fit {
    struct diagnosing *d;
    size_t k;
    const struct forgery *from;
    double factor, room; /* what is left by least squares, and how far off it may be */
    int found;
};

/* There are many constants, so the factor is compared with one before anything is said of it. */
static int is_factor(const struct fit *fit, double constant)
{
    return !fit->found && constant > 0 && !(fabs(constant - 1) < 1e-3) &&
           fabs(fabs(fit->factor) / constant - 1) < fit->room;
}

static void try_factor(struct fit *fit, double constant, int weight, const char *says,
                       const char *detail)
{
    struct mistake mistake;
    if (!is_factor(fit, constant))
        return;
    int negative = fit->factor < 0;
    mistake_set(&mistake, weight, "factor", negative ? "%s, and with the sign flipped" : "%s",
                says);
    snprintf(mistake.detail, sizeof mistake.detail, "%s", detail);
    fit->found = try_scaled(fit->d, fit->k, fit->from, negative ? -constant : constant, &mistake);
}

static void try_size(struct fit *fit, const char *name, int axis, size_t size)
{
    double n = (double)size;
    char says[MATCH_TEXT], detail[MATCH_TEXT];
    const struct {
        double value;
        int weight;
        const char *says;
    } f[] = {{1 / n, WEIGHT_ACCIDENT, "1/n, a mean for a sum"},
             {n, WEIGHT_ACCIDENT, "n, a sum for a mean"},
             {n / (n - 1), WEIGHT_ACCIDENT, "n/(n-1)"},
             {(n - 1) / n, WEIGHT_ACCIDENT, "(n-1)/n"},
             {sqrt(n), WEIGHT_RARE_ACCIDENT, "sqrt n"},
             {1 / sqrt(n), WEIGHT_RARE_ACCIDENT, "1 / sqrt n"}};
    for (size_t i = 0; i < sizeof f / sizeof *f && size > 1; i++) {
        if (!is_factor(fit, f[i].value))
            continue;
        snprintf(detail, sizeof detail, "The size is %zu.", size);
        snprintf(says, sizeof says, "off by the factor %s: n is axis %d of %s", f[i].says, axis,
                 name);
        try_factor(fit, f[i].value, f[i].weight, says, detail);
    }
}

static void try_count(struct fit *fit, const char *name, size_t count)
{
    char says[MATCH_TEXT], detail[MATCH_TEXT];
    const double n = (double)count;
    for (int mean = 1; mean >= 0; mean--) {
        if (!is_factor(fit, mean ? 1 / n : n))
            continue;
        snprintf(detail, sizeof detail, "There are %zu.", count);
        snprintf(says, sizeof says, "off by the factor %s: n is the number of elements of %s",
                 mean ? "1/n, a mean for a sum" : "n, a sum for a mean", name);
        try_factor(fit, mean ? 1 / n : n, WEIGHT_ACCIDENT, says, detail);
    }
}

static void try_sizes(struct fit *fit)
{
    const struct request *r = &fit->d->test->request;
    for (size_t i = 0; i < r->inputs; i++) {
        for (int a = 0; a < r->input[i].rank; a++)
            try_size(fit, r->input[i].name, a, r->input[i].dim[a]);
    }
    for (int a = 0; a < fit->from->rank; a++)
        try_size(fit, fit->d->suspect[fit->k].right->name, a, fit->from->dim[a]);
    for (size_t i = 0; i < r->inputs; i++) {
        if (r->input[i].rank > 1)
            try_count(fit, r->input[i].name, r->input[i].count);
    }
}

static void try_numbers(struct fit *fit)
{
    const struct request *r = &fit->d->test->request;
    char says[MATCH_TEXT], detail[MATCH_TEXT];
    for (size_t i = 0; i < r->numbers; i++) {
        double v = fabs(r->number[i].value);
        const char *name = r->number[i].name;
        if (strcmp(name, "block") == 0)
            continue;
        const struct factor f[] = {{v, "off by the factor %s"},
                                   {1 / v, "off by the factor 1 / %s"},
                                   {1 - v, "off by the factor 1 - %s"},
                                   {1 / (1 - v), "off by the factor 1 / (1 - %s)"},
                                   {v * v, "off by the factor %s squared"},
                                   {sqrt(v), "off by the factor sqrt %s"}};
        for (size_t j = 0; j < sizeof f / sizeof *f; j++) {
            if (!is_factor(fit, f[j].value))
                continue;
            snprintf(detail, sizeof detail, "%s is %.6g.", name, r->number[i].value);
            const char *blank = strstr(f[j].says, "%s");
            snprintf(says, sizeof says, "%.*s%s%s", (int)(blank - f[j].says), f[j].says, name,
                     blank + 2);
            try_factor(fit, f[j].value, j < 2 ? WEIGHT_ACCIDENT : WEIGHT_RARE_ACCIDENT, says,
                       detail);
        }
    }
}

/* Elements that can tell a factor from an offset: the right array must not be one constant. */
static size_t telling(const struct forgery *f)
{
    double largest = 0;
    size_t count = 0;
    int varied = 0;
    for (size_t i = 0; i < f->count; i++)
        largest = fmax(largest, fabs(f->value[i]));
    for (size_t i = 0; i < f->count; i++) {
        count += fabs(f->value[i]) > 1e-3 * largest;
        varied |= fabs(f->value[i] - f->value[0]) > 1e-3 * largest;
    }
    return varied ? count : 0;
}

/* Least squares, so that no single element decides. */
static double fitted_factor(const struct forgery *from, const double *got)
{
    double above = 0, below = 0, largest = 0;
    for (size_t i = 0; i < from->count; i++)
        largest = fmax(largest, fabs(from->value[i]));
    for (size_t i = 0; i < from->count && largest > 0; i++) {
        double w = from->value[i] / largest;
        above += got[i] / largest * w;
        below += w * w;
    }
    return below > 0 ? above / below : 0;
}

static void try_factors(struct diagnosing *d, size_t k, const struct forgery *from)
{
    double room = 2 * pow(10, -0.6 * match_digits(d->suspect[k].bits));
    struct fit fit = {d, k, from, fitted_factor(from, d->suspect[k].got->value), room, 0};
    struct mistake mistake;
    if (!isfinite(fit.factor) || fit.factor == 0)
        return;
    for (size_t i = 0; i < sizeof familiar / sizeof *familiar; i++) {
        int plain = !strstr(familiar[i].says, "255") && !strstr(familiar[i].says, "pi");
        try_factor(&fit, familiar[i].value, plain ? WEIGHT_ACCIDENT : WEIGHT_RARE_ACCIDENT,
                   familiar[i].says, "");
    }
    fit.found = 0; /* a size or a number of the case may explain a plain factor */
    try_numbers(&fit);
    fit.found = 0;
    try_sizes(&fit);
    if (fit.found || d->before.phrase[0] || telling(from) < 3)
        return;
    mistake_set(&mistake, WEIGHT_FITTED, "factor", "off by the factor %.*g",
                fabs(fit.factor - 1) < 1e-3 ? 12 : 6, fit.factor);
    snprintf(mistake.key, sizeof mistake.key, "off by a factor");
    try_scaled(d, k, from, fit.factor, &mistake);
}

/* --- offsets ---------------------------------------------------------------------------------- */

static void try_offset(struct diagnosing *d, size_t k, const struct forgery *from)
{
    const double *got = d->suspect[k].got->value;
    struct mistake mistake;
    double offset = 0;
    for (size_t i = 0; i < from->count; i++)
        offset += (got[i] - from->value[i]) / (double)from->count;
    double whole = nearbyint(offset);
    int is_whole = whole != 0 && fabs(whole) <= 16 && fabs(offset - whole) < 1e-4;
    if (!isfinite(offset) || (!is_whole && (telling(from) < 3 || d->before.phrase[0])))
        return;
    offset = is_whole ? whole : offset;
    for (size_t i = 0; i < from->count; i++) {
        d->value[i] = from->value[i] + offset;
        d->bound[i] = from->bound[i] + ldexp(fabs(offset), -d->suspect[k].bits);
    }
    mistake_set(&mistake, is_whole ? WEIGHT_RARE_ACCIDENT : WEIGHT_FITTED, "offset",
                "off by the constant %.6g", offset);
    if (!is_whole)
        snprintf(mistake.key, sizeof mistake.key, "off by a constant");
    try_scratch(d, k, from, &mistake);
}

/* --- constants and casts ---------------------------------------------------------------------- */

enum cast { TRUNCATED, ROUNDED, FLOORED, FIRST_ROW, FIRST_ELEMENT, MAGNITUDE, CASTS };

static double cast_of(const struct forgery *from, enum cast cast, size_t i)
{
    size_t row = from->rank > 1 ? from->count / from->dim[0] : 1;
    const double *v = from->value;
    switch (cast) {
    case TRUNCATED:
        return trunc(v[i]);
    case ROUNDED:
        return nearbyint(v[i]);
    case FLOORED:
        return floor(v[i]);
    case FIRST_ROW:
        return v[i % row];
    case FIRST_ELEMENT:
        return v[0];
    default:
        return fabs(v[i]);
    }
}

static void try_casts(struct diagnosing *d, size_t k, const struct forgery *from)
{
    static const struct {
        const char *family, *says;
    } text[CASTS] = {{"cast", "cast to integers, cut off"},
                     {"cast", "cast to integers, rounded"},
                     {"cast", "cast to integers, rounded down"},
                     {"constant", "with its first row in every row"},
                     {"constant", "with its first element everywhere"},
                     {"sign", "without its signs"}};
    struct mistake mistake;
    for (int cast = 0; cast < CASTS; cast++) {
        if (cast == FIRST_ROW && from->rank < 2)
            continue;
        for (size_t i = 0; i < from->count; i++) {
            d->value[i] = cast_of(from, (enum cast)cast, i);
            d->bound[i] = from->bound[i];
        }
        mistake_set(&mistake, WEIGHT_RARE_ACCIDENT, text[cast].family, "%s", text[cast].says);
        try_scratch(d, k, from, &mistake);
    }
}

/* Zeros are what they are, however few. */
static int try_zeros(struct diagnosing *d, size_t k)
{
    const struct suspect *s = &d->suspect[k];
    struct mistake mistake;
    for (size_t i = 0; i < s->got->count; i++) {
        if (s->got->value[i] != 0)
            return 0;
    }
    mistake_set(&mistake, WEIGHT_ACCIDENT, "zeros", "all zeros");
    match_add(d, k, (struct nearness){17, 0}, &mistake);
    return 1;
}

/* The same everywhere, and not what the first element should be. */
static void try_constant(struct diagnosing *d, size_t k, const struct forgery *from)
{
    const double *got = d->suspect[k].got->value;
    struct mistake mistake;
    for (size_t i = 1; i < from->count; i++) {
        if (got[i] != got[0])
            return;
    }
    for (size_t i = 0; i < from->count; i++) {
        d->value[i] = got[0];
        d->bound[i] = from->bound[i];
    }
    if (telling(from) < 3 || got[0] == 0 || d->before.phrase[0])
        return;
    mistake_set(&mistake, WEIGHT_FITTED, "constant", "the same everywhere: %.6g", got[0]);
    snprintf(mistake.key, sizeof mistake.key, "the same everywhere");
    try_scratch(d, k, from, &mistake);
}

void accidents_of_value(struct diagnosing *d, size_t k, const struct forgery *from)
{
    struct mistake mistake;
    if (d->suspect[k].got->count != from->count || from->count == 0)
        return;
    if (try_zeros(d, k))
        return;
    mistake_set(&mistake, WEIGHT_ACCIDENT, "sign", "with the sign flipped");
    try_scaled(d, k, from, -1, &mistake);
    try_factors(d, k, from);
    try_offset(d, k, from);
    try_casts(d, k, from);
    try_constant(d, k, from);
}

/* --- precision -------------------------------------------------------------------------------- */

static const char *precision_name(int bits)
{
    return bits == 8 ? "bfloat16" : bits == 11 ? "half precision" : "single precision";
}

/* Errors of rounding have both signs, whatever the sign of the value: a mistake that is small for
 * another reason often does not look like that. */
static int looks_like_rounding(const struct suspect *s)
{
    const struct assay_golden_array *g = s->right;
    size_t wrong = 0, up = 0, outwards = 0, beyond = 0;
    double largest = 0;
    for (size_t i = 0; i < g->count; i++) {
        double error = (s->got->value[i] - g->high[i]) - g->low[i];
        beyond += !(fabs(error) <= g->bound[ASSAY_F32][i]);
        if (fabs(error) <= g->bound[ASSAY_F64][i])
            continue;
        wrong++;
        up += error > 0;
        outwards += (error > 0) == (g->high[i] > 0);
        largest =
            fmax(largest, g->bound[ASSAY_F32][i] > 0 ? fabs(error) / g->bound[ASSAY_F32][i] : 0);
    }
    return beyond == 0 && wrong >= 8 && 4 * wrong >= g->count && largest > 0.002 &&
           4 * up >= wrong && 4 * up <= 3 * wrong && 4 * outwards >= wrong &&
           4 * outwards <= 3 * wrong;
}

void accidents_of_precision(struct diagnosing *d, size_t k, int declared)
{
    const struct suspect *s = &d->suspect[k];
    struct forgery golden = match_golden(s);
    struct mistake mistake;
    if (!match_same_shape(s, &golden))
        return;
    struct nearness n = match_nearness(s, &golden);
    int bits = s->bits, exactly = 1;
    if (declared == 53 && bits == 53 && n.digits >= 6 && looks_like_rounding(s)) {
        /* Another mistake may be as small: this says how far it is off, not why. */
        mistake_set(&mistake, WEIGHT_FITTED, "precision",
                    "no farther off than single precision would be");
        n.distance = 1;
        match_add(d, k, n, &mistake);
    }
    if (bits == declared || log10(n.distance) > 0.2 * match_digits(bits))
        return;
    for (size_t i = 0; i < golden.count && bits == 24; i++)
        exactly &= s->got->value[i] == (double)(float)golden.value[i];
    mistake_set(&mistake, WEIGHT_ACCIDENT, "precision", "as if computed in %s",
                precision_name(bits));
    if (exactly && bits == 24)
        mistake_set(&mistake, WEIGHT_ACCIDENT, "precision", "rounded to single precision");
    n.distance = 1;
    match_add(d, k, n, &mistake);
}
