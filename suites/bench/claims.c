// SPDX-License-Identifier: MIT
/* The quick tier of the claims: their experiments on the largest number of ranks that does not crowd
 * the machine, beside the published figures, which must be the same bits. */
#include "../claims/findings.h"
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ranks_of(const struct bench *bench)
{
    int ranks = 1;
    for (size_t r = 0; r < bench->rank_counts; r++)
        if (!bench_is_crowded(bench, bench->ranks[r].ranks))
            ranks = bench->ranks[r].ranks;
    return ranks;
}

/* What the published record of a claim says of these figures. */
static const char *compare(struct bench *bench, const struct claim_record *mine,
                           const struct claim_record *published)
{
    if (published == NULL)
        return "none";
    if (strcmp(mine->hash, published->hash) == 0)
        return "same";
    bench_invalid(bench, "claim %s has other figures than the published ones", mine->claim->id);
    return "different";
}

static json_t *to_json(struct bench *bench, const struct finding *finding,
                       const struct claim_record *published)
{
    const struct part_finding *part = &finding->part[0];
    return json_pack("{ss, ss, ss, ss, sf, s[ff], ss, sf, ss}", "id", finding->claim->id,
                     "sentence", finding->claim->sentence, "verdict",
                     verdict_name(finding->verdict), "effect", finding->claim->effect, "median",
                     part->median, "interval", part->interval.lower, part->interval.upper, "hash",
                     finding->record->hash, "seconds", finding->record->seconds, "published",
                     compare(bench, finding->record, published));
}

static json_t *list(struct bench *bench, const char *folder)
{
    char published[BENCH_PATH], error[RECORD_ERROR] = "";
    struct findings mine, theirs;
    json_t *claims = json_array();
    snprintf(published, sizeof published, "%.900s/../reports/published/claims/records",
             bench->data);
    int status = findings_read(&mine, folder, error);
    if (findings_read(&theirs, published, error) != 0 || status != 0)
        bench_invalid(bench, "the records of claims cannot be read: %s", error);
    else
        for (size_t i = 0; i < mine.claims; i++)
            if (mine.record[i] != NULL)
                json_array_append_new(claims, to_json(bench, &mine.finding[i], theirs.record[i]));
    findings_free(&mine);
    findings_free(&theirs);
    return claims;
}

json_t *bench_claims(struct bench *bench)
{
    char folder[BENCH_PATH], digits[BENCH_PATH];
    double seconds = 0;
    const int ranks = ranks_of(bench);
    snprintf(digits, sizeof digits, "%.1000s/digits.h5", bench->data);
    bench_path(bench, folder, "claims");
    const struct bench_command command = {
        "assay-claims",
        ranks,
        {"run", "--quick", "--again", "--data", digits, "-o", folder},
        {NULL}};
    const int status = bench_run(bench, &command, NULL, &seconds);
    if (status != 0)
        bench_invalid(bench, "assay-claims run --quick ended with exit status %d", status);
    return json_pack("{si, sf, so}", "ranks", ranks, "seconds", seconds, "claims",
                     list(bench, folder));
}
