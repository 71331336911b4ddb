// SPDX-License-Identifier: MIT
/* border.h - looking at images beyond their border; definition in reference/augmentation/border.h.
 * Images are sharded, and nobody looks at another rank's. */
#pragma once

#include "../techniques.h"

enum beyond { CONSTANT, NEAREST, MIRROR_PIXEL, MIRROR_EDGE, REPEAT };

enum beyond beyond_read(struct question *q);

/* places (count): from which of `size` pixels each of first .. first + count - 1 comes; -1:
 * none. */
void beyond_places(long *places, long first, size_t count, size_t size, enum beyond beyond);

/* Planes of H x W pixels, seen as P x Q. */
struct view {
    size_t planes, H, W, P, Q;
    enum beyond beyond;
    scalar fill;
    long *rows, *columns; /* (P) and (Q): scratch */
};

struct view view_create(struct question *q, size_t planes, size_t H, size_t W, size_t P, size_t Q);
/* Moves the view to where its pixel (0, 0) is at (top, left) of the image. */
void view_move(struct view *view, long top, long left);
/* y (planes,P,Q) from x (planes,H,W); and back, adding dy to dx in the order of y. */
void view_look(const struct view *view, scalar *y, const scalar *x);
void view_return(const struct view *view, scalar *dx, const scalar *dy);
