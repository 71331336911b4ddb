// SPDX-License-Identifier: MIT
/* limit.h - how fast a computation could be if it were nothing but its matrix products, or nothing
 * but the traffic of its data. */
#pragma once

#include "program.h"

enum { LIMIT_PRODUCTS = 64 };

/* C (M,N) += A (M,K) B (K,N), `times` times. */
struct product_shape {
    size_t M, N, K, times;
};

struct limit_request {
    size_t products;
    struct product_shape product[LIMIT_PRODUCTS];
    size_t bytes; /* that cross the memory: half of them are read, half are written, in place */
};

/* Until stdin ends: "limit 100" (orders.h) is answered by the seconds of a hundred times all products
 * and the copy. See struct engine_program. */
int limit_measure(const struct arithmetic *arithmetic, const struct limit_request *request);
