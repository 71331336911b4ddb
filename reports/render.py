#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Renders a record of `make bench` as report.html, report.pdf and report.md. Two or more of them
are compared with the first: what changed, whether it matters, and every difference in changes.csv.
What several `assay check --json` or a record of `make peers` say about implementations is ranked,
with tables as CSV. A record of `make speed` becomes a section of the report of `make bench`, or a
page of its own. What `assay claims run` found becomes the report on claims, or a comparison of two
or more such runs; --plots writes the plots of some claims alone."""
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
BENCH, CLAIMS, RANKED, UNKNOWN = "bench", "claims", "ranked", "unknown"  # kinds of files

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


def load(path, plots, is_alone):
    """What a file holds: its kind, and values for a report. A ranking reads its files itself."""
    value = records.document(path)
    kind = value.get("format") if isinstance(value, dict) else None
    if plots is not None and kind != claims.FORMAT:
        raise Failure(f"--plots {plots}: {path} is not what assay claims run found")
    if kind == claims.FORMAT:
        return CLAIMS, records.named(path, claims.read, value)
    if kind == SPEED:
        from assay_report import speed

        return SPEED, records.named(path, speed.read, value)
    if kind == records.FORMAT or is_alone and not ranking.is_ranked(value):
        return BENCH, records.named(path, records.read_record, value)
    return (RANKED if ranking.is_ranked(value) else UNKNOWN), value


def read(paths, plots):
    """What these files hold, and the function that makes a report of it."""
    found = [(path, *load(path, plots, len(paths) == 1)) for path in paths]
    of = {kind: [path for path, k, _ in found if k == kind]
          for kind in (BENCH, CLAIMS, SPEED, RANKED, UNKNOWN)}
    if of[CLAIMS]:
        return read_claims(found, of[CLAIMS], plots)
    if of[SPEED]:
        return read_speed(found, of)
    if len(of[BENCH]) == len(paths) == 1:
        return (found[0][2], None), render
    if len(of[BENCH]) == len(paths):
        return several(found), changed_records
    if of[BENCH]:
        other = (of[UNKNOWN] + of[RANKED])[0]
        raise Failure(f"{of[BENCH][0]}: a record of make bench is compared with others of make "
                      f"bench; {other} is none")
    return ranking.load(paths), compare


def several(found):
    """Paths and values of records to be compared; a file twice would be compared with itself."""
    for i, (path, *_) in enumerate(found):
        for other, *_ in found[:i]:
            if os.path.samefile(path, other):
                names = path if path == other else f"{other} and {path}"
                raise Failure(f"{names}: is one file, named twice; a comparison needs two records")
    return [path for path, *_ in found], [value for *_, value in found]


def read_claims(found, paths, plots):
    if len(paths) < len(found):
        raise Failure(f"{paths[0]}: findings of claims stand alone, or are compared with others; "
                      "name no other record")
    if len(paths) > 1:
        if plots is not None:
            raise Failure(f"--plots {plots}: plots are of one run of the claims; name one file")
        return several(found), changed_claims
    from assay_report import claims_page

    value = found[0][2]
    if plots is None:
        return value, claims_page.files
    names = [name for name in plots.split(",") if name]
    if not names:
        raise Failure("--plots names no claim; e.g. --plots B-02,B-10")
    records.named(paths[0], claims_page.named_claims, value, names)
    return (value, names), lambda both: claims_page.single_plots(*both)


def read_speed(found, of):
    """A record of `make speed` alone, or beside one of `make bench`."""
    values = {path: value for path, _, value in found}
    timed, rest = of[SPEED], [path for path, kind, _ in found if kind != SPEED]
    if len(timed) > 1:
        raise Failure(f"{timed[1]}: is the second record of make speed; name one")
    if not rest:
        return values[timed[0]], time_alone
    if rest != of[BENCH] or len(rest) > 1:
        raise Failure(f"{timed[0]}: belongs to one record of make bench, or stands alone; "
                      f"{rest[-1]} is another record")
    return (values[rest[0]], values[timed[0]]), render


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


def changed_records(both):
    """The files of a comparison of records of `make bench`."""
    from assay_report import changes_page

    return changes_page.files(changes_page.of_records(*both))


def changed_claims(both):
    """The files of a comparison of runs of the claims."""
    from assay_report import changes_page

    return changes_page.files(changes_page.of_claims(*both))


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
