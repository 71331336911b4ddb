// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Scripted validation curves of up to 16 epochs. */
enum curve { OVERFITTING, ZIGZAG, RISING, PLATEAU, TIED, FALLING };
static const double curves[][16] = {
    {0.9, 0.7, 0.55, 0.48, 0.46, 0.47, 0.49, 0.52, 0.56, 0.6, 0.66, 0.7, 0.75, 0.8, 0.9, 1.1},
    {0.8, 0.85, 0.6, 0.65, 0.7, 0.58, 0.61, 0.63, 0.62, 0.57, 0.59, 0.64, 0.66, 0.68, 0.5, 0.4},
    {0.5, 0.62, 0.6, 0.71, 0.7, 0.69, 0.74, 0.73, 0.72, 0.71, 0.7, 0.9, 0.69, 0.68, 0.67, 0.66},
    {1, 0.8, 0.797, 0.794, 0.791, 0.788, 0.785, 0.7, 0.698, 0.697, 0.696, 0.695, 0.694, 0.693,
     0.692, 0.5},
    {1, 0.75, 0.5, 0.5, 0.5, 0.75, 0.5, 0.25, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.125, 0.5},
    {0.95, 0.9, 0.82, 0.8, 0.75, 0.7, 0.66, 0.6, 0.58, 0.5, 0.45, 0.4, 0.38, 0.33, 0.3, 0.2},
};

struct setting {
    size_t E, P;
    enum curve curve;
    double patience, min_delta, start, baseline; /* baseline 0: none */
    const char *mode, *stop_when, *restore;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"overfitting", "bounded", "REG-11 REG-12",
      "A curve that falls and rises: stops three epochs after its minimum and goes back to it.", 0},
     {.E = 16, .P = 5, .curve = OVERFITTING, .patience = 3}},
    {{"patience_of_c7", "bounded", "REG-11 REG-20",
      "Patience 10 with the best weights restored, as in document 004 C7.", 0},
     {.E = 16, .P = 7, .curve = OVERFITTING, .patience = 10}},
    {{"counter_reset", "bounded", "REG-11",
      "Each improvement starts the wait anew: without that the curve stops too early.", 0},
     {.E = 16, .P = 3, .curve = ZIGZAG, .patience = 4}},
    {{"exceeded", "bounded", "REG-11", "Stops one epoch later, when the wait exceeds the patience.",
      0},
     {.E = 16, .P = 4, .curve = OVERFITTING, .patience = 3, .stop_when = "exceeded"}},
    {{"not_restored", "bounded", "REG-11", "The weights of the last epoch stay: Keras's default.",
      0},
     {.E = 16, .P = 4, .curve = OVERFITTING, .patience = 2, .restore = "no"}},
    {{"maximize", "bounded", "REG-11", "An accuracy is to rise: the mirror image of a loss.", 0},
     {.E = 14, .P = 6, .curve = RISING, .patience = 3, .mode = "max"}},
    {{"maximize_with_delta", "bounded", "REG-11", "Small rises do not count.", 0},
     {.E = 14, .P = 3, .curve = RISING, .patience = 4, .mode = "max", .min_delta = 0.035}},
    {{"min_delta", "bounded", "REG-11",
      "Steps of 0.003 below a min_delta of 0.01: measured from the best, not from the epoch "
       "before.", 0},
     {.E = 15, .P = 4, .curve = PLATEAU, .patience = 5, .min_delta = 0.01}},
    {{"small_steps_add_up", "bounded", "REG-11",
      "Against the best of several epochs before, small steps add up to an improvement.", 0},
     {.E = 15, .P = 4, .curve = PLATEAU, .patience = 4, .min_delta = 0.0045}},
    {{"negative_delta", "bounded", "REG-11", "The magnitude of min_delta counts, as in Keras.", 0},
     {.E = 15, .P = 2, .curve = PLATEAU, .patience = 5, .min_delta = -0.01}},
    {{"never_stopped", "bounded", "REG-11",
      "The curve falls to the end: the last epoch is the best.", 0},
     {.E = 16, .P = 3, .curve = FALLING, .patience = 2}},
    {{"epochs_run_out", "bounded", "REG-11",
      "Training ends by itself before patience does: the best weights are restored all the same.",
       0},
     {.E = 8, .P = 5, .curve = OVERFITTING, .patience = 6}},
    {{"epochs_run_out_when_stopped", "bounded", "REG-11",
      "The same where weights are restored only if training was stopped.", 0},
     {.E = 8, .P = 5, .curve = OVERFITTING, .patience = 6, .restore = "when_stopped"}},
    {{"restored_when_stopped", "bounded", "REG-11", "Stopped, so restored.", 0},
     {.E = 12, .P = 5, .curve = OVERFITTING, .patience = 4, .restore = "when_stopped"}},
    {{"patience_zero", "bounded", "REG-11",
      "Patience 0 stops at the first epoch without improvement.", 0},
     {.E = 9, .P = 3, .curve = ZIGZAG}},
    {{"patience_one", "bounded", "REG-11",
      "Patience 1 does the same: the wait is 1 when it is compared.", 0},
     {.E = 9, .P = 3, .curve = ZIGZAG, .patience = 1}},
    {{"start_epoch", "bounded", "REG-11",
      "A warm-up of 5 epochs is not looked at, its minimum included.", 0},
     {.E = 16, .P = 4, .curve = ZIGZAG, .patience = 3, .start = 4}},
    {{"baseline", "bounded", "REG-11",
      "The first epochs do not reach the baseline and are waited for.", 0},
     {.E = 16, .P = 4, .curve = OVERFITTING, .patience = 4, .baseline = 0.6}},
    {{"baseline_never_reached", "bounded", "REG-11",
      "No epoch reaches the baseline: nothing was best, and the last weights stay.", 0},
     {.E = 16, .P = 4, .curve = OVERFITTING, .patience = 5, .baseline = 0.25}},
    {{"ties", "exact", "REG-11", "Epochs that equal the best are no improvement.", 0},
     {.E = 14, .P = 3, .curve = TIED, .patience = 4}},
    {{"tie_with_delta", "exact", "REG-11", "An improvement of exactly min_delta is none.", 0},
     {.E = 14, .P = 3, .curve = TIED, .patience = 5, .min_delta = 0.25}},
    {{"one_epoch", "bounded", "REG-11", "A single epoch is the best one.", 0},
     {.E = 1, .P = 9, .curve = OVERFITTING, .patience = 1}},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"patience_negative", "overfitting", NUMBER_SET, "patience", -1, NULL, 0,
     "A wait of 0 is above -1: training would end at once, or never in unsigned numbers."},
    {"patience_of_halves", "overfitting", NUMBER_SET, "patience", 2.5, NULL, 0,
     "Rounded down it stops an epoch before rounded up."},
    {"start_after_the_end", "start_epoch", NUMBER_SET, "start_epoch", 16, NULL, 0,
     "No epoch would ever be looked at, and nothing was best."},
    {"mode_unknown", "maximize", CHOICE_SET, "mode", 0, "auto", 0,
     "A guess from the name of the figure goes wrong for figures of one's own."},
    {"stop_when_unknown", "exceeded", CHOICE_SET, "stop_when", 0, "equal", 0,
     "An epoch more or less hangs on it."},
    {"restore_unknown", "not_restored", CHOICE_SET, "restore", 0, "latest", 0,
     "Which weights are kept hangs on it."},
    {"weights_short", "overfitting", INPUT_SHORTER, "weights", 0, NULL, 0,
     "No weights for the last epoch: restoring that one would read past the end."},
    {"curve_missing", "overfitting", INPUT_GONE, "validation", 0, NULL, 0,
     "Without a validation figure nothing can be decided."},
    /* clang-format on */
};

void early_stopping_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "patience", is->patience);
        case_number(test, "min_delta", is->min_delta);
        case_number(test, "start_epoch", is->start);
        if (is->mode)
            case_choice(test, "mode", is->mode);
        if (is->stop_when)
            case_choice(test, "stop_when", is->stop_when);
        if (is->restore)
            case_choice(test, "restore", is->restore);
        case_values(test, "validation", DIMS(is->E), curves[is->curve]);
        if (is->baseline > 0)
            case_constant(test, "baseline", SCALAR, is->baseline);
        if (test->tier[0] == 'e')
            case_dyadic(test, "weights", DIMS(is->E, is->P), -8, 8, 0.125);
        else
            case_signed(test, "weights", DIMS(is->E, is->P), 0.25, 2);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
