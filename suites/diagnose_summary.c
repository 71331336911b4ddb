// SPDX-License-Identifier: MIT
/* Failing cases of one technique, by diagnosis. */
#include "diagnose.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int alike(const struct diagnosed_case *a, const struct diagnosed_case *b)
{
    return strcmp(a->technique, b->technique) == 0 && strcmp(a->key, b->key) == 0;
}

static int is_first(size_t i, const struct diagnosed_case failing[])
{
    for (size_t j = 0; j < i; j++) {
        if (alike(&failing[j], &failing[i]))
            return 0;
    }
    return 1;
}

static size_t failing_of(size_t count, const struct diagnosed_case failing[], const char *technique)
{
    size_t of = 0;
    for (size_t i = 0; i < count; i++)
        of += strcmp(failing[i].technique, technique) == 0;
    return of;
}

static double least_digits(size_t count, const struct diagnosed_case failing[], size_t like,
                           size_t *cases)
{
    double least = 17;
    *cases = 0;
    for (size_t i = like; i < count; i++) {
        if (alike(&failing[i], &failing[like])) {
            least = fmin(least, failing[i].digits);
            ++*cases;
        }
    }
    return least;
}

void diagnose_print_summary(size_t count, const struct diagnosed_case failing[], FILE *out)
{
    for (size_t i = 0; i < count; i++) {
        size_t cases;
        if (!is_first(i, failing))
            continue;
        double digits = least_digits(count, failing, i, &cases);
        const char *key = failing[i].key;
        fprintf(out, "%s: %zu of %zu failing case%s: %s", failing[i].technique, cases,
                failing_of(count, failing, failing[i].technique),
                failing_of(count, failing, failing[i].technique) == 1 ? "" : "s",
                key[0] ? key : "no mistake that is known");
        if (key[0] && digits < 17)
            fprintf(out, " to %.1f digits", digits);
        fprintf(out, "\n");
    }
}

json_t *diagnose_summary_json(size_t count, const struct diagnosed_case failing[])
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        size_t cases;
        json_t *names = is_first(i, failing) ? json_array() : NULL;
        if (!names)
            continue;
        double digits = least_digits(count, failing, i, &cases);
        for (size_t j = i; j < count; j++) {
            if (alike(&failing[j], &failing[i]))
                json_array_append_new(names, json_string(failing[j].name));
        }
        size_t of = failing_of(count, failing, failing[i].technique);
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:f, s:I, s:o}", "technique",
                                        failing[i].technique, "diagnosis", failing[i].key, "digits",
                                        digits, "failing", (json_int_t)of, "cases", names));
    }
    return list;
}
