// SPDX-License-Identifier: MIT
/* Random erasing and cutout; definition in reference/augmentation/random_erasing.h.
 *
 * How it is distributed: the images are sharded, and what was drawn for them. Boxes are painted
 * where the image is; nothing crosses the network and nothing is added over ranks.
 */
#include "../techniques.h"

#include <string.h>

struct box {
    size_t top, bottom, left, right;
};

/* [begin, begin + length) cut to [0, size), as begin and end. */
static void cut(long begin, long length, size_t size, size_t *first, size_t *end)
{
    const long stop = begin + length;
    *first = begin > 0 ? (size_t)begin : 0;
    *end = stop > (long)size ? size : stop > 0 ? (size_t)stop : 0;
    *end = *end < *first ? *first : *end;
}

static void paint(scalar *image, scalar fill, const struct box *box, size_t C, size_t H, size_t W)
{
    for (size_t c = 0; c < C; c++)
        for (size_t h = box->top; h < box->bottom; h++)
            for (size_t w = box->left; w < box->right; w++)
                image[(c * H + h) * W + w] = fill;
}

void random_erasing_run(struct question *q)
{
    static const char *const anchors[] = {"corner", "centre", NULL};
    const scalar *x = question_input(q, "x", "[N]CHW");
    const size_t rows = question_part(q, 'N'), C = question_size(q, 'C');
    const size_t H = question_size(q, 'H'), W = question_size(q, 'W'), size = C * H * W;
    const int *row = question_integers(q, "row", "[N]", 0, (int)H - 1);
    const int *column = question_integers(q, "column", "[N]", 0, (int)W - 1);
    const int *height = question_integers(q, "height", "[N]", 0, 1 << 20);
    const int *width = question_integers(q, "width", "[N]", 0, 1 << 20);
    const scalar fill = question_number_or(q, "fill", 0);
    const bool centre = question_choice(q, "anchor", anchors) == 1;
    scalar *area = question_output(q, "area", "[N]"), *y = question_output(q, "y", "[N]CHW");
    memcpy(y, x, rows * size * sizeof *y);
    scalar *dx = NULL;
    if (question_has(q, "dy")) {
        const scalar *dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
        memcpy(dx, dy, rows * size * sizeof *dx);
    }
    for (size_t n = 0; n < rows; n++) {
        struct box box;
        cut(row[n] - (centre ? height[n] / 2 : 0), height[n], H, &box.top, &box.bottom);
        cut(column[n] - (centre ? width[n] / 2 : 0), width[n], W, &box.left, &box.right);
        area[n] = (scalar)((box.bottom - box.top) * (box.right - box.left));
        paint(y + n * size, fill, &box, C, H, W);
        if (dx != NULL)
            paint(dx + n * size, 0, &box, C, H, W);
    }
}
