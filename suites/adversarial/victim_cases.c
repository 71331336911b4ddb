// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_SAMPLES = 64 };

static size_t classes_of(const struct victim_setting *is)
{
    return is->K == 1 ? 2 : is->K;
}

static double or_else(double value, double otherwise)
{
    return value != 0 ? value : otherwise;
}

/* 1 or -1: on which side of the middle the corner of class k has feature d. Taken from the signs of
 * the first weights, so that the classes of a wide model differ at random. */
static double side(const double *w1, const struct victim_setting *is, size_t d, size_t k)
{
    size_t units = is->H ? is->H : is->K;
    if (is->K == 1)
        return (w1[d * units] < 0) == (k == 0) ? 1 : -1;
    return w1[d * units + k % units] < 0 ? -1 : 1;
}

/* w1 (D,units): unit h looks towards the corner of class h mod K. */
static void fill_first_layer(struct assay_case *test, const struct victim_setting *is)
{
    size_t units = is->H ? is->H : is->K, classes = classes_of(is);
    double strength = or_else(is->strength, 1);
    case_signed(test, "w1", DIMS(is->D, units), 0.25 * strength, strength);
    case_uniform(test, "b1", DIMS(units), 0.0625, 0.25);
    double *w1 = case_input(test, "w1"), *b1 = case_input(test, "b1");
    for (size_t d = 0; d < is->D; d++) {
        for (size_t h = 0; h < units; h++) {
            double *w = &w1[d * units + h], own = *w < 0 ? -*w : *w;
            if (h >= classes || (is->K == 1 && h > 0))
                *w = own * side(w1, is, d, is->K == 1 ? (h + 1) % 2 : h % classes);
            if (!is->normalised)
                b1[h] = (double)(float)(b1[h] - 0.5 * *w);
        }
    }
}

static void fill_second_layer(struct assay_case *test, const struct victim_setting *is)
{
    double strength = or_else(is->strength, 1);
    case_uniform(test, "w2", DIMS(is->H, is->K), 0.5 * strength, strength);
    case_uniform(test, "b2", DIMS(is->K), -0.125, 0.125);
    double *w2 = case_input(test, "w2");
    for (size_t h = 0; h < is->H; h++) {
        for (size_t k = 0; k < is->K; k++) {
            int own = is->K == 1 ? h % 2 == 0 : h % is->K == k;
            w2[h * is->K + k] *= own ? 1 : is->K == 1 ? -1 : -0.5;
        }
    }
}

static void fill_samples(struct assay_case *test, const struct victim_setting *is)
{
    size_t classes = classes_of(is);
    int label[MOST_SAMPLES];
    double spread = or_else(is->spread, 0.1), corner = or_else(is->corner, 0.25);
    case_uniform(test, "x", DIMS(is->N, is->D), -spread, spread);
    double *x = case_input(test, "x");
    const double *w1 = case_input(test, "w1");
    for (size_t n = 0; n < is->N; n++) {
        size_t k = n % classes;
        for (size_t d = 0; d < is->D; d++) {
            double *to = &x[n * is->D + d];
            *to = (double)(float)(0.5 + corner * side(w1, is, d, k) + *to);
        }
        label[n] = (int)(n + (size_t)is->wrong >= is->N ? (k + 1) % classes : k);
    }
    case_integers(test, "labels", DIMS(is->N), label);
}

void victim_fill(struct assay_case *test, const struct victim_setting *is)
{
    if (is->block)
        case_number(test, "block", (double)is->block);
    if (is->activation)
        case_choice(test, "activation", is->activation);
    if (is->objective)
        case_choice(test, "objective", is->objective);
    fill_first_layer(test, is);
    if (is->H)
        fill_second_layer(test, is);
    fill_samples(test, is);
    if (is->normalised == 1) {
        case_uniform(test, "mean", DIMS(is->D), 0.375, 0.5);
        case_uniform(test, "deviation", DIMS(is->D), 0.1875, 0.3125);
    }
}

void victim_targets(struct assay_case *test, const char *name, const struct victim_setting *is,
                    int step)
{
    int target[MOST_SAMPLES];
    const double *label = case_input(test, "labels");
    for (size_t n = 0; n < is->N; n++)
        target[n] = ((int)label[n] + step) % (int)classes_of(is);
    case_integers(test, name, DIMS(is->N), target);
}

void victim_state(struct assay_case *test, const char *line)
{
    char name[32], value[32];
    int read = 0;
    for (; line && sscanf(line, " %31[^= ]=%31s%n", name, value, &read) == 2; line += read) {
        char *end;
        double number = strtod(value, &end);
        if (*end == '\0')
            case_number(test, name, number);
        else
            case_choice(test, name, value);
    }
}

struct assay_case *victim_add(struct case_list *list, const struct victim_row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    victim_state(test, row->states);
    victim_fill(test, &row->setting);
    if (row->target)
        victim_targets(test, "target", &row->setting, row->target);
    return test;
}
