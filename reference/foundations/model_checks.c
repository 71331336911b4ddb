// SPDX-License-Identifier: MIT
#include "model_checks.h"

enum { LARGEST = 1 << 20 };

enum { REGRESSION, BINARY, ONE_OF_CLASSES };
enum { LINEAR, SIGMOID, SOFTMAX, TANH };
enum { SQUARED, ABSOLUTE, BINARY_CROSS, CATEGORICAL, SPARSE };
enum { ZEROS, CONSTANT, NORMAL, LECUN, GLOROT, HE };
enum { HIDDEN_LINEAR, HIDDEN_SIGMOID, HIDDEN_TANH, HIDDEN_RELU, HIDDEN_SELU };

struct models models_read(struct call *call)
{
    static const char *const no_yes[] = {"no", "yes", NULL};
    static const char *const scales[] = {"strict", "lenient", NULL};
    static const struct {
        const char *name;
        int low, high;
    } columns[MODEL_COLUMNS] = {{"task", 0, 3},   {"classes", 1, LARGEST}, {"units", 1, LARGEST},
                                {"output", 0, 4}, {"loss", 0, 4},          {"logits", 0, 1},
                                {"depth", 0, 99}, {"hidden", 0, 4},        {"start", 0, 5}};
    struct models models = {0};
    for (size_t c = 0; c < MODEL_COLUMNS; c++)
        models.column[c] =
            call_integers(call, columns[c].name, "N", columns[c].low, columns[c].high);
    models.N = call_size(call, 'N');
    if (models.N == 0)
        call_fail(call, "'task' describes no network");
    models.rules.bounded = call_choice(call, "bounded", no_yes);
    models.rules.lenient = call_choice(call, "scales", scales);
    models.rules.deepest = call_count_or(call, "deepest", 5, 0, 99);
    call_bind(call, 'C', MODEL_CHECKS);
    return models;
}

void models_outputs(struct call *call, real *check[MODEL_CHECKS])
{
    static const char *const names[MODEL_CHECKS] = {"task_loss", "output_loss", "width", "symmetry",
                                                    "scale",     "collapse",    "deep"};
    for (size_t c = 0; c < MODEL_CHECKS; c++)
        check[c] = call_output_integers(call, names[c], "N");
}

void models_count(struct call *call, const struct models *models, real *check[MODEL_CHECKS])
{
    real *counts = call_output_integers(call, "counts", "C");
    real *sound = call_output_integers(call, "sound", "");
    for (size_t n = 0; n < models->N; n++) {
        int wrong = 0;
        for (size_t c = 0; c < MODEL_CHECKS; c++) {
            counts[c] += check[c][n] > 0;
            wrong += check[c][n] > 0;
        }
        *sound += wrong == 0;
    }
}

static int is_error(int loss)
{
    return loss == SQUARED || loss == ABSOLUTE;
}

static int is_categorical(int loss)
{
    return loss == CATEGORICAL || loss == SPARSE;
}

static int wrong_loss(int task, int loss)
{
    if (task == REGRESSION)
        return !is_error(loss);
    if (task == BINARY)
        return is_error(loss);
    return task == ONE_OF_CLASSES ? !is_categorical(loss) : loss != BINARY_CROSS;
}

static int wrong_output(int output, int loss, int logits, int bounded)
{
    if (is_error(loss)) {
        int fits = output == LINEAR || (bounded && (output == SIGMOID || output == TANH));
        return !fits;
    }
    int own = loss == BINARY_CROSS ? SIGMOID : SOFTMAX;
    if (!logits)
        return output == own ? 0 : output == LINEAR ? 3 : 1;
    if (output == LINEAR)
        return 0;
    return output == SIGMOID || output == SOFTMAX ? 2 : 1;
}

static int wrong_width(int task, int classes, int units, int output, int loss, int logits)
{
    if (units == 1 && (output == SOFTMAX || (is_categorical(loss) && logits)))
        return 2;
    int must = classes;
    if (task == BINARY)
        must = is_categorical(loss) ? 2 : 1;
    return units != must;
}

static int wrong_scale(int hidden, int start, int lenient)
{
    if (start == NORMAL)
        return 1;
    if (lenient || start == ZEROS || start == CONSTANT)
        return 0;
    if (hidden == HIDDEN_RELU)
        return start == HE ? 0 : 2;
    if (hidden == HIDDEN_SELU)
        return start != LECUN;
    return start == HE;
}

void model_checks_answer(struct call *call)
{
    struct models models = models_read(call);
    real *check[MODEL_CHECKS];
    models_outputs(call, check);
    for (size_t n = 0; n < models.N; n++) {
        int is[MODEL_COLUMNS];
        for (size_t c = 0; c < MODEL_COLUMNS; c++)
            is[c] = models.column[c][n];
        int layers = is[DEPTH] > 0;
        check[0][n] = (real)wrong_loss(is[TASK], is[LOSS]);
        check[1][n] = (real)wrong_output(is[OUTPUT], is[LOSS], is[LOGITS], models.rules.bounded);
        check[2][n] =
            (real)wrong_width(is[TASK], is[CLASSES], is[UNITS], is[OUTPUT], is[LOSS], is[LOGITS]);
        check[3][n] = (real)(layers && (is[START] == ZEROS || is[START] == CONSTANT));
        check[4][n] = (real)(layers ? wrong_scale(is[HIDDEN], is[START], models.rules.lenient) : 0);
        check[5][n] = (real)(layers && is[HIDDEN] == HIDDEN_LINEAR);
        check[6][n] = (real)((size_t)is[DEPTH] > models.rules.deepest);
    }
    models_count(call, &models, check);
}
