#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs other people's implementations on the whole corpus and says what is behind every failure.

    python3 ci/peers/run.py [--build build] [--only pytorch] [--precision f64]

Every folder of ci/adapters/ with a requirements.txt is a peer: it gets an environment of its own
below the build directory, with these versions, and answers all cases in each of its precisions;
`assay check` judges. Every failure must be explained by an entry of the peer's findings*.toml, whose
reproduction is run too and must print what it says. The record is reports/runs/peers/record.json,
the report stands beside it. Answers are kept while neither the adapter nor the corpus changes.

Exit status: 0 every failure is explained, 1 one is not, or an explanation no longer holds,
2 a peer cannot be installed or run.
"""
import argparse
import datetime
import hashlib
import json
import os
import subprocess
import sys
import time
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
ADAPTERS = os.path.join(TOP, "ci", "adapters")
# What the ranking needs of a case, as assay check --json has it.
CASE_FIELDS = ("technique", "case", "family", "tier", "status", "grade", "ratio", "digits")


class Unusable(Exception):
    """One sentence: what cannot be done, why, what helps."""


def note(text):
    """Progress, for somebody who watches."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def run(command, what, timeout, **more):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                              stdin=subprocess.DEVNULL, check=False, **more)
    except subprocess.TimeoutExpired:
        raise Unusable(f"{what}: did not end within {timeout} s; run it by hand: "
                       + " ".join(command)) from None
    return done


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it said nothing"


# --- installing -----------------------------------------------------------------------------------

def environment_of(name, build):
    """The peer's interpreter, in an environment with exactly the versions that it asks for."""
    place = os.path.join(build, "peers", name)
    python = os.path.join(place, "bin", "python")
    requirements = os.path.join(ADAPTERS, name, "requirements.txt")
    stamp = os.path.join(place, "installed")
    with open(requirements, "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    if os.path.exists(stamp):
        with open(stamp, encoding="ascii") as file:
            if file.read() == wanted:
                return python
    note(f"{name}: installing")
    made = run([sys.executable, "-m", "venv", "--clear", place], name, 300)
    if made.returncode == 0:
        made = run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check",
                    "-r", requirements], name, 3600)
    if made.returncode != 0:
        raise Unusable(f"{name}: its libraries cannot be installed: {last_line(made.stderr)}; "
                       "see whether this machine reaches a Python package index")
    with open(stamp, "w", encoding="ascii") as file:
        file.write(wanted)
    return python


def program_of(name, build):
    """The command that runs the adapter."""
    if os.path.exists(os.path.join(ADAPTERS, name, "Makefile")):
        program = os.path.join(build, "peers", name, "adapter")
        made = run(["make", "-s", "-C", os.path.join(ADAPTERS, name), f"OUT={program}",
                    f"BUILD={build}"], name, 600)
        if made.returncode != 0:
            raise Unusable(f"{name}: cannot be built: {last_line(made.stderr)}; see its README")
        return [program], None
    python = environment_of(name, build)
    return [python, os.path.join(ADAPTERS, name)], python


# --- judging --------------------------------------------------------------------------------------

def family_of(build):
    listed = run([os.path.join(build, "assay"), "list", "--json"], "assay list", 60)
    return {t["technique"]: t["family"] for t in json.loads(listed.stdout)}


def state_of(name):
    """What an answer depends on: the adapter with what it imports, and the corpus."""
    files = [os.path.join(TOP, "data", "manifest.json")]
    files += [os.path.join(ADAPTERS, file) for file in os.listdir(ADAPTERS) if file.endswith(".py")]
    for folder, _, inside in os.walk(os.path.join(ADAPTERS, name)):
        files += [os.path.join(folder, file) for file in inside
                  if not file.endswith((".pyc", "findings.toml", "findings_training.toml"))]
    state = hashlib.sha256()
    for path in sorted(files):
        with open(path, "rb") as file:
            state.update(path.encode() + b"\0" + file.read())
    return state.hexdigest()


def answer(name, program, precision, path):
    """Seconds that the adapter took to answer all cases; an answer to the same question by the same
    adapter is kept, so that a run that was interrupted goes on."""
    kept, state = path + ".json", state_of(name)
    if os.path.exists(kept) and os.path.exists(path):
        with open(kept, encoding="ascii") as file:
            before = json.load(file)
        if before["state"] == state:
            return before["seconds"]
    note(f"{name}: answering in {precision}")
    begun = time.monotonic()
    answered = run([*program, "run", os.path.join(TOP, "data"), "-o", path, "--precision",
                    precision], name, 3600)
    seconds = round(time.monotonic() - begun, 1)
    if answered.returncode != 0:
        raise Unusable(f"{name}: its adapter ended with {answered.returncode} in {precision}: "
                       + last_line(answered.stderr))
    with open(kept, "w", encoding="ascii") as file:
        json.dump({"state": state, "seconds": seconds}, file)
    return seconds


def judge(name, program, precision, build, families):
    """One run of a peer: what was covered and what failed, by technique."""
    path = os.path.join(build, "peers", f"{name}_{precision}.h5")
    seconds = answer(name, program, precision, path)
    note(f"{name}: judging {precision}")
    checked = run([os.path.join(build, "assay"), "check", path, "--json"], name, 1800)
    if checked.returncode not in (0, 1):
        raise Unusable(f"{name}: its result cannot be judged: {last_line(checked.stderr)}")
    verdict = json.loads(checked.stdout)
    techniques = {}
    for case in verdict["cases"]:
        row = techniques.setdefault(case["technique"], new_row(families, case["technique"]))
        add_case(row, case)
    covered = {t: row for t, row in techniques.items() if row["covered"] or row["impossible"]}
    return {"precision": precision, "seconds": seconds,
            "implementation": verdict["implementation"], "version": verdict["version"],
            "corpus_manifest": verdict["corpus_manifest"],
            "techniques": covered, "all_techniques": len(techniques),
            "cases": [{key: case[key] for key in CASE_FIELDS} for case in verdict["cases"]
                      if case["status"] != "NOT COVERED"]}


def new_row(families, technique):
    return {"family": families.get(technique, ""), "covered": 0, "passed": 0, "cases": 0,
            "impossible": 0, "refused": 0, "ratio": 0.0, "digits": None, "other": {},
            "failures": []}


def add_case(row, case):
    """Impossible questions are counted apart: few libraries refuse them, and that is another matter
    than a wrong answer."""
    covered, passed = case["status"] != "NOT COVERED", case["status"] == "PASS"
    row["cases"] += 1
    if not covered:
        row["other"][case["message"]] = row["other"].get(case["message"], 0) + 1
        return
    if case["tier"] == "refused":
        row["impossible"] += 1
        row["refused"] += passed
        return
    row["covered"] += 1
    row["passed"] += passed
    if passed:
        row["ratio"] = max(row["ratio"], case["ratio"] or 0.0)
        if case["digits"] is not None and case["tier"] != "statistical":
            row["digits"] = min(row["digits"] or 32, case["digits"])
        return
    row["failures"].append({key: case[key] for key in
                            ("case", "tier", "status", "ratio", "digits", "message", "diagnosis")}
                           | {"worst": case["worst"][:1]})


# --- explaining -----------------------------------------------------------------------------------

def findings_of(name):
    found = []
    folder = os.path.join(ADAPTERS, name)
    for file in sorted(os.listdir(folder)):
        if file.startswith("findings") and file.endswith(".toml"):
            with open(os.path.join(folder, file), "rb") as stream:
                try:
                    found += tomllib.load(stream).get("finding", [])
                except tomllib.TOMLDecodeError as error:
                    raise Unusable(f"ci/adapters/{name}/{file}: {error}; mend the file") from None
    return found


def matches(finding, precision, case):
    return precision in finding["precisions"] and any(
        case == name or (name.endswith("*") and case.startswith(name[:-1]))
        for name in finding["cases"])


def explain(name, runs, findings):
    """Gives every failure the finding behind it; says what has none, and which findings are stale."""
    problems, used = [], set()
    for one in runs:
        for technique, row in one["techniques"].items():
            for failure in row["failures"]:
                case = f"{technique}/{failure['case']}"
                behind = [i for i, finding in enumerate(findings)
                          if matches(finding, one["precision"], case)]
                used.update((i, one["precision"]) for i in behind)
                failure["finding"] = behind[0] if behind else None
                if not behind:
                    problems.append(f"{name}: {case} fails in {one['precision']} and no finding "
                                    f"says why: {failure['message']}")
    precisions = {one["precision"] for one in runs}
    for i, finding in enumerate(findings):
        stale = [p for p in finding["precisions"] if p in precisions and (i, p) not in used]
        if stale:
            problems.append(f"{name}: the finding '{finding['title']}' explains nothing in "
                            + ", ".join(stale) + ": remove it")
    return problems


def reproduce(name, program, python, findings):
    """Runs every reproduction, a script or words for the adapter's own program; it must print what
    the finding says."""
    problems = []
    for finding in findings:
        if not finding.get("reproduction"):
            if finding["whose"] == "theirs":
                problems.append(f"{name}: the finding '{finding['title']}' has no reproduction")
            continue
        note(f"{name}: reproducing {finding['title']}")
        command = ([python, "-W", "ignore", "-c", finding["reproduction"]] if python
                   else [*program, *finding["reproduction"].split()])
        done = run(command, name, 300)
        printed = done.stdout.strip()
        finding["reproduced"] = done.returncode == 0 and printed == finding["prints"].strip()
        if not finding["reproduced"]:
            problems.append(f"{name}: the reproduction of '{finding['title']}' prints "
                            f"'{printed or last_line(done.stderr)}' instead of "
                            f"'{finding['prints'].strip()}'")
    return problems


# --- all of it ------------------------------------------------------------------------------------

def packages(python):
    if python is None:
        return []
    listed = run([python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"],
                 "pip list", 120)
    return json.loads(listed.stdout) if listed.returncode == 0 else []


def peer_record(name, only, build, families):
    program, python = program_of(name, build)
    described = run([*program, "describe"], name, 300)
    if described.returncode != 0:
        raise Unusable(f"{name}: its adapter does not start: {last_line(described.stderr)}")
    about = json.loads(described.stdout)
    findings = findings_of(name)
    runs = [judge(name, program, precision, build, families)
            for precision in about["precisions"] if only in (None, precision)]
    problems = explain(name, runs, findings) + reproduce(name, program, python, findings)
    return about | {"peer": name, "runs": runs, "findings": findings, "problems": problems,
                    "packages": packages(python)}


def commit():
    done = run(["git", "-C", TOP, "rev-parse", "HEAD"], "git", 60)
    return done.stdout.strip() if done.returncode == 0 else ""


def peers_wanted(only):
    names = sorted(name for name in os.listdir(ADAPTERS)
                   if os.path.isdir(os.path.join(ADAPTERS, name))
                   and {"requirements.txt", "Makefile"} & set(os.listdir(os.path.join(ADAPTERS, name))))
    unknown = set(only or []) - set(names)
    if unknown:
        raise Unusable(f"no peer is called {', '.join(sorted(unknown))}: choose from "
                       + ", ".join(names))
    return [name for name in names if not only or name in only]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog="Example: python3 ci/peers/run.py --only pytorch --precision f64")
    parser.add_argument("--build", default="build", help="where the programs are")
    parser.add_argument("--only", action="append", help="this peer alone; may be repeated")
    parser.add_argument("--precision", help="this precision alone")
    parser.add_argument("-o", "--output", default=os.path.join(TOP, "reports", "runs", "peers"))
    arguments = parser.parse_args()
    build = os.path.abspath(arguments.build)
    record = {"format": "assay-peers", "version": 2, "commit": commit(), "peers": [],
              "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")}
    status = 0
    try:
        families = family_of(build)
        names = peers_wanted(arguments.only)
    except Unusable as error:
        print(f"peers: {error}", file=sys.stderr)
        return 2
    for name in names:
        try:
            record["peers"].append(peer_record(name, arguments.precision, build, families))
        except Unusable as error:
            note("")
            print(f"peers: {error}", file=sys.stderr)
            status = 2
    note("")
    os.makedirs(arguments.output, exist_ok=True)
    path = os.path.join(arguments.output, "record.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
    for peer in record["peers"]:
        for one in peer["runs"]:
            rows = one["techniques"].values()
            print(f"{one['implementation']} {one['version']}, {one['precision']}: "
                  f"{len(rows)} techniques, {sum(r['passed'] for r in rows)} of "
                  f"{sum(r['covered'] for r in rows)} cases passed, "
                  f"{sum(r['refused'] for r in rows)} of {sum(r['impossible'] for r in rows)} "
                  f"impossible ones refused; {one['seconds']} s")
        for problem in peer["problems"]:
            print(f"  {problem}")
        status = status or int(bool(peer["problems"]))
    sys.path.insert(0, os.path.join(TOP, "reports"))
    from assay_report import peers  # needs what the reports need, which a failed peer need not have
    peers.write(record, arguments.output)
    print(f"{os.path.relpath(os.path.join(arguments.output, 'report.html'))}")
    return status


if __name__ == "__main__":
    sys.exit(main())
