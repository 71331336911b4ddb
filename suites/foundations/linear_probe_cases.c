// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_LAYERS = 3, MOST_SAMPLES = 32 };

/* Random activations whose classes drift apart with depth; points of a square or ring and what
 * layers might make of them; whole numbers; a feature that stands twice. */
enum data { DRIFT, XOR, RINGS, WALSH, TWINS };

static const struct row {
    struct case_head head;
    enum data data;
    size_t N, K, block, width[MOST_LAYERS];
    double ridge; /* -1: not stated */
    const char *targets, *bias, *reduction;
} rows[] = {
    /* clang-format off */
    {{"xor", "bounded", "FND-27 FND-10",
      "The exclusive or: a line through the points guesses, one layer on it is right.", 0},
     XOR, 13, 2, 4, {2, 3}, -1, NULL, NULL, NULL},
    {{"rings", "bounded", "FND-27",
      "Rings around each other: places, then squares, then the radius, each separates better.", 0},
     RINGS, 15, 3, 4, {2, 4, 1}, 0.0078125, NULL, NULL, NULL},
    {{"drift", "bounded", "FND-27", "Three layers of different widths, three classes.", 0},
     DRIFT, 17, 3, 4, {4, 5, 3}, 0.25, NULL, NULL, NULL},
    {{"plus_minus", "bounded", "FND-27", "Targets of -1 and 1.", 0},
     DRIFT, 11, 3, 2, {3, 2}, 0.5, "plus_minus", NULL, NULL},
    {{"bias_penalised", "bounded", "FND-27", "The ridge stands on the bias too.", 0},
     DRIFT, 11, 3, 2, {3, 4}, 0.5, "zero_one", "penalised", NULL},
    {{"no_bias", "bounded", "FND-27", "Probes through the origin: no row for a bias.", 0},
     DRIFT, 11, 3, 2, {3, 4}, 0.5, NULL, "none", NULL},
    {{"mean", "bounded", "FND-27", "The ridge is for the mean: eleven times as much.", 0},
     DRIFT, 11, 2, 2, {3, 4}, 0.0625, NULL, "free", "mean"},
    {{"more_features", "bounded", "FND-27",
      "More features than samples: without the ridge there is no answer.", 0},
     DRIFT, 5, 2, 2, {7}, 0.75, NULL, NULL, "sum"},
    {{"empty_class", "bounded", "FND-27",
      "Nobody is of the last class, which has a column all the same.", 0},
     XOR, 9, 4, 2, {2, 3}, 0.125, NULL, NULL, NULL},
    {{"many_blocks", "bounded", "FND-27 DST-01",
      "19 samples in blocks of 2: equations of a rank's own samples would show.", 0},
     DRIFT, 19, 3, 2, {2, 3}, 0.125, NULL, NULL, NULL},
    {{"undecided", "exact", "FND-27 FND-10",
      "The exclusive or on its corners: a tie everywhere, which goes to class 0, then none.", 0},
     WALSH, 4, 2, 1, {2, 3}, -1, NULL, NULL, NULL},
    {{"twins", "bounded", "FND-27", "A feature that stands twice: the ridge shares its weight out.",
      0},
     TWINS, 4, 2, 2, {2}, 1, NULL, NULL, NULL},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"not_determined", "twins", NUMBER_SET, "ridge", 0,
     .why = "Any share of the weight between two equal features would do."},
    {"ridge_negative", "twins", NUMBER_SET, "ridge", -1, .why = "That would reward large weights."},
    {"label_beyond", "twins", ELEMENT_SET, "labels", 2, .why = "There are two classes."},
    {"classes_missing", "twins", NUMBER_GONE, "classes", .why = "The last may have no sample."},
    {"no_layer", "twins", INPUT_GONE, "a1", .why = "There is nothing to probe."},
    {"layer_short", "undecided", INPUT_SHORTER, "a2", .why = "A sample is missing."},
    {"unknown_bias", "twins", CHOICE_SET, "bias", .choice = "often",
     .why = "There is no such one."},
    {"unknown_targets", "twins", CHOICE_SET, "targets", .choice = "softmax",
     .why = "There are no such targets."},
    {"unknown_reduction", "twins", CHOICE_SET, "reduction", .choice = "median",
     .why = "There is no such reduction."},
};

/* Layer l of random activations; the classes are further apart in later ones. */
static void fill_drift(struct assay_case *test, const struct row *row, size_t l)
{
    const char name[] = {'a', (char)('1' + l), 0};
    size_t A = row->width[l];
    case_uniform(test, name, DIMS(row->N, A), -1, 1);
    double *a = case_input(test, name);
    for (size_t n = 0; n < row->N; n++) {
        for (size_t i = 0; i < A; i++) {
            if (n % row->K == i % row->K)
                a[n * A + i] = (double)(float)(a[n * A + i] + 0.75 * (double)l);
        }
    }
}

/* Point n of the first layer, from two random numbers of [0.25, 1.25). */
static void place(double point[2], enum data data, size_t n)
{
    static const double corners[] = {1, 1, 1, -1, -1, 1, -1, -1};
    static const double twins[] = {2, 2, 2, 2, -2, -2, -2, -2};
    for (size_t i = 0; i < 2; i++) {
        double sign = n >> i & 1 ? -1 : 1, ring = (double)(n % 3) + 1;
        if (data == XOR)
            point[i] = sign * point[i];
        else if (data == RINGS)
            point[i] = (double)(float)(sign * (ring / 2 + point[i] / 8));
        else
            point[i] = data == WALSH ? corners[2 * n + i] : twins[2 * n + i];
    }
}

/* Later layers of the points (x, y): products, or the squared radius alone. */
static void fill_products(struct assay_case *test, const struct row *row, size_t l)
{
    const char name[] = {'a', (char)('1' + l), 0};
    size_t A = row->width[l];
    case_constant(test, name, DIMS(row->N, A), 0);
    const double *point = case_input(test, "a1");
    double *a = case_input(test, name);
    for (size_t n = 0; n < row->N; n++) {
        double x = point[2 * n], y = point[2 * n + 1];
        double feature[4] = {x, y, row->data == RINGS ? x * x : x * y, y * y};
        if (A == 1)
            feature[0] = x * x + y * y;
        for (size_t i = 0; i < A; i++)
            a[n * A + i] = (double)(float)feature[i];
    }
}

static void fill(struct assay_case *test, const struct row *row)
{
    int label[MOST_SAMPLES];
    if (row->data == DRIFT)
        fill_drift(test, row, 0);
    else
        case_uniform(test, "a1", DIMS(row->N, 2), 0.25, 1.25);
    double *point = case_input(test, "a1");
    for (size_t n = 0; n < row->N; n++) {
        label[n] = (int)(n % row->K);
        if (row->data != DRIFT)
            place(&point[2 * n], row->data, n);
        if (row->data == XOR || row->data == WALSH)
            label[n] = point[2 * n] * point[2 * n + 1] < 0;
        if (row->data == TWINS)
            label[n] = n > 0;
    }
    for (size_t l = 1; l < MOST_LAYERS && row->width[l]; l++) {
        if (row->data == DRIFT)
            fill_drift(test, row, l);
        else
            fill_products(test, row, l);
    }
    case_integers(test, "labels", DIMS(row->N), label);
}

void linear_probe_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "classes", (double)row->K);
        if (row->ridge >= 0)
            case_number(test, "ridge", row->ridge);
        if (row->targets)
            case_choice(test, "targets", row->targets);
        if (row->bias)
            case_choice(test, "bias", row->bias);
        if (row->reduction)
            case_choice(test, "reduction", row->reduction);
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
