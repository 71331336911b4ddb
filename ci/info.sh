#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints every tool and library that Assay uses, with the version found. Called by `make info`.
# It reports and never judges: whatever is missing, it says so and exits 0.
set -u

folder=$(dirname "$0")

case ${1:-} in
-h | --help)
    echo "Usage: ci/info.sh"
    echo "Prints the tools, libraries and hardware found, one per line."
    exit 0
    ;;
esac

line() {
    printf '%-18s %s\n' "$1" "${2:-not found}"
}

# tool LABEL COMMAND [ARGUMENT]: the first line of what the command says about its version
tool() {
    version=
    if command -v "$2" >/dev/null 2>&1; then
        version=$("$2" "${3:---version}" 2>/dev/null </dev/null | sed -n 1p)
        version="${version:-version unknown} ($(command -v "$2"))"
    fi
    line "$1" "$version"
}

# library LABEL MODULE...: the first of the names that pkg-config knows
library() {
    label=$1
    shift
    for module in "$@"; do
        if version=$(pkg-config --modversion "$module" 2>/dev/null); then
            line "$label" "$version"
            return
        fi
    done
    line "$label"
}

# The core that OpenBLAS's run-time detection chooses decides which kernels compute the figures.
openblas_core() {
    "${python:-python3}" -c '
import ctypes, ctypes.util
library = ctypes.CDLL(ctypes.util.find_library("openblas") or "libopenblas.so.0")
library.openblas_get_corename.restype = ctypes.c_char_p
print(library.openblas_get_corename().decode())
' 2>/dev/null
}

python_packages() {
    "$python" -c '
import importlib, importlib.metadata as metadata
for name in ("matplotlib", "h5py", "numpy", "jinja2", "weasyprint"):
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        try:  # a distribution may leave the metadata out
            version = importlib.import_module(name).__version__
        except Exception:
            version = "not found"
    print("%-18s %s" % ("  " + name, version))
' 2>/dev/null || line "  packages" "unknown"
}

python_lines() {
    if python=$(sh "$folder/python.sh" 2>/dev/null); then
        line python3 "$("$python" --version 2>&1) ($python)"
    elif python=$(command -v python3); then
        line python3 "$("$python" --version 2>&1) ($python), lacks packages"
    else
        python=
        line python3
        return
    fi
    python_packages
}

# field FILE NAME: the value of the first "NAME : value" line
field() {
    sed -n "s/^$2[[:space:]]*:[[:space:]]*//p" "$1" 2>/dev/null | sed -n 1p
}

cpu_model() {
    model=$(field /proc/cpuinfo 'model name')
    [ -n "$model" ] || model=$(lscpu 2>/dev/null | sed -n 's/^Model name:[[:space:]]*//p')
    [ -n "$model" ] || model=$(sysctl -n machdep.cpu.brand_string 2>/dev/null)
    echo "$model"
}

memory() {
    kilobytes=$(field /proc/meminfo MemTotal)
    kilobytes=${kilobytes% kB}
    [ -n "$kilobytes" ] && echo "$((kilobytes / 1048576)) GiB"
}

tool cc cc
tool clang clang
tool clang-format clang-format
tool make make
tool mpicc mpicc
tool "Open MPI" mpirun
library HDF5 hdf5 hdf5-serial
library OpenBLAS openblas
library jansson jansson
library libxml2 libxml-2.0
library OpenSSL libcrypto openssl
library libzip libzip
library hwloc hwloc
library cmocka cmocka
tool valgrind valgrind
tool "gcc for arm64" aarch64-linux-gnu-gcc
tool "qemu for arm64" qemu-aarch64
python_lines
line "OpenBLAS core" "$(openblas_core)"
line glibc "$(getconf GNU_LIBC_VERSION 2>/dev/null)"
line kernel "$(uname -srm)"
line CPU "$(cpu_model)"
line cores "$(getconf _NPROCESSORS_ONLN 2>/dev/null)"
line memory "$(memory)"
exit 0
