// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

/* N samples of F values; spread: how far from 0; offset: their middle. */
static const struct row {
    struct case_head head;
    size_t N, F, block;
    double offset, spread;
    const char *settings;
    int forward_only;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-01 ACT-12 FND-21",
      "No stated convention: the last half goes through the sigmoid.", 0},
     5, 6, 2, 0, 3, "", 0},
    {{"one_pair", "bounded", "ACT-12", "One value and one gate: the smallest case there is.", 0},
     1, 2, 4, 1, 0.5, "gate=sigmoid", 0},
    {{"gate_last", "bounded", "ACT-12", "The gate is the last half, stated.", 0},
     4, 4, 2, 0, 3, "gate_half=last", 0},
    {{"gate_first", "bounded", "ACT-12", "The gate is the first half, as fused kernels have it.",
      0},
     4, 4, 2, 0, 3, "gate_half=first", 0},
    {{"interleaved", "bounded", "ACT-12", "Values and gates alternate.", 0},
     4, 6, 2, 0, 3, "arrangement=interleaved", 0},
    {{"interleaved_gate_first", "bounded", "ACT-12", "Gates and values alternate.", 0},
     4, 6, 2, 0, 3, "arrangement=interleaved gate_half=first gate=silu", 0},
    {{"tanh", "bounded", "ACT-03 ACT-12", "A gate by tanh, which can be negative.", 0},
     4, 6, 2, 0, 2, "gate=tanh", 0},
    {{"relu", "bounded", "ACT-04", "ReGLU: closed gates give no gradient at all.", 0},
     5, 6, 2, 0, 3, "gate=relu", 0},
    {{"silu", "bounded", "ACT-12", "SwiGLU, the feed-forward layer of Llama.", 0},
     5, 6, 2, 0, 3, "gate=silu", 0},
    {{"gelu", "bounded", "ACT-12", "GEGLU, with the exact normal distribution.", 0},
     5, 6, 2, 0.5, 2, "gate=gelu", 0},
    {{"linear", "bounded", "ACT-08", "A bilinear layer: the gate is not activated.", 0},
     5, 6, 2, 0, 3, "gate=linear", 0},
    {{"saturated", "bounded", "ACT-11",
      "Gates beyond 15: s (1 - s) cancels where s s(-x) does not.", 0},
     4, 6, 2, 30, 14, "gate=sigmoid", 0},
    {{"closed", "bounded", "ACT-11", "Gates of -30 to -90: y keeps its digits.", 0},
     4, 6, 2, -60, 29, "gate=silu", 0},
    {{"forward_only", "bounded", "ACT-12", "Without an upstream gradient only y is an output.", 0},
     3, 8, 1, 0, 3, "gate=silu", 1},
    {{"many_blocks", "bounded", "ACT-12 DST-08", "31 samples in blocks of 2, the last one short.",
      0},
     31, 4, 2, 0, 3, "gate=silu gate_half=first", 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"odd_width", "forward_only", INPUT_SHORTER, "x", 0, NULL, 1, "Seven columns have no halves."},
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to gate."},
    {"wide_upstream", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has less columns than half of x."},
    {"unknown_gate", "ordinary", CHOICE_SET, "gate", 0, "whatever", 0, "No such function."},
    {"unknown_half", "gate_first", CHOICE_SET, "gate_half", 0, "middle", 0, "No such half."},
    {"unknown_arrangement", "interleaved", CHOICE_SET, "arrangement", 0, "whatever", 0,
     "No such arrangement."},
    /* clang-format on */
};

void glu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        case_number(test, "block", (double)is->block);
        elementwise_settings(test, is->settings);
        case_uniform(test, "x", DIMS(is->N, is->F), is->offset - is->spread,
                     is->offset + is->spread);
        if (!is->forward_only)
            case_signed(test, "dy", DIMS(is->N, is->F / 2), 0.5, 1.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
