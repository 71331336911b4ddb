// SPDX-License-Identifier: MIT
/* class_rows.h - rows of the tables of metrics that have one confusion matrix and few
 * conventions. */
#pragma once

#include "class_cases.h"

struct class_row {
    struct case_head head;
    size_t N, K, block;
    enum classes classes;
    enum weights weights;
    const char *choice[3][2]; /* name and value; NULL: none */
    const char *number;       /* its name, or NULL */
    double value;
};

void class_rows(struct case_list *list, const struct class_row *row, size_t rows);
