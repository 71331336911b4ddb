// SPDX-License-Identifier: MIT
/* window_forks.h - the forks of what looks at images through a window: crops and translations. */
#pragma once

#include "../../reference/augmentation/border.h"
#include "../fork.h"

enum window_variant {
    FROM_A_LARGER_IMAGE, /* (correct) */
    EXCHANGED,
    FIRST_FOR_ALL,
    FIRST_CHANNEL,
    FILL_ZERO,
    GRADIENT_UNMOVED,
    GRADIENT_REVERSED,
    GRADIENT_OF_LAST,
    ONE_TOO_FAR,
    REVERSED,
    BORDER_EDGE_ALWAYS,
    MIRRORS_EXCHANGED,
    MIRRORED_ONCE,
    GRADIENT_OF_BORDER_LOST
};

/* The border that a variant believes in. */
static inline enum border window_border(enum border border, enum window_variant variant)
{
    if (variant == MIRRORS_EXCHANGED && border == BORDER_REFLECT)
        return BORDER_SYMMETRIC;
    if (variant == MIRRORS_EXCHANGED && border == BORDER_SYMMETRIC)
        return BORDER_REFLECT;
    return variant == BORDER_EDGE_ALWAYS ? BORDER_EDGE : border;
}

/* As border_place, by counting along the line repeated: mirrored lines repeat with their image. */
static inline long window_place(long i, long size, enum border border, enum window_variant variant)
{
    if (border == BORDER_FILL)
        return i < 0 || i >= size ? -1 : i;
    if (border == BORDER_EDGE)
        return i < 0 ? 0 : i >= size ? size - 1 : i;
    long gap = border == BORDER_SYMMETRIC,
         turn = border == BORDER_WRAP ? size : 2 * size - 2 + 2 * gap;
    if (variant == MIRRORED_ONCE && border != BORDER_WRAP) {
        long k = i < 0 ? -i - gap : i >= size ? 2 * size - 2 + gap - i : i;
        return k < 0 ? 0 : k >= size ? size - 1 : k;
    }
    if (turn == 0)
        return 0;
    while (i < 0)
        i += turn;
    while (i >= turn)
        i -= turn;
    return i < size ? i : turn - gap - i;
}

/* The same with everything that a variant does differently. */
static inline void window_run(struct call *call, struct window is, const real *x, const real *dy,
                              real *y, real *dx, const int *top, const int *left)
{
    enum window_variant variant = (enum window_variant)call_variant(call);
    long away = variant == ONE_TOO_FAR, sign = variant == REVERSED ? -1 : 1;
    is.border = window_border(is.border, variant);
    for (size_t i = is.N * is.C * is.P * is.Q; i-- > 0;) {
        size_t plane = i / is.Q / is.P, n = plane / is.C, from = variant == FIRST_FOR_ALL ? 0 : n;
        long down = variant == EXCHANGED ? left[from] : top[from];
        long across = variant == EXCHANGED ? top[from] : left[from];
        if (variant == FIRST_CHANNEL && plane % is.C > 0)
            down = across = 0;
        long p = (long)(i / is.Q % is.P), q = (long)(i % is.Q);
        long r = window_place(p + sign * (down + away), (long)is.H, is.border, variant);
        long c = window_place(q + sign * across, (long)is.W, is.border, variant);
        int none = r < 0 || c < 0;
        long place = ((long)(plane * is.H) + r) * (long)is.W + c;
        y[i] = !none ? x[place] : variant == FILL_ZERO ? 0 : is.fill;
        if (!dy)
            continue;
        if (variant == GRADIENT_UNMOVED || variant == GRADIENT_REVERSED) {
            long back = variant == GRADIENT_REVERSED ? 1 : 0;
            r = window_place(p - back * down, (long)is.H, is.border, variant);
            c = window_place(q - back * across, (long)is.W, is.border, variant);
            none = r < 0 || c < 0;
            place = ((long)(plane * is.H) + r) * (long)is.W + c;
        }
        if (variant == GRADIENT_OF_BORDER_LOST)
            none = none || r != p + down || c != q + across;
        if (!none)
            dx[place] = variant == GRADIENT_OF_LAST ? dy[i] : dx[place] + dy[i];
    }
}
