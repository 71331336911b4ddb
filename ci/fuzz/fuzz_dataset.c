// SPDX-License-Identifier: MIT
/* Any bytes as a data set: the first byte says how many of the rest are a second file of labels
 * (in 256ths; 0: there is none). HDF5 data sets are read by a process of their own. */
#define _POSIX_C_SOURCE 200809L
#include "fuzz.h"

#include "../../suites/protocol/case.h"
#include "../../suites/protocol/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char labels_path[256];

static void remove_labels(void)
{
    unlink(labels_path);
}

int LLVMFuzzerInitialize(int *count, char ***argument)
{
    const char *folder = getenv("TMPDIR");
    (void)count, (void)argument;
    snprintf(labels_path, sizeof labels_path, "%.200s/assay-fuzz-labels.%ld",
             folder != NULL ? folder : "/tmp", (long)getpid());
    atexit(remove_labels);
    return unsetenv("ASSAY_READ_IN_PROCESS");
}

static void write_labels(const uint8_t *bytes, size_t size)
{
    FILE *stream = fopen(labels_path, "wb");
    fuzz_holds(stream != NULL && fwrite(bytes, 1, size, stream) == size && fclose(stream) == 0,
               "the labels can be written");
}

static void check(const struct dataset *data)
{
    fuzz_holds(data->samples > 0 && data->classes > 0 && data->classes <= 256, "sizes are sane");
    fuzz_holds(data->features == data->shape[0] * data->shape[1] * data->shape[2], "they agree");
    for (size_t i = 0; i < data->samples; i++)
        fuzz_holds(data->labels[i] < data->classes && data->split[i] <= DATASET_TEST, "labels");
    for (size_t i = 0; i < data->samples * data->features; i++)
        fuzz_holds(data->pixels[i] <= data->maximum, "pixels");
    fuzz_holds(strnlen(data->name, sizeof data->name) < sizeof data->name, "the name ends");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char error[ASSAY_ERROR] = "";
    struct dataset data;
    if (size == 0)
        return 0;
    size_t labels = (size - 1) * bytes[0] / 256, images = size - 1 - labels;
    if (labels > 0)
        write_labels(bytes + 1 + images, labels);
    int code = dataset_load(&data, fuzz_file(bytes + 1, images), labels > 0 ? labels_path : NULL,
                            error, sizeof error);
    fuzz_ended(code, error);
    if (code == 0)
        check(&data);
    dataset_free(&data);
    return 0;
}
