// SPDX-License-Identifier: MIT
#include "game_cases.h"

#include <stdio.h>

enum { NAME = 24 };

/* Moves values away from 0 by `gap`. */
static void part(double *value, size_t n, double gap)
{
    for (size_t i = 0; i < n; i++)
        value[i] = (float)(value[i] < 0 ? value[i] - gap : value[i] + gap);
}

static void fill_layer(struct assay_case *test, const struct game_setting *is, const char *w,
                       const char *b, size_t I, size_t O, int hidden)
{
    double scale = is->scale != 0 ? is->scale : 0.6;
    if (is->data == GAME_RANDOM) {
        case_uniform(test, w, DIMS(I, O), -scale, scale);
        case_uniform(test, b, DIMS(O), -scale / 2, scale / 2);
        return;
    }
    if (I < 8)
        case_dyadic(test, w, DIMS(I, O), -0.25, 0.25, 0.03125);
    else
        case_dyadic(test, w, DIMS(I, O), -0.015625, 0.015625, 0.015625);
    case_dyadic(test, b, DIMS(O), -0.5, 0.5, 0.125);
    if (hidden)
        part(case_input(test, b), O, I < 8 ? 2 : 1);
}

static void fill_player(struct assay_case *test, const struct game_setting *is, const char *name,
                        const size_t size[GAME_SIZES], int judges)
{
    char w[NAME], b[NAME];
    for (size_t l = 0; l + 1 < GAME_SIZES && size[l + 1]; l++) {
        int last = l + 2 == GAME_SIZES || size[l + 2] == 0;
        size_t n = size[l] * size[l + 1];
        snprintf(w, sizeof w, "%s_w%zu", name, l + 1);
        snprintf(b, sizeof b, "%s_b%zu", name, l + 1);
        fill_layer(test, is, w, b, size[l], size[l + 1], !last);
        if (!judges || !last)
            continue;
        double *weight = case_input(test, w), *bias = case_input(test, b);
        for (size_t i = 0; i < n; i++)
            weight[i] = is->constant_last     ? 0
                        : is->last_scale != 0 ? (float)(weight[i] * is->last_scale)
                                              : weight[i];
        bias[0] = is->constant_last ? 0 : (float)(bias[0] + is->last_bias);
    }
}

static void fill_data(struct assay_case *test, const struct game_setting *is)
{
    size_t S = is->T * (is->K ? is->K : 1), Z = is->generator[0], D = is->discriminator[0];
    if (is->data == GAME_C8) {
        case_dyadic(test, "real", DIMS(S, is->N, D), 0.5, 3.5, 0.125);
        case_dyadic(test, "fake_noise", DIMS(S, is->M, Z), -2.5, 2.5, 0.125);
        case_dyadic(test, "noise", DIMS(is->T, is->B, Z), -2.5, 2.5, 0.125);
        case_dyadic(test, "fixed_noise", DIMS(is->F, Z), -2, 2, 0.5);
        return;
    }
    case_normal(test, "real", DIMS(S, is->N, D), 2, 0.5);
    if (is->M)
        case_normal(test, "fake_noise", DIMS(S, is->M, Z), 0, 1);
    case_normal(test, "noise", DIMS(is->T, is->B, Z), 0, 1);
    if (is->F)
        case_normal(test, "fixed_noise", DIMS(is->F, Z), 0, 1);
}

void game_add(struct case_list *list, const struct game_row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        const struct game_setting *is = &row[i].setting;
        struct assay_case *test = case_add(list, &row[i].head);
        case_number(test, "block", (double)is->block);
        if (is->K)
            case_number(test, "discriminator_steps", (double)is->K);
        if (is->M == 0)
            case_choice(test, "noise_use", "shared");
        for (size_t k = 0; k < GAME_STATED && is->choice[k][0]; k++)
            case_choice(test, is->choice[k][0], is->choice[k][1]);
        for (size_t k = 0; k < GAME_STATED && is->number[k].name; k++)
            case_number(test, is->number[k].name, is->number[k].value);
        fill_player(test, is, "generator", is->generator, 0);
        fill_player(test, is, "discriminator", is->discriminator, 1);
        fill_data(test, is);
    }
}
