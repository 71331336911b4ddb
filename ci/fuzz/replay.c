// SPDX-License-Identifier: MIT
/* replay.c - runs the entry function of a fuzz target on files, without a fuzzer.
 * usage: TARGET FILE... */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t *read_all(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long length = -1;
    if (stream != NULL && fseek(stream, 0, SEEK_END) == 0)
        length = ftell(stream);
    if (length >= 0 && fseek(stream, 0, SEEK_SET) == 0)
        bytes = malloc((size_t)length + (length == 0)); /* no byte more: a sanitizer may look on */
    if (bytes != NULL && fread(bytes, 1, (size_t)length, stream) != (size_t)length) {
        free(bytes);
        bytes = NULL;
    }
    if (stream != NULL)
        fclose(stream);
    *size = (size_t)length;
    return bytes;
}

int main(int count, char **argument)
{
    LLVMFuzzerInitialize(&count, &argument);
    for (int i = 1; i < count; i++) {
        size_t size;
        uint8_t *bytes = read_all(argument[i], &size);
        if (bytes == NULL) {
            fprintf(stderr, "%s: cannot be read\n", argument[i]);
            return 2;
        }
        LLVMFuzzerTestOneInput(bytes, size);
        free(bytes);
    }
    printf("%d inputs\n", count - 1);
    return 0;
}
