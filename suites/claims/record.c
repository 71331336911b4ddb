// SPDX-License-Identifier: MIT
#include "record.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t effects_of(const struct claim *claim)
{
    return claim->replicas * claim_part_count(claim);
}

static size_t figures_of(const struct claim *claim)
{
    return claim_arm_count(claim) * claim->curve.points;
}

static double *not_numbers(size_t count)
{
    double *value = malloc((count + 1) * sizeof *value);
    if (value == NULL) {
        fputs("assay: there is no memory for the figures of a claim; free some\n", stderr);
        exit(2);
    }
    for (size_t i = 0; i < count; i++)
        value[i] = NAN;
    return value;
}

struct claim_record *record_new(const struct claim *claim)
{
    struct claim_record *record = calloc(1, sizeof *record);
    if (record == NULL) {
        fputs("assay: there is no memory for the record of a claim; free some\n", stderr);
        exit(2);
    }
    record->claim = claim;
    record->version = claim->version;
    record->effect = not_numbers(effects_of(claim));
    record->curve = not_numbers(claim->replicas * figures_of(claim));
    record_rule_hash(claim, record->rule);
    return record;
}

void record_free(struct claim_record *record)
{
    if (record == NULL)
        return;
    free(record->effect);
    free(record->curve);
    free(record);
}

/* ---- hashes ---------------------------------------------------------------------------------- */

static void finish(EVP_MD_CTX *context, char hash[RECORD_HASH])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_DigestFinal_ex(context, digest, &length);
    for (unsigned i = 0; i < length && 2 * i + 2 < RECORD_HASH; i++)
        snprintf(hash + 2 * i, 3, "%02x", digest[i]);
    EVP_MD_CTX_free(context);
}

static EVP_MD_CTX *begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        fputs("assay: libcrypto cannot compute SHA-256; install libssl-dev anew\n", stderr);
        exit(2);
    }
    return context;
}

static void hash_text(EVP_MD_CTX *context, const char *text)
{
    if (text != NULL)
        EVP_DigestUpdate(context, text, strlen(text));
    EVP_DigestUpdate(context, "", 1);
}

static void hash_numbers(EVP_MD_CTX *context, const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = 0x7ff8000000000000;
        unsigned char bytes[8];
        if (isfinite(value[i]))
            memcpy(&bits, &value[i], sizeof bits);
        for (int k = 0; k < 8; k++)
            bytes[k] = (unsigned char)(bits >> 8 * k);
        EVP_DigestUpdate(context, bytes, sizeof bytes);
    }
}

void record_rule_hash(const struct claim *claim, char hash[RECORD_HASH])
{
    EVP_MD_CTX *context = begin();
    const char *const texts[] = {claim->id,       claim->sentence, claim->source,  claim->predicts,
                                 claim->protocol, claim->effect,   claim->curve.x, claim->curve.y};
    const double numbers[] = {
        (double)claim->version,  (double)claim->rule,  claim->size,
        (double)claim->replicas, (double)claim->needs, (double)claim->curve.points};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        hash_text(context, texts[i]);
    for (size_t i = 0; i < CLAIM_PARTS; i++)
        hash_text(context, claim->part[i]);
    for (size_t i = 0; i < CLAIM_ARMS; i++)
        hash_text(context, claim->curve.arm[i]);
    hash_numbers(context, numbers, sizeof numbers / sizeof numbers[0]);
    hash_numbers(context, claim->curve.at, claim->curve.points);
    finish(context, hash);
}

void record_set_hash(struct claim_record *record)
{
    const struct claim *claim = record->claim;
    EVP_MD_CTX *context = begin();
    hash_numbers(context, record->effect, effects_of(claim));
    hash_numbers(context, record->curve, claim->replicas * figures_of(claim));
    finish(context, record->hash);
}

/* ---- files ----------------------------------------------------------------------------------- */

static json_t *numbers(const double *value, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, isfinite(value[i]) ? json_real(value[i]) : json_null());
    return array;
}

static json_t *to_json(const struct claim_record *record)
{
    const struct claim *claim = record->claim;
    const size_t parts = claim_part_count(claim), arms = claim_arm_count(claim);
    const size_t points = claim->curve.points;
    json_t *effects = json_array(), *curves = json_array();
    for (size_t r = 0; r < claim->replicas; r++) {
        json_t *curve = json_array();
        json_array_append_new(effects, numbers(record->effect + r * parts, parts));
        for (size_t a = 0; a < arms; a++)
            json_array_append_new(curve, numbers(record->curve + (r * arms + a) * points, points));
        json_array_append_new(curves, curve);
    }
    return json_pack("{ss, si, ss, ss, sf, so, so}", "claim", claim->id, "version", record->version,
                     "rule", record->rule, "hash", record->hash, "seconds", record->seconds,
                     "effects", effects, "curves", curves);
}

static int complain(char error[RECORD_ERROR], const char *path, const char *cause,
                    const char *advice)
{
    snprintf(error, RECORD_ERROR, "%.300s: %.120s; %.80s", path, cause, advice);
    return 2;
}

int record_write(const struct claim_record *record, const char *folder, char error[RECORD_ERROR])
{
    char path[RECORD_PATH], partial[RECORD_PATH];
    snprintf(path, sizeof path, "%.900s/%s.json", folder, record->claim->id);
    snprintf(partial, sizeof partial, "%.900s/%s.json.partial", folder, record->claim->id);
    json_t *json = to_json(record);
    FILE *file = fopen(partial, "w");
    int failed = file == NULL || json == NULL || json_dumpf(json, file, JSON_COMPACT) != 0;
    failed |= file != NULL && (fflush(file) != 0 || fsync(fileno(file)) != 0);
    failed |= file != NULL && fclose(file) != 0;
    failed = failed || rename(partial, path) != 0;
    json_decref(json);
    return failed ? complain(error, path, strerror(errno), "give -o a folder with room") : 0;
}

/* Whether `json` is an array of `count` numbers, or nulls where they are allowed, which it puts
 * into `value`. */
static bool take_numbers(const json_t *json, double *value, size_t count, bool with_nulls)
{
    if (!json_is_array(json) || json_array_size(json) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(json, i);
        if (!json_is_number(one) && !(with_nulls && json_is_null(one)))
            return false;
        value[i] = json_is_null(one) ? NAN : json_number_value(one);
    }
    return true;
}

static bool take_figures(const json_t *json, struct claim_record *record)
{
    const struct claim *claim = record->claim;
    const size_t parts = claim_part_count(claim), arms = claim_arm_count(claim);
    const size_t points = claim->curve.points;
    const json_t *effects = json_object_get(json, "effects");
    const json_t *curves = json_object_get(json, "curves");
    bool fits =
        json_array_size(effects) == claim->replicas && json_array_size(curves) == claim->replicas;
    for (size_t r = 0; r < claim->replicas && fits; r++) {
        const json_t *curve = json_array_get(curves, r);
        fits = take_numbers(json_array_get(effects, r), record->effect + r * parts, parts, false) &&
               json_array_size(curve) == arms;
        for (size_t a = 0; a < arms && fits; a++)
            fits = take_numbers(json_array_get(curve, a), record->curve + (r * arms + a) * points,
                                points, true);
    }
    return fits;
}

static void take_text(const json_t *json, const char *key, char text[RECORD_HASH])
{
    const char *value = json_string_value(json_object_get(json, key));
    snprintf(text, RECORD_HASH, "%s", value != NULL ? value : "");
}

static int take_record(const json_t *json, struct claim_record *record, const char *path,
                       char error[RECORD_ERROR])
{
    static const char again[] = "delete it, so that it is made again";
    char stated[RECORD_HASH];
    record->version = (int)json_integer_value(json_object_get(json, "version"));
    record->seconds = json_number_value(json_object_get(json, "seconds"));
    take_text(json, "rule", record->rule);
    take_text(json, "hash", stated);
    if (record->version != record->claim->version)
        return 0; /* of another row, which may have had other replicas and parts */
    if (!take_figures(json, record))
        return complain(error, path, "its figures are not those of the claim's replicas", again);
    record_set_hash(record);
    if (strcmp(record->hash, stated) != 0)
        return complain(error, path, "its hash is not that of its figures", again);
    return 0;
}

int record_read(const struct claim *claim, const char *folder, struct claim_record **record,
                char error[RECORD_ERROR])
{
    char path[RECORD_PATH];
    json_error_t where;
    *record = NULL;
    snprintf(path, sizeof path, "%.900s/%s.json", folder, claim->id);
    FILE *file = fopen(path, "r");
    if (file == NULL && errno == ENOENT)
        return 0;
    if (file == NULL)
        return complain(error, path, strerror(errno), "make it readable");
    json_t *json = json_loadf(file, JSON_REJECT_DUPLICATES, &where);
    fclose(file);
    if (json == NULL)
        return complain(error, path, where.text, "delete it, so that it is made again");
    struct claim_record *read = record_new(claim);
    const int status = take_record(json, read, path, error);
    json_decref(json);
    if (status == 0)
        *record = read;
    else
        record_free(read);
    return status;
}
