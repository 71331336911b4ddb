// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

static const struct row {
    struct case_head head;
    size_t N, C, D, G, block;
    const char *settings;
    int label[9], generated[12];
    size_t shuffled; /* the size of the result, when it is to be permuted */
    int dyadic;
} rows[] = {
    /* clang-format off */
    {{"equal", "bounded", "REG-34 REG-35 GAN-15 IMB-11",
      "Two rare classes grow to the size of the largest; some generated samples are not needed.",
      0},
     9, 3, 2, 12, 2, "", {0, 0, 1, 0, 2, 0, 1, 0, 0}, .generated = {2, 1, 0, 2, 1, 2, 1, 1, 2, 2, 1,
      2}},
    {{"share", "bounded", "REG-34 GAN-15",
      "They grow to 0.7 of the largest, which is not a whole number.", 0},
     9, 3, 2, 8, 2, "share=0.7", {0, 0, 1, 0, 2, 0, 1, 0, 0}, .generated = {1, 2, 2, 0, 1, 1, 2,
      2}},
    {{"share_of_some", "bounded", "REG-34",
      "A share that only one of the two rare classes is below.", 0},
     9, 3, 2, 4, 2, "share=0.5", {0, 1, 1, 0, 2, 0, 1, 0, 0}, .generated = {1, 2, 2, 1}},
    {{"rarest", "bounded", "REG-34 IMB-06", "Only the rarest class grows.", 0},
     9, 3, 2, 9, 2, "grow=rarest", {0, 0, 1, 0, 2, 0, 1, 0, 0}, .generated = {1, 2, 2, 1, 2, 2, 0,
      2, 2}},
    {{"rarest_of_equals", "bounded", "REG-34", "Two classes are equally rare: the first one grows.",
      0},
     8, 3, 2, 6, 2, "grow=rarest", {0, 2, 1, 0, 2, 0, 1, 0}, .generated = {2, 2, 1, 2, 1, 1}},
    {{"as_generated", "bounded", "REG-34", "Appended in the order in which they were generated.",
      0},
     7, 3, 2, 9, 2, "order=generator", {2, 0, 2, 1, 2, 2, 1}, .generated = {1, 0, 0, 2, 1, 0, 0, 1,
      0}},
    {{"shuffled", "bounded", "REG-34 REG-33",
      "The result is permuted, samples and generated ones alike.", 0},
     7, 3, 2, 6, 3, "", {2, 0, 2, 1, 2, 2, 1}, .generated = {0, 1, 0, 1, 0, 1}, .shuffled = 12},
    {{"weights", "bounded", "REG-34 IMB-06",
      "Classes of unequal size after the growth get weights that make them count alike.", 0},
     9, 3, 2, 5, 2, "share=0.7 weights=balanced", {0, 0, 1, 0, 2, 0, 1, 0, 0}, .generated = {1, 2,
      2, 1, 2}},
    {{"generated_count_less", "bounded", "REG-34 GAN-15",
      "A generated sample counts 0.3 of a real one, and so does not fill its class.", 0},
     9, 3, 2, 9, 2, "weights=balanced generated_weight=0.3", {0, 0, 1, 0, 2, 0, 1, 0, 0},
      .generated = {1, 2, 2, 1, 2, 2, 1, 2, 1}},
    {{"generated_count_less_alone", "bounded", "REG-34",
      "The same without weights of the classes, permuted.", 0},
     7, 3, 1, 5, 2, "generated_weight=0.6", {2, 0, 2, 1, 2, 2, 1}, .generated = {0, 1, 0, 1, 0},
      .shuffled = 12},
    {{"class_without_samples", "bounded", "REG-34 IMB-11",
      "A class of which there is no sample is made of generated ones alone.", 0},
     5, 3, 2, 5, 2, "weights=balanced share=0.7", {0, 2, 0, 2, 2}, .generated = {1, 1, 0, 2, 1}},
    {{"class_stays_without", "bounded", "REG-34",
      "Two classes are empty and one of them remains so: its weight is 0.", 0},
     5, 4, 2, 4, 2, "weights=balanced grow=rarest share=0.9", {0, 2, 0, 2, 2}, .generated = {1, 3,
      1, 3}},
    {{"nothing_needed", "exact", "REG-34", "Balanced already: the generated sample is ignored.", 0},
     4, 2, 2, 1, 1, "", {1, 0, 0, 1}, .generated = {1}, .dyadic = 1},
    {{"half_exactly", "exact", "REG-34", "Half of 6 is a whole number, and is reached.", 0},
     8, 2, 1, 3, 2, "share=0.5", {1, 0, 1, 1, 1, 0, 1, 1}, .generated = {0, 0, 0}, .dyadic = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"share_of_nothing", "half_exactly", NUMBER_SET, "share", 0, NULL, 0, "A share of nothing."},
    {"more_than_the_largest", "half_exactly", NUMBER_SET, "share", 1.5, NULL, 0,
     "All classes would grow, the largest too."},
    {"a_class_lacks", "weights", ELEMENT_SET, "generated_label", 0, NULL, 4,
     "One sample of class 2 too few was generated."},
    {"label_beyond_the_classes", "nothing_needed", ELEMENT_SET, "label", 2, NULL, 1,
     "There is no such class."},
    {"generated_beyond_the_classes", "nothing_needed", ELEMENT_SET, "generated_label", -1, NULL, 0,
     "There is no such class."},
    {"weightless", "nothing_needed", NUMBER_SET, "generated_weight", 0, NULL, 0,
     "Generated samples that count nothing."},
    {"place_taken_twice", "generated_count_less_alone", ELEMENT_SET, "permutation", 3, NULL, 0,
     "One sample twice, another never."},
    {"unknown_order", "nothing_needed", CHOICE_SET, "order", 0, "random", 0,
     "There is no such order."},
    {"classes_missing", "nothing_needed", NUMBER_GONE, "classes", 0, NULL, 0,
     "How many classes there are belongs to the request."},
    /* clang-format on */
};

void generative_augmentation_cases(struct case_list *list)
{
    static const int permutation[12] = {7, 2, 11, 0, 9, 4, 10, 1, 3, 8, 6, 5};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        case_number(test, "block", (double)is->block);
        case_number(test, "classes", (double)is->C);
        elementwise_settings(test, is->settings);
        if (is->dyadic) {
            case_dyadic(test, "x", DIMS(is->N, is->D), 1, 16, 1);
            case_dyadic(test, "generated", DIMS(is->G, is->D), 1, 16, 1);
        } else {
            case_signed(test, "x", DIMS(is->N, is->D), 0.5, 2);
            case_signed(test, "generated", DIMS(is->G, is->D), 0.5, 2);
        }
        case_integers(test, "label", DIMS(is->N), is->label);
        case_integers(test, "generated_label", DIMS(is->G), is->generated);
        if (is->shuffled)
            case_integers(test, "permutation", DIMS(is->shuffled), permutation);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
