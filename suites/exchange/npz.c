// SPDX-License-Identifier: MIT
/* npz.c - a zip of .npy files: cases written, results read. */
#include "npy.h"

#include "../protocol/hdf5_safe.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { MEMBERS = 1 << 19, DOCUMENT = 1 << 26 };

/* ---- writing --------------------------------------------------------------------------------- */

/* A member with bytes that the archive frees. Uncompressed and without a time: the same bytes
 * everywhere, and any reader will do. */
static int add(zip_t *zip, const char *name, unsigned char *bytes, size_t size)
{
    zip_source_t *source = bytes != NULL ? zip_source_buffer(zip, bytes, size, 1) : NULL;
    if (source == NULL) {
        free(bytes);
        return 2;
    }
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return 2;
    }
    enum { MIDNIGHT = 0, FIRST_DAY = 1 << 5 | 1 }; /* of 1980, where the time of a zip begins */
    return zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) != 0 ||
                   zip_file_set_dostime(zip, (zip_uint64_t)index, MIDNIGHT, FIRST_DAY, 0) != 0
               ? 2
               : 0;
}

static int add_array(zip_t *zip, const struct assay_case *test, const char *part, const char *name,
                     const char *type, int rank, const size_t dim[], const double *value)
{
    char path[5 * ASSAY_NAME];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s/%s/%s.npy", test->technique, test->name, part, name);
    unsigned char *bytes = npy_write(type, rank, dim, value, &size);
    return add(zip, path, bytes, size);
}

static int add_golden(zip_t *zip, const struct assay_case *test, const struct assay_golden *golden)
{
    int code = 0;
    for (size_t i = 0; code == 0 && i < golden->outputs; i++) {
        const struct assay_golden_array *o = &golden->output[i];
        code = add_array(zip, test, "golden", o->name, o->integral ? "<i4" : "<f8", o->rank, o->dim,
                         o->high);
        if (code == 0)
            code = add_array(zip, test, "low", o->name, "<f8", o->rank, o->dim, o->low);
        for (int p = 0; code == 0 && p < ASSAY_PRECISIONS; p++) {
            struct exchange_precision in = exchange_precision(golden, o, p);
            if (!golden->certified[p])
                continue;
            char part[ASSAY_NAME];
            snprintf(part, sizeof part, "bound_%s", in.name);
            code = add_array(zip, test, part, o->name, "<f8", o->rank, o->dim, in.bound);
        }
    }
    return code;
}

static int add_case(zip_t *zip, const struct assay_file *file, size_t i)
{
    const struct assay_case *test = &file->test[i];
    const struct request *r = &test->request;
    int code = 0;
    for (size_t k = 0; code == 0 && k < r->inputs; k++)
        code =
            add_array(zip, test, "inputs", r->input[k].name, r->input[k].integral ? "<i4" : "<f4",
                      r->input[k].rank, r->input[k].dim, r->input[k].value);
    if (code == 0 && file->golden != NULL)
        code = add_golden(zip, test, &file->golden[i]);
    return code;
}

/* Everything but arrays, as one document; an array of bytes, because not every reader of npz takes
 * other members. */
static int add_document(zip_t *zip, const struct assay_file *file)
{
    json_t *root = exchange_json_head(), *cases = json_array();
    int code = root == NULL || json_object_set_new(root, "cases", cases) != 0 ? 2 : 0;
    for (size_t i = 0; code == 0 && i < file->cases; i++)
        code = json_array_append_new(cases, exchange_json_case(file, i, 0)) != 0 ? 2 : 0;
    char *text = code == 0 ? json_dumps(root, JSON_COMPACT | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    size_t size = 0;
    unsigned char *bytes = text != NULL ? npy_write_bytes(text, strlen(text), &size) : NULL;
    free(text);
    return add(zip, "cases.json.npy", bytes, size);
}

/* The bytes of the archive out of its source, which lives on after it. */
static int take_bytes(zip_source_t *source, void **bytes, size_t *size)
{
    zip_stat_t status;
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0)
        return 2;
    *size = (size_t)status.size;
    *bytes = malloc(*size + 1);
    int code = *bytes != NULL && zip_source_read(source, *bytes, *size) == (zip_int64_t)*size;
    zip_source_close(source);
    return code ? 0 : 2;
}

int exchange_write_npz(const struct assay_file *file, void **bytes, size_t *size)
{
    zip_error_t problem;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &problem);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_TRUNCATE, &problem) : NULL;
    if (zip == NULL) {
        zip_source_free(source);
        return 2;
    }
    zip_source_keep(source);
    int code = add_document(zip, file);
    for (size_t i = 0; code == 0 && i < file->cases; i++)
        code = add_case(zip, file, i);
    if (code != 0 || zip_close(zip) != 0) {
        zip_discard(zip);
        code = 2;
    }
    if (code == 0)
        code = take_bytes(source, bytes, size);
    zip_source_free(source);
    return code;
}

/* ---- reading --------------------------------------------------------------------------------- */

static int bad_member(const struct exchange_reader *reader, const char *name, const char *what)
{
    char shown[120];
    safe_printable(shown, sizeof shown, name);
    return exchange_fail(reader, "member '%s' %s", shown, what);
}

/* The bytes of a member, as many as it states and no more, or NULL after a sentence. */
static unsigned char *inflate_member(struct exchange_reader *reader, zip_t *zip, zip_uint64_t index,
                                     const zip_stat_t *status)
{
    unsigned char *bytes = malloc((size_t)status->size + 1);
    zip_file_t *member = bytes != NULL ? zip_fopen_index(zip, index, 0) : NULL;
    zip_int64_t got = member != NULL ? zip_fread(member, bytes, status->size + 1)
                                     : -1; /* one more would be lies */
    if (member != NULL && zip_fclose(member) != 0)
        got = -1;
    if (got == (zip_int64_t)status->size)
        return bytes;
    free(bytes);
    bad_member(reader, status->name,
               "is damaged, encrypted, or not as large as it says: write the "
               "file again");
    return NULL;
}

static int keep_document(struct exchange_reader *reader, const zip_stat_t *status,
                         const unsigned char *bytes, int is_array)
{
    struct npy npy;
    size_t size = (size_t)status->size;
    if (!is_array)
        return exchange_json_document(reader, (const char *)bytes, size, 0);
    const char *wrong = npy_read(&npy, bytes, size);
    if (wrong != NULL || npy.size != 1 || npy.kind == 'f' || npy.rank != 1)
        return bad_member(reader, status->name,
                          "is no array of bytes: store the JSON text as uint8");
    return exchange_json_document(reader, (const char *)bytes + npy.data, npy.count, 0);
}

static int keep_output(struct exchange_reader *reader, struct exchange_item *item,
                       const unsigned char *bytes, size_t size)
{
    struct npy npy;
    const char *wrong = npy_read(&npy, bytes, size);
    if (wrong != NULL)
        return exchange_fail_at(reader, item, "has %s: write it with numpy.save or its like",
                                wrong);
    item->rank = npy.rank;
    memcpy(item->dim, npy.dim, sizeof item->dim);
    if (exchange_shape(reader, item) != 0)
        return 2;
    if (npy_values(&npy, bytes, item->value) != 0)
        return exchange_fail_at(reader, item, "has integers that no double is: store smaller ones");
    return 0;
}

/* technique/case/output.npy */
static struct exchange_item *item_of(struct exchange_reader *reader, const char *name)
{
    char copy[4 * ASSAY_NAME], *part[3] = {copy, NULL, NULL};
    size_t length = strlen(name), parts = 1;
    if (length < 4 || length >= sizeof copy || strcmp(name + length - 4, ".npy") != 0) {
        bad_member(reader, name, "is neither technique/case/output.npy nor result.json.npy");
        return NULL;
    }
    memcpy(copy, name, length - 4);
    copy[length - 4] = '\0';
    for (char *slash = copy; parts <= 3 && (slash = strchr(slash, '/')) != NULL; parts++) {
        *slash++ = '\0';
        if (parts < 3)
            part[parts] = slash;
    }
    if (parts != 3) {
        bad_member(reader, name, "is neither technique/case/output.npy nor result.json.npy");
        return NULL;
    }
    if (exchange_item(reader, EXCHANGE_CLAIM, part[0], "", "") == NULL)
        return NULL;
    return exchange_item(reader, EXCHANGE_OUTPUT, part[0], part[1], part[2]);
}

/* What comes out of all members is charged like values: a bomb is refused before it is inflated. */
static int charge(struct exchange_reader *reader, const zip_stat_t *status, uint64_t *left)
{
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD;
    if ((status->valid & needed) != needed)
        return exchange_fail(reader, "has a member without a name or size: write it again");
    if (status->comp_method != ZIP_CM_STORE && status->comp_method != ZIP_CM_DEFLATE)
        return bad_member(reader, status->name, "is compressed by another method than deflate");
    if (status->size > *left)
        return bad_member(reader, status->name,
                          "brings the archive above what it may hold, 64 MiB "
                          "and eight times its size: split it");
    *left -= status->size;
    return 0;
}

static int read_member(struct exchange_reader *reader, zip_t *zip, zip_uint64_t index,
                       uint64_t *left, int *documents)
{
    zip_stat_t status;
    struct exchange_item *item = NULL;
    if (zip_stat_index(zip, index, 0, &status) != 0)
        return exchange_fail(reader, "has a member that cannot be read: write it again");
    if (charge(reader, &status, left) != 0)
        return 2;
    int raw = strcmp(status.name, "result.json") == 0;
    int document = raw || strcmp(status.name, "result.json.npy") == 0;
    if (document && (++*documents > 1 || status.size > DOCUMENT))
        return bad_member(reader, status.name, "is there twice, or has more than 64 MiB");
    if (!document && (item = item_of(reader, status.name)) == NULL)
        return 2;
    unsigned char *bytes = inflate_member(reader, zip, index, &status);
    if (bytes == NULL)
        return 2;
    int code = document ? keep_document(reader, &status, bytes, !raw)
                        : keep_output(reader, item, bytes, (size_t)status.size);
    free(bytes);
    return code;
}

static int read_members(struct exchange_reader *reader, zip_t *zip)
{
    zip_int64_t members = zip_get_num_entries(zip, 0);
    uint64_t left = reader->bytes_left;
    int documents = 0;
    if (members > MEMBERS)
        return exchange_fail(reader, "has more than %d members: split it", MEMBERS);
    for (zip_int64_t i = 0; i < members; i++)
        if (read_member(reader, zip, (zip_uint64_t)i, &left, &documents) != 0)
            return 2;
    if (documents == 0)
        return exchange_fail(reader, "has no member result.json: see data/EXCHANGE.md");
    return 0;
}

int exchange_read_npz(struct exchange_reader *reader, const unsigned char *bytes, size_t size)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(bytes, size, 0, &problem);
    zip_t *zip =
        source != NULL ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &problem) : NULL;
    if (zip == NULL) {
        exchange_fail(reader, "is a damaged zip archive (%s): write it again",
                      zip_error_strerror(&problem));
        zip_source_free(source);
        zip_error_fini(&problem);
        return 2;
    }
    int code = read_members(reader, zip);
    zip_discard(zip);
    return code;
}
