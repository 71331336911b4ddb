// SPDX-License-Identifier: MIT
/* words.h - small things about text that a person wrote, or that others will read. */
#pragma once

#include <stddef.h>

/* The name nearest to `wanted` of all that are offered, by the number of letters to change. */
struct nearest {
    const char *wanted;
    char name[104];
    size_t distance;
};
struct nearest nearest_to(const char *wanted);
void nearest_offer(struct nearest *nearest, const char *name);

/* The length of the UTF-8 character that begins at `text`, of which `left` bytes are there; 0 when
 * it is none, or one that XML does not allow. */
size_t words_character(const char *text, size_t left);

/* Puts ? in the place of every byte of `text` that is not part of a printable UTF-8 character: also
 * of the last one, when a buffer was too short for it. */
void words_repair(char *text);

/* "2027-06-30" as 20270630; 0 when it is not of that form, -1 when there is no such day. */
int words_date(const char *text);

/* Today in UTC, and a date as text ("2027-06-30", 11 bytes). */
int words_today(void);
void words_date_text(char text[11], int date);

/* `word` as a shell needs it: in quotation marks where it holds anything unusual. */
void words_shell(char *text, size_t size, const char *word);
