// SPDX-License-Identifier: MIT
/* claims.h - the parts of `assay claims`. */
#pragma once

#include "../claims/findings.h"
#include "command.h"

extern const struct command command_claims;

/* Runs build/assay-claims under the launcher. `only` and `folder` as its options; ranks 0: as many
 * as this machine has cores. Returns its exit status. */
struct claims_request {
    const char *only, *folder, *launcher;
    int ranks, is_quick, again, rules_only;
};
int claims_run(const struct claims_request *request);

/* One line for each claim that was run, then a count. */
void claims_print(const struct findings *findings);

/* Says which records do not count, if there are any. */
void claims_print_outdated(const struct findings *findings);

/* Recomputes what `folder` holds, or `sample` of it (0: all), and compares hashes; or, with
 * rules_only, looks at the rules alone. Returns 0 if all are equal, 1 if not or if a row was
 * changed without a new version, 2 if it cannot be done. */
int claims_verify(const char *folder, size_t sample, const struct claims_request *request);
