#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the renderer, on a small record made here: $(sh ci/python.sh) reports/test_render.py"""
from __future__ import annotations

import copy
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import render  # noqa: E402
from assay_report import html as pages  # noqa: E402
from assay_report import markdown, numbers, record as records, tables, text  # noqa: E402


def case(technique, name, ratio, status="PASS"):
    return {"technique": technique, "case": name, "tier": "bounded", "status": status,
            "ratio": ratio, "digits": 7.0, "elements": 12, "failures": int(status == "FAIL"),
            "message": "", "diagnosis": "equals adam/no_bias_correction to 6.9 digits", "worst": []}


def implementation(label, program, precision, arithmetic, ranks, cases):
    return {"label": label, "program": program, "precision": precision, "ranks": ranks,
            "arithmetic": arithmetic, "seconds": 0.1, "check": {"cases": cases}}


def fork(name, kind, good, ratios):
    cells = [{"case": n, "applies": r != -1, "ratio_f64": r, "ratio_f32": r}
             for n, r in zip(("plain", "tiny", "exact"), ratios)]
    return {"technique": "adam", "fork": name, "kind": kind, "what": "Does <this> | that.",
            "good": good, "ratio_f64": 4e5, "ratio_f32": 2.0, "applies": 2, "killed_f64": 1,
            "killed_f32": 1, "spared_in_f32": "", "cells": cells}


def training_run(label, weights):
    epochs = [{"epoch": e, "loss": 1 / e, "train_accuracy": 1 - 0.5 / e,
               "test_accuracy": 0.98 - 0.5 / e} for e in range(1, 31)]
    return {"label": label, "arithmetic": "reproducible", "ranks": 1, "test_accuracy": 0.963,
            "weights_sha256": weights * 64, "epochs": epochs, "recipe": {"data": "digits"}}


def timing_row(label, arithmetic, median):
    return {"label": label, "program": "assay-engine", "precision": "f32", "ranks": 1,
            "arithmetic": arithmetic, "median": median, "minimum": 0.9 * median,
            "repetitions": [0.9 * median, median, 1.2 * median], "ratio_to_limit": median / 1e-4}


def bits_run(label, ranks, digit, control=False):
    return {"label": label, "ranks": ranks, "threads": 1, "vector_width": "512",
            "openblas_core": "Haswell", "arithmetic": "fast" if control else "reproducible",
            "precision": "f32", "hash": digit * 64, "same": not control,
            "negative_control": control}


def process(rank, host, cpus):
    return {"rank": rank, "host": host, "cpus": cpus}


def pictures():
    def cloud(x):
        return [[x + 0.1 * (i % 4), 0.06 * i] for i in range(12)]

    examples = [{"label": k, "before": k, "after": (k + 3 * (k % 2)) % 10, "image": [k / 9] * 64,
                 "adversarial": [0.5] * 64} for k in range(8)]
    return {
        "attacks": {"what": "The `digits`.", "chance": 0.1, "example_attack": "PGD",
                    "examples": examples, "curves": [
                        {"attack": "noise", "norm": "linf", "epsilon": [0, 0.1, 0.2],
                         "accuracy": [0.97, 0.96, 0.9]},
                        {"attack": "PGD", "norm": "linf", "epsilon": [0, 0.1, 0.2],
                         "accuracy": [0.97, 0.3, 0.02]},
                        {"attack": "PGD", "norm": "l2", "epsilon": [0, 1], "accuracy": [0.97, 0.2]}]},
        "gan": {"what": "Two networks.", "target": cloud(2),
                "snapshots": [{"iteration": 0, "samples": cloud(0)},
                              {"iteration": 1000, "samples": cloud(1.9)}]},
        "smote": {"what": "Few.", "majority": cloud(0), "minority": cloud(1)[:4],
                  "synthetic": cloud(1)},
    }


def valid():
    cases = [case("adam", "plain", 0.31), case("adam", "exact", 0.0), case("relu", "plain", 0.52)]
    return {
        "format": "assay-record", "format_version": 1, "result": "VALID", "reason": "",
        "command": "make bench", "started": "2026-11-20T22:00:00Z", "duration_seconds": 312.5,
        "unknown": {"to": "be ignored"},
        "environment": {"commit": "abcdef0123456789", "dirty": False, "cpu": "A <CPU> & more",
                        "libraries": {"HDF5": "1.10.8"}, "hosts": ["one", "two"], "job": {}},
        "placement": [
            {"ranks": 1, "cpus": 1, "crowded": False, "processes": [process(0, "one", "0")]},
            {"ranks": 4, "cpus": 4, "crowded": False, "processes": [
                process(rank, "one" if rank < 2 else "two", str(rank % 2)) for rank in range(4)]},
            {"ranks": 3, "cpus": 2, "crowded": True, "processes": [
                process(rank, "one", "0-1") for rank in range(3)]}],
        "corpus": {"techniques": 2, "cases": 3, "manifest_sha256": "c" * 64},
        "conformance": [
            implementation("reference, f32", "assay-reference", "f32", "serial", 1, cases),
            implementation("engine, reproducible, f32, 2 ranks", "assay-engine", "f32",
                           "reproducible", 2, copy.deepcopy(cases))],
        "same_bits": {"verdict": "all 2 runs identical", "identical": True, "runs": [
            bits_run("1 rank", 1, "a"), bits_run("2 ranks", 2, "a"),
            bits_run("fast, 2 ranks", 2, "b", control=True)]},
        "kill": {"forks": 2, "killed": 2, "cases": 3, "all_good": True, "rows": [
            fork("no_bias_correction", "bug", True, (4e5, 0.2, -1)),
            fork("epsilon_inside", "convention", True, (None, -1, 0.0)),
            fork("roots_divided", "twin", True, (0.3, 0.3, 0.0))],
            "controls": [{"control": "all zeros", "tried": 6, "caught": 6, "first_missed": ""}]},
        "training": {"target_accuracy": 0.95, "reached": True, "runs": [
            training_run("engine, 1 rank", "d"), training_run("engine, 2 ranks", "d")]},
        "claims": {"ranks": 2, "seconds": 1.5, "claims": [
            {"id": "B-02", "sentence": "Gradients <vanish>.", "verdict": "supported",
             "effect": "decades", "median": 0.25, "interval": [0.125, 0.5], "hash": "e" * 64,
             "published": "same"}]},
        "timing": {"unit": "seconds per step", "what": "one step", "rows": [
            timing_row("matrix products alone", "matrix products alone", 1e-4),
            timing_row("engine, reproducible, f32", "reproducible", 1.47e-4)]},
        "pictures": pictures(),
    }


def invalid():
    value = valid()
    value.update(result="INVALID", reason="the engine fails 1 case")
    value["conformance"][1]["check"]["cases"][0] = case("adam", "plain", None, "FAIL")
    value["same_bits"]["identical"] = False
    value["same_bits"]["runs"][1].update(same=False, hash="e" * 64)
    return value


def read(value):
    return records.read_record(value)


class Page(html.parser.HTMLParser):
    """Collects what the tests ask about: references, identifiers, headings, tables."""

    def __init__(self, source):
        super().__init__()
        self.references, self.ids, self.tags = [], [], []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "srcset", "data", "action", "xlink:href"):
                self.references.append(value)
            if name == "id":
                self.ids.append(value)


class Sentences(unittest.TestCase):
    def test_valid(self):
        said = " ".join(text.sentences(read(valid()))).replace(numbers.NO_BREAK, " ")
        self.assertIn("On 3 cases of 2 techniques, the serial reference and the distributed engine "
                      "agree with answers computed in binary128", said)
        self.assertIn("worst error is 0.52 of what its bound allows (`relu/plain`", said)
        self.assertIn("same bits in all 2 runs (1 and 2 ranks)", said)
        self.assertIn("negative control, differs as it should", said)
        self.assertIn("all 2 known mistakes", said)
        self.assertIn("reaches 96.3 % on the test set (target 95 %)", said)
        self.assertIn("1.47 times as long in reproducible arithmetic", said)

    def test_invalid(self):
        record = read(invalid())
        said = " ".join(text.sentences(record)).replace(numbers.NO_BREAK, " ")
        self.assertEqual(text.verdict(record), "The engine fails 1 case.")
        self.assertIn("Of 2 configurations, 1 fails: 1 case of 3 is not right somewhere "
                      "(`adam/plain`)", said)
        self.assertIn("infinite ratio", said)
        self.assertIn("broken: 1 of 2 runs differs (2 ranks)", said)
        self.assertIn("Timings are not shown", said)
        self.assertNotIn("agree with answers", said)

    def test_ratios(self):
        for value, expected in ((0, "0"), (0.31, "0.31"), (0.5, "0.50"), (1, "1.0"), (1.004, "> 1"),
                                (42.4, "42"), (4.1e6, "4.1\u2009×\u200910⁶"), (None, "–"),
                                (float("inf"), "∞")):
            self.assertEqual(numbers.ratio(value), expected)


class Html(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.valid = pages.page(read(valid()))
        cls.invalid = pages.page(read(invalid()))

    def test_stands_alone(self):
        page = Page(self.valid)
        self.assertTrue(all(r.startswith("#") for r in page.references), page.references)
        self.assertTrue(set(r[1:] for r in page.references) <= set(page.ids))
        self.assertEqual(len(page.ids), len(set(page.ids)), "identifiers are unique")
        self.assertNotIn("http", self.valid)
        self.assertNotIn("@import", self.valid)
        self.assertTrue({"script", "link", "img", "iframe"}.isdisjoint(page.tags))

    def test_all_sections_are_there(self):
        for name, title in pages.SECTIONS:
            self.assertIn(f'<h2 id="{name}">{title}</h2>', self.valid)
            self.assertIn(f'href="#{name}"', self.valid)
        self.assertIn("VALID", self.valid)
        self.assertEqual(Page(self.valid).tags.count("svg"), 2 * 8 + 1)

    def test_values_are_escaped(self):
        self.assertIn("A &lt;CPU&gt; &amp; more", self.valid)
        self.assertNotIn("<this>", self.valid)

    def test_claims_of_the_quick_tier(self):
        self.assertIn("Gradients &lt;vanish&gt;.", self.valid)
        self.assertIn("0.125 to 0.5", self.valid)
        self.assertIn("<td>the same bits</td>", self.valid)
        said = " ".join(text.sentences(read(valid())))
        self.assertIn("1 supported, 0 refuted and 0 not shown; 1 have the published figures", said)

    def test_timings_are_hidden_if_invalid(self):
        self.assertIn("147\u00a0µs", self.valid)
        self.assertIn("Timings are not shown", self.invalid)
        self.assertNotIn("147\u00a0µs", self.invalid)
        self.assertNotIn("1.47\u00a0×", self.invalid)
        self.assertNotIn("µs", markdown.summary(read(invalid())))

    def test_a_quick_run_says_so(self):
        self.assertIn("A quick run", markdown.summary(read({**valid(), "quick": True})))
        self.assertNotIn("A quick run", markdown.summary(read(valid())))

    def test_where_ranks_ran(self):
        self.assertEqual(tables.placements(read(valid())), [
            (1, "one", 1, "0"), (4, "one, two", 2, "0 · 1"),
            (3, "one", 3, "all on 0-1 (more ranks than CPUs: not timed)")])
        self.assertIn("<td>one, two</td>", self.valid)
        self.assertIn("| 4 | one, two | 2 | 0 · 1 |", markdown.summary(read(valid())))

    def test_failures_are_listed_with_their_diagnosis(self):
        self.assertIn("equals adam/no_bias_correction to 6.9 digits", self.invalid)
        self.assertIn("DIFFERS", self.invalid)

    def test_same_record_same_bytes(self):
        self.assertEqual(self.valid, pages.page(read(valid())))

    def test_pictures_say_what_they_show(self):
        for sentence in ("What is left: within 0.2 (linf) noise 90\u00a0% and PGD 2\u00a0%; within",
                         "4 of 8 are misread", "their mean after 1,000 iterations is (2.05 0.33)",
                         "12\u00a0synthetic samples"):
            self.assertIn(sentence, self.valid)

    def test_optional_parts_may_be_absent(self):
        value = {k: v for k, v in valid().items()
                 if k in ("format", "format_version", "result", "conformance")}
        for cases in (value["conformance"], []):
            value["conformance"] = cases
            self.assertIn("not recorded", pages.page(read(value)))
            self.assertIn("## Assay: VALID", markdown.summary(read(value)))


class Markdown(unittest.TestCase):
    def test_tables_are_well_formed(self):
        for value in (valid(), invalid()):
            value["conformance"][0]["label"] = "a | b"
            blocks = re.findall(r"(?:^\|.*\n)+", markdown.summary(read(value)), re.M)
            self.assertGreaterEqual(len(blocks), 2)
            for block in blocks:
                lines = block.splitlines()
                bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
                self.assertEqual(len(bars), 1, block)
                self.assertRegex(lines[1], r"^\|(---:?\|)+$")


class InFolder(unittest.TestCase):
    """The command, in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name, content=None):
        path = os.path.join(self.folder, name)
        if content is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def fails(self, *words):
        """Runs the command, which has to fail with one sentence; returns the sentence."""
        with mock.patch("sys.stderr") as stderr:
            self.assertEqual(render.main(list(words)), 2)
        said = "".join(call.args[0] for call in stderr.write.call_args_list)
        self.assertEqual(said.count("\n"), 1, said)
        return said


class Command(InFolder):
    def test_writes_three_files(self):
        out = self.path("new/folder")
        with mock.patch("sys.stdout"):
            self.assertEqual(render.main([self.path("r.json", valid()), "-o", out]), 0)
        self.assertEqual(sorted(os.listdir(out)), ["report.html", "report.md", "report.pdf"])
        with open(os.path.join(out, "report.pdf"), "rb") as file:
            self.assertEqual(file.read(5), b"%PDF-")

    def test_unusable_records(self):
        def without(key):
            return {k: v for k, v in valid().items() if k != key}

        out = self.path("out")
        wrong = valid()
        wrong["kill"]["rows"][1]["cells"][0]["ratio_f64"] = "large"
        odd = [valid() for _ in range(3)]
        odd[0]["pictures"]["attacks"]["curves"][1]["accuracy"].pop()
        odd[1]["pictures"]["attacks"]["examples"][0]["image"].pop()
        odd[2]["pictures"]["gan"]["target"][0] = [1]
        for content, expected in (
                (None, "cannot be read"), ("{", "not JSON"), ("[NaN]", "not JSON (it has NaN"),
                ("[]", "should be an object"),
                ({"format": "other"}, "not a record of make bench"),
                (dict(valid(), format_version=2), "format version is 2"),
                (without("result"), "'result' is missing"),
                (without("conformance"), "'conformance' is missing"),
                (dict(valid(), result="PERHAPS"), "VALID or INVALID"),
                (odd[0], "should have an accuracy for each epsilon"),
                (odd[1], "should have images of 64 pixels"),
                (odd[2], "pictures.gan.target should be a list of pairs of numbers"),
                (wrong, "kill.rows[1].cells[0].ratio_f64 should be a number, but is a text")):
            record = self.path(f"{len(expected)}.json", content)
            self.assertIn(expected, self.fails(record, "-o", out))
        self.assertFalse(os.path.exists(out), "nothing was written")

    def test_unwritable_folder(self):
        record, file = self.path("r.json", valid()), self.path("file", "text")
        self.assertIn("cannot be written", self.fails(record, "-o", os.path.join(file, "out")))

    def test_arguments(self):
        record = self.path("r.json", valid())
        self.assertIn("r.json: is one file, named twice",
                      self.fails(record, record, "-o", self.folder))
        self.assertIn("-o FOLDER is missing", self.fails("a.json"))
        self.assertIn("no record is named", self.fails("-o", self.folder))

    def test_script_passes_the_status_on(self):
        run = subprocess.run(["sh", os.path.join(HERE, "render.sh"), "no.json", "-o", self.folder],
                             capture_output=True, text=True, env=dict(os.environ,
                                                                      ASSAY_PYTHON=sys.executable))
        self.assertEqual(run.returncode, 2)
        self.assertEqual(run.stderr,
                         "render: no.json: cannot be read (No such file or directory)\n")


if __name__ == "__main__":
    unittest.main()
