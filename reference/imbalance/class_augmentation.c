// SPDX-License-Identifier: MIT
#include "class_augmentation.h"

enum { COPY, FLIP, SHIFT, NOISE };

static void check(struct call *call, const struct augmenting *is)
{
    int *seen = call_scratch_integers(call, is->classes.N);
    for (size_t n = 0; n < is->classes.N; n++) {
        if (seen[is->order[n]]++)
            call_fail(call, "input 'order' names sample %d twice", is->order[n]);
    }
    for (size_t c = 0; c < is->classes.C; c++) {
        int any = 0;
        for (size_t o = 0; o < AUGMENT_OPERATIONS; o++)
            any += is->permitted[c * AUGMENT_OPERATIONS + o];
        if (any == 0 && is->goal[c] > is->classes.count[c])
            call_fail(call, "input 'permitted' has no operation for class %zu", c);
    }
}

struct augmenting augmenting_read(struct call *call)
{
    static const char *const cycles[] = {"class", "copy", NULL};
    struct augmenting is = {.classes = classes_read(call), .x = call_input(call, "x", "ND")};
    is.D = call_size(call, 'D');
    is.goal = classes_to_grow(call, &is.classes);
    for (size_t c = 0; c < is.classes.C; c++)
        is.S += (size_t)(is.goal[c] - is.classes.count[c]);
    call_bind(call, 'S', is.S);
    call_bind(call, 'O', AUGMENT_OPERATIONS);
    is.order = call_integers(call, "order", "N", 0, (int)is.classes.N - 1);
    is.permitted = call_integers(call, "permitted", "CO", 0, 1);
    is.shift = call_input(call, "shift", "C");
    is.scale = call_input(call, "scale", "C");
    is.noise = call_input(call, "noise", "SD");
    is.by_copy = call_choice(call, "cycle", cycles);
    check(call, &is);
    is.copies = call_output_integers(call, "copies", "N");
    is.source = call_output_integers(call, "source", "S");
    is.operation = call_output_integers(call, "operation", "S");
    is.label = call_output_integers(call, "new_label", "S");
    is.augmented = call_output(call, "augmented", "SD");
    return is;
}

int augmenting_operation(const struct augmenting *is, int c, int i)
{
    const int *permitted = &is->permitted[c * AUGMENT_OPERATIONS];
    int listed[AUGMENT_OPERATIONS], count = 0;
    for (int o = 0; o < AUGMENT_OPERATIONS; o++) {
        if (permitted[o])
            listed[count++] = o;
    }
    return listed[i % count];
}

void augmenting_apply(const struct augmenting *is, size_t s)
{
    size_t D = is->D, c = (size_t)is->label[s];
    const real *x = &is->x[(size_t)is->source[s] * D];
    for (size_t d = 0; d < D; d++) {
        real *y = &is->augmented[s * D + d];
        *y = (int)is->operation[s] == FLIP ? x[D - 1 - d] : x[d];
        if ((int)is->operation[s] == SHIFT)
            *y = x[d] + is->shift[c];
        if ((int)is->operation[s] == NOISE)
            *y = x[d] + is->scale[c] * is->noise[s * D + d];
    }
}

void class_augmentation_answer(struct call *call)
{
    struct augmenting is = augmenting_read(call);
    size_t s = 0, N = is.classes.N;
    for (int c = 0; c < (int)is.classes.C; c++) {
        int missing = is.goal[c] - is.classes.count[c], made = 0;
        for (int copy = 0; made < missing; copy++) {
            for (size_t i = 0; i < N && made < missing; i++) {
                int n = is.order[i];
                if (is.classes.label[n] != c)
                    continue;
                is.copies[n] += 1;
                is.source[s] = (real)n;
                is.label[s] = (real)c;
                is.operation[s] = (real)augmenting_operation(&is, c, is.by_copy ? copy : made);
                augmenting_apply(&is, s++);
                made++;
            }
        }
    }
}
