// SPDX-License-Identifier: MIT
/* oneDNN's primitives, in binary32: an adapter in C, on suites/protocol/assay.h.
 *
 *     adapter run CASES... -o RESULT.h5 [--precision f32]
 *     adapter describe
 *     adapter ask mish -20          the primitive's y for these numbers, on its own
 *
 * Exit status: 0 the result is written, 2 unusable input or usage.
 */
#include "primitives.h"

#include "../../../suites/protocol/assay.h"
#include "../../../suites/protocol/case_paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What of a case an operation looks at: a case that states anything else asks something else. */
static int states_only(const struct assay_case *test, const char *const known[])
{
    for (size_t i = 0; i < test->request.numbers + test->request.choices; i++) {
        const char *name = i < test->request.numbers
                               ? test->request.number[i].name
                               : test->request.choice[i - test->request.numbers].name;
        int found = strcmp(name, "block") == 0;
        for (size_t k = 0; known[k] != NULL && !found; k++)
            found = strcmp(name, known[k]) == 0;
        if (!found)
            return 0;
    }
    return 1;
}

static const struct request_array *input(const struct assay_case *test, const char *name)
{
    return assay_case_input(test, name);
}

/* oneDNN gets pointers and sees no shapes, so what does not fit is declined here. */
static int same_shape(const struct request_array *a, const struct request_array *b)
{
    return a->rank == b->rank && memcmp(a->dim, b->dim, sizeof a->dim) == 0;
}

static void finish(struct assay_run *run, const struct assay_case *test, int status)
{
    if (status != 0)
        assay_refuse(run, test, primitive_message());
}

/* ---- elementwise ----------------------------------------------------------------------------- */

struct elementwise {
    const char *technique;
    dnnl_alg_kind_t kind;
    const char *alpha, *beta; /* the numbers of the case that are oneDNN's alpha and beta */
    float usual_alpha, usual_beta;
    const char *convention, *value; /* the only one that it follows */
};

static const struct elementwise elementwise[] = {
    {"relu", dnnl_eltwise_relu, NULL, NULL, 0, 0, "derivative_at_zero", "zero"},
    {"leaky_relu", dnnl_eltwise_relu, "slope", NULL, 0.01f, 0, "derivative_at_zero", "left"},
    {"tanh", dnnl_eltwise_tanh, NULL, NULL, 0, 0, NULL, NULL},
    {"elu", dnnl_eltwise_elu, "alpha", NULL, 1, 0, "derivative_at_zero", "left"},
    {"softplus", dnnl_eltwise_soft_relu, NULL, NULL, 0, 0, "tail", "smooth"},
    {"sigmoid", dnnl_eltwise_logistic, NULL, NULL, 0, 0, NULL, NULL},
    {"silu", dnnl_eltwise_swish, NULL, NULL, 1, 0, NULL, NULL},
    {"log_sigmoid", dnnl_eltwise_logsigmoid, NULL, NULL, 0, 0, NULL, NULL},
    {"mish", dnnl_eltwise_mish, NULL, NULL, 0, 0, NULL, NULL},
    {"hard_swish", dnnl_eltwise_hardswish, NULL, NULL, 0, 0, "derivative_at_bounds", "outside"},
    {"hard_tanh", dnnl_eltwise_clip_v2, "min", "max", -1, 1, "derivative_at_bounds", "outside"},
    {"gelu", dnnl_eltwise_gelu_erf, NULL, NULL, 0, 0, "approximation", NULL},
};

static void answer_elementwise(struct assay_run *run, const struct assay_case *test,
                               const struct elementwise *e)
{
    const struct request_array *x = input(test, "x"), *dy = input(test, "dy");
    const char *known[] = {e->alpha != NULL ? e->alpha : "", e->beta != NULL ? e->beta : "",
                           e->convention != NULL ? e->convention : "", NULL};
    dnnl_alg_kind_t kind = e->kind;
    if (strcmp(e->technique, "gelu") == 0) {
        const char *form = assay_case_choice(test, "approximation", "none");
        kind = strcmp(form, "tanh") == 0 ? dnnl_eltwise_gelu_tanh : kind;
        if (strcmp(form, "none") != 0 && strcmp(form, "tanh") != 0) {
            assay_decline(run, test, "an approximation that oneDNN does not offer");
            return;
        }
    }
    if (x == NULL || x->count == 0 || input(test, "beta") != NULL || (dy && !same_shape(x, dy)) ||
        !states_only(test, known)) {
        assay_decline(run, test, "something that oneDNN's primitive is never asked");
        return;
    }
    assay_begin(run, test);
    float alpha = (float)(e->alpha ? assay_case_number(test, e->alpha, e->usual_alpha)
                                   : (double)e->usual_alpha);
    float beta =
        (float)(e->beta ? assay_case_number(test, e->beta, e->usual_beta) : (double)e->usual_beta);
    float *y = assay_output_f32(run, "y", x->rank, x->dim);
    float *dx = dy ? assay_output_f32(run, "dx", x->rank, x->dim) : NULL;
    finish(run, test,
           primitive_elementwise(kind, alpha, beta, x->count, assay_input_f32(run, "x"),
                                 dy ? assay_input_f32(run, "dy") : NULL, y, dx));
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void answer_softmax(struct assay_run *run, const struct assay_case *test, int logarithmic)
{
    const struct request_array *x = input(test, "x"), *dy = input(test, "dy");
    if (x == NULL || x->rank != 2 || x->count == 0 || input(test, "mask") != NULL ||
        (dy && !same_shape(x, dy)) || !states_only(test, (const char *const[]){NULL})) {
        assay_decline(run, test, "something that oneDNN's primitive is never asked");
        return;
    }
    assay_begin(run, test);
    float *y = assay_output_f32(run, "y", 2, x->dim);
    float *dx = dy ? assay_output_f32(run, "dx", 2, x->dim) : NULL;
    finish(run, test,
           primitive_softmax(logarithmic, x->dim[0], x->dim[1], assay_input_f32(run, "x"),
                             dy ? assay_input_f32(run, "dy") : NULL, y, dx));
}

static const float *or_constant(struct assay_run *run, const struct assay_case *test,
                                const char *name, float *constant, size_t n, float value)
{
    if (input(test, name) != NULL)
        return assay_input_f32(run, name);
    for (size_t i = 0; i < n; i++)
        constant[i] = value;
    return constant;
}

static void answer_layer_normalization(struct assay_run *run, const struct assay_case *test)
{
    static const char *const known[] = {"epsilon", "deviation", "epsilon_place", NULL};
    const struct request_array *x = input(test, "x"), *dy = input(test, "dy");
    size_t C = x != NULL && x->rank > 0 ? x->dim[x->rank - 1] : 0;
    const struct request_array *gamma = input(test, "gamma"), *beta = input(test, "beta");
    if (C == 0 || x->count == 0 || (dy && !same_shape(x, dy)) || !states_only(test, known) ||
        (gamma && gamma->count != C) || (beta && beta->count != C) ||
        strcmp(assay_case_choice(test, "deviation", "population"), "population") != 0 ||
        strcmp(assay_case_choice(test, "epsilon_place", "inside_root"), "inside_root") != 0) {
        assay_decline(run, test, "something that oneDNN's primitive is never asked");
        return;
    }
    assay_begin(run, test);
    float *constants = calloc(2 * C, sizeof *constants);
    float *y = assay_output_f32(run, "y", x->rank, x->dim);
    float *dx = dy ? assay_output_f32(run, "dx", x->rank, x->dim) : NULL;
    float *dgamma = dy ? assay_output_f32(run, "dgamma", 1, &C) : NULL;
    float *dbeta = dy ? assay_output_f32(run, "dbeta", 1, &C) : NULL;
    finish(run, test,
           primitive_layer_normalization(
               (float)assay_case_number(test, "epsilon", 1e-5), x->count / C, C,
               assay_input_f32(run, "x"), or_constant(run, test, "gamma", constants, C, 1),
               or_constant(run, test, "beta", constants + C, C, 0),
               dy ? assay_input_f32(run, "dy") : NULL, y, dx, dgamma, dbeta));
    free(constants);
}

/* ---- dense layer ----------------------------------------------------------------------------- */

/* (rows, columns) to (columns, rows): cases store weights inputs first, oneDNN units first. */
static void transpose(float *to, const float *from, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            to[k * rows + i] = from[i * columns + k];
}

static void answer_dense_layer(struct assay_run *run, const struct assay_case *test)
{
    const struct request_array *x = input(test, "x"), *w = input(test, "w"), *b = input(test, "b"),
                               *dy = input(test, "dy");
    if (!x || !w || x->rank != 2 || w->rank != 2 || x->dim[1] != w->dim[0] || x->count == 0 ||
        w->count == 0 || (b && b->count != w->dim[1]) ||
        (dy && (dy->rank != 2 || dy->dim[0] != x->dim[0] || dy->dim[1] != w->dim[1])) ||
        !states_only(test, (const char *const[]){NULL})) {
        assay_decline(run, test, "something that oneDNN's primitive is never asked");
        return;
    }
    size_t N = x->dim[0], I = w->dim[0], O = w->dim[1];
    assay_begin(run, test);
    float *turned = calloc(2 * I * O, sizeof *turned);
    float *y = assay_output_f32(run, "y", 2, (size_t[]){N, O});
    float *dx = dy ? assay_output_f32(run, "dx", 2, x->dim) : NULL;
    float *dw = dy ? assay_output_f32(run, "dw", 2, w->dim) : NULL;
    float *db = dy ? assay_output_f32(run, "db", 1, &O) : NULL;
    transpose(turned, assay_input_f32(run, "w"), I, O);
    finish(run, test,
           primitive_inner_product(
               N, I, O, assay_input_f32(run, "x"), turned, b ? assay_input_f32(run, "b") : NULL,
               dy ? assay_input_f32(run, "dy") : NULL, y, dx, turned + I * O, db));
    if (dw != NULL)
        transpose(dw, turned + I * O, O, I);
    free(turned);
}

/* ---- local response -------------------------------------------------------------------------- */

static void answer_local_response(struct assay_run *run, const struct assay_case *test)
{
    static const char *const known[] = {"size", "alpha", "beta", "k", "share", "layout", NULL};
    const struct request_array *x = input(test, "x"), *dy = input(test, "dy");
    double size = assay_case_number(test, "size", 5);
    if (!x || (x->rank != 2 && x->rank != 4) || x->count == 0 || (dy && !same_shape(x, dy)) ||
        !states_only(test, known) || size < 1 || size != (double)(size_t)size ||
        (size_t)size % 2 == 0 ||
        strcmp(assay_case_choice(test, "share", "divided"), "divided") != 0 ||
        strcmp(assay_case_choice(test, "layout", "channels_first"), "channels_first") != 0) {
        assay_decline(run, test, "something that oneDNN's primitive is never asked");
        return;
    }
    size_t dim[4] = {x->dim[0], x->dim[1], x->rank == 4 ? x->dim[2] : 1,
                     x->rank == 4 ? x->dim[3] : 1};
    assay_begin(run, test);
    float *y = assay_output_f32(run, "y", x->rank, x->dim);
    float *dx = dy ? assay_output_f32(run, "dx", x->rank, x->dim) : NULL;
    finish(run, test,
           primitive_local_response(
               (size_t)size, (float)assay_case_number(test, "alpha", 1e-4),
               (float)assay_case_number(test, "beta", 0.75), (float)assay_case_number(test, "k", 1),
               dim, assay_input_f32(run, "x"), dy ? assay_input_f32(run, "dy") : NULL, y, dx));
}

/* ---- the program ----------------------------------------------------------------------------- */

static void answer(struct assay_run *run, const struct assay_case *test)
{
    const char *name = test->technique;
    for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
        if (strcmp(name, elementwise[i].technique) == 0)
            answer_elementwise(run, test, &elementwise[i]);
    if (strcmp(name, "softmax") == 0 || strcmp(name, "log_softmax") == 0)
        answer_softmax(run, test, strcmp(name, "log_softmax") == 0);
    else if (strcmp(name, "layer_normalization") == 0)
        answer_layer_normalization(run, test);
    else if (strcmp(name, "dense_layer") == 0)
        answer_dense_layer(run, test);
    else if (strcmp(name, "local_response_normalization") == 0)
        answer_local_response(run, test);
}

static const char *version(void)
{
    static char text[32];
    const dnnl_version_t *v = dnnl_version();
    snprintf(text, sizeof text, "%d.%d.%d", v->major, v->minor, v->patch);
    return text;
}

static int describe(void)
{
    printf("{\"implementation\": \"oneDNN\", \"version\": \"%s\", \"precisions\": [\"f32\"], "
           "\"techniques\": [",
           version());
    for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
        printf("\"%s\", ", elementwise[i].technique);
    printf("\"softmax\", \"log_softmax\", \"layer_normalization\", \"dense_layer\", "
           "\"local_response_normalization\"],\n \"follows\": {");
    const char *comma = "";
    for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
        if (elementwise[i].value != NULL) {
            printf("%s\"%s\": {\"%s\": \"%s\"}", comma, elementwise[i].technique,
                   elementwise[i].convention, elementwise[i].value);
            comma = ", ";
        }
    printf("}}\n");
    return 0;
}

static int usage(const char *problem)
{
    fprintf(stderr,
            "onednn: %s: give run CASES... -o RESULT.h5 [--precision f32], describe, or ask "
            "TECHNIQUE NUMBERS...\n",
            problem);
    return 2;
}

/* For reproductions: a row of numbers, and what becomes of them. */
static int ask(const char *technique, size_t n, char **number)
{
    float x[64], y[64];
    int logarithmic = strcmp(technique, "log_softmax") == 0, status = -1;
    if (n == 0 || n > 64 || primitives_begin() != 0)
        return usage("no numbers, or more than 64");
    for (size_t i = 0; i < n; i++)
        x[i] = strtof(number[i], NULL);
    if (logarithmic || strcmp(technique, "softmax") == 0)
        status = primitive_softmax(logarithmic, 1, n, x, NULL, y, NULL);
    for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
        if (strcmp(technique, elementwise[i].technique) == 0)
            status = primitive_elementwise(elementwise[i].kind, elementwise[i].usual_alpha,
                                           elementwise[i].usual_beta, n, x, NULL, y, NULL);
    primitives_end();
    if (status != 0)
        return usage("no such technique");
    for (size_t i = 0; i < n; i++)
        printf("%.9g%s", (double)y[i], i + 1 < n ? " " : "\n");
    return 0;
}

static int run_all(const struct case_paths *paths, const char *output)
{
    struct assay_implementation me = {"oneDNN", version(), "f32"};
    struct assay_run *run;
    const struct assay_case *test;
    if (assay_open(&run, &me, paths->count, (const char *const *)paths->path, output) != 0)
        return assay_complain(run);
    if (primitives_begin() != 0)
        assay_fail(run, "oneDNN has no engine for this processor: %s", primitive_message());
    for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
        if (elementwise[i].value != NULL)
            assay_follow(run, elementwise[i].technique, elementwise[i].convention,
                         elementwise[i].value);
    while (assay_next(run, &test))
        answer(run, test);
    primitives_end();
    return assay_close(run);
}

int main(int count, char **argument)
{
    const char *output = NULL;
    char error[ASSAY_ERROR] = "";
    struct case_paths paths = {0};
    if (count == 2 && strcmp(argument[1], "describe") == 0)
        return describe();
    if (count > 2 && strcmp(argument[1], "ask") == 0)
        return ask(argument[2], (size_t)count - 3, argument + 3);
    if (count < 2 || strcmp(argument[1], "run") != 0)
        return usage("no command");
    for (int i = 2; i < count; i++) {
        if (strcmp(argument[i], "-o") == 0 && i + 1 < count)
            output = argument[++i];
        else if (strcmp(argument[i], "--precision") == 0 && i + 1 < count &&
                 strcmp(argument[i + 1], "f32") == 0)
            i++;
        else if (argument[i][0] == '-')
            return usage(argument[i]);
        else if (case_paths_add(&paths, argument[i], error) != 0) {
            fprintf(stderr, "onednn: %s\n", error);
            return 2;
        }
    }
    if (output == NULL)
        return usage("no result file");
    int status = run_all(&paths, output);
    case_paths_free(&paths);
    return status;
}
