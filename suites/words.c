// SPDX-License-Identifier: MIT
#include "words.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LONGEST = 103 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance: letters put in, taken out or exchanged. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST + 1], m = smaller(strlen(a), LONGEST), n = smaller(strlen(b), LONGEST);
    for (size_t k = 0; k <= n; k++)
        row[k] = k;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= n; k++) {
            size_t above = row[k];
            size_t exchanged = diagonal + (a[i - 1] != b[k - 1]);
            row[k] = smaller(exchanged, smaller(above, row[k - 1]) + 1);
            diagonal = above;
        }
    }
    return row[n];
}

struct nearest nearest_to(const char *wanted)
{
    return (struct nearest){.wanted = wanted, .distance = SIZE_MAX};
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    size_t d = distance(nearest->wanted, name);
    if (d >= nearest->distance)
        return;
    nearest->distance = d;
    snprintf(nearest->name, sizeof nearest->name, "%s", name);
}

static int continues(const char *text, size_t left, size_t length)
{
    if (left < length)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            return 0;
    }
    return 1;
}

size_t words_character(const char *text, size_t left)
{
    unsigned char first = left ? (unsigned char)text[0] : 0;
    if (first < 0x80)
        return first >= 0x20 && first != 0x7F;
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || !continues(text, left, length))
        return 0;
    unsigned long code = first & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3F);
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    int control = code < 0xA0;
    int surrogate = code >= 0xD800 && code < 0xE000;
    int separator = code == 0x2028 || code == 0x2029; /* ends a line for some readers */
    if (code < least[length] || code > 0x10FFFF || control || surrogate || separator ||
        (code & 0xFFFE) == 0xFFFE)
        return 0;
    return length;
}

void words_repair(char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        size_t length = words_character(text, left);
        if (length == 0) {
            *text = '?';
            length = 1;
        }
        text += length;
        left -= length;
    }
}

static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

int words_date(const char *text)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return 0;
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (year < 0 || month < 0 || day < 0)
        return 0;
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_of(year, month))
        return -1;
    return 10000 * year + 100 * month + day;
}

int words_today(void)
{
    time_t now = time(NULL);
    struct tm day;
    if (!gmtime_r(&now, &day))
        return 19700101;
    return 10000 * (day.tm_year + 1900) + 100 * (day.tm_mon + 1) + day.tm_mday;
}

void words_date_text(char text[11], int date)
{
    unsigned int d = (unsigned int)date % 100000000u;
    snprintf(text, 11, "%04u-%02u-%02u", d / 10000, d / 100 % 100, d % 100);
}

void words_shell(char *text, size_t size, const char *word)
{
    static const char usual[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_-./+=:,@%";
    size_t used = 0;
    if (word[0] && strspn(word, usual) == strlen(word)) {
        snprintf(text, size, "%s", word);
        return;
    }
    used += (size_t)snprintf(text, size, "'");
    for (const char *c = word; *c && used + 6 < size; c++)
        used += (size_t)snprintf(text + used, size - used, *c == '\'' ? "'\\''" : "%c", *c);
    snprintf(text + used, size - used, "'");
}
