// SPDX-License-Identifier: MIT
/* The table of claims: each can be told from the others, and says all that it must. */
#include "claim.h"
#include "contradictions.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void ids_are_unique_and_of_their_section(void **state)
{
    (void)state;
    for (size_t f = 0; f < claim_family_count; f++)
        for (size_t c = 0; c < claim_count(&claim_families[f]); c++) {
            const struct claim *claim = &claim_families[f].claim[c];
            assert_int_equal(claim->id[0], claim_families[f].letter);
            assert_int_equal(claim->id[1], '-');
            assert_true(isdigit((unsigned char)claim->id[2]));
            assert_ptr_equal(claim_find(claim->id), claim);
        }
}

static void assert_sentence(const char *text)
{
    assert_non_null(text);
    const size_t length = strlen(text);
    assert_true(length > 10);
    assert_true(text[length - 1] == '.');
}

static void rows_are_complete(void **state)
{
    (void)state;
    assert_true(claim_count_all() >= 70);
    for (size_t i = 0; i < claim_count_all(); i++) {
        const struct claim *claim = claim_at(i);
        assert_sentence(claim->sentence);
        assert_false(islower((unsigned char)claim->sentence[0]));
        assert_sentence(claim->predicts);
        assert_sentence(claim->protocol);
        assert_sentence(claim->otherwise);
        assert_true(strlen(claim->source) > 4);
        assert_true(strlen(claim->effect) > 10);
        assert_true(claim->version >= 1);
        assert_in_range(claim->replicas, 6, CLAIM_REPLICAS);
    }
}

/* A direction needs a smallest effect above 0, a share one below 1. */
static void rules_can_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < claim_count_all(); i++) {
        const struct claim *claim = claim_at(i);
        if (claim->rule != RULE_ALWAYS)
            assert_true(claim->size > 0);
        if (claim->rule == RULE_SHARE)
            assert_true(claim->size < 1);
        if (claim->rule == RULE_ABOVE || claim->rule == RULE_EQUIVALENT)
            assert_true(claim->replicas >= 20); /* fewer cannot pass the test after a correction */
    }
}

/* What always holds can be shown: with a yes from every replica, after Holm's correction as for the
 * first of the section's tests. */
static void shares_can_be_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < claim_count_all(); i++) {
        const struct claim *claim = claim_at(i);
        if (claim->rule != RULE_SHARE)
            continue;
        double p = 2;
        for (size_t r = 0; r < claim->replicas; r++)
            p *= claim->size;
        size_t tests = 0;
        for (size_t c = 0; c < claim_count_all(); c++)
            if (claim_at(c)->id[0] == claim->id[0] && claim_at(c)->rule != RULE_ALWAYS)
                tests += claim_part_count(claim_at(c));
        if (!(p * (double)tests < 0.01))
            fail_msg("%s has too few replicas for its share among %zu tests", claim->id, tests);
    }
}

static void curves_have_arms_and_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < claim_count_all(); i++) {
        const struct claim *claim = claim_at(i);
        assert_true((claim->curve.points > 0) == (claim_arm_count(claim) > 0));
        assert_true(claim->curve.points <= CLAIM_POINTS);
        for (size_t k = 0; k < claim->curve.points && claim->curve.label[0] != NULL; k++)
            assert_non_null(claim->curve.label[k]);
        const double way =
            claim->curve.points > 1 ? claim_place(claim, 1) - claim_place(claim, 0) : 1;
        for (size_t k = 1; k < claim->curve.points && claim->curve.label[0] == NULL; k++)
            assert_true(way * (claim_place(claim, k) - claim_place(claim, k - 1)) > 0);
        for (size_t k = 0; k < claim->curve.points && claim->curve.is_log_x; k++)
            assert_true(claim_place(claim, k) > 0);
    }
}

static void quick_tier_is_a_dozen(void **state)
{
    (void)state;
    size_t quick = 0;
    for (size_t i = 0; i < claim_count_all(); i++)
        quick += claim_at(i)->is_quick;
    assert_in_range(quick, 10, 20);
}

static void contradictions_name_claims(void **state)
{
    (void)state;
    for (size_t i = 0; i < contradiction_count; i++) {
        assert_non_null(contradictions[i].claim[0]);
        for (size_t k = 0; contradictions[i].claim[k] != NULL; k++)
            assert_non_null(claim_find(contradictions[i].claim[k]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_unique_and_of_their_section),
        cmocka_unit_test(rows_are_complete),
        cmocka_unit_test(rules_can_fail),
        cmocka_unit_test(shares_can_be_shown),
        cmocka_unit_test(curves_have_arms_and_places),
        cmocka_unit_test(quick_tier_is_a_dozen),
        cmocka_unit_test(contradictions_name_claims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
