// SPDX-License-Identifier: MIT
/* The interface for C and C++: the example of its header, and every misuse of it. */
#include "assay.h"

#include "case_test_files.h"

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct assay_implementation me = {"my library", "1.2", "f32"};

/* What is printed on stderr while a run is closed. */
static int closed(int (*close_run)(struct assay_run *), struct assay_run *run, char *printed)
{
    FILE *stream = fopen(in_folder("stderr.txt"), "w+");
    assert_non_null(stream);
    fflush(stderr);
    int old = dup(STDERR_FILENO);
    dup2(fileno(stream), STDERR_FILENO);
    int code = close_run(run);
    fflush(stderr);
    dup2(old, STDERR_FILENO);
    close(old);
    rewind(stream);
    printed[fread(printed, 1, 2 * ASSAY_ERROR - 1, stream)] = '\0';
    fclose(stream);
    return code;
}

static void assert_complaint(int (*close_run)(struct assay_run *), struct assay_run *run,
                             const char *const words[])
{
    char printed[2 * ASSAY_ERROR];
    assert_int_equal(closed(close_run, run, printed), 2);
    assert_int_equal(strncmp(printed, "assay: ", 7), 0);
    size_t length = strlen(printed);
    assert_int_equal(printed[length - 1], '\n');
    printed[length - 1] = '\0';
    assert_sentence(printed, words);
    assert_int_equal(access(in_folder("out.h5"), F_OK), -1);
    assert_int_equal(files_with(".tmp", 0), 0);
}

static struct assay_run *open_sample(void)
{
    struct assay_run *run;
    const char *const path[] = {in_folder("cases.h5")};
    remove(in_folder("out.h5"));
    write_sample(path[0], 0);
    assert_int_equal(assay_open(&run, &me, 1, path, in_folder("out.h5")), 0);
    return run;
}

/* The first case of sigmoid, begun. */
static struct assay_run *begin_sample(const struct assay_case **test)
{
    struct assay_run *run = open_sample();
    while (assay_next(run, test))
        if (strcmp((*test)->technique, "sigmoid") == 0)
            break;
    assay_begin(run, *test);
    return run;
}

static void test_example(void **state)
{
    char error[ASSAY_ERROR] = "";
    struct assay_result result;
    const struct assay_case *test;
    struct assay_run *run = open_sample();
    (void)state;
    while (assay_next(run, &test)) {
        if (strcmp(test->technique, "sigmoid") != 0)
            continue;
        if (strcmp(test->name, "alpha") == 0) {
            assay_decline(run, test, "too large");
            continue;
        }
        assay_begin(run, test);
        size_t count = assay_input_count(run, "x");
        if (strcmp(test->tier, "refused") == 0) {
            assay_output_f32(run, "y", 1, (size_t[]){count})[0] = 1; /* begun and given up */
            assay_refuse(run, test, "line 1:\n'rate' is negative");
            continue;
        }
        const float *x = assay_input_f32(run, "x");
        const double *same = assay_input_f64(run, "x");
        float *y = assay_output_f32(run, "y", 1, (size_t[]){count});
        double *z = assay_output_f64(run, "z", 0, NULL);
        for (size_t i = 0; i < count; i++) {
            assert_true((double)x[i] == same[i] && y[i] == 0);
            y[i] = 2 * x[i];
        }
        *z = assay_number(run, "rate") + assay_input_i32(run, "label")[1];
        assert_ptr_equal(x, assay_input_f32(run, "x"));
        assert_int_equal(assay_input_size(run, "x", 1), 3);
        assert_string_equal(assay_choice(run, "epsilon_place", "?"), "inside");
        assert_string_equal(assay_choice(run, "other", "?"), "?");
    }
    assay_follow(run, "sigmoid", "epsilon_place", "inside");
    assert_int_equal(assay_close(run), 0);
    assert_int_equal(assay_result_read(&result, in_folder("out.h5"), error), 0);
    assert_string_equal(result.implementation, "my library");
    assert_int_equal(result.techniques, 1);
    const struct assay_result_technique *technique = &result.technique[0];
    assert_string_equal(technique->name, "sigmoid");
    assert_string_equal(technique->convention[0].value, "inside");
    assert_int_equal(technique->cases, SAMPLE_CASES - 1);
    for (size_t i = 0; i < technique->cases; i++) {
        const struct assay_result_case *answer = &technique->test[i];
        int declined = strcmp(answer->name, "alpha") == 0;
        int refused = strcmp(answer->name, "impossible") == 0;
        assert_string_equal(answer->declined, declined ? "too large" : "");
        assert_string_equal(answer->refused, refused ? "line 1: 'rate' is negative" : "");
        assert_int_equal(answer->outputs, declined || refused ? 0 : 2);
        for (size_t k = 0; k < answer->outputs; k++)
            if (answer->output[k].rank == 0)
                assert_true(answer->output[k].value[0] == 0.001 - 39);
            else
                assert_true(answer->output[k].value[1] == -39.0 / 8);
    }
    assay_result_free(&result);
    remove(in_folder("out.h5"));
}

/* ---- opening --------------------------------------------------------------------------------- */

static void assert_not_opened(const struct assay_implementation *who, size_t paths,
                              const char *const path[], const char *result,
                              const char *const words[])
{
    struct assay_run *run;
    const struct assay_case *test;
    assert_int_equal(assay_open(&run, who, paths, path, result), 2);
    assert_int_equal(assay_next(run, &test), 0);
    assert_complaint(assay_complain, run, words);
}

static void test_not_opened(void **state)
{
    const struct assay_implementation half = {"mine", "1", "f8"}, nameless = {"", "1", "f32"};
    (void)state;
    write_sample(in_folder("cases.h5"), 0);
    write_sample(in_folder("again.h5"), 0);
    char first[512], second[512];
    snprintf(first, sizeof first, "%s", in_folder("cases.h5"));
    snprintf(second, sizeof second, "%s", in_folder("again.h5"));
    char result[512];
    snprintf(result, sizeof result, "%s", in_folder("out.h5"));
    assert_not_opened(&me, 0, NULL, result, WORDS("no case file"));
    assert_not_opened(&half, 1, WORDS(first), result, WORDS("precision", "f8"));
    assert_not_opened(&nameless, 1, WORDS(first), result, WORDS("implementation"));
    assert_not_opened(&me, 1, WORDS("none.h5"), result, WORDS("none.h5", "No such file"));
    assert_not_opened(&me, 1, WORDS(first), first, WORDS("cases.h5", "as result"));
    assert_not_opened(&me, 1, WORDS(first), test_folder, WORDS("directory"));
    assert_not_opened(&me, 1, WORDS(first), "/nowhere/r.h5", WORDS("folder"));
    assert_not_opened(&me, 2, WORDS(first, second), result,
                      WORDS("case ", "more than one of the case files"));
    assert_not_opened(&me, 2, WORDS(first, first), result, WORDS("more than one"));
    assert_int_equal(closed(assay_complain, NULL, first), 2);
}

/* ---- misuse ---------------------------------------------------------------------------------- */

/* One wrong call, and what the sentence says. */
struct misuse {
    const char *word;
    void (*make)(struct assay_run *run, const struct assay_case *test);
};

static void unknown_input(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assert_true(assay_input_f32(run, "w")[0] == 0);
}

static void wrong_type(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assert_int_equal(assay_input_i32(run, "x")[0], 0);
}

static void wrong_axis(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assert_int_equal(assay_input_size(run, "x", 2), 0);
}

static void unknown_number(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assert_true(assay_number(run, "speed") == 0);
}

static void unknown_choice(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assert_string_equal(assay_choice(run, "place", NULL), "");
}

static void begun_twice(struct assay_run *run, const struct assay_case *test)
{
    assay_begin(run, test);
}

static void begun_and_declined(struct assay_run *run, const struct assay_case *test)
{
    assay_decline(run, test, "second thoughts");
}

static void foreign_case(struct assay_run *run, const struct assay_case *test)
{
    struct assay_case copy = *test;
    assay_begin(run, &copy);
}

static void declined_without_reason(struct assay_run *run, const struct assay_case *test)
{
    assay_decline(run, test, "");
}

static void refused_twice(struct assay_run *run, const struct assay_case *test)
{
    assay_refuse(run, test, "impossible");
    assay_refuse(run, test, "still impossible");
}

static void refused_without_reason(struct assay_run *run, const struct assay_case *test)
{
    assay_refuse(run, test, "");
}

static void refused_with_long_reason(struct assay_run *run, const struct assay_case *test)
{
    char reason[ASSAY_TEXT + 1] = "";
    memset(reason, 'a', ASSAY_TEXT);
    assay_refuse(run, test, reason);
}

static void refused_before_begun(struct assay_run *run, const struct assay_case *test)
{
    const struct assay_case *next;
    (void)test;
    if (assay_next(run, &next))
        assay_refuse(run, next, "impossible");
}

static void output_after_refusal(struct assay_run *run, const struct assay_case *test)
{
    assay_refuse(run, test, "impossible");
    assay_output_f32(run, "y", 1, (size_t[]){4})[3] = 1;
}

static void output_twice(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assay_output_f32(run, "y", 1, (size_t[]){4});
    assay_output_f64(run, "y", 1, (size_t[]){4})[3] = 1;
}

static void output_rank(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assay_output_f32(run, "y", 5, (size_t[]){1, 1, 1, 1, 1})[0] = 1;
}

static void output_huge(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assay_output_f32(run, "y", 3, (size_t[]){SIZE_MAX, SIZE_MAX, 2})[0] = 1;
}

static void output_name(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assay_output_f32(run, "a/b", 0, NULL);
}

static void convention_name(struct assay_run *run, const struct assay_case *test)
{
    (void)test;
    assay_follow(run, "sigmoid", "a_name_of_more_than_thirty_six_characters", "one");
}

static void test_misuse(void **state)
{
    static const struct misuse misuses[] = {
        {"no input 'w'", unknown_input},
        {"int32_t", wrong_type},
        {"axis 2", wrong_axis},
        {"no number 'speed'", unknown_number},
        {"no convention 'place'", unknown_choice},
        {"twice", begun_twice},
        {"twice", begun_and_declined},
        {"assay_next has not returned", foreign_case},
        {"without a reason", declined_without_reason},
        {"refused twice", refused_twice},
        {"without a reason", refused_without_reason},
        {"without a reason", refused_with_long_reason},
        {"assay_begin first", refused_before_begun},
        {"is refused", output_after_refusal},
        {"put twice", output_twice},
        {"rank 5", output_rank},
        {"elements", output_huge},
        {"name", output_name},
        {"convention", convention_name},
    };
    (void)state;
    for (size_t i = 0; i < sizeof misuses / sizeof *misuses; i++) {
        const struct assay_case *test;
        struct assay_run *run = begin_sample(&test);
        size_t count = assay_input_count(run, "x");
        misuses[i].make(run, test);
        /* Errors are sticky, and loops over inputs stay harmless. */
        const double *x = assay_input_f64(run, "x");
        double *y = assay_output_f64(run, "late", 1, &count);
        for (size_t k = 0; k < count; k++)
            y[k] = x[k];
        assert_complaint(assay_close, run, WORDS(misuses[i].word));
    }
}

static void test_nothing_begun(void **state)
{
    struct assay_run *run = open_sample();
    (void)state;
    assert_true(assay_input_f64(run, "x")[0] == 0);
    assert_complaint(assay_close, run, WORDS("assay_begin"));
}

static void test_nothing_answered(void **state)
{
    char error[ASSAY_ERROR] = "";
    struct assay_result result;
    (void)state;
    assert_int_equal(assay_close(open_sample()), 0);
    assert_int_equal(assay_result_read(&result, in_folder("out.h5"), error), 0);
    assert_int_equal(result.techniques, 0);
    assay_result_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_example),          cmocka_unit_test(test_not_opened),
        cmocka_unit_test(test_misuse),           cmocka_unit_test(test_nothing_begun),
        cmocka_unit_test(test_nothing_answered),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
