// SPDX-License-Identifier: MIT
/* The generator refuses what it cannot certify, and its bounds are neither empty nor huge. */
#include "case_builder.h"
#include "compare.h"
#include "golden.h"
#include "protocol/case_check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct assay_case *new_case(struct case_list *list, const char *technique, const char *tier)
{
    const struct case_head head = {"tested", tier, "", "a case of the tests", 0};
    *list = (struct case_list){.technique = technique};
    return case_add(list, &head);
}

static struct assay_case *dense_case(struct case_list *list, const char *tier)
{
    struct assay_case *test = new_case(list, "dense_layer", tier);
    case_uniform(test, "x", DIMS(5, 7), -1, 1);
    case_uniform(test, "w", DIMS(7, 3), -1, 1);
    case_uniform(test, "b", DIMS(3), -1, 1);
    case_uniform(test, "dy", DIMS(5, 3), -1, 1);
    return test;
}

static void refuse(struct case_list *list, const char *word)
{
    struct assay_golden golden;
    struct golden_findings found;
    char error[ASSAY_ERROR] = "";
    assert_int_equal(golden_derive(&list->test[0], &golden, &found, error), 2);
    if (!strstr(error, word))
        fail_msg("the sentence lacks '%s': %s", word, error);
    case_list_free(list);
}

static void test_bounds_are_a_few_roundings(void **state)
{
    (void)state;
    struct case_list list;
    struct assay_golden golden;
    struct golden_findings found;
    char error[ASSAY_ERROR] = "";
    assert_int_equal(golden_derive(dense_case(&list, "bounded"), &golden, &found, error), 0);
    assert_true(found.gradients == 3 && found.gradient_digits >= 20);
    assert_true(found.twins >= 1 && found.twin_digits >= 25);
    for (size_t k = 0; k < golden.outputs; k++) {
        const struct assay_golden_array *g = &golden.output[k];
        for (size_t i = 0; i < g->count; i++) {
            /* Chains of at most 8 terms of size 1: between one rounding and a few dozen. */
            assert_true(g->bound[ASSAY_F32][i] >= 0x1p-24 * fabs(g->high[i]));
            assert_true(g->bound[ASSAY_F32][i] <= 64 * 0x1p-24 * (1 + fabs(g->high[i])));
            double scale = g->bound[ASSAY_F32][i] / g->bound[ASSAY_F64][i];
            assert_true(scale > 0x1p24 && scale < 0x1p34);
        }
    }
    golden_free(&golden);
    case_list_free(&list);
}

static void test_inexact_data_cannot_be_exact(void **state)
{
    (void)state;
    struct case_list list;
    dense_case(&list, "exact");
    refuse(&list, "exact");
}

static void test_a_close_decision_is_refused(void **state)
{
    (void)state;
    struct case_list list;
    const double scores[] = {1, 1 + 0x1p-22, 0.5};
    const int label = 1;
    struct assay_case *test = new_case(&list, "accuracy", "bounded");
    case_values(test, "scores", DIMS(1, 3), scores);
    case_integers(test, "labels", DIMS(1), &label);
    refuse(&list, "decision");
}

static void test_what_is_not_finite_is_refused(void **state)
{
    (void)state;
    struct case_list list;
    struct assay_case *test = new_case(&list, "mean_squared_error", "bounded");
    case_constant(test, "y", DIMS(2, 2), 3e38);
    case_constant(test, "t", DIMS(2, 2), -3e38);
    case_constant(test, "dloss", SCALAR, 3e38);
    for (int i = 0; i < 4; i++)
        case_input(test, "y")[i] = INFINITY;
    refuse(&list, "not finite");
}

static void test_unusable_cases_are_refused(void **state)
{
    (void)state;
    struct case_list list;
    const int label = 7;
    struct assay_case *test = new_case(&list, "cross_entropy", "bounded");
    case_uniform(test, "z", DIMS(1, 3), -1, 1);
    case_integers(test, "labels", DIMS(1), &label);
    refuse(&list, "labels");
    new_case(&list, "no_such_technique", "bounded");
    refuse(&list, "not known");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_are_a_few_roundings),
        cmocka_unit_test(test_inexact_data_cannot_be_exact),
        cmocka_unit_test(test_a_close_decision_is_refused),
        cmocka_unit_test(test_what_is_not_finite_is_refused),
        cmocka_unit_test(test_unusable_cases_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
