// SPDX-License-Identifier: MIT
#include "random_undersampling.h"

/* Whether the strategy names class c, which says more than its goal. */
static int is_named(struct call *call, const struct classes *is, int c)
{
    static const char *const strategies[] = {"not_minority", "not_majority", "majority", "all",
                                             "ratio",        "counts",       NULL};
    int strategy = call_choice(call, "strategy", strategies);
    if (strategy == 0 || strategy == 4)
        return c != is->smallest;
    if (strategy == 1 || strategy == 2)
        return (c == is->largest) == (strategy == 2);
    return 1;
}

struct undersampling undersampling_read(struct call *call)
{
    static const char *const replacement[] = {"no", "yes", NULL};
    static const char *const arrangements[] = {"class", "data", NULL};
    struct undersampling is = {.classes = classes_read(call), .x = call_input(call, "x", "ND")};
    is.D = call_size(call, 'D');
    is.goal = classes_to_shrink(call, &is.classes);
    is.shrinks = call_scratch_integers(call, is.classes.C);
    size_t drawn = 0;
    for (size_t c = 0; c < is.classes.C; c++) {
        is.shrinks[c] = is_named(call, &is.classes, (int)c);
        is.M += (size_t)is.goal[c];
        drawn += is.shrinks[c] ? (size_t)is.goal[c] : 0;
    }
    is.replaces = call_choice(call, "replacement", replacement);
    is.by_data = call_choice(call, "arrangement", arrangements);
    call_bind(call, 'M', is.M);
    call_bind(call, 'U', drawn);
    return is;
}

static const int *read_order(struct call *call, size_t N)
{
    const int *order = call_integers(call, "order", "N", 0, (int)N - 1);
    int *seen = call_scratch_integers(call, N);
    for (size_t n = 0; n < N; n++) {
        if (seen[order[n]]++)
            call_fail(call, "input 'order' names sample %d twice", order[n]);
    }
    return order;
}

void undersampling_draw(struct call *call, const struct undersampling *is, int *kept)
{
    const real *u = is->replaces ? call_input(call, "u", "U") : NULL;
    const int *order = is->replaces ? NULL : read_order(call, is->classes.N);
    size_t m = 0, next = 0;
    for (int c = 0; c < (int)is->classes.C; c++) {
        const int *member = classes_members(call, &is->classes, c);
        int count = is->classes.count[c], taken = 0;
        for (int i = 0; i < is->goal[c] && !(is->shrinks[c] && !is->replaces); i++) {
            int at = i;
            if (is->shrinks[c]) {
                if (!(u[next] >= 0 && u[next] < 1))
                    call_fail(call, "input 'u' must be in [0, 1) everywhere");
                at = classes_floor(call, u[next++] * (real)count, count);
            }
            kept[m++] = member[at < count ? at : count - 1];
        }
        for (size_t n = 0; n < is->classes.N && is->shrinks[c] && !is->replaces; n++) {
            if (is->classes.label[order[n]] == c && taken++ < is->goal[c])
                kept[m++] = order[n];
        }
    }
}

void undersampling_arrange(const struct undersampling *is, int *kept)
{
    for (size_t m = 1; is->by_data && m < is->M; m++) {
        int value = kept[m];
        size_t at = m;
        for (; at > 0 && kept[at - 1] > value; at--)
            kept[at] = kept[at - 1];
        kept[at] = value;
    }
}

void undersampling_report(struct call *call, const struct undersampling *is, const int *kept)
{
    real *number = call_output_integers(call, "kept", "M");
    real *label = call_output_integers(call, "kept_label", "M");
    real *x = call_output(call, "kept_x", "MD");
    for (size_t m = 0; m < is->M; m++) {
        number[m] = (real)kept[m];
        label[m] = (real)is->classes.label[kept[m]];
        for (size_t d = 0; d < is->D; d++)
            x[m * is->D + d] = is->x[(size_t)kept[m] * is->D + d];
    }
}

void random_undersampling_answer(struct call *call)
{
    struct undersampling is = undersampling_read(call);
    int *kept = call_scratch_integers(call, is.M);
    undersampling_draw(call, &is, kept);
    undersampling_arrange(&is, kept);
    undersampling_report(call, &is, kept);
}
