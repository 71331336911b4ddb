// SPDX-License-Identifier: MIT
/* hdf5_safe.c - opening a file, its groups and its attributes; hdf5_safe_array.c reads datasets. */
#include "hdf5_safe.h"
#include "hdf5_safe_process.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- messages -------------------------------------------------------------------------------- */

void safe_printable(char *out, size_t size, const char *text)
{
    size_t n = 0;
    for (; text[n] != '\0' && n + 1 < size; n++)
        out[n] = (char)(text[n] >= ' ' && text[n] <= '~' ? text[n] : '?');
    out[n] = '\0';
}

/* A file path may be long; the cause is worth more than its start. */
enum { SHOWN_PATH = 160 };

static int fail_with(const struct safe_object *object, const char *member, const char *format,
                     va_list arguments)
{
    char name[ASSAY_NAME + 1] = "", *error = object->file->error;
    if (member != NULL)
        safe_printable(name, sizeof name, member);
    const char *slash = member != NULL && strcmp(object->path, "/") != 0 ? "/" : "";
    const char *file = object->file->path;
    size_t length = strlen(file), from = length > SHOWN_PATH ? length - SHOWN_PATH : 0;
    int used = snprintf(error, ASSAY_ERROR, "%s%s: %s%s%s: ", from > 0 ? "..." : "", file + from,
                        object->path, slash, name);
    if (used >= 0 && used < ASSAY_ERROR)
        vsnprintf(error + used, (size_t)(ASSAY_ERROR - used), format, arguments);
    return 2;
}

int safe_fail(const struct safe_object *object, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_with(object, NULL, format, arguments);
    va_end(arguments);
    return 2;
}

int safe_fail_at(const struct safe_object *object, const char *member, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_with(object, member, format, arguments);
    va_end(arguments);
    return 2;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* Why H5Fopen has failed: the signature may stand at 0, 512, 1024, ... (after a user block). */
static int explain_unopened(const char *path, uint64_t size, char *error)
{
    static const unsigned char signature[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    const char *cause = "is not an HDF5 file: give a file written by an HDF5 library";
    unsigned char start[8];
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        snprintf(error, ASSAY_ERROR, "%s: cannot be opened: %s", path, strerror(errno));
        return 2;
    }
    for (long at = 0; at < (1 << 20); at = at == 0 ? 512 : 2 * at) {
        if (fseek(stream, at, SEEK_SET) != 0 || fread(start, 1, 8, stream) != 8)
            break;
        if (memcmp(start, signature, 8) == 0)
            cause = "is an HDF5 file, but truncated, damaged, or still open for writing: close it "
                    "in the program that writes it, or write it again";
    }
    fclose(stream);
    if (size == 0)
        cause = "is empty: the program that should have written it has not";
    snprintf(error, ASSAY_ERROR, "%s: %s", path, cause);
    return 2;
}

/* Settings of the whole process: made again for every file, because other code may change them. */
static void harden_library(void)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    H5PLset_loading_state(0);
    if (H5Lis_registered(H5L_TYPE_EXTERNAL) > 0)
        H5Lunregister(H5L_TYPE_EXTERNAL);
}

static hid_t open_read_only(const char *path)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    /* Locks fail on file systems of clusters, and a reader needs none. */
    H5Pset_file_locking(access, 0, 1);
    hid_t id = H5Fopen(path, H5F_ACC_RDONLY, access);
    H5Pclose(access);
    return id;
}

hid_t safe_transfer(void)
{
    enum { CONVERSION = 1 << 14 /* bytes of the buffer in which numbers change their type */ };
    hid_t transfer = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_buffer(transfer, CONVERSION, NULL, NULL);
    return transfer;
}

int safe_open(struct safe_file *file, struct safe_object *root, const char *path, char *error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        snprintf(error, ASSAY_ERROR, "%s: cannot be read: %s", path, strerror(errno));
        return 2;
    }
    if (!S_ISREG(status.st_mode)) {
        snprintf(error, ASSAY_ERROR, "%s: is %s: give an HDF5 file", path,
                 S_ISDIR(status.st_mode) ? "a directory" : "not a regular file");
        return 2;
    }
    harden_library();
    *file = (struct safe_file){.path = path,
                               .error = error,
                               .size = (uint64_t)status.st_size,
                               .bytes_left = safe_budget(path),
                               .objects_left = SAFE_OBJECTS};
    *root = (struct safe_object){.file = file, .path = "/", .id = -1};
    if (safe_heaps(root) != 0)
        return 2;
    file->id = open_read_only(path);
    if (file->id < 0)
        return explain_unopened(path, file->size, error);
    file->transfer = safe_transfer();
    safe_confine();
    root->id = H5Gopen2(file->id, "/", H5P_DEFAULT);
    if (root->id >= 0)
        return 0;
    safe_fail(root, "cannot be read: the file is damaged, write it again");
    safe_close(file, root);
    return 2;
}

void safe_close(struct safe_file *file, struct safe_object *root)
{
    if (root->id >= 0)
        safe_leave(root);
    H5Pclose(file->transfer);
    H5Fclose(file->id);
    H5Eclear2(H5E_DEFAULT);
}

/* ---- groups ---------------------------------------------------------------------------------- */

static int take_object(const struct safe_object *object)
{
    if (object->file->objects_left == 0)
        return safe_fail(object, "the file has more than %d objects: split it", SAFE_OBJECTS);
    object->file->objects_left--;
    return 0;
}

int safe_hard(const struct safe_object *parent, const char *name, const char *kind)
{
    H5L_info_t link;
    if (H5Lget_info(parent->id, name, &link, H5P_DEFAULT) < 0)
        return safe_fail_at(parent, name, "is missing: the schema needs this %s", kind);
    if (link.type != H5L_TYPE_HARD)
        return safe_fail_at(parent, name, "is a link to another place: store the %s itself", kind);
    return 0;
}

int safe_enter(const struct safe_object *parent, const char *name, struct safe_object *group)
{
    if (take_object(parent) != 0)
        return 2;
    if (safe_hard(parent, name, "group") != 0)
        return 2;
    *group = (struct safe_object){.file = parent->file};
    if (snprintf(group->path, sizeof group->path, "%s%s%s", parent->path,
                 strcmp(parent->path, "/") != 0 ? "/" : "", name) >= SAFE_PATH)
        return safe_fail(group, "is nested too deeply: see the schema in data/README.md");
    group->id = H5Oopen(parent->id, name, H5P_DEFAULT);
    if (group->id < 0)
        return safe_fail(group, "cannot be opened: the file is damaged, write it again");
    if (H5Iget_type(group->id) == H5I_GROUP)
        return 0;
    H5Oclose(group->id);
    return safe_fail(group, "is not a group: see the schema in data/README.md");
}

void safe_leave(struct safe_object *group)
{
    H5Oclose(group->id);
    group->id = -1;
}

/* What the callbacks of an iteration share. */
struct listing {
    const struct safe_object *group;
    struct safe_names *names;
    size_t room;
    const char *kind;
    int failed; /* a sentence has been written */
};

static herr_t list_name(struct listing *listing, const char *name)
{
    struct safe_names *names = listing->names;
    size_t length = strlen(name);
    listing->failed = 1;
    if (take_object(listing->group) != 0)
        return -1;
    if (length == 0 || length >= ASSAY_NAME || strspn(name, " ") > 0) {
        safe_fail_at(listing->group, name,
                     "%s has a name of %zu characters: use 1 to %d, not "
                     "starting with a blank",
                     listing->kind, length, ASSAY_NAME - 1);
        return -1;
    }
    for (size_t i = 0; i < length; i++)
        if (name[i] < ' ' || name[i] > '~' || name[i] == '/' || strcmp(name, ".") == 0) {
            safe_fail_at(listing->group, name,
                         "%s has a name that is not printable ASCII without "
                         "'/': rename it",
                         listing->kind);
            return -1;
        }
    if (names->count == listing->room) {
        safe_fail(listing->group, "has more members than it declares: the file is damaged");
        return -1;
    }
    memcpy(names->name[names->count++], name, length + 1);
    listing->failed = 0;
    return 0;
}

static herr_t list_link(hid_t group, const char *name, const H5L_info_t *link, void *data)
{
    struct listing *listing = data;
    (void)group;
    if (link->type == H5L_TYPE_HARD)
        return list_name(listing, name);
    const char *kind = link->type == H5L_TYPE_SOFT       ? "a soft link"
                       : link->type == H5L_TYPE_EXTERNAL ? "an external link"
                                                         : "a user-defined link";
    safe_fail_at(listing->group, name, "is %s, and links are not followed: store the object itself",
                 kind);
    listing->failed = 1;
    return -1;
}

static herr_t list_attribute(hid_t group, const char *name, const H5A_info_t *info, void *data)
{
    (void)group, (void)info;
    return list_name(data, name);
}

static int list_begin(struct listing *listing, uint64_t count)
{
    listing->names->count = 0;
    listing->names->name = NULL;
    if (count > SAFE_LINKS)
        return safe_fail(listing->group, "has %llu members, and at most %d are allowed: split it",
                         (unsigned long long)count, SAFE_LINKS);
    listing->room = (size_t)count;
    listing->names->name = calloc(listing->room + 1, sizeof *listing->names->name);
    if (listing->names->name == NULL)
        return safe_fail(listing->group, "out of memory");
    return 0;
}

static int list_end(struct listing *listing, herr_t status)
{
    if (status >= 0 && listing->names->count == listing->room)
        return 0;
    free(listing->names->name);
    *listing->names = (struct safe_names){0};
    if (listing->failed)
        return 2;
    return safe_fail(listing->group, "cannot be listed: the file is damaged, write it again");
}

/* Which index gives the order of creation, or of names where the file does not know it. */
static H5_index_t order_of(hid_t group, herr_t (*tracked)(hid_t, unsigned *))
{
    unsigned flags = 0;
    hid_t creation = H5Gget_create_plist(group);
    if (creation < 0)
        return H5_INDEX_NAME;
    if (tracked(creation, &flags) < 0)
        flags = 0;
    H5Pclose(creation);
    return flags & H5P_CRT_ORDER_TRACKED ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
}

int safe_members(const struct safe_object *group, struct safe_names *names)
{
    struct listing listing = {.group = group, .names = names, .kind = "this object"};
    H5G_info_t info;
    hsize_t position = 0;
    *names = (struct safe_names){0};
    if (H5Gget_info(group->id, &info) < 0)
        return safe_fail(group, "cannot be listed: the file is damaged, write it again");
    if (list_begin(&listing, info.nlinks) != 0)
        return 2;
    H5_index_t order = order_of(group->id, H5Pget_link_creation_order);
    return list_end(&listing,
                    H5Literate(group->id, order, H5_ITER_INC, &position, list_link, &listing));
}

int safe_attributes(const struct safe_object *group, struct safe_names *names)
{
    struct listing listing = {.group = group, .names = names, .kind = "this attribute"};
    hsize_t position = 0;
    *names = (struct safe_names){0};
    int count = H5Aget_num_attrs(group->id);
    if (count < 0)
        return safe_fail(group, "has unreadable attributes: the file is damaged, write it again");
    if (list_begin(&listing, (uint64_t)count) != 0)
        return 2;
    H5_index_t order = order_of(group->id, H5Pget_attr_creation_order);
    return list_end(
        &listing, H5Aiterate2(group->id, order, H5_ITER_INC, &position, list_attribute, &listing));
}

int safe_listed(const struct safe_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return 1;
    return 0;
}

/* ---- attributes ------------------------------------------------------------------------------ */

int safe_has(const struct safe_object *group, const char *attribute)
{
    return H5Aexists(group->id, attribute) > 0;
}

int safe_is_text(const struct safe_object *group, const char *attribute)
{
    hid_t id = H5Aopen(group->id, attribute, H5P_DEFAULT);
    hid_t type = id >= 0 ? H5Aget_type(id) : -1;
    int text = type >= 0 && H5Tget_class(type) == H5T_STRING;
    if (type >= 0)
        H5Tclose(type);
    if (id >= 0)
        H5Aclose(id);
    return text;
}

/* Opens an attribute and its type; points gets 0 for a null dataspace, otherwise 1. */
static int open_attribute(const struct safe_object *group, const char *name, hid_t *attribute,
                          hid_t *type, int *points)
{
    *attribute = H5Aopen(group->id, name, H5P_DEFAULT);
    if (*attribute < 0)
        return safe_has(group, name)
                   ? safe_fail_at(group, name,
                                  "cannot be opened: the file is damaged, write it again")
                   : safe_fail_at(group, name, "is missing: the schema needs this attribute");
    hid_t space = H5Aget_space(*attribute);
    hssize_t count = space < 0 ? -1 : H5Sget_simple_extent_npoints(space);
    H5S_class_t class = space < 0 ? H5S_NO_CLASS : H5Sget_simple_extent_type(space);
    H5Sclose(space);
    *points = class != H5S_NULL;
    *type = H5Aget_type(*attribute);
    if (*type >= 0 && (class == H5S_NULL || count == 1))
        return 0;
    H5Tclose(*type);
    H5Aclose(*attribute);
    return safe_fail_at(group, name, "has %lld values, and exactly one is needed",
                        (long long)count);
}

size_t safe_character(const unsigned char *at)
{
    if (at[0] < 0x80)
        return at[0] >= ' ' && at[0] != 0x7f;
    size_t length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
    if (at[0] < 0xc2 || at[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    int overlong = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
    int surrogate = at[0] == 0xed && at[1] >= 0xa0;
    int control = at[0] == 0xc2 && at[1] < 0xa0;
    int beyond = at[0] == 0xf4 && at[1] >= 0x90;
    return overlong || surrogate || control || beyond ? 0 : length;
}

static int keep_text(const struct safe_object *group, const char *name, const char *from,
                     char *text, size_t size)
{
    size_t length = strnlen(from, size);
    if (length >= size)
        return safe_fail_at(group, name, "is longer than %zu bytes: shorten it", size - 1);
    for (size_t i = 0, step; i < length; i += step) {
        step = safe_character((const unsigned char *)from + i);
        if (step == 0)
            return safe_fail_at(group, name,
                                "has a control character or invalid UTF-8 at byte "
                                "%zu: store plain text on one line",
                                i);
    }
    memcpy(text, from, length + 1);
    return 0;
}

static int fixed_text(const struct safe_object *group, const char *name, hid_t attribute,
                      hid_t type, char *text, size_t size)
{
    char raw[SAFE_STRING + 1] = {0};
    size_t length = H5Tget_size(type);
    if (length == 0 || length > SAFE_STRING)
        return safe_fail_at(group, name, "is longer than %d bytes: shorten it", SAFE_STRING);
    if (H5Aread(attribute, type, raw) < 0)
        return safe_fail_at(group, name, "cannot be read: the file is damaged, write it again");
    if (H5Tget_strpad(type) == H5T_STR_SPACEPAD)
        while (length > 0 && raw[length - 1] == ' ')
            raw[--length] = '\0';
    return keep_text(group, name, raw, text, size);
}

static int variable_text(const struct safe_object *group, const char *name, hid_t attribute,
                         char *text, size_t size)
{
    char *raw = NULL;
    hid_t stored = H5Aget_type(attribute), memory = H5Tcopy(H5T_C_S1);
    H5Tset_size(memory, H5T_VARIABLE);
    H5Tset_cset(memory, H5Tget_cset(stored));
    herr_t status = H5Aread(attribute, memory, &raw);
    H5Tclose(memory);
    H5Tclose(stored);
    if (status < 0)
        return safe_fail_at(group, name, "cannot be read: the file is damaged, write it again");
    int code = keep_text(group, name, raw != NULL ? raw : "", text, size);
    H5free_memory(raw);
    return code;
}

int safe_text(const struct safe_object *group, const char *name, char *text, size_t size)
{
    hid_t attribute, type;
    int points, code;
    if (open_attribute(group, name, &attribute, &type, &points) != 0)
        return 2;
    text[0] = '\0';
    if (H5Tget_class(type) != H5T_STRING)
        code = safe_fail_at(group, name, "is not a string: store text here");
    else if (!points)
        code = 0;
    else if (H5Tis_variable_str(type) > 0)
        code = variable_text(group, name, attribute, text, size);
    else
        code = fixed_text(group, name, attribute, type, text, size);
    H5Tclose(type);
    H5Aclose(attribute);
    return code;
}

int safe_number(const struct safe_object *group, const char *name, double *value, int *integral)
{
    hid_t attribute, type;
    int points, code = 0;
    if (open_attribute(group, name, &attribute, &type, &points) != 0)
        return 2;
    if (!points || !safe_numeric(type))
        code = safe_fail_at(group, name, "is not a number: store a float64 or an int32");
    else if (H5Aread(attribute, H5T_NATIVE_DOUBLE, value) < 0)
        code = safe_fail_at(group, name, "cannot be read: the file is damaged, write it again");
    if (integral != NULL)
        *integral = H5Tget_class(type) == H5T_INTEGER;
    H5Tclose(type);
    H5Aclose(attribute);
    return code;
}
