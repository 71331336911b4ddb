// SPDX-License-Identifier: MIT
/* Gate files: what they say, every mistake in them, and bytes that are no gate file at all. */
#include "gate.h"

#include "corpus.h"
#include "words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char error[ASSAY_ERROR];

static int parse_bytes(struct gate *gate, const char *bytes, size_t length)
{
    error[0] = 0;
    return gate_parse(gate, bytes, length, "my.gate", error);
}

static struct gate good(const char *text)
{
    struct gate gate;
    if (parse_bytes(&gate, text, strlen(text)) != 0)
        fail_msg("%s", error);
    return gate;
}

/* One sentence with file and line, the cause and what to do. */
static void bad(const char *text, int line, const char *words)
{
    struct gate gate;
    char place[32];
    snprintf(place, sizeof place, "my.gate:%d: ", line);
    if (parse_bytes(&gate, text, strlen(text)) != 2)
        fail_msg("accepted: %s", text);
    if (strncmp(error, place, strlen(place)) != 0 || !strstr(error, words) || strchr(error, '\n'))
        fail_msg("'%s' says: %s", text, error);
}

static void test_everything(void **state)
{
    (void)state;
    struct gate g = good("\xEF\xBB\xBF# ours\r\n"
                         "\n"
                         "judge activations adam batch_normalization # a comment\r\n"
                         "\trequire adam gelu\n"
                         "tiers exact bounded\n"
                         "precision f32\n"
                         "convention batch_normalization.running_variance_kind=biased\n"
                         "grade B\n"
                         "grade C gelu\n"
                         "grade A activations\n"
                         "except gelu/tail in f32 until 2027-06-30 because of #123,  we know \n"
                         "at least 400 covered\n"
                         "at most 20 uncovered");
    assert_int_equal(g.judged.count, 3);
    assert_int_equal(g.judged.name[2].line, 3);
    assert_int_equal(g.required.count, 2);
    assert_int_equal(g.tiers.count, 2);
    assert_int_equal(g.conventions, 1);
    assert_string_equal(g.convention[0].name, "running_variance_kind");
    assert_string_equal(g.convention[0].value, "biased");
    assert_int_equal(g.exceptions, 1);
    assert_string_equal(g.exception[0].reason, "of #123,  we know");
    assert_string_equal(g.exception[0].precision, "f32");
    assert_int_equal(g.exception[0].until, 20270630);
    assert_int_equal(g.at_least, 400);
    assert_int_equal(g.at_most, 20);
    assert_true(gate_accepts_precision(&g, "f32") && !gate_accepts_precision(&g, "f64"));
    assert_true(gate_needs(&g, "gelu") == 'C' && gate_needs(&g, "relu") == 'A');
    assert_true(gate_needs(&g, "adam") == 'B');
    gate_free(&g);
}

static void test_what_is_judged(void **state)
{
    (void)state;
    struct gate g = good("judge activations adam");
    assert_true(gate_judges(&g, "relu") && gate_judges(&g, "adam"));
    assert_false(gate_judges(&g, "adamax"));
    assert_true(gate_judges(&g, "no_such_technique")); /* misspelt: never left out */
    gate_free(&g);
    g = good("at most 3 uncovered");
    assert_true(gate_judges(&g, "adamax") && gate_accepts_precision(&g, "f64"));
    assert_true(gate_needs(&g, "adamax") == 'A');
    gate_free(&g);
}

static void test_exceptions_by_name(void **state)
{
    (void)state;
    struct gate g = good("except gelu/* until 2027-06-30 because all\n"
                         "except gelu/ta* until 2027-06-30 because some\n"
                         "except gelu/tail in f64 until 2027-06-30 because one\n"
                         "except gelu/tail in f32 until 2027-06-30 because single\n"
                         "except ada* until 2027-06-30 because several techniques\n");
    assert_string_equal(gate_exception_for(&g, "gelu/tail", "f64")->reason, "one");
    assert_string_equal(gate_exception_for(&g, "gelu/tail", "f32")->reason, "single");
    assert_string_equal(gate_exception_for(&g, "gelu/tail", "f16")->reason, "some");
    assert_string_equal(gate_exception_for(&g, "gelu/tails", "f64")->reason, "some");
    assert_string_equal(gate_exception_for(&g, "gelu/plain", "f64")->reason, "all");
    assert_string_equal(gate_exception_for(&g, "adamax/x", "f64")->reason, "several techniques");
    assert_null(gate_exception_for(&g, "relu/tail", "f64"));
    gate_free(&g);
}

static const struct {
    const char *text;
    int line;
    const char *words;
} mistakes[] = {
    {"jugde adam", 1, "the nearest is 'judge'"},
    {"judge adam\n\nJudge gelu", 3, "'Judge' begins no statement"},
    {"judge", 1, "names nothing"},
    {"judge # adam", 1, "names nothing"},
    {"judge adamm", 1, "the nearest is 'adam'"},
    {"judge activation", 1, "the nearest is 'activations'"},
    {"judge adam adam", 1, "already in 'judge' in line 1"},
    {"judge adam\njudge gelu adam", 2, "in line 1"},
    {"require softmax softmx", 1, "the nearest is 'softmax'"},
    {"judge adam\nrequire gelu", 2, "no 'judge' names it"},
    {"judge adam\nrequire activations", 2, "no 'judge' names it"},
    {"judge gelu\nrequire activations", 2, "no 'judge' names it"},
    {"judge adam\ngrade B gelu", 2, "no 'judge' names it"},
    {"judge adam\nexcept gelu/tail until 2027-06-30 because x", 2, "no 'judge' names it"},
    {"judge gelu\nconvention adam.maximize = yes", 2, "no 'judge' names it"},
    {"tiers", 1, "names no tier"},
    {"tiers exact bound", 1, "the nearest is 'bounded'"},
    {"tiers exact\ntiers exact", 2, "already"},
    {"precision f31", 1, "no precision"},
    {"precision double", 1, "no precision"},
    {"precision f32\nexcept gelu/tail in f64 until 2027-06-30 because x", 2, "does not accept"},
    {"convention adam.maximize yes", 1, "no '='"},
    {"convention adam = yes", 1, "a dot between them"},
    {"convention = yes", 1, "a dot between them"},
    {"convention adam. = yes", 1, "is no convention"},
    {"convention .maximize = yes", 1, "is no convention"},
    {"convention adam.maximize =", 1, "exactly one value"},
    {"convention adam.maximize x = yes", 1, "exactly one value"},
    {"convention adam.maximize = yes no", 1, "too much"},
    {"convention adan.maximize = yes", 1, "the nearest is 'adam'"},
    {"convention optimizers.maximize = yes", 1, "no technique is named"},
    {"convention adam.maximize = yes\nconvention adam.maximize = no", 2, "already yes in line 1"},
    {"grade", 1, "a grade is A"},
    {"grade D", 1, "a grade is A"},
    {"grade F", 1, "a grade is A"},
    {"grade AB", 1, "a grade is A"},
    {"grade B gelo", 1, "the nearest is 'gelu'"},
    {"grade B\ngrade C", 2, "already B in line 1"},
    {"grade B gelu\ngrade B gelu", 2, "already B in line 1"},
    {"at 3", 1, "neither 'least' nor 'most'"},
    {"at least many covered", 1, "no number"},
    {"at least -3 covered", 1, "no number"},
    {"at least 3", 1, "'covered' must follow"},
    {"at least 3 uncovered", 1, "'covered' must follow"},
    {"at most 3 covered", 1, "'uncovered' must follow"},
    {"at most 3 uncovered please", 1, "too much"},
    {"at most 99999999999999999999 uncovered", 1, "no number"},
    {"at most 3 uncovered\nat most 3 uncovered", 2, "already in line 1"},
    {"except", 1, "no case is named"},
    {"except gelu", 1, "'gelu/*' excepts all"},
    {"except gelo", 1, "the nearest is 'gelu'"},
    {"except gelo/tail until 2027-06-30 because x", 1, "the nearest is 'gelu'"},
    {"except gelu/ until 2027-06-30 because x", 1, "names no case"},
    {"except * until 2027-06-30 because x", 1, "would except everything"},
    {"except gelu/*tail until 2027-06-30 because x", 1, "not at its end"},
    {"except */tail until 2027-06-30 because x", 1, "not at its end"},
    {"except zzz* until 2027-06-30 because x", 1, "no technique"},
    {"except gelu/tail because erf loses it", 1, "the date when the exception ends is missing"},
    {"except gelu/tail until 2027-06-30", 1, "the reason is missing"},
    {"except gelu/tail until 2027-06-30 because", 1, "no reason follows"},
    {"except gelu/tail until 2027-06-30 because \t ", 1, "no reason follows"},
    {"except gelu/tail until 2027-06-30 # because x", 1, "the reason is missing"},
    {"except gelu/tail until", 1, "no date follows"},
    {"except gelu/tail until tomorrow because x", 1, "'tomorrow' is no date"},
    {"except gelu/tail until 2027-6-30 because x", 1, "is no date"},
    {"except gelu/tail until 30.06.2027 because x", 1, "is no date"},
    {"except gelu/tail until 2027-02-29 because x", 1, "there is no day"},
    {"except gelu/tail until 2027-13-01 because x", 1, "there is no day"},
    {"except gelu/tail until 2027-00-00 because x", 1, "there is no day"},
    {"except gelu/tail until 2027-01-01 until 2027-01-01 because x", 1, "two dates"},
    {"except gelu/tail in until 2027-06-30 because x", 1, "no precision"},
    {"except gelu/tail in", 1, "no precision follows"},
    {"except gelu/tail in f32 in f64 until 2027-06-30 because x", 1, "not expected here"},
    {"except gelu/tail gelu/wide until 2027-06-30 because x", 1, "not expected here"},
    {"except gelu/tail until 2027-06-30 because x\n"
     "except gelu/tail until 2028-06-30 because y",
     2, "already excepted in line 1"},
    {"except gelu/tail until 2027-06-30 because x\n"
     "except gelu/tail in f32 until 2028-06-30 because y",
     2, "already excepted in line 1"},
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        bad(mistakes[i].text, mistakes[i].line, mistakes[i].words);
}

static void refused(const char *bytes, size_t length, const char *words)
{
    struct gate gate;
    assert_int_equal(parse_bytes(&gate, bytes, length), 2);
    if (!strstr(error, words) || strncmp(error, "my.gate:", 8) != 0)
        fail_msg("instead of '%s': %s", words, error);
}

static void test_no_gate_file_at_all(void **state)
{
    (void)state;
    char *much = malloc(GATE_BYTES + 1);
    assert_non_null(much);
    memset(much, 'a', GATE_BYTES + 1);
    refused("", 0, "states nothing");
    refused("\xEF\xBB\xBF", 3, "states nothing");
    refused("# only\n  # comments\n", 20, "states nothing");
    refused("judge adam\0", 11, "0x00");
    refused("judge adam\x1B[31m", 15, "0x1b");
    refused("judge \xFF", 7, "0xff");
    refused("judge \xC0\x80", 8, "0xc0"); /* NUL, written too long */
    refused("judge \xED\xA0\x80", 9, "0xed");
    refused("judge adam\rjudge gelu", 21, "0x0d");
    refused("j\0u\0d\0g\0e\0", 10, "0x00"); /* UTF-16 */
    refused(much, 100000, "the line has 100000 bytes");
    refused(much, GATE_BYTES + 1, "the most");
    much[9] = '\n';
    refused(much, 100000, ":1: 'aaaaaaaaa' begins no statement");
    memset(much, '#', GATE_BYTES);
    refused(much, GATE_BYTES, "at most");
    memset(much, '\n', GATE_BYTES);
    refused(much, GATE_BYTES, "states nothing");
    char reason[GATE_LINE] = "except gelu/tail until 2027-06-30 because ";
    memset(reason + strlen(reason), 'x', 700);
    refused(reason, strlen(reason), "shorten it");
    free(much);
}

/* Whatever is cut off, put in or changed: an answer, or a sentence that says why not. */
static void test_damaged(void **state)
{
    (void)state;
    static const char text[] = "judge activations adam\nconvention adam.maximize = yes\n"
                               "except gelu/ta* in f32 until 2027-06-30 because \xC3\xA9 #1\n"
                               "grade B gelu\nat least 4 covered\n";
    static const char put[] = {0, '\n', ' ', '#', '*', '/', '=', '.', '-', '9', 'z', (char)0xC3};
    char bytes[sizeof text];
    size_t accepted = 0, length = sizeof text - 1;
    struct gate gate;
    for (size_t at = 0; at < length; at++) {
        for (size_t k = 0; k <= sizeof put; k++) {
            memcpy(bytes, text, sizeof text);
            if (k < sizeof put)
                bytes[at] = put[k];
            /* In memory of exactly this size, so that a byte read beyond it is found. */
            size_t size = k < sizeof put ? length : at;
            char *exact = malloc(size ? size : 1);
            assert_non_null(exact);
            memcpy(exact, bytes, size);
            int status = parse_bytes(&gate, exact, size);
            free(exact);
            accepted += status == 0;
            assert_true(status == 0 || (status == 2 && strncmp(error, "my.gate:", 8) == 0));
            assert_null(strchr(error, '\n'));
            if (status == 0)
                gate_free(&gate);
        }
    }
    assert_true(accepted > 0);
}

static void test_conventions(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {"convention adam.maximise = yes", "the nearest is 'maximize'"},
        {"convention adam.maximize = perhaps", "the nearest value is 'yes'"},
        {"convention batch_normalization.running_variance_kind = bias", "'biased'"},
        {"convention relu.at_zeros = x", "relu"},
    };
    struct gate g = good("convention batch_normalization.running_variance_kind = biased\n"
                         "convention adam.epsilon_placement = inside_root\n");
    assert_int_equal(gate_check_conventions(&g, error), 0);
    gate_free(&g);
    g = good("convention batch_normalization.running_variance_kind = unbiased");
    assert_int_equal(gate_check_conventions(&g, error), 0); /* a default, stated hardly anywhere */
    gate_free(&g);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        g = good(wrong[i].text);
        assert_int_equal(gate_check_conventions(&g, error), 2);
        if (!strstr(error, wrong[i].words))
            fail_msg("%s: %s", wrong[i].text, error);
        gate_free(&g);
    }
}

/* A case has the convention that it states; and without stating one the default, and any value
 * that makes no difference to it. */
static void test_which_cases_have_a_convention(void **state)
{
    (void)state;
    struct case_list list;
    size_t both = 0, first = 0, second = 0, neither = 0;
    corpus_cases(corpus_find("batch_normalization"), &list);
    for (size_t i = 0; i < list.count; i++) {
        const char *stated = assay_case_choice(&list.test[i], "running_variance_kind", NULL);
        int biased = gate_has_convention(&list.test[i], "running_variance_kind", "biased");
        int unbiased = gate_has_convention(&list.test[i], "running_variance_kind", "unbiased");
        if (stated)
            assert_true(biased == !strcmp(stated, "biased") &&
                        unbiased == !strcmp(stated, "unbiased"));
        else
            assert_true(unbiased); /* the default */
        both += biased && unbiased;
        first += biased && !unbiased;
        second += unbiased && !biased;
        neither += !biased && !unbiased;
    }
    assert_true(both > 0 && first > 0 && second > 0 && neither == 1); /* 'whatever' */
    case_list_free(&list);
}

static void test_words(void **state)
{
    (void)state;
    char text[64] = "caf\xC3\xA9 \xFF\x01 cut\xE2\x82", date[11];
    words_repair(text);
    assert_string_equal(text, "caf\xC3\xA9 ?? cut??");
    assert_int_equal(words_date("2028-02-29"), 20280229);
    assert_int_equal(words_date("2100-02-29"), -1);
    assert_int_equal(words_date("2027-06-3x"), 0);
    assert_true(words_today() > 20200101);
    words_date_text(date, 20270630);
    assert_string_equal(date, "2027-06-30");
    words_shell(text, sizeof text, "my results/it's.h5");
    assert_string_equal(text, "'my results/it'\\''s.h5'");
    words_shell(text, sizeof text, "a/b.h5");
    assert_string_equal(text, "a/b.h5");
    words_shell(text, 12, "'''''''''''''''");
    assert_true(strlen(text) < 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_what_is_judged),
        cmocka_unit_test(test_exceptions_by_name),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_no_gate_file_at_all),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_conventions),
        cmocka_unit_test(test_which_cases_have_a_convention),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
