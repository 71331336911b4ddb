#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the path of a Python that has what the reports and the adapters import.
#
# The python3 that comes first on the PATH is often another one (pyenv, Conda, a module) than the
# one that the distribution's packages were installed for. ASSAY_PYTHON=PATH names one to try first.
set -u

modules="h5py numpy jinja2 matplotlib weasyprint"

case ${1:-} in
'') ;;
-h | --help)
    echo "Usage: ci/python.sh"
    echo "Prints the path of a Python that can import $modules; exits 2 if there is none."
    exit 0
    ;;
*)
    echo "python.sh: unknown argument '$1'; see ci/python.sh --help" >&2
    exit 2
    ;;
esac

# Finding the modules takes milliseconds and importing them seconds, so only an interpreter that
# has all of them is made to import any.
trial="
import importlib, importlib.util, sys
names = sys.argv[1].split()
if not all(importlib.util.find_spec(name) for name in names):
    sys.exit(1)
for name in names:
    importlib.import_module(name)
print(sys.executable)
"

tried=
for candidate in "${ASSAY_PYTHON:-}" python3 /usr/bin/python3 /usr/local/bin/python3 python; do
    command -v "${candidate:-no such command}" >/dev/null 2>&1 || continue
    tried="$tried $candidate"
    "$candidate" -c "$trial" "$modules" 2>/dev/null && exit 0
done

if [ -z "$tried" ]; then
    echo "python.sh: no python3 found; run 'make deps', or set ASSAY_PYTHON to its path" >&2
else
    echo "python.sh: none of$tried can import all of $modules; run 'make deps', or set" \
        "ASSAY_PYTHON to a Python that has them (python3 -m pip install $modules)" >&2
fi
exit 2
