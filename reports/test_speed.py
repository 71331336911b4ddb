#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the speed report, on a small record made here: $(sh ci/python.sh) reports/test_speed.py"""
from __future__ import annotations

import copy
import html.parser
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import test_render  # noqa: E402
from assay_report import record as records, speed  # noqa: E402


def time(median):
    return {"median": median, "lower": 0.9 * median, "upper": 1.2 * median, "repetitions": 11}


def line(work, cores, peer, goal=1):
    return {"work": work, "what": "one <step>", "cores": cores, "precision": "f32",
            "limit_is": "bare products", "goal": goal, "excluded": {
                "jax step": "slower than 'loop' in a first trial: 2 s and 1 s",
                "tensorflow xla": "computes something else: 0.5 of 'w' differs"},
            "times": {"reproducible": time(2e-4) | {"layout": "threads"}, "fast": time(1.6e-4), "limit": time(1e-4),
                      "pytorch eager": time(peer), "pytorch compiled": time(peer / 2),
                      "jax loop": time(3 * peer)}}


RECORD = {"format": "assay-speed", "version": 1, "date": "2026-01-02", "seconds": 61,
          "environment": {"commit": "c" * 40, "dirty": False, "cpu": "A & B", "system": "Linux 6",
                          "libraries": {"PyTorch": "2.13.0"}},
          "lines": [line("small | one", 1, 4e-3, 5), line("small | one", 2, 3e-4)],
          "overall": {"reproducible_to_fast_mean": 1.25, "reproducible_to_fast_worst": 1.25,
                      "targets": {"reproducible_to_fast_mean": 1.3,
                                  "reproducible_to_fast_worst": 1.6}}}


class Text(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)

    def handle_data(self, data):
        self.found.append(data)

    def __contains__(self, words):
        return words in " ".join(" ".join(self.found).split())


class Values(unittest.TestCase):
    def setUp(self):
        self.speed = speed.read(copy.deepcopy(RECORD))

    def test_the_fastest_of_all_ways_counts(self):
        first, second = self.speed.lines
        self.assertEqual(first.fastest, "pytorch compiled")
        self.assertAlmostEqual(first.advantage, 10)
        self.assertTrue(first.met)
        self.assertAlmostEqual(second.advantage, 0.75)
        self.assertFalse(second.met)

    def test_a_goal_above_the_ratio_is_missed(self):
        value = copy.deepcopy(RECORD)
        value["lines"][0]["goal"] = 11
        self.assertFalse(speed.read(value).lines[0].met)

    def test_the_engine_alone(self):
        value = copy.deepcopy(RECORD)
        for one in value["lines"]:
            one["times"] = {k: v for k, v in one["times"].items() if " " not in k}
        alone = speed.read(value)
        self.assertIn("1.25", speed.verdict(alone))
        self.assertNotIn("library", speed.verdict(alone))
        self.assertIn("reproducible", speed.page(alone))
        # How several cores were used is told, of one there is nothing to tell.
        self.assertEqual(speed.page(alone).count("; threads"), 1)

    def test_what_is_no_record_is_refused(self):
        for change in ({"lines": []}, {"version": 2}, {"lines": [{"work": "x"}]}, {"overall": {}}):
            with self.assertRaises(records.RecordError):
                speed.read({**copy.deepcopy(RECORD), **change})
        value = copy.deepcopy(RECORD)
        del value["lines"][0]["times"]["limit"]
        with self.assertRaises(records.RecordError):
            speed.read(value)


class Files(unittest.TestCase):
    def render(self, *values):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i, value in enumerate(values):
                paths.append(os.path.join(folder, f"{i}.json"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    json.dump(value, file)
            done = subprocess.run([sys.executable, os.path.join(HERE, "render.py"), *paths, "-o",
                                   folder], capture_output=True, text=True, check=False)
            made = {}
            for name in ("report.html", "report.md", "report.pdf"):
                if os.path.exists(os.path.join(folder, name)):
                    with open(os.path.join(folder, name), "rb") as file:
                        made[name] = file.read()
            return done, made

    def test_alone(self):
        done, made = self.render(RECORD)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = made["report.html"].decode()
        for words in ("MISSED", "small | one", "computes something else", "A & B", "10.0"):
            self.assertIn(words, Text(page), words)
        self.assertEqual(page.count("<svg"), 2)  # wide and narrow
        self.assertNotIn("http", page)
        self.assertIn("small \\| one", made["report.md"].decode())
        self.assertIn("0.75 ×", made["report.md"].decode())

    def test_within_the_report_of_make_bench(self):
        done, made = self.render(test_render.valid(), RECORD)
        self.assertEqual(done.returncode, 0, done.stderr)
        page = made["report.html"].decode()
        self.assertIn('<h2 id="speed">', page)
        self.assertIn("fastest library", made["report.md"].decode())
        self.assertIn("report.pdf", made)
        for values in ([test_render.valid()], [test_render.invalid(), RECORD]):
            self.assertNotIn('<h2 id="speed">', self.render(*values)[1]["report.html"].decode())

    def test_what_does_not_belong_together_is_refused(self):
        for others in ([RECORD], [{"implementation": "x", "cases": []}]):
            done, made = self.render(RECORD, *others)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(made, {})
            self.assertEqual(len(done.stderr.strip().splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
