// SPDX-License-Identifier: MIT
/* check_markdown.c - a check as a comment below a pull request: one screen, the rest folded.
 *
 * Hosts refuse what is longer than 65,536 characters, so every part has a limit, and says what it
 * leaves out. Words of other people stand in code, with entities where they could end it: they can
 * neither become markup nor call anybody. */
#include "check.h"

#include "words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* How long the document may be when a part has ended. */
enum { OPEN_FAILURES = 5, UNTIL_NOTES = 14000, UNTIL_FAILURES = 38000, UNTIL_END = 56000 };

static void code(FILE *out, const char *text)
{
    size_t length = strlen(text);
    if (length > 0 && !strpbrk(text, "`|<>&\\") && text[0] != ' ' && text[length - 1] != ' ') {
        fprintf(out, "`%s`", text);
        return;
    }
    fprintf(out, "<code>");
    for (const char *c = text; *c; c++) {
        if (strchr("&<>|`*_[]()\\~#@!$:\"'", *c))
            fprintf(out, "&#%d;", *c);
        else
            fputc(*c, out);
    }
    fprintf(out, "</code>");
}

/* A part of the document that is added as a whole, or not at all. */
struct piece {
    FILE *out;
    char *text;
    size_t size;
};

static void open_piece(struct piece *piece)
{
    *piece = (struct piece){NULL, NULL, 0};
    piece->out = open_memstream(&piece->text, &piece->size);
    if (!piece->out) {
        fprintf(stderr, "assay: no memory left for the summary\n");
        exit(2);
    }
}

/* Returns whether it went in. */
static int close_piece(struct piece *piece, FILE *out, size_t *used, size_t limit)
{
    fclose(piece->out);
    int fits = *used + piece->size <= limit;
    if (fits) {
        fwrite(piece->text, 1, piece->size, out);
        *used += piece->size;
    }
    free(piece->text);
    return fits;
}

static void put(FILE *out, size_t *used, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put(FILE *out, size_t *used, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(out, format, arguments);
    va_end(arguments);
    *used += length > 0 ? (size_t)length : 0;
}

static size_t bad(const size_t count[CHECK_STATUSES])
{
    return count[CHECK_FAIL] + count[CHECK_MISSING] + count[CHECK_ERROR];
}

static void put_head(const struct check *check, FILE *out, size_t *used)
{
    struct piece piece;
    size_t covered = check->verdicts - check->count[CHECK_NOT_COVERED];
    open_piece(&piece);
    fprintf(piece.out, "## Assay: %s, grade %c\n\n", check_passed(check) ? "PASS" : "FAIL",
            check->grade ? check->grade : '-');
    code(piece.out, check->implementation);
    fprintf(piece.out, " ");
    code(piece.out, check->version);
    fprintf(piece.out, " in %s: **%zu of %zu** covered cases pass", check->precision,
            check->count[CHECK_PASS], covered);
    if (check->count[CHECK_EXCEPTED])
        fprintf(piece.out, ", %zu excepted", check->count[CHECK_EXCEPTED]);
    fprintf(piece.out, ", %zu not covered; worst ratio %.3g.", check->count[CHECK_NOT_COVERED],
            check->worst_ratio);
    if (check->gate[0]) {
        fprintf(piece.out, " Gate: ");
        code(piece.out, check->gate);
        fprintf(piece.out, ".");
    }
    fprintf(piece.out, "\n\n");
    close_piece(&piece, out, used, UNTIL_END);
}

static int put_row(const struct check_group *g, FILE *out, size_t *used, size_t limit)
{
    struct piece piece;
    open_piece(&piece);
    fprintf(piece.out, "| ");
    code(piece.out, g->name);
    fprintf(piece.out, " | %zu | %zu | %zu | %zu | %.3g | %c |\n", g->count[CHECK_PASS],
            bad(g->count), g->count[CHECK_EXCEPTED], g->count[CHECK_NOT_COVERED], g->worst_ratio,
            g->grade ? g->grade : '-');
    return close_piece(&piece, out, used, limit);
}

static void put_table(const struct check_group *group, size_t count, const char *what, FILE *out,
                      size_t *used)
{
    size_t uncovered = 0, dropped = 0;
    put(out, used, "| %s | pass | fail | excepted | not covered | worst ratio | grade |\n", what);
    put(out, used, "|:---|---:|---:|---:|---:|---:|:---:|\n");
    for (size_t i = 0; i < count; i++) {
        if (group[i].cases == group[i].count[CHECK_NOT_COVERED])
            uncovered++;
        else
            dropped += !put_row(&group[i], out, used, UNTIL_END);
    }
    put(out, used, "\n");
    if (uncovered)
        put(out, used, "%zu more not covered at all.\n\n", uncovered);
    if (dropped)
        put(out, used, "%zu more do not fit here.\n\n", dropped);
}

static void put_notes(const struct check *check, FILE *out, size_t *used)
{
    size_t dropped = 0;
    for (size_t i = 0; i < check->notes; i++) {
        const struct check_note *n = &check->note[i];
        struct piece piece;
        open_piece(&piece);
        fprintf(piece.out, "- %s, line %d of the gate: ", n->fails ? "**not met**" : "note",
                n->line);
        code(piece.out, n->text);
        fprintf(piece.out, "\n");
        dropped += !close_piece(&piece, out, used, UNTIL_NOTES);
    }
    if (dropped)
        put(out, used, "- and %zu more\n", dropped);
    if (check->notes)
        put(out, used, "\n");
}

/* The worst element, when it is beyond its bound. */
static void put_worst(const struct check_verdict *v, FILE *out)
{
    const struct compare_element *e = &v->worst.worst[0];
    char index[96], text[256];
    if (v->worst.worst_count == 0 || !(e->ratio > 1))
        return;
    compare_index(index, sizeof index, e->index, v->rank, v->dim);
    snprintf(text, sizeof text, "%s%s is %.9g, but must be within %.3g of %.9g", v->output, index,
             e->got, e->bound, e->want);
    fprintf(out, "<br>");
    code(out, text);
}

static int put_failure(const struct check *check, const struct check_verdict *v, FILE *out,
                       size_t *used)
{
    char name[2 * ASSAY_NAME], command[CHECK_COMMAND];
    struct piece piece;
    open_piece(&piece);
    snprintf(name, sizeof name, "%s/%s", v->technique, v->name);
    check_command(command, sizeof command, check, v);
    fprintf(piece.out, "- %s ", check_status_name(v->outcome));
    code(piece.out, name);
    if (v->status == CHECK_FAIL)
        fprintf(piece.out, ", ratio %.3g, grade %c", v->ratio, v->grade);
    fprintf(piece.out, "<br>");
    code(piece.out, v->message);
    put_worst(v, piece.out);
    if (v->remark[0]) {
        fprintf(piece.out, "<br>");
        code(piece.out, v->remark);
    }
    if (v->diagnosis[0]) {
        fprintf(piece.out, "<br>**");
        code(piece.out, v->diagnosis);
        fprintf(piece.out, "**");
    }
    fprintf(piece.out, "<br>repeat: ");
    code(piece.out, command);
    fprintf(piece.out, "\n");
    return close_piece(&piece, out, used, UNTIL_FAILURES);
}

/* The first few in sight, the others folded. */
static void put_failures(const struct check *check, FILE *out, size_t *used)
{
    size_t total = bad(check->count), shown = 0, dropped = 0;
    int folded = 0;
    if (total == 0)
        return;
    put(out, used, "### %zu failing\n\n", total);
    for (size_t i = 0; i < check->verdicts; i++) {
        if (!check_bad(&check->verdict[i]))
            continue;
        if (shown == OPEN_FAILURES && dropped == 0) {
            put(out, used, "\n<details><summary>%zu more</summary>\n\n", total - shown);
            folded = 1;
        }
        if (dropped || !put_failure(check, &check->verdict[i], out, used))
            dropped++;
        shown++;
    }
    if (dropped) {
        put(out, used, "\n%zu more do not fit here; ", dropped);
        code(out, "assay check --quiet");
        put(out, used, " prints all.\n");
    }
    if (folded)
        put(out, used, "\n</details>\n");
    put(out, used, "\n");
}

static void put_exceptions(const struct check *check, FILE *out, size_t *used)
{
    size_t dropped = 0;
    if (check->exceptions == 0)
        return;
    put(out, used, "<details><summary>Exceptions: %zu</summary>\n\n", check->exceptions);
    put(out, used, "| cases | until | fail | pass | reason |\n|:---|:---|---:|---:|:---|\n");
    for (size_t i = 0; i < check->exceptions; i++) {
        const struct check_exception *e = &check->exception[i];
        char name[GATE_NAME + 1], until[11];
        struct piece piece;
        open_piece(&piece);
        snprintf(name, sizeof name, "%s%s", e->gate.name, e->gate.prefix ? "*" : "");
        words_date_text(until, e->gate.until);
        fprintf(piece.out, "| ");
        code(piece.out, name);
        fprintf(piece.out, " | %s%s | %zu | %zu | ", until, e->expired ? ", over" : "", e->failing,
                e->passing);
        code(piece.out, e->gate.reason);
        fprintf(piece.out, " |\n");
        dropped += !close_piece(&piece, out, used, UNTIL_END - 12000);
    }
    put(out, used, "\n");
    if (dropped)
        put(out, used, "%zu more do not fit here.\n\n", dropped);
    put(out, used, "</details>\n\n");
}

int check_print_markdown(const struct check *check, FILE *out)
{
    size_t used = 0;
    put_head(check, out, &used);
    put_table(check->family, check->families, "family", out, &used);
    put_notes(check, out, &used);
    put_failures(check, out, &used);
    put_exceptions(check, out, &used);
    put(out, &used, "<details><summary>By technique</summary>\n\n");
    put_table(check->technique, check->techniques, "technique", out, &used);
    put(out, &used, "</details>\n");
    return ferror(out) ? 2 : 0;
}
