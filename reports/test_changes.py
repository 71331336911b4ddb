#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of comparisons of records: a record is changed on purpose in one thing at a time.
$(sh ci/python.sh) reports/test_changes.py"""
from __future__ import annotations

import contextlib
import copy
import csv
import io
import os
import sys
import unittest
from unittest import mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import test_claims  # noqa: E402
import test_render  # noqa: E402
from assay_report import changes_page as pages, changes_time, claims  # noqa: E402
from assay_report import kinds_of_change as kinds, record as records  # noqa: E402


def bench():
    """A record with what a comparison looks at, and no two repetitions alike."""
    value = test_render.valid()
    value["environment"].update(cores=4, topology="1 Package", memory_gib=16.0, launcher="mpirun",
                                compiler="gcc 12", flags="-O2", variables={"OMP_NUM_THREADS": "1"})
    for one in value["conformance"]:
        for case in one["check"]["cases"]:
            case["grade"] = "A"
    for run in value["same_bits"]["runs"]:
        run["work"] = "corpus"
    value["timing"]["rows"] = [row("bare", "matrix products alone", 1e-4, 1e-4),
                               row("engine, fast", "fast", 1.3e-4, 1e-4),
                               row("engine, reproducible", "reproducible", 1.5e-4, 1e-4)]
    return value


def row(label, arithmetic, median, limit):
    """Repetitions within 2 % around the median."""
    return {"label": label, "program": "assay-engine", "precision": "f32", "ranks": 1,
            "arithmetic": arithmetic, "median": median, "minimum": 0.98 * median,
            "repetitions": [median * f for f in (0.98, 0.99, 1, 1.01, 1.02)],
            "ratio_to_limit": median / limit}


def cases_of(value, number=1):
    return value["conformance"][number]["check"]["cases"]


def elsewhere(value):
    """The same run on another machine, a day later."""
    value["environment"].update(cpu="Another CPU", hosts=["three"])
    value["started"] = "2026-11-21T22:00:00Z"
    return value


def another_commit(value):
    value["environment"]["commit"] = "1234567890"
    return value


def compare(new, old=None, plot=None):
    """The comparison, without the time that a plot takes; `plot` draws it instead."""
    old, new = (records.read_record(v) for v in (old or bench(), new))
    with mock.patch("assay_report.changes_time.plot", plot or (lambda *_: None)):
        return pages.compare_records(("A", "B"), old, new)


class Table(unittest.TestCase):
    def test_what_does_not_matter(self):
        harmless = {
            "dropped_quick", "other_failure", "moved", "moved_beyond", "new", "removed_quick",
            "appeared", "disappeared", "bits_asked", "bits_still", "bits_only", "control_bits",
            "fork_added", "fork_cases", "weights_fast", "recipe", "training_only", "claim_only",
            "version", "sample", "new_run", "time_within", "time_unjudged", "time_only"}
        good = {
            "valid", "passes", "covered", "grade_better", "bits_mended", "control_differs",
            "caught", "accepted", "unspared", "control_caught", "target_reached",
            "published_found", "faster"}

        def keys(matters):
            return {key for key, kind in kinds.KINDS.items() if kind.matters == matters}

        self.assertEqual(keys(kinds.NO), harmless)
        self.assertEqual(keys(kinds.BETTER), good)
        self.assertTrue(all(kinds.KINDS[key].why for key in harmless))


class Rules(unittest.TestCase):
    """Each rule with one thing changed."""

    def changed(self, edit, *expected, old=None):
        """The comparison with a copy that `edit` has changed; `expected` are the kinds it shows."""
        value = elsewhere(bench())
        edit(value)
        one = compare(value, old)
        self.assertEqual(sorted(c.kind.key for c in one.changes), sorted(expected))
        self.assertEqual(bool(one.matters),
                         any(kinds.KINDS[key].matters != kinds.NO for key in expected))
        return one

    def said(self, edit, *expected, old=None):
        """All sentences of such a comparison, in one text."""
        one = self.changed(edit, *expected, old=old)
        return " ".join(f.sentence for f in one.findings).replace("\u00a0", " ")

    def test_nothing(self):
        one = self.changed(lambda value: None)
        self.assertEqual(one.verdict, "Nothing that matters changed.")
        self.assertEqual(one.word, "NOTHING THAT MATTERS")
        self.assertFalse(one.same_run)

    def test_a_record_and_its_copy_say_nothing(self):
        one = compare(bench())
        self.assertTrue(one.same_run)
        self.assertEqual((one.word, one.changes), ("SAME RUN", []))
        self.assertNotIn("promise held", " ".join(s for part in one.parts for s in part.said))

    def test_a_result(self):
        edit = lambda value: value.update(result="INVALID", reason="a reason")  # noqa: E731
        self.assertIn("was VALID and is INVALID (VALID → INVALID: a reason)",
                      self.said(edit, "invalid"))

    def test_a_case_fails_and_passes(self):
        def fail(value):
            for number in (0, 1):
                cases_of(value, number)[0].update(status="FAIL", ratio=4e6, grade="F")

        said = self.said(fail, "fails", "fails")
        self.assertIn("`adam/plain` passed and now fails in all 2 configurations (ratio 0.31, "
                      "grade A → ratio 4.0\u2009×\u200910⁶, grade F in reference, f32).", said)
        bad = bench()
        fail(bad)
        one = self.changed(lambda value: None, "passes", "passes", old=bad)
        self.assertFalse(one.worse)
        self.assertEqual(one.verdict.replace("\u00a0", " "),
                         "1 thing that matters changed: for the better.")

    def test_cases_that_are_not_asked_or_not_there(self):
        def status(word, **more):
            return lambda value: cases_of(value)[2].update(status=word, **more)

        self.changed(status("NOT COVERED", ratio=0), "dropped")
        self.changed(status("MISSING", ratio=0), "fails")
        self.changed(status("EXCEPTED"), "status")
        open_ = bench()
        status("NOT COVERED", ratio=0)(open_)
        self.changed(lambda value: None, "covered", old=open_)
        self.changed(status("FAIL", ratio=9), "covered_fails", old=open_)
        failing = bench()
        status("FAIL", ratio=9, grade="F")(failing)
        self.changed(status("NOT COVERED", ratio=0), "silenced", old=failing)
        self.changed(status("ERROR", ratio=None, grade="F"), "other_failure", old=failing)
        self.changed(status("FAIL", ratio=90, grade="F"), "moved_beyond", old=failing)
        self.changed(status("FAIL", ratio=9, grade="C"), "grade_better", old=failing)
        self.changed(status("PASS", grade="B"), "grade_worse")

    def test_cases_that_come_and_go(self):
        added = test_render.case("relu", "new", 0.1)
        self.changed(lambda value: cases_of(value).append(added), "new")
        self.changed(lambda value: cases_of(value).append(dict(added, status="FAIL")), "new_fails")
        self.changed(lambda value: cases_of(value).pop(), "removed")
        self.changed(lambda value: value["conformance"].pop(), "disappeared")
        more = test_render.implementation("engine, 8 ranks", "assay-engine", "f32", "fast", 8,
                                          [added])
        self.changed(lambda value: value["conformance"].append(more), "appeared")
        less = bench()
        less["conformance"].pop()
        self.changed(lambda value: cases_of(value)[0].update(status="FAIL"), "appeared_fails",
                     old=less)

    def test_a_quick_run_asks_less(self):
        def quick(value):
            value.update(quick=True)
            cases_of(value).pop()
            cases_of(value)[0].update(status="NOT COVERED")
            for run in value["same_bits"]["runs"]:
                run["hash"] = "9" * 64

        self.changed(quick, "removed_quick", "dropped_quick", "bits_asked", "control_bits")

    def test_ratios_within_the_bound_do_not_matter(self):
        def moved(ratio):
            return lambda value: cases_of(value)[0].update(ratio=ratio)

        self.changed(moved(0.61))
        said = self.said(moved(0.63), "moved")
        self.assertIn("`adam/plain` moved within its bound", said)
        self.changed(moved(0.15), "moved")
        exact = lambda ratio: lambda value: cases_of(value)[1].update(ratio=ratio)  # noqa: E731
        self.changed(exact(0.0019))
        self.changed(exact(0.0021), "moved")

    def test_many_cases_are_one_sentence(self):
        old = bench()
        new = elsewhere(bench())
        for k in range(30):
            for value, ratio in ((old, 0.01), (new, 0.03 + k / 100)):
                cases_of(value).append(test_render.case("adam", f"case_{k}", ratio))
        one = compare(new, old)
        self.assertEqual([f.kind.key for f in one.rest], ["moved"])
        self.assertIn("30\u00a0cases moved", one.rest[0].sentence)
        self.assertIn("`adam/case_29` (0.010 → 0.32)", one.rest[0].sentence)
        self.assertIn("and 27 more.", one.rest[0].sentence)

    def test_bits(self):
        def other(value):
            for run in value["same_bits"]["runs"][:2]:
                run["hash"] = "7" * 64

        one = self.changed(other, "bits_broken")
        self.assertTrue(one.worse)
        self.changed(lambda value: other(another_commit(value)), "bits_recomputed")

        def dirty(value):
            other(value)
            value["environment"]["dirty"] = True

        self.changed(dirty, "bits_unclear")

        def other_corpus(value):
            other(value)
            value["corpus"]["manifest_sha256"] = "d" * 64

        self.changed(other_corpus, "bits_asked")
        self.changed(lambda value: value["same_bits"]["runs"][1].update(hash="7" * 64, same=False),
                     "bits_within")

    def test_the_promise_held_on_which_machines(self):
        def held(new):
            one = compare(new)
            return next(part for part in one.parts if part.name == "bits").said[0]

        self.assertIn("The promise held", held(elsewhere(bench())))
        self.assertIn("on different machines: one and two (A <CPU> & more",
                      held(elsewhere(bench())))
        later = bench()
        later["started"] = "2026-11-22T22:00:00Z"
        self.assertIn("says nothing about others", held(later))
        del later["environment"]["hosts"]
        self.assertIn("is not recorded", held(later))

    def test_negative_controls(self):
        control = lambda value: value["same_bits"]["runs"][2]  # noqa: E731
        self.changed(lambda value: control(value).update(hash="9" * 64), "control_bits")
        self.changed(lambda value: control(value).update(hash="a" * 64, same=True),
                     "control_agrees")
        self.changed(lambda value: value["same_bits"]["runs"].pop(), "control_gone")

        def other_ranks(value):
            control(value)["label"] = "fast, 3 ranks"

        self.changed(other_ranks)

    def test_known_mistakes(self):
        rows = lambda value: value["kill"]["rows"]  # noqa: E731
        self.changed(lambda value: rows(value)[0].update(good=False), "survives")
        self.changed(lambda value: rows(value)[2].update(good=False), "rejected")
        self.changed(lambda value: rows(value)[0].update(spared_in_f32="tiny", killed_f32=0),
                     "spared")
        self.changed(lambda value: rows(value)[0].update(killed_f64=2), "fork_cases")
        self.changed(lambda value: rows(value).pop(0), "fork_removed")
        more = test_render.fork("another", "bug", True, (9, 9, 9))
        self.changed(lambda value: rows(value).append(more), "fork_added")
        self.changed(lambda value: rows(value).append(dict(more, good=False)), "fork_added_wrong")
        control = lambda value: value["kill"]["controls"]  # noqa: E731
        self.changed(lambda value: control(value)[0].update(caught=5), "control_missed")
        self.changed(lambda value: control(value).pop(), "control_removed")
        weak = bench()
        rows(weak)[0].update(good=False)
        rows(weak)[1].update(spared_in_f32="tiny", killed_f32=0)
        control(weak)[0].update(caught=5)
        self.changed(lambda value: None, "caught", "unspared", "control_caught", old=weak)

    def test_training(self):
        run = lambda value: value["training"]["runs"][1]  # noqa: E731
        self.changed(lambda value: run(value).update(weights_sha256="9" * 64), "weights_broken")
        self.changed(lambda value: run(another_commit(value)).update(weights_sha256="9" * 64),
                     "weights_recomputed")
        self.changed(lambda value: run(value).update(test_accuracy=0.9), "accuracy")
        self.changed(lambda value: run(value).update(
            weights_sha256="9" * 64, recipe={"data": "digits", "epochs": 2}), "recipe")
        self.changed(lambda value: value["training"].update(reached=False), "target_missed")
        self.changed(lambda value: value["training"]["runs"].pop(), "training_only")
        fast = bench()
        run(fast)["arithmetic"] = "fast"
        self.changed(lambda value: run(value).update(weights_sha256="9" * 64, arithmetic="fast"),
                     "weights_fast", old=fast)

    def test_claims_of_the_quick_tier(self):
        claim = lambda value: value["claims"]["claims"][0]  # noqa: E731
        self.changed(lambda value: claim(value).update(hash="9" * 64), "claim_broken")
        self.changed(lambda value: claim(another_commit(value)).update(hash="9" * 64),
                     "claim_recomputed")
        self.changed(lambda value: claim(value).update(verdict="refuted"), "verdict")
        self.changed(lambda value: claim(another_commit(value)).update(
            verdict="refuted", hash="9" * 64), "verdict")
        self.changed(lambda value: claim(value).update(verdict="refuted", hash="9" * 64), "verdict",
                     "claim_broken")
        self.changed(lambda value: claim(value).update(published="different"), "published_lost")
        self.changed(lambda value: claim(value).update(id="B-03"), "claim_only", "claim_only")


class Times(unittest.TestCase):
    def changed(self, edit):
        value = elsewhere(bench())
        edit(value["timing"]["rows"])
        return {c.item: c.kind.key for c in compare(value).changes}

    def test_the_machine_as_a_whole_does_not_matter(self):
        def slow(rows):
            for r in rows:
                r.update(median=3 * r["median"], repetitions=[3 * s for s in r["repetitions"]])

        found = self.changed(slow)
        self.assertTrue(set(found.values()) <= {"time_within"}, found)

    def test_the_same_seconds_beside_faster_products(self):
        def edit(rows):
            rows[:2] = [row("bare", "matrix products alone", 5e-5, 5e-5),
                        row("engine, fast", "fast", 6.5e-5, 5e-5)]
            rows[2] = row("engine, reproducible", "reproducible", 1.5e-4, 5e-5)

        self.assertEqual(self.changed(edit), {"engine, fast": "time_within",
                                              "engine, reproducible": "slower"})

    def test_more_than_ten_percent_and_apart(self):
        for factor, kind in ((1.2, "slower"), (0.8, "faster"), (1.09, "time_within"),
                             (0.92, "time_within")):
            def edit(rows, factor=factor):
                rows[2] = row("engine, reproducible", "reproducible", factor * 1.5e-4, 1e-4)

            self.assertEqual(self.changed(edit), {"engine, reproducible": kind})

    def test_overlapping_quartiles_do_not_matter(self):
        def edit(rows):
            rows[2] = row("engine, reproducible", "reproducible", 1.8e-4, 1e-4)
            rows[2]["repetitions"] = [1.4e-4, 1.5e-4, 1.8e-4, 1.9e-4, 2e-4]

        self.assertEqual(self.changed(edit), {"engine, reproducible": "time_within"})

    def test_too_few_repetitions_are_not_judged(self):
        for repetitions in (None, [1.8e-4] * 3):
            def edit(rows, repetitions=repetitions):
                rows[2] = row("engine, reproducible", "reproducible", 1.8e-4, 1e-4)
                rows[2]["repetitions"] = repetitions

            self.assertEqual(self.changed(edit), {"engine, reproducible": "time_unjudged"})

    def test_invalid_records_have_no_times(self):
        value = elsewhere(bench())
        value.update(result="INVALID", reason="why")
        value["timing"]["rows"][2]["median"] = 9
        for pair in ((bench(), value), (value, bench())):
            one = compare(pair[1], pair[0], plot=changes_time.plot)
            self.assertNotIn(kinds.TIME, {c.kind.part for c in one.changes})
            part = next(p for p in one.parts if p.name == "time")
            self.assertIn("is invalid", part.said[0])
            self.assertEqual((part.tables, part.plot), ([], None))

    def test_seconds_are_of_one_machine_only(self):
        def header(new):
            return next(p for p in compare(new).parts if p.name == "time").tables[0].header

        self.assertNotIn("seconds, B", header(elsewhere(bench())))
        self.assertIn("seconds, B", header(dict(bench(), started="2026-11-22")))


class Claims(unittest.TestCase):
    """Two runs of the claims."""

    def changed(self, *edits):
        value = test_claims.findings()
        old = claims.read(copy.deepcopy(value))
        claim = next(c for family in value["families"] for c in family["claims"] if c["verdict"])
        claim.update(edits[0])
        found = pages.compare_claims(("A", "B"), old, claims.read(value))
        return [c.kind.key for c in found.changes]

    def test_rules(self):
        other = next(v for v in ("supported", "refuted", "not shown") if v != self.verdict())
        not_run = {"verdict": None, "parts": [], "curve": test_claims.curve(0)}
        for edit, expected in (({}, []), ({"verdict": other}, ["verdict"]),
                               ({"hash": "9" * 64}, ["bits_of_version"]),
                               ({"hash": "9" * 64, "version": 7}, ["version"]),
                               ({"verdict": other, "version": 7}, ["version_verdict"]),
                               ({"rule_hash": "9" * 64}, ["rule"]),
                               (not_run, ["lost_run"])):
            self.assertEqual(self.changed(edit), expected, edit)

    def verdict(self):
        return next(c["verdict"] for family in test_claims.findings()["families"]
                    for c in family["claims"] if c["verdict"])


class Files(test_render.InFolder):
    def made(self, *values, real_pdf=False):
        paths = [self.path(f"{i}.json", value) for i, value in enumerate(values)]
        out = self.path("out")
        # A PDF takes a second; one test has a real one.
        with mock.patch("sys.stdout"), contextlib.nullcontext() if real_pdf else mock.patch(
                "assay_report.pdf.document", lambda page: page.encode()):
            self.assertEqual(test_render.render.main([*paths, "-o", out]), 0)
        texts = {}
        for name in os.listdir(out):
            with open(os.path.join(out, name), "rb") as file:
                texts[name] = file.read()
        return texts

    def different(self):
        value = elsewhere(another_commit(bench()))
        cases_of(value)[0].update(status="FAIL", ratio=None, grade="F", diagnosis="")
        value["timing"]["rows"][2] = row("engine, reproducible", "reproducible", 1.9e-4, 1e-4)
        return value

    def test_two_records(self):
        texts = self.made(bench(), self.different(), real_pdf=True)
        self.assertEqual(sorted(texts), ["changes.csv", "report.html", "report.md", "report.pdf"])
        page = texts["report.html"].decode()
        parsed = test_render.Page(page)
        self.assertTrue(all(r.startswith("#") for r in parsed.references), parsed.references)
        self.assertTrue({r[1:] for r in parsed.references} <= set(parsed.ids))
        self.assertEqual(len(parsed.ids), len(set(parsed.ids)))
        self.assertTrue({"script", "link", "img"}.isdisjoint(parsed.tags))
        self.assertEqual(parsed.tags.count("svg"), 2)
        for words in ("CHANGED", "2\u00a0things that matter changed: 2 for the worse.",
                      "<code>adam/plain</code> passed and now fails", "A &lt;CPU&gt; &amp; more"):
            self.assertIn(words, page)
        self.assertEqual(texts["report.pdf"][:5], b"%PDF-")
        self.assertIn("### B compared with A: changed", texts["report.md"].decode())
        rows = list(csv.DictReader(io.StringIO(texts["changes.csv"].decode())))
        found = {(r["part"], r["item"]): r for r in rows}
        self.assertEqual(len(found), len(rows))
        self.assertEqual(found["conformance", "adam/plain"]["matters"], "yes")
        self.assertEqual(found["conformance", "adam/plain"]["after_value"], "inf")
        self.assertEqual(found["runs", "Commit"]["before"], "abcdef0123456789")
        self.assertEqual(found["time", "engine, reproducible"]["direction"], "worse")

    def test_same_records_same_bytes(self):
        self.assertEqual(self.made(bench(), self.different()), self.made(bench(), self.different()))

    def test_three_records(self):
        page = self.made(bench(), self.different(), elsewhere(bench()))["report.html"].decode()
        for words in ('<h2 id="summary">All records</h2>', '<h2 id="B">B compared with A</h2>',
                      '<h2 id="C">C compared with A</h2>', "Nothing that matters changed."):
            self.assertIn(words, page)

    def test_only_what_differs_is_listed_of_the_runs(self):
        text = self.made(bench(), elsewhere(bench()))["report.md"].decode()
        self.assertIn("| CPU | A <CPU> & more | Another CPU |", text)
        self.assertNotIn("| Compiler |", text)
        self.assertIn("Equal in both:", text)

    def test_parts_may_be_absent(self):
        bare = {k: v for k, v in bench().items()
                if k in ("format", "format_version", "result", "conformance")}
        for values in ((bare, bench()), (bench(), bare), (bare, dict(bare, conformance=[]))):
            text = self.made(*values)["report.md"].decode()
            self.assertIn("ot recorded", text)

    def test_runs_of_claims(self):
        value = test_claims.findings()
        texts = self.made(value, copy.deepcopy(value))
        self.assertIn("SAME RUN", texts["report.html"].decode())
        self.assertEqual(texts["changes.csv"].count(b"\n"), 1)

    def test_unusable(self):
        a, out = self.path("a.json", bench()), self.path("out")
        twin = self.path("twin.json")
        os.symlink(a, twin)
        for value, expected in (
                (dict(bench(), format_version=2), "format version is 2"),
                ({"implementation": "x", "cases": []}, "is compared with others of make bench"),
                (test_claims.findings(), "findings of claims stand alone"),
                ({"format": "other"}, "is compared with others of make bench"), ("{", "not JSON")):
            self.assertIn(expected, self.fails(a, self.path("b.json", value), "-o", out))
        for other in (a, twin):
            self.assertIn("is one file, named twice", self.fails(a, other, "-o", out))
        self.assertFalse(os.path.exists(out), "nothing was written")


if __name__ == "__main__":
    unittest.main()
