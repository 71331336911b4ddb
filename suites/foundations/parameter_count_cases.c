// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_LAYERS = 20, COLUMNS = 6 };

/* Rows of layers as the definition has them. */
#define DENSE(u)                                                                                   \
    {                                                                                              \
        0, u, 1, 1, 0, 1                                                                           \
    }
#define CONVOLUTION(u, k, s, pad)                                                                  \
    {                                                                                              \
        1, u, k, s, pad, 1                                                                         \
    }
#define TRANSPOSED(u, k, s, pad)                                                                   \
    {                                                                                              \
        2, u, k, s, pad, 1                                                                         \
    }
#define POOLING(k, s, pad)                                                                         \
    {                                                                                              \
        3, 1, k, s, pad, 0                                                                         \
    }
#define FLATTEN                                                                                    \
    {                                                                                              \
        4, 1, 1, 1, 0, 0                                                                           \
    }
#define ELEMENTWISE                                                                                \
    {                                                                                              \
        5, 1, 1, 1, 0, 0                                                                           \
    }
#define NORMALIZATION                                                                              \
    {                                                                                              \
        6, 1, 1, 1, 0, 0                                                                           \
    }
#define RECURRENT(u)                                                                               \
    {                                                                                              \
        7, u, 1, 1, 0, 1                                                                           \
    }
#define LSTM(u)                                                                                    \
    {                                                                                              \
        8, u, 1, 1, 0, 1                                                                           \
    }
#define GRU(u)                                                                                     \
    {                                                                                              \
        9, u, 1, 1, 0, 1                                                                           \
    }
#define SEPARABLE(u, k, s, pad)                                                                    \
    {                                                                                              \
        10, u, k, s, pad, 1                                                                        \
    }

static const struct row {
    struct case_head head;
    int start[3];
    const char *gru_bias, *recurrent_bias;
    size_t L;
    int layer[MOST_LAYERS][COLUMNS];
} rows[] = {
    /* clang-format off */
    {{"binary_classifier", "exact", "FND-31 FND-11",
      "20-32-16-1: 1,217 parameters, the biases among them.", 0},
     {1, 1, 20}, NULL, NULL, 3, {DENSE(32), DENSE(16), DENSE(1)}},
    {{"regression", "exact", "FND-31 FND-16", "30-64-32-1: 4,097 parameters.", 0},
     {1, 1, 30}, NULL, NULL, 3, {DENSE(64), DENSE(32), DENSE(1)}},
    {{"wide_with_dropout", "exact", "FND-31 REG-13",
      "2-512-512-1 with dropouts, which have none: 264,705 parameters.", 0},
     {1, 1, 2}, NULL, NULL, 5,
     {DENSE(512), ELEMENTWISE, DENSE(512), ELEMENTWISE, DENSE(1)}},
    {{"one_convolution", "exact", "FND-31 CNV-16 CNV-13",
      "A convolution, a pooling and a dense layer on 32 by 32 images: 72,906 parameters.", 0},
     {32, 32, 3}, NULL, NULL, 4,
     {CONVOLUTION(32, 3, 1, 0), POOLING(2, 2, 0), FLATTEN, DENSE(10)}},
    {{"two_convolution_blocks", "exact", "FND-31 CNV-17 CNV-04",
      "Two blocks with a padded and an unpadded convolution: 1,250,858 parameters.", 0},
     {32, 32, 3}, NULL, NULL, 12,
     {CONVOLUTION(32, 3, 1, 1), CONVOLUTION(32, 3, 1, 0), POOLING(2, 2, 0), ELEMENTWISE,
      CONVOLUTION(64, 3, 1, 1), CONVOLUTION(64, 3, 1, 0), POOLING(2, 2, 0), ELEMENTWISE, FLATTEN,
      DENSE(512), ELEMENTWISE, DENSE(10)}},
    {{"vgg16_base", "exact", "FND-31 CNV-18 CNV-15",
      "Thirteen convolutions on 48 by 48 images: 14,714,688 parameters, 1 by 1 at the end.", 0},
     {48, 48, 3}, NULL, NULL, 18,
     {CONVOLUTION(64, 3, 1, 1), CONVOLUTION(64, 3, 1, 1), POOLING(2, 2, 0),
      CONVOLUTION(128, 3, 1, 1), CONVOLUTION(128, 3, 1, 1), POOLING(2, 2, 0),
      CONVOLUTION(256, 3, 1, 1), CONVOLUTION(256, 3, 1, 1), CONVOLUTION(256, 3, 1, 1),
      POOLING(2, 2, 0), CONVOLUTION(512, 3, 1, 1), CONVOLUTION(512, 3, 1, 1),
      CONVOLUTION(512, 3, 1, 1), POOLING(2, 2, 0), CONVOLUTION(512, 3, 1, 1),
      CONVOLUTION(512, 3, 1, 1), CONVOLUTION(512, 3, 1, 1), POOLING(2, 2, 0)}},
    {{"autoencoder", "exact", "FND-31 AEN-02", "784 to 2 and back: 218,514 parameters.", 0},
     {1, 1, 784}, NULL, NULL, 6,
     {DENSE(128), DENSE(64), DENSE(2), DENSE(64), DENSE(128), DENSE(784)}},
    {{"generator", "exact", "FND-31 GAN-02", "2-128-128-2: 17,154 parameters.", 0},
     {1, 1, 2}, NULL, NULL, 3, {DENSE(128), DENSE(128), DENSE(2)}},
    {{"batch_normalization", "exact", "FND-31 NRM-08",
      "Scale and shift are trained, the running statistics are not, and all four count.", 0},
     {9, 7, 3}, NULL, NULL, 5,
     {CONVOLUTION(6, 3, 2, 0), NORMALIZATION, ELEMENTWISE, DENSE(5), NORMALIZATION}},
    {{"strides", "exact", "FND-31 CNV-01 CNV-04",
      "Strides that divide nothing, padded and not, with kernels of several sizes.", 0},
     {23, 17, 2}, NULL, NULL, 4,
     {CONVOLUTION(4, 5, 3, 1), CONVOLUTION(3, 2, 1, 0), POOLING(3, 2, 1), POOLING(2, 1, 0)}},
    {{"transposed_convolutions", "exact", "FND-31 CNV-14",
      "The way up, padded and not, with a stride above and below the kernel.", 0},
     {3, 4, 5}, NULL, NULL, 4,
     {TRANSPOSED(4, 3, 2, 1), TRANSPOSED(3, 3, 2, 0), TRANSPOSED(2, 2, 3, 0),
      TRANSPOSED(1, 4, 1, 0)}},
    {{"separable_convolutions", "exact", "FND-31 VIS-06",
      "Depthwise and pointwise: k k c + c u instead of k k c u.", 0},
     {12, 12, 8}, NULL, NULL, 3,
     {SEPARABLE(16, 3, 2, 1), SEPARABLE(24, 3, 1, 0), DENSE(4)}},
    {{"dense_on_images", "exact", "FND-31 FND-15",
      "Without flattening a dense layer works along the channels.", 0},
     {6, 5, 4}, NULL, NULL, 3, {DENSE(7), FLATTEN, DENSE(3)}},
    {{"without_biases", "exact", "FND-31 FND-02", "The same kinds of layers without biases.", 0},
     {9, 9, 3}, NULL, NULL, 4,
     {{1, 6, 3, 1, 0, 0}, {10, 5, 3, 2, 1, 0}, FLATTEN, {0, 4, 1, 1, 0, 0}}},
    {{"simple_recurrent", "exact", "FND-31 RNN-01 RNN-03",
      "Parameters of a recurrent layer do not depend on the length of the sequence.", 0},
     {1, 19, 7}, NULL, NULL, 2, {RECURRENT(12), DENSE(3)}},
    {{"lstm", "exact", "FND-31 RNN-06 RNN-13", "Four gates.", 0},
     {1, 11, 5}, NULL, NULL, 2, {LSTM(9), DENSE(2)}},
    {{"lstm_two_biases", "exact", "FND-31 RNN-06", "Four gates with two biases each.", 0},
     {1, 11, 5}, NULL, "two", 2, {LSTM(9), DENSE(2)}},
    {{"gru", "exact", "FND-31 RNN-11 RNN-13", "Three gates: 3/4 of an LSTM.", 0},
     {1, 11, 5}, NULL, NULL, 2, {GRU(9), DENSE(2)}},
    {{"gru_two_biases", "exact", "FND-31 RNN-11", "Three gates with two biases each.", 0},
     {1, 11, 5}, "two", NULL, 2, {GRU(9), DENSE(2)}},
    {{"one_layer", "exact", "FND-31", "One unit on one feature: a weight and a bias.", 0},
     {1, 1, 1}, "one", "one", 1, {DENSE(1)}},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"kind_unknown", "one_layer", ELEMENT_SET, "layers", 11, NULL, 0,
     "Kind 11 of 0..10: reads past the table, or counts nothing."},
    {"stride_zero", "strides", ELEMENT_SET, "layers", 0, NULL, 3,
     "A stride of 0 divides by 0."},
    {"kernel_zero", "strides", ELEMENT_SET, "layers", 0, NULL, 8,
     "A kernel of 0 grows the image by a line, which nobody would notice."},
    {"kernel_too_large", "one_convolution", ELEMENT_SET, "layers", 33, NULL, 2,
     "33 of 32 pixels: n - k is negative, and unsigned it is huge."},
    {"padding_of_two", "strides", ELEMENT_SET, "layers", 2, NULL, 4,
     "Neither padded nor not."},
    {"bias_of_two", "one_layer", ELEMENT_SET, "layers", 2, NULL, 5,
     "Two biases count twice where one is added."},
    {"no_units", "regression", ELEMENT_SET, "layers", 0, NULL, 7,
     "A layer without units passes nothing on."},
    {"empty_image", "one_convolution", ELEMENT_SET, "input_shape", 0, NULL, 0,
     "An image without lines."},
    {"image_too_wide", "wide_with_dropout", ELEMENT_SET, "input_shape", 4097, NULL, 1,
     "A width above 4096; products of such sizes are no longer exact in binary32."},
    {"columns_missing", "one_layer", INPUT_SHORTER, "layers", 0, NULL, 1,
     "Five columns instead of six: read on, every row is another layer."},
    {"gru_bias_unknown", "gru_two_biases", CHOICE_SET, "gru_bias", 0, "three", 0,
     "3 u parameters hang on it."},
    {"recurrent_bias_unknown", "lstm_two_biases", CHOICE_SET, "recurrent_bias", 0, "three", 0,
     "4 u parameters hang on it."},
    /* clang-format on */
};

void parameter_count_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->gru_bias)
            case_choice(test, "gru_bias", row->gru_bias);
        if (row->recurrent_bias)
            case_choice(test, "recurrent_bias", row->recurrent_bias);
        case_integers(test, "input_shape", DIMS(3), row->start);
        case_integers(test, "layers", DIMS(row->L, COLUMNS), &row->layer[0][0]);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
