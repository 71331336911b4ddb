// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_INPUTS = 4, MOST_ENDS = 48 };

/* Units, the inputs among them, and edges as pairs source, target. */
struct shape {
    size_t I, U, E;
    int input[MOST_INPUTS], ends[MOST_ENDS];
};

static const struct shape diamond = {2, 5, 6, {0, 1}, {0, 2, 1, 2, 0, 3, 1, 3, 2, 4, 3, 4}};
/* The same network under other numbers, 0 1 2 3 4 -> 3 1 4 0 2, and with its edges shuffled. */
static const struct shape renumbered = {2, 5, 6, {3, 1}, {0, 2, 3, 4, 1, 0, 4, 2, 3, 0, 1, 4}};
static const struct shape chain_down = {1, 7, 6, {6}, {1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5}};
static const struct shape skips = {
    2, 6, 11, {0, 3}, {0, 1, 3, 1, 0, 2, 1, 2, 3, 2, 1, 4, 2, 4, 0, 4, 4, 5, 2, 5, 3, 5}};
static const struct shape repeated = {2, 4, 6, {1, 2}, {1, 0, 1, 0, 2, 0, 0, 3, 2, 3, 0, 3}};
static const struct shape loose = {3, 7, 6, {4, 0, 5}, {4, 2, 3, 2, 2, 6, 3, 6, 0, 1, 3, 1}};
/* Smallest first takes 3 before 0; by depth all inputs come first. */
static const struct shape bushy = {
    3, 9, 10, {8, 5, 1}, {1, 3, 3, 0, 5, 2, 0, 7, 2, 7, 8, 4, 4, 6, 7, 6, 3, 6, 8, 2}};
static const struct shape layers = {3, 9, 18, {0, 1, 2}, {0, 3, 1, 3, 2, 3, 0, 4, 1, 4, 2, 4,
                                                          0, 5, 1, 5, 2, 5, 0, 6, 1, 6, 2, 6,
                                                          3, 7, 4, 7, 5, 7, 3, 8, 5, 8, 6, 8}};
static const struct shape fan = {
    2, 12, 20, {11, 0}, {11, 1, 0,  1, 11, 2, 0,  3, 11, 4, 11, 5, 0,  6, 0,  7, 0,  8,  11, 9, 1,
                         10, 2, 10, 3, 10, 4, 10, 5, 10, 6, 10, 7, 10, 8, 10, 9, 10, 11, 10}};
static const struct shape least = {1, 2, 1, {1}, {1, 0}};

static const struct row {
    struct case_head head;
    const struct shape *shape;
    const char *activation, *last, *ties; /* NULL: not stated */
    size_t N, block;
    int dyadic, forward_only;
} rows[] = {
    /* clang-format off */
    {{"diamond", "bounded", "FND-12 FND-13",
      "Two inputs, two hidden units, one output; nothing is stated, so the units are tanh.", 0},
     &diamond, NULL, NULL, NULL, 7, 2, 0, 0},
    {{"exact_diamond", "exact", "FND-12 FND-13",
      "The same in whole numbers with ReLUs, some of them at exactly 0.", 0},
     &diamond, "relu", NULL, NULL, 6, 2, 1, 0},
    {{"exact_renumbered", "exact", "FND-12",
      "The same network and numbers with units and edges listed otherwise: the same answers.", 0},
     &renumbered, "relu", NULL, NULL, 6, 2, 1, 0},
    {{"chain_down", "bounded", "FND-12 FND-14 FND-25",
      "A linear chain numbered from its end: who goes by numbers finds nothing but biases.", 0},
     &chain_down, "identity", NULL, NULL, 3, 2, 0, 0},
    {{"skips", "bounded", "FND-12",
      "Edges that jump over layers; most units are used several times.", 0},
     &skips, "relu", NULL, NULL, 5, 2, 0, 0},
    {{"repeated_edges", "bounded", "FND-12",
      "Two units joined by two edges: their weights add up.", 0},
     &repeated, NULL, NULL, NULL, 5, 2, 0, 0},
    {{"loose_ends", "bounded", "FND-12 FND-13",
      "A unit without edges into it, which is a constant, and an input that nobody uses.", 0},
     &loose, NULL, NULL, NULL, 5, 2, 0, 0},
    {{"bushy", "bounded", "FND-12", "Many units may come next: the smallest does.", 0},
     &bushy, "sigmoid", NULL, "smallest", 3, 2, 0, 1},
    {{"generations", "bounded", "FND-12", "The same, all units of a depth before the next.", 0},
     &bushy, "sigmoid", NULL, "generations", 3, 2, 0, 1},
    {{"linear_last", "bounded", "FND-12 FND-16",
      "Three units without an edge out of them are linear, one of them an input.", 0},
     &loose, "sigmoid", "linear", NULL, 5, 2, 0, 0},
    {{"layers", "bounded", "FND-11 FND-12",
      "Three inputs, four hidden units, two linear outputs: nearly a perceptron.", 0},
     &layers, "tanh", "linear", NULL, 5, 2, 0, 0},
    {{"fan", "bounded", "FND-12", "Ten edges into one unit and six out of another.", 0},
     &fan, "tanh", "activated", NULL, 4, 2, 0, 0},
    {{"many_blocks", "bounded", "FND-12 DST-01",
      "13 samples in blocks of 2: gradients of a rank's own samples would show.", 0},
     &diamond, "sigmoid", NULL, NULL, 13, 2, 0, 0},
    {{"forward_only", "bounded", "FND-12 FND-20",
      "Without an upstream gradient: values and order.", 0},
     &renumbered, NULL, NULL, NULL, 3, 2, 0, 1},
    {{"least", "bounded", "FND-12 FND-13", "An input, an edge, a unit.", 0},
     &least, NULL, NULL, NULL, 2, 2, 0, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"cycle", "diamond", ELEMENT_SET, "target", 2, .element = 4,
     .why = "An edge from 2 to itself: its value would need itself."},
    {"long_cycle", "chain_down", ELEMENT_SET, "source", 0, .element = 4,
     .why = "0, 4, 3, 2, 1 and 0 again: nobody can be first."},
    {"into_an_input", "diamond", ELEMENT_SET, "target", 1, .element = 5,
     .why = "An input unit passes its feature on and takes nothing else."},
    {"input_twice", "diamond", ELEMENT_SET, "input", 0, .element = 1,
     .why = "One unit cannot be two features."},
    {"input_beyond", "least", ELEMENT_SET, "input", 2, .why = "There are two units."},
    {"source_beyond", "least", ELEMENT_SET, "source", 2, .why = "There are two units."},
    {"target_negative", "least", ELEMENT_SET, "target", -1, .why = "Units count from 0."},
    {"weights_short", "least", INPUT_SHORTER, "w", .why = "An edge has no weight."},
    {"biases_missing", "least", INPUT_GONE, "b", .why = "It is unknown how many units there are."},
    {"upstream_short", "least", INPUT_SHORTER, "da", .element = 1, .why = "A unit is missing."},
    {"unknown_activation", "least", CHOICE_SET, "activation", .choice = "sine",
     .why = "There is no such activation here."},
    {"unknown_last", "least", CHOICE_SET, "last", .choice = "softmax",
     .why = "There is no such convention."},
    {"unknown_ties", "least", CHOICE_SET, "ties", .choice = "largest",
     .why = "There is no such convention."},
};

/* Where unit or edge number i of the diamond stands in the renumbered network. */
static const int unit_place[] = {3, 1, 4, 0, 2};
static const int edge_place[] = {1, 5, 4, 2, 3, 0};

/* Whole numbers by a rule, so that both exact cases have the same. */
static void fill_exact(struct assay_case *test, const struct row *row)
{
    static const double weight[] = {1, -2, 3, 1, -1, 2}, bias[] = {0, 0, -1, 2, 1};
    double x[12], w[6], b[5], da[30];
    const int moved = row->shape == &renumbered;
    for (int i = 0; i < 12; i++)
        x[i] = i * 5 % 7 - 3;
    for (int e = 0; e < 6; e++)
        w[moved ? edge_place[e] : e] = weight[e];
    for (int u = 0; u < 5; u++) {
        const int place = moved ? unit_place[u] : u;
        b[place] = bias[u];
        for (int n = 0; n < 6; n++)
            da[n * 5 + place] = (n * 5 + u) * 3 % 11 - 5;
    }
    case_values(test, "x", DIMS(6, 2), x);
    case_values(test, "w", DIMS(6), w);
    case_values(test, "b", DIMS(5), b);
    case_values(test, "da", DIMS(6, 5), da);
}

static void fill(struct assay_case *test, const struct row *row)
{
    const struct shape *is = row->shape;
    case_uniform(test, "x", DIMS(row->N, is->I), -1.25, 1.25);
    case_signed(test, "w", DIMS(is->E), 0.375, 1.25);
    case_signed(test, "b", DIMS(is->U), 0.125, 0.5);
    if (!row->forward_only)
        case_signed(test, "da", DIMS(row->N, is->U), 0.5, 1.5);
}

void feedforward_graph_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const struct shape *is = row->shape;
        struct assay_case *test = case_add(list, &row->head);
        int source[MOST_ENDS / 2], target[MOST_ENDS / 2];
        for (size_t e = 0; e < is->E; e++) {
            source[e] = is->ends[2 * e];
            target[e] = is->ends[2 * e + 1];
        }
        case_number(test, "block", (double)row->block);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        if (row->last)
            case_choice(test, "last", row->last);
        if (row->ties)
            case_choice(test, "ties", row->ties);
        case_integers(test, "input", DIMS(is->I), is->input);
        case_integers(test, "source", DIMS(is->E), source);
        case_integers(test, "target", DIMS(is->E), target);
        if (row->dyadic)
            fill_exact(test, row);
        else
            fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
