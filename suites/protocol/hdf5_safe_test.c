// SPDX-License-Identifier: MIT
/* What could reach outside a file, lie about a size or trip the library is refused with its own
 * sentence, and every way in which other people's libraries write a good file is read. */
#include "hdf5_safe_test_files.h"

#include <zlib.h>

/* ---- links and places outside ---------------------------------------------------------------- */

static void external_link(hid_t file)
{
    H5Ldelete(file, x_path, H5P_DEFAULT);
    assert_true(H5Lcreate_external("good.h5", x_path, file, x_path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void external_technique(hid_t file)
{
    assert_true(
        H5Lcreate_external("good.h5", "/sigmoid", file, "/tanh", H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void soft_link(hid_t file)
{
    H5Ldelete(file, x_path, H5P_DEFAULT);
    assert_true(H5Lcreate_soft("scale", file, x_path, H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void soft_part(hid_t file)
{
    H5Ldelete(file, "/sigmoid/zulu/inputs", H5P_DEFAULT);
    assert_true(H5Lcreate_soft("/relu/one/inputs", file, "/sigmoid/zulu/inputs", H5P_DEFAULT,
                               H5P_DEFAULT) >= 0);
}

static void external_storage(hid_t file)
{
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(creation, "/etc/hostname", 0, 24);
    put(file, x_path, H5T_NATIVE_FLOAT, 2, shape, creation, NULL);
    H5Pclose(creation);
}

static void virtual_dataset(hid_t file)
{
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, shape, NULL);
    H5Pset_virtual(creation, space, "good.h5", x_path, space);
    put(file, x_path, H5T_NATIVE_FLOAT, 2, shape, creation, NULL);
    H5Sclose(space);
    H5Pclose(creation);
}

static void group_cycle(hid_t file)
{
    assert_true(H5Lcreate_hard(file, "/", file, "/sigmoid/zulu/inputs/again", H5P_DEFAULT,
                               H5P_DEFAULT) >= 0);
}

static void case_cycle(hid_t file)
{
    assert_true(H5Lcreate_hard(file, "/", file, "/loop", H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

/* ---- types and shapes ------------------------------------------------------------------------ */

static void put_type(hid_t file, hid_t type, int close)
{
    put(file, x_path, type, 2, shape, H5P_DEFAULT, NULL);
    if (close)
        H5Tclose(type);
}

static void compound(hid_t file)
{
    hid_t type = H5Tcreate(H5T_COMPOUND, 8);
    H5Tinsert(type, "a", 0, H5T_NATIVE_FLOAT);
    put_type(file, type, 1);
}

static void variable_length(hid_t file)
{
    put_type(file, H5Tvlen_create(H5T_NATIVE_FLOAT), 1);
}

static void reference_type(hid_t file)
{
    put_type(file, H5T_STD_REF_OBJ, 0);
}

static void text_type(hid_t file)
{
    put_type(file, H5T_C_S1, 0);
}

static void boolean(hid_t file)
{
    hid_t type = H5Tenum_create(H5T_NATIVE_INT8);
    int8_t value = 0;
    H5Tenum_insert(type, "FALSE", &value);
    put_type(file, type, 1);
}

static void long_double(hid_t file)
{
    put_type(file, H5T_NATIVE_LDOUBLE, 0);
}

static void committed(hid_t file)
{
    hid_t type = H5Tcopy(H5T_NATIVE_FLOAT);
    H5Tcommit2(file, "/sigmoid/zulu/inputs/t", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    put_type(file, type, 1);
    H5Ldelete(file, "/sigmoid/zulu/inputs/t", H5P_DEFAULT);
}

static void type_as_input(hid_t file)
{
    hid_t type = H5Tcopy(H5T_NATIVE_FLOAT);
    H5Tcommit2(file, "/sigmoid/zulu/inputs/t", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Tclose(type);
}

static void rank_five(hid_t file)
{
    const hsize_t dim[5] = {1, 1, 1, 2, 3};
    put(file, x_path, H5T_NATIVE_FLOAT, 5, dim, H5P_DEFAULT, six);
}

static void null_space(hid_t file)
{
    put(file, x_path, H5T_NATIVE_FLOAT, -1, NULL, H5P_DEFAULT, NULL);
}

static void huge(hid_t file)
{
    const hsize_t dim[4] = {1u << 10, 1u << 10, 1u << 10, 1u << 10};
    put(file, x_path, H5T_NATIVE_FLOAT, 4, dim, H5P_DEFAULT, NULL);
}

static void huge_without_data(hid_t file)
{
    const hsize_t dim[1] = {1u << 28};
    put(file, x_path, H5T_NATIVE_FLOAT, 1, dim, H5P_DEFAULT, NULL);
}

static void huge_chunked_without_data(hid_t file)
{
    const hsize_t dim[1] = {1u << 28}, chunk[1] = {1u << 20};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 1, chunk);
    put(file, x_path, H5T_NATIVE_FLOAT, 1, dim, creation, NULL);
    H5Pclose(creation);
}

static void huge_chunk(hid_t file)
{
    const hsize_t dim[1] = {6}, chunk[1] = {1u << 28};
    const hsize_t unlimited[1] = {H5S_UNLIMITED};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, dim, unlimited);
    H5Pset_chunk(creation, 1, chunk);
    H5Ldelete(file, x_path, H5P_DEFAULT);
    H5Dclose(H5Dcreate2(file, x_path, H5T_NATIVE_FLOAT, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Sclose(space);
    H5Pclose(creation);
}

static void many_chunks(hid_t file)
{
    const hsize_t dim[1] = {100000}, chunk[1] = {1};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 1, chunk);
    put(file, x_path, H5T_NATIVE_FLOAT, 1, dim, creation, NULL);
    H5Pclose(creation);
}

static void other_filter(hid_t file)
{
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 2, shape);
    H5Pset_nbit(creation);
    put(file, x_path, H5T_NATIVE_FLOAT, 2, shape, creation, six);
    H5Pclose(creation);
}

/* Compressed chunks with other contents than they should have: see hdf5_safe_chunk.c. */
static void put_raw_chunk(hid_t file, const void *bytes, size_t size)
{
    hsize_t dim[1] = {50000}, offset[1] = {0};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 1, dim);
    H5Pset_deflate(creation, 6);
    put(file, x_path, H5T_NATIVE_FLOAT, 1, dim, creation, NULL);
    H5Pclose(creation);
    hid_t dataset = H5Dopen2(file, x_path, H5P_DEFAULT);
    assert_true(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, offset, size, bytes) >= 0);
    H5Dclose(dataset);
}

static void put_zeros(hid_t file, uLong count)
{
    uLongf size = compressBound(count);
    unsigned char *zeros = test_memory(count, 1), *bytes = test_memory(size, 1);
    assert_int_equal(compress2(bytes, &size, zeros, count, 1), Z_OK);
    put_raw_chunk(file, bytes, size);
    free(zeros);
    free(bytes);
}

static void chunk_too_short(hid_t file)
{
    put_zeros(file, 10);
}

static void chunk_bomb(hid_t file)
{
    put_zeros(file, 30000000);
}

static void chunk_garbage(hid_t file)
{
    put_raw_chunk(file, "no deflate stream", 17);
}

static const struct spoiled table[] = {
    {{"zulu/inputs/x", "external link"}, external_link},
    {{"/tanh", "external link"}, external_technique},
    {{"zulu/inputs/x", "soft link"}, soft_link},
    {{"zulu/inputs", "soft link"}, soft_part},
    {{"zulu/inputs/x", "external storage"}, external_storage},
    {{"zulu/inputs/x", "virtual dataset"}, virtual_dataset},
    {{"zulu/inputs/again", "not a dataset"}, group_cycle},
    {{"/loop", "is unknown"}, case_cycle},
    {{"zulu/inputs/x", "store float32"}, compound},
    {{"zulu/inputs/x", "store float32"}, variable_length},
    {{"zulu/inputs/x", "store float32"}, reference_type},
    {{"zulu/inputs/x", "store float32"}, text_type},
    {{"zulu/inputs/x", "store float32"}, boolean},
    {{"zulu/inputs/x", "store float32"}, long_double},
    {{"zulu/inputs/x", "committed"}, committed},
    {{"zulu/inputs/t", "not a dataset"}, type_as_input},
    {{"zulu/inputs/x", "rank 5", "at most 4"}, rank_five},
    {{"zulu/inputs/x", "no shape"}, null_space},
    {{"zulu/inputs/x", "more than 268435456 elements"}, huge},
    {{"zulu/inputs/x", "more values than the file holds"}, huge_without_data},
    {{"zulu/inputs/x", "above what it may hold"}, huge_chunked_without_data},
    {{"zulu/inputs/x", "chunks of more than"}, huge_chunk},
    {{"zulu/inputs/x", "more than 65536 chunks"}, many_chunks},
    {{"zulu/inputs/x", "filter 5", "deflate"}, other_filter},
    {{"zulu/inputs/x", "chunk", "damaged or hostile"}, chunk_too_short},
    {{"zulu/inputs/x", "chunk", "damaged or hostile"}, chunk_bomb},
    {{"zulu/inputs/x", "chunk", "damaged or hostile"}, chunk_garbage},
};

static void test_spoiled(void **state)
{
    (void)state;
    check_table(table, sizeof table / sizeof *table);
}

/* ---- what is no HDF5 file -------------------------------------------------------------------- */

static void assert_unreadable(const char *path, const char *cause)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    struct assay_result result;
    const char *const words[] = {path, cause, NULL};
    assert_int_equal(assay_file_read(&file, path, 0, error), 2);
    assert_sentence(error, words);
    error[0] = '\0';
    assert_int_equal(assay_result_read(&result, path, error), 2);
    assert_sentence(error, words);
}

static void test_no_hdf5(void **state)
{
    (void)state;
    write_bytes(in_folder("text.h5"), "x,y\n1,2\n", 8);
    write_bytes(in_folder("empty.h5"), "", 0);
    write_bytes(in_folder("start.h5"), "\x89HDF\r\n\x1a\n", 8);
    assert_unreadable(in_folder("text.h5"), "is not an HDF5 file");
    assert_unreadable(in_folder("empty.h5"), "is empty");
    assert_unreadable(in_folder("start.h5"), "truncated");
    assert_unreadable(in_folder("none.h5"), "No such file");
    assert_unreadable(test_folder, "directory");
    assert_unreadable("/dev/zero", "not a regular file");
}

/* ---- what other libraries write -------------------------------------------------------------- */

static void put_stored(hid_t file, const char *name, hid_t type, int shuffle, int checksum)
{
    float values[3000];
    const hsize_t dim[2] = {100, 30}, chunk[2] = {64, 7};
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(2, dim, NULL);
    for (size_t i = 0; i < 3000; i++)
        values[i] = (float)(i % 100);
    H5Pset_chunk(creation, 2, chunk);
    if (shuffle) {
        H5Pset_shuffle(creation);
        H5Pset_deflate(creation, 9);
    }
    if (checksum)
        H5Pset_fletcher32(creation);
    hid_t dataset = H5Dcreate2(file, name, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Pclose(creation);
}

static hid_t binary16(void)
{
    hid_t type = H5Tcopy(H5T_IEEE_F32LE);
    H5Tset_fields(type, 15, 10, 5, 0, 10);
    H5Tset_size(type, 2);
    H5Tset_ebias(type, 15);
    return type;
}

static void make_foreign(const char *path)
{
    const hsize_t one[1] = {1};
    const int32_t version = ASSAY_SCHEMA_VERSION;
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), half = binary16();
    put_text(file, "/", "format", "assay-cases", H5T_VARIABLE, H5T_STR_NULLPAD);
    hid_t space = H5Screate_simple(1, one, NULL);
    hid_t id = H5Acreate2(file, "format_version", H5T_STD_I16BE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(id, H5T_NATIVE_INT32, &version);
    H5Aclose(id);
    H5Sclose(space);
    make_group(file, "/sigmoid");
    make_group(file, "/sigmoid/foreign");
    put_text(file, "/sigmoid/foreign", "why", "Padded.   ", 10, H5T_STR_SPACEPAD);
    put_text(file, "/sigmoid/foreign", "tier", "exact\0xx", 8, H5T_STR_NULLTERM);
    make_group(file, "/sigmoid/foreign/inputs");
    hid_t inputs = open_group(file, "/sigmoid/foreign/inputs");
    put_stored(inputs, "plain", H5T_IEEE_F32LE, 0, 0);
    put_stored(inputs, "big_endian", H5T_IEEE_F64BE, 1, 1);
    put_stored(inputs, "half", half, 1, 0);
    put_stored(inputs, "bytes", H5T_STD_U8LE, 0, 1);
    put_stored(inputs, "long", H5T_STD_I64BE, 1, 1);
    H5Gclose(inputs);
    H5Tclose(half);
    H5Fclose(file);
}

static void test_foreign(void **state)
{
    char error[ASSAY_ERROR] = "";
    struct assay_file file;
    (void)state;
    make_foreign(in_folder("foreign.h5"));
    if (assay_file_read(&file, in_folder("foreign.h5"), 0, error) != 0)
        fail_msg("%s", error);
    const struct assay_case *test = &file.test[0];
    assert_string_equal(test->why, "Padded.");
    assert_string_equal(test->tier, "exact");
    assert_string_equal(test->covers, "");
    assert_int_equal(test->request.inputs, 5);
    for (size_t k = 0; k < 5; k++) {
        const struct request_array *input = &test->request.input[k];
        int integral = strcmp(input->name, "bytes") == 0 || strcmp(input->name, "long") == 0;
        assert_int_equal(input->integral, integral);
        assert_int_equal(input->count, 3000);
        for (size_t i = 0; i < input->count; i++)
            assert_true(input->value[i] == (double)(i % 100));
    }
    assay_file_free(&file);
}

/* A flipped byte in a chunk with a checksum. */
static void test_checksum(void **state)
{
    size_t size;
    char error[ASSAY_ERROR] = "";
    const float value = 1234.5f;
    struct assay_file file;
    (void)state;
    write_sample(in_folder("checksum.h5"), 0);
    hid_t id = H5Fopen(in_folder("checksum.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const float values[6] = {0, 1, 2, value, 4, 5};
    H5Pset_chunk(creation, 2, shape);
    H5Pset_fletcher32(creation);
    put(id, x_path, H5T_NATIVE_FLOAT, 2, shape, creation, values);
    H5Pclose(creation);
    H5Fclose(id);
    unsigned char *bytes = read_bytes(in_folder("checksum.h5"), &size);
    size_t at = 0;
    while (at + sizeof value < size && memcmp(bytes + at, &value, sizeof value) != 0)
        at++;
    bytes[at] ^= 1;
    write_bytes(in_folder("checksum.h5"), bytes, size);
    free(bytes);
    assert_int_equal(assay_file_read(&file, in_folder("checksum.h5"), 0, error), 2);
    assert_sentence(error, (const char *const[]){"zulu/inputs/x", "checksum", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spoiled),
        cmocka_unit_test(test_no_hdf5),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_checksum),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
