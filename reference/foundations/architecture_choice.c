// SPDX-License-Identifier: MIT
#include "architecture_choice.h"

real architecture_width(enum funnel funnel, size_t I, size_t O, size_t L, size_t l)
{
    if (funnel == FUNNEL_LINEAR)
        return real_count(O + (I - O) * (L + 1 - l) / (L + 1));
    if (funnel == FUNNEL_HALVING)
        return real_count(I >> l > O ? I >> l : O);
    real share = real_count(l) / real_count(L + 1);
    return real_count(I) * real_exp(share * real_log(real_count(O) / real_count(I)));
}

size_t architecture_grow(real *improves, real *gap, size_t *tried, const real *loss, size_t G,
                         real min_delta, size_t patience)
{
    size_t chosen = 0, without = 0;
    improves[0] = 1;
    for (*tried = 1; *tried < G && without <= patience; ++*tried) {
        size_t g = *tried;
        gap[g] = (loss[chosen] - min_delta) - loss[g];
        improves[g] = gap[g] > 0;
        chosen = gap[g] > 0 ? g : chosen;
        without = gap[g] > 0 ? 0 : without + 1;
    }
    for (size_t g = *tried; g < G; g++)
        improves[g] = -1;
    return chosen;
}

static void find_families(struct call *call)
{
    static const char *const sequences[] = {"attention", "recurrent", NULL};
    static const char *const generators[] = {"adversarial", "variational", NULL};
    const int *kind = call_integers(call, "kind", "N", 0, 3);
    size_t N = call_size(call, 'N');
    int of_sequences = call_choice(call, "sequence_network", sequences) ? 2 : 3;
    int of_samples = call_choice(call, "generator", generators) ? 5 : 4;
    real *family = call_output_integers(call, "family", "N");
    for (size_t n = 0; n < N; n++)
        family[n] = (real)(kind[n] == 3 ? of_samples : kind[n] == 2 ? of_sequences : kind[n]);
}

static void find_widths(struct call *call)
{
    static const char *const funnels[] = {"linear", "halving", "geometric", NULL};
    size_t I = call_count(call, "inputs", 1, 1 << 20);
    size_t O = call_count(call, "outputs", 1, 1 << 20);
    size_t L = call_count(call, "hidden_layers", 1, 64);
    enum funnel funnel = (enum funnel)call_choice(call, "funnel", funnels);
    if (O > I)
        call_fail(call, "number 'outputs' is above the inputs, so there is no funnel");
    call_bind(call, 'L', L);
    real *width = call_output_integers(call, "width", "L");
    for (size_t l = 1; l <= L; l++) {
        real x = architecture_width(funnel, I, O, L, l);
        size_t whole = 0;
        if (funnel != FUNNEL_GEOMETRIC) {
            width[l - 1] = x;
            continue;
        }
        while (whole < I && real_count(whole) + R(0.5) <= x)
            whole++;
        real nearest = width[l - 1] = real_count(whole);
        call_decisions(call, 2, (real[]){x - (nearest - R(0.5)), (nearest + R(0.5)) - x});
    }
}

void architecture_choice_answer(struct call *call)
{
    find_families(call);
    find_widths(call);
    const real *loss = call_input(call, "validation_loss", "G");
    size_t G = call_size(call, 'G'), tried;
    real min_delta = call_number_or(call, "min_delta", R(0.0));
    size_t patience = call_count_or(call, "patience", 0, 0, 1 << 20);
    if (G == 0)
        call_fail(call, "input 'validation_loss' has no sizes to choose from");
    if (!(min_delta >= 0))
        call_fail(call, "number 'min_delta' is negative, so a loss that grows would improve");
    real *gap = call_scratch(call, G);
    size_t chosen = architecture_grow(call_output_integers(call, "improves", "G"), gap, &tried,
                                      loss, G, min_delta, patience);
    call_decisions(call, tried - 1, gap + 1);
    *call_output_integers(call, "chosen", "") = real_count(chosen);
    *call_output_integers(call, "tried", "") = real_count(tried);
}
