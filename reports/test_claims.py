#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the report on claims, on findings made here: $(sh ci/python.sh) reports/test_claims.py"""
from __future__ import annotations

import copy
import csv
import dataclasses
import html.parser
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from assay_report import claims, claims_page, claims_plots, claims_text, numbers  # noqa: E402
from assay_report import record as records, svg  # noqa: E402

REPLICAS = 6


def part(verdict, effects, name="", kind="above", **changes):
    finite = sorted(e for e in effects if e is not None) or [None]
    tested = kind != "always"
    return {"name": name, "verdict": verdict, "median": finite[len(finite) // 2],
            "mean": finite[0], "interval": [finite[0], finite[-1]],
            "mean_interval": [finite[0], finite[-1]], "p": 0.001 if tested else None,
            "adjusted": 0.004 if tested else None, "needed": 0, "effects": effects,
            "share": [0.2, 0.9] if kind == "share" else None, **changes}


def curve(replicas, arms=("plain", "momentum"), places=3, value=lambda r, a, i: 0.5 + 0.1 * a + i,
          **changes):
    return {"x": "epoch", "y": "loss", "log_x": False, "log_y": False,
            "at": [i + 1.0 for i in range(places)], "labels": [], "arms": list(arms),
            "values": [[[value(r, a, i) for i in range(places)] for a in range(len(arms))]
                       for r in range(replicas)], **changes}


def claim(name, verdict, kind="above", parts=None, made_curve=None, **changes):
    effects = [0.1 * r for r in range(REPLICAS)] if kind != "share" else [1.0, 0.0] * (REPLICAS // 2)
    made = {"id": name, "name": "some experiment", "version": 3,
            "sentence": f"The sentence of {name}.", "source": "004 T7", "predicts": "Something.",
            "protocol": "Some data.", "effect": "one thing less another",
            "otherwise": "Other data.", "rule": "A rule.", "rule_hash": "a" * 64, "kind": kind,
            "size": 0.5, "replicas": REPLICAS, "needs": "all",
            "parts": [part(verdict, effects, kind=kind)] if parts is None else parts,
            "curve": curve(REPLICAS) if made_curve is None else made_curve, "quick": False,
            "verdict": verdict, "hash": "b" * 64, "seconds": 1.5}
    if verdict is None:
        made |= {"parts": [], "curve": curve(0)}
        del made["hash"], made["seconds"]
    return {**made, **changes}


def contradiction(name, *pairs):
    return {"id": name, "one": f"One of {name}.", "one_source": "001", "other": f"Other of {name}.",
            "other_source": "", "claims": [{"id": i, "for_one": f} for i, f in pairs]}


def findings():
    """All verdicts and kinds of rule, and what plots may stumble over."""
    none = [None] * REPLICAS
    first = [
        claim("A-01", "supported", sentence="<b>Bold</b> & \"quoted\" | \u2028 claims."),
        claim("A-02", "refuted", "equivalent", made_curve=curve(
            REPLICAS, value=lambda r, a, i: None if a == 1 else i, log_y=True)),
        claim("A-03", "not shown", "share", made_curve=curve(
            REPLICAS, labels=["none", "0.001", "He"], log_y=True)),
        claim("A-04", "refuted", "always", parts=[part("refuted", none, kind="always")]),
        claim("A-05", None),
    ]
    second = [
        claim("B-01", "supported", needs="most", parts=[
            part("supported", [1.0] * REPLICAS, "a <part>"),
            part("not shown", [0.1, None, 0.2, 900.0, 0.1, 0.2], "rate 0.001", needed=42,
                 interval=[0.1, 0.9]),
            part("supported", [2.0] * REPLICAS, "third")],
            made_curve=curve(REPLICAS, arms=[f"arm {a}" for a in range(6)], places=64, log_x=True)),
        claim("B-02", "not shown", made_curve=curve(REPLICAS, arms=(), places=0)),
        claim("B-03", "supported", made_curve=curve(
            REPLICAS, arms=("one",), places=1, value=lambda r, a, i: 0.25, log_x=True, at=[0.0])),
    ]
    controls = [claim("N-01", "supported", "share")]
    return {"format": "assay-claims", "families": [
        {"letter": "A", "title": "First & foremost", "folder": "first", "claims": first},
        {"letter": "B", "title": "Second", "folder": "second", "claims": second},
        {"letter": "C", "title": "Nothing yet", "folder": "third", "claims": []},
        {"letter": "N", "title": "Controls", "folder": "controls", "claims": controls}],
        "contradictions": [
            contradiction("X01", ("A-01", True)), contradiction("X02", ("A-02", True)),
            contradiction("X03", ("A-01", True), ("A-02", True)),
            contradiction("X04", ("A-03", True), ("A-05", False), ("Z-99", True)),
            contradiction("X05", ("A-01", False), ("A-02", True), ("A-03", True)),
            contradiction("X06", ("A-01", False), ("A-02", True))]}


class Page(html.parser.HTMLParser):
    """Text, identifiers and links of a page."""

    def __init__(self, page):
        super().__init__()
        self.data, self.ids, self.links, self.images = [], [], [], []
        self.verdicts, self.cells = {}, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" and "href" in values else []
        self.images += [values.get("aria-label")] if tag == "svg" else []
        if tag == "article":
            self.verdicts[values["id"]] = values["data-verdict"]
        if "cell" in (values.get("class") or "").split():
            self.cells[values["data-claim"]] = values["aria-label"]

    def handle_data(self, data):
        self.data.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.data).split())


class Values(unittest.TestCase):
    def setUp(self):
        self.findings = claims.read(findings())

    def test_contradictions(self):
        outcomes = {one.id: claims.outcome(self.findings, one)
                    for one in self.findings.contradictions}
        self.assertEqual(outcomes, {"X01": "one", "X02": "other", "X03": "mixed",
                                    "X04": "undecided", "X05": "undecided", "X06": "other"})

    def test_a_verdict_speaks_for_a_side(self):
        self.assertEqual([claims.side(v, f) for v in claims.VERDICTS for f in (True, False)],
                         ["one", "other", "other", "one", None, None, None, None])

    def test_controls_are_not_counted(self):
        counts = {v: len(self.findings.with_verdict(v)) for v in claims.VERDICTS}
        self.assertEqual(counts, {"supported": 3, "refuted": 2, "not shown": 2, "not run": 1})
        self.assertEqual([c.id for c in self.findings.controls], ["N-01"])

    def test_what_is_not_decided_names_replicas(self):
        many = self.findings.find("B-01")
        self.assertIn("42", claims_text.measured(many, many.parts[1]))
        small = dataclasses.replace(many.parts[1], interval=(-1e-6, 1e-6))
        self.assertIn("too small", claims_text.measured(many, small))
        self.assertIn("not even 200", claims_text.finding(self.findings.find("B-02")))
        self.assertNotIn("200", claims_text.finding(self.findings.find("A-03")))

    def test_numbers(self):
        shown = {0: "0", -0.03061: "−0.0306", 512: "512", 12345.6: "12300", 1e-5: "10⁻⁵",
                 4.2e-7: "4.2\u2009×\u200910⁻⁷", 123456: "1.23\u2009×\u200910⁵", 0.0009996: "0.001",
                 None: "–"}
        self.assertEqual({v: numbers.figure(v) for v in shown}, shown)

    def test_numbers_in_the_text_of_plots_stay(self):
        self.assertIn(">rate 0.001<", svg.cleaned('<svg viewBox="0 0 1 1"><path d="M 1.23456 2"/>'
                                                  "<text>rate 0.001</text></svg>", "n", "t"))

    def test_quartiles(self):
        made = claims.read_curve(records.Reader(curve(
            4, arms=("a",), places=2, value=lambda r, a, i: None if i and r > 0 else float(r)), "c"), 4)
        low, middle, high = claims_plots.quartiles(made)[:, 0, 0]
        self.assertEqual((low, middle, high), (0.75, 1.5, 2.25))
        self.assertFalse(claims_plots.quartiles(made)[1, 0, 1] == 0)  # one of four: no median
        self.assertIn("3 of 8 values", " ".join(claims_plots.prepared(made)[3]))

    def test_far_effects_are_told(self):
        self.assertEqual(claims_plots.beyond(self.findings.find("B-01")), [900.0])
        self.assertIn("as far as 900", claims_text.effects_caption(self.findings.find("B-01")))
        self.assertEqual(claims_plots.beyond(self.findings.find("A-01")), [])


class BadInput(unittest.TestCase):
    def refused(self, change, words):
        value = findings()
        change(value)
        with self.assertRaises(records.RecordError) as caught:
            claims.read(value)
        self.assertIn(words, str(caught.exception))

    def test_shapes(self):
        def first(value):
            return value["families"][0]["claims"][0]

        def twice(value):
            value["families"][1]["claims"].append(first(value))

        self.refused(lambda v: first(v)["parts"][0]["effects"].pop(), "6 numbers")
        self.refused(lambda v: first(v)["curve"]["values"].pop(), "replicas")
        self.refused(lambda v: first(v)["curve"]["values"][2].pop(), "arms")
        self.refused(lambda v: first(v)["curve"]["values"][2][1].pop(), "3 numbers")
        self.refused(lambda v: first(v)["curve"].update(labels=["x"]), "labels")
        self.refused(lambda v: first(v)["parts"][0].update(interval=[1]), "2 numbers")
        self.refused(lambda v: first(v)["parts"][0].update(effects=[True] * 6), "or null")
        self.refused(lambda v: first(v).update(verdict="perhaps"), "perhaps")
        self.refused(lambda v: first(v).update(kind="other"), "kind")
        self.refused(lambda v: first(v).update(id="../A"), "no id")
        self.refused(lambda v: first(v).update(parts=[]), "parts")
        self.refused(lambda v: first(v).update(curve=3), "an object")
        self.refused(twice, "twice")
        self.refused(lambda v: v.update(families=[]), "no claims")

    def test_every_key_is_needed(self):
        keys = [k for k in claim("A-01", "supported") if k not in ("quick", "seconds")]
        for key in keys:
            self.refused(lambda v, k=key: v["families"][0]["claims"][0].pop(k), key)
        for key in part("supported", [1.0]):
            if key != "share":
                self.refused(lambda v, k=key: v["families"][0]["claims"][0]["parts"][0].pop(k), key)

    def test_infinite_numbers_are_none(self):
        value = findings()
        value["families"][0]["claims"][0]["parts"][0]["effects"][0] = float("inf")
        self.assertIsNone(claims.read(value).find("A-01").parts[0].effects[0])


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.done, cls.made = cls.render(findings())
        cls.page = Page(cls.made.get("report.html", b"").decode())

    @staticmethod
    def render(value, *options):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "findings.json")
            with open(path, "w", encoding="utf-8") as file:
                file.write(value if isinstance(value, str) else json.dumps(value))
            output = os.path.join(folder, "out")
            done = subprocess.run([sys.executable, os.path.join(HERE, "render.py"), path, *options,
                                   "-o", output], capture_output=True, text=True, check=False)
            made = {}
            for name in sorted(os.listdir(output)) if os.path.isdir(output) else []:
                with open(os.path.join(output, name), "rb") as file:
                    made[name] = file.read()
            return done, made

    def test_all_files_are_there(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        self.assertEqual(sorted(self.made), ["figures.csv", "report.html", "report.md", "report.pdf",
                                             "verdicts.csv"])
        self.assertTrue(self.made["report.pdf"].startswith(b"%PDF"))

    def test_every_claim_has_a_panel_a_cell_and_its_verdict(self):
        expected = {c["id"]: c["verdict"] or "not run" for f in findings()["families"]
                    for c in f["claims"]}
        self.assertEqual(self.page.verdicts, expected)
        self.assertEqual(self.page.cells, {i: f"{i}, {v}" for i, v in expected.items()})

    def test_counts_on_the_front_page(self):
        shown = re.findall(r"<b>(\d+)</b> (supported|refuted|not shown|not run)\n",
                           self.made["report.html"].decode())
        self.assertEqual(shown, [("3", "supported"), ("2", "refuted"), ("2", "not shown"),
                                 ("1", "not run")])

    def test_links_lead_somewhere_and_identifiers_are_unique(self):
        self.assertEqual(len(self.page.ids), len(set(self.page.ids)))
        self.assertEqual([l for l in self.page.links if l[1:] not in self.page.ids], [])
        self.assertNotIn("Z-99", self.page.ids)

    def test_contradictions_say_which_side_stands(self):
        for words in ("The first stands. A-01 is supported: for the first.",
                      "The second stands. A-02 is refuted: for the second.",
                      "Mixed. A-01 is supported: for the first; A-02 is refuted: for the second.",
                      "Undecided. A-03 is not shown: for neither; A-05 is not run yet: for neither; "
                      "Z-99 is not among the claims.",
                      "Of 6: the first in 1, the second in 2, verdicts are mixed in 1; "
                      "2 are undecided."):
            self.assertIn(words, re.sub(r" (?=[.;:])", "", self.page.text))

    def test_text_is_escaped(self):
        self.assertIn('<b>Bold</b> & "quoted"', self.page.text)
        self.assertNotIn("<b>Bold", self.made["report.html"].decode())
        self.assertNotIn("<part>", self.made["report.html"].decode())
        self.assertIn(' | "quoted"'.replace("|", "&"), self.made["report.md"].decode())
        self.assertIn("\\|", self.made["report.md"].decode())

    def test_plots_say_their_numbers(self):
        self.assertEqual(len(self.page.images), 8 + 7)  # effects, and curves of those that have one
        self.assertTrue(all(re.search(r"\d", words) for words in self.page.images))
        self.assertNotIn("nan", self.made["report.html"].decode().replace("nance", ""))

    def test_it_stands_alone(self):
        page = self.made["report.html"].decode()
        self.assertNotRegex(page, r"https?://|src=|@import")

    def test_figures(self):
        rows = list(csv.DictReader(io.StringIO(self.made["figures.csv"].decode())))
        expected = 0
        for family in findings()["families"]:
            for one in family["claims"]:
                values = [v for r in one["curve"]["values"] for arm in r for v in arm]
                expected += len(values) + sum(len(p["effects"]) for p in one["parts"])
        self.assertEqual(len(rows), expected)
        self.assertIn({"claim": "B-01", "version": "3", "replica": "3", "kind": "effect",
                       "part_or_arm": "rate 0.001", "x": "", "value": "900.0"}, rows)
        self.assertIn({"claim": "A-03", "version": "3", "replica": "5", "kind": "curve",
                       "part_or_arm": "momentum", "x": "0.001", "value": "1.6"}, rows)
        self.assertEqual({r["value"] for r in rows if r["claim"] == "A-04"
                          and r["kind"] == "effect"}, {""})
        verdicts = list(csv.DictReader(io.StringIO(self.made["verdicts.csv"].decode())))
        self.assertEqual([r["part_verdict"] for r in verdicts if r["claim"] == "B-01"],
                         ["supported", "not shown", "supported"])
        self.assertEqual([r["sentence"] for r in verdicts if r["claim"] == "A-05"],
                         ["The sentence of A-05."])

    def test_same_findings_same_bytes(self):
        made = claims.read(findings())
        self.assertEqual(claims_page.page(made, claims_page.plots(made)).encode(),
                         self.made["report.html"])

    def test_single_plots(self):
        done, made = self.render(findings(), "--plots", "A-01,B-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(made), ["A-01.svg", "B-01.svg"])
        for content in made.values():
            html.parser.HTMLParser().feed(content.decode())
            self.assertTrue(content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" '))
        self.assertIn("✓ supported", made["A-01.svg"].decode())

    def test_refusals(self):
        other = copy.deepcopy(findings())
        other["format"] = "assay-claims-2"
        broken = copy.deepcopy(findings())
        del broken["families"][0]["claims"][0]["rule"]
        for value, options, words in (
                ("no json", (), "not JSON"), (other, (), "format"), (broken, (), "rule"),
                (findings(), ("--plots", "Q-01"), "Q-01"), (findings(), ("--plots", ","), "no claim"),
                (findings(), ("--plots", "A-05"), "has not been run"),
                ({"format": "assay-record"}, ("--plots", "A-01"), "--plots"),
                (findings(), (__file__,), "")):
            done, made = self.render(value, *options)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(made, {})
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
