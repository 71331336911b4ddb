// SPDX-License-Identifier: MIT
#include "manifest.h"

#include "paths.h"

#include <errno.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const NAME = "manifest.json";

int manifest_hash(char sha256[65], const char *path, char *error)
{
    unsigned char buffer[65536], digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    FILE *file = fopen(path, "rb");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int ok = file && context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    for (size_t n; ok && (n = fread(buffer, 1, sizeof buffer, file)) > 0;)
        ok = EVP_DigestUpdate(context, buffer, n);
    ok = ok && !ferror(file) && EVP_DigestFinal_ex(context, digest, &length);
    if (!ok)
        snprintf(error, ASSAY_ERROR, "%.300s: cannot be read: %s", path, strerror(errno));
    for (unsigned int i = 0; ok && i < length; i++)
        snprintf(sha256 + 2 * i, 3, "%02x", digest[i]);
    EVP_MD_CTX_free(context);
    if (file)
        fclose(file);
    return ok ? 0 : 2;
}

static int read_entry(struct manifest_file *to, const json_t *from)
{
    const char *path = json_string_value(json_object_get(from, "path"));
    const char *sha256 = json_string_value(json_object_get(from, "sha256"));
    json_int_t cases = json_integer_value(json_object_get(from, "cases"));
    if (!path || !sha256 || strlen(path) >= sizeof to->path || strlen(sha256) != 64 || cases < 0 ||
        path[0] == '/' || strstr(path, ".."))
        return 2;
    snprintf(to->path, sizeof to->path, "%s", path);
    snprintf(to->sha256, sizeof to->sha256, "%s", sha256);
    to->cases = (size_t)cases;
    return 0;
}

int manifest_read(struct manifest *manifest, const char *directory, char *error)
{
    char path[4096];
    json_error_t problem;
    memset(manifest, 0, sizeof *manifest);
    if (paths_join(path, sizeof path, directory, NAME) != 0)
        path[0] = 0;
    json_t *root = json_load_file(path, 0, &problem);
    const json_t *files = json_object_get(root, "files");
    size_t count = json_array_size(files);
    int status = root && files ? 0 : 2;
    if (status != 0)
        snprintf(
            error, ASSAY_ERROR,
            "%.150s: is not a readable manifest (%.100s); --data-directory or ASSAY_DATA must name "
            "the folder of the goldens",
            path, root ? "it lists no files" : problem.text);
    if (status == 0 && json_integer_value(json_object_get(root, "format_version")) != 1) {
        snprintf(error, ASSAY_ERROR, "%.300s: has a format_version other than 1, the one read here",
                 path);
        status = 2;
    }
    manifest->file = calloc(count + 1, sizeof *manifest->file);
    for (size_t i = 0; status == 0 && i < count; i++) {
        status = manifest->file ? read_entry(&manifest->file[i], json_array_get(files, i)) : 2;
        if (status != 0)
            snprintf(error, ASSAY_ERROR,
                     "%.300s: entry %zu lacks a usable path, sha256 or number of cases", path, i);
        else
            manifest->files++;
    }
    json_decref(root);
    if (status != 0)
        manifest_free(manifest);
    return status;
}

int manifest_write(const struct manifest *manifest, const char *directory, char *error)
{
    char path[4096], temporary[4200];
    size_t cases = 0;
    json_t *files = json_array();
    for (size_t i = 0; i < manifest->files; i++) {
        const struct manifest_file *file = &manifest->file[i];
        cases += file->cases;
        json_array_append_new(files, json_pack("{s:s, s:s, s:I}", "path", file->path, "sha256",
                                               file->sha256, "cases", (json_int_t)file->cases));
    }
    json_t *root = json_pack("{s:s, s:i, s:I, s:o}", "format", "assay-manifest", "format_version",
                             1, "cases", (json_int_t)cases, "files", files);
    int status = paths_join(path, sizeof path, directory, NAME);
    snprintf(temporary, sizeof temporary, "%s.tmp", path);
    if (status == 0 &&
        (json_dump_file(root, temporary, JSON_INDENT(1)) != 0 || rename(temporary, path) != 0))
        status = 2;
    if (status != 0)
        snprintf(error, ASSAY_ERROR, "%.300s: cannot be written: %s", path, strerror(errno));
    json_decref(root);
    return status;
}

void manifest_free(struct manifest *manifest)
{
    free(manifest->file);
    memset(manifest, 0, sizeof *manifest);
}

int manifest_cases(const char *directory, const char *path, size_t *cases, char *error)
{
    struct manifest manifest;
    if (manifest_read(&manifest, directory, error) != 0)
        return 2;
    int status = 2;
    for (size_t i = 0; i < manifest.files; i++) {
        if (strcmp(manifest.file[i].path, path) == 0) {
            *cases = manifest.file[i].cases;
            status = 0;
        }
    }
    if (status != 0)
        snprintf(error, ASSAY_ERROR, "%.200s/%s: does not list %.100s; run `make golden`",
                 directory, NAME, path);
    manifest_free(&manifest);
    return status;
}
