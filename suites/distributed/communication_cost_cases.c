// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { ROWS = 8 };

#define NETWORK 3.5e-6, 1.25e-9, 2.1e-10
#define SIZES                                                                                      \
    {                                                                                              \
        0, 1, 999, 4096, 65536, 1000000, 25000000, 100000000                                       \
    }
#define GROUPS                                                                                     \
    {                                                                                              \
        4, 2, 3, 8, 5, 6, 16, 7                                                                    \
    }

static const struct row {
    struct case_head head;
    const char *algorithm;
    double alpha, beta, gamma, bucket;
    int bytes[ROWS], workers[ROWS];
} rows[] = {
    /* clang-format off */
    {{"ring", "bounded", "DST-07 DST-02", "A ring: twice (P - 1) / P of the bytes, whatever P.", 0},
     NULL, NETWORK, 0, SIZES, GROUPS},
    {{"tree", "bounded", "DST-07", "Reduced and broadcast by trees: whole messages, few steps.", 0},
     "tree", NETWORK, 0, SIZES, GROUPS},
    {{"recursive_doubling", "bounded", "DST-07",
      "Whole messages to partners: 3, 5, 6 and 7 workers fold and unfold.", 0},
     "recursive_doubling", NETWORK, 0, SIZES, GROUPS},
    {{"halving_doubling", "bounded", "DST-07",
      "Halved messages there and back; what folds sends all of it.", 0},
     "halving_doubling", NETWORK, 0, SIZES, GROUPS},
    {{"central", "bounded", "DST-07 DST-04", "A server hears and answers one after the other.", 0},
     "central", NETWORK, 0, SIZES, GROUPS},
    {{"one_worker", "bounded", "DST-07", "One worker sends nothing; two send once each.", 0},
     "halving_doubling", NETWORK, 0, {0, 1, 1000, 100000, 0, 1, 1000, 100000},
     {1, 1, 1, 1, 2, 2, 2, 2}},
    {{"one_worker_ring", "bounded", "DST-07", "The same by a ring.", 0},
     "ring", NETWORK, 0, {0, 1, 1000, 100000, 0, 1, 1000, 100000}, {1, 1, 1, 1, 2, 2, 2, 2}},
    {{"latency", "bounded", "DST-07",
      "A slow start: small messages on many workers, where trees win over rings.", 0},
     "tree", 0.01, 1e-9, 0, 0, {8, 8, 8, 8, 8, 8, 8, 8}, {2, 3, 4, 8, 9, 16, 33, 64}},
    {{"latency_ring", "bounded", "DST-07 DST-13", "The same by a ring: latency grows with P.", 0},
     NULL, 0.01, 1e-9, 0, 0, {8, 8, 8, 8, 8, 8, 8, 8}, {2, 3, 4, 8, 9, 16, 33, 64}},
    {{"buckets", "bounded", "DST-07 DST-02",
      "Gradients in buckets of 25 MiB by a ring, the last one short; each bucket starts anew.", 0},
     NULL, NETWORK, 26214400, {0, 1000, 26214400, 52428800, 60000000, 26214401, 100000000, 1},
     {4, 4, 4, 3, 5, 8, 6, 2}},
    {{"buckets_halving", "bounded", "DST-07", "Small buckets by halving and doubling.", 0},
     "halving_doubling", NETWORK, 4096, {4095, 4096, 4097, 8192, 100000, 40960, 12289, 1},
     {4, 4, 4, 3, 5, 8, 6, 2}},
    {{"exact", "exact", "DST-07", "Powers of two everywhere: no rounding.", 0},
     "halving_doubling", 0, 1, 0, 0, {64, 256, 1024, 4096, 8, 16, 32, 64},
     {2, 2, 2, 2, 2, 2, 2, 2}},
    {{"no_adding", "bounded", "DST-07", "Adding costs nothing.", 0},
     "recursive_doubling", 3.5e-6, 1.25e-9, 0, 0, SIZES, GROUPS},
    {{"many_workers", "bounded", "DST-07 DST-13", "Up to 100 000 workers.", 0},
     "halving_doubling", NETWORK, 0, SIZES, {64, 65, 127, 128, 1000, 1024, 4097, 100000}},
    /* clang-format on */
};

void communication_cost_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"no_worker", "exact", ELEMENT_SET, "workers", 0, NULL, 0, "There is nobody."},
        {"bytes_negative", "exact", ELEMENT_SET, "bytes", -1, NULL, 0, "Fewer than no bytes."},
        {"alpha_missing", "exact", NUMBER_GONE, "alpha", 0, NULL, 0,
         "Nothing says what a message costs."},
        {"beta_negative", "exact", NUMBER_SET, "beta", -1, NULL, 0,
         "Sending would take less than no time."},
        {"gamma_negative", "exact", NUMBER_SET, "gamma", -1, NULL, 0,
         "Adding would take less than no time."},
        {"bucket_negative", "exact", NUMBER_SET, "bucket", -1, NULL, 0,
         "Buckets of fewer than no bytes."},
        {"unknown_algorithm", "exact", CHOICE_SET, "algorithm", 0, "sideways", 0,
         "A convention that does not exist."},
        {"workers_short", "exact", INPUT_SHORTER, "workers", 0, NULL, 0,
         "A row does not say for how many."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->algorithm)
            case_choice(test, "algorithm", row->algorithm);
        case_number(test, "alpha", row->alpha);
        case_number(test, "beta", row->beta);
        if (row->gamma > 0)
            case_number(test, "gamma", row->gamma);
        if (row->bucket > 0)
            case_number(test, "bucket", row->bucket);
        case_integers(test, "bytes", DIMS(ROWS), row->bytes);
        case_integers(test, "workers", DIMS(ROWS), row->workers);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
