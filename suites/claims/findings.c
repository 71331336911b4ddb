// SPDX-License-Identifier: MIT
#include "findings.h"

#include "contradictions.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULE_TEXT = 1024 };

static const char *const rules[] = {"above", "equivalent", "share", "always"};
static const char *const needs[] = {"all", "most", "any"};

int findings_read(struct findings *findings, const char *folder, char error[RECORD_ERROR])
{
    const size_t claims = claim_count_all();
    int status = 0;
    *findings = (struct findings){.claims = claims};
    findings->record = calloc(claims, sizeof(struct claim_record *));
    findings->finding = calloc(claims, sizeof *findings->finding);
    if (findings->record == NULL || findings->finding == NULL) {
        snprintf(error, RECORD_ERROR, "there is no memory for the findings; free some");
        return 2;
    }
    for (size_t i = 0; i < claims && status == 0; i++) {
        char rule[RECORD_HASH];
        struct claim_record *record;
        status = record_read(claim_at(i), folder, &record, error);
        record_rule_hash(claim_at(i), rule);
        if (status == 0 && record != NULL && strcmp(rule, record->rule) != 0) {
            findings->changed += record->version == claim_at(i)->version;
            findings->outdated += record->version != claim_at(i)->version;
            record_free(record);
            record = NULL;
        }
        findings->record[i] = status == 0 ? record : NULL;
        findings->finding[i].claim = claim_at(i);
        findings->finding[i].record = findings->record[i];
    }
    if (status == 0)
        verdict_of_all(findings->finding, claims);
    return status;
}

void findings_free(struct findings *findings)
{
    for (size_t i = 0; findings->record != NULL && i < findings->claims; i++)
        record_free(findings->record[i]);
    free(findings->record);
    free(findings->finding);
    *findings = (struct findings){0};
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *numbers(const double *value, size_t count, size_t step)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, number(value[i * step]));
    return array;
}

static json_t *names(const char *const name[], size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, name[i] != NULL ? json_string(name[i]) : json_null());
    return array;
}

static json_t *bounds(const struct interval *interval)
{
    return json_pack("[o, o]", number(interval->lower), number(interval->upper));
}

static json_t *part_to_json(const struct finding *finding, size_t k)
{
    const struct claim *claim = finding->claim;
    const struct part_finding *part = &finding->part[k];
    const char *name = claim->part[0] != NULL ? claim->part[k] : "";
    return json_pack(
        "{ss, ss, so, so, so, so, so, so, so, sI, so}", "name", name, "verdict",
        verdict_name(part->verdict), "median", number(part->median), "mean", number(part->mean),
        "interval", bounds(&part->interval), "mean_interval", bounds(&part->bootstrap), "p",
        number(part->p), "adjusted", number(part->adjusted), "share",
        claim->rule == RULE_SHARE ? bounds(&part->share) : json_null(), "needed",
        (json_int_t)part->needed, "effects",
        numbers(finding->record->effect + k, claim->replicas, claim_part_count(claim)));
}

static json_t *curve_to_json(const struct finding *finding)
{
    const struct claim *claim = finding->claim;
    const struct claim_curve *curve = &claim->curve;
    const size_t arms = claim_arm_count(claim);
    json_t *values = json_array(), *at = json_array();
    for (size_t i = 0; i < curve->points; i++)
        json_array_append_new(at, json_real(claim_place(claim, i)));
    for (size_t r = 0; finding->record != NULL && r < claim->replicas; r++) {
        json_t *replica = json_array();
        for (size_t a = 0; a < arms; a++)
            json_array_append_new(
                replica,
                numbers(finding->record->curve + (r * arms + a) * curve->points, curve->points, 1));
        json_array_append_new(values, replica);
    }
    return json_pack("{ss, ss, sb, sb, so, so, so, so}", "x", curve->x != NULL ? curve->x : "", "y",
                     curve->y != NULL ? curve->y : "", "log_x", curve->is_log_x, "log_y",
                     curve->is_log_y, "at", at, "labels",
                     names(curve->label, curve->label[0] != NULL ? curve->points : 0), "arms",
                     names(curve->arm, arms), "values", values);
}

static json_t *claim_to_json(const struct finding *finding)
{
    const struct claim *claim = finding->claim;
    char rule[RULE_TEXT], hash[RECORD_HASH];
    json_t *parts = json_array();
    claim_rule_text(claim, rule, sizeof rule);
    record_rule_hash(claim, hash);
    for (size_t k = 0; finding->record != NULL && k < claim_part_count(claim); k++)
        json_array_append_new(parts, part_to_json(finding, k));
    json_t *json = json_pack(
        "{ss, ss, si, ss, ss, ss, ss, ss, ss, ss, ss, ss, sf, sI, ss, so, so}", "id", claim->id,
        "name", claim->name, "version", claim->version, "sentence", claim->sentence, "source",
        claim->source, "predicts", claim->predicts, "protocol", claim->protocol, "effect",
        claim->effect, "otherwise", claim->otherwise, "rule", rule, "rule_hash", hash, "kind",
        rules[claim->rule], "size", claim->size, "replicas", (json_int_t)claim->replicas, "needs",
        needs[claim->needs], "parts", parts, "curve", curve_to_json(finding));
    json_object_set_new(json, "quick", json_boolean(claim->is_quick));
    json_object_set_new(json, "verdict",
                        finding->record != NULL ? json_string(verdict_name(finding->verdict))
                                                : json_null());
    if (finding->record != NULL) {
        json_object_set_new(json, "hash", json_string(finding->record->hash));
        json_object_set_new(json, "seconds", json_real(finding->record->seconds));
    }
    return json;
}

static json_t *families_to_json(const struct findings *findings)
{
    json_t *families = json_array();
    size_t i = 0;
    for (size_t f = 0; f < claim_family_count; f++) {
        const struct claim_family *family = &claim_families[f];
        json_t *claims = json_array();
        for (size_t c = 0; c < claim_count(family); c++)
            json_array_append_new(claims, claim_to_json(&findings->finding[i++]));
        const char letter[2] = {family->letter, '\0'};
        json_array_append_new(families,
                              json_pack("{ss, ss, ss, so}", "letter", letter, "title",
                                        family->title, "folder", family->folder, "claims", claims));
    }
    return families;
}

static json_t *contradictions_to_json(void)
{
    json_t *all = json_array();
    for (size_t i = 0; i < contradiction_count; i++) {
        const struct contradiction *one = &contradictions[i];
        json_t *claims = json_array();
        for (size_t k = 0; k < CONTRADICTION_CLAIMS && one->claim[k] != NULL; k++)
            json_array_append_new(
                claims, json_pack("{ss, sb}", "id", one->claim[k], "for_one", one->is_for_one[k]));
        json_array_append_new(all,
                              json_pack("{ss, ss, ss, ss, ss, so}", "id", one->id, "one", one->one,
                                        "one_source", one->one_source, "other", one->other,
                                        "other_source", one->other_source, "claims", claims));
    }
    return all;
}

static json_t *to_json(const struct findings *findings)
{
    return json_pack("{ss, so, so}", "format", "assay-claims", "families",
                     families_to_json(findings), "contradictions", contradictions_to_json());
}

int findings_print(const struct findings *findings, FILE *out)
{
    json_t *json = to_json(findings);
    const int failed = json == NULL || json_dumpf(json, out, JSON_COMPACT) != 0;
    json_decref(json);
    fputc('\n', out);
    return failed ? 2 : 0;
}

int findings_write(const struct findings *findings, const char *folder, char error[RECORD_ERROR])
{
    char path[RECORD_PATH];
    snprintf(path, sizeof path, "%.900s/findings.json", folder);
    FILE *file = fopen(path, "w");
    int failed = file == NULL || findings_print(findings, file) != 0;
    failed |= file != NULL && fclose(file) != 0;
    if (failed)
        snprintf(error, RECORD_ERROR, "%.300s: %.100s; give a folder with room", path,
                 strerror(errno));
    return failed ? 2 : 0;
}
