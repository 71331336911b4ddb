// SPDX-License-Identifier: MIT
/* Elements that are right and stand elsewhere. Each move is a map: which element of the right array
 * stands at each place of the moved one. */
#include "diagnose_match.h"

#include "corpus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What stands where an element of the right array has no place: a zero, whatever is there, the
 * state before the first step. */
enum { ROLLED, FROM_NOWHERE = -1, FROM_RESULT = -2, FROM_START = -3 };

struct move {
    struct diagnosing *d;
    size_t k;
    const struct forgery *from;
    long *map;
    const double *start; /* before the first step; NULL if there is none */
};

static size_t stride_of(const struct forgery *f, int axis)
{
    size_t stride = 1;
    for (int a = axis + 1; a < f->rank; a++)
        stride *= f->dim[a];
    return stride;
}

/* Whether the golden is right at an element: then that element says nothing for a mistake. */
static int is_wrong(const struct suspect *s, size_t i)
{
    double error = fabs((s->got->value[i] - s->right->high[i]) - s->right->low[i]);
    return !(error <= s->bound[i]);
}

/* Tries the map; returns whether it moves anything. */
static int try_map(const struct move *m, const struct mistake *mistake)
{
    const struct forgery *from = m->from;
    const struct suspect *s = &m->d->suspect[m->k];
    struct forgery moved = *from;
    int differs = 0, free_places = 0;
    for (size_t i = 0; i < from->count; i++) {
        long j = m->map[i];
        m->d->value[i] = j >= 0                                ? from->value[j]
                         : j == FROM_RESULT                    ? s->got->value[i]
                         : j == FROM_START && m->start != NULL ? m->start[i]
                                                               : 0;
        m->d->bound[i] = j >= 0 ? from->bound[j] : 0;
        moved.failures += j >= 0 && is_wrong(s, i);
        free_places |= j == FROM_RESULT;
        differs |= j != (long)i;
    }
    moved.value = m->d->value;
    moved.bound = m->d->bound;
    moved.low = NULL;
    if (free_places && moved.failures < 2)
        return 0;
    return differs && match_try(m->d, m->k, &moved, mistake);
}

/* --- axes ------------------------------------------------------------------------------------- */

/* The next permutation in the order of the dictionary; 0 after the last. */
static int next_permutation(int n, int p[])
{
    int i = n - 2, j = n - 1;
    while (i >= 0 && p[i] > p[i + 1])
        i--;
    if (i < 0)
        return 0;
    while (p[j] < p[i])
        j--;
    int held = p[i];
    p[i] = p[j];
    p[j] = held;
    for (int a = i + 1, b = n - 1; a < b; a++, b--) {
        held = p[a];
        p[a] = p[b];
        p[b] = held;
    }
    return 1;
}

static void describe_permutation(struct mistake *mistake, const struct move *m, const int p[],
                                 const size_t dim[])
{
    const struct assay_result_array *got = m->d->suspect[m->k].got;
    const struct forgery shape = {.rank = m->from->rank, .dim = {dim[0], dim[1], dim[2], dim[3]}};
    char order[32] = "";
    size_t used = 0;
    for (int a = 0; a < m->from->rank; a++)
        used += (size_t)snprintf(order + used, sizeof order - used, a ? ",%d" : "%d", p[a]);
    const char *kept = match_same_shape(&m->d->suspect[m->k], &shape) ? "" : " in memory alone";
    if (m->from->rank == 2)
        mistake_set(mistake, WEIGHT_ACCIDENT, "axes", "transposed%s", kept);
    else
        mistake_set(mistake, WEIGHT_ACCIDENT, "axes", "with its axes in the order %s%s", order,
                    kept);
    if (kept[0]) {
        char is[64];
        match_shape(is, sizeof is, got->rank, got->dim);
        snprintf(mistake->detail, sizeof mistake->detail, "The shape is %s.", is);
    }
}

static void try_permutation(const struct move *m, const int p[])
{
    const struct forgery *from = m->from;
    size_t dim[REQUEST_RANK] = {0};
    struct mistake mistake;
    for (int a = 0; a < from->rank; a++)
        dim[a] = from->dim[p[a]];
    for (size_t i = 0; i < from->count; i++) {
        size_t rest = i, source = 0;
        for (int a = from->rank - 1; a >= 0; a--) {
            source += rest % dim[a] * stride_of(from, p[a]);
            rest /= dim[a];
        }
        m->map[i] = (long)source;
    }
    describe_permutation(&mistake, m, p, dim);
    try_map(m, &mistake);
}

static void try_permutations(const struct move *m)
{
    int p[REQUEST_RANK] = {0, 1, 2, 3};
    while (next_permutation(m->from->rank, p))
        try_permutation(m, p);
}

/* The right elements in their order, in another shape. */
static void try_shape(const struct move *m)
{
    const struct suspect *s = &m->d->suspect[m->k];
    struct mistake mistake;
    char is[64], wanted[64];
    if (match_same_shape(s, m->from))
        return;
    match_shape(is, sizeof is, s->got->rank, s->got->dim);
    match_shape(wanted, sizeof wanted, m->from->rank, m->from->dim);
    mistake_set(&mistake, WEIGHT_ACCIDENT, "axes", "right but for its shape");
    snprintf(mistake.detail, sizeof mistake.detail, "The shape is %s, not %s.", is, wanted);
    match_try(m->d, m->k, m->from, &mistake);
}

/* --- flips and shifts ------------------------------------------------------------------------- */

static void try_flip(const struct move *m, unsigned axes)
{
    const struct forgery *from = m->from;
    struct mistake mistake;
    char list[32] = "";
    size_t used = 0;
    for (int a = 0; a < from->rank; a++) {
        if (axes >> a & 1)
            used += (size_t)snprintf(list + used, sizeof list - used, used ? " and %d" : "%d", a);
    }
    for (size_t i = 0; i < from->count; i++) {
        size_t source = 0;
        for (int a = 0; a < from->rank; a++) {
            size_t stride = stride_of(from, a), at = i / stride % from->dim[a];
            source += (axes >> a & 1 ? from->dim[a] - 1 - at : at) * stride;
        }
        m->map[i] = (long)source;
    }
    if (from->rank == 1)
        mistake_set(&mistake, WEIGHT_ACCIDENT, "flip", "in reverse order");
    else
        mistake_set(&mistake, WEIGHT_ACCIDENT, "flip", "flipped along axis %s", list);
    try_map(m, &mistake);
}

/* Outputs of training have the steps in front. */
static int counts_steps(const struct diagnosing *d, const struct forgery *f, int axis)
{
    const struct corpus_technique *t = corpus_find(d->test->technique);
    int trains =
        strcmp(d->test->tier, "trajectory") == 0 ||
        (t && (strcmp(t->family, "optimizers") == 0 || strcmp(t->family, "schedules") == 0));
    return axis == 0 && f->rank >= 1 && trains;
}

static void describe_shift(struct mistake *mistake, const struct move *m, int axis, int by,
                           int fill)
{
    const char *filled = fill == FROM_NOWHERE ? ", with a zero"
                         : fill == ROLLED     ? ", rolled round"
                                              : "";
    int weight = fill == FROM_RESULT ? WEIGHT_RARE_ACCIDENT : WEIGHT_ACCIDENT;
    if (fill == FROM_START || (counts_steps(m->d, m->from, axis) && fill == FROM_RESULT))
        mistake_set(mistake, WEIGHT_ACCIDENT, "shift", "one step %s", by > 0 ? "late" : "early");
    else if (m->from->rank == 1)
        mistake_set(mistake, weight, "shift", "shifted by %d%s", by, filled);
    else
        mistake_set(mistake, weight, "shift", "shifted by %d along axis %d%s", by, axis, filled);
}

static void try_shift(const struct move *m, int axis, int by, int fill)
{
    const struct forgery *from = m->from;
    size_t stride = stride_of(from, axis);
    long size = (long)from->dim[axis];
    struct mistake mistake;
    for (size_t i = 0; i < from->count; i++) {
        long at = (long)(i / stride) % size, source = at - by;
        int inside = source >= 0 && source < size;
        long rolled = (source + size) % size;
        m->map[i] = inside || fill == ROLLED ? (long)i + (rolled - at) * (long)stride : fill;
    }
    describe_shift(&mistake, m, axis, by, fill);
    try_map(m, &mistake);
}

/* Every way to fill the free place; anything only where no other mistake came before. */
static void try_shifts(const struct move *m, int axis)
{
    if (m->from->dim[axis] < 2)
        return;
    for (int by = 1; by >= -1; by -= 2) {
        try_shift(m, axis, by, ROLLED);
        try_shift(m, axis, by, FROM_NOWHERE);
        if (m->from->dim[axis] > 2 && !m->d->before.phrase[0])
            try_shift(m, axis, by, FROM_RESULT);
    }
    if (axis == 0 && m->start)
        try_shift(m, axis, 1, FROM_START);
}

/* The state before the first step: the input "w" for the output "w_after". */
static const double *start_of(const struct diagnosing *d, size_t k, const struct forgery *from)
{
    const struct request *r = &d->test->request;
    const char *name = d->suspect[k].right->name;
    for (size_t i = 0; counts_steps(d, from, 0) && i < r->inputs; i++) {
        size_t length = strlen(r->input[i].name);
        if (strncmp(name, r->input[i].name, length) == 0 && strcmp(name + length, "_after") == 0 &&
            r->input[i].count * from->dim[0] == from->count)
            return r->input[i].value;
    }
    return NULL;
}

void accidents_of_place(struct diagnosing *d, size_t k, const struct forgery *from)
{
    struct move m = {.d = d, .k = k, .from = from, .start = start_of(d, k, from)};
    if (d->suspect[k].got->count != from->count || from->count == 0)
        return;
    m.map = malloc(from->count * sizeof *m.map);
    if (!m.map)
        return;
    try_shape(&m);
    try_permutations(&m);
    for (unsigned axes = 1; axes < 1u << from->rank; axes++)
        try_flip(&m, axes);
    for (int axis = 0; axis < from->rank; axis++)
        try_shifts(&m, axis);
    free(m.map);
}
