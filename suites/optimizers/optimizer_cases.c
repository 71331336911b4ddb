// SPDX-License-Identifier: MIT
#include "optimizer_cases.h"

#include <stdio.h>

/* What parameter p's gradient is multiplied by at step s. */
static double scale(enum gradient_data data, size_t s, size_t p)
{
    static const double magnitude[] = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100, 1000};
    static const double tiny[] = {1e-8, 1e-7, 3e-8, 1e-6, 2e-4};
    switch (data) {
    case TINY:
        return tiny[p % 5];
    case MAGNITUDES:
        return magnitude[p % 10];
    case FALLING:
        return 1.0 / (double)(1 + s * s);
    case SPARSE:
        return p % 3 == 0 ? 0 : 1;
    default:
        return 1;
    }
}

static void exact_data(struct assay_case *test, enum gradient_data data, size_t S, size_t P,
                       double rate)
{
    static const double ones[] = {1, -1, 3, -3, 7, -7, 1, 3, 7, -1, -3, -7};
    static const double roots[] = {1, -1, 7, -7, 1, 7, -1, -7, 1, 7, 7, -1};
    case_dyadic(test, "w", DIMS(P), -4, 4, 0.5);
    case_constant(test, "g", DIMS(S, P), 0);
    double *g = case_input(test, "g");
    for (size_t i = 0; i < S * P; i++)
        g[i] = data == ROOTS ? roots[i % 12] : ones[i % 12];
    if (rate != 0)
        case_constant(test, "rate", DIMS(S), rate);
}

void optimizer_data(struct assay_case *test, enum gradient_data data, size_t S, size_t P,
                    double rate)
{
    static const double pattern[] = {1, 0.5, 2, 0.25, 1, 4};
    if (data >= ONES) {
        exact_data(test, data, S, P, rate);
        return;
    }
    case_signed(test, "w", DIMS(P), 0.25, 2);
    case_signed(test, "g", DIMS(S, P), 0.5, 2);
    if (rate != 0)
        case_constant(test, "rate", DIMS(S), rate);
    double *g = case_input(test, "g"), *rates = case_input(test, "rate");
    for (size_t i = 0; i < S * P; i++) {
        g[i] = (float)(g[i] * scale(data, i / P, i % P));
        if (data == STEADY && i >= P)
            g[i] = g[i - P];
    }
    for (size_t s = 0; rate != 0 && data != STEADY && s < S; s++)
        rates[s] = (float)(rates[s] * pattern[s % 6]);
}

void optimizer_state(struct assay_case *test, const char *name, enum gradient_data data, size_t P,
                     double low, double high, enum state_signs signs, enum state_size size)
{
    if (signs == POSITIVE)
        case_uniform(test, name, DIMS(P), low, high);
    else
        case_signed(test, name, DIMS(P), low, high);
    double *state = case_input(test, name);
    for (size_t p = 0; p < P; p++) {
        double factor = scale(data, 0, p);
        state[p] = (float)(state[p] * (size == OF_SQUARE ? factor * factor : factor));
    }
}

void optimizer_choice(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

void optimizer_number(struct assay_case *test, const char *name, double value)
{
    if (value != 0)
        case_number(test, name, value);
}

struct assay_case *optimizer_row_add(struct case_list *list, const struct optimizer_row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    for (size_t i = 0; i < 8 && row->number[i].name; i++)
        case_number(test, row->number[i].name, row->number[i].value);
    for (size_t i = 0; i < 5 && row->choice[i].name; i++)
        case_choice(test, row->choice[i].name, row->choice[i].value);
    double rate = row->data >= ONES ? 0.5 : 0.02;
    optimizer_data(test, row->data, row->S, row->P, row->without_rate ? 0 : rate);
    for (size_t i = 0; i < 3 && row->state[i].name; i++)
        optimizer_state(test, row->state[i].name, row->data, row->P, row->state[i].low,
                        row->state[i].high, row->state[i].signs, row->state[i].size);
    return test;
}

static void refuse(struct case_list *list, const char *like, const char *prefix,
                   struct refusal refusal)
{
    char name[64];
    snprintf(name, sizeof name, "%s_%s", prefix, refusal.quotes);
    refusal.name = name;
    refusal.like = like;
    case_refusals(list, &refusal, 1);
}

void optimizer_refusals(struct case_list *list, const struct optimizer_limits *limits)
{
    const char *like = limits->like;
    refuse(list, like, "without",
           (struct refusal){.what = INPUT_GONE, .quotes = "g", .why = "There is no gradient."});
    refuse(list, like, "without",
           (struct refusal){.what = INPUT_GONE, .quotes = "w", .why = "There is no start."});
    if (!limits->without_rate)
        refuse(list, like, "short",
               (struct refusal){.what = INPUT_SHORTER,
                                .quotes = "rate",
                                .why = "A rate is missing for the last step."});
    for (const char *const *name = limits->share; *name; name++) {
        refuse(list, like, "whole",
               (struct refusal){.what = NUMBER_SET,
                                .quotes = *name,
                                .value = 1,
                                .why = "A share of 1 would never let anything new in."});
        refuse(
            list, like, "negative",
            (struct refusal){
                .what = NUMBER_SET, .quotes = *name, .value = -0.25, .why = "A negative share."});
    }
    for (const char *const *name = limits->positive; *name; name++)
        refuse(list, like, "negative",
               (struct refusal){
                   .what = NUMBER_SET,
                   .quotes = *name,
                   .value = -0.001,
                   .why = "A negative number where only one of at least 0 has a meaning."});
    for (const char *const *name = limits->stated; *name; name++)
        refuse(list, like, "without",
               (struct refusal){.what = NUMBER_GONE,
                                .quotes = *name,
                                .why = "A number without a default is not stated."});
    for (const char *const *name = limits->choice; *name; name++)
        refuse(list, like, "unknown",
               (struct refusal){
                   .what = CHOICE_SET,
                   .quotes = *name,
                   .choice = "sideways",
                   .why = "A convention that does not exist must not fall back to another one."});
}

void optimizer_refusal_rows(struct case_list *list, const char *like, const struct refusal *row,
                            size_t rows)
{
    const struct refusal shared[] = {
        {"no_gradients", like, INPUT_GONE, "g", .why = "Nothing to descend."},
        {"no_start", like, INPUT_GONE, "w", .why = "No parameters: zeros are not meant."},
        {"no_rates", like, INPUT_GONE, "rate", .why = "A rate of one's own is not meant."},
        {"rates_too_few", like, INPUT_SHORTER, "rate", .why = "The last step has no rate."},
        {"start_too_short", like, INPUT_SHORTER, "w", .why = "A gradient without a parameter."},
        {"maximize_unknown", like, CHOICE_SET, "maximize", .choice = "perhaps",
         .why = "Neither descent nor ascent."},
        {"decay_negative", like, NUMBER_SET, "weight_decay", -0.25,
         .why = "A decay that pushes the parameters away from 0."},
    };
    case_refusals(list, shared, sizeof shared / sizeof *shared);
    case_refusals(list, row, rows);
}
