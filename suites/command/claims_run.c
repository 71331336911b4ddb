// SPDX-License-Identifier: MIT
/* Experiments run in a program of their own, which needs MPI; this one does not. */
#include "claims.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 64, LENGTH = 2048 };

/* build/assay-claims, beside this program. */
static int find_program(char program[RECORD_PATH])
{
    char self[RECORD_PATH] = "";
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0)
        return command_fail(&command_claims, "the folder of this program is not known: %s",
                            strerror(errno));
    self[length] = '\0';
    snprintf(program, RECORD_PATH, "%.1000s/assay-claims", dirname(self));
    if (access(program, X_OK) != 0)
        return command_fail(&command_claims, "%s: it is not there; build it with `make`", program);
    return 0;
}

/* Splits the launcher at blanks. */
static size_t add_launcher(char *words, char *argument[WORDS])
{
    size_t count = 0;
    char *state = NULL;
    for (char *word = strtok_r(words, " ", &state); word != NULL && count < WORDS / 2;
         word = strtok_r(NULL, " ", &state))
        argument[count++] = word;
    return count;
}

static int wait_for(pid_t child, const char *program)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return command_fail(&command_claims, "%s: %s", program, strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return command_fail(&command_claims, "%s could not be started; is it installed?", program);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 2;
}

int claims_run(const struct claims_request *request)
{
    char program[RECORD_PATH], launcher[LENGTH], ranks[16], *argument[WORDS + 1] = {NULL};
    char run[] = "run", n[] = "-n", only[] = "--only", quick[] = "--quick", again[] = "--again";
    char output[] = "-o", folder[RECORD_PATH];
    if (find_program(program) != 0)
        return 2;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    snprintf(ranks, sizeof ranks, "%d",
             request->ranks > 0 ? request->ranks : (int)(cores > 0 ? cores : 1));
    snprintf(launcher, sizeof launcher, "%s", request->launcher);
    snprintf(folder, sizeof folder, "%s", request->folder);
    size_t count = add_launcher(launcher, argument);
    char *const words[] = {n, ranks, program, run, output, folder};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        argument[count++] = words[i];
    if (request->only != NULL) {
        argument[count++] = only;
        argument[count++] = (char *)request->only;
    }
    if (request->is_quick)
        argument[count++] = quick;
    if (request->again)
        argument[count++] = again;
    setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 0);
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0)
        return command_fail(&command_claims, "no process can be started: %s", strerror(errno));
    if (child == 0) {
        execvp(argument[0], argument);
        _exit(127);
    }
    return wait_for(child, argument[0]);
}

/* ---- verify ---------------------------------------------------------------------------------- */

/* Keeps `sample` of the records by chance, the others are forgotten. */
static void choose(struct findings *findings, size_t sample)
{
    size_t left = 0;
    for (size_t i = 0; i < findings->claims; i++)
        left += findings->record[i] != NULL;
    srand((unsigned)time(NULL));
    for (size_t i = 0; i < findings->claims; i++) {
        if (findings->record[i] == NULL)
            continue;
        const int is_kept = (size_t)rand() % left-- < sample;
        sample -= (size_t)is_kept;
        if (!is_kept) {
            record_free(findings->record[i]);
            findings->record[i] = NULL;
        }
    }
}

/* The ids that are left, joined by commas. */
static char *join(const struct findings *findings)
{
    char *ids = calloc(findings->claims + 1, CLAIM_ID);
    for (size_t i = 0; ids != NULL && i < findings->claims; i++)
        if (findings->record[i] != NULL) {
            strcat(ids, *ids != '\0' ? "," : "");
            strcat(ids, claim_at(i)->id);
        }
    return ids;
}

static int compare(const struct findings *findings, const char *folder)
{
    size_t same = 0, different = 0;
    for (size_t i = 0; i < findings->claims; i++) {
        struct claim_record *again;
        char error[RECORD_ERROR];
        if (findings->record[i] == NULL)
            continue;
        if (record_read(claim_at(i), folder, &again, error) != 0 || again == NULL)
            return command_fail(&command_claims, "claim %s was not computed", claim_at(i)->id);
        const int is_same = strcmp(again->hash, findings->record[i]->hash) == 0;
        printf("%s %-5s %.16s\n", is_same ? "same     " : "DIFFERENT", claim_at(i)->id,
               again->hash);
        same += (size_t)is_same;
        different += (size_t)!is_same;
        record_free(again);
    }
    printf("%s: %zu claims have the published figures, %zu have not\n",
           different > 0 ? "FAIL" : "PASS", same, different);
    return different > 0;
}

static void remove_folder(const struct findings *findings, const char *folder)
{
    char path[RECORD_PATH];
    for (size_t i = 0; i < findings->claims; i++) {
        snprintf(path, sizeof path, "%.900s/%s.json", folder, claim_at(i)->id);
        unlink(path);
    }
    rmdir(folder);
}

/* Runs what is left of the findings once more, and compares. */
static int recompute(const struct findings *findings, const char *folder,
                     const struct claims_request *request)
{
    char again[] = "/tmp/assay.XXXXXX", *ids = join(findings);
    struct claims_request here = *request;
    int status = 2;
    if (ids == NULL || *ids == '\0') {
        command_fail(&command_claims, "%s: no records are there; name their folder with --records",
                     folder);
    } else if (mkdtemp(again) == NULL) {
        command_fail(&command_claims, "%s: %s; make room there", again, strerror(errno));
    } else {
        here.only = ids;
        here.folder = again;
        status = claims_run(&here);
        if (status == 0)
            status = compare(findings, again);
        remove_folder(findings, again);
    }
    free(ids);
    return status;
}

int claims_verify(const char *folder, size_t sample, const struct claims_request *request)
{
    struct findings findings;
    char error[RECORD_ERROR];
    int status = 0;
    if (findings_read(&findings, folder, error) != 0) {
        status = command_fail(&command_claims, "%s", error);
    } else {
        if (sample > 0)
            choose(&findings, sample);
        if (!request->rules_only)
            status = recompute(&findings, folder, request);
        claims_print_outdated(&findings);
        if (status == 0 && findings.outdated + findings.changed > 0)
            status = 1;
        if (status == 0 && request->rules_only)
            puts("PASS: no rule was changed after its result");
    }
    findings_free(&findings);
    return status;
}
