// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

enum colours { ANY, SEXTANTS, GREYS, EQUALS, PRIMARIES };

static const struct row {
    struct case_head head;
    size_t N, H, W, block;
    enum colours colours;
    const char *settings;
    int forward_only;
    double hue[4], saturation[4], value[4];
} rows[] = {
    /* clang-format off */
    {{"scaled", "bounded", "REG-29 REG-35",
      "Hue, saturation and value scaled inside of their bounds; each image its own.", 0},
     3, 2, 3, 1, ANY, "", 0, {0.125, -0.3, 0.45}, {0.5, 0.9, 0.7}, {0.9, 0.6, 0.8}},
    {{"scaled_bounded", "bounded", "REG-29",
      "Factors above 1: some pixels reach full saturation or full value.", 0},
     4, 3, 2, 2, ANY, "", 0, {0.7, -0.05, 0.2, -0.8}, {1.75, 2.5, 1.3, 3}, {1.2, 1.05, 1.9, 1.4}},
    {{"shifted", "bounded", "REG-29", "Saturation and value are shifted, a little.", 0},
     3, 2, 2, 1, ANY, "method=shift", 0, {-0.2, 0.6, 0.05}, {0.03, -0.04, 0.02}, {-0.03, 0.02,
      0.04}},
    {{"shifted_bounded", "bounded", "REG-29", "Shifts that reach both bounds.", 0},
     4, 2, 3, 2, ANY, "method=shift", 0, {0.3, -0.15, 0.9, 0}, {0.5, -0.45, 0.2, -0.3}, {0.4, -0.3,
      -0.5, 0.3}},
    {{"six_sextants", "bounded", "REG-29",
      "A colour of each sextant, turned by less than one and by more than half a turn.", 0},
     2, 2, 3, 1, SEXTANTS, "", 0, {0.02, 0.62}, {0.8, 0.6}, {0.7, 0.9}},
    {{"hue_alone", "bounded", "REG-29",
      "A third of a turn, forwards and backwards: red becomes green, or blue.", 0},
     2, 2, 3, 1, SEXTANTS, "", 0, {0.34375, -0.34375}, {1, 1}, {0.75, 0.75}},
    {{"without_colour", "bounded", "REG-29",
      "Saturation 0: each pixel is as grey as its brightest channel, and only that gets a "
      "gradient.", 0},
     2, 2, 2, 1, ANY, "", 0, {0.3, 0.1}, {0, 0}, {0.8, 0.6}},
    {{"greys", "bounded", "REG-29", "Greys have no hue, and stay grey.", 0},
     2, 1, 3, 1, GREYS, "", 1, {0.3, -0.1}, {0.7, 1.6}, {0.9, 0.6}},
    {{"greys_shifted", "exact", "REG-29",
      "A grey of which the saturation is raised becomes red, which is then turned.", 0},
     2, 1, 3, 1, GREYS, "method=shift", 1, {0, 0.25}, {0.25, 0.5}, {0.125, -0.125}},
    {{"greys_kept", "exact", "REG-29", "The same where greys are to stay grey.", 0},
     2, 1, 3, 1, GREYS, "method=shift grey=kept", 1, {0, 0.25}, {0.25, 0.5}, {0.125, -0.125}},
    {{"equal_channels", "exact", "REG-29",
      "Two channels are the largest, or two the smallest, or all: the hue is the same either way, "
      "the gradient is not.", 0},
     2, 2, 3, 1, EQUALS, "", 0, {0.25, -0.125}, {0.5, 1}, {0.5, 0.5}},
    {{"primaries", "exact", "REG-29 DST-02",
      "Black, white, red, green, blue and cyan, by whole sixths of half a turn.", 0},
     2, 2, 3, 1, PRIMARIES, "", 1, {0.5, -1}, {0.5, 1}, {0.5, 1}},
    {{"forward_only", "bounded", "REG-29", "Without an upstream gradient, one pixel.", 0},
     1, 1, 1, 1, ANY, "method=shift", 1, {0.3}, {0.05}, {0.04}},
    /* clang-format on */
};

/* Red, green and blue of six pixels. */
static const double listed[][6][3] = {
    [SEXTANTS] = {{0.9, 0.5, 0.2},
                  {0.4, 0.8, 0.1},
                  {0.15, 0.7, 0.5},
                  {0.3, 0.45, 0.85},
                  {0.6, 0.2, 0.95},
                  {0.75, 0.1, 0.35}},
    [GREYS] = {{0.25, 0.25, 0.25}, {0.5, 0.5, 0.5}, {0.75, 0.75, 0.75}},
    [EQUALS] = {{1, 0.5, 0.5},
                {0.5, 0.5, 0.25},
                {0.25, 0.5, 0.5},
                {0.5, 0.25, 0.5},
                {0.5, 0.5, 0.5},
                {0.125, 0.125, 0.25}},
    [PRIMARIES] = {{0, 0, 0}, {1, 1, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 1, 1}},
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"hue_in_degrees", "forward_only", ELEMENT_SET, "hue", 30, NULL, 0,
     "Degrees are taken for turns."},
    {"shift_beyond_one", "forward_only", ELEMENT_SET, "value", 1.5, NULL, 0,
     "More than from black to white."},
    {"negative_factor", "greys", ELEMENT_SET, "saturation", -0.5, NULL, 1,
     "Less than grey there is not."},
    {"pixel_of_255", "forward_only", ELEMENT_SET, "x", 255, NULL, 1, "Bytes are taken for shares."},
    {"two_channels", "forward_only", INPUT_SHORTER, "x", 0, NULL, 1,
     "Colours have three channels."},
    {"unknown_method", "forward_only", CHOICE_SET, "method", 0, "gamma", 0,
     "There is no such method."},
    {"hue_missing", "forward_only", INPUT_GONE, "hue", 0, NULL, 0,
     "How far the hue turns belongs to the request."},
    /* clang-format on */
};

void hue_saturation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims dims = DIMS(is->N, 3, is->H, is->W);
        size_t pixels = is->H * is->W;
        case_number(test, "block", (double)is->block);
        elementwise_settings(test, is->settings);
        double x[128];
        for (size_t k = 0; is->colours != ANY && k < is->N * 3 * pixels; k++)
            x[k] = listed[is->colours][k % pixels][k / pixels % 3];
        if (is->colours == ANY)
            case_uniform(test, "x", dims, 0.05, 0.95);
        else
            case_values(test, "x", dims, x);
        case_values(test, "hue", DIMS(is->N), is->hue);
        case_values(test, "saturation", DIMS(is->N), is->saturation);
        case_values(test, "value", DIMS(is->N), is->value);
        if (is->forward_only)
            continue;
        if (is->colours == EQUALS)
            case_dyadic(test, "dy", dims, -4, 4, 0.5);
        else
            case_signed(test, "dy", dims, 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
