// SPDX-License-Identifier: MIT
/* classes.h - how many samples the classes of a data set have and shall have; definition in
 * reference/imbalance/classes.h. Counting is exact, and every rank comes to the same plan. */
#pragma once

#include "../techniques.h"

struct classes {
    size_t N, C;
    const int *label; /* (N), whole */
    size_t *count;    /* (C) */
    size_t smallest, largest;
};

/* Reads label and classes. */
struct classes classes_count(struct question *q);

/* How many samples each class shall have (C). */
size_t *classes_grown(struct question *q, const struct classes *classes);
size_t *classes_shrunk(struct question *q, const struct classes *classes);

/* The samples whose label is c, or (others) is not, in order; *members of them. */
size_t *classes_list(struct question *q, const struct classes *classes, size_t c, bool others,
                     size_t *members);

/* The samples of every class in the order of the input `order`, a permutation; place[n], unless NULL,
 * is where sample n comes in its class. Refuses a sample that is named twice. */
size_t **classes_in_order(struct question *q, const struct classes *is, size_t *place);
