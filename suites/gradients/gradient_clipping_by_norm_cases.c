// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <stdio.h>

enum { MOST = 8 };
enum data { RANDOM, ONE_ZERO_TENSOR, SCALES, TRIPLES };

/* Tensors of these sizes; what is not stated is 0 or the default. */
struct setting {
    size_t size[MOST], block;
    enum data data;
    double limit, epsilon, magnitude;
    const char *norm;
    int by_tensor;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"global", "bounded", "GRD-05",
      "Three tensors whose norm together is above the limit though each alone is below it.", 0},
     {.size = {13, 7, 19}, .block = 4, .limit = 5, .magnitude = 1}},
    {{"tensor", "bounded", "GRD-05", "Each tensor alone: some are clipped, some are not.", 0},
     {.size = {13, 3, 29}, .block = 4, .limit = 3, .magnitude = 1, .by_tensor = 1}},
    {{"pytorch", "bounded", "GRD-05",
      "1e-6 is added to the norm, which is so large that the last digits of 1e-6 do not matter.",
      0},
     {.size = {11, 5}, .block = 2, .limit = 100, .epsilon = 1e-6, .magnitude = 1000}},
    {{"large_epsilon", "bounded", "GRD-05", "An epsilon of 0.25, where nobody can overlook it.", 0},
     {.size = {17}, .block = 4, .limit = 2, .epsilon = 0.25, .magnitude = 1}},
    {{"epsilon_by_tensor", "bounded", "GRD-05", "Epsilon and the scope of single tensors.", 0},
     {.size = {9, 8}, .block = 2, .limit = 1, .epsilon = 0.125, .magnitude = 2, .by_tensor = 1}},
    {{"below", "bounded", "GRD-05", "A norm below the limit: every bit stays as it is.", 0},
     {.size = {9, 6}, .block = 2, .limit = 50, .magnitude = 1}},
    {{"norm_one", "bounded", "GRD-05", "The sum of magnitudes in place of the root.", 0},
     {.size = {12, 7}, .block = 4, .limit = 4, .magnitude = 1, .norm = "one"}},
    {{"norm_one_by_tensor", "bounded", "GRD-05", "The same for each tensor.", 0},
     {.size = {12, 3}, .block = 4, .limit = 5, .magnitude = 1, .norm = "one", .by_tensor = 1}},
    {{"infinity", "bounded", "GRD-05", "The largest magnitude of all tensors.", 0},
     {.size = {12, 7}, .block = 4, .limit = 0.5, .magnitude = 1, .norm = "infinity"}},
    {{"infinity_by_tensor", "bounded", "GRD-05", "The largest magnitude of each tensor.", 0},
     {.size = {5, 14},
      .block = 4,
      .limit = 0.5,
      .magnitude = 1,
      .norm = "infinity",
      .by_tensor = 1}},
    {{"zero_tensor", "bounded", "GRD-05",
      "A tensor of zeros between others: its norm is 0, and it stays 0 instead of NaN.", 0},
     {.size = {6, 5, 7},
      .block = 2,
      .data = ONE_ZERO_TENSOR,
      .limit = 1,
      .magnitude = 1,
      .by_tensor = 1}},
    {{"zero_tensor_global", "bounded", "GRD-05", "A tensor of zeros in a global norm.", 0},
     {.size = {6, 5, 7}, .block = 2, .data = ONE_ZERO_TENSOR, .limit = 1, .magnitude = 1}},
    {{"scales", "bounded", "GRD-03 GRD-05",
      "Layers whose gradients differ by 1e6: an exploding one decides alone.", 0},
     {.size = {11, 11, 11}, .block = 4, .data = SCALES, .limit = 1, .magnitude = 1}},
    {{"one_parameter", "bounded", "GRD-05", "One tensor of one parameter.", 0},
     {.size = {1}, .block = 4, .limit = 0.3, .magnitude = 1}},
    {{"many_tensors", "bounded", "GRD-05", "Eight tensors of sizes that all differ.", 0},
     {.size = {3, 8, 1, 13, 5, 2, 9, 4}, .block = 2, .limit = 3, .magnitude = 1}},
    {{"many_parameters", "bounded", "GRD-05 DST-08",
      "163 and 17 parameters in blocks of 8: the norm crosses all ranks.", 0},
     {.size = {163, 17}, .block = 8, .limit = 1, .magnitude = 0.25}},
    {{"exact_triple", "exact", "GRD-05 DST-02",
      "3 and 4 in two tensors have the norm 5; the limit 2.5 halves them exactly.", 0},
     {.size = {4, 3}, .block = 1, .data = TRIPLES, .limit = 2.5}},
};

static void fill(struct assay_case *test, const struct setting *is)
{
    for (size_t k = 0; k < MOST && is->size[k]; k++) {
        char name[8];
        double magnitude = is->magnitude;
        snprintf(name, sizeof name, "g%d", (int)k + 1);
        if (is->data == SCALES)
            magnitude *= k == 0 ? 1e-3 : k == 1 ? 1 : 1e3;
        if (is->data == TRIPLES || (is->data == ONE_ZERO_TENSOR && k == 1))
            case_constant(test, name, DIMS(is->size[k]), 0);
        else
            case_signed(test, name, DIMS(is->size[k]), 0.25 * magnitude, 1.25 * magnitude);
        if (is->data == TRIPLES)
            case_input(test, name)[k + 1] = k == 0 ? -3 : 4;
    }
}

static const struct refusal refusals[] = {
    {"limit_zero", "one_parameter", NUMBER_SET, "limit", 0, "", 0,
     "Nothing would be left of a gradient."},
    {"negative_limit", "one_parameter", NUMBER_SET, "limit", -1, "", 0,
     "Gradients would change their signs."},
    {"no_limit", "one_parameter", NUMBER_GONE, "limit", 0, "", 0, "There is no usual limit."},
    {"negative_epsilon", "one_parameter", NUMBER_SET, "epsilon", -0.5, "", 0,
     "A divisor may become 0."},
    {"unknown_norm", "one_parameter", CHOICE_SET, "norm", 0, "half", 0, "There is no such norm."},
    {"unknown_scope", "one_parameter", CHOICE_SET, "scope", 0, "row", 0, "There is no such scope."},
    {"no_gradient", "one_parameter", INPUT_GONE, "g1", 0, "", 0, "There is nothing to clip."},
};

void gradient_clipping_by_norm_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, "limit", is->limit);
        if (is->epsilon > 0)
            case_number(test, "epsilon", is->epsilon);
        if (is->norm)
            case_choice(test, "norm", is->norm);
        if (is->by_tensor)
            case_choice(test, "scope", "tensor");
        fill(test, is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
