# SPDX-License-Identifier: MIT
"""Whether the reports of one check agree: gate_formats.py FOLDER

The folder holds assay.json, assay.xml, assay.tap, assay.md and assay.svg.

Read with parsers that are not ours, and compared with the JSON document.
"""
import json
import re
import sys
import xml.dom.minidom
from collections import Counter


def counts_of_junit(path):
    root = xml.dom.minidom.parse(path).documentElement
    counts = Counter()
    for suite in root.getElementsByTagName("testsuite"):
        tests = suite.getElementsByTagName("testcase")
        kinds = Counter(kind for kind in ("failure", "error", "skipped")
                        for test in tests if test.getElementsByTagName(kind))
        assert int(suite.getAttribute("tests")) == len(tests)
        assert int(suite.getAttribute("failures")) == kinds["failure"]
        assert int(suite.getAttribute("errors")) == kinds["error"]
        assert int(suite.getAttribute("skipped")) == kinds["skipped"]
        names = {p.getAttribute("name") for p in suite.getElementsByTagName("property")}
        assert {"implementation", "version", "precision"} <= names, names
        if suite.getAttribute("name") != "gate":
            assert all(t.getAttribute("classname").startswith("assay.") and t.getAttribute("file")
                       for t in tests if t.getAttribute("name") != "made_up")
            counts.update(kinds)
            counts["tests"] += len(tests)
    return counts


def counts_of_tap(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert lines[0] == "TAP version 14"
    planned = int(re.fullmatch(r"1\.\.(\d+)", lines[1]).group(1))
    points = [re.fullmatch(r"(not ok|ok) (\d+) - (.*?)(?: # (SKIP|TODO) (.*))?", line)
              for line in lines if re.match("(not )?ok", line)]
    assert all(points) and [int(p.group(2)) for p in points] == list(range(1, planned + 1))
    assert lines.count("  ---") == lines.count("  ...")
    blocks = re.findall("\n  ---\n(.*?)\n  \\.\\.\\.", "\n".join(lines), re.DOTALL)
    try:
        import yaml
        assert all(yaml.safe_load(block)["message"] for block in blocks)
    except ImportError:
        pass
    return Counter((p.group(1), p.group(4)) for p in points)


def main():
    folder = sys.argv[1]
    with open(folder + "/assay.json", encoding="utf-8") as file:
        check = json.load(file)
    counts, notes = check["counts"], check["gate"]["notes"] if check["gate"] else []
    unmet = sum(note["fails"] for note in notes)
    outcomes = Counter(case["outcome"] for case in check["cases"])
    assert counts["passed"] == outcomes["PASS"] and counts["excepted"] == outcomes["EXCEPTED"]
    assert counts == {key: sum(t["counts"][key] for t in check["techniques"]) for key in counts}
    worst = max((c["grade"] for c in check["cases"] if c["grade"]), default=None)
    assert check["grade"] == worst

    junit = counts_of_junit(folder + "/assay.xml")
    assert junit["tests"] == len(check["cases"]) and junit["failure"] == counts["failed"]
    assert junit["error"] == counts["missing"] + counts["errors"]
    assert junit["skipped"] == counts["not_covered"] + counts["excepted"]

    tap = counts_of_tap(folder + "/assay.tap")
    bad = counts["failed"] + counts["missing"] + counts["errors"]
    assert tap["not ok", None] == bad + unmet and tap["not ok", "TODO"] == counts["excepted"]
    assert tap["ok", "SKIP"] == counts["not_covered"]
    assert tap["ok", None] + tap["ok", "TODO"] == counts["passed"]

    with open(folder + "/assay.md", encoding="utf-8") as file:
        markdown = file.read()
    assert len(markdown) < 60000
    assert markdown.startswith(f"## Assay: {check['verdict']}, grade {worst or '-'}\n")
    assert markdown.count("<details>") == markdown.count("</details>")
    assert "<b>" not in markdown and "@nobody" not in re.sub("`[^`]*`", "", markdown)

    svg = xml.dom.minidom.parse(folder + "/assay.svg").documentElement
    texts = [text.firstChild.data for text in svg.getElementsByTagName("text")]
    assert texts[0] == "assay" and texts[1].startswith(str(counts["passed"]) + " of ")
    assert texts[2] == (worst or "-")


main()
