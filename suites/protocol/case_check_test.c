// SPDX-License-Identifier: MIT
/* What is unfit to be written is refused with its own sentence, and no file is left behind. */
#include "case_test_files.h"

#include <float.h>

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* One change that makes the sample unfit to be written. */
struct change {
    const char *words[3];
    void (*make)(struct assay_file *file);
};

static void input_nan(struct assay_file *f)
{
    f->test[0].request.input[0].value[4] = NAN;
}

static void input_infinite(struct assay_file *f)
{
    f->test[0].request.input[0].value[4] = INFINITY;
}

static void input_double(struct assay_file *f)
{
    f->test[0].request.input[0].value[4] = 0.1;
}

static void input_too_large(struct assay_file *f)
{
    f->test[0].request.input[0].value[4] = DBL_MAX;
}

static void label_fraction(struct assay_file *f)
{
    f->test[0].request.input[1].value[4] = 0.5;
}

static void label_large(struct assay_file *f)
{
    f->test[0].request.input[1].value[4] = 0x1p31;
}

static void number_nan(struct assay_file *f)
{
    f->test[0].request.number[0].value = NAN;
}

static void convention_empty(struct assay_file *f)
{
    f->test[0].request.choice[0].value[0] = '\0';
}

static void why_empty(struct assay_file *f)
{
    f->test[0].why[0] = '\0';
}

static void tier_unknown(struct assay_file *f)
{
    snprintf(f->test[0].tier, ASSAY_NAME, "exactly");
}

static void case_twice(struct assay_file *f)
{
    snprintf(f->test[1].name, ASSAY_NAME, "%s", f->test[0].name);
}

static void name_with_slash(struct assay_file *f)
{
    snprintf(f->test[0].name, ASSAY_NAME, "a/b");
}

static void bound_negative(struct assay_file *f)
{
    f->golden[0].output[0].bound[ASSAY_F32][1] = -1;
}

static void bound_nan(struct assay_file *f)
{
    f->golden[0].output[0].bound[ASSAY_F64][1] = NAN;
}

static void high_nan(struct assay_file *f)
{
    f->golden[0].output[0].high[1] = NAN;
}

static void low_large(struct assay_file *f)
{
    f->golden[0].output[0].low[1] = 0x1p-51;
}

static void low_of_infinity(struct assay_file *f)
{
    f->golden[0].output[0].high[1] = INFINITY;
}

static void class_fraction(struct assay_file *f)
{
    f->golden[0].output[1].high[1] = 0.5;
}

static void class_large(struct assay_file *f)
{
    f->golden[0].output[1].high[1] = 0x1p31;
}

static void possible_quotes(struct assay_file *f)
{
    snprintf(f->test[0].quotes, ASSAY_NAME, "rate");
}

static void impossible_without_quotes(struct assay_file *f)
{
    f->test[SAMPLE_REFUSED].quotes[0] = '\0';
}

/* Gives what belongs to one case to another. */
static void swap_goldens(struct assay_file *f, size_t other)
{
    struct assay_golden golden = f->golden[0];
    f->golden[0] = f->golden[other];
    f->golden[other] = golden;
    snprintf(f->test[0].tier, ASSAY_NAME, "refused");
    snprintf(f->test[0].quotes, ASSAY_NAME, "rate");
}

static void impossible_with_outputs(struct assay_file *f)
{
    swap_goldens(f, SAMPLE_REFUSED);
}

static void random_with_outputs(struct assay_file *f)
{
    swap_goldens(f, SAMPLE_STATISTICAL);
}

static void random_without_laws(struct assay_file *f)
{
    f->test[SAMPLE_STATISTICAL].laws = 0;
}

static void bounded_with_draws(struct assay_file *f)
{
    snprintf(f->test[SAMPLE_STATISTICAL].tier, ASSAY_NAME, "bounded");
}

static void draw_is_input(struct assay_file *f)
{
    snprintf(f->test[SAMPLE_STATISTICAL].request.draw[1].name, ASSAY_NAME, "x");
}

static void draw_twice(struct assay_file *f)
{
    snprintf(f->test[SAMPLE_STATISTICAL].request.draw[1].name, ASSAY_NAME, "noise");
}

static void draw_of_any_rank(struct assay_file *f)
{
    f->test[SAMPLE_STATISTICAL].request.draw[1].rank = 5;
}

static void draw_huge(struct assay_file *f)
{
    f->test[SAMPLE_STATISTICAL].request.draw[1].dim[0] = SIZE_MAX;
}

static void draw_many(struct assay_file *f)
{
    f->test[SAMPLE_STATISTICAL].request.draw[1].dim[0] = 1 << 24;
}

static void draw_with_colon(struct assay_file *f)
{
    snprintf(f->test[SAMPLE_STATISTICAL].request.draw[1].law, ASSAY_NAME, "normal: 3");
}

static void law_empty(struct assay_file *f)
{
    f->test[SAMPLE_STATISTICAL].law[0].text[0] = '\0';
}

static void number_and_convention(struct assay_file *f)
{
    snprintf(f->test[0].request.number[0].name, ASSAY_NAME, "epsilon_place");
}

static void margin_nan(struct assay_file *f)
{
    f->golden[0].margin[ASSAY_F32] = NAN;
}

static void no_outputs(struct assay_file *f)
{
    static const struct assay_golden none = {0};
    for (size_t i = 0; i < f->golden[0].outputs; i++) {
        free(f->golden[0].output[i].high);
        free(f->golden[0].output[i].low);
        for (int p = 0; p < ASSAY_PRECISIONS; p++)
            free(f->golden[0].output[i].bound[p]);
    }
    free(f->golden[0].output);
    f->golden[0] = none;
}

static void test_refused_when_written(void **state)
{
    static const struct change changes[] = {
        {{"zulu/inputs/x", "element 4", "NaN"}, input_nan},
        {{"zulu/inputs/x", "element 4", "infinite"}, input_infinite},
        {{"zulu/inputs/x", "element 4", "float32 first"}, input_double},
        {{"zulu/inputs/x", "element 4", "float32 first"}, input_too_large},
        {{"inputs/label", "element 4", "int32 first"}, label_fraction},
        {{"inputs/label", "element 4", "int32 first"}, label_large},
        {{"inputs/rate", "NaN", "finite"}, number_nan},
        {{"inputs/epsilon_place", "empty", ""}, convention_empty},
        {{"'epsilon_place'", "twice", ""}, number_and_convention},
        {{"sigmoid/zulu", "'why' is empty", ""}, why_empty},
        {{"tier 'exactly'", "trajectory", ""}, tier_unknown},
        {{"'zulu'", "twice", ""}, case_twice},
        {{"name", "'/'", ""}, name_with_slash},
        {{"golden/y", "bound in f32 of element 1", "negative"}, bound_negative},
        {{"golden/y", "bound in f64 of element 1", "NaN"}, bound_nan},
        {{"golden/y", "element 1", "NaN"}, high_nan},
        {{"golden/y", "low of element 1", "half a unit"}, low_large},
        {{"golden/y", "low of element 1", "inf"}, low_of_infinity},
        {{"golden/class", "element 1", "32-bit integer"}, class_fraction},
        {{"golden/class", "element 1", "32-bit integer"}, class_large},
        {{"zulu", "'quotes'", "tier refused"}, possible_quotes},
        {{"impossible", "'quotes' is empty", ""}, impossible_without_quotes},
        {{"zulu/golden", "holds no outputs", ""}, no_outputs},
        {{"impossible/golden", "holds outputs", "refused"}, impossible_with_outputs},
        {{"random/golden", "holds outputs", "statistical"}, random_with_outputs},
        {{"random", "no laws", ""}, random_without_laws},
        {{"random", "draws or laws", "statistical"}, bounded_with_draws},
        {{"draws/x", "either given or drawn", ""}, draw_is_input},
        {{"'noise'", "twice", ""}, draw_twice},
        {{"draws/mask", "rank 5", ""}, draw_of_any_rank},
        {{"draws/mask", "elements", ""}, draw_huge},
        {{"draws/mask", "elements", ""}, draw_many},
        {{"draws/mask", "':'", ""}, draw_with_colon},
        {{"laws/y", "empty", ""}, law_empty},
        {{"golden", "margin", "NaN"}, margin_nan},
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char error[ASSAY_ERROR] = "";
        struct assay_file file = sample_file(1);
        changes[i].make(&file);
        assert_int_equal(assay_file_write(&file, in_folder("refused.h5"), error), 2);
        assert_sentence(error, WORDS("refused.h5", changes[i].words[0], changes[i].words[1],
                                     changes[i].words[2]));
        assay_file_free(&file);
    }
    assert_int_equal(files_with("refused", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused_when_written)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder) != 0;
}
