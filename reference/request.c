// SPDX-License-Identifier: MIT
#include "request.h"

#include <stdlib.h>
#include <string.h>

void answer_free(struct answer *answer)
{
    for (size_t k = 0; k < answer->outputs; k++) {
        free(answer->output[k].high);
        free(answer->output[k].low);
    }
    free(answer->output);
    free(answer->decision);
    memset(answer, 0, sizeof *answer);
}
