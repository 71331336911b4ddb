// SPDX-License-Identifier: MIT
#include "optimizer_selection.h"

int optimizer_choose(long weights, long memory, int finishing, long copies, int plain)
{
    for (int states = finishing ? 1 : 2; states >= 0; states--) {
        int skipped = plain && states == 1 && !finishing;
        if (!skipped && weights * (copies + states) <= memory)
            return states;
    }
    return -1;
}

void optimizer_selection_answer(struct call *call)
{
    static const char *const fallbacks[] = {"momentum", "plain", NULL};
    const int *weights = call_integers(call, "weights", "C", 1, 1 << 20);
    const int *memory = call_integers(call, "memory", "C", 0, 1 << 24);
    const int *finishing = call_integers(call, "finishing", "C", 0, 1);
    size_t C = call_size(call, 'C'), copies = call_count_or(call, "copies", 2, 1, 4);
    int plain = call_choice(call, "fallback", fallbacks);
    real *choice = call_output_integers(call, "choice", "C");
    real *floats = call_output_integers(call, "floats", "C");
    for (size_t c = 0; c < C; c++) {
        int states = optimizer_choose(weights[c], memory[c], finishing[c], (long)copies, plain);
        choice[c] = (real)states;
        floats[c] = states < 0 ? 0 : (real)(weights[c] * ((int)copies + states));
    }
}
