// SPDX-License-Identifier: MIT
#include "averages.h"

enum undefined undefined_read(struct question *q)
{
    static const char *const options[] = {"zero", "one", "excluded", NULL};
    return (enum undefined)question_choice(q, "undefined", options);
}

scalar undefined_ratio(scalar a, scalar b, enum undefined undefined, bool *defined)
{
    *defined = b != 0 || undefined != UNDEFINED_EXCLUDED;
    if (b != 0)
        return a / b;
    return undefined == UNDEFINED_ONE ? 1 : 0;
}

scalar average_of(struct question *q, size_t K, const scalar *value, const scalar *share,
                  const bool *defined)
{
    bool has_share = false;
    size_t count = 0;
    scalar sum = 0, total = 0;
    for (size_t k = 0; k < K; k++) {
        count += defined[k];
        has_share |= share != NULL && defined[k] && share[k] > 0;
    }
    if (count == 0)
        question_refuse(q, "excluding what is 'undefined' leaves nothing to average");
    for (size_t k = 0; k < K; k++) {
        if (!defined[k])
            continue;
        scalar part = has_share ? share[k] : 1;
        sum += value[k] * part;
        total += part;
    }
    return sum / total;
}
