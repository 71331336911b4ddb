// SPDX-License-Identifier: MIT
#include "colour.h"

struct colours colours_read(struct question *q, scalar least)
{
    static const char *const clips[] = {"yes", "no", NULL};
    struct colours is = {.x = question_input(q, "x", "[N]CHW")};
    is.C = question_size(q, 'C');
    is.pixels = question_size(q, 'H') * question_size(q, 'W');
    is.images = question_part(q, 'N');
    question_bind(q, 'M', question_size(q, 'N'));
    const scalar *factor = question_input(q, "factor", "M");
    for (size_t n = 0; n < question_size(q, 'N'); n++)
        if (!(factor[n] >= least))
            question_refuse(q, "its input 'factor' has a negative element; give them from 0");
    is.factor = factor + question_first(q, 'N');
    is.clip = question_choice(q, "clip", clips) == 0;
    is.low = question_number_or(q, "low", 0);
    is.high = question_number_or(q, "high", 1);
    if (!(is.low < is.high))
        question_refuse(q, "its number 'high' clips every pixel; give one above 'low'");
    if (is.C * is.pixels == 0)
        question_refuse(q, "its input 'x' has images without pixels; give some");
    is.y = question_output(q, "y", "[N]CHW");
    if (question_has(q, "dy")) {
        is.dy = question_input(q, "dy", "[N]CHW");
        is.dx = question_output(q, "dx", "[N]CHW");
    }
    is.passed = question_scratch(q, is.C * is.pixels);
    return is;
}

void colours_store(const struct colours *is, size_t n, scalar *v)
{
    const size_t size = is->C * is->pixels;
    for (size_t i = 0; i < size; i++) {
        const bool below = is->clip && v[i] <= is->low, above = is->clip && v[i] >= is->high;
        is->y[n * size + i] = below ? is->low : above ? is->high : v[i];
        v[i] = below || above || is->dy == NULL ? 0 : is->dy[n * size + i];
    }
}
