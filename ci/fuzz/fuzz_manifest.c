// SPDX-License-Identifier: MIT
/* Any bytes as the manifest of a corpus: no path in it leads out of its folder. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[256], path[300];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    const char *parent = getenv("TMPDIR");
    (void)count, (void)argument;
    snprintf(folder, sizeof folder, "%.200s/assay-fuzz.XXXXXX", parent != NULL ? parent : "/tmp");
    fuzz_holds(mkdtemp(folder) != NULL, "a folder can be made in TMPDIR");
    snprintf(path, sizeof path, "%s/manifest.json", folder);
    atexit(remove_folder);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[ASSAY_ERROR] = "";
    struct manifest manifest;
    FILE *stream = fopen(path, "wb");
    fuzz_holds(stream != NULL && fwrite(bytes, 1, size, stream) == size && fclose(stream) == 0,
               "the manifest can be written");
    int code = manifest_read(&manifest, folder, error);
    fuzz_ended(code, error);
    for (size_t i = 0; code == 0 && i < manifest.files; i++) {
        fuzz_holds(manifest.file[i].path[0] != '/', "a path is relative");
        fuzz_holds(strstr(manifest.file[i].path, "..") == NULL, "a path stays inside");
        fuzz_holds(strlen(manifest.file[i].sha256) == 64, "a hash is one");
    }
    if (code == 0)
        manifest_free(&manifest);
    return 0;
}
