// SPDX-License-Identifier: MIT
#include "claims.h"

#include "../corpus.h"
#include "../paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char default_run[] = "reports/runs/claims";

/* Where the published records are, beside the corpus. */
static const char *published(void)
{
    static char path[RECORD_PATH];
    if (paths_join(path, sizeof path, paths_data(), "../reports/published/claims/records") != 0)
        path[0] = '\0';
    return path;
}

void claims_print_outdated(const struct findings *findings)
{
    if (findings->outdated > 0)
        printf("%zu records are of an earlier version of their rule and do not count: run them "
               "again\n",
               findings->outdated);
    if (findings->changed > 0)
        printf("%zu records are of a row that was changed since, without a new version\n",
               findings->changed);
}

void claims_print(const struct findings *findings)
{
    size_t count[3] = {0}, run = 0;
    for (size_t i = 0; i < findings->claims; i++) {
        const struct finding *finding = &findings->finding[i];
        if (finding->record == NULL)
            continue;
        run++;
        count[finding->verdict]++;
        printf("%-5s %-10s %s\n", finding->claim->id, verdict_name(finding->verdict),
               finding->claim->sentence);
    }
    printf("%zu claims of %zu: %zu supported, %zu refuted, %zu not shown\n", run, findings->claims,
           count[VERDICT_SUPPORTED], count[VERDICT_REFUTED], count[VERDICT_NOT_SHOWN]);
    claims_print_outdated(findings);
}

static int read_findings(struct findings *findings, const char *folder)
{
    char error[RECORD_ERROR];
    if (findings_read(findings, folder, error) == 0)
        return 0;
    findings_free(findings);
    return command_fail(&command_claims, "%s", error);
}

static int list(const char *folder, int json)
{
    struct findings findings;
    if (read_findings(&findings, folder) != 0)
        return 2;
    int status = 0;
    if (json) {
        status = findings_print(&findings, stdout);
    } else {
        for (size_t i = 0; i < findings.claims; i++)
            printf("%-5s %-10s %s\n", claim_at(i)->id,
                   findings.record[i] != NULL ? verdict_name(findings.finding[i].verdict)
                                              : "not run",
                   claim_at(i)->sentence);
    }
    findings_free(&findings);
    return status;
}

static void print_part(const struct claim *claim, const struct part_finding *part, const char *name)
{
    printf("  %s%s%s: median %.6g (95 %% interval %.6g to %.6g)", name, *name != '\0' ? ": " : "",
           verdict_name(part->verdict), part->median, part->interval.lower, part->interval.upper);
    if (claim->rule == RULE_SHARE)
        printf(", share between %.3f and %.3f", part->share.lower, part->share.upper);
    if (claim->rule != RULE_ALWAYS)
        printf(", p %.2g, after correction %.2g", part->p, part->adjusted);
    if (part->verdict == VERDICT_NOT_SHOWN && claim->rule == RULE_ABOVE) {
        if (part->interval.lower > -claim->size && part->interval.upper < claim->size)
            printf("; smaller than what matters, so more replicas would not help");
        else if (part->needed > 0)
            printf("; %zu replicas would find 1.5 times the smallest effect that matters",
                   part->needed);
        else
            printf("; more than 200 replicas would be needed");
    }
    putchar('\n');
}

static int show(const char *id, const char *folder)
{
    struct findings findings;
    char rule[1024];
    const struct claim *claim = claim_find(id);
    if (claim == NULL)
        return command_fail(&command_claims,
                            "there is no claim '%s'; `assay claims list` names all", id);
    if (read_findings(&findings, folder) != 0)
        return 2;
    claim_rule_text(claim, rule, sizeof rule);
    printf("%s, version %d: %s\nsource: %s\npredicts: %s\nprotocol: %s\neffect: %s\nrule: %s\n"
           "what could change it: %s\n",
           claim->id, claim->version, claim->sentence, claim->source, claim->predicts,
           claim->protocol, claim->effect, rule, claim->otherwise);
    for (size_t i = 0; i < findings.claims; i++) {
        const struct finding *finding = &findings.finding[i];
        if (claim_at(i) != claim)
            continue;
        if (finding->record == NULL) {
            printf("verdict: not run; build/assay claims run --only %s\n", id);
            continue;
        }
        printf("verdict: %s, figures %s\n", verdict_name(finding->verdict), finding->record->hash);
        for (size_t k = 0; k < claim_part_count(claim); k++)
            print_part(claim, &finding->part[k], claim->part[0] != NULL ? claim->part[k] : "");
    }
    findings_free(&findings);
    return 0;
}

static int run(const struct claims_request *request)
{
    struct findings findings;
    char error[RECORD_ERROR], reason[ASSAY_ERROR];
    if (corpus_make_folder(request->folder, reason) != 0)
        return command_fail(&command_claims, "%s; name another with -o", reason);
    int status = claims_run(request);
    if (status != 0)
        return status;
    if (read_findings(&findings, request->folder) != 0)
        return 2;
    claims_print(&findings);
    if (findings_write(&findings, request->folder, error) != 0)
        status = command_fail(&command_claims, "%s", error);
    findings_free(&findings);
    return status;
}

/* A whole number from 1 to `most`, or -1. */
static long read_count(const char *text, long most)
{
    char *end;
    errno = 0;
    const long value = strtol(text, &end, 10);
    return errno != 0 || end == text || *end != '\0' || value < 1 || value > most ? -1 : value;
}

static int run_claims(int count, char **argument)
{
    const char *folder = NULL, *ranks = NULL, *sample = NULL;
    struct claims_request request = {.launcher = "mpirun"};
    int json = 0;
    const struct option options[] = {{"-o", &folder, NULL},
                                     {"--records", &folder, NULL},
                                     {"--only", &request.only, NULL},
                                     {"--ranks", &ranks, NULL},
                                     {"--launcher", &request.launcher, NULL},
                                     {"--sample", &sample, NULL},
                                     {"--quick", NULL, &request.is_quick},
                                     {"--again", NULL, &request.again},
                                     {"--rules", NULL, &request.rules_only},
                                     {"--json", NULL, &json}};
    const int rest =
        command_parse(&command_claims, count, argument, sizeof options / sizeof *options, options);
    if (rest < 0)
        return 2;
    if (rest == 0)
        return command_fail(&command_claims, "say what to do: list, show ID, run or verify");
    if (ranks != NULL && (request.ranks = (int)read_count(ranks, 1000000)) < 0)
        return command_fail(&command_claims, "--ranks %s is not a whole number above 0", ranks);
    const long sampled = sample != NULL ? read_count(sample, 1000000) : 0;
    if (sampled < 0)
        return command_fail(&command_claims, "--sample %s is not a whole number above 0", sample);
    const char *what = argument[0];
    if (strcmp(what, "list") == 0 && rest == 1)
        return list(folder != NULL ? folder : published(), json);
    if (strcmp(what, "show") == 0 && rest == 2)
        return show(argument[1], folder != NULL ? folder : published());
    if (strcmp(what, "run") == 0 && rest == 1) {
        request.folder = folder != NULL ? folder : default_run;
        return run(&request);
    }
    if (strcmp(what, "verify") == 0 && rest == 1)
        return claims_verify(folder != NULL ? folder : published(), (size_t)sampled, &request);
    return command_fail(&command_claims, "'%s' is not understood here; see assay claims --help",
                        argument[rest > 1 ? 1 : 0]);
}

const struct command command_claims = {
    "claims", "what the textbooks say, put to the test", run_claims,
    "usage: assay claims list [--records FOLDER] [--json]\n"
    "       assay claims show ID [--records FOLDER]\n"
    "       assay claims run [--only ID,...] [--quick] [--again] [--ranks N]\n"
    "                        [--launcher WORDS] [-o FOLDER]\n"
    "       assay claims verify [--sample N | --rules] [--records FOLDER] [--ranks N]\n"
    "                           [--launcher WORDS]\n\n"
    "list: all claims with their verdicts. show: one, with its protocol, rule and finding. Both\n"
    "read the published records unless --records names others.\n"
    "run: the experiments, on N ranks (as many as there are cores), into FOLDER\n"
    "(reports/runs/claims): <id>.json for each, and findings.json, from which a report is made. A\n"
    "run that was ended goes on; --again begins anew; --quick runs a representative dozen.\n"
    "verify: recomputes published figures, all or N of them by chance, and compares hashes; with\n"
    "--rules it computes nothing, but says whether a rule was changed after its result without a\n"
    "new version.\n\n"
    "Example: assay claims verify --sample 10\n"
    "Exit status: 0 done, or all hashes equal; 1 some differ; 2 unusable input or usage.\n"};
