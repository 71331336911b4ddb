#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders a record of `make bench` as report.html, report.pdf and report.md, or ranks what several
`assay check --json` or a record of `make peers` say about implementations, with tables as CSV."""
from __future__ import annotations

import argparse
import os
import sys
import tempfile

# The record decides every byte of the report; fontTools would otherwise stamp fonts with the time.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from assay_report import ranking, record as records  # noqa: E402

USAGE = "reports/render.sh RECORD.json... -o FOLDER"


class Failure(Exception):
    """A sentence for the user; the exit status is 2."""


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; usage: {USAGE}")


def parse_arguments(words):
    parser = Arguments(prog="render", usage=USAGE, description=__doc__)
    parser.add_argument("record", nargs="*",
                        help="what make bench, make peers or assay check --json wrote")
    parser.add_argument("-o", "--output", metavar="FOLDER", help="where the files go")
    arguments = parser.parse_intermixed_args(words)
    if not arguments.record:
        raise Failure(f"no record is named; usage: {USAGE}")
    if not arguments.output:
        raise Failure(f"-o FOLDER is missing; usage: {USAGE}")
    return arguments.record, arguments.output


def open_folder(folder):
    """Creates the folder if need be, and finds out before the work whether it can be written."""
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Failure(f"{folder}: cannot be written ({error.strerror}); "
                      "name another folder with -o") from None


def read(paths):
    """What these files hold, and the function that makes a report of it."""
    if len(paths) == 1:
        value = records.document(paths[0])
        if not ranking.is_ranked(value):
            return records.named(paths[0], records.read_record, value), render
    return ranking.load(paths), compare


def render(record):
    """The three files as bytes, by name."""
    # Loading matplotlib and weasyprint takes a second, which a mistyped path need not wait for.
    from assay_report import html, markdown, pdf

    return {
        "report.html": html.page(record).encode(),
        "report.pdf": pdf.document(html.page(record, for_print=True)),
        "report.md": markdown.summary(record).encode(),
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
        paths, folder = parse_arguments(words)
        found, report = read(paths)
        open_folder(folder)
        write(folder, report(found))
    except (Failure, records.RecordError) as error:
        print(f"render: {error}", file=sys.stderr)
        return 2
    print(os.path.join(folder, "report.html"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
