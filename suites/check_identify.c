// SPDX-License-Identifier: MIT
/* check_identify.c - which corpus a check was made with: the SHA-256 of its manifest, and the
 * commit of the repository that holds it, read without running git. */
#include "check_gate.h"

#include "manifest.h"
#include "paths.h"

#include <string.h>

/* The first line of a file, without its end; empty when it cannot be read. */
static void first_line(char *line, size_t size, const char *folder, const char *name)
{
    char path[4096];
    line[0] = 0;
    if (paths_join(path, sizeof path, folder, name) != 0)
        return;
    FILE *file = fopen(path, "r");
    if (!file)
        return;
    if (!fgets(line, (int)size, file))
        line[0] = 0;
    line[strcspn(line, "\r\n")] = 0;
    fclose(file);
}

static int is_commit(const char *text)
{
    size_t length = strlen(text);
    return (length == 40 || length == 64) && strspn(text, "0123456789abcdef") == length;
}

/* A branch that has been packed: "COMMIT NAME" in one of the lines of packed-refs. */
static void packed(char commit[65], const char *folder, const char *branch)
{
    char path[4096], line[1024];
    if (paths_join(path, sizeof path, folder, "packed-refs") != 0)
        return;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        size_t length = strcspn(line, " ");
        line[strcspn(line, "\r\n")] = 0;
        if (line[length] != ' ' || strcmp(line + length + 1, branch) != 0)
            continue;
        line[length] = 0;
        if (is_commit(line))
            snprintf(commit, 65, "%.64s", line);
    }
    if (file)
        fclose(file);
}

/* `where`: relative paths are those from `folder`. */
static void relative(char path[4096], const char *folder, const char *where)
{
    if (where[0] == '/')
        snprintf(path, 4096, "%.4000s", where);
    else
        snprintf(path, 4096, "%.2000s/%.2000s", folder, where);
}

/* In a second worktree .git is a file that says where the rest is, and branches are with the first
 * one's. */
static void find_commit(char commit[65])
{
    char project[4096], git[4096], shared[4096], line[2048];
    commit[0] = 0;
    if (paths_join(project, sizeof project, paths_data(), "..") != 0 ||
        paths_join(git, sizeof git, project, ".git") != 0)
        return;
    first_line(line, sizeof line, project, ".git");
    if (strncmp(line, "gitdir: ", 8) == 0)
        relative(git, project, line + 8);
    first_line(line, sizeof line, git, "commondir");
    relative(shared, git, line[0] ? line : ".");
    first_line(line, sizeof line, git, "HEAD");
    if (is_commit(line))
        snprintf(commit, 65, "%.64s", line);
    if (strncmp(line, "ref: ", 5) != 0 || strstr(line, ".."))
        return;
    char branch[1024], found[128];
    snprintf(branch, sizeof branch, "%.1000s", line + 5);
    first_line(found, sizeof found, shared, branch);
    if (is_commit(found))
        snprintf(commit, 65, "%.64s", found);
    else
        packed(commit, shared, branch);
}

void check_identify(struct check *check)
{
    char path[4096], ignored[ASSAY_ERROR];
    if (paths_join(path, sizeof path, paths_data(), "manifest.json") != 0 ||
        manifest_hash(check->manifest, path, ignored) != 0)
        check->manifest[0] = 0;
    find_commit(check->commit);
}
