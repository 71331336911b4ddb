#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders a record of `make bench` as report.html, report.pdf and report.md, or ranks what several
`assay check --json` or a record of `make peers` say about implementations, with tables as CSV. A
record of `make speed` becomes a section of the report of `make bench`, or a page of its own. What
`assay claims run` found becomes the report on claims; --plots writes the plots of some alone."""
from __future__ import annotations

import argparse
import os
import sys
import tempfile

# The record decides every byte of the report; fontTools would otherwise stamp fonts with the time.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from assay_report import claims, ranking, record as records  # noqa: E402

SPEED = "assay-speed"  # the format of a record of make speed

USAGE = "reports/render.sh RECORD.json... [--plots ID,ID] -o FOLDER"


class Failure(Exception):
    """A sentence for the user; the exit status is 2."""


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; usage: {USAGE}")


def parse_arguments(words):
    parser = Arguments(prog="render", usage=USAGE, description=__doc__)
    parser.add_argument("record", nargs="*",
                        help="what make bench, make peers, make claims or assay check --json wrote")
    parser.add_argument("--plots", metavar="ID,ID", help="of findings.json: no report, but the plots "
                        "of these claims, as <id>.svg; e.g. --plots B-02,B-10")
    parser.add_argument("-o", "--output", metavar="FOLDER", help="where the files go")
    arguments = parser.parse_intermixed_args(words)
    if not arguments.record:
        raise Failure(f"no record is named; usage: {USAGE}")
    if not arguments.output:
        raise Failure(f"-o FOLDER is missing; usage: {USAGE}")
    return arguments.record, arguments.output, arguments.plots


def open_folder(folder):
    """Creates the folder if need be, and finds out before the work whether it can be written."""
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Failure(f"{folder}: cannot be written ({error.strerror}); "
                      "name another folder with -o") from None


def read(paths, plots):
    """What these files hold, and the function that makes a report of it."""
    values = {path: records.document(path) for path in paths} if len(paths) <= 2 else {}
    found = [path for path, value in values.items() if claims.is_findings(value)]
    if plots is not None and not found:
        raise Failure(f"--plots {plots}: {paths[0]} is not what assay claims run found")
    if found and len(paths) > 1:
        raise Failure(f"{found[0]}: findings of claims stand alone; name no other record")
    if found:
        return read_claims(found[0], values[found[0]], plots)
    timed = [path for path, value in values.items()
             if isinstance(value, dict) and value.get("format") == SPEED]
    rest = [path for path in paths if path not in timed]
    speed = read_speed(timed[0], values[timed[0]]) if timed else None
    if len(timed) > 1 or len(paths) > len(set(paths)) and timed:
        raise Failure(f"{timed[0]}: is the second record of make speed; name one")
    if not rest:
        return speed, time_alone
    if len(rest) == 1 and not ranking.is_ranked(values[rest[0]]):
        return (records.named(rest[0], records.read_record, values[rest[0]]), speed), render
    if speed is not None:
        raise Failure(f"{timed[0]}: belongs to a record of make bench, or stands alone; "
                      f"{rest[0]} is another record")
    return ranking.load(paths), compare


def read_claims(path, value, plots):
    from assay_report import claims_page

    findings = records.named(path, claims.read, value)
    if plots is None:
        return findings, claims_page.files
    names = [name for name in plots.split(",") if name]
    if not names:
        raise Failure("--plots names no claim; e.g. --plots B-02,B-10")
    records.named(path, claims_page.named_claims, findings, names)
    return (findings, names), lambda both: claims_page.single_plots(*both)


def read_speed(path, value):
    from assay_report import speed

    return records.named(path, speed.read, value)


def time_alone(found):
    """The files of a record of `make speed`."""
    from assay_report import speed

    return speed.files(found)


def render(found):
    """The three files as bytes, by name."""
    # Loading matplotlib and weasyprint takes a second, which a mistyped path need not wait for.
    from assay_report import html, markdown, pdf, speed as speeds

    record, speed = found
    if not record.valid:
        speed = None  # as with its own times
    parts = [] if speed is None else [f"### {speeds.TITLE}", *speeds.markdown_parts(speed)]
    return {
        "report.html": html.page(record, speed=speed).encode(),
        "report.pdf": pdf.document(html.page(record, for_print=True, speed=speed)),
        "report.md": markdown.summary(record, parts).encode(),
    }


def compare(entrants):
    """The files of a ranking as bytes, by name."""
    from assay_report import comparison

    return comparison.files(entrants)


def write(folder, files):
    """All files or none: a report is renamed into place when every part of it is on the disk."""
    temporary = {}
    try:
        for name, content in files.items():
            handle, temporary[name] = tempfile.mkstemp(prefix="." + name, suffix=".tmp", dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary[name], 0o644)  # mkstemp's files are readable by their owner alone
        for name in list(temporary):
            os.replace(temporary[name], os.path.join(folder, name))
            del temporary[name]
    except OSError as error:
        raise Failure(f"{folder}: cannot be written ({error.strerror})") from None
    finally:
        for path in temporary.values():
            os.unlink(path)


def main(words):
    try:
        paths, folder, plots = parse_arguments(words)
        found, report = read(paths, plots)
        open_folder(folder)
        made = report(found)
        write(folder, made)
    except (Failure, records.RecordError) as error:
        print(f"render: {error}", file=sys.stderr)
        return 2
    print("\n".join(os.path.join(folder, name) for name in made if plots) or
          os.path.join(folder, "report.html"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
