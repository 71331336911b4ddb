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
    put_number(file, "/sigmoid/zulu/inputs", "rate", INFINITY);
}

/* A convention that is empty, as h5py's Empty is. */
static void convention_null(hid_t file)
{
    hid_t group = open_group(file, "/sigmoid/zulu/inputs"), space = H5Screate(H5S_NULL);
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Adelete(group, "epsilon_place");
    hid_t id = H5Acreate2(group, "epsilon_place", type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(id >= 0);
    H5Aclose(id);
    H5Tclose(type);
    H5Sclose(space);
    H5Gclose(group);
}

static void number_compound(hid_t file)
{
    hid_t group = open_group(file, "/sigmoid/zulu/inputs"), space = H5Screate(H5S_SCALAR);
    hid_t type = H5Tcreate(H5T_COMPOUND, 8);
    H5Tinsert(type, "r", 0, H5T_IEEE_F64LE);
    H5Adelete(group, "rate");
    hid_t id = H5Acreate2(group, "rate", type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(id >= 0);
    H5Aclose(id);
    H5Tclose(type);
    H5Sclose(space);
    H5Gclose(group);
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
    put(file, "/sigmoid/zulu/draws", H5T_NATIVE_FLOAT, 2, shape, H5P_DEFAULT, six);
}

static void part_of_version_one(hid_t file)
{
    make_group(file, "/sigmoid/zulu/numbers");
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

/* ---- impossible and random cases ------------------------------------------------------------- */

static void impossible_without_quotes(hid_t file)
{
    remove_attribute(file, "/sigmoid/impossible", "quotes");
}

static void impossible_with_golden(hid_t file)
{
    assert_true(H5Lcreate_hard(file, "/sigmoid/zulu/golden", file, "/sigmoid/impossible/golden",
                               H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void impossible_with_bounds(hid_t file)
{
    make_group(file, "/sigmoid/impossible/bounds");
}

static void possible_with_quotes(hid_t file)
{
    put_text(file, "/sigmoid/zulu", "quotes", "rate", 4, H5T_STR_NULLPAD);
}

static void possible_with_laws(hid_t file)
{
    make_group(file, "/sigmoid/zulu/laws");
    put_text(file, "/sigmoid/zulu/laws", "y", "normal 0 1", 10, H5T_STR_NULLPAD);
}

static void random_without_laws(hid_t file)
{
    H5Ldelete(file, "/sigmoid/random/laws", H5P_DEFAULT);
}

static void law_number(hid_t file)
{
    put_number(file, "/sigmoid/random/laws", "y", 1);
}

static void law_long(hid_t file)
{
    put_text(file, "/sigmoid/random/laws", "y",
             "normal 0.00000000000000000000000000000000000000001", 49, H5T_STR_NULLPAD);
}

static void draw_number(hid_t file)
{
    put_number(file, "/sigmoid/random/draws", "mask", 1);
}

static void put_draw(hid_t file, const char *text)
{
    put_text(file, "/sigmoid/random/draws", "mask", text, H5T_VARIABLE, H5T_STR_NULLPAD);
}

static void draw_without_sizes(hid_t file)
{
    put_draw(file, "normal");
}

static void draw_without_law(hid_t file)
{
    put_draw(file, ": 3");
}

static void draw_of_negative_size(hid_t file)
{
    put_draw(file, "normal: -3");
}

static void draw_of_fraction(hid_t file)
{
    put_draw(file, "normal: 3.5");
}

static void draw_of_rank_five(hid_t file)
{
    put_draw(file, "normal: 1 1 1 1 1");
}

static void draw_with_blanks(hid_t file)
{
    put_draw(file, "normal: 3 ");
}

static void draw_of_absurd_size(hid_t file)
{
    put_draw(file, "normal: 99999999999999999999999999999999999999");
}

static void draw_of_absurd_product(hid_t file)
{
    put_draw(file, "normal: 268435456 2 0");
}

/* Each is allowed, and together they are more than a file may stand for. */
static void draws_of_absurd_sum(hid_t file)
{
    put_draw(file, "normal: 268435456");
    put_text(file, "/sigmoid/random/draws", "more", "normal: 268435456", H5T_VARIABLE,
             H5T_STR_NULLPAD);
    put_text(file, "/sigmoid/random/draws", "most", "normal: 268435456", H5T_VARIABLE,
             H5T_STR_NULLPAD);
}

static void draw_is_input(hid_t file)
{
    put_text(file, "/sigmoid/random/draws", "x", "normal: 3", H5T_VARIABLE, H5T_STR_NULLPAD);
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

static void version_one(hid_t file)
{
    put_number(file, "/", "format_version", 1);
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
    {{"zulu/inputs/rate", "infinite"}, number_infinite},
    {{"zulu/inputs/rate", "not a number"}, number_compound},
    {{"zulu/inputs/epsilon_place", "empty"}, convention_null},
    {{"/sigmoid/zulu", "'why' is empty"}, no_why},
    {{"/sigmoid/zulu/why", "longer than 639"}, why_long},
    {{"variable-length", "more than 4096"}, why_very_long},
    {{"/sigmoid/zulu/why", "control character"}, why_control},
    {{"/sigmoid/zulu/why", "invalid UTF-8 at byte 2"}, why_latin1},
    {{"tier 'easy'", "trajectory"}, tier_unknown},
    {{"zulu/input:", "unknown", "inputs"}, part_misspelt},
    {{"zulu/draws", "not a group"}, part_dataset},
    {{"zulu/numbers", "unknown", "inputs"}, part_of_version_one},
    {{"name of 54 characters", "47"}, name_long},
    {{"na??ve?", "printable ASCII"}, name_not_ascii},
    {{"/x", "not a group"}, dataset_at_root},
    {{"impossible", "'quotes' is empty"}, impossible_without_quotes},
    {{"impossible/golden", "holds outputs", "refused"}, impossible_with_golden},
    {{"impossible", "bounds and no golden"}, impossible_with_bounds},
    {{"zulu", "'quotes'", "leave it out"}, possible_with_quotes},
    {{"zulu", "draws or laws"}, possible_with_laws},
    {{"random", "no laws"}, random_without_laws},
    {{"laws/y", "not a string"}, law_number},
    {{"laws/y", "longer than 47"}, law_long},
    {{"draws/mask", "not a string"}, draw_number},
    {{"draws/mask", "a colon"}, draw_without_sizes},
    {{"draws/mask", "a colon"}, draw_without_law},
    {{"draws/mask", "a colon"}, draw_of_negative_size},
    {{"draws/mask", "a colon"}, draw_of_fraction},
    {{"draws/mask", "a colon"}, draw_of_rank_five},
    {{"draws/mask", "a colon"}, draw_with_blanks},
    {{"draws/mask", "at most 268435456 elements"}, draw_of_absurd_size},
    {{"draws/mask", "at most 268435456 elements"}, draw_of_absurd_product},
    {{"draws", "4 GiB"}, draws_of_absurd_sum},
    {{"draws/x", "either given or drawn"}, draw_is_input},
    {{"'format' is missing", "assay-cases"}, no_format},
    {{"assay-results", "'assay-cases' is needed"}, result_format},
    {{"format_version 1", "version 2"}, version_one},
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
