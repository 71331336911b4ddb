// SPDX-License-Identifier: MIT
#include "../../reference/foundations/model_checks.h"
#include "../fork.h"

enum change {
    TABLES,
    LOGITS_IGNORED,
    LINEAR_ALWAYS_FITS,
    TWICE_NOT_SEEN,
    SIGMOID_FOR_CLASSES,
    SOFTMAX_FOR_LABELS,
    SQUARES_FOR_ALL,
    BINARY_BY_CLASSES,
    BINARY_NEEDS_SIGMOID_LOSS,
    SINGLE_SOFTMAX_NOT_SEEN,
    WIDTH_AT_LEAST,
    GLOROT_FOR_RELU,
    HE_FOR_TANH,
    LECUN_FOR_TANH_ONLY,
    SELU_AS_RELU,
    CONSTANT_BREAKS_SYMMETRY,
    SYMMETRY_WITHOUT_LAYERS,
    ZEROS_TOO_SMALL,
    COLLAPSE_FROM_TWO,
    DEEPEST_TOO_DEEP,
    OUTPUT_COUNTS,
    CODES_ADDED,
    LAST_LOST,
    SOUND_IN_HEADS
};

/* Signs for what is found: '0' .. '3'. Losses stand in the order squared, absolute, binary,
 * categorical, sparse; outputs in the order linear, sigmoid, softmax, tanh, ReLU. */
static const char *const task_table[] = {"00111", "11000", "11100", "11011"};
static const char *const plain_table[] = {"00333", "11011", "11100", "11111", "11111"};
static const char *const logits_table[] = {"00000", "11222", "11222", "11111", "11111"};
static const char *const start_table[] = {"001001", "001001", "001001", "001220", "001011"};

static int found(const char *const *table, int line, int place)
{
    return table[line][place] - '0';
}

static int task_of(enum change change, const int is[MODEL_COLUMNS])
{
    if (change == SQUARES_FOR_ALL && is[LOSS] == 0)
        return 0;
    if (change == SIGMOID_FOR_CLASSES && is[TASK] == 2 && is[LOSS] == 2)
        return 0;
    if (change == SOFTMAX_FOR_LABELS && is[TASK] == 3 && is[LOSS] >= 3)
        return 0;
    if (change == BINARY_NEEDS_SIGMOID_LOSS && is[TASK] == 1)
        return is[LOSS] != 2;
    return found(task_table, is[TASK], is[LOSS]);
}

static int output_of(enum change change, const int is[MODEL_COLUMNS], int bounded)
{
    int logits = is[LOGITS] == 1 && change != LOGITS_IGNORED, output = is[OUTPUT];
    int code = found(logits ? logits_table : plain_table, output, is[LOSS]);
    if (bounded && is[LOSS] < 2 && (output == 1 || output == 3))
        code = 0;
    if (change == LINEAR_ALWAYS_FITS && output == 0)
        code = 0;
    return change == TWICE_NOT_SEEN && code == 2 ? 0 : code;
}

static int width_of(enum change change, const int is[MODEL_COLUMNS])
{
    int categorical = is[LOSS] / 3, must = is[CLASSES];
    int squeezed = is[OUTPUT] == 2 || categorical * is[LOGITS] == 1;
    if (is[TASK] == 1 && change != BINARY_BY_CLASSES)
        must = 1 << categorical;
    if (is[UNITS] == 1 && squeezed && change != SINGLE_SOFTMAX_NOT_SEEN)
        return 2;
    return change == WIDTH_AT_LEAST ? is[UNITS] < must : is[UNITS] - must != 0;
}

static int scale_of(enum change change, const int is[MODEL_COLUMNS], int lenient)
{
    int hidden = is[HIDDEN], start = is[START];
    if (is[DEPTH] == 0)
        return 0;
    if (lenient)
        return start == 2;
    if (change == SELU_AS_RELU && hidden == 4)
        hidden = 3;
    if (change == GLOROT_FOR_RELU && hidden == 3 && start == 4)
        return 0;
    if (change == HE_FOR_TANH && hidden < 3 && start == 5)
        return 0;
    if (change == LECUN_FOR_TANH_ONLY && hidden < 2 && start == 3)
        return 2;
    if (change == ZEROS_TOO_SMALL && start < 2)
        return 2;
    return found(start_table, hidden, start);
}

static void check_one(enum change change, const struct model_rules *rules,
                      const int is[MODEL_COLUMNS], int code[MODEL_CHECKS])
{
    int layers = is[DEPTH] > 0, least = change == COLLAPSE_FROM_TWO ? 2 : 1;
    code[0] = task_of(change, is);
    code[1] = output_of(change, is, rules->bounded);
    code[2] = width_of(change, is);
    code[3] = is[START] < (change == CONSTANT_BREAKS_SYMMETRY ? 1 : 2) &&
              (layers || change == SYMMETRY_WITHOUT_LAYERS);
    code[4] = scale_of(change, is, rules->lenient);
    code[5] = is[DEPTH] >= least && is[HIDDEN] == 0;
    size_t depth = (size_t)is[DEPTH] + (change == OUTPUT_COUNTS);
    code[6] = change == DEEPEST_TOO_DEEP ? depth >= rules->deepest : depth > rules->deepest;
}

/* Each check down all descriptions, counted as it goes. */
static void run(struct call *call)
{
    enum change change = (enum change)call_variant(call);
    struct models models = models_read(call);
    real *check[MODEL_CHECKS];
    models_outputs(call, check);
    real *counts = call_output_integers(call, "counts", "C");
    real *sound = call_output_integers(call, "sound", "");
    for (size_t n = models.N; n-- > 0;) {
        int is[MODEL_COLUMNS], code[MODEL_CHECKS], sum = 0;
        int counted = change != LAST_LOST || n + 1 < models.N;
        for (size_t c = 0; c < MODEL_COLUMNS; c++)
            is[c] = models.column[c][n];
        check_one(change, &models.rules, is, code);
        for (size_t c = 0; c < MODEL_CHECKS; c++) {
            check[c][n] = (real)code[c];
            counts[c] += counted ? (real)(change == CODES_ADDED ? code[c] : code[c] > 0) : 0;
            sum += change == SOUND_IN_HEADS && c > 2 ? 0 : code[c];
        }
        *sound += counted && sum == 0;
    }
}

static const struct fork table[] = {
    {.info = {"tables", FORK_TWIN, "", "Looks everything up in tables, from the last to the first.",
              NULL},
     .answer = run},
    {.info = {"logits_ignored", FORK_BUG, "", "Losses always want probabilities.", NULL},
     .answer = run,
     .variant = LOGITS_IGNORED},
    {.info = {"linear_always_fits", FORK_BUG, "", "A linear output passes before every loss.",
              NULL},
     .answer = run,
     .variant = LINEAR_ALWAYS_FITS},
    {.info = {"twice_not_seen", FORK_BUG, "",
              "A sigmoid or softmax that is applied twice is not found.", NULL},
     .answer = run,
     .variant = TWICE_NOT_SEEN},
    {.info = {"sigmoid_for_classes", FORK_CONVENTION, "",
              "One against all: binary cross-entropy passes for classes.", NULL},
     .answer = run,
     .variant = SIGMOID_FOR_CLASSES},
    {.info = {"softmax_for_labels", FORK_BUG, "", "Labels may share a categorical loss.", NULL},
     .answer = run,
     .variant = SOFTMAX_FOR_LABELS},
    {.info = {"squares_for_all", FORK_CONVENTION, "", "Squared error passes for every task.", NULL},
     .answer = run,
     .variant = SQUARES_FOR_ALL},
    {.info = {"binary_by_classes", FORK_BUG, "", "A binary task needs as many units as classes.",
              NULL},
     .answer = run,
     .variant = BINARY_BY_CLASSES},
    {.info = {"binary_needs_binary_loss", FORK_CONVENTION, "",
              "Two units and a categorical loss do not pass for a binary task.", NULL},
     .answer = run,
     .variant = BINARY_NEEDS_SIGMOID_LOSS},
    {.info = {"single_softmax_not_seen", FORK_BUG, "", "A softmax of one unit is a width like any.",
              NULL},
     .answer = run,
     .variant = SINGLE_SOFTMAX_NOT_SEEN},
    {.info = {"width_at_least", FORK_BUG, "", "More units than needed pass.", NULL},
     .answer = run,
     .variant = WIDTH_AT_LEAST},
    {.info = {"glorot_for_relu", FORK_CONVENTION, "", "Glorot passes before a ReLU, as in Keras.",
              NULL},
     .answer = run,
     .variant = GLOROT_FOR_RELU},
    {.info = {"he_for_tanh", FORK_BUG, "", "He passes before every activation.", NULL},
     .answer = run,
     .variant = HE_FOR_TANH},
    {.info = {"lecun_for_tanh_only", FORK_CONVENTION, "",
              "LeCun is too small before a sigmoid and for linear layers.", NULL},
     .answer = run,
     .variant = LECUN_FOR_TANH_ONLY},
    {.info = {"selu_as_relu", FORK_BUG, "", "SELU is taken for a kind of ReLU.", NULL},
     .answer = run,
     .variant = SELU_AS_RELU},
    {.info = {"constant_breaks_symmetry", FORK_BUG, "", "Only zeros are symmetric.", NULL},
     .answer = run,
     .variant = CONSTANT_BREAKS_SYMMETRY},
    {.info = {"symmetry_without_layers", FORK_BUG, "",
              "Zeros are wrong for networks without hidden layers too.", NULL},
     .answer = run,
     .variant = SYMMETRY_WITHOUT_LAYERS},
    {.info = {"zeros_too_small", FORK_CONVENTION, "", "Zeros and constants are too small, too.",
              NULL},
     .answer = run,
     .variant = ZEROS_TOO_SMALL},
    {.info = {"collapse_from_two", FORK_CONVENTION, "",
              "A single linear hidden layer is a bottleneck, not a mistake.", NULL},
     .answer = run,
     .variant = COLLAPSE_FROM_TWO},
    {.info = {"deepest_too_deep", FORK_BUG, "", "The deepest network allowed is too deep.", NULL},
     .answer = run,
     .variant = DEEPEST_TOO_DEEP},
    {.info = {"output_counts", FORK_CONVENTION, "", "The output layer counts in the depth.", NULL},
     .answer = run,
     .variant = OUTPUT_COUNTS},
    {.info = {"codes_added", FORK_BUG, "", "Counts add the codes up.", NULL},
     .answer = run,
     .variant = CODES_ADDED},
    {.info = {"last_lost", FORK_BUG, "", "The last description is not counted.", NULL},
     .answer = run,
     .variant = LAST_LOST},
    {.info = {"sound_in_heads", FORK_BUG, "", "Sound is who has nothing wrong at the output.",
              NULL},
     .answer = run,
     .variant = SOUND_IN_HEADS},
    {.info = {"never_bounded", FORK_CONVENTION, "", "Errors always need a linear output.", NULL},
     .instead = {"bounded", "no"}},
    {.info = {"always_lenient", FORK_CONVENTION, "", "Any scaled start passes.", NULL},
     .instead = {"scales", "lenient"}},
    {.info = {"five_at_most", FORK_CONVENTION, "", "Five hidden layers, whatever is stated.", NULL},
     .number = {"deepest", 5}},
};

const struct fork_list model_checks_forks = {sizeof table / sizeof *table, table};
