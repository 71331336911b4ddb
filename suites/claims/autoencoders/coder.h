// SPDX-License-Identifier: MIT
/* coder.h - digits squeezed through few numbers: by autoencoders of dense layers, and by principal
 * components, which are the best that straight lines can do. */
#pragma once

#include "../lab/trial.h"

enum { CODER_PIXELS = 64, CODER_MOST = 16 };

/* 1200 digits to train, 200 for validation, 397 to test, without labels: the targets are the
 * pixels. label (1797) keeps the digits' names, in the same order. */
struct coder_data {
    struct split split;
    const int *label, *test_label;
};
struct coder_data coder_data(struct replica *r);

/* 64-64-32-code-32-64-64, as deep as in document 004 C10; the activation is that of all hidden
 * layers, and the code is one of them. Glorot's uniform weights. */
struct network_plan coder_plan(size_t code, enum network_activation activation,
                               enum network_loss loss);

/* A network of that plan, trained by Adam on `steps` batches of 32 with the rate of 0.001 and 0.003
 * that has the smaller loss on validation. */
struct network *coder_trained(struct replica *r, const struct coder_data *data,
                              const struct network_plan *plan, size_t steps);

/* codes (count, code) and reconstructions (count, CODER_PIXELS; after a sigmoid if the network was
 * trained by the binary cross-entropy). */
float *coder_codes(struct network *net, const struct samples *samples);
float *coder_rebuilt(struct network *net, const struct samples *samples);

/* Principal components: the mean of the training samples, and the `code` orthonormal axes of
 * largest variance around it, by orthogonal iteration. */
struct components {
    size_t code;
    double mean[CODER_PIXELS], axis[CODER_MOST][CODER_PIXELS];
};
struct components *components_of(struct replica *r, const struct samples *train, size_t code);
float *components_codes(struct replica *r, const struct components *pca,
                        const struct samples *samples);
float *components_rebuilt(struct replica *r, const struct components *pca,
                          const struct samples *samples);

/* The mean square difference to the samples. */
double coder_error(const struct samples *samples, const float *rebuilt);

/* Of the `near` samples with the nearest codes, the share with the same label, over all samples. */
double coder_purity(const float *codes, const int *label, size_t count, size_t code, size_t near);
