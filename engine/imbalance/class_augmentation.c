// SPDX-License-Identifier: MIT
/* Augmentation for balance; definition in reference/imbalance/class_augmentation.h.
 *
 * How it is distributed: labels, order and samples are whole on every rank, and so is the plan,
 * which follows by division; new samples are sharded. Nothing crosses the network.
 */
#include "classes.h"

enum { COPY, FLIP, SHIFT, NOISE, OPERATIONS };

struct menu {
    size_t count, operation[OPERATIONS];
};

static struct menu *read_menus(struct question *q, const struct classes *is, const size_t *goal)
{
    const int *permitted = question_integers(q, "permitted", "CO", 0, 1);
    struct menu *menu = arena_take(question_arena(q), is->C, sizeof *menu);
    for (size_t c = 0; c < is->C; c++) {
        for (size_t o = 0; o < OPERATIONS; o++)
            if (permitted[c * OPERATIONS + o] == 1)
                menu[c].operation[menu[c].count++] = o;
        if (menu[c].count == 0 && goal[c] > is->count[c])
            question_refuse(q, "its input 'permitted' has no operation for class %zu", c);
    }
    return menu;
}

static void augment(size_t D, size_t operation, const scalar *x, scalar shift, scalar scale,
                    const scalar *noise, scalar *y)
{
    for (size_t d = 0; d < D; d++) {
        const scalar ways[] = {x[d], x[D - 1 - d], x[d] + shift, x[d] + scale * noise[d]};
        y[d] = ways[operation];
    }
}

void class_augmentation_run(struct question *q)
{
    static const char *const cycles[] = {"class", "copy", NULL};
    const struct classes is = classes_count(q);
    const scalar *x = question_input(q, "x", "ND");
    const size_t D = question_size(q, 'D'), *goal = classes_grown(q, &is);
    size_t S = 0, *place = arena_take(question_arena(q), is.N, sizeof *place);
    for (size_t c = 0; c < is.C; c++)
        S += goal[c] - is.count[c];
    question_bind(q, 'S', S);
    question_bind(q, 'O', OPERATIONS);
    size_t **member = classes_in_order(q, &is, place);
    const struct menu *menu = read_menus(q, &is, goal);
    const scalar *shift = question_input(q, "shift", "C"), *scale = question_input(q, "scale", "C");
    const scalar *noise = question_input(q, "noise", "[S]D");
    const bool by_copy = question_choice(q, "cycle", cycles) == 1;
    question_integers(q, "label", "[N]", 0, (int)is.C - 1); /* cuts the samples */
    scalar *copies = question_output(q, "copies", "[N]");
    scalar *source = question_output(q, "source", "[S]");
    scalar *operation = question_output(q, "operation", "[S]");
    scalar *label = question_output(q, "new_label", "[S]");
    scalar *augmented = question_output(q, "augmented", "[S]D");
    for (size_t i = 0; i < question_part(q, 'N'); i++) {
        const size_t n = question_first(q, 'N') + i, c = (size_t)is.label[n];
        const size_t missing = goal[c] - is.count[c];
        copies[i] = (scalar)(missing / is.count[c] + (place[n] < missing % is.count[c] ? 1 : 0));
    }
    for (size_t i = 0, c = 0, start = 0; i < question_part(q, 'S'); i++) {
        const size_t s = question_first(q, 'S') + i;
        for (; s - start >= goal[c] - is.count[c]; c++)
            start += goal[c] - is.count[c];
        const size_t n = member[c][(s - start) % is.count[c]];
        const size_t turn = by_copy ? (s - start) / is.count[c] : s - start;
        const size_t chosen = menu[c].operation[turn % menu[c].count];
        source[i] = (scalar)n;
        operation[i] = (scalar)chosen;
        label[i] = (scalar)c;
        augment(D, chosen, x + n * D, shift[c], scale[c], noise + i * D, augmented + i * D);
    }
}
