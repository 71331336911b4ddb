// SPDX-License-Identifier: MIT
#include "mask.h"

#include <string.h>

struct survival survival_read(struct question *q)
{
    static const char *const arguments[] = {"rate", "keep", NULL};
    const scalar p = question_number(q, "p");
    if (!(p >= 0 && p <= 1))
        question_refuse(q, "its number 'p' is a probability; give one from 0 to 1");
    const bool keeps = question_choice(q, "argument", arguments) == 1;
    return (struct survival){.rate = keeps ? 1 - p : p, .keep = keeps ? p : 1 - p};
}

/* This rank's elements of an array of `shape`, whose letters are bound. */
static size_t part_of(const struct question *q, const char *shape)
{
    size_t count = 1;
    for (const char *c = shape; *c != '\0'; c++) {
        if (*c == '[')
            count *= question_part(q, *++c);
        else if (*c != ']')
            count *= question_size(q, *c);
    }
    return count;
}

/* Every rank looks at the whole, so that all refuse together. */
const scalar *mask_uniforms(struct question *q, const char *shape)
{
    const scalar *part = question_input(q, "u", shape);
    char letters[8] = "";
    size_t count = 1;
    for (const char *c = shape; *c != '\0'; c++)
        if (*c != '[' && *c != ']') {
            letters[strlen(letters)] = *c;
            count *= question_size(q, *c);
        }
    const scalar *whole = question_input(q, "u", letters);
    for (size_t i = 0; i < count; i++)
        if (!(whole[i] >= 0 && whole[i] < 1))
            question_refuse(q, "element %zu of its input 'u' is %g; give 0 to below 1", i,
                            (double)whole[i]);
    return part;
}

const int *mask_read(struct question *q, struct survival survival, const char *shape)
{
    static const char *const thresholds[] = {"at_least_rate", "below_keep", NULL};
    if (question_has(q, "mask"))
        return question_integers(q, "mask", shape, 0, 1);
    const scalar *u = mask_uniforms(q, shape);
    const bool below = question_choice(q, "threshold", thresholds) == 1;
    const size_t count = part_of(q, shape);
    int *kept = arena_take(question_arena(q), count, sizeof *kept);
    for (size_t i = 0; i < count; i++)
        kept[i] = below ? u[i] < survival.keep : u[i] >= survival.rate;
    return kept;
}

void mask_write(struct question *q, const char *shape, const int *kept, size_t count)
{
    scalar *mask = question_output(q, "kept", shape);
    for (size_t i = 0; i < count; i++)
        mask[i] = (scalar)kept[i];
}
