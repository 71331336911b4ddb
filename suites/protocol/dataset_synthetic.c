// SPDX-License-Identifier: MIT
/*
 * "synthetic:SAMPLES,FEATURES,CLASSES": clouds of random points, for benchmarks and experiments of
 * any size. Class k of a sample n is n mod CLASSES; its centre has a random byte from 64 to 191 in
 * every feature, and a sample differs from it by random whole numbers from -64 to 63. Whole numbers
 * alone, so that every machine makes the same bytes.
 */
#include "dataset_source.h"

#include <inttypes.h>
#include <stdlib.h>

/* The finaliser of MurmurHash3, with the constants of Stafford's "Mix13" (2011): 64 bits for 64. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* The random byte `index` of a stream; eight of them come from one call of mix. */
static unsigned byte_of(uint64_t stream, uint64_t index)
{
    return (unsigned)(mix(mix(stream + 1) + index / 8) >> (index % 8 * 8)) & 255;
}

static void fill(struct dataset *out)
{
    const size_t D = out->features;
    for (size_t n = 0; n < out->samples; n++) {
        const size_t k = n % out->classes;
        out->labels[n] = (unsigned char)k;
        for (size_t d = 0; d < D; d++) {
            unsigned centre = 64 + byte_of(0, k * D + d) / 2, away = byte_of(1, n * D + d) / 2;
            out->pixels[n * D + d] = (unsigned char)(centre + away - 64);
        }
    }
}

/* Three whole numbers from 1 with commas between them, and nothing else. */
static int read_sizes(const char *text, uintmax_t size[3])
{
    for (int i = 0; i < 3; i++) {
        char *end = NULL;
        size[i] = text[0] >= '0' && text[0] <= '9' ? strtoumax(text, &end, 10) : 0;
        if (size[i] == 0 || size[i] > DATASET_BYTES_MAX || *end != (i < 2 ? ',' : '\0'))
            return DATASET_UNUSABLE;
        text = end + 1;
    }
    return 0;
}

int dataset_make_synthetic(struct dataset *out, const struct dataset_source *s, const char *sizes)
{
    uintmax_t size[3];
    if (read_sizes(sizes, size) != 0)
        return dataset_fail(s, "it must be synthetic:SAMPLES,FEATURES,CLASSES with three whole "
                               "numbers from 1, such as synthetic:1000,20,2");
    if (size[2] > 256 || size[2] > size[0])
        return dataset_fail(s, "%ju classes are too many; use at most 256, and as many samples",
                            size[2]);
    out->samples = (size_t)size[0];
    out->shape[0] = out->shape[1] = 1;
    out->shape[2] = (size_t)size[1];
    out->classes = (size_t)size[2];
    out->maximum = 255;
    if (dataset_allocate(out, s) != 0)
        return DATASET_UNUSABLE;
    fill(out);
    dataset_split(out->split, out->labels, out->samples);
    dataset_set_name(out, s->path);
    return 0;
}
