// SPDX-License-Identifier: MIT
#include "cholesky.h"

static scalar chain(const struct team *team, scalar start, size_t n, const scalar *a,
                    const scalar *b)
{
    if (n > 0)
        team_product(team, false, false, 1, 1, n, a, n, b, 1, &start, 1);
    return start;
}

void cholesky_factor(struct question *q, scalar *l, const scalar *a, size_t D, const char *name)
{
    for (size_t i = 0; i < D; i++) {
        scalar *row = l + i * D;
        for (size_t j = 0; j < i; j++) {
            scalar rest = chain(question_team(q), -a[i * D + j], j, row, l + j * D);
            row[j] = -rest / l[j * D + j];
        }
        const scalar rest = -chain(question_team(q), -a[i * D + i], i, row, row);
        if (!(rest > 0))
            question_refuse(q, "its input '%s' is not positive definite", name);
        row[i] = scalar_sqrt(rest);
    }
}
