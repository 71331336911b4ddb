// SPDX-License-Identifier: MIT
/* What is written is read back, the bytes depend on the content alone, and a failure loses
 * nothing. */
#include "case_test_files.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void assert_same_bytes(const char *left, const char *right)
{
    size_t sizes[2];
    unsigned char *bytes[2] = {read_bytes(left, &sizes[0]), read_bytes(right, &sizes[1])};
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void assert_values(const double *left, const double *right, size_t count)
{
    if (count > 0)
        assert_memory_equal(left, right, count * sizeof *left);
}

static void assert_same_request(const struct request *a, const struct request *b)
{
    assert_int_equal(a->numbers, b->numbers);
    for (size_t i = 0; i < a->numbers; i++) {
        assert_string_equal(a->number[i].name, b->number[i].name);
        assert_values(&a->number[i].value, &b->number[i].value, 1);
    }
    assert_int_equal(a->choices, b->choices);
    for (size_t i = 0; i < a->choices; i++) {
        assert_string_equal(a->choice[i].name, b->choice[i].name);
        assert_string_equal(a->choice[i].value, b->choice[i].value);
    }
    assert_int_equal(a->inputs, b->inputs);
    for (size_t i = 0; i < a->inputs; i++) {
        assert_string_equal(a->input[i].name, b->input[i].name);
        assert_int_equal(a->input[i].rank, b->input[i].rank);
        assert_int_equal(a->input[i].integral, b->input[i].integral);
        assert_int_equal(a->input[i].count, b->input[i].count);
        assert_memory_equal(a->input[i].dim, b->input[i].dim, sizeof a->input[i].dim);
        assert_values(a->input[i].value, b->input[i].value, a->input[i].count);
    }
    assert_int_equal(a->draws, b->draws);
    for (size_t i = 0; i < a->draws; i++) {
        assert_string_equal(a->draw[i].name, b->draw[i].name);
        assert_string_equal(a->draw[i].law, b->draw[i].law);
        assert_int_equal(a->draw[i].rank, b->draw[i].rank);
        assert_memory_equal(a->draw[i].dim, b->draw[i].dim, sizeof a->draw[i].dim);
    }
}

static void assert_same_case(const struct assay_case *a, const struct assay_case *b)
{
    assert_string_equal(a->technique, b->technique);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->tier, b->tier);
    assert_string_equal(a->covers, b->covers);
    assert_string_equal(a->why, b->why);
    assert_string_equal(a->quotes, b->quotes);
    assert_int_equal(a->laws, b->laws);
    for (size_t i = 0; i < a->laws; i++) {
        assert_string_equal(a->law[i].output, b->law[i].output);
        assert_string_equal(a->law[i].text, b->law[i].text);
    }
    assert_same_request(&a->request, &b->request);
}

static const struct assay_golden_array *output_named(const struct assay_golden *golden,
                                                     const char *name)
{
    for (size_t i = 0; i < golden->outputs; i++)
        if (strcmp(golden->output[i].name, name) == 0)
            return &golden->output[i];
    fail_msg("no output '%s'", name);
    return NULL;
}

static void assert_same_golden(const struct assay_golden *a, const struct assay_golden *b)
{
    assert_values(a->margin, b->margin, ASSAY_PRECISIONS);
    assert_memory_equal(a->certified, b->certified, sizeof a->certified);
    assert_int_equal(a->outputs, b->outputs);
    for (size_t i = 0; i < a->outputs; i++) {
        const struct assay_golden_array *x = &a->output[i], *y = output_named(b, x->name);
        assert_int_equal(x->rank, y->rank);
        assert_int_equal(x->integral, y->integral);
        assert_int_equal(x->count, y->count);
        assert_memory_equal(x->dim, y->dim, sizeof x->dim);
        assert_values(x->high, y->high, x->count);
        assert_values(x->low, y->low, x->count);
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            assert_values(x->bound[p], y->bound[p], x->count);
    }
}

static void check_round_trip(int with_golden)
{
    static const size_t order[] = {2, 0, 1, 3, 4}; /* by technique, then as in the file */
    char error[ASSAY_ERROR] = "";
    struct assay_file written = sample_file(with_golden), file;
    assert_int_equal(assay_file_write(&written, in_folder("a.h5"), error), 0);
    if (assay_file_read(&file, in_folder("a.h5"), with_golden, error) != 0)
        fail_msg("%s", error);
    assert_int_equal(file.cases, SAMPLE_CASES);
    assert_int_equal(file.golden != NULL, with_golden);
    for (size_t i = 0; i < SAMPLE_CASES; i++) {
        assay_case_sort(&written.test[order[i]]);
        assert_same_case(&written.test[order[i]], &file.test[i]);
        if (with_golden)
            assert_same_golden(&written.golden[order[i]], &file.golden[i]);
    }
    assert_int_equal(assay_file_write(&file, in_folder("b.h5"), error), 0);
    assert_int_equal(assay_file_write(&written, in_folder("c.h5"), error), 0);
    assert_same_bytes(in_folder("a.h5"), in_folder("b.h5"));
    assert_same_bytes(in_folder("b.h5"), in_folder("c.h5"));
    assay_file_free(&file);
    assert_int_equal(assay_file_read(&file, in_folder("b.h5"), with_golden, error), 0);
    assert_int_equal(assay_file_write(&file, in_folder("c.h5"), error), 0);
    assert_same_bytes(in_folder("b.h5"), in_folder("c.h5"));
    assay_file_free(&file);
    assay_file_free(&written);
}

static void test_round_trip(void **state)
{
    (void)state;
    check_round_trip(0);
    check_round_trip(1);
}

static void test_round_trip_in_process(void **state)
{
    (void)state;
    setenv("ASSAY_READ_IN_PROCESS", "1", 1);
    check_round_trip(1);
    unsetenv("ASSAY_READ_IN_PROCESS");
}

/* Times in HDF5 files count seconds. */
static void test_bytes_without_times(void **state)
{
    const struct timespec pause = {.tv_nsec = 10000000};
    (void)state;
    write_sample(in_folder("a.h5"), 1);
    for (time_t start = time(NULL); time(NULL) == start;)
        nanosleep(&pause, NULL);
    write_sample(in_folder("b.h5"), 1);
    assert_same_bytes(in_folder("a.h5"), in_folder("b.h5"));
}

static void test_lookup(void **state)
{
    struct assay_file file = sample_file(0);
    const struct assay_case *test = &file.test[0];
    (void)state;
    assert_true(assay_case_number(test, "rate", 7) == 0.001);
    assert_true(assay_case_number(test, "other", 7) == 7);
    assert_string_equal(assay_case_choice(test, "epsilon_place", "?"), "inside");
    assert_string_equal(assay_case_choice(test, "other", "?"), "?");
    assert_ptr_equal(assay_case_input(test, "label"), &test->request.input[1]);
    assert_null(assay_case_input(test, "other"));
    assay_file_free(&file);
}

/* ---- results --------------------------------------------------------------------------------- */

static struct assay_result sample_result(const char *precision)
{
    struct assay_result result = {.implementation = "mine", .version = "1.2", .techniques = 2};
    snprintf(result.precision, sizeof result.precision, "%s", precision);
    result.technique = test_memory(2, sizeof *result.technique);
    for (size_t t = 0; t < 2; t++) {
        struct assay_result_technique *technique = &result.technique[t];
        snprintf(technique->name, sizeof technique->name, "%s", t ? "sigmoid" : "relu");
        technique->conventions = 1;
        technique->convention = test_memory(1, sizeof *technique->convention);
        technique->convention[0] = (struct request_choice){"at_zero", "one"};
        technique->cases = 3;
        technique->test = test_memory(3, sizeof *technique->test);
        snprintf(technique->test[0].name, ASSAY_NAME, "first");
        snprintf(technique->test[1].name, ASSAY_NAME, "second");
        snprintf(technique->test[1].declined, ASSAY_TEXT, "no room");
        snprintf(technique->test[2].name, ASSAY_NAME, "third");
        snprintf(technique->test[2].refused, ASSAY_TEXT, "'rate' is negative");
        struct assay_result_case *test = &technique->test[0];
        struct request_array array = sample_array("y", 2, 4, 3, 0);
        array.value[0] = NAN;
        array.value[1] = -INFINITY;
        array.value[2] = t ? 0.1 : -0.0; /* 0.1 is not a binary32 number */
        test->outputs = 1;
        test->output = test_memory(1, sizeof *test->output);
        test->output[0] = (struct assay_result_array){.rank = 2, .count = array.count};
        memcpy(test->output[0].name, array.name, sizeof array.name);
        memcpy(test->output[0].dim, array.dim, sizeof array.dim);
        test->output[0].value = array.value;
    }
    return result;
}

static void check_result_round_trip(const char *precision)
{
    char error[ASSAY_ERROR] = "";
    struct assay_result written = sample_result(precision), result;
    assert_int_equal(assay_result_write(&written, in_folder("r.h5"), error), 0);
    if (assay_result_read(&result, in_folder("r.h5"), error) != 0)
        fail_msg("%s", error);
    assert_string_equal(result.implementation, "mine");
    assert_string_equal(result.version, "1.2");
    assert_string_equal(result.precision, precision);
    assert_int_equal(result.techniques, 2);
    for (size_t t = 0; t < 2; t++) {
        const struct assay_result_technique *a = &written.technique[t], *b = &result.technique[t];
        assert_string_equal(a->name, b->name);
        assert_int_equal(b->conventions, 1);
        assert_string_equal(b->convention[0].name, "at_zero");
        assert_string_equal(b->convention[0].value, "one");
        assert_int_equal(b->cases, 3);
        assert_string_equal(b->test[1].declined, "no room");
        assert_string_equal(b->test[1].refused, "");
        assert_int_equal(b->test[1].outputs, 0);
        assert_string_equal(b->test[2].declined, "");
        assert_string_equal(b->test[2].refused, "'rate' is negative");
        const struct assay_result_array *x = a->test[0].output, *y = b->test[0].output;
        assert_int_equal(y->rank, 2);
        assert_memory_equal(x->dim, y->dim, sizeof x->dim);
        assert_true(isnan(y->value[0]));
        assert_values(x->value + 1, y->value + 1, x->count - 1);
    }
    assert_int_equal(assay_result_write(&result, in_folder("s.h5"), error), 0);
    assert_same_bytes(in_folder("r.h5"), in_folder("s.h5"));
    assay_result_free(&result);
    assay_result_free(&written);
}

static void test_result_round_trip(void **state)
{
    (void)state;
    check_result_round_trip("f64");
    check_result_round_trip("f32");
}

static void test_result_refused(void **state)
{
    char error[ASSAY_ERROR] = "";
    struct assay_result result = sample_result("f8");
    (void)state;
    assert_int_equal(assay_result_write(&result, in_folder("r.h5"), error), 2);
    assert_sentence(error, WORDS("r.h5", "precision", "f8"));
    snprintf(result.precision, sizeof result.precision, "f32");
    snprintf(result.technique[0].name, ASSAY_NAME, "a/b");
    assert_int_equal(assay_result_write(&result, in_folder("r.h5"), error), 2);
    assert_sentence(error, WORDS("r.h5", "name"));
    assay_result_free(&result);
    result = sample_result("f32");
    snprintf(result.technique[0].test[1].refused, ASSAY_TEXT, "both");
    assert_int_equal(assay_result_write(&result, in_folder("r.h5"), error), 2);
    assert_sentence(error, WORDS("r.h5", "relu/second", "refused and declined"));
    result.technique[0].test[1].refused[0] = '\0';
    snprintf(result.technique[0].test[0].refused, ASSAY_TEXT, "with outputs");
    assert_int_equal(assay_result_write(&result, in_folder("r.h5"), error), 2);
    assert_sentence(error, WORDS("r.h5", "relu/first", "refused and has outputs"));
    assay_result_free(&result);
}

/* ---- where it cannot be written -------------------------------------------------------------- */

static void assert_not_writable(const char *path, const char *cause)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file = sample_file(0);
    assert_int_equal(assay_file_write(&file, path, error), 2);
    assert_sentence(error, WORDS("cannot be written", cause));
    assay_file_free(&file);
}

static void test_unwritable(void **state)
{
    char deep[600];
    (void)state;
    assert_not_writable(test_folder, "directory");
    assert_not_writable("", "name of a file");
    assert_not_writable("/dev/null", "regular");
    snprintf(deep, sizeof deep, "%s/none/a.h5", test_folder);
    assert_not_writable(deep, "does not exist");
    write_sample(in_folder("plain.h5"), 0);
    snprintf(deep, sizeof deep, "%s/plain.h5/a.h5", test_folder);
    assert_not_writable(deep, "plain.h5");
    if (geteuid() != 0) {
        assert_int_equal(chmod(test_folder, 0500), 0);
        assert_not_writable(in_folder("a.h5"), "writable");
        assert_int_equal(chmod(test_folder, 0700), 0);
    }
}

/* A limit on the size of files stands for a full disk: write() fails in the middle. */
static void test_full_disk(void **state)
{
    struct rlimit old;
    (void)state;
    write_sample(in_folder("kept.h5"), 1);
    write_sample(in_folder("before.h5"), 1);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = {1000, old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_not_writable(in_folder("kept.h5"), ": ");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_same_bytes(in_folder("kept.h5"), in_folder("before.h5"));
    assert_int_equal(files_with(".tmp", 0), 0);
}

static void test_replaces_behind_links(void **state)
{
    struct stat status;
    (void)state;
    write_bytes(in_folder("target.h5"), "old", 3);
    assert_int_equal(symlink("target.h5", in_folder("link.h5")), 0);
    write_sample(in_folder("link.h5"), 0);
    write_sample(in_folder("other.h5"), 0);
    assert_int_equal(lstat(in_folder("link.h5"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_same_bytes(in_folder("target.h5"), in_folder("other.h5"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_round_trip_in_process),
        cmocka_unit_test(test_bytes_without_times),
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_result_round_trip),
        cmocka_unit_test(test_result_refused),
        cmocka_unit_test(test_unwritable),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_replaces_behind_links),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
