// SPDX-License-Identifier: MIT
/* Flips of images; definition in reference/augmentation/image_flip.h.
 *
 * How it is distributed: the images are sharded, and what was drawn for them. Values only move
 * within an image; nothing crosses the network and nothing is added.
 */
#include "../techniques.h"

#include <string.h>

/* Images of `lines` x `items` x `item` values; reverses the order of the items of each line. */
static void reverse_items(scalar *image, size_t lines, size_t items, size_t item)
{
    for (size_t line = 0; line < lines; line++, image += items * item)
        for (size_t i = 0; i < items / 2; i++)
            for (size_t k = 0; k < item; k++) {
                scalar *one = &image[i * item + k], *other = &image[(items - 1 - i) * item + k];
                const scalar kept = *one;
                *one = *other;
                *other = kept;
            }
}

struct draws {
    const int *horizontal, *vertical; /* of this rank's images, or NULL */
    size_t rows, planes, H, W, depth; /* planes (H,W) of `depth` values a pixel */
};

static void flip(scalar *y, const scalar *x, const struct draws *is)
{
    const size_t size = is->planes * is->H * is->W * is->depth;
    memcpy(y, x, is->rows * size * sizeof *y);
    for (size_t n = 0; n < is->rows; n++, y += size) {
        if (is->horizontal != NULL && is->horizontal[n] != 0)
            reverse_items(y, is->planes * is->H, is->W, is->depth);
        if (is->vertical != NULL && is->vertical[n] != 0)
            reverse_items(y, is->planes, is->H, is->W * is->depth);
    }
}

void image_flip_run(struct question *q)
{
    static const char *const channels[] = {"first", "last", NULL};
    const bool last = question_choice(q, "channels", channels) == 1;
    const char *const shape = last ? "[N]HWC" : "[N]CHW";
    const scalar *x = question_input(q, "x", shape);
    struct draws is = {.rows = question_part(q, 'N'),
                       .planes = last ? 1 : question_size(q, 'C'),
                       .H = question_size(q, 'H'),
                       .W = question_size(q, 'W'),
                       .depth = last ? question_size(q, 'C') : 1};
    if (question_has(q, "flip_horizontal"))
        is.horizontal = question_integers(q, "flip_horizontal", "[N]", 0, 1);
    if (question_has(q, "flip_vertical"))
        is.vertical = question_integers(q, "flip_vertical", "[N]", 0, 1);
    flip(question_output(q, "y", shape), x, &is);
    if (question_has(q, "dy"))
        flip(question_output(q, "dx", shape), question_input(q, "dy", shape), &is);
}
