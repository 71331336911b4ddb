// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define DATA   "block=2 x:5x3:signed:0.3:1.2 t:5x2:signed:0.3:1 "
#define SOURCE "source_w:3x4:signed:0.2:0.9 source_b:4:signed:0.1:0.4 "
#define FRESH  "deviates:4x2:signed:0.3:1.5 scale=0.5 "
#define STEP   "rate=0.375 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"feature_extraction", "bounded", "INI-16 TRF-01 TRF-02 TRF-04",
      "A fresh head on a frozen base: the base comes out of the step bit by bit as it went in.", 0},
     DATA SOURCE FRESH STEP},
    {{"fine_tuning", "bounded", "INI-16 TRF-03",
      "The same with the whole network learning at a base rate 8 times lower than the head's.", 0},
     DATA SOURCE FRESH STEP "base=fine_tuned base_rate=0.046875"},
    {{"one_rate", "bounded", "TRF-03", "No base rate is stated: that of the head holds.", 0},
     DATA SOURCE FRESH STEP "base=fine_tuned"},
    {{"biases_tuned", "bounded", "TRF-05", "Of the base only the biases learn.", 0},
     DATA SOURCE FRESH STEP "base=biases_tuned base_rate=0.75"},
    {{"head_of_zeros", "bounded", "INI-16 TRF-04",
      "A head of zeros: the base gets no gradient in the first step, the head does.", 0},
     DATA SOURCE STEP "head=zeros base=fine_tuned"},
    {{"head_kept", "bounded", "INI-16 TRF-06",
      "The old head fits and is kept: it is part of the checksum.", 0},
     DATA SOURCE STEP "head=kept source_head:4x2:signed:0.3:1 base=fine_tuned base_rate=0.125"},
    {{"frozen_with_decay", "bounded", "TRF-02",
      "Weight decay must spare what is frozen; an optimizer that sees all tensors shrinks it.", 0},
     DATA SOURCE FRESH STEP "decay=0.5"},
    {{"tuned_with_decay", "bounded", "TRF-03", "Where everything learns, everything decays.", 0},
     DATA SOURCE FRESH STEP "decay=0.5 base=fine_tuned base_rate=0.25"},
    {{"outputs_first", "bounded", "INI-16",
      "Source weights as PyTorch stores them, 4 units of 3 inputs: loaded transposed.", 0},
     DATA FRESH STEP "layout=out_in source_w:4x3:signed:0.2:0.9 source_b:4:signed:0.1:0.4 "
      "base=fine_tuned"},
    {{"outputs_first_square", "bounded", "INI-16",
      "A square matrix fits both ways, so no shape tells that it has to be transposed.", 0},
     "block=2 layout=out_in x:4x3:signed:0.3:1.2 t:4x2:signed:0.3:1 source_w:3x3:signed:0.2:0.9 "
     "source_b:3:signed:0.1:0.4 deviates:3x2:signed:0.3:1.5 " STEP},
    {{"bias_missing", "bounded", "INI-16",
      "A checkpoint without biases, loaded without strictness: they stay 0.", 0},
     DATA FRESH STEP "missing=zeros source_w:3x4:signed:0.2:0.9 base=fine_tuned"},
    {{"many_blocks", "bounded", "TRF-03 DST-08", "11 samples in 6 blocks, the last of them short.",
      0},
     "block=2 x:11x2:signed:0.3:1.2 t:11x3:signed:0.3:1 source_w:2x3:signed:0.2:0.9 "
     "source_b:3:signed:0.1:0.4 deviates:3x3:signed:0.3:1.5 base=fine_tuned base_rate=0.125 " STEP},
    {{"one_of_each", "bounded", "INI-16", "One sample, unit and output.", 0},
     "x:1x1:list:0.75 t:1x1:list:0.25 source_w:1x1:list:1.5 source_b:1:list:-0.5 "
     "deviates:1x1:list:2 base=fine_tuned rate=0.5"},
    {{"negative_zero", "bounded", "INI-16",
      "A weight of -0 equals 0 but has another pattern: the checksum can tell.", 0},
     DATA FRESH STEP "source_w:3x4:signed:0.2:0.9 source_b:4:signed:0.1:0.4 source_b@1=-0 "
      "source_w@5=0"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"weights_short", "one_of_each", INPUT_SHORTER, "source_w", 0, "", 0,
     "Weights of another shape: cut or filled up they would be another network."},
    {"weights_not_transposed", "outputs_first", CHOICE_SET, "layout", 0, "on_disk", 0,
     "An order of the axes that nobody knows."},
    {"bias_lost", "one_of_each", INPUT_GONE, "source_b", 0, "", 0,
     "Strict loading: a tensor that is not there must not be taken for 0."},
    {"biases_short", "feature_extraction", INPUT_SHORTER, "source_b", 0, "", 0,
     "3 biases for 4 units."},
    {"head_does_not_fit", "head_kept", INPUT_SHORTER, "source_head", 0, "", 1,
     "A head of other classes must be replaced, not kept."},
    {"deviates_gone", "one_of_each", INPUT_GONE, "deviates", 0, "", 0,
     "A fresh head comes from somewhere."},
    {"negative_rate", "one_of_each", NUMBER_SET, "rate", -0.5, "", 0, "That would be ascent."},
    {"negative_base_rate", "fine_tuning", NUMBER_SET, "base_rate", -1, "", 0,
     "Below 0 is not frozen."},
    {"negative_decay", "one_of_each", NUMBER_SET, "decay", -0.5, "", 0, "Weights would grow."},
    {"unknown_base", "one_of_each", CHOICE_SET, "base", 0, "half_frozen", 0,
     "What learns must not depend on a spelling."},
    {"unknown_head", "one_of_each", CHOICE_SET, "head", 0, "ones", 0,
     "Equal weights would stay equal."},
    {"no_target", "one_of_each", INPUT_GONE, "t", 0, "", 0, "There is nothing to learn."},
};

void pretrained_weights_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
