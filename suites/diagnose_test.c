// SPDX-License-Identifier: MIT
/* Planted mistakes, each made by taking the right answer (computed in another order of summation
 * than the goldens, with an error in every elementary function) and spoiling it; and right answers
 * and mistakes that nobody knows, for which nothing may be named. */
#include "corpus.h"
#include "diagnose.h"
#include "diagnose_test_rows.h"
#include "numerics.h"

#include <fenv.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* --- answers ---------------------------------------------------------------------------------- */

static void set_choice(struct request *r, const char *name, const char *value)
{
    size_t i = 0;
    while (i < r->choices && strcmp(r->choice[i].name, name) != 0)
        i++;
    snprintf(r->choice[i].name, sizeof r->choice[i].name, "%.47s", name);
    snprintf(r->choice[i].value, sizeof r->choice[i].value, "%.47s", value);
    r->choices += i == r->choices;
}

static void set_number(struct request *r, const char *name, double value)
{
    size_t i = 0;
    while (i < r->numbers && strcmp(r->number[i].name, name) != 0)
        i++;
    snprintf(r->number[i].name, sizeof r->number[i].name, "%.47s", name);
    r->number[i].value = value;
    r->numbers += i == r->numbers;
}

static double number_of(const struct request *r, const char *name)
{
    for (size_t i = 0; i < r->numbers; i++) {
        if (strcmp(r->number[i].name, name) == 0)
            return r->number[i].value;
    }
    return NAN;
}

static void change_request(struct request *r, const char *change)
{
    char text[96], *next = text;
    snprintf(text, sizeof text, "%s", change);
    while (*next) {
        char *word = next, *end = strchr(word, ' ');
        next = end ? end + 1 : word + strlen(word);
        if (end)
            *end = 0;
        char *equals = strchr(word, '='), *colon = strchr(word, ':'),
             *mark = equals ? equals : colon;
        assert_non_null(mark);
        *mark = 0;
        if (equals)
            set_number(r, word,
                       strcmp(mark + 1, "1-") ? strtod(mark + 1, NULL) : 1 - number_of(r, word));
        else
            set_choice(r, word, mark + 1);
    }
}

static int fork_named(const char *technique, const char *name)
{
    for (int f = 0; f < numerics_f64.forks(technique); f++) {
        if (strcmp(numerics_f64.fork(technique, f)->name, name) == 0)
            return f;
    }
    return -1;
}

static void answer_planted(struct answer *answer, const struct planted *p,
                           const struct assay_case *test, int single)
{
    const struct manner other = {FE_TONEAREST, SUM_REVERSED, 1, NOISE_NONE, 0, 0};
    struct request_choice choice[16];
    struct request_number number[24];
    struct request r = test->request;
    const struct numerics *numerics = single ? &numerics_f32 : &numerics_f64;
    if (r.choices)
        memcpy(choice, r.choice, r.choices * sizeof *choice);
    if (r.numbers)
        memcpy(number, r.number, r.numbers * sizeof *number);
    r.choice = choice;
    r.number = number;
    change_request(&r, p->change);
    int fork = p->fork[0] ? fork_named(p->technique, p->fork) : -1;
    assert_true(!p->fork[0] || fork >= 0);
    assert_int_equal(numerics->answer(p->technique, fork, &r, &other, answer), 0);
}

/* --- spoiling --------------------------------------------------------------------------------- */

static double rounded(double value, int bits)
{
    int exponent;
    double fraction = frexp(value, &exponent);
    return ldexp(nearbyint(ldexp(fraction, bits)), exponent - bits);
}

static size_t stride_of(const struct assay_result_array *x, int axis)
{
    size_t stride = 1;
    for (int a = axis + 1; a < x->rank; a++)
        stride *= x->dim[a];
    return stride;
}

static void transpose(struct assay_result_array *x, const double *was, int in_memory)
{
    size_t rows = x->dim[0], columns = x->dim[1];
    for (size_t i = 0; i < x->count; i++)
        x->value[i] = was[i % rows * columns + i / rows];
    if (!in_memory) {
        x->dim[0] = columns;
        x->dim[1] = rows;
    }
}

static void move_along(struct assay_result_array *x, const double *was, const struct planted *p)
{
    int axis = (int)p->a;
    size_t stride = stride_of(x, axis), size = x->dim[axis];
    for (size_t i = 0; i < x->count; i++) {
        long at = (long)(i / stride % size), last = (long)size - 1;
        long from = p->spoil == FLIPPED ? last - at : at - p->b;
        int inside = from >= 0 && from <= last;
        from = (from + (long)size) % (long)size;
        x->value[i] = inside || p->spoil == ROLLED ? was[(long)i + (from - at) * (long)stride] : 0;
    }
}

static void move_steps(struct assay_result_array *x, const double *was, const struct planted *p,
                       const struct assay_case *test)
{
    size_t row = x->count / x->dim[0];
    if (p->spoil == LATE) {
        memcpy(x->value + row, was, (x->count - row) * sizeof *was);
        memcpy(x->value, assay_case_input(test, "w")->value, row * sizeof *was);
    } else {
        memcpy(x->value, was + row, (x->count - row) * sizeof *was);
    }
}

static void change_shape(struct assay_result_array *x, const double *was, enum spoil spoil)
{
    size_t row = x->rank ? x->count / x->dim[0] : 1, rows = x->rank ? x->dim[0] : 1;
    if (spoil == FLAT) {
        x->rank = 1;
        x->dim[0] = x->count;
    } else if (spoil == NOT_REDUCED) {
        x->rank = 1;
        x->dim[0] = x->count = 5;
        for (int i = 0; i < 5; i++)
            x->value[i] = was[0] * (1 + 0.25 * (i - 2));
    } else {
        memset(x->value, 0, row * sizeof *was);
        for (size_t i = 0; i < x->count; i++)
            x->value[i % row] += was[i];
        memmove(x->dim, x->dim + 1, 3 * sizeof *x->dim);
        x->rank--;
        x->count /= rows;
    }
}

static int on_border(const struct assay_result_array *x, size_t i)
{
    size_t columns = x->dim[x->rank - 1], rows = x->dim[x->rank - 2];
    size_t column = i % columns, row = i / columns % rows;
    return row == 0 || column == 0 || row + 1 == rows || column + 1 == columns;
}

static double spoiled(const struct assay_result_array *x, const double *was, size_t i,
                      const struct planted *p)
{
    size_t row = x->rank ? x->count / x->dim[0] : 1;
    double value = was[i], strange = value * (1.3 + 0.2 * sin((double)i)) + 0.1;
    switch (p->spoil) {
    case SCALED:
        return value * p->a;
    case RAISED:
        return value + p->a;
    case SINGLE:
        return (double)(float)value;
    case ONCE_SINGLE:
        return (double)(float)(0.7 * value) / 0.7;
    case IN_HALF:
        return rounded(value, 11);
    case IN_BFLOAT16:
        return rounded(value, 8);
    case ZEROED:
        return 0;
    case NOT_A_NUMBER:
        return i == (size_t)p->a ? NAN : value;
    case INTEGERS:
        return trunc(value);
    case FIRST_ROW:
        return was[i % row];
    case SAME:
        return p->a;
    case FIRST_RIGHT:
        return i < row ? value : strange;
    case WRONG_AT:
        return i == (size_t)p->a ? strange : value;
    case BORDER_WRONG:
        return on_border(x, i) ? strange : value;
    case TANGLED:
        return value + p->a * (fabs(value) + 0.01) * sin(1.7 * (double)i + 0.9) *
                           exp(0.3 * cos(2.1 * (double)i));
    default:
        return value;
    }
}

static void spoil_output(struct assay_result_array *x, const struct planted *p,
                         const struct assay_case *test)
{
    double *was = malloc((x->count + 1) * sizeof *was);
    assert_non_null(was);
    memcpy(was, x->value, x->count * sizeof *was);
    if (p->spoil == TRANSPOSED || p->spoil == TRANSPOSED_IN_MEMORY)
        transpose(x, was, p->spoil == TRANSPOSED_IN_MEMORY);
    else if (p->spoil == FLIPPED || p->spoil == ROLLED || p->spoil == SHIFTED)
        move_along(x, was, p);
    else if (p->spoil == LATE || p->spoil == EARLY)
        move_steps(x, was, p, test);
    else if (p->spoil == NOT_REDUCED || p->spoil == REDUCED || p->spoil == FLAT)
        change_shape(x, was, p->spoil);
    else if (p->spoil == INPUT)
        memcpy(x->value, assay_case_input(test, p->other)->value, x->count * sizeof *was);
    else
        for (size_t i = 0; i < x->count; i++)
            x->value[i] = spoiled(x, was, i, p);
    free(was);
}

/* --- one row ---------------------------------------------------------------------------------- */

static void result_of(struct assay_result_case *result, const struct answer *answer,
                      const struct planted *p, const struct assay_case *test, int single)
{
    memset(result, 0, sizeof *result);
    result->outputs = answer->outputs;
    result->output = calloc(answer->outputs, sizeof *result->output);
    assert_non_null(result->output);
    for (size_t k = 0; k < answer->outputs; k++) {
        const struct answer_array *from = &answer->output[k];
        struct assay_result_array *to = &result->output[k];
        memcpy(to->name, from->name, sizeof to->name);
        memcpy(to->dim, from->dim, sizeof to->dim);
        to->rank = from->rank;
        to->count = from->count;
        to->value = malloc((from->count + 5) * sizeof *to->value);
        assert_non_null(to->value);
        memcpy(to->value, from->high, from->count * sizeof *to->value);
        if (!p->output[0] || strcmp(p->output, to->name) == 0)
            spoil_output(to, p, test);
        for (size_t i = 0; i < to->count && single; i++)
            to->value[i] = (double)(float)to->value[i];
    }
    if (p->spoil == EXCHANGED) {
        double *held = result->output[0].value;
        result->output[0].value = result->output[1].value;
        result->output[1].value = held;
    }
}

static void result_free(struct assay_result_case *result)
{
    for (size_t k = 0; k < result->outputs; k++)
        free(result->output[k].value);
    free(result->output);
}

/* The file of a technique; the last one is kept, since rows of one technique follow each other. */
static struct assay_file file;
static const char *file_of;

static size_t find_case(const struct planted *p)
{
    char error[ASSAY_ERROR] = "";
    if (!file_of || strcmp(file_of, p->technique) != 0) {
        if (file_of)
            assay_file_free(&file);
        assert_int_equal(corpus_read(corpus_find(p->technique), &file, error), 0);
        file_of = p->technique;
    }
    size_t i = 0;
    while (i < file.cases && strcmp(file.test[i].name, p->name) != 0)
        i++;
    if (i == file.cases)
        fail_msg("%s has no case %s", p->technique, p->name);
    return i;
}

static int try_row(const struct planted *p, const char *precision)
{
    struct answer answer;
    struct assay_result_case result;
    struct diagnosis diagnosis;
    size_t i = find_case(p);
    int single = strcmp(precision, "f32") == 0;
    answer_planted(&answer, p, &file.test[i], single);
    result_of(&result, &answer, p, &file.test[i], single);
    diagnose_case(&diagnosis, &file.test[i], &file.golden[i], &result, precision);
    int good = p->says[0] ? strstr(diagnosis.text, p->says) != NULL : !diagnosis.text[0];
    if (!good)
        print_error("%s/%s (%s %s %s, %d) in %s: wanted \"%s\", got \"%s\"\n", p->technique,
                    p->name, p->fork, p->change, p->output, (int)p->spoil, precision, p->says,
                    diagnosis.text);
    result_free(&result);
    answer_free(&answer);
    return good;
}

static size_t failures_of(const struct planted *rows, size_t count, const char *precision)
{
    size_t failures = 0;
    for (size_t i = 0; i < count; i++)
        failures += !try_row(&rows[i], precision);
    return failures;
}

static void test_known_mistakes_are_named(void **state)
{
    (void)state;
    assert_int_equal(failures_of(known, sizeof known / sizeof *known, "f64"), 0);
}

static void test_known_mistakes_are_named_in_binary32(void **state)
{
    (void)state;
    assert_int_equal(failures_of(known, sizeof known / sizeof *known, "f32"), 0);
}

static void test_shorter_precisions_are_named(void **state)
{
    (void)state;
    assert_int_equal(failures_of(shorter, sizeof shorter / sizeof *shorter, "f64"), 0);
}

static void test_nothing_else_is_named(void **state)
{
    (void)state;
    assert_int_equal(failures_of(unknown, sizeof unknown / sizeof *unknown, "f64"), 0);
    assert_int_equal(failures_of(unknown, sizeof unknown / sizeof *unknown, "f32"), 0);
}

/* A symmetric matrix is its transpose, and 0 is its own opposite: such accidents are no mistakes,
 * and do not explain what is wrong elsewhere. */
static void test_coincidences_are_not_named(void **state)
{
    (void)state;
    double high[9] = {1, 2, 3, 2, 5, 6, 3, 6, 9}, low[9] = {0}, bound[9], got[9];
    struct assay_golden_array array = {"y", 2,    {3, 3}, 9,
                                       0,   high, low,    {bound, bound, bound, bound}};
    struct assay_golden golden = {.outputs = 1, .output = &array};
    struct assay_result_array output = {"y", 2, {3, 3}, 9, got};
    struct assay_result_case result = {.outputs = 1, .output = &output};
    struct assay_case test = {.technique = "trace", .name = "symmetric", .tier = "bounded"};
    struct diagnosis diagnosis;
    for (int i = 0; i < 9; i++) {
        bound[i] = 1e-14;
        got[i] = high[i] + 0.013 * sin(3.1 * i + 0.5) * high[i];
    }
    diagnose_case(&diagnosis, &test, &golden, &result, "f64");
    assert_string_equal(diagnosis.text, "");
}

static void test_cases_that_fail_alike_are_summarised(void **state)
{
    (void)state;
    const struct diagnosed_case failing[] = {{"adam", "one", "transposed", 15.5},
                                             {"adam", "two", "all zeros", 17},
                                             {"adam", "three", "transposed", 14.5},
                                             {"lion", "four", "transposed", 15.5}};
    json_t *list = diagnose_summary_json(4, failing);
    assert_int_equal(json_array_size(list), 3);
    json_t *first = json_array_get(list, 0);
    assert_string_equal(json_string_value(json_object_get(first, "diagnosis")), "transposed");
    assert_int_equal(json_array_size(json_object_get(first, "cases")), 2);
    assert_int_equal(json_integer_value(json_object_get(first, "failing")), 3);
    assert_true(json_real_value(json_object_get(first, "digits")) < 14.6);
    json_decref(list);
}

/* What two cases of a technique that fail alike are told, with so much work for both. */
static void diagnose_two(const struct planted row[2], double units, struct diagnosis diagnosis[2])
{
    struct assay_result_case result[2];
    struct diagnose_item item[2];
    for (size_t k = 0; k < 2; k++) {
        struct answer answer;
        size_t i = find_case(&row[k]);
        answer_planted(&answer, &row[k], &file.test[i], 0);
        result_of(&result[k], &answer, &row[k], &file.test[i], 0);
        item[k] = (struct diagnose_item){&file.test[i], &file.golden[i], &result[k]};
        answer_free(&answer);
    }
    diagnose_cases(2, item, "f64", units, diagnosis);
    result_free(&result[0]);
    result_free(&result[1]);
}

/* Work is counted, not measured, so twice the same is said; and what explains the first case is found
 * in the second with less work than it took at first. */
static void test_cases_of_a_technique_share_their_work(void **state)
{
    (void)state;
    const char *change = "bias_correction:no beta1=0.5",
               *says = "equals adam/no_bias_correction and as with beta1 0.5";
    const struct planted row[2] = {{"adam", "resumed", "", change, "", AS_IT_IS, 0, 0, "", ""},
                                   {"adam", "resumed", "", change, "", AS_IT_IS, 0, 0, "", ""}};
    struct diagnosis first[2], again[2];
    for (double units = 0; units <= DIAGNOSE_UNITS; units = 4 * units + 1000) {
        diagnose_two(row, units, first);
        diagnose_two(row, units, again);
        for (size_t k = 0; k < 2; k++)
            assert_string_equal(first[k].text, again[k].text);
        if (strstr(first[0].text, says) && !strstr(first[1].text, says))
            fail_msg("%g units: the second case is not told what the first is: %s", units,
                     first[1].text);
    }
    if (!strstr(first[0].text, says))
        fail_msg("the pair of mistakes is not found: %s", first[0].text);
}

static void test_accidents_need_no_work(void **state)
{
    (void)state;
    const struct planted row[2] = {
        {"dense_layer", "rectangular", "", "", "dw", TRANSPOSED, 0, 0, "", ""},
        {"dense_layer", "wide", "", "", "db", SCALED, 2, 0, "", ""}};
    struct diagnosis diagnosis[2];
    diagnose_two(row, 0, diagnosis);
    assert_non_null(strstr(diagnosis[0].text, "transposed, to"));
    assert_non_null(strstr(diagnosis[1].text, "off by the factor 2"));
}

static int release(void **state)
{
    (void)state;
    if (file_of)
        assay_file_free(&file);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_mistakes_are_named),
        cmocka_unit_test(test_known_mistakes_are_named_in_binary32),
        cmocka_unit_test(test_shorter_precisions_are_named),
        cmocka_unit_test(test_nothing_else_is_named),
        cmocka_unit_test(test_coincidences_are_not_named),
        cmocka_unit_test(test_cases_that_fail_alike_are_summarised),
        cmocka_unit_test(test_cases_of_a_technique_share_their_work),
        cmocka_unit_test(test_accidents_need_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
