// SPDX-License-Identifier: MIT
/* Every way in which the contents of a file can be wrong is refused with its own sentence. */
#include "hdf5_safe_test_files.h"

/* ---- contents -------------------------------------------------------------------------------- */

static void input_nan(hid_t file)
{
    const float values[6] = {0, 1, NAN, 3, 4, 5};
    put(file, x_path, H5T_NATIVE_FLOAT, 2, shape, H5P_DEFAULT, values);
}

static void input_double(hid_t file)
{
    const double values[6] = {0, 1, 2, 0.1, 4, 5};
    put(file, x_path, H5T_NATIVE_DOUBLE, 2, shape, H5P_DEFAULT, values);
}

static void input_long_integer(hid_t file)
{
    const int64_t values[6] = {0, 1, 2, INT64_C(1) << 40, 4, 5};
    put(file, x_path, H5T_NATIVE_INT64, 2, shape, H5P_DEFAULT, values);
}

static void number_infinite(hid_t file)
{
    put_number(file, "/sigmoid/zulu/numbers", "rate", INFINITY);
}

static void number_text(hid_t file)
{
    put_text(file, "/sigmoid/zulu/numbers", "rate", "0.1", 3, H5T_STR_NULLPAD);
}

static void convention_number(hid_t file)
{
    put_number(file, "/sigmoid/zulu/conventions", "epsilon_place", 1);
}

static void no_why(hid_t file)
{
    remove_attribute(file, "/sigmoid/zulu", "why");
}

static void why_long(hid_t file)
{
    static char text[1000];
    memset(text, 'a', sizeof text);
    put_text(file, "/sigmoid/zulu", "why", text, sizeof text, H5T_STR_NULLPAD);
}

static void why_very_long(hid_t file)
{
    static char text[20000];
    memset(text, 'a', sizeof text - 1);
    put_text(file, "/sigmoid/zulu", "why", text, H5T_VARIABLE, H5T_STR_NULLPAD);
}

static void why_control(hid_t file)
{
    put_text(file, "/sigmoid/zulu", "why", "\033[2J", H5T_VARIABLE, H5T_STR_NULLPAD);
}

static void why_latin1(hid_t file)
{
    put_text(file, "/sigmoid/zulu", "why", "na\xefve", 5, H5T_STR_NULLPAD);
}

static void tier_unknown(hid_t file)
{
    put_text(file, "/sigmoid/zulu", "tier", "easy", 4, H5T_STR_NULLPAD);
}

static void part_misspelt(hid_t file)
{
    make_group(file, "/sigmoid/zulu/input");
}

static void part_dataset(hid_t file)
{
    put(file, "/sigmoid/zulu/numbers", H5T_NATIVE_FLOAT, 2, shape, H5P_DEFAULT, six);
}

static void name_long(hid_t file)
{
    make_group(file, "/a_name_of_more_than_forty_seven_characters_is_too_long");
}

static void name_not_ascii(hid_t file)
{
    make_group(file, "/na\xc3\xafve\n");
}

static void dataset_at_root(hid_t file)
{
    put(file, "/x", H5T_NATIVE_FLOAT, 2, shape, H5P_DEFAULT, six);
}

/* ---- goldens --------------------------------------------------------------------------------- */

static void no_golden(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/golden", H5P_DEFAULT);
}

static void no_high(hid_t file)
{
    H5Ldelete(file, high_path, H5P_DEFAULT);
}

static void no_low(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/golden/y/low", H5P_DEFAULT);
}

static void no_integral(hid_t file)
{
    remove_attribute(file, "/sigmoid/zulu/golden/y", "integral");
}

static void no_margin(hid_t file)
{
    remove_attribute(file, "/sigmoid/zulu/golden", "margin_f64");
}

static void other_shape(hid_t file)
{
    const hsize_t dim[2] = {3, 2};
    put(file, high_path, H5T_NATIVE_FLOAT, 2, dim, H5P_DEFAULT, six);
}

static void bound_negative(hid_t file)
{
    const double values[6] = {0, 0, 0, 0, 0, -1e-300};
    put(file, "/sigmoid/zulu/golden/y/bound_f32", H5T_NATIVE_DOUBLE, 2, shape, H5P_DEFAULT, values);
}

static void low_large(hid_t file)
{
    put(file, "/sigmoid/zulu/golden/y/low", H5T_NATIVE_FLOAT, 2, shape, H5P_DEFAULT, six);
}

/* ---- the root -------------------------------------------------------------------------------- */

static void no_format(hid_t file)
{
    remove_attribute(file, "/", "format");
}

static void result_format(hid_t file)
{
    put_text(file, "/", "format", "assay-results", 13, H5T_STR_NULLPAD);
}

static void version_two(hid_t file)
{
    put_number(file, "/", "format_version", 2);
}

static void no_cases(hid_t file)
{
    H5Ldelete(file, "/sigmoid", H5P_DEFAULT);
    H5Ldelete(file, "/relu", H5P_DEFAULT);
}

static const struct spoiled table[] = {
    {{"zulu/inputs/x", "element 2 is NaN"}, input_nan},
    {{"zulu/inputs/x", "element 3", "float32 first"}, input_double},
    {{"zulu/inputs/x", "element 3", "int32 first"}, input_long_integer},
    {{"zulu/numbers/rate", "infinite"}, number_infinite},
    {{"zulu/numbers/rate", "not a number"}, number_text},
    {{"zulu/conventions/epsilon_place", "not a string"}, convention_number},
    {{"/sigmoid/zulu", "'why' is empty"}, no_why},
    {{"/sigmoid/zulu/why", "longer than 639"}, why_long},
    {{"variable-length", "more than 4096"}, why_very_long},
    {{"/sigmoid/zulu/why", "control character"}, why_control},
    {{"/sigmoid/zulu/why", "invalid UTF-8 at byte 2"}, why_latin1},
    {{"tier 'easy'", "trajectory"}, tier_unknown},
    {{"zulu/input:", "unknown", "inputs"}, part_misspelt},
    {{"zulu/numbers", "not a group"}, part_dataset},
    {{"name of 54 characters", "47"}, name_long},
    {{"na??ve?", "printable ASCII"}, name_not_ascii},
    {{"/x", "not a group"}, dataset_at_root},
    {{"/sigmoid/zulu", "no golden", "assay answer"}, no_golden},
    {{"golden/y/high", "missing"}, no_high},
    {{"golden/y/low", "missing"}, no_low},
    {{"golden/y/integral", "missing"}, no_integral},
    {{"golden/margin_f64", "missing"}, no_margin},
    {{"golden/y/low", "another shape"}, other_shape},
    {{"golden/y", "bound_f32 of element 5", "negative"}, bound_negative},
    {{"golden/y", "low of element", "half a unit"}, low_large},
    {{"'format' is missing", "assay-cases"}, no_format},
    {{"assay-results", "'assay-cases' is needed"}, result_format},
    {{"format_version 2", "version 1"}, version_two},
    {{"no cases"}, no_cases},
};

static void test_spoiled(void **state)
{
    (void)state;
    check_table(table, sizeof table / sizeof *table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spoiled)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
