// SPDX-License-Identifier: MIT
/* Results in all three formats make the same result; what is no result is refused with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "npy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers --------------------------------------------------------------------------------- */

static const double hard[] = {0.0,
                              -0.0,
                              0x1p-1074,
                              -0x1p-1074,
                              0x1p-149,
                              0x1p-127,
                              0x1.fffffep127,
                              0.1,
                              0x1.fffffffffffffp1023,
                              INFINITY,
                              -INFINITY,
                              1.0 / 3,
                              -1e-310};
enum { HARD = sizeof hard / sizeof *hard };

static int same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void test_numbers(void **state)
{
    char text[64];
    double value;
    (void)state;
    for (size_t i = 0; i < HARD; i++) {
        snprintf(text, sizeof text, "%.17g", hard[i]);
        assert_int_equal(exchange_number(text, &value), 0);
        assert_true(same_bits(value, hard[i]));
        snprintf(text, sizeof text, "%a", hard[i]);
        assert_int_equal(exchange_number(text, &value), 0);
        assert_true(same_bits(value, hard[i]));
    }
    assert_int_equal(exchange_number("-0", &value), 0);
    assert_true(same_bits(value, -0.0));
    assert_int_equal(exchange_number("nan", &value), 0);
    assert_true(isnan(value));
    static const char *const bad[] = {"",        " 1",     "1 ",  "1e999", "0x1p1024", "1,5", "--1",
                                      "infinit", "nan(1)", "one", "1d3",   "+",        ".",   "x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(exchange_number(bad[i], &value), 2);
}

static void test_rounding(void **state)
{
    (void)state;
    double value = 0.1;
    assert_int_equal(exchange_round(EXCHANGE_F32, &value), 0);
    assert_true(value == (double)0.1f);
    value = 3.4028235e38; /* how FLT_MAX is often written */
    assert_int_equal(exchange_round(EXCHANGE_F32, &value), 0);
    assert_true(value == 0x1.fffffep127);
    value = 1e39;
    assert_int_equal(exchange_round(EXCHANGE_F32, &value), 2);
    value = 0.5;
    assert_int_equal(exchange_round(EXCHANGE_I32, &value), 2);
}

/* ---- arrays of NumPy ------------------------------------------------------------------------- */

static void test_npy_round_trip(void **state)
{
    (void)state;
    double back[HARD];
    struct npy npy;
    size_t size, dim[] = {HARD};
    unsigned char *bytes = npy_write("<f8", 1, dim, hard, &size);
    assert_null(npy_read(&npy, bytes, size));
    assert_int_equal(npy.count, HARD);
    assert_int_equal(npy_values(&npy, bytes, back), 0);
    for (size_t i = 0; i < HARD; i++)
        assert_true(same_bits(back[i], hard[i]));
    assert_non_null(npy_read(&npy, bytes, size - 1));
    for (size_t length = 0; length < size; length++)
        assert_non_null(npy_read(&npy, bytes, length));
    free(bytes);
}

static void test_npy_headers(void **state)
{
    static const struct {
        const char *header;
        size_t data;
        int good;
    } rows[] = {
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8, 1},
        {"{\"shape\":(1,),\"descr\":\">f2\",\"fortran_order\":True}", 2, 1},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", 3, 1},
        {"{'descr': '|b1', 'fortran_order': False, 'shape': (0, 5)}", 0, 1},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,99999999999)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': Perhaps, 'shape': (1,)}", 8, 0},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", 8, 0},
        {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", 8, 0},
        {"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", 8, 0},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} + 1", 8, 0},
        {"", 8, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char bytes[256] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
        size_t length = strlen(rows[i].header);
        struct npy npy;
        bytes[8] = (unsigned char)length;
        memcpy(bytes + 10, rows[i].header, length);
        const char *wrong = npy_read(&npy, bytes, 10 + length + rows[i].data);
        assert_true((wrong == NULL) == rows[i].good);
    }
}

static void test_npy_orders(void **state)
{
    static const char header[] = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3)}";
    unsigned char bytes[128] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, sizeof header - 1, 0};
    double value[6];
    struct npy npy;
    size_t from = 10 + sizeof header - 1;
    (void)state;
    memcpy(bytes + 10, header, sizeof header - 1);
    for (int i = 0; i < 6; i++) /* 0, -1, -2, ... down the columns */
        memcpy(bytes + from + 2 * i, (unsigned char[]){i ? 0xff : 0, (unsigned char)-i}, 2);
    assert_null(npy_read(&npy, bytes, from + 12));
    assert_int_equal(npy_values(&npy, bytes, value), 0);
    for (int r = 0; r < 2; r++)
        for (int c = 0; c < 3; c++)
            assert_true(value[3 * r + c] == -(2 * c + r));
}

/* ---- results --------------------------------------------------------------------------------- */

static const char head[] = "\"format\": \"assay-results\", \"format_version\": 2, "
                           "\"implementation\": \"me\", \"version\": \"1\", \"precision\": \"f64\"";

static int parse(struct assay_result *result, const char *text, size_t size, char *error)
{
    error[0] = '\0';
    int code = exchange_parse(result, (const unsigned char *)text, size, "any", error);
    if (code != 0) {
        assert_int_equal(code, 2);
        assert_true(strncmp(error, "any: ", 5) == 0 && strlen(error) > 20);
        assert_null(strchr(error, '\n'));
    }
    return code;
}

/* What both documents below say. */
static void check_sample(const struct assay_result *result)
{
    assert_string_equal(result->implementation, "me");
    assert_int_equal(result->techniques, 2);
    assert_string_equal(result->technique[0].name, "relu");
    assert_int_equal(result->technique[0].cases, 0);
    const struct assay_result_technique *t = &result->technique[1];
    assert_int_equal(t->conventions, 1);
    assert_string_equal(t->convention[0].name, "place");
    assert_int_equal(t->cases, 3);
    assert_string_equal(t->test[0].name, "one");
    assert_int_equal(t->test[0].outputs, 3);
    const struct assay_result_array *y = &t->test[0].output[2];
    assert_string_equal(y->name, "y");
    assert_int_equal(y->rank, 2);
    assert_int_equal(y->count, 4);
    assert_true(y->value[0] == 1 && same_bits(y->value[1], -0.0) && isnan(y->value[2]) &&
                y->value[3] == -INFINITY);
    assert_int_equal(t->test[0].output[0].count, 0);
    assert_int_equal(t->test[0].output[0].dim[1], 3);
    assert_int_equal(t->test[0].output[1].rank, 0);
    assert_true(t->test[0].output[1].value[0] == (double)0.1f);
    assert_string_equal(t->test[1].refused, "x, \"y\"");
    assert_string_equal(t->test[2].declined, "no");
}

static void test_json_and_csv(void **state)
{
    static const char json[] =
        "{\"format\": \"assay-results\", \"format_version\": 2, \"implementation\": \"me\","
        "\"version\": \"1\", \"precision\": \"f32\", \"techniques\": [\"relu\"],"
        "\"conventions\": {\"sigmoid\": {\"place\": \"in\"}}, \"answers\": ["
        "{\"technique\": \"sigmoid\", \"case\": \"two\", \"declined\": \"no\"},"
        "{\"technique\": \"sigmoid\", \"case\": \"three\", \"refused\": \"x, \\\"y\\\"\"},"
        "{\"technique\": \"sigmoid\", \"case\": \"one\", \"outputs\": {"
        "\"y\": {\"shape\": [2, 2], \"data\": [1, -0, \"NaN\", \"-Infinity\"]},"
        "\"s\": {\"type\": \"f32\", \"shape\": [], \"data\": [0.1]},"
        "\"e\": {\"type\": \"i32\", \"shape\": [0, 3], \"data\": []}}}]}";
    static const char csv[] = "technique,case,part,name,type,shape,values\r\n"
                              ",,file,format,text,,assay-results\r\n"
                              ",,file,format_version,i32,,2\n"
                              ",,file,implementation,text,,me\n"
                              ",,file,precision,text,,f32\n"
                              "relu,,technique,,,,\n"
                              "sigmoid,,convention,place,text,,in\n"
                              "sigmoid,two,declined,,text,,no\n"
                              "sigmoid,three,refused,,text,,\"x, \"\"y\"\"\"\n"
                              "sigmoid,one,output,y,f64,2 2,0x1p0 -0 nan -inf\n"
                              "\"sigmoid\",\"one\",\"output\",\"s\",\"f32\",,0.1\n"
                              "sigmoid,one,output,e,i32,0 3,";
    char error[ASSAY_ERROR];
    struct assay_result result;
    (void)state;
    assert_int_equal(parse(&result, json, sizeof json - 1, error), 0);
    check_sample(&result);
    assay_result_free(&result);
    assert_int_equal(parse(&result, csv, sizeof csv - 1, error), 0);
    check_sample(&result);
    assay_result_free(&result);
    for (size_t size = 0; size + 1 < sizeof json; size++)
        assert_int_equal(parse(&result, json, size, error), 2);
    for (size_t size = 0; size + 1 < sizeof csv; size++)
        if (parse(&result, csv, size, error) == 0)
            assay_result_free(&result);
}

static void test_refused_json(void **state)
{
    static const struct {
        const char *rest, *cause;
    } rows[] = {
        {", \"anwsers\": []", "anwsers"},
        {", \"version\": \"2\"", "JSON"}, /* twice */
        {", \"answers\": {}", "list"},
        {", \"answers\": [{\"technique\": \"..\", \"case\": \"b\", \"declined\": \"c\"}]", "'..'"},
        {", \"answers\": [{\"technique\": \"a/b\", \"case\": \"b\", \"declined\": \"c\"}]", "a/b"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"declined\": \"c\\n\"}]",
         "byte"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"declined\": \"c\"},"
         "{\"technique\": \"a\", \"case\": \"b\", \"declined\": \"c\"}]",
         "twice"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [2], \"data\": [1]}}}]",
         "flat list of 2"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [100000, 100000], \"data\": []}}}]",
         "elements"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [16384, 16384], \"data\": []}}}]",
         "64 MiB"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [0.5], \"data\": []}}}]",
         "whole"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [1], \"data\": [[1]]}}}]",
         "element 0"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"shape\": [1], \"data\": [1e999]}}}]",
         "JSON"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"outputs\": {\"y\": "
         "{\"type\": \"f16\", \"shape\": [1], \"data\": [1]}}}]",
         "type"},
        {", \"answers\": [{\"technique\": \"a\", \"case\": \"b\", \"refused\": \"c\","
         "\"outputs\": {\"y\": {\"shape\": [], \"data\": [1]}}}]",
         "refused and has outputs"},
        {", \"conventions\": {\"a\": {\"b\": 1}}", "word"},
    };
    char error[ASSAY_ERROR], text[1024];
    struct assay_result result;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int size = snprintf(text, sizeof text, "{%s%s}", head, rows[i].rest);
        assert_int_equal(parse(&result, text, (size_t)size, error), 2);
        if (strstr(error, rows[i].cause) == NULL)
            fail_msg("'%s' does not say '%s'", error, rows[i].cause);
    }
}

static void test_deep_json(void **state)
{
    enum { DEPTH = 1 << 20 };
    char error[ASSAY_ERROR], *text = malloc(DEPTH);
    struct assay_result result;
    (void)state;
    memset(text, '[', DEPTH);
    memcpy(text, "{\"a\":", 5);
    assert_int_equal(parse(&result, text, DEPTH, error), 2);
    free(text);
}

static void test_refused_csv(void **state)
{
    static const struct {
        const char *rest, *cause;
    } rows[] = {
        {"a,b,output,y,f64,2,1\n", "2 values"},
        {"a,b,output,y,f64,2,1 2 3\n", "2 values"},
        {"a,b,output,y,f64,0,1\n", "none"},
        {"a,b,output,y,f64,1  1,1\n", "shape"},
        {"a,b,output,y,f64,1 1 1 1 1,1\n", "shape"},
        {"a,b,output,y,f64,999999999999,1\n", "shape"},
        {"a,b,output,y,f64,,one\n", "value 0"},
        {"a,b,output,y,f16,,1\n", "type"},
        {"a,b,output,y,f32,,1e39\n", "value 0"},
        {"a,b,output,../y,f64,,1\n", "name"},
        {"a,b,result,y,f64,,1\n", "unknown part"},
        {"a,b,output,y,f64,1\n", "fewer"},
        {"a,b,output,y,f64,,1,\n", "more"},
        {"a,b,output,\"y,f64,,1\n", "quotes"},
        {"a,b,output,y\"z,f64,,1\n", "quotes"},
        {",,file,precision,text,,f64\n", "twice"},
        {",,file,unheard,text,,f64\n", "unheard"},
        {"a,b,declined,y,text,,no\n", "leave it out"},
        {"a,b,output,y,f64,,1\na,b,output,y,f64,,1\n", "twice"},
    };
    char error[ASSAY_ERROR], text[1024];
    struct assay_result result;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int size = snprintf(text, sizeof text,
                            "technique,case,part,name,type,shape,values\n"
                            ",,file,format,text,,assay-results\n,,file,format_version,i32,,2\n"
                            ",,file,implementation,text,,me\n,,file,precision,text,,f64\n%s",
                            rows[i].rest);
        assert_int_equal(parse(&result, text, (size_t)size, error), 2);
        if (strstr(error, rows[i].cause) == NULL)
            fail_msg("'%s' does not say '%s'", error, rows[i].cause);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_npy_round_trip), cmocka_unit_test(test_npy_headers),
        cmocka_unit_test(test_npy_orders),     cmocka_unit_test(test_json_and_csv),
        cmocka_unit_test(test_refused_json),   cmocka_unit_test(test_deep_json),
        cmocka_unit_test(test_refused_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
