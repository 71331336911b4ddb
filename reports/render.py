#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders one record of `make bench` as report.html, report.pdf and report.md."""
from __future__ import annotations

import argparse
import os
import sys
import tempfile

# The record decides every byte of the report; fontTools would otherwise stamp fonts with the time.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from assay_report import record as records  # noqa: E402

USAGE = "reports/render.sh RECORD.json -o FOLDER"


class Failure(Exception):
    """A sentence for the user; the exit status is 2."""


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; usage: {USAGE}")


def parse_arguments(words):
    parser = Arguments(prog="render", usage=USAGE, description=__doc__)
    parser.add_argument("record", nargs="*", help="the record that make bench wrote")
    parser.add_argument("-o", "--output", metavar="FOLDER", help="where the three files go")
    arguments = parser.parse_intermixed_args(words)
    if not arguments.record:
        raise Failure(f"no record is named; usage: {USAGE}")
    if len(arguments.record) > 1:
        raise Failure("comparison of several records is not available; name one record")
    if not arguments.output:
        raise Failure(f"-o FOLDER is missing; usage: {USAGE}")
    return arguments.record[0], arguments.output


def open_folder(folder):
    """Creates the folder if need be, and finds out before the work whether it can be written."""
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Failure(f"{folder}: cannot be written ({error.strerror}); "
                      "name another folder with -o") from None


def render(record):
    """The three files as bytes, by name."""
    # Loading matplotlib and weasyprint takes a second, which a mistyped path need not wait for.
    from assay_report import html, markdown, pdf

    return {
        "report.html": html.page(record).encode(),
        "report.pdf": pdf.document(html.page(record, for_print=True)),
        "report.md": markdown.summary(record).encode(),
    }


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
        path, folder = parse_arguments(words)
        record = records.load(path)
        open_folder(folder)
        write(folder, render(record))
    except (Failure, records.RecordError) as error:
        print(f"render: {error}", file=sys.stderr)
        return 2
    print(os.path.join(folder, "report.html"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
