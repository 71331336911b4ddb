// SPDX-License-Identifier: MIT
#include "../../reference/foundations/one_hot_encoding.h"
#include "../fork.h"

enum { LARGEST_LABEL = 1 << 20 };

/* Everything of one call; the class of every label is found already. */
struct run {
    const int *labels;
    int *place; /* (N), -1 for a row of off */
    const real *rows;
    size_t N, C, M, block;
    int last_wins;
    real on, off, blank;
    real *encoded, *counts, *decoded;
};

static struct run read(struct call *call)
{
    static const char *const outsides[] = {"refuse", "off", "wrap", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct run r = {.labels = call_integers(call, "labels", "N", -LARGEST_LABEL, LARGEST_LABEL)};
    r.N = call_size(call, 'N');
    r.place = call_scratch_integers(call, r.N);
    real none = R(1e9), ignored = call_number_or(call, "ignored", none);
    size_t C = 1;
    for (size_t n = 0; n < r.N; n++) {
        if ((real)r.labels[n] != ignored && r.labels[n] >= (int)C)
            C = (size_t)r.labels[n] + 1;
    }
    r.C = call_count_or(call, "classes", C, 1, LARGEST_LABEL);
    call_bind(call, 'C', r.C);
    int outside = call_choice(call, "outside", outsides);
    for (size_t n = 0; n < r.N; n++) {
        int k = one_hot_class(r.labels[n], (int)r.C, outside);
        r.place[n] = k < 0 || (real)r.labels[n] == ignored ? -1 : k;
    }
    r.block = call_block(call);
    r.last_wins = call_choice(call, "ties", ties);
    r.on = call_number_or(call, "on", R(1.0));
    r.off = call_number_or(call, "off", R(0.0));
    r.blank = call_number_or(call, "blank", R(-1.0));
    r.encoded = call_output(call, "encoded", "NC");
    r.counts = call_output_integers(call, "counts", "C");
    if (call_has(call, "rows")) {
        r.rows = call_input(call, "rows", "MC");
        r.M = call_size(call, 'M');
        r.decoded = call_output_integers(call, "decoded", "M");
    }
    return r;
}

/* The outputs from `place`: class after class, by comparing every label with it. */
static void by_columns(struct run *r)
{
    for (size_t k = 0; k < r->C; k++) {
        r->counts[k] = 0;
        for (size_t n = 0; n < r->N; n++) {
            real hit = r->place[n] == (int)k ? 1 : 0;
            r->encoded[n * r->C + k] = hit * r->on + (1 - hit) * r->off;
            r->counts[k] += hit;
        }
    }
    for (size_t m = 0; m < r->M; m++) {
        const real *row = &r->rows[m * r->C];
        size_t beaten_by_best = 0, best = 0;
        for (size_t k = 0; k < r->C; k++) { /* the entry that no other one beats */
            size_t beats = 0, below = 0;
            for (size_t j = 0; j < r->C; j++) {
                beats += row[k] > row[j] || (row[k] == row[j] && (r->last_wins ? k > j : k < j));
                below += row[j] < row[k];
            }
            if (beats == r->C - 1) {
                best = k;
                beaten_by_best = below;
            }
        }
        r->decoded[m] = beaten_by_best ? real_count(best) : r->blank;
    }
}

static void columns(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
}

static void labels_from_one(struct call *call)
{
    struct run r = read(call);
    for (size_t n = 0; n < r.N; n++)
        r.place[n] = r.place[n] > 0 ? r.place[n] - 1 : r.place[n] == 0 ? (int)r.C - 1 : -1;
    by_columns(&r);
}

static void off_ignored(struct call *call)
{
    struct run r = read(call);
    r.off = 0;
    by_columns(&r);
}

static void on_and_off_swapped(struct call *call)
{
    struct run r = read(call);
    real on = r.on;
    r.on = r.off;
    r.off = on;
    by_columns(&r);
}

static void ignored_label_clamped(struct call *call)
{
    struct run r = read(call);
    for (size_t n = 0; n < r.N; n++)
        r.place[n] = r.place[n] < 0 ? 0 : r.place[n];
    by_columns(&r);
}

static void ignored_not_known(struct call *call)
{
    struct run r = read(call);
    for (size_t n = 0; n < r.N; n++) {
        int inside = r.labels[n] >= 0 && r.labels[n] < (int)r.C;
        r.place[n] = inside ? r.labels[n] : r.place[n];
    }
    by_columns(&r);
}

static void clipped_to_range(struct call *call)
{
    struct run r = read(call);
    for (size_t n = 0; n < r.N; n++) {
        if (r.labels[n] < 0 || r.labels[n] >= (int)r.C)
            r.place[n] = r.labels[n] < 0 ? 0 : (int)r.C - 1;
    }
    by_columns(&r);
}

static void matrix_transposed(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    real *copy = call_scratch(call, r.N * r.C);
    for (size_t i = 0; i < r.N * r.C; i++)
        copy[i] = r.encoded[i];
    for (size_t i = 0; i < r.N * r.C; i++)
        r.encoded[i % r.N * r.C + i / r.N] = copy[i];
}

static void thermometer(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    for (size_t i = 0; i < r.N * r.C; i++) {
        if ((int)(i % r.C) <= r.place[i / r.C])
            r.encoded[i] = r.on;
    }
}

static void last_class_dropped(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    for (size_t n = 0; n < r.N; n++)
        r.encoded[n * r.C + r.C - 1] = r.off;
}

static void counts_with_off_rows(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    for (size_t n = 0; n < r.N; n++)
        r.counts[0] += r.place[n] < 0;
}

static void last_block_lost(struct call *call)
{
    struct run r = read(call);
    for (size_t n = (r.N - 1) / r.block * r.block; n < r.N && r.N > r.block; n++)
        r.place[n] = -1;
    by_columns(&r);
}

static void decoded_from_one(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    for (size_t m = 0; m < r.M; m++)
        r.decoded[m] += r.decoded[m] != r.blank;
}

static void first_entry_that_is_one(struct call *call)
{
    struct run r = read(call);
    by_columns(&r);
    for (size_t m = 0; m < r.M; m++) {
        size_t k = 0;
        while (k < r.C && r.rows[m * r.C + k] != 1)
            k++;
        r.decoded[m] = k < r.C ? real_count(k) : r.blank;
    }
}

static void blank_as_class_zero(struct call *call)
{
    struct run r = read(call);
    r.blank = 0;
    by_columns(&r);
}

static const struct fork table[] = {
    {.info = {"columns", FORK_TWIN, "",
              "Class after class, comparing every label; the decoder counts what an entry beats.",
              NULL},
     .answer = columns},
    {.info = {"labels_from_one", FORK_BUG, "", "Labels are taken to count from 1.", NULL},
     .answer = labels_from_one},
    {.info = {"off_ignored", FORK_BUG, "", "The value of off is 0 always.", NULL},
     .answer = off_ignored},
    {.info = {"on_ignored", FORK_BUG, "", "The value of on is 1 always.", NULL},
     .number = {"on", 1}},
    {.info = {"on_and_off_swapped", FORK_BUG, "", "One cold entry among hot ones.", NULL},
     .answer = on_and_off_swapped},
    {.info = {"ignored_label_clamped", FORK_BUG, "",
              "Rows that should be off say class 0: the label was clamped.", NULL},
     .answer = ignored_label_clamped},
    {.info = {"ignored_not_known", FORK_BUG, "", "The ignored label is a class like others.", NULL},
     .answer = ignored_not_known},
    {.info = {"clipped_to_range", FORK_CONVENTION, "",
              "Labels outside are clipped to the first or the last class.", NULL},
     .answer = clipped_to_range},
    {.info = {"wraps", FORK_CONVENTION, "", "Negative labels count from the end.", NULL},
     .instead = {"outside", "wrap"},
     .answer = columns},
    {.info = {"never_wraps", FORK_CONVENTION, "", "Negative labels give rows of off.", NULL},
     .instead = {"outside", "off"},
     .answer = columns},
    {.info = {"matrix_transposed", FORK_BUG, "", "Written class after class.", NULL},
     .answer = matrix_transposed},
    {.info = {"thermometer", FORK_CONVENTION, "", "On up to the label, as ordinal codes have it.",
              NULL},
     .answer = thermometer},
    {.info = {"last_class_dropped", FORK_CONVENTION, "",
              "The last class is the one that is all off: dummy coding.", NULL},
     .answer = last_class_dropped},
    {.info = {"counts_with_off_rows", FORK_BUG, "", "Rows of off are counted as class 0.", NULL},
     .answer = counts_with_off_rows},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block of labels is left out.", NULL},
     .answer = last_block_lost},
    {.info = {"ties_to_last", FORK_CONVENTION, "221", "The last of equal entries wins.", NULL},
     .instead = {"ties", "last"}},
    {.info = {"ties_to_first", FORK_CONVENTION, "221", "The first of equal entries wins.", NULL},
     .instead = {"ties", "first"}},
    {.info = {"decoded_from_one", FORK_BUG, "", "Decoded labels count from 1.", NULL},
     .answer = decoded_from_one},
    {.info = {"first_entry_that_is_one", FORK_BUG, "",
              "Looks for an entry equal to 1 instead of the largest.", NULL},
     .answer = first_entry_that_is_one},
    {.info = {"blank_as_class_zero", FORK_BUG, "", "A row without a label decodes to 0.", NULL},
     .answer = blank_as_class_zero},
};

const struct fork_list one_hot_encoding_forks = {sizeof table / sizeof *table, table};
