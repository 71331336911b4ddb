#!/bin/sh
# SPDX-License-Identifier: MIT
# Renders a record of `make bench`, or what `make claims` found, as report.html, report.pdf and
# report.md:
#     reports/render.sh RECORD.json -o FOLDER
# Two or more records are compared with the first, which adds changes.csv:
#     reports/render.sh OLD.json NEW.json -o FOLDER
set -u

reports=$(dirname "$0")
python=$(sh "$reports/../ci/python.sh") || exit 2
exec "$python" "$reports/render.py" "$@"
