// SPDX-License-Identifier: MIT
#include "techniques.h"

#include <string.h>

#define TECHNIQUE(family, stem, formula, source) void stem##_run(struct question *q);
#include "../suites/protocol/techniques.def"
#undef TECHNIQUE

struct technique {
    const char *name;
    void (*run)(struct question *);
};

static const struct technique techniques[] = {
#define TECHNIQUE(family, stem, formula, source) {#stem, stem##_run},
#include "../suites/protocol/techniques.def"
#undef TECHNIQUE
};

void (*technique_find(const char *name))(struct question *)
{
    for (size_t i = 0; i < sizeof techniques / sizeof techniques[0]; i++)
        if (strcmp(techniques[i].name, name) == 0)
            return techniques[i].run;
    return NULL;
}
