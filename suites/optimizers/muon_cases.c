// SPDX-License-Identifier: MIT
#include "matrix_rows.h"

#include <string.h>

#define NUMBERS(mu, n, b)                                                                          \
    {"momentum", mu}, {"epsilon", 1e-7}, {"iterations", n},                                        \
    {                                                                                              \
        "block", b                                                                                 \
    }

/* clang-format off */
static const struct matrix_row rows[] = {
    {{"wide", "bounded", "OPT-05 OPT-12",
      "Three rows of five: the Gram matrix is of the rows, and the scale is 1.", 0},
     3, 3, 5, RANDOM, .number = {NUMBERS(0.95, 5, 2)}},
    {{"tall", "bounded", "OPT-05 OPT-12",
      "Five rows of three: transposed within, and scaled by the root of 5/3.", 0},
     3, 5, 3, RANDOM, .number = {NUMBERS(0.95, 5, 2)}},
    {{"square", "bounded", "OPT-05",
      "A square matrix, three times the same gradient: a smaller step would show a sum taken for "
      "an average.", 0},
     3, 4, 4, STEADY, .number = {NUMBERS(0.9, 5, 1)}},
    {{"average", "bounded", "OPT-07",
      "The momentum as a moving average: Nesterov's share of the gradient changes with it.", 0},
     3, 4, 3, RANDOM, .number = {NUMBERS(0.9, 5, 1)}, .choice = {{"form", "average"}}},
    {{"without_nesterov", "bounded", "OPT-05", "The buffer itself is orthogonalised.", 0},
     3, 3, 4, FALLING, .number = {NUMBERS(0.9, 5, 1)}, .choice = {{"nesterov", "no"}}},
    {{"match_rms", "bounded", "OPT-05 REG-04",
      "The scale that lets Adam's rates be used, with decay.", 0},
     3, 5, 2, RANDOM, .number = {NUMBERS(0.95, 5, 2), {"weight_decay", 0.3}}, .choice = {{"scale",
      "match_rms"}}},
    {{"unscaled", "bounded", "OPT-05", "No scale though the matrix is tall.", 0},
     2, 6, 2, RANDOM, .number = {NUMBERS(0.95, 5, 2)}, .choice = {{"scale", "none"}}},
    {{"cubic", "bounded", "OPT-05",
      "The cubic that converges, twelve times: X is orthogonal to some digits.", 0},
     2, 2, 4, RANDOM, .number = {NUMBERS(0.95, 12, 1), {"a", 1.5}, {"b", -0.5}, {"c", 0}}},
    {{"one_iteration", "bounded", "OPT-05",
      "One iteration: what each coefficient does is still visible.", 0},
     2, 3, 4, RANDOM, .number = {NUMBERS(0.95, 1, 1)}},
    {{"normalised_only", "bounded", "OPT-05", "No iteration: momentum of length 1.", 0},
     2, 3, 4, RANDOM, .number = {NUMBERS(0.95, 0, 2)}},
    {{"tiny_added", "bounded", "OPT-05",
      "Gradients of 1e-5 and an epsilon of 1e-4 beside their norm.", 0},
     2, 3, 4, TINY, .number = {{"momentum", 0.9}, {"epsilon", 1e-4}, {"iterations", 3}, {"block",
      1}}},
    {{"tiny_clamped", "bounded", "OPT-05", "The same as a floor, which the second step may pass.",
      0},
     2, 3, 4, TINY, .number = {{"momentum", 0.9}, {"epsilon", 1e-3}, {"iterations", 3}, {"block",
      1}}, .choice = {{"epsilon_form", "clamped"}}},
    {{"one_row", "bounded", "OPT-05", "One row: a unit vector, multiplied by the polynomial of 1.",
      0},
     2, 1, 5, RANDOM, .number = {NUMBERS(0.95, 5, 2)}},
    {{"resumed", "bounded", "OPT-05 DST-10", "Resumed with a momentum buffer.", 0},
     2, 3, 4, RANDOM, .number = {NUMBERS(0.95, 5, 2)}},
    {{"maximize", "bounded", "OPT-05", "Ascent with decay, which still shrinks.", 0},
     2, 4, 3, RANDOM, .number = {NUMBERS(0.95, 5, 2), {"weight_decay", 0.4}},
      .choice = {{"maximize", "yes"}}},
    {{"short_block", "bounded", "OPT-05 DST-02 DST-08",
      "Eleven columns in blocks of 4: the last block is short and must not be lost.", 0},
     2, 3, 11, RANDOM, .number = {NUMBERS(0.95, 5, 4), {"weight_decay", 0.1}}},
};
/* clang-format on */

void muon_cases(struct case_list *list)
{
    static const struct refusal more[] = {
        {"negative_iterations", "wide", NUMBER_SET, "iterations", -1, NULL, 0,
         "A number of iterations below 0."},
        {"half_iterations", "wide", NUMBER_SET, "iterations", 2.5, NULL, 0,
         "Two and a half iterations."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = matrix_row_add(list, &rows[i]);
        if (strcmp(rows[i].head.name, "resumed") == 0)
            case_signed(test, "momentum_buffer", DIMS(rows[i].R, rows[i].C), 0.5, 4);
    }
    optimizer_refusals(list,
                       &(struct optimizer_limits){
                           .like = "wide",
                           .share = {"momentum"},
                           .positive = {"epsilon"},
                           .stated = {"epsilon", "iterations"},
                           .choice = {"form", "nesterov", "epsilon_form", "scale", "maximize"},
                       });
    case_refusals(list, more, sizeof more / sizeof *more);
}
