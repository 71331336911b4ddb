// SPDX-License-Identifier: MIT
/* check_badge.c - a check as a small picture: "assay | 412 of 412 | A". It holds nothing but
 * figures of our own, refers to nothing, and says in words what its colours say. */
#include "check.h"

#include <string.h>

enum { HEIGHT = 20, PADDING = 6 };

/* Widths of digits and letters of a usual sans-serif of 11 pixels; textLength makes it fit exactly
 * where another one is used. */
static int width_of(const char *text)
{
    int tenths = 0;
    for (const char *c = text; *c; c++)
        tenths += strchr(" ,fijlrt", *c) ? 42 : strchr("mw", *c) ? 100 : 70;
    return tenths / 10 + 2 * PADDING;
}

static void part(FILE *out, int at, const char *text, const char *colour)
{
    int width = width_of(text);
    fprintf(out, "<rect x=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", at, width, HEIGHT,
            colour);
    fprintf(out, "<text x=\"%d\" y=\"14\" textLength=\"%d\">%s</text>\n", at + PADDING,
            width - 2 * PADDING, text);
}

/* Dark enough for white letters, and red only for what fails. */
static const char *colour_of(const struct check *check)
{
    if (!check_passed(check))
        return "#b3261e";
    return check->grade == 'A'   ? "#2b7a2f"
           : check->grade == 'B' ? "#5f7316"
           : check->grade == 'C' ? "#8a6100"
                                 : "#9a4a00";
}

int check_print_badge(const struct check *check, FILE *out)
{
    char grade[2] = {check->grade ? check->grade : '-', 0}, figures[96];
    size_t covered = check->verdicts - check->count[CHECK_NOT_COVERED];
    int used = snprintf(figures, sizeof figures, "%zu of %zu", check->count[CHECK_PASS], covered);
    if (check->count[CHECK_EXCEPTED])
        snprintf(figures + used, sizeof figures - (size_t)used, ", %zu excepted",
                 check->count[CHECK_EXCEPTED]);
    int first = width_of("assay"), second = width_of(figures), third = width_of(grade);
    int width = first + second + third;
    const char *verdict = check_passed(check) ? "pass" : "fail";
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\" "
            "aria-label=\"assay: %s, %s, grade %s\">\n",
            width, HEIGHT, verdict, figures, grade);
    fprintf(out, "<title>assay: %s, %s, grade %s</title>\n", verdict, figures, grade);
    fprintf(out, "<clipPath id=\"r\"><rect width=\"%d\" height=\"%d\" rx=\"3\"/></clipPath>\n",
            width, HEIGHT);
    fprintf(out, "<g clip-path=\"url(#r)\" fill=\"#fff\" font-size=\"11\" "
                 "font-family=\"Verdana,DejaVu Sans,sans-serif\">\n");
    part(out, 0, "assay", "#444");
    part(out, first, figures, colour_of(check));
    part(out, first + second, grade, "#222");
    fprintf(out, "</g>\n</svg>\n");
    return ferror(out) ? 2 : 0;
}
