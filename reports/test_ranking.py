#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the ranking, on small checks whose order is stated by hand:
$(sh ci/python.sh) reports/test_ranking.py"""
from __future__ import annotations

import copy
import csv
import html.parser
import json
import os
import sys
import unittest
from unittest import mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import test_render  # noqa: E402
from assay_report import comparison, palette, ranking, record as records  # noqa: E402

FAMILIES = {"relu": "activations", "gelu": "activations", "adam": "optimizers",
            "smote": "imbalance", "dropout": "regularization"}


def case(name, grade, ratio, digits=15.0, **more):
    technique, name = name.split("/")
    return {"technique": technique, "case": name, "family": FAMILIES[technique], "tier": "bounded",
            "status": "PASS" if grade == "A" else "FAIL", "grade": grade, "ratio": ratio,
            "digits": digits} | more


def check(name, *cases, version="1.0", precision="f64"):
    """What `assay check --json` writes, as far as the ranking looks at it."""
    return {"implementation": name, "version": version, "precision": precision, "verdict": "PASS",
            "corpus_manifest": "c" * 64, "cases": list(cases)}


def not_covered(name):
    return case(name, None, 0.0, status="NOT COVERED")


def three():
    """alpha and beta are level in relu (0.2 and 0.3 are within a factor of two), and gamma, beyond
    the bound, is behind both. In gelu gamma leads: of beta by plain (0.1 to 0.3), of alpha, which
    fails, by tail; these two are level on plain, the only case that both answer. In adam alpha is
    exact and beta is not, and gamma answers another case."""
    return [
        check("alpha", case("relu/plain", "A", 0.1), case("relu/tail", "A", 0.2),
              case("gelu/plain", "A", 0.3), case("gelu/tail", "F", None, 0.0),
              case("adam/plain", "A", 0.0, 32.0), case("smote/plain", "A", 0.5),
              case("relu/impossible", "F", None, tier="refused")),
        check("beta", case("relu/plain", "A", 0.1), case("relu/tail", "A", 0.3),
              case("gelu/plain", "A", 0.3), not_covered("gelu/tail"),
              case("adam/plain", "A", 0.2), not_covered("smote/plain"),
              case("relu/impossible", "A", 0.0, tier="refused")),
        check("gamma", case("relu/plain", "B", 2.0), case("gelu/plain", "A", 0.1),
              case("gelu/tail", "A", 0.6), case("adam/other", "A", 0.9)),
    ]


def entrants(*checks):
    return [one for value in checks for one in ranking.read_entrants(value, "a.json")]


def rank(*checks):
    found = ranking.rankings(entrants(*checks))
    assert len(found) == 1
    return found[0]


def order(one, technique):
    """[(name, place, standing)], best first."""
    places = next(ts[technique] for ts in one.families.values() if technique in ts)
    return [(p.entrant.name, p.place, p.standing) for p in places]


class Order(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.one = rank(*three())

    def test_places(self):
        self.assertEqual(order(self.one, "relu"), [
            ("alpha", 1, "level"), ("beta", 1, "level"), ("gamma", 3, "behind")])
        self.assertEqual(order(self.one, "gelu"), [
            ("gamma", 1, "leads"), ("beta", 2, "behind"), ("alpha", 2, "behind")])
        self.assertEqual(order(self.one, "adam"), [
            ("alpha", 1, "leads"), ("beta", 2, "behind"), ("gamma", None, "alone")])
        self.assertEqual(order(self.one, "smote"), [("alpha", None, "alone")])

    def test_scores(self):
        found = [(s.entrant.name, s.techniques, s.standings["alone"], s.standings["leads"],
                  s.standings["level"], s.standings["behind"], s.cases,
                  [s.grades[g] for g in "ABCF"]) for s in self.one.scores]
        self.assertEqual(found, [("alpha", 4, 1, 1, 1, 1, 6, [5, 0, 0, 1]),
                                 ("gamma", 3, 1, 1, 0, 1, 4, [3, 1, 0, 0]),
                                 ("beta", 3, 0, 0, 1, 2, 4, [4, 0, 0, 0])])
        self.assertEqual([round(s.unsurpassed, 3) for s in self.one.scores], [0.667, 0.5, 0.333])

    def test_pairs_are_compared_on_common_cases(self):
        by_name = {(a.name, b.name): (p.techniques, p.better, p.level, p.worse)
                   for (a, b), p in self.one.pairs.items()}
        self.assertEqual(by_name, {
            ("alpha", "beta"): (3, 1, 3, 0), ("beta", "alpha"): (3, 0, 3, 1),
            ("alpha", "gamma"): (2, 1, 0, 2), ("gamma", "alpha"): (2, 2, 0, 1),
            ("beta", "gamma"): (2, 1, 0, 1), ("gamma", "beta"): (2, 1, 0, 1)})

    def test_counts(self):
        self.assertEqual((self.one.techniques, self.one.compared), (4, 3))
        self.assertIn("3 implementations answer 4 techniques, 3 of them",
                      comparison.sentence(self.one).replace("\u00a0", " "))

    def test_within_a_place_ratio_then_digits(self):
        one = rank(*(check(name, case("relu/plain", "A", ratio, digits)) for name, ratio, digits in
                     (("a", 0.3, 15.0), ("b", 0.2, 12.0), ("c", 0.2, 13.0), ("d", 0.5, 16.0))))
        self.assertEqual(order(one, "relu"), [("c", 1, "level"), ("b", 1, "level"),
                                              ("a", 1, "level"), ("d", 3, "behind")])

    def test_grades_come_before_ratios(self):
        one = rank(*(check(name, case("relu/plain", grade, ratio)) for name, grade, ratio in
                     (("a", "B", 1.01), ("b", "A", 1), ("c", "F", None), ("d", "F", 17))))
        self.assertEqual(order(one, "relu"), [("b", 1, "leads"), ("a", 2, "behind"),
                                              ("d", 3, "behind"), ("c", 4, "behind")])

    def test_what_was_not_measured_has_a_grade_only(self):
        one = rank(check("a", case("dropout/p", "A", 0.9, tier="statistical"),
                         case("relu/plain", "F", 0.0, status="MISSING")),
                   check("b", case("dropout/p", "A", 0.01, tier="statistical"),
                         case("relu/plain", "F", None)))
        self.assertEqual(order(one, "dropout"), [("a", 1, "level"), ("b", 1, "level")])
        self.assertEqual(order(one, "relu"), [("a", 1, "level"), ("b", 1, "level")])

    def test_precisions_are_apart(self):
        found = ranking.rankings(entrants(*three(), check("alpha", case("relu/plain", "A", 0.5),
                                                          precision="f32")))
        self.assertEqual([one.precision for one in found], ["f64", "f32"])
        self.assertEqual(order(found[1], "relu"), [("alpha", None, "alone")])
        self.assertIn("only alpha answers", comparison.sentence(found[1]))

    def test_a_record_of_peers_says_the_same(self):
        peers = {"format": "assay-peers", "version": 2,
                 "peers": [{"runs": three()[:2]}, {"runs": three()[2:]}]}
        self.assertEqual(comparison.tables(ranking.rankings(entrants(peers))),
                         comparison.tables([self.one]))

    def test_labels_tell_apart(self):
        for names, expected in (((("A b", "1"), ("C d", "1")), ["A", "C"]),
                                ((("A b", "1"), ("A d", "1")), ["A b", "A d"]),
                                ((("A b", "1"), ("A b", "2")), ["A b 1", "A b 2"])):
            made = ranking.labels(entrants(*(check(n, case("relu/plain", "A", 0), version=v)
                                             for n, v in names)))
            self.assertEqual(list(made.values()), expected)


class HeatMap(html.parser.HTMLParser):
    """{technique: [(text, class) of each implementation]} of the first precision."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.depth, self.row, self.name, self.tag = {}, 0, None, "", ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "div":
            self.depth = 1 if attributes.get("class") == "grades" else self.depth and self.depth + 1
        if self.depth:
            self.tag = tag if tag in ("th", "td") else self.tag
            if tag == "tr":
                self.row, self.name = [], ""
            if tag == "td":
                self.row.append(["", attributes.get("class", "")])

    def handle_data(self, data):
        if self.depth and self.tag == "th":
            self.name += data.strip()
        if self.depth and self.tag == "td":
            self.row[-1][0] += data.strip()

    def handle_endtag(self, tag):
        if self.depth and tag == "tr" and self.row:
            self.rows[self.name] = [tuple(cell) for cell in self.row]
        if self.depth and tag == "div":
            self.depth -= 1


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.entrants = entrants(*three())
        cls.found = ranking.rankings(cls.entrants)
        cls.page = comparison.page(cls.entrants, cls.found)

    def test_heat_map(self):
        rows = HeatMap(self.page).rows  # columns: alpha, gamma, beta, by their scores
        self.assertEqual(rows["gelu"], [("F", "g6"), ("A", "g3 leads"), ("A", "g2")])
        self.assertEqual(rows["relu"], [("A", "g1"), ("B", "g4"), ("A", "g2")])
        self.assertEqual(rows["adam"], [("A", "g0 leads"), ("A", "g3"), ("A", "g1")])
        self.assertEqual(rows["smote"], [("A", "g2"), ("", ""), ("", "")])

    def test_stands_alone(self):
        page = test_render.Page(self.page)
        self.assertTrue(all(r.startswith("#") for r in page.references), page.references)
        self.assertTrue({r[1:] for r in page.references} <= set(page.ids))
        self.assertEqual(len(page.ids), len(set(page.ids)), "identifiers are unique")
        self.assertTrue({"script", "link", "img", "iframe"}.isdisjoint(page.tags))

    def test_values_are_escaped(self):
        values = three()
        values[0]["implementation"] = "<i>|</i>"
        found = ranking.rankings(entrants(*values))
        self.assertNotIn("<i>", comparison.page(entrants(*values), found))
        for line in comparison.summary(found).splitlines():
            if line.startswith("| better"):
                self.assertIn("<i>\\|</i>", line)

    def test_colours_differ_in_lightness_or_letter(self):
        def lightness(colour):
            return sum(w * int(colour[i:i + 2], 16)
                       for w, i in ((0.3, 1), (0.59, 3), (0.11, 5)))

        passing = [lightness(colour) for grade, _, colour, *_ in palette.GRADES if grade == "A"]
        self.assertEqual(passing, sorted(passing, reverse=True))
        self.assertTrue(all(a - b > 15 for a, b in zip(passing, passing[1:])))
        self.assertLess(passing[0], 245, "white is not covered")

    def test_same_checks_same_bytes(self):
        again = entrants(*three())
        self.assertEqual(self.page, comparison.page(again, ranking.rankings(again)))


class Command(test_render.InFolder):
    """The command with checks instead of a record."""

    def files(self, *values):
        return [self.path(f"{i}.json", value) for i, value in enumerate(values)]

    def test_writes_five_files(self):
        out = self.path("new/folder")
        with mock.patch("sys.stdout"):
            status = test_render.render.main([*self.files(*three()), "-o", out])
        self.assertEqual(status, 0)
        self.assertEqual(sorted(os.listdir(out)), [
            "ranking.csv", "ranking_pairs.csv", "report.html", "report.md", "report.pdf"])
        with open(os.path.join(out, "ranking.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 10)
        self.assertEqual(list(rows[0].values()), [
            "f64", "activations", "gelu", "gamma", "1.0", "1", "leads", "2", "0", "A", "0.6", "15"])
        with open(os.path.join(out, "ranking_pairs.csv"), encoding="utf-8") as file:
            self.assertIn("f64,alpha,1.0,gamma,1.0,2,3,1,0,2\n", file.read())
        with open(os.path.join(out, "report.md"), encoding="utf-8") as file:
            self.assertIn("| `smote` | – alpha **A** 0.50 (15.0 digits, 1 case) |", file.read())

    def test_unusable_checks(self):
        out = self.path("out")
        good, other = three()[:2]
        odd = [copy.deepcopy(other) for _ in range(4)]
        odd[0]["cases"][0]["grade"] = "Z"
        del odd[1]["cases"][0]["grade"]
        odd[2]["precision"] = "f8"
        odd[3]["corpus_manifest"] = "d" * 64
        for values, expected in (
                ((good, "{"), "1.json: it is not JSON (line 1"),
                ((good, "[" * 100000), "nested too deeply"),
                ((good, {"a": 1}), "1.json: it is neither what assay check --json writes nor"),
                ((good, []), "1.json: it is neither"),
                ((good, test_render.valid()), "1.json: a record of make bench is compared with others of"),
                ((good, {"format": "assay-peers", "version": 1}), "run make peers again"),
                ((good, good), "1.json: alpha 1.0 in f64 is there twice"),
                ((good,), "there is nothing to compare"),
                ((good, check("delta", case("dropout/p", "A", 0))), "there is nothing to compare"),
                ((good, dict(other, precision="f32")), "there is nothing to compare"),
                ((good, odd[0]), "cases[0].grade should be A, B, C or F, but is 'Z'"),
                ((good, odd[1]), "the field 'cases[0].grade' is missing"),
                ((good, odd[2]), "precision should be one of f64, f32, bf16, f16, but is 'f8'"),
                ((good, odd[3]), "judged by different corpora"),
                ((good, dict(other, implementation="\ud800")), "implementation has half a")):
            self.assertIn(expected, self.fails(*self.files(*values), "-o", out))
        self.assertIn("no.json: cannot be read",
                      self.fails(*self.files(good), self.path("no.json"), "-o", out))
        self.assertFalse(os.path.exists(out), "nothing was written")


if __name__ == "__main__":
    unittest.main()
