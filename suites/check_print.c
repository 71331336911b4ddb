// SPDX-License-Identifier: MIT
/* check_print.c - a check for people, one line a case; and what all writers share. */
#include "check.h"

#include "protocol/case_image.h"
#include "words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void check_command(char *text, size_t size, const struct check *check,
                   const struct check_verdict *v)
{
    char program[2 * ASSAY_TEXT], path[2 * ASSAY_TEXT], name[4 * ASSAY_NAME];
    char plain[2 * ASSAY_NAME];
    snprintf(plain, sizeof plain, "%s/%s", v->technique, v->name);
    words_shell(program, sizeof program, check->program);
    words_shell(path, sizeof path, check->path);
    words_shell(name, sizeof name, plain);
    snprintf(text, size, "%s check %s --case %s", program, path, name);
}

static void print_worst(const struct check_verdict *v, FILE *out)
{
    for (size_t i = 0; i < v->worst.worst_count && v->worst.worst[i].ratio > 1; i++) {
        const struct compare_element *e = &v->worst.worst[i];
        char index[96];
        compare_index(index, sizeof index, e->index, v->rank, v->dim);
        fprintf(out, "             %s%s is %.17g, but must be within %.3g of %.17g (ratio %.3g)\n",
                v->output, index, e->got, e->bound, e->want, e->ratio);
    }
}

static void print_verdict(const struct check *check, const struct check_verdict *v, FILE *out)
{
    char name[2 * ASSAY_NAME], command[CHECK_COMMAND];
    snprintf(name, sizeof name, "%s/%s", v->technique, v->name);
    fprintf(out, "%-12s %-46s", check_status_name(v->outcome), name);
    if (strcmp(v->tier, "refused") == 0 && v->status == CHECK_PASS)
        fprintf(out, " refused");
    else if (v->status == CHECK_PASS || v->status == CHECK_FAIL)
        fprintf(out, " ratio %-9.3g grade %c  digits %4.1f", v->ratio, v->grade, v->digits);
    fprintf(out, "%s%s\n", v->message[0] ? "  " : "", v->message);
    if (v->remark[0])
        fprintf(out, "             %s\n", v->remark);
    print_worst(v, out);
    if (v->diagnosis[0])
        fprintf(out, "             %s\n", v->diagnosis);
    check_command(command, sizeof command, check, v);
    if (check_bad(v))
        fprintf(out, "             %s\n", command);
}

struct diagnosed_case *check_diagnosed(const struct check *check, size_t *count)
{
    struct diagnosed_case *list = calloc(check->verdicts + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; list && i < check->verdicts; i++) {
        const struct check_verdict *v = &check->verdict[i];
        if (v->status == CHECK_FAIL || v->diagnosis[0])
            list[(*count)++] =
                (struct diagnosed_case){v->technique, v->name, v->mistake, v->agreement};
    }
    return list;
}

void check_print_diagnoses(const struct check *check, FILE *out)
{
    size_t count;
    struct diagnosed_case *list = check_diagnosed(check, &count);
    for (size_t i = 0; i < check->verdicts; i++) {
        const struct check_verdict *v = &check->verdict[i];
        if (v->status == CHECK_FAIL || v->diagnosis[0])
            fprintf(out, "%s/%s: %s\n", v->technique, v->name,
                    v->diagnosis[0] ? v->diagnosis : "no mistake that is known");
    }
    if (count)
        fprintf(out, "\n");
    diagnose_print_summary(count, list, out);
    free(list);
}

static void print_summary(const struct check *check, FILE *out)
{
    fprintf(out, "%s: %zu passed, %zu failed, %zu missing, %zu errors, ",
            check_passed(check) ? "PASS" : "FAIL", check->count[CHECK_PASS],
            check->count[CHECK_FAIL], check->count[CHECK_MISSING], check->count[CHECK_ERROR]);
    if (check->count[CHECK_EXCEPTED])
        fprintf(out, "%zu excepted, ", check->count[CHECK_EXCEPTED]);
    fprintf(out, "%zu not covered; worst ratio %.3g, grade %c\n", check->count[CHECK_NOT_COVERED],
            check->worst_ratio, check->grade ? check->grade : '-');
}

void check_print(const struct check *check, int quiet, FILE *out)
{
    fprintf(out, "%s %s, %s\n", check->implementation, check->version, check->precision);
    for (size_t i = 0; i < check->verdicts; i++) {
        if (!quiet || check_bad(&check->verdict[i]))
            print_verdict(check, &check->verdict[i], out);
    }
    for (size_t i = 0; i < check->notes; i++) {
        const struct check_note *n = &check->note[i];
        fprintf(out, "%-12s %s:%d: %s\n", n->fails ? "FAIL" : "NOTE", check->gate, n->line,
                n->text);
    }
    print_summary(check, out);
}

int check_store(const struct check *check, int (*writer)(const struct check *, FILE *),
                const char *path, char *error)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    int status = memory ? writer(check, memory) : 2;
    if (memory && fclose(memory) != 0)
        status = 2;
    if (status != 0)
        snprintf(error, ASSAY_ERROR, "%.300s: cannot be written: no memory is left for it", path);
    else
        status = store_bytes(path, bytes, size, error);
    free(bytes);
    return status;
}
