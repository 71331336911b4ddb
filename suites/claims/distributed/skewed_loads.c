// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

enum {
    WORKERS = 8,
    STEPS = 20,
    POINTS = 7,
    CHOSEN = 3, /* 8 sequences a worker */
    MOST = 64,  /* sequences of a worker */
    IMAGES = 1200,
    WIDTH = 32, /* of the layers that read sequences */
    LENGTHS = 100,
    SHARES = 99,
};

enum layer { RECURRENT, ATTENTION, LAYERS };

/* Multiplications of a forward pass over `length` elements: the recurrent layer multiplies each
 * element and the state before it with a matrix; attention has four projections, scores of all
 * pairs, and sums weighted by them. */
static double multiplications(enum layer layer, double length)
{
    const double width = WIDTH;
    return layer == RECURRENT ? 2 * length * width * width
                              : 4 * length * width * width + 2 * length * length * width;
}

/* What the worker with the most to do has to multiply. */
static double longest(struct replica *r, const float *cost, size_t count, const char *schedule)
{
    const struct arena mark = lab_borrow(r);
    struct ask *ask = ask_new(r, "load_balancing");
    ask_floats(ask, "cost", 1, &count, cost);
    ask_number(ask, "workers", WORKERS);
    ask_choice(ask, "schedule", schedule);
    ask_run(ask);
    const double most = (double)*ask_output(ask, "longest", 1);
    lab_return(r, mark);
    return most;
}

/* Sums over all steps, each of which waits for the slowest worker, and what they would be if the
 * work could be divided at will. */
struct waiting {
    double in_order, balanced, mean;
};

/* `each` sequences a worker, of lengths that are drawn anew for each step. */
static struct waiting sequences(struct replica *r, enum layer layer, size_t each)
{
    struct waiting sum = {0};
    float normal[WORKERS * MOST], cost[WORKERS * MOST];
    for (size_t s = 0; s < STEPS; s++) {
        lab_normal(r, LENGTHS + s, normal, each * WORKERS);
        for (size_t n = 0; n < each * WORKERS; n++) {
            const size_t length = 1 + (size_t)(20 * lab_exp(r, 0.7 * (double)normal[n]));
            cost[n] = (float)multiplications(layer, (double)length);
            sum.mean += (double)cost[n] / WORKERS;
        }
        sum.in_order += longest(r, cost, each * WORKERS, "blocks");
        sum.balanced += longest(r, cost, each * WORKERS, "longest_first");
    }
    return sum;
}

/* An epoch over images, of which each worker has as many as it happens to have: shares between half
 * and one and a half of the same. Images cost the same, so the balance is that of their numbers. */
static double saved_of_shards(struct replica *r)
{
    double share[WORKERS], all = 0, largest = 0;
    float cost[IMAGES];
    for (size_t w = 0; w < WORKERS; w++) {
        share[w] = 0.5 + lab_uniform(r, SHARES, w);
        all += share[w];
    }
    for (size_t w = 0; w < WORKERS; w++)
        largest = share[w] / all * IMAGES > largest ? share[w] / all * IMAGES : largest;
    for (size_t n = 0; n < IMAGES; n++)
        cost[n] = 1;
    return 1 - longest(r, cost, IMAGES, "longest_first") / (double)(size_t)(largest + 0.5);
}

void skewed_loads(struct replica *r)
{
    replica_effect(r, 0, saved_of_shards(r));
    for (enum layer layer = RECURRENT; layer < LAYERS; layer++)
        for (size_t i = 0; i < POINTS; i++) {
            const struct waiting found = sequences(r, layer, (size_t)r->claim->curve.at[i]);
            replica_point(r, 2 * layer, i, found.in_order / found.mean);
            replica_point(r, 2 * layer + 1, i, found.balanced / found.mean);
            if (i == CHOSEN)
                replica_effect(r, 1 + layer, 1 - found.balanced / found.in_order);
        }
}
