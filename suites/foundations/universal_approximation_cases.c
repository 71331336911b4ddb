// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum knots { EVEN, UNEVEN };

/* H hidden units on [low, high], G points, of which the first may lie outside. */
static const struct row {
    struct case_head head;
    const char *target; /* NULL: not stated */
    size_t H, G;
    double low, high;
    enum knots knots;
    double outside; /* how far the points reach beyond the knots */
} rows[] = {
    /* clang-format off */
    {{"sine_4", "bounded", "FND-26", "A wave by four units: rough.", 0},
     NULL, 4, 33, 0, 6, EVEN, 0},
    {{"sine_8", "bounded", "FND-26", "Twice the width on the same points: about a quarter of it.",
      0},
     NULL, 8, 33, 0, 6, EVEN, 0},
    {{"sine_16", "bounded", "FND-26", "Sixteen units.", 0}, "sine", 16, 33, 0, 6, EVEN, 0},
    {{"sine_32", "bounded", "FND-26", "Thirty-two units.", 0}, "sine", 32, 33, 0, 6, EVEN, 0},
    {{"sine_64", "bounded", "FND-26",
      "Sixty-four units: the error has fallen below a thousandth.", 0},
     "sine", 64, 33, 0, 6, EVEN, 0},
    {{"sine_uneven", "bounded", "FND-26", "Knots at uneven distances, on both sides of 0.", 0},
     NULL, 11, 25, -3, 4, UNEVEN, 0},
    {{"outside", "bounded", "FND-26",
      "Points beyond the knots: flat on the left, the last slope on the right, and a large error.",
       0},
     NULL, 6, 15, -1, 2, UNEVEN, 1.5},
    {{"square", "bounded", "FND-26", "A parabola: the error is the same between all knots.", 0},
     "square", 9, 26, -1.5, 3, EVEN, 0},
    {{"square_exact", "exact", "FND-26",
      "Whole knots and points at eighths: slopes, outputs and errors without rounding.", 0},
     "square", 8, 31, -4, 4, EVEN, 0},
    {{"absolute_exact", "exact", "FND-26",
      "A kink with a knot on it: no error at all inside.", 0},
     "absolute", 8, 31, -4, 4, EVEN, 2},
    {{"one_unit", "bounded", "FND-26", "A single unit: a straight line.", 0},
     NULL, 1, 7, 0.5, 2, UNEVEN, 0},
    {{"one_point", "bounded", "FND-26 DST-08", "One point: most ranks have nothing to do.", 0},
     NULL, 5, 1, 0, 3, EVEN, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"knots_fall", "square_exact", ELEMENT_SET, "knots", 7, NULL, 2, "Knots that do not rise."},
    {"knots_twice", "square_exact", ELEMENT_SET, "knots", -3, NULL, 2, "A slope of 0 / 0."},
    {"single_knot", "one_unit", INPUT_SHORTER, "knots", .why = "One knot has no slope."},
    {"no_point", "one_point", INPUT_SHORTER, "x", .why = "There is no largest error."},
    {"knots_missing", "one_unit", INPUT_GONE, "knots", .why = "There is no network."},
    {"target_unknown", "one_unit", CHOICE_SET, "target", 0, "step",
     .why = "A function with a jump has no such bound."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    int exact = row->head.tier[0] == 'e';
    double step = (row->high - row->low) / (double)row->H;
    case_uniform(test, "knots", DIMS(row->H + 1), 0, 0.5);
    double *knots = case_input(test, "knots");
    for (size_t k = 0; k <= row->H; k++)
        knots[k] = (float)(row->low + step * ((double)k + (row->knots == UNEVEN ? knots[k] : 0)));
    case_uniform(test, "x", DIMS(row->G), 0, 1);
    double *x = case_input(test, "x"), low = row->low - row->outside;
    double range = (row->high - row->low + 2 * row->outside) / (double)row->G;
    for (size_t g = 0; g < row->G; g++) {
        x[g] = low + range * ((double)g + 0.2 + 0.6 * x[g]);
        x[g] = exact ? (double)(long)(8 * x[g]) / 8 : (float)x[g];
    }
}

void universal_approximation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        if (rows[i].target)
            case_choice(test, "target", rows[i].target);
        fill(test, &rows[i]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
