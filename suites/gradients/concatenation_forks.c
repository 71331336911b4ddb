// SPDX-License-Identifier: MIT
#include "../../reference/gradients/concatenation.h"
#include "../fork.h"

/* Column by column of y: which part it is of. */
static void by_column(struct call *call)
{
    struct joined p = joined_read(call);
    for (size_t t = 0; t < p.total; t++) {
        size_t k = t < p.offset[1] ? 0 : t < p.offset[2] ? 1 : 2, c = t - p.offset[k];
        for (size_t n = 0; n < p.N; n++) {
            p.y[n * p.total + t] = p.x[k][n * p.width[k] + c];
            if (p.dx[k])
                p.dx[k][n * p.width[k] + c] = p.dy[n * p.total + t];
        }
    }
}

enum mistake { MISALIGNED, ROWS_STACKED, REVERSED, OFFSET_FORGOTTEN, UPSTREAM_IGNORED };

static void wrong(struct call *call)
{
    struct joined p = joined_read(call);
    enum mistake mistake = (enum mistake)call_variant(call);
    size_t offset = 0;
    for (size_t k = 0; k < 3; k++) {
        size_t from = mistake == MISALIGNED         ? offset
                      : mistake == OFFSET_FORGOTTEN ? 0
                      : mistake == REVERSED         ? p.total - p.offset[k] - p.width[k]
                                                    : p.offset[k];
        for (size_t i = 0; i < p.N * p.width[k]; i++) {
            size_t place = i / p.width[k] * p.total + i % p.width[k];
            p.y[place + p.offset[k]] = p.x[k][i];
            if (mistake == ROWS_STACKED)
                place = p.N * p.offset[k] - from + i;
            if (p.dx[k])
                p.dx[k][i] = mistake == UPSTREAM_IGNORED ? 1 : p.dy[place + from];
        }
        offset += p.dx[k] ? p.width[k] : 0;
    }
}

static const struct fork table[] = {
    {.info = {"by_column", FORK_TWIN, "", "Column by column of the whole.", NULL},
     .answer = by_column},
    {.info = {"misaligned", FORK_BUG, "212", "Parts without a gradient take no room in dy.", NULL},
     .answer = wrong,
     .variant = MISALIGNED},
    {.info = {"rows_stacked", FORK_BUG, "212", "dy is cut as if parts stood below each other.",
              NULL},
     .answer = wrong,
     .variant = ROWS_STACKED},
    {.info = {"reversed", FORK_BUG, "212", "dy is cut in the opposite order.", NULL},
     .answer = wrong,
     .variant = REVERSED},
    {.info = {"offset_forgotten", FORK_BUG, "212", "Every part has the first columns.", NULL},
     .answer = wrong,
     .variant = OFFSET_FORGOTTEN},
    {.info = {"upstream_ignored", FORK_BUG, "", "Gradients of 1.", NULL},
     .answer = wrong,
     .variant = UPSTREAM_IGNORED},
};

const struct fork_list concatenation_forks = {sizeof table / sizeof *table, table};
