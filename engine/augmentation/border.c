// SPDX-License-Identifier: MIT
#include "border.h"

enum beyond beyond_read(struct question *q)
{
    static const char *const borders[] = {"fill", "edge", "reflect", "symmetric", "wrap", NULL};
    return (enum beyond)question_choice(q, "border", borders);
}

/* Walks back and forth until the place is inside; `seam` 1 when the edge pixel stands twice. */
static long fold(long at, long last, long seam)
{
    while (last > 0 || seam > 0) {
        if (at < 0)
            at = -at - seam;
        else if (at > last)
            at = 2 * last + seam - at;
        else
            return at;
    }
    return 0;
}

void beyond_places(long *places, long first, size_t count, size_t size, enum beyond beyond)
{
    const long last = (long)size - 1;
    for (size_t i = 0; i < count; i++) {
        long at = first + (long)i;
        const bool outside = at < 0 || at > last;
        if (outside && beyond == CONSTANT)
            at = -1;
        else if (outside && beyond == NEAREST)
            at = at < 0 ? 0 : last;
        else if (outside && beyond == REPEAT)
            for (at %= (long)size; at < 0;)
                at += (long)size;
        else if (outside)
            at = fold(at, last, beyond == MIRROR_EDGE);
        places[i] = at;
    }
}

struct view view_create(struct question *q, size_t planes, size_t H, size_t W, size_t P, size_t Q)
{
    struct view view = {.planes = planes, .H = H, .W = W, .P = P, .Q = Q};
    view.beyond = beyond_read(q);
    view.fill = question_number_or(q, "fill", 0);
    view.rows = arena_take(question_arena(q), P, sizeof *view.rows);
    view.columns = arena_take(question_arena(q), Q, sizeof *view.columns);
    return view;
}

void view_move(struct view *view, long top, long left)
{
    beyond_places(view->rows, top, view->P, view->H, view->beyond);
    beyond_places(view->columns, left, view->Q, view->W, view->beyond);
}

void view_look(const struct view *view, scalar *y, const scalar *x)
{
    for (size_t plane = 0; plane < view->planes; plane++, x += view->H * view->W)
        for (size_t p = 0; p < view->P; p++)
            for (size_t k = 0; k < view->Q; k++) {
                const long row = view->rows[p], column = view->columns[k];
                const bool none = row < 0 || column < 0;
                *y++ = none ? view->fill : x[(size_t)row * view->W + (size_t)column];
            }
}

void view_return(const struct view *view, scalar *dx, const scalar *dy)
{
    for (size_t plane = 0; plane < view->planes; plane++, dx += view->H * view->W)
        for (size_t p = 0; p < view->P; p++)
            for (size_t k = 0; k < view->Q; k++, dy++) {
                const long row = view->rows[p], column = view->columns[k];
                if (row >= 0 && column >= 0)
                    dx[(size_t)row * view->W + (size_t)column] += *dy;
            }
}
