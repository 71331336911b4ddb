// SPDX-License-Identifier: MIT
#include "curve_forks.h"

/* Whether sample k ranks before n, or with it. */
static int reaches(const struct threshold_curve *c, size_t k, size_t n)
{
    if (c->mistake == CURVE_TIES_SPLIT && c->score[k] == c->score[n])
        return k <= n;
    return c->mistake == CURVE_STRICT ? c->score[k] > c->score[n] : c->score[k] >= c->score[n];
}

static int label_of(const struct threshold_curve *c, size_t n)
{
    int label = c->label[c->mistake == CURVE_MISALIGNED ? (n + 1) % c->N : n];
    return c->mistake == CURVE_TURNED ? !label : label;
}

void threshold_curve_count(struct call *call, struct threshold_curve *c, size_t begin, size_t end)
{
    real *threshold = call_scratch(call, c->N), last = 0;
    size_t last_n = 0;
    c->T = 0;
    c->P = c->F = 0;
    c->threshold = threshold;
    c->tp = call_scratch(call, c->N);
    c->fp = call_scratch(call, c->N);
    for (size_t n = begin; n < end; n++)
        *(label_of(c, n) ? &c->P : &c->F) +=
            c->weight && c->mistake != CURVE_UNWEIGHTED ? c->weight[n] : 1;
    for (size_t t = 0; t < end - begin; t++) {
        size_t best = end;
        for (size_t n = begin; n < end; n++) { /* the next one below the last */
            int below = t == 0 || c->score[n] < last ||
                        (c->mistake == CURVE_TIES_SPLIT && c->score[n] == last && n > last_n);
            if (below && (best == end || c->score[n] > c->score[best]))
                best = n;
        }
        if (best == end)
            break;
        for (size_t k = end; k-- > begin;) {
            real weight = c->weight && c->mistake != CURVE_UNWEIGHTED ? c->weight[k] : 1;
            if (reaches(c, k, best))
                *(label_of(c, k) ? &c->tp[t] : &c->fp[t]) += weight;
        }
        last = threshold[t] = c->score[best];
        last_n = best;
        c->T = t + 1;
    }
}

struct threshold_curve threshold_curve_read(struct call *call)
{
    struct threshold_curve c = {.mistake = call_variant(call),
                                .score = call_input(call, "scores", "N")};
    c.label = call_integers(call, "labels", "N", 0, 1);
    c.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    c.N = call_size(call, 'N');
    c.block = call_block(call);
    threshold_curve_count(call, &c, 0,
                          c.mistake == CURVE_LAST_BLOCK_LOST ? (c.N - 1) / c.block * c.block : c.N);
    return c;
}
