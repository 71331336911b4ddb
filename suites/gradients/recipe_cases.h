// SPDX-License-Identifier: MIT
/* recipe_cases.h - cases of small differentiable operations, one line of text each.
 *
 * A recipe is words separated by blanks:
 *     epsilon=0.5 ties=first     a number; a convention
 *     x:7x5:signed:0.25:2        an input: name, sizes ("" for a scalar), and what stands in it:
 *                                uniform:LOW:HIGH, signed:LOW:HIGH, dyadic:LOW:HIGH:STEP,
 *                                constant:VALUE, list:1,2,3, whole:1,2,3, labels:CLASSES
 *     x@3,8=0                    elements 3 and 8 of the input x made before are 0
 */
#pragma once

#include "../case_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECIPE_LENGTH = 1024, RECIPE_VALUES = 128 };

struct recipe {
    struct case_head head;
    const char *text;
};

_Noreturn static inline void recipe_wrong(const struct assay_case *test, const char *word)
{
    fprintf(stderr, "assay: %s/%s: '%s' is no word of a recipe; correct its table\n",
            test->technique, test->name, word);
    exit(2);
}

/* Numbers separated by commas. */
static inline size_t recipe_values(const char *text, double value[RECIPE_VALUES])
{
    size_t n = 0;
    for (char *end; n < RECIPE_VALUES && *text; text = *end == ',' ? end + 1 : end)
        value[n++] = strtod(text, &end);
    return n;
}

static inline struct dims recipe_dims(const char *text)
{
    struct dims dims = SCALAR;
    for (char *end; *text && dims.rank < REQUEST_RANK; text = *end == 'x' ? end + 1 : end)
        dims.size[dims.rank++] = (size_t)strtoul(text, &end, 10);
    return dims;
}

static inline size_t recipe_count(const struct dims *dims)
{
    size_t count = 1;
    for (int i = 0; i < dims->rank; i++)
        count *= dims->size[i];
    return count;
}

static inline void recipe_listed(struct assay_case *test, const char *name, struct dims dims,
                                 const char *numbers, int whole)
{
    double value[RECIPE_VALUES];
    int integer[RECIPE_VALUES];
    size_t n = recipe_values(numbers, value);
    if (n != recipe_count(&dims))
        recipe_wrong(test, numbers);
    for (size_t i = 0; i < n; i++)
        integer[i] = (int)value[i];
    if (whole)
        case_integers(test, name, dims, integer);
    else
        case_values(test, name, dims, value);
}

/* word: NAME:SIZES:LAW:..., cut up in place. */
static inline void recipe_input(struct assay_case *test, char *word)
{
    char *sizes = strchr(word, ':'), *law, *rest;
    *sizes++ = '\0';
    law = strchr(sizes, ':');
    if (!law)
        recipe_wrong(test, sizes);
    *law++ = '\0';
    rest = strchr(law, ':');
    if (!rest)
        recipe_wrong(test, law);
    *rest++ = '\0';
    struct dims dims = recipe_dims(sizes);
    double a = 0, b = 0, c = 0;
    int given = sscanf(rest, "%lf:%lf:%lf", &a, &b, &c);
    if (strcmp(law, "list") == 0 || strcmp(law, "whole") == 0)
        recipe_listed(test, word, dims, rest, law[0] == 'w');
    else if (strcmp(law, "uniform") == 0 && given == 2)
        case_uniform(test, word, dims, a, b);
    else if (strcmp(law, "signed") == 0 && given == 2)
        case_signed(test, word, dims, a, b);
    else if (strcmp(law, "dyadic") == 0 && given == 3)
        case_dyadic(test, word, dims, a, b, c);
    else if (strcmp(law, "constant") == 0 && given == 1)
        case_constant(test, word, dims, a);
    else if (strcmp(law, "labels") == 0 && given == 1)
        case_labels(test, word, dims.size[0], (int)a);
    else
        recipe_wrong(test, law);
}

/* word: NAME@PLACES=VALUE. */
static inline void recipe_edit(struct assay_case *test, char *word)
{
    double place[RECIPE_VALUES];
    char *places = strchr(word, '@'), *value = strchr(word, '=');
    if (!value)
        recipe_wrong(test, word);
    *places++ = '\0';
    *value++ = '\0';
    double *input = case_input(test, word);
    if (!input)
        recipe_wrong(test, word);
    for (size_t i = 0, n = recipe_values(places, place); i < n; i++)
        input[(size_t)place[i]] = (float)strtod(value, NULL);
}

static inline void recipe_setting(struct assay_case *test, char *word)
{
    char *value = strchr(word, '='), *end;
    if (!value)
        recipe_wrong(test, word);
    *value++ = '\0';
    double number = strtod(value, &end);
    if (*end == '\0')
        case_number(test, word, number);
    else
        case_choice(test, word, value);
}

static inline void recipe_cases(struct case_list *list, const struct recipe *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        struct assay_case *test = case_add(list, &row[i].head);
        char text[RECIPE_LENGTH];
        snprintf(text, sizeof text, "%s", row[i].text);
        for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
            if (strchr(word, '@'))
                recipe_edit(test, word);
            else if (strchr(word, ':'))
                recipe_input(test, word);
            else
                recipe_setting(test, word);
        }
    }
}
