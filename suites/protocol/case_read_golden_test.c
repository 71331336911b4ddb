// SPDX-License-Identifier: MIT
/* Every way in which a golden or its bounds can be wrong is refused with its own sentence. */
#include "bound_code.h"
#include "hdf5_safe_test_files.h"

/* ---- goldens --------------------------------------------------------------------------------- */

static void no_golden(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/golden", H5P_DEFAULT);
}

static void no_outputs(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/bounds", H5P_DEFAULT);
    H5Ldelete(file, golden_path, H5P_DEFAULT);
    H5Ldelete(file, "/sigmoid/zulu/golden/class", H5P_DEFAULT);
}

static void output_group(hid_t file)
{
    H5Ldelete(file, golden_path, H5P_DEFAULT);
    make_group(file, golden_path);
}

static void no_margin(hid_t file)
{
    remove_attribute(file, "/sigmoid/zulu/golden", "margin_f64");
}

static void margin_text(hid_t file)
{
    put_text(file, "/sigmoid/zulu/golden", "margin_f32", "inf", 3, H5T_STR_NULLPAD);
}

/* A golden of this shape, in binary64; zeros where nothing is given. */
static void put_golden(hid_t file, int rank, const hsize_t *dim, const double *value)
{
    static const double zeros[64];
    put(file, golden_path, H5T_NATIVE_DOUBLE, rank, dim, H5P_DEFAULT,
        value != NULL ? value : zeros);
}

static void golden_scalar(hid_t file)
{
    put_golden(file, 0, NULL, NULL);
}

static void golden_three_layers(hid_t file)
{
    put_golden(file, 3, (const hsize_t[]){3, 2, 3}, NULL);
}

static void golden_no_layers(hid_t file)
{
    put_golden(file, 3, (const hsize_t[]){0, 2, 3}, NULL);
}

static void golden_rank_six(hid_t file)
{
    put_golden(file, 6, (const hsize_t[]){2, 1, 1, 1, 1, 1}, NULL);
}

static void golden_integers_of_rank_five(hid_t file)
{
    const int32_t values[6] = {0};
    put(file, golden_path, H5T_NATIVE_INT32, 5, (const hsize_t[]){1, 1, 1, 2, 3}, H5P_DEFAULT,
        values);
}

static void golden_long_integers(hid_t file)
{
    const int64_t values[6] = {0, 1, 2, INT64_C(1) << 40, 4, 5};
    put(file, "/sigmoid/zulu/golden/class", H5T_NATIVE_INT64, 2, shape, H5P_DEFAULT, values);
}

static void golden_other_shape(hid_t file)
{
    put_golden(file, 3, (const hsize_t[]){2, 3, 2}, NULL);
}

static void golden_nan(hid_t file)
{
    const double values[12] = {0, 0, 0, NAN};
    put_golden(file, 3, (const hsize_t[]){2, 2, 3}, values);
}

static void golden_low_large(hid_t file)
{
    const double values[12] = {1, 1, 1, 1, 1, 1, 0, 0, 1};
    put_golden(file, 3, (const hsize_t[]){2, 2, 3}, values);
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static const char bounds_path[] = "/sigmoid/zulu/bounds/y";
static const hsize_t bounds_shape[3] = {2, 2, 3};

static void put_code(hid_t file, uint16_t code)
{
    const uint16_t codes[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, code};
    put(file, bounds_path, H5T_NATIVE_UINT16, 3, bounds_shape, H5P_DEFAULT, codes);
}

static void code_after_largest(hid_t file)
{
    put_code(file, 32736);
}

static void code_before_infinite(hid_t file)
{
    put_code(file, 65534);
}

static void code_negative(hid_t file)
{
    const int32_t codes[12] = {0, 0, -1};
    put(file, bounds_path, H5T_NATIVE_INT32, 3, bounds_shape, H5P_DEFAULT, codes);
}

static void code_large(hid_t file)
{
    const int32_t codes[12] = {65536};
    put(file, bounds_path, H5T_NATIVE_INT32, 3, bounds_shape, H5P_DEFAULT, codes);
}

static void codes_floating(hid_t file)
{
    const double codes[12] = {NAN};
    put(file, bounds_path, H5T_NATIVE_DOUBLE, 3, bounds_shape, H5P_DEFAULT, codes);
}

static void codes_of_one_precision(hid_t file)
{
    const uint16_t codes[6] = {0};
    put(file, bounds_path, H5T_NATIVE_UINT16, 3, (const hsize_t[]){1, 2, 3}, H5P_DEFAULT, codes);
}

static void codes_without_precision(hid_t file)
{
    const uint16_t codes[6] = {0};
    put(file, bounds_path, H5T_NATIVE_UINT16, 2, shape, H5P_DEFAULT, codes);
}

static void codes_of_other_shape(hid_t file)
{
    const uint16_t codes[12] = {0};
    put(file, bounds_path, H5T_NATIVE_UINT16, 3, (const hsize_t[]){2, 3, 2}, H5P_DEFAULT, codes);
}

static void bounds_of_nothing(hid_t file)
{
    const uint16_t codes[12] = {0};
    put(file, "/sigmoid/zulu/bounds/z", H5T_NATIVE_UINT16, 3, bounds_shape, H5P_DEFAULT, codes);
}

static const struct spoiled table[] = {
    {{"/sigmoid/zulu", "no golden", "assay answer"}, no_golden},
    {{"zulu/golden", "no outputs"}, no_outputs},
    {{"golden/y", "not a dataset"}, output_group},
    {{"golden/margin_f64", "missing"}, no_margin},
    {{"golden/margin_f32", "not a number"}, margin_text},
    {{"golden/y", "first axis"}, golden_scalar},
    {{"golden/y", "first axis"}, golden_three_layers},
    {{"golden/y", "first axis"}, golden_no_layers},
    {{"golden/y", "rank 6", "at most 5"}, golden_rank_six},
    {{"golden/y", "rank 5", "at most 4"}, golden_integers_of_rank_five},
    {{"golden/class", "element 3", "32-bit integer"}, golden_long_integers},
    {{"bounds/y", "another shape than its golden"}, golden_other_shape},
    {{"golden/y", "element 3 is NaN"}, golden_nan},
    {{"golden/y", "low of element 2", "half a unit"}, golden_low_large},
    {{"bounds/y", "code 32736 at element 3"}, code_after_largest},
    {{"bounds/y", "code 65534 at element 3"}, code_before_infinite},
    {{"bounds/y", "code -1 at element 2"}, code_negative},
    {{"bounds/y", "code 65536 at element 0"}, code_large},
    {{"bounds/y", "not made of integers"}, codes_floating},
    {{"bounds/y", "another shape"}, codes_of_one_precision},
    {{"bounds/y", "another shape"}, codes_without_precision},
    {{"bounds/y", "another shape"}, codes_of_other_shape},
    {{"bounds/z", "not the name of a golden"}, bounds_of_nothing},
};

static void test_spoiled(void **state)
{
    (void)state;
    check_table(table, sizeof table / sizeof *table);
}

/* ---- damage that is no error ----------------------------------------------------------------- */

/* Reads good.h5 after this change; the first case of the file with the name zulu. */
static struct assay_golden_array *golden_after(void (*change)(hid_t file), struct assay_file *read)
{
    char error[ASSAY_ERROR] = "";
    write_sample(in_folder("good.h5"), 1);
    hid_t file = H5Fopen(in_folder("good.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    assert_true(H5Fclose(file) >= 0);
    if (assay_file_read(read, in_folder("good.h5"), 1, error) != 0)
        fail_msg("%s", error);
    for (size_t i = 0; i < read->cases; i++)
        if (strcmp(read->test[i].name, "zulu") == 0)
            for (size_t k = 0; k < read->golden[i].outputs; k++)
                if (strcmp(read->golden[i].output[k].name, "y") == 0)
                    return &read->golden[i].output[k];
    fail_msg("no golden of zulu");
    return NULL;
}

static void lose_bounds(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/bounds", H5P_DEFAULT);
}

/* Bounds that are lost make a case strict, never lax. */
static void test_lost_bounds(void **state)
{
    struct assay_file file;
    (void)state;
    struct assay_golden_array *y = golden_after(lose_bounds, &file);
    for (size_t i = 0; i < y->count; i++)
        assert_true(y->bound[ASSAY_F64][i] == 0 && y->bound[ASSAY_F32][i] == 0);
    assay_file_free(&file);
}

static void compress_golden(hid_t file)
{
    const double values[12] = {1, 2, 3, 4, 5, 6, 0x1p-54};
    const hsize_t chunk[3] = {1, 2, 2};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 3, chunk);
    H5Pset_deflate(creation, 4);
    put(file, golden_path, H5T_NATIVE_DOUBLE, 3, bounds_shape, creation, values);
    H5Pclose(creation);
    put_code(file, BOUND_INFINITE);
}

static void test_compressed_golden(void **state)
{
    struct assay_file file;
    (void)state;
    struct assay_golden_array *y = golden_after(compress_golden, &file);
    assert_true(y->high[5] == 6 && y->low[0] == 0x1p-54 && y->low[1] == 0);
    assert_true(isinf(y->bound[ASSAY_F32][3]) && y->bound[ASSAY_F32][2] == 0 &&
                y->bound[ASSAY_F64][3] == 0);
    assay_file_free(&file);
}

static void golden_one_layer(hid_t file)
{
    put_golden(file, 3, (const hsize_t[]){1, 2, 3}, NULL);
}

static void test_golden_without_low(void **state)
{
    struct assay_file file;
    (void)state;
    struct assay_golden_array *y = golden_after(golden_one_layer, &file);
    assert_int_equal(y->rank, 2);
    assert_int_equal(y->count, 6);
    assert_true(y->high[5] == 0 && y->low[5] == 0 && y->bound[ASSAY_F64][5] == 0x1p-50);
    assay_file_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spoiled),
        cmocka_unit_test(test_lost_bounds),
        cmocka_unit_test(test_compressed_golden),
        cmocka_unit_test(test_golden_without_low),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
