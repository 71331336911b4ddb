// SPDX-License-Identifier: MIT
#include "verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double alpha = 0.01, level = 0.95;

/* Of the resamples of bootstrap intervals and of sizes that would decide. */
enum { SEED = 1, STREAM_MEAN = 1, STREAM_SIZE = 2 };

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {"not shown", "supported", "refuted"};
    return names[verdict];
}

static bool is_tested(const struct claim *claim)
{
    return claim->rule == RULE_ABOVE || claim->rule == RULE_EQUIVALENT;
}

/* How many tests a claim is among those of a section. */
static size_t tests_of(const struct claim *claim, char letter)
{
    return is_tested(claim) && claim->id[0] == letter ? claim_part_count(claim) : 0;
}

/* Twice the smaller of the probabilities for and against. */
static void test(const struct claim *claim, const double *d, struct part_finding *part)
{
    const size_t n = claim->replicas;
    double pro, contra;
    double opposite[CLAIM_REPLICAS];
    for (size_t i = 0; i < n; i++)
        opposite[i] = -d[i];
    const double above = signed_rank_test(d, n, 0, ZEROS_DROPPED).p;
    const double below = signed_rank_test(opposite, n, 0, ZEROS_DROPPED).p;
    if (claim->rule == RULE_ABOVE) {
        pro = above;
        contra = below;
    } else {
        pro = equivalence_test(d, n, claim->size).p;
        contra = 2 * (above < below ? above : below);
    }
    const double smaller = pro <= contra ? pro : contra;
    part->is_for = pro <= contra;
    part->p = 2 * smaller < 1 ? 2 * smaller : 1;
}

static void measure(const struct claim *claim, const double *d, struct part_finding *part)
{
    const size_t n = claim->replicas;
    size_t ones = 0;
    part->median = median_of(d, n);
    part->mean = mean_of(d, n);
    part->interval = median_interval(d, n, level);
    part->bootstrap =
        bootstrap_interval(d, n, mean_of, level, BOOTSTRAP_RESAMPLES, SEED, STREAM_MEAN);
    part->p = part->adjusted = NAN;
    for (size_t i = 0; i < n; i++)
        ones += d[i] > 0.5;
    if (claim->rule == RULE_SHARE)
        part->share = clopper_pearson(ones, n, level);
    if (is_tested(claim))
        test(claim, d, part);
}

static enum verdict decide_always(const struct claim *claim, const double *d)
{
    for (size_t i = 0; i < claim->replicas; i++)
        if (!(d[i] >= claim->size))
            return VERDICT_REFUTED;
    return VERDICT_SUPPORTED;
}

static enum verdict decide(const struct claim *claim, const double *d,
                           const struct part_finding *part)
{
    const double size = claim->size;
    if (claim->rule == RULE_ALWAYS)
        return decide_always(claim, d);
    if (claim->rule == RULE_SHARE)
        return part->share.lower > size   ? VERDICT_SUPPORTED
               : part->share.upper < size ? VERDICT_REFUTED
                                          : VERDICT_NOT_SHOWN;
    if (!(part->adjusted < alpha))
        return VERDICT_NOT_SHOWN;
    if (claim->rule == RULE_EQUIVALENT)
        return part->is_for                ? VERDICT_SUPPORTED
               : fabs(part->median) > size ? VERDICT_REFUTED
                                           : VERDICT_NOT_SHOWN;
    return part->is_for && part->median >= size     ? VERDICT_SUPPORTED
           : !part->is_for && part->median <= -size ? VERDICT_REFUTED
                                                    : VERDICT_NOT_SHOWN;
}

/* The verdict of the whole, from those of its parts. */
static enum verdict combine(const struct claim *claim, const struct part_finding *part)
{
    const size_t parts = claim_part_count(claim);
    size_t supported = 0, refuted = 0;
    for (size_t p = 0; p < parts; p++) {
        supported += part[p].verdict == VERDICT_SUPPORTED;
        refuted += part[p].verdict == VERDICT_REFUTED;
    }
    const size_t most = parts / 2 + 1;
    const size_t for_support = claim->needs == ALL_PARTS  ? parts
                               : claim->needs == ANY_PART ? 1
                                                          : most;
    const size_t for_refutation = claim->needs == ALL_PARTS  ? 1
                                  : claim->needs == ANY_PART ? parts
                                                             : most;
    return supported >= for_support    ? VERDICT_SUPPORTED
           : refuted >= for_refutation ? VERDICT_REFUTED
                                       : VERDICT_NOT_SHOWN;
}

/* The effects of one part, one after another. */
static const double *effects_of(const struct claim_record *record, size_t part,
                                double d[CLAIM_REPLICAS])
{
    const size_t parts = claim_part_count(record->claim);
    for (size_t r = 0; r < record->claim->replicas; r++)
        d[r] = record->effect[r * parts + part];
    return d;
}

/* Holm's correction over all tests of the section with this letter; those that were not run count
 * as 1. */
static void adjust(char letter, size_t claims, struct finding *finding)
{
    size_t tests = 0, i = 0;
    for (size_t c = 0; c < claims; c++)
        tests += tests_of(finding[c].claim, letter);
    double *p = malloc((tests + 1) * sizeof *p), *adjusted = malloc((tests + 1) * sizeof *p);
    if (p == NULL || adjusted == NULL)
        abort();
    for (size_t c = 0; c < claims; c++)
        for (size_t k = 0; k < tests_of(finding[c].claim, letter); k++)
            p[i++] = finding[c].record != NULL ? finding[c].part[k].p : 1;
    holm_adjust(adjusted, p, tests);
    i = 0;
    for (size_t c = 0; c < claims; c++)
        for (size_t k = 0; k < tests_of(finding[c].claim, letter); k++)
            finding[c].part[k].adjusted = adjusted[i++];
    free(p);
    free(adjusted);
}

enum verdict verdict_of(const struct claim *claim, const double *effect)
{
    struct part_finding part = {.p = NAN};
    measure(claim, effect, &part);
    part.adjusted = part.p;
    return decide(claim, effect, &part);
}

static void judge(struct finding *finding)
{
    const struct claim *claim = finding->claim;
    double d[CLAIM_REPLICAS];
    for (size_t k = 0; k < claim_part_count(claim); k++) {
        struct part_finding *part = &finding->part[k];
        effects_of(finding->record, k, d);
        part->verdict = decide(claim, d, part);
        if (part->verdict == VERDICT_NOT_SHOWN && claim->rule == RULE_ABOVE)
            part->needed =
                replicas_needed(d, claim->replicas, claim->size, alpha / 2, SEED, STREAM_SIZE);
    }
    finding->verdict = combine(claim, finding->part);
}

void verdict_of_all(struct claim_record *const record[], struct finding *finding)
{
    const size_t claims = claim_count_all();
    double d[CLAIM_REPLICAS];
    memset(finding, 0, claims * sizeof *finding);
    for (size_t c = 0; c < claims; c++) {
        const struct claim *claim = claim_at(c);
        finding[c].claim = claim;
        finding[c].record = record[c];
        for (size_t k = 0; record[c] != NULL && k < claim_part_count(claim); k++)
            measure(claim, effects_of(record[c], k, d), &finding[c].part[k]);
    }
    for (char letter = 'A'; letter <= 'Z'; letter++)
        adjust(letter, claims, finding);
    for (size_t c = 0; c < claims; c++)
        if (record[c] != NULL)
            judge(&finding[c]);
}
