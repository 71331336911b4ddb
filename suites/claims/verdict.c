// SPDX-License-Identifier: MIT
#include "verdict.h"

#include <math.h>
#include <stdlib.h>

static const double alpha = 0.01, level = 0.95;

/* Of the resamples of bootstrap intervals and of sizes that would decide. */
enum { SEED = 1, STREAM_MEAN = 1, STREAM_SIZE = 2 };

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {"not shown", "supported", "refuted"};
    return names[verdict];
}

/* How many tests a claim is among those of a section. */
static size_t tests_of(const struct claim *claim, char letter)
{
    return claim->rule != RULE_ALWAYS && claim->id[0] == letter ? claim_part_count(claim) : 0;
}

/* In whole billionths: differences of decimal fractions that are meant to be equal are (0.3 - 0.2
 * and 0.2 - 0.1), and so are sums of them and the margin, all of which are exact then. */
static double billionths(double x)
{
    return round(1e9 * x);
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* p of the hypothesis that the effects speak for, doubled because they chose it. */
static void test(const struct claim *claim, const double *d, size_t ones, struct part_finding *part)
{
    const size_t n = claim->replicas;
    double pro, contra;
    double effect[CLAIM_REPLICAS], opposite[CLAIM_REPLICAS];
    for (size_t i = 0; i < n; i++) {
        effect[i] = billionths(d[i]);
        opposite[i] = -effect[i];
    }
    const double above = signed_rank_test(effect, n, 0, ZEROS_DROPPED).p;
    const double below = signed_rank_test(opposite, n, 0, ZEROS_DROPPED).p;
    if (claim->rule == RULE_SHARE) {
        pro = binomial_upper_tail(ones, n, claim->size);
        contra = binomial_lower_tail(ones, n, claim->size);
        part->is_for = pro <= contra;
    } else if (claim->rule == RULE_EQUIVALENT) {
        pro = equivalence_test(effect, n, billionths(claim->size)).p;
        contra = 2 * smaller(above, below);
        part->is_for = fabs(billionths(part->median)) <= billionths(claim->size);
    } else {
        pro = above;
        contra = below;
        part->is_for = pro <= contra;
    }
    part->p = smaller(1, 2 * (part->is_for ? pro : contra));
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
    if (claim->rule != RULE_ALWAYS)
        test(claim, d, ones, part);
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
    const double size = billionths(claim->size), median = billionths(part->median);
    const enum verdict side = part->is_for ? VERDICT_SUPPORTED : VERDICT_REFUTED;
    if (claim->rule == RULE_ALWAYS)
        return decide_always(claim, d);
    if (!(part->adjusted < alpha))
        return VERDICT_NOT_SHOWN;
    if (claim->rule == RULE_ABOVE && !(part->is_for ? median >= size : median <= -size))
        return VERDICT_NOT_SHOWN;
    return side;
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

static size_t tests_of_section(char letter, const struct finding *finding, size_t claims)
{
    size_t tests = 0;
    for (size_t c = 0; c < claims; c++)
        tests += tests_of(finding[c].claim, letter);
    return tests;
}

/* Holm's correction over all tests of the section with this letter; those that were not run count
 * as 1. */
static void adjust(char letter, struct finding *finding, size_t claims)
{
    const size_t tests = tests_of_section(letter, finding, claims);
    size_t i = 0;
    double *p = malloc((tests + 1) * sizeof *p);
    if (p == NULL)
        abort();
    for (size_t c = 0; c < claims; c++)
        for (size_t k = 0; k < tests_of(finding[c].claim, letter); k++)
            p[i++] = finding[c].record != NULL ? finding[c].part[k].p : 1;
    holm_adjust(p, p, tests);
    i = 0;
    for (size_t c = 0; c < claims; c++)
        for (size_t k = 0; k < tests_of(finding[c].claim, letter); k++)
            finding[c].part[k].adjusted = p[i++];
    free(p);
}

enum verdict verdict_of(const struct claim *claim, const double *effect)
{
    struct part_finding part = {.p = NAN};
    measure(claim, effect, &part);
    part.adjusted = part.p;
    return decide(claim, effect, &part);
}

/* `tests`: how many the section has. What would be needed is told as for the first of them, which
 * Holm's correction treats the hardest. */
static void judge(struct finding *finding, size_t tests)
{
    const struct claim *claim = finding->claim;
    double d[CLAIM_REPLICAS];
    for (size_t k = 0; k < claim_part_count(claim); k++) {
        struct part_finding *part = &finding->part[k];
        effects_of(finding->record, k, d);
        part->verdict = decide(claim, d, part);
        for (size_t r = 0; r < claim->replicas; r++)
            d[r] = billionths(d[r]);
        if (part->verdict == VERDICT_NOT_SHOWN && claim->rule == RULE_ABOVE)
            part->needed = replicas_needed(d, claim->replicas, billionths(claim->size),
                                           alpha / 2 / (double)tests, SEED, STREAM_SIZE);
    }
    finding->verdict = combine(claim, finding->part);
}

void verdict_of_all(struct finding *finding, size_t claims)
{
    double d[CLAIM_REPLICAS];
    for (size_t c = 0; c < claims; c++)
        for (size_t k = 0; finding[c].record != NULL && k < claim_part_count(finding[c].claim); k++)
            measure(finding[c].claim, effects_of(finding[c].record, k, d), &finding[c].part[k]);
    for (char letter = 'A'; letter <= 'Z'; letter++)
        adjust(letter, finding, claims);
    for (size_t c = 0; c < claims; c++)
        if (finding[c].record != NULL)
            judge(&finding[c], tests_of_section(finding[c].claim->id[0], finding, claims));
}
